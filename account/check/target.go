package check

import (
	"strconv"
	"strings"

	"anlan/account/check/reading"
	"anlan/ground/figure"
	"anlan/ground/lang"
)

// Targets are the performance targets that were approved (批复的绩效目标表), as documents give them. They are not changed after
// TargetsIn has given them, and any number of documents may be held against them at a time.
type Targets struct{ forms []*targetForm }

// TargetsIn reads the forms of targets in documents: tables with the headings 三级指标 and 年度指标值, 分值 or both, whatever their
// format, one project after the other or all in one list. Count is 0 where there is none.
func TargetsIn(docs ...*reading.Document) *Targets {
	t := &Targets{}
	for _, d := range docs {
		t.forms = append(t.forms, formsIn(d)...)
	}
	return t
}

// Count is how many indicators were read.
func (t *Targets) Count() (n int) {
	for _, f := range t.forms {
		n += len(f.rows)
	}
	return n
}

// keepForms notes the numbers in the cells of forms, for the relations in which they stand.
func (p *paper) keepForms(l *reading.Line, numbers []*number) {
	if len(p.forms) == 0 || len(l.Cells) == 0 {
		return
	}
	for _, n := range numbers {
		if c := cellOf(n); c != nil && p.formCells[c] != nil {
			*p.formCells[c] = append(*p.formCells[c], n)
		}
	}
}

// openForms finds the forms of the document before it is read.
func (p *paper) openForms() {
	p.forms = formsIn(p.doc)
	p.formCells = map[*reading.Cell]*[]*number{}
	for _, f := range p.forms {
		for _, r := range f.rows {
			for _, c := range []*reading.Cell{r.value, r.points, r.actual} {
				if c != nil {
					p.formCells[c] = new([]*number)
				}
			}
		}
	}
}

// checkTargets judges the forms of the document: large deviations without a reason, and, where the approved targets are known, whether
// its indicators, their targets and their points are those.
func (p *paper) checkTargets() {
	for _, f := range p.forms {
		for _, r := range f.rows {
			p.judgeDeviation(f, r)
		}
	}
	if p.options.Targets == nil {
		return
	}
	for _, f := range p.forms {
		approved, why := p.options.Targets.of(f, p.forms)
		if approved == nil {
			p.notCheckable(f.line, f.quote, why)
			continue
		}
		p.judgeTargets(f, approved)
	}
}

// of is the approved form of the project of a form, and of its year; nil, and why, where there is none or more than one.
func (t *Targets) of(f *targetForm, beside []*targetForm) (approved *targetForm, why lang.Text) {
	name := f.project
	if name == "" {
		name = f.office
	}
	var same []*targetForm
	for _, a := range t.forms {
		switch {
		case nameKey(a.project) != nameKey(f.project) && !(len(t.forms) == 1 && len(beside) == 1 && (a.project == "" || f.project == "")):
		case f.project == "" && !sameOffice(a.office, f.office):
		case a.year != 0 && f.year != 0 && a.year != f.year:
			why = lang.Of(lang.Zh("批复的绩效目标中“"+name+"”是"+strconv.Itoa(a.year)+"年的，与本表年度不同，没有对照"),
				lang.En("the approved targets of "+name+" are of "+strconv.Itoa(a.year)+", another year than this form; it was not held against them"))
		default:
			same = append(same, a)
		}
	}
	switch {
	case len(same) == 1:
		return same[0], lang.Text{}
	case len(same) > 1:
		return nil, lang.Of(lang.Zh("批复的绩效目标中“"+name+"”有"+strconv.Itoa(len(same))+"份，分不清以哪一份为准，没有对照"),
			lang.En("the approved targets have "+name+" "+strconv.Itoa(len(same))+" times; which of them counts cannot be told, so that this form was not held against them"))
	case why != lang.Text{}:
		return nil, why
	}
	return nil, lang.Of(lang.Zh("批复的绩效目标中没有“"+name+"”，没有对照"), lang.En("the approved targets do not have "+name+"; this form was not held against them"))
}

