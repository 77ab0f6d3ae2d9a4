package book

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"anlan/ground/fault"
	"anlan/ground/ident"
	"anlan/ground/lang"
	"anlan/ground/trace"
	"anlan/record"
	"anlan/record/access"
	"anlan/record/field"
	"anlan/store"
	"anlan/store/blob"
	"anlan/store/journal"
)

// Change is one change of one record, whatever door it came through.
type Change struct {
	Kind string
	ID   ident.ID // zero: a new record
	// Expect is the version that the change was made on. 0 is whatever version stands: for rules that do not look at the
	// content; whoever edits what he has read says which version he read.
	Expect int64
	Action access.Action // Create, Register, Edit, Withdraw, Reinstate, or the code of a transition
	State  record.State  // Register only: the state in which the record is entered
	// Record is the whole content, the kind's *T: for Create, Register and Edit; for a transition, the content with the
	// fields that it sets, or nil to leave it as it is. The head of it is not looked at, but for unit, place and extra
	// fields; extra fields that are nil, and not empty, stay as they are. It stays the caller's.
	Record    any
	Reason    string
	DecidedAt time.Time // when it was decided on the device; zero: now
	Key       string    // idempotency key of the actor; empty: none
}

// Done says what a change became.
type Done struct {
	ID       ident.ID
	Row      int64
	Version  int64
	Position journal.Position // of the version; for an edit that changed nothing, of the version that stands
	Same     bool             // nothing was changed, or the same key had done it before
}

// Bounds of one Apply.
const (
	changesMax     = 200_000 // under one lock
	faultsMax      = 1_000   // answered at once; whoever has more has another trouble
	keyBytesMax    = 200     // of an idempotency key
	reasonRunesMax = 1_000
	decidedAhead   = 24 * time.Hour // how far the clock of a device may stand before ours
)

// Faults of an Apply as a whole.
var (
	ErrTooManyChanges = fault.Define("book.too_many_changes", fault.TooLarge,
		"一次最多%d项改动，这次有%d项", "at most %d changes go in at once; these are %d")
	ErrMoreFaults = fault.Define("book.more_faults", fault.Invalid,
		"错误超过%d处，其余未列出", "there are more than %d faults; the others are not listed")
	ErrBadKey = fault.Define("book.bad_key", fault.Invalid,
		"幂等键不能超过%d字节", "an idempotency key has at most %d bytes")
	ErrLongReason = fault.Define("book.long_reason", fault.Invalid,
		"理由不能超过%d字", "a reason has at most %d characters")
	ErrBadDecided = fault.Define("book.bad_decided", fault.Invalid,
		"决定时间%s不可信：早于1970年或晚于现在", "the time of the decision, %s, cannot be right: it is before 1970 or still to come")
)

// Apply makes all the changes, in order, in one transaction, or none: it is the only way to write. With several changes,
// a fault's Where.Row is the number of the change, from 1, and all faults are answered at once (the first 1,000).
// What it holds does not grow with the number of changes, but for their natural keys.
func (b *Book) Apply(ctx context.Context, actor access.Actor, changes []Change) ([]Done, error) {
	return b.written(ctx, actor, changes, b.filesStored, nil)
}

// sure refuses dangerous changes of an actor who has not shown lately that it is they, once for all of them; a rehearsal asks nothing.
func (b *Book) sure(actor access.Actor, changes []Change) error {
	for i := range changes {
		if !access.Guarded(changes[i].Kind, changes[i].Action) {
			continue
		}
		p, err := b.plan(changes[i].Kind)
		if err != nil {
			return err
		}
		return actor.Sure(p.kind.Label())
	}
	return nil
}

// errRehearsed takes back what a rehearsal has written.
var errRehearsed = errors.New("book: rehearsed, not written")

