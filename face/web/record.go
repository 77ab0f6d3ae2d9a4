package web

import (
	"bytes"
	"io"
	"mime"
	"net/http"
	"path/filepath"
	"strconv"
	"strings"

	"anlan/app"
	"anlan/ground/fault"
	"anlan/ground/ident"
	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/office/login"
	"anlan/record"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/record/exchange"
	"anlan/record/field"
	"anlan/record/sheet"
	"anlan/store/blob"
)

// sight is a record as its page shows it.
type sight struct {
	Kind     string
	ID       string
	Fields   []fact
	Tables   []rowsTable
	State    string
	Kept     bool
	Due      string
	DueNote  string
	Steps    []stepForm
	Version  int64
	Position int64
	History  []version
	MayEdit  bool
	Key      string // idempotency key for the steps of this page
	Masked   bool   // numbers of persons are masked
	Talk     talk
	Proof    string // where the version that is shown is proved
	List     string // the filtered list from which one came; empty: none
}

// fact is a field with its value.
type fact struct {
	Label string
	Value cell
	Files []fileLink
	Lines []string // of a long text
}

type fileLink struct {
	Name, To, Size string
	Image          bool
}

// rowsTable is a list of rows within a record.
type rowsTable struct {
	Label string
	Heads []head
	Rows  [][]cell
}

// stepForm is what can be done next, or why it cannot.
type stepForm struct {
	Action, Label string
	Why           string // it cannot be done now
	Reason        bool   // a reason must be given
	FourEyes      bool
	Grave         bool // withdrawing
}

// version is one entry of the history.
type version struct {
	Title, At, By, Reason string
	Position              int64
	Edits                 []record.Edit
	To                    string // the record as of then
}

// absent says that a record is not there, or not for this reader.
func absent(err error) bool {
	k, known := fault.KindOf(err)
	return known && (k == fault.NotFound || k == fault.Denied)
}

// find gives the record of a kind with an id.
func find(view *book.View, kind, id string) (record.Of, any, error) {
	parsed, err := ident.Parse(id)
	if err != nil {
		return nil, nil, err
	}
	for _, k := range view.Kinds() {
		if k.Code() == kind {
			r, err := view.Get(kind, parsed)
			return k, r, err
		}
	}
	return nil, nil, ErrNoPage.With("/records/" + kind)
}

// show shows a record.
func (s *Server) show(v *visit) error { return s.showRecord(v, "", nil, 0) }

// unmask shows a record with the telephone and identity numbers of persons whole, to whoever says why; the journal keeps the reason.
func (s *Server) unmask(v *visit) error {
	why := strings.TrimSpace(v.r.PostFormValue("reason"))
	if why == "" {
		return ErrNoReason.With()
	}
	return s.showRecord(v, why, nil, 0)
}

// ErrNoReason says that numbers of persons are shown whole only for a reason.
var ErrNoReason = fault.Define("web.no_reason", fault.Invalid,
	"查看完整的电话和证件号码要写明理由", "whoever wants to see telephone and identity numbers whole says why")

// showRecord shows a record, with a comment that was not taken in its form, when typed sets one.
func (s *Server) showRecord(v *visit, why string, typed func(*talk), status int) error {
	kind, id, asOf := v.r.PathValue("kind"), v.r.PathValue("id"), v.r.URL.Query().Get("as-of")
	k, err := s.app.Book.Kind(kind)
	if err != nil {
		return err
	}
	at, err := s.app.PositionAt(v.r.Context(), asOf)
	if err != nil {
		return err
	}
	var x sight
	var title string
	err = s.app.Book.ReadRecorded(v.r.Context(), v.actor(), at, book.Reading{Way: "show", Unmask: why}, func(view *book.View) error {
		_, r, err := find(view, kind, id)
		if err != nil {
			return err
		}
		title = titleOf(k, r)
		x, err = v.sight(view, k, r)
		x.Masked = view.Masked()
		x.Proof = link("/records/"+kind+"/"+id+"/proof", "as-of", asOf)
		return err
	})
	if err != nil {
		return err
	}
	if at == 0 && sectionOf(kind).Code != "office" {
		if x.Talk, err = s.talkOf(v, kind, id); err != nil {
			return err
		}
		if typed != nil {
			typed(&x.Talk)
		}
	}
	v.status = status
	in := sectionOf(kind)
	p := v.page(title)
	p.Wing, p.Crumbs = in.Code, []anchor{{Text: in.Label.In(v.lang), To: "/wings/" + in.Code}, {Text: k.Label().In(v.lang), To: "/records/" + kind}}
	from := listCarried(kind, v.r.URL.Query().Get("list"))
	if x.List = from.filtered(); x.List != "" {
		p.Crumbs[1].To = from.back()
		p.Actions = append(p.Actions, anchor{Text: v.t("回到列表", "Back to the list"), To: from.back()})
	}
	if at > 0 {
		n := strconv.FormatInt(int64(at), 10)
		p.AsOf = v.t(lang.Zh("这是日志位置"+n+"时的样子"), lang.En("this is how it stood at position "+n))
		x.Steps, x.MayEdit = nil, false
		p.Actions = []anchor{{Text: v.t("看现在", "Show the present"), To: "/records/" + kind + "/" + id}}
	}
	if kind == login.Kind.Code() && v.actor().May(access.Edit, kind) {
		p.Actions = append(p.Actions, anchor{Text: v.t("怎样登录", "Signing in"), To: "/users/" + id})
	}
	if kind == exchange.Kind.Code() && at == 0 {
		p.Actions = append(p.Actions, anchor{Text: v.t("撤销这次导入", "Undo this import"), To: "/imports/" + id + "/undo"})
	}
	if x.MayEdit {
		p.Actions = append(p.Actions, anchor{Text: v.t("修改", "Edit"), To: "/records/" + kind + "/" + id + "/edit", Primary: true, Key: "e"})
	}
	return v.show(p, recordSight(p, x))
}

