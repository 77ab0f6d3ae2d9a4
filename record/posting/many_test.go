package posting_test

import (
	"cmp"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/record/measure"
	"anlan/record/posting"
	"anlan/store"
	"anlan/store/journal"
	"anlan/store/storetest"
)

// ledger is a database with some accounts, and all that was posted to them, kept in a list as well.
type ledger struct {
	*testing.T
	*rand.Rand
	db       *store.DB
	accounts []posting.Account
	lines    []posting.Line
	at       journal.Position
}

var (
	units  = []place.Unit{"430600", "430602", "430602-01", "430603", "430611", "430621", "430621-01", "430623"}
	places = []place.Code{"", "430602", "430602001", "430621", "430623"}
)

func openLedger(t *testing.T, db *store.DB, seed uint64) *ledger {
	l := &ledger{T: t, Rand: rand.New(rand.NewPCG(seed, 1)), db: db}
	l.write(func(tx *store.Tx) error {
		var specs []*measure.Spec
		for n := range 4 {
			specs = append(specs, &measure.Spec{Code: fmt.Sprintf("trial.%d", n)})
		}
		accounts, err := posting.Accounts{}.Found(tx, specs, 0)
		for n := range accounts {
			err = errors.Join(err, posting.MakeCurrent(tx, &accounts[n], 1, n%2 == 0))
		}
		l.accounts = accounts
		return err
	})
	return l
}

func (l *ledger) write(do func(tx *store.Tx) error) {
	l.Helper()
	if err := l.db.InTx(l.Context(), do); err != nil {
		l.Fatal(err)
	}
}

// day is one of three years; boundaries of months and years are frequent.
func (l *ledger) day() period.Day {
	d := period.MustDay(2022, 1, 1).Add(l.IntN(3 * 365))
	if l.IntN(3) == 0 {
		y, m, _ := d.Date()
		d = period.MustDay(y, m, 1).Add(-l.IntN(2))
	}
	return d
}

func pick[V any](l *ledger, of []V) V { return of[l.IntN(len(of))] }

// post posts so many lines at as many positions or fewer.
func (l *ledger) post(n int) {
	var lines []posting.Line
	for i := range n {
		if i == 0 || l.IntN(3) > 0 {
			l.at++
		}
		line := posting.Line{Account: pick(l, l.accounts).No, Position: l.at, Unit: pick(l, units), Place: pick(l, places), Record: int64(1 + l.IntN(40)),
			Posting: measure.Posting{Day: l.day(), Count: 1, Value: int64(l.IntN(10_000))}}
		if l.IntN(4) == 0 {
			line.Count, line.Value = -line.Count, -line.Value
		}
		lines = append(lines, line)
	}
	slices.SortStableFunc(lines, func(a, b posting.Line) int {
		return cmp.Or(cmp.Compare(a.Position, b.Position), cmp.Compare(a.Account, b.Account))
	})
	l.lines = append(l.lines, lines...)
	l.write(func(tx *store.Tx) error { return posting.Insert(tx, slices.Values(lines)) })
}

// nodes are leaves with the days on which they belong; a leaf may leave and come back.
func nodes[C ~string](l *ledger, codes []C) []posting.Node {
	if l.IntN(6) == 0 {
		return nil
	}
	held := []place.Held[C]{}
	dated := l.IntN(2) == 0
	for _, c := range codes {
		switch {
		case l.IntN(4) == 0:
		case !dated || l.IntN(2) == 0:
			held = append(held, place.Held[C]{Node: c})
		default:
			left := l.day()
			held = append(held, place.Held[C]{Node: c, Span: place.Span{Until: left}}, place.Held[C]{Node: c, Span: place.Span{From: left.Add(1 + l.IntN(90))}})
		}
	}
	return posting.Nodes(held)
}

