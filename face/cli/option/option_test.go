package option

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"anlan/ground/fault"
	"anlan/ground/lang"
)

// asked is a set with an option of each kind.
type asked struct {
	Set
	file, data *string
	dry        *bool
	limit      *int
	format     string
}

var errNotSo = fault.Define("option_test.not_so", fault.Invalid, "“%s”不对", "%q is not so")

func ask(args ...string) *asked {
	a := &asked{Set: Set{Rest: args}, format: "text"}
	a.data = a.Text("data", "DIR", lang.Of("目录", "folder"))
	*a.data = "./anlan-data"
	a.Choice("format", lang.Of("格式", "format"), &a.format, "text", "json")
	a.file = a.Text("o", "FILE", lang.Of("文件", "file"))
	a.dry = a.Toggle("dry-run", lang.Of("只检查", "check only"))
	a.limit = a.Count("limit", "N", 100, lang.Of("最多", "most"))
	a.Declare("where", "CONDITION", lang.Of("条件", "condition"), func(v string) error { return errNotSo.With(v) })
	return a
}

func TestOptionsStandAnywhereAndInAnyForm(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		args       string
		names      []string
		rest       []string
		file, data string
		limit      int
		dry        bool
	}{
		{"a b", []string{"A", "B"}, []string{"a", "b"}, "", "./anlan-data", 100, false},
		{"-o f a --dry-run --limit 0 b", []string{"A", "B"}, []string{"a", "b"}, "f", "./anlan-data", 0, true},
		{"--o=f -limit=7 a --data=d", []string{"A"}, []string{"a"}, "f", "d", 7, false},
		{"a -- --dry-run -o", []string{"A…"}, []string{"a", "--dry-run", "-o"}, "", "./anlan-data", 100, false},
		{"- -o -", []string{"A"}, []string{"-"}, "-", "./anlan-data", 100, false},
		{"-o --limit", nil, nil, "--limit", "./anlan-data", 100, false},
		{"-o a -o b", nil, nil, "b", "./anlan-data", 100, false},
		{"-o=", nil, nil, "", "./anlan-data", 100, false},
		{"", []string{"[A]"}, nil, "", "./anlan-data", 100, false},
		{"a", []string{"[A]"}, []string{"a"}, "", "./anlan-data", 100, false},
		{"a b c", []string{"A", "[B…]"}, []string{"a", "b", "c"}, "", "./anlan-data", 100, false},
	} {
		a := ask(strings.Fields(c.args)...)
		rest, err := a.Parse(c.names...)
		if err != nil {
			t.Errorf("%q: %v", c.args, err)
			continue
		}
		if diff := cmp.Diff(c.rest, rest); diff != "" || *a.file != c.file || *a.data != c.data || *a.limit != c.limit || *a.dry != c.dry {
			t.Errorf("%q: got %v, -o %q, --data %q, --limit %d, --dry-run %v", c.args, rest, *a.file, *a.data, *a.limit, *a.dry)
		}
	}
}

func TestEachMistakeOfACommandLineIsNamed(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		args  []string
		names []string
		want  []*fault.Declaration
	}{
		{[]string{"--out", "f"}, []string{"[A]"}, []*fault.Declaration{ErrNoOption}},
		{[]string{"-o"}, nil, []*fault.Declaration{ErrNoValue}},
		{[]string{"--dry-run=no"}, nil, []*fault.Declaration{ErrSwitch}},
		{[]string{"--limit", "-1"}, nil, []*fault.Declaration{ErrBadValue}},
		{[]string{"--limit", "99999999999999999999"}, nil, []*fault.Declaration{ErrBadValue}},
		{[]string{"--format=yaml"}, nil, []*fault.Declaration{ErrBadValue}},
		{[]string{"--where", "a"}, nil, []*fault.Declaration{ErrValueFault}},
		{nil, []string{"A", "B"}, []*fault.Declaration{ErrMissingArgument, ErrMissingArgument}},
		{[]string{"a"}, []string{"A", "B…"}, []*fault.Declaration{ErrMissingArgument}},
		{[]string{"a", "b"}, []string{"A"}, []*fault.Declaration{ErrExtraArgument}},
		{[]string{"--x", "-o"}, []string{"A"}, []*fault.Declaration{ErrNoOption, ErrNoValue, ErrMissingArgument}},
	} {
		a := ask(c.args...)
		_, err := a.Parse(c.names...)
		var l fault.List
		if internal := l.Add(err); internal != nil {
			t.Fatal(internal)
		}
		var got []*fault.Declaration
		for _, f := range l {
			got = append(got, f.Declaration)
			if f.In(lang.English) == f.In(lang.Chinese) {
				t.Errorf("%v: %v is said in one language", c.args, f)
			}
		}
		if diff := cmp.Diff(c.want, got, cmp.Comparer(func(a, b *fault.Declaration) bool { return a == b })); diff != "" || !a.Misused {
			t.Errorf("%v: %v", c.args, l)
		}
	}
}

func TestHelpIsAskedForAmongOtherOptions(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{"--help"}, {"-h"}, {"a", "-help", "--wrong"}} {
		if _, err := ask(args...).Parse("A", "B"); err != ErrHelp {
			t.Errorf("%v: got %v, want help", args, err)
		}
	}
}

func FuzzCommandLine(f *testing.F) {
	for _, seed := range []string{"", "a b", "-o f --limit 3", "--where\x00found_on >= 2023-01-01", "--limit=-1", "--", "-", "--=", "---", "-=x", "--help", "--data\x00", "--lang en\x00x"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, line string) {
		a := ask(strings.Split(line, "\x00")...)
		rest, err := a.Parse("A", "[B]")
		switch {
		case err == ErrHelp:
		case err != nil:
			var l fault.List
			if internal := l.Add(err); internal != nil || len(l) == 0 {
				t.Fatalf("no fault: %v", internal)
			}
		case len(rest) < 1 || len(rest) > 2 || *a.limit < 0:
			t.Errorf("%q was accepted as %q with --limit %d", line, rest, *a.limit)
		}
	})
}
