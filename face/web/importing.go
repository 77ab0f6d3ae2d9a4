package web

import (
	"bytes"
	"errors"
	"io"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"anlan/app"
	"anlan/ground/fault"
	"anlan/ground/ident"
	"anlan/ground/lang"
	"anlan/ground/place"
	"anlan/office/intake"
	"anlan/record"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/record/exchange"
	"anlan/record/sheet"
)

// Bounds of the pages of an import.
const (
	sampleRows   = 3
	headingRows  = 15 // that may be chosen as the row of the headings
	refusedShown = 20 // rows on a page
	diffsShown   = 20
)

// Faults of imports from pages.
var (
	ErrNoSheetSent = fault.Define("web.no_sheet_sent", fault.Invalid,
		"没有选择文件，请选一个.xlsx或.csv文件", "no file was chosen; choose an .xlsx or .csv file")
	ErrTwoColumns = fault.Define("web.two_columns", fault.Invalid,
		"“%s”对应了两列：%s和%s，只能对应一列", "%q stands for two columns, %s and %s; it can stand for one")
	ErrNoColumn = fault.Define("web.no_column", fault.Invalid,
		"没有哪一列对应“%s”，这一项必填", "no column stands for %q, which is required")
)

// importKind is the kind that an import is about, if the actor may import it.
func (s *Server) importKind(v *visit) (record.Of, error) {
	k, err := s.formKind(v, access.Create)
	if err != nil {
		return nil, err
	}
	if err := v.actor().Allow(access.Create, exchange.Kind.Code(), exchange.Kind.Label()); err != nil {
		return nil, err
	}
	if len(k.KeyFields()) == 0 {
		return nil, exchange.ErrNoKey.With(k.Label())
	}
	return k, nil
}

// mayImport says whether the list of a kind offers to import.
func (v *visit) mayImport(k record.Of) bool {
	return len(k.KeyFields()) > 0 && !app.MadeByProgram(k.Code()) && v.actor().May(access.Create, k.Code()) && v.actor().May(access.Create, exchange.Kind.Code())
}

// template sends an empty sheet to fill in.
func (s *Server) template(v *visit) error {
	k, err := s.formKind(v, access.Create)
	if err != nil {
		return err
	}
	var out bytes.Buffer
	if err := exchange.Template(k, &out, v.lang, place.Code(v.top)); err != nil {
		return err
	}
	return v.workbook(k.Label().In(v.lang)+v.t("（模板）", " (template)"), out.Bytes())
}

// workbook sends a workbook under a name.
func (v *visit) workbook(name string, content []byte) error {
	h := v.w.Header()
	h.Set("Content-Type", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name + ".xlsx"}))
	h.Set("Content-Length", strconv.Itoa(len(content)))
	v.w.Write(content) // to one who may have gone
	return nil
}

// importStart is the page on which a sheet is uploaded.
type importStart struct {
	To, Template string
	Waiting      []waitingSheet
	Faults       []string
}

type waitingSheet struct{ File, At, To, Drop string }

// importing shows where a sheet is uploaded, and what waits.
func (s *Server) importing(v *visit) error { return s.showImportStart(v, nil) }

func (s *Server) showImportStart(v *visit, wrong error) error {
	k, err := s.importKind(v)
	if err != nil {
		return err
	}
	x := importStart{To: "/import/" + k.Code(), Template: "/records/" + k.Code() + "/template"}
	if wrong != nil {
		x.Faults = lines(fault.In(wrong, v.lang))
		v.status = statusOf(wrong)
	}
	waiting, err := s.app.Drafts.Waiting(v.r.Context(), v.session.User, k.Code())
	if err != nil {
		return err
	}
	for _, d := range waiting {
		to := x.To + "/" + d.ID.String()
		x.Waiting = append(x.Waiting, waitingSheet{d.File, v.moment(d.Began), to, to + "/drop"})
	}
	return v.show(v.importPage(k, v.t("选一个表格文件", "Choose a sheet")), importStartPage(v.page(""), x))
}

