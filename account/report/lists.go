package report

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"anlan/account/report/document"
	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/ground/place"
)

// Listed is what records are called, as prose names them one after the other.
type Listed struct {
	Names []string
	List  string // the command that lists the records
}

// Lists are what a report asks for the names of records.
type Lists interface {
	// Listed names the records of a sort (sections, subordinates, thrift) of a unit in a period, in the order of their codes.
	Listed(ctx context.Context, sort string, p period.Period, u place.Unit) (Listed, error)
}

// sort is what a list may name, with the word for one, the unit in which they are counted, and what stands between two.
type sort struct {
	label   lang.Text
	unit    string
	between string
}

// lengthName is the name of the figure that says how many there are.
func (s sort) lengthName() string { return s.label.Zh + "数" }

// listSource is the source of such a figure.
const listSource = "records"

// sorts are all that lists may name.
var sorts = map[string]sort{
	"sections":     {lang.Of("内设机构", "sections"), "个", "、"},
	"subordinates": {lang.Of("下属单位", "subordinate units"), "个", "、"},
	"thrift":       {lang.Of("厉行节约措施", "thrift measures"), "项", "；"},
}

// readList reads list ID SORT.
func (p *parser) readList(l *reader, text string, at int) {
	m := listForm.FindStringSubmatchIndex(text)
	if m == nil || m[3]-m[2] > evaluationBytesMax || !isAlnum(text[m[2]]) {
		l.fault(at, ErrBadLine.With(short(text), listWords))
		return
	}
	sort := text[m[4]:m[5]]
	if _, known := sorts[sort]; !known {
		l.fault(at+m[4], ErrNoSuchList.With(short(sort), strings.Join(slices.Sorted(maps.Keys(sorts)), " ")))
		return
	}
	if id := text[m[2]:m[3]]; p.claimName(l, id, at+m[2]) {
		p.t.names[id] = declared{at: l.where(at), list: sort}
		p.t.lists = append(p.t.lists, id)
	}
}

// listCount is what a list says of its length.
const listCount = "count"

// lists sets the names of records and how many there are.
func (p *page) lists() error {
	for _, id := range p.t.lists {
		d := p.t.names[id]
		found, err := p.from.Listed(p.ctx, d.list, p.subject.Period, p.subject.Unit)
		if err != nil {
			return err
		}
		if len(found.Names) == 0 {
			continue
		}
		s, n := sorts[d.list], fmt.Sprint(len(found.Names))
		var names []string
		for _, x := range found.Names {
			names = append(names, clause(x))
		}
		p.printed[id] = document.Inlines{document.Text(strings.Join(names, s.between))}
		p.printed[id+"."+listCount] = document.Inlines{document.Figure{ID: p.prefix + id + "." + listCount, Name: s.lengthName(), Text: n + s.unit, Value: n, Unit: s.unit,
			Period: p.subject.Period.String(), UnitCode: string(p.subject.Unit), Source: listSource, Records: len(found.Names), Recompute: found.List}}
	}
	return nil
}

// lacks are the things that a block names and of which nothing is known: figures without a value, claims that nobody cited,
// records of which there are none. A figure that is withheld is known, and its word is printed.
func (p *page) lacks(b block) (out []lang.Text) {
	said := map[string]bool{}
	for _, x := range b.parts {
		id := p.t.owner(x.name)
		d, ok := p.t.names[id]
		if !ok || said[id] || p.has(id, d) {
			continue
		}
		said[id] = true
		switch {
		case d.figure != nil:
			if i := p.results[id].Question().Indicator; i != nil { // else the fault of its code is told by itself
				out = append(out, i.Label())
			}
		case d.claim != "":
			out = append(out, lang.Text{Zh: "引用数据（cited_figure）" + d.claim, En: "the cited figure (cited_figure) " + d.claim})
		case d.evaluation != nil:
			out = append(out, p.of[id].text(p.of[id].Name))
		case d.losses != "":
			out = append(out, lang.Of("扣分的指标", "lines that lost points"))
		default:
			out = append(out, sorts[d.list].label)
		}
	}
	return out
}

// tells says whether an optional sentence has something to say: all that it names is known, and no figure is 0, unless its form
// has a word for that.
func (p *page) tells(b block) bool {
	return len(p.lacks(b)) == 0 && !slices.ContainsFunc(b.parts, func(x part) bool {
		n, ok := p.numbers[x.name]
		return ok && n.value.Sign() == 0 && words[p.references[x.name].form.word] == [3]string{}
	})
}

// has says whether something is known of what a name stands for.
func (p *page) has(id string, d declared) bool {
	switch {
	case d.figure != nil:
		_, ok := p.numbers[id]
		return ok || p.withheld[id]
	case d.claim != "" || d.list != "":
		return p.printed[id] != nil
	case d.projects:
		return len(p.projects[id]) > 0
	case d.losses != "":
		return len(p.lost(id)) > 0
	case d.evaluation != nil:
		_, ok := p.scores[id]
		return ok
	}
	return true
}

// Omitted is a sentence that a report left out, because nothing is known of what it would say.
type Omitted struct {
	At    fault.Where
	Lacks []lang.Text
}

// unfounded refuses to print a claim that nobody cited, and the result of an evaluation that there is not; a draft marks their places.
func (p *page) unfounded() error {
	for _, id := range slices.Concat(p.t.claims, p.t.evaluations) {
		d := p.t.names[id]
		if p.has(id, d) {
			continue
		}
		named := func(b block) bool { return p.prints(b) && slices.Contains(p.t.owners(b), id) }
		if !slices.ContainsFunc(p.t.blocks, named) {
			continue
		}
		f := ErrNotCited.With(id, d.claim)
		if d.evaluation != nil {
			f = ErrNotEvaluated.With(p.of[id].text(p.of[id].Name), p.subject.Period.Label())
		}
		mark, internal := p.forbid(d.at, f)
		if internal != nil {
			return internal
		}
		if mark != "" {
			p.standIn(id, d, mark)
		}
	}
	return nil
}

// owners are the declared names that a block uses.
func (t *Template) owners(b block) (out []string) {
	for _, x := range b.allParts() {
		out = append(out, t.owner(x.name))
	}
	if b.table != nil {
		for _, r := range b.table.rows {
			out = append(out, r.lines)
		}
	}
	return out
}