// sight reads what the page of a record shows.
func (v *visit) sight(view *book.View, k record.Of, r any) (sight, error) {
	h := k.Head(r)
	x := sight{Kind: k.Code(), ID: h.ID.String(), State: record.StateLabel(k, h.State).In(v.lang), Kept: h.State == record.Kept, Version: h.Version, Position: h.Began,
		Key: reference() + reference(), MayEdit: h.State != record.Withdrawn && !app.MadeByProgram(k.Code()) && v.actor().May(access.Edit, k.Code())}
	if err := v.facts(view, k, r, &x); err != nil {
		return x, err
	}
	if !h.DueOn.IsZero() {
		x.Due = h.DueOn.String()
		if h.DueOn.Before(view.Today) && h.State != record.Withdrawn {
			x.DueNote = v.t("已逾期", "overdue")
		}
	}
	switch {
	case h.State == record.Withdrawn && v.mayReinstate(k):
		x.Steps = []stepForm{{Action: string(access.Reinstate), Label: v.t("恢复", "Reinstate"), Reason: true}}
	case h.State != record.Withdrawn && !app.MadeByProgram(k.Code()):
		var err error
		if x.Steps, err = v.steps(view, k, r); err != nil {
			return x, err
		}
	}
	var err error
	x.History, err = v.history(view, k, h.ID)
	return x, err
}

func (v *visit) facts(view *book.View, k record.Of, r any, x *sight) error {
	vs := v.values(view)
	for f, s := range k.Fields() {
		if !view.Sees(k, f) {
			continue
		}
		if list := k.List(f); list != nil {
			t := rowsTable{Label: s.Label.In(v.lang)}
			for _, c := range list.Specs() {
				t.Heads = append(t.Heads, head{Text: heading(c, v.lang), Right: numeric(c)})
			}
			for i := range list.Len(r) {
				var row []cell
				for j, c := range list.Specs() {
					one, err := vs.cell(c, list.Text(r, i, j))
					if err != nil {
						return err
					}
					row = append(row, one)
				}
				t.Rows = append(t.Rows, row)
			}
			x.Tables = append(x.Tables, t)
			continue
		}
		text := k.Text(r, f)
		if text == "" && s.Retired {
			continue
		}
		one := fact{Label: heading(s, v.lang)}
		if s.Type == field.TypeAttachment {
			one.Files = fileLinks(k.Code(), x.ID, s.Code, text)
		} else {
			var err error
			if one.Value, err = vs.cell(s, text); err != nil {
				return err
			}
			if strings.Contains(one.Value.Text, "\n") {
				one.Lines = lines(one.Value.Text)
			}
		}
		x.Fields = append(x.Fields, one)
	}
	extras, err := view.Extras(k.Code())
	for _, e := range extras {
		x.Fields = append(x.Fields, fact{Label: heading(&e.Spec, v.lang), Value: cell{Text: e.Spoken(k.Head(r).Ext[e.Code], v.lang)}})
	}
	return err
}

