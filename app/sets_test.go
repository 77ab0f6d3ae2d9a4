package app_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"anlan/account/report"
	"anlan/app"
	"anlan/ground/fault"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/record/census"
	"anlan/store"
)

// setsIn reads the sets of a folder.
func setsIn(t testing.TB, dir string) (report.SetsFile, map[int][][]byte) {
	t.Helper()
	_, f, lines, err := report.ReadSets(dir)
	if err != nil {
		t.Fatal(err)
	}
	return f, lines
}

// setOf finds the set of a measure and period.
func setOf(t testing.TB, f report.SetsFile, measure, period string) int {
	t.Helper()
	i := slices.IndexFunc(f.Sets, func(s report.CountedSet) bool { return s.Measure == measure && s.Period == period })
	if i < 0 {
		t.Fatalf("no set of %s in %s", measure, period)
	}
	return i
}

func TestAReportSaysWhichRecordsItCounts(t *testing.T) {
	onBoth(t, func(w *world) {
		w.small()
		dir := w.report()
		v, err := report.Verify(t.Context(), dir, nil)
		if err != nil || !v.Sound() || v.Sets == 0 || v.Recomputed == 0 || v.Counted == 0 {
			w.Fatalf("got %v %+v", err, v)
		}
		f, lines := setsIn(w, dir)
		i := setOf(w, f, "accident.count", "2023")
		want := w.figure(0, "accident.count", "2023", "430600")
		if int64(len(lines[i])) != want || f.Sets[i].Size != want || want == 0 {
			w.Errorf("%d lines, size %d, want %d", len(lines[i]), f.Sets[i].Size, want)
		}
		m, err := census.ParseLeaf(lines[i][0])
		if err != nil {
			w.Fatal(err)
		}
		w.read(0, func(v *book.View) {
			k, r, err := v.ByID(m.ID)
			if err != nil {
				w.Fatal(err)
			}
			if h := k.Head(r); h.Began != m.Position || h.Version != m.Version || k.Code() != m.Kind || string(h.Unit) != m.Unit {
				w.Errorf("the line %+v is of %+v", m, h)
			}
		})
		if strings.Contains(string(slices.Concat(lines[i]...)), "示例人员") {
			w.Error("a name stands in a line")
		}
		if found, n, err := w.app.Recount(w.ctx, w.admin, dir); err != nil || len(found) > 0 || n != len(f.Sets) {
			w.Errorf("from the book: got %d of %d, %v %v", n, len(f.Sets), found, err)
		}
		// What is recorded afterwards does not change what was counted then.
		w.must(create("accident", newAccident(900, "430621", "2023-06-01", 1)), step("accident", m.ID, access.Withdraw, "重复报送"))
		if found, _, err := w.app.Recount(w.ctx, w.admin, dir); err != nil || len(found) > 0 {
			w.Errorf("from the book, later: got %v %v", found, err)
		}
	})
}

// lied publishes a report whose sets somebody has changed before it went out, everything else being in order.
func (w *world) lied(measure string, change func(lines [][]byte) [][]byte) (dir string) {
	w.Helper()
	return w.liedIn(func(f *report.SetsFile, lines map[int][][]byte) {
		i := setOf(w, *f, measure, "2023")
		lines[i] = change(lines[i])
		tree, err := census.Read(lines[i])
		if err != nil {
			w.Fatal(err)
		}
		set, err := tree.Set()
		if err != nil {
			w.Fatal(err)
		}
		f.Sets[i].Set = &set
	})
}

