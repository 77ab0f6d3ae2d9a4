package house_test

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"

	"anlan/account/source/shipped"
	"anlan/app"
	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/record"
	"anlan/record/field"

	_ "anlan/face/cli" // declares faults of its own
)

// fresh compares a generated file with what it should be, and writes it under -update.
func fresh(t *testing.T, name, want string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(name, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	got, err := os.ReadFile(name)
	if err != nil {
		t.Fatalf("%v (go test . -update writes it)", err)
	}
	if string(got) == want {
		return
	}
	a, b := strings.Split(string(got), "\n"), strings.Split(want, "\n")
	for i := range max(len(a), len(b)) {
		if i >= len(a) || i >= len(b) || a[i] != b[i] {
			t.Errorf("%s is not fresh from line %d on:\n got %s\nwant %s\ngo test . -update writes it again", name, i+1, lineOf(a, i), lineOf(b, i))
			return
		}
	}
}

func lineOf(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return "(end)"
}

const generated = "<!-- Written by `go test . -update` from the declarations; not edited by hand. -->\n"

// page builds a generated page.
type page struct{ strings.Builder }

func (p *page) line(format string, args ...any) { fmt.Fprintf(p, format+"\n", args...) }

// cell makes a text fit into a cell of a table.
func cell(s string) string {
	return strings.NewReplacer("|", `\|`, "\n", "<br>", "<", "&lt;").Replace(s)
}

var faultKinds = map[fault.Kind]string{
	fault.Invalid: "invalid", fault.NotFound: "not found", fault.Denied: "denied", fault.Conflict: "conflict",
	fault.Broken: "broken", fault.Unable: "unable", fault.TooLarge: "too large", fault.Undefined: "undefined",
}

func TestTheListOfFaultsIsFresh(t *testing.T) {
	t.Parallel()
	all := fault.All()
	linked := func(code string) bool {
		return slices.ContainsFunc(all, func(d *fault.Declaration) bool { return d.Code == code })
	}
	each(t, func(s source) {
		if s.helpsTests() || s.pkg == "ground/fault" {
			return
		}
		s.calls("fault", "Define", func(c *ast.CallExpr) {
			if code, ok := literal(c.Args[0]); ok && !linked(code) {
				t.Errorf("%s: %s is declared and in no program: does anything use package %s?", s.line(c), code, s.pkg)
			}
		})
	})
	var p page
	p.WriteString("# Faults\n\n" + generated)
	p.line("\nWhat the program says when it refuses or finds something wrong: a stable code, its kind, and the sentence in both languages.\n" +
		"The sentence comes after the place (file, sheet, row, column, field, line) where it is known. `%%s`, `%%d` stand for what was found.\n")
	p.line("| kind | means |\n|---|---|")
	for _, k := range [][2]string{
		{"invalid", "what was given cannot be accepted"}, {"not found", "what was asked for is not there"}, {"denied", "the actor may not"},
		{"conflict", "somebody was faster, or the state does not allow it"}, {"broken", "what is stored is not what it must be: tampering or damage"},
		{"unable", "the surroundings do not allow it: disk, database, permission"}, {"too large", "over a stated bound"},
		{"undefined", "a declaration (indicator, report, kind) is wrong"},
	} {
		p.line("| %s | %s |", k[0], k[1])
	}
	noun := ""
	for _, d := range all {
		if n, _, _ := strings.Cut(d.Code, "."); n != noun {
			noun = n
			p.line("\n## %s\n\n| code | kind | 中文 | English |\n|---|---|---|---|", noun)
		}
		if faultKinds[d.Kind] == "" {
			t.Errorf("%s is of no known kind", d.Code)
		}
		if !slices.Equal(arguments(d.Text.Zh), arguments(d.Text.En)) {
			t.Errorf("%s: its sentences take different arguments: %v and %v", d.Code, arguments(d.Text.Zh), arguments(d.Text.En))
		}
		if !d.Text.Whole() || !han(d.Text.Zh) || !english(d.Text.En) {
			t.Errorf("%s does not speak both languages: %q, %q", d.Code, d.Text.Zh, d.Text.En)
		}
		if !faultCode.MatchString(d.Code) {
			t.Errorf("%q is no fault code: noun.what_happened", d.Code)
		}
		p.line("| `%s` | %s | %s | %s |", d.Code, faultKinds[d.Kind], cell(d.Text.Zh), cell(d.Text.En))
	}
	fresh(t, "docs/faults.md", p.String())
}

var faultCode = regexp.MustCompile(`^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+$`)

func TestTheDrawingsOfTheStatesAreFresh(t *testing.T) {
	t.Parallel()
	var p page
	p.WriteString("# States\n\n" + generated)
	p.line("\nThe states of each kind of record and the steps between them. Every record may also be *withdrawn* (作废) with a reason: it is kept,\n" +
		"and counts nowhere. *Four eyes*: whoever entered the record, changed it last or made the previous step may not make this one, nor whoever acts for them. *Reason*: one must be given.")
	var plain []string
	for _, k := range app.Kinds() {
		if len(k.Steps()) == 0 {
			plain = append(plain, fmt.Sprintf("`%s` %s", k.Code(), k.Label().Zh))
			continue
		}
		drawStates(&p, k)
	}
	p.line("\n## Kinds without a workflow\n\nTheir records are *kept* (有效) or *withdrawn* (作废): %s.", strings.Join(plain, ", "))
	fresh(t, "docs/states.md", p.String())
}

func drawStates(p *page, k record.Of) {
	p.line("\n## %s %s\n\n```mermaid\nstateDiagram-v2", k.Code(), k.Label().Zh)
	for _, s := range k.States() {
		if s.State != record.Withdrawn {
			p.line("    %s: %s %s", s.State, s.Label.Zh, s.Label.En)
		}
	}
	p.line("    [*] --> %s", k.Start())
	for _, s := range k.Steps() {
		p.line("    %s --> %s: %s", s.From, s.To, s.Label.Zh)
	}
	p.line("```\n\n| step | 中文 | from | to | asks for |\n|---|---|---|---|---|")
	for _, s := range k.Steps() {
		var asks []string
		if s.FourEyes {
			asks = append(asks, "four eyes")
		}
		if s.Reason {
			asks = append(asks, "a reason")
		}
		if len(s.Roles) > 0 {
			asks = append(asks, strings.Join(s.Roles, " or "))
		}
		p.line("| `%s` | %s | %s | %s | %s |", s.Action, s.Label.Zh, s.From, s.To, strings.Join(asks, ", "))
	}
}

func TestTheListOfKindsIsFresh(t *testing.T) {
	t.Parallel()
	var p page
	p.WriteString("# Kinds of record\n\n" + generated)
	p.line("\nThe fields and measures of each kind, in the order of the paper form. *Key*: by these fields an import finds the record that a row is\n" +
		"about. `anlan template KIND` gives the spreadsheet, `anlan kinds KIND` this list on the command line.")
	for _, k := range app.Kinds() {
		whole(t, k.Code(), k.Label())
		p.line("\n## %s %s, %s", k.Code(), k.Label().Zh, k.Label().En)
		if keys := k.KeyFields(); len(keys) > 0 {
			var names []string
			for _, f := range keys {
				names = append(names, "`"+f.Code+"`")
			}
			p.line("\nKey: %s.", strings.Join(names, ", "))
		}
		p.line("\n| field | 中文 | English | type | sensitivity | must be |\n|---|---|---|---|---|---|")
		for _, f := range k.Fields() {
			listField(t, &p, k.Code(), "", f)
		}
		if specs := k.MeasureSpecs(); len(specs) > 0 {
			p.line("\n| measure | 中文 | English | unit | shape | definition |\n|---|---|---|---|---|---|")
			for i, m := range specs {
				words := k.MeasureWords(i)
				whole(t, m.Code, m.Label)
				whole(t, m.Code, words)
				p.line("| `%s` | %s | %s | %s | %s | %s |", m.Code, m.Label.Zh, m.Label.En, m.Unit, m.Shape, cell(words.Zh))
			}
		}
	}
	fresh(t, "docs/kinds.md", p.String())
}

// TestTheListOfItemsIsFresh: whoever enters final accounts or returns finds the codes of their items in a list.
func TestTheListOfItemsIsFresh(t *testing.T) {
	t.Parallel()
	var p page
	p.WriteString("# Items of the forms 报表和决算的项目代码\n\n" + generated)
	p.line("\n决算（`final_accounts_line`）和决算与账务调节（`reconciliation`）的“决算项目代码”填表 `final` 的代码；报表（`stat_return`）各项填所报报表的代码。没有代码的行记入账册，但不计入决算项目；写明所属专项或经济分类的行计入明细。\n" +
		"单位自己改过的报表制度以账册为准：`anlan show stat_form/final`。合计的各项都填了，系统核对合计；对应的统计项说明由哪些记录解释。\n\n" +
		"The codes that come with the program, for the column 决算项目代码 of final accounts (form `final`) and for the items of returns. A book may change its forms: `anlan show stat_form/final`\n" +
		"prints them as they stand. A total is held against its parts where all of them are stated; what an item stands for is the measure that the records explain it by ([sources.md](sources.md)).")
	for line := range strings.Lines(string(shipped.Forms)) {
		var form struct{ Code, Name, Item string }
		if err := json.Unmarshal([]byte(line), &form); err != nil {
			t.Fatal(err)
		}
		p.line("\n## `%s` %s\n\n| code 代码 | 名称 | English | unit 单位 | part of 其中项所属 | stands for 对应统计项 |\n|---|---|---|---|---|---|", form.Code, form.Name)
		for item := range strings.SplitSeq(form.Item, "\n") {
			x := strings.Split(item, " | ")
			if len(x) != 7 {
				t.Fatalf("%s: %q has %d columns", form.Code, item, len(x))
			}
			code := func(s string) string {
				if s = strings.TrimSpace(s); s == "" {
					return ""
				}
				return "`" + s + "`"
			}
			p.line("| `%s` | %s | %s | %s | %s | %s |", x[0], x[1], x[2], x[3], code(x[6]), code(x[5]))
		}
	}
	fresh(t, "docs/items.md", p.String())
}

func listField(t *testing.T, p *page, kind, prefix string, f *field.Spec) {
	t.Helper()
	name := prefix + f.Code
	whole(t, kind+"."+name, f.Label)
	if f.Help != (lang.Text{}) {
		whole(t, kind+"."+name+" (help)", f.Help)
	}
	var must []string
	switch {
	case f.Derived:
		must = append(must, "computed")
	case f.Required:
		must = append(must, "given")
	}
	if f.Retired {
		must = append(must, "retired")
	}
	for _, r := range f.Rules {
		whole(t, kind+"."+name+" (rule)", r)
		must = append(must, r.En)
	}
	if len(f.Choices) > 0 {
		var choices []string
		for _, c := range f.Choices {
			whole(t, kind+"."+name+" = "+c.Code, c.Label)
			choices = append(choices, c.Code+" "+c.Label.Zh)
		}
		must = append(must, strings.Join(choices, " / "))
	}
	typ := string(f.Type)
	if f.Unit != "" {
		typ += " in " + f.Unit
	}
	if f.RefKind != "" {
		typ += " → " + f.RefKind
	}
	p.line("| `%s` | %s | %s | %s | %s | %s |", name, f.Label.Zh, f.Label.En, typ, f.Sensitivity.Label().En, cell(strings.Join(must, "; ")))
	for _, row := range f.Rows {
		listField(t, p, kind, name+".", row)
	}
}

// whole demands both languages of a text.
func whole(t *testing.T, where string, text lang.Text) {
	t.Helper()
	if !text.Whole() || !english(text.En) {
		t.Errorf("%s does not speak both languages: %q, %q", where, text.Zh, text.En)
	}
}

func TestTheListOfLinkedPackagesIsFresh(t *testing.T) {
	t.Parallel()
	cmd := exec.Command("go", "list", "-deps", "-f", "{{if not .Standard}}{{.ImportPath}}{{end}}", "./cmd/anlan")
	cmd.Env = append(os.Environ(), "GOOS=linux", "GOARCH=amd64", "CGO_ENABLED=0")
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	foreign := slices.DeleteFunc(strings.Fields(string(out)), func(p string) bool { return p == module || strings.HasPrefix(p, module+"/") })
	slices.Sort(foreign)
	fresh(t, "docs/linked-packages.txt", strings.Join(foreign, "\n")+"\n")
}
