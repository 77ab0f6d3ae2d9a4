package book

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"time"

	"anlan/ground/fault"
	"anlan/ground/ident"
	"anlan/record/access"
	"anlan/record/field"
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
	ErrChainBroken = fault.Define("book.chain_broken", fault.Broken,
		"%s记录%d的历史版本不连续：位置%d的版本结束于%d，之后没有版本", "%s record %d: the version of position %d ends at %d, and no version begins there")
	ErrEntryUnreadable = fault.Define("book.entry_unreadable", fault.Broken,
		"日志位置%d的内容无法解读", "the entry at position %d cannot be read")
	ErrEntryContradicts = fault.Define("book.entry_contradicts", fault.Broken,
		"日志位置%d的列与内容不符：%s", "the columns of the entry at position %d contradict its content: %s")
	ErrPostingsDiffer = fault.Define("book.postings_differ", fault.Broken,
		"统计项“%s”的台账与记录不符：%s记录%d应为%d（值%d），台账为%d（值%d）", "the account of %q is not what the records give: %s record %d: %d (value %d) expected, %d (value %d) posted")
	ErrCellsDiffer = fault.Define("book.cells_differ", fault.Broken,
		"统计项“%s”的汇总与台账不符：%s %s %s应为%d（值%d），汇总为%d（值%d）", "the cells of %q are not what the postings give: %s %s %s: %d (value %d) expected, %d (value %d) found")
)

// findingsMax bounds what one verification reports; the rest is as easily found after these are mended.
const findingsMax = 100

// Verification says what was compared and what did not agree.
type Verification struct {
	Entries  int64 // entries read
	Versions int64 // versions of records compared with their entries
	Postings int64 // postings made again
	Findings fault.List
}

func (v *Verification) add(f *fault.Fault) bool {
	if len(v.Findings) < findingsMax {
		v.Findings = append(v.Findings, f)
	}
	return len(v.Findings) < findingsMax
}

// Replay compares the tables with the journal, version by version: content, state, owner, who moved it. It reads
// everything, in bounded memory, in one snapshot.
func (b *Book) Replay(ctx context.Context) (v Verification, err error) {
	err = b.db.Read(ctx, func(tx *store.Tx) error {
		head, err := journal.HeadOf(tx)
		if err != nil {
			return err
		}
		cursors := map[string]*cursor{}
		for code, p := range b.kinds {
			cursors[code] = &cursor{tx: tx, plan: p}
		}
		err = journal.Entries(tx, 0, head.Size, func(e journal.Stored) error {
			v.Entries++
			c := cursors[e.Kind]
			if c == nil {
				return nil // what the journal says of itself has no table of records
			}
			return v.compare(tx, c, e)
		})
		if err != nil {
			return err
		}
		for _, k := range b.order {
			if err := cursors[k.Code()].rest(&v); err != nil {
				return err
			}
			if err := v.chain(tx, b.kinds[k.Code()]); err != nil {
				return err
			}
		}
		return nil
	})
	return v, err
}

// cursor walks the versions of a kind in order of position.
type cursor struct {
	tx   *store.Tx
	plan *plan
	page []any
	last int64 // began of the newest version read
	done bool
}

// peek is the next version; nil at the end.
func (c *cursor) peek() (any, error) {
	if len(c.page) == 0 && !c.done {
		t, columns := c.plan.kind.Code(), joined(c.plan.columns)
		rows, err := c.tx.Query("SELECT * FROM (SELECT "+columns+", 0 AS ended FROM "+t+" WHERE began > ? UNION ALL SELECT "+columns+
			", ended FROM "+t+"_past WHERE began > ?) q ORDER BY began, row_no LIMIT ?", c.last, c.last, int64(pageRows))
		if err != nil {
			return nil, err
		}
		for rows.Next() {
			r, err := c.plan.kind.Load(rows.Values())
			if err != nil {
				rows.Close()
				return nil, err
			}
			c.page = append(c.page, r)
		}
		if err := rows.Close(); err != nil {
			return nil, err
		}
		c.done = len(c.page) < pageRows
		for _, r := range c.page {
			if err := c.plan.loadLists(c.tx, r, c.plan.kind.Head(r).Ended > 0); err != nil {
				return nil, err
			}
		}
	}
	if len(c.page) == 0 {
		return nil, nil
	}
	return c.page[0], nil
}

func (c *cursor) next() {
	c.last = c.plan.kind.Head(c.page[0]).Began
	c.page = c.page[1:]
}

// rest reports versions that no entry made.
func (c *cursor) rest(v *Verification) error {
	for {
		r, err := c.peek()
		if err != nil || r == nil {
			return err
		}
		if !v.unknown(c.plan, r) {
			return nil
		}
		c.next()
	}
}

func (v *Verification) unknown(p *plan, r any) bool {
	h := p.kind.Head(r)
	return v.add(ErrRowUnknown.With(p.kind.Label(), h.ID, h.Version, h.Began))
}

// envelope is what an entry says besides the content.
type envelope struct {
	Action     access.Action
	Actor      struct{ Address, Name, Role, Unit, Via string }
	Content    json.RawMessage
	DecidedAt  time.Time `json:"decided_at"`
	RecordedAt time.Time `json:"recorded_at"`
	ID         ident.ID
	Kind       string
	Reason     string
	Version    int64
	State      string
	MovedBy    string `json:"moved_by"`
	DueOn      string `json:"due_on"`
}

