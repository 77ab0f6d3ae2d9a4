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

// Printed is a figure as a Word document prints it, with the paragraph in which it stands.
type Printed struct{ ID, Text, Paragraph string }

// PrintedIn lists the figures of a Word document as ControlsIn does, each where it is printed.
func PrintedIn(name string, r io.Reader, size int64) (out []Printed, err error) {
	d, err := reading.Read(name, r, size)
	if err != nil {
		return nil, err
	}
	for _, c := range d.Controls {
		if IsID(c.Tag) {
			out = append(out, Printed{c.Tag, c.Text, d.Line(c.Line).Text})
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

// ActiveIn lists what a page holds that could show a reader something else than its text: scripts, frames, styles of single elements and
// what is fetched from outside. own says whether its style sheet is that of this program, and no other.
func ActiveIn(r io.Reader) (active []string, own bool, err error) {
	active, styles, err := reading.ActiveIn(r)
	return active, len(styles) == 1 && strings.TrimSpace(styles[0]) == strings.TrimSpace(styleSheet), err
}

// StyleSheet is the style of the page.
func StyleSheet() string { return styleSheet }

// CellsIn gives the text of the cells of a workbook that hold figures, as they are shown; CellOf is the name of a figure's.
func CellsIn(name string, r io.Reader, size int64) (map[string]string, error) {
	return reading.NamedCells(name, r, size)
}

// CellOf is the name by which a workbook knows the cell of a figure.
func CellOf(id string) string { return figureNamePrefix + strings.ReplaceAll(id, "-", "_") }

// IsCell says whether a name of a workbook is that of the cell of a figure.
func IsCell(name string) bool { return strings.HasPrefix(name, figureNamePrefix) }

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
