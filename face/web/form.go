package web

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"anlan/app"
	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/ground/pinyin"
	"anlan/record"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/record/exchange"
	"anlan/record/field"

	"github.com/a-h/templ"
)

// recordForm is the form of a record.
type recordForm struct {
	To      string
	Back    string
	Fields  []input
	Tables  []inputTable
	Whole   []string // faults that are about no field
	Version int64
	Key     string
	Reason  string
	New     bool

	Meanwhile string // somebody changed the record while the form was filled in; empty: nobody
	Outbox    string // the kind, where the form may be filled in without a line
	Label     string // of the kind
	Fresh     bool   // nobody has filled in anything yet
}

// input is a field of a form.
type input struct {
	Name, Label, Help string
	Value             string
	As                string // text, long, choice, date, number, coordinates, files
	Choices           []option
	List              string // kind, place or unit: what can be picked
	Files             []keptFile
	Required          bool
	Fixed             bool
	Faults            []string
	Theirs            *both // somebody else has changed it too
	Changed           bool  // somebody else alone has
}

// keptFile is a file that is stored already: its line in the field, sealed, and its name.
type keptFile struct{ Line, Name string }

// inputTable is a list of rows in a form.
type inputTable struct {
	Code, Label, Help string
	Heads             []string
	Rows              [][]input
	Faults            []string
	Theirs            *both
	Changed           bool
	Scans             bool // a row is added by scanning a code
}

// Bounds of forms.
const (
	rowsMost      = 500
	spareRows     = 2
	memoryBytes   = 4 << 20 // of an upload, before it goes to a temporary file
	longText      = 120     // from so many characters on a text gets several lines
	choicesListed = 200
)

// newForm shows an empty form.
func (s *Server) newForm(v *visit) error {
	k, err := s.formKind(v, access.Create)
	if err != nil {
		return err
	}
	r := k.New()
	k.Head(r).Unit = v.actor().Unit
	return s.showForm(v, k, r, v.blankForm(k), nil)
}

// editForm shows the form of a record as it stands.
func (s *Server) editForm(v *visit) error {
	k, err := s.formKind(v, access.Edit)
	if err != nil {
		return err
	}
	return s.app.Book.ReadRecorded(v.r.Context(), v.actor(), 0, book.Reading{Way: "show"}, func(view *book.View) error {
		_, r, err := find(view, k.Code(), v.r.PathValue("id"))
		if err != nil {
			return err
		}
		f := v.blankForm(k)
		f.New, f.Version = false, k.Head(r).Version
		f.To = "/records/" + k.Code() + "/" + k.Head(r).ID.String() + "/edit"
		f.Back = "/records/" + k.Code() + "/" + k.Head(r).ID.String()
		return s.showForm(v, k, r, f, nil)
	})
}

// formKind is the kind that a form is about, if the actor may act on it.
func (s *Server) formKind(v *visit, action access.Action) (record.Of, error) {
	k, err := s.app.Book.Kind(v.r.PathValue("kind"))
	if err != nil {
		return nil, err
	}
	if app.MadeByProgram(k.Code()) {
		return nil, ErrMadeByProgram.With(k.Label())
	}
	return k, v.actor().Allow(action, k.Code(), k.Label())
}

// ErrMadeByProgram says that nobody fills in a form for records of a kind.
var ErrMadeByProgram = fault.Define("web.made_by_program", fault.Denied,
	"“%s”由程序登记，不能手工填写", "records of %q are made by the program and not by hand")

func (v *visit) blankForm(k record.Of) recordForm {
	f := recordForm{To: "/records/" + k.Code() + "/new", Back: "/records/" + k.Code(), Key: reference() + reference(), New: true, Label: k.Label().In(v.lang)}
	if sentFrom(k.Code()) {
		f.Outbox = k.Code()
	}
	return f
}

// given is what somebody put into a form, when it is shown again: the texts as typed, by name.
type given struct {
	texts map[string]string
	rows  map[string][]map[string]string
	err   error
}

