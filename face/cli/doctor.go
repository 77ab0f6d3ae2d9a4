package cli

import (
	"context"
	"net/url"
	"path/filepath"

	"anlan/app"
	"anlan/ground/fault"
	"anlan/ground/lang"
)

var migrateVerb = verb{
	name: "migrate",
	about: lang.Of("升级数据库结构，为新增或改动的统计项建立台账，更新审计视图",
		"bring the tables up to date, open the accounts of new or changed measures, make the views for auditors anew"),
	example: "anlan migrate",
	run: func(ctx context.Context, e *env) (int, error) {
		if _, err := e.Parse(); err != nil {
			return notDone, err
		}
		a, err := e.open(ctx) // opening brings the tables up to date
		if err != nil {
			return notDone, err
		}
		defer a.Close()
		opened, err := a.Migrate(ctx, e.actor())
		if err != nil {
			return notDone, err
		}
		e.say(lang.Of("数据库结构已是最新，新建%d本台账", "the tables are up to date; %d accounts were opened"), opened)
		return inOrder, nil
	},
}

var doctorVerb = verb{
	name: "doctor", args: "[--format json]",
	about:   lang.Of("列出生效的设置，检查缺什么、哪里不安全、怎样处理", "list the settings in effect; say what is missing or unsafe and how to mend it"),
	example: "anlan doctor",
	run: func(ctx context.Context, e *env) (int, error) {
		e.formatted()
		if _, err := e.Parse(); err != nil {
			return notDone, err
		}
		settings := e.settings()
		checks, err := e.examine(ctx)
		if err != nil {
			return notDone, err
		}
		status := inOrder
		for _, c := range checks {
			if !c.Fine {
				status = notInOrder
			}
		}
		if e.format == "json" {
			return status, writeJSON(e.out, map[string]any{"settings": settings, "checks": checks})
		}
		t := table{out: e.out}
		for _, s := range settings {
			t.row(s.Label.In(e.lang), s.Source.In(e.lang), s.Value)
		}
		t.flush()
		for _, c := range checks {
			e.printCheck(c)
		}
		return status, nil
	},
}

// examine looks at the book. A book that cannot be opened is a finding, not a reason to say nothing.
func (e *env) examine(ctx context.Context) ([]app.Check, error) {
	a, err := e.open(ctx)
	var faults fault.List
	if internal := faults.Add(err); internal != nil {
		return nil, internal
	}
	if err != nil {
		return []app.Check{app.Unopened(faults)}, nil
	}
	defer a.Close()
	return a.Doctor(ctx)
}

func (e *env) printCheck(c app.Check) {
	if c.Fine {
		e.print(lang.Of("✓ %s：%s", "✓ %s: %s"), c.Name.In(e.lang), c.What.In(e.lang))
		return
	}
	e.print(lang.Of("✗ %s：%s", "✗ %s: %s"), c.Name.In(e.lang), c.What.In(e.lang))
	if c.Mend != (lang.Text{}) {
		e.print(lang.Of("  处理：%s", "  mend: %s"), c.Mend.In(e.lang))
	}
}

// setting is an effective value with where it comes from.
type setting struct {
	Name   string    `json:"name"`
	Label  lang.Text `json:"label"`
	Value  string    `json:"value"`
	Source lang.Text `json:"source"`
}

func (e *env) settings() []setting {
	data := e.data
	if abs, err := filepath.Abs(data); err == nil {
		data = abs
	}
	return []setting{
		{"data", lang.Of("数据目录", "data folder"), data, e.Find("data").Source},
		{"db", lang.Of("数据库", "database"), withoutPassword(e.db), e.Find("db").Source},
		{"lang", lang.Of("语言", "language"), string(e.lang), e.Find("lang").Source},
	}
}

// withoutPassword is an address that may be shown; a text that is no address might be one in full and is not repeated.
func withoutPassword(address string) string {
	if address == "" {
		return "SQLite"
	}
	u, err := url.Parse(address)
	if err != nil || u.Scheme == "" {
		return "PostgreSQL"
	}
	q := u.Query()
	for _, secret := range []string{"password", "sslpassword"} {
		if q.Has(secret) {
			q.Set(secret, "xxxxx")
			u.RawQuery = q.Encode()
		}
	}
	return u.Redacted()
}
