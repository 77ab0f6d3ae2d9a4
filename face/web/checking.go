package web

import (
	"bytes"
	"errors"
	"slices"
	"strconv"
	"strings"

	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/office/intake"
	"anlan/record"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/record/exchange"
	"anlan/record/field"

	"github.com/a-h/templ"
)

// checked is what an import would do, as its page shows it.
type checked struct {
	To, Columns, Drop, Refused string
	File, Sum, Sheet           string
	Rows, New, Changed, Same   string
	Missing                    string // records of the book that the file does not name
	Wrong                      int    // rows that are refused
	Stopped                    bool   // so many that the rest was not looked at
	Notes                      []string
	Faults                     []string // about no row
	Lines                      []refusedLine
	From, Until                int
	Before, After              string // pages of refused rows
	Page                       string
	Diffs                      []diffLine
	MoreDiffs                  int
	Corrected                  int
	LeaveOut                   string // the refused rows, for whoever decides to leave them out
	Good                       int    // rows that would be written without them
	Writes                     int    // records
	Reason                     string
}

// refusedLine is a row that is refused, with what can be typed in place of its values.
type refusedLine struct {
	Row    int
	Name   string // of its key, as far as it can be read
	Bad    []correctable
	Others []correctable
	Faults []string
}

type correctable struct {
	Name, Was, Label, Value string
	Everywhere              string // the name of what says that it is meant for all rows with the same value
	Choices                 []string
	Faults                  []string
	Corrected               bool
}

type diffLine struct {
	Row   int
	Key   string
	Edits []record.Edit
}

// checkImport shows what an import would do, or what it has done.
func (s *Server) checkImport(v *visit) error {
	d, k, err := s.sheetOf(v)
	switch {
	case err != nil:
		return err
	case d.Said.Receipt != nil:
		return s.showReceipt(v, k, d)
	case d.Said.Row == 0:
		return v.redirect(draftPath(d) + "/columns")
	}
	q := d.Request()
	q.DryRun, q.Show = true, true
	outcome, wrong := exchange.Import(v.r.Context(), s.app.Book, v.actor(), q)
	return s.showCheck(v, k, d, outcome, wrong)
}

// showCheck shows what an import would do, and why it does not do it.
func (s *Server) showCheck(v *visit, k record.Of, d intake.Draft, o *exchange.Outcome, wrong error) error {
	var faults fault.List
	if internal := faults.Add(wrong); internal != nil {
		return internal
	}
	if o == nil {
		o = &exchange.Outcome{Stopped: true}
	}
	number := func(n int) string { return grouped(strconv.Itoa(n)) }
	c := checked{To: draftPath(d), Columns: draftPath(d) + "/columns", Drop: draftPath(d) + "/drop", Refused: draftPath(d) + "/refused", File: d.File, Sum: d.SHA256, Sheet: o.Sheet,
		Rows: number(o.Rows), New: number(o.New), Changed: number(o.Changed), Same: number(o.Same), Wrong: len(o.Refused), Stopped: o.Stopped, Corrected: o.Corrected,
		Good: o.Rows - len(o.Refused), Writes: o.New + o.Changed, Reason: d.Said.Reason}
	if o.Missing > 0 {
		c.Missing = grouped(strconv.FormatInt(o.Missing, 10))
	}
	c.Notes = v.outcomeNotes(o)
	if err := s.refusedLines(v, k, o, &c); err != nil {
		return err
	}
	for _, f := range faults {
		if f.Where.Row == 0 || len(o.Refused) == 0 {
			c.Faults = append(c.Faults, f.In(v.lang))
		}
	}
	for _, x := range o.Diffs[:min(len(o.Diffs), diffsShown)] {
		line := diffLine{Row: x.Row, Key: x.Key}
		for _, e := range x.Fields {
			edit := record.Edit{Label: e.Field.In(v.lang), Old: e.Old, New: e.New}
			if e.Closed {
				edit.Old, edit.New = "", v.t("有改动（个人信息，此处不显示）", "changes (personal, not shown here)")
			}
			line.Edits = append(line.Edits, edit)
		}
		c.Diffs = append(c.Diffs, line)
	}
	c.MoreDiffs = o.Changed - len(c.Diffs)
	if wrong != nil {
		v.status = statusOf(wrong)
	}
	return v.show(v.importPage(k, v.t("第二步，共两步：会发生什么；还没有写入任何内容", "Step two of two: what would happen; nothing is written yet")), importCheckPage(v.page(""), c))
}

