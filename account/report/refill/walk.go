package refill

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"io"
	"slices"
	"strings"

	"anlan/account/check/reading"
	"anlan/account/report/document"
	"anlan/ground/lang"
)

// The namespaces of what is read; those of Strict files stand behind.
const (
	wordNS       = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
	wordStrictNS = "http://purl.oclc.org/ooxml/wordprocessingml/main"
	compatNS     = "http://schemas.openxmlformats.org/markup-compatibility/2006"
)

const depthMax = 256 // of nested elements

// story is a part with text: the body, a header or footer, the notes.
type story struct {
	part       string
	kind       string // document, header, footer, footnotes, endnotes
	source     []byte
	nodes      []node
	paragraphs []*paragraph
	controls   []*control // in the order of the text
}

// node is the content of one w:t that is printed, between its tags.
type node struct {
	from, to int // bytes of the part
	text     string
}

// paragraph is the printed text of a w:p.
type paragraph struct {
	story   *story
	text    strings.Builder
	covered []span // by controls that are tagged, and by fields: what stands there is not typed prose
	section string // the headings above it
	style   string
	outline int  // its own level as a heading, from 1; 0 where only its style says
	echo    bool // the second writing of a text box, for old readers
}

// span is bytes of a paragraph's text.
type span struct{ from, to int }

// control is a tagged content control (w:sdt).
type control struct {
	tag, name   string
	story       *story
	paragraph   *paragraph // in which its text begins; nil where it has none
	at          int        // byte of that paragraph's text where it begins
	pieces      []piece
	echo        bool // as of the paragraph
	gone        bool // it stands in a tracked deletion
	revised     bool // its text holds a tracked change
	nested      bool // another tagged control stands in it
	placeholder bool // Word shows its prompt in the place of the text
}

// piece is a stretch of a control's printed text.
type piece struct {
	text string
	node int // in story.nodes; −1 for a tab, a break, the end of a paragraph
}

func (c *control) text() string {
	var b strings.Builder
	for _, p := range c.pieces {
		b.WriteString(p.text)
	}
	return b.String()
}

// frame is an open element.
type frame struct {
	name   string
	hidden bool   // of a run: its text is not printed
	open   bool   // of a control: it is among those around this place
	choice bool   // of an mc:AlternateContent: one way of writing was read
	fields []bool // of a text box: the fields around it
}

// walker reads one story.
type walker struct {
	*story
	dec     *xml.Decoder
	frames  []*frame
	within  []*paragraph // around this place; text boxes nest
	around  []*control   // likewise
	fields  []bool       // likewise: are we in the code of the field, and not in its result
	deleted int          // how many deletions are around this place
	echoes  int          // likewise second writings
	simple  int          // likewise simple fields
	ruby    int          // likewise readings beside characters
	form    int          // likewise properties
}

// walk reads a part. Its printed text is what package reading finds: tracked changes taken as accepted, hidden text and the codes
// of fields left out.
func walk(part, kind string, source []byte) (*story, error) {
	w := &walker{story: &story{part: part, kind: kind, source: source}, dec: xml.NewDecoder(bytes.NewReader(source))}
	for {
		tok, err := w.dec.Token()
		switch {
		case err == io.EOF && len(w.frames) == 0:
			return w.story, nil
		case err != nil:
			return nil, damaged(part, err)
		}
		switch t := tok.(type) {
		case xml.StartElement:
			if len(w.frames) >= depthMax {
				return nil, reading.ErrDamagedDocx.With(part, lang.Of("元素嵌套过深", "its elements are nested too deeply"))
			}
			if tag(t.Name) == "w:t" && w.prints() {
				if err := w.take(); err != nil {
					return nil, err
				}
				continue
			}
			w.start(t)
		case xml.EndElement:
			w.end()
		}
	}
}

