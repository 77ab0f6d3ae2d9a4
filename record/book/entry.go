package book

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"time"

	"anlan/ground/ident"
	"anlan/record"
	"anlan/record/access"
	"anlan/record/field"
	"anlan/store/canonical"
	"anlan/store/journal"
)

// Entry is the content of a journal entry about a record.
type Entry struct {
	Kind       string
	ID         ident.ID
	Version    int64
	Action     access.Action
	Actor      access.Actor
	State      record.State
	Reason     string
	DecidedAt  time.Time // zero: the same as recorded
	RecordedAt time.Time
	Position   journal.Position
}

// secret is a value above internal: it stands in the entry as a commitment only.
type secret struct {
	position journal.Position
	path     string
	salt     [saltBytes]byte
	value    string
}

const saltBytes = 16

// salter gives the salt of a field of the version being written: fresh ones when writing, stored ones when replaying.
type salter func(path string, salt *[saltBytes]byte) error

// encode appends the canonical JSON (RFC 8785) of an entry: keys in order, no blanks, absent members left out.
func (p *plan) encode(buf []byte, e *Entry, r any, salts salter, secrets []secret) ([]byte, []secret, error) {
	h := p.kind.Head(r)
	buf = append(buf, `{"action":`...)
	buf = canonical.AppendText(buf, string(e.Action))
	buf = append(buf, `,"actor":`...)
	buf = appendActor(buf, e.Actor)
	buf = append(buf, `,"content":`...)
	buf, secrets, err := p.content(buf, r, e.Position, salts, secrets)
	if err != nil {
		return nil, nil, err
	}
	text := func(key, v string) {
		if v != "" {
			buf = append(buf, ',', '"')
			buf = append(buf, key...)
			buf = append(buf, '"', ':')
			buf = canonical.AppendText(buf, v)
		}
	}
	number := func(key string, v int64) {
		buf = append(buf, ',', '"')
		buf = append(buf, key...)
		buf = append(buf, '"', ':')
		buf = strconv.AppendInt(buf, v, 10)
	}
	if !e.DecidedAt.IsZero() {
		text("decided_at", e.DecidedAt.UTC().Format(instantForm))
	}
	text("due_on", h.DueOn.String())
	text("id", e.ID.String())
	text("kind", e.Kind)
	text("moved_by", h.MovedBy)
	number("position", int64(e.Position))
	text("reason", e.Reason)
	text("recorded_at", e.RecordedAt.UTC().Format(instantForm))
	text("state", string(h.State))
	number("version", e.Version)
	return append(buf, '}'), secrets, nil
}

// instantForm is RFC 3339 in UTC to the microsecond.
const instantForm = "2006-01-02T15:04:05.000000Z"

func appendActor(buf []byte, a access.Actor) []byte {
	sep := byte('{')
	for _, m := range [...]struct{ key, v string }{{"address", a.Address}, {"name", a.Name}, {"role", a.Role.Code}, {"unit", string(a.Unit)}, {"via", a.Via}} {
		if m.v == "" {
			continue
		}
		buf = append(buf, sep, '"')
		buf = append(buf, m.key...)
		buf = append(buf, '"', ':')
		buf = canonical.AppendText(buf, m.v)
		sep = ','
	}
	return append(buf, '}')
}

// content appends the fields of r in order of their codes.
func (p *plan) content(buf []byte, r any, at journal.Position, salts salter, secrets []secret) ([]byte, []secret, error) {
	var err error
	sep := byte('{')
	for _, f := range p.sorted {
		s := p.fields[f]
		if s.Type == field.TypeRows {
			l := &p.lists[p.byField[f]]
			n := l.list.Len(r)
			if n == 0 {
				continue
			}
			buf = appendKey(buf, sep, s.Code)
			buf = append(buf, '[')
			for i := range n {
				if i > 0 {
					buf = append(buf, ',')
				}
				if buf, secrets, err = l.row(buf, r, i, at, s.Code, salts, secrets); err != nil {
					return nil, nil, err
				}
			}
			buf, sep = append(buf, ']'), ','
			continue
		}
		v := p.kind.Text(r, f)
		if v == "" {
			continue
		}
		buf = appendKey(buf, sep, s.Code)
		if buf, secrets, err = appendValue(buf, s, v, at, s.Code, salts, secrets); err != nil {
			return nil, nil, err
		}
		sep = ','
	}
	if sep == '{' {
		buf = append(buf, '{')
	}
	return append(buf, '}'), secrets, nil
}

func (l *listPlan) row(buf []byte, r any, i int, at journal.Position, code string, salts salter, secrets []secret) ([]byte, []secret, error) {
	var err error
	sep := byte('{')
	for _, j := range l.sorted {
		s := l.specs[j]
		v := l.list.Text(r, i, j)
		if v == "" {
			continue
		}
		buf = appendKey(buf, sep, s.Code)
		path := s.Code
		if s.Sensitivity > access.Internal {
			path = code + "." + strconv.Itoa(i+1) + "." + s.Code
		}
		if buf, secrets, err = appendValue(buf, s, v, at, path, salts, secrets); err != nil {
			return nil, nil, err
		}
		sep = ','
	}
	if sep == '{' {
		buf = append(buf, '{')
	}
	return append(buf, '}'), secrets, nil
}

func appendKey(buf []byte, sep byte, key string) []byte {
	buf = append(buf, sep, '"')
	buf = append(buf, key...) // codes are a-z, 0-9 and _
	return append(buf, '"', ':')
}

// bareBytesMax keeps bare numbers within what an IEEE double holds exactly; longer ones are strings (RFC 8785).
const bareBytesMax = 15

func appendValue(buf []byte, s *field.Spec, v string, at journal.Position, path string, salts salter, secrets []secret) ([]byte, []secret, error) {
	if s.Sensitivity <= access.Internal {
		if s.Bare() && len(v) <= bareBytesMax {
			return append(buf, v...), secrets, nil
		}
		return canonical.AppendText(buf, v), secrets, nil
	}
	x := secret{position: at, path: path, value: v}
	if err := salts(path, &x.salt); err != nil {
		return nil, nil, err
	}
	sum := commitment(x.salt, v)
	buf = append(buf, `{"sha256":"`...)
	buf = hex.AppendEncode(buf, sum[:])
	return append(buf, `"}`...), append(secrets, x), nil
}

// commitment is SHA-256(salt ‖ canonical value).
func commitment(salt [saltBytes]byte, value string) [32]byte {
	return sha256.Sum256(canonical.AppendText(append(make([]byte, 0, saltBytes+len(value)+16), salt[:]...), value))
}
