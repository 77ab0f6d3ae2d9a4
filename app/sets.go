package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"maps"
	"math/big"
	"slices"

	"anlan/account/indicator"
	"anlan/account/report"
	"anlan/account/source"
	"anlan/ground/figure"
	"anlan/record"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/record/census"
	"anlan/record/measure"
	"anlan/store/journal"
)

// Sets gives the sets of records behind the printed figures of a report, as of its position. What could give a withheld
// figure away is closed.
func (a *App) Sets(ctx context.Context, actor access.Actor, built *report.Built) (out *report.Sets, err error) {
	err = a.Book.Read(ctx, actor, journal.Position(built.Document.Basis.Position), func(v *book.View) error {
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
		answers := map[indicator.Ask]indicator.Answer{}
		for _, x := range built.Computed {
			said := x.Result.Answers()
			for i, ask := range x.Result.Asks() {
				answers[ask] = said[i]
			}
		}
		if out, err = c.count(ctx, answers); err == nil {
			built.CloseGiveaways(out)
		}
		return err
	})
	return out, err
}

// counter counts what stands behind figures.
type counter struct {
	reportSources
	view        *book.View
	items       map[string]source.Item
	hidden      []indicator.Result                // the withheld figures
	withheld    []indicator.Ask                   // what they rest on
	evaluations map[evaluatedOf]report.Evaluation // that were asked for
	ever        map[string]int64                  // by measure, how many records count in it at all
}

func (c *counter) readWithheld(ctx context.Context) error {
	questions, err := c.AllWithheld(ctx)
	if err != nil || len(questions) == 0 {
		return err
	}
	results, err := indicator.Eval(ctx, Figures{View: c.view}, questions...)
	c.hidden = results
	for _, r := range results {
		c.withheld = append(c.withheld, r.Asks()...)
	}
	return err
}

func (c *counter) count(ctx context.Context, answers map[indicator.Ask]indicator.Answer) (*report.Sets, error) {
	asks := slices.Collect(maps.Keys(answers))
	slices.SortFunc(asks, func(a, b indicator.Ask) int { return source.Compare(source.Ask(a), source.Ask(b)) })
	questions := make([]source.Ask, len(asks))
	for i, a := range asks {
		questions[i] = source.Ask(a)
	}
	told, err := c.beside.Values(ctx, questions)
	if err != nil {
		return nil, err
	}
	out := &report.Sets{Asked: map[indicator.Ask]report.Asked{}}
	kinds := map[string]bool{}
	for i, a := range asks {
		x, err := c.asked(a, answers[a], told[i])
		if err != nil {
			return nil, err
		}
		out.Asked[a] = x
		if x.Kind != "" && x.Tree != nil {
			kinds[x.Kind] = true
		}
	}
	for _, code := range slices.Sorted(maps.Keys(kinds)) {
		k, err := c.app.Book.Kind(code)
		if err != nil {
			return nil, err
		}
		n := report.KindCount{Kind: code, Label: k.Label().Zh}
		if n.Records, n.Withdrawn, err = c.view.Standings(code); err != nil {
			return nil, err
		}
		out.Kinds = append(out.Kinds, n)
	}
	return out, nil
}

// asked gives the set behind one ask.
func (c *counter) asked(a indicator.Ask, answer indicator.Answer, told source.Answer) (x report.Asked, err error) {
	unit, _ := c.beside.UnitOf(a.Measure)
	x.CountedSet = report.CountedSet{Measure: a.Measure, Label: c.items[a.Measure].Label.Zh, Period: a.Period.String(), UnitCode: string(a.Unit), Unit: unit.String()}
	s, err := c.measure(a.Measure)
	if err != nil {
		return x, err
	}
	if s != nil {
		x.Label, x.Kind = s.Label.Zh, s.Kind
	}
	if x.Definition, x.Text, err = c.definition(a.Measure); err != nil {
		return x, err
	}
	switch {
	case s != nil && s.Sensitivity > access.Internal:
		x.Closed = report.ClosedSensitive
		return x, nil
	case slices.ContainsFunc(c.withheld, func(w indicator.Ask) bool { return c.tellsOf(a, w) }):
		x.Closed = report.ClosedWithheld
		return x, nil
	case answer.State != indicator.Computed:
		x.State = answer.State.Code()
		return x, nil
	}
	members, err := c.members(a, told.Parts)
	if err != nil {
		return x, err
	}
	if x.Tree, err = census.Of(members); err != nil {
		return x, err
	}
	if x.Tree.Total().Cmp(answer.Number) != 0 {
		x.Tree, x.Closed, x.Stated = nil, report.ClosedUnlisted, figure.DecimalText(answer.Number)
		return x, nil
	}
	x.Left, err = c.left(a, told.Parts, x.Kind, int64(len(members)), x.Tree)
	return x, err
}