// tag is an element's name with the prefix that everybody writes.
func tag(n xml.Name) string {
	switch n.Space {
	case wordNS, wordStrictNS:
		return "w:" + n.Local
	case compatNS:
		return "mc:" + n.Local
	}
	return n.Local
}

func attribute(t xml.StartElement, local string) string {
	for _, a := range t.Attr {
		if a.Name.Local == local {
			return a.Value
		}
	}
	return ""
}

// above is the nth element around this place, from 1; never nil.
func (w *walker) above(n int) *frame {
	if n > len(w.frames) {
		return &frame{}
	}
	return w.frames[len(w.frames)-n]
}

// inField says whether this place is the code or the result of a field.
func (w *walker) inField() bool { return w.simple > 0 || len(w.fields) > 0 }

// prints says whether text at this place is printed.
func (w *walker) prints() bool {
	if w.deleted > 0 || w.ruby > 0 || len(w.within) == 0 || slices.Contains(w.fields, true) {
		return false
	}
	for i := len(w.frames) - 1; i >= 0 && w.frames[i].name != "w:p"; i-- {
		if w.frames[i].name == "w:r" {
			return !w.frames[i].hidden
		}
	}
	return true
}

// take reads the content of a w:t.
func (w *walker) take() error {
	n := node{from: int(w.dec.InputOffset())}
	var text strings.Builder
	for depth := 1; ; {
		n.to = int(w.dec.InputOffset())
		tok, err := w.dec.Token()
		if err != nil {
			return damaged(w.part, err)
		}
		switch t := tok.(type) {
		case xml.CharData:
			text.Write(t)
		case xml.StartElement:
			depth++
		case xml.EndElement:
			if depth--; depth > 0 {
				continue
			}
			if n.text = text.String(); n.text != "" {
				w.nodes = append(w.nodes, n)
				w.print(n.text, len(w.nodes)-1)
			}
			return nil
		}
	}
}

// print adds printed characters to the paragraph and to the controls around.
func (w *walker) print(s string, node int) {
	p := w.within[len(w.within)-1]
	at := p.text.Len()
	p.text.WriteString(s)
	for _, c := range w.around {
		if c.paragraph == nil {
			c.paragraph, c.at = p, at
		}
		if !c.nested {
			c.pieces = append(c.pieces, piece{s, node})
		}
	}
	if len(w.around) > 0 || w.inField() {
		p.covered = append(p.covered, span{at, p.text.Len()})
	}
}

// breaks adds what is printed and is no text.
func (w *walker) breaks(s string) {
	if w.prints() {
		w.print(s, -1)
	}
}

func (w *walker) start(t xml.StartElement) {
	name := tag(t.Name)
	f := &frame{name: name}
	w.frames = append(w.frames, f)
	switch name {
	case "w:p":
		w.paragraph()
	case "w:del", "w:moveFrom":
		if w.form == 0 { // in properties it says that the mark that ends a paragraph, or a row, was deleted
			w.revise()
			w.deleted++
		}
	case "w:ins", "w:moveTo":
		if w.form == 0 {
			w.revise()
		}
	case "w:pPr", "w:rPr", "w:tblPr", "w:trPr", "w:tcPr", "w:sectPr", "w:sdtEndPr":
		w.form++
	case "w:vanish":
		if run := w.above(3); w.above(2).name == "w:rPr" && run.name == "w:r" {
			run.hidden = attribute(t, "val") != "0" && attribute(t, "val") != "false"
		}
	case "w:pStyle", "w:outlineLvl":
		if w.above(2).name != "w:pPr" || w.above(3).name != "w:p" || len(w.within) == 0 {
			break // of a tracked change, or of a style
		}
		if p := w.within[len(w.within)-1]; name == "w:pStyle" {
			p.style = attribute(t, "val")
		} else {
			p.outline = levelOf(attribute(t, "val"))
		}
	case "w:rt":
		w.ruby++
	case "w:fldSimple":
		w.simple++
	case "w:txbxContent":
		f.fields, w.fields = w.fields, nil
	case "mc:Choice", "mc:Fallback":
		if above := w.above(2); above.choice {
			w.echoes++
			f.choice = true // of itself: it is an echo
		} else {
			above.choice = true
		}
	case "w:sdtPr":
		w.properties()
	case "w:tab", "w:ptab":
		if w.form == 0 {
			w.breaks("\t")
		}
	case "w:br", "w:cr":
		w.breaks("\n")
	case "w:noBreakHyphen":
		w.breaks("-")
	case "w:fldChar":
		w.field(attribute(t, "fldCharType"))
	}
}

