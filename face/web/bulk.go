package web

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"anlan/app"
	"anlan/ground/fault"
	"anlan/ground/ident"
	"anlan/ground/lang"
	"anlan/record"
	"anlan/record/access"
	"anlan/record/book"
)

// Bounds of one step for many records.
const (
	bulkMost   = 500
	bulkAtOnce = 16 // requests that wait for the group
	whyShown   = 3  // records that are named as standing in the way of a step
)

// Faults of steps for many records.
var (
	ErrNothingTicked = fault.Define("web.nothing_ticked", fault.Invalid,
		"没有勾选记录：请在列表里勾选，或选“符合条件的全部”", "no record is ticked: tick some in the list, or choose all that match")
	ErrTooManyAtOnce = fault.Define("web.too_many_at_once", fault.TooLarge,
		"一次最多办理%d条，符合条件的更多，请先筛选", "at most %d records are handled at once and more match; filter first")
)

// mayTick says whether a list offers steps for many records.
func (v *visit) mayTick(k record.Of, l listing) bool {
	if l.AsOf != "" || app.MadeByProgram(k.Code()) {
		return false
	}
	return v.actor().May(access.Withdraw, k.Code()) || slices.ContainsFunc(k.Steps(), func(t record.Step) bool { return v.actor().May(access.Action(t.Action), k.Code()) })
}

// bulk is the page on which one step is chosen for many records.
type bulk struct {
	To, Back string
	Key      string
	Rows     []bulkRow
	Steps    []bulkStep
	Reason   bool // a step that is offered demands one
}

type bulkRow struct{ Record, Name, State, To string }

// bulkStep is a step with how many of the records can take it.
type bulkStep struct {
	Action, Label string
	Able          int
	Why           []string // of the first records that cannot
	FourEyes      bool
	Grave         bool
}

// All says whether every record can take the step.
func (b bulkStep) All(n int) bool { return b.Able == n }

// chooseStep shows what can be done with the records that are ticked, or with all that match a filter.
func (s *Server) chooseStep(v *visit) error {
	q := v.r.URL.Query()
	l := readListing(v.r.PathValue("kind"), q)
	l.After, l.AsOf = "", ""
	k, err := s.app.Book.Kind(l.Kind)
	if err != nil {
		return err
	}
	if err := v.actor().Allow(access.Read, k.Code(), k.Label()); err != nil {
		return err
	}
	b := bulk{To: "/records/" + k.Code() + "/bulk", Back: l.address(), Key: reference() + reference()}
	err = s.app.Book.ReadRecorded(v.r.Context(), v.actor(), 0, book.Reading{Way: "list"}, func(view *book.View) error {
		records, err := v.ticked(view, k, l, q["id"], q.Get("all") != "")
		if err != nil {
			return err
		}
		return v.offered(view, k, records, &b)
	})
	if err != nil {
		return err
	}
	in := sectionOf(k.Code())
	p := v.page(v.t(lang.Zh("一并办理"+strconv.Itoa(len(b.Rows))+"条"+k.Label().Zh), lang.En("One step for "+strconv.Itoa(len(b.Rows))+" records: "+k.Label().En)))
	p.Lead = v.t("各条分别记入日志；有一条不能办，其余的照办", "each is entered in the journal by itself; one that is refused does not hold up the others")
	p.Wing, p.Crumbs = in.Code, []anchor{{Text: in.Label.In(v.lang), To: "/wings/" + in.Code}, {Text: k.Label().In(v.lang), To: b.Back}}
	return v.show(p, bulkPage(p, b))
}

// ticked are the records that somebody has ticked, or all that match.
func (v *visit) ticked(view *book.View, k record.Of, l listing, ids []string, all bool) (out []any, err error) {
	switch {
	case all:
		l.Withdrawn = false
		q, err := l.query(bulkMost)
		if err != nil {
			return nil, err
		}
		n, err := view.CountUpTo(q, bulkMost+1)
		if err == nil && n > bulkMost {
			err = ErrTooManyAtOnce.With(bulkMost)
		}
		if err != nil {
			return nil, err
		}
		if out, _, err = view.List(q); err != nil {
			return nil, err
		}
	case len(ids) > bulkMost:
		return nil, ErrTooManyAtOnce.With(bulkMost)
	default:
		for _, id := range ids {
			_, r, err := find(view, k.Code(), id)
			if err != nil {
				return nil, err
			}
			out = append(out, r)
		}
	}
	if len(out) == 0 {
		return nil, ErrNothingTicked.With()
	}
	return out, nil
}

// offered fills in the records and, for each step, how many of them can take it.
func (v *visit) offered(view *book.View, k record.Of, records []any, b *bulk) error {
	for _, r := range records {
		h := k.Head(r)
		b.Rows = append(b.Rows, bulkRow{Record: h.ID.String() + ":" + strconv.FormatInt(h.Version, 10), Name: titleOf(k, r), State: record.StateLabel(k, h.State).In(v.lang),
			To: "/records/" + k.Code() + "/" + h.ID.String()})
		var steps []stepForm
		if h.State != record.Withdrawn {
			var err error
			if steps, err = v.steps(view, k, r); err != nil {
				return err
			}
		}
		for _, s := range steps {
			i := slices.IndexFunc(b.Steps, func(x bulkStep) bool { return x.Action == s.Action })
			if i < 0 {
				i = len(b.Steps)
				b.Steps = append(b.Steps, bulkStep{Action: s.Action, Label: s.Label, FourEyes: s.FourEyes, Grave: s.Grave})
			}
			if s.Why == "" {
				b.Steps[i].Able++
				b.Reason = b.Reason || s.Reason
			} else if len(b.Steps[i].Why) < whyShown {
				b.Steps[i].Why = append(b.Steps[i].Why, titleOf(k, r)+v.t("：", ": ")+s.Why)
			}
		}
	}
	slices.SortStableFunc(b.Steps, func(x, y bulkStep) int { return cmp.Compare(y.Able/len(records), x.Able/len(records)) }) // what all can take comes first
	return nil
}