// left is what of the kind a set does not count; nil where its records are not those of the one measure that was asked for.
func (c *counter) left(a indicator.Ask, parts []source.Part, kind string, members int64, tree *census.Tree) (*report.LeftOut, error) {
	if kind == "" || len(parts) != 1 || parts[0].Source != source.Records || c.items[parts[0].Code].Detail != nil || parts[0].Code != a.Measure || parts[0].Less {
		return nil, nil
	}
	records, withdrawn, err := c.view.Standings(kind)
	if err != nil {
		return nil, err
	}
	ever, known := c.ever[a.Measure]
	if !known {
		if ever, err = c.view.EverCounted(a.Measure); err != nil {
			return nil, err
		}
		if c.ever == nil {
			c.ever = map[string]int64{}
		}
		c.ever[a.Measure] = ever
	}
	return &report.LeftOut{Withdrawn: withdrawn, Other: records - withdrawn - ever, Elsewhere: ever - members, Nothing: members - int64(len(tree.Lines()))}, nil
}

// definition is the text by which a measure or the item of a form is defined, with its hash.
func (c *counter) definition(code string) (hash, text string, err error) {
	s, err := c.measure(code)
	if err != nil {
		return "", "", err
	}
	text = c.items[code].Canon()
	if s != nil {
		text = s.Canon()
	}
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:]), text, nil
}

// measure is the definition by which a measure of records is counted; nil of what other sources state.
func (c *counter) measure(code string) (*measure.Spec, error) {
	standing, err := c.view.Standing(code)
	if errors.Is(err, book.ErrNoMeasure) {
		return nil, nil
	}
	return standing.Spec, err
}

// tellsOf says whether the records behind an ask could tell of what a withheld figure rests on, in whatever year: they are of
// the same kind, or where one of the two is stated by another source, of the same sort of amount.
func (c *counter) tellsOf(a, withheld indicator.Ask) bool {
	s, _ := c.measure(a.Measure)
	w, _ := c.measure(withheld.Measure)
	if s != nil && w != nil {
		return s.Kind == w.Kind
	}
	mine, _ := c.beside.UnitOf(a.Measure)
	theirs, _ := c.beside.UnitOf(withheld.Measure)
	return mine.Dimension() == theirs.Dimension()
}

// members gives the records behind the parts of an answer, of all its sources.
func (c *counter) members(a indicator.Ask, parts []source.Part) (out []census.Member, err error) {
	for _, p := range parts {
		detail := c.items[p.Code].Detail
		if p.Source != source.Records || detail != nil {
			if p.Value == nil {
				continue
			}
			err := Statements(c.view, p, detail, func(s Statement) error { out = append(out, stated(s.Kind, s.Record, s.Amount)); return nil })
			if err != nil {
				return nil, err
			}
			continue
		}
		members, err := c.view.Members(book.Ask{Measure: p.Code, Period: p.Period, Unit: p.Unit})
		if err != nil {
			return nil, err
		}
		for _, m := range members {
			if p.Less {
				m.Amount.Neg(m.Amount)
			}
			out = append(out, m)
		}
	}
	return out, nil
}

// stated is a record that states a part of a figure, as a member of its set.
func stated(k record.Of, r any, amount *big.Rat) census.Member {
	h := k.Head(r)
	return census.Member{ID: h.ID, Kind: k.Code(), Version: h.Version, Position: h.Began, Unit: string(h.Unit), Place: string(h.Place), Amount: amount}
}
