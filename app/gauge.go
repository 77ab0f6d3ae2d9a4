package app

import (
	"context"

	"anlan/office/webhook"
	"anlan/store"
	"anlan/store/journal"
	"anlan/store/outbox"
)

// Gauges are numbers by which whoever operates a server sees how the book stands. None says anything of a record or a person.
type Gauges struct {
	Entries  journal.Position // of the journal
	Sealed   journal.Position // entries that the newest checkpoint covers
	Sessions int64            // that are open
	Events   int64            // of the outbox, that have not left
	Letters  webhook.Backlog
}

// Gauges reads them on one snapshot; each look is by an index.
func (a *App) Gauges(ctx context.Context) (g Gauges, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		head, err := journal.HeadOf(tx)
		if err != nil {
			return err
		}
		g.Entries = head.Size
		if g.Sealed, err = journal.SealedSize(tx); err != nil {
			return err
		}
		if g.Sessions, err = a.Users.Open(tx); err != nil {
			return err
		}
		if g.Events, err = outbox.Waiting(tx); err != nil {
			return err
		}
		g.Letters, err = a.Hooks.Backlog(tx)
		return err
	})
	return g, err
}
