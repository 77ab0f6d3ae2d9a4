package check

import (
	"context"
	"slices"
	"strings"

	"anlan/account/check/reading"
	"anlan/ground/lang"
)

// between is what is known of documents that are read together.
type between struct {
	earlier    map[*reading.Document]bool // those that are only looked things up in
	paragraphs map[string][]paragraph     // of these, by their words without years
}

// Together reads the documents of one department and says what they claim of each other: the same figure in the report and an attachment,
// an amount of the prose and the table in another file that gives it. Relations inside one document are not repeated. earlier are documents
// in which only the others are looked up: last year's report for what this year's says of last year.
//
// That two offices' tables mean the same by one word is less sure than inside one document, so that nothing is contradicted here but what one
// wrong digit explains; any other difference is a note, worded as a question.
func Together(name string, earlier, docs []*reading.Document) File {
	return *together(context.Background(), name, earlier, docs).file
}

// TogetherContext is Together that is broken off when ctx ends; the error is then its cause.
func TogetherContext(ctx context.Context, name string, earlier, docs []*reading.Document) (File, error) {
	p := together(ctx, name, earlier, docs)
	if p.ended() {
		return File{}, context.Cause(ctx)
	}
	return *p.file, nil
}

// together is what Together says, in the paper that it was found with. It is not whole when ctx ended.
func together(ctx context.Context, name string, earlier, docs []*reading.Document) *paper {
	f := File{File: name, Figures: []Figure{}, Relations: []Relation{}, NotCheckable: []NotCheckable{}}
	p := &paper{file: &f, between: &between{earlier: map[*reading.Document]bool{}}, ends: ctx.Done()}
	for _, d := range earlier {
		p.between.earlier[d] = true
	}
	for _, d := range append(slices.Clip(earlier), docs...) {
		if p.ended() {
			return p
		}
		p.doc = d
		p.year, p.titleDay, p.topics, p.recent, p.items, p.tables = 0, nil, nil, nil, itemList{}, nil
		p.sheet, p.around, p.executed, p.joined = nil, nil, nil, joined{}
		p.ledger = ledger{}
		p.head()
		p.read()
		f.Between = append(f.Between, d.Name)
	}
	for _, step := range []func(){p.judgeQuotients, p.judgeSeries, func() { p.leftOutSince(earlier, docs) }, p.mend, p.keys} {
		if p.ended() {
			return p
		}
		step()
	}
	f.Summary.Numbers, f.Summary.Figures, f.Summary.Covered, f.Title = 0, 0, 0, "" // they are counted with their documents
	p.listNamed()
	return p
}

// apart says whether numbers stand in two documents or more, not all of them earlier ones.
func (b *between) apart(numbers []*number) bool {
	return slices.ContainsFunc(numbers[1:], func(n *number) bool { return n.doc != numbers[0].doc }) &&
		slices.ContainsFunc(numbers, func(n *number) bool { return !b.earlier[n.doc] })
}

// asks says whether a figure of an earlier document is by its name, year and unit the one that is stated now, so that a difference is
// worth a question.
func (b *between) asks(m, earlier *mention) bool {
	return b.before(m, earlier) && m.isOwn(earlier.core) && runes(earlier.core) >= 4 &&
		m.period.year != 0 && m.period.year == earlier.period.year && m.sameDimension(earlier) && m.depth == earlier.depth && !m.inherited && !earlier.inherited
}

// achieved are what stands between a place and what it has.
var achieved = wordsOf("实现", "完成", "达成", "累计", "地方", "共")

// isOwn says whether a figure is of what core names, said of nobody or of the place in the title of its document: 岳阳市实现地区生产总值 in a report of
// 岳阳市. One of another place is another quantity.
func (m *mention) isOwn(core string) bool {
	of, ok := strings.CutSuffix(m.core, core)
	if !ok {
		return false
	}
	for {
		rest, w := achieved.cutTail(of)
		if of = rest; w == "" {
			break
		}
	}
	return of == "" || runes(of) >= 2 && strings.Contains(m.n.doc.Title, of)
}

// before says whether a figure is of an earlier document, and the other of one that is checked.
func (b *between) before(m, earlier *mention) bool {
	return b != nil && b.earlier[earlier.n.doc] && !b.earlier[m.n.doc]
}

// doubts makes a note of a contradiction that one wrong digit does not explain, and says what is asked.
func (b *between) doubts(c *claim, j *judgement) []Note {
	if j.verdict != Contradiction || !slices.ContainsFunc(c.numbers(), func(n *number) bool { return b.earlier[n.doc] }) && c.slipped(*j) {
		return nil
	}
	j.verdict = Noted
	return []Note{{"between", lang.Of("两份材料的口径、时点、版次或单位是否不同？若相同，有一处写错", "do the two differ in scope, time, edition or unit? If not, one of them is wrong")}}
}

// placed says before a message in which documents, and where, its numbers stand.
func placed(numbers []*number, m lang.Text) lang.Text {
	var zh, en []string
	seen := map[string]bool{}
	for _, n := range numbers {
		at := whereabouts(n.page(), n.lineNumber(), n.cell())
		if strings.Contains(n.cell(), "!") {
			at = lang.Text{Zh: n.cell(), En: n.cell()}
		}
		if place := n.doc.Name + at.Zh; !seen[place] {
			seen[place] = true
			zh, en = append(zh, "“"+n.doc.Name+"”"+at.Zh), append(en, n.doc.Name+" "+at.En)
		}
	}
	return lang.Text{Zh: strings.Join(zh, "与") + "：" + m.Zh, En: strings.Join(en, " and ") + ": " + m.En}
}
