package house_test

import (
	"go/ast"
	"os"
	"path"
	"slices"
	"strings"
	"testing"

	"golang.org/x/mod/modfile"
)

// floors from the ground up: a value walks one way, so a package imports from the floors below its own.
var floors = []string{"ground", "store", "record", "wings", "account", "app", "face", "cmd", "trial"}

// openFloors are those inside which any way without a cycle is allowed.
var openFloors = []string{"ground", "store", "record", "app"}

// wings are the lines of work, one folder each.
var wings = []string{"watch", "call", "respond", "safety", "relief", "resource", "public", "office"}

// trials drive the whole house from outside; nothing imports them.
var trials = []string{"", "journey", "bench", "docs", "tools", "packaging"}

// values go through the account floor from left to right, so a package may import those to its left.
var values = []string{"source", "indicator", "evaluation", "report", "disclosure"}

// rooms of one floor that may not know each other.
var faces = []string{"web", "api", "meter"}

// room is where a package stands.
type room struct {
	floor int
	wing  string // "safety", on the floor of the wings; "bench" among the trials
	name  string // "check": the folder below the floor or wing
}

// roomOf gives the room of a package by its path below the module; ok is false for a folder that no floor has.
func roomOf(pkg string) (r room, ok bool) {
	first, rest, _ := strings.Cut(pkg, "/")
	name, _, _ := strings.Cut(rest, "/")
	floor := first
	switch {
	case slices.Contains(wings, first):
		floor, r.wing = "wings", first
	case slices.Contains(trials, first):
		floor, r.wing = "trial", first
	}
	r.name, r.floor = name, slices.Index(floors, floor)
	return r, r.floor >= 0
}

func (r room) on(floor string) bool { return floors[r.floor] == floor }

// refusal is the reason why package from may not import package to; "" when it may.
func refusal(from, to string) string {
	a, known := roomOf(from)
	b, knownToo := roomOf(to)
	switch {
	case !known || !knownToo:
		return "every folder stands on a floor of the house (docs/architecture.md)"
	case from == to, a.floor == b.floor && slices.Contains(openFloors, floors[a.floor]):
		return ""
	case a.on("account") && a.name == "check":
		return refusalOfCheck(b)
	case b.floor > a.floor:
		return "a value walks one way: what stands above is not needed below; move the boundary"
	case b.on("trial") && a.wing != b.wing:
		return "what tries the house from outside is no part of it"
	case b.on("app") && !a.on("face") && !a.on("trial"):
		return "app joins the parts for the faces; nobody else takes the whole machine"
	case a.on("cmd") && (!b.on("face") || b.name != "cli"):
		return "a command parses nothing and decides nothing: it calls face/cli"
	case a.on("wings") && b.on("wings"):
		return refusalOfWings(a, b)
	case a.on("account") && b.on("account"):
		return refusalOfAccount(a, b)
	case a.on("face") && b.on("face") && a.name != b.name && slices.Contains(faces, a.name):
		return "faces do not lean on each other; only cli starts the others"
	}
	return ""
}

func refusalOfCheck(to room) string {
	if to.on("ground") || to.on("account") && to.name == "check" {
		return ""
	}
	return "the checker judges any report from its quoted text alone: it knows the words of the ground and nothing of us"
}

func refusalOfWings(from, to room) string {
	switch {
	case from.wing != to.wing:
		return "wings never meet: what one must tell another is an event, named below and subscribed to in app"
	case from.name != to.name:
		return "kinds refer to each other by ref fields, never by package"
	}
	return ""
}

func refusalOfAccount(from, to room) string {
	if from.name == to.name || from.name == "report" && to.name == "check" {
		return ""
	}
	i, j := slices.Index(values, from.name), slices.Index(values, to.name)
	switch {
	case to.name == "check":
		return "only report checks itself before it goes out; everybody else reads the checker's result"
	case i < 0 || j < 0:
		return "the account floor holds " + strings.Join(values, ", ") + " and check"
	case j > i:
		return "figures go from " + strings.Join(values, " to ") + ", never back"
	}
	return ""
}

