package book

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"slices"
	"time"

	"anlan/ground/fault"
	"anlan/ground/ident"
	"anlan/ground/lang"
	"anlan/ground/place"
	"anlan/record/access"
	"anlan/store"
	"anlan/store/journal"
)

// Faults that a replay finds. Each names the record and the position at which journal and tables part.
var (
	ErrRowDiffers = fault.Define("book.row_differs", fault.Broken,
		"日志位置%d：%s“%s”第%d版的“%s”与日志不符（日志：%s；数据表：%s）",
		"position %d: %s %q version %d: %q is not what the journal says (journal: %s; table: %s)")
	ErrRowMissing = fault.Define("book.row_missing", fault.Broken,
		"日志位置%d：%s“%s”第%d版在数据表中不存在", "position %d: %s %q version %d is missing from its table")
	ErrRowUnknown = fault.Define("book.row_unknown", fault.Broken,
		"%s“%s”第%d版（位置%d）在日志中没有记载", "%s %q version %d (position %d) is not in the journal")
	ErrRowUnreadable = fault.Define("book.row_unreadable", fault.Broken,
		"%s中有本程序不会写入的内容：%s", "table %s holds what this program would not have written: %s")
	ErrChainBroken = fault.Define("book.chain_broken", fault.Broken,
		"%s记录%d在位置%d的版本与前后版本不衔接", "%s record %d: the version of position %d does not join the versions before and after it")
	ErrEntryGone = fault.Define("book.entry_gone", fault.Broken,
		"日志中没有位置%d，而%s“%s”第%d版写于该处：日志被删除", "position %d is not in the journal, and %s %q version %d was written there: the journal has lost it")
	ErrEntryUnknown = fault.Define("book.entry_unknown", fault.Broken,
		"日志位置%d处的记录自称第%d条，而该条另有其记录：它是后来插入的", "the entry at position %d says that it is entry %d, which is another: it was slipped in")
	ErrEntryReplaced = fault.Define("book.entry_replaced", fault.Broken,
		"日志位置%d处的内容被换成了第%d条的内容", "the content of position %d was replaced by that of entry %d")
	ErrEntryMoved = fault.Define("book.entry_moved", fault.Broken,
		"日志位置%d处的记录写明自己是第%d条：次序被改动", "the entry at position %d says that it is entry %d: the order was changed")
	ErrEntriesCut = fault.Define("book.entries_cut", fault.Broken,
		"日志位置%d处删除了%d条：从该处起，各条写明的位置与所在位置不符", "at position %d entries were cut out (%d of them): from there on they say that they stand elsewhere")
	ErrEntriesSlippedIn = fault.Define("book.entries_slipped_in", fault.Broken,
		"日志位置%d之前插入了%d条：从该处起，各条写明的位置与所在位置不符", "before position %d entries were slipped in (%d of them): from there on they say that they stand elsewhere")
	ErrLinesNumbered = fault.Define("book.lines_numbered", fault.Broken,
		"数据表%s中，%s（位置%d）的行号不连续", "table %s: the line numbers of %s (position %d) have gaps")
	ErrRowsLost = fault.Define("book.rows_lost", fault.Broken,
		"数据表%s中，%s（位置%d）的各行不属于任何版本", "table %s: the rows of %s (position %d) belong to no version")
	ErrSecretDiffers = fault.Define("book.secret_differs", fault.Broken,
		"日志位置%d：“%s”的保密值与日志中的承诺不符", "position %d: the secret of %q does not fit the commitment in the journal")
	ErrSecretMissing = fault.Define("book.secret_missing", fault.Broken,
		"日志位置%d：“%s”在日志中有承诺，其保密值已被删除", "position %d: the journal has a commitment for %q, whose secret is gone")
	ErrSecretUnknown = fault.Define("book.secret_unknown", fault.Broken,
		"日志位置%d：“%s”的保密值在日志中没有承诺", "position %d: the secret of %q has no commitment in the journal")
	ErrEventDiffers = fault.Define("book.event_differs", fault.Broken,
		"待发事件（日志位置%d，第%d个）与该条日志不符", "the event of position %d (line %d) is not what the entry says")
	ErrEventUnknown = fault.Define("book.event_unknown", fault.Broken,
		"待发事件（日志位置%d，第%d个）不属于任何日志", "the event of position %d (line %d) belongs to no entry")
	ErrAnswerDiffers = fault.Define("book.answer_differs", fault.Broken,
		"%s的幂等键“%s”所记的结果与日志位置%d不符", "what is noted for the idempotency key %[2]q of %[1]s is not what the entry at position %[3]d says")
	ErrEntryUnreadable = fault.Define("book.entry_unreadable", fault.Broken,
		"日志位置%d的内容无法解读", "the entry at position %d cannot be read")
	ErrEntryContradicts = fault.Define("book.entry_contradicts", fault.Broken,
		"日志位置%d的列与内容不符：%s", "the columns of the entry at position %d contradict its content: %s")
	ErrHeadDiffers = fault.Define("book.head_differs", fault.Broken,
		"账册写的单位“%s”（%s）与日志第一条记载的“%s”（%s）不符", "the book says %q (%s), its founding in the journal %q (%s)")
	ErrAccountDiffers = fault.Define("book.account_differs", fault.Broken,
		"统计项“%s”的台账%d与日志位置%d的记载不符", "measure %q: account %d is not what the entry at position %d says")
)

