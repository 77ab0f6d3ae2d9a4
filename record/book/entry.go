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

// Entry is the content of a journal entry about a record, the record's own aside.
type Entry struct {
	Kind       string
	ID         ident.ID
	Version    int64
	Action     access.Action
	Actor      access.Actor
	Reason     string
	DecidedAt  time.Time     // zero: the same as recorded
	Behind     time.Duration // how far the clock had jumped back behind the newest entry; 0 in a healthy machine
	RecordedAt time.Time
	Position   journal.Position
}

// salt keeps a short value from being guessed from its commitment.
type salt [16]byte

// secret is a value above internal: it stands in the entry as a commitment only, and here for those who may see it.
type secret struct {
	position journal.Position
	path     string // casualty.2.name, ext.home
	salt     salt
	value    string
}

// path is where a value stands in the content: a field, an extra field (list "ext"), or a field of a row of a list.
type path struct {
	list string
	line int // from 1; 0 outside lists
	code string
}

// String is the form that journal_secret holds: name, ext.home, casualty.2.name.
func (p path) String() string {
	switch {
	case p.list == "":
		return p.code
	case p.line == 0:
		return p.list + "." + p.code
	}
	return p.list + "." + strconv.Itoa(p.line) + "." + p.code
}

// sealer says of a value whether it is a secret, and gives its salt: a fresh one when writing, that of the time of writing
// when replaying, so that a field whose sensitivity has changed since is replayed as it was written.
type sealer interface {
	seal(at path, s access.Sensitivity) (salt, bool, error)
}

// freshSalts seals what is above internal.
type freshSalts struct {
	book   *Book
	extras record.Extras
}

func (f *freshSalts) seal(at path, s access.Sensitivity) (salt, bool, error) {
	if at.list == extCode {
		if x := f.extras.Find(at.code); x != nil {
			s = x.Sensitivity
		}
	}
	if s <= access.Internal {
		return salt{}, false, nil
	}
	x, err := f.book.freshSalt()
	return x, true, err
}

// storedSalts seals what was sealed when the version was written; none seals nothing.
type storedSalts map[string]salt

func (m storedSalts) seal(at path, _ access.Sensitivity) (salt, bool, error) {
	if len(m) == 0 {
		return salt{}, false, nil
	}
	x, ok := m[at.String()]
	return x, ok, nil
}

// encode appends the canonical JSON (RFC 8785) of an entry: keys in order, no blanks, absent members left out.
func (p *plan) encode(buf []byte, e *Entry, r any, seal sealer, secrets []secret) ([]byte, []secret, error) {
	h := p.kind.Head(r)
	buf = append(buf, `{"action":`...)
	buf = canonical.AppendText(buf, string(e.Action))
	buf = append(buf, `,"actor":`...)
	buf = appendActor(buf, e.Actor)
	if e.Behind > 0 {
		buf = appendNumber(buf, "clock_behind_us", e.Behind.Microseconds())
	}
	buf = append(buf, `,"content":`...)
	w := contentWriter{buf: buf, secrets: secrets, at: e.Position, seal: seal}
	if err := w.record(p, r); err != nil {
		return nil, nil, err
	}
	buf = w.buf
	if !e.DecidedAt.IsZero() {
		buf = appendText(buf, "decided_at", e.DecidedAt.UTC().Format(instantForm))
	}
	buf = appendText(buf, "due_on", h.DueOn.String())
	buf = appendText(buf, "id", e.ID.String())
	buf = appendText(buf, "kind", e.Kind)
	buf = appendText(buf, "moved_by", h.MovedBy)
	buf = appendNumber(buf, "position", int64(e.Position))
	buf = appendText(buf, "reason", e.Reason)
	buf = appendText(buf, "recorded_at", e.RecordedAt.UTC().Format(instantForm))
	buf = appendText(buf, "state", string(h.State))
	buf = appendNumber(buf, "version", e.Version)
	return append(buf, '}'), w.secrets, nil
}

// appendText appends a further member, which is left out when it is empty.
func appendText(buf []byte, key, v string) []byte {
	if v == "" {
		return buf
	}
	return canonical.AppendText(appendKey(buf, ',', key), v)
}

func appendNumber(buf []byte, key string, v int64) []byte {
	return strconv.AppendInt(appendKey(buf, ',', key), v, 10)
}

// instantForm is RFC 3339 in UTC to the microsecond.
const instantForm = "2006-01-02T15:04:05.000000Z"

