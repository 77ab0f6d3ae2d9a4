package census_test

import (
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"

	"anlan/ground/ident"
	"anlan/ground/period"
	"anlan/record/census"
	"pgregory.net/rapid"
)

func idOf(n int) ident.ID {
	return ident.ID{0x01, 0x8e, 0, 0, 0, 0, 0x70, 0, 0x80, 0, 0, 0, 0, byte(n >> 16), byte(n >> 8), byte(n)}
}

func member(n int, amount string) census.Member {
	x, _ := new(big.Rat).SetString(amount)
	day := period.MustDay(2023, 1, 9)
	return census.Member{ID: idOf(n), Kind: "accident", Version: 1, Position: int64(n + 10), Unit: "430602", Place: "430602", First: day, Last: day, Amount: x}
}

func treeOf(t testing.TB, members ...census.Member) (*census.Tree, census.Set) {
	t.Helper()
	tree, err := census.Of(members)
	if err != nil {
		t.Fatal(err)
	}
	set, err := tree.Set()
	if err != nil {
		t.Fatal(err)
	}
	return tree, set
}

func TestALineIsReadInOneSpellingOnly(t *testing.T) {
	t.Parallel()
	m := member(1, "-12500.5")
	m.Last = period.MustDay(2023, 12, 31)
	line, err := m.Leaf()
	want := `{"amount":"-12500.5","id":"018e0000-0000-7000-8000-000000000001","kind":"accident","on":"2023-01-09/2023-12-31","place":"430602","position":11,"unit":"430602","version":1}`
	if err != nil || string(line) != want {
		t.Fatalf("got %s %v, want %s", line, err, want)
	}
	again, err := census.ParseLeaf(line)
	if err != nil || again.Amount.Cmp(m.Amount) != 0 || again.Last != m.Last || again.ID != m.ID {
		t.Errorf("got %+v %v", again, err)
	}
	for name, other := range map[string]string{
		"a blank":           strings.Replace(want, ":11", ": 11", 1),
		"a trailing zero":   strings.Replace(want, "12500.5", "12500.50", 1),
		"a power":           strings.Replace(want, "-12500.5", "1e9", 1),
		"another member":    strings.Replace(want, `,"version"`, `,"v":1,"version"`, 1),
		"a member twice":    strings.Replace(want, `,"version":1`, `,"version":2,"version":1`, 1),
		"a day that is one": strings.Replace(want, "/2023-12-31", "/2023-01-09", 1),
		"no id":             strings.Replace(want, "018e0000-0000-7000-8000-000000000001", "", 1),
		"capitals":          strings.Replace(want, "018e", "018E", 1),
		"no JSON":           "x",
		"nothing":           "",
		"a long one":        strings.Replace(want, "accident", strings.Repeat("a", 5000), 1),
	} {
		if _, err := census.ParseLeaf([]byte(other)); !errors.Is(err, census.ErrNotALine) {
			t.Errorf("%s: got %v, want %v", name, err, census.ErrNotALine)
		}
	}
}

func TestWhatIsSaidTwiceOfARecordIsAddedAndWhatComesToNothingIsNotCounted(t *testing.T) {
	t.Parallel()
	tree, set := treeOf(t, member(3, "2"), member(1, "1"), member(2, "5"), member(2, "-5"), member(3, "1"))
	if set.Size != 2 || set.Total != "4" || len(tree.Lines()) != 2 {
		t.Errorf("got %+v", set)
	}
	if _, none := treeOf(t); none.Size != 0 || none.Total != "0" || none.Root.String() != "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=" {
		t.Errorf("nothing: got %+v", none)
	}
}