// takenStep is what became of one record.
type takenStep struct {
	Name, To string
	Position int64
	Why      []string // it was refused; empty: it was done
}

// takeStep takes many records one step on, each by a change of its own.
func (s *Server) takeStep(v *visit) error {
	k, err := s.app.Book.Kind(v.r.PathValue("kind"))
	if err != nil {
		return err
	}
	if err := v.r.ParseForm(); err != nil {
		return ErrNotFromAPage.Because(err)
	}
	form := v.r.PostForm
	action := access.Action(form.Get("action"))
	if err := v.actor().Allow(access.Read, k.Code(), k.Label()); err != nil {
		return err
	}
	var changes []book.Change
	for _, sent := range form["record"] {
		text, version, _ := strings.Cut(sent, ":")
		id, err := ident.Parse(text)
		if err != nil {
			return err
		}
		seen, err := strconv.ParseInt(version, 10, 64)
		if err != nil {
			return ErrNotFromAPage.With()
		}
		changes = append(changes, book.Change{Kind: k.Code(), ID: id, Expect: seen, Action: action, Reason: strings.TrimSpace(form.Get("reason")), Key: form.Get("key") + string(action) + text})
	}
	switch {
	case len(changes) == 0:
		return ErrNothingTicked.With()
	case len(changes) > bulkMost:
		return ErrTooManyAtOnce.With(bulkMost)
	case action == access.Create || action == access.Register || action == access.Edit || action == "":
		return ErrNotFromAPage.With()
	}
	if access.Guarded(k.Code(), action) { // asked once, before the first of them is refused for it
		if err := v.actor().Sure(k.Label()); err != nil {
			return err
		}
	}
	taken := s.takeEach(v, changes)
	if err := v.nameTaken(k, changes, taken); err != nil {
		return err
	}
	refused := 0
	for _, t := range taken {
		if len(t.Why) > 0 {
			refused++
		}
	}
	in := sectionOf(k.Code())
	p := v.page(v.t(lang.Zh("“"+record.ActionLabel(k, action).Zh+"”办理结果"), lang.En("What became of: "+record.ActionLabel(k, action).En)))
	p.Lead = v.t(lang.Zh("办成"+strconv.Itoa(len(taken)-refused)+"条，没有办成"+strconv.Itoa(refused)+"条"), lang.En(strconv.Itoa(len(taken)-refused)+" done, "+strconv.Itoa(refused)+" refused"))
	p.Wing, p.Crumbs = in.Code, []anchor{{Text: in.Label.In(v.lang), To: "/wings/" + in.Code}, {Text: k.Label().In(v.lang), To: "/records/" + k.Code()}}
	back := local(form.Get("back"))
	if !strings.HasPrefix(back, "/records/"+k.Code()) {
		back = "/records/" + k.Code()
	}
	for i, t := range taken {
		if len(t.Why) == 0 && i < listRows {
			back = leftAlso(back, changes[i].ID.String())
		}
	}
	return v.show(p, takenPage(p, taken, back))
}

// leftAlso is a list to come back to, that shows a record once more which it may no longer have.
func leftAlso(back, id string) string {
	if strings.Contains(back, "?") {
		return back + "&left=" + id
	}
	return back + "?left=" + id
}

// takeEach makes each change by itself; those that wait at once go into a transaction together.
func (s *Server) takeEach(v *visit, changes []book.Change) []takenStep {
	out := make([]takenStep, len(changes))
	var wait sync.WaitGroup
	slots := make(chan struct{}, bulkAtOnce)
	for i, c := range changes {
		slots <- struct{}{}
		wait.Go(func() {
			defer func() { <-slots }()
			done, err := s.write(v, c)
			if err == nil {
				out[i].Position = int64(done.Position)
				return
			}
			if _, known := fault.KindOf(err); !known {
				number := reference()
				s.log.Error("step of many failed", "number", number, "id", c.ID.String(), "error", err.Error())
				err = ErrBroken.With(number)
			}
			out[i].Why = lines(fault.In(err, v.lang))
		})
	}
	wait.Wait()
	return out
}

// nameTaken names the records of changes.
func (v *visit) nameTaken(k record.Of, changes []book.Change, taken []takenStep) error {
	return v.s.app.Book.ReadRecorded(v.r.Context(), v.actor(), 0, book.Reading{Way: "list"}, func(view *book.View) error {
		for i, c := range changes {
			taken[i].To = "/records/" + k.Code() + "/" + c.ID.String()
			_, r, err := find(view, k.Code(), c.ID.String())
			switch {
			case err == nil:
				taken[i].Name = titleOf(k, r)
			case absent(err):
				taken[i].Name, taken[i].To = c.ID.String(), ""
			default:
				return err
			}
		}
		return nil
	})
}
