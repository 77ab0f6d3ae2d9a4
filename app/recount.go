package app

import (
	"cmp"
	"context"
	"fmt"
	"math/big"
	"slices"

	"anlan/account/indicator"
	"anlan/account/report"
	"anlan/account/source"
	"anlan/ground/fault"
	"anlan/ground/figure"
	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/record/census"
	"anlan/store/journal"
)

// What a recount from the book finds of a published report.
var (
	ErrOtherJournal = fault.Define("verify.other_journal", fault.Broken,
		"这份报告的日志（位置%d，根%s）不是这本账册的（该位置的根为%s）", "the report is of a journal whose root at position %d is %s; that of this book is %s")
	ErrLeftOut = fault.Define("verify.left_out", fault.Broken,
		"记录集“%s”（%s，%s）漏了一条：账册中应计入%s", "the set %q (%s, %s) leaves one out: the book counts %s")
	ErrCountedTooMuch = fault.Define("verify.counted_too_much", fault.Broken,
		"记录集“%s”（%s，%s）多了一条：账册中不应计入%s", "the set %q (%s, %s) has one too many: the book does not count %s")
	ErrOtherLeftOut = fault.Define("verify.other_left_out", fault.Broken,
		"记录集“%s”（%s，%s）未计入的记录，由账册数得%s，公开的是%s", "what the set %q (%s, %s) leaves out is by the book %s; published was %s")
	ErrOtherDefinition = fault.Define("verify.other_definition", fault.Broken,
		"账册在日志位置%d的“%s”不是目录里的定义：账册为%s，目录为%s", "as of position %d the book defines %q otherwise than the folder: %s, and not %s")
	ErrHidesANumber = fault.Define("verify.hides_a_number", fault.Broken,
		"记录集“%s”（%s，%s）写作没有数值或不公开，账册中没有这样做的理由：应为%s", "the set %q (%s, %s) is said to give no number or not to be published, for which the book has no ground: it should be %s")
	ErrOtherStandings = fault.Define("verify.other_standings", fault.Broken,
		"“%s”（%s）在账册中共%d条、已撤回%d条，目录写的是%d条、%d条", "of %q (%s) the book has %d records, %d of them withdrawn; the folder says %d and %d")
	ErrNotEvaluated = fault.Define("verify.not_evaluated", fault.Broken,
		"账册在这一位置没有“%s”这次评价", "as of its position the book has no evaluation %q")
	ErrOtherScheme = fault.Define("verify.other_scheme", fault.Broken,
		"“%s”的评分方案与账册里的不同", "the scheme of %q is not that of the book")
	ErrScoredOtherwise = fault.Define("verify.scored_otherwise", fault.Broken,
		"“%s”（%s）按账册应为%s，公开的是%s", "%q (%s) is by the book %s; published is %s")
	ErrRecountDiffers = fault.Define("verify.recount_differs", fault.Broken,
		"记录集“%s”（%s，%s）由账册数得%d条、合计%s，公开的是%d条、合计%s", "the set %q (%s, %s) is %d records adding up to %s by the book; published were %d adding up to %s")
)

// differencesMax bounds what is told of one set.
const differencesMax = 10

// Recount counts each set of a published folder again from the book, as of the position of the report, and says which record
// was left out or is too many. n is how many sets were counted. What the folder says of itself is for report.Verify.
func (a *App) Recount(ctx context.Context, actor access.Actor, dir string) (found fault.List, n int, err error) {
	_, f, lines, err := report.ReadSets(dir)
	if internal := found.Add(err); internal != nil || err != nil {
		return found, 0, internal
	}
	head, err := a.Book.Head(ctx)
	if err != nil {
		return nil, 0, err
	}
	at := journal.Position(f.Position)
	if at < 1 || at > head.Size {
		return fault.List{ErrOtherJournal.With(f.Position, f.Root, "—")}, 0, nil
	}
	err = a.Book.Read(ctx, actor, at, func(v *book.View) error {
		root, err := journal.RootAt(v.Tx(), at)
		if err != nil {
			return err
		}
		if root.String() != f.Root {
			found = fault.List{ErrOtherJournal.With(f.Position, f.Root, root.String())}
			return nil
		}
		from, err := a.reportSources(v)
		if err != nil {
			return err
		}
		c := &counter{reportSources: from, view: v}
		if c.items, err = source.Items(v.Tx(), v.At()); err != nil {
			return err
		}
		if err := c.readWithheld(ctx); err != nil {
			return err
		}
		if found, err = c.redefine(f); err != nil {
			return err
		}
		closed, err := c.mayClose(ctx, f)
		if err != nil {
			return err
		}
		for i, s := range f.Sets {
			differs, counted, err := c.recount(ctx, s, closed[i], lines[i])
			if err != nil {
				return err
			}
			if found = append(found, differs...); counted {
				n++
			}
		}
		printed, err := report.FiguresIn(dir)
		if err != nil {
			return err
		}
		differs, err := c.rescore(ctx, printed)
		found = append(found, differs...)
		return err
	})
	return found, n, err
}

