package app_test

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"anlan/account/indicator"
	"anlan/account/indicator/indicatortest"
	"anlan/account/indicator/shipped"
	"anlan/app"
	"anlan/ground/classification"
	"anlan/ground/fault"
	"anlan/ground/ident"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/record"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/record/field"
	"anlan/resource/staff"
	"anlan/safety/accident"
	"anlan/safety/enterprise"
	"anlan/safety/hazard"
	"anlan/store"
	"anlan/store/journal"
	"anlan/store/storetest"

	units "anlan/resource/unit"
)

// TestFigures plays the stories in testdata in founded books on both databases; and, of the stories that come with the
// language of indicators, the one that is about our kinds.
func TestFigures(t *testing.T) {
	t.Parallel()
	for _, d := range storetest.Dialects {
		for _, stories := range []string{"testdata/*.figures", "../account/indicator/indicatortest/testdata/year_on_year.figures"} {
			t.Run(d.String(), func(t *testing.T) {
				t.Parallel()
				indicatortest.Run(t, stories, func(t testing.TB) indicatortest.World { return openTold(t, d) }, shippedIndicators(t))
			})
		}
	}
}

// told is a founded book as a world of the test language. Cells are folded after every second change, so that figures are
// put together from cells and from what is not folded yet.
type told struct {
	*world
	changes int
	kinds   map[string]record.Of // by alias of a record
	ids     map[string]ident.ID
	aliases map[int64]string // by row number
}

func openTold(t testing.TB, d store.Dialect) *told {
	return &told{world: found(t, d), kinds: map[string]record.Of{}, ids: map[string]ident.ID{}, aliases: map[int64]string{}}
}

func (w *told) Catalogue() indicator.Catalogue { return app.CatalogueOf(w.book.Kinds()) }
func (w *told) Unit() place.Unit               { return "430600" }

// Create makes a record of a kind. What a story does not say of it is made up from the alias.
func (w *told) Create(_ context.Context, kind, alias string, fields []indicatortest.Field) (journal.Position, error) {
	k, err := w.book.Kind(kind)
	if err != nil {
		return 0, err
	}
	r := blank(k, alias)
	if err := fill(k, r, fields); err != nil {
		return 0, err
	}
	done, err := w.apply(w.admin, create(kind, r))
	if err != nil {
		return 0, err
	}
	w.kinds[alias], w.ids[alias], w.aliases[done[0].Row] = k, done[0].ID, alias
	return w.made(done)
}

// Change gives fields of a record other values.
func (w *told) Change(_ context.Context, alias string, fields []indicatortest.Field, because string) (at journal.Position, err error) {
	k, ok := w.kinds[alias]
	if !ok {
		return 0, fmt.Errorf("the story has no record %s", alias)
	}
	var r any
	err = w.book.Read(w.ctx, w.admin, 0, func(v *book.View) (err error) { r, err = v.Get(k.Code(), w.ids[alias]); return err })
	if err == nil {
		err = fill(k, r, fields)
	}
	if err != nil {
		return 0, err
	}
	done, err := w.apply(w.admin, book.Change{Kind: k.Code(), ID: w.ids[alias], Expect: k.Head(r).Version, Action: access.Edit, Record: r, Reason: because})
	if err == nil && done[0].Same {
		err = fmt.Errorf("the change of %s changes nothing", alias)
	}
	if err != nil {
		return 0, err
	}
	return w.made(done)
}

// Withdraw takes a record back.
func (w *told) Withdraw(_ context.Context, alias, because string) (journal.Position, error) {
	k, ok := w.kinds[alias]
	if !ok {
		return 0, fmt.Errorf("the story has no record %s", alias)
	}
	done, err := w.apply(w.admin, step(k.Code(), w.ids[alias], access.Withdraw, because))
	if err != nil {
		return 0, err
	}
	return w.made(done)
}

// made gives the position of a change.
func (w *told) made(done []book.Done) (journal.Position, error) {
	if w.changes++; w.changes%2 == 0 {
		return done[0].Position, w.book.Fold(w.ctx)
	}
	return done[0].Position, nil
}

// Read shows the book as of a position.
func (w *told) Read(ctx context.Context, asOf journal.Position, see func(indicatortest.Snapshot) error) error {
	return w.book.Read(ctx, w.admin, asOf, func(v *book.View) error { return see(toldSnapshot{app.Figures{View: v, Counted: true}, w}) })
}

// toldSnapshot is the book as of one position.
type toldSnapshot struct {
	app.Figures
	told *told
}

// Values are the figures, each of which must have as many records behind it as it says.
func (s toldSnapshot) Values(ctx context.Context, asks []indicator.Ask) ([]indicator.Quantity, error) {
	out, err := s.Figures.Values(ctx, asks)
	for i, q := range out {
		behind, err := s.Records(ctx, asks[i])
		if err != nil {
			return nil, err
		}
		if q.Records() != len(behind) {
			return nil, fmt.Errorf("%v: %d records counted, %d listed", asks[i], q.Records(), len(behind))
		}
	}
	return out, err
}