// sameOffice says whether two names may be of one office; one that is not named may be any.
func sameOffice(a, b string) bool {
	return a == "" || b == "" || strings.Contains(a, b) || strings.Contains(b, a)
}

// judgeTargets holds a form against the approved one, indicator by indicator.
func (p *paper) judgeTargets(f, approved *targetForm) {
	pairs, added, lost := matchRows(f.rows, approved.rows)
	if len(pairs) == 0 {
		p.notCheckable(f.line, f.quote, lang.Of("没有一个指标与批复的绩效目标同名，没有对照", "no indicator has the name of an approved one, so that the form was not held against them"))
		return
	}
	for _, pair := range pairs {
		p.judgeGoal(pair[0], approved, pair[1])
		p.judgePoints(pair[0], approved, pair[1])
	}
	for _, r := range added {
		if a := r.renamed(lost); a != nil {
			p.noteRow(r, Noted, lang.Of(lang.Zh("“"+r.name+"”的名称：批复的绩效目标（"+approved.place(a).Zh+"）中为“"+a.name+"”，指标值和分值相同，是否同一指标？"),
				lang.En("the name of “"+r.name+"”: the approved targets ("+approved.place(a).En+") say “"+a.name+"”, with the same target and points; is it the same indicator?")))
			lost = without(lost, a)
			continue
		}
		p.noteRow(r, Noted, lang.Of(lang.Zh("“"+r.name+"”不在批复的绩效目标中：表中有这一指标，批复中没有，请说明依据。"),
			lang.En("“"+r.name+"” is not among the approved targets: the form has this indicator, the approval has not; say on what ground.")))
	}
	for _, a := range lost {
		p.tell(Relation{Rule: "target", Verdict: Incomplete, Line: f.line, Quote: f.quote, Message: lang.Of(
			lang.Zh("批复的指标“"+a.name+"”没有列出：批复的绩效目标（"+approved.place(a).Zh+"）中有"+a.said().Zh+"，自评表中没有。"),
			lang.En("the approved indicator “"+a.name+"” is not listed: the approved targets ("+approved.place(a).En+") have it"+a.said().En+", the form has not."))}, nil)
	}
}

// matchRows pairs the indicators of a form with the approved ones by name, of the same name by the level above; lost are the approved
// ones that the form has not. A name that stays ambiguous is in none of them.
func matchRows(rows, approved []*targetRow) (pairs [][2]*targetRow, added, lost []*targetRow) {
	byName := func(rows []*targetRow) map[string][]*targetRow {
		m := map[string][]*targetRow{}
		for _, r := range rows {
			m[nameKey(r.name)] = append(m[nameKey(r.name)], r)
		}
		return m
	}
	ours, theirs := byName(rows), byName(approved)
	for _, r := range rows {
		same := theirs[nameKey(r.name)]
		switch {
		case len(same) == 0:
			added = append(added, r)
		case len(same) == 1 && len(ours[nameKey(r.name)]) == 1:
			pairs = append(pairs, [2]*targetRow{r, same[0]})
		default:
			if a := onlyOfLevel(same, r.level); a != nil && onlyOfLevel(ours[nameKey(r.name)], r.level) == r {
				pairs = append(pairs, [2]*targetRow{r, a})
			}
		}
	}
	for _, a := range approved {
		if len(ours[nameKey(a.name)]) == 0 {
			lost = append(lost, a)
		}
	}
	return pairs, added, lost
}

// onlyOfLevel is the one row below a second level; nil where there are none or several.
func onlyOfLevel(rows []*targetRow, level string) (only *targetRow) {
	for _, r := range rows {
		if nameKey(r.level) == nameKey(level) {
			if only != nil {
				return nil
			}
			only = r
		}
	}
	return only
}

// renamed is the one approved indicator without a partner that has the same target and points below the same level.
func (r *targetRow) renamed(lost []*targetRow) (only *targetRow) {
	for _, a := range lost {
		if r.value == nil || a.value == nil || nameKey(r.level) != nameKey(a.level) || r.goal().against(a.goal()) != sameGoal {
			continue
		}
		if r.points != nil && a.points != nil {
			p, _ := pointsOf(r.points)
			q, _ := pointsOf(a.points)
			if p.Rat().Cmp(q.Rat()) != 0 {
				continue
			}
		}
		if only != nil {
			return nil
		}
		only = a
	}
	return only
}

