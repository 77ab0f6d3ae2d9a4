package house_test

import (
	"crypto/sha256"
	"encoding/hex"
	"go/ast"
	"go/token"
	"math/big"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// exception lets a package, and what stands in its folder, do what the house does not, for a reason.
type exception struct{ pkg, why string }

func excepted(list []exception, pkg string) bool {
	return slices.ContainsFunc(list, func(e exception) bool { return within(pkg, e.pkg) })
}

// within says whether a package stands in a folder.
func within(pkg, folder string) bool { return pkg == folder || strings.HasPrefix(pkg, folder+"/") }

var (
	wallClock = []exception{
		{"ground/clock", "the one place where time enters"},
		{"bench", "measures how long things take"},
		{"journey", "kills real processes at real moments"},
	}
	wallClockCalls = []string{"Now", "Since", "Until", "Sleep", "After", "AfterFunc", "Tick", "NewTicker", "NewTimer"}
)

func TestTimeEntersByTheClockOnly(t *testing.T) {
	t.Parallel()
	each(t, func(s source) {
		if excepted(wallClock, s.pkg) {
			return
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			if e, ok := n.(*ast.SelectorExpr); ok && slices.ContainsFunc(wallClockCalls, func(name string) bool { return isSelector(e, "time", name) }) {
				t.Errorf("%s: time.%s: time is a parameter or a clock.Clock; a year must run in a second", s.line(e), e.Sel.Name)
			}
			return true
		})
	})
}

// exact are the floors and packages in which no number passes through a float; the check of printed figures and the score
// stand or fall with it. Tests may measure themselves.
var (
	exact      = []string{"ground/money", "ground/figure", "store", "record", "account", "app"}
	floatWords = []string{"float32", "float64", "complex64", "complex128"}
	floatCalls = []string{"ParseFloat", "FormatFloat", "AppendFloat"}
)

func TestNoNumberOfMoneyOrFiguresPassesThroughAFloat(t *testing.T) {
	t.Parallel()
	each(t, func(s source) {
		if !slices.ContainsFunc(exact, func(folder string) bool { return within(s.pkg, folder) }) || s.test {
			return
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			switch x := n.(type) {
			case *ast.Ident:
				if slices.Contains(floatWords, x.Name) {
					t.Errorf("%s: %s: money and figures are exact from door to print", s.line(x), x.Name)
				}
			case *ast.SelectorExpr:
				if slices.Contains(floatCalls, x.Sel.Name) {
					t.Errorf("%s: %s: money and figures are exact from door to print", s.line(x), x.Sel.Name)
				}
			case *ast.BasicLit:
				if r, ok := new(big.Rat).SetString(x.Value); x.Kind == token.FLOAT && !(ok && r.IsInt()) { // 1e8 is an integer
					t.Errorf("%s: %s is a float", s.line(x), x.Value)
				}
			}
			return true
		})
	})
}

// statement tells SQL by its keywords, which the house writes in capitals.
var statement = regexp.MustCompile(`\b(SELECT|INSERT|UPDATE|DELETE|CREATE|ALTER|DEFAULT|WHERE|VALUES|SET)\b`)

var databaseClock = regexp.MustCompile(`(?i)\b(now|clock_timestamp|statement_timestamp|transaction_timestamp|unixepoch|julianday)\s*\(|\b(current_timestamp|current_date|current_time|localtimestamp)\b|'now'`)