// Rehearse makes all the changes as Apply does, by every rule and judge and in the same words, and takes them back. It does not
// ask whether attachments are stored, which whoever rehearses has not stored yet. Cost: that of Apply, and other writers wait
// for it like for one.
func (b *Book) Rehearse(ctx context.Context, actor access.Actor, changes []Change) error {
	anyFile := func(context.Context, *Change, map[blob.Sum]bool) error { return nil }
	_, err := b.written(ctx, actor, changes, anyFile, errRehearsed)
	if errors.Is(err, errRehearsed) {
		return nil
	}
	return err
}

// written checks and writes the changes; files asks for the attachments of each. An error at the end takes them back.
func (b *Book) written(ctx context.Context, actor access.Actor, changes []Change, files func(context.Context, *Change, map[blob.Sum]bool) error, end error) (done []Done, err error) {
	ctx, traced := traceApply(ctx, changes)
	defer func() {
		if errors.Is(err, errRehearsed) {
			traced(nil)
			return
		}
		traced(err)
	}()
	if len(changes) > changesMax {
		return nil, ErrTooManyChanges.With(changesMax, len(changes))
	}
	if err := b.prepare(ctx, actor, changes, files); err != nil || len(changes) == 0 {
		return nil, err
	}
	if end == nil {
		if err := b.sure(actor, changes); err != nil {
			return nil, err
		}
	}
	done, err = b.write(ctx, actor, changes, false, end)
	if errors.Is(err, store.ErrUnique) { // rare, so it is the index that finds it, and then we who say which change it was
		done, err = b.write(ctx, actor, changes, true, end)
	}
	return done, err
}

// traceApply begins what is traced of an Apply: the kind and action of its first change, and how many there are.
func traceApply(ctx context.Context, changes []Change) (context.Context, func(error)) {
	first := Change{}
	if len(changes) > 0 {
		first = changes[0]
	}
	return trace.Begin(ctx, "book.apply", trace.Text("anlan.kind", first.Kind), trace.Text("anlan.action", string(first.Action)), trace.Count("anlan.changes", len(changes)))
}

// write makes the changes in one transaction, which ends with an error or commits. When it is careful it asks for natural keys
// that are taken before it writes.
func (b *Book) write(ctx context.Context, actor access.Actor, changes []Change, careful bool, end error) (done []Done, err error) {
	var w *writer
	err = b.db.InTx(ctx, func(tx *store.Tx) (err error) {
		if w, done, err = b.enact(tx, actor, changes, careful, true); err != nil {
			return err
		}
		return end
	})
	if err != nil {
		return nil, err
	}
	w.committed()
	return done, nil
}

// enact makes the changes inside a transaction; first says that it has written nothing yet.
func (b *Book) enact(tx *store.Tx, actor access.Actor, changes []Change, careful, first bool) (*writer, []Done, error) {
	w, err := b.begin(tx, actor, first)
	if err != nil {
		return nil, nil, err
	}
	w.total, w.careful = len(changes), careful
	done, err := w.all(changes)
	return w, done, err
}

// gather keeps the fault of change i of n, with its number when there are several, and says whether there are enough.
// What is no fault of the change is given back: the database is gone or damaged, a statement failed, an internal error.
func gather(faults *fault.List, err error, i, n int) (enough bool, internal error) {
	if err == nil {
		return false, nil
	}
	if kind, ok := fault.KindOf(err); !ok || kind == fault.Unable || kind == fault.Broken {
		return true, err
	}
	if _, hit := store.ViolationOf(err); hit {
		return true, err
	}
	if n > 1 {
		err = fault.At(err, fault.Where{Row: i + 1})
	}
	if err := faults.Add(err); err != nil {
		return true, err
	}
	if len(*faults) > faultsMax {
		*faults = append((*faults)[:faultsMax:faultsMax], ErrMoreFaults.With(faultsMax))
		return true, nil
	}
	return false, nil
}