// outcomeNotes are what is to be known of a sheet that is no fault.
func (v *visit) outcomeNotes(o *exchange.Outcome) (out []string) {
	for _, x := range o.Converted {
		out = append(out, v.t(lang.Zh("“"+x.Field.Zh+"”按"+x.Unit+"读入，合计"+grouped(x.Total)+"元"), lang.En(x.Field.En+" is read in "+x.Unit+"; it comes to "+grouped(x.Total)+" 元")))
	}
	if n := len(o.Ignored); n > 0 {
		out = append(out, v.t(lang.Zh("没有导入的列："+strings.Join(o.Ignored, "、")), lang.En("columns that are not imported: "+strings.Join(o.Ignored, ", "))))
	}
	if n := len(o.Examples); n > 0 {
		out = append(out, v.t("示例行没有读", "example rows are not read"))
	}
	for _, f := range o.Doubts {
		out = append(out, f.In(v.lang))
	}
	return out
}

// refusedLines fills in the page of refused rows that the address asks for.
func (s *Server) refusedLines(v *visit, k record.Of, o *exchange.Outcome, c *checked) error {
	labels := map[string]string{}
	err := s.app.Book.Read(v.r.Context(), v.actor(), 0, func(view *book.View) error {
		targets, _, err := exchange.Targets(view, k)
		for _, t := range targets {
			labels[t.Code] = t.Label.In(v.lang)
		}
		return err
	})
	if err != nil {
		return err
	}
	page, err := strconv.Atoi(v.r.FormValue("page"))
	if err != nil || page < 1 || (page-1)*refusedShown >= len(o.Refused) {
		page = 1
	}
	c.Page = strconv.Itoa(page)
	from := (page - 1) * refusedShown
	until := min(from+refusedShown, len(o.Refused))
	c.From, c.Until = from+1, until
	if from > 0 {
		c.Before = link(c.To, "page", strconv.Itoa(page-1))
	}
	if until < len(o.Refused) {
		c.After = link(c.To, "page", strconv.Itoa(page+1))
	}
	var rows []string
	for i, x := range o.Refused {
		rows = append(rows, strconv.Itoa(x.Row))
		if i >= from && i < until {
			c.Lines = append(c.Lines, v.refusedLine(k, x, labels))
		}
	}
	c.LeaveOut = strings.Join(rows, " ")
	return nil
}

func (v *visit) refusedLine(k record.Of, x exchange.Refused, labels map[string]string) refusedLine {
	l := refusedLine{Row: x.Row}
	for _, f := range x.Faults {
		l.Faults = append(l.Faults, f.Words(v.lang))
	}
	var key []string
	for _, cell := range x.Cells {
		name := strconv.Itoa(x.Row) + "." + cell.Code
		one := correctable{Name: "value." + name, Was: "was." + name, Label: labels[cell.Code], Value: cell.Text, Corrected: cell.Corrected}
		for _, f := range cell.Faults {
			said := f.Words(v.lang)
			if f.Where.Line > 0 {
				said = v.t(lang.Zh("第"+strconv.Itoa(f.Where.Line)+"行："), lang.En("line "+strconv.Itoa(f.Where.Line)+": ")) + said
			}
			one.Faults = append(one.Faults, said)
		}
		if len(one.Faults) > 0 {
			one.Everywhere = "everywhere." + name
			for _, f := range k.Fields() {
				if f.Code == cell.Code && len(f.Choices) <= choicesListed {
					one.Choices = chosenFrom(f, v.lang)
				}
			}
			l.Bad = append(l.Bad, one)
		} else {
			l.Others = append(l.Others, one)
		}
		if slices.ContainsFunc(k.KeyFields(), func(s *field.Spec) bool { return s.Code == cell.Code }) && cell.Text != "" {
			key = append(key, cell.Text)
		}
	}
	l.Name = strings.Join(key, " ")
	return l
}

