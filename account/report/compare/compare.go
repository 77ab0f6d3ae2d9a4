package compare

import (
	"context"
	"math/big"
	"slices"
	"strings"

	"anlan/account/check"
	"anlan/account/check/reading"
	"anlan/account/indicator"
	"anlan/ground/figure"
	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/ground/place"
)

// Records give the figures of measures as of one position, and what a reader must know of the records behind them.
type Records interface {
	indicator.Source
	// Marks answers each ask with such a remark (未核实); the empty text for most.
	Marks(ctx context.Context, asks []indicator.Ask) ([]lang.Text, error)
	// Stated says of each ask whether anything states its figure: a record, a return, a document. A figure of 0 is there either way.
	Stated(ctx context.Context, asks []indicator.Ask) ([]bool, error)
}

// Terms are what a report is compared with.
type Terms struct {
	Set       *indicator.Set
	Catalogue indicator.Catalogue
	Records   Records
	Period    period.Period // that the report is about
	Unit      place.Unit    // whose report it is, with all units below it
	Bureau    place.Unit    // for which a command needs no unit
	Open      string        // begins a command that opens the book: anlan --data DIR
	AsOf      string        // the position of the records, where it is not the newest
	Own       []Own         // what the report says of its own figures, in the order of the text
	NotOwn    lang.Text     // why what lies beside the report was not taken for that; empty where nothing does
}

// Compare finds what each figure of a document is of, by its words, unit of measure and time, and says whether the records give
// it. Errors are those of reading the records.
func Compare(ctx context.Context, doc *reading.Document, t Terms) (*Report, error) {
	c := &comparison{Terms: t, doc: doc, read: check.Examine(doc), misdated: map[string]bool{}, byID: map[string]*match{}, results: map[asked]indicator.Result{}, unstated: map[indicator.Ask]bool{}, marks: map[indicator.Ask]lang.Text{}}
	c.prepare()
	if err := c.fetch(ctx, c.wanted()); err != nil {
		return nil, err
	}
	for _, m := range c.matches {
		c.choose(m)
	}
	if err := c.derive(ctx); err != nil {
		return nil, err
	}
	if err := c.follow(ctx); err != nil {
		return nil, err
	}
	if err := c.mark(ctx); err != nil {
		return nil, err
	}
	if err := c.question(ctx); err != nil {
		return nil, err
	}
	return c.report(), nil
}

// comparison is one run of Compare.
type comparison struct {
	Terms
	doc      *reading.Document
	read     check.Examination
	known    []known
	matches  []*match
	byID     map[string]*match
	misdated map[string]bool // mentions whose year the checker finds to be one too early
	results  map[asked]indicator.Result
	unstated map[indicator.Ask]bool // measures whose 0 nothing states
	marks    map[indicator.Ask]lang.Text
	findings []Finding
}

// known is an indicator with the wordings under which it may be printed.
type known struct {
	*indicator.Indicator
	wordings []wording
	stock    bool // all its measures are stocks
}

type asked struct {
	indicator *indicator.Indicator
	period    period.Period
}

// match is a mention with what was found for it.
type match struct {
	*check.Mention
	candidates []candidate
	verdict    Verdict
	of         *known        // nil where nothing, or other figures, gave the value
	period     period.Period // of the value
	value      *big.Rat      // that the records give, in the unit of the mention; nil where there is none
	derived    string
	base       *known // of a change: the indicator that its words name
	why        lang.Text
	ways       []way
	refuted    []lang.Text // what other figures that differ would give
	origins    []string    // figures that differ and from which it only follows
	explained  string      // it is not what its name says, but this of figures that the text states
	notes      []lang.Text
	own        bool // the report itself says what it is
	turned     bool // its number is that of a value below 0, without the sign
}

// candidate is an indicator that a mention may be of.
type candidate struct {
	*known
	strength strength
	runes    int // of its wording
	moments  []moment
	why      lang.Text // there are no moments
}

