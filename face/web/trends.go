package web

import (
	"bytes"
	"math/big"
	"mime"
	"slices"
	"strconv"
	"strings"

	"anlan/account/evaluation"
	"anlan/account/indicator"
	"anlan/app"
	"anlan/ground/fault"
	"anlan/ground/figure"
	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/record/book"
	"anlan/record/sheet"
)

// trends is the board of indicators (指标看板): each figure with a small chart of what it was before, beside last year and its target. All of
// them are computed by one evaluation.
type trends struct {
	Question question
	Group    string // of which figures are shown; empty: all
	ByMonth  bool
	Spans    []tab // by years, by months
	Tabs     []tab // groups
	Groups   []trendGroup
	Without  []anchor // figures that have no value in any of the periods
	Rates    bool     // figures that are not told by months are left out
	CSV      string   // address of everything as a file
	Workbook string
}

// tab is one of some ways to see a page.
type tab struct {
	anchor
	Here bool
}

type trendGroup struct {
	Name   string
	Trends []trend
	Single []trend // of which there is nothing to draw: one period alone has a figure, or all are 0
}

// trend is a figure over some periods.
type trend struct {
	Code, Label, Unit string
	Now, Before       amount
	Change            string
	Target            amount
	Reached, Judged   bool // Judged: it can be said whether the target is reached, and the period is over
	Chart             chart
	Points            []trendPoint // what the chart draws, the oldest first
	Partial           string       // the months do not come to the year
	CSV, Workbook     string
	exact             *big.Rat
}

// trendPoint is a figure of one period, and in a year of months the same month a year before.
type trendPoint struct {
	Label, Name string // below its bar, and in the table
	Now, Before amount
	decimal     string // as a file has it
	before      string
}

// The measures of the charts of a board.
const (
	trendBar      = 36
	trendGap      = 18
	trendMonth    = 18
	trendMonthGap = 6
	trendDigits   = 7 // of a figure that still stands over its bar beside others
	monthDigits   = 3 // of one that does where there are twelve
)

// ErrNoSuchSpan says that a board is drawn by years or by months.
var ErrNoSuchSpan = fault.Define("web.no_such_span", fault.Invalid,
	"“%s”不是看法：by=year按年、by=month按月", "%q is no way to draw the board: by=year or by=month")

// trends shows the board.
func (s *Server) trends(v *visit) error {
	x, err := s.readTrends(v)
	if err != nil {
		return err
	}
	p := v.page(v.t(lang.Zh(x.Question.Period.Label().Zh+"指标看板"), lang.En("Board of indicators, "+x.Question.Period.Label().En)))
	p.Wing, p.Lead = "figures", v.t("每个指标现在是多少、与上年比怎样、目标达到没有、这几年怎样走；每个数都能点开", "what each figure is, how it stands beside last year and its target, and how it has gone; every number opens")
	p.AsOf = v.asOfWords(x.Question)
	p.Crumbs = []anchor{{Text: v.t("指标", "figures"), To: x.Question.at("/figures")}}
	p.Actions = []anchor{{Text: "CSV", To: x.CSV}, {Text: "Excel", To: x.Workbook}}
	return v.show(p, trendsPage(p, x))
}

// readTrends computes the board that an address asks for.
func (s *Server) readTrends(v *visit) (x trends, err error) {
	if x.Question, err = s.readQuestion(v); err != nil {
		return x, err
	}
	in := v.r.URL.Query()
	x.Group = in.Get("group")
	switch by := in.Get("by"); by {
	case "month":
		x.ByMonth = true
		x.Question.Period = period.Year(x.Question.Period.First().Year())
	case "", "year":
	default:
		return x, ErrNoSuchSpan.With(by)
	}
	var codes []string
	if code := in.Get("code"); code != "" {
		codes = []string{code}
	}
	err = s.look(v, x.Question, func(view *book.View) error {
		b := boarder{accountant{s, v, view, x.Question, nil}, &x}
		return b.fill(codes)
	})
	if err != nil {
		return x, err
	}
	x.Spans = []tab{{anchor{Text: v.t("按年", "By year"), To: x.at("/board", "group", x.Group)}, !x.ByMonth},
		{anchor{Text: v.t("按月", "By month"), To: x.at("/board", "group", x.Group, "by", "month")}, x.ByMonth}}
	x.CSV, x.Workbook = x.file("csv", ""), x.file("xlsx", "")
	return x, nil
}

