package web

import (
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"time"

	"anlan/account/evaluation"
	"anlan/account/indicator"
	"anlan/app"
	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/record"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/resource/unit"
	"anlan/store/journal"
)

// overview is the page of whoever decides (概览): what waits for a decision, what is overdue and with whom, how the year stands, what has
// changed. Every number leads to the list or the figure that it is of, and equals it.
type overview struct {
	On       string // the day as of which the year is looked at
	Waiting  []waitingSteps
	Signings []signingLine
	Kinds    []string // columns of what is overdue
	Overdue  []overdueRow
	Year     string
	Before   string
	Figures  []yearRow
	Since    string
	Changes  []changeLine
}

// waitingSteps are the records of a kind in a state from which the reader may take it on.
type waitingSteps struct {
	Kind, State, Steps, Count, To string
	First                         []anchor
}

// count is a number of a list with the way to it; empty of nothing.
type count struct{ Text, To string }

type overdueRow struct {
	Unit   string
	Sum    bool
	Counts []count
}

// yearRow is a figure of the year beside that of the year before, and what it is to be.
type yearRow struct {
	Label       string
	Now, Before amount
	Change      string
	Target      amount
	Since       string // how it has changed since yesterday; empty: it has not
}

type changeLine struct{ Kind, Count, To string }

// waitingShown is how many records of those that wait are named.
const waitingShown = 3

// staleYears is how long the newest report may lie back before the book is one of earlier years, and is looked at as of its last year.
const staleYears = 2

// watched are the figures that the page shows, with the figure that each is to be held against where there is one.
var watched = []struct{ code, target string }{
	{"work_safety.accidents", ""}, {"work_safety.deaths", ""}, {"work_safety.hazards_found", ""}, {"work_safety.cases_filed", ""}, {"prevention.bulletins", ""}, {"relief.loss", ""},
	{"expenditure.total", "budget.available"}, {"expenditure.project", "budget.available_project"}, {"public_expense.spent", "public_expense.budget"},
}

// decisions are the steps of a kind that ask for a second person and take a record on, as far as the actor may take them, by the state from which they go.
func (v *visit) decisions(k record.Of) (out []record.Step) {
	for _, s := range k.Steps() {
		if s.FourEyes && s.From != s.To && v.actor().May(access.Action(s.Action), k.Code()) {
			out = append(out, s)
		}
	}
	return out
}

// decides says whether the visitor takes decisions on any kind.
func (v *visit) decides() bool {
	return slices.ContainsFunc(v.s.app.Book.Kinds(), func(k record.Of) bool {
		return v.actor().May(access.Read, k.Code()) && len(v.decisions(k)) > 0
	})
}

