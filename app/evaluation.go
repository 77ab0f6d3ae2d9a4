package app

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"anlan/account/evaluation"
	"anlan/account/evaluation/shipped"
	"anlan/ground/fault"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/record"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/record/exchange"
	"anlan/record/field"
	"anlan/record/sheet"
	"anlan/store/journal"
)

// ErrNoScheme: neither the book nor the program has the scheme.
var ErrNoScheme = fault.Define("app.no_scheme", fault.NotFound,
	"没有%d年可用的评分方案“%s”，最接近的是“%s”；anlan scheme list 列出所有方案", "there is no scheme %[2]q for %[1]d; the nearest is %[3]q; anlan scheme list lists them all")

// ErrSchemeName: a scheme is named by its code, and a year where one is meant.
var ErrSchemeName = fault.Define("app.scheme_name", fault.Invalid,
	"“%s”既不是文件，也不是方案：方案写作代码或代码@年度，如hunan@2023", "%q is neither a file nor a scheme; write a scheme as its code, or code@year, as hunan@2023")

// ShippedSchemes are the schemes that come with the program.
func ShippedSchemes() ([]*evaluation.Scheme, error) {
	entries, err := fs.ReadDir(shipped.Files, ".")
	if err != nil {
		return nil, err
	}
	var out []*evaluation.Scheme
	for _, e := range entries {
		text, err := fs.ReadFile(shipped.Files, e.Name())
		if err != nil {
			return nil, err
		}
		s, err := evaluation.ParseFile(e.Name(), text)
		if err != nil {
			return nil, fmt.Errorf("shipped scheme: %w", err)
		}
		out = append(out, s)
	}
	return out, nil
}

// Schemes are those of the book as a view sees it, then the shipped ones of which the book has none of the same code and year.
func Schemes(v *book.View) ([]*evaluation.Scheme, error) {
	var out []*evaluation.Scheme
	err := v.Each(book.Query{Kind: evaluation.SchemeKind.Code()}, func(r any) error {
		out = append(out, r.(*evaluation.Scheme))
		return nil
	})
	if err != nil {
		return nil, err
	}
	program, err := ShippedSchemes()
	if err != nil {
		return nil, err
	}
	for _, s := range program {
		if !slices.ContainsFunc(out, func(own *evaluation.Scheme) bool { return own.Code == s.Code && own.Year == s.Year }) {
			out = append(out, s)
		}
	}
	slices.SortStableFunc(out, func(a, b *evaluation.Scheme) int {
		return cmp.Or(strings.Compare(a.Code, b.Code), cmp.Compare(a.Year, b.Year))
	})
	return out, nil
}

// Scheme is the scheme with a code for a year: the newest of the book or the program that is not of a later year; without one,
// the oldest of a later year.
func Scheme(v *book.View, code string, year int) (*evaluation.Scheme, error) {
	all, err := Schemes(v)
	if err != nil {
		return nil, err
	}
	var found *evaluation.Scheme
	var known []string
	for _, s := range all { // by year
		known = append(known, s.Code)
		if s.Code == code && (found == nil || s.Year <= int64(year)) {
			found = s
		}
	}
	if found == nil {
		return nil, ErrNoScheme.With(year, code, field.Nearest(code, known))
	}
	return found, nil
}

// ReadScheme reads a scheme from the content of a file: a text file, or a sheet with the columns of the form. preset says
// what a sheet leaves out. A scheme that was read with faults is given beside them, for Unknown alone.
func ReadScheme(name string, content []byte, sheetName string, preset evaluation.Preset) (*evaluation.Scheme, error) {
	if path.Ext(name) == evaluation.Suffix {
		return evaluation.ParseFile(name, content)
	}
	b, err := sheet.Read(name, bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return nil, err
	}
	return evaluation.ReadSheet(b, sheetName, preset)
}

// Enact keeps a scheme in the book, as a new one or a new version; its indicators must be known and its rules fit them. One that is
// as the program brings it is the same, and no record of the book.
func (a *App) Enact(ctx context.Context, actor access.Actor, s *evaluation.Scheme, reason string) (book.Done, error) {
	c := book.Change{Kind: evaluation.SchemeKind.Code(), Action: access.Create, Record: s, Reason: reason}
	same := false
	err := a.Book.Read(ctx, actor, 0, func(v *book.View) error {
		if err := a.Fits(v, s); err != nil {
			return err
		}
		s.Unit = place.Unit(v.Head.Place)
		old, err := v.Find(c.Kind, s.Code, fmt.Sprint(s.Year))
		if k, known := fault.KindOf(err); known && k == fault.NotFound {
			program, err := ShippedSchemes()
			same = slices.ContainsFunc(program, func(x *evaluation.Scheme) bool { return x.Text() == s.Text() })
			return err
		}
		if err != nil {
			return err
		}
		h := evaluation.SchemeKind.Head(old)
		c.Action, c.ID, c.Expect, s.Unit = access.Edit, h.ID, h.Version, h.Unit
		if reason != "" {
			return nil
		}
		return exchange.RefuseReversal(v, evaluation.SchemeKind, old, s)
	})
	if err != nil || same {
		return book.Done{Same: same}, err
	}
	return a.applyOne(ctx, actor, c)
}

