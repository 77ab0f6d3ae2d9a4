package sheet

import (
	"archive/zip"
	"io"
	"path"
	"strconv"
	"strings"

	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/record/sheet/markup"
)

// Bounds of a workbook: what is unpacked is counted, whatever the archive says of itself.
const (
	partsMax   = 10_000
	smallMax   = 16 << 20  // bytes of the parts that describe the book
	stringsMax = 128 << 20 // bytes of the shared texts, which are held in memory
	sheetMax   = 1 << 30   // bytes of one sheet, which is streamed
	stylesMax  = 65_536
)

// workbook is an opened XLSX file (ECMA-376, transitional and strict).
type workbook struct {
	parts   map[string]*zip.File
	system  period.Serials
	formats []format // by cell style
	texts   *texts   // shared strings, read when first needed
	shared  string   // the part that holds them
}

// relation is a named pointer of a part to another.
type relation struct{ kind, target string }

func (b *Book) openWorkbook(r io.ReaderAt, size int64) error {
	z, err := zip.NewReader(r, size)
	if err != nil {
		return damaged(err, lang.Of("压缩结构不完整", "its archive structure is incomplete"))
	}
	if len(z.File) > partsMax {
		return ErrTooLarge.With(theParts, partsMax)
	}
	w := &workbook{parts: map[string]*zip.File{}}
	for _, f := range z.File {
		if f.Flags&1 != 0 {
			return ErrEncrypted.With()
		}
		w.parts[partName(f.Name)] = f
	}
	main := "xl/workbook.xml"
	relations, err := w.relations("_rels/.rels", "")
	if err != nil {
		return err
	}
	for _, rel := range relations {
		if strings.HasSuffix(rel.kind, "/officeDocument") {
			main = rel.target
		}
	}
	return b.readBook(w, main)
}

// readBook reads the list of sheets and what belongs to all of them.
func (b *Book) readBook(w *workbook, main string) error {
	dir, file := path.Split(main)
	relations, err := w.relations(dir+"_rels/"+file+".rels", dir)
	if err != nil {
		return err
	}
	for _, rel := range relations {
		switch {
		case strings.HasSuffix(rel.kind, "/sharedStrings"):
			w.shared = rel.target
		case strings.HasSuffix(rel.kind, "/styles"):
			if err := w.readStyles(rel.target); err != nil {
				return err
			}
		}
	}
	return w.each(main, smallMax, func(m *markup.Reader) error {
		switch string(m.Name()) {
		case "workbookPr":
			if v, _ := m.Attr("date1904"); isTrue(v) {
				w.system = period.Serials1904
			}
			b.system = w.system
		case "sheet":
			return b.addSheet(w, m, relations)
		}
		return nil
	})
}

func (b *Book) addSheet(w *workbook, m *markup.Reader, relations map[string]relation) error {
	name, _ := m.Attr("name")
	id, _ := m.Attr("id")
	state, _ := m.Attr("state")
	rel := relations[string(id)]
	if !strings.HasSuffix(rel.kind, "/worksheet") {
		return nil // a chart or a macro sheet
	}
	if len(b.sheets) == 1000 {
		return ErrTooLarge.With(theWorksheet, 1000)
	}
	s := &worksheet{book: w, part: rel.target}
	b.sheets = append(b.sheets, source{Info{string(name), len(state) > 0 && string(state) != "visible"}, s.rows})
	return nil
}

func isTrue(v []byte) bool { return string(v) == "1" || string(v) == "true" }

// partName is the name of a part in the form in which parts are looked up; some programs write \ and capitals.
func partName(s string) string {
	return strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(s, `\`, "/"), "/"))
}

// open gives the content of a part, which ends in a fault after max bytes.
func (w *workbook) open(part string, max int64) (io.ReadCloser, error) {
	f := w.parts[partName(part)]
	if f == nil {
		return nil, ErrDamaged.With(lang.Text{Zh: "缺少" + part, En: part + " is missing"})
	}
	r, err := f.Open()
	if err != nil {
		return nil, w.damaged(err, part)
	}
	return &bounded{r, max, max}, nil
}

func (w *workbook) damaged(err error, part string) error {
	return damaged(err, lang.Text{Zh: "在" + part + "中", En: "in " + part})
}

// bounded reads at most left bytes more and then fails.
type bounded struct {
	io.ReadCloser
	left, max int64
}

func (b *bounded) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if b.left -= int64(n); b.left < 0 {
		return 0, ErrTooLarge.With(thePart, b.max)
	}
	return n, err
}

// each calls visit at the start of every element of a part.
func (w *workbook) each(part string, max int64, visit func(*markup.Reader) error) error {
	r, err := w.open(part, max)
	if err != nil {
		return err
	}
	defer r.Close()
	m := markup.New(r)
	for {
		kind, err := m.Next()
		if err != nil {
			return w.damaged(err, part)
		}
		if kind == markup.EOF {
			return nil
		}
		if kind == markup.Start {
			if err := visit(m); err != nil {
				return err
			}
		}
	}
}

// relations reads what a part points to, by id; the part may have none.
func (w *workbook) relations(part, dir string) (map[string]relation, error) {
	out := map[string]relation{}
	if w.parts[partName(part)] == nil {
		return out, nil
	}
	err := w.each(part, smallMax, func(m *markup.Reader) error {
		id, _ := m.Attr("Id")
		kind, _ := m.Attr("Type")
		target, ok := m.Attr("Target")
		if !ok {
			return nil
		}
		to := string(target)
		if !strings.HasPrefix(to, "/") {
			to = path.Join(dir, to)
		}
		out[string(id)] = relation{string(kind), strings.TrimPrefix(to, "/")}
		return nil
	})
	return out, err
}

// readStyles reads which number format each cell style has.
func (w *workbook) readStyles(part string) error {
	declared := map[int]format{}
	inCellStyles := false
	return w.each(part, smallMax, func(m *markup.Reader) error {
		switch string(m.Name()) {
		case "numFmt":
			code, _ := m.Attr("formatCode")
			declared[number(m, "numFmtId")] = parseFormat(string(code))
		case "cellStyleXfs", "cellStyles", "dxfs":
			inCellStyles = false
		case "cellXfs":
			inCellStyles = true
		case "xf":
			if !inCellStyles {
				return nil
			}
			if len(w.formats) == stylesMax {
				return ErrTooLarge.With(theStyles, stylesMax)
			}
			id := number(m, "numFmtId")
			f, ok := declared[id]
			if !ok {
				f = builtin(id)
			}
			w.formats = append(w.formats, f)
		}
		return nil
	})
}

// number is a whole number of an attribute, 0 when it is none.
func number(m *markup.Reader, attr string) int {
	v, ok := m.Attr(attr)
	if !ok {
		return 0
	}
	n, err := strconv.Atoi(string(v))
	if err != nil {
		return 0
	}
	return n
}