func (w *world) liedIn(change func(f *report.SetsFile, lines map[int][][]byte)) (dir string) {
	w.Helper()
	honest := w.report()
	f, lines := setsIn(w, honest)
	change(&f, lines)
	var all []byte
	for i := range f.Sets {
		for _, line := range lines[i] {
			all = append(append(all, line...), '\n')
		}
	}
	built, err := w.app.Build(w.ctx, w.admin, app.ReportRequest{Template: "spine", Period: year2023})
	if err != nil {
		w.Fatal(err)
	}
	files, err := built.Render()
	if err != nil {
		w.Fatal(err)
	}
	f.Position, f.Root = built.Subject.Basis.Position, built.Subject.Basis.Root
	files[report.LinesName] = all
	files[report.SetsName] = spelled(w, f)
	dir = filepath.Join(w.TempDir(), "lied")
	if _, err := w.publisher(func() {}).Publish(w.ctx, built, files, dir); err != nil {
		w.Fatal(err)
	}
	return dir
}

func TestARecordThatASetLeavesOutIsNamed(t *testing.T) {
	onBoth(t, func(w *world) {
		w.small()
		var out census.Member
		dir := w.lied("accident.count", func(lines [][]byte) [][]byte {
			out, _ = census.ParseLeaf(lines[0])
			return lines[1:]
		})
		// The arithmetic alone shows that something is wrong, the proof of absence that it is this record, the book that it should be there.
		v, err := report.Verify(t.Context(), dir, nil)
		if err != nil || !errors.Is(v.Findings, report.ErrOtherResult) {
			w.Errorf("got %v %v, want %v", err, v.Findings, report.ErrOtherResult)
		}
		f, _ := setsIn(w, dir)
		of := slices.IndexFunc(f.Figures, func(c report.ComputedFigure) bool { return c.ID == "accidents" })
		p, err := report.ProveRecord(dir, out.ID, f.Figures[of].ID)
		if err != nil {
			w.Fatal(err)
		}
		key, err := w.app.PublicKey()
		if err != nil {
			w.Fatal(err)
		}
		if _, _, places, err := p.Open(key); err != nil || len(places) != 1 || places[0].Member != nil {
			w.Errorf("proved: got %+v %v", places, err)
		}
		found, _, err := w.app.Recount(w.ctx, w.admin, dir)
		if err != nil || !errors.Is(found, app.ErrLeftOut) || !strings.Contains(found.Error(), out.ID.String()) {
			w.Errorf("from the book: got %v %v, want %v of %s", found, err, app.ErrLeftOut, out.ID)
		}
	})
}

func TestASetSaysWhatItLeavesOut(t *testing.T) {
	onBoth(t, func(w *world) {
		done := w.small() // accidents of 2023 with 0, 1, 2, 0 and 1 deaths, four of 2022 with one each
		w.must(step("accident", done[4].ID, access.Withdraw, "重复报送"))
		dir := w.report()
		f, _ := setsIn(w, dir)
		for measure, want := range map[string]struct {
			size int64
			left report.LeftOut
		}{
			"accident.count":  {4, report.LeftOut{Withdrawn: 1, Elsewhere: 4}},
			"accident.deaths": {2, report.LeftOut{Withdrawn: 1, Elsewhere: 4, Other: 2}},
		} {
			s := f.Sets[setOf(w, f, measure, "2023")]
			if s.Size != want.size || s.Left == nil || *s.Left != want.left {
				w.Errorf("%s: got %d and %+v, want %d and %+v", measure, s.Size, s.Left, want.size, want.left)
			}
		}
		if found, _, err := w.app.Recount(w.ctx, w.admin, dir); err != nil || len(found) > 0 {
			w.Errorf("from the book: got %v %v", found, err)
		}
		// A reason that is not the true one adds up all the same; the book knows better.
		lied := w.liedIn(func(f *report.SetsFile, _ map[int][][]byte) {
			s := f.Sets[setOf(w, *f, "accident.count", "2023")]
			s.Left.Elsewhere, s.Left.Other = 0, 4
		})
		if v, err := report.Verify(t.Context(), lied, nil); err != nil || !v.Sound() {
			w.Errorf("from the folder: got %v %v", err, v.Findings)
		}
		if found, _, err := w.app.Recount(w.ctx, w.admin, lied); err != nil || !errors.Is(found, app.ErrOtherLeftOut) || !strings.Contains(found.Error(), "4 not of the definition") {
			w.Errorf("from the book: got %v %v, want %v", found, err, app.ErrOtherLeftOut)
		}
	})
}

