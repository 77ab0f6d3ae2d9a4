package app

import (
	"context"

	"anlan/ground/fault"
	"anlan/store"
	"anlan/store/journal"
)

// ErrNotSealed says that the book keeps no checkpoint yet.
var ErrNotSealed = fault.Define("app.not_sealed", fault.NotFound,
	"账册还没有封存过：公开报告或运行 anlan journal checkpoint 时封存", "the book was not sealed yet: publishing a report does it, or anlan journal checkpoint")

// Checkpoint is the newest signed checkpoint that the book keeps. Fault: ErrNotSealed.
func (a *App) Checkpoint(ctx context.Context) (note string, err error) {
	found := false
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) { note, found, err = journal.LastSealed(tx); return err })
	if err == nil && !found {
		err = ErrNotSealed.With()
	}
	return note, err
}

// Prove proves an entry of the journal under the checkpoint of a size, whose signed note goes with it. Whether the reader may see
// the entry is for the caller to have asked; values above internal stand in it as commitments only.
func (a *App) Prove(ctx context.Context, position, size journal.Position, note string) (p journal.Proof, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) { p, err = journal.Prove(tx, position, size, note); return err })
	return p, err
}

// ProveSigned proves a position of the journal under the newest checkpoint, or under one made now where that does not reach it.
func (a *App) ProveSigned(ctx context.Context, at journal.Position) (p journal.Proof, err error) {
	key, err := a.PublicKey()
	if err != nil {
		return p, err
	}
	size, err := a.Sealed(ctx)
	if err != nil {
		return p, err
	}
	note := ""
	if size >= at {
		note, err = a.Checkpoint(ctx)
	} else {
		note, err = a.Seal(ctx)
	}
	if err != nil {
		return p, err
	}
	c, err := key.Open(note)
	if err != nil {
		return p, err
	}
	return a.Prove(ctx, at, c.Size, note)
}