// overview shows it.
func (s *Server) overview(v *visit) error {
	on, err := s.overviewDay(v)
	if err != nil {
		return err
	}
	since, err := s.yesterday(v)
	if err != nil {
		return err
	}
	x := overview{On: on.String()}
	q := question{Period: period.Span(period.Year(on.Year()).First(), on), Unit: v.home()}
	err = s.app.Book.ReadRecorded(v.r.Context(), v.actor(), 0, book.Reading{Way: "list"}, func(view *book.View) error {
		a := accountant{s, v, view, q, nil}
		if err := a.year(&x, since); err != nil { // first: what it reads goes into figures
			return err
		}
		view.Computed()
		for _, part := range []func(*overview) error{a.waiting, a.overdue, func(x *overview) error { return a.changes(x, since) }} {
			if err := part(&x); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	p := v.page(v.t("概览", "Overview"))
	v.watching(&p, "")
	p.Wing = "overview"
	p.Lead = v.t("等您决定的、逾期的、今年与去年同期、昨天以来的变动；每个数都能点开", "what waits for you, what is overdue, this year beside the last, what changed since yesterday; every number opens")
	p.Actions = []anchor{{Text: v.t("指标看板", "Board"), To: link("/board", "period", strconv.Itoa(on.Year()))}}
	return v.show(p, overviewPage(p, x))
}

// overviewDay is the day as of which the year is looked at: that of the address, else today; in a book of earlier years the last day of the year
// that was reported last.
func (s *Server) overviewDay(v *visit) (period.Day, error) {
	if text := v.r.URL.Query().Get("on"); text != "" {
		return period.ParseDay(text)
	}
	today := period.DayAt(s.app.Clock().Now())
	all, err := s.app.Publications(v.r.Context(), v.public())
	if err != nil || len(all) == 0 {
		return today, err
	}
	if p, err := period.Parse(all[0].Period); err == nil && p.Last().Year()+staleYears < today.Year() {
		return p.Last(), nil
	}
	return today, nil
}

// yesterday is the position of the journal when yesterday began; 0 where nothing was in it.
func (s *Server) yesterday(v *visit) (journal.Position, error) {
	begin := s.app.Clock().Now().In(period.Shanghai).AddDate(0, 0, -1)
	at := time.Date(begin.Year(), begin.Month(), begin.Day(), 0, 0, 0, 0, period.Shanghai)
	n, err := s.app.PositionAt(v.r.Context(), at.Format(time.RFC3339))
	if errors.Is(err, app.ErrNothingYet) {
		return 0, nil
	}
	return n, err
}

// counted is how many records a list finds, as its page says it; 0 of none.
func (a accountant) counted(l listing) (n int64, c count, err error) {
	q, err := l.query(1)
	if err != nil {
		return 0, c, err
	}
	if n, err = a.view.CountUpTo(q, countedMost+1); err != nil || n == 0 {
		return n, c, err
	}
	c = count{grouped(strconv.FormatInt(min(n, countedMost), 10)), l.address()}
	if n > countedMost {
		c.Text += "+"
	}
	return n, c, nil
}

// waiting finds the records that wait for a decision of the reader, and the reports that wait for his signature.
func (a accountant) waiting(x *overview) (err error) {
	if x.Signings, err = a.v.signings(a.view); err != nil {
		return err
	}
	for _, k := range a.view.Kinds() {
		if !a.v.actor().May(access.Read, k.Code()) {
			continue
		}
		var states []record.State
		steps := map[record.State][]string{}
		for _, s := range a.v.decisions(k) {
			if steps[s.From] == nil {
				states = append(states, s.From)
			}
			if label := s.Label.In(a.v.lang); !slices.Contains(steps[s.From], label) {
				steps[s.From] = append(steps[s.From], label)
			}
		}
		for _, st := range states {
			l := listing{Kind: k.Code(), Where: []string{"state = " + string(st)}}
			n, c, err := a.counted(l)
			if err != nil || n == 0 {
				if err != nil {
					return err
				}
				continue
			}
			w := waitingSteps{Kind: k.Label().In(a.v.lang), State: record.StateLabel(k, st).In(a.v.lang), Steps: strings.Join(steps[st], a.v.t("、", ", ")), Count: c.Text, To: c.To}
			q, err := l.query(waitingShown)
			if err != nil {
				return err
			}
			records, _, err := a.view.List(q)
			if err != nil {
				return err
			}
			for _, r := range records {
				w.First = append(w.First, anchor{Text: titleOf(k, r), To: "/records/" + k.Code() + "/" + k.Head(r).ID.String()})
			}
			x.Waiting = append(x.Waiting, w)
		}
	}
	return nil
}

// overdue counts what is late, by kind and by the units right below the reader's, each with all below it.
func (a accountant) overdue(x *overview) error {
	late := "due_on < " + a.view.Today.String()
	var kinds []record.Of
	total := overdueRow{Unit: a.v.t("合计", "total"), Sum: true}
	for _, k := range a.view.Kinds() {
		if len(k.Steps()) == 0 || !a.v.actor().May(access.Read, k.Code()) {
			continue
		}
		n, c, err := a.counted(listing{Kind: k.Code(), Where: []string{late}, Sort: "due_on"})
		if err != nil {
			return err
		}
		if n > 0 {
			kinds, total.Counts, x.Kinds = append(kinds, k), append(total.Counts, c), append(x.Kinds, k.Label().In(a.v.lang))
		}
	}
	if len(kinds) == 0 {
		return nil
	}
	rows, err := a.below()
	if err != nil {
		return err
	}
	for _, u := range rows {
		row, any := overdueRow{Unit: u.name}, false
		for _, k := range kinds {
			_, c, err := a.counted(listing{Kind: k.Code(), Where: []string{late, u.where}, Sort: "due_on"})
			if err != nil {
				return err
			}
			row.Counts, any = append(row.Counts, c), any || c.Text != ""
		}
		if any {
			x.Overdue = append(x.Overdue, row)
		}
	}
	x.Overdue = append(x.Overdue, total)
	return nil
}

// share is a unit with what is below it, as a filter of lists.
type share struct{ name, where string }

// below divides the reader's units: its own records, and each unit right below with all below that.
func (a accountant) below() ([]share, error) {
	tree, err := a.view.UnitTree()
	if err != nil {
		return nil, err
	}
	home, names := a.v.home(), a.v.values(a.view)
	out := []share{{a.v.t("本级", "the unit itself"), "unit = " + string(home)}}
	for _, u := range tree.Below(home, a.view.Today) {
		name, err := names.coded(unit.Kind.Code(), string(u))
		if err != nil {
			return nil, err
		}
		var codes []string
		for _, c := range tree.On(u, a.view.Today) {
			codes = append(codes, string(c))
		}
		out = append(out, share{name.Text, "unit in " + strings.Join(codes, ",")})
	}
	return out, nil
}

// year sets the figures of the year up to the day beside those of the same days of the year before, what they are to be, and what they were yesterday.
func (a accountant) year(x *overview, since journal.Position) error {
	var codes, targets []string
	for _, w := range watched {
		codes, targets = append(codes, w.code), append(targets, w.target)
	}
	x.Year, x.Before = a.q.Period.Label().In(a.v.lang), a.q.Period.LastYear().Label().In(a.v.lang)
	results, err := a.evaluate(a.v.r.Context(), app.Figures{View: a.view}, a.q, codes...)
	if err != nil {
		return err
	}
	now, err := a.figures(a.q.Period, codes...)
	if err != nil {
		return err
	}
	before, err := a.figures(a.q.Period.LastYear(), codes...)
	if err != nil {
		return err
	}
	was, err := a.earlier(since, codes)
	if err != nil {
		return err
	}
	year := period.Year(a.q.Period.First().Year())
	planned, err := a.planned(year)
	if err != nil {
		return err
	}
	for i, r := range results {
		label := r.Question().Indicator.Label().In(a.v.lang)
		if in := r.Value().Unit().String(); in != "" && r.Value().State() == indicator.Computed {
			label += a.v.t(lang.Zh("（"+in+"）"), lang.En(" ("+in+")"))
		}
		row := yearRow{Label: label, Now: now[i], Before: before[i], Change: "—", Target: planned[codes[i]]}
		if row.Now.exact != nil && row.Before.exact != nil {
			row.Change = signed(new(big.Rat).Sub(row.Now.exact, row.Before.exact), r)
		}
		if targets[i] != "" {
			t, err := a.figures(year, targets[i])
			if err != nil {
				return err
			}
			row.Target = t[0]
		}
		if w, ok := was[codes[i]]; ok && w != r.Text().In(a.v.lang) {
			row.Since = a.v.t(lang.Zh("昨天以前是"+w), lang.En("before yesterday "+w))
		}
		x.Figures = append(x.Figures, row)
	}
	return nil
}

// signed is a difference as the indicator prints its figures, with its sign.
func signed(d *big.Rat, r indicator.Result) string {
	decimals := 0
	if _, rest, ok := strings.Cut(r.Decimal(), "."); ok {
		decimals = len(rest)
	}
	text := grouped(d.FloatString(decimals))
	if d.Sign() > 0 {
		return "+" + text
	}
	return text
}

// earlier are the figures as they were printed as of a position, by code; none where the book had nothing yet.
func (a accountant) earlier(since journal.Position, codes []string) (map[string]string, error) {
	if since == 0 {
		return nil, nil
	}
	out := map[string]string{}
	err := a.app.Book.Read(a.v.r.Context(), a.v.actor(), since, func(view *book.View) error {
		if err := view.Allow(a.q.Unit); err != nil {
			if kind, known := fault.KindOf(err); known && kind == fault.NotFound {
				return nil // the unit did not stand yet
			}
			return err
		}
		results, err := a.evaluate(a.v.r.Context(), app.Figures{View: view}, a.q, codes...)
		for i, r := range results {
			out[codes[i]] = r.Text().In(a.v.lang)
		}
		return err
	})
	return out, err
}

// planned are the targets that the schemes of a year give for indicators, as they are written there, by code.
func (a accountant) planned(year period.Period) (map[string]amount, error) {
	out := map[string]amount{}
	if !a.v.actor().May(access.Read, evaluation.SchemeKind.Code()) {
		return out, nil
	}
	schemes, err := app.Schemes(a.view)
	if err != nil {
		return nil, err
	}
	for _, s := range schemes {
		for _, l := range s.Lines {
			if s.Year == int64(year.First().Year()) && l.Target != "" && out[l.Indicator].Text == "" {
				out[l.Indicator] = amount{Text: l.Target, To: link("/figures/"+l.Indicator, "period", year.String(), "unit", string(a.q.Unit))}
			}
		}
	}
	return out, nil
}

// changes counts the records of each kind of which a version was entered since a position.
func (a accountant) changes(x *overview, since journal.Position) error {
	x.Since = a.v.moment(a.app.Clock().Now().AddDate(0, 0, -1))[:len("2006-01-02")]
	for _, k := range a.view.Kinds() {
		if !a.v.actor().May(access.Read, k.Code()) {
			continue
		}
		n, c, err := a.counted(listing{Kind: k.Code(), Where: []string{fmt.Sprintf("began > %d", int64(since))}})
		if err != nil {
			return err
		}
		if n > 0 {
			x.Changes = append(x.Changes, changeLine{k.Label().In(a.v.lang), c.Text, c.To})
		}
	}
	return nil
}
