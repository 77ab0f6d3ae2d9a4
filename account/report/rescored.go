package report

import (
	"fmt"
	"math/big"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"anlan/account/evaluation"
	"anlan/account/report/document"
	"anlan/ground/fault"
	"anlan/ground/figure"
)

// What a folder says of its scores otherwise than the scheme that it brings, or otherwise than elsewhere.
var (
	ErrNoScoring = fault.Define("verify.no_scoring", fault.Broken,
		"得分“%s”（%s）所依据的评分方案没有列在figures.json里，或读不出来，或各行的算法与文字不符",
		"the scheme by which %q (%s) was scored is not in figures.json, cannot be read, or has lines that do not follow from its text")
	ErrNoSuchScore = fault.Define("verify.no_such_score", fault.Broken,
		"“%s”（%s）不是它的评分方案给出的得分", "%q (%s) is no score of its scheme")
	ErrScoreDiffers = fault.Define("verify.score_differs", fault.Broken,
		"“%s”（%s）应为%s分，公开的是%s", "%q (%s) should be %s分; published is %s")
)

// scored are the figures of one evaluation of a folder.
type scored struct {
	Scoring
	lines     []evaluation.Line // as they are numbered in ids
	execution *evaluation.Line  // that stands apart; nil: none
	figures   []document.Placed
}

// scoreOf is what a score is of, by the end of its id: the whole, the execution rate or a line of the scheme.
type scoreOf struct {
	line   *evaluation.Line // nil: the whole
	number int              // of the line from 1; 0: the execution rate
	member string           // points, score, lost
}

// name is under which a score is printed.
func (p scoreOf) name() string {
	words := map[string]string{"points": "分值", "score": "得分", "lost": "扣分"}
	switch {
	case p.line == nil:
		return map[string]string{"points": "满分", "score": "总得分"}[p.member]
	case p.number == 0:
		return "预算执行率" + words[p.member]
	}
	return figureName(p.line.Level3 + words[p.member])
}

// EvaluatedBy reads the command that gives the scores of an evaluation again, as figures.json has it.
func EvaluatedBy(recompute string) (of Evaluated, span string, at int64, ok bool) {
	m := evaluateCommand.FindStringSubmatch(recompute)
	if m == nil {
		return Evaluated{}, "", 0, false
	}
	at, err := strconv.ParseInt(m[4], 10, 64)
	return Evaluated{Scheme: m[1], Project: m[2]}, m[3], at, err == nil
}

var evaluateCommand = regexp.MustCompile(`^anlan evaluate --scheme (\S+)(?: --project (\S+))? --period (\S+) --as-of ([0-9]+)$`)

// once is an id without what tells a figure that is printed again from the first: whole.score.2.
func once(id string) string { return again.ReplaceAllString(id, "") }

var again = regexp.MustCompile(`\.[0-9]+$`)

// partOf reads the end of an id.
func (s *scored) partOf(id string) (p scoreOf, ok bool) {
	id = once(id)
	for range 2 { // whole.score has one name before its end, a2.whole.line-1.score two
		_, id, ok = strings.Cut(id, ".")
		if !ok {
			return scoreOf{}, false
		}
		if p, ok = s.ending(id); ok {
			return p, true
		}
	}
	return scoreOf{}, false
}

func (s *scored) ending(end string) (scoreOf, bool) {
	if end == "points" || end == "score" {
		return scoreOf{member: end}, true
	}
	for _, member := range []string{"points", "score", "lost"} {
		if line, ok := strings.CutSuffix(end, "."+member); ok {
			n, found := s.numbered(line)
			return scoreOf{n.line, n.number, member}, found && (member != "lost" || strings.HasPrefix(line, "lost-"))
		}
		if end == "execution-"+member && s.execution != nil {
			return scoreOf{s.execution, 0, member}, true
		}
	}
	return scoreOf{}, false
}

// numbered reads line-3, lost-3 and lost-execution.
func (s *scored) numbered(text string) (p scoreOf, ok bool) {
	if text == "lost-execution" {
		return scoreOf{line: s.execution}, s.execution != nil
	}
	for i := range s.lines {
		if n := fmt.Sprint(i + 1); text == "line-"+n || text == "lost-"+n {
			return scoreOf{line: &s.lines[i], number: i + 1}, true
		}
	}
	return scoreOf{}, false
}