func (v *Verification) compare(tx *store.Tx, c *cursor, e journal.Stored) error {
	var env envelope
	if err := json.Unmarshal(e.Body, &env); err != nil {
		v.add(ErrEntryUnreadable.Because(err, int64(e.Position)))
		return nil
	}
	if env.Kind != e.Kind || env.ID != e.Record || env.Version != e.Version || string(env.Action) != e.Action || !env.RecordedAt.Equal(e.RecordedAt) {
		v.add(ErrEntryContradicts.With(int64(e.Position), fmt.Sprintf("%s %s %d %s", e.Kind, e.Record, e.Version, e.Action)))
	}
	p := c.plan
	for {
		r, err := c.peek()
		if err != nil {
			return err
		}
		if r == nil || p.kind.Head(r).Began > int64(e.Position) {
			v.add(ErrRowMissing.With(int64(e.Position), p.kind.Label(), env.ID, env.Version))
			return nil
		}
		h := p.kind.Head(r)
		if h.Began < int64(e.Position) {
			v.unknown(p, r)
			c.next()
			continue
		}
		c.next()
		v.Versions++
		return v.same(tx, p, e, &env, r)
	}
}

// same encodes the row again as the entry would have been, and compares the bytes.
func (v *Verification) same(tx *store.Tx, p *plan, e journal.Stored, env *envelope, r any) error {
	salts, err := p.storedSalts(tx, e.Position)
	if err != nil {
		return err
	}
	h := p.kind.Head(r)
	again := Entry{Kind: p.kind.Code(), ID: h.ID, Version: h.Version, Action: env.Action, Reason: env.Reason, DecidedAt: env.DecidedAt,
		RecordedAt: env.RecordedAt, Position: journal.Position(h.Began), Actor: access.Actor{Name: env.Actor.Name, Role: access.Role{Code: env.Actor.Role},
			Unit: unitOf(env.Actor.Unit), Via: env.Actor.Via, Address: env.Actor.Address}}
	body, _, err := p.encode(nil, &again, r, salts, nil)
	if err != nil {
		return err
	}
	if bytes.Equal(body, e.Body) {
		return nil
	}
	what, ours, theirs := difference(p, e.Body, body)
	v.add(ErrRowDiffers.With(int64(e.Position), p.kind.Label(), env.ID, env.Version, what, ours, theirs))
	return nil
}

// storedSalts gives the salts that were drawn when the version was written.
func (p *plan) storedSalts(tx *store.Tx, at journal.Position) (salter, error) {
	if !p.secretive {
		return func(string, *[saltBytes]byte) error { return nil }, nil
	}
	rows, err := tx.Query("SELECT path, salt FROM journal_secret WHERE position = ?", int64(at))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	salts := map[string][saltBytes]byte{}
	for rows.Next() {
		var path string
		var salt []byte
		if err := rows.Scan(&path, &salt); err != nil {
			return nil, err
		}
		if len(salt) == saltBytes {
			salts[path] = [saltBytes]byte(salt)
		}
	}
	return func(path string, salt *[saltBytes]byte) error { *salt = salts[path]; return nil }, rows.Err()
}

// difference names the first member in which two entries part, with both values.
func difference(p *plan, journal, table []byte) (what any, was, is string) {
	var a, b map[string]json.RawMessage
	if json.Unmarshal(journal, &a) != nil || json.Unmarshal(table, &b) != nil {
		return textOf("内容", "content"), "?", "?"
	}
	if key, ok := firstDifference(a, b); ok && key != "content" {
		return key, show(a[key]), show(b[key])
	}
	var ca, cb map[string]json.RawMessage
	if json.Unmarshal(a["content"], &ca) != nil || json.Unmarshal(b["content"], &cb) != nil {
		return textOf("内容", "content"), "?", "?"
	}
	key, _ := firstDifference(ca, cb)
	if i := p.index(key); i >= 0 {
		return p.fields[i].Label, show(ca[key]), show(cb[key])
	}
	return key, show(ca[key]), show(cb[key])
}

func firstDifference(a, b map[string]json.RawMessage) (string, bool) {
	first, found := "", false
	note := func(key string) {
		if !found || key < first {
			first, found = key, true
		}
	}
	for k, v := range a {
		if k != "content" && !bytes.Equal(v, b[k]) {
			note(k)
		}
	}
	for k, v := range b {
		if k != "content" && !bytes.Equal(v, a[k]) {
			note(k)
		}
	}
	return first, found
}

const shownBytesMax = 120

func show(v json.RawMessage) string {
	if v == nil {
		return "—"
	}
	if len(v) > shownBytesMax {
		return string([]rune(string(v))[:shownBytesMax/3]) + "…"
	}
	return string(v)
}

// chain sees that each superseded version ends where the next one of the same record begins.
func (v *Verification) chain(tx *store.Tx, p *plan) error {
	t := p.kind.Code()
	rows, err := tx.Query("SELECT row_no, began, ended FROM "+t+"_past p WHERE NOT EXISTS (SELECT 1 FROM "+t+" c WHERE c.row_no = p.row_no AND c.began = p.ended)"+
		" AND NOT EXISTS (SELECT 1 FROM "+t+"_past c WHERE c.row_no = p.row_no AND c.began = p.ended) ORDER BY began LIMIT ?", int64(findingsMax))
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var row, began, ended int64
		if err := rows.Scan(&row, &began, &ended); err != nil {
			return err
		}
		v.add(ErrChainBroken.With(p.kind.Label(), row, began, ended))
	}
	return rows.Err()
}

// hasSecrets says whether any field of the kind is above internal.
func hasSecrets(fields []*field.Spec) bool {
	for _, f := range fields {
		if f.Sensitivity > access.Internal || hasSecrets(f.Rows) {
			return true
		}
	}
	return false
}
