package book

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"sync"
	"sync/atomic"
	"time"

	"anlan/ground/clock"
	"anlan/ground/fault"
	"anlan/ground/ident"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/record"
	"anlan/record/access"
	"anlan/record/field"
	"anlan/record/posting"
	"anlan/store"
	"anlan/store/blob"
	"anlan/store/canonical"
	"anlan/store/journal"
)

// Trees gives the trees of units and places as known at a position (0: now). The kinds behind them are declared above the
// record floor, so app hands them down. Trees that are Sourced are read again only when they have changed.
type Trees interface {
	Units(tx *store.Tx, asOf journal.Position) (place.Tree[place.Unit], error)
	Places(tx *store.Tx, asOf journal.Position) (place.Tree[place.Code], error)
}

// Extras gives the extra fields that the bureau has defined for its kinds, by kind, as known now; see Sourced.
type Extras interface {
	Extras(tx *store.Tx) (map[string]record.Extras, error)
}

// Blobs says whether an attachment is stored: an attachment is put before the change that names it.
type Blobs interface {
	Has(ctx context.Context, sum blob.Sum) (bool, error)
}

// Options are what a book gets from outside.
type Options struct {
	Clock  clock.Clock
	Random io.Reader // ids and salts; crypto/rand.Reader, or a seeded source for the demo
	Trees  Trees
	Extras Extras // nil: no kind has extra fields
	Blobs  Blobs  // nil: no attachment is stored, so none can be named
	Judge  Judge  // nil: no kind is judged beside others
	Whole  Whole  // nil: no kind is judged as a whole
	// Synthetic is for a book that is founded: its records are invented (合成示例), and the entry of its founding says so for ever.
	Synthetic bool
	// Subscribed are the kinds whose changes somebody takes from the outbox. Events of other kinds are not written: nobody
	// would ever take them away.
	Subscribed []string
}

// Book is an open book.
type Book struct {
	db     *store.DB
	kinds  map[string]*plan
	order  []*plan // of registration, which is that of writing
	clock  clock.Clock
	ids    *ident.Maker
	trees  Trees
	extras Extras
	blobs  Blobs
	judge  Judge
	whole  Whole
	invent bool // a founding says synthetic
	memory *memory
	counts *counts
	events map[string]bool // kinds whose changes are told
	forgot atomic.Int64    // day on which this process last dropped old idempotency keys
	saltMu sync.Mutex
	salt   *bufio.Reader
}

type noExtras struct{}

func (noExtras) Extras(*store.Tx) (map[string]record.Extras, error) { return nil, nil }
func (noExtras) Kinds() []string                                    { return nil }

type noBlobs struct{}

func (noBlobs) Has(context.Context, blob.Sum) (bool, error) { return false, nil }

