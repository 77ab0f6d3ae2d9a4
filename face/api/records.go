package api

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"anlan/app"
	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/record"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/record/content"
	"anlan/record/exchange"
	"anlan/record/field"
)

// row is a record as answers have it.
type row struct {
	Kind     string          `json:"kind"`
	ID       string          `json:"id"`
	Version  int64           `json:"version"`
	State    record.State    `json:"state"`
	DueOn    string          `json:"due_on,omitempty"`
	Position int64           `json:"position"` // of the journal, at which the version was made
	Content  json.RawMessage `json:"content"`
}

// rowOf is a record as the view's actor may see it.
func rowOf(v *book.View, k record.Of, r any, asked func(string) bool) (row, error) {
	h := k.Head(r)
	text, err := content.Append(nil, v, k, r, asked)
	return row{k.Code(), h.ID.String(), h.Version, h.State, h.DueOn.String(), h.Began, text}, err
}

// pageOf is a page of a list.
type pageOf struct {
	Items []row  `json:"items"`
	Next  string `json:"next,omitempty"` // what after takes for the next page; absent: this was the last
	AsOf  int64  `json:"as_of"`          // the position that the page shows
	Count *int64 `json:"count,omitempty"`
	More  bool   `json:"more,omitempty"` // there are more than count
}

// Bounds of a list.
const (
	listUsual = 100
	listMax   = 1_000
	countMax  = 10_000
)

var listParameters = []string{"where", "sort", "down", "limit", "after", "fields", "withdrawn", "as_of", "key", "count"}

// list answers a page of a list.
func (s *Server) list(c *call) error {
	q, err := c.query(listParameters...)
	if err != nil {
		return err
	}
	at, err := c.asOf(q)
	if err != nil {
		return err
	}
	asked, err := c.fields(q)
	if err != nil {
		return err
	}
	question, err := readQuery(c.kind.Code(), q)
	if err != nil {
		return err
	}
	counted, err := whether(q, "count")
	if err != nil {
		return err
	}
	out := pageOf{Items: []row{}}
	err = s.app.Book.ReadRecorded(c.r.Context(), c.actor(), at, book.Reading{Way: "list", Filters: question.Filters}, func(v *book.View) error {
		out.AsOf = int64(v.At())
		if key := q.Get("key"); key != "" {
			return c.byKey(v, key, asked, &out)
		}
		found, next, err := v.List(question)
		if err != nil {
			return err
		}
		out.Next = next.String()
		for _, r := range found {
			x, err := rowOf(v, c.kind, r, asked)
			if err != nil {
				return err
			}
			out.Items = append(out.Items, x)
		}
		if !counted {
			return nil
		}
		n, err := v.CountUpTo(question, countMax+1)
		out.More, n = n > countMax, min(n, countMax)
		out.Count = &n
		return err
	})
	if err != nil {
		return err
	}
	if out.Next != "" {
		further := c.r.URL.Query()
		further.Set("after", out.Next)
		c.w.Header().Set("Link", "<"+c.r.URL.Path+"?"+further.Encode()+`>; rel="next"`)
	}
	return c.answer(http.StatusOK, out)
}

// byKey answers the record that has a natural key, or none.
func (c *call) byKey(v *book.View, key string, asked func(string) bool, out *pageOf) error {
	id, err := exchange.Refer(v, c.kind, key)
	if kind, ok := fault.KindOf(err); ok && kind == fault.NotFound {
		return nil
	}
	if err != nil {
		return err
	}
	r, err := v.Get(c.kind.Code(), id)
	if err != nil {
		return err
	}
	x, err := rowOf(v, c.kind, r, asked)
	out.Items = append(out.Items, x)
	return err
}