// Unknown gives the faults of a scheme's indicators beside those with which it was read, all in the order of its file.
func (a *App) Unknown(v *book.View, s *evaluation.Scheme, read fault.List) (fault.List, error) {
	set, err := a.Indicators(v)
	if err != nil {
		return nil, err
	}
	all := append(read[:len(read):len(read)], s.Unknown(set)...)
	evaluation.SortFaults(all)
	return all, nil
}

// Fits checks a scheme against the indicators of the book as a view knows them; faults have their places in the scheme's file.
func (a *App) Fits(v *book.View, s *evaluation.Scheme) error {
	set, err := a.Indicators(v)
	if err != nil {
		return err
	}
	_, err = evaluation.Define(s, set)
	return err
}

func (a *App) applyOne(ctx context.Context, actor access.Actor, c book.Change) (book.Done, error) {
	done, err := a.Book.Apply(ctx, actor, []book.Change{c})
	if err != nil {
		return book.Done{}, err
	}
	return done[0], nil
}

// EvaluateRequest asks for a score.
type EvaluateRequest struct {
	Scheme  string
	Period  period.Period
	Unit    place.Unit
	Project string // code of a project; empty: the whole department
}

// Evaluate scores a unit, or a project, by a scheme as of a view's position.
func (a *App) Evaluate(ctx context.Context, v *book.View, q EvaluateRequest) (*evaluation.Run, error) {
	run, lacks, err := a.evaluate(ctx, v, q)
	if err == nil {
		err = lacks.Err()
	}
	return run, err
}

// evaluate scores what can be scored, and says what a project lacks for the rest of its scheme.
func (a *App) evaluate(ctx context.Context, v *book.View, q EvaluateRequest) (run *evaluation.Run, lacks fault.List, err error) {
	set, err := a.Indicators(v)
	if err != nil {
		return nil, nil, err
	}
	s, err := Scheme(v, q.Scheme, q.Period.First().Year())
	if err != nil {
		return nil, nil, err
	}
	rubric, err := evaluation.Define(s, set)
	if err != nil {
		return nil, nil, err
	}
	about := evaluation.About{Period: q.Period, Unit: q.Unit, Subject: evaluation.Whole}
	if q.Project != "" {
		told, err := projectTold(ctx, v, q.Project, q.Period)
		if err != nil {
			return nil, nil, err
		}
		of, err := rubric.ForProject(told)
		if internal := lacks.Add(err); internal != nil {
			return nil, nil, internal
		}
		if of == nil {
			return nil, nil, err
		}
		rubric, about.Subject, about.Name = of, q.Project, told.Name
	}
	judgements, err := judgementsOf(v, s.Code, about)
	if err != nil {
		return nil, nil, err
	}
	if run, err = rubric.Evaluate(ctx, Figures{View: v}, about, judgements); err != nil {
		return nil, nil, err
	}
	goal, found, err := goalOf(v, about.Subject, q.Period)
	if doubt := goal.Unapproved(); found && doubt != nil {
		run.Doubts = append(run.Doubts, doubt)
	}
	return run, lacks, err
}

// WithoutReason are the points that a unit or a project lost in an evaluation and for which nobody has recorded the reason. Of what
// cannot be evaluated there are none.
func (a *App) WithoutReason(ctx context.Context, v *book.View, q EvaluateRequest) (out fault.List, err error) {
	run, _, err := a.evaluate(ctx, v, q)
	if _, known := fault.KindOf(err); known {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	for _, o := range run.Outcomes {
		for _, d := range o.Doubts {
			if errors.Is(d, evaluation.ErrNoDeviation) {
				out = append(out, d)
			}
		}
	}
	return out, nil
}

// judgementsOf are the judgements of a scheme about a subject in a year.
func judgementsOf(v *book.View, scheme string, about evaluation.About) (out []evaluation.Judgement, err error) {
	err = v.Each(book.Query{Kind: evaluation.JudgementKind.Code(), Filters: []book.Filter{
		{Field: "scheme", Op: field.OpIs, Value: scheme},
		{Field: "year", Op: field.OpIs, Value: fmt.Sprint(about.Period.First().Year())},
		{Field: "about", Op: field.OpIs, Value: about.Subject},
	}}, func(r any) error {
		out = append(out, *r.(*evaluation.Judgement))
		return nil
	})
	return out, err
}

// KeepRun keeps a run in the book, with the position as of which it was computed.
func (a *App) KeepRun(ctx context.Context, actor access.Actor, run *evaluation.Run, at journal.Position) (book.Done, error) {
	k := run.Keep(int64(at))
	k.Head = record.Head{Unit: run.About.Unit}
	return a.applyOne(ctx, actor, book.Change{Kind: evaluation.KeptKind.Code(), Action: access.Create, Record: k})
}
