package web

import (
	"context"
	"errors"
	"math/big"
	"net/url"
	"strconv"
	"strings"

	"anlan/account/indicator"
	"anlan/app"
	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/record/book"
)

// question is which figures a page shows: of which period and unit, as of when.
type question struct {
	Period period.Period
	Unit   place.Unit
	AsOf   string
}

// readQuestion reads it from an address. Without a period it is that of the newest report, or the last year that is over; without a unit, the reader's own.
func (s *Server) readQuestion(v *visit) (q question, err error) {
	in := v.r.URL.Query()
	q.AsOf, q.Unit = in.Get("as-of"), v.actor().Unit
	if u := in.Get("unit"); u != "" {
		code, _, _ := strings.Cut(u, " ")
		if q.Unit, err = place.ParseUnit(code); err != nil {
			return q, err
		}
	}
	if p := in.Get("period"); p != "" {
		q.Period, err = period.Parse(p)
		return q, err
	}
	q.Period = period.Year(period.DayAt(s.app.Clock().Now()).Year() - 1)
	all, err := s.app.Publications(v.r.Context(), v.public())
	if err != nil {
		return q, err
	}
	if len(all) > 0 { // of a book of earlier years, the year that was reported last
		if p, err := period.Parse(all[0].Period); err == nil {
			q.Period = p
		}
	}
	return q, nil
}

// at is the address of a page about figures in the same question.
func (q question) at(path string, pairs ...string) string {
	return link(path, append([]string{"period", q.Period.String(), "unit", string(q.Unit), "as-of", q.AsOf}, pairs...)...)
}

// board is the page of all indicators.
type board struct {
	Question question
	Groups   []figureGroup
}

type figureGroup struct {
	Name    string
	Figures []boardFigure
}

type boardFigure struct {
	Label, Text, To string
	None            bool
}

// figures shows all indicators of a period.
func (s *Server) figures(v *visit) error {
	q, err := s.readQuestion(v)
	if err != nil {
		return err
	}
	b := board{Question: q}
	err = s.look(v, q, func(view *book.View) error {
		results, err := s.evaluate(v.r.Context(), app.Figures{View: view}, q)
		if err != nil {
			return err
		}
		index := map[string]int{}
		for _, r := range results {
			i := r.Question().Indicator
			group, _, _ := strings.Cut(i.Code(), ".")
			at, known := index[group]
			if !known {
				at = len(b.Groups)
				index[group] = at
				b.Groups = append(b.Groups, figureGroup{Name: groupName(group).In(v.lang)})
			}
			b.Groups[at].Figures = append(b.Groups[at].Figures, boardFigure{i.Label().In(v.lang), r.Text().In(v.lang), q.at("/figures/" + i.Code()), r.Value().State() != indicator.Computed})
		}
		return nil
	})
	if err != nil {
		return err
	}
	p := v.page(v.t(lang.Zh(q.Period.Label().Zh+"指标"), lang.En("Figures, "+q.Period.Label().En)))
	p.Wing, p.Lead = "figures", v.t("每个数都能点开：看它怎么算、由哪些记录得来", "Every figure opens: how it is computed, and from which records")
	p.AsOf = v.asOfWords(q)
	p.Actions = []anchor{{Text: v.t("指标看板", "Board"), To: q.at("/board")}}
	if v.mayMoney() {
		p.Actions = append(p.Actions, anchor{Text: v.t("预算执行", "Budget and execution"), To: q.at("/money")})
	}
	return v.show(p, figureBoard(p, b))
}

// look reads the book as a question asks, for figures and not for records.
func (s *Server) look(v *visit, q question, see func(*book.View) error) error {
	at, err := s.app.PositionAt(v.r.Context(), q.AsOf)
	if err != nil {
		return err
	}
	return s.app.Book.Read(v.r.Context(), v.actor(), at, func(view *book.View) error {
		if err := view.Allow(q.Unit); err != nil {
			return err
		}
		if err := app.Begun(view, q.Period); err != nil {
			return err
		}
		return see(view)
	})
}

func (s *Server) evaluate(ctx context.Context, figures app.Figures, q question, codes ...string) ([]indicator.Result, error) {
	return s.app.Results(ctx, figures, q.Period, q.Unit, codes...)
}

