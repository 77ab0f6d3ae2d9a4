package web

import (
	"strconv"
	"strings"
	"time"

	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/record"
	"anlan/record/book"
	"anlan/record/field"
)

// Shapes in which the records of a list are shown, beside the table.
const (
	asCalendar = "calendar" // 日历: by one of the days that they have
	asBoard    = "board"    // 看板: by state
	asMap      = "map"      // 地图: by position
)

// Bounds of the shapes.
const (
	monthMost = 1_000 // records of a month that are read at once; beyond them each day is asked for
	dayShown  = 3     // records that are named on a day
	cardsMost = 10    // of a state
	spotsMost = 500   // on a map
)

// shapeTabs are the shapes in which a kind can be shown: where it has days, states, positions.
func (v *visit) shapeTabs(view *book.View, k record.Of, l listing) (out []anchorTab) {
	add := func(as string, zh lang.Zh, en lang.En) {
		to := l
		to.As, to.After, to.Month, to.By = as, "", "", ""
		out = append(out, anchorTab{v.t(zh, en), to.address(), l.As == as})
	}
	add("", "列表", "List")
	if len(daysOf(view, k)) > 0 {
		add(asCalendar, "日历", "Calendar")
	}
	if len(k.Steps()) > 0 {
		add(asBoard, "看板", "Board")
	}
	if positionOf(view, k) >= 0 {
		add(asMap, "地图", "Map")
	}
	if len(out) == 1 {
		return nil
	}
	return out
}

// anchorTab is one of several ways to look at the same.
type anchorTab struct {
	Text, To string
	On       bool
}

// daysOf are the fields of a kind that are days.
func daysOf(view *book.View, k record.Of) (out []*field.Spec) {
	for f, s := range k.Fields() {
		if s.Type == field.TypeDay && !s.Retired && view.Sees(k, f) {
			out = append(out, s)
		}
	}
	return out
}

// calendar is a month of records.
type calendar struct {
	Month    string
	Before   anchor
	Next     anchor
	Nearest  anchor   // where a month without records has some before or after it
	Days     []option // that the records may stand by
	Listing  listing
	Weekdays []string
	Cells    []dayCell
	Count    string
}

// dayCell is a day of a calendar, or the blank before the first.
type dayCell struct {
	Blank   bool
	Day     string // 6
	Said    string // 11月6日 周五
	Today   bool
	Records []anchor
	More    anchor // to all of the day, where not all are named
}

