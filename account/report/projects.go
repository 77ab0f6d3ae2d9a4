package report

import (
	"context"
	"math/big"
	"regexp"
	"slices"
	"strings"

	"anlan/account/report/document"
	"anlan/ground/fault"
	"anlan/ground/period"
	"anlan/ground/place"
)

// Project is a project of the year as a report lists it.
type Project struct {
	Code   string
	ID     string // of its figures: letters, digits, hyphens; the same next year
	Name   string
	Goal   string // 年度总体目标; may be empty
	Result string // what became of it; may be empty
	Level  int    // 0; 1 and more: a part of the project above it that has a level less
	// The codes of the indicators of what it spent and of its initial budget.
	Spent, Initial string
	Unapproved     string     // the state of targets that nobody has approved; empty where they are approved
	Gaps           fault.List // what forbids to publish its goal and what became of it
}

// Projects are what a report asks for its projects.
type Projects interface {
	// Projects lists the projects of the year in which a period begins, by code, the parts of a project behind it.
	Projects(ctx context.Context, p period.Period, u place.Unit) ([]Project, error)
}

// projectMembers are what a row or paragraph may say of a project; those of money are figures.
var (
	projectMembers = []string{"name", "goal", "result", "spent", "initial", "before"}
	projectMoney   = projectMembers[3:]
)

// before is what a project spent by the final accounts of the year before.
const before = "before"

// noGoal is printed for a project that has no annual goal, or no result.
const noGoal = "没有登记"

// noBefore is printed for a project that was none the year before.
const noBefore = "—"

// loop is what is printed once for each project (each).
type loop struct {
	name   string  // of the projects, or of lines that lost points
	blocks []block // in prose
	rows   []row   // in a table
	at     fault.Where
}

// member splits a name into the projects that it belongs to and what it says of them.
func (t *Template) member(name string) (projects, member string, ok bool) {
	projects, member, ok = cutLast(name, ".")
	return projects, member, ok && slices.Contains(t.projects, projects) && slices.Contains(projectMembers, member)
}

// of is the name of what is said of one project.
func (x Project) of(projects, member string) string { return projects + "." + x.ID + "." + member }

// listProjects reads the projects of the template and asks for the figures that it names of them.
func (p *page) listProjects() error {
	used := p.t.usedMembers()
	for _, name := range p.t.projects {
		all, err := p.from.Projects(p.ctx, p.subject.Period, p.subject.Unit)
		if err != nil {
			return err
		}
		p.projects[name] = all
		at := p.t.names[name].at
		for _, x := range all {
			if used[name+".goal"] || used[name+".result"] {
				for _, g := range x.Gaps {
					p.gap(g)
				}
			}
			for _, member := range projectMoney {
				if !used[name+"."+member] {
					continue
				}
				r := &reference{indicator: x.Spent, printed: -1, at: at}
				switch member {
				case "initial":
					r.indicator = x.Initial
				case before:
					r.period = period.Period.LastYear
				}
				id := x.of(name, member)
				p.references[id] = r
				p.order = append(p.order, id)
			}
		}
	}
	return nil
}

// usedMembers are the members of projects that rows, paragraphs and sums name.
func (t *Template) usedMembers() map[string]bool {
	used := map[string]bool{}
	for _, b := range t.blocks {
		for _, x := range b.allParts() {
			used[x.name] = true
		}
	}
	for _, s := range t.sums {
		for _, name := range s.names() {
			used[name] = true
		}
	}
	return used
}

// tops are the projects that are no part of another.
func (p *page) tops(name string) (out []Project) {
	for _, x := range p.projects[name] {
		if x.Level == 0 {
			out = append(out, x)
		}
	}
	return out
}

// parts are the direct parts of project i.
func (p *page) parts(name string, i int) (out []Project) {
	all := p.projects[name]
	for _, x := range all[i+1:] {
		if x.Level <= all[i].Level {
			break
		}
		if x.Level == all[i].Level+1 {
			out = append(out, x)
		}
	}
	return out
}

