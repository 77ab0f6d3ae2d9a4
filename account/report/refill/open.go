package refill

import (
	"bytes"
	"cmp"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"strconv"
	"strings"

	"anlan/account/check/reading"
	"anlan/account/report"
	"anlan/account/report/document"
	"anlan/ground/fault"
	"anlan/ground/lang"
)

// Edited is a report that was edited in Word.
type Edited struct {
	Name string
	// What the file says of itself; empty or 0 where it says nothing.
	Book     string
	Position int64
	document.Origin

	pack     *pack
	main     string // the part with the text
	stories  []*story
	held     document.Held
	heldIn   string // the part that said so; empty where figures.json did, or nobody
	isHeld   bool
	property string // the part with the custom properties; may be empty
}

// Open reads an edited Word file. Faults are those of package reading for what is no Word file, is damaged or grows beyond all
// measure, and ErrNotOurs.
func Open(name string, content []byte) (*Edited, error) {
	e, err := open(name, content)
	if err != nil {
		return nil, fault.At(err, fault.Where{File: name})
	}
	return e, nil
}

func open(name string, content []byte) (*Edited, error) {
	d, err := reading.Read(name, bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return nil, err
	}
	if d.Format != reading.DOCX {
		return nil, reading.ErrNotDocx.With(lang.Of(lang.Zh("它是 ."+string(d.Format)), lang.En("it is a ."+string(d.Format))))
	}
	e := &Edited{Name: name}
	if e.pack, err = openPack(content); err != nil {
		return nil, err
	}
	if err := e.top(); err != nil {
		return nil, err
	}
	if e.stories, err = e.pack.stories(e.main); err != nil {
		return nil, err
	}
	if err := e.sections(); err != nil {
		return nil, err
	}
	if err := e.holds(); err != nil {
		return nil, err
	}
	if !e.isHeld && e.Position == 0 {
		for _, c := range e.controls() {
			if document.IsID(c.tag) {
				return e, nil
			}
		}
		return nil, ErrNotOurs.With()
	}
	return e, nil
}

// top finds the part with the text, and the custom properties.
func (e *Edited) top() error {
	list, err := e.pack.relations("")
	if err != nil {
		return err
	}
	for _, r := range list {
		switch {
		case r.kind == "officeDocument" && e.main == "":
			e.main = r.target
		case r.kind == "custom-properties" && e.pack.has(r.target):
			e.property = r.target
		}
	}
	if e.property == "" {
		return nil
	}
	text, err := e.pack.part(e.property)
	if err != nil {
		return err
	}
	values, err := propertiesIn(e.property, text)
	if err != nil {
		return err
	}
	e.Book, e.Template, e.Period = values[document.PropertyBook].text, values[document.PropertyTemplate].text, values[document.PropertyPeriod].text
	e.Position, _ = strconv.ParseInt(values[document.PropertyPosition].text, 10, 64) // what somebody made of it is as good as nothing
	return nil
}

// propertiesIn finds the custom properties that are texts, with the place of each.
func propertiesIn(part string, text []byte) (map[string]node, error) {
	out := map[string]node{}
	dec := xml.NewDecoder(bytes.NewReader(text))
	name := ""
	for {
		tok, err := dec.Token()
		if tok == nil {
			if err != nil && err.Error() != "EOF" {
				return nil, damaged(part, err)
			}
			return out, nil
		}
		t, ok := tok.(xml.StartElement)
		switch {
		case !ok:
		case t.Name.Local == "property":
			name = attribute(t, "name")
		case t.Name.Local == "lpwstr" && name != "":
			n := node{from: int(dec.InputOffset())}
			var b strings.Builder
			for inside := true; inside; {
				n.to = int(dec.InputOffset())
				tok, err := dec.Token()
				if err != nil {
					return nil, damaged(part, err)
				}
				switch t := tok.(type) {
				case xml.CharData:
					b.Write(t)
				case xml.EndElement:
					inside = false
				}
			}
			n.text = b.String()
			out[name] = n
		}
	}
}