// Faults of this package.
var (
	ErrNoKind = fault.Define("book.no_kind", fault.NotFound,
		"没有“%s”这种记录，最接近的是“%s”", "there is no kind %q; the nearest is %q")
	ErrNoRecord = fault.Define("book.no_record", fault.NotFound,
		"找不到%s“%s”，或不在查看范围内", "there is no %s %q, or it is out of scope")
	ErrStale = fault.Define("book.stale", fault.Conflict,
		"%s“%s”已是第%d版，改动基于第%d版：请重新查看后再改", "%s %q is at version %d and the change was made on %d: look at it again")
	ErrWithdrawn = fault.Define("book.withdrawn", fault.Conflict,
		"%s“%s”已作废，不能再改", "%s %q is withdrawn and cannot be changed")
	ErrNotWithdrawn = fault.Define("book.not_withdrawn", fault.Conflict,
		"%s“%s”没有作废，不用恢复", "%s %q is not withdrawn; there is nothing to take back")
	ErrForGood = fault.Define("book.for_good", fault.Conflict,
		"作废的%s不能恢复，需要的另行登记", "a %s that is withdrawn is not reinstated; what is needed again is entered anew")
	ErrDuplicate = fault.Define("book.duplicate", fault.Conflict,
		"已有%s“%s”，不能重复登记", "there is already a %s %q")
	ErrNoContent = fault.Define("book.no_content", fault.Invalid,
		"“%s”没有给出内容", "%q was given no content")
	ErrBadState = fault.Define("book.bad_state", fault.Invalid,
		"%s没有“%s”这种状态，可选：%s", "%s has no state %q; known: %s")
	ErrKeyReused = fault.Define("book.key_reused", fault.Conflict,
		"幂等键“%s”已用于另一项改动", "the idempotency key %q was used for another change")
	ErrNotSettled = fault.Define("book.not_settled", fault.Conflict,
		"统计项“%s”是新的或口径已改，建立台账之前不能改动%s：请先运行 anlan migrate", "measure %q is new or its definition has changed; before its account is opened no %s can be changed: run anlan migrate first")
	ErrNoSuchRef = fault.Define("book.no_such_ref", fault.Invalid,
		"“%s”指向的%s“%s”不存在", "%q refers to a %s %q that does not exist")
	ErrNoSuchFile = fault.Define("book.no_such_file", fault.Invalid,
		"附件“%s”（%s）还没有上传", "the attachment %q (%s) has not been stored")
	ErrHiddenRows = fault.Define("book.hidden_rows", fault.Denied,
		"“%s”中有您无权查看的内容，不能整体改写", "%q holds values that you may not see and cannot be rewritten as a whole")
	ErrFixed = fault.Define("book.fixed", fault.Conflict,
		"“%s”登记后不能改（现为“%s”）", "%q is fixed once it is recorded (now %q)")
	ErrNoSuchUnit = fault.Define("book.no_such_unit", fault.Invalid,
		"没有代码为%s的单位", "there is no unit with the code %s")
	ErrNoSuchPlace = fault.Define("book.no_such_place", fault.Invalid,
		"没有代码为%s的行政区划", "there is no place with the code %s")
	ErrPositionAhead = fault.Define("book.position_ahead", fault.NotFound,
		"日志位置%d还不存在，最新为%d", "there is no position %d yet; the newest is %d")
)

// New opens a book over a database that has been migrated and founded. It panics on kinds that do not fit together: a
// table or a measure declared twice, a reference to a kind that is not there.
func New(db *store.DB, kinds []record.Of, o Options) *Book {
	b := &Book{db: db, kinds: map[string]*plan{}, clock: o.Clock, trees: o.Trees, extras: o.Extras, blobs: o.Blobs, judge: o.Judge, whole: o.Whole, invent: o.Synthetic,
		ids: ident.NewMaker(o.Clock, o.Random), salt: bufio.NewReaderSize(o.Random, saltBufferBytes)}
	if b.extras == nil {
		b.extras = noExtras{}
	}
	if b.blobs == nil {
		b.blobs = noBlobs{}
	}
	b.memory = newMemory(b.trees, b.extras)
	b.counts = &counts{of: map[string]howMany{}}
	demandTogether(kinds)
	b.events = make(map[string]bool, len(o.Subscribed))
	for _, code := range o.Subscribed {
		b.events[code] = true
	}
	for _, k := range kinds {
		p := newPlan(k)
		b.kinds[k.Code()], b.order = p, append(b.order, p)
	}
	return b
}

// saltBufferBytes is read from the random source at once.
const saltBufferBytes = 4096

// demandTogether panics where kinds contradict each other.
func demandTogether(kinds []record.Of) {
	tables, measures, codes := map[string]string{}, map[string]string{}, map[string]bool{}
	take := func(what string, taken map[string]string, name, kind string) {
		if by, twice := taken[name]; twice {
			panic(fmt.Sprintf("book: %s %s is declared by kind %s and by kind %s", what, name, by, kind))
		}
		taken[name] = kind
	}
	for _, k := range kinds {
		codes[k.Code()] = true
		take("table", tables, k.Code(), k.Code())
		for _, l := range k.Tables() {
			take("table", tables, l.Name, k.Code())
		}
		for _, s := range k.MeasureSpecs() {
			take("measure", measures, s.Code, k.Code())
		}
	}
	for _, k := range kinds {
		for _, f := range k.Fields() {
			for _, r := range append([]*field.Spec{f}, f.Rows...) {
				if r.RefKind != "" && !codes[r.RefKind] {
					panic(fmt.Sprintf("book: field %s of kind %s refers to kind %s, which is not there", r.Code, k.Code(), r.RefKind))
				}
			}
		}
	}
}

