package app_test

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"anlan/account/indicator"
	"anlan/account/report"
	"anlan/app"
	"anlan/ground/clock"
	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/store"
	"anlan/store/journal"
	"anlan/store/storetest"
)

// forge puts another entry into a proof.
func forge(dir, entry string) error {
	path := filepath.Join(dir, report.Proof)
	b, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	var p report.ProofFile
	if err := json.Unmarshal(b, &p); err != nil {
		return err
	}
	p.Entry = entry
	if b, err = json.Marshal(p); err != nil {
		return err
	}
	return os.WriteFile(path, b, 0o644)
}

var administrator = access.Actor{Name: "测试管理员", Role: access.Administrator, Via: "test"}

func TestAsOfTakesAPositionACheckpointOrAnInstantThatHasPassed(t *testing.T) {
	onBoth(t, func(w *world) {
		note, err := w.app.Seal(w.ctx)
		if err != nil {
			w.Fatal(err)
		}
		sealed, between := w.head(), w.clock.Now()
		w.small()
		dir := w.TempDir()
		write := func(name, text string) string {
			path := filepath.Join(dir, name)
			if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
				w.Fatal(err)
			}
			return path
		}
		theirs, err := journal.NewKey(seeded(9), "anlan/other/1")
		if err != nil {
			w.Fatal(err)
		}
		foreign, err := theirs.Sign(journal.Checkpoint{Origin: "anlan/other/1", Size: 5})
		if err != nil {
			w.Fatal(err)
		}
		for _, c := range []struct {
			name, asOf string
			at         journal.Position
			want       error
		}{
			{"nothing", "", 0, nil},
			{"a position", "7", 7, nil},
			{"a checkpoint", write("ours", note), sealed, nil},
			{"an instant", between.Format(time.RFC3339Nano), sealed, nil},
			{"position 0", "0", 0, app.ErrBadPosition},
			{"a position below", "-3", 0, app.ErrBadPosition},
			{"neither number nor file", "去年", 0, app.ErrBadPosition},
			{"an instant before the book", "2019-01-01T00:00:00+08:00", 0, app.ErrNothingYet},
			{"an instant to come", "2099-01-01T00:00:00+08:00", 0, app.ErrFuture},
			{"a file that is no checkpoint", write("no", "hello"), 0, journal.ErrNotACheckpoint},
			{"a checkpoint that somebody altered", write("altered", strings.Replace(note, "\n", "\n1", 1)), 0, journal.ErrNotSigned},
			{"a checkpoint of another book", write("theirs", foreign), 0, journal.ErrNotSigned},
		} {
			at, err := w.app.PositionOf(w.ctx, c.asOf)
			if !errors.Is(err, c.want) || at != c.at {
				w.Errorf("%s: got %d and %v, want %d and %v", c.name, at, err, c.at, c.want)
			}
		}
	})
}

func (w *world) head() journal.Position {
	w.Helper()
	h, err := w.book.Head(w.ctx)
	if err != nil {
		w.Fatal(err)
	}
	return h.Size
}

func TestABookIsFoundedOnceAndAFailedFoundingLeavesNone(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	o := app.Options{Data: filepath.Join(t.TempDir(), "data")}
	if _, err := app.Open(ctx, o); !errors.Is(err, app.ErrNoBook) {
		t.Errorf("before the founding: got %v, want %v", err, app.ErrNoBook)
	}
	broken := o
	broken.Random = strings.NewReader("too little chance")
	if _, err := app.Init(ctx, broken, administrator, "示例局", "430600"); err == nil {
		t.Fatal("a book was founded without chance")
	}
	if _, err := app.Open(ctx, o); !errors.Is(err, app.ErrNoBook) {
		t.Errorf("after a founding that failed: got %v, want %v", err, app.ErrNoBook)
	}
	a, err := app.Init(ctx, o, administrator, "示例局", "430600")
	if err != nil {
		t.Fatalf("founded after a failure: %v", err)
	}
	a.Close()
	if _, err := app.Init(ctx, o, administrator, "另一局", "430600"); !errors.Is(err, journal.ErrFounded) {
		t.Errorf("founded again: got %v, want %v", err, journal.ErrFounded)
	}
	if a, err = app.Open(ctx, o); err != nil {
		t.Fatalf("the second founding has harmed the first: %v", err)
	}
	a.Close()
	// The key outlives its database: it may be all that is left to prove what was signed.
	if err := os.Remove(filepath.Join(o.Data, store.FileName)); err != nil {
		t.Fatal(err)
	}
	if _, err := app.Init(ctx, o, administrator, "示例局", "430600"); !errors.Is(err, app.ErrKeyExists) {
		t.Errorf("founded over a key: got %v, want %v", err, app.ErrKeyExists)
	}
	if _, err := os.Stat(filepath.Join(o.Data, "keys", "journal.key")); err != nil {
		t.Errorf("the key is gone: %v", err)
	}
}

