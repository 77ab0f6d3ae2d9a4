package book

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"anlan/ground/place"
	"anlan/record"
	"anlan/record/posting"
	"anlan/store"
)

// Sourced is what Trees and Extras are when they say which kinds they are made from: the book then reads them again only
// when a record of these kinds has changed.
type Sourced interface {
	// Kinds lists the codes of the kinds.
	Kinds() []string
}

// surroundings are what every use of the book needs and few change: the trees as they are now, extra fields, accounts.
// They are shared between uses and never changed; the
// scopes are only found once.
type surroundings struct {
	units    place.Tree[place.Unit]
	places   place.Tree[place.Code]
	extras   map[string]record.Extras
	accounts posting.Accounts
	scopes   scopes
}

// memory keeps the surroundings of the last use. It is never trusted by itself: each use asks in its own transaction, by one
// query, when what they are made of was changed last, and looks again when that is not the moment it remembers.
type memory struct {
	stamp string // query that tells the moment; empty: nothing can be remembered
	parts int    // columns of its answer
	mu    sync.Mutex
	at    []int64
	last  *surroundings
}

// newMemory builds the query: the epoch, because a restore that lost entries gives their positions again; the sum of the
// positions that accounts have come to, which only grow; and the newest beginning among the records of each kind, which
// every change moves on.
func newMemory(trees Trees, extras Extras) *memory {
	m := &memory{}
	var kinds []string
	for _, source := range []any{trees, extras} {
		s, ok := source.(Sourced)
		if !ok {
			return m
		}
		kinds = append(kinds, s.Kinds()...)
	}
	slices.Sort(kinds)
	columns := []string{"(SELECT coalesce(max(epoch), 0) FROM book_head)", "(SELECT CAST(coalesce(sum(1 + filled_through + coalesce(closed_at, 0) + coalesce(current_from, 0)), 0) AS bigint) FROM account)"}
	for _, k := range slices.Compact(kinds) {
		columns = append(columns, "(SELECT coalesce(max(began), 0) FROM "+k+")")
	}
	m.stamp, m.parts = "SELECT "+strings.Join(columns, ", "), len(columns)
	return m
}

// surroundings are those that a transaction sees. What is read here is remembered where the transaction has written nothing yet;
// what it has written may be taken back, and then the same moment would stand for something else.
func (b *Book) surroundings(tx *store.Tx, unwritten bool) (*surroundings, error) {
	m := b.memory
	if m.stamp == "" {
		return b.look(tx)
	}
	at, dest := make([]int64, m.parts), make([]any, m.parts)
	for i := range at {
		dest[i] = &at[i]
	}
	if _, err := tx.QueryRow(dest, m.stamp); err != nil {
		return nil, err
	}
	m.mu.Lock()
	last := m.last
	if !slices.Equal(m.at, at) {
		last = nil
	}
	m.mu.Unlock()
	if last != nil {
		return last, nil
	}
	fresh, err := b.look(tx)
	if err != nil || !unwritten {
		return fresh, err
	}
	m.mu.Lock()
	m.at, m.last = at, fresh
	m.mu.Unlock()
	return fresh, nil
}

// look reads the surroundings as the transaction sees them, its own changes included, and remembers nothing.
func (b *Book) look(tx *store.Tx) (s *surroundings, err error) {
	s = &surroundings{}
	if s.units, err = b.trees.Units(tx, 0); err != nil {
		return nil, fmt.Errorf("book: tree of units: %w", err)
	}
	if s.places, err = b.trees.Places(tx, 0); err != nil {
		return nil, fmt.Errorf("book: tree of places: %w", err)
	}
	if s.extras, err = b.extras.Extras(tx); err != nil {
		return nil, fmt.Errorf("book: extra fields: %w", err)
	}
	s.accounts, err = posting.Load(tx)
	return s, err
}