// chosenFrom are the words of a code list that a sheet may use.
func chosenFrom(f *field.Spec, l lang.Lang) (out []string) {
	for _, c := range f.Choices {
		if !c.Retired {
			out = append(out, c.Label.In(l))
		}
	}
	return out
}

// everywhere spreads what was typed over the refused rows that have the same value in the same column, where that was asked for.
func (s *Server) everywhere(v *visit, d intake.Draft, typed []exchange.Correction) ([]exchange.Correction, error) {
	was := map[[2]string]string{} // code and value → what is meant
	for _, c := range typed {
		name := strconv.Itoa(c.Row) + "." + c.Code
		if v.r.PostForm.Get("everywhere."+name) != "" {
			was[[2]string{c.Code, typedText(v.r.PostForm.Get("was." + name))}] = c.Text
		}
	}
	if len(was) == 0 {
		return typed, nil
	}
	q := d.Request()
	q.DryRun, q.Show = true, true
	o, err := exchange.Import(v.r.Context(), s.app.Book, v.actor(), q)
	if _, known := fault.KindOf(err); err != nil && !known {
		return nil, err
	}
	if o == nil {
		return typed, nil
	}
	for _, x := range o.Refused {
		for _, cell := range x.Cells {
			text, meant := was[[2]string{cell.Code, typedText(cell.Text)}]
			if meant && len(cell.Faults) > 0 {
				typed = append(typed, exchange.Correction{Row: x.Row, Code: cell.Code, Text: text})
			}
		}
	}
	return typed, nil
}

// correctImport keeps what was typed in place of values of the file, and looks again.
func (s *Server) correctImport(v *visit) error {
	d, _, err := s.sheetOf(v)
	if err != nil {
		return err
	}
	if err := v.r.ParseForm(); err != nil {
		return ErrNotFromAPage.Because(err)
	}
	var typed []exchange.Correction
	for name, sent := range v.r.PostForm {
		rest, ok := strings.CutPrefix(name, "value.")
		if !ok || len(sent) == 0 {
			continue
		}
		number, code, _ := strings.Cut(rest, ".")
		row, err := strconv.Atoi(number)
		if err != nil || row < 1 {
			return ErrNotFromAPage.With()
		}
		if text := typedText(sent[0]); text != typedText(v.r.PostForm.Get("was."+rest)) {
			typed = append(typed, exchange.Correction{Row: row, Code: code, Text: text})
		}
	}
	slices.SortFunc(typed, func(a, b exchange.Correction) int {
		if a.Row != b.Row {
			return a.Row - b.Row
		}
		return strings.Compare(a.Code, b.Code)
	})
	if typed, err = s.everywhere(v, d, typed); err != nil {
		return err
	}
	err = s.app.Drafts.Say(v.r.Context(), v.session.User, d.ID, func(said *intake.Said) error {
		said.Correct(typed...)
		said.Reason = strings.TrimSpace(v.r.PostForm.Get("reason"))
		return nil
	})
	if err != nil {
		return err
	}
	return v.redirect(link(draftPath(d), "page", v.r.PostForm.Get("page")) + "#rows")
}

// refusedRows sends the rows that are refused as a workbook, to be corrected and uploaded again.
func (s *Server) refusedRows(v *visit) error {
	d, k, err := s.sheetOf(v)
	if err != nil {
		return err
	}
	if d.Said.Receipt != nil || d.Said.Row == 0 {
		return v.redirect(draftPath(d))
	}
	var out bytes.Buffer
	if _, err := exchange.WriteRefused(v.r.Context(), s.app.Book, v.actor(), d.Request(), &out, v.lang); err != nil {
		return err
	}
	return v.workbook(k.Label().In(v.lang)+v.t("（有错的行）", " (rows with faults)"), out.Bytes())
}