func without(rows []*targetRow, gone *targetRow) (left []*targetRow) {
	for _, r := range rows {
		if r != gone {
			left = append(left, r)
		}
	}
	return left
}

func (r *targetRow) goal() goal { return goalOf(r.value, r.sign, r.unit) }

// judgeGoal holds the target of an indicator against the approved one.
func (p *paper) judgeGoal(r *targetRow, approved *targetForm, a *targetRow) {
	if a.value == nil {
		return
	}
	at := approved.place(a)
	want := a.goal()
	if r.value == nil {
		p.noteRow(r, Incomplete, lang.Of(lang.Zh("“"+r.name+"”的年度指标值：批复的绩效目标（"+at.Zh+"）为"+want.text+"，表中没有填。"),
			lang.En("the target of “"+r.name+"”: the approved targets ("+at.En+") say "+want.text+", the form says nothing.")))
		return
	}
	g := r.goal()
	rel := Relation{Rule: "target", Line: r.line, Quote: r.quote}
	if len(g.figures) == 1 {
		rel.Stated, rel.Unit = g.figures[0].Number(), g.figures[0].Unit().String()
		if len(want.figures) == 1 && want.figures[0].Unit() == g.figures[0].Unit() {
			rel.Expected = &Bounds{want.figures[0].Number(), want.figures[0].Number()}
		}
	}
	switch g.against(want) {
	case sameGoal:
		rel.Verdict, rel.Message = Holds, lang.Of(lang.Zh("“"+r.name+"”的年度指标值：表中为"+g.text+"，与批复的绩效目标（"+at.Zh+"）一致。"),
			lang.En("the target of “"+r.name+"”: "+g.text+", as approved ("+at.En+")."))
	case otherGoal:
		rel.Verdict, rel.Message = Contradiction, lang.Of(
			lang.Zh("“"+r.name+"”的年度指标值：表中为"+g.text+"，批复的绩效目标（"+at.Zh+"）为"+want.text+"，不一致。年度中按程序调整过的，请附调整批复；没有调整的，以批复为准更正，并按批复的指标值重新打分。"),
			lang.En("the target of “"+r.name+"”: the form says "+g.text+", the approved targets ("+at.En+") say "+want.text+". If it was adjusted by procedure, attach the approval; if not, correct it and score against what was approved."))
	default:
		rel.Verdict, rel.Message = Noted, lang.Of(lang.Zh("“"+r.name+"”的年度指标值：表中为“"+g.text+"”，批复的绩效目标（"+at.Zh+"）为“"+want.text+"”，写法不同，要求是否相同？"),
			lang.En("the target of “"+r.name+"”: the form says “"+g.text+"”, the approved targets ("+at.En+") say “"+want.text+"”; do they ask the same?"))
	}
	p.tell(rel, p.numbersIn(r.value))
}

// judgePoints holds the points of an indicator against the approved ones.
func (p *paper) judgePoints(r *targetRow, approved *targetForm, a *targetRow) {
	if r.points == nil || a.points == nil {
		return
	}
	mine, _ := pointsOf(r.points)
	theirs, _ := pointsOf(a.points)
	at := approved.place(a)
	rel := Relation{Rule: "target", Verdict: Holds, Line: r.line, Quote: r.quote, Stated: mine.Number(), Unit: "分", Expected: &Bounds{theirs.Number(), theirs.Number()},
		Message: lang.Of(lang.Zh("“"+r.name+"”的分值：表中为"+mine.Number()+"分，与批复的绩效目标（"+at.Zh+"）一致。"), lang.En("the points of “"+r.name+"”: "+mine.Number()+", as approved ("+at.En+")."))}
	if mine.Rat().Cmp(theirs.Rat()) != 0 {
		rel.Verdict = Contradiction
		rel.Message = lang.Of(lang.Zh("“"+r.name+"”的分值：表中为"+mine.Number()+"分，批复的绩效目标（"+at.Zh+"）为"+theirs.Number()+"分，不一致。年度中按程序调整过的，请附调整批复；没有调整的，以批复为准更正。"),
			lang.En("the points of “"+r.name+"”: the form says "+mine.Number()+", the approved targets ("+at.En+") say "+theirs.Number()+". If they were adjusted by procedure, attach the approval; if not, correct them."))
	}
	p.tell(rel, p.numbersIn(r.points))
}

