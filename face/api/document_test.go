package api_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"anlan/app"
	"anlan/face/api"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/safety/accident"
	"anlan/store"
)

// TestTheDocumentIsTheSameBytesAndNamesEveryOperation: of each kind, but for what the program alone writes.
func TestTheDocumentIsTheSameBytesAndNamesEveryOperation(t *testing.T) {
	t.Parallel()
	first, err := json.Marshal(api.Document(app.Kinds()))
	if err != nil {
		t.Fatal(err)
	}
	again, err := json.Marshal(api.Document(app.Kinds()))
	if err != nil || !bytes.Equal(first, again) {
		t.Errorf("two documents of the same kinds differ: %v", err)
	}
	var d struct {
		OpenAPI string
		Paths   map[string]map[string]struct {
			OperationID string
			Responses   map[string]any
		}
	}
	if err := json.Unmarshal(first, &d); err != nil {
		t.Fatal(err)
	}
	names := map[string]bool{}
	for path, methods := range d.Paths {
		for method, o := range methods {
			if names[o.OperationID] || o.OperationID == "" || o.Responses["default"] == nil {
				t.Errorf("%s %s: the name %q is none, or stands twice", method, path, o.OperationID)
			}
			names[o.OperationID] = true
		}
	}
	for _, want := range []string{"listHazard", "createManyEnforcementCase", "stepHazard", "attachHazard", "figures", "checkpoint", "historyPublication"} {
		if !names[want] {
			t.Errorf("%s is missing", want)
		}
	}
	for _, not := range []string{"createPublication", "changeImportRun", "stepAccident", "attachUnit"} {
		if names[not] {
			t.Errorf("%s is offered", not)
		}
	}
	if d.OpenAPI != "3.1.0" || len(d.Paths) < 200 {
		t.Errorf("version %s, %d paths", d.OpenAPI, len(d.Paths))
	}
}

func TestTheDocumentNeedsNoTokenAndIsGotOnce(t *testing.T) {
	t.Parallel()
	s := open(t, store.SQLite)
	nobody := program{s, ""}
	a := nobody.get("/api/v1/openapi.json", 200).has(`"openapi":"3.1.0"`)
	tag := a.Header.Get("ETag")
	nobody.ask("GET", "/api/v1/openapi.json", "", headers{"If-None-Match", tag}, 304)
	page := nobody.get("/api", 200).has("POST /api/v1/records/hazard", "enter a record", "隐患级别", "!<script", "!style=", "!onclick")
	if policy := page.Header.Get("Content-Security-Policy"); !strings.Contains(policy, "default-src 'none'") || strings.Contains(policy, "unsafe") {
		t.Errorf("policy %q", policy)
	}
	r, err := http.NewRequestWithContext(t.Context(), "GET", s.server.URL+"/api/v1/openapi.json", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Accept-Encoding", "gzip")
	resp, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if resp.Header.Get("Content-Encoding") != "gzip" || resp.ContentLength > 200<<10 {
		t.Errorf("encoding %q, %d bytes", resp.Header.Get("Content-Encoding"), resp.ContentLength)
	}
}

func TestAFigureIsFollowedToItsRecords(t *testing.T) {
	t.Parallel()
	both(t, func(s *office) {
		id := s.hazard(1, "430602", "示例隐患")
		x := &accident.Accident{Number: "SG-00001", OccurredOn: day(s, "2023-03-02"), Casualties: []accident.Casualty{{Name: "示例人员甲", Fate: accident.Death}}}
		x.Unit, x.Place = "430602", "430621"
		at := s.apply(create("accident", x))[0].Position
		p := s.program(s.person("lijun", "430600", access.Section), "read:figures")
		p.get("/api/v1/figures?period=2023", 200).has(`"code":"work_safety.hazards_found"`, `"value":"1"`, `"state":"none_recorded"`, `"why"`)
		p.get("/api/v1/figures/work_safety.hazards_found?period=2023", 200).has(`"measure":"hazard.found"`, `"arithmetic"`, `"expression"`, `"records":1`, `"measured_in":"处"`)
		p.get("/api/v1/figures/work_safety.hazards_found/records?period=2023", 200).has(`"id":"`+id.String()+`"`, `"adds":"+1"`)
		p.get("/api/v1/figures/work_safety.deaths?period=2023&as_of=1", 200).has(`"as_of":1`, `"state":"none_recorded"`)
		p.get("/api/v1/figures/work_safety.deaths?period=2023&as_of="+jsonText(int64(at)), 200).has(`"value":"1"`)
		p.get("/api/v1/figures", 422).has("api.missing_parameter")
		p.get("/api/v1/figures/work_safety.death?period=2023", 404).has("work_safety.death")
		p.get("/api/v1/figures?period=2099", 422)
		p.get("/api/v1/findings?period=2023", 200).has(`"items":[`)
		p.get("/api/v1/publications/77", 403)
	})
}

func jsonText(v any) string {
	b, _ := json.Marshal(v)
	return string(b)
}

func TestPublicationsAndTheCheckpointAreGot(t *testing.T) {
	t.Parallel()
	s := open(t, store.SQLite)
	p := s.program(s.person("lijun", "430600", access.Section), "read:publication read:journal")
	p.get("/api/v1/publications", 200).has(`"items":[]`)
	p.get("/api/v1/publications/77", 404).has("app.not_published")
	p.get("/api/v1/journal/checkpoint", 404).has("app.not_sealed")
	note, err := s.app.Seal(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if got := p.get("/api/v1/journal/checkpoint", 200).body; got != note {
		t.Errorf("got %q, want %q", got, note)
	}
}

// TestWhatIsReadOfPersonsIsJournalled: at this door as at the others.
func TestWhatIsReadOfPersonsIsJournalled(t *testing.T) {
	t.Parallel()
	s := open(t, store.SQLite)
	x := &accident.Accident{Number: "SG-00001", OccurredOn: day(s, "2023-03-02"), Casualties: []accident.Casualty{{Name: "示例人员甲", Fate: accident.Death}}}
	x.Unit, x.Place = "430602", "430621"
	s.apply(create("accident", x))
	s.program(s.person("leader", "430600", access.Leader), "read").get("/api/v1/records/accident", 200).has("SG-00001", "!示例人员甲")
	s.program(s.person("lijun", "430600", access.Section), "read").get("/api/v1/records/accident", 200).has("示例人员甲")
	var read []book.WasRead
	err := s.app.Book.Read(t.Context(), s.admin, 0, func(v *book.View) error {
		return v.Readings(func(r book.WasRead) error { read = append(read, r); return nil })
	})
	if err != nil || len(read) != 1 || read[0].Name != "lijun" || !strings.HasPrefix(read[0].Via, "api:") || read[0].Read[0].Kind != "accident" {
		t.Errorf("%+v %v", read, err)
	}
}