// showForm shows a form with the values of r, or with what was given and what is wrong with it.
func (s *Server) showForm(v *visit, k record.Of, r any, f recordForm, g *given) error {
	fill := func(view *book.View) error {
		if err := v.fill(view, k, r, &f, g); err != nil || g == nil || f.New || !staleOnly(g.err) {
			return err
		}
		return v.reconcile(view, k, k.Head(r).ID, &f, g)
	}
	var err error
	if g == nil { // the record was read to be shown
		err = s.app.Book.Read(v.r.Context(), v.actor(), 0, fill)
	} else { // the other side may be shown
		err = s.app.Book.ReadRecorded(v.r.Context(), v.actor(), 0, book.Reading{Way: "show"}, fill)
	}
	if err != nil {
		return err
	}
	f.Fresh = g == nil
	if g != nil && g.err != nil {
		if f.Meanwhile == "" {
			if err := v.place(&f, g.err); err != nil {
				return err
			}
		}
		v.status = http.StatusUnprocessableEntity
		if kind, ok := fault.KindOf(g.err); ok && statuses[kind] != 0 {
			v.status = statuses[kind]
		}
	}
	title := v.t(lang.Zh("登记"+k.Label().Zh), lang.En("Add: "+k.Label().En))
	if !f.New {
		title = v.t(lang.Zh("修改"+k.Label().Zh), lang.En("Edit: "+k.Label().En))
	}
	in := sectionOf(k.Code())
	p := v.page(title)
	p.Narrow, p.Wing, p.Scans = len(f.Tables) == 0, in.Code, v.mayScan(k.Code())
	p.Crumbs = []anchor{{Text: in.Label.In(v.lang), To: "/wings/" + in.Code}, {Text: k.Label().In(v.lang), To: "/records/" + k.Code()}}
	return v.show(p, formPage(p, f))
}

// fill makes the inputs of a form.
func (v *visit) fill(view *book.View, k record.Of, r any, f *recordForm, g *given) error {
	for i, s := range k.Fields() {
		if !asked(view, k, i) {
			continue
		}
		if list := k.List(i); list != nil {
			f.Tables = append(f.Tables, v.inputTable(k, r, i, g))
			continue
		}
		text := k.Text(r, i)
		if s.Type == field.TypeRef && text != "" {
			named, err := v.keyOf(view, s.RefKind, text)
			if err != nil {
				return err
			}
			text = named
		}
		x := v.input(s, s.Code, text)
		x.Fixed = s.Fixed && !f.New && text != ""
		if g != nil {
			x.Value = g.texts[s.Code]
		}
		if s.Type == field.TypeAttachment {
			x.Files = v.keptFiles(k.Code(), s.Code, x.Value)
		}
		f.Fields = append(f.Fields, x)
	}
	extras, err := view.Extras(k.Code())
	for _, e := range extras {
		name := "ext." + e.Code
		x := v.input(&e.Spec, name, k.Head(r).Ext[e.Code])
		if g != nil {
			x.Value = g.texts[name]
		}
		f.Fields = append(f.Fields, x)
	}
	return err
}

// asked says whether a form asks for a field: one that the record computes, or that the reader may not see, it leaves alone.
func asked(view *book.View, k record.Of, f int) bool {
	s := k.Fields()[f]
	return !s.Derived && !s.Retired && view.Sees(k, f)
}

// keyOf is what a reference is called in a form: the natural key of the record, or its id where it has none that can be seen.
func (v *visit) keyOf(view *book.View, kind, id string) (string, error) {
	k, r, err := find(view, kind, id)
	switch {
	case err != nil && absent(err):
		return id, nil
	case err != nil:
		return "", err
	}
	if key := exchange.KeyText(k, r); key != "" {
		return key, nil
	}
	return id, nil
}

