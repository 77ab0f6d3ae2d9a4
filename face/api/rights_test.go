package api_test

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"anlan/face/api"
	"anlan/record/access"
	"anlan/store"
)

// actionOf is what an operation on records does to them.
var actionOf = map[string]access.Action{"list": access.Read, "get": access.Read, "history": access.Read, "file": access.Read, "create": access.Create, "createMany": access.Create,
	"change": access.Edit, "attach": access.Edit, "withdraw": access.Withdraw, "reinstate": access.Reinstate, "step": "list"}

// bodies are what an operation is sent, in order where whoever asks may ask it.
var bodies = map[string]string{"create": newHazard, "createMany": `{"items": []}`, "change": `{"content": {"title": "改"}}`, "withdraw": `{"reason": "重复"}`, "reinstate": `{"reason": "不是重复"}`, "step": `{}`, "attach": "x"}

// TestEachOperationAsksForItsRight tries every operation with every role, on a record of its unit and on one of another county, with a token for
// changing, one for reading, one for another kind, and none. What is expected comes from the rights of the role and not from the answers.
func TestEachOperationAsksForItsRight(t *testing.T) {
	t.Parallel()
	s := open(t, store.SQLite)
	n := 0
	for _, role := range access.Roles() {
		user := s.person("u"+role.Code, "430602", role)
		changes, reads, other := s.program(user, "write"), s.program(user, "read"), s.program(user, "write:drill")
		for _, o := range api.Operations() {
			for _, mine := range []bool{true, false} {
				n++
				unit := "430602"
				if !mine {
					unit = "430621"
				}
				path, body := filled(s, o, n, unit)
				name := role.Code + " " + o.Name + " " + unit
				expect(t, name+" without a token", program{s, ""}.try(o, path, body), 401, "token.none")
				if o.Of != "*" {
					expect(t, name+" for another kind", other.try(o, path, body), 403, "api.out_of_scope")
				}
				if o.Needs == api.Changing {
					expect(t, name+" with a token for reading", reads.try(o, path, body), 403, "api.out_of_scope")
				}
				got := changes.try(o, path, body)
				switch action, onRecord := actionOf[o.Name], o.PerKind(); {
				case onRecord && !role.Rights.Allow(action, "hazard"):
					expect(t, name, got, 403, "access.may_not")
				case onRecord && !mine && strings.Contains(o.Path, "{id}"):
					expect(t, name, got, 404, "book.no_record")
				case onRecord && !mine && o.Name == "create":
					expect(t, name, got, 403, "access.out_of_scope")
				case o.Of == "figures" && !mine:
					expect(t, name, got, 403, "access.out_of_scope")
				case got.status == 401 || got.status == 403 || got.status >= 500:
					t.Errorf("%s: refused: %d %s", name, got.status, got.body)
				}
				if !mine && strings.Contains(got.body, "外县的隐患") {
					t.Errorf("%s: gives what is another county's: %s", name, got.body)
				}
			}
		}
	}
}

// filled is the path of an operation with a fresh record of a unit in it, and what is sent.
func filled(s *office, o api.Operation, n int, unit string) (path, body string) {
	title := "本区的隐患"
	if unit != "430602" {
		title = "外县的隐患"
	}
	path = o.Path
	if strings.Contains(path, "{id}") {
		h := s.hazardOf(n, unit, title)
		path = strings.Replace(path, "{id}", h.String(), 1)
	}
	path = strings.NewReplacer("{kind}", "hazard", "{step}", "list", "{field}", "attachment", "{sha256}", strings.Repeat("0", 64), "{code}", "work_safety.hazards_found", "{position}", "1", "{name}", "x").Replace(path)
	if strings.HasPrefix(path, "/figures") || path == "/findings" {
		path += "?period=2023&unit=" + unit
	}
	if o.Name == "attach" {
		path += "?name=x.txt"
	}
	body = bodies[o.Name]
	if o.Name == "create" {
		body = strings.Replace(fmt.Sprintf(body, fmt.Sprintf("NEW-%d", n)), `"unit": "430602"`, `"unit": "`+unit+`"`, 1)
	}
	return path, body
}

// tried is what an operation answered.
type tried struct {
	status int
	body   string
}

func (p program) try(o api.Operation, path, body string) tried {
	p.Helper()
	r, err := http.NewRequestWithContext(p.Context(), o.Method, p.server.URL+api.Prefix+path, strings.NewReader(body))
	if err != nil {
		p.Fatal(err)
	}
	if p.token != "" {
		r.Header.Set("Authorization", "Bearer "+p.token)
	}
	r.Header.Set("If-Match", `"1"`)
	if o.Name != "attach" {
		r.Header.Set("Content-Type", "application/json")
	}
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		p.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		p.Fatal(err)
	}
	return tried{resp.StatusCode, string(text)}
}

func expect(t *testing.T, name string, got tried, status int, code string) {
	t.Helper()
	if got.status != status || !strings.Contains(got.body, code) {
		t.Errorf("%s: got %d, want %d with %s\n%s", name, got.status, status, code, got.body)
	}
}

// TestATokenDoesDangerousThingsOnlyByName: a token may be in anybody's hands, so it changes who may do what only where whoever issued it said so.
func TestATokenDoesDangerousThingsOnlyByName(t *testing.T) {
	t.Parallel()
	s := open(t, store.SQLite)
	user := s.person("guanli", "430600", access.Administrator)
	for i, c := range []struct {
		scope  string
		status int
		code   string
	}{
		{"write", 403, "access.by_program"}, {"write:office", 403, "access.by_program"}, {"write read:login_user", 403, "access.by_program"},
		{"write:role", 403, "api.out_of_scope"}, {"write:login_user", 201, ""}, {"write write:login_user", 201, ""},
	} {
		p := s.program(user, c.scope)
		o := api.Operation{Method: "POST", Name: "create"}
		expect(t, c.scope, p.try(o, "/records/login_user", fmt.Sprintf(`{"content": {"unit": "430600", "login": "neu%d", "full_name": "示例", "role": "section"}}`, i)), c.status, c.code)
	}
	p := s.program(user, "write")
	h := s.hazardOf(1, "430602", "本区的隐患")
	expect(t, "what is not dangerous", p.try(api.Operation{Method: "POST", Name: "step"}, "/records/hazard/"+h.String()+"/steps/list", `{}`), 200, "")
}
