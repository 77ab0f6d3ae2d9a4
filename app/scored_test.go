package app_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"anlan/account/evaluation"
	"anlan/account/report"
	"anlan/app"
	"anlan/ground/fault"
)

// scoredTemplate prints a scheme whole, once more a score of it, and what lost points.
const scoredTemplate = `title {period}{bureau}|自评得分
evaluation whole own
losses lost of whole
# 自评得分
## 得分
自评得分{whole.score}，满分{whole.points}。
each lost
{lost.name}分值{lost.points}，扣{lost.lost}。
end
table
columns 30 30 30 30 30 20n 20n 40
head | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施 |
lines whole
| 总分 | < | < | < | < | {whole.points} := SUM({lines.points}) | {whole.score} := SUM({lines.score}) | |
end
`

// scored is a book with a scheme of one line that records score and one that people judge: 56 of 60 and 20 of 40 points.
func (w *world) scored() (template string) {
	w.Helper()
	w.enact(strings.ReplaceAll(ownScheme, "accident.count", "work_safety.accidents"))
	judged := func(line, level string) *evaluation.Judgement {
		j := &evaluation.Judgement{Scheme: "own", Year: 2023, About: evaluation.Whole, Line: line, Stage: evaluation.Decision, Level: level,
			By: "示例组长", On: day("2024-01-20"), Reason: "示例", Deviation: "示例原因"}
		j.Unit = "430600"
		return j
	}
	w.must(create("accident", newAccident(1, "430602", "2023-05-06", 1)), create("accident", newAccident(2, "430602", "2023-06-06", 1)),
		create("judgement", judged("履职成效", "一般")), create("judgement", judged("事故起数", "")))
	template = filepath.Join(w.TempDir(), "scored.report")
	if err := os.WriteFile(template, []byte(scoredTemplate), 0o600); err != nil {
		w.Fatal(err)
	}
	return template
}

// A report brings the scheme by which it was scored: what a value scores is given again from the folder alone, the whole is the sum of
// its lines, and what people gave is held against the book.
func TestTheScoresOfAReportAreGivenAgain(t *testing.T) {
	onBoth(t, func(w *world) {
		template := w.scored()
		value := func(id, to string) func(f files) {
			return func(f files) {
				f.figures(w, func(f *report.FiguresFile) {
					x := figureOf(w, f, id)
					x.Value, x.Text = to, strings.Replace(x.Text, x.Value, to, 1)
				})
			}
		}
		for name, c := range map[string]struct {
			forge     func(f files)
			want, too error // found in the folder, and against the book
		}{
			"as it is":                       {func(files) {}, nil, nil},
			"the whole":                      {value("whole.score", "96"), report.ErrScoreDiffers, app.ErrScoredOtherwise},
			"the points of the whole":        {value("whole.points", "90"), report.ErrScoreDiffers, app.ErrScoredOtherwise},
			"a line that a value scores":     {value("whole.line-1.score", "60"), report.ErrScoreDiffers, app.ErrScoredOtherwise},
			"the points of a line":           {value("whole.line-1.points", "56"), report.ErrScoreDiffers, app.ErrScoredOtherwise},
			"what a line lost":               {value("whole.lost-1.lost", "1"), report.ErrScoreDiffers, app.ErrScoredOtherwise},
			"a judged line beyond its whole": {value("whole.line-2.score", "30"), report.ErrScoreDiffers, app.ErrScoredOtherwise},
			"judged, with all that adds up": {func(f files) {
				value("whole.line-2.score", "40")(f)
				value("whole.lost-2.lost", "0")(f)
				value("whole.score", "96")(f)
				value("whole.score.2", "96")(f)
			}, nil, app.ErrScoredOtherwise},
			"the rule": {func(f files) {
				f.figures(w, func(f *report.FiguresFile) {
					f.Scorings[0].Text = strings.Replace(f.Scorings[0].Text, "扣2分", "扣1分", 1)
					f.Scorings[0].Lines[0].Rule = strings.Replace(f.Scorings[0].Lines[0].Rule, "less 2", "less 1", 1)
				})
			}, report.ErrScoreDiffers, app.ErrOtherScheme},
			"the rule as arithmetic": {func(f files) {
				f.figures(w, func(f *report.FiguresFile) {
					f.Scorings[0].Lines[0].Rule = strings.Replace(f.Scorings[0].Lines[0].Rule, "less 2", "less 1", 1)
				})
			}, report.ErrNoScoring, nil},
			"no scheme": {func(f files) { f.figures(w, func(f *report.FiguresFile) { f.Scorings = nil }) }, report.ErrNoScoring, nil},
			"another line": {func(f files) {
				f.figures(w, func(f *report.FiguresFile) { figureOf(w, f, "whole.line-2.score").Name = "事故起数得分" })
			}, report.ErrNoSuchScore, nil},
			"another evaluation": {func(f files) {
				f.figures(w, func(f *report.FiguresFile) {
					f.Scorings[0].Recompute = strings.Replace(f.Scorings[0].Recompute, "own", "other", 1)
				})
			}, report.ErrNoScoring, nil},
		} {
			dir := w.forgeOf(template, c.forge)
			v, err := report.Verify(t.Context(), dir, nil)
			if err != nil {
				w.Fatalf("%s: %v", name, err)
			}
			var scores fault.List
			for _, f := range v.Findings {
				if !errors.Is(f, report.ErrFigureDiffers) && !errors.Is(f, report.ErrOtherForm) { // the documents are left as they were
					scores = append(scores, f)
				}
			}
			if err := scores.Err(); !errors.Is(err, c.want) {
				w.Errorf("%s: the folder shows %v, want %v", name, err, c.want)
			}
			found, _, err := w.app.Recount(w.ctx, w.admin, dir)
			if err != nil {
				w.Fatalf("%s: %v", name, err)
			}
			if err := found.Err(); !errors.Is(err, c.too) {
				w.Errorf("%s: the book shows %v, want %v", name, err, c.too)
			}
			if name == "as it is" {
				if got := fmt.Sprint(v.Rescored, v.Others); got != "10 [{judged [whole.lost-2.lost whole.line-2.score] [履职成效扣分 履职成效得分]}]" {
					w.Errorf("of the scores followed: %s", got)
				}
			}
		}
	})
}