// input is how a field is asked for.
func (v *visit) input(s *field.Spec, name, text string) input {
	x := input{Name: name, Label: heading(s, v.lang), Help: s.Help.In(v.lang), Value: text, Required: s.Required, As: "text"}
	for _, rule := range s.Rules {
		x.Help = strings.TrimSpace(x.Help + " " + rule.In(v.lang))
	}
	switch s.Type {
	case field.TypeCode:
		if len(s.Choices) > choicesListed {
			break
		}
		x.As = "choice"
		x.Choices = []option{{Value: "", Text: "—"}}
		for _, c := range s.Choices {
			if !c.Retired || c.Code == text {
				x.Choices = append(x.Choices, option{Value: c.Code, Text: c.Label.In(v.lang)})
			}
		}
	case field.TypeYesNo:
		x.As = "choice"
		x.Choices = []option{{Value: "", Text: "—"}, {Value: "true", Text: v.t("是", "yes")}, {Value: "false", Text: v.t("否", "no")}}
	case field.TypeDay:
		x.As = "date"
	case field.TypeMoney, field.TypeNumber, field.TypeQuantity, field.TypeRatio:
		x.As = "number"
	case field.TypeRef:
		x.List = s.RefKind
	case field.TypePlace:
		x.List = "place"
	case field.TypeUnit:
		x.List = "unit"
	case field.TypeAttachment:
		x.As = "files"
	case field.TypeText:
		switch {
		case s.Code == coordinates:
			x.As = "coordinates"
		case long(s):
			x.As = "long"
		}
	}
	return x
}

// coordinates is the code by which kinds name a latitude and a longitude, which a phone can fill in.
const coordinates = "coordinates"

// long says whether a text may have so many characters that one line is too little.
func long(s *field.Spec) bool {
	for _, rule := range s.Rules {
		digits := strings.Trim(rule.Zh, "不超过字")
		if n, err := strconv.Atoi(digits); err == nil && n > longText {
			return true
		}
	}
	return false
}

func (v *visit) keptFiles(kind, code, text string) (out []keptFile) {
	files, err := field.ParseFiles(text)
	if err != nil {
		return nil
	}
	for i, line := range strings.Split(text, "\n") {
		if i < len(files) {
			out = append(out, keptFile{v.seal(kind, code, line) + " " + line, files[i].Name})
		}
	}
	return out
}

// seal binds the line of a file that is stored to the person and the field for which it was: whoever knows the hash of a file has not
// thereby the file. It holds until the server ends; a file that stands in the record needs none.
func (v *visit) seal(kind, code, line string) string {
	mac := hmac.New(sha256.New, v.s.sealing[:])
	fmt.Fprintf(mac, "%s\n%s\n%s\n%s", v.session.User, kind, code, line)
	return hex.EncodeToString(mac.Sum(nil))
}

// kept is the line that a form sends back of a file that it was shown with: one that stands in the field, or one with its seal.
func (v *visit) kept(kind, code, standing, sent string) (string, error) {
	seal, line, _ := strings.Cut(sent, " ")
	if slices.Contains(strings.Split(standing, "\n"), line) || hmac.Equal([]byte(seal), []byte(v.seal(kind, code, line))) {
		return line, nil
	}
	return "", fault.At(ErrNotKept.With(), fault.Where{Field: code})
}

// ErrNotKept says that a form names a file that was neither in the record nor sent with it.
var ErrNotKept = fault.Define("web.not_kept", fault.Invalid,
	"这个附件不在这条记录里，也不是刚才上传的，请重新上传", "this file neither stands in the record nor was sent with the form; send it again")

// inputTable is how a list of rows is asked for: its rows and some that are empty.
func (v *visit) inputTable(k record.Of, r any, f int, g *given) inputTable {
	s, list := k.Fields()[f], k.List(f)
	t := inputTable{Code: s.Code, Label: s.Label.In(v.lang), Help: s.Help.In(v.lang), Scans: v.mayScan(k.Code())}
	for _, c := range list.Specs() {
		t.Heads = append(t.Heads, heading(c, v.lang))
	}
	row := func(n int, text func(j int, c *field.Spec) string) {
		var cells []input
		for j, c := range list.Specs() {
			cells = append(cells, v.input(c, rowName(s.Code, n, c.Code), text(j, c)))
		}
		t.Rows = append(t.Rows, cells)
	}
	if g != nil {
		for n, given := range g.rows[s.Code] {
			row(n, func(_ int, c *field.Spec) string { return given[c.Code] })
		}
	} else {
		for n := range list.Len(r) {
			row(n, func(j int, _ *field.Spec) string { return list.Text(r, n, j) })
		}
	}
	for range spareRows {
		row(len(t.Rows), func(int, *field.Spec) string { return "" })
	}
	return t
}

