package book

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"anlan/ground/fault"
	"anlan/ground/ident"
	"anlan/ground/period"
	"anlan/record"
	"anlan/record/access"
	"anlan/record/measure"
	"anlan/record/posting"
	"anlan/store"
	"anlan/store/journal"
	"anlan/store/outbox"
)

// writer makes the changes of one Apply inside its transaction. New records, postings, secrets and events wait to be
// written in bulk; a record that stood before is changed at once.
type writer struct {
	book     *Book
	tx       *store.Tx
	log      *journal.Writer
	actor    access.Actor
	now      time.Time
	behind   time.Duration
	accounts map[*plan][]int64 // number of the account of each measure
	around   *surroundings
	scope    scope
	seal     freshSalts

	first   journal.Position // of the head before this Apply
	total   int              // changes of this Apply
	touched Touched
	careful bool                // natural keys are asked for before they are written
	spoiled bool                // a fault was found: what is written is rolled back, and only faults are looked for
	made    map[string]int      // kind and natural key of records that this Apply makes → number of the change
	targets map[ident.ID]string // records that were found to exist, as refs asked → their kind
	waiting map[*plan]*newRows
	lines   map[int64][]posting.Line // by account
	posted  int                      // lines that wait
	secrets []secret
	events  []outbox.Event
	entries int                   // of this Apply whose rows wait
	forgets bool                  // old idempotency keys were dropped
	hands   map[int64]record.Hand // of entries that are announced and not written, of kinds that ask for four eyes

	buf           []byte
	before, after []measure.Posting
}

// begin locks the book. first says that the transaction has written nothing yet.
func (b *Book) begin(tx *store.Tx, actor access.Actor, first bool) (*writer, error) {
	log, err := journal.Lock(tx) // before anything is read: from here on the book is ours
	if err != nil {
		return nil, err
	}
	w := &writer{book: b, tx: tx, log: log, actor: actor, now: log.Stamp(b.clock.Now()), behind: log.Behind(), accounts: map[*plan][]int64{},
		made: map[string]int{}, lines: map[int64][]posting.Line{}, targets: map[ident.ID]string{}, waiting: map[*plan]*newRows{}, hands: map[int64]record.Hand{}, seal: freshSalts{book: b},
		first: log.Head().Size, touched: Touched{}}
	if w.around, err = b.surroundings(tx, first); err != nil {
		return nil, err
	}
	w.scope = w.around.scopeOf(actor, period.DayAt(w.now))
	return w, nil
}

// accountsOf finds the accounts to which changes of a kind post; a measure without one is a fault, because the change would
// be counted nowhere.
func (w *writer) accountsOf(p *plan) ([]int64, error) {
	if numbers, ok := w.accounts[p]; ok {
		return numbers, nil
	}
	numbers := make([]int64, len(p.measures))
	for i, s := range p.measures {
		a, ok := w.around.accounts.Open(s)
		if !ok {
			return nil, ErrNotSettled.With(s.Code, p.kind.Label())
		}
		numbers[i] = a.No
	}
	w.accounts[p] = numbers
	return numbers, nil
}

// all makes the changes, gathers every fault, and writes what waits when there is none.
func (w *writer) all(changes []Change) ([]Done, error) {
	done := make([]Done, len(changes))
	if err := w.forget(changes); err != nil {
		return nil, err
	}
	var faults fault.List
	for i := range changes {
		d, err := w.one(i, &changes[i])
		if err == nil && w.full() {
			err = w.flush()
		}
		enough, err := gather(&faults, err, i, len(changes))
		if err != nil {
			return nil, err
		}
		if enough {
			break
		}
		done[i], w.spoiled = d, len(faults) > 0
		w.touch(i, changes[i].Kind, d)
	}
	if _, err := gather(&faults, w.flush(), 0, 1); err != nil {
		return nil, err
	}
	if err := faults.Err(); err != nil {
		return nil, err
	}
	if _, err := gather(&faults, w.whole(), 0, 1); err != nil {
		return nil, err
	}
	if err := faults.Err(); err != nil {
		return nil, err
	}
	return done, w.log.Flush()
}