func appendActor(buf []byte, a access.Actor) []byte {
	sep := byte('{')
	for _, m := range [...]struct{ key, v string }{{"address", a.Address}, {"for", a.For}, {"name", a.Name}, {"role", a.Role.Code}, {"unit", string(a.Unit)}, {"via", a.Via}} {
		if m.v != "" {
			buf = canonical.AppendText(appendKey(buf, sep, m.key), m.v)
			sep = ','
		}
	}
	return append(buf, '}')
}

func appendKey(buf []byte, sep byte, key string) []byte {
	buf = append(buf, sep, '"')
	buf = append(buf, key...) // codes are a-z, 0-9 and _
	return append(buf, '"', ':')
}

// contentWriter appends the content of one version.
type contentWriter struct {
	buf     []byte
	secrets []secret
	at      journal.Position
	seal    sealer
}

// record appends the stated fields in order of their codes, the extra fields among them.
func (w *contentWriter) record(p *plan, r any) error {
	sep := byte('{')
	for _, m := range p.members {
		var err error
		switch {
		case m.field == noField:
			ext := p.kind.Head(r).Ext
			if len(ext) == 0 {
				continue
			}
			w.buf = appendKey(w.buf, sep, m.code)
			err = w.ext(ext)
		case m.list != noList:
			l := &p.lists[m.list]
			if l.list.Len(r) == 0 {
				continue
			}
			w.buf = appendKey(w.buf, sep, m.code)
			err = w.rows(l, r, m.code)
		default:
			v := p.kind.Text(r, m.field)
			if v == "" {
				continue
			}
			w.buf = appendKey(w.buf, sep, m.code)
			err = w.value(path{code: m.code}, v, p.fields[m.field])
		}
		if err != nil {
			return err
		}
		sep = ','
	}
	w.close(sep)
	return nil
}

// close ends an object of which sep has begun the next member.
func (w *contentWriter) close(sep byte) {
	if sep == '{' {
		w.buf = append(w.buf, '{')
	}
	w.buf = append(w.buf, '}')
}

func (w *contentWriter) rows(l *listPlan, r any, code string) error {
	w.buf = append(w.buf, '[')
	for i := range l.list.Len(r) {
		if i > 0 {
			w.buf = append(w.buf, ',')
		}
		sep := byte('{')
		for _, j := range l.sorted {
			v := l.list.Text(r, i, j)
			if v == "" {
				continue
			}
			s := l.specs[j]
			w.buf = appendKey(w.buf, sep, s.Code)
			if err := w.value(path{code, i + 1, s.Code}, v, s); err != nil {
				return err
			}
			sep = ','
		}
		w.close(sep)
	}
	w.buf = append(w.buf, ']')
	return nil
}

// extSpec stands for an extra field where only the form of its value matters: a text, whatever its type.
var extSpec = &field.Spec{Sensitivity: access.Internal}

func (w *contentWriter) ext(e record.Ext) error {
	sep := byte('{')
	for _, c := range e.Codes() {
		w.buf = appendKey(w.buf, sep, c)
		if err := w.value(path{list: extCode, code: c}, e[c], extSpec); err != nil {
			return err
		}
		sep = ','
	}
	w.buf = append(w.buf, '}')
	return nil
}

// bareBytesMax keeps bare numbers within what an IEEE double holds exactly; longer ones are strings (RFC 8785).
const bareBytesMax = 15

// value appends a value, or its commitment when it is a secret.
func (w *contentWriter) value(at path, v string, s *field.Spec) error {
	x, isSecret, err := w.seal.seal(at, s.Sensitivity)
	switch {
	case err != nil:
		return err
	case isSecret:
		sum := commitment(x, v)
		w.buf = append(w.buf, `{"sha256":"`...)
		w.buf = append(hex.AppendEncode(w.buf, sum[:]), `"}`...)
		w.secrets = append(w.secrets, secret{w.at, at.String(), x, v})
	case s.Bare() && len(v) <= bareBytesMax:
		w.buf = append(w.buf, v...)
	default:
		w.buf = canonical.AppendText(w.buf, v)
	}
	return nil
}

// commitment is SHA-256(salt ‖ canonical value).
func commitment(s salt, value string) [32]byte {
	return sha256.Sum256(canonical.AppendText(append(make([]byte, 0, len(s)+len(value)+16), s[:]...), value))
}