// readQuery reads what a list is asked: the filters are those of the pages and of the command line.
func readQuery(kind string, q url.Values) (out book.Query, err error) {
	out = book.Query{Kind: kind, Sort: q.Get("sort")}
	var faults fault.List
	note := func(err error) error { return faults.Add(err) }
	for _, w := range q["where"] {
		f, err := book.ParseFilter(w)
		if err := note(err); err != nil {
			return out, err
		}
		out.Filters = append(out.Filters, f)
	}
	if after := q.Get("after"); after != "" {
		out.After, err = book.ParseKey(after)
		if err := note(err); err != nil {
			return out, err
		}
	}
	out.Down, err = whether(q, "down")
	if err := note(err); err != nil {
		return out, err
	}
	out.Withdrawn, err = whether(q, "withdrawn")
	if err := note(err); err != nil {
		return out, err
	}
	out.Limit, err = number(q, "limit", listUsual, listMax)
	if err := note(err); err != nil {
		return out, err
	}
	return out, faults.Err()
}

// fields says which members of the content are asked for; nil is all.
func (c *call) fields(q url.Values) (func(string) bool, error) {
	v := q.Get("fields")
	if v == "" {
		return nil, nil
	}
	known := []string{"ext"}
	for _, s := range c.kind.Fields() {
		known = append(known, s.Code)
	}
	wanted := strings.Split(v, ",")
	var faults fault.List
	for _, w := range wanted {
		if !slices.Contains(known, w) {
			faults = append(faults, content.ErrNoMember.With(c.kind.Label(), w, field.Nearest(w, known)))
		}
	}
	return func(code string) bool { return slices.Contains(wanted, code) }, faults.Err()
}

// get answers one record; its version is its ETag.
func (s *Server) get(c *call) error {
	q, err := c.query("fields", "as_of")
	if err != nil {
		return err
	}
	at, err := c.asOf(q)
	if err != nil {
		return err
	}
	asked, err := c.fields(q)
	if err != nil {
		return err
	}
	id, err := c.id()
	if err != nil {
		return err
	}
	var out row
	err = s.app.Book.ReadRecorded(c.r.Context(), c.actor(), at, book.Reading{Way: "show"}, func(v *book.View) error {
		r, err := v.Get(c.kind.Code(), id)
		if err != nil {
			return err
		}
		out, err = rowOf(v, c.kind, r, asked)
		return err
	})
	if err != nil {
		return err
	}
	c.w.Header().Set("ETag", tagOf(out.Version))
	if at == 0 && c.r.Header.Get("If-None-Match") == tagOf(out.Version) {
		c.w.WriteHeader(http.StatusNotModified)
		return nil
	}
	return c.answer(http.StatusOK, out)
}

// tagOf is the ETag of a version.
func tagOf(version int64) string { return `"` + strconv.FormatInt(version, 10) + `"` }

// done is what a change became.
type done struct {
	ID       string `json:"id"`
	Version  int64  `json:"version"`
	Position int64  `json:"position"`
	Same     bool   `json:"same,omitempty"` // nothing was changed, or the same idempotency key had done it before
}

func doneOf(d book.Done) done { return done{d.ID.String(), d.Version, int64(d.Position), d.Same} }

// wrote answers a change.
func (c *call) wrote(status int, d book.Done) error {
	h := c.w.Header()
	h.Set("ETag", tagOf(d.Version))
	if status == http.StatusCreated {
		h.Set("Location", fmt.Sprintf("%s/records/%s/%s", Prefix, c.kind.Code(), d.ID))
	}
	return c.answer(status, doneOf(d))
}

// apply makes one change.
func (c *call) apply(x book.Change) (book.Done, error) {
	out, err := c.s.write(c.r.Context(), c.actor(), []book.Change{x})
	if err != nil {
		return book.Done{}, err
	}
	return out[0], nil
}

// writable refuses kinds that the program alone writes, and actors who may not.
func (c *call) writable(action access.Action) error {
	if app.MadeByProgram(c.kind.Code()) {
		return ErrMadeByProgram.With(c.kind.Label())
	}
	return c.actor().Allow(action, c.kind.Code(), c.kind.Label())
}