// one makes one change, or finds that the same request made it before.
func (w *writer) one(i int, c *Change) (Done, error) {
	p := w.book.kinds[c.Kind]
	if at := c.DecidedAt; !at.IsZero() && (at.Year() < 1970 || at.After(w.now.Add(decidedAhead))) {
		return Done{}, placed(ErrBadDecided.With(at.Format(time.RFC3339)), "decided_at")
	}
	var hash [32]byte
	if c.Key != "" {
		var err error
		if hash, err = p.requestHash(c); err != nil {
			return Done{}, err
		}
		if d, found, err := w.answered(c, hash); err != nil || found {
			return d, err
		}
	}
	var d Done
	var err error
	switch c.Action {
	case access.Create, access.Register:
		d, err = w.create(i, p, c)
	default:
		d, err = w.alter(p, c)
	}
	if err != nil || c.Key == "" || w.spoiled {
		return d, err
	}
	_, err = w.tx.Exec(`INSERT INTO idempotency (actor, key, request_sha256, record_id, version, position, recorded_at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
		w.actor.Name, c.Key, hash[:], d.ID.String(), d.Version, int64(d.Position), w.now.UnixMicro())
	return d, err
}

// answered looks for a change whose key was used before: the same again, or a fault when it is another change.
func (w *writer) answered(c *Change, hash [32]byte) (Done, bool, error) {
	var before [32]byte
	d := Done{Same: true}
	found, err := w.tx.QueryRow([]any{&before, &d.ID, &d.Version, &d.Position},
		"SELECT request_sha256, record_id, version, position FROM idempotency WHERE actor = ? AND key = ?", w.actor.Name, c.Key)
	switch {
	case err != nil || !found:
		return Done{}, false, err
	case before != hash:
		return Done{}, false, ErrKeyReused.With(c.Key)
	}
	_, err = w.tx.QueryRow([]any{&d.Row}, "SELECT row_no FROM "+c.Kind+" WHERE id = ?", d.ID.String())
	return d, true, err
}

// keyDays is how long an idempotency key is remembered; a request repeated after that is a new one.
const keyDays = 90

// forget drops old idempotency keys: whoever brings keys sweeps them, once a day.
func (w *writer) forget(changes []Change) error {
	if w.day() == w.book.forgot.Load() || !slices.ContainsFunc(changes, func(c Change) bool { return c.Key != "" }) {
		return nil
	}
	w.forgets = true
	_, err := w.tx.Exec("DELETE FROM idempotency WHERE recorded_at < ?", w.now.AddDate(0, 0, -keyDays).UnixMicro())
	return err
}

// committed notes what holds from the commit on.
func (w *writer) committed() {
	if w.forgets {
		w.book.forgot.Store(w.day())
	}
}

// day numbers the day of the changes.
func (w *writer) day() int64 { return w.now.Unix() / (24 * 60 * 60) }

func (w *writer) create(i int, p *plan, c *Change) (Done, error) {
	id, err := w.book.ids.V7()
	if err != nil {
		return Done{}, err
	}
	r := p.kind.Clone(c.Record) // the caller keeps its own; derived fields are ours
	h := p.kind.Head(r)
	*h = record.Head{ID: id, Version: 1, State: p.kind.Start(), Unit: h.Unit, Place: h.Place, MovedBy: w.actor.Name, Ext: h.Ext}
	if c.Action == access.Register {
		h.State = c.State
	}
	if err := record.Unmask(p.kind, nil, r, w.around.extras[p.kind.Code()]); err != nil {
		return Done{}, err
	}
	m := moment(w.now, w.actor, c.Reason)
	if err := p.kind.CheckWriter(nil, r, m).Err(); err != nil {
		return Done{}, err
	}
	if err := w.sound(p, nil, r, m); err != nil {
		return Done{}, err
	}
	if err := p.kind.Reached(r, m); err != nil {
		return Done{}, err
	}
	h.DueOn = p.kind.DueOn(r, m)
	if err := w.claim(i, p, r); err != nil {
		return Done{}, err
	}
	at, err := w.enter(p, c, r)
	if err != nil {
		return Done{}, err
	}
	h.Row, h.Began = int64(at), int64(at)
	w.wait(i, p, r)
	return Done{ID: id, Row: h.Row, Version: 1, Position: at}, w.post(p, at, nil, r)
}

// claim sees that no other record of this Apply has the natural key of r; those that stand are the index's concern, or
// flush's.
func (w *writer) claim(i int, p *plan, r any) error {
	if len(p.key) == 0 {
		return nil
	}
	key := p.kind.Code() + "\x00" + strings.Join(p.kind.KeyText(r), "\x00")
	if _, twice := w.made[key]; twice {
		return ErrDuplicate.With(p.kind.Label(), record.NameOf(p.kind, r))
	}
	w.made[key] = i
	return nil
}

// sound judges the next version of a record: its fields and rules, extra fields, owner and place, what it refers to, the kinds it names.
// before is the version that stands, nil for a new record; what is not changed is not judged again by what has become of
// trees and other records since, but for a record that comes back: it was not looked at while it was away.
func (w *writer) sound(p *plan, before, r any, m record.Moment) error {
	faults := p.kind.Check(r, m.Today)
	h := p.kind.Head(r)
	var old record.Head
	if before != nil {
		old = *p.kind.Head(before)
	}
	faults = append(faults, w.around.extras[p.kind.Code()].Check(p.kind, r, old.Ext, m.Today)...)
	back := before != nil && old.State == record.Withdrawn
	if before == nil || back || h.Unit != old.Unit || h.Place != old.Place {
		if err := faults.Add(w.whereabouts(h)); err != nil {
			return err
		}
	}
	for _, f := range p.refs {
		text := p.kind.Text(r, f)
		if text == "" || before != nil && !back && p.kind.Text(before, f) == text {
			continue
		}
		if err := faults.Add(w.exists(p, f, text)); err != nil {
			return err
		}
	}
	for _, f := range p.named {
		code := p.kind.Text(r, f)
		if _, err := w.book.plan(code); err != nil && code != "" && (before == nil || back || p.kind.Text(before, f) != code) {
			if err := faults.Add(fault.At(err, fault.Where{Field: p.fields[f].Code})); err != nil {
				return err
			}
		}
	}
	if len(faults) > 0 {
		return faults
	}
	return w.beside(p, r)
}

// whereabouts sees that unit and place exist and that the unit is in the actor's scope. A unit that this Apply has made is
// found by looking again.
func (w *writer) whereabouts(h *record.Head) error {
	known := func() bool { return w.around.units.Has(h.Unit) && (h.Place == "" || w.around.places.Has(h.Place)) }
	if !known() && len(w.waiting) > 0 && !w.spoiled {
		if err := w.flush(); err != nil {
			return err
		}
		var err error
		if w.around, err = w.book.look(w.tx); err != nil {
			return err
		}
		w.scope = w.around.scopeOf(w.actor, period.DayAt(w.now))
	}
	if !w.around.units.Has(h.Unit) {
		return placed(ErrNoSuchUnit.With(string(h.Unit)), "unit")
	}
	if h.Place != "" && !w.around.places.Has(h.Place) {
		return placed(ErrNoSuchPlace.With(string(h.Place)), "place")
	}
	return w.scope.allow(h.Unit, w.actor)
}

// exists sees that a reference points to a record that is there and not withdrawn.
func (w *writer) exists(p *plan, f int, text string) error {
	s := p.fields[f]
	id, err := ident.Parse(text)
	if err != nil {
		return err
	}
	if w.targets[id] == s.RefKind {
		return nil
	}
	var one int64
	found, err := w.tx.QueryRow([]any{&one}, "SELECT 1 FROM "+s.RefKind+" WHERE id = ? AND state <> 'withdrawn'", text)
	if err != nil {
		return err
	}
	if !found {
		return placed(ErrNoSuchRef.With(s.Label, w.book.kinds[s.RefKind].kind.Label(), text), s.Code)
	}
	w.targets[id] = s.RefKind
	return nil
}

// alter makes an edit, a withdrawal, its taking back or a transition of a stored record.
func (w *writer) alter(p *plan, c *Change) (Done, error) {
	before, err := p.current(w.tx, c.ID)
	if err != nil {
		return Done{}, err
	}
	if before == nil || w.scope.allow(p.kind.Head(before).Unit, w.actor) != nil {
		return Done{}, ErrNoRecord.With(p.kind.Label(), c.ID)
	}
	old := p.kind.Head(before)
	switch {
	case c.Expect != 0 && c.Expect != old.Version:
		return Done{}, ErrStale.With(p.kind.Label(), record.NameOf(p.kind, before), old.Version, c.Expect)
	case c.Action == access.Reinstate && old.State != record.Withdrawn:
		return Done{}, ErrNotWithdrawn.With(p.kind.Label(), record.NameOf(p.kind, before))
	case c.Action == access.Reinstate && p.kind.WithdrawnForGood():
		return Done{}, ErrForGood.With(p.kind.Label())
	case c.Action != access.Reinstate && old.State == record.Withdrawn:
		return Done{}, ErrWithdrawn.With(p.kind.Label(), record.NameOf(p.kind, before))
	}
	after, err := w.next(p, c, before)
	if err != nil {
		return Done{}, err
	}
	if after == nil {
		return Done{ID: c.ID, Row: old.Row, Version: old.Version, Position: journal.Position(old.Began), Same: true}, nil
	}
	if err := w.keepUnique(p, before, after); err != nil {
		return Done{}, err
	}
	at, err := w.enter(p, c, after)
	if err != nil {
		return Done{}, err
	}
	h := p.kind.Head(after)
	h.Began = int64(at)
	if p.fourEyes {
		w.hands[int64(at)] = record.Hand{By: w.actor.Name, For: w.actor.For, Did: c.Action}
	}
	if err := w.supersede(p, before, after); err != nil {
		return Done{}, err
	}
	return Done{ID: c.ID, Row: h.Row, Version: h.Version, Position: at}, w.post(p, at, before, after)
}

// next is the next version of a record, judged and not yet written; nil when an edit changes nothing.
func (w *writer) next(p *plan, c *Change, before any) (any, error) {
	content := before
	if c.Record != nil && c.Action != access.Withdraw && c.Action != access.Reinstate {
		content = c.Record
	}
	after, old := p.kind.Clone(content), *p.kind.Head(before)
	h := p.kind.Head(after)
	unit, where, ext := h.Unit, h.Place, h.Ext
	*h = old
	h.Unit, h.Place, h.Version = unit, where, old.Version+1
	if ext != nil {
		h.Ext = ext
	}
	if err := w.keepHidden(p, before, after); err != nil {
		return nil, err
	}
	if err := record.Unmask(p.kind, before, after, w.around.extras[p.kind.Code()]); err != nil {
		return nil, err
	}
	m := moment(w.now, w.actor, c.Reason)
	if p.fourEyes && !access.Plain(c.Action) {
		var err error
		if m.Hands, err = p.hands(w.tx, before, w.hands); err != nil {
			return nil, err
		}
	}
	switch c.Action {
	case access.Edit:
	case access.Withdraw:
		h.State, h.MovedBy = record.Withdrawn, w.actor.Name
		delete(w.targets, h.ID)
	case access.Reinstate:
		return after, w.comeBack(p, before, after, m)
	default:
		if err := p.kind.Move(after, string(c.Action), m); err != nil {
			return nil, err
		}
	}
	if err := p.kind.CheckWriter(before, after, m).Err(); err != nil {
		return nil, err
	}
	if c.Action != access.Withdraw {
		if err := w.sound(p, before, after, m); err != nil {
			return nil, err
		}
		if c.Action == access.Edit && p.sameContent(before, after) {
			return nil, nil
		}
		if err := p.succeeds(before, after, c.Action); err != nil || c.Action == access.Edit {
			return after, err
		}
	}
	h.DueOn = p.kind.DueOn(after, m)
	return after, nil
}

// comeBack gives a record that was withdrawn the state, the deadline and the mover that it had, and judges it as one that is new: of its
// rules, of who may write it, and of what stands beside it, anything may have become otherwise.
func (w *writer) comeBack(p *plan, before, after any, m record.Moment) error {
	h := p.kind.Head(after)
	stood, err := p.one(w.tx, "SELECT "+p.all+", ended FROM "+p.kind.Code()+"_past WHERE row_no = ? AND ended = ?", h.Row, p.kind.Head(before).Began) // by its primary key
	if err != nil {
		return err
	}
	if stood == nil {
		return fmt.Errorf("book: %s %s was withdrawn at %d and no version ended there", p.kind.Code(), h.ID, p.kind.Head(before).Began)
	}
	s := p.kind.Head(stood)
	h.State, h.DueOn, h.MovedBy = s.State, s.DueOn, s.MovedBy
	faults := p.kind.CheckWriter(before, after, m)
	if len(faults) == 0 {
		faults = p.kind.CheckWriter(nil, after, m)
	}
	if len(faults) > 0 {
		return faults
	}
	return w.sound(p, before, after, m)
}

// keepHidden gives the next version what the actor may not see and so cannot have meant to change. Rows of which it sees
// a part stay as they are, or the change is refused.
func (w *writer) keepHidden(p *plan, before, after any) error {
	if w.actor.Sees(access.Restricted) {
		return nil
	}
	fields, rows := p.hidden(w.actor)
	for _, f := range fields {
		p.kind.Copy(after, before, f)
	}
	for f := range rows {
		seen := p.kind.Clone(before)
		if err := p.blind(seen, w.actor, w.around.extras[p.kind.Code()]); err != nil {
			return err
		}
		if !p.sameField(seen, after, f) && !p.sameField(before, after, f) {
			return placed(ErrHiddenRows.With(p.fields[f].Label), p.fields[f].Code)
		}
		p.kind.Copy(after, before, f)
	}
	old, h := p.kind.Head(before).Ext, p.kind.Head(after)
	xs := w.around.extras[p.kind.Code()]
	for c := range old {
		if xs.Hidden(c, w.actor) {
			if h.Ext = h.Ext.Clone(); h.Ext == nil {
				h.Ext = record.Ext{}
			}
			h.Ext[c] = old[c]
		}
	}
	return nil
}

// succeeds sees that a version may follow the one that stands: no field has changed that is fixed once it is recorded, and
// the kind's own rules of change hold.
func (p *plan) succeeds(before, after any, action access.Action) error {
	faults := p.kind.CheckChange(before, after, action)
	for f, s := range p.fields {
		if !s.Fixed {
			continue
		}
		if was := p.kind.Text(before, f); was != "" && was != p.kind.Text(after, f) {
			faults = append(faults, placed(ErrFixed.With(s.Label, was), s.Code))
		}
	}
	return faults.Err()
}

// keepUnique sees that a natural key that is changed is not that of another record. Whoever gives a key up, or takes one,
// first lets the new records in that wait, so that changes are judged in their order.
func (w *writer) keepUnique(p *plan, before, after any) error {
	if len(p.key) == 0 {
		return nil
	}
	gone, back := p.kind.Head(after).State == record.Withdrawn, p.kind.Head(before).State == record.Withdrawn
	key := p.kind.KeyText(after)
	if !gone && !back && slices.Equal(p.kind.KeyText(before), key) {
		return nil
	}
	if w.waiting[p] != nil {
		if err := w.flush(); err != nil {
			return err
		}
	}
	if !back {
		delete(w.made, p.kind.Code()+"\x00"+strings.Join(p.kind.KeyText(before), "\x00"))
	}
	if gone {
		return nil
	}
	taken, err := w.taken(p, [][]any{p.keyValues(p.kind.Values(after, nil))})
	if err == nil && len(taken) > 0 {
		err = ErrDuplicate.With(p.kind.Label(), strings.Join(key, " "))
	}
	return err
}

// enter appends the journal entry of a new version, and its event where somebody subscribes to the kind.
func (w *writer) enter(p *plan, c *Change, r any) (journal.Position, error) {
	h := p.kind.Head(r)
	at := w.log.Head().Size + 1
	e := Entry{Kind: p.kind.Code(), ID: h.ID, Version: h.Version, Action: c.Action, Actor: w.actor, Reason: c.Reason,
		DecidedAt: c.DecidedAt, Behind: w.behind, RecordedAt: w.now, Position: at}
	w.seal.extras = w.around.extras[e.Kind]
	body, secrets, err := p.encode(w.buf[:0], &e, r, &w.seal, w.secrets)
	if err != nil {
		return 0, err
	}
	w.buf, w.secrets = body, secrets
	got, err := w.log.Append(journal.Entry{Kind: e.Kind, Record: e.ID, Version: e.Version, Action: string(e.Action), Body: slices.Clone(body)})
	if err != nil {
		return 0, err
	}
	if got != at {
		return 0, fmt.Errorf("book: the journal gave position %d, announced was %d", got, at)
	}
	if w.entries++; w.book.events[e.Kind] {
		w.events = append(w.events, outbox.Event{Position: at, Topic: e.Kind + "." + string(e.Action),
			Body: eventBody(e.ID.String(), e.Version)})
	}
	return at, nil
}

// post gathers the postings that lead from one version to the next.
func (w *writer) post(p *plan, at journal.Position, before, after any) error {
	if len(p.measures) == 0 {
		return nil
	}
	accounts, err := w.accountsOf(p)
	if err != nil {
		return err
	}
	for m, no := range accounts {
		n := len(w.lines[no])
		w.lines[no] = p.turn(w.lines[no], m, no, at, before, after, &w.before, &w.after)
		w.posted += len(w.lines[no]) - n
	}
	return nil
}

// turn appends the postings of a change to measure m.
func (p *plan) turn(lines []posting.Line, m int, account int64, at journal.Position, before, after any, b, a *[]measure.Posting) []posting.Line {
	return posting.Turn(lines, account, at, p.kind.Head(after).Row, p.side(m, before, b), p.side(m, after, a))
}

func (p *plan) side(m int, r any, buf *[]measure.Posting) posting.Side {
	if r == nil {
		return posting.Side{}
	}
	*buf = p.kind.Post(r, m, (*buf)[:0])
	if len(*buf) == 0 {
		return posting.Side{} // two versions that post nothing are alike, wherever they stand
	}
	h := p.kind.Head(r)
	return posting.Side{Unit: h.Unit, Place: h.Place, Postings: *buf}
}

// supersede moves the current row to the past and writes the next version in its place.
func (w *writer) supersede(p *plan, before, after any) error {
	old, h := p.kind.Head(before), p.kind.Head(after)
	id := h.ID.String()
	for i := range p.lists {
		l := &p.lists[i]
		if l.list.Len(before) > 0 {
			if _, err := w.tx.Exec(l.copyPast, old.Began, id); err != nil {
				return err
			}
		}
		if p.sameField(before, after, l.table.Field) {
			continue
		}
		if l.list.Len(before) > 0 {
			if _, err := w.tx.Exec(l.remove, id); err != nil {
				return err
			}
		}
		if err := w.insert(l.table.Name, l.columns, l.rows(nil, after, id)); err != nil {
			return err
		}
	}
	if _, err := w.tx.Exec(p.insertPast, h.Began, id); err != nil {
		return err
	}
	values := p.kind.Values(after, nil)
	n, err := w.tx.Exec(p.update, append(values[2:], id)...)
	if err == nil && n != 1 {
		err = fmt.Errorf("book: update of %s %s changed %d rows", p.kind.Code(), id, n)
	}
	return err
}