// rowName is the name of an input in a row: step.3.done_on.
func rowName(list string, n int, code string) string { return fmt.Sprintf("%s.%d.%s", list, n, code) }

// create makes a record of a form.
func (s *Server) create(v *visit) error {
	k, err := s.formKind(v, access.Create)
	if err != nil {
		return err
	}
	return s.save(v, k, k.New(), v.blankForm(k), book.Change{Kind: k.Code(), Action: access.Create})
}

// edit gives a record the content of a form.
func (s *Server) edit(v *visit) error {
	k, err := s.formKind(v, access.Edit)
	if err != nil {
		return err
	}
	var r any
	err = s.app.Book.Read(v.r.Context(), v.actor(), 0, func(view *book.View) error {
		_, r, err = find(view, k.Code(), v.r.PathValue("id"))
		return err
	})
	if err != nil {
		return err
	}
	r = k.Clone(r)
	f := v.blankForm(k)
	f.New = false
	f.Back = "/records/" + k.Code() + "/" + k.Head(r).ID.String()
	f.To = f.Back + "/edit"
	return s.save(v, k, r, f, book.Change{Kind: k.Code(), ID: k.Head(r).ID, Action: access.Edit})
}

// save reads a form into r and writes it. With a fault the form is shown again, as it was typed, and nothing is written.
func (s *Server) save(v *visit, k record.Of, r any, f recordForm, c book.Change) error {
	if err := v.r.ParseMultipartForm(memoryBytes); err != nil && !errors.Is(err, http.ErrNotMultipart) {
		return err
	}
	if v.r.MultipartForm != nil {
		defer v.r.MultipartForm.RemoveAll()
	}
	form := v.r.PostForm
	f.Key, f.Reason = form.Get("key"), strings.TrimSpace(form.Get("reason"))
	c.Key, c.Reason = f.Key, f.Reason
	if !f.New {
		seen, err := strconv.ParseInt(form.Get("version"), 10, 64)
		if err != nil {
			return ErrNotFromAPage.With()
		}
		c.Expect, f.Version = seen, seen
	}
	if err := v.filledIn(&c); err != nil {
		return err
	}
	g := &given{texts: map[string]string{}, rows: map[string][]map[string]string{}}
	err := s.app.Book.Read(v.r.Context(), v.actor(), 0, func(view *book.View) error {
		return s.read(v, view, k, r, g)
	})
	if err == nil && form.Get("more") != "" {
		return s.showForm(v, k, r, f, g)
	}
	if err == nil {
		c.Record = r
		var done book.Done
		if done, err = s.write(v, c); err == nil && wantsJSON(v.r) {
			return s.acknowledge(v, k, done)
		}
		if err == nil {
			return v.redirect("/records/" + k.Code() + "/" + done.ID.String())
		}
	}
	if _, known := fault.KindOf(err); !known || wantsJSON(v.r) || errors.Is(err, access.ErrProveAgain) {
		return err
	}
	g.err = err
	return s.showForm(v, k, r, f, g)
}

