package login

import (
	"crypto/sha256"
	"time"

	"anlan/ground/ident"
	"anlan/ground/period"
	"anlan/store"
)

// How failures make the next attempt wait: from a number of them on a second, doubled with each more.
const (
	freeHere       = 5  // failures of a name from one address
	freeNew        = 20 // failures of a name from all addresses from which it has not signed in before
	waitMax        = 15 * time.Minute
	waitMaxKnown   = time.Minute // from an address from which it has signed in before
	failuresForget = time.Hour   // after the last
	failuresSweep  = time.Minute // between two sweeps
	everywhereNew  = "*"
)

// wait is how long an attempt waits after so many failures.
func wait(failures, free int64, most time.Duration) time.Duration {
	switch n := failures - free; {
	case n < 0:
		return 0
	case n >= 20:
		return most
	default:
		return min(time.Second<<n, most)
	}
}

// attempted is an attempt that counts as a failure until it has succeeded.
type attempted struct {
	name    [32]byte
	address string
	known   bool // the user has signed in from this address before
}

// admit refuses an attempt that must wait and counts any other, before its password is looked at: attempts at once cannot all
// slip through under one count. On PostgreSQL the rows are locked, in one order, before they are read.
func (u *Users) admit(tx *store.Tx, login string, who ident.ID, address string, now time.Time) (a attempted, err error) {
	a = attempted{name: sha256.Sum256([]byte(login)), address: address}
	var one int64
	if a.known, err = tx.QueryRow([]any{&one}, knownAddress, who.String(), address); err != nil {
		return a, err
	}
	if !a.known {
		if err := a.count(tx, everywhereNew, freeNew, waitMax, now); err != nil {
			return a, err
		}
	}
	most := waitMax
	if a.known {
		most = waitMaxKnown
	}
	return a, a.count(tx, address, freeHere, most, now)
}

// knownAddress asks whether a user has ever signed in from an address, by login_session_user.
const knownAddress = `SELECT 1 FROM login_session WHERE user_id = ? AND address = ? LIMIT 1`

// count adds a failure at an address, unless it is not time yet.
func (a *attempted) count(tx *store.Tx, address string, free int64, most time.Duration, now time.Time) error {
	if _, err := tx.Exec(`INSERT INTO login_failure (name_sha256, address, failures, last_at) VALUES (?, ?, 0, 0)
ON CONFLICT (name_sha256, address) DO UPDATE SET failures = login_failure.failures`, a.name[:], address); err != nil {
		return err
	}
	var failures, last int64
	if _, err := tx.QueryRow([]any{&failures, &last}, `SELECT failures, last_at FROM login_failure WHERE name_sha256 = ? AND address = ?`, a.name[:], address); err != nil {
		return err
	}
	at := time.UnixMicro(last)
	if now.Sub(at) >= failuresForget {
		failures = 0
	}
	if until := at.Add(wait(failures, free, most)); failures > 0 && now.Before(until) {
		until = until.Add(time.Second - 1).Truncate(time.Second) // the seconds that are said are enough
		return ErrWait.With(until.In(period.Shanghai).Format("15:04:05"), int64(until.Sub(now)/time.Second)+1)
	}
	_, err := tx.Exec(`UPDATE login_failure SET failures = ?, last_at = ? WHERE name_sha256 = ? AND address = ?`, failures+1, now.UnixMicro(), a.name[:], address)
	return err
}

// takeBack uncounts the attempt: it neither failed nor succeeded, or it succeeded and the others from this address are forgiven.
func (a *attempted) takeBack(tx *store.Tx, forgive bool) error {
	const less = `UPDATE login_failure SET failures = failures - 1 WHERE name_sha256 = ? AND address = ? AND failures > 0`
	if !a.known {
		if _, err := tx.Exec(less, a.name[:], everywhereNew); err != nil {
			return err
		}
	}
	if !forgive {
		_, err := tx.Exec(less, a.name[:], a.address)
		return err
	}
	_, err := tx.Exec(`DELETE FROM login_failure WHERE name_sha256 = ? AND address = ?`, a.name[:], a.address)
	return err
}

// sweep drops failures that count no longer, at most once a minute, by login_failure_last. Those of the last hour are as many as
// passwords can be hashed in an hour.
func (u *Users) sweep(tx *store.Tx, now time.Time) error {
	before := u.swept.Load()
	if now.UnixMicro()-before < failuresSweep.Microseconds() || !u.swept.CompareAndSwap(before, now.UnixMicro()) {
		return nil
	}
	if _, err := tx.Exec(`DELETE FROM login_failure WHERE last_at < ?`, now.Add(-2*failuresForget).UnixMicro()); err != nil {
		return err
	}
	_, err := tx.Exec(`DELETE FROM login_answered WHERE ends_at < ?`, now.UnixMicro()) // by login_answered_ends
	return err
}
