package login

import (
	"context"

	"anlan/ground/ident"
	"anlan/store"
)

// codes is the purpose for which secrets of authenticators are sealed.
const codes = "totp"

// sealed seals the secret of an authenticator of a user.
func (u *Users) sealed(user ident.ID, secret []byte) ([]byte, error) {
	key, err := u.key()
	if err != nil {
		return nil, err
	}
	return key.Seal(codes, user.String(), secret)
}

// opened opens the secret of an authenticator; none stays none, of which no code is right.
func (u *Users) opened(p *person, sealed []byte) ([]byte, error) {
	if sealed == nil {
		return nil, nil
	}
	key, err := u.key()
	if err != nil {
		return nil, err
	}
	return key.Open(codes, p.ID.String(), sealed)
}

// Settle seals what an older program has left in clear: secrets of authenticators, which are as long as they are made. It is called before
// anybody signs in.
func (u *Users) Settle(ctx context.Context) error {
	clear := map[ident.ID][2][]byte{}
	err := u.book.DB().Read(ctx, func(tx *store.Tx) error {
		rows, err := tx.Query(`SELECT user_id, totp_secret, totp_pending FROM login_credential WHERE length(totp_secret) = ? OR length(totp_pending) = ?`, int64(totpSecretBytes), int64(totpSecretBytes))
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var user ident.ID
			var secret, pending []byte
			if err := rows.Scan(&user, &secret, &pending); err != nil {
				return err
			}
			clear[user] = [2][]byte{secret, pending}
		}
		return rows.Err()
	})
	if err != nil || len(clear) == 0 {
		return err
	}
	return u.book.DB().InTx(ctx, func(tx *store.Tx) error {
		for user, secrets := range clear {
			for i, set := range [2]string{`UPDATE login_credential SET totp_secret = ? WHERE user_id = ? AND totp_secret = ?`, `UPDATE login_credential SET totp_pending = ? WHERE user_id = ? AND totp_pending = ?`} {
				if len(secrets[i]) != totpSecretBytes {
					continue
				}
				sealed, err := u.sealed(user, secrets[i])
				if err != nil {
					return err
				}
				if _, err := tx.Exec(set, sealed, user.String(), secrets[i]); err != nil {
					return err
				}
			}
		}
		return nil
	})
}