func (x trends) at(path string, pairs ...string) string { return x.Question.at(path, pairs...) }

// by is how the board is drawn, as its address says it.
func (x trends) by() string {
	if x.ByMonth {
		return "month"
	}
	return ""
}

// file is the address of the board, or of one figure of it, as a file.
func (x trends) file(format, code string) string {
	group := x.Group
	if code != "" {
		group = ""
	}
	return x.at("/board/file", "format", format, "by", x.by(), "group", group, "code", code)
}

// boarder fills a board in from one view of the book.
type boarder struct {
	accountant
	x *trends
}

// periods are those that are computed: the one of the question first, then those that are drawn, the oldest first, then in a year of months the
// same months a year before.
func (b boarder) periods() (all []period.Period, drawn int) {
	of := b.q.Period
	all = []period.Period{of}
	if !b.x.ByMonth {
		years := []period.Period{of}
		for len(years) < yearsShown {
			if of = of.LastYear(); of.IsZero() {
				break // the calendar begins
			}
			years = append(years, of)
		}
		slices.Reverse(years)
		return append(all, years...), len(years)
	}
	var months, before []period.Period
	for m := range of.Months() {
		if b.view.Today.Before(m.First()) {
			break // it has not begun
		}
		months = append(months, m)
		if m = m.LastYear(); !m.IsZero() {
			before = append(before, m)
		}
	}
	return append(append(all, months...), before...), len(months)
}

// fill computes all figures at once, and sets out those of the group that is asked for.
func (b boarder) fill(codes []string) error {
	over, drawn := b.periods()
	results, err := b.app.ResultsOver(b.v.r.Context(), app.Figures{View: b.view}, over, b.q.Unit, codes...)
	if err != nil {
		return err
	}
	planned, err := b.planned(b.q.Period)
	if err != nil {
		return err
	}
	each := len(results) / len(over)
	index := map[string]int{}
	b.x.Tabs = []tab{{anchor{Text: b.v.t("全部", "All"), To: b.x.at("/board", "by", b.x.by())}, b.x.Group == ""}}
	for i := range each {
		of := results[i].Question().Indicator
		group, _, _ := strings.Cut(of.Code(), ".")
		if group == projectGroup && len(codes) == 0 {
			continue // they stand with the money
		}
		if _, known := index[group]; !known {
			index[group] = -1
			b.x.Tabs = append(b.x.Tabs, tab{anchor{Text: groupName(group).In(b.v.lang), To: b.x.at("/board", "group", group, "by", b.x.by())}, b.x.Group == group})
		}
		if b.x.Group != "" && b.x.Group != group {
			continue
		}
		if b.x.ByMonth && !amounts(of.Unit()) {
			b.x.Rates = true
			continue
		}
		var over []indicator.Result
		for k := i; k < len(results); k += each {
			over = append(over, results[k])
		}
		t, some := b.trend(over, drawn, planned[of.Code()])
		if !some {
			b.x.Without = append(b.x.Without, anchor{Text: t.Label, To: t.Now.To})
			continue
		}
		at := index[group]
		if at < 0 {
			at = len(b.x.Groups)
			index[group] = at
			b.x.Groups = append(b.x.Groups, trendGroup{Name: groupName(group).In(b.v.lang)})
		}
		if g := &b.x.Groups[at]; t.Chart.Width > 0 {
			g.Trends = append(g.Trends, t)
		} else {
			g.Single = append(g.Single, t)
		}
	}
	return nil
}

// projectGroup is the group of the indicators of single projects.
const projectGroup = "project"

