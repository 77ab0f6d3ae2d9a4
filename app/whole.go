package app

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"anlan/account/evaluation"
	"anlan/account/indicator"
	"anlan/account/indicator/own"
	owntemplate "anlan/account/report/own"
	"anlan/account/source"
	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/ground/place"
	"anlan/record/book"
	"anlan/resource/project"
)

// Faults of definitions beside each other.
var (
	ErrStillNamed = fault.Define("app.still_named", fault.Conflict,
		"%s还被%s引用，不能停用、作废或改名：请先改引用它的定义", "%s is still named by %s and cannot be retired, withdrawn or renamed: change the definition that names it first")
	ErrSchemeBroken = fault.Define("app.scheme_broken", fault.Conflict,
		"评分方案%s用到了它，改后不能再用：%s", "the scheme %s uses it and could not be used any more: %s")
	ErrNotOfTheBureau = fault.Define("app.indicator_not_of_the_bureau", fault.Invalid,
		"指标是整个账册的，所属单位应为%s，实为%s", "an indicator is the whole book's: its unit must be %s and is %s")
)

// whole judges what the definitions of a book are together (book.Whole): indicators, the items of forms and the citations that
// they name, the projects whose figures they name, the schemes that score by them.
type whole struct{ definitions }

func (whole) Kinds() []string {
	return []string{own.Kind.Code(), evaluation.SchemeKind.Code(), source.FormKind.Code(), source.CitedKind.Code(), project.Kind.Code(), owntemplate.Kind.Code()}
}

// Whole refuses changes after which an indicator cannot be computed, or a scheme not be used, that could before.
func (w whole) Whole(before, after *book.View, touched book.Touched) error {
	if err := templatesOfTheBureau(after, touched[owntemplate.Kind.Code()]); err != nil {
		return err
	}
	j := &joint{whole: w, before: before, after: after, touched: touched}
	if err := j.read(); err != nil {
		return err
	}
	defined, schemes := touched[own.Kind.Code()], touched[evaluation.SchemeKind.Code()]
	if len(defined) == 0 && len(schemes) == 0 && j.sameItems() {
		return nil
	}
	if err := j.ofTheBureau(); err != nil {
		return err
	}
	set, err := w.set(after)
	if err != nil {
		return j.refuse(err)
	}
	return j.schemes(set)
}

// joint is the judging of one Apply.
type joint struct {
	whole
	before, after     *book.View
	touched           book.Touched
	was, is           []*own.Definition
	wasItems, isItems map[string]source.Item
}

func (j *joint) read() (err error) {
	if j.was, err = own.Read(j.before); err != nil {
		return err
	}
	if j.is, err = own.Read(j.after); err != nil {
		return err
	}
	if j.wasItems, err = source.Items(j.before.Tx(), j.before.AsOf); err != nil {
		return err
	}
	j.isItems, err = source.Items(j.after.Tx(), 0)
	return err
}

// sameItems says whether the items of forms and citations are what they were.
func (j *joint) sameItems() bool {
	return maps.EqualFunc(j.wasItems, j.isItems, func(a, b source.Item) bool { return a.Hash() == b.Hash() })
}

// ofTheBureau refuses a definition that belongs to a part of the bureau: everybody's figures would go by it.
func (j *joint) ofTheBureau() error {
	bureau := place.Unit(j.after.Head.Place)
	var faults fault.List
	for _, d := range j.is {
		if n, ok := j.touched[own.Kind.Code()][d.ID]; ok && d.Unit != bureau {
			f := ErrNotOfTheBureau.With(string(bureau), string(d.Unit))
			f.Where = fault.Where{Row: n, Field: "unit"}
			faults = append(faults, f)
		}
	}
	return faults.Err()
}

// refuse gives the faults of a set that does not come together any more. One that did not before, for what the changes do not
// touch, is not their fault.
func (j *joint) refuse(err error) error {
	var list, out fault.List
	if internal := list.Add(err); internal != nil {
		return internal
	}
	if len(j.touched[own.Kind.Code()]) == 0 {
		_, err := j.set(j.before)
		var before fault.List
		if internal := before.Add(err); internal != nil {
			return internal
		}
		if err != nil {
			return nil
		}
	}
	for _, f := range list {
		out = append(out, j.placed(f))
	}
	return out
}

// placed gives a fault of the set the place in the change that it is about: the statement of a record that was changed, or the
// record that took away what another definition names.
func (j *joint) placed(f *fault.Fault) *fault.Fault {
	code, of := own.CodeOf(f.Where.File)
	if of {
		for _, d := range j.is {
			if n, ok := j.touched[own.Kind.Code()][d.ID]; ok && d.Code == code {
				out := *f
				out.Where = own.Inside(f.Where)
				out.Where.Row = n
				return &out
			}
		}
	}
	if !errors.Is(f, indicator.ErrUnknownName) {
		return f
	}
	name, _ := f.Args[0].(string)
	n, gone := j.gone(name)
	if !gone {
		return f
	}
	by := lang.Text{Zh: fmt.Sprintf("%s（第%d行）", f.Where.File, f.Where.Line), En: fmt.Sprintf("%s (line %d)", f.Where.File, f.Where.Line)}
	if of {
		by = lang.Text{Zh: "账册的指标" + code, En: "the book's indicator " + code}
	}
	out := ErrStillNamed.With(name, by)
	out.Where.Row = n
	return out
}

// gone says whether the changes took away what had a code, and the number of the change that did.
func (j *joint) gone(code string) (number int, gone bool) {
	for _, d := range slices.Concat(j.was, j.is) {
		if n, ok := j.touched[own.Kind.Code()][d.ID]; ok && d.Code == code {
			return n, true
		}
	}
	was, known := j.wasItems[code]
	for _, x := range j.wasItems {
		if x.Detail != nil && x.Detail.Project != "" && strings.HasPrefix(code, ProjectIndicator(x.Detail.Project, "")) {
			was, known = x, true
		}
	}
	if !known {
		return 0, false
	}
	form, _, _ := strings.Cut(code, ".")
	kind := source.FormKind.Code()
	switch {
	case was.Detail != nil:
		kind = project.Kind.Code()
	case form == source.Cited:
		kind = source.CitedKind.Code()
	}
	if len(j.touched[kind]) == 1 {
		for _, n := range j.touched[kind] {
			number = n
		}
	}
	return number, true
}

// schemes refuses a scheme that was changed and does not fit the indicators, and indicators that a scheme, which was in order,
// no longer fits.
func (j *joint) schemes(set *indicator.Set) error {
	all, err := Schemes(j.after)
	if err != nil {
		return err
	}
	changed := j.touched[evaluation.SchemeKind.Code()]
	othersToo := len(j.touched) > 1 || len(changed) == 0 // indicators or items changed, not schemes alone
	var faults fault.List
	var old *indicator.Set
	for _, s := range all {
		n, is := changed[s.ID]
		if !is && !othersToo {
			continue
		}
		_, err := evaluation.Define(s, set)
		if err == nil {
			continue
		}
		var list fault.List
		if internal := list.Add(err); internal != nil {
			return internal
		}
		if is {
			for _, f := range list {
				f.Where.Row = n
				faults = append(faults, f)
			}
			continue
		}
		if old == nil {
			if old, err = j.set(j.before); err != nil {
				return nil // no scheme could be used before
			}
		}
		if _, err := evaluation.Define(s, old); err != nil {
			continue
		}
		faults = append(faults, ErrSchemeBroken.With(fmt.Sprintf("%s@%d", s.Code, s.Year), list[0]))
	}
	return faults.Err()
}