// times is how often a loop is laid.
func (p *page) times(l *loop) int {
	if slices.Contains(p.t.losses, l.name) {
		return len(p.lost(l.name))
	}
	return len(p.projects[l.name])
}

// inside is the project, or the line that lost points, of which a loop is just speaking.
type inside struct {
	projects string // the name of the loop
	index    int
	inTable  bool
}

// resolved is the name of a figure that a name means where it stands: in a loop that of the project.
func (p *page) resolved(name string) string {
	projects, member, ok := p.t.member(name)
	if !ok || p.inside == nil || p.inside.projects != projects {
		return name
	}
	return p.projects[projects][p.inside.index].of(projects, member)
}

// said is what a loop says of its project in words.
func (p *page) said(name string) (document.Inlines, bool) {
	if losses, member, ok := p.t.lossMember(name); ok && p.inside != nil && p.inside.projects == losses {
		return p.again(p.saidOfLoss(losses, member)), true
	}
	projects, member, ok := p.t.member(name)
	if !ok || p.inside == nil || p.inside.projects != projects {
		return nil, false
	}
	x := p.projects[projects][p.inside.index]
	text := ""
	switch member {
	case "name":
		if text = x.Name; p.inside.inTable {
			text = p.indent(projects, p.inside.index) + text
		}
	case "goal":
		text = clause(x.Goal) + unapproved(x.Unapproved)
	case "result":
		text = clause(x.Result)
	default:
		return nil, false
	}
	return document.Inlines{document.Text(text)}, true
}

// clause is a text of a record as a part of a sentence: without the stop at its end.
func clause(s string) string {
	if s = strings.TrimRight(strings.TrimSpace(s), "。；;. "); s == "" {
		return noGoal
	}
	return s
}

// indent sets the parts of a project in: the first with 其中 before it.
func (p *page) indent(projects string, i int) string {
	all := p.projects[projects]
	switch level := all[i].Level; {
	case level == 0:
		return ""
	case all[i-1].Level < level:
		return strings.Repeat("　", level) + "其中："
	default:
		return strings.Repeat("　", level+3)
	}
}

// each lays the paragraphs of a loop once for each project or line; those of a part stand a level lower.
func (p *page) each(l *loop, lay func(block)) {
	for i := range p.times(l) {
		p.inside = &inside{projects: l.name, index: i}
		for _, b := range l.blocks {
			if b.level > 0 && len(p.projects[l.name]) > 0 {
				b.level = min(b.level+p.projects[l.name][i].Level, 4)
			}
			lay(b)
		}
	}
	p.inside = nil
}

// eachRow lays the rows of a loop once for each project or line. Where the parts of a project come to it, its cells are their sum in a
// spreadsheet.
func (p *page) eachRow(t *table, l *loop) (out []document.Row) {
	for i := range p.times(l) {
		p.inside = &inside{projects: l.name, index: i, inTable: true}
		rows := p.rows(t, l.rows)
		for n, r := range l.rows {
			for k, c := range shownCells(r) {
				if cell := &rows[n][k]; cell.Formula == "" && len(c.parts) == 1 {
					cell.Formula = p.sumOfParts(c.parts[0].name, i)
				}
			}
		}
		out = append(out, rows...)
	}
	p.inside = nil
	return out
}

// shownCells are the cells of a row that are no part of another.
func shownCells(r row) []cell {
	return slices.DeleteFunc(slices.Clone(r.cells), func(c cell) bool { return c.left || c.above })
}

// sumOfParts is the formula of an amount that is that of the parts of its project; empty where it is not.
func (p *page) sumOfParts(name string, i int) string {
	projects, member, ok := p.t.member(name)
	if !ok {
		return ""
	}
	whole, has := p.numbers[p.projects[projects][i].of(projects, member)]
	parts := p.parts(projects, i)
	if !has || len(parts) == 0 {
		return ""
	}
	sum := new(big.Rat)
	var names []string
	for _, x := range parts {
		if p.unknown(x.of(projects, member)) {
			continue
		}
		n, has := p.numbers[x.of(projects, member)]
		if !has {
			return ""
		}
		sum.Add(sum, n.value)
		names = append(names, "{"+x.of(projects, member)+"}")
	}
	if sum.Cmp(whole.value) != 0 {
		return ""
	}
	return "SUM(" + strings.Join(names, ",") + ")"
}