// ErrMadeByProgram says that nobody sends records of a kind.
var ErrMadeByProgram = fault.Define("api.made_by_program", fault.Denied,
	"“%s”由程序登记，不能写入", "records of %q are made by the program and are not sent")

// said reads what stands beside the content of a change.
func said(v content.Value, x *book.Change) (err error) {
	if x.Reason, err = words(v, "reason"); err != nil {
		return err
	}
	x.Reason = strings.TrimSpace(x.Reason)
	at, err := words(v, "decided_at")
	if err != nil || at == "" {
		return err
	}
	if x.DecidedAt, err = time.Parse(time.RFC3339, at); err != nil {
		return atDecided(at, err)
	}
	return nil
}

func atDecided(text string, err error) error {
	return at(ErrBadParameter.Because(err, "decided_at", text, lang.Of("时间（RFC 3339）", "an instant (RFC 3339)")), "decided_at")
}

// fresh reads a new record from an item of a request.
func (c *call) fresh(v *book.View, item content.Value) (x book.Change, err error) {
	x = book.Change{Kind: c.kind.Code(), Action: access.Create}
	if err := said(item, &x); err != nil {
		return x, err
	}
	state, err := words(item, "state")
	if err != nil {
		return x, err
	}
	if state != "" { // 补录
		x.Action, x.State = access.Register, record.State(state)
		if err := c.writable(access.Register); err != nil {
			return x, err
		}
	}
	sent, ok := item.Get("content")
	if !ok {
		return x, at(field.ErrMissing.With("content"), "content")
	}
	x.Record = c.kind.New()
	return x, content.Reading{View: v, Kind: c.kind, Home: c.home(v.Head), MayRefer: c.mayRefer}.Set(x.Record, sent)
}

// create enters a record.
func (s *Server) create(c *call) error {
	if err := c.writable(access.Create); err != nil {
		return err
	}
	body, err := c.sent("content", "reason", "decided_at", "state")
	if err != nil {
		return err
	}
	var x book.Change
	err = s.app.Book.Read(c.r.Context(), c.actor(), 0, func(v *book.View) (err error) { x, err = c.fresh(v, body); return err })
	if err != nil {
		return err
	}
	x.Key = c.key()
	d, err := c.apply(x)
	if err != nil {
		return err
	}
	return c.wrote(http.StatusCreated, d)
}

// base is the version of a record that a change was made on: that which stands, or where the same request was perhaps answered before,
// the one that it names.
func (c *call) base(v *book.View, x *book.Change) (any, error) {
	r, err := v.Get(x.Kind, x.ID)
	if err != nil {
		return nil, err
	}
	stands := c.kind.Head(r).Version
	if stands == x.Expect {
		return r, nil
	}
	if x.Key != "" {
		versions, err := v.History(x.Kind, x.ID)
		if err != nil {
			return nil, err
		}
		for _, old := range versions {
			if c.kind.Head(old.Record).Version == x.Expect {
				return old.Record, nil
			}
		}
	}
	return nil, book.ErrStale.With(c.kind.Label(), record.NameOf(c.kind, r), stands, x.Expect)
}

// altered reads into a change the content that is sent for a record that stands.
func (c *call) altered(x *book.Change, sent content.Value) error {
	return c.s.app.Book.Read(c.r.Context(), c.actor(), 0, func(v *book.View) error {
		before, err := c.base(v, x)
		if err != nil {
			return err
		}
		x.Record = c.kind.Clone(before)
		return content.Reading{View: v, Kind: c.kind, Before: before, MayRefer: c.mayRefer}.Set(x.Record, sent)
	})
}

// aimed begins a change of the record of the path.
func (c *call) aimed(action access.Action) (x book.Change, err error) {
	x = book.Change{Kind: c.kind.Code(), Action: action, Key: c.key()}
	if err := c.writable(action); err != nil {
		return x, err
	}
	if x.ID, err = c.id(); err != nil {
		return x, err
	}
	x.Expect, err = c.expected()
	return x, err
}

