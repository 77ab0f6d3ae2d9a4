package book_test

import (
	"errors"
	"sync/atomic"
	"testing"

	"anlan/ground/place"
	"anlan/record"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/record/field"
	"anlan/record/recordtest"
	"anlan/store"
	"anlan/store/journal"
)

// office is a record whose code is a unit under the bureau: what real trees are made from.
type office struct {
	record.Head
	Code string
}

var offices = record.Define("office", "科室", "office", func(o *office) *record.Head { return &o.Head },
	field.Text("code", "代码", "code", func(o *office) *string { return &o.Code }).Required(),
)

// growing are trees made from offices, counting how often they are read.
type growing struct {
	recordtest.Trees
	reads *atomic.Int64
}

func (growing) Kinds() []string { return []string{"office"} }

func (g growing) Units(tx *store.Tx, _ journal.Position) (place.Tree[place.Unit], error) {
	g.reads.Add(1)
	codes, err := store.Select[place.Unit](tx, "SELECT code FROM office WHERE state <> 'withdrawn' ORDER BY row_no")
	var edges []place.Edge[place.Unit]
	for _, c := range codes {
		edges = append(edges, place.Edge[place.Unit]{Child: c, Parent: "430600"})
	}
	return place.NewTree(edges, "430600"), err
}

func TestTreesAreReadAgainWhenARecordBehindThemHasChangedAndNotOtherwise(t *testing.T) {
	recordtest.Run(t, func(t *testing.T, d store.Dialect) {
		var reads, others atomic.Int64
		kinds := []record.Of{recordtest.Kind, offices}
		w := recordtest.Found(t, d, book.Options{Trees: growing{reads: &reads}}, kinds...)
		other := w.Another(book.Options{Trees: growing{reads: &others}}, kinds...)
		open := func(code string) book.Change {
			o := &office{Code: code}
			o.Unit = "430600"
			return recordtest.Create("office", o)
		}
		number := 0
		sampleIn := func(unit place.Unit) book.Change {
			number++
			return recordtest.Create("sample", recordtest.New("样"+string(rune('A'+number)), unit))
		}
		refused := func(name string, b *book.Book, changes ...book.Change) {
			t.Helper()
			if _, err := b.Apply(w.Ctx, w.Admin, changes); !errors.Is(err, book.ErrNoSuchUnit) {
				t.Errorf("%s: got %v", name, err)
			}
		}
		first := w.Must(open("430600-01"))[0]
		w.Must(sampleIn("430600-01"))
		before := reads.Load()
		for range 5 {
			w.Must(sampleIn("430600-01"))
			w.Read(w.Admin, 0, func(v *book.View) {
				if tree, err := v.UnitTree(); err != nil || !tree.Has("430600-01") {
					t.Error("the view does not know the office")
				}
			})
		}
		if n := reads.Load() - before; n != 0 {
			t.Errorf("nothing had changed and the tree was read %d times", n)
		}
		if _, err := other.Apply(w.Ctx, w.Admin, []book.Change{open("430600-02")}); err != nil {
			t.Fatal(err)
		}
		w.Must(sampleIn("430600-02")) // of another process
		refused("an office that is not there, and a batch that makes it is rolled back", w.Book, open("430600-03"), sampleIn("430600-03"), sampleIn("430600-99"))
		refused("an office that was rolled back", w.Book, sampleIn("430600-03"))
		if _, err := other.Apply(w.Ctx, w.Admin, []book.Change{open("430600-04")}); err != nil { // at the position of the one that was rolled back
			t.Fatal(err)
		}
		refused("an office that was rolled back, after another took its position", w.Book, sampleIn("430600-03"))
		w.Must(sampleIn("430600-04"))
		w.Must(book.Change{Kind: "office", ID: first.ID, Action: access.Withdraw, Reason: "撤并"})
		refused("an office that was withdrawn", other, sampleIn("430600-01"))
		w.Sound()
	})
}