// calendar shows the records of a month by one of their days.
func (v *visit) calendar(view *book.View, k record.Of, l listing, q book.Query) (c calendar, err error) {
	days := daysOf(view, k)
	if len(days) == 0 {
		return c, ErrNoPage.With(v.r.URL.Path)
	}
	by := days[0]
	for _, s := range days {
		if s.Code == l.By {
			by = s
		}
	}
	first, err := time.Parse("2006-01", l.Month)
	if err != nil || first.Year() < 1 {
		y, m, _ := view.Today.Date()
		first = time.Date(y, m, 1, 0, 0, 0, 0, time.UTC)
	}
	from, through := period.MustDay(first.Year(), first.Month(), 1), dayOfTime(first.AddDate(0, 1, -1))
	l.By, l.Month = by.Code, first.Format("2006-01")
	c = calendar{Listing: l, Month: v.t(lang.Zh(first.Format("2006年1月")), lang.En(first.Format("January 2006"))), Before: v.monthAt(l, first.AddDate(0, -1, 0)), Next: v.monthAt(l, first.AddDate(0, 1, 0))}
	for _, s := range days {
		c.Days = append(c.Days, option{s.Code, s.Label.In(v.lang), s == by})
	}
	for i := range 7 {
		c.Weekdays = append(c.Weekdays, v.weekday(time.Weekday((i+1)%7)))
	}
	in := q
	in.Filters = append(append([]book.Filter{}, q.Filters...), book.Filter{Field: by.Code, Op: field.OpAtLeast, Value: from.String()}, book.Filter{Field: by.Code, Op: field.OpAtMost, Value: through.String()})
	in.Sort, in.Down, in.After, in.Limit = by.Code, false, nil, monthMost
	records, next, err := view.List(in)
	if err != nil {
		return c, err
	}
	n, err := view.CountUpTo(in, countedMost+1)
	if err != nil {
		return c, err
	}
	number := v.bounded(n)
	c.Count = v.t(lang.Zh("本月"+number+"条"), lang.En(number+" in this month"))
	if len(records) == 0 {
		if c.Nearest, err = v.nearestMonth(view, k, l, q, by, from, through); err != nil {
			return c, err
		}
	}
	column := fieldNumber(k, by.Code)
	of := map[string]dayOf{}
	take := func(records []any) {
		for _, r := range records {
			day := of[k.Text(r, column)]
			if day.n++; day.n <= dayShown {
				day.first = append(day.first, anchor{Text: titleOf(k, r), To: link("/records/"+l.Kind+"/"+k.Head(r).ID.String(), "as-of", l.AsOf)})
			}
			of[k.Text(r, column)] = day
		}
	}
	take(records)
	if next != nil { // from the last day that was reached on, each day is asked for
		last, err := period.ISODay(k.Text(records[len(records)-1], column))
		if err != nil {
			return c, err
		}
		for d := last; !through.Before(d); d = d.Add(1) {
			one := q
			one.Filters = append(append([]book.Filter{}, q.Filters...), book.Filter{Field: by.Code, Op: field.OpIs, Value: d.String()})
			one.After, one.Limit = nil, dayShown
			found, _, err := view.List(one)
			if err != nil {
				return c, err
			}
			delete(of, d.String())
			take(found)
			day := of[d.String()]
			if day.n, err = view.CountUpTo(one, countedMost+1); err != nil {
				return c, err
			}
			of[d.String()] = day
		}
	}
	for range (int(first.Weekday()) + 6) % 7 {
		c.Cells = append(c.Cells, dayCell{Blank: true})
	}
	for d := from; !through.Before(d); d = d.Add(1) {
		c.Cells = append(c.Cells, v.dayCell(view, l, by, d, of[d.String()]))
	}
	return c, nil
}

// dayOf is how many records a day has, with the first of them.
type dayOf struct {
	n     int64
	first []anchor
}

// bounded is a number of records that is counted up to a bound.
func (v *visit) bounded(n int64) string {
	number := grouped(strconv.FormatInt(min(n, countedMost), 10))
	if n > countedMost {
		return v.t(lang.Zh("多于"+number), lang.En("more than "+number))
	}
	return number
}

func dayOfTime(t time.Time) period.Day { return period.MustDay(t.Year(), t.Month(), t.Day()) }

func fieldNumber(k record.Of, code string) int {
	for f, s := range k.Fields() {
		if s.Code == code {
			return f
		}
	}
	return -1
}

func (v *visit) weekday(d time.Weekday) string {
	return v.t(lang.Zh("周"+[...]string{"日", "一", "二", "三", "四", "五", "六"}[d]), lang.En(d.String()[:3]))
}

// monthAt leads to the same calendar in another month.
func (v *visit) monthAt(l listing, month time.Time) anchor {
	l.Month = month.Format("2006-01")
	return anchor{Text: v.t(lang.Zh(month.Format("2006年1月")), lang.En(month.Format("Jan 2006"))), To: l.address()}
}

func (v *visit) dayCell(view *book.View, l listing, by *field.Spec, d period.Day, has dayOf) dayCell {
	y, m, n := d.Date()
	at := time.Date(y, m, n, 0, 0, 0, 0, time.UTC)
	c := dayCell{Day: strconv.Itoa(n), Said: v.t(lang.Zh(at.Format("1月2日 ")+v.weekday(at.Weekday())), lang.En(v.weekday(at.Weekday())+at.Format(" 2 Jan"))), Today: d == view.Today, Records: has.first}
	if has.n > dayShown {
		all := listing{Kind: l.Kind, Where: append(append([]string{}, l.Where...), by.Code+" = "+d.String()), AsOf: l.AsOf}
		number := v.bounded(has.n)
		c.More = anchor{Text: v.t(lang.Zh("共"+number+"条"), lang.En("all "+number)), To: all.address()}
	}
	return c
}

