package journey

import (
	"archive/zip"
	"bytes"
	"cmp"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"anlan/app"
	"anlan/face/api"
	"anlan/face/web"
	"anlan/ground/clock"
	"anlan/ground/fault"
	"anlan/ground/ident"
	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/office/login"
	"anlan/office/token"
	"anlan/record"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/record/exchange"
	"anlan/record/field"
	"anlan/record/sheet"
	"anlan/store"
	"anlan/store/storetest"

	"golang.org/x/net/html"
)

// bureau is a founded book behind its pages and its API, all in this process, with an administrator who has signed in and a program of
// the administrator.
type bureau struct {
	*testing.T
	app     *app.App
	server  *httptest.Server
	clock   *clock.Stepped
	admin   access.Actor
	browser *http.Client
	token   string
	made    map[string]ident.ID // a record of a kind
}

func found(t *testing.T) *bureau {
	t.Helper()
	so := storetest.Migrated(t, store.SQLite)
	start := time.Date(2024, 1, 31, 1, 0, 0, 0, time.UTC)
	s := &bureau{T: t, clock: clock.NewStepped(start, time.Millisecond), admin: access.Actor{Name: "测试管理员", Role: access.Administrator, Via: "test", Proof: access.Proved},
		made: map[string]ident.ID{}}
	a, err := app.Init(t.Context(), app.Options{Data: cmp.Or(so.Dir, filepath.Join(t.TempDir(), "data")), Clock: s.clock, Random: rand.NewChaCha8([32]byte{1})}, s.admin, "岳阳市应急管理局", "430600")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	s.app = a
	log := slog.New(slog.NewTextHandler(io.Discard, nil))
	pages, err := web.New(t.Context(), a, a.Users, web.Options{Log: log, Informing: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pages.Close)
	programs, err := api.New(a, api.Options{Write: pages.Apply, Log: log, PerSecond: 100_000})
	if err != nil {
		t.Fatal(err)
	}
	pages.Mount(api.Prefix+"/", programs)
	s.server = httptest.NewServer(pages)
	t.Cleanup(s.server.Close)
	s.signIn()
	return s
}

func (s *bureau) signIn() {
	u := &login.User{Login: "guanli", Name: "示例管理员", Role: login.Role(access.Administrator.Code)}
	u.Unit = "430600"
	done, err := s.app.Book.Apply(s.Context(), s.admin, []book.Change{{Kind: "login_user", Action: access.Create, Record: u}})
	if err != nil {
		s.Fatal(err)
	}
	first, err := s.app.Users.SetPassword(s.Context(), s.admin, done[0].ID, "")
	if err != nil {
		s.Fatal(err)
	}
	if s.token, _, err = s.app.Tokens.Issue(s.Context(), s.admin, done[0].ID, token.Request{Name: "probe", Scope: "read", Ends: s.clock.Now().AddDate(0, 6, 0)}); err != nil {
		s.Fatal(err)
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		s.Fatal(err)
	}
	s.browser = &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	const chosen = "岳阳楼在洞庭湖东岸上"
	for _, x := range []struct {
		path string
		form url.Values
	}{{"/sign-in", url.Values{"name": {"guanli"}, "password": {first}}}, {"/account/password", url.Values{"old": {first}, "new": {chosen}, "again": {chosen}}}} {
		if status, _, body := s.ask(http.MethodPost, x.path, x.form); status != http.StatusSeeOther {
			s.Fatalf("%s: status %d\n%s", x.path, status, body)
		}
	}
}

// ask is a request of the administrator's browser, or to the API of its program.
func (s *bureau) ask(method, path string, form url.Values) (status int, h http.Header, body string) {
	s.Helper()
	r, err := http.NewRequestWithContext(s.Context(), method, s.server.URL+path, strings.NewReader(form.Encode()))
	if err != nil {
		s.Fatal(err)
	}
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	if strings.HasPrefix(path, api.Prefix) {
		r.Header.Set("Authorization", "Bearer "+s.token)
	}
	resp, err := s.browser.Do(r)
	if err != nil {
		s.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		s.Fatal(err)
	}
	return resp.StatusCode, resp.Header, string(text)
}

// needed is what a kind needs that no field says by itself, by field; after @ the record of another kind. A new kind whose record the test
// cannot make by itself stands here.
var needed = map[string]map[string]string{
	"place":            {"code": "430699", "parent": "430600", "level": "county"},
	"unit":             {"code": "430699", "parent": "430600"},
	"enterprise":       {"credit_code": creditCode},
	"comment":          {"target": "hazard", "about": "@hazard"},
	"delegation":       {"delegator": "guanli", "delegate": "probe", "unit": "430600"},
	"cited_figure":     {"value": "1", "measured_in": "件"},
	"webhook":          {"url": "https://hook.example.gov.cn/a"},
	"indicator":        {"code": "own.probe", "unit": "430600", "statement": `indicator own.probe "示例" "probe" in 处 printed 0 = hazard.found`},
	"extra_field":      {"code": "probe", "target": "hazard"},
	"stat_return":      {"is_nil": "是", "period": "2023-01"},
	"public_notice":    {"level": "blue", "area": "示例区域"},
	"income":           {"budget": "general_public"},
	"reconciliation":   {"item": "project"},
	"published_figure": {"measured_in": "起"},
	"budget_line":      {"economic_code": "30201"},
	"disclosure_item":  {"approved_on": "2023-05-06"},
}

// creditCode is one whose check character holds.
const creditCode = "91430600000000001W"

// unmade are the kinds of which the test makes no record, and why.
var unmade = map[string]string{
	"report_template": "its files are a template that can be read; see account/report/own",
	"scheme":          "its lines are a rubric that adds up; see account/evaluation",
	"judgement":       "it is about a line of a scheme and of a subject; see account/evaluation",
}

// candidates are tried in turn for a required text whose form a kind prescribes.
var candidates = []string{"示例", "probe", "probe-1", "2023", "accident.count", "work_safety.deaths", "2240101", "件", "https://hook.example.gov.cn/a", "29.3572,113.1289", "yearly", "A02010100"}

// plain is a value that a field takes.
func (s *bureau) plain(f *field.Spec) []string {
	switch {
	case len(f.Choices) > 0:
		var out []string
		for _, c := range f.Choices {
			out = append(out, c.Code)
		}
		return out
	case f.RefKind != "":
		return []string{s.record(f.RefKind).String()}
	case f.OfKind:
		return []string{"hazard"}
	}
	return map[field.Type][]string{field.TypeText: candidates, "person": {"示例人员"}, "phone": {"13900000000"}, field.TypeUnit: {"430602"}, field.TypePlace: {"430602"}, "day": {"2023-05-06"}, "period": {"2023"},
		"instant": {"2023-05-06T08:00:00+08:00"}, "money": {"1"}, "number": {"1", "2023"}, "quantity": {"1"}, "ratio": {"1"}, "yesno": {"是"}, "point": {"113.1,29.3"}}[f.Type]
}

// record makes one record of a kind, once: what is required, with a value that the field takes.
func (s *bureau) record(kind string) ident.ID {
	s.Helper()
	if id, ok := s.made[kind]; ok {
		return id
	}
	s.made[kind] = ident.ID{} // a kind that refers to itself
	k, err := s.app.Book.Kind(kind)
	if err != nil {
		s.Fatal(err)
	}
	r := k.New()
	for i, f := range k.Fields() {
		if text, ok := needed[kind][f.Code]; ok {
			if of, ref := strings.CutPrefix(text, "@"); ref {
				text = s.record(of).String()
			}
			if err := k.Parse(r, i, text); err != nil {
				s.Fatalf("%s.%s: %v", kind, f.Code, err)
			}
		} else if f.Required && !f.Computed && f.Type != field.TypeRows {
			s.settle(k, r, i)
		}
	}
	apply := func() error {
		done, err := s.app.Book.Apply(s.Context(), s.admin, []book.Change{{Kind: kind, Action: access.Create, Record: r}})
		if err == nil {
			s.made[kind] = done[0].ID
		}
		return err
	}
	err = apply()
	if err != nil { // perhaps it needs rows
		s.rows(k, r)
		err = apply()
	}
	if err != nil && unmade[kind] == "" && !app.MadeByProgram(kind) {
		s.Errorf("a record of %s cannot be made: say in needed what it needs. %v", kind, err)
	}
	return s.made[kind]
}

// rows gives each list of a record a row with what is required.
func (s *bureau) rows(k record.Of, r any) {
	for i, f := range k.Fields() {
		l := k.List(i)
		if l == nil || f.Computed || l.Len(r) > 0 {
			continue
		}
		l.Grow(r)
		for j, x := range f.Rows {
			if !x.Required {
				continue
			}
			for _, text := range s.plain(x) {
				at := fmt.Sprintf("%s.1.%s", f.Code, x.Code)
				if l.Parse(r, 0, j, text) == nil && !slices.ContainsFunc(k.Check(r, period.DayAt(s.clock.Now())), func(y *fault.Fault) bool { return y.Where.Field == at }) {
					break
				}
			}
		}
	}
}

// settle gives a field the first value that neither its reading nor its own rules refuse.
func (s *bureau) settle(k record.Of, r any, i int) {
	f := k.Fields()[i]
	for _, text := range s.plain(f) {
		if k.Parse(r, i, text) == nil && !slices.ContainsFunc(k.Check(r, period.DayAt(s.clock.Now())), func(x *fault.Fault) bool { return x.Where.Field == f.Code }) {
			return
		}
	}
}

// hostile are texts that would do something where a door forgets to write them for what they stand in: markup and attributes, formulas of
// spreadsheets, addresses that run, letters that turn the reading direction, templates.
var hostile = []string{
	`"><xprobe onx=1></xprobe>'<script>xprobe()</script>`,
	`' onx='1' x="&lt;b&gt;`,
	`</textarea></title><xprobe>`,
	`javascript:xprobe()//http://`,
	`=HYPERLINK("http://evil.example","x")`,
	`+cmd|' /C calc'!A0`, `-2+3+cmd|' /C calc'!A0`, `@SUM(1+1)*cmd|' /C calc'!A0`,
	"甲\u202e乙\u2066丙",
	"{{.}}${7*7}<%= 7*7 %>",
}

// planted is a text that a record holds.
type planted struct {
	field string // a column, or empty: in a row of a list
	text  string
	shown bool // to whoever reads the record
}

// plant gives every text of a record a hostile value that the kind takes, each by a change of its own, and says which.
func (s *bureau) plant(k record.Of, turn int) (out []planted) {
	s.Helper()
	try := func(set func(r any, text string) bool) string {
		for i := range hostile {
			text := hostile[(turn+i)%len(hostile)]
			r := k.Clone(s.stands(k))
			if !set(r, text) {
				continue
			}
			_, err := s.app.Book.Apply(s.Context(), s.admin, []book.Change{{Kind: k.Code(), ID: s.made[k.Code()], Action: access.Edit, Record: r, Reason: text}})
			if err == nil {
				turn++
				return text
			}
			if _, ok := fault.KindOf(err); !ok {
				s.Errorf("%s: %q: %v", k.Code(), text, err)
			}
		}
		return ""
	}
	for i, f := range k.Fields() {
		if f.Type == field.TypeText && k.Parse(k.New(), i, "甲\x00乙") == nil {
			s.Errorf("%s.%s takes U+0000", k.Code(), f.Code)
		}
		if f.Computed || f.Type != field.TypeText && f.Type != "person" && f.Type != field.TypeRows {
			continue
		}
		if l := k.List(i); l != nil {
			for j, x := range f.Rows {
				if x.Type != field.TypeText && x.Type != "person" {
					continue
				}
				if text := try(func(r any, text string) bool { s.rows(k, r); return l.Len(r) > 0 && l.Parse(r, 0, j, text) == nil }); text != "" {
					out = append(out, planted{text: text})
				}
			}
			continue
		}
		if text := try(func(r any, text string) bool { return k.Parse(r, i, text) == nil }); text != "" {
			out = append(out, planted{f.Code, text, true})
		}
	}
	return out
}

// stands is the record of a kind as it stands.
func (s *bureau) stands(k record.Of) (r any) {
	s.Helper()
	err := s.app.Book.Read(s.Context(), s.admin, 0, func(v *book.View) (err error) { r, err = v.Get(k.Code(), s.made[k.Code()]); return err })
	if err != nil {
		s.Fatal(err)
	}
	return r
}

// inert reads a page as a browser does, and gives its words: nothing of what a record holds has become an element, an attribute or an
// address.
func (s *bureau) inert(path, body string) (words []string) {
	s.Helper()
	root, err := html.Parse(strings.NewReader(body))
	if err != nil {
		s.Fatal(err)
	}
	for n := range root.Descendants() {
		if n.Type == html.TextNode {
			words = append(words, n.Data)
			continue
		}
		if n.Data == "xprobe" || n.Data == "script" && n.FirstChild != nil && strings.Contains(n.FirstChild.Data, "xprobe") {
			s.Errorf("%s: what a record holds is an element: <%s>", path, n.Data)
		}
		for _, a := range n.Attr {
			words = append(words, a.Val)
			address := strings.ToLower(strings.TrimSpace(a.Val))
			switch {
			case strings.HasPrefix(a.Key, "on"):
				s.Errorf("%s: <%s %s> runs something", path, n.Data, a.Key)
			case slices.Contains([]string{"href", "src", "action", "formaction", "srcset", "poster", "data"}, a.Key) && (strings.HasPrefix(address, "javascript:") || strings.HasPrefix(address, "data:text")):
				s.Errorf("%s: <%s %s=%q> runs something", path, n.Data, a.Key, a.Val)
			}
		}
	}
	return words
}

// TestWhatAnyKindHoldsIsInertAtEveryDoor plants hostile texts in every text of every kind, and asks for the record in every way there is: what a
// kind takes is shown unchanged and does nothing, on pages, in forms, in sheets and as JSON. A new kind is in it by being registered.
func TestWhatAnyKindHoldsIsInertAtEveryDoor(t *testing.T) {
	t.Parallel()
	s := found(t)
	texts := 0
	for turn, k := range app.Kinds() {
		id := s.record(k.Code())
		if id.IsZero() {
			continue
		}
		held := s.plant(k, turn)
		texts += len(held)
		s.pages(k, id, held)
		s.json(k, id, held)
		s.sheets(k, held)
	}
	if texts < 200 {
		t.Errorf("only %d texts were planted", texts)
	}
	for _, path := range []string{"/today", "/overview", "/figures?period=2023", "/findings?period=2023", "/money?period=2023", "/rights", "/webhooks", "/reports?period=2023", "/public/reports", "/public/feed.atom", "/account"} {
		status, _, body := s.ask(http.MethodGet, path, nil)
		if status != http.StatusOK {
			t.Errorf("%s: status %d", path, status)
		}
		s.inert(path, body)
	}
}

// pages asks for every page of a kind and of its record.
func (s *bureau) pages(k record.Of, id ident.ID, held []planted) {
	s.Helper()
	at := "/records/" + k.Code()
	var columns []string
	for _, x := range held {
		if x.field != "" {
			columns = append(columns, x.field)
		}
	}
	for _, path := range []string{at, at + "?columns=" + strings.Join(columns, ","), at + "/" + id.String(), at + "/" + id.String() + "/edit", at + "/new", at + "/withdrawn", at + "/bulk?id=" + id.String(), at + "/" + id.String() + "/proof", "/choose/" + k.Code()} {
		status, h, body := s.ask(http.MethodGet, path, nil)
		if status >= http.StatusInternalServerError {
			s.Errorf("%s: status %d", path, status)
		}
		if !strings.HasPrefix(h.Get("Content-Type"), "text/html") {
			if h.Get("X-Content-Type-Options") != "nosniff" {
				s.Errorf("%s: %s may be taken for something else", path, h.Get("Content-Type"))
			}
			continue
		}
		words := s.inert(path, body)
		if !strings.HasSuffix(path, id.String()) || status != http.StatusOK || strings.Contains(path, "?") {
			continue
		}
		for _, x := range held {
			if x.shown && !slices.ContainsFunc(words, func(w string) bool { return strings.Contains(w, x.text) }) {
				s.Errorf("%s does not show %s as it is: %q", path, x.field, x.text)
			}
		}
	}
}

// json asks the API for the record, its list and its history.
func (s *bureau) json(k record.Of, id ident.ID, held []planted) {
	s.Helper()
	at := api.Prefix + "/records/" + k.Code()
	for _, path := range []string{at, at + "/" + id.String(), at + "/" + id.String() + "/history"} {
		status, h, body := s.ask(http.MethodGet, path, nil)
		if status != http.StatusOK || h.Get("Content-Type") != "application/json" || h.Get("X-Content-Type-Options") != "nosniff" {
			s.Errorf("%s: status %d, %s\n%s", path, status, h.Get("Content-Type"), body)
		}
		if !strings.HasSuffix(path, id.String()) {
			continue
		}
		var got struct{ Content map[string]any }
		if err := json.Unmarshal([]byte(body), &got); err != nil {
			s.Fatalf("%s: %v", path, err)
		}
		for _, x := range held {
			if x.field != "" && got.Content[x.field] != x.text {
				s.Errorf("%s: %s is %q, want %q", path, x.field, got.Content[x.field], x.text)
			}
		}
	}
}

// sheets exports the record: a cell of a workbook is a text and no formula, and one of CSV begins with nothing that a spreadsheet runs; read
// again, both are what the record holds.
func (s *bureau) sheets(k record.Of, held []planted) {
	s.Helper()
	for _, format := range []sheet.Format{sheet.XLSX, sheet.CSV} {
		var out bytes.Buffer
		err := s.app.Book.Read(s.Context(), s.admin, 0, func(v *book.View) error {
			_, err := exchange.Export(v, book.Query{Kind: k.Code()}, k, &out, format, lang.Chinese)
			return err
		})
		if err != nil {
			s.Fatalf("%s as %s: %v", k.Code(), format, err)
		}
		if format == sheet.CSV {
			rows, err := csv.NewReader(bytes.NewReader(out.Bytes()[3:])).ReadAll()
			if err != nil {
				s.Fatalf("%s: %v", k.Code(), err)
			}
			for _, row := range rows {
				for _, cell := range row {
					if _, number := strconv.ParseFloat(cell, 64); number != nil && cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
						s.Errorf("%s: a cell of CSV begins a formula: %q", k.Code(), cell)
					}
				}
			}
		} else {
			s.noFormula(k, out.Bytes())
		}
		cells := s.cells(out.Bytes(), format)
		for _, x := range held {
			if x.field != "" && !slices.Contains(cells, x.text) {
				s.Errorf("%s as %s, read again, has no cell %q", k.Code(), format, x.text)
			}
		}
	}
}

