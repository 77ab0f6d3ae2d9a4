package api

import (
	"fmt"
	"net/http"

	"anlan/ground/fault"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/record/content"
	"anlan/record/field"
)

// bulkMost bounds the records of one request.
const bulkMost = 1_000

// ErrTooMany says that a request has more records than go in at once.
var ErrTooMany = fault.Define("api.too_many", fault.TooLarge,
	"一次最多%d条，这次有%d条", "at most %d go in at once; these are %d")

// result is what became of one record of many: entered, or refused with the reason.
type result struct {
	Status  int      `json:"status"`
	Done    *done    `json:"done,omitempty"`
	Problem *problem `json:"problem,omitempty"`
}

// bulk enters many records, each for itself: those that are in order go in together, in the order in which they were sent, and the others
// are answered with what is wrong with them.
func (s *Server) bulk(c *call) error {
	if err := c.writable(access.Create); err != nil {
		return err
	}
	body, err := c.sent("items")
	if err != nil {
		return err
	}
	items, ok := body.Get("items")
	switch {
	case !ok:
		return at(field.ErrMissing.With("items"), "items")
	case items.Sort != content.List:
		return at(content.ErrForm.With("items", content.List.Label(), items.Sort.Label()), "items")
	case len(items.Items) > bulkMost:
		return ErrTooMany.With(bulkMost, len(items.Items))
	}
	m := many{c: c, results: make([]result, len(items.Items))}
	err = s.app.Book.Read(c.r.Context(), c.actor(), 0, func(v *book.View) error {
		for i, item := range items.Items {
			err := members(item, "content", "reason", "decided_at", "state")
			var x book.Change
			if err == nil {
				x, err = c.fresh(v, item)
			}
			if err != nil {
				if err := m.refuse(i, err); err != nil {
					return err
				}
				continue
			}
			if key := c.key(); key != "" {
				x.Key = fmt.Sprintf("%s#%d", key, i)
			}
			m.changes, m.rows = append(m.changes, x), append(m.rows, i)
		}
		return nil
	})
	if err == nil {
		err = m.write()
	}
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, all[result]{m.results})
}

// many are the changes of one request on their way.
type many struct {
	c       *call
	results []result
	changes []book.Change
	rows    []int // of the changes, in the request
}

// refuse answers one record with what is wrong with it; an error that is no fault of the record is given back.
func (m *many) refuse(i int, err error) error {
	if _, known := statusOf(err); !known {
		return err
	}
	p := m.c.problemOf(err)
	for j := range p.Errors {
		p.Errors[j].Pointer = fmt.Sprintf("/items/%d%s", i, p.Errors[j].Pointer)
	}
	m.results[i] = result{Status: p.Status, Problem: &p}
	return nil
}

// write makes the changes together; those that are refused are left out and the others tried again, at last one by one.
func (m *many) write() error {
	for range 2 {
		if len(m.changes) == 0 {
			return nil
		}
		out, err := m.c.s.write(m.c.r.Context(), m.c.actor(), m.changes)
		if err == nil {
			for i, d := range out {
				m.entered(i, d)
			}
			return nil
		}
		left, err := m.leaveOut(err)
		if err != nil {
			return err
		}
		if !left {
			break // nothing says which of them it is
		}
	}
	for i := range m.changes {
		out, err := m.c.s.write(m.c.r.Context(), m.c.actor(), m.changes[i:i+1])
		if err != nil {
			if err := m.refuse(m.rows[i], err); err != nil {
				return err
			}
			continue
		}
		m.entered(i, out[0])
	}
	return nil
}

func (m *many) entered(i int, d book.Done) {
	x := doneOf(d)
	m.results[m.rows[i]] = result{Status: http.StatusCreated, Done: &x}
}

// leaveOut answers the records that the faults of an Apply are about, and takes them out; left says that there were any.
func (m *many) leaveOut(err error) (left bool, internal error) {
	var faults fault.List
	if _, known := statusOf(err); !known {
		return false, err
	}
	if err := faults.Add(err); err != nil {
		return false, err
	}
	of := map[int]fault.List{}
	for _, f := range faults {
		n := f.Where.Row
		if len(m.changes) == 1 {
			n = 1
		}
		if n >= 1 && n <= len(m.changes) {
			g := *f
			g.Where.Row = 0 // the number of the change, which the pointer says
			of[n-1] = append(of[n-1], &g)
		}
	}
	var changes []book.Change
	var rows []int
	for i := range m.changes {
		if wrong := of[i]; len(wrong) > 0 {
			if err := m.refuse(m.rows[i], wrong); err != nil {
				return false, err
			}
			continue
		}
		changes, rows = append(changes, m.changes[i]), append(rows, m.rows[i])
	}
	m.changes, m.rows = changes, rows
	return len(of) > 0, nil
}
