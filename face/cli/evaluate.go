package cli

import (
	"context"
	"fmt"
	"math/big"
	"strings"

	"anlan/account/evaluation"
	"anlan/app"
	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/record/book"
)

var evaluateVerb = verb{
	name: "evaluate", args: "--scheme S --period P [--unit U] [--project CODE] [--as-of N] [--explain] [--keep] [--format json]",
	about:   lang.Of("按评分方案评分；--explain 写出每一分的算法，--keep 把评分结果存入账册", "score by a scheme; --explain writes the arithmetic of every point, --keep keeps the result in the book"),
	example: "anlan evaluate --scheme hunan --period 2023 --explain",
	run: func(ctx context.Context, e *env) (int, error) {
		e.formatted()
		asOf, span := e.asOf(), e.period()
		var q app.EvaluateRequest
		e.Declare("scheme", "S", lang.Of("评分方案的代码；anlan scheme list 列出所有方案", "the code of the scheme; anlan scheme list lists them"), func(s string) error { q.Scheme = s; return nil })
		e.Declare("unit", "U", lang.Of("单位代码，含其下属单位；默认本局", "unit code, with all units under it; the bureau by default"), func(s string) (err error) { q.Unit, err = place.ParseUnit(s); return err })
		e.Declare("project", "CODE", lang.Of("评价一个项目，写项目编码；默认评价部门整体支出", "the code of a project to evaluate; by default the whole department"), func(s string) error { q.Project = s; return nil })
		explain := e.Toggle("explain", lang.Of("写出标准、取数、计算、认定", "write criterion, figures, arithmetic and judgements"))
		keep := e.Toggle("keep", lang.Of("把评分结果存入账册", "keep the result in the book"))
		if _, err := e.Parse(); err != nil {
			return notDone, err
		}
		var lacking []string
		if q.Scheme == "" {
			lacking = append(lacking, "scheme")
		}
		if *span == (period.Period{}) {
			lacking = append(lacking, "period")
		}
		if len(lacking) > 0 {
			return notDone, e.Missing(lacking...)
		}
		q.Period = *span
		a, err := e.open(ctx)
		if err != nil {
			return notDone, err
		}
		defer a.Close()
		at, err := a.PositionOf(ctx, *asOf)
		if err != nil {
			return notDone, err
		}
		var run *evaluation.Run
		err = a.Book.Read(ctx, e.actor(), at, func(v *book.View) error {
			at = v.At()
			return e.evaluated(ctx, a, v, q, &run, *explain)
		})
		if err != nil {
			return notDone, err
		}
		if *keep {
			done, err := a.KeepRun(ctx, e.actor(), run, at)
			if err != nil {
				return notDone, err
			}
			e.say(lang.Of("评分结果已存入账册：%s，日志位置%d", "the result is kept: %s, position %d"), done.ID, done.Position)
		}
		return inOrder, nil
	},
}

// evaluated computes and prints a run as of a view.
func (e *env) evaluated(ctx context.Context, a *app.App, v *book.View, q app.EvaluateRequest, run **evaluation.Run, explain bool) error {
	if q.Unit == "" {
		q.Unit = place.Unit(v.Head.Place)
	}
	if err := app.Begun(v, q.Period); err != nil {
		return err
	}
	err := hasUnit(v, q.Unit)
	if err != nil {
		return err
	}
	if *run, err = a.Evaluate(ctx, v, q); err != nil {
		return err
	}
	if e.format == "json" {
		return writeJSON(e.out, runOf(*run, v, explain))
	}
	e.printRun(*run, v, explain)
	return nil
}

// printRun writes the total first, then the tree, line by line, then what was not scored and what to look at.
func (e *env) printRun(r *evaluation.Run, v *book.View, explain bool) {
	s := r.Rubric.Scheme()
	total, scored, unscored := r.Total()
	e.print(lang.Of("%s（%s@%d），%s，%s，数据截至日志位置%d", "%s (%s@%d), %s, %s, as of position %d"), s.Name, s.Code, s.Year, r.About.Period.Label().In(e.lang), r.About.Subject, int64(v.At()))
	if s.Example {
		e.print(lang.Of("示例：分值是系统示例，不是发文机关规定的", "example: the points are the program's own and not an issuer's"))
	}
	if g, ok := r.Grade(); ok {
		e.print(lang.Of("总分 %s分，等次：%s", "total %s分, grade: %s"), evaluation.Text(total), g.Label().In(e.lang))
	} else {
		e.print(lang.Of("已评%s分中得%s分，另有%d项未评，不定等次", "of %s分 scored %s分 were given; %d lines are not scored, so there is no grade"), evaluation.Text(scored), evaluation.Text(total), unscored)
	}
	if explain {
		e.sayDoubts(r.Doubts)
		for _, o := range r.Outcomes {
			fmt.Fprint(e.out, "\n"+o.Explain(e.lang))
		}
		return
	}
	t := table{out: e.out, cellsMax: 60}
	e.rows(&t, r.Tree(), 0)
	t.flush()
	for _, o := range r.Outcomes {
		if o.Points == nil {
			e.print(lang.Of("未评 %s：%s", "not scored: %s: %s"), o.Line.Level3, o.Why.In(e.lang))
		}
	}
	e.sayDoubts(r.Doubts)
	for _, o := range r.Outcomes {
		e.sayDoubts(o.Doubts)
	}
}

