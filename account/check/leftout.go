package check

import (
	"slices"
	"strconv"
	"strings"

	"anlan/account/check/reading"
	"anlan/ground/figure"
	"anlan/ground/lang"
)

// textMax bounds the text of a report that is searched for the names of indicators; what is longer is no self-evaluation of one office.
const textMax = 1 << 20

// isWhole says whether a document is by its title a report on the performance of a whole department (整体支出绩效).
func isWhole(title string) bool {
	return strings.Contains(title, "整体支出") && strings.Contains(title, "绩效")
}

// spoken is the text of a document as names are looked for in it: without blanks and quotation marks.
func spoken(doc *reading.Document) string {
	var b strings.Builder
	for i := range doc.Lines {
		if l := &doc.Lines[i]; l.Kind != reading.Blank && l.Kind != reading.Markup {
			b.WriteString(withoutQuotes(compact(l.Text)))
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// checkLeftOut notes indicators that a form has and the report does not show (漏列的指标), with their points, and with the score that they would have
// where the report's own amounts give it. The form is the approved one where that is given, else the one that the report's own indicators are of.
func (p *paper) checkLeftOut() {
	if !isWhole(p.doc.Title) || slices.ContainsFunc(p.forms, func(f *targetForm) bool { return f.project == "" }) {
		return // a report with a form of its own shows it
	}
	if len(p.doc.Text) > textMax {
		return
	}
	text := spoken(p.doc)
	if p.options.Targets != nil {
		p.leftOutOfApproved(text)
		return
	}
	for _, f := range wholeForms {
		if !f.fits(p.year, text) {
			continue
		}
		var absent []*formIndicator
		for i := range f.indicators {
			if in := &f.indicators[i]; !in.namedIn(text) {
				absent = append(absent, in)
			}
		}
		p.noteLeftOut(f, absent)
		return
	}
}

// noteLeftOut tells of the indicators of a form that a report does not show.
func (p *paper) noteLeftOut(f *evaluationForm, absent []*formIndicator) {
	var zh, en []string
	line, title := 1, p.doc.Title
	for i := range p.doc.Lines {
		if p.doc.Lines[i].Kind == reading.Title {
			line = int(p.doc.Lines[i].Number)
			break
		}
	}
	reading := Note{OtherReading, lang.Of("不算漏的可能：本地本年度所用的指标表没有这一项，或者写在附件里", "readings under which nothing is left out: the form of this place and year has no such indicator, or it stands in an annex")}
	for _, i := range absent {
		if i.rate != nil && i.scale != nil {
			if p.scoreLeftOut(f, i, line, title, reading) {
				continue
			}
		}
		points := strconv.FormatInt(i.points, 10)
		zh, en = append(zh, i.name+"（"+points+"分）"), append(en, i.name+" ("+points+")")
	}
	if len(zh) > 0 {
		p.tell(Relation{Rule: "left_out", Verdict: Noted, Line: line, Quote: shortened(title, quoteRunesMax), Notes: []Note{reading}, Message: lang.Of(
			lang.Zh("报告没有写到的指标：按文中的指标看用的是"+f.name.Zh+"，常用的版本还有"+strings.Join(zh, "、")+"。"),
			lang.En("indicators that the report does not show: by those that it shows it goes by "+f.name.En+", of which the usual edition also has "+strings.Join(en, ", ")+"."))}, nil)
	}
}

// scoreLeftOut tells of an indicator that the report does not show and whose amounts it gives. It says whether it gives them.
func (p *paper) scoreLeftOut(f *evaluationForm, i *formIndicator, line int, title string, reading Note) bool {
	for _, fm := range i.rate.formulas {
		operands, ok := fm.known(&p.ledger)
		if !ok || p.year < fm.since || !operands[0].sameDimension(operands[len(operands)-1]) {
			continue
		}
		values, texts := make([]exact, len(operands)), make([]string, len(operands))
		for k, m := range operands {
			s, ok := m.bounds()
			if !ok {
				return false
			}
			values[k], texts[k] = s.value, m.short()
		}
		rate, ok := fm.form.eval(values)
		if !ok {
			return false
		}
		percent := rate.mul(hundred)
		least, most := i.scale.score(percent, i.points)
		said, points := fm.words(), strconv.FormatInt(i.points, 10)
		score := scoreSaid(least, most)
		zh := "“" + i.name + "”没有写到：" + f.name.Zh + "有这一指标（" + points + "分，" + said.Zh + "）；按文中数据，" + fm.form.formula(texts) + " = " + percent.text(0, 2, 0) + "%，得" + score.Zh + "。"
		en := i.name + " is not shown: " + f.name.En + " has it (" + points + " points, " + said.En + "); by the amounts of the report, " + fm.form.formula(texts) + " = " + percent.text(0, 2, 0) + "%, which scores " + score.En + "."
		numbers := numbersOf(operands)
		if total := p.totalScore(); total != nil {
			if ceiling := hundred.sub(whole(i.points)).add(most); ceiling.cmp(numberOf(total.Figure)) < 0 {
				zh += "所用的指标表如有此项，总分至多" + ceiling.text(0, 2, 0) + "分，文中的" + total.short() + "（第" + lineOf(total) + "行）不能成立。"
				en += " If the form that was used has it, the total is at most " + ceiling.text(0, 2, 0) + ", and the " + total.short() + " of line " + lineOf(total) + " cannot hold."
				numbers, operands = append(numbers, total.n), append(operands, total)
			}
		}
		if !p.first(numbers) {
			return true
		}
		p.report(Relation{Rule: "left_out", Verdict: Noted, Line: operands[0].n.lineNumber(), Quote: quote(operands[0].sentence, numbers), Notes: []Note{reading}, Message: lang.Text{Zh: zh, En: en}}, nil, numbers, operands)
		return true
	}
	return false
}

func scoreSaid(least, most exact) lang.Text {
	if least.cmp(most) == 0 {
		return lang.Text{Zh: least.text(0, 2, 0) + "分", En: least.text(0, 2, 0)}
	}
	low, high := least.text(0, 2, 0), most.text(0, 2, 0)
	return lang.Text{Zh: low + "至" + high + "分（不足一档是否扣分，指标表没有写明）", En: low + " to " + high + " (the form does not say whether a step that is begun counts)"}
}

// scoreWords stand before the total of a self-evaluation.
var scoreWords = wordsOf("绩效评价为", "绩效自评为", "自评得分", "综合得分", "总得分", "总分", "评价得分", "自评总分", "评分为", "得分为", "绩效得分")

// keepScore keeps the last total of a self-evaluation that prose states.
func keepScore(s *sentence) {
	for _, m := range s.mentions {
		if m.Unit() == scoreUnit && m.kind == level && m.depth == 0 && !m.Form().Vague() && scoreWords.in(m.lead) && numberOf(m.Figure).cmp(hundred) <= 0 && numberOf(m.Figure).cmp(whole(50)) > 0 {
			s.paper.ledger.score = m
		}
	}
}

var scoreUnit = unitOf("分")

// totalScore is the total that the report gives itself; nil where it gives none.
func (p *paper) totalScore() *mention { return p.ledger.score }

// leftOutOfApproved notes the approved indicators that a report without a form of its own does not speak of.
func (p *paper) leftOutOfApproved(text string) {
	for _, f := range p.options.Targets.forms {
		if f.project != "" || !sameOffice(f.office, p.file.Organisation) || f.year != 0 && p.year != 0 && f.year != int(p.year) {
			continue
		}
		var absent []*targetRow
		for _, r := range f.rows {
			if !strings.Contains(text, withoutQuotes(compact(r.name))) {
				absent = append(absent, r)
			}
		}
		if len(absent) == len(f.rows) {
			p.notCheckable(1, shortened(p.doc.Title, quoteRunesMax), lang.Of("报告没有写到批复的绩效目标中任何一个指标的名称，没有与它对照", "the report names none of the approved indicators; it was not held against them"))
			return
		}
		for _, r := range absent {
			said := r.said()
			p.tell(Relation{Rule: "left_out", Verdict: Noted, Line: 1, Quote: shortened(p.doc.Title, quoteRunesMax), Message: lang.Of(
				lang.Zh("批复的指标“"+r.name+"”报告没有写到：批复的绩效目标（"+f.place(r).Zh+"）中有"+said.Zh+"，文中没有这个名称，请补充完成情况和得分，或者说明写在哪里。"),
				lang.En("the report does not speak of the approved indicator “"+r.name+"”: the approved targets ("+f.place(r).En+") have it"+said.En+"; add what was achieved and scored, or say where it stands."))}, nil)
		}
		return
	}
}

// shown is an indicator that a report shows, with its points where its form has them.
type shown struct {
	name, project string
	points        *figure.Figure
	line          int
}

// shownIn are the indicators that a document shows: those of its forms, and those of the library that its text names.
func shownIn(doc *reading.Document, text string) (all []shown) {
	seen := map[string]bool{}
	add := func(s shown) {
		if key := nameKey(s.project) + "\n" + nameKey(s.name); !seen[key] && nameKey(s.name) != "" {
			seen[key] = true
			all = append(all, s)
		}
	}
	for _, f := range formsIn(doc) {
		for _, r := range f.rows {
			s := shown{name: r.name, project: f.project, line: r.line}
			if r.points != nil {
				if points, ok := pointsOf(r.points); ok {
					s.points = &points
				}
			}
			add(s)
		}
	}
	for _, f := range wholeForms {
		for i := range f.indicators {
			if in := &f.indicators[i]; in.rate != nil && in.namedIn(text) {
				add(shown{name: in.name})
			}
		}
	}
	return all
}

// leftOutSince notes indicators that last year's report of the same kind shows and this year's documents do not.
func (p *paper) leftOutSince(earlier, docs []*reading.Document) {
	var text, projects strings.Builder
	var now *reading.Document
	for _, d := range docs {
		said := spoken(d)
		text.WriteString(said)
		if now == nil && isWhole(d.Title) {
			now = d
		}
		for _, f := range formsIn(d) {
			projects.WriteString(nameKey(f.project) + "\n")
		}
	}
	if now == nil {
		return
	}
	for _, d := range earlier {
		if !isWhole(d.Title) || yearOf(d) != yearOf(now)-1 || yearOf(now) == 0 {
			continue
		}
		said := withoutQuotes(text.String())
		for _, s := range shownIn(d, spoken(d)) {
			if strings.Contains(said, withoutQuotes(compact(s.name))) || s.project != "" && !strings.Contains(projects.String(), nameKey(s.project)) {
				continue
			}
			if i := slices.IndexFunc(wholeForms[0].indicators, func(i formIndicator) bool { return withoutQuotes(i.name) == withoutQuotes(s.name) }); i >= 0 && wholeForms[0].indicators[i].namedIn(said) {
				continue
			}
			points, pointsEn := "", ""
			if s.points != nil {
				points, pointsEn = "（"+s.points.Number()+"分）", " ("+s.points.Number()+" points)"
			}
			p.doc = now
			p.tell(Relation{Rule: "left_out", Verdict: Noted, Line: 1, Quote: shortened(now.Title, quoteRunesMax), Message: lang.Of(
				lang.Zh("上年有、今年没有写到的指标“"+s.name+"”：“"+d.Name+"”有这一指标"+points+"，“"+now.Name+"”没有。指标表改了的，请说明；没有改的，请补上。"),
				lang.En("“"+s.name+"” was shown last year and is not now: "+d.Name+" has this indicator"+pointsEn+", "+now.Name+" has not. Say so if the form was changed; else add it."))}, nil)
		}
		return
	}
}

// yearOf is the year that a document is about; 0 where its title and first lines say none.
func yearOf(d *reading.Document) int16 {
	p := &paper{doc: d, file: &File{}}
	p.head()
	return p.year
}
