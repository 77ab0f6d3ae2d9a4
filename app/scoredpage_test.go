package app_test

import (
	"encoding/json"
	"fmt"
	"html"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"anlan/account/evaluation/rule"
	"anlan/account/report"
	"anlan/app"
	"anlan/ground/figure"
	"anlan/store"
)

// The page gives the scores of a folder again, as Verify does, and shares no code with it.
func TestThePageGivesScoresAgain(t *testing.T) {
	t.Parallel()
	chromium := browser(t)
	w := found(t, store.SQLite)
	dir := filepath.Join(t.TempDir(), "report")
	if _, err := w.app.Report(w.ctx, w.admin, app.ReportRequest{Template: w.scored(), Period: year2023, Dir: dir}); err != nil {
		t.Fatal(err)
	}
	changed := func(old, new string) func(map[string][]byte) {
		return func(files map[string][]byte) {
			if !strings.Contains(string(files[report.Figures]), old) {
				t.Fatalf("no %q in %s", old, files[report.Figures])
			}
			files[report.Figures] = []byte(strings.Replace(string(files[report.Figures]), old, new, 1))
		}
	}
	score := func(id, from, to string) func(map[string][]byte) {
		return func(files map[string][]byte) {
			before, after, found := strings.Cut(string(files[report.Figures]), `"id": "`+id+`"`)
			if !found || !strings.Contains(after, `"value": "`+from+`"`) {
				t.Fatalf("no %s with %s in %s", id, from, files[report.Figures])
			}
			after = strings.Replace(after, `"value": "`+from+`"`, `"value": "`+to+`"`, 1)
			files[report.Figures] = []byte(before + `"id": "` + id + `"` + after)
		}
	}
	unaided := func(alter func(map[string][]byte), want ...string) seeing { return seeing{alter: alter, want: want} }
	const refused = `data-sound="false"`
	seen(t, chromium, dir, map[string]seeing{
		"as published":               unaided(func(map[string][]byte) {}, `data-sound="true"`, "10个分值和得分按随报告公开的评分方案重新给出", "每发现一例扣2分", "2个数据不由记录算出（由人评判的得分"),
		"the whole":                  unaided(score("whole.score", "76", "96"), refused, "“总得分”（whole.score）应为76分，公开的是96"),
		"the points of the whole":    unaided(score("whole.points", "100", "90"), refused, "“满分”（whole.points）应为100分，公开的是90"),
		"a line that a value scores": unaided(score("whole.line-1.score", "56", "60"), refused, "应为56分，公开的是60"),
		"the points of a line":       unaided(score("whole.line-1.points", "60", "56"), refused, "应为60分，公开的是56"),
		"what a line lost":           unaided(score("whole.lost-1.lost", "4", "1"), refused, "应为4分，公开的是1"),
		"a judged line":              unaided(score("whole.line-2.score", "20", "30"), refused, "（whole.line-2.score）应为20分，公开的是30"),
		"the points of the scheme":   unaided(changed(`"points": "60"`, `"points": "70"`), refused, "与方案的文字不符"),
		"the rule":                   unaided(changed("less 2 each", "less 1 each"), refused, "应为58分，公开的是56"),
		"no rule":                    unaided(changed(`"rule": "less 2 each`, `"rule": "none 2 each`), `data-sound`, "个数据不由记录算出"),
		"another evaluation":         unaided(changed(`"recompute": "anlan evaluate --scheme own`, `"recompute": "anlan evaluate --scheme other`), refused, "所依据的评分方案没有列在figures.json里"),
		"another line":               unaided(changed("履职成效得分", "事故起数得分"), refused, "不是它的评分方案给出的得分"),
	})
}