// unknown says whether nothing is recorded of an amount of a project, so that it adds nothing to the others. One that is withheld
// is known.
func (p *page) unknown(id string) bool {
	_, has := p.numbers[id]
	return !has && !p.withheld[id]
}

// sumOfProjects is a formula that adds up an amount of all projects.
var sumOfProjects = regexp.MustCompile(`^SUM\(\{([A-Za-z0-9.-]+)\}\)$`)

// comesTo says whether the projects come to the figure of a cell, where its formula is their sum: money of which nobody said on
// which project it is may lie between.
func (p *page) comesTo(figure, formula string) bool {
	m := sumOfProjects.FindStringSubmatch(formula)
	if m == nil {
		return true
	}
	projects, member, ok := p.t.member(m[1])
	whole, has := p.numbers[figure]
	if !ok || !has {
		return true
	}
	sum := new(big.Rat)
	for _, x := range p.tops(projects) {
		n, has := p.numbers[x.of(projects, member)]
		if !has {
			continue // a dash, or no column of amounts
		}
		n, err := n.in(whole.unit, figure)
		if err != nil {
			return false
		}
		sum.Add(sum, n.value)
	}
	return sum.Cmp(whole.value) == 0
}

// projectColumns lets formulas name the amounts of all projects that are no part of another: SUM({p.spent}). A project of which
// nothing is recorded adds nothing to the others.
func (p *page) projectColumns() {
	for _, name := range p.t.projects {
		for _, member := range projectMoney {
			var cells []string
			for _, x := range p.tops(name) {
				id := x.of(name, member)
				if p.unknown(id) {
					continue
				}
				cells = append(cells, p.cells[id])
			}
			if len(cells) > 0 && !slices.Contains(cells, "") {
				p.cells[name+"."+member] = strings.Join(cells, ",")
			}
		}
	}
}

// terms are the parts of a sum, those that name projects as one for each of which something is recorded.
func (p *page) terms(s sum) (out []term) {
	for _, t := range s.parts {
		projects, member, ok := p.t.member(t.name)
		if !ok {
			out = append(out, t)
			continue
		}
		for _, x := range p.tops(projects) {
			if id := x.of(projects, member); !p.unknown(id) {
				out = append(out, term{id, t.negative})
			}
		}
	}
	return out
}

// readProjects reads projects ID.
func (p *parser) readProjects(l *reader, text string, at int) {
	m := projectsForm.FindStringSubmatchIndex(text)
	if m == nil || m[3]-m[2] > evaluationBytesMax || !isAlnum(text[m[2]]) {
		l.fault(at, ErrBadLine.With(short(text), projectsWords))
		return
	}
	if id := text[m[2]:m[3]]; p.claimName(l, id, at+m[2]) {
		p.t.names[id] = declared{at: l.where(at), projects: true}
		p.t.projects = append(p.t.projects, id)
	}
}

// readEach opens what is printed once for each project: in a table rows, elsewhere headings, items and paragraphs.
func (p *parser) readEach(l *reader, text string, at int) {
	words := strings.Fields(text)
	if len(words) != 2 {
		l.fault(at, ErrBadLine.With(short(text), eachWords))
		words = append(words, "")
	}
	x := &loop{name: words[1], at: l.where(at)}
	switch {
	case p.loop != nil:
		l.fault(at, ErrNestedEach.With())
	case p.table != nil:
		p.table.rows = append(p.table.rows, row{loop: x, at: x.at})
		p.loop = x
	default:
		p.add(block{loop: x, when: p.when})
		p.loop = x
	}
}