// read sets the fields of r from the form; all faults are answered at once, also those of fields that could be read beside some that
// could not.
func (s *Server) read(v *visit, view *book.View, k record.Of, r any, g *given) error {
	var faults fault.List
	unread := make([]bool, len(k.Fields()))
	add := func(err error, name string) error { return faults.Add(fault.At(err, fault.Where{Field: name})) }
	for i, x := range k.Fields() {
		if !asked(view, k, i) {
			continue
		}
		var err error
		before := len(faults)
		switch list := k.List(i); {
		case v.r.PostForm.Get(takeTheirs(x.Code)) != "":
			err = v.keepAsItStands(view, k, r, i, g)
		case list != nil:
			err = v.readRows(k, r, i, g, &faults)
		case x.Type == field.TypeAttachment:
			g.texts[x.Code], err = s.uploaded(v, k.Code(), x.Code, k.Text(r, i))
			if err == nil {
				err = k.Parse(r, i, g.texts[x.Code])
			}
			err = add(err, x.Code)
		default:
			g.texts[x.Code] = v.r.PostForm.Get(x.Code)
			var text string
			text, err = v.refer(view, x, g.texts[x.Code])
			if err == nil {
				err = k.Parse(r, i, text)
			}
			err = add(err, x.Code)
		}
		if err != nil {
			return err
		}
		unread[i] = len(faults) > before
	}
	if len(faults) > 0 {
		faults = append(faults, k.CheckRead(r, view.Today, unread)...)
	}
	extras, err := view.Extras(k.Code())
	if err != nil {
		return err
	}
	for _, e := range extras {
		name := "ext." + e.Code
		if v.r.PostForm.Get(takeTheirs(name)) != "" {
			g.texts[name] = k.Head(r).Ext[e.Code]
			continue
		}
		g.texts[name] = v.r.PostForm.Get(name)
		text, err := e.Read(strings.TrimSpace(g.texts[name]), view.Today)
		if err := add(err, name); err != nil {
			return err
		}
		ext := k.Head(r).Ext.Clone()
		if ext == nil {
			ext = record.Ext{}
		}
		delete(ext, e.Code)
		if text != "" {
			ext[e.Code] = text
		}
		k.Head(r).Ext = ext
	}
	return faults.Err()
}

// keepAsItStands leaves a field of r as somebody else has set it, and has the form show that.
func (v *visit) keepAsItStands(view *book.View, k record.Of, r any, f int, g *given) (err error) {
	s, list := k.Fields()[f], k.List(f)
	if list == nil {
		g.texts[s.Code] = k.Text(r, f)
		if s.Type == field.TypeRef {
			g.texts[s.Code], err = v.refText(view, s, g.texts[s.Code])
		}
		return err
	}
	for n := range list.Len(r) {
		texts := map[string]string{}
		for j, c := range list.Specs() {
			texts[c.Code] = list.Text(r, n, j)
		}
		g.rows[s.Code] = append(g.rows[s.Code], texts)
	}
	return nil
}

// refer turns what was typed into what a field takes: a reference is typed as the natural key, and what was picked from a list
// of places and units has the name behind the code.
func (v *visit) refer(view *book.View, s *field.Spec, text string) (string, error) {
	text = strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n"))
	switch s.Type {
	case field.TypeRef:
		if text == "" {
			return "", nil
		}
		for _, k := range view.Kinds() {
			if k.Code() == s.RefKind {
				id, err := exchange.Refer(view, k, text)
				return id.String(), err
			}
		}
	case field.TypePlace, field.TypeUnit:
		text, _, _ = strings.Cut(text, " ")
	}
	return text, nil
}

// readRows sets a list of rows from the form; rows in which nothing stands are left out.
func (v *visit) readRows(k record.Of, r any, f int, g *given, faults *fault.List) error {
	s, list := k.Fields()[f], k.List(f)
	list.Reset(r)
	row := 0
	for n := range rowsMost {
		if _, stands := v.r.PostForm[rowName(s.Code, n, list.Specs()[0].Code)]; !stands {
			break
		}
		texts, any := map[string]string{}, false
		for _, c := range list.Specs() {
			texts[c.Code] = strings.TrimSpace(v.r.PostForm.Get(rowName(s.Code, n, c.Code)))
			any = any || texts[c.Code] != ""
		}
		if !any {
			continue
		}
		list.Grow(r)
		for j, c := range list.Specs() {
			text := texts[c.Code]
			if c.Type == field.TypePlace || c.Type == field.TypeUnit {
				text, _, _ = strings.Cut(text, " ")
			}
			err := list.Parse(r, row, j, text)
			if err := faults.Add(fault.At(err, fault.Where{Row: row + 1, Field: s.Code + "." + c.Code})); err != nil {
				return err
			}
		}
		g.rows[s.Code] = append(g.rows[s.Code], texts)
		row++
	}
	return nil
}

