package posting

import (
	"encoding/hex"

	"anlan/record/measure"
	"anlan/store"
	"anlan/store/journal"
)

// Account is the book of one definition of a measure.
type Account struct {
	No      int64
	Measure string
	Hash    [32]byte
	// Current accounts give the figures; a book that is being filled is not current yet.
	Current bool
}

// Accounts finds the current account of a measure, and the account of a definition.
type Accounts struct {
	current    map[string]Account
	definition map[[32]byte]Account
}

// Current is the account that gives the figures of a measure.
func (a Accounts) Current(measure string) (Account, bool) { x, ok := a.current[measure]; return x, ok }

// Of is the account of exactly this definition.
func (a Accounts) Of(s *measure.Spec) (Account, bool) { x, ok := a.definition[s.Hash()]; return x, ok }

// accountsQuery gives every account; there are as many as definitions of measures, some hundreds.
const accountsQuery = `
SELECT account_no, measure, definition_sha256, is_current
FROM account
ORDER BY account_no`

// Load reads the accounts.
func Load(tx *store.Tx) (Accounts, error) {
	a := Accounts{map[string]Account{}, map[[32]byte]Account{}}
	rows, err := tx.Query(accountsQuery)
	if err != nil {
		return a, err
	}
	defer rows.Close()
	for rows.Next() {
		var x Account
		var sum string
		var current int64
		if err := rows.Scan(&x.No, &x.Measure, &sum, &current); err != nil {
			return a, err
		}
		if _, err := hex.Decode(x.Hash[:], []byte(sum)); err != nil {
			return a, err
		}
		x.Current = current == 1
		a.definition[x.Hash] = x
		if x.Current {
			a.current[x.Measure] = x
		}
	}
	return a, rows.Err()
}

// Open makes an account for a definition that has none; it is not current yet. at is the position of the entry that
// will make it so.
func Open(tx *store.Tx, s *measure.Spec, at journal.Position) (Account, error) {
	var no int64
	if _, err := tx.QueryRow([]any{&no}, "SELECT coalesce(max(account_no), 0) + 1 FROM account"); err != nil {
		return Account{}, err
	}
	hash := s.Hash()
	_, err := tx.Exec("INSERT INTO account (account_no, measure, definition, definition_sha256, opened_at, is_current) VALUES (?, ?, ?, ?, ?, 0)",
		no, s.Code, s.Canon(), hex.EncodeToString(hash[:]), int64(at))
	return Account{No: no, Measure: s.Code, Hash: hash}, err
}

// MakeCurrent lets the account give the figures of its measure, in place of the one before.
func MakeCurrent(tx *store.Tx, a Account) error {
	if _, err := tx.Exec("UPDATE account SET is_current = 0 WHERE measure = ?", a.Measure); err != nil {
		return err
	}
	_, err := tx.Exec("UPDATE account SET is_current = 1 WHERE account_no = ?", a.No)
	return err
}