// sayDoubts prints what a reader should look at.
func (e *env) sayDoubts(doubts fault.List) {
	for _, d := range doubts {
		e.print(lang.Of("请核 %s", "look at: %s"), d.In(e.lang))
	}
}

// rows writes a node and those below it.
func (e *env) rows(t *table, n *evaluation.Node, depth int) {
	for _, c := range n.Of {
		why, value, points := "", "", evaluation.Text(c.Points)
		if o := c.Outcome; o != nil {
			value = o.Value().In(e.lang)
			if o.Points == nil {
				points = "—"
			} else {
				why = o.Why.In(e.lang)
			}
		}
		t.row(strings.Repeat("  ", depth)+c.Number+c.Name, points+" / "+evaluation.Text(c.Full), value, why)
		e.rows(t, c, depth+1)
	}
}

// runJSON is a run for programs.
type runJSON struct {
	Scheme   string        `json:"scheme"`
	Year     int64         `json:"year"`
	Name     string        `json:"name"`
	Hash     string        `json:"scheme_sha256"`
	Example  bool          `json:"example"`
	About    string        `json:"about"`
	Period   string        `json:"period"`
	UnitCode place.Unit    `json:"unit_code"`
	Position int64         `json:"position"`
	Total    string        `json:"total"`
	Scored   string        `json:"scored"` // full score of the lines that are scored
	Unscored int           `json:"unscored"`
	Grade    string        `json:"grade,omitempty"`
	Doubts   []finding     `json:"doubts"`
	Lines    []outcomeJSON `json:"lines"`
}

// outcomeJSON is a line of a run. Exact is the score as a fraction, Points its printed form; neither when it is not scored.
type outcomeJSON struct {
	Line        string     `json:"line"`
	Level1      string     `json:"level1"`
	Level2      string     `json:"level2,omitempty"`
	Level3      string     `json:"level3"`
	Full        string     `json:"full"`
	Points      string     `json:"points,omitempty"`
	Exact       string     `json:"exact,omitempty"`
	Lost        string     `json:"lost,omitempty"`
	Reviewed    string     `json:"reviewed,omitempty"`
	Value       *lang.Text `json:"value,omitempty"`
	Why         *lang.Text `json:"why,omitempty"`
	Doubts      []finding  `json:"doubts"`
	Explanation *lang.Text `json:"explanation,omitempty"`
}

func runOf(r *evaluation.Run, v *book.View, explain bool) runJSON {
	s := r.Rubric.Scheme()
	total, scored, unscored := r.Total()
	grade, _ := r.Grade()
	out := runJSON{Scheme: s.Code, Year: s.Year, Name: s.Name, Hash: r.Rubric.Hash(), Example: s.Example, About: r.About.Subject, Period: r.About.Period.String(),
		UnitCode: r.About.Unit, Position: int64(v.At()), Total: evaluation.Text(total), Scored: evaluation.Text(scored), Unscored: unscored, Grade: string(grade), Doubts: findings(r.Doubts)}
	for _, o := range r.Outcomes {
		l := outcomeJSON{Line: o.Line.Key(), Level1: o.Line.Level1, Level2: o.Line.Level2, Level3: o.Line.Level3, Full: evaluation.Text(o.Full), Points: printedPoints(o.Points),
			Lost: printedPoints(o.Lost()), Reviewed: printedPoints(o.Reviewed()), Value: stated(o.Value()), Why: stated(o.Why), Doubts: findings(o.Doubts)}
		if o.Points != nil {
			l.Exact = o.Points.RatString()
		}
		if explain {
			l.Explanation = &lang.Text{Zh: o.Explain(lang.Chinese), En: o.Explain(lang.English)}
		}
		out.Lines = append(out.Lines, l)
	}
	return out
}

func printedPoints(points *big.Rat) string {
	if points == nil {
		return ""
	}
	return evaluation.Text(points)
}

func stated(t lang.Text) *lang.Text {
	if t == (lang.Text{}) {
		return nil
	}
	return &t
}
