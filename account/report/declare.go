package report

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"anlan/account/indicator"
	"anlan/ground/fault"
	"anlan/ground/figure"
	"anlan/ground/lang"
	"anlan/ground/period"
)

var (
	figureForm = regexp.MustCompile(`^figure\s+([A-Za-z0-9.-]+)\s+([a-z0-9_.]+)(?:\s+@\s*(\S+))?(?:\s+in\s+(\S+))?(?:\s+printed\s+([0-9]))?(?:\s+as\s+(\S+)(?:\s+(\S+))?)?$`)
	claimForm  = regexp.MustCompile(`^claim\s+([A-Za-z0-9.-]+)\s+([a-z0-9_.-]+)$`)
	scoreForm  = regexp.MustCompile(`^evaluation\s+([A-Za-z0-9.-]+)\s+([a-z0-9_.-]+)(?:\s+of\s+(fund\s+)?([A-Za-z0-9_.-]+))?$`)
	sumForm    = regexp.MustCompile(`^sum\s+([A-Za-z0-9.-]+)\s*=\s*([A-Za-z0-9.-]+(?:\s+[+−-]\s+[A-Za-z0-9.-]+)*)$`)
	// What a report lists from records.
	projectsForm = regexp.MustCompile(`^projects\s+([A-Za-z0-9.-]+)$`)
	lossesForm   = regexp.MustCompile(`^losses\s+([A-Za-z0-9.-]+)\s+of\s+([A-Za-z0-9.-]+)$`)
	listForm     = regexp.MustCompile(`^list\s+([A-Za-z0-9.-]+)\s+(\S+)$`)
)

// periods are the compared periods, as the language of indicators writes them.
var periods = map[string]func(period.Period) period.Period{
	"last_year":     period.Period.LastYear,
	"previous":      period.Period.Previous,
	"last_year_end": func(p period.Period) period.Period { return period.OfDay(p.YearEndBefore()) },
	"year_to_date":  period.Period.YearToDate,
	"同期":            period.Period.LastYear,
	"上期":            period.Period.Previous,
	"上年末":           func(p period.Period) period.Period { return period.OfDay(p.YearEndBefore()) },
	"累计":            period.Period.YearToDate,
}

func (p *parser) readTitle(l *reader, _ string, at int) {
	text, begin := l.from(at + len("title"))
	switch {
	case p.t.title != nil:
		l.fault(at, ErrTitleTwice.With())
		return
	case text == "":
		l.fault(at, ErrBadLine.With("title", titleWords))
	}
	p.t.title = l.prose(text, begin)
	for _, x := range p.t.title {
		if x.name != "" && !slices.Contains(settings, x.name) {
			f := ErrFigureInTitle.With(short(x.name))
			f.Where = x.at
			l.faults = append(l.faults, f)
		}
	}
	if p.t.title == nil {
		p.t.title = []part{} // given, if badly
	}
}

func (p *parser) readPage(l *reader, text string, at int) {
	if strings.Join(strings.Fields(text), " ") != "page landscape" {
		l.fault(at, ErrBadLine.With(short(text), pageWords))
		return
	}
	p.t.landscape = true
}

// readSignature reads signature [DAY].
func (p *parser) readSignature(l *reader, text string, at int) {
	day, begin := l.from(at + len("signature"))
	if p.t.signature != nil {
		l.fault(at, ErrSignatureTwice.With(p.t.signature.at.Line))
		return
	}
	p.t.signature = &signature{at: l.where(at)}
	if day == "" {
		return
	}
	d, err := period.ParseDay(day)
	if err != nil {
		l.fault(begin, ErrBadLine.With(short(text), signatureWords))
		return
	}
	p.t.signature.date = d
}

func (p *parser) readFigure(l *reader, text string, at int) {
	m := figureForm.FindStringSubmatchIndex(text)
	if m == nil || m[3]-m[2] > idBytesMax || !isAlnum(text[m[2]]) {
		l.fault(at, ErrBadLine.With(short(text), figureWords))
		return
	}
	word := func(i int) string {
		if m[2*i] < 0 {
			return ""
		}
		return text[m[2*i]:m[2*i+1]]
	}
	r := &reference{indicator: word(2), at: l.where(at + m[4]), unit: word(4), printed: -1}
	if s := word(3); s != "" {
		if r.period = periods[s]; r.period == nil {
			l.fault(at+m[6], ErrBadLine.With(short(s), periodWords))
			return
		}
	}
	if _, ok := figure.UnitOf(r.unit); !ok {
		l.fault(at+m[8], indicator.ErrUnknownUnit.With(short(r.unit), lang.Text{}))
		return
	}
	if s := word(5); s != "" {
		r.printed, _ = strconv.Atoi(s)
	}
	if s := word(6); s != "" && !p.readForm(l, r, s, word(7), at+m[12]) {
		return
	}
	if p.claimName(l, word(1), at+m[2]) {
		p.t.names[word(1)] = declared{at: l.where(at + m[2]), figure: r}
		p.t.order = append(p.t.order, word(1))
	}
}

