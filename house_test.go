// Package house_test keeps the house in order: which package may import which and why, what each package says of itself,
// where time, floats and third parties may enter, that every text stands in both languages, and that the generated lists
// in docs/ are fresh (go test . -update writes them again).
package house_test

import (
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
)

var update = flag.Bool("update", false, "write the generated lists in docs/ again")

const (
	module   = "anlan"
	linesMax = 900 // of one Go file; style asks for about 500
)

// source is one Go file of the house.
type source struct {
	path string // "record/book/book.go"
	pkg  string // "record/book"; "" at the root
	test bool
	text []byte
	file *ast.File
}

// line names the place of a node.
func (s source) line(n ast.Node) string {
	return s.path + ":" + strconv.Itoa(files.Position(n.Pos()).Line)
}

// helpsTests says whether s is a test or stands in a package that only tests use: storetest, recordtest …
func (s source) helpsTests() bool { return s.test || strings.HasSuffix(s.pkg, "test") }

var files = token.NewFileSet()

// sources parses every Go file once.
var sources = sync.OnceValues(func() ([]source, error) {
	var out []source
	err := walk(func(p string) error {
		if path.Ext(p) != ".go" {
			return nil
		}
		text, err := os.ReadFile(filepath.FromSlash(p))
		if err != nil {
			return err
		}
		f, err := parser.ParseFile(files, p, text, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		dir := path.Dir(p)
		if dir == "." {
			dir = ""
		}
		out = append(out, source{path: p, pkg: dir, test: strings.HasSuffix(p, "_test.go"), text: text, file: f})
		return nil
	})
	return out, err
})

// walk visits the files of the repository, testdata included; what git does not keep is not visited.
func walk(visit func(slashed string) error) error {
	return filepath.WalkDir(".", func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		p = filepath.ToSlash(p)
		switch {
		case p == ".git" && !d.IsDir(): // of a linked worktree
			return nil
		case d.IsDir() && (p == ".git" || p == "anlan-data" || p == "anlan-demo" || d.Name() == "node_modules"):
			return fs.SkipDir
		case d.IsDir() || !d.Type().IsRegular():
			return nil
		}
		return visit(p)
	})
}

func each(t *testing.T, visit func(s source)) {
	t.Helper()
	all, err := sources()
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 100 {
		t.Fatalf("only %d Go files found: the test must run in the root of the repository", len(all))
	}
	for _, s := range all {
		visit(s)
	}
}

// imports gives the paths that s imports.
func (s source) imports(visit func(spec *ast.ImportSpec, target string)) {
	for _, i := range s.file.Imports {
		target, err := strconv.Unquote(i.Path.Value)
		if err != nil {
			panic(err) // the file was parsed
		}
		visit(i, target)
	}
}

// literals gives the text literals of s that are no import paths, unquoted.
func (s source) literals(visit func(at ast.Node, text string)) {
	ast.Inspect(s.file, func(n ast.Node) bool {
		switch x := n.(type) {
		case *ast.ImportSpec:
			return false
		case *ast.BasicLit:
			if text, ok := literal(x); ok {
				visit(x, text)
			}
		}
		return true
	})
}

// literal is the value of an expression that is a text literal or a sum of such.
func literal(e ast.Expr) (string, bool) {
	switch x := e.(type) {
	case *ast.BasicLit:
		if x.Kind == token.STRING {
			text, err := strconv.Unquote(x.Value)
			return text, err == nil
		}
	case *ast.BinaryExpr:
		a, one := literal(x.X)
		b, two := literal(x.Y)
		return a + b, one && two && x.Op == token.ADD
	case *ast.ParenExpr:
		return literal(x.X)
	}
	return "", false
}

// calls visits the calls of pkg.name, where pkg is the last part of an import path of the house or of Go.
func (s source) calls(pkg, name string, visit func(c *ast.CallExpr)) {
	ast.Inspect(s.file, func(n ast.Node) bool {
		if c, ok := n.(*ast.CallExpr); ok && isSelector(c.Fun, pkg, name) {
			visit(c)
		}
		return true
	})
}

func isSelector(e ast.Expr, pkg, name string) bool {
	sel, ok := e.(*ast.SelectorExpr)
	if !ok || sel.Sel.Name != name {
		return false
	}
	x, ok := sel.X.(*ast.Ident)
	return ok && x.Name == pkg
}

var bannedNames = map[string]bool{"util": true, "utils": true, "common": true, "helper": true, "helpers": true, "model": true, "models": true,
	"types": true, "base": true, "core": true, "service": true, "services": true, "manager": true, "dto": true, "misc": true, "lib": true, "shared": true}

func TestAPackageIsANounOfTheFieldAndSaysOnceWhatItIs(t *testing.T) {
	t.Parallel()
	type told struct {
		files    int // that are no tests
		comments []string
	}
	packages := map[string]*told{}
	each(t, func(s source) {
		if s.pkg != "" && bannedNames[path.Base(s.pkg)] {
			t.Errorf("%s: %q is a drawer, not a noun of the field", s.path, path.Base(s.pkg))
		}
		name := s.file.Name.Name
		if base := path.Base(s.pkg); s.pkg != "" && name != "main" && strings.TrimSuffix(name, "_test") != base {
			t.Errorf("%s: package %s stands in folder %s", s.path, name, base)
		}
		p := packages[s.pkg]
		if p == nil {
			p = &told{}
			packages[s.pkg] = p
		}
		if !s.test {
			p.files++
		}
		if s.file.Doc == nil || ast.IsGenerated(s.file) {
			return // a generator says its version there
		}
		want := "Package " + name + " "
		if name == "main" {
			want = "Command " + path.Base(s.pkg) + " "
		}
		if text := s.file.Doc.Text(); !strings.HasPrefix(text, want) {
			t.Errorf("%s: the package comment begins with %.30q, want %q", s.path, text, want)
		}
		p.comments = append(p.comments, s.path)
	})
	for pkg, p := range packages {
		if len(p.comments) != 1 {
			t.Errorf("package %q has %d package comments, want one: %v", pkg, len(p.comments), p.comments)
		}
	}
}

func TestAFileIsReadWithoutScrollingForLong(t *testing.T) {
	t.Parallel()
	each(t, func(s source) {
		if n := strings.Count(string(s.text), "\n"); n > linesMax && !ast.IsGenerated(s.file) {
			t.Errorf("%s has %d lines, at most %d: what is the second idea in it?", s.path, n, linesMax)
		}
	})
}
