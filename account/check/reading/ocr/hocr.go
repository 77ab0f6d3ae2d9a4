package ocr

import (
	"bytes"
	"encoding/xml"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"anlan/account/check/reading/printed"
	"anlan/ground/lang"
)

// sureFrom is how sure Tesseract must be of a character of a number, in per cent.
const sureFrom = 70

// adjoinGap is the gap, in hundredths of a full character, up to which two characters of a line are set next to each other: Tesseract gives
// the ink of a character, which is less than its place in the line.
const adjoinGap = 65

// lostGap is the gap, likewise, between two digits from which a point or comma between them may not have been recognised.
const lostGap = 35

// charactersMax is how many characters of a page are looked at.
const charactersMax = 200_000

// line is a line of text in Tesseract's answer.
type line struct {
	box        printed.Box // in points of the picture
	size       int         // of the type
	slope, off int         // of the baseline, in thousandths, from the lower left corner
	characters []character
}

// character is one of a line, with the place of its ink in the picture and the number of its word on the page.
type character struct {
	printed.Box
	rune rune
	word int
}

// linesOf takes the lines from Tesseract's answer, which is a page in hOCR (a microformat in XHTML).
func linesOf(hocr []byte) (all []*line, err error) {
	dec := xml.NewDecoder(bytes.NewReader(hocr))
	dec.Strict = false
	dec.Entity = xml.HTMLEntity
	var l *line
	count, word := 0, 0
	for {
		t, err := dec.Token()
		if err == io.EOF {
			return all, nil
		}
		if err != nil {
			return nil, ErrNotRecognised.Because(err, lang.Of("它的输出不完整", "what it wrote is not whole"))
		}
		start, ok := t.(xml.StartElement)
		if !ok {
			continue
		}
		class, title := attributes(start)
		switch class {
		case "ocr_line", "ocr_textfloat", "ocr_header", "ocr_caption":
			if l = newLine(title); l != nil {
				all = append(all, l)
			}
		case "ocrx_word":
			word++
		case "ocrx_cinfo":
			text, err := dec.Token()
			data, isText := text.(xml.CharData)
			if err != nil || !isText || l == nil {
				continue
			}
			if count++; count > charactersMax {
				return nil, ErrNotRecognised.With(lang.Of("这一页的字符太多", "the page has too many characters"))
			}
			l.add(string(data), title, word)
		}
	}
}

func attributes(e xml.StartElement) (class, title string) {
	for _, a := range e.Attr {
		switch a.Name.Local {
		case "class":
			class = a.Value
		case "title":
			title = a.Value
		}
	}
	return class, title
}

// property is one of an element's title, "bbox 1 2 3 4; baseline 0.002 -6": its numbers, in thousandths.
func property(title, name string) (numbers []int) {
	for part := range strings.SplitSeq(title, ";") {
		fields := strings.Fields(part)
		if len(fields) == 0 || fields[0] != name {
			continue
		}
		for _, f := range fields[1:] {
			n, ok := thousandths(f)
			if !ok {
				return nil
			}
			numbers = append(numbers, n)
		}
	}
	return numbers
}

// thousandths reads a decimal number, further digits cut off.
func thousandths(s string) (int, bool) {
	const sizeMax = 100_000 // beyond which a number is no place in a picture
	whole, part, _ := strings.Cut(strings.TrimPrefix(s, "-"), ".")
	n, err := strconv.Atoi(whole)
	if err != nil || n < 0 || n > sizeMax {
		return 0, false
	}
	rest, err := strconv.Atoi((part + "000")[:3])
	if err != nil || rest < 0 {
		return 0, false
	}
	if n = 1_000*n + rest; strings.HasPrefix(s, "-") {
		n = -n
	}
	return n, true
}

func boxOf(title, name string) (b printed.Box, ok bool) {
	n := property(title, name)
	if len(n) != 4 || n[2] < n[0] || n[3] < n[1] {
		return b, false
	}
	return printed.Box{Left: n[0] / 1_000, Top: n[1] / 1_000, Right: n[2] / 1_000, Bottom: n[3] / 1_000}, true
}

// newLine begins a line; nil where its place is not said.
func newLine(title string) *line {
	box, ok := boxOf(title, "bbox")
	if !ok {
		return nil
	}
	l := &line{box: box, size: box.Height()}
	if n := property(title, "x_size"); len(n) == 1 {
		l.size = n[0] / 1_000
	}
	if n := property(title, "baseline"); len(n) == 2 {
		l.slope, l.off = n[0], n[1]
	}
	return l
}

// add takes a character. Upright strokes are the lines of a table, and a digit much smaller than the type is a speck.
func (l *line) add(text, title string, word int) {
	r, size := utf8.DecodeRuneInString(text)
	box, ok := boxOf(title, "x_bboxes")
	if !ok || size == 0 || size < len(text) || unicode.IsSpace(r) || strings.ContainsRune("|¦│_", r) || isDigit(r) && box.Height() < l.size/4 {
		return
	}
	if sure := property(title, "x_conf"); inNumber(r) && len(sure) == 1 && sure[0] < 1_000*sureFrom {
		r = utf8.RuneError
	}
	l.characters = append(l.characters, character{box, r, word})
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

func inNumber(r rune) bool { return isDigit(r) || r == '.' || r == '%' || r == '-' }

// glyphs gives the characters of a line the places that they take in it, on the page.
func (l *line) glyphs(s *printed.Scan) []printed.Glyph {
	em := l.fullWidth()
	base := s.Place(l.box.Bottom + (l.off+l.slope*(l.box.Width()/2))/1_000)
	top, bottom := s.Place(l.box.Top), s.Place(l.box.Bottom)
	out := make([]printed.Glyph, len(l.characters))
	left := l.box.Left
	for i, c := range l.characters {
		left = max(left, c.Left)
		right := max(c.Right, left+1)
		if i+1 < len(l.characters) {
			next := max(l.characters[i+1].Left, left+1)
			gap := 100 * (next - right)
			out[i+1].Lost = isDigit(c.rune) && isDigit(l.characters[i+1].rune) && gap >= lostGap*em && gap < adjoinGap*em
			if gap < adjoinGap*em {
				right = next
			}
		}
		g := &out[i]
		g.Box, g.Base, g.Rune = printed.Box{Left: s.Place(left), Top: top, Right: s.Place(right), Bottom: bottom}, base, c.rune
		left = right
	}
	return out
}

// fullWidth is how wide a full character is, in points of the picture: the step from one to the next that most have.
func (l *line) fullWidth() int {
	var steps []int
	for i := 1; i < len(l.characters); i++ {
		a, b := l.characters[i-1], l.characters[i]
		if step := b.Left - a.Left; unicode.Is(unicode.Han, a.rune) && unicode.Is(unicode.Han, b.rune) && step > l.size/2 && step < 2*l.size {
			steps = append(steps, step)
		}
	}
	if len(steps) == 0 {
		return max(l.size*4/5, 1)
	}
	slices.Sort(steps)
	return steps[len(steps)/2]
}