// readForm reads the form of a figure and, for the forms that round wide, its step or bound.
func (p *parser) readForm(l *reader, r *reference, name, step string, at int) bool {
	var ok bool
	if r.form, ok = forms[name]; !ok {
		l.fault(at, ErrBadForm.With(short(name), formNames))
		return false
	}
	switch {
	case r.form.wide() && step == "":
		l.fault(at, ErrFormStep.With(name, lang.Of("后面要写整数位或界限，如100", "needs a step or bound behind it, as 100")))
		return false
	case !r.form.wide() && step != "":
		l.fault(at, ErrFormStep.With(name, lang.Of("后面不能再写数", "takes no number behind it")))
		return false
	case r.form.wide() && !r.form.setStep(step):
		l.fault(at, ErrFormStep.With(name, lang.Of("后面要写大于零的数", "needs a number above 0")))
		return false
	}
	return true
}

// claimName takes a name; false when it is taken or the report's own.
func (p *parser) claimName(l *reader, id string, at int) bool {
	first, twice := p.t.names[id]
	switch {
	case twice:
		l.fault(at, ErrFigureTwice.With(id, first.line()))
	case slices.Contains(settings, id):
		l.fault(at, ErrReserved.With(id))
	default:
		return true
	}
	return false
}

func (d declared) line() int { return d.at.Line }

func isAlnum(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
}

func (p *parser) readClaim(l *reader, text string, at int) {
	m := claimForm.FindStringSubmatchIndex(text)
	if m == nil || m[3]-m[2] > idBytesMax || !isAlnum(text[m[2]]) {
		l.fault(at, ErrBadLine.With(short(text), claimLineWords))
		return
	}
	if id := text[m[2]:m[3]]; p.claimName(l, id, at+m[2]) {
		p.t.names[id] = declared{at: l.where(at), claim: text[m[4]:m[5]]}
		p.t.claims = append(p.t.claims, id)
	}
}

func (p *parser) readEvaluation(l *reader, text string, at int) {
	m := scoreForm.FindStringSubmatchIndex(text)
	if m == nil || m[3]-m[2] > evaluationBytesMax || !isAlnum(text[m[2]]) {
		l.fault(at, ErrBadLine.With(short(text), evaluationWords))
		return
	}
	if id := text[m[2]:m[3]]; p.claimName(l, id, at+m[2]) {
		e := &Evaluated{Scheme: text[m[4]:m[5]]}
		switch {
		case m[6] >= 0:
			e.Fund = text[m[8]:m[9]]
		case m[8] >= 0:
			e.Project = text[m[8]:m[9]]
			p.t.ofProject = p.t.ofProject || e.Project == eachProject
		}
		p.t.names[id] = declared{at: l.where(at), evaluation: e}
		p.t.evaluations = append(p.t.evaluations, id)
	}
}

func (p *parser) readSum(l *reader, text string, at int) {
	m := sumForm.FindStringSubmatch(text)
	if m == nil {
		l.fault(at, ErrBadLine.With(short(text), sumWords))
		return
	}
	s := sum{whole: m[1], at: l.where(at)}
	negative := false
	for _, word := range strings.Fields(m[2]) {
		switch word {
		case "+":
			negative = false
		case "-", "−":
			negative = true
		default:
			s.parts = append(s.parts, term{word, negative})
		}
	}
	if _, _, all := p.t.member(s.parts[0].name); len(s.parts) == 1 && !all {
		l.fault(at, ErrBadLine.With(short(text), sumWords))
		return
	}
	p.t.sums = append(p.t.sums, s)
}

// sumReferences sees that a sum names declared figures, or the money of projects.
func (p *parser) sumReferences(use func(string, fault.Where)) {
	for _, s := range p.t.sums {
		for n, name := range append([]string{s.whole}, s.names()...) {
			_, m, of := p.t.member(name)
			if d, ok := p.t.names[name]; (!ok || d.figure == nil) && (n == 0 || !of || !slices.Contains(projectMoney, m)) {
				p.fail(s.at, ErrNoSuchFigure.With(short(name), nearest(short(name), p.t.order)))
				continue
			}
			use(name, s.at)
		}
	}
}

func (s sum) names() []string {
	out := make([]string, len(s.parts))
	for i, t := range s.parts {
		out[i] = t.name
	}
	return out
}

// readInclude reads a file of prose in place of the line.
func (p *parser) readInclude(l *reader, text string, at int) {
	name, _ := l.from(at + len("include"))
	if name == "" || strings.ContainsAny(name, " \t") {
		l.fault(at, ErrBadLine.With(short(text), includeWords))
		return
	}
	content, err := readIn(p.folder, p.t.name, name)
	if err != nil {
		l.fault(at, ErrNoSuchFile.Because(err, name))
		return
	}
	p.t.slots = append(p.t.slots, p.slot(name))
	p.prose, p.outer = name, opened{p.when, p.loop}
	if internal := p.faults.Add(p.readFile(name, content)); internal != nil {
		l.fault(at, ErrNoSuchFile.Because(internal, name))
	}
	p.notClosed(p.outer)
	p.prose, p.when, p.loop, p.outer = "", p.outer.when, p.outer.loop, opened{}
}