// prepare makes the wordings of all indicators, and the candidates of all mentions.
func (c *comparison) prepare() {
	for _, i := range c.Set.Indicators() {
		k := known{Indicator: i, wordings: wordingsOf(i), stock: len(i.Measures()) > 0}
		for _, code := range i.Measures() {
			m, ok := c.Catalogue.Lookup(code)
			k.stock = k.stock && ok && m.Shape == indicator.Stock
		}
		c.known = append(c.known, k)
	}
	for _, claim := range c.read.Claims {
		if r := c.read.File.Relations[claim.Relation]; r.Rule == "period" && r.Verdict == check.Contradiction {
			c.misdated[claim.Stated] = true
		}
	}
	headings := headingsOf(c.doc)
	for i := range c.read.Mentions {
		m := &match{Mention: &c.read.Mentions[i]}
		c.inTable(m.Mention)
		c.matches = append(c.matches, m)
		c.byID[m.ID] = m
		around := contextOf(m.Mention, headings[m.Line.Number-1])
		if i > 0 && m.goesOn(&c.read.Mentions[i-1]) {
			around.own = append(around.own, "")
		}
		c.candidatesOf(m, around)
	}
	c.pairOwn()
}

// foreignScopes are what is not the bureau's own, however it is named.
var foreignScopes = map[string]bool{"省": true, "国": true, "省本级": true}

var (
	noName     = lang.Of("没有这个名称的指标", "no indicator has this name")
	elsewhere  = lang.Of("说的不是本单位的范围", "it is said of more than this unit")
	ofAChange  = lang.Of("不能确定是哪项数据与上年的变化", "it cannot be told which figure has changed since last year")
	ofAShare   = lang.Of("不能确定是哪项数据占哪项数据的比重", "it cannot be told which figure it is a share of, and of which")
	noUnit     = lang.Of("没有写明计量单位", "no unit of measure is stated")
	wordsLike  = lang.Of("最接近的是指标%s，但词语不尽相同", "the nearest is the indicator %s, whose words are not quite these")
	severalFit = lang.Of("词语同样符合的有指标%s", "the words fit the indicators %s alike")
)

// candidatesOf finds the indicators whose words and unit of measure fit a mention.
func (c *comparison) candidatesOf(m *match, around *surroundings) {
	m.verdict, m.why = NotRecorded, noName
	switch {
	case foreignScopes[m.Scope]:
		m.verdict, m.why = NotAligned, elsewhere
		return
	case m.Sense == check.Change || m.Sense == check.Growth:
		m.verdict, m.why = NotAligned, ofAChange
		return
	case m.Sense == check.Share:
		m.verdict, m.why = NotAligned, ofAShare
		return
	case m.Unit() == figure.One:
		m.verdict, m.why = NotAligned, noUnit
		return
	}
	for i := range c.known {
		k := &c.known[i]
		if k.Unit().Dimension() != m.Unit().Dimension() {
			continue
		}
		best := candidate{known: k}
		for w := range k.wordings {
			s := k.wordings[w].met(around)
			if s > best.strength || s == best.strength && s != unmet && k.wordings[w].runes > best.runes {
				best.strength, best.runes = s, k.wordings[w].runes
			}
		}
		if best.strength == fully && (around.narrowed || around.fate && !k.covers(m.Of, around.own[0])) {
			best.strength = nearly
		}
		if best.strength != unmet {
			best.moments, best.why = c.moments(m.Mention, k.stock)
			m.candidates = append(m.candidates, best)
		}
	}
}

// goesOn says whether the words before a mention are only those behind the one before: 4家化工企业和20家工贸企业.
func (m *match) goesOn(before *check.Mention) bool {
	return before.Line == m.Line && before.Opens == m.Opens && strings.TrimSpace(m.Said) != "" && strings.HasPrefix(m.Line.Text[before.To:], m.Said) && before.To+len(m.Said) == m.From
}

// headingRunes bounds the items of a list that are read as headings: they name what the lines below are about.
const headingRunes = 30

// headingsOf is the nearest heading at or above each line.
func headingsOf(doc *reading.Document) []string {
	out := make([]string, len(doc.Lines))
	last := ""
	for i := range doc.Lines {
		l := &doc.Lines[i]
		if l.Kind == reading.Heading || l.Kind == reading.Item && runes(l.Text) <= headingRunes && !strings.ContainsAny(l.Text, "。；，") {
			last = l.Text
		}
		out[i] = last
	}
	return out
}

// fates are what may become of people in any event: a number of dead says nothing before it is said of what.
var fates = []string{"死亡", "遇难", "亡人", "失踪", "受伤", "重伤", "轻伤"}

var people = mustUnit("人").Dimension()