// uploaded stores the files that a form brings and gives the lines of the field, where standing is what stands in it: those kept, then the
// new ones.
func (s *Server) uploaded(v *visit, kind, code, standing string) (string, error) {
	var out []string
	for _, sent := range v.r.PostForm["keep."+code] {
		line, err := v.kept(kind, code, standing, sent)
		if err != nil {
			return strings.Join(out, "\n"), err
		}
		out = append(out, line)
	}
	if v.r.MultipartForm == nil {
		return strings.Join(out, "\n"), nil
	}
	for _, h := range v.r.MultipartForm.File[code] {
		if h.Size == 0 && h.Filename == "" {
			continue
		}
		line, err := s.store(v, h)
		if err != nil {
			return "", err
		}
		out = append(out, line)
	}
	return strings.Join(out, "\n"), nil
}

func (s *Server) store(v *visit, h *multipart.FileHeader) (line string, err error) {
	f, err := h.Open()
	if err != nil {
		return "", err
	}
	defer f.Close()
	name := h.Filename[strings.LastIndexAny(h.Filename, `/\`)+1:]
	ref, err := s.app.Blobs.PutIf(v.r.Context(), f, func(r io.Reader) error { return v.scan(name, r) })
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%s %d %s", ref.Sum, ref.Size, strings.TrimSpace(strings.ReplaceAll(name, "\n", " "))), nil
}

// place puts faults beside the inputs that they are about; the others stand above the form.
func (v *visit) place(f *recordForm, err error) error {
	var faults fault.List
	if err := faults.Add(err); err != nil {
		return err
	}
	for _, x := range faults {
		name := x.Where.Field
		words := fault.In(&fault.Fault{Declaration: x.Declaration, Args: x.Args}, v.lang)
		if i := slices.IndexFunc(f.Fields, func(in input) bool { return in.Name == name }); i >= 0 {
			f.Fields[i].Faults = append(f.Fields[i].Faults, words)
			continue
		}
		list, code, _ := strings.Cut(name, ".")
		if i := slices.IndexFunc(f.Tables, func(t inputTable) bool { return t.Code == list }); i >= 0 {
			t := &f.Tables[i]
			if row := x.Where.Row - 1; code != "" && row >= 0 && row < len(t.Rows) {
				if j := slices.IndexFunc(t.Rows[row], func(in input) bool { return in.Name == rowName(list, row, code) }); j >= 0 {
					t.Rows[row][j].Faults = append(t.Rows[row][j].Faults, words)
					continue
				}
			}
			t.Faults = append(t.Faults, words)
			continue
		}
		f.Whole = append(f.Whole, fault.In(x, v.lang))
	}
	return nil
}

// named are the attributes by which a control says what it is and what is wrong: in a table its name is that of the column.
func named(name string, x input) templ.Attributes {
	a := templ.Attributes{}
	if name != "" {
		a["aria-label"] = name
	}
	if len(x.Faults) > 0 {
		a["aria-invalid"] = "true"
		if name == "" {
			a["aria-describedby"] = x.Name + ".why0"
		}
	}
	return a
}

// searchedFrom is how many choices a list has that is looked through rather than over.
const searchedFrom = 12

// searched marks a list of choices that is long enough to be searched, for the script that puts an input above it.
func searched(choices []option) templ.Attributes {
	if len(choices) < searchedFrom {
		return nil
	}
	return templ.Attributes{"data-search": "1"}
}

// spoken are the ways to find a choice of a long list beside its text: its code, and how it is read.
func spoken(choices []option, o option) templ.Attributes {
	if len(choices) < searchedFrom || o.Value == "" {
		return nil
	}
	return templ.Attributes{"data-by": o.Value + " " + pinyin.Initials(o.Text) + " " + pinyin.Full(o.Text)}
}