func (v *visit) asOfWords(q question) string {
	if q.AsOf == "" {
		return ""
	}
	return v.t(lang.Zh("数据截至"+q.AsOf), lang.En("as of "+q.AsOf))
}

// groupNames are the groups of indicators, by what stands before the dot of their codes.
var groupNames = map[string]lang.Text{
	"personnel": lang.Of("机构人员", "staff"), "budget": lang.Of("预算", "budget"), "expenditure": lang.Of("支出", "expenditure"),
	"public_expense": lang.Of("“三公”经费", "three public expenses"), "work_safety": lang.Of("安全生产", "work safety"), "evaluation": lang.Of("绩效评价", "evaluation"),
	"assets": lang.Of("资产", "assets"), "construction": lang.Of("楼堂馆所", "office buildings"), "earmark": lang.Of("专项资金", "the earmark"), "grassroots": lang.Of("基层建设", "grassroots"),
	"management": lang.Of("预算管理", "budget management"), "opinion": lang.Of("满意度", "satisfaction"), "prevention": lang.Of("预警和防范", "warning and prevention"),
	"procurement": lang.Of("政府采购", "procurement"), "relief": lang.Of("救灾", "relief"),
}

func groupName(code string) lang.Text {
	if t, ok := groupNames[code]; ok {
		return t
	}
	return lang.Text{Zh: code, En: strings.ReplaceAll(code, "_", " ")}
}

// opened is a figure with the way down.
type opened struct {
	Question  question
	Code      string
	Value     string
	Unit      string // its name
	Why       string
	Words     string // the expression in names
	Source    string
	Parts     []part
	Steps     []string // the explanation, line by line
	Years     []bar
	Chart     chart
	Printed   []printing
	Withheld  string
	Hash      string
	Position  int64
	Command   string
	EarlierTo string
	LaterTo   string
}

// part is a measure in the arithmetic.
type part struct {
	Label, Period, Value, To string
	Records                  int
	From                     []string
}

// printing is a published report in which the figure stands.
type printing struct {
	Title, Text, To string
	Same            bool
}

// figure shows how a figure came about.
func (s *Server) figure(v *visit) error {
	q, err := s.readQuestion(v)
	if err != nil {
		return err
	}
	var x opened
	var title string
	err = s.look(v, q, func(view *book.View) error {
		figures := app.Figures{View: view, Counted: true}
		results, err := s.evaluate(v.r.Context(), figures, q, v.r.PathValue("code"))
		if err != nil {
			return err
		}
		title = results[0].Question().Indicator.Label().In(v.lang)
		x = v.opened(results[0], q)
		x.Position = int64(view.At())
		of, err := v.values(view).coded("unit", string(q.Unit))
		if err != nil {
			return err
		}
		x.Unit = of.Text
		if w, ok, err := withheld(view, results[0].Question()); err != nil {
			return err
		} else if ok {
			x.Withheld = w
		}
		return s.years(v, view, q, &x)
	})
	if err != nil {
		return err
	}
	if x.Printed, err = s.printings(v, x.Code, q, x.Value); err != nil {
		return err
	}
	p := v.page(title)
	p.Wing, p.Lead, p.AsOf = "figures", x.Words, v.asOfWords(q)
	p.Crumbs = []anchor{{Text: v.t("指标", "figures"), To: q.at("/figures")}, {Text: q.Period.Label().In(v.lang), To: q.at("/figures")}}
	p.Actions = []anchor{{Text: v.t("证据包", "Evidence"), To: q.at("/figures/" + x.Code + "/evidence")}, {Text: v.t("背后的记录", "Records behind it"), To: q.at("/figures/" + x.Code + "/records"), Primary: true}}
	return v.show(p, figurePage(p, x))
}

