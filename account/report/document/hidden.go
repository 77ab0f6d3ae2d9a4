package document

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
)

// hiding are the properties of text that keep it from the reader of a Word document; RenderDOCX writes none of them.
var hiding = []string{"vanish", "specVanish", "webHidden"}

const partBytesMax = 64 << 20

// HiddenIn gives the first property in a Word document that hides text: what is told of a figure could be hidden, and another number stand
// beside it. Empty: there is none. Call it of a document that ControlsIn has read, which bounds what is in it.
func HiddenIn(r io.ReaderAt, size int64) (property string, err error) {
	archive, err := zip.NewReader(r, size)
	if err != nil {
		return "", err
	}
	for _, part := range archive.File {
		if !strings.HasPrefix(part.Name, "word/") || !strings.HasSuffix(part.Name, ".xml") {
			continue
		}
		content, err := part.Open()
		if err != nil {
			return "", err
		}
		property, err = hiddenIn(content)
		if err = errors.Join(err, content.Close()); err != nil || property != "" {
			return property, err
		}
	}
	return "", nil
}

func hiddenIn(part io.Reader) (property string, err error) {
	d := xml.NewDecoder(io.LimitReader(part, partBytesMax))
	for {
		t, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			return "", nil
		}
		if err != nil {
			return "", err
		}
		if e, ok := t.(xml.StartElement); ok && slices.Contains(hiding, e.Name.Local) {
			return e.Name.Space + ":" + e.Name.Local, nil
		}
	}
}
