package sheet

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"anlan/record/sheet/markup"
)

// texts are the shared strings of a workbook: one long string and where each begins, so that a million short texts are
// three allocations and a cell's text is a part of the long one.
type texts struct {
	all  string
	ends []uint32
}

func (t *texts) at(i int) (string, bool) {
	if i < 0 || i >= len(t.ends) {
		return "", false
	}
	from := uint32(0)
	if i > 0 {
		from = t.ends[i-1]
	}
	return t.all[from:t.ends[i]], true
}

// readTexts reads the shared strings.
func (w *workbook) readTexts() (*texts, error) {
	if w.shared == "" {
		return &texts{}, nil
	}
	r, err := w.open(w.shared, 4*stringsMax) // with its markup
	if err != nil {
		return nil, err
	}
	defer r.Close()
	var (
		t    texts
		all  strings.Builder
		item textReader
		m    = markup.New(r)
	)
	for {
		kind, err := m.Next()
		if err != nil {
			return nil, w.damaged(err, w.shared)
		}
		switch {
		case kind == markup.EOF:
			t.all = all.String()
			return &t, nil
		case kind == markup.Start && string(m.Name()) == "si":
			s, err := item.read(m)
			if err != nil {
				return nil, w.damaged(err, w.shared)
			}
			all.Write(s)
			if all.Len() > stringsMax {
				return nil, ErrTooLarge.With(theStrings, stringsMax)
			}
			t.ends = append(t.ends, uint32(all.Len()))
		}
	}
}

// textReader reads a text with its runs (rich text), without the phonetic ones.
type textReader struct{ buf []byte }

// read reads the element that has just started to its end; what it gives is valid until the next read.
func (t *textReader) read(m *markup.Reader) ([]byte, error) {
	t.buf = t.buf[:0]
	level, inText := m.Level(), false
	for {
		kind, err := m.Next()
		if err != nil {
			return nil, err
		}
		switch kind {
		case markup.Start:
			switch string(m.Name()) {
			case "t":
				inText = true
			case "rPh", "rPr":
				if err := m.Skip(); err != nil {
					return nil, err
				}
			}
		case markup.Text:
			if inText {
				t.buf = append(t.buf, m.Text()...)
			}
		case markup.End:
			inText = false
			if m.Level() < level {
				return unescape(t.buf), nil
			}
		}
	}
}

// unescape resolves _xHHHH_, by which a text holds what XML cannot: _x000D_ is a carriage return and _x005F_ the
// underscore before such a form that is meant as it stands (ECMA-376-1, 22.9.2.19). In place.
func unescape(b []byte) []byte {
	if !bytes.Contains(b, []byte("_x")) {
		return b
	}
	s, out := string(b), b[:0]
	for s != "" {
		if c, ok := escaped(s); ok && c != 0 {
			if low, ok := escaped(s[min(7, len(s)):]); ok && utf16.IsSurrogate(c) {
				if c = utf16.DecodeRune(c, low); c != utf8.RuneError {
					out, s = utf8.AppendRune(out, c), s[14:]
					continue
				}
			}
			if utf8.ValidRune(c) {
				out, s = utf8.AppendRune(out, c), s[7:]
				continue
			}
		}
		n := 1
		if i := strings.IndexByte(s[1:], '_'); i < 0 {
			n = len(s)
		} else {
			n += i
		}
		out, s = append(out, s[:n]...), s[n:]
	}
	return out
}

// escaped is the code unit of a form _xHHHH_ at the front of s.
func escaped(s string) (rune, bool) {
	if len(s) < 7 || s[:2] != "_x" || s[6] != '_' {
		return 0, false
	}
	n, err := strconv.ParseUint(s[2:6], 16, 32)
	return rune(n), err == nil
}