func TestARecountFindsEveryChangeOfASet(t *testing.T) {
	t.Parallel()
	tree, set := treeOf(t, member(1, "1"), member(2, "0.5"), member(3, "2"), member(4, "2"))
	if err := set.Recount(tree.Lines()); err != nil {
		t.Fatal(err)
	}
	line := func(m census.Member) []byte {
		b, err := m.Leaf()
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	for name, c := range map[string]struct {
		spoil func(lines [][]byte) [][]byte
		want  []error
	}{
		"a line left out":     {func(l [][]byte) [][]byte { return slices.Delete(l, 1, 2) }, []error{census.ErrOtherSize, census.ErrOtherTotal, census.ErrOtherRoot}},
		"a line added":        {func(l [][]byte) [][]byte { return append(l, line(member(9, "1"))) }, []error{census.ErrOtherSize, census.ErrOtherTotal, census.ErrOtherRoot}},
		"an amount altered":   {func(l [][]byte) [][]byte { l[0] = line(member(1, "7")); return l }, []error{census.ErrOtherTotal, census.ErrOtherRoot}},
		"amounts exchanged":   {func(l [][]byte) [][]byte { l[0], l[2] = line(member(1, "2")), line(member(3, "1")); return l }, []error{census.ErrOtherRoot}},
		"another record":      {func(l [][]byte) [][]byte { l[3] = line(member(5, "2")); return l }, []error{census.ErrOtherRoot}},
		"lines out of order":  {func(l [][]byte) [][]byte { l[2], l[3] = l[3], l[2]; return l }, []error{census.ErrOutOfOrder, census.ErrOtherRoot}},
		"a record twice":      {func(l [][]byte) [][]byte { l[3] = l[2]; return l }, []error{census.ErrOutOfOrder, census.ErrOtherRoot}},
		"a line that is none": {func(l [][]byte) [][]byte { l[1] = []byte("x"); return l }, []error{census.ErrNotALine}},
	} {
		err := set.Recount(c.spoil(slices.Clone(tree.Lines())))
		for _, want := range c.want {
			if !errors.Is(err, want) {
				t.Errorf("%s: got %v, want %v", name, err, want)
			}
		}
	}
}

// Every record of every set is proved to be in it, every other to be outside, and no proof holds for anything else.
func TestEveryRecordIsProvedInsideOrOutsideASet(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		in := rapid.SliceOfNDistinct(rapid.IntRange(1, 60), 0, 40, rapid.ID[int]).Draw(t, "in")
		var members []census.Member
		for _, n := range in {
			members = append(members, member(n, fmt.Sprint(n)))
		}
		tree, err := census.Of(members)
		if err != nil {
			t.Fatal(err)
		}
		set, err := tree.Set()
		if err != nil {
			t.Fatal(err)
		}
		again, err := census.Read(tree.Lines())
		if err != nil {
			t.Fatal(err)
		}
		if s, err := again.Set(); err != nil || s != set {
			t.Fatalf("read again: got %+v %v, want %+v", s, err, set)
		}
		if err := set.Recount(tree.Lines()); err != nil {
			t.Fatal(err)
		}
		for n := range 62 {
			p, err := tree.Place(idOf(n))
			if err != nil {
				t.Fatal(err)
			}
			m, err := p.Verify(set, idOf(n))
			if inside := slices.Contains(in, n); err != nil || (m != nil) != inside || inside && m.Amount.Cmp(big.NewRat(int64(n), 1)) != 0 {
				t.Fatalf("record %d: got %v %v, inside %v", n, m, err, inside)
			}
			// A proof about one record says nothing of a record on the other side of its line.
			other := rapid.SampledFrom(append(in, 0, 61)).Draw(t, "other")
			if _, err := p.Verify(set, idOf(other)); err == nil && slices.Contains(in, other) && other != n {
				t.Fatalf("the proof of %d holds for %d", n, other)
			}
			smaller := census.Set{Size: set.Size + 1, Root: set.Root, Total: set.Total}
			if _, err := p.Verify(smaller, idOf(n)); !errors.Is(err, census.ErrNotPlaced) {
				t.Fatalf("record %d in another set: got %v", n, err)
			}
		}
	})
}
