package app

import (
	"context"
	"fmt"

	"anlan/account/indicator"
	"anlan/account/report"
	"anlan/account/source"
	"anlan/ground/fault"
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
		for i, s := range f.Sets {
			if s.Set == nil {
				continue
			}
			differs, err := c.recount(ctx, s, lines[i])
			if err != nil {
				return err
			}
			found, n = append(found, differs...), n+1
		}
		return nil
	})
	return found, n, err
}

// recount counts one set again.
func (c *counter) recount(ctx context.Context, s report.CountedSet, lines [][]byte) (found fault.List, err error) {
	p, err := period.Parse(s.Period)
	if err != nil {
		return nil, err
	}
	ask := indicator.Ask{Measure: s.Measure, Period: p, Unit: place.Unit(s.UnitCode)}
	told, err := c.beside.Values(ctx, []source.Ask{source.Ask(ask)})
	if err != nil {
		return nil, err
	}
	members, err := c.members(ask, told[0].Parts)
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
		return c.recountLeft(s, ask, told[0].Parts, int64(len(members)), tree)
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
	if s.Left == nil {
		return nil, nil
	}
	ours, err := c.left(ask, parts, s.Kind, members, tree)
	if err != nil || ours != nil && *ours == *s.Left {
		return nil, err
	}
	if ours == nil {
		ours = &report.LeftOut{}
	}
	return fault.List{ErrOtherLeftOut.With(s.Label, s.Measure, s.Period, leftWords(*ours), leftWords(*s.Left))}, nil
}

func leftWords(l report.LeftOut) lang.Text {
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