// findingsMax bounds what one verification reports; the rest is as easily found after these are mended.
const findingsMax = 100

// Verification says what was compared and what did not agree.
type Verification struct {
	Entries  int64 // entries read
	Versions int64 // versions of records compared with their entries
	Postings int64 // postings made again
	Files    int64 // attachments read
	// SetBack are the entries that were written while the clock stood behind an earlier one: it was set back. It is no
	// finding, because the journal itself says so; at most findingsMax.
	SetBack  []SetBack
	Findings fault.List
	More     int // findings beyond the first 100
}

// SetBack is a time at which the clock stood behind the newest entry.
type SetBack struct {
	Position journal.Position `json:"position"` // of the first entry that was written then
	Behind   time.Duration    `json:"behind_ns"`
}

// noteClock keeps the first of the entries that were written while the clock stood so far behind.
func (v *Verification) noteClock(at journal.Position, behind time.Duration) {
	n := len(v.SetBack)
	if behind > 0 && n < findingsMax && (n == 0 || v.SetBack[n-1].Behind < behind) {
		v.SetBack = append(v.SetBack, SetBack{at, behind})
	}
}

func (v *Verification) add(f *fault.Fault) {
	if len(v.Findings) < findingsMax {
		v.Findings = append(v.Findings, f)
	} else {
		v.More++
	}
}

// Replay compares the tables with the journal, version by version: content, extra fields, state, owner, who moved it,
// secrets; then how versions, rows of lists, accounts, events and answered keys hang together. An entry says in its content
// which it is, so that entries which stand elsewhere than they say are found out of order, cut out or slipped in, and are
// compared with the rows of the place that they say. It reads everything, in bounded memory, in one snapshot. What the
// journal itself says is proved by journal.VerifyTree.
func (b *Book) Replay(ctx context.Context) (v Verification, err error) {
	err = b.db.Read(ctx, func(tx *store.Tx) error {
		head, err := journal.HeadOf(tx)
		if err != nil {
			return err
		}
		r := &replay{book: b, tx: tx, found: &v, opened: map[journal.Position]envelope{}, order: order{next: 1}}
		newest, err := r.newest(int64(head.Size))
		if err != nil {
			return err
		}
		for from := int64(0); from < newest; from += windowEntries {
			if err := r.window(from, min(from+windowEntries, newest)); err != nil {
				return err
			}
		}
		if r.bureau.Bureau != head.Unit || r.bureau.Place != head.Place {
			v.add(ErrHeadDiffers.With(head.Unit, head.Place, r.bureau.Bureau, r.bureau.Place))
		}
		if err := r.beyond(newest); err != nil {
			return err
		}
		r.order.end(int64(head.Size), &v)
		if err := r.unmet(int64(head.Size)); err != nil {
			return err
		}
		for _, p := range b.order {
			if err := r.joined(p); err != nil {
				return err
			}
		}
		return r.judgeAccounts()
	})
	return v, err
}

// newest is the last position that there is an entry of, or that the head says there is. Entries behind the head belong to
// nothing, but those before them may stand there because others were slipped in.
func (r *replay) newest(size int64) (newest int64, err error) {
	_, err = r.tx.QueryRow([]any{&newest}, "SELECT coalesce(max(position), 0) FROM journal_entry")
	return min(max(newest, size), size+windowEntries), err
}