// judgeDeviation notes a large deviation that its form asks to be explained, and that is not.
func (p *paper) judgeDeviation(f *targetForm, r *targetRow) {
	if f.reasons == "" || r.value == nil || r.actual == nil || !isUnexplained(r.reason) {
		return
	}
	want, done := r.goal(), goalOf(r.actual, "", r.unit)
	off, large := want.deviation(done)
	if !large {
		return
	}
	by := lang.Of("没有达到", "was missed")
	if off != nil {
		percent := off.FloatString(1) + "%"
		by = lang.Of(lang.Zh("偏离"+percent), lang.En("is off by "+percent))
	}
	p.tell(Relation{Rule: "target", Verdict: Noted, Line: r.line, Quote: r.quote, Message: lang.Of(
		lang.Zh("“"+r.name+"”的偏差没有说明：指标值为"+want.text+"，实际完成"+done.text+"，"+by.Zh+"，“"+f.reasons+"”一栏没有写原因，请补充。"),
		lang.En("the deviation of “"+r.name+"” is not explained: the target "+want.text+" "+by.En+", with "+done.text+" achieved, and the column “"+f.reasons+"” gives no reason; add it."))},
		append(p.numbersIn(r.actual), p.numbersIn(r.value)...))
}

// isUnexplained says whether the cell for the reason of a deviation gives none.
func isUnexplained(reason string) bool {
	switch strings.TrimRight(reason, "。.") {
	case "无偏差", "无偏离", "没有偏差", "不存在偏差":
		return true
	}
	return isBlankCell(reason)
}

// said is what an approved indicator asks, for a message.
func (r *targetRow) said() lang.Text {
	var zh, en string
	if r.value != nil {
		text := r.goal().text
		zh, en = "指标值"+text, " with the target "+text
	}
	if r.points != nil {
		points, _ := pointsOf(r.points)
		if zh != "" {
			zh, en = zh+"、", en+" and"
		}
		zh, en = zh+"分值"+points.Number()+"分", en+" "+points.Number()+" points"
	}
	return lang.Text{Zh: zh, En: en}
}

// place is where an approved indicator stands.
func (f *targetForm) place(r *targetRow) lang.Text {
	line := strconv.Itoa(r.line)
	at := lang.Text{Zh: "“" + f.doc.Name + "”第" + line + "行", En: f.doc.Name + " line " + line}
	for _, c := range []*reading.Cell{r.value, r.points} {
		if c != nil && c.Name != "" {
			return lang.Text{Zh: "“" + f.doc.Name + "”" + c.Name, En: f.doc.Name + " " + c.Name}
		}
	}
	return at
}

// numbersIn are the numbers of a cell of a form that state something.
func (p *paper) numbersIn(c *reading.Cell) (stated []*number) {
	if p.formCells[c] == nil {
		return nil
	}
	for _, n := range *p.formCells[c] {
		if n.Class == figure.ClassFigure || n.Class == figure.ClassDate {
			stated = append(stated, n)
		}
	}
	return stated
}

// noteRow reports what is to be said of an indicator as a whole.
func (p *paper) noteRow(r *targetRow, v Verdict, message lang.Text) {
	p.tell(Relation{Rule: "target", Verdict: v, Line: r.line, Quote: r.quote, Message: message}, p.numbersIn(r.points))
}

// tell reports a relation of numbers that no claim of the text states. Without numbers it stands at its line.
func (p *paper) tell(r Relation, numbers []*number) {
	if len(numbers) > 0 {
		p.report(r, nil, numbers, nil)
		return
	}
	r.Page = p.doc.Page(p.doc.Line(r.Line).Offset)
	p.file.add(r)
}
