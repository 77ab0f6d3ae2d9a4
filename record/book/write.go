package book

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"anlan/ground/fault"
	"anlan/ground/ident"
	"anlan/ground/lang"
	"anlan/ground/place"
	"anlan/record"
	"anlan/record/access"
	"anlan/record/measure"
	"anlan/record/posting"
	"anlan/store"
	"anlan/store/journal"
)

// writer makes the changes of one Apply inside its transaction. What can be written in bulk waits in pending until the
// end, or until a change needs to read it.
type writer struct {
	book     *Book
	tx       *store.Tx
	log      *journal.Writer
	actor    access.Actor
	now      time.Time
	accounts map[*plan][]posting.Account // by measure of the kind; No 0 while the account is not open
	scope    scope
	places   place.Tree[place.Code]

	pending map[ident.ID]bool
	keys    map[string]int // kind and natural key → change that makes it
	bulk    map[*plan]*bulk
	lines   []posting.Line
	secrets []secret
	events  []event

	buf           []byte
	before, after []measure.Posting
}

// bulk is the rows of new records of one kind.
type bulk struct {
	rows  [][]any
	lists [][][]any // by list
}

type event struct {
	position journal.Position
	topic    string
	id       ident.ID
	version  int64
}

func (b *Book) begin(tx *store.Tx, actor access.Actor) (*writer, error) {
	log, err := journal.Lock(tx) // before anything is read: from here on the book is ours
	if err != nil {
		return nil, err
	}
	w := &writer{book: b, tx: tx, log: log, actor: actor, now: log.Stamp(b.clock.Now()),
		accounts: map[*plan][]posting.Account{}, pending: map[ident.ID]bool{}, keys: map[string]int{}, bulk: map[*plan]*bulk{}}
	accounts, err := posting.Load(tx)
	if err != nil {
		return nil, err
	}
	for _, p := range b.kinds {
		w.accounts[p] = make([]posting.Account, len(p.kind.MeasureSpecs()))
		for i, s := range p.kind.MeasureSpecs() {
			a, ok := accounts.Of(s)
			if !ok { // declared since the last Settle: nothing is posted until the account is opened and filled
				continue
			}
			w.accounts[p][i] = a
		}
	}
	if w.scope, err = b.scopeOf(tx, actor, w.now, 0); err != nil {
		return nil, err
	}
	w.places, err = b.trees.Places(tx, 0)
	return w, err
}

// all makes the changes, gathers every fault, and flushes when there is none.
func (w *writer) all(changes []Change) ([]Done, error) {
	done := make([]Done, len(changes))
	var faults fault.List
	for i := range changes {
		d, err := w.one(i, &changes[i])
		if err := faults.Add(atChange(err, i, len(changes))); err != nil {
			return nil, err
		}
		done[i] = d
		if len(faults) > 0 && w.broken(err) {
			break // a statement failed: the transaction can say no more
		}
	}
	if len(faults) == 0 {
		if err := faults.Add(w.duplicates(len(changes))); err != nil {
			return nil, err
		}
	}
	if err := faults.Err(); err != nil {
		return nil, err
	}
	if err := w.flush(); err != nil {
		return nil, err
	}
	return done, w.log.Flush()
}

// broken says whether err came from the database, after which nothing more can be asked of the transaction.
func (w *writer) broken(err error) bool {
	_, hit := store.ViolationOf(err)
	return hit
}