func TestTheDatabaseNeverSaysWhatTimeItIs(t *testing.T) {
	t.Parallel()
	each(t, func(s source) {
		if s.test && s.pkg == "" {
			return // this test names them
		}
		s.literals(func(at ast.Node, text string) {
			if found := databaseClock.FindString(text); found != "" && statement.MatchString(text) {
				t.Errorf("%s: %s in SQL: time comes from the book's clock", s.line(at), found)
			}
		})
	})
	if err := walk(func(p string) error {
		if path.Ext(p) != ".sql" {
			return nil
		}
		text, err := os.ReadFile(filepath.FromSlash(p))
		if found := databaseClock.Find(text); found != nil {
			t.Errorf("%s: %s: time comes from the book's clock", p, found)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
}

// open marks what somebody meant to do later: that is an issue, not a comment.
var open = regexp.MustCompile(`\b(` + "TO" + `DO|FIX` + `ME|X` + `XX|HA` + `CK)\b`)

// somebodys are paths of somebody's machine.
var somebodys = regexp.MustCompile(`(^|[\s"'(=:` + "`" + `])/(wo` + `rk|ro` + `ot|ho` + `me|Us` + `ers)/\w+`)

// unsaid are words that tell by whom and where the house was built instead of what it is, as SHA-256 in hexadecimal so
// that this list does not say them either.
var unsaid = map[string]bool{
	"fbb8037df8cc90503026c4dfd1faae09d040aeb3ecceab2df6411ae608e5e394": true,
	"94a168d2da574b00ec6c787377278465271cf2b97e68af076fc3eee87eba8664": true,
	"d298391b07433318a02bd922ed5b90112a4302606c4928b54e3fb1c18130d92e": true,
}

var words = regexp.MustCompile(`[a-z]+(-[a-z]+)*`)

// othersScript is where what others wrote for browsers lies when it was fetched; no commit keeps it.
const othersScript = "face/web/extra/qr/"

func TestNothingIsLeftOpenAndNothingTellsWhereItWasWritten(t *testing.T) {
	t.Parallel()
	said := map[string]string{} // word → first file
	if err := walk(func(p string) error {
		if strings.HasPrefix(p, othersScript) {
			return nil
		}
		text, err := os.ReadFile(filepath.FromSlash(p))
		if err != nil || !utf8.Valid(text) {
			return err // a picture or a foreign encoding
		}
		n := 0
		for line := range strings.Lines(string(text)) {
			n++
			if found := open.FindString(line); found != "" {
				t.Errorf("%s:%d: %s: what is open is an issue", p, n, found)
			}
			if found := somebodys.FindString(line); found != "" {
				t.Errorf("%s:%d: %s is a path of somebody's machine", p, n, found)
			}
			for _, w := range words.FindAllString(strings.ToLower(line), -1) {
				if said[w] == "" {
					said[w] = p
				}
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	for w, p := range said {
		sum := sha256.Sum256([]byte(w))
		if unsaid[hex.EncodeToString(sum[:])] {
			t.Errorf("%s: %q does not belong into the house", p, w)
		}
	}
}

// han says whether a text has a Chinese character.
func han(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) }) >= 0
}

// english says whether a text is English: it may name a Chinese unit, term or example.
func english(s string) bool {
	latin, chinese := 0, 0
	for _, r := range s {
		switch {
		case unicode.Is(unicode.Latin, r):
			latin++
		case unicode.Is(unicode.Han, r):
			chinese++
		}
	}
	return chinese == 0 || latin > chinese
}

// TestEveryTextStandsInBothLanguages reads the declarations; texts that are put together while running are tested where
// they are made.
func TestEveryTextStandsInBothLanguages(t *testing.T) {
	t.Parallel()
	each(t, func(s source) {
		if s.test {
			return
		}
		s.calls("fault", "Define", func(c *ast.CallExpr) {
			if len(c.Args) == 4 {
				pair(t, s, c.Args[2], c.Args[3], true)
			}
		})
		s.calls("lang", "Of", func(c *ast.CallExpr) {
			if len(c.Args) == 2 {
				pair(t, s, c.Args[0], c.Args[1], false)
			}
		})
		ast.Inspect(s.file, func(n ast.Node) bool {
			if x, ok := n.(*ast.CompositeLit); ok && x.Type != nil && isSelector(x.Type, "lang", "Text") {
				wholeText(t, s, x)
			}
			return true
		})
	})
}

// pair checks the two halves of a text: both there, each in its language, and with the same arguments.
func pair(t *testing.T, s source, zh, en ast.Expr, sentence bool) {
	t.Helper()
	z, isZ := literal(zh)
	e, isE := literal(en)
	switch {
	case isZ && z == "" || isE && e == "":
		t.Errorf("%s: a half of the text is empty", s.line(zh))
	case sentence && isZ && !han(z):
		t.Errorf("%s: %q is not Chinese", s.line(zh), z)
	case isE && !english(e):
		t.Errorf("%s: %q is not English", s.line(en), e)
	case isZ && isE && !slices.Equal(arguments(z), arguments(e)):
		t.Errorf("%s: the halves take different arguments: %v and %v", s.line(zh), arguments(z), arguments(e))
	}
}

// wholeText checks a lang.Text{…}: empty, or both halves.
func wholeText(t *testing.T, s source, x *ast.CompositeLit) {
	t.Helper()
	halves := map[string]ast.Expr{}
	for i, e := range x.Elts {
		if kv, ok := e.(*ast.KeyValueExpr); ok {
			halves[kv.Key.(*ast.Ident).Name] = kv.Value
		} else {
			halves[[]string{"Zh", "En"}[i]] = e
		}
	}
	switch len(halves) {
	case 1:
		t.Errorf("%s: half a text", s.line(x))
	case 2:
		pair(t, s, halves["Zh"], halves["En"], false)
	}
}

var verb = regexp.MustCompile(`%(?:%|[-+# 0]*(\d+|\*)?(?:\.(?:\d+|\*))?(?:\[(\d+)\])?([a-zA-Z]))`)

// arguments says which arguments a format takes, in order of their number: "1d 2s". Ways of showing a text are one: %s, %q
// and %v.
func arguments(format string) (out []string) {
	next := 1
	for _, m := range verb.FindAllStringSubmatch(format, -1) {
		if m[0] == "%%" {
			continue
		}
		n := next
		if m[2] != "" {
			n = 0
			for _, d := range m[2] {
				n = n*10 + int(d-'0')
			}
		}
		next = n + 1
		show := m[3]
		if show == "q" || show == "v" {
			show = "s"
		}
		out = append(out, string(rune('0'+n))+show)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func TestArgumentsOfAFormat(t *testing.T) {
	t.Parallel()
	for format, want := range map[string][]string{
		"":                       nil,
		"100%% of %s":            {"1s"},
		"%q after %d":            {"1s", "2d"},
		"%[2]d days after %[1]v": {"1s", "2d"},
		"%[1]s, %[1]q, %s":       {"1s", "2s"},
		"%-20s|%5.1f":            {"1s", "2f"},
	} {
		if got := arguments(format); !slices.Equal(got, want) {
			t.Errorf("%q takes %v, want %v", format, got, want)
		}
	}
}
