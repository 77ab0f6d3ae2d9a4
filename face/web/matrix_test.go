package web_test

import (
	"flag"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"anlan/app"
	"anlan/face/web"
	"anlan/ground/ident"
	"anlan/ground/lang"
	"anlan/ground/place"
	"anlan/public/training"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/record/field"
	"anlan/safety/hazard"
	"anlan/store"
)

var update = flag.Bool("update", false, "write docs/rights.md and the colours of docs/design.md again")

// where a record stands, seen from the county for which all persons of the matrix act.
type whereabouts int

const (
	nowhere   whereabouts = iota // the operation is about no record
	within                       // a section of the county
	above                        // the city's bureau
	elsewhere                    // another county
)

var owners = map[whereabouts]place.Unit{within: "430602", above: "430600", elsewhere: "430621"}

func (x whereabouts) String() string {
	return [...]string{"", "own county", "the bureau above", "another county"}[x]
}

// operation is something that can be asked of a face: a route, or an operation of the API. Whoever adds a route says here what it asks
// for; what each role then gets is computed from the table of rights.
type operation struct {
	action access.Action // it asks for; empty: only that somebody has signed in
	kind   string        // "" where the route names none: then it is asked about every kind
	also   string        // a kind whose records it must be allowed to create, too
	record bool          // it is about a record, which must be in scope
	public bool          // anybody may
	post   url.Values    // of a POST: what is sent; nothing that is sent here changes anything
	passed int           // status of whoever may
}

// stale makes a change fail for its version, after rights and scope were asked, so that nothing changes.
var stale = url.Values{"version": {"999"}, "key": {"k"}, "reason": {"测试"}}

func stepping(action string) url.Values {
	v := maps.Clone(stale)
	v.Set("action", action)
	return v
}

// importing asks for a page of an import: whoever may create records of the kind, and imports.
func importing(kind string, passed int) operation {
	return operation{action: access.Create, kind: kind, also: "import_run", passed: passed}
}