// TestEachArrowThatIsForbiddenIsRefused shows the rules at work, so that none is lost unseen.
func TestEachArrowThatIsForbiddenIsRefused(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		from, to string
		allowed  bool
	}{
		{"record/book", "store/journal", true},
		{"record", "record/field", true},
		{"store", "record", false},
		{"ground/figure", "ground/lang", true},
		{"ground/figure", "store", false},
		{"safety/hazard", "record", true},
		{"safety/hazard", "resource/unit", false},
		{"safety/hazard", "safety/accident", false},
		{"safety/hazard/form", "safety/hazard", true},
		{"safety/hazard", "account/indicator", false},
		{"account/report", "account/indicator", true},
		{"account/report", "account/check", true},
		{"account/indicator", "account/report", false},
		{"account/indicator", "account/check", false},
		{"account/check", "ground/figure", true},
		{"account/check/reading", "account/check", true},
		{"account/check", "store", false},
		{"account/check", "account/indicator", false},
		{"account/drawer", "account/indicator", false},
		{"app", "safety/hazard", true},
		{"face/cli", "app", true},
		{"app/demo", "app", true},
		{"account/report", "app", false},
		{"cmd/anlan", "face/cli", true},
		{"cmd/anlan", "app", false},
		{"face/cli", "face/web", true},
		{"face/web", "face/cli", false},
		{"journey", "app", true},
		{"", "face/cli", true},
		{"face/cli", "journey", false},
		{"bench/figures", "bench", true},
		{"journey", "bench", false},
		{"drawer", "ground/lang", false},
	} {
		if why := refusal(c.from, c.to); (why == "") != c.allowed {
			t.Errorf("%q imports %q: got %q, allowed must be %v", c.from, c.to, why, c.allowed)
		}
	}
}

func TestNoArrowPointsUpOrSideways(t *testing.T) {
	t.Parallel()
	each(t, func(s source) {
		if _, ok := roomOf(s.pkg); !ok {
			t.Errorf("%s: %s", s.path, refusal(s.pkg, "ground"))
		}
		s.imports(func(at *ast.ImportSpec, target string) {
			to, ours := strings.CutPrefix(target, module+"/")
			if !ours {
				return
			}
			if why := refusal(s.pkg, to); why != "" {
				t.Errorf("%s imports %s: %s", s.line(at), to, why)
			}
			if strings.HasSuffix(path.Base(to), "test") && !s.helpsTests() {
				t.Errorf("%s imports %s: what helps tests stays out of the program", s.line(at), to)
			}
		})
	})
}

// A door is a line of docs/dependencies.md: a module and the packages of ours that it stands behind.
type door struct {
	module string
	behind []string // "tests": test files of any package
}

const dependencies = "docs/dependencies.md"

// doors reads the table of docs/dependencies.md: | `module` | licence | `package` … | reason |
func doors(t *testing.T) []door {
	t.Helper()
	text, err := os.ReadFile(dependencies)
	if err != nil {
		t.Fatal(err)
	}
	var out []door
	for line := range strings.Lines(string(text)) {
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		if len(cells) != 4 || !strings.HasPrefix(strings.TrimSpace(cells[0]), "`") {
			continue
		}
		for i, c := range cells {
			if strings.TrimSpace(c) == "" {
				t.Errorf("%s: column %d is empty in %s", dependencies, i+1, line)
			}
		}
		d := door{module: quoted(cells[0])[0], behind: quoted(cells[2])}
		if strings.Contains(cells[2], "tests") {
			d.behind = append(d.behind, "tests")
		}
		out = append(out, d)
	}
	return out
}

// quoted gives what stands between backquotes.
func quoted(s string) (out []string) {
	for i, part := range strings.Split(s, "`") {
		if i%2 == 1 {
			out = append(out, part)
		}
	}
	return out
}

// opens says whether a file may import the module; a trial of the whole house is a test.
func (d door) opens(s source) bool {
	r, ok := roomOf(s.pkg)
	tries := s.helpsTests() || ok && r.on("trial")
	return slices.Contains(d.behind, "tests") && tries || slices.Contains(d.behind, s.pkg)
}

func TestAThirdPartyEntersByOneDoorAndForAReason(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("go.mod")
	if err != nil {
		t.Fatal(err)
	}
	mod, err := modfile.Parse("go.mod", text, nil)
	if err != nil {
		t.Fatal(err)
	}
	table := doors(t)
	known := func(module string) int {
		return slices.IndexFunc(table, func(d door) bool { return d.module == module })
	}
	for _, r := range mod.Require {
		if !r.Indirect && known(r.Mod.Path) < 0 {
			t.Errorf("%s has no line for %s: what is it for, under which licence, behind which package?", dependencies, r.Mod.Path)
		}
	}
	used := map[string]bool{}
	each(t, func(s source) {
		s.imports(func(at *ast.ImportSpec, target string) {
			if first, _, _ := strings.Cut(target, "/"); !strings.Contains(first, ".") {
				return
			}
			i := slices.IndexFunc(table, func(d door) bool { return target == d.module || strings.HasPrefix(target, d.module+"/") })
			switch {
			case i < 0:
				t.Errorf("%s imports %s, which %s does not list", s.line(at), target, dependencies)
			case !table[i].opens(s):
				t.Errorf("%s imports %s, which stands behind %v", s.line(at), target, table[i].behind)
			default:
				used[table[i].module] = true
			}
		})
	})
	for _, d := range table {
		if !used[d.module] {
			t.Errorf("%s lists %s, which nothing imports", dependencies, d.module)
		}
	}
}