// replay is a replay under way.
type replay struct {
	book   *Book
	tx     *store.Tx
	found  *Verification
	opened map[journal.Position]envelope // entries that made an account current
	bureau envelope                      // the entry of the founding
	order  order
	alone  []entryAlone                // entries whose version was not met
	left   []rowLeft                   // versions whose entry was not met
	sealed map[int64]map[string]sealed // secrets of entries that were not met, by position
}

// windowEntries is how many positions are compared at a time.
const windowEntries = 1_000

// envelope is what an entry says besides the content.
type envelope struct {
	Action     access.Action
	Actor      struct{ Address, For, Name, Role, Unit, Via string }
	Behind     int64     `json:"clock_behind_us"`
	DecidedAt  time.Time `json:"decided_at"`
	RecordedAt time.Time `json:"recorded_at"`
	ID         ident.ID
	Kind       string
	Position   journal.Position
	Reason     string
	Version    int64
	Measure    string // of an entry about an account
	Definition string
	Bureau     string // of the entry of the founding
	Place      string
}

// window compares the entries of one span of positions with the versions that begin in it.
func (r *replay) window(after, upTo int64) error {
	versions := map[*plan]map[int64][]stored{}
	for _, p := range r.book.order {
		found, err := r.versions(p, after, upTo)
		if err != nil {
			return err
		}
		versions[p] = found
	}
	secrets, err := r.secrets(after, upTo)
	if err != nil {
		return err
	}
	err = journal.Entries(r.tx, journal.Position(after), journal.Position(upTo), func(e journal.Stored) error {
		r.found.Entries++
		env, ok := r.envelope(e)
		if !ok {
			return nil
		}
		p := r.book.kinds[env.Kind]
		if p == nil { // what the journal says of itself has no table of records
			return nil
		}
		at := int64(env.Position)
		i := indexOf(p, versions[p][at], env.ID)
		if i < 0 {
			r.keepAlone(p, e, env)
			return nil
		}
		s := versions[p][at][i]
		versions[p][at] = slices.Delete(versions[p][at], i, i+1)
		of := secrets[at]
		delete(secrets, at)
		return r.entry(p, e, env, s, of)
	})
	if err != nil {
		return err
	}
	for _, p := range r.book.order {
		for _, at := range slices.Sorted(maps.Keys(versions[p])) {
			for _, s := range versions[p][at] {
				r.keepLeft(p, at, s)
			}
		}
	}
	for at, of := range secrets {
		r.keepSealed(at, of)
	}
	return nil
}

// indexOf finds the version of a record among those of a position.
func indexOf(p *plan, versions []stored, id ident.ID) int {
	return slices.IndexFunc(versions, func(s stored) bool { return s.record != nil && p.kind.Head(s.record).ID == id })
}

// envelope reads an entry and compares the columns beside its body, which no hash covers.
func (r *replay) envelope(e journal.Stored) (env envelope, ok bool) {
	if err := json.Unmarshal(e.Body, &env); err != nil {
		r.found.add(ErrEntryUnreadable.Because(err, int64(e.Position)))
		return env, false
	}
	if env.Kind != e.Kind || env.ID != e.Record || env.Version != e.Version || string(env.Action) != e.Action ||
		!env.RecordedAt.Equal(e.RecordedAt) {
		r.found.add(ErrEntryContradicts.With(int64(e.Position), fmt.Sprintf("%s %s %d %s", e.Kind, e.Record, e.Version, e.Action)))
	}
	r.order.look(int64(e.Position), int64(env.Position))
	r.found.noteClock(e.Position, time.Duration(env.Behind)*time.Microsecond)
	switch env.Kind {
	case accountKind:
		r.opened[env.Position] = env
	case bookKind:
		r.bureau = env
	}
	return env, true
}

// entry compares an entry about a record with the version that begins at the position which it says.
func (r *replay) entry(p *plan, e journal.Stored, env envelope, s stored, secrets map[string]sealed) error {
	r.found.Versions++
	if s.bad != nil {
		r.found.add(ErrRowUnreadable.Because(s.bad, p.kind.Code(), s.bad))
		return nil
	}
	return r.same(p, e, env, s.record, secrets)
}