// writeImport imports a sheet: all of its rows, or, decided by whoever sends it, all but those that are named.
func (s *Server) writeImport(v *visit) error {
	d, k, err := s.sheetOf(v)
	if err != nil {
		return err
	}
	if d.Said.Receipt != nil || d.Said.Row == 0 {
		return v.redirect(draftPath(d))
	}
	var leaveOut []int
	for _, n := range strings.Fields(v.r.FormValue("leave_out")) {
		row, err := strconv.Atoi(n)
		if err != nil {
			return ErrNotFromAPage.With()
		}
		leaveOut = append(leaveOut, row)
	}
	if len(leaveOut) > 0 && v.r.FormValue("agreed") == "" {
		return ErrNotAgreed.With(len(leaveOut))
	}
	d.Said.Reason = strings.TrimSpace(v.r.FormValue("reason"))
	q := d.Request()
	q.LeaveOut, q.Show = leaveOut, true
	o, err := exchange.Import(v.r.Context(), s.app.Book, v.actor(), q)
	if errors.Is(err, access.ErrProveAgain) {
		return err
	}
	if err != nil {
		return s.showCheck(v, k, d, o, err)
	}
	s.stir()
	r := intake.Receipt{Run: o.Run, Position: o.Position, At: s.app.Clock().Now(), Rows: o.Rows, New: o.New, Changed: o.Changed, Same: o.Same, Corrected: o.Corrected, LeftOut: leaveOut}
	for _, f := range o.Doubts {
		r.Doubts = append(r.Doubts, f.In(v.lang))
	}
	if err := s.app.Drafts.Close(v.r.Context(), v.session.User, d.ID, r); err != nil {
		return err
	}
	return v.redirect(draftPath(d))
}

// ErrNotAgreed says that rows are left out only by whoever says so.
var ErrNotAgreed = fault.Define("web.not_agreed", fault.Invalid,
	"有%d行不会导入，请勾选“我知道这些行没有导入”再提交", "%d rows would not be imported; tick that you know so, and send it again")

// importReceipt is what an import has written.
type importReceipt struct {
	File, Sum                           string
	At                                  string
	Rows, New, Changed, Same, Corrected string
	LeftOut                             []string
	LeftOutCount                        int
	Doubts                              []string
	Position                            string
	Run, Records, Undo                  string
	Nothing                             bool
	Again                               string
}

func (s *Server) showReceipt(v *visit, k record.Of, d intake.Draft) error {
	r := d.Said.Receipt
	number := func(n int) string { return grouped(strconv.Itoa(n)) }
	x := importReceipt{File: d.File, Sum: d.SHA256, At: v.moment(r.At), Rows: number(r.Rows), New: number(r.New), Changed: number(r.Changed), Same: number(r.Same), Corrected: number(r.Corrected),
		LeftOutCount: len(r.LeftOut), Doubts: r.Doubts, Position: strconv.FormatInt(int64(r.Position), 10), Run: "/records/" + exchange.Kind.Code() + "/" + r.Run.String(), Records: "/records/" + k.Code() + "?down=1",
		Nothing: r.Position == 0, Undo: "/imports/" + r.Run.String() + "/undo", Again: "/import/" + k.Code()}
	for _, n := range r.LeftOut {
		x.LeftOut = append(x.LeftOut, strconv.Itoa(n))
	}
	p := v.importPage(k, v.t("回执", "Receipt"))
	p.Title, p.Narrow = v.t(lang.Zh("已导入"+k.Label().Zh), lang.En("Imported: "+k.Label().En)), true
	if x.Nothing {
		p.Title = v.t(lang.Zh(k.Label().Zh+"：没有要写的"), lang.En(k.Label().En+": nothing to write"))
	}
	return v.show(p, importReceiptPage(p, x))
}

// faulty are the attributes of a value that cannot be taken.
func faulty(x correctable) templ.Attributes {
	if len(x.Faults) == 0 {
		return nil
	}
	a := templ.Attributes{"aria-invalid": "true", "aria-describedby": x.Name + ".why0"}
	if len(x.Choices) > 0 {
		a["list"] = x.Name + ".choices"
	}
	return a
}

func multiline(text string) bool { return strings.Contains(text, "\n") }

// joined lists words in a sentence.
func joined(p page, words []string) string { return strings.Join(words, p.T("、", ", ")) }
