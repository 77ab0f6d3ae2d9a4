package book

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"anlan/ground/ident"
	"anlan/store/journal"
)

// unmetMax bounds the entries and versions that are kept because the other half was not met; beyond it each is told as it
// is met.
const unmetMax = 10_000

// entryAlone is an entry about a record of which no version was met where the entry says it stands.
type entryAlone struct {
	plan    *plan
	at      journal.Position // where it stands
	says    int64
	id      ident.ID
	version int64
}

// rowLeft is a version that no entry has asked for.
type rowLeft struct {
	plan    *plan
	at      int64 // where it begins
	id      ident.ID
	version int64
	bad     error
}

func (r *replay) keepAlone(p *plan, e journal.Stored, env envelope) {
	a := entryAlone{p, e.Position, int64(env.Position), env.ID, env.Version}
	if len(r.alone) == unmetMax {
		r.rowMissing(a)
		return
	}
	r.alone = append(r.alone, a)
}

func (r *replay) keepLeft(p *plan, at int64, s stored) {
	l := rowLeft{plan: p, at: at, bad: s.bad}
	if s.record != nil {
		h := p.kind.Head(s.record)
		l.id, l.version = h.ID, h.Version
	}
	if len(r.left) == unmetMax {
		r.rowUnknown(l)
		return
	}
	r.left = append(r.left, l)
}

func (r *replay) keepSealed(at int64, of map[string]sealed) {
	if len(r.sealed) == unmetMax {
		r.strangeSecrets(at, of)
		return
	}
	if r.sealed == nil {
		r.sealed = map[int64]map[string]sealed{}
	}
	r.sealed[at] = of
}

func (r *replay) rowMissing(a entryAlone) {
	r.found.add(ErrRowMissing.With(int64(a.at), a.plan.kind.Label(), a.id, a.version))
}

func (r *replay) rowUnknown(l rowLeft) {
	if l.bad != nil {
		r.found.add(ErrRowUnreadable.Because(l.bad, l.plan.kind.Code(), l.bad))
		return
	}
	r.found.add(ErrRowUnknown.With(l.plan.kind.Label(), l.id, l.version, l.at))
}

// unmet joins what stands in different windows, and tells what of the rest is one half without the other.
func (r *replay) unmet(size int64) error {
	replaced := map[int64]bool{}
	for _, a := range r.alone {
		i := slices.IndexFunc(r.left, func(l rowLeft) bool { return l.plan == a.plan && l.at == a.says && l.id == a.id })
		if i < 0 && !r.order.doubled[a.says] { // the version of another id: the id was changed
			i = slices.IndexFunc(r.left, func(l rowLeft) bool { return l.plan == a.plan && l.at == a.says })
		}
		switch {
		case i >= 0:
			l := r.left[i]
			r.left = slices.Delete(r.left, i, i+1)
			if err := r.late(a, l); err != nil {
				return err
			}
		case r.order.doubled[a.says] && int64(a.at) != a.says && int64(a.at) <= size && r.order.lacks(int64(a.at)):
			replaced[int64(a.at)] = true
			r.found.add(ErrEntryReplaced.With(a.at, a.says))
		case r.order.doubled[a.says]:
			r.found.add(ErrEntryUnknown.With(a.at, a.says))
		case int64(a.at) <= size: // beyond the head nothing has a version
			delete(r.sealed, a.says)
			r.rowMissing(a)
		}
	}
	cut := r.beyondIsCut(size)
	lost := func(at int64) bool { return r.order.lacks(at) || cut && at > size }
	for _, l := range r.left {
		switch {
		case replaced[l.at]: // its entry was
		case l.bad == nil && lost(l.at):
			r.found.add(ErrEntryGone.With(l.at, l.plan.kind.Label(), l.id, l.version))
		default:
			r.rowUnknown(l)
		}
	}
	for _, at := range slices.Sorted(maps.Keys(r.sealed)) {
		if !lost(at) && !replaced[at] {
			r.strangeSecrets(at, r.sealed[at])
		}
	}
	return r.beside(func(at int64) bool { return lost(at) || replaced[at] || r.order.elsewhere(at) })
}

// late compares an entry with a version that was met in another window than its own.
func (r *replay) late(a entryAlone, l rowLeft) error {
	e, err := journal.EntryAt(r.tx, a.at)
	if err != nil {
		return err
	}
	var env envelope
	if err := json.Unmarshal(e.Body, &env); err != nil {
		return err
	}
	versions, err := r.versions(a.plan, l.at-1, l.at)
	if err != nil {
		return err
	}
	of := r.sealed[l.at]
	delete(r.sealed, l.at)
	for _, s := range versions[l.at] {
		if s.bad != nil && l.bad != nil || s.record != nil && a.plan.kind.Head(s.record).ID == l.id {
			return r.entry(a.plan, e, env, s, of)
		}
	}
	return nil
}

