package webhook

import (
	"context"

	"anlan/ground/ident"
	"anlan/store"
)

// signing is the purpose for which secrets of hooks are sealed.
const signing = "webhook"

// sealed seals the secret of a hook by the key of the machine.
func (h *Hooks) sealed(hook ident.ID, secret []byte) ([]byte, error) {
	key, err := h.key()
	if err != nil {
		return nil, err
	}
	return key.Seal(signing, hook.String(), secret)
}

// opened opens the secret of a hook.
func (h *Hooks) opened(hook ident.ID, sealed []byte) ([]byte, error) {
	key, err := h.key()
	if err != nil {
		return nil, err
	}
	return key.Open(signing, hook.String(), sealed)
}

// Settle seals what an older program has left in clear: secrets that are as long as they are made. It is called before anything is sent.
func (h *Hooks) Settle(ctx context.Context) error {
	clear := map[ident.ID][]byte{}
	err := h.book.DB().Read(ctx, func(tx *store.Tx) error {
		rows, err := tx.Query(`SELECT hook_id, secret FROM webhook_sender WHERE length(secret) = ?`, int64(secretBytes))
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var hook ident.ID
			var secret []byte
			if err := rows.Scan(&hook, &secret); err != nil {
				return err
			}
			clear[hook] = secret
		}
		return rows.Err()
	})
	if err != nil || len(clear) == 0 {
		return err
	}
	return h.book.DB().InTx(ctx, func(tx *store.Tx) error {
		for hook, secret := range clear {
			sealed, err := h.sealed(hook, secret)
			if err != nil {
				return err
			}
			if _, err := tx.Exec(`UPDATE webhook_sender SET secret = ? WHERE hook_id = ? AND secret = ?`, sealed, hook.String(), secret); err != nil {
				return err
			}
		}
		return nil
	})
}