// amounts says whether figures of a unit are told by months: counts and amounts, and not rates, scores and shares, which compare what belongs to
// a year.
func amounts(u figure.Unit) bool {
	d := u.Dimension().String()
	return d != "" && !strings.Contains(d, "/") && u != figure.Points && u.String() != "分"
}

// trend sets the results of one indicator out: of the period of the question, of those that are drawn, and of the months before.
func (b boarder) trend(results []indicator.Result, drawn int, target amount) (t trend, some bool) {
	now := results[0]
	i := now.Question().Indicator
	t = trend{Code: i.Code(), Label: i.Label().In(b.v.lang), Unit: i.Unit().String(), Now: b.amount(now), Target: target, exact: now.Value().Rat(), Change: "—",
		CSV: b.x.file("csv", i.Code()), Workbook: b.x.file("xlsx", i.Code())}
	shown, before := results[1:1+drawn], results[1+drawn:]
	for k, r := range shown {
		label, name := b.labelOf(r)
		pt := trendPoint{Label: label, Name: name, Now: b.amount(r), decimal: r.Decimal()}
		if k < len(before) {
			pt.Before, pt.before = b.amount(before[k]), before[k].Decimal()
			some = some || !pt.Before.None
		}
		some = some || !pt.Now.None
		t.Points = append(t.Points, pt)
	}
	if !b.x.ByMonth && len(t.Points) > 1 {
		t.Before = t.Points[len(t.Points)-2].Now
		if t.Now.exact != nil && t.Before.exact != nil {
			t.Change = signed(new(big.Rat).Sub(t.Now.exact, t.Before.exact), now) + differenceUnit(i.Unit())
		}
	}
	if !b.q.Period.Last().Before(b.view.Today) || target.Text == "" {
		t.Judged = false
	} else {
		t.Reached, t.Judged = evaluation.Reached(target.Text, t.exact, i.Unit())
	}
	t.Partial = b.partial(t, now)
	t.Chart = b.drawTrend(t, shown)
	return t, some
}

// differenceUnit is the unit in which figures of a unit differ.
func differenceUnit(u figure.Unit) string {
	if u == figure.Percent {
		return figure.Points.String()
	}
	return u.String()
}

// amount is a figure with its unit and the way to its page.
func (b boarder) amount(r indicator.Result) amount {
	q := b.q
	q.Period = r.Question().Period
	x := amount{Text: r.Text().In(b.v.lang), To: q.at("/figures/" + r.Question().Indicator.Code()), None: r.Value().State() != indicator.Computed, exact: r.Value().Rat()}
	if d := r.Decimal(); d != "" {
		x.Text = grouped(d) + r.Question().Indicator.Unit().String()
	}
	return x
}

// labelOf is a period as it stands below its bar, and in the table.
func (b boarder) labelOf(r indicator.Result) (label, name string) {
	p := r.Question().Period
	if b.x.ByMonth {
		_, m, _ := p.First().Date()
		label = strconv.Itoa(int(m))
		return label, b.v.t(lang.Zh(label+"月"), lang.En(m.String()))
	}
	return p.String(), p.String()
}

// partial says so where the months of a figure that sums up do not come to its year: the year is of another source then.
func (b boarder) partial(t trend, now indicator.Result) string {
	code, one := now.Question().Indicator.Measure()
	if !b.x.ByMonth || !one || t.exact == nil {
		return ""
	}
	for _, m := range now.Question().Indicator.Named() {
		if m.Code == code && m.Shape != indicator.Flow {
			return ""
		}
	}
	sum := new(big.Rat)
	for _, pt := range t.Points {
		if pt.Now.exact != nil {
			sum.Add(sum, pt.Now.exact)
		}
	}
	if sum.Cmp(t.exact) == 0 {
		return ""
	}
	text := signed(new(big.Rat).Sub(t.exact, sum), now) + t.Unit
	return b.v.t(lang.Zh("全年比各月合计多"+text+"：年度数取自报表或决算，没有分月"), lang.En("the year is "+text+" beside its months: it is by returns or accounts, which have no months"))
}