// operations are all routes by their pattern.
var operations = map[string][]operation{
	"GET /{$}":                           {{public: true, passed: 303}},
	"POST /language":                     {{public: true, passed: 303}},
	"GET /sign-in":                       {{public: true, passed: 303}},
	"POST /sign-in":                      {{public: true, passed: 403}}, // nobody is named
	"POST /sign-out":                     nil,                           // ends what is tried here; see TestSigningInIsAskedForAndKept
	"GET /account":                       {{passed: 200}},
	"GET /account/password":              {{passed: 200}},
	"POST /account/password":             {{passed: 422}},
	"POST /account/second-factor":        {{passed: 409, post: url.Values{"code": {"000000"}}}},
	"POST /account/recovery":             {{passed: 409}}, // nobody has a second factor
	"POST /account/passkeys":             {{passed: 404}}, // this address has no passkeys; see passkeys_test.go
	"POST /account/passkeys/new":         {{passed: 404}},
	"POST /account/passkeys/rename":      {{passed: 404, post: url.Values{"name": {"手机"}}}},
	"POST /account/passkeys/drop":        {{passed: 404}},
	"POST /account/confirm":              {{passed: 303}},
	"POST /sign-in/identity":             {{public: true, passed: 404}}, // no identity provider is joined; see identity_test.go
	"GET /sign-in/identity/back":         {{public: true, passed: 404}},
	"GET /sign-in/identity/out":          {{public: true, passed: 404}},
	"POST /account/identity":             {{passed: 404}},
	"GET /account/identity/confirm":      {{passed: 404}},
	"POST /account/identity/drop":        {{passed: 404}},
	"POST /users/{id}/identity/drop":     {{action: access.Edit, kind: "login_user", record: true, passed: 404}},
	"GET /sign-in/passkey":               {{public: true, passed: 404}},
	"POST /sign-in/passkey":              {{public: true, passed: 404}},
	"POST /account/sessions/end":         {{passed: 303}}, // no session is named, and none ends
	"POST /account/acting":               {{passed: 403, post: url.Values{"for": {"nobody"}}}},
	"GET /worker.js":                     {{public: true, passed: 200}},
	"GET /manifest.webmanifest":          {{public: true, passed: 200}},
	"POST /share":                        {{public: true, passed: 503}}, // devices keep what is shared themselves
	"GET /offline":                       {{public: true, passed: 200}},
	"GET /cards":                         {{action: access.Read, kind: "asset", passed: 200}},
	"GET /records/asset/labels":          {{action: access.Read, kind: "asset", passed: 200}},
	"GET /outbox":                        {{passed: 200}},
	"GET /account/tokens":                {{passed: 200}},
	"POST /account/tokens":               {{passed: 422}}, // without a name
	"POST /account/tokens/revoke":        {{passed: 404, post: url.Values{"name": {"none"}}}},
	"GET /users/{id}":                    {{action: access.Edit, kind: "login_user", record: true, passed: 200}},
	"POST /users/{id}/password":          {{action: access.Edit, kind: "login_user", record: true, passed: 200}},
	"POST /users/{id}/second-factor/off": {{action: access.Edit, kind: "login_user", record: true, passed: 200, post: url.Values{"reason": {"测试"}}}},
	"POST /users/{id}/sessions/end":      {{action: access.Edit, kind: "login_user", record: true, passed: 303}},
	"GET /webhooks":                      {{action: access.Edit, kind: "webhook", passed: 200}},
	"POST /webhooks/secret":              {{action: access.Edit, kind: "webhook", passed: 404, post: url.Values{"name": {"none"}}}},
	"POST /webhooks/resend":              {{action: access.Edit, kind: "webhook", passed: 404, post: url.Values{"name": {"none"}}}},
	"GET /today":                         {{passed: 200}},
	"GET /overview":                      {{passed: 200}},
	"GET /live":                          {{passed: 404}}, // no position is named; see live_test.go
	"GET /wings/{wing}":                  {{passed: 200}},
	"GET /rights":                        {{action: access.Read, kind: "role", passed: 200}},
	"GET /records/{kind}":                {{action: access.Read, passed: 200}},
	"GET /records/{kind}/filter":         {{passed: 303}},
	"GET /records/{kind}/export":         {{action: access.Read, passed: 200}},
	"POST /records/{kind}/export":        {{action: access.Read, kind: "hazard", passed: 200, post: url.Values{"reason": {"测试"}}}},
	"GET /records/{kind}/new":            {{action: access.Create, passed: 200}},
	"POST /records/{kind}/new":           {{action: access.Create, kind: "hazard", passed: 422}, {action: access.Create, kind: "voucher", passed: 422}, {action: access.Create, kind: "role", passed: 422}},
	"GET /records/{kind}/{id}":           {{action: access.Read, kind: "hazard", record: true, passed: 200}, {action: access.Read, kind: "training", record: true, passed: 200}, {action: access.Read, kind: "login_user", record: true, passed: 200}},
	"GET /records/{kind}/{id}/edit":      {{action: access.Edit, kind: "hazard", record: true, passed: 200}, {action: access.Edit, kind: "login_user", record: true, passed: 200}},
	"POST /records/{kind}/{id}/edit":     {{action: access.Edit, kind: "hazard", record: true, passed: 409, post: stale}, {action: access.Edit, kind: "training", record: true, passed: 409, post: stale}},
	"POST /records/{kind}/{id}/unmask":   {{action: access.Read, kind: "hazard", record: true, passed: 200, post: url.Values{"reason": {"测试"}}}},
	"POST /records/{kind}/{id}/step": {
		{action: "list", kind: "hazard", record: true, passed: 409, post: stepping("list")},
		{action: "rectify", kind: "hazard", record: true, passed: 409, post: stepping("rectify")},
		{action: "close", kind: "hazard", record: true, passed: 409, post: stepping("close")},
		{action: access.Withdraw, kind: "hazard", record: true, passed: 409, post: stepping("withdraw")},
		{action: access.Reinstate, kind: "hazard", record: true, passed: 409, post: stepping("reinstate")},
		{action: "suspend", kind: "login_user", record: true, passed: 409, post: stepping("suspend")},
	},
	"GET /records/{kind}/{id}/proof":                   {{action: access.Read, kind: "hazard", record: true, passed: 200}, {action: access.Read, kind: "login_user", record: true, passed: 200}},
	"GET /records/{kind}/{id}/files/{field}/{n}":       {{action: access.Read, kind: "training", record: true, passed: 200}},
	"GET /records/{kind}/template":                     {{action: access.Create, passed: 200}},
	"GET /import/{kind}":                               {importing("hazard", 200), importing("voucher", 200), importing("login_user", 200)},
	"POST /import/{kind}":                              {importing("hazard", 422)}, // no sheet is sent
	"GET /import/{kind}/{draft}":                       {importing("hazard", 404)}, // nobody else's sheet is there
	"GET /import/{kind}/{draft}/columns":               {importing("hazard", 404)},
	"POST /import/{kind}/{draft}/columns":              {importing("hazard", 404)},
	"POST /import/{kind}/{draft}/corrections":          {importing("hazard", 404)},
	"GET /import/{kind}/{draft}/refused":               {importing("hazard", 404)},
	"POST /import/{kind}/{draft}/write":                {importing("hazard", 404)},
	"POST /import/{kind}/{draft}/drop":                 {importing("hazard", 404)},
	"GET /imports/{run}/undo":                          {{action: access.Read, kind: "import_run", passed: 404}}, // there is no such import
	"POST /imports/{run}/undo":                         {{action: access.Read, kind: "import_run", passed: 404, post: url.Values{"reason": {"测试"}}}},
	"POST /records/{kind}/views":                       {{action: access.Read, kind: "hazard", also: "saved_view", passed: 422}}, // it has no name
	"POST /views/{id}":                                 {{action: access.Edit, kind: "saved_view", passed: 404}},
	"POST /records/{kind}/{id}/comments":               {{action: access.Read, kind: "hazard", also: "comment", record: true, passed: 422}}, // nothing is said
	"POST /comments/{id}":                              {{action: access.Edit, kind: "comment", passed: 404}},
	"GET /records/{kind}/withdrawn":                    {{action: access.Read, kind: "hazard", passed: 200}},
	"GET /records/{kind}/bulk":                         {{action: access.Read, passed: 422}}, // nothing is ticked
	"POST /records/{kind}/bulk":                        {{action: access.Read, kind: "hazard", passed: 422}},
	"GET /choose/{kind}":                               {{action: access.Read, passed: 200}},
	"GET /checkup":                                     {{action: access.Edit, kind: "login_user", passed: 403}}, // all act for a county; see TestTheCheckOfTheSystemIsForTheBureau
	"GET /settings":                                    {{action: access.Create, kind: "scheme", passed: 200}},
	"GET /settings/schemes":                            {{action: access.Read, kind: "scheme", passed: 200}},
	"POST /settings/schemes":                           {{action: access.Create, kind: "scheme", passed: 422}}, // no file is sent
	"GET /settings/schemes/compare":                    {{action: access.Read, kind: "scheme", passed: 200}},
	"GET /settings/schemes/{name}":                     {{action: access.Read, kind: "scheme", passed: 422}}, // x is not the name of one
	"GET /settings/schemes/{name}/file":                {{action: access.Read, kind: "scheme", passed: 422}},
	"GET /settings/indicators":                         {{action: access.Read, kind: "indicator", passed: 200}},
	"POST /settings/indicators":                        {{action: access.Create, kind: "indicator", passed: 422}}, // nothing is sent
	"GET /settings/indicators/file":                    {{action: access.Read, kind: "indicator", passed: 200}},
	"GET /settings/indicators/{code}":                  {{action: access.Read, kind: "indicator", passed: 200}},
	"POST /settings/indicators/{code}/retire":          {{action: access.Create, kind: "indicator", passed: 422}}, // for no reason
	"GET /settings/templates":                          {{action: access.Read, kind: "report_template", passed: 200}},
	"POST /settings/templates":                         {{action: access.Create, kind: "report_template", passed: 422}}, // no file is sent
	"GET /settings/templates/{name}":                   {{action: access.Read, kind: "report_template", passed: 404}},   // there is no x
	"GET /settings/templates/{name}/file":              {{action: access.Read, kind: "report_template", passed: 404}},
	"GET /settings/fields":                             {{action: access.Read, kind: "extra_field", passed: 200}},
	"GET /settings/codes":                              {{action: access.Create, kind: "scheme", passed: 200}},
	"GET /settings/drafts/{draft}":                     {{action: access.Create, kind: "scheme", passed: 404}}, // nobody else's file is there
	"POST /settings/drafts/{draft}":                    {{action: access.Create, kind: "scheme", passed: 404}},
	"POST /settings/drafts/{draft}/drop":               {{action: access.Create, kind: "scheme", passed: 404}},
	"GET /findings":                                    {{passed: 200}},
	"GET /money":                                       {{action: access.Read, kind: "voucher", passed: 200}},
	"GET /figures":                                     {{passed: 200}},
	"GET /board":                                       {{passed: 200}},
	"GET /board/file":                                  {{passed: 200}},
	"GET /figures/{code}":                              {{passed: 200}},
	"GET /figures/{code}/records":                      {{action: access.Read, kind: "hazard", passed: 200}},
	"GET /figures/{code}/evidence":                     {{action: access.Read, kind: "hazard", passed: 200}},
	"GET /evidence/{n}":                                {{passed: 404}}, // none is published here
	"GET /reports":                                     {{action: access.Read, kind: "report_section", passed: 200}},
	"GET /reports/{template}/{period}":                 {{action: access.Read, kind: "report_section", passed: 200}},
	"POST /reports/{template}/{period}/begin":          {{action: access.Create, kind: "report_section", passed: 303}},
	"GET /reports/{template}/{period}/draft":           nil, // what a county may print of the bureau's report is the figures' question; see editor_test.go
	"GET /reports/{template}/{period}/figures":         nil,
	"POST /reports/{template}/{period}/freeze":         nil,
	"POST /reports/{template}/{period}/signing":        {{action: access.Read, kind: "report_section", passed: 422}}, // no signing is named
	"GET /reports/{template}/{period}/{part}":          {{action: access.Read, kind: "report_section", passed: 404}},
	"POST /reports/{template}/{period}/{part}":         {{action: access.Read, kind: "report_section", passed: 404}},
	"POST /reports/{template}/{period}/{part}/preview": {{action: access.Read, kind: "report_section", passed: 404}},
	"POST /reports/{template}/{period}/{part}/step":    {{action: access.Read, kind: "report_section", passed: 404}},
	"POST /reports/{template}/{period}/{part}/remark":  {{action: access.Read, kind: "report_section", passed: 404}},
	"GET /check":                                       {{action: access.Read, kind: "published_figure", passed: 200}},
	"POST /check":                                      {{action: access.Read, kind: "published_figure", passed: 422}}, // no report is sent
	"GET /check/{id}":                                  {{action: access.Read, kind: "published_figure", passed: 404}}, // nobody else's result is there
	"GET /check/{id}/file":                             {{action: access.Read, kind: "published_figure", passed: 404}},
	"POST /check/{id}/keep":                            {{action: access.Read, kind: "published_figure", passed: 404}},
	"POST /check/{id}/drop":                            {{action: access.Read, kind: "published_figure", passed: 404}},
	"GET /public/notices":                              {{public: true, passed: 200}},
	"GET /public/notices.atom":                         {{public: true, passed: 200}},
	"GET /public/notices/{id}":                         {{public: true, passed: 404}}, // none is issued here
	"GET /public/reports":                              {{public: true, passed: 200}},
	"GET /public/feed.atom":                            {{public: true, passed: 200}},
	"GET /public/inform":                               {{public: true, passed: 200}},
	"POST /public/inform":                              {{public: true, passed: 422}}, // not from a page
	"POST /public/inform/state":                        {{public: true, passed: 404}}, // there is no such receipt
	"GET /public/reports/{n}":                          {{public: true, passed: 404}}, // none is published here
	"GET /public/reports/{n}/figures/{id}":             {{public: true, passed: 404}},
	"GET /public/reports/{n}/files/{name}":             {{public: true, passed: 404}},
}