func fileLinks(kind, id, code, text string) (out []fileLink) {
	files, err := field.ParseFiles(text)
	if err != nil {
		return nil
	}
	for i, f := range files {
		out = append(out, fileLink{f.Name, "/records/" + kind + "/" + id + "/files/" + code + "/" + strconv.Itoa(i), sizeText(f.Size), pictured(f.Name) != ""})
	}
	return out
}

func sizeText(n int64) string {
	if n < 1<<20 {
		return strconv.FormatInt((n+1023)>>10, 10) + " KB"
	}
	return strconv.FormatInt((n+(1<<19))>>20, 10) + " MB"
}

// pictured is the type of a picture that browsers show, by the ending of its name; empty for anything else.
func pictured(name string) string {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".jpg", ".jpeg":
		return "image/jpeg"
	case ".png":
		return "image/png"
	case ".webp":
		return "image/webp"
	}
	return ""
}

// steps are the transitions from the present state that the reader may make; each is tried on a copy, so that what stands in its way is said beforehand.
func (v *visit) steps(view *book.View, k record.Of, r any) (out []stepForm, err error) {
	h := k.Head(r)
	hands, err := view.Hands(k.Code(), r)
	if err != nil {
		return nil, err
	}
	m := record.Moment{Hands: hands, Now: v.s.app.Clock().Now(), Today: view.Today, Actor: v.actor(), Reason: "—"}
	for _, t := range k.Steps() {
		if t.From != h.State || !v.actor().May(access.Action(t.Action), k.Code()) {
			continue
		}
		f := stepForm{Action: t.Action, Label: t.Label.In(v.lang), Reason: t.Reason, FourEyes: t.FourEyes}
		if err := k.Move(k.Clone(r), t.Action, m); err != nil {
			f.Why = fault.In(err, v.lang)
		}
		out = append(out, f)
	}
	if v.actor().May(access.Withdraw, k.Code()) {
		out = append(out, stepForm{Action: string(access.Withdraw), Label: v.t("作废", "Withdraw"), Reason: true, Grave: true})
	}
	return out, nil
}

// mayReinstate says whether what was withdrawn of a kind can be taken back, and the visitor may.
func (v *visit) mayReinstate(k record.Of) bool {
	return !k.WithdrawnForGood() && !app.MadeByProgram(k.Code()) && v.actor().May(access.Reinstate, k.Code())
}

func (v *visit) history(view *book.View, k record.Of, id ident.ID) ([]version, error) {
	versions, err := view.History(k.Code(), id)
	if err != nil {
		return nil, err
	}
	var out []version
	var before any
	for i, x := range versions {
		n := strconv.Itoa(i + 1)
		out = append(out, version{
			Title: record.ActionLabel(k, x.Action).In(v.lang), At: x.RecordedAt.In(period.Shanghai).Format("2006-01-02 15:04:05"),
			By: access.Behalf(x.Actor, x.For).In(v.lang) + "（" + x.Via + "）", Reason: x.Reason, Position: int64(x.Position),
			Edits: record.Edits(k, before, x.Record, func(f int) bool { return view.Sees(k, f) }, v.lang),
			To:    link("/records/"+k.Code()+"/"+id.String(), "as-of", strconv.FormatInt(int64(x.Position), 10)),
		})
		out[i].Title = v.t(lang.Zh("第"+n+"版 "+out[i].Title), lang.En("version "+n+", "+out[i].Title))
		if i == 0 {
			out[i].Edits = nil // the first version is what stands in it
		}
		before = x.Record
	}
	for i, j := 0, len(out)-1; i < j; i, j = i+1, j-1 {
		out[i], out[j] = out[j], out[i]
	}
	return out, nil
}

// step takes a record one step on.
func (s *Server) step(v *visit) error {
	kind := v.r.PathValue("kind")
	id, err := ident.Parse(v.r.PathValue("id"))
	if err != nil {
		return err
	}
	seen, err := strconv.ParseInt(v.r.FormValue("version"), 10, 64)
	if err != nil {
		return ErrNotFromAPage.With()
	}
	c := book.Change{Kind: kind, ID: id, Expect: seen, Action: access.Action(v.r.FormValue("action")), Reason: strings.TrimSpace(v.r.FormValue("reason")), Key: v.r.FormValue("key")}
	if _, err := s.write(v, c); err != nil {
		return err
	}
	from := listCarried(kind, v.r.PostForm.Get("list")).filtered()
	if from != "" {
		from += "&left=" + id.String() // where it may no longer fit
	}
	return v.redirect(link("/records/"+kind+"/"+id.String(), "list", from))
}