func (v *visit) opened(r indicator.Result, q question) opened {
	i := r.Question().Indicator
	x := opened{Question: q, Code: i.Code(), Value: r.Text().In(v.lang), Why: r.Value().Why().In(v.lang), Words: i.Label().In(v.lang) + " = " + i.Words().In(v.lang),
		Source: i.Source(), Hash: i.Hash(), Command: "anlan indicator " + i.Code() + " --period " + q.Period.String() + " --unit " + string(q.Unit) + " --explain"}
	earlier, later := q, q
	earlier.Period = q.Period.Previous()
	later.Period = next(q.Period)
	x.EarlierTo, x.LaterTo = earlier.at("/figures/"+x.Code), later.at("/figures/"+x.Code)
	for _, l := range lines(r.Explain(v.lang))[1:] {
		x.Steps = append(x.Steps, strings.TrimSpace(l))
	}
	var walk func(p *indicator.Part)
	seen := map[indicator.Ask]bool{}
	walk = func(p *indicator.Part) {
		if len(p.Of) == 0 && p.Ask != (indicator.Ask{}) && !seen[p.Ask] {
			seen[p.Ask] = true
			one := part{Label: p.Words().In(v.lang), Period: p.Period.Label().In(v.lang), Value: p.Value.Text().In(v.lang), Records: p.Records,
				To: q.at("/figures/"+x.Code+"/records", "measure", p.Ask.Measure, "of", p.Ask.Period.String())}
			for _, t := range p.Origin.Parts {
				one.From = append(one.From, t.In(v.lang))
			}
			x.Parts = append(x.Parts, one)
		}
		for _, o := range p.Of {
			walk(o)
		}
	}
	walk(r.Tree())
	return x
}

// next is the period after p of the same length; the same where the calendar has no such.
func next(p period.Period) period.Period {
	if p == period.Year(p.First().Year()) {
		return period.Year(p.First().Year() + 1)
	}
	return p
}

func withheld(view *book.View, q indicator.Question) (string, bool, error) {
	sources, err := app.Figures{View: view}.Sources()
	if err != nil {
		return "", false, err
	}
	w, ok := app.Withheld(sources, q)
	return w.Ground + "; " + w.By, ok, nil
}

// yearsShown is how many years a chart of a figure shows.
const yearsShown = 5

// years computes the figure of the years before, so that it stands beside them, and draws them.
func (s *Server) years(v *visit, view *book.View, q question, x *opened) error {
	if q.Period != period.Year(q.Period.First().Year()) {
		return nil
	}
	for y := q.Period.First().Year() - yearsShown + 1; y <= q.Period.First().Year(); y++ {
		of := q
		of.Period = period.Year(y)
		results, err := s.evaluate(v.r.Context(), app.Figures{View: view}, of, x.Code)
		if err != nil {
			return err
		}
		r := results[0]
		x.Years = append(x.Years, bar{Label: strconv.Itoa(y), Text: r.Text().In(v.lang), Value: decimalOf(r), To: of.at("/figures/" + x.Code), Now: y == q.Period.First().Year()})
	}
	x.Chart = drawBars(x.Years)
	return nil
}

// decimalOf is a figure as it is printed, for drawing; nil when there is none.
func decimalOf(r indicator.Result) *big.Rat {
	d := r.Decimal()
	if d == "" {
		return nil
	}
	n, ok := new(big.Rat).SetString(d)
	if !ok {
		return nil
	}
	return n
}

// printings are the published reports that print the figure.
func (s *Server) printings(v *visit, code string, q question, value string) (out []printing, err error) {
	all, err := s.app.Publications(v.r.Context(), v.public())
	if err != nil {
		return nil, err
	}
	for _, p := range all {
		figures, err := s.app.PublishedFigures(v.r.Context(), p)
		if errors.Is(err, app.ErrFileNotKept) {
			continue
		}
		if err != nil {
			return nil, err
		}
		for _, f := range figures {
			if f.Code == code && f.Period == q.Period.String() && f.UnitCode == string(q.Unit) {
				out = append(out, printing{p.Title, f.Text, "/public/reports/" + strconv.FormatInt(p.Began, 10) + "/figures/" + url.PathEscape(f.ID), f.Text == value})
				break
			}
		}
	}
	return out, nil
}

// behind is the page of the records behind a figure.
type behind struct {
	Question question
	Code     string
	Groups   []behindGroup
	More     bool
}

type behindGroup struct {
	Set, Root         string // how many records it counts, and the root of their tree; empty where they are too many
	Label, Kind, Unit string
	Heads             []head
	Rows              []behindRow
}