// importPage begins a page of an import.
func (v *visit) importPage(k record.Of, step string) page {
	in := sectionOf(k.Code())
	p := v.page(v.t(lang.Zh("导入"+k.Label().Zh), lang.En("Import: "+k.Label().En)))
	p.Wing, p.Lead = in.Code, step
	p.Crumbs = []anchor{{Text: in.Label.In(v.lang), To: "/wings/" + in.Code}, {Text: k.Label().In(v.lang), To: "/records/" + k.Code()}, {Text: v.t("导入", "Import"), To: "/import/" + k.Code()}}
	return p
}

// uploadSheet keeps the sheet that somebody sends.
func (s *Server) uploadSheet(v *visit) error {
	k, err := s.importKind(v)
	if err != nil {
		return err
	}
	name, content, err := v.sent("sheet")
	if _, known := fault.KindOf(err); known {
		return s.showImportStart(v, err)
	}
	if err != nil {
		return err
	}
	if _, err := shapeOf(s, v, k, intake.Draft{File: name, Content: content}, "", 0); err != nil {
		if _, known := fault.KindOf(err); known {
			return s.showImportStart(v, err)
		}
		return err
	}
	d, err := s.app.Drafts.Begin(v.r.Context(), v.session.User, k.Code(), name, content)
	if err != nil {
		return err
	}
	return v.redirect("/import/" + k.Code() + "/" + d.ID.String() + "/columns")
}

