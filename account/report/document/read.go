package document

import (
	"io"

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