// nearestMonth leads from a month without records to the nearest before it that has some, else to the first after it.
func (v *visit) nearestMonth(view *book.View, k record.Of, l listing, q book.Query, by *field.Spec, from, through period.Day) (anchor, error) {
	for _, x := range []struct {
		filter book.Filter
		down   bool
	}{{book.Filter{Field: by.Code, Op: field.OpBelow, Value: from.String()}, true}, {book.Filter{Field: by.Code, Op: field.OpAbove, Value: through.String()}, false}} {
		one := q
		one.Filters = append(append([]book.Filter{}, q.Filters...), x.filter)
		one.Sort, one.Down, one.After, one.Limit = by.Code, x.down, nil, 1
		found, _, err := view.List(one)
		if err != nil {
			return anchor{}, err
		}
		if len(found) == 1 {
			day, err := time.Parse(time.DateOnly, k.Text(found[0], fieldNumber(k, by.Code)))
			if err != nil {
				return anchor{}, err
			}
			return v.monthAt(l, day), nil
		}
	}
	return anchor{}, nil
}

// lane is a state of a board with its records, those that are due first in front.
type lane struct {
	State string
	Count string
	Cards []boardCard
	All   anchor
}

type boardCard struct {
	anchor
	Due     string
	Overdue bool
	Unit    string
}

// lanes show the records of a kind by state.
func (v *visit) lanes(view *book.View, k record.Of, l listing, q book.Query) (out []lane, err error) {
	if len(k.Steps()) == 0 {
		return nil, ErrNoPage.With(v.r.URL.Path)
	}
	names := v.values(view)
	for _, s := range k.States() {
		if s.State == record.Withdrawn {
			continue
		}
		one := q
		one.Filters = append(append([]book.Filter{}, q.Filters...), book.Filter{Field: "state", Op: field.OpIs, Value: string(s.State)})
		one.After, one.Limit, one.Withdrawn = nil, cardsMost, false
		if l.Sort == "" {
			one.Sort = "due_on"
		}
		n, err := view.CountUpTo(one, countedMost+1)
		if err != nil {
			return nil, err
		}
		a := lane{State: s.Label.In(v.lang), Count: v.bounded(n)}
		records, next, err := view.List(one)
		if err != nil {
			return nil, err
		}
		for _, r := range records {
			h := k.Head(r)
			unit, err := names.coded("unit", string(h.Unit))
			if err != nil {
				return nil, err
			}
			c := boardCard{anchor: anchor{Text: titleOf(k, r), To: link("/records/"+l.Kind+"/"+h.ID.String(), "as-of", l.AsOf)}, Unit: unit.Text}
			if !h.DueOn.IsZero() {
				c.Due, c.Overdue = h.DueOn.String(), h.DueOn.Before(view.Today)
			}
			a.Cards = append(a.Cards, c)
		}
		if next != nil {
			all := l
			all.As, all.Where = "", append(append([]string{}, l.Where...), "state = "+string(s.State))
			if l.Sort == "" {
				all.Sort = "due_on"
			}
			a.All = anchor{Text: v.t(lang.Zh("看全部"+a.Count+"条"), lang.En("all "+a.Count)), To: all.address()}
		}
		out = append(out, a)
	}
	return out, nil
}

// shaped shows a list in another shape than a table; done is false where it is a table that is asked for.
func (v *visit) shaped(view *book.View, k record.Of, l listing, q book.Query, t *table) (done bool, err error) {
	t.Shapes = v.shapeTabs(view, k, l)
	switch l.As {
	case asCalendar:
		t.Calendar, err = v.calendar(view, k, l, q)
		t.Listing = t.Calendar.Listing
	case asBoard:
		t.Lanes, err = v.lanes(view, k, l, q)
	case asMap:
		t.Map, err = v.plot(view, k, l, q)
	default:
		return false, nil
	}
	return true, err
}

// withoutShape is a list as a table.
func (l listing) withoutShape() listing {
	l.As, l.By, l.Month = "", "", ""
	return l
}

// withoutBy is a calendar as a form carries it that chooses the day.
func (l listing) withoutBy() listing {
	l.By = ""
	return l
}

// shapeNamed takes only what there is of the shapes that an address names.
func shapeNamed(as string) string {
	if strings.Contains(" "+asCalendar+" "+asBoard+" "+asMap+" ", " "+as+" ") {
		return as
	}
	return ""
}