// beyondIsCut says whether what stands in the tables behind the journal's end goes on from it: then it is the journal that
// has lost its end, and nobody has added rows.
func (r *replay) beyondIsCut(size int64) bool {
	_, sealed := r.sealed[size+1]
	return sealed || slices.ContainsFunc(r.left, func(l rowLeft) bool { return l.at == size+1 })
}

// beside compares events and answered keys with the entries they belong to. lost are positions whose entry is known to be gone
// or to stand elsewhere.
func (r *replay) beside(lost func(int64) bool) error {
	if err := r.events(lost); err != nil {
		return err
	}
	return r.answers(lost)
}

// eventsQuery gives the events that have not left with the entries they belong to, by the keys of both tables.
const eventsQuery = `SELECT o.position, o.line, o.topic, o.body, e.kind, e.action, e.record_id, e.version
	FROM outbox o LEFT JOIN journal_entry e ON e.position = o.position
	ORDER BY o.position, o.line`

// eventBody is what an event of a change says.
func eventBody(id string, version int64) []byte {
	return fmt.Appendf(nil, `{"id":"%s","version":%d}`, id, version)
}

func (r *replay) events(lost func(int64) bool) error {
	rows, err := r.tx.Query(eventsQuery)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var at, line int64
		var topic string
		var body []byte
		var kind, action, id *string
		var version *int64
		if err := rows.Scan(&at, &line, &topic, &body, &kind, &action, &id, &version); err != nil {
			return err
		}
		switch {
		case lost(at):
		case kind == nil || id == nil || line > 0: // the book tells one event of a change
			r.found.add(ErrEventUnknown.With(at, line))
		case topic != *kind+"."+*action || !bytes.Equal(body, eventBody(*id, *version)):
			r.found.add(ErrEventDiffers.With(at, line))
		}
	}
	return rows.Err()
}

// answersQuery gives the idempotency keys whose answer is not what the entry at their position says.
const answersQuery = `SELECT i.actor, i.key, i.position FROM idempotency i LEFT JOIN journal_entry e ON e.position = i.position
	WHERE e.position IS NULL OR e.record_id IS NULL OR i.record_id <> e.record_id OR i.version <> e.version OR i.recorded_at < e.recorded_at
	ORDER BY i.position, i.key
	LIMIT ?`

func (r *replay) answers(lost func(int64) bool) error {
	rows, err := r.tx.Query(answersQuery, int64(findingsMax))
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var actor, key string
		var at int64
		if err := rows.Scan(&actor, &key, &at); err != nil {
			return err
		}
		if !lost(at) {
			r.found.add(ErrAnswerDiffers.With(actor, key, at))
		}
	}
	return rows.Err()
}

// commitmentPrefix is how a commitment begins in an entry.
var commitmentPrefix = []byte(`{"sha256":"`)

// withoutSecret lists the values of an entry that it holds as commitments and of which no secret stands beside it.
func withoutSecret(body []byte, secrets map[string]sealed) (paths []string) {
	if !bytes.Contains(body, commitmentPrefix) {
		return nil
	}
	entry, ok := decoded(body)
	if !ok {
		return nil
	}
	content, _ := entry["content"].(map[string]any)
	look := func(at path, v any) {
		m, _ := v.(map[string]any)
		if _, is := m["sha256"].(string); is && len(m) == 1 {
			if _, there := secrets[at.String()]; !there {
				paths = append(paths, at.String())
			}
		}
	}
	for _, code := range slices.Sorted(maps.Keys(content)) {
		switch v := content[code].(type) {
		case []any:
			for i, row := range v {
				fields, _ := row.(map[string]any)
				for _, c := range slices.Sorted(maps.Keys(fields)) {
					look(path{code, i + 1, c}, fields[c])
				}
			}
		case map[string]any:
			if code != extCode {
				look(path{code: code}, v)
				continue
			}
			for _, c := range slices.Sorted(maps.Keys(v)) {
				look(path{list: extCode, code: c}, v[c])
			}
		}
	}
	return paths
}

// alikeBut says whether two entries are the same but for the values at some paths.
func alikeBut(paths []string, a, b []byte) bool {
	x, ok := decoded(a)
	y, also := decoded(b)
	if !ok || !also {
		return false
	}
	for _, p := range paths {
		for _, entry := range []map[string]any{x, y} {
			content, _ := entry["content"].(map[string]any)
			drop(content, strings.Split(p, "."))
		}
	}
	return reflect.DeepEqual(x, y)
}

// drop takes a value out of a content: name, ext.home, casualty.2.name.
func drop(content map[string]any, steps []string) {
	switch {
	case len(steps) == 1:
		delete(content, steps[0])
	case len(steps) == 2:
		ext, _ := content[steps[0]].(map[string]any)
		delete(ext, steps[1])
	default:
		rows, _ := content[steps[0]].([]any)
		if i, err := strconv.Atoi(steps[1]); err == nil && i >= 1 && i <= len(rows) {
			row, _ := rows[i-1].(map[string]any)
			delete(row, steps[2])
		}
	}
}

func decoded(body []byte) (entry map[string]any, ok bool) {
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	return entry, d.Decode(&entry) == nil
}