// ErrNotFromAPage says that what was sent lacks what every page of ours sends.
var ErrNotFromAPage = fault.Define("web.not_from_a_page", fault.Invalid,
	"提交的内容不完整，请重新打开页面再试", "what was sent is not whole; open the page again and retry")

// write makes one change.
func (s *Server) write(v *visit, c book.Change) (book.Done, error) {
	done, err := s.Apply(v.r.Context(), v.actor(), []book.Change{c})
	if err != nil {
		return book.Done{}, err
	}
	return done[0], nil
}

// file sends an attachment: a picture to be shown, anything else to be kept.
func (s *Server) file(v *visit) error {
	kind, id, code := v.r.PathValue("kind"), v.r.PathValue("id"), v.r.PathValue("field")
	var f field.File
	err := s.app.Book.ReadRecorded(v.r.Context(), v.actor(), 0, book.Reading{Way: "show"}, func(view *book.View) error {
		k, r, err := find(view, kind, id)
		if err != nil {
			return err
		}
		for i, x := range k.Fields() {
			if x.Code != code || x.Type != field.TypeAttachment || !view.Sees(k, i) {
				continue
			}
			files, err := field.ParseFiles(k.Text(r, i))
			if err != nil {
				return err
			}
			if n, err := strconv.Atoi(v.r.PathValue("n")); err == nil && n >= 0 && n < len(files) {
				f = files[n]
				return nil
			}
		}
		return ErrNoPage.With(v.r.URL.Path)
	})
	if err != nil {
		return err
	}
	content, err := s.app.Blobs.Open(v.r.Context(), blob.Sum(f.SHA256))
	if err != nil {
		return err
	}
	defer content.Close()
	return v.stream(f.Name, f.Size, content)
}

// stream sends a file. Its type is told by its content as well as its name, so that nothing else runs as a picture.
func (v *visit) stream(name string, size int64, content io.Reader) error {
	first := make([]byte, 512)
	n, err := io.ReadFull(content, first)
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		return err
	}
	h := v.w.Header()
	kind, way := "application/octet-stream", "attachment"
	if p := pictured(name); p != "" && http.DetectContentType(first[:n]) == p {
		kind, way = p, "inline"
	}
	h.Set("Content-Type", kind)
	h.Set("Content-Disposition", mime.FormatMediaType(way, map[string]string{"filename": name}))
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	h.Set("Content-Length", strconv.FormatInt(size, 10))
	_, err = io.Copy(v.w, io.MultiReader(bytes.NewReader(first[:n]), content))
	if err != nil && v.r.Context().Err() == nil {
		v.s.log.Warn("file broke off", "route", v.r.Pattern, "error", err.Error())
	}
	return nil // the answer has begun
}

// export sends a list as a workbook, with the numbers of persons masked.
func (s *Server) export(v *visit) error { return s.exported(v, "") }

// exportWhole is export with the numbers of persons whole, for a reason that the journal keeps.
func (s *Server) exportWhole(v *visit) error {
	why := strings.TrimSpace(v.r.PostFormValue("reason"))
	if why == "" {
		return ErrNoReason.With()
	}
	return s.exported(v, why)
}

func (s *Server) exported(v *visit, why string) error {
	l := readListing(v.r.PathValue("kind"), v.r.URL.Query())
	l.After = ""
	k, err := s.app.Book.Kind(l.Kind)
	if err != nil {
		return err
	}
	at, err := s.app.PositionAt(v.r.Context(), l.AsOf)
	if err != nil {
		return err
	}
	q, err := l.query(0)
	if err != nil {
		return err
	}
	var out bytes.Buffer
	err = s.app.Book.ReadRecorded(v.r.Context(), v.actor(), at, book.Reading{Way: "export", Filters: q.Filters, Unmask: why}, func(view *book.View) error {
		n, err := view.CountUpTo(q, exportMost+1)
		if err == nil && n > exportMost {
			err = ErrTooManyRows.With(exportMost)
		}
		if err != nil {
			return err
		}
		_, err = exchange.Export(view, q, k, &out, sheet.XLSX, v.lang)
		return err
	})
	if err != nil {
		return err
	}
	return v.workbook(k.Label().In(v.lang), out.Bytes())
}

// exportMost bounds what a page exports at once.
const exportMost = 200_000

// ErrTooManyRows says that an export from a page would be too long.
var ErrTooManyRows = fault.Define("web.too_many_rows", fault.TooLarge,
	"符合条件的记录多于%d条，请先筛选，或用 anlan export 导出", "more than %d records fit; filter first, or use anlan export")