// slot is a file of prose with the headings above it.
func (p *parser) slot(name string) Slot {
	s := Slot{File: name}
	level := 5
	for i := len(p.t.blocks) - 1; i >= 0 && level > 1; i-- {
		b := p.t.blocks[i]
		switch {
		case b.level == 0 || b.item:
			s.After = s.After || level == 5
		case b.level < level:
			level = b.level
			text := ""
			for _, x := range b.parts {
				text += x.text
			}
			s.Headings = append([]string{text}, s.Headings...)
		}
	}
	return s
}

// directForm is a figure that prose names by its indicator, without a declaration: {=work_safety.deaths @ last_year}.
var directForm = regexp.MustCompile(`^=\s*([a-z0-9_.]+)(?:\s*@\s*(\S+))?(?:\s+in\s+(\S+))?(?:\s+printed\s+([0-9]))?(?:\s+as\s+(\S+)(?:\s+(\S+))?)?$`)

// directID is the name of a figure that is named by its indicator; what is asked the same way has the same.
func directID(asked string) string {
	id := strings.Map(func(r rune) rune {
		switch {
		case r < utf8.RuneSelf && isAlnum(byte(r)), r == '.':
			return r
		}
		return '-'
	}, strings.TrimSpace(strings.TrimPrefix(asked, "=")))
	return id[:min(len(id), idBytesMax)]
}

// declareDirect declares the figures that the line names by their indicators.
func (p *parser) declareDirect(l *reader) {
	for _, d := range l.direct {
		id := directID(d.asked)
		if _, known := p.t.names[id]; known {
			continue
		}
		line := "figure " + id + " " + strings.TrimSpace(strings.TrimPrefix(d.asked, "="))
		inner := reader{at: l.at, text: line}
		p.readFigure(&inner, line, 0)
		for _, f := range inner.faults { // where the braces are
			f.Where = l.where(d.at)
			l.faults = append(l.faults, f)
		}
	}
	l.direct = nil
}

// eachProject stands for the code of the project of which an attachment speaks.
const eachProject = "each"

// readAttachment reads the template of an attachment (附件).
func (p *parser) readAttachment(l *reader, text string, at int) {
	words := strings.Fields(text)
	if len(words) != 2 && (len(words) != 4 || words[2] != "of") {
		l.fault(at, ErrBadLine.With(short(text), attachmentWords))
		return
	}
	name, of := words[1], ""
	if len(words) == 4 {
		of = words[3]
	}
	if len(p.t.attachments) == attachmentsMax {
		l.fault(at, ErrTooManyAttachments.With(attachmentsMax))
		return
	}
	content, err := readIn(p.folder, p.t.name, name)
	if err != nil {
		l.fault(at, ErrNoSuchFile.Because(err, name))
		return
	}
	a, err := parse(p.folder, name, content)
	if internal := p.faults.Add(err); internal != nil {
		l.fault(at, ErrNoSuchFile.Because(internal, name))
		return
	}
	if a != nil && len(a.attachments) > 0 {
		l.fault(at, ErrBadLine.With(short(text), lang.Of("附件自己不能再有附件", "an attachment without attachments of its own")))
		return
	}
	if a != nil {
		p.t.attachments = append(p.t.attachments, attachment{a, of, l.where(at)})
	}
}

func (p *parser) readWhen(l *reader, text string, at int) {
	words := strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == '\t' || r == ',' || r == '，' })
	if p.when != nil {
		l.fault(at, ErrNested.With())
		return
	}
	if p.loop != nil {
		l.fault(at, ErrNestedEach.With())
		return
	}
	g := &guard{at: l.where(at)}
	p.when = g // given, if badly: its end is not a second fault
	if len(words) < 3 || !allIn(words[2:], states) {
		l.fault(at, ErrBadLine.With(short(text), whenWords))
		return
	}
	g.figure, g.states = words[1], words[2:]
	p.guards = append(p.guards, g)
}

func allIn(words, known []string) bool {
	return !slices.ContainsFunc(words, func(w string) bool { return !slices.Contains(known, w) })
}

// readEnd ends the innermost of what is open.
func (p *parser) readEnd(l *reader, text string, at int) {
	switch {
	case p.prose != "" && p.outer == opened{p.when, p.loop}:
		l.fault(at, ErrBadLine.With(short(text), endWords))
	case p.loop != nil && (p.table == nil || p.inTable()):
		p.loop = nil
	case p.table != nil:
		p.endTable(l)
	case p.when != nil:
		p.when = nil
	default:
		l.fault(at, ErrBadLine.With(short(text), endWords))
	}
}