// change gives a record other content.
func (s *Server) change(c *call) error {
	x, err := c.aimed(access.Edit)
	if err != nil {
		return err
	}
	body, err := c.sent("content", "reason", "decided_at")
	if err != nil {
		return err
	}
	if err := said(body, &x); err != nil {
		return err
	}
	sent, ok := body.Get("content")
	if !ok {
		return at(field.ErrMissing.With("content"), "content")
	}
	if err := c.altered(&x, sent); err != nil {
		return err
	}
	d, err := c.apply(x)
	if err != nil {
		return err
	}
	return c.wrote(http.StatusOK, d)
}

// withdraw withdraws a record with a reason.
func (s *Server) withdraw(c *call) error { return s.move(c, access.Withdraw) }

// reinstate takes a withdrawal back, with a reason.
func (s *Server) reinstate(c *call) error { return s.move(c, access.Reinstate) }

// step takes a record one step on.
func (s *Server) step(c *call) error {
	action := access.Action(c.r.PathValue("step"))
	steps := c.kind.Steps()
	if !slices.ContainsFunc(steps, func(x record.Step) bool { return x.Action == string(action) }) {
		var known []string
		for _, x := range steps {
			known = append(known, x.Action)
		}
		return ErrNoStep.With(c.kind.Label(), string(action), field.Nearest(string(action), known))
	}
	return s.move(c, action)
}

// ErrNoStep says that a kind has no such step.
var ErrNoStep = fault.Define("api.no_step", fault.NotFound,
	"%s没有“%s”这一步，最接近的是“%s”", "%s has no step %q; the nearest is %q")

func (s *Server) move(c *call, action access.Action) error {
	x, err := c.aimed(action)
	if err != nil {
		return err
	}
	known := []string{"reason", "decided_at"}
	if !access.Plain(action) {
		known = append(known, "content")
	}
	body, err := c.sent(known...)
	if err != nil {
		return err
	}
	if err := said(body, &x); err != nil {
		return err
	}
	if sent, ok := body.Get("content"); ok {
		if err := c.altered(&x, sent); err != nil {
			return err
		}
	}
	d, err := c.apply(x)
	if err != nil {
		return err
	}
	return c.wrote(http.StatusOK, d)
}

// version is a version of a record as its history has it.
type version struct {
	Version    int64           `json:"version"`
	Position   int64           `json:"position"`
	RecordedAt time.Time       `json:"recorded_at"`
	DecidedAt  time.Time       `json:"decided_at,omitzero"`
	Action     access.Action   `json:"action"`
	Actor      string          `json:"actor"`
	Via        string          `json:"via"`
	Reason     string          `json:"reason,omitempty"`
	State      record.State    `json:"state"`
	Content    json.RawMessage `json:"content"`
}

// history answers every version of a record, the oldest first.
func (s *Server) history(c *call) error {
	q, err := c.query("as_of")
	if err != nil {
		return err
	}
	at, err := c.asOf(q)
	if err != nil {
		return err
	}
	id, err := c.id()
	if err != nil {
		return err
	}
	out := all[version]{[]version{}}
	err = s.app.Book.ReadRecorded(c.r.Context(), c.actor(), at, book.Reading{Way: "history"}, func(v *book.View) error {
		versions, err := v.History(c.kind.Code(), id)
		if err != nil {
			return err
		}
		for _, x := range versions {
			h := c.kind.Head(x.Record)
			text, err := content.Append(nil, v, c.kind, x.Record, nil)
			if err != nil {
				return err
			}
			out.Items = append(out.Items, version{h.Version, int64(x.Position), x.RecordedAt, x.DecidedAt, x.Action, x.Actor, x.Via, x.Reason, h.State, text})
		}
		return nil
	})
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, out)
}
