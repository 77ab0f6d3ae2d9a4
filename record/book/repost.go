package book

import (
	"context"
	"crypto/sha256"
	"maps"
	"math"
	"slices"
	"strings"

	"anlan/ground/fault"
	"anlan/record/measure"
	"anlan/record/posting"
	"anlan/store"
	"anlan/store/journal"
)

// Faults that a reposting finds.
var (
	ErrPostingsDiffer = fault.Define("book.postings_differ", fault.Broken,
		"日志位置%d：统计项“%s”的台账与记录不符：%s记录%d应计%d（值%d），台账为%d（值%d）",
		"position %d: the account of %q is not what the records give: %s record %d: %d (value %d) expected, %d (value %d) posted")
	ErrCellsDiffer = fault.Define("book.cells_differ", fault.Broken,
		"统计项“%s”的汇总与台账不符：%s %s %s应为%d（值%d），汇总为%d（值%d）", "the cells of %q are not what the postings give: %s %s %s: %d (value %d) expected, %d (value %d) found")
	ErrLeafLost = fault.Define("book.leaf_lost", fault.Broken,
		"汇总中的%s %s没有登记为末级", "the cells have %s %s, which is not noted as a leaf")
	ErrStrays = fault.Define("book.strays", fault.Broken,
		"数据表%s有%d行不属于任何台账，第一处为台账%d", "table %s has %d rows that belong to no account; the first says account %d")
)

// Repost makes every posting of every open account again, from the versions of the records, and compares, position by
// position; then the cells of every account with its postings. It reads everything, in bounded memory, in one snapshot.
func (b *Book) Repost(ctx context.Context) (v Verification, err error) {
	err = b.db.Read(ctx, func(tx *store.Tx) error {
		accounts, err := posting.Load(tx)
		if err != nil {
			return err
		}
		for _, p := range b.order {
			if err := p.repost(tx, accounts, &v); err != nil {
				return err
			}
		}
		for _, a := range accounts {
			if a.Current == 0 {
				continue
			}
			wrong, err := posting.WrongCells(tx, a, findingsMax)
			if err != nil {
				return err
			}
			for _, c := range wrong {
				v.add(ErrCellsDiffer.With(a.Measure, c.Axis, c.Code, c.Span, c.Want.Count, c.Want.Value, c.Have.Count, c.Have.Value))
			}
		}
		lost, err := posting.LostLeaves(tx, findingsMax)
		if err != nil {
			return err
		}
		for _, l := range lost {
			v.add(ErrLeafLost.With(l.Axis, l.Code))
		}
		strays, err := posting.Strays(tx)
		for _, s := range strays {
			v.add(ErrStrays.With(s.Table, s.Rows, s.Account))
		}
		return err
	})
	return v, err
}

// repost walks the changes of a kind and the postings of its accounts side by side, in order of position. An account that
// is still being filled is left for later.
func (p *plan) repost(tx *store.Tx, accounts posting.Accounts, v *Verification) error {
	var open []posting.Account
	var measures []int
	for m, s := range p.measures {
		if a, ok := accounts.Open(s); ok && a.Whole() {
			open, measures = append(open, a), append(measures, m)
		}
	}
	if len(open) == 0 {
		return nil
	}
	var lines []posting.Line
	var before, after []measure.Posting
	for from := int64(0); from < math.MaxInt64; {
		turns, through, err := p.turns(tx, from, math.MaxInt64)
		if err != nil {
			return err
		}
		for i, a := range open {
			lines = lines[:0]
			for _, t := range turns {
				lines = p.turn(lines, measures[i], a.No, journal.Position(p.kind.Head(t.after).Began), t.before, t.after, &before, &after)
			}
			v.Postings += int64(len(lines))
			have, err := posting.Between(tx, a.No, journal.Position(from), journal.Position(through))
			if err != nil {
				return err
			}
			p.agree(p.measures[measures[i]], lines, have, v)
		}
		from = through
	}
	return nil
}

// agree compares the postings made again with those that stand, by everything but their amounts.
func (p *plan) agree(s *measure.Spec, lines []posting.Line, have posting.Sums, v *Verification) {
	want := posting.Sums{}
	for _, l := range lines {
		want.Add(l.Mark(), l.Count, l.Value)
	}
	var differ []posting.Mark
	for m, x := range want {
		if have[m] != x {
			differ = append(differ, m)
		}
	}
	for m := range have {
		if _, ok := want[m]; !ok {
			differ = append(differ, m)
		}
	}
	slices.SortFunc(differ, posting.Mark.Compare)
	for _, m := range differ {
		v.add(ErrPostingsDiffer.With(int64(m.Position), s.Label, p.kind.Label(), m.Record, want[m].Count, want[m].Value, have[m].Count, have[m].Value))
	}
}

// judgeAccounts compares the accounts with the entries that made them current, and with each other: each but the newest of
// a measure closes where the next one opens.
func (r *replay) judgeAccounts() error {
	accounts, err := posting.Load(r.tx)
	if err != nil {
		return err
	}
	last := map[string]posting.Account{}
	for _, a := range accounts {
		differs := func() { r.found.add(ErrAccountDiffers.With(a.Measure, a.No, int64(a.Current))) }
		env, ok := r.opened[a.Current]
		// An account that gives figures has every posting; one that says otherwise would be passed over by Repost.
		if a.Current > 0 && !a.Whole() || a.Current > 0 && (!ok || env.Measure != a.Measure || env.Definition != a.Definition) ||
			sha256.Sum256([]byte(a.Definition)) != a.Hash || !strings.HasPrefix(a.Definition, "measure "+a.Measure+"\n") {
			differs()
		}
		delete(r.opened, a.Current)
		if before, ok := last[a.Measure]; ok && (!before.IsClosed || before.Closed != a.Opened) {
			differs()
		}
		last[a.Measure] = a
	}
	for _, measure := range slices.Sorted(maps.Keys(last)) {
		if a := last[measure]; a.IsClosed {
			r.found.add(ErrAccountDiffers.With(a.Measure, a.No, int64(a.Current)))
		}
	}
	for _, at := range slices.Sorted(maps.Keys(r.opened)) { // entries whose account has gone
		r.found.add(ErrAccountDiffers.With(r.opened[at].Measure, 0, int64(at)))
	}
	return nil
}