// A rule in the notation that a folder brings gives in the page what it gives here, whatever the value.
func TestThePageScoresByEveryRule(t *testing.T) {
	t.Parallel()
	chromium := browser(t)
	w := found(t, store.SQLite)
	w.small()
	page, err := os.ReadFile(filepath.Join(w.report(), report.VerifyPage))
	if err != nil {
		t.Fatal(err)
	}
	unit := func(word string) figure.Unit {
		u, ok := figure.UnitOf(word)
		if !ok {
			t.Fatalf("no unit %q", word)
		}
		return u
	}
	full := big.NewRat(10, 1)
	type call struct{ Rule, Full, Value, Unit, want string }
	var calls []call
	for _, c := range []struct {
		wording, target, unit string
		reverse               bool
	}{
		{"完成值÷100%×10分", "", "%", false},
		{"按完成比例计分", "30", "起", false},
		{"按完成比例计分", "30", "起", true},
		{"按完成比例计分", "0", "起", true},
		{"达到目标值计满分，否则不得分", "90", "%", false},
		{"达到目标值计满分，否则不得分", "3", "起", true},
		{"≤100%计10分，每超过1个百分点扣1分，扣完为止", "", "%", false},
		{"100%计满分，每低于3个百分点扣0.7分（不足的舍去），扣完为止", "", "%", false},
		{"100%计满分，每低于3个百分点扣0.7分（不足的进一），扣完为止", "", "%", false},
		{"=100%计满分，每偏离3个百分点扣0.7分，扣完为止", "", "%", false},
		{"每发现一例不合规支出扣1分，扣完为止", "", "项", false},
		{"每发现一例不合规支出扣1分，扣完为止", "", "%", false},
		{"≥90%计10分；80%（含）-90%计6分；70%（含）-80%计2分；低于70%计0分", "", "%", false},
		{"≤100万元计满分，每超过10万元扣1分，扣完为止", "", "元", false},
	} {
		r, err := rule.Parse(c.wording)
		if err != nil {
			t.Fatalf("%s: %v", c.wording, err)
		}
		if c.target != "" {
			n, _ := new(big.Rat).SetString(c.target)
			r = r.WithTarget(rule.Amount{Number: n, Unit: unit(c.unit)}, c.reverse)
		}
		m := r.Form.(rule.Measured)
		for _, u := range []string{c.unit, "人"} {
			for _, value := range []string{"0", "-3", "1", "3", "29", "30", "69.99", "70", "79.5", "80", "88", "89.999", "90", "91.3", "97", "98.5", "99.49", "100", "100.5", "103", "107.1", "1000000", "1055000.5", "5000000", "100/3"} {
				n, _ := new(big.Rat).SetString(value)
				want := ""
				if m.Fits(unit(u)) == nil {
					if s, ok := m.Score(full, rule.Amount{Number: n, Unit: unit(u)}); ok {
						want = s.Points.RatString()
					}
				}
				calls = append(calls, call{r.Settled(), "10", value, u, want})
			}
		}
	}
	given, err := json.Marshal(calls)
	if err != nil {
		t.Fatal(err)
	}
	body := dumped(t, chromium, page, `
		const text = x => x === null ? "" : x.d === 1n ? String(x.n) : x.n + "/" + x.d, said = [];
		for (const c of `+string(given)+`) {
			let got = "";
			try { got = text(scoredBy(c.Rule, amount(c.Full), amount(c.Value), c.Unit)); } catch { /* in a unit that it does not score */ }
			said.push(got);
		}
		document.body.replaceChildren(said.join("|"));`)
	_, got, _ := strings.Cut(strings.TrimSpace(html.UnescapeString(body)), ">")
	got, _, _ = strings.Cut(got, "<")
	results := strings.Split(got, "|")
	if len(results) != len(calls) {
		t.Fatalf("%d results of %d: %s", len(results), len(calls), body)
	}
	for i, c := range calls {
		if results[i] != c.want {
			t.Error(fmt.Sprintf("%s of %s%s", c.Rule, c.Value, c.Unit), "is", results[i], "in the page and", c.want, "here")
		}
	}
}