// DB is the database of the book.
func (b *Book) DB() *store.DB { return b.db }

// Kinds lists the kinds in order of registration.
func (b *Book) Kinds() []record.Of {
	out := make([]record.Of, len(b.order))
	for i, p := range b.order {
		out[i] = p.kind
	}
	return out
}

// Kind finds a kind by its code.
func (b *Book) Kind(code string) (record.Of, error) {
	p, err := b.plan(code)
	if err != nil {
		return nil, err
	}
	return p.kind, nil
}

func (b *Book) plan(code string) (*plan, error) {
	if p := b.kinds[code]; p != nil {
		return p, nil
	}
	known := make([]string, len(b.order))
	for i, p := range b.order {
		known[i] = p.kind.Code()
	}
	return nil, ErrNoKind.With(code, field.Nearest(code, known))
}

// Found begins a book in an empty database: an empty journal, the bureau's name and code, and the accounts of all
// measures. The bureau's unit code is its place code.
func (b *Book) Found(ctx context.Context, actor access.Actor, bureau string, code place.Code) (journal.Head, error) {
	id, err := b.ids.V7()
	if err != nil {
		return journal.Head{}, err
	}
	err = b.db.InTx(ctx, func(tx *store.Tx) error {
		if err := journal.Found(tx, id, b.clock.Now()); err != nil {
			return err
		}
		if err := journal.Inscribe(tx, bureau, string(code)); err != nil {
			return err
		}
		return b.enterFounding(tx, actor, bureau, code)
	})
	if err != nil {
		return journal.Head{}, err
	}
	if _, err := b.Settle(ctx, actor); err != nil {
		return journal.Head{}, err
	}
	return b.Head(ctx)
}

// bookKind is what the entry of the founding is about.
const bookKind = "book"

// enterFounding makes the first entry of the journal: whose book it is. The head repeats it; Replay compares the two.
func (b *Book) enterFounding(tx *store.Tx, actor access.Actor, bureau string, code place.Code) error {
	log, err := journal.Lock(tx)
	if err != nil {
		return err
	}
	now := log.Stamp(b.clock.Now())
	body := append([]byte(`{"action":"found","actor":`), appendActor(nil, actor)...)
	body = append(body, `,"bureau":`...)
	body = canonical.AppendText(body, bureau)
	body = append(body, `,"kind":"book","place":`...)
	body = canonical.AppendText(body, string(code))
	body = fmt.Appendf(body, `,"position":%d,"recorded_at":"%s"`, log.Head().Size+1, now.Format(instantForm))
	if b.invent {
		body = append(body, `,"synthetic":true`...)
	}
	body = append(body, '}')
	if _, err := log.Append(journal.Entry{Kind: bookKind, Action: "found", Body: body}); err != nil {
		return err
	}
	return log.Flush()
}

// Head is the newest state of the journal.
func (b *Book) Head(ctx context.Context) (h journal.Head, err error) {
	err = b.db.Read(ctx, func(tx *store.Tx) error { h, err = journal.HeadOf(tx); return err })
	return h, err
}

// Fold brings the cells up to the newest position. Balances are exact without it; it makes them cheap.
func (b *Book) Fold(ctx context.Context) error {
	return b.db.InTx(ctx, func(tx *store.Tx) error {
		h, err := journal.HeadOf(tx)
		if err != nil {
			return err
		}
		return posting.Fold(tx, h.Size)
	})
}

// freshSalt draws a salt.
func (b *Book) freshSalt() (s salt, err error) {
	b.saltMu.Lock()
	defer b.saltMu.Unlock()
	if _, err := io.ReadFull(b.salt, s[:]); err != nil {
		return s, fmt.Errorf("book: read random source: %w", err)
	}
	return s, nil
}

func moment(at time.Time, actor access.Actor, reason string) record.Moment {
	return record.Moment{Now: at, Today: period.DayAt(at), Actor: actor, Reason: reason}
}