// placeTails end a heading that names a place: what stands below is said of that place.
var placeTails = []string{"县", "区", "镇", "乡", "街道"}

// covers says whether an indicator counts the fate of people in just that which a mention speaks of; where it does not say, only
// an indicator whose whole name is the fate does.
func (k *known) covers(of, own string) bool {
	if of == "" {
		return len(k.wordings[0].before) == 1 && k.wordings[0].before[0] == trimHeads(own)
	}
	return slices.ContainsFunc(k.wordings, func(w wording) bool {
		return strings.Contains(strings.Join(w.before, ""), fold(of))
	})
}

// ofAPart says whether a sentence begins with what only a part of the whole is called, and a colon: 1.道路运输：发生事故45起.
func ofAPart(before string) bool {
	words, _, ok := strings.Cut(strings.ReplaceAll(before, ":", "："), "：")
	return ok && !strings.ContainsAny(words, "，,；;") && !stating(words) && !neutral(fold(withoutMark(words)))
}

// contextOf is what is said around a mention.
func contextOf(m *check.Mention, heading string) *surroundings {
	own, lent, of, heading := fold(withoutMark(m.Said)), fold(withoutMark(m.Lent)), fold(m.Of), fold(withoutMark(heading))
	text := m.Line.Text
	c := &surroundings{own: []string{own}, earlier: heading + lent + of + fold(text[m.Opens:max(m.Opens, m.From-len(m.Said))]), after: fold(m.After)}
	if lent != "" {
		c.own = append(c.own, lent+own)
	}
	if of != "" {
		c.own = append(c.own, of+trimHeads(own))
	}
	if subject := trimHeads(trimTails(own)); subject != "" && strings.HasSuffix(heading, subject) { // 2.“三公”经费控制率 … 控制率为63.61%
		c.own = append(c.own, heading)
	}
	for k := range c.own {
		c.own[k] = withoutExpenditure(trimTails(c.own[k]))
	}
	c.fate = m.Unit().Dimension() == people && slices.ContainsFunc(fates, func(f string) bool { return strings.Contains(own, f) })
	c.narrowed = ofAPart(text[m.Opens:m.From]) || slices.ContainsFunc(placeTails, func(w string) bool { return strings.HasSuffix(heading, w) })
	if at := min(m.To+len(m.After), m.Closes); strings.HasPrefix(text[m.To:], m.After) {
		rest := text[at:m.Closes]
		if end := strings.IndexAny(rest, "，,；;。：:"); end >= 0 {
			rest = rest[:end]
		}
		c.beyond = fold(rest)
	}
	return c
}

// wanted are all values that candidates may have, and those of the year before for what is said of their change.
func (c *comparison) wanted() (all []asked) {
	for _, m := range c.matches {
		for _, k := range m.candidates {
			for _, at := range k.moments {
				all = append(all, asked{k.Indicator, at.period}, asked{k.Indicator, at.period.LastYear()})
			}
		}
	}
	return all
}

// fetch asks the records for values, each once and all together.
func (c *comparison) fetch(ctx context.Context, all []asked) error {
	var questions []indicator.Question
	for _, a := range all {
		if _, ok := c.results[a]; ok || a.period.IsZero() {
			continue
		}
		c.results[a] = indicator.Result{}
		questions = append(questions, indicator.Question{Indicator: a.indicator, Period: a.period, Unit: c.Unit})
	}
	results, err := indicator.Eval(ctx, c.Records, questions...)
	if err != nil {
		return err
	}
	for _, r := range results {
		c.results[asked{r.Question().Indicator, r.Question().Period}] = r
	}
	return c.lookForStated(ctx, results)
}

// valueIn is the value of an indicator in a period, in a unit; why says that there is none.
func (c *comparison) valueIn(i *indicator.Indicator, p period.Period, unit figure.Unit) (*big.Rat, lang.Text) {
	r, ok := c.results[asked{i, p}]
	if !ok {
		return nil, lang.Of("这一期没有数据", "there is no figure for this period")
	}
	v := r.Value()
	if v.State() != indicator.Computed {
		why := v.Why()
		if !why.Whole() {
			why = v.State().Text()
		}
		return nil, why
	}
	x, err := v.Unit().Convert(v.Rat(), unit)
	if err != nil {
		return nil, noName
	}
	return x, lang.Text{}
}