func TestWhatCouldGiveAWithheldFigureAwayIsInNoSet(t *testing.T) {
	t.Parallel()
	w := found(t, store.SQLite)
	w.small()
	w.must(withhold("work_safety.hazards_listed", 2023), withhold("accident.deaths", 2023))
	dir := w.report()
	f, lines := setsIn(t, dir)
	closed := 0
	for i, s := range f.Sets {
		hidden := strings.HasPrefix(s.Measure, "accident.") || strings.HasPrefix(s.Measure, "hazard.")
		if hidden != (s.Closed == report.ClosedWithheld) || hidden && (s.Set != nil || s.Left != nil || s.Stated != "" || lines[i] != nil) {
			t.Errorf("%s %s: got %+v", s.Measure, s.Period, s)
		}
		if hidden && s.Period == "2023" {
			closed++
		}
	}
	v, err := report.Verify(t.Context(), dir, nil)
	if err != nil || !v.Sound() || closed == 0 {
		t.Errorf("%d closed: got %v %v", closed, err, v.Findings)
	}
}

func TestEveryChangeOfTheSetsIsFound(t *testing.T) {
	t.Parallel()
	w := found(t, store.SQLite)
	w.small()
	original := w.report()
	f, _ := setsIn(t, original)
	first, of := f.Sets[setOf(t, f, "accident.count", "2023")], f.Figures[0]
	swap := func(name, old, new string) func(dir string) error {
		return func(dir string) error {
			b, err := os.ReadFile(filepath.Join(dir, name))
			if err != nil || !strings.Contains(string(b), old) {
				t.Fatalf("%s has no %q: %v", name, old, err)
			}
			return os.WriteFile(filepath.Join(dir, name), []byte(strings.Replace(string(b), old, new, 1)), 0o600)
		}
	}
	for name, c := range map[string]struct {
		do   func(dir string) error
		want *fault.Declaration
	}{
		"a line altered":               {swap(report.LinesName, `"amount":"1"`, `"amount":"2"`), report.ErrSetDiffers},
		"a line that is none":          {swap(report.LinesName, `"amount":"1"`, `"amount":"1" `), report.ErrSetDiffers},
		"a line removed":               {func(dir string) error { return cutLine(filepath.Join(dir, report.LinesName)) }, report.ErrSetLines},
		"a root altered":               {swap(report.SetsName, first.Root.String(), "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="), report.ErrSetDiffers},
		"a definition altered":         {swap(report.SetsName, "anlan indicator 1", "anlan indicator 2"), report.ErrDefinitionDiffers},
		"an operation altered":         {swap(report.SetsName, `"op": "-"`, `"op": "+"`), report.ErrOtherResult},
		"an operation that is none":    {swap(report.SetsName, `"op": "-"`, `"op": "^"`), report.ErrNotComputed},
		"the scale altered":            {swap(report.SetsName, `"scale": "`+of.Scale+`"`+"\n  }", `"scale": "7"`+"\n  }"), report.ErrOtherResult},
		"a figure that is none":        {swap(report.SetsName, `"id": "`+of.ID+`"`, `"id": "nobody"`), report.ErrNoSuchComputed},
		"another position":             {swap(report.SetsName, `"position": `, `"position": 1`), report.ErrSetsBasis},
		"fewer records than there are": {swap(report.SetsName, `"records": `, `"records": -`), report.ErrMoreThanThereAre},
		"more left out than there are": {swap(report.SetsName, `"elsewhere": `, `"elsewhere": 1`), report.ErrLeftOutDiffers},
		"no JSON":                      {func(dir string) error { return os.WriteFile(filepath.Join(dir, report.SetsName), []byte("x"), 0o600) }, report.ErrNotReadable},
		"no sets":                      {func(dir string) error { return os.Remove(filepath.Join(dir, report.SetsName)) }, report.ErrFileMissing},
	} {
		dir := filepath.Join(t.TempDir(), "report")
		if err := os.CopyFS(dir, os.DirFS(original)); err != nil {
			t.Fatal(err)
		}
		if err := c.do(dir); err != nil {
			t.Fatal(err)
		}
		v, err := report.Verify(t.Context(), dir, nil)
		if err != nil || !errors.Is(v.Findings, c.want) {
			t.Errorf("%s: got %v %v, want %s", name, err, v.Findings, c.want.Code)
		}
	}
	// The lines may be left out where they are too many to be put on a page: the figures then follow from the totals.
	if err := os.Remove(filepath.Join(original, report.LinesName)); err != nil {
		t.Fatal(err)
	}
	v, err := report.Verify(t.Context(), original, nil)
	if err != nil || !v.Sound() || v.Sets != 0 || v.Recomputed == 0 || !slices.Equal(v.Absent, []string{report.LinesName}) {
		t.Errorf("without lines: got %v %+v", err, v)
	}
}

