package reading

import (
	"encoding/xml"
	"strconv"
	"strings"

	"anlan/ground/lang"
)

// readDocx makes the lines of a Word document as it would be printed: automatic numbers written out, tracked changes
// accepted, hidden text and field codes left out, text boxes before the paragraph that anchors them, notes at the end.
func readDocx(d *Document, a *archive) error {
	main, err := mainPart(a)
	if err != nil {
		return err
	}
	parts, err := a.relations(main)
	if err != nil {
		return err
	}
	r := &docxReader{b: &builder{d: d}, notes: map[string]bool{}}
	if r.styles, err = readStyles(a, parts["styles"]); err != nil {
		return err
	}
	if r.numbers, err = readNumbering(a, parts["numbering"]); err != nil {
		return err
	}
	if err := a.eachPart(main, r.document); err != nil {
		return err
	}
	for _, kind := range []string{"footnotes", "endnotes"} {
		if a.has(parts[kind]) && len(r.notes) > 0 {
			if err := a.eachPart(parts[kind], r.readNotes); err != nil {
				return err
			}
		}
	}
	return r.b.done()
}

// mainPart is the part that holds the text, by the package's own relationships.
func mainPart(a *archive) (string, error) {
	if a.has("_rels/.rels") {
		top, err := a.relations("")
		if err != nil {
			return "", err
		}
		if main := top["officeDocument"]; a.has(main) && !strings.HasPrefix(main, "xl/") && !strings.HasPrefix(main, "ppt/") {
			return main, nil
		}
	}
	switch {
	case a.has("ppt/presentation.xml"):
		return "", ErrFormat.With(lang.Of("演示文稿（.pptx）", "a presentation (.pptx)"),
			lang.Of("请把其中的文字和表格复制到 Word，另存为 .docx", "Copy its text and tables to Word and save as .docx"))
	case a.has("OFD.xml"):
		return "", ErrFormat.With(lang.Of("OFD 版式文件", "an OFD file"), lang.Of("请取得原来的 .docx", "Obtain the original .docx"))
	case a.has("content.xml") && a.has("mimetype"):
		return "", ErrFormat.With(lang.Of("OpenDocument 文件", "an OpenDocument file"), lang.Of("请用 Word 或 WPS 打开，另存为 .docx", "Open it in Word or WPS and save it as .docx"))
	}
	return "", ErrNotDocx.With(lang.Of("压缩包里没有 Word 正文", "the archive holds no Word text"))
}

const (
	wordNS       = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
	wordStrictNS = "http://purl.oclc.org/ooxml/wordprocessingml/main"
	compatNS     = "http://schemas.openxmlformats.org/markup-compatibility/2006"
	mathNS       = "http://schemas.openxmlformats.org/officeDocument/2006/math"
)

// tag is an element's name with the prefix that everybody writes; of other namespaces the local name alone.
func tag(s xml.StartElement) string {
	switch s.Name.Space {
	case wordNS, wordStrictNS:
		return "w:" + s.Name.Local
	case compatNS:
		return "mc:" + s.Name.Local
	case mathNS:
		return "m:" + s.Name.Local
	}
	return s.Name.Local
}

// on says whether a switch such as w:vanish is on: it is, unless it says otherwise.
func on(s xml.StartElement) bool {
	switch attribute(s, "val") {
	case "0", "false", "off", "none":
		return false
	}
	return true
}

// number is an attribute as a whole number, or otherwise.
func number(s xml.StartElement, local string, otherwise int) int {
	v, err := strconv.Atoi(attribute(s, local))
	if err != nil {
		return otherwise
	}
	return v
}

// style is a paragraph style, with what its ancestors say filled in.
type style struct {
	name    string
	basedOn string
	form    paragraphForm
}

// paragraphForm is what of a paragraph's properties tells what it is.
type paragraphForm struct {
	style   string
	outline int // 0 … 8 as Word counts heading levels; −1 where nothing is said
	list    string
	level   int  // of the list, −1 where nothing is said
	deleted bool // the mark that ends it is a tracked deletion: the next paragraph joins it
}

var noForm = paragraphForm{outline: -1, level: -1}

// over fills what f leaves unsaid from below.
func (f paragraphForm) over(below paragraphForm) paragraphForm {
	if f.outline < 0 {
		f.outline = below.outline
	}
	if f.list == "" {
		f.list = below.list
	}
	if f.level < 0 {
		f.level = below.level
	}
	return f
}

// readForm reads w:pPr.
func readForm(e *element) (paragraphForm, error) {
	f := noForm
	err := e.children(func(s xml.StartElement) error {
		switch tag(s) {
		case "w:pStyle":
			f.style = attribute(s, "val")
		case "w:outlineLvl":
			f.outline = number(s, "val", -1)
		case "w:numPr":
			return e.children(func(s xml.StartElement) error {
				switch tag(s) {
				case "w:numId":
					f.list = attribute(s, "val")
				case "w:ilvl":
					f.level = number(s, "val", 0)
				}
				return e.skip()
			})
		case "w:rPr":
			return e.children(func(s xml.StartElement) error {
				f.deleted = f.deleted || tag(s) == "w:del" || tag(s) == "w:moveFrom"
				return e.skip()
			})
		}
		return e.skip()
	})
	return f, err
}

// styles are the paragraph styles by id; the default one stands under "".
type styles map[string]style

const styleDepthMax = 20 // of styles based on one another

func readStyles(a *archive, part string) (styles, error) {
	out := styles{}
	if !a.has(part) {
		return out, nil
	}
	err := a.eachPart(part, func(e *element, _ xml.StartElement) error {
		return e.children(func(s xml.StartElement) error {
			if tag(s) != "w:style" || attribute(s, "type") != "paragraph" {
				return e.skip()
			}
			st, id, isDefault := style{form: noForm}, attribute(s, "styleId"), attribute(s, "default")
			err := e.children(func(s xml.StartElement) (err error) {
				switch tag(s) {
				case "w:name":
					st.name = strings.ToLower(attribute(s, "val"))
				case "w:basedOn":
					st.basedOn = attribute(s, "val")
				case "w:pPr":
					st.form, err = readForm(e)
					return err
				}
				return e.skip()
			})
			out[id] = st
			if isDefault == "1" || isDefault == "true" {
				out[""] = st
			}
			return err
		})
	})
	return out, err
}

// resolve fills in what the paragraph's style and its ancestors say, and gives the style's name in lower case.
func (s styles) resolve(f paragraphForm) (paragraphForm, string) {
	st, known := s[f.style]
	name := st.name
	for n := 0; known && n < styleDepthMax; n++ {
		f = f.over(st.form)
		if st.basedOn == "" {
			break
		}
		st, known = s[st.basedOn]
	}
	return f, name
}