type behindRow struct {
	Adds, To, Name string
	Place          string // in the set
	Cells          []cell
	Hidden         bool
}

// behindMost bounds the records that one page lists.
const behindMost = 500

// errEnough ends a drill-down when the page is full.
var errEnough = errors.New("web: the page is full")

// figureRecords lists the records behind a figure.
func (s *Server) figureRecords(v *visit) error {
	q, err := s.readQuestion(v)
	if err != nil {
		return err
	}
	code, measure, of := v.r.PathValue("code"), v.r.URL.Query().Get("measure"), v.r.URL.Query().Get("of")
	at, err := s.app.PositionAt(v.r.Context(), q.AsOf)
	if err != nil {
		return err
	}
	b := behind{Question: q, Code: code}
	var title string
	err = s.app.Book.ReadRecorded(v.r.Context(), v.actor(), at, book.Reading{Way: "records", Of: code + " " + q.Period.String() + " " + string(q.Unit)}, func(view *book.View) error {
		if err := view.Allow(q.Unit); err != nil {
			return err
		}
		figures := app.Figures{View: view}
		results, err := s.evaluate(v.r.Context(), figures, q, code)
		if err != nil {
			return err
		}
		title = results[0].Question().Indicator.Label().In(v.lang) + " " + results[0].Text().In(v.lang)
		view.Computed()
		listed, x := 0, v.values(view)
		err = figures.Drill(v.r.Context(), results[0], func(d app.Drilled) error {
			if measure != "" && (d.Ask.Measure != measure || d.Ask.Period.String() != of) {
				return nil
			}
			if listed++; listed > behindMost {
				return errEnough
			}
			return b.add(v, view, x, d, q)
		})
		b.More = errors.Is(err, errEnough)
		if b.More {
			return nil
		}
		return err
	})
	if err != nil {
		return err
	}
	p := v.page(title)
	p.Wing, p.AsOf = "figures", v.asOfWords(q)
	p.Lead = v.t("算出这个数的每条记录，以及各自计入多少", "each record from which the figure comes, and what it adds")
	p.Crumbs = []anchor{{Text: v.t("指标", "figures"), To: q.at("/figures")}, {Text: q.Period.Label().In(v.lang), To: q.at("/figures")}, {Text: title, To: q.at("/figures/" + code)}}
	return v.show(p, figureRecordsPage(p, b))
}

// behindColumns is how many values of a record a drill-down shows beside what it adds.
const behindColumns = 6

func (b *behind) add(v *visit, view *book.View, x *values, d app.Drilled, q question) error {
	label := d.Label.In(v.lang) + "（" + d.Ask.Period.Label().In(v.lang) + "）"
	last := len(b.Groups) - 1
	if last < 0 || b.Groups[last].Label != label || b.Groups[last].Kind != d.Kind.Label().In(v.lang) {
		b.Groups = append(b.Groups, behindGroup{Label: label, Kind: d.Kind.Label().In(v.lang), Unit: d.Unit})
		last++
	}
	g := &b.Groups[last]
	row := behindRow{Adds: strings.Replace(d.Adds, "-", "−", 1), Hidden: d.Record == nil}
	if d.Set != nil {
		g.Set, g.Root = strconv.FormatInt(d.Set.Size, 10), d.Set.Root.String()
	}
	if d.Place > 0 {
		row.Place = strconv.FormatInt(d.Place, 10)
	}
	var t table
	columns := v.columns(view, d.Kind, listing{Kind: d.Kind.Code()}, &t)
	columns = columns[:min(len(columns), behindColumns)]
	if g.Heads == nil {
		g.Heads = t.Heads[:len(columns)]
	}
	if !row.Hidden {
		row.To = link("/records/"+d.Kind.Code()+"/"+d.Kind.Head(d.Record).ID.String(), "as-of", q.AsOf)
		for _, f := range columns {
			c, err := x.cell(d.Kind.Fields()[f], d.Kind.Text(d.Record, f))
			if err != nil {
				return err
			}
			row.Cells = append(row.Cells, c)
		}
	}
	g.Rows = append(g.Rows, row)
	return nil
}
