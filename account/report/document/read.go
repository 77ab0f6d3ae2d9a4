package document

import (
	"io"
	"strings"

	"anlan/account/check/reading"
)

// ControlsIn lists the figures of a Word document as they stand in it now, whoever edited it since: the content controls
// whose tag is the id of a figure. A figure whose paragraph was copied is there twice. Faults are those of package
// reading; name and size are as for reading.Read. A document of another format has none.
func ControlsIn(name string, r io.Reader, size int64) ([]reading.Control, error) {
	d, err := reading.Read(name, r, size)
	if err != nil {
		return nil, err
	}
	var out []reading.Control
	for _, c := range d.Controls {
		if IsID(c.Tag) {
			out = append(out, c)
		}
	}
	return out, nil
}

// Shown is a figure as a page or a workbook has it.
type Shown struct {
	Value, Text string
	Before      string // the text of its block up to it; of a page only
	About       string // what the list of figures says of it; of a page only
}

// FiguresIn lists the figures of a page by id. One that stands twice is given as it stands last, and in twice; what has another id than
// a figure's is given under that.
func FiguresIn(r io.Reader) (shown map[string]Shown, twice []string, err error) {
	data, texts, err := reading.DataIn(r)
	shown = map[string]Shown{}
	for _, d := range data {
		id := strings.TrimPrefix(d.ID, "fig-")
		if _, known := shown[id]; known {
			twice = append(twice, id)
		}
		shown[id] = Shown{d.Value, d.Text, d.Before, texts["about-"+id]}
	}
	return shown, twice, err
}

// CellsIn gives the text of the cells of a workbook that hold figures, as they are shown; CellOf is the name of a figure's.
func CellsIn(name string, r io.Reader, size int64) (map[string]string, error) {
	return reading.NamedCells(name, r, size)
}

// CellOf is the name by which a workbook knows the cell of a figure.
func CellOf(id string) string { return figureNamePrefix + strings.ReplaceAll(id, "-", "_") }

// Formulas lists the formulas of a workbook that give another result than the one that is stored and shown, with their sheet and cell.
func Formulas(name string, r io.Reader, size int64) (wrong []string, err error) {
	d, err := reading.Read(name, r, size)
	if err != nil {
		return nil, err
	}
	for _, f := range d.Formulas {
		wrong = append(wrong, f.Cell.Name+" "+f.Text)
	}
	return wrong, nil
}