// sent is the file that a form sends under a name.
func (v *visit) sent(name string) (file string, content []byte, err error) {
	if err := v.r.ParseMultipartForm(memoryBytes); errors.Is(err, http.ErrNotMultipart) {
		return "", nil, ErrNoSheetSent.With()
	} else if err != nil {
		return "", nil, err
	}
	defer v.r.MultipartForm.RemoveAll()
	f, h, err := v.r.FormFile(name)
	if errors.Is(err, http.ErrMissingFile) {
		return "", nil, ErrNoSheetSent.With()
	}
	if err != nil {
		return "", nil, err
	}
	defer f.Close()
	if h.Size > intake.BytesMax {
		return "", nil, intake.ErrTooLarge.With(intake.BytesMax >> 20)
	}
	file = h.Filename[strings.LastIndexAny(h.Filename, `/\`)+1:]
	content, err = v.readSent(file, f)
	return file, content, err
}

// readSent reads a file that was sent, once the scanner has.
func (v *visit) readSent(name string, f io.Reader) ([]byte, error) {
	content, err := io.ReadAll(f)
	if err != nil {
		return nil, err
	}
	return content, v.scan(name, bytes.NewReader(content))
}

// scan lets the virus scanner look at a file that was sent.
func (v *visit) scan(name string, f io.Reader) error { return v.s.scanner.Scan(v.r.Context(), name, f) }

// draft is the sheet that an address names, and its kind.
func (s *Server) sheetOf(v *visit) (d intake.Draft, k record.Of, err error) {
	if k, err = s.importKind(v); err != nil {
		return d, nil, err
	}
	id, err := ident.Parse(v.r.PathValue("draft"))
	if err != nil {
		return d, nil, intake.ErrNoDraft.With()
	}
	if d, err = s.app.Drafts.Find(v.r.Context(), v.session.User, id); err != nil {
		return d, nil, err
	}
	if d.Kind != k.Code() {
		return d, nil, intake.ErrNoDraft.With()
	}
	return d, k, nil
}

func draftPath(d intake.Draft) string { return "/import/" + d.Kind + "/" + d.ID.String() }

// shaped is a sheet with what its columns may stand for.
type shaped struct {
	shape   *sheet.Shape
	sheets  []string
	targets []exchange.Target
}

// shapeOf looks at a sheet of a draft.
func shapeOf(s *Server, v *visit, k record.Of, d intake.Draft, name string, row int) (out shaped, err error) {
	file, err := sheet.Read(d.File, bytes.NewReader(d.Content), int64(len(d.Content)))
	if err != nil {
		return out, err
	}
	defer file.Close()
	for _, x := range file.Sheets() {
		if !x.Hidden {
			out.sheets = append(out.sheets, x.Name)
		}
	}
	err = s.app.Book.Read(v.r.Context(), v.actor(), 0, func(view *book.View) (err error) {
		var headings []sheet.Heading
		if out.targets, headings, err = exchange.Targets(view, k); err != nil {
			return err
		}
		out.shape, err = file.Shape(name, row, headings, sampleRows)
		return err
	})
	return out, err
}

// importColumns is the page on which somebody says which column is which.
func (s *Server) importColumns(v *visit) error {
	d, k, err := s.sheetOf(v)
	if err != nil {
		return err
	}
	if d.Said.Receipt != nil {
		return v.redirect(draftPath(d))
	}
	q := v.r.URL.Query()
	row, err := strconv.Atoi(q.Get("row"))
	if err != nil {
		row = 0
	}
	name := q.Get("sheet")
	var columns []string
	if name == "" && row == 0 && d.Said.Row > 0 {
		name, row, columns = d.Said.Sheet, d.Said.Row, d.Said.Columns
	}
	return s.showColumns(v, k, d, name, row, columns, nil)
}

// columnsPage is what the columns of a sheet are taken for.
type columnsPage struct {
	To, Look, Drop string
	File           string
	Sheets         []option
	Rows           []option
	Sheet          string
	Row            int
	Columns        []columnLine
	Missing        []string // required fields for which there is no column
	Recalled       bool     // as this unit has said the last time
	Faults         []string
}

type columnLine struct {
	N        int
	Letter   string
	Heading  string
	Samples  []string
	Choices  []option
	Near     bool
	Nowhere  bool // it is not read
	Required bool
}

// showColumns shows the columns of a sheet: as given, as remembered, or as guessed.
func (s *Server) showColumns(v *visit, k record.Of, d intake.Draft, name string, row int, given []string, wrong error) error {
	x, err := shapeOf(s, v, k, d, name, row)
	if err != nil {
		return err
	}
	c := columnsPage{To: draftPath(d) + "/columns", Look: draftPath(d) + "/columns", Drop: draftPath(d) + "/drop", File: d.File, Sheet: x.shape.Sheet, Row: x.shape.Row}
	for _, n := range x.sheets {
		c.Sheets = append(c.Sheets, option{n, n, n == x.shape.Sheet})
	}
	for n := 1; n <= max(headingRows, x.shape.Row); n++ {
		c.Rows = append(c.Rows, option{strconv.Itoa(n), v.t(lang.Zh("第"+strconv.Itoa(n)+"行"), lang.En("row "+strconv.Itoa(n))), n == x.shape.Row})
	}
	if given == nil {
		recalled, err := s.app.Drafts.Recall(v.r.Context(), v.home(), k.Code(), x.shape.Sum())
		if err != nil {
			return err
		}
		given, c.Recalled = known(recalled, x.targets), recalled != nil
	}
	taken := map[string]bool{}
	for i, g := range x.shape.Headings {
		line := columnLine{N: i, Letter: letters(i), Heading: g.Text}
		code := ""
		switch {
		case i < len(given):
			code = given[i]
		case given == nil && g.Wanted >= 0:
			code, line.Near = x.targets[g.Wanted].Code, g.Near
		}
		taken[code], line.Nowhere = true, code == ""
		for _, r := range x.shape.First {
			text := ""
			if i < len(r.Cells) {
				text = r.Cells[i]
			}
			line.Samples = append(line.Samples, text)
		}
		line.Choices = append(line.Choices, option{"", v.t("不导入", "not imported"), code == ""})
		for _, t := range x.targets {
			text := t.Label.In(v.lang)
			switch {
			case t.Required:
				text += v.t("（必填）", " (required)")
			case t.Computed:
				text += v.t("（系统计算）", " (computed)")
			}
			line.Choices = append(line.Choices, option{t.Code, text, t.Code == code})
		}
		c.Columns = append(c.Columns, line)
	}
	for _, t := range x.targets {
		if t.Required && !taken[t.Code] {
			c.Missing = append(c.Missing, t.Label.In(v.lang))
		}
	}
	if wrong != nil {
		c.Faults = lines(fault.In(wrong, v.lang))
		v.status = statusOf(wrong)
	}
	return v.show(v.importPage(k, v.t("第一步，共两步：哪一列是什么", "Step one of two: which column is which")), importColumnsPage(v.page(""), c))
}

// known leaves out of what is remembered what is no field any more.
func known(columns []string, targets []exchange.Target) []string {
	out := slices.Clone(columns)
	for i, code := range out {
		if !slices.ContainsFunc(targets, func(t exchange.Target) bool { return t.Code == code }) {
			out[i] = ""
		}
	}
	return out
}

// letters are how a spreadsheet names a column.
func letters(column int) string {
	name, _ := strings.CutSuffix(sheet.Address(column, 1), "1")
	return name
}

// home is the unit for which the visitor works.
func (v *visit) home() place.Unit {
	if u := v.actor().Unit; u != "" {
		return u
	}
	return v.top
}

// sayColumns keeps what somebody has said of the columns.
func (s *Server) sayColumns(v *visit) error {
	d, k, err := s.sheetOf(v)
	if err != nil {
		return err
	}
	if err := v.r.ParseForm(); err != nil {
		return ErrNotFromAPage.Because(err)
	}
	form := v.r.PostForm
	row, err := strconv.Atoi(form.Get("row"))
	if err != nil || row < 1 {
		return ErrNotFromAPage.With()
	}
	x, err := shapeOf(s, v, k, d, form.Get("sheet"), row)
	if err != nil {
		return err
	}
	columns, wrong := readColumns(form, x)
	if len(wrong) > 0 {
		return s.showColumns(v, k, d, x.shape.Sheet, row, columns, wrong)
	}
	err = s.app.Drafts.Say(v.r.Context(), v.session.User, d.ID, func(said *intake.Said) error {
		if said.Sheet != x.shape.Sheet || said.Row != row {
			said.Corrections = nil // they were of other rows
		}
		said.Sheet, said.Row, said.Columns = x.shape.Sheet, row, columns
		return nil
	})
	if err != nil {
		return err
	}
	if err := s.app.Drafts.Remember(v.r.Context(), v.home(), k.Code(), x.shape.Sum(), columns); err != nil {
		return err
	}
	return v.redirect(draftPath(d))
}

// readColumns reads what a form says of the columns of a sheet.
func readColumns(form map[string][]string, x shaped) (columns []string, wrong fault.List) {
	columns = make([]string, len(x.shape.Headings))
	for i := range columns {
		code := ""
		if sent := form["column."+strconv.Itoa(i)]; len(sent) > 0 {
			code = sent[0]
		}
		t := slices.IndexFunc(x.targets, func(t exchange.Target) bool { return t.Code == code })
		if t < 0 {
			continue
		}
		if first := slices.Index(columns, code); first >= 0 {
			wrong = append(wrong, ErrTwoColumns.With(x.targets[t].Label, letters(first), letters(i)))
		}
		columns[i] = code
	}
	for _, t := range x.targets {
		if t.Required && !slices.Contains(columns, t.Code) {
			wrong = append(wrong, ErrNoColumn.With(t.Label))
		}
	}
	return columns, wrong
}

// dropImport lets a sheet go.
func (s *Server) dropImport(v *visit) error {
	d, k, err := s.sheetOf(v)
	if err != nil {
		return err
	}
	if err := s.app.Drafts.Drop(v.r.Context(), v.session.User, d.ID); err != nil {
		return err
	}
	return v.redirect("/import/" + k.Code())
}

// statusOf is the status of a page that says what is wrong.
func statusOf(err error) int {
	if kind, ok := fault.KindOf(err); ok && statuses[kind] != 0 {
		return statuses[kind]
	}
	return http.StatusUnprocessableEntity
}
