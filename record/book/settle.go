package book

import (
	"context"
	"fmt"
	"slices"

	"anlan/record/access"
	"anlan/record/measure"
	"anlan/record/posting"
	"anlan/store"
	"anlan/store/canonical"
	"anlan/store/journal"
)

// Settle opens the account of every measure whose definition has none, fills it from current and past rows at the
// original positions, and makes it current by one journalled entry a measure. It says how many it opened.
func (b *Book) Settle(ctx context.Context, actor access.Actor) (opened int, err error) {
	if err := actor.Allow(access.Edit, "account", textOf("台账", "account")); err != nil {
		return 0, err
	}
	err = b.db.InTx(ctx, func(tx *store.Tx) error {
		log, err := journal.Lock(tx)
		if err != nil {
			return err
		}
		now := log.Stamp(b.clock.Now())
		accounts, err := posting.Load(tx)
		if err != nil {
			return err
		}
		for _, k := range b.order {
			for m, s := range k.MeasureSpecs() {
				if _, ok := accounts.Of(s); ok {
					continue
				}
				at := log.Head().Size + 1
				a, err := posting.Open(tx, s, at)
				if err != nil {
					return err
				}
				if err := b.fill(tx, b.kinds[k.Code()], m, a); err != nil {
					return err
				}
				if err := posting.FoldNew(tx, a); err != nil {
					return err
				}
				if err := posting.MakeCurrent(tx, a); err != nil {
					return err
				}
				body := append([]byte(`{"action":"open","actor":`), appendActor(nil, actor)...)
				body = append(body, `,"definition":`...)
				body = canonical.AppendText(body, s.Canon())
				body = append(body, `,"kind":"account","measure":`...)
				body = canonical.AppendText(body, s.Code)
				body = fmt.Appendf(body, `,"position":%d,"recorded_at":"%s"}`, at, now.UTC().Format(instantForm))
				if _, err := log.Append(journal.Entry{Kind: "account", Action: "open", Body: body}); err != nil {
					return err
				}
				opened++
			}
		}
		return log.Flush()
	})
	return opened, err
}

// fill posts every version of every record of a kind to one account.
func (b *Book) fill(tx *store.Tx, p *plan, m int, a posting.Account) error {
	var lines []posting.Line
	var before, after []measure.Posting
	write := func() error {
		err := posting.Insert(tx, slices.Values(lines))
		lines = lines[:0]
		return err
	}
	err := b.versions(tx, p, func(old, r any) error {
		h := p.kind.Head(r)
		lines = turn(lines, p, m, a.No, journal.Position(h.Began), h.Row, old, r, &before, &after)
		if len(lines) < linesAtOnce {
			return nil
		}
		return write()
	})
	if err != nil {
		return err
	}
	return write()
}

// linesAtOnce bounds the postings held while an account is filled.
const linesAtOnce = 10_000

// versions gives every version of every record of a kind with the version before it (nil for the first), by record in
// order of position. Rows are read a page at a time.
func (b *Book) versions(tx *store.Tx, p *plan, do func(before, r any) error) error {
	var before any
	row, began := int64(0), int64(0)
	for {
		page, err := p.versionPage(tx, row, began)
		if err != nil {
			return err
		}
		for _, r := range page {
			h := p.kind.Head(r)
			if before != nil && p.kind.Head(before).Row != h.Row {
				before = nil
			}
			if err := do(before, r); err != nil {
				return err
			}
			before, row, began = r, h.Row, h.Began
		}
		if len(page) < pageRows {
			return nil
		}
	}
}

// versionPage reads versions of current and past rows after (row, began), with their rows.
func (p *plan) versionPage(tx *store.Tx, row, began int64) ([]any, error) {
	t, columns := p.kind.Code(), joined(p.columns)
	query := "SELECT " + columns + ", ended FROM (" +
		"SELECT " + columns + ", 0 AS ended FROM " + t + " WHERE row_no > ? OR row_no = ? AND began > ? UNION ALL " +
		"SELECT " + columns + ", ended FROM " + t + "_past WHERE row_no > ? OR row_no = ? AND began > ?) q ORDER BY row_no, began LIMIT ?"
	rows, err := tx.Query(query, row, row, began, row, row, began, int64(pageRows))
	if err != nil {
		return nil, err
	}
	var out []any
	for rows.Next() {
		r, err := p.kind.Load(rows.Values())
		if err != nil {
			rows.Close()
			return nil, err
		}
		out = append(out, r)
	}
	if err := rows.Close(); err != nil {
		return nil, err
	}
	for _, r := range out {
		if err := p.loadLists(tx, r, p.kind.Head(r).Ended > 0); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// Unsettled lists the measures that have no account for their definition yet.
func (b *Book) Unsettled(ctx context.Context) (measures []string, err error) {
	err = b.db.Read(ctx, func(tx *store.Tx) error {
		accounts, err := posting.Load(tx)
		if err != nil {
			return err
		}
		for _, k := range b.order {
			for _, s := range k.MeasureSpecs() {
				if _, ok := accounts.Of(s); !ok {
					measures = append(measures, s.Code)
				}
			}
		}
		return nil
	})
	return measures, err
}

// plansInOrder are the plans in order of registration.
func (b *Book) plansInOrder() []*plan {
	out := make([]*plan, len(b.order))
	for i, k := range b.order {
		out[i] = b.kinds[k.Code()]
	}
	return out
}