// cells reads a file as an import does.
func (s *bureau) cells(content []byte, format sheet.Format) (out []string) {
	s.Helper()
	name := filepath.Join(s.TempDir(), "a."+string(format))
	if err := os.WriteFile(name, content, 0o600); err != nil {
		s.Fatal(err)
	}
	file, err := sheet.Open(name)
	if err != nil {
		s.Fatal(err)
	}
	defer file.Close()
	for _, x := range file.Sheets() {
		for row, err := range file.Rows(x.Name) {
			if err != nil {
				s.Fatal(err)
			}
			for _, c := range row.Cells {
				out = append(out, c.Text)
			}
		}
	}
	return out
}

// noFormula looks into the parts of a workbook.
func (s *bureau) noFormula(k record.Of, content []byte) {
	s.Helper()
	z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		s.Fatal(err)
	}
	for _, f := range z.File {
		if !strings.HasPrefix(f.Name, "xl/worksheets/") {
			continue
		}
		r, err := f.Open()
		if err != nil {
			s.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err := errors.Join(err, r.Close()); err != nil {
			s.Fatal(err)
		}
		if formula.Match(text) {
			s.Errorf("%s: a cell of the workbook is a formula", k.Code())
		}
	}
}

// formula is a cell that computes, or a link.
var formula = regexp.MustCompile(`<(\w+:)?f[ >]|<(\w+:)?hyperlink[ >]`)
