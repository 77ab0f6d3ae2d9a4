package book

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"anlan/ground/ident"
	"anlan/ground/lang"
	"anlan/record/access"
	"anlan/record/field"
	"anlan/store"
	"anlan/store/canonical"
	"anlan/store/journal"
)

// readingKind is what the entry of a reading (阅读留痕) is about.
const readingKind = "reading"

// Reading is a question by which somebody gets records to see.
type Reading struct {
	Way     string // list, show, history, export, records, vouchers
	Of      string // of a drill-down: the figure
	Filters []Filter
	Unmask  string // why telephone and identity numbers of persons are shown whole; empty: they are masked
}

// idsMax is how many records the entry of a reading names; of more it says only how many.
const idsMax = 20

// given is what of a kind a view gave.
type given struct {
	rows map[int64]bool
	ids  []ident.ID
}

var unmasking = lang.Of("查看完整的电话和证件号码", "seeing telephone and identity numbers whole")

// ReadRecorded is Read of what people get to see, with telephone and identity numbers of persons masked unless the reading says why not, after which the journal says who read which kinds, in which way and how many records: one entry, without the values,
// where the actor sees values above internal in a kind that was read. It is written too where see ends in an error, for what was given by then; a
// reading that cannot be written fails. It changes nothing else, so whoever may read does it, also who may change nothing.
func (b *Book) ReadRecorded(ctx context.Context, actor access.Actor, asOf journal.Position, r Reading, see func(*View) error) error {
	if err := (&Change{Reason: r.Unmask}).said(actor).Err(); err != nil {
		return err
	}
	if r.Unmask != "" {
		if err := actor.Sure(unmasking); err != nil {
			return err
		}
	}
	var seen map[*plan]*given
	var around *surroundings
	err := b.Read(ctx, actor, asOf, func(v *View) error {
		v.given, v.masks = map[*plan]*given{}, r.Unmask == ""
		seen, around = v.given, v.around
		return see(v)
	})
	if around == nil {
		return err
	}
	var kinds []*plan
	for _, p := range b.order {
		if seen[p] != nil && p.sensitive(actor, around) {
			kinds = append(kinds, p)
		}
	}
	if len(kinds) == 0 {
		return err
	}
	// An interrupt does not undo that somebody has seen it.
	noted := b.db.InTx(context.WithoutCancel(ctx), func(tx *store.Tx) error {
		log, err := journal.Lock(tx)
		if err != nil {
			return err
		}
		now := log.Stamp(b.clock.Now())
		body := b.encodeReading(actor, asOf, r, kinds, seen, int64(log.Head().Size)+1, now)
		if _, err := log.Append(journal.Entry{Kind: readingKind, Action: string(access.Read), Body: body}); err != nil {
			return err
		}
		return log.Flush()
	})
	if err != nil {
		return err
	}
	return noted
}

// gave counts records that a view gives, each once.
func (v *View) gave(p *plan, records ...any) {
	if v.given == nil || len(records) == 0 {
		return
	}
	g := v.given[p]
	if g == nil {
		g = &given{rows: map[int64]bool{}}
		v.given[p] = g
	}
	for _, r := range records {
		h := p.kind.Head(r)
		if !g.rows[h.Row] && len(g.ids) <= idsMax {
			g.ids = append(g.ids, h.ID)
		}
		g.rows[h.Row] = true
	}
}

// Computed says that what the view gave until now went into a figure and was shown to nobody.
func (v *View) Computed() { clear(v.given) }

// sensitive says whether a kind has a field above internal that the actor sees.
func (p *plan) sensitive(actor access.Actor, around *surroundings) bool {
	closed := func(s access.Sensitivity) bool { return s > access.Internal && actor.Sees(s) }
	for _, f := range p.fields {
		if closed(f.Sensitivity) {
			return true
		}
		for _, r := range f.Rows {
			if closed(r.Sensitivity) {
				return true
			}
		}
	}
	for _, x := range around.extras[p.kind.Code()] {
		if closed(x.Sensitivity) {
			return true
		}
	}
	return false
}