// paragraph begins one. A control that goes on over paragraphs has a line break between them.
func (w *walker) paragraph() {
	p := &paragraph{story: w.story, echo: w.echoes > 0}
	w.paragraphs = append(w.paragraphs, p)
	w.within = append(w.within, p)
	for _, c := range w.around {
		if len(c.pieces) > 0 {
			c.pieces = append(c.pieces, piece{"\n", -1})
		}
	}
}

// revise notes that a tracked change stands in the controls around.
func (w *walker) revise() {
	for _, c := range w.around {
		c.revised = true
	}
}

const fieldDepthMax = 64

func (w *walker) field(mark string) {
	switch n := len(w.fields); {
	case mark == "begin" && n < fieldDepthMax:
		w.fields = append(w.fields, true)
	case mark == "separate" && n > 0:
		w.fields[n-1] = false
	case mark == "end" && n > 0:
		w.fields = w.fields[:n-1]
	}
}

// properties reads a w:sdtPr up to its end. One with a tag is open until its w:sdt ends.
func (w *walker) properties() {
	c := &control{story: w.story, echo: w.echoes > 0, gone: w.deleted > 0}
	placeholder := "" // the tag, where an editor has dropped it
	for depth := 1; depth > 0; {
		tok, err := w.dec.Token()
		if err != nil {
			break // Token says it again
		}
		switch t := tok.(type) {
		case xml.StartElement:
			depth++
			switch name := tag(t.Name); {
			case depth == 2 && name == "w:tag":
				c.tag = attribute(t, "val")
			case depth == 2 && name == "w:alias":
				c.name = attribute(t, "val")
			case depth == 2 && name == "w:showingPlcHdr":
				c.placeholder = attribute(t, "val") != "0" && attribute(t, "val") != "false"
			case name == "w:docPart":
				if own, is := strings.CutPrefix(attribute(t, "val"), document.PlaceholderPrefix); is {
					placeholder = own
				}
			}
		case xml.EndElement:
			depth--
		}
	}
	w.frames = w.frames[:len(w.frames)-1]
	c.tag = cmp.Or(c.tag, placeholder)
	if sdt := w.above(1); c.tag != "" && sdt.name == "w:sdt" && !sdt.open {
		sdt.open = true
		for _, outer := range w.around {
			outer.nested, outer.pieces = true, nil // whose text is several: it is left alone
		}
		w.controls, w.around = append(w.controls, c), append(w.around, c)
	}
}

func (w *walker) end() {
	f := w.above(1)
	w.frames = w.frames[:len(w.frames)-1]
	switch f.name {
	case "w:p":
		w.within = w.within[:len(w.within)-1]
	case "w:del", "w:moveFrom":
		if w.form == 0 {
			w.deleted--
		}
	case "w:pPr", "w:rPr", "w:tblPr", "w:trPr", "w:tcPr", "w:sectPr", "w:sdtEndPr":
		w.form--
	case "w:rt":
		w.ruby--
	case "w:fldSimple":
		w.simple--
	case "w:txbxContent":
		w.fields = f.fields
	case "mc:Choice", "mc:Fallback":
		if f.choice {
			w.echoes--
		}
	case "w:sdt":
		if f.open {
			w.around = w.around[:len(w.around)-1]
		}
	}
}
