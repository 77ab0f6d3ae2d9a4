package posting

import (
	"encoding/hex"
	"fmt"
	"slices"

	"anlan/record/measure"
	"anlan/store"
	"anlan/store/journal"
)

// Account is the book of one definition of a measure (台账). Changes after Opened post to it as they are made; those up to
// Opened are filled in afterwards, in order; then it becomes current and gives the figures.
type Account struct {
	No         int64
	Measure    string
	Definition string // the definition in its fixed form
	Hash       [32]byte
	Opened     journal.Position // position of the newest entry when it was opened
	Filled     journal.Position // how far the earlier changes have been posted; = Opened when all are
	Closed     journal.Position // position after which it got no more postings; meaningful when IsClosed
	IsClosed   bool
	Current    journal.Position // position of the entry that made it current; 0: it never was
}

// Whole says whether every change up to the newest (or up to Closed) has been posted.
func (a Account) Whole() bool { return a.Filled == a.Opened }

// Accounts are all accounts of the book, by number.
type Accounts []Account

// Current is the account that gives the figures of a measure: the one that became current last.
func (as Accounts) Current(measure string) (found Account, ok bool) {
	for _, a := range as {
		if a.Measure == measure && a.Current > found.Current {
			found, ok = a, true
		}
	}
	return found, ok
}

// Open is the account to which changes post under exactly this definition.
func (as Accounts) Open(s *measure.Spec) (Account, bool) {
	hash := s.Hash()
	for _, a := range as {
		if a.Hash == hash && !a.IsClosed {
			return a, true
		}
	}
	return Account{}, false
}

// Of is the newest account of a definition that gave figures once, whether it is closed or not.
func (as Accounts) Of(measure string, definition [32]byte) (found Account, ok bool) {
	for _, a := range as {
		if a.Measure == measure && a.Hash == definition && a.Current > found.Current {
			found, ok = a, true
		}
	}
	return found, ok
}

// accountsQuery gives every account; there are as many as definitions of measures, some hundreds.
const accountsQuery = `
SELECT account_no, measure, definition, definition_sha256, opened_at, filled_through, closed_at, current_from
FROM account
ORDER BY account_no`

// Load reads the accounts.
func Load(tx *store.Tx) (as Accounts, err error) {
	rows, err := tx.Query(accountsQuery)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var a Account
		var sum string
		var closed, current *int64
		if err := rows.Scan(&a.No, &a.Measure, &a.Definition, &sum, &a.Opened, &a.Filled, &closed, &current); err != nil {
			return nil, err
		}
		if n, err := hex.Decode(a.Hash[:], []byte(sum)); err != nil || n != len(a.Hash) {
			return nil, fmt.Errorf("posting: account %d has no hash: %q", a.No, sum)
		}
		if closed != nil {
			a.IsClosed, a.Closed = true, journal.Position(*closed)
		}
		if current != nil {
			a.Current = journal.Position(*current)
		}
		as = append(as, a)
	}
	return as, rows.Err()
}

// Found opens an account for each definition, closes those of the definitions before, and gives all accounts with the new
// ones; at is the newest position. The head of the journal must be locked, and the accounts loaded since.
func (as Accounts) Found(tx *store.Tx, specs []*measure.Spec, at journal.Position) (Accounts, error) {
	var no int64
	closing := map[string]bool{}
	for n := range as {
		a := &as[n]
		no = max(no, a.No)
		if !a.IsClosed && slices.ContainsFunc(specs, func(s *measure.Spec) bool { return s.Code == a.Measure }) {
			a.IsClosed, a.Closed, closing[a.Measure] = true, at, true
		}
	}
	for measure := range closing {
		if _, err := tx.Exec("UPDATE account SET closed_at = ? WHERE measure = ? AND closed_at IS NULL", int64(at), measure); err != nil {
			return nil, err
		}
	}
	_, err := tx.InsertRows("account", []string{"account_no", "measure", "definition", "definition_sha256", "opened_at", "filled_through"}, func(yield func([]any) bool) {
		for _, s := range specs {
			no++
			a := Account{No: no, Measure: s.Code, Definition: s.Canon(), Hash: s.Hash(), Opened: at}
			as = append(as, a)
			if !yield([]any{a.No, a.Measure, a.Definition, hex.EncodeToString(a.Hash[:]), int64(at), int64(0)}) {
				return
			}
		}
	})
	return as, err
}

// FilledThrough notes how far the changes before the opening have been posted, of an account that is not whole yet.
func FilledThrough(tx *store.Tx, a *Account) error {
	_, err := tx.Exec("UPDATE account SET filled_through = ? WHERE account_no = ?", int64(a.Filled), a.No)
	return err
}

// MakeCurrent lets a whole account give the figures of its measure from an entry on, and brings its cells to where those
// of the others are; an account to which nothing is posted has none.
func MakeCurrent(tx *store.Tx, a *Account, at journal.Position, posted bool) error {
	if !a.Whole() {
		return fmt.Errorf("posting: account %d is not filled", a.No)
	}
	if posted {
		upTo, err := FoldedThrough(tx, true)
		if err != nil {
			return err
		}
		if err := foldAccount(tx, a.No, 0, upTo); err != nil {
			return err
		}
	}
	a.Current = at
	_, err := tx.Exec("UPDATE account SET filled_through = ?, current_from = ? WHERE account_no = ?", int64(a.Filled), int64(at), a.No)
	return err
}