// cutLine removes the first line of a file.
func cutLine(path string) error {
	b, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	_, rest, _ := strings.Cut(string(b), "\n")
	return os.WriteFile(path, []byte(rest), 0o600)
}

func TestTheProofOfARecordHoldsForNothingElse(t *testing.T) {
	t.Parallel()
	w := found(t, store.SQLite)
	w.small()
	dir := w.report()
	key, err := w.app.PublicKey()
	if err != nil {
		t.Fatal(err)
	}
	f, lines := setsIn(t, dir)
	m, err := census.ParseLeaf(lines[setOf(t, f, "accident.count", "2023")][0])
	if err != nil {
		t.Fatal(err)
	}
	made := func() *report.RecordProof {
		p, err := report.ProveRecord(dir, m.ID, "accidents")
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	if _, _, places, err := made().Open(key); err != nil || len(places) == 0 || places[0].Member == nil || places[0].Member.ID != m.ID {
		t.Fatalf("got %+v %v", places, err)
	}
	for name, c := range map[string]struct {
		spoil func(p *report.RecordProof)
		want  error
	}{
		"another record":      {func(p *report.RecordProof) { p.Record[15]++ }, census.ErrNotPlaced},
		"another set":         {func(p *report.RecordProof) { p.Places[0].Set = setOf(t, f, "accident.count", "2022") }, nil},
		"a set that is not":   {func(p *report.RecordProof) { p.Places[0].Set = 1000 }, report.ErrNotARecordProof},
		"sets altered":        {func(p *report.RecordProof) { p.Sets += " " }, report.ErrFileDiffers},
		"another publication": {func(p *report.RecordProof) { p.Publication.Entry += " " }, report.ErrNotIncluded},
		"a line altered": {func(p *report.RecordProof) {
			p.Places[0].At.Line = strings.Replace(p.Places[0].At.Line, `"1"`, `"2"`, 1)
		}, census.ErrNotPlaced},
	} {
		p := made()
		c.spoil(p)
		if _, _, _, err := p.Open(key); err == nil || c.want != nil && !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", name, err, c.want)
		}
	}
	if _, err := report.ProveRecord(dir, m.ID, "nobody"); !errors.Is(err, report.ErrNoFigureBehind) {
		t.Errorf("a figure that is none: got %v, want %v", err, report.ErrNoFigureBehind)
	}
	m.ID[15]++
	if _, err := report.ProveRecord(dir, m.ID, ""); !errors.Is(err, report.ErrNotCounted) {
		t.Errorf("a record that is none: got %v, want %v", err, report.ErrNotCounted)
	}
}
