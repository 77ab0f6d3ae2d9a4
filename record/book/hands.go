package book

import (
	"encoding/json"
	"fmt"

	"anlan/record"
	"anlan/record/access"
	"anlan/store"
	"anlan/store/journal"
)

// hands gives who had a hand in a record as it stands, as the journal has it: who entered it, who changed its content last, and who made
// the last step. made are the hands of entries that this transaction has announced and not yet written. The versions are read from the
// newest until these three are found, by the primary key of the past table and that of the journal.
func (p *plan) hands(tx *store.Tx, r any, made map[int64]record.Hand) (out []record.Hand, err error) {
	h := p.kind.Head(r)
	began := []int64{h.Began}
	if h.Version > 1 {
		rows, err := tx.Query("SELECT began FROM "+p.kind.Code()+"_past WHERE row_no = ? AND ended <= ? ORDER BY began DESC LIMIT ?", h.Row, h.Began, int64(versionsMax))
		if err != nil {
			return nil, err
		}
		defer rows.Close()
		for rows.Next() {
			var at int64
			if err := rows.Scan(&at); err != nil {
				return nil, err
			}
			began = append(began, at)
		}
		if err := rows.Err(); err != nil {
			return nil, err
		}
	}
	edited, moved := false, false
	for _, at := range began {
		if edited && moved {
			break
		}
		if at == h.Row {
			continue
		}
		x, err := handAt(tx, at, made)
		if err != nil {
			return nil, err
		}
		if x.Did == access.Withdraw || x.Did == access.Reinstate { // it stands as if neither had been
			continue
		}
		seen := &moved
		if x.Did == access.Edit {
			seen = &edited
		}
		if !*seen {
			out, *seen = append(out, x), true
		}
	}
	born, err := handAt(tx, h.Row, made)
	return append(out, born), err
}

// handAt is who made the entry at a position.
func handAt(tx *store.Tx, at int64, made map[int64]record.Hand) (record.Hand, error) {
	if x, ok := made[at]; ok {
		return x, nil
	}
	entry, err := journal.EntryAt(tx, journal.Position(at))
	if err != nil {
		return record.Hand{}, err
	}
	var e envelope
	if err := json.Unmarshal(entry.Body, &e); err != nil {
		return record.Hand{}, fmt.Errorf("book: entry at position %d: %w", at, err)
	}
	return record.Hand{By: e.Actor.Name, For: e.Actor.For, Did: e.Action}, nil
}

// Hands gives who had a hand in a record as the view shows it, for whoever wants to say beforehand why a step cannot be made; none for a kind
// that asks for no four eyes.
func (v *View) Hands(kind string, r any) ([]record.Hand, error) {
	p, err := v.book.plan(kind)
	if err != nil || !p.fourEyes {
		return nil, err
	}
	return p.hands(v.tx, r, nil)
}