// same encodes the row again as the entry would have been, and compares the bytes; then the secrets beside it.
func (r *replay) same(p *plan, e journal.Stored, env envelope, rec any, secrets map[string]sealed) error {
	h := p.kind.Head(rec)
	again := Entry{Kind: p.kind.Code(), ID: h.ID, Version: h.Version, Action: env.Action, Reason: env.Reason, DecidedAt: env.DecidedAt,
		Behind: time.Duration(env.Behind) * time.Microsecond, RecordedAt: env.RecordedAt, Position: journal.Position(h.Began),
		Actor: access.Actor{Name: env.Actor.Name, For: env.Actor.For, Role: access.Role{Code: env.Actor.Role}, Unit: place.Unit(env.Actor.Unit), Via: env.Actor.Via, Address: env.Actor.Address}}
	salts := storedSalts{}
	for path, x := range secrets {
		salts[path] = x.salt
	}
	body, used, err := p.encode(nil, &again, rec, salts, nil)
	if err != nil {
		return err
	}
	var gone []string
	if !bytes.Equal(body, e.Body) {
		gone = withoutSecret(e.Body, secrets)
	}
	for _, path := range gone {
		r.found.add(ErrSecretMissing.With(int64(e.Position), path))
	}
	if !bytes.Equal(body, e.Body) && (len(gone) == 0 || !alikeBut(gone, e.Body, body)) {
		what, ours, theirs := p.difference(e.Body, body)
		r.found.add(ErrRowDiffers.With(int64(e.Position), p.kind.Label(), env.ID, env.Version, what, ours, theirs))
	}
	for _, s := range used {
		if x := secrets[s.path]; x.value != s.value {
			r.found.add(ErrSecretDiffers.With(int64(e.Position), s.path))
		}
		delete(secrets, s.path)
	}
	r.strangeSecrets(int64(e.Position), secrets)
	return nil
}

// strangeSecrets reports secrets that no value of the entry has.
func (r *replay) strangeSecrets(at int64, secrets map[string]sealed) {
	for _, path := range slices.Sorted(maps.Keys(secrets)) {
		r.found.add(ErrSecretUnknown.With(at, path))
	}
}

// beyond gathers the versions and secrets that stand outside the journal.
func (r *replay) beyond(size int64) error {
	for _, span := range [][2]int64{{math.MinInt64, 0}, {size, math.MaxInt64}} {
		for _, p := range r.book.order {
			found, err := r.versions(p, span[0], span[1])
			if err != nil {
				return err
			}
			for _, at := range slices.Sorted(maps.Keys(found)) {
				for _, s := range found[at] {
					r.keepLeft(p, at, s)
				}
			}
		}
		secrets, err := r.secrets(span[0], span[1])
		if err != nil {
			return err
		}
		for at, of := range secrets {
			r.keepSealed(at, of)
		}
	}
	return nil
}

// difference names the first member in which two entries part, with both values.
func (p *plan) difference(journal, table []byte) (what any, was, is string) {
	content := lang.Of("内容", "content")
	var a, b map[string]json.RawMessage
	if json.Unmarshal(journal, &a) != nil || json.Unmarshal(table, &b) != nil {
		return content, "?", "?"
	}
	if key, ok := firstDifference(a, b); ok {
		return key, show(a[key]), show(b[key])
	}
	var ca, cb map[string]json.RawMessage
	if json.Unmarshal(a["content"], &ca) != nil || json.Unmarshal(b["content"], &cb) != nil {
		return content, "?", "?"
	}
	key, ok := firstDifference(ca, cb)
	if !ok {
		return content, "?", "?" // alike as JSON: the entry is not in its canonical form
	}
	if i := p.index(key); i >= 0 {
		return p.fields[i].Label, show(ca[key]), show(cb[key])
	}
	return key, show(ca[key]), show(cb[key])
}

// firstDifference is the first member, content aside, that differs.
func firstDifference(a, b map[string]json.RawMessage) (first string, found bool) {
	for _, m := range []map[string]json.RawMessage{a, b} {
		for k := range m {
			if k != "content" && !bytes.Equal(a[k], b[k]) && (!found || k < first) {
				first, found = k, true
			}
		}
	}
	return first, found
}

// shownRunesMax bounds a value in a finding.
const shownRunesMax = 60

func show(v json.RawMessage) string {
	switch r := []rune(string(v)); {
	case v == nil:
		return "—"
	case len(r) > shownRunesMax:
		return string(r[:shownRunesMax]) + "…"
	}
	return string(v)
}