// questions are about few lists of leaves and few periods, and about all accounts.
func (l *ledger) questions(folded journal.Position) (out []posting.Question) {
	byUnit := [][]posting.Node{nodes(l, units), nodes(l, units), nil, {}}
	byPlace := [][]posting.Node{nodes(l, places), nodes(l, places), nil, {}}
	asOf := journal.Position(0)
	if l.IntN(2) == 0 {
		asOf = journal.Position(1 + l.IntN(int(l.at)))
	}
	within := [][]string{{"430602", "430602-01"}, {}}
	spans := []string{"2023", "2022", "2023-Q3", "2022-12", "2023-01..10", "2024-02-29", "2023-05-T2"}
	for range 1 + l.IntN(30) {
		p := period.MustParse(pick(l, spans))
		if l.IntN(4) == 0 {
			if a, b := l.day(), l.day(); !b.Before(a) {
				p = period.Span(a, b)
			}
		}
		q := posting.Question{Account: pick(l, l.accounts), Shape: pick(l, []measure.Shape{measure.Flow, measure.Stock}), Axis: posting.ByUnit,
			Nodes: pick(l, byUnit), First: p.First(), Last: p.Last(), AsOf: asOf, Folded: folded}
		if l.IntN(3) == 0 {
			q.Axis, q.Nodes = posting.ByPlace, pick(l, byPlace)
			if l.IntN(3) == 0 {
				q.Within = pick(l, within)
			}
		}
		out = append(out, q)
	}
	return out
}

// sum goes through the list.
func (l *ledger) sum(q posting.Question) (b posting.Balance) {
	holds := func(s place.Span, d period.Day) bool {
		return (s.From.IsZero() || !d.Before(s.From)) && (s.Until.IsZero() || d.Before(s.Until))
	}
	for _, line := range l.lines {
		code, on := string(line.Unit), line.Day
		if q.Axis == posting.ByPlace {
			code = string(line.Place)
		}
		if q.Shape == measure.Stock {
			on = q.Last
		}
		belongs := q.Nodes == nil || slices.ContainsFunc(q.Nodes, func(n posting.Node) bool { return n.Code == code && holds(n.Span, on) })
		if line.Account != q.Account.No || !belongs || q.AsOf > 0 && line.Position > q.AsOf || q.Last.Before(line.Day) ||
			q.Shape == measure.Flow && line.Day.Before(q.First) || q.Within != nil && !slices.Contains(q.Within, string(line.Unit)) {
			continue
		}
		b.Count, b.Value = b.Count+line.Count, b.Value+line.Value
	}
	return b
}

func TestManyQuestionsAreAnsweredAsEachAloneAndAsTheListSays(t *testing.T) {
	t.Parallel()
	const seed = 20231231
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		l := openLedger(t, db, seed)
		for round := range 40 {
			l.post(1 + l.IntN(40))
			if l.IntN(3) == 0 { // up to the newest or to somewhere before
				upTo := l.at - journal.Position(l.IntN(2)*l.IntN(10))
				l.write(func(tx *store.Tx) error { return posting.Fold(tx, upTo) })
			}
			err := db.Read(t.Context(), func(tx *store.Tx) error { return l.agree(tx, round) })
			if err != nil {
				t.Fatal(err)
			}
		}
		if t.Failed() {
			t.Logf("seed %d", seed)
		}
	})
}

// agree asks many questions together, each alone, and the list.
func (l *ledger) agree(tx *store.Tx, round int) error {
	folded, err := posting.FoldedThrough(tx, false)
	if err != nil {
		return err
	}
	questions := l.questions(folded)
	together, err := posting.AskAll(tx, questions)
	if err != nil {
		return err
	}
	for i, q := range questions {
		alone, err := posting.Ask(tx, q)
		if err != nil {
			return err
		}
		if want := l.sum(q); together[i] != want || alone != want {
			l.Errorf("round %d, folded through %d: %+v\ntogether %v, alone %v, the list says %v", round, folded, q, together[i], alone, want)
		}
	}
	for _, a := range l.accounts {
		if wrong, err := posting.WrongCells(tx, a, 10); err != nil || len(wrong) > 0 {
			l.Errorf("round %d: cells of account %d: %v %v", round, a.No, wrong, err)
		}
	}
	if lost, err := posting.LostLeaves(tx, 10); err != nil || len(lost) > 0 {
		l.Errorf("round %d: %v %v", round, lost, err)
	}
	return nil
}

func TestNoQuestionHasNoAnswer(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		err := db.Read(t.Context(), func(tx *store.Tx) error {
			answers, err := posting.AskAll(tx, nil)
			if len(answers) != 0 {
				t.Errorf("got %v", answers)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}