// stories reads all parts with text: the body first, then notes, headers and footers.
func (p *pack) stories(main string) ([]*story, error) {
	list, err := p.relations(main)
	if err != nil {
		return nil, err
	}
	read := map[string]bool{}
	var out []*story
	add := func(part, kind string) error {
		if read[part] || !p.has(part) {
			return nil
		}
		if read[part] = true; len(read) > storyMax {
			return reading.ErrTooLarge.With(lang.Of("页眉、页脚和注释部分的个数", "headers, footers and notes"), storyMax)
		}
		text, err := p.part(part)
		if err != nil {
			return err
		}
		s, err := walk(part, kind, text)
		if err == nil {
			out = append(out, s)
		}
		return err
	}
	if err := add(main, "document"); err != nil {
		return nil, err
	}
	for _, kind := range []string{"footnotes", "endnotes", "header", "footer"} {
		for _, r := range list {
			if r.kind == kind {
				if err := add(r.target, kind); err != nil {
					return nil, err
				}
			}
		}
	}
	return out, nil
}

// controls are those of all stories, in the order of the text.
func (e *Edited) controls() (out []*control) {
	for _, s := range e.stories {
		out = append(out, s.controls...)
	}
	return out
}

// sections says of each paragraph of the body under which headings it stands.
func (e *Edited) sections() error {
	styles, err := e.pack.styles(e.main)
	if err != nil {
		return err
	}
	var open [headingLevels]string
	section := ""
	for _, p := range e.stories[0].paragraphs {
		text := strings.TrimSpace(p.text.String())
		if level := cmp.Or(p.outline, styles.level(p.style)); text != "" && level >= 1 && level <= headingLevels {
			open[level-1] = text
			clear(open[level:])
			section = joined(open[:])
		}
		p.section = section
	}
	return nil
}

const headingLevels = 4

// sectionMark joins the headings above a figure, as in figures.json.
const sectionMark = " › "

func joined(headings []string) string {
	var in []string
	for _, h := range headings {
		if h != "" {
			in = append(in, h)
		}
	}
	return strings.Join(in, sectionMark)
}

const heldPartsMax = 100

// holds finds what the file says of its figures.
func (e *Edited) holds() error {
	list, err := e.pack.relations(e.main)
	if err != nil {
		return err
	}
	n := 0
	for _, r := range list {
		if r.kind != "customXml" || !e.pack.has(r.target) {
			continue
		}
		if n++; n > heldPartsMax {
			return nil
		}
		text, err := e.pack.part(r.target)
		if err != nil {
			return err
		}
		if held, ok := document.ParseHeld(text); ok {
			e.held, e.heldIn, e.isHeld = held, r.target, true
			return nil
		}
	}
	return nil
}

// Beside takes what figures.json of the report says that the file held, for a file that does not say it itself: one that was
// written before files did, or from which an editor has taken it. One of another book is not taken.
func (e *Edited) Beside(figures []byte) {
	var f report.FiguresFile
	if e.isHeld || json.Unmarshal(figures, &f) != nil || e.Book != "" && f.Book != e.Book {
		return
	}
	in := map[string]int{} // by document: how many of its figures the file has
	has := map[string]bool{}
	for _, c := range e.controls() {
		has[c.tag] = true
	}
	best := ""
	for _, x := range f.Figures {
		if has[x.ID] {
			if in[x.File]++; in[x.File] > in[best] {
				best = x.File
			}
		}
	}
	for _, x := range f.Figures {
		if x.File == best && in[best] > 0 {
			e.held.Figures = append(e.held.Figures, document.HeldFigure{ID: x.ID, Value: x.Value, Section: x.Section, Text: x.Text})
			e.isHeld = true
		}
	}
}

// Told says whether anybody says what the file held: without it nothing can be said of figures that were typed over or deleted.
func (e *Edited) Told() bool { return e.isHeld }

// freePart is a name for a part that is not there.
func (p *pack) freePart(form string) (name string, n int) {
	for n = 1; ; n++ {
		if name = fmt.Sprintf(form, n); !p.has(name) {
			return name, n
		}
	}
}