func (w *writer) one(i int, c *Change) (Done, error) {
	p := w.book.kinds[c.Kind]
	if c.Key != "" {
		if d, found, err := w.replayed(p, c); err != nil || found {
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
	if err == nil && c.Key != "" {
		hash := p.requestHash(c)
		_, err = w.tx.Exec(`INSERT INTO idempotency (actor, key, request_sha256, record_id, version, position, recorded_at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
			w.actor.Name, c.Key, hash[:], d.ID.String(), d.Version, int64(d.Position), w.now.UnixMicro())
	}
	return d, err
}

// replayed answers a change whose key was used before: the same again, or a fault when it is another change.
func (w *writer) replayed(p *plan, c *Change) (Done, bool, error) {
	var hash []byte
	var id string
	d := Done{Same: true}
	var at int64
	found, err := w.tx.QueryRow([]any{&hash, &id, &d.Version, &at},
		"SELECT request_sha256, record_id, version, position FROM idempotency WHERE actor = ? AND key = ?", w.actor.Name, c.Key)
	if err != nil || !found {
		return Done{}, false, err
	}
	if want := p.requestHash(c); string(hash) != string(want[:]) {
		return Done{}, false, ErrKeyReused.With(c.Key)
	}
	d.Position = journal.Position(at)
	d.ID, err = ident.Parse(id)
	return d, true, err
}

func (w *writer) create(i int, p *plan, c *Change) (Done, error) {
	id, err := w.book.ids.V7()
	if err != nil {
		return Done{}, err
	}
	r := c.Record
	h := p.kind.Head(r)
	*h = record.Head{ID: id, Version: 1, State: p.kind.Start(), Unit: h.Unit, Place: h.Place, MovedBy: w.actor.Name}
	if c.Action == access.Register {
		h.State = c.State
	}
	if err := w.whereabouts(h); err != nil {
		return Done{}, err
	}
	h.DueOn = p.kind.DueOn(r, moment(w.now, w.actor, c.Reason))
	key := p.kind.Code() + "\x00" + strings.Join(p.kind.KeyText(r), "\x00")
	if _, twice := w.keys[key]; twice && len(p.kind.KeyFields()) > 0 {
		return Done{}, ErrDuplicate.With(p.kind.Label(), strings.Join(p.kind.KeyText(r), " "))
	}
	w.keys[key] = i
	at, err := w.enter(p, c, r)
	if err != nil {
		return Done{}, err
	}
	h.Row, h.Began = int64(at), int64(at)
	w.post(p, at, h.Row, nil, r)
	w.pending[id] = true
	b := w.bulkOf(p)
	b.rows = append(b.rows, p.kind.Values(r, make([]any, 0, len(p.columns))))
	for li := range p.lists {
		b.lists[li] = p.lists[li].rows(b.lists[li], r, id)
	}
	return Done{ID: id, Row: h.Row, Version: 1, Position: at}, nil
}

// rows appends the rows of r as they are stored.
func (l *listPlan) rows(buf [][]any, r any, id ident.ID) [][]any {
	for i := range l.list.Len(r) {
		buf = append(buf, l.list.Store(r, i, append(make([]any, 0, len(l.columns)), id.String(), int64(i+1))))
	}
	return buf
}

func (w *writer) bulkOf(p *plan) *bulk {
	b := w.bulk[p]
	if b == nil {
		b = &bulk{lists: make([][][]any, len(p.lists))}
		w.bulk[p] = b
	}
	return b
}

// whereabouts sees that unit and place exist and that the unit is in the actor's scope.
func (w *writer) whereabouts(h *record.Head) error {
	if !w.scope.tree.Has(h.Unit) {
		return ErrNoSuchUnit.With(string(h.Unit))
	}
	if h.Place != "" && !w.places.Has(h.Place) {
		return ErrNoSuchPlace.With(string(h.Place))
	}
	return w.scope.allow(h.Unit, w.actor)
}

// alter makes an edit, a withdrawal or a transition of a stored record.
func (w *writer) alter(p *plan, c *Change) (Done, error) {
	if w.pending[c.ID] {
		if err := w.flush(); err != nil {
			return Done{}, err
		}
	}
	before, err := p.current(w.tx, c.ID)
	if err != nil {
		return Done{}, err
	}
	if before == nil || w.scope.allow(p.kind.Head(before).Unit, w.actor) != nil {
		return Done{}, ErrNoRecord.With(p.kind.Label(), c.ID)
	}
	old := *p.kind.Head(before)
	switch {
	case c.Expect != 0 && c.Expect != old.Version:
		return Done{}, ErrStale.With(p.kind.Label(), c.ID, old.Version, c.Expect)
	case old.State == record.Withdrawn:
		return Done{}, ErrWithdrawn.With(p.kind.Label(), c.ID)
	}
	after, same, err := w.altered(p, c, before)
	if err != nil {
		return Done{}, err
	}
	if same {
		return Done{ID: c.ID, Row: old.Row, Version: old.Version, Position: journal.Position(old.Began), Same: true}, nil
	}
	h := p.kind.Head(after)
	if err := w.whereabouts(h); err != nil {
		return Done{}, err
	}
	at, err := w.enter(p, c, after)
	if err != nil {
		return Done{}, err
	}
	h.Began = int64(at)
	w.post(p, at, h.Row, before, after)
	if err := w.supersede(p, before, after); err != nil {
		if v, hit := store.ViolationOf(err); hit && strings.HasSuffix(v.Constraint, "_key") {
			return Done{}, ErrDuplicate.Because(err, p.kind.Label(), strings.Join(p.kind.KeyText(after), " "))
		}
		return Done{}, err
	}
	return Done{ID: c.ID, Row: h.Row, Version: h.Version, Position: at}, nil
}

// altered is the next version of a record, not yet written.
func (w *writer) altered(p *plan, c *Change, before any) (after any, same bool, err error) {
	old := *p.kind.Head(before)
	if c.Record != nil {
		after = c.Record
	} else {
		after = p.kind.Clone(before)
	}
	h := p.kind.Head(after)
	next := old
	next.Unit, next.Place, next.Version, next.Ended = h.Unit, h.Place, old.Version+1, 0
	*h = next
	m := moment(w.now, w.actor, c.Reason)
	switch c.Action {
	case access.Edit:
		if p.equal(before, after) {
			return nil, true, nil
		}
		return after, false, nil
	case access.Withdraw:
		h.State, h.MovedBy = record.Withdrawn, w.actor.Name
		h.DueOn = p.kind.DueOn(after, m)
		return after, false, nil
	}
	if err := p.kind.Move(after, string(c.Action), m); err != nil {
		return nil, false, err
	}
	if err := p.kind.Check(after, m.Today).Err(); err != nil {
		return nil, false, err
	}
	h.DueOn = p.kind.DueOn(after, m)
	return after, false, nil
}

// equal says whether two versions have the same content.
func (p *plan) equal(a, b any) bool {
	for f, s := range p.fields {
		l := p.kind.List(f)
		if l == nil {
			if p.kind.Text(a, f) != p.kind.Text(b, f) {
				return false
			}
			continue
		}
		if l.Len(a) != l.Len(b) {
			return false
		}
		for i := range l.Len(a) {
			for j := range s.Rows {
				if l.Text(a, i, j) != l.Text(b, i, j) {
					return false
				}
			}
		}
	}
	return true
}

// enter appends the journal entry of a new version.
func (w *writer) enter(p *plan, c *Change, r any) (journal.Position, error) {
	h := p.kind.Head(r)
	at := w.log.Head().Size + 1
	e := Entry{Kind: p.kind.Code(), ID: h.ID, Version: h.Version, Action: c.Action, Actor: w.actor, State: h.State,
		Reason: c.Reason, DecidedAt: c.DecidedAt, RecordedAt: w.now, Position: at}
	fresh := func(_ string, salt *[saltBytes]byte) error { return w.book.readSalt(salt[:]) }
	body, secrets, err := p.encode(w.buf[:0], &e, r, fresh, w.secrets)
	if err != nil {
		return 0, err
	}
	w.buf, w.secrets = body, secrets
	got, err := w.log.Append(journal.Entry{Kind: e.Kind, Record: e.ID, Version: e.Version, Action: string(e.Action), Body: append([]byte(nil), body...)})
	if err != nil {
		return 0, err
	}
	if got != at {
		return 0, fmt.Errorf("book: the journal gave position %d, announced was %d", got, at)
	}
	w.events = append(w.events, event{at, e.Kind + "." + string(e.Action), e.ID, e.Version})
	return at, nil
}

// post gathers the postings that lead from one version to the next.
func (w *writer) post(p *plan, at journal.Position, row int64, before, after any) {
	for m, a := range w.accounts[p] {
		if a.No == 0 {
			continue
		}
		w.lines = turn(w.lines, p, m, a.No, at, row, before, after, &w.before, &w.after)
	}
}

func turn(lines []posting.Line, p *plan, m int, account int64, at journal.Position, row int64, before, after any, b, a *[]measure.Posting) []posting.Line {
	return posting.Turn(lines, account, at, row, p.side(m, before, b), p.side(m, after, a))
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
			if _, err := w.tx.Exec(l.remove, id); err != nil {
				return err
			}
		}
		rows := l.rows(nil, after, h.ID)
		if err := w.insert(l.table.Name, l.columns, rows); err != nil {
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

func (w *writer) insert(table string, columns []string, rows [][]any) error {
	if len(rows) == 0 {
		return nil
	}
	_, err := w.tx.InsertRows(table, columns, slices.Values(rows))
	return err
}

// duplicates finds new records whose natural key is taken already, in chunks by the index of the key.
func (w *writer) duplicates(changes int) error {
	var faults fault.List
	for p, b := range w.bulk {
		key := p.kind.KeyFields()
		if len(key) == 0 {
			continue
		}
		at := make([]int, len(key)) // columns of the key in a row
		for i, f := range key {
			for j, c := range p.columns {
				if c == f.Column {
					at[i] = j
				}
			}
		}
		for from := 0; from < len(b.rows); from += keysAtOnce {
			taken, err := w.taken(p, at, b.rows[from:min(from+keysAtOnce, len(b.rows))])
			if err != nil {
				return err
			}
			for _, k := range taken {
				f := ErrDuplicate.With(p.kind.Label(), strings.ReplaceAll(k, "\x00", " "))
				if changes > 1 {
					f.Where.Row = w.keys[p.kind.Code()+"\x00"+k] + 1
				}
				faults = append(faults, f)
			}
		}
	}
	return faults.Err()
}

const keysAtOnce = 200

func (w *writer) taken(p *plan, at []int, rows [][]any) ([]string, error) {
	columns := make([]string, len(at))
	for i, j := range at {
		columns[i] = p.columns[j]
	}
	var where store.Where
	where.And("state <> 'withdrawn'")
	if len(at) == 1 {
		values := make([]any, len(rows))
		for i, r := range rows {
			values[i] = r[at[0]]
		}
		where.In(columns[0], values...)
	} else {
		one := "(" + strings.Join(columns, " = ? AND ") + " = ?)"
		var args []any
		for _, r := range rows {
			for _, j := range at {
				args = append(args, r[j])
			}
		}
		where.And(one+strings.Repeat(" OR "+one, len(rows)-1), args...)
	}
	found, err := w.tx.Query("SELECT "+strings.Join(columns, ", ")+" FROM "+p.kind.Code()+where.SQL(), where.Args()...)
	if err != nil {
		return nil, err
	}
	defer found.Close()
	var out []string
	for found.Next() {
		parts := make([]string, len(at))
		for i, v := range found.Values() {
			parts[i] = fmt.Sprint(v)
		}
		out = append(out, strings.Join(parts, "\x00"))
	}
	return out, found.Err()
}

// flush writes what waits.
func (w *writer) flush() error {
	for _, k := range w.book.order { // in order of registration, so that two runs write alike
		p := w.book.kinds[k.Code()]
		b := w.bulk[p]
		if b == nil {
			continue
		}
		if err := w.insert(k.Code(), p.columns, b.rows); err != nil {
			return err
		}
		for i := range p.lists {
			if err := w.insert(p.lists[i].table.Name, p.lists[i].columns, b.lists[i]); err != nil {
				return err
			}
		}
	}
	clear(w.bulk)
	clear(w.pending)
	if err := w.flushSecrets(); err != nil {
		return err
	}
	if err := w.flushEvents(); err != nil {
		return err
	}
	lines := w.lines
	w.lines = w.lines[:0]
	return posting.Insert(w.tx, slices.Values(lines))
}

func (w *writer) flushSecrets() error {
	if len(w.secrets) == 0 {
		return nil
	}
	rows := make([][]any, len(w.secrets))
	for i := range w.secrets {
		s := &w.secrets[i]
		rows[i] = []any{int64(s.position), s.path, s.salt[:], []byte(s.value)}
	}
	w.secrets = nil
	return w.insert("journal_secret", []string{"position", "path", "salt", "value"}, rows)
}

func (w *writer) flushEvents() error {
	rows := make([][]any, len(w.events))
	for i, e := range w.events {
		rows[i] = []any{int64(e.position), int64(1), e.topic, fmt.Appendf(nil, `{"id":"%s","version":%d}`, e.id, e.version)}
	}
	w.events = w.events[:0]
	return w.insert("outbox", []string{"position", "line", "topic", "body"}, rows)
}

func textOf(zh, en string) lang.Text {
	return lang.Text{Zh: strings.TrimPrefix(zh, "、"), En: strings.TrimPrefix(en, ", ")}
}