// encodeReading is the entry, keys in order. A condition on a field above internal is named without its value, which would
// stand in the journal for ever.
func (b *Book) encodeReading(actor access.Actor, asOf journal.Position, r Reading, kinds []*plan, seen map[*plan]*given, position int64, now time.Time) []byte {
	body := append([]byte(`{"action":"read","actor":`), appendActor(nil, actor)...)
	if asOf > 0 {
		body = appendNumber(body, "as_of", int64(asOf))
	}
	body = appendText(body, "kind", readingKind)
	body = appendText(body, "of", r.Of)
	body = appendNumber(body, "position", position)
	body = append(body, `,"read":[`...)
	for i, p := range kinds {
		if i > 0 {
			body = append(body, ',')
		}
		body = append(body, '{')
		if ids := seen[p].ids; len(ids) <= idsMax {
			body = append(body, `"ids":[`...)
			for k, id := range ids {
				if k > 0 {
					body = append(body, ',')
				}
				body = canonical.AppendText(body, id.String())
			}
			body = append(body, `],`...)
		}
		body = append(body, `"kind":`...)
		body = canonical.AppendText(body, p.kind.Code())
		body = append(appendNumber(body, "records", int64(len(seen[p].rows))), '}')
	}
	body = append(body, ']')
	body = appendText(body, "reason", r.Unmask)
	body = appendText(body, "recorded_at", now.Format(instantForm))
	body = appendText(body, "way", r.Way)
	if len(r.Filters) > 0 {
		body = append(body, `,"where":[`...)
		for i, f := range r.Filters {
			if i > 0 {
				body = append(body, ',')
			}
			body = canonical.AppendText(body, f.noted(kinds))
		}
		body = append(body, ']')
	}
	return append(body, '}')
}

// noted is a filter as the journal has it.
func (f Filter) noted(kinds []*plan) string {
	s := f.Field + " " + string(f.Op)
	if f.Op == field.OpStated || f.Op == field.OpAbsent {
		return s
	}
	if f.Field == state || f.Field == dueOn || f.Field == began {
		return s + " " + f.Value
	}
	for _, p := range kinds {
		for _, x := range p.fields {
			if x.Code == f.Field && x.Sensitivity <= access.Internal {
				return s + " " + f.Value
			}
		}
	}
	return s + " …"
}

// WasRead is a reading that the journal holds.
type WasRead struct {
	Position journal.Position `json:"position"`
	At       time.Time        `json:"at"`
	Name     string           `json:"name"`
	For      string           `json:"for,omitempty"` // who had delegated it to Name
	Role     string           `json:"role"`
	Via      string           `json:"via"`
	Way      string           `json:"way"`
	Of       string           `json:"of,omitempty"`
	AsOf     journal.Position `json:"as_of,omitempty"`
	Where    []string         `json:"where,omitempty"`
	Reason   string           `json:"reason,omitempty"` // why numbers of persons were shown whole
	Read     []ReadKind       `json:"read"`
}

// ReadKind is what was read of a kind.
type ReadKind struct {
	Kind    string     `json:"kind"`
	Records int64      `json:"records"`
	IDs     []ident.ID `json:"ids,omitempty"` // of at most 20; of more none
}

// Readings gives the readings up to the view's position, the oldest first. It reads the whole journal: nobody asks every day.
func (v *View) Readings(do func(WasRead) error) error {
	rows, err := v.tx.Query("SELECT position, body FROM journal_entry WHERE kind = ? AND position <= ? ORDER BY position", readingKind, int64(v.At()))
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var at int64
		var body []byte
		if err := rows.Scan(&at, &body); err != nil {
			return err
		}
		var e struct {
			Actor      struct{ For, Name, Role, Via string }
			AsOf       journal.Position `json:"as_of"`
			RecordedAt time.Time        `json:"recorded_at"`
			Way, Of    string
			Reason     string
			Where      []string
			Read       []ReadKind
		}
		if err := json.Unmarshal(body, &e); err != nil {
			return fmt.Errorf("book: entry at position %d: %w", at, err)
		}
		if err := do(WasRead{journal.Position(at), e.RecordedAt, e.Actor.Name, e.Actor.For, e.Actor.Role, e.Actor.Via, e.Way, e.Of, e.AsOf, e.Where, e.Reason, e.Read}); err != nil {
			return err
		}
	}
	return rows.Err()
}