// rescore scores the evaluations of a folder again, and holds scheme and scores against what it says.
func (c *counter) rescore(ctx context.Context, f report.FiguresFile) (found fault.List, err error) {
	for _, by := range f.Scorings {
		of, span, at, ok := report.EvaluatedBy(by.Recompute)
		p, err := period.Parse(span)
		if !ok || err != nil || at != int64(c.view.At()) {
			found = append(found, ErrNotEvaluated.With(by.Recompute))
			continue
		}
		told := false // that the scheme is another
		for _, x := range f.Figures {
			if x.Recompute != by.Recompute || x.Value == "" {
				continue
			}
			e, known, err := c.evaluated(ctx, of, p, place.Unit(x.UnitCode))
			if internal := found.Add(err); internal != nil {
				return nil, internal
			}
			if !known {
				found = append(found, ErrNotEvaluated.With(by.Recompute))
				break
			}
			if e.Rules != by.Text && !told {
				told = true
				found = append(found, ErrOtherScheme.With(by.Recompute))
			}
			if ours, given := e.Number(x.ID); !given || ours != x.Value {
				found = append(found, ErrScoredOtherwise.With(x.Name, x.ID, cmp.Or(ours, "—"), x.Value))
			}
		}
	}
	return found, nil
}

// evaluated is an evaluation of the book, made once.
func (c *counter) evaluated(ctx context.Context, of report.Evaluated, p period.Period, u place.Unit) (e report.Evaluation, known bool, err error) {
	key := evaluatedOf{of, p, u}
	if e, known := c.evaluations[key]; known {
		return e, true, nil
	}
	if e, known, err = c.Evaluation(ctx, of, p, u); known && err == nil {
		if c.evaluations == nil {
			c.evaluations = map[evaluatedOf]report.Evaluation{}
		}
		c.evaluations[key] = e
	}
	return e, known, err
}

type evaluatedOf struct {
	report.Evaluated
	period period.Period
	unit   place.Unit
}

// redefine holds the definitions of a folder, and how many records it says that there are, against the book.
func (c *counter) redefine(f report.SetsFile) (found fault.List, err error) {
	set, err := c.app.Indicators(c.view)
	if err != nil {
		return nil, err
	}
	told := map[string]bool{}
	differs := func(label, ours, theirs string) {
		if f := ErrOtherDefinition.With(int64(c.view.At()), label, ours, theirs); ours != theirs && !told[f.Error()] {
			told[f.Error()] = true
			found = append(found, f)
		}
	}
	for _, x := range f.Computations {
		ours := "—"
		if i, err := set.Indicator(x.Code); err == nil {
			ours = i.Hash()
		}
		differs(x.Label, ours, x.Definition)
	}
	for _, s := range f.Sets {
		ours, _, err := c.definition(s.Measure)
		if err != nil {
			return nil, err
		}
		differs(s.Label, ours, s.Definition)
	}
	for _, k := range f.Kinds {
		records, withdrawn, err := c.view.Standings(k.Kind)
		if err != nil {
			return nil, err
		}
		if records != k.Records || withdrawn != k.Withdrawn {
			found = append(found, ErrOtherStandings.With(k.Label, k.Kind, records, withdrawn, k.Records, k.Withdrawn))
		}
	}
	return found, nil
}

// mayClose says of each set of a folder whether the book has the ground to close it for a withheld figure: its records could
// tell of what that figure rests on, or its total could, with what is printed and the other sets.
func (c *counter) mayClose(ctx context.Context, f report.SetsFile) ([]bool, error) {
	may := make([]bool, len(f.Sets))
	if len(c.hidden) == 0 {
		return may, nil
	}
	set, err := c.app.Indicators(c.view)
	if err != nil {
		return nil, err
	}
	var printed []indicator.Question
	for _, x := range f.Computations {
		p, err := period.Parse(x.Period)
		if err != nil {
			return nil, err
		}
		i, err := set.Indicator(x.Code)
		if err != nil {
			i, err = set.Expression(x.Code, x.Code, 0)
		}
		if err == nil { // redefine has told of a code that the book does not have
			printed = append(printed, indicator.Question{Indicator: i, Period: p, Unit: place.Unit(x.UnitCode)})
		}
	}
	results, err := indicator.Eval(ctx, Figures{View: c.view}, printed...)
	if err != nil {
		return nil, err
	}
	forms := report.Linears(results)
	first, at := len(forms), map[int]int{}
	for i, s := range f.Sets {
		p, err := period.Parse(s.Period)
		if err != nil {
			return nil, err
		}
		a := indicator.Ask{Measure: s.Measure, Period: p, Unit: place.Unit(s.UnitCode)}
		may[i] = slices.ContainsFunc(c.withheld, func(w indicator.Ask) bool { return c.tellsOf(a, w) })
		if !may[i] && (s.Set != nil || s.Stated != "" || s.Closed == report.ClosedWithheld) {
			at[i] = len(forms) - first
			forms = append(forms, source.Linear{source.Ask(a): big.NewRat(1, 1)})
		}
	}
	tied := source.Tied(forms, report.Linears(c.hidden))[first:]
	for i, k := range at {
		may[i] = tied[k]
	}
	return may, nil
}

