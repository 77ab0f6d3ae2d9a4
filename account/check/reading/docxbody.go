package reading

import (
	"encoding/xml"
	"strconv"
	"strings"

	"anlan/ground/lang"
)

// docxReader walks the text of a Word document, element by element.
type docxReader struct {
	b       *builder
	styles  styles
	numbers *numbering
	cell    *Cell
	fields  []bool // of the fields around this place, outermost first: are we in its code (and not in its result)?
	notes   map[string]bool
	isNote  bool
	carry   string         // text of a paragraph whose end was deleted; the next one goes on with it
	inside  []*openControl // around this place, outermost first
	unlined []int          // controls, by their place in Document.Controls, with text in this paragraph and no line yet
}

func (r *docxReader) document(e *element, root xml.StartElement) error {
	if tag(root) != "w:document" {
		return ErrNotDocx.With(lang.Of("正文不是 WordprocessingML", "its text is not WordprocessingML"))
	}
	return e.children(func(s xml.StartElement) error {
		if tag(s) == "w:body" {
			return r.blocks(e)
		}
		return e.skip()
	})
}

// readNotes reads those footnotes or endnotes that the text refers to.
func (r *docxReader) readNotes(e *element, root xml.StartElement) error {
	r.isNote = true
	kind := strings.TrimSuffix(root.Name.Local, "s")
	return e.children(func(s xml.StartElement) error {
		if r.notes[kind+attribute(s, "id")] {
			return r.blocks(e)
		}
		return e.skip()
	})
}

// blocks reads paragraphs and tables up to the end of the element that holds them.
func (r *docxReader) blocks(e *element) error {
	before := r.carry
	r.carry = ""
	err := e.children(func(s xml.StartElement) error { return r.block(e, s) })
	if err == nil && r.carry != "" {
		_, err = r.b.line(Blank, 0, r.carry, r.cell)
	}
	r.carry = before
	return err
}

func (r *docxReader) block(e *element, s xml.StartElement) error {
	switch tag(s) {
	case "w:p":
		return r.paragraph(e)
	case "w:tbl":
		return r.table(e)
	case "w:sdt":
		return r.control(e, func(s xml.StartElement) error { return r.block(e, s) })
	case "w:customXml", "w:smartTag", "w:ins", "w:moveTo":
		return e.children(func(s xml.StartElement) error { return r.block(e, s) })
	case "mc:AlternateContent":
		return alternate(e, func(s xml.StartElement) error { return r.block(e, s) })
	case "w:altChunk":
		r.b.unread(lang.Of("嵌入的其他文档", "another document inside"))
	}
	return e.skip()
}

// alternate reads one of the ways in which the same thing is written: the first Choice, or the Fallback.
func alternate(e *element, f func(xml.StartElement) error) error {
	done := false
	return e.children(func(s xml.StartElement) error {
		if done || tag(s) != "mc:Choice" && tag(s) != "mc:Fallback" {
			return e.skip()
		}
		done = true
		return e.children(f)
	})
}

// paragraph is a paragraph while its runs are read.
type paragraph struct {
	form paragraphForm
	text strings.Builder // a line feed for each break inside it
}

func (r *docxReader) paragraph(e *element) error {
	p := &paragraph{form: noForm}
	for _, c := range r.inside {
		if c.text.Len() > 0 {
			c.text.WriteByte('\n')
		}
	}
	p.text.WriteString(r.carry)
	r.carry = ""
	err := e.children(func(s xml.StartElement) (err error) {
		if tag(s) == "w:pPr" {
			p.form, err = readForm(e)
			return err
		}
		return r.inline(e, s, p)
	})
	if err != nil {
		return err
	}
	if p.form.deleted {
		r.carry = p.text.String()
		return nil
	}
	return r.emit(p)
}

// emit adds the lines of a paragraph.
func (r *docxReader) emit(p *paragraph) error {
	form, style := r.styles.resolve(p.form)
	kind, level := Blank, uint8(0)
	number, isItem := r.numbers.next(form.list, form.level)
	if trim(p.text.String()) == "" {
		return nil // counted, but a number alone says nothing
	}
	switch {
	case r.isNote:
		kind = Note
	case strings.HasPrefix(style, "toc "), strings.HasPrefix(style, "toc标题"):
		kind = Markup // a table of contents: headings once more, and numbers of pages
	case style == "title", style == "标题":
		kind = Title
	case form.outline >= 0 && form.outline < listLevels:
		kind, level = Heading, uint8(form.outline+1)
	case strings.HasPrefix(style, "heading ") && len(style) == len("heading 1"):
		kind, level = Heading, style[len(style)-1]-'0'
	case isItem && number == "":
		kind = Item
	}
	for i, text := range strings.Split(p.text.String(), "\n") {
		text = strings.Map(visible, text)
		if i == 0 {
			text = joinNumber(number, trim(text))
		}
		n, err := r.b.line(kind, level, text, r.cell)
		if err != nil {
			return err
		}
		r.place(n)
		if kind == Item {
			kind = Blank
		}
	}
	return nil
}