// expected is what a role gets, by the table of rights: refused before it is looked whether there is such a record, and told of a record out
// of scope what it is told of one that is not there.
func (o operation) expected(r access.Role, at whereabouts, method, kind string) int {
	nobody := r.Code == access.Reader.Code
	switch {
	case o.public:
		if o.passed == 303 && nobody && method == http.MethodGet && at == nowhere {
			return 0 // the page to sign in shows itself to whoever has not
		}
		return o.passed
	case nobody && method == http.MethodGet:
		return 303
	case nobody:
		return 403
	case o.action != "" && !(access.Actor{Name: "某人", Role: r}).May(o.action, kind):
		return 403
	case o.also != "" && !(access.Actor{Name: "某人", Role: r}).May(access.Create, o.also):
		return 403
	case o.record && at != within:
		return 404
	}
	return o.passed
}

// matrix are a book, and people of every role who act for one county.
type matrix struct {
	*site
	people  map[string]visitor
	records map[string]map[whereabouts]ident.ID
}

func newMatrix(t *testing.T) *matrix {
	s := open(t, store.SQLite)
	m := &matrix{site: s, people: map[string]visitor{access.Reader.Code: s.anybody()}, records: map[string]map[whereabouts]ident.ID{}}
	for _, r := range access.Roles() {
		m.people[r.Code] = s.person(r.Code, owners[within], r)
	}
	ref, err := s.app.Blobs.Put(t.Context(), strings.NewReader("签到表"))
	if err != nil {
		t.Fatal(err)
	}
	for at, unit := range owners {
		h := &hazard.Hazard{Number: fmt.Sprintf("YH-%d", at), Title: "示例隐患", Grade: hazard.Major, FoundOn: day(t, "2023-05-06")}
		h.Unit = unit
		c := &training.Training{Number: fmt.Sprintf("PX-%d", at), Title: "示例培训", BeganOn: day(t, "2023-05-06"), Audience: "officer", Files: []field.File{{SHA256: ref.Sum, Size: ref.Size, Name: "签到表.txt"}}}
		c.Unit = unit
		done := s.apply(create("hazard", h), create("training", c))
		m.keep("hazard", at, done[0].ID)
		m.keep("published_figure", nowhere, done[0].ID) // there is no such result of a check
		m.keep("saved_view", nowhere, done[0].ID)       // there is no such view, nor such a comment
		m.keep("comment", nowhere, done[0].ID)
		m.keep("training", at, done[1].ID)
		s.person(fmt.Sprintf("other%d", at), unit, access.Section)
	}
	err = s.app.Book.Read(t.Context(), s.admin, 0, func(v *book.View) error {
		for at := range owners {
			r, err := v.Find("login_user", fmt.Sprintf("other%d", at))
			if err != nil {
				return err
			}
			k, err := s.app.Book.Kind("login_user")
			if err != nil {
				return err
			}
			m.keep("login_user", at, k.Head(r).ID)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func (m *matrix) keep(kind string, at whereabouts, id ident.ID) {
	if m.records[kind] == nil {
		m.records[kind] = map[whereabouts]ident.ID{}
	}
	m.records[kind][at] = id
}

// address fills in a pattern.
func (m *matrix) address(pattern, kind string, at whereabouts) string {
	to := strings.NewReplacer("{$}", "", "{kind}", kind, "{id}", m.records[kind][at].String(), "{wing}", "safety", "{field}", "attachment", "{code}", "work_safety.hazards_found",
		"{name}", "x", "{template}", "spine", "{period}", "2023", "{part}", "none", "{draft}", "0190aaaa-0000-7000-8000-000000000000", "{run}", "0190aaaa-0000-7000-8000-000000000000", "{n}", map[bool]string{true: "0", false: "1"}[strings.Contains(pattern, "{field}")]).Replace(pattern)
	if strings.HasPrefix(to, "/figures") || strings.HasPrefix(to, "/board") || to == "/findings" || to == "/money" {
		to += "?period=2023"
	}
	if to == "/board/file?period=2023" {
		to += "&format=csv"
	}
	return to
}

// ask is the status that a role gets.
func (m *matrix) ask(role, method, path string, form url.Values) int {
	m.Helper()
	r, err := http.NewRequestWithContext(m.Context(), method, m.server.URL+path, strings.NewReader(form.Encode()))
	if err != nil {
		m.Fatal(err)
	}
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	resp, err := m.people[role].Do(r)
	if err != nil {
		m.Fatal(err)
	}
	resp.Body.Close()
	return resp.StatusCode
}

// line is a row of the table that is kept.
type line struct {
	what  string
	at    whereabouts
	cells []int
}

// TestEachRouteGivesEachRoleWhatTheTableOfRightsSays asks every route as every role, about records of the own county, of the bureau above it
// and of another county, and compares the answer with what the table of rights says. docs/rights.md is the outcome; -update writes it.
func TestEachRouteGivesEachRoleWhatTheTableOfRightsSays(t *testing.T) {
	m := newMatrix(t)
	roles := append([]access.Role{access.Reader}, access.Roles()...)
	var lines []line
	asked := 0
	for _, pattern := range web.Routes() {
		ops, known := operations[pattern]
		if !known {
			t.Errorf("%s: say in operations what it asks for", pattern)
		}
		method, template, _ := strings.Cut(pattern, " ")
		for _, o := range ops {
			kinds := []string{o.kind}
			if o.kind == "" && strings.Contains(template, "{kind}") {
				kinds = nil
				for _, k := range m.app.Book.Kinds() {
					kinds = append(kinds, k.Code())
				}
			}
			spots := []whereabouts{nowhere}
			if o.record {
				spots = []whereabouts{within, above, elsewhere}
			}
			for _, kind := range kinds {
				for _, at := range spots {
					l := line{what: strings.TrimSpace(method + " " + strings.ReplaceAll(template, "{kind}", kind) + " " + stepOf(o)), at: at}
					for _, r := range roles {
						want := o.expected(r, at, method, kind)
						if made(kind) && o.action == access.Create && want == o.passed {
							want = 403 // the program makes records of the kind, not people
						}
						got := m.ask(r.Code, method, m.address(template, kind, at), o.post)
						if asked++; want != 0 && got != want {
							t.Errorf("%s %s, %s, as %s: got %d, want %d", pattern, kind, at, r.Code, got, want)
						}
						l.cells = append(l.cells, got)
					}
					if o.passed != 404 {
						lines = append(lines, l)
					}
				}
			}
		}
	}
	t.Logf("%d requests", asked)
	keptMatrix(t, m, roles, lines)
}

func stepOf(o operation) string {
	if a := o.post.Get("action"); a != "" {
		return "(" + a + ")"
	}
	return ""
}

// made says whether records of a kind are made by the program alone.
func made(kind string) bool {
	return slices.Contains([]string{"import_run", "publication", "evaluation_run", "stat_form"}, kind)
}

// keptMatrix compares the outcome with docs/rights.md.
func keptMatrix(t *testing.T, m *matrix, roles []access.Role, lines []line) {
	var b strings.Builder
	b.WriteString("# Who may do what\n\n<!-- Generated: go test ./face/web -run TestEachRoute -update -->\n\n" +
		"The table of rights (record/access/roles.go; `anlan user roles`), then what every page answered to each role in a book with records of three units, compared by a test with\n" +
		"what the table says. How roles are given: [users.md](users.md).\n\n## Rights\n\n| |")
	for _, r := range access.Roles() {
		fmt.Fprintf(&b, " %s `%s` |", r.Label.Zh, r.Code)
	}
	b.WriteString("\n|---|" + strings.Repeat("---|", len(access.Roles())) + "\n| *sees up to* |")
	for _, r := range access.Roles() {
		fmt.Fprintf(&b, " %s |", r.Clearance.Label().In(lang.English))
	}
	b.WriteString("\n")
	for _, row := range app.RightsTable(access.Roles(), m.app.Book.Kinds()) {
		label := "**" + row.Label.Zh + "** " + row.Label.En
		if row.Kind {
			label = "└ `" + row.Of + "` " + row.Label.Zh
		}
		fmt.Fprintf(&b, "| %s |", label)
		for _, c := range row.Cells {
			fmt.Fprintf(&b, " %s |", c.En)
		}
		b.WriteString("\n")
	}
	b.WriteString("\n## Answers\n\nEach person acts for the county 430602. ✓ it may; 403 it is refused; 404 there is no such record for it; → it has to sign in. A change is sent on a version that does\n" +
		"not stand, so that whoever may is told of that and nothing changes.\n\n| | record of |")
	for _, r := range roles {
		fmt.Fprintf(&b, " %s |", r.Code)
	}
	b.WriteString("\n|---|---|" + strings.Repeat("---|", len(roles)) + "\n")
	for _, l := range lines {
		fmt.Fprintf(&b, "| `%s` | %s |", l.what, l.at)
		for i, c := range l.cells {
			switch {
			case c == 403 || c == 404:
				fmt.Fprintf(&b, " %d |", c)
			case c == 303 && i == 0 && !strings.Contains(l.what, "language"):
				b.WriteString(" → |")
			default:
				b.WriteString(" ✓ |")
			}
		}
		b.WriteString("\n")
	}
	path := filepath.Join("..", "..", "docs", "rights.md")
	if *update {
		if err := os.WriteFile(path, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	kept, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(kept) != b.String() {
		t.Errorf("docs/rights.md is not what the pages answer; see the difference by go test ./face/web -run TestEachRoute -update && git diff docs/rights.md")
	}
}