// recount counts one set again; mayClose: see there; counted is false where the folder has no records of it that could be.
func (c *counter) recount(ctx context.Context, s report.CountedSet, mayClose bool, lines [][]byte) (found fault.List, counted bool, err error) {
	p, err := period.Parse(s.Period)
	if err != nil {
		return nil, false, err
	}
	ask := indicator.Ask{Measure: s.Measure, Period: p, Unit: place.Unit(s.UnitCode)}
	told, err := c.beside.Values(ctx, []source.Ask{source.Ask(ask)})
	if err != nil {
		return nil, false, err
	}
	if s.Set == nil {
		found, err := c.unnumbered(s, mayClose, told[0])
		return found, false, err
	}
	found, err = c.recountSet(s, ask, told[0], lines)
	return found, true, err
}

// unnumbered sees that the book has the ground on which a folder gives no number for a set, or none of its records.
func (c *counter) unnumbered(s report.CountedSet, mayClose bool, told source.Answer) (fault.List, error) {
	spec, err := c.measure(s.Measure)
	if err != nil {
		return nil, err
	}
	sound := true
	switch s.Closed {
	case report.ClosedWithheld:
		sound = mayClose
	case report.ClosedSensitive:
		sound = spec != nil && spec.Sensitivity > access.Internal
	case report.ClosedUnlisted:
		sound = told.Value != nil && figure.DecimalText(told.Value) == s.Stated
	case "":
		sound = told.Value == nil
	default:
		sound = false
	}
	if sound {
		return nil, nil
	}
	number := "—"
	if told.Value != nil {
		number = figure.DecimalText(told.Value) + s.Unit
	}
	return fault.List{ErrHidesANumber.With(s.Label, s.Measure, s.Period, number)}, nil
}

// recountSet counts one set again whose records a folder gives.
func (c *counter) recountSet(s report.CountedSet, ask indicator.Ask, told source.Answer, lines [][]byte) (found fault.List, err error) {
	members, err := c.members(ask, told.Parts)
	if err != nil {
		return nil, err
	}
	tree, err := census.Of(members)
	if err != nil {
		return nil, err
	}
	ours, err := tree.Set()
	if err != nil {
		return nil, err
	}
	if ours == *s.Set {
		return c.recountLeft(s, ask, told.Parts, int64(len(members)), tree)
	}
	if lines != nil {
		found = differences(s, tree.Lines(), lines)
	}
	if len(found) == 0 {
		found = fault.List{ErrRecountDiffers.With(s.Label, s.Measure, s.Period, ours.Size, ours.Total, s.Size, s.Total)}
	}
	return found, nil
}

// recountLeft counts again what a set leaves out.
func (c *counter) recountLeft(s report.CountedSet, ask indicator.Ask, parts []source.Part, members int64, tree *census.Tree) (fault.List, error) {
	ours, err := c.left(ask, parts, s.Kind, members, tree)
	if err != nil || ours == nil && s.Left == nil || ours != nil && s.Left != nil && *ours == *s.Left {
		return nil, err
	}
	return fault.List{ErrOtherLeftOut.With(s.Label, s.Measure, s.Period, leftWords(ours), leftWords(s.Left))}, nil
}

func leftWords(l *report.LeftOut) lang.Text {
	if l == nil {
		return lang.Of("没有列明", "not said")
	}
	return lang.Text{
		Zh: fmt.Sprintf("已撤回%d、不符合口径%d、计入其他期间或单位%d、数值为零%d", l.Withdrawn, l.Other, l.Elsewhere, l.Nothing),
		En: fmt.Sprintf("%d withdrawn, %d not of the definition, %d in another period or unit, %d of nothing", l.Withdrawn, l.Other, l.Elsewhere, l.Nothing)}
}

// differences names the lines that only one of two sets has; a record that is counted otherwise is named in both.
func differences(s report.CountedSet, ours, theirs [][]byte) (found fault.List) {
	missing := func(from, in [][]byte, d *fault.Declaration) {
		known := make(map[string]bool, len(in))
		for _, line := range in {
			known[string(line)] = true
		}
		for _, line := range from {
			if len(found) < differencesMax && !known[string(line)] {
				found = append(found, d.With(s.Label, s.Measure, s.Period, string(line)))
			}
		}
	}
	missing(ours, theirs, ErrLeftOut)
	missing(theirs, ours, ErrCountedTooMuch)
	return found
}