func visible(c rune) rune {
	switch {
	case invisible(c):
		return -1
	case c == '\u00a0', c == '\r', c == '\n':
		return ' '
	}
	return c
}

// joinNumber puts an automatic number before the text as it is printed; apart where digits would run together.
func joinNumber(number, text string) string {
	number = trim(number)
	if number != "" && text != "" && digit(rune(number[len(number)-1])) {
		return number + " " + text
	}
	return number + text
}

// inline reads what stands in a paragraph.
func (r *docxReader) inline(e *element, s xml.StartElement, p *paragraph) error {
	again := func(s xml.StartElement) error { return r.inline(e, s, p) }
	switch tag(s) {
	case "w:r":
		return r.run(e, p)
	case "w:sdt":
		return r.control(e, again)
	case "w:hyperlink", "w:ins", "w:moveTo", "w:smartTag", "w:fldSimple", "w:customXml", "w:dir", "w:bdo":
		return e.children(again)
	case "mc:AlternateContent":
		return alternate(e, again)
	case "m:oMath", "m:oMathPara":
		r.b.unread(lang.Of("公式", "a formula"))
	}
	return e.skip() // w:del and w:moveFrom among others
}

// run reads a run of characters of one look.
func (r *docxReader) run(e *element, p *paragraph) error {
	hidden, raised := false, false
	write := func(s string) {
		if raised {
			s = superscript(s)
		}
		if !hidden && !r.inCode() {
			p.text.WriteString(s)
			r.note(s)
		}
	}
	var content func(s xml.StartElement) error
	content = func(s xml.StartElement) error {
		switch tag(s) {
		case "w:rPr":
			return e.children(func(s xml.StartElement) error {
				switch tag(s) {
				case "w:vanish":
					hidden = on(s)
				case "w:vertAlign":
					raised = attribute(s, "val") == "superscript"
				}
				return e.skip()
			})
		case "w:t":
			text, err := e.text()
			write(strings.Map(visible, text))
			return err
		case "w:tab", "w:ptab":
			write("\t")
		case "w:br", "w:cr":
			if kind := attribute(s, "type"); kind != "page" && kind != "column" {
				write("\n")
			}
		case "w:noBreakHyphen":
			write("-")
		case "w:sym":
			write(symbol(attribute(s, "char")))
		case "w:fldChar":
			r.field(attribute(s, "fldCharType"))
		case "w:footnoteReference", "w:endnoteReference":
			r.notes[strings.TrimSuffix(s.Name.Local, "Reference")+attribute(s, "id")] = true
		case "w:drawing", "w:pict", "w:object":
			return r.drawing(e)
		case "w:ruby":
			return e.children(func(s xml.StartElement) error {
				if tag(s) != "w:rubyBase" {
					return e.skip()
				}
				return e.children(func(s xml.StartElement) error { return r.inline(e, s, p) })
			})
		case "mc:AlternateContent":
			return alternate(e, content)
		}
		return e.skip()
	}
	return e.children(content)
}

// symbol is a character of a symbol font; those of private use mean nothing outside their font.
func symbol(hex string) string {
	v, err := strconv.ParseUint(hex, 16, 32)
	if err != nil || v < 0x20 || v >= 0xe000 && v <= 0xf8ff || v > 0x10ffff || v >= 0xd800 && v < 0xe000 {
		return ""
	}
	return string(rune(v))
}

const fieldDepthMax = 64

func (r *docxReader) field(mark string) {
	switch n := len(r.fields); {
	case mark == "begin" && n < fieldDepthMax:
		r.fields = append(r.fields, true)
	case mark == "separate" && n > 0:
		r.fields[n-1] = false
	case mark == "end" && n > 0:
		r.fields = r.fields[:n-1]
	}
}

// inCode says whether this place is inside the code of a field, which is not printed.
func (r *docxReader) inCode() bool {
	for _, code := range r.fields {
		if code {
			return true
		}
	}
	return false
}

// drawing reads the text boxes of a drawing and notes what else is in it.
func (r *docxReader) drawing(e *element) error {
	var inside func(s xml.StartElement) error
	inside = func(s xml.StartElement) error {
		switch name := tag(s); name {
		case "w:txbxContent":
			fields := r.fields
			r.fields = nil
			err := r.blocks(e)
			r.fields = fields
			return err
		case "mc:AlternateContent":
			return alternate(e, inside)
		case "pic", "imagedata":
			r.b.unread(lang.Of("图片", "a picture"))
			return e.skip()
		case "chart":
			r.b.unread(lang.Of("图表", "a chart"))
			return e.skip()
		case "relIds":
			r.b.unread(lang.Of("SmartArt 图形", "a diagram"))
			return e.skip()
		case "OLEObject":
			r.b.unread(lang.Of("嵌入的对象", "an embedded object"))
			return e.skip()
		}
		return e.children(inside)
	}
	return e.children(inside)
}