// prepare finds, before the lock, what is wrong with changes that depends neither on what is stored nor on the time, which
// is the journal's: a clock that has jumped back does not make yesterday the future. files asks for the attachments of a change.
func (b *Book) prepare(ctx context.Context, actor access.Actor, changes []Change, files func(context.Context, *Change, map[blob.Sum]bool) error) error {
	var faults fault.List
	stored := map[blob.Sum]bool{}
	for i := range changes {
		err := b.prepareOne(actor, &changes[i])
		if err == nil {
			err = files(ctx, &changes[i], stored)
		}
		if enough, err := gather(&faults, err, i, len(changes)); err != nil {
			return err
		} else if enough {
			break
		}
	}
	return faults.Err()
}

func (b *Book) prepareOne(actor access.Actor, c *Change) error {
	p, err := b.plan(c.Kind)
	if err != nil {
		return err
	}
	if err := actor.Allow(c.Action, c.Kind, p.kind.Label()); err != nil {
		return err
	}
	switch c.Action {
	case access.Create, access.Register, access.Edit:
		if c.Record == nil {
			return ErrNoContent.With(string(c.Action))
		}
	case access.Withdraw, access.Reinstate:
		if c.Reason == "" {
			return record.ErrNoReason.With(string(c.Action))
		}
	}
	if c.Action == access.Register {
		if err := knownState(p.kind, c.State); err != nil {
			return err
		}
	}
	return c.said(actor).Err()
}

// said judges the texts beside the content of a change, which go into the journal as they are.
func (c *Change) said(actor access.Actor) (faults fault.List) {
	for _, x := range [...]struct{ name, text string }{{"reason", c.Reason}, {"key", c.Key}, {"actor", actor.Name + actor.Via + actor.Address}} {
		if !utf8.ValidString(x.text) || strings.ContainsRune(x.text, 0) {
			faults = append(faults, placed(field.ErrBadText.With(), x.name))
		}
	}
	if len(c.Key) > keyBytesMax {
		faults = append(faults, placed(ErrBadKey.With(keyBytesMax), "key"))
	}
	if utf8.RuneCountInString(c.Reason) > reasonRunesMax {
		faults = append(faults, placed(ErrLongReason.With(reasonRunesMax), "reason"))
	}
	return faults
}

func knownState(k record.Of, s record.State) error {
	for _, x := range k.States() {
		if x.State == s && s != record.Withdrawn {
			return nil
		}
	}
	return unknownState(k, string(s))
}

func unknownState(k record.Of, s string) *fault.Fault {
	var zh, en []string
	for _, x := range k.States() {
		zh, en = append(zh, x.Label.Zh), append(en, string(x.State))
	}
	return ErrBadState.With(k.Label(), s, lang.Text{Zh: strings.Join(zh, "、"), En: strings.Join(en, ", ")})
}

// filesStored sees that every attachment that a change names has been put. stored remembers what was found.
func (b *Book) filesStored(ctx context.Context, c *Change, stored map[blob.Sum]bool) error {
	p := b.kinds[c.Kind]
	if c.Record == nil || len(p.files) == 0 {
		return nil
	}
	var faults fault.List
	for _, f := range p.files {
		files, err := field.ParseFiles(p.kind.Text(c.Record, f))
		if err != nil {
			return err
		}
		for _, x := range files {
			sum := blob.Sum(x.SHA256)
			if !stored[sum] {
				if stored[sum], err = b.blobs.Has(ctx, sum); err != nil {
					return err
				}
			}
			if !stored[sum] {
				faults = append(faults, placed(ErrNoSuchFile.With(x.Name, sum), p.fields[f].Code))
			}
		}
	}
	return faults.Err()
}

func placed(f *fault.Fault, code string) *fault.Fault {
	f.Where.Field = code
	return f
}

// requestHash names the request behind an idempotency key: what was asked, not what became of it.
func (p *plan) requestHash(c *Change) (sum [32]byte, err error) {
	w := contentWriter{buf: fmt.Appendf(nil, "%q\n%s\n%d\n%q\n%q\n%q\n", c.Kind, c.ID, c.Expect, c.Action, c.State, c.Reason), seal: storedSalts(nil)}
	if c.Record != nil {
		if err := w.record(p, c.Record); err != nil {
			return sum, err
		}
	}
	return sha256.Sum256(w.buf), nil
}