// dying is a clock at whose nth look everything stops.
type dying struct {
	looks int
	stop  func()
}

func (d *dying) Now() time.Time {
	if d.looks--; d.looks == 0 {
		d.stop()
	}
	return clock.System{}.Now()
}

// TestAFoundingThatBrokeOffIsFinishedByTheNext stops foundings on PostgreSQL, where what was committed stays as when the program
// is killed.
func TestAFoundingThatBrokeOffIsFinishedByTheNext(t *testing.T) {
	t.Parallel()
	whole, began := journal.Position(0), map[journal.Position]bool{}
	looks := []int{0} // 0: not stopped; then at moments all over a founding
	for i := 0; i < len(looks); i++ {
		so := storetest.Migrated(t, store.PostgreSQL)
		o := app.Options{Data: filepath.Join(t.TempDir(), "data"), DB: so.URL, Schema: so.Schema}
		broken := o
		ctx, stop := context.WithCancel(t.Context())
		moment := &dying{looks[i], stop}
		broken.Clock = moment
		a, err := app.Init(ctx, broken, administrator, "示例局", "430600")
		if (err == nil) != (i == 0) {
			t.Fatalf("stopped at look %d: %v", looks[i], err)
		}
		stop()
		if err == nil {
			a.Close()
			for part := range 6 {
				looks = append(looks, 1+part*-moment.looks/6)
			}
		}
		if a, err := app.Open(t.Context(), o); err == nil {
			head, err := a.Book.Head(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			a.Close()
			began[head.Size] = true
			if _, err := app.Init(t.Context(), o, administrator, "另一局", "430600"); !errors.Is(err, journal.ErrFounded) {
				t.Errorf("stopped at look %d, another bureau went on: got %v, want %v", looks[i], err, journal.ErrFounded)
			}
		}
		if i > 0 {
			if a, err := app.Init(t.Context(), o, administrator, "示例局", "430600"); err != nil {
				t.Fatalf("after a stop at look %d: %v", looks[i], err)
			} else {
				a.Close()
			}
		}
		if a, err = app.Open(t.Context(), o); err != nil {
			t.Fatal(err)
		}
		v, err := a.Book.Replay(t.Context())
		if err != nil || len(v.Findings) > 0 || whole > 0 && journal.Position(v.Entries) != whole {
			t.Errorf("stopped at look %d: %d entries, want %d; %v %v", looks[i], v.Entries, whole, v.Findings, err)
		}
		whole = journal.Position(v.Entries)
		a.Close()
		if _, err := app.Init(t.Context(), o, administrator, "示例局", "430600"); !errors.Is(err, journal.ErrFounded) {
			t.Errorf("founded again: got %v, want %v", err, journal.ErrFounded)
		}
	}
	if len(began) < 3 {
		t.Errorf("foundings broke off at %v only", began)
	}
}

func TestAFolderThatCannotBeUsedIsSaidWithItsReason(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		do   func(app.Options) (*app.App, error)
		data string
	}{
		"init in a file": {func(o app.Options) (*app.App, error) {
			return app.Init(t.Context(), o, administrator, "示例局", "430600")
		}, file},
		"open in a file": {func(o app.Options) (*app.App, error) { return app.Open(t.Context(), o) }, file},
		"init below a file": {func(o app.Options) (*app.App, error) {
			return app.Init(t.Context(), o, administrator, "示例局", "430600")
		}, filepath.Join(file, "data")},
		"open in a long name": {func(o app.Options) (*app.App, error) { return app.Open(t.Context(), o) }, filepath.Join(filepath.Dir(file), strings.Repeat("长", 100))},
	} {
		_, err := c.do(app.Options{Data: c.data})
		if !errors.Is(err, app.ErrNoFolder) {
			t.Errorf("%s: got %v, want %v", name, err, app.ErrNoFolder)
			continue
		}
		if said := fault.In(err, lang.Chinese); strings.Contains(said, "file or directory") || strings.Contains(said, "mkdir") {
			t.Errorf("%s: half English: %s", name, said)
		}
	}
}

