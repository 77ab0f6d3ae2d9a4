package book

import (
	"fmt"
	"sync"
)

// countsMost bounds how many answers are remembered; beyond it all are forgotten.
const countsMost = 1_000

// counts remember how many records a list found. An answer is never trusted by itself: each use asks in its own snapshot, by the end of one
// index, when the newest version of the kind was entered, which every change moves on.
type counts struct {
	mu sync.Mutex
	of map[string]howMany
}

// howMany is an answer, and what of the kind was newest.
type howMany struct{ epoch, newest, n int64 }

// count answers a query that counts records of a kind, the same as when it was last asked where nothing was entered since.
func (v *View) count(p *plan, query string, args []any) (n int64, err error) {
	ask := func() error {
		_, err := v.tx.QueryRow([]any{&n}, query, args...)
		return err
	}
	if v.counts == nil || v.AsOf > 0 {
		return n, ask()
	}
	now := howMany{epoch: int64(v.Head.Epoch)}
	if _, err := v.tx.QueryRow([]any{&now.newest}, "SELECT coalesce(max(began), 0) FROM "+p.kind.Code()); err != nil { // by …_began
		return 0, err
	}
	key := fmt.Sprintf("%s %q", query, args)
	v.counts.mu.Lock()
	last, ok := v.counts.of[key]
	v.counts.mu.Unlock()
	if ok && last.epoch == now.epoch && last.newest == now.newest {
		return last.n, nil
	}
	if err := ask(); err != nil {
		return 0, err
	}
	now.n = n
	v.counts.mu.Lock()
	defer v.counts.mu.Unlock()
	if len(v.counts.of) >= countsMost {
		clear(v.counts.of)
	}
	v.counts.of[key] = now
	return n, nil
}