// scores gives the scores of a folder again by the schemes that it brings: of a line that a value scores whose number follows from the
// sets, or is reported beside it; what people gave stands as printed, and the whole is the sum of its lines. done learns what followed.
func (v *Verified) scores(printed FiguresFile, done map[string]outcome) {
	for _, g := range v.scored(printed) {
		v.score(g, done)
	}
}

// scored groups the scores of a folder by evaluation.
func (v *Verified) scored(printed FiguresFile) (groups []*scored) {
	for _, by := range printed.Scorings {
		g := &scored{Scoring: by}
		s, err := evaluation.ParseFile(Figures, []byte(by.Text))
		if err == nil && s.Scoring() == by.Text && slices.Equal(scoringLines(s), by.Lines) {
			for _, l := range s.Lines {
				if l.Indicator == evaluation.Executing {
					g.execution = &l
					continue
				}
				g.lines = append(g.lines, l)
			}
			groups = append(groups, g)
		}
	}
	for _, x := range printed.Figures {
		if x.Source != evaluationSource || x.Code == "" || x.Value == "" {
			continue
		}
		i := slices.IndexFunc(groups, func(g *scored) bool { return g.Recompute == x.Recompute })
		if i < 0 {
			v.find("", ErrNoScoring.With(x.Name, x.ID))
			continue
		}
		groups[i].figures = append(groups[i].figures, x)
	}
	for _, x := range printed.Figures { // what lines reached, by whatever source
		id, _, of := cutLast(once(x.ID), ".")
		for _, g := range groups {
			if of && slices.ContainsFunc(g.figures, func(f document.Placed) bool { return strings.HasPrefix(f.ID, id+".") }) && !slices.ContainsFunc(g.figures, func(f document.Placed) bool { return f.ID == x.ID }) {
				g.figures = append(g.figures, x)
				break
			}
		}
	}
	return groups
}

// known are the points of a line, and how far they may be from what was counted: a printed score is rounded.
type known struct {
	points  *big.Rat
	within  *big.Rat
	derived bool
}

// score gives the scores of one evaluation again.
func (v *Verified) score(g *scored, done map[string]outcome) {
	of := map[int]known{} // by the number of the line
	for i := range g.lines {
		if p, ok := v.given(g, i+1, g.lines[i]); ok {
			of[i+1] = p
		}
	}
	if g.execution != nil {
		if p, ok := v.executed(g); ok {
			of[0] = p
		}
	}
	full, sum, all := new(big.Rat), known{new(big.Rat), new(big.Rat), true}, true
	for i := range len(g.lines) + 1 {
		l := g.execution
		if i > 0 {
			l = &g.lines[i-1]
		}
		if l == nil {
			continue
		}
		full.Add(full, l.Full())
		p, ok := of[i]
		if all = all && ok; ok {
			sum.points.Add(sum.points, p.points)
			sum.within.Add(sum.within, p.within)
			sum.derived = sum.derived && p.derived
		}
	}
	for _, x := range g.figures {
		if x.Source != evaluationSource || x.Code == "" {
			continue
		}
		p, ok := g.partOf(x.ID)
		if !ok || p.name() != x.Name {
			v.find("", ErrNoSuchScore.With(x.Name, x.ID))
			continue
		}
		want, is := known{}, false
		switch {
		case p.line == nil && p.member == "points":
			want, is = known{full, new(big.Rat), true}, true
		case p.line == nil:
			want, is = known{sum.points, sum.within, true}, all
		case p.member == "points":
			want, is = known{p.line.Full(), new(big.Rat), true}, true
		default:
			want, is = of[p.number], true
			if want.points == nil {
				is = false
				break
			}
			if p.member == "lost" {
				want.points = new(big.Rat).Sub(p.line.Full(), want.points)
			}
		}
		if is {
			v.holdScore(x, want, done)
		}
	}
}