// drawTrend draws the points. Where figures are too long to stand over their bars, the table alone has them.
func (b boarder) drawTrend(t trend, shown []indicator.Result) chart {
	bars := make([]bar, len(t.Points))
	long, room := false, trendDigits
	if b.x.ByMonth {
		room = monthDigits
	}
	for k, r := range shown {
		bars[k] = bar{Label: t.Points[k].Label, Value: decimalOf(r), Now: k == len(shown)-1 || b.x.ByMonth}
		if bars[k].Value != nil {
			bars[k].Text = grouped(r.Decimal())
		}
		long = long || len(bars[k].Text) > room
	}
	if long {
		for k := range bars {
			bars[k].Text = ""
		}
	}
	if b.x.ByMonth {
		return drawBarsOf(bars, trendMonth, trendMonthGap)
	}
	return drawBarsOf(bars, trendBar, trendGap)
}

// trendsFile sends the board, or one figure of it, as a file.
func (s *Server) trendsFile(v *visit) error {
	x, err := s.readTrends(v)
	if err != nil {
		return err
	}
	name := "board." + v.r.URL.Query().Get("format")
	format, known := sheet.FormatOf(name)
	if !known || format != sheet.CSV && format != sheet.XLSX {
		return ErrNoPage.With(v.r.URL.RequestURI())
	}
	var out bytes.Buffer
	if err := x.write(v, &out, format); err != nil {
		return err
	}
	title := x.Question.Period.Label().In(v.lang) + v.t("指标", " figures")
	if format == sheet.XLSX {
		return v.workbook(title, out.Bytes())
	}
	h := v.w.Header()
	h.Set("Content-Type", "text/csv; charset=utf-8")
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": title + ".csv"}))
	return v.send(out.Bytes())
}

// write writes a row for each figure and period: numbers as numbers, what is lacking in its words.
func (x trends) write(v *visit, out *bytes.Buffer, format sheet.Format) error {
	layout := sheet.Layout{Sheet: v.t("指标看板", "board"), Lang: v.lang}
	head := func(zh lang.Zh, en lang.En, key string, kind sheet.Kind, width int) {
		layout.Fields = append(layout.Fields, sheet.Field{Heading: v.t(zh, en), Key: key, Kind: kind, Width: width})
	}
	head("指标代码", "code", "code", sheet.Text, 30)
	head("指标", "figure", "figure", sheet.Text, 30)
	head("计量单位", "unit", "unit", sheet.Text, 10)
	head("统计期", "period", "period", sheet.Text, 12)
	head("数值", "value", "value", sheet.Number, 14)
	if x.ByMonth {
		head("上年同月", "a year before", "before", sheet.Number, 14)
	} else {
		head("目标", "target", "target", sheet.Text, 12)
	}
	w, err := sheet.NewWriter(out, format, layout)
	if err != nil {
		return err
	}
	year := x.Question.Period.String()
	for _, g := range x.Groups {
		for _, t := range slices.Concat(g.Trends, g.Single) {
			for k, pt := range t.Points {
				cells := []sheet.Cell{sheet.TextCell(t.Code), sheet.TextCell(t.Label), sheet.TextCell(t.Unit), sheet.TextCell(pt.Label), pt.cell(pt.Now, pt.decimal)}
				if x.ByMonth {
					cells[3] = sheet.TextCell(year + "-" + twoDigits(k+1))
					cells = append(cells, pt.cell(pt.Before, pt.before))
				} else if k == len(t.Points)-1 {
					cells = append(cells, sheet.TextCell(t.Target.Text))
				}
				if err := w.Row(cells); err != nil {
					return err
				}
			}
		}
	}
	return w.Close()
}

func twoDigits(n int) string { return strings.Repeat("0", 2-len(strconv.Itoa(n))) + strconv.Itoa(n) }

func (trendPoint) cell(a amount, decimal string) sheet.Cell {
	if decimal == "" {
		return sheet.TextCell(a.Text)
	}
	return sheet.NumberCell(decimal)
}