func TestAMissingKeyIsSaidAndWhereItComesFrom(t *testing.T) {
	t.Parallel()
	w := found(t, store.SQLite)
	for _, name := range []string{"journal.key", "journal.pub"} {
		if err := os.Remove(filepath.Join(w.app.KeyFolder(), name)); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := w.app.Seal(w.ctx); !errors.Is(err, app.ErrKey) {
		t.Errorf("sealing: got %v, want %v", err, app.ErrKey)
	}
	if _, err := w.app.PublicKey(); !errors.Is(err, app.ErrKey) {
		t.Errorf("the public key: got %v, want %v", err, app.ErrKey)
	}
	checks, err := w.app.Doctor(w.ctx)
	if err != nil {
		t.Fatal(err)
	}
	bad := 0
	for _, c := range checks {
		if !c.Fine {
			bad++
			if c.Mend == (lang.Text{}) {
				t.Errorf("%s: nothing says how to mend it", c.Name.En)
			}
		}
	}
	if bad != 2 {
		t.Errorf("got %d findings, want the key and the sealing: %+v", bad, checks)
	}
}

func TestTheSchemaOfABookIsTheSearchPathOfItsAddress(t *testing.T) {
	t.Parallel()
	w := found(t, store.PostgreSQL)
	want, err := w.book.Head(w.ctx)
	if err != nil {
		t.Fatal(err)
	}
	o := w.options
	o.DB += "?search_path=" + o.Schema
	if strings.Contains(w.options.DB, "?") {
		o.DB = w.options.DB + "&search_path=" + o.Schema
	}
	o.Schema, o.Clock, o.Random = "", clock.NewStepped(start, time.Millisecond), seeded(2)
	a, err := app.Open(w.ctx, o)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	if got, err := a.Book.Head(w.ctx); err != nil || got.Book != want.Book {
		t.Errorf("got the book %v (%v), want %v", got.Book, err, want.Book)
	}
}

func TestABrokenIndicatorFileIsRefusedWithAllItsFaults(t *testing.T) {
	t.Parallel()
	w := found(t, store.SQLite)
	good := "indicator a.good  \"好\"  \"good\"  in 起  printed 0\n  = accident.count\n"
	for _, c := range []struct {
		name, text string
		want       error
		says       []string
	}{
		{"a name that no kind declares", "indicator a.b \"乙\" \"b\" in 起 printed 0\n  = accident.counts", indicator.ErrUnknownName, []string{"b.indicators", "line 2", "accident.count"}},
		{"a circle", "indicator a.b \"乙\" \"b\" in 起 printed 0\n  = a.c\nindicator a.c \"丙\" \"c\" in 起 printed 0\n  = a.b", indicator.ErrCycle, []string{"a.b", "a.c"}},
		{"起 and 人", "indicator a.b \"乙\" \"b\" in 起 printed 0\n  = accident.count + accident.deaths", indicator.ErrMismatch, []string{"起", "人", "line 2"}},
	} {
		_, err := w.app.IndicatorsIn(w.ctx, w.admin, fstest.MapFS{"a.indicators": {Data: []byte(good)}, "b.indicators": {Data: []byte(c.text)}})
		if !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", c.name, err, c.want)
			continue
		}
		for _, s := range c.says {
			if !strings.Contains(err.Error(), s) {
				t.Errorf("%s: %v does not say %q", c.name, err, s)
			}
		}
	}
	_, err := w.app.IndicatorsIn(w.ctx, w.admin, fstest.MapFS{"a.indicators": {Data: []byte("indicator")}, "b.indicators": {Data: []byte("constant")}})
	if err == nil || !strings.Contains(err.Error(), "a.indicators") || !strings.Contains(err.Error(), "b.indicators") {
		t.Errorf("two broken files: got %v, want the faults of both", err)
	}
}

func TestATemplateWithATypedNumberMakesNoReport(t *testing.T) {
	t.Parallel()
	w := found(t, store.SQLite)
	before := w.head()
	_, err := w.app.BuildFrom(w.ctx, w.admin, app.ReportRequest{Period: year2023}, "title 报告\nfigure a work_safety.accidents\n全市发生{a}，比上年少16起。")
	if want := app.DefaultTemplate + ".report 第3行 第13字：正文中手写了数字“16”"; !errors.Is(err, report.ErrTypedNumber) || !strings.HasPrefix(fault.In(err, lang.Chinese), want) {
		t.Errorf("got %s, want %s…", fault.In(err, lang.Chinese), want)
	}
	_, err = w.app.BuildFrom(w.ctx, w.admin, app.ReportRequest{Period: year2023}, "title 报告\nfigure a work_safety.accident\n{a}")
	if !errors.Is(err, indicator.ErrNotDefined) || !strings.Contains(err.Error(), "line 2") || !strings.Contains(err.Error(), "work_safety.accidents") {
		t.Errorf("an unknown indicator: got %v", err)
	}
	if w.head() != before {
		t.Error("the book has changed")
	}
}

func TestAFigureOfAnUnknownUnitIsRefusedAndNot0(t *testing.T) {
	onBoth(t, func(w *world) {
		w.read(0, func(v *book.View) {
			_, _, err := v.Balance(book.Ask{Measure: "accident.count", Period: year2023, Unit: "439999"})
			if !errors.Is(err, book.ErrNoSuchUnit) {
				w.Errorf("got %v, want %v", err, book.ErrNoSuchUnit)
			}
		})
	})
}