// holdScore holds a printed score against what it should be.
func (v *Verified) holdScore(x document.Placed, want known, done map[string]outcome) {
	value, ok := new(big.Rat).SetString(x.Value)
	off := new(big.Rat)
	if ok {
		off.Sub(value, want.points).Abs(off)
	}
	half := big.NewRat(1, 200) // of the last decimal of a printed score
	switch {
	case ok && want.within.Sign() == 0 && scoreText(want.points) == x.Value:
	case ok && want.within.Sign() > 0 && off.Cmp(half.Add(half, want.within)) <= 0:
	default:
		v.find("", ErrScoreDiffers.With(x.Name, x.ID, scoreText(want.points), x.Value))
		done[x.ID] = computedOtherwise
		return
	}
	if want.derived {
		done[x.ID] = computedAgain
		v.Rescored++
	}
}

// given are the points of a line: by its value and the rule of the scheme, or as somebody gave them, which is as printed.
func (v *Verified) given(g *scored, number int, l evaluation.Line) (known, bool) {
	for _, x := range g.figures {
		_, end, _ := cutLast(once(x.ID), ".")
		if end != fmt.Sprintf("line-%d", number) && end != fmt.Sprintf("lost-%d", number) || x.Withheld != "" {
			continue
		}
		value, unit := v.exact[x.ID], x.Unit
		if value == nil && x.Code == "" { // reported
			value, _ = new(big.Rat).SetString(x.Value)
		}
		if u, ok := unitNamed(unit); ok && value != nil {
			if points, ok := l.Score(value, u); ok {
				return known{points, new(big.Rat), true}, true
			}
		}
	}
	return g.printed(number, &l)
}

// executed are the points of the execution rate: what was paid by what was planned, as far as the folder has both.
func (v *Verified) executed(g *scored) (known, bool) {
	paid, budget := v.amount(g, amounts[2].member), v.amount(g, budgetMember)
	if paid != nil && budget != nil && budget.Sign() > 0 {
		rate := new(big.Rat).Quo(paid, budget)
		if points, ok := g.execution.Score(rate.Mul(rate, big.NewRat(100, 1)), figure.Percent); ok {
			return known{points, new(big.Rat), true}, true
		}
	}
	return g.printed(0, g.execution)
}

// amount is a figure of the money of an evaluation, as it follows from the sets; nil where it does not.
func (v *Verified) amount(g *scored, member string) *big.Rat {
	for _, x := range g.figures {
		if before, end, _ := cutLast(once(x.ID), "."); end == member && before != "" {
			if r := v.exact[x.ID]; r != nil {
				return r
			}
		}
	}
	return nil
}

// printed are the points of a line as they are printed, or as what was lost is.
func (g *scored) printed(number int, l *evaluation.Line) (known, bool) {
	for _, x := range g.figures {
		p, ok := g.partOf(x.ID)
		if !ok || x.Code == "" || x.Source != evaluationSource || p.line == nil || p.number != number || p.member == "points" {
			continue
		}
		value, ok := new(big.Rat).SetString(x.Value)
		if !ok {
			continue
		}
		if p.member == "lost" {
			value.Sub(l.Full(), value)
		}
		return known{value, big.NewRat(1, 200), false}, true
	}
	return known{}, false
}

// Number is what an evaluation gives for a score, or for what was reached in a line, by the end of its id, as printed; false where it
// gives none.
func (e Evaluation) Number(id string) (text string, ok bool) {
	g := &scored{}
	for range e.Lines {
		g.lines = append(g.lines, evaluation.Line{})
	}
	if e.Execution != nil {
		g.execution = &evaluation.Line{}
	}
	p, ok := g.partOf(id)
	if !ok {
		_, end, _ := cutLast(once(id), ".")
		if p, ok = g.numbered(end); !ok || p.number == 0 || e.Lines[p.number-1].Actual.Value == nil {
			return "", false
		}
		return decimalText(e.Lines[p.number-1].Actual.Value), true
	}
	l := Line{Points: e.Points, Score: e.Score}
	switch {
	case p.line != nil && p.number == 0:
		l = *e.Execution
	case p.line != nil:
		l = e.Lines[p.number-1]
	}
	var r *big.Rat
	switch p.member {
	case "points":
		r = l.Points
	case "score":
		r = l.Score
	case "lost":
		if l.Points != nil && l.Score != nil {
			r = new(big.Rat).Sub(l.Points, l.Score)
		}
	}
	if r == nil {
		return "", false
	}
	return scoreText(r), true
}
