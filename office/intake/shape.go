package intake

import (
	"context"
	"encoding/json"
	"fmt"

	"anlan/ground/place"
	"anlan/store"
)

// shapesMax bounds what a unit's sheets of a kind are remembered by; the one not used for longest goes.
const shapesMax = 50

// Remember keeps for a unit what the columns of sheets of a shape stand for.
func (d *Drafts) Remember(ctx context.Context, unit place.Unit, kind, shape string, columns []string) error {
	said, err := json.Marshal(columns)
	if err != nil {
		return err
	}
	return d.db.InTx(ctx, func(tx *store.Tx) error {
		if _, err := tx.Exec("DELETE FROM import_shape WHERE unit = ? AND kind = ? AND shape IN (SELECT shape FROM import_shape WHERE unit = ? AND kind = ? ORDER BY used_at DESC, shape LIMIT 1000 OFFSET ?)",
			string(unit), kind, string(unit), kind, shapesMax-1); err != nil {
			return err
		}
		_, err := tx.Exec(`INSERT INTO import_shape (unit, kind, shape, columns, used_at) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (unit, kind, shape) DO UPDATE SET columns = excluded.columns, used_at = excluded.used_at`, string(unit), kind, shape, string(said), d.clock.Now().UnixMicro())
		return err
	})
}

// Recall gives what the columns of sheets of a shape stood for the last time in a unit; nil when there was none.
func (d *Drafts) Recall(ctx context.Context, unit place.Unit, kind, shape string) (columns []string, err error) {
	err = d.db.Read(ctx, func(tx *store.Tx) error {
		var said string
		found, err := tx.QueryRow([]any{&said}, "SELECT columns FROM import_shape WHERE unit = ? AND kind = ? AND shape = ?", string(unit), kind, shape)
		if err != nil || !found {
			return err
		}
		if err := json.Unmarshal([]byte(said), &columns); err != nil {
			return fmt.Errorf("intake: shape %s of %s: %w", shape, kind, err)
		}
		return nil
	})
	return columns, err
}