// Records lists the aliases of the records behind a figure.
func (s toldSnapshot) Records(_ context.Context, ask indicator.Ask) ([]string, error) {
	items, err := s.View.Records(book.Ask{Measure: ask.Measure, Period: ask.Period, Unit: ask.Unit}, 0, 1000)
	aliases := make([]string, len(items))
	for i, x := range items {
		aliases[i] = s.told.aliases[x.Record]
	}
	return aliases, err
}

// blank is a new record with the fields that a story may leave unsaid.
func blank(k record.Of, alias string) any {
	r := k.New()
	k.Head(r).Unit = "430602"
	switch r := r.(type) {
	case *accident.Accident:
		r.Number, r.Place = "SG-"+alias, "430602"
	case *hazard.Hazard:
		r.Number, r.Place, r.Title, r.Grade = "YH-"+alias, "430602", "示例隐患", hazard.Major
	case *staff.Member:
		r.Number, r.Name, r.Establishment = "RY-"+alias, "示例人员", classification.Administrative
	case *enterprise.Enterprise:
		r.CreditCode, r.Name, r.Industry = creditCode(alias), "示例企业", "trade"
	case *units.Unit:
		r.Name, r.Sort = "示例单位", units.Section
	}
	return r
}

// creditCode is a code of 18 characters with a true check character (GB 32100-2015), the same for the same alias.
func creditCode(alias string) string {
	const characters = "0123456789ABCDEFGHJKLMNPQRTUWXY"
	n := 0
	for _, c := range alias {
		n = n*31%100_000_000 + int(c)
	}
	code := fmt.Sprintf("914306%011d", n)
	sum, weight := 0, 1
	for _, c := range []byte(code) {
		sum, weight = sum+strings.IndexByte(characters, c)*weight, weight*3%31
	}
	return code + characters[(31-sum%31)%31:][:1]
}

// words are what the stories call the fields of a kind, where that is not the field's own code.
var words = map[string]map[string]string{
	"accident":   {"on": "occurred_on"},
	"hazard":     {"found": "found_on", "listed": "listed_on", "closed": "closed_on"},
	"staff":      {"from": "in_post_from_on", "to": "in_post_to_on", "retired": "retired_on", "removed": "removed_on"},
	"enterprise": {"from": "from_on", "until": "until_on"},
}

// fill sets fields of a record as a story writes them.
func fill(k record.Of, r any, fields []indicatortest.Field) error {
	for i, f := range fields {
		switch x := r.(type) {
		case *accident.Accident:
			if fate, ok := map[string]accident.Fate{"deaths": accident.Death, "missing": accident.Missing, "serious": accident.Serious, "minor": accident.Minor}[f.Name]; ok {
				if err := suffered(x, fate, f.Value); err != nil {
					return err
				}
				continue
			}
		case *units.Unit:
			if f.Name == "from" {
				continue // belongs to the unit before it
			}
			if f.Name == "under" {
				if err := moved(x, f.Value, fields[i+1:]); err != nil {
					return err
				}
				continue
			}
		}
		code := f.Name
		if w, ok := words[k.Code()][code]; ok {
			code = w
		}
		at := slices.IndexFunc(k.Fields(), func(s *field.Spec) bool { return s.Code == code })
		if at < 0 {
			return fmt.Errorf("%s has no field %s", k.Code(), f.Name)
		}
		if err := k.Parse(r, at, f.Value); err != nil {
			return fault.At(err, fault.Where{Field: f.Name})
		}
	}
	return nil
}

// suffered gives an accident so many casualties of one fate, in place of those of that fate.
func suffered(a *accident.Accident, fate accident.Fate, number string) error {
	n, err := strconv.Atoi(number)
	if err != nil {
		return err
	}
	a.Casualties = slices.DeleteFunc(a.Casualties, func(c accident.Casualty) bool { return c.Fate == fate })
	for range n {
		a.Casualties = append(a.Casualties, accident.Casualty{Name: "示例人员", Fate: fate})
	}
	return nil
}

// moved puts a unit under another: for ever, or from a day on.
func moved(u *units.Unit, parent string, rest []indicatortest.Field) error {
	e := units.Edge{Parent: place.Unit(parent)}
	if len(rest) > 0 && rest[0].Name == "from" {
		d, err := period.ISODay(rest[0].Value)
		if err != nil {
			return err
		}
		e.From = d
	}
	if n := len(u.Edges); n > 0 && !e.From.IsZero() {
		u.Edges[n-1].Until = e.From
		u.Edges = append(u.Edges, e)
	} else {
		u.Edges = []units.Edge{e}
	}
	return nil
}

// shippedIndicators are the files that come with the program.
func shippedIndicators(t testing.TB) *indicator.File {
	t.Helper()
	content, err := shipped.Files.ReadFile("spine.indicators")
	if err != nil {
		t.Fatal(err)
	}
	f, err := indicator.Parse("spine.indicators", content)
	if err != nil {
		t.Fatal(err)
	}
	return f
}
