package evaluation

import (
	"crypto/sha256"
	"encoding/hex"
	"math/big"
	"slices"

	"anlan/account/evaluation/rule"
	"anlan/account/indicator"
	"anlan/ground/fault"
)

// Rubric is a scheme whose indicators are known and whose rules fit them. It does not change.
type Rubric struct {
	scheme  Scheme
	entries []entry
	hash    [sha256.Size]byte
}

// entry is a line with what it is scored from.
type entry struct {
	line      Line
	full      *big.Rat
	rule      rule.Rule
	indicator *indicator.Indicator // nil: judged, or told by a project
	told      *told                // by a project
	deviation string               // that a project gives for its target
	against   *fault.Fault         // what its register says otherwise
}

// Define checks a scheme against the indicators of a book: every name is known, every rule fits the unit of its indicator. All
// faults are answered at once, each with its place in the file that the scheme was read from, or as Where.Field the path of its
// field: "line.3.indicator".
func Define(s *Scheme, set *indicator.Set) (*Rubric, error) {
	if err := s.sound(); err != nil {
		return nil, err
	}
	r := &Rubric{scheme: *s, hash: sha256.Sum256([]byte(s.Text()))}
	r.scheme.Lines = slices.Clone(s.Lines)
	var faults fault.List
	r.entries, faults = s.entries(set)
	return r, faults.Err()
}

// Unknown gives the faults that Define would find with the indicators of a scheme, though there are others: of one that was read
// with faults, so that all are answered at once.
func (s *Scheme) Unknown(set *indicator.Set) fault.List {
	_, faults := s.entries(set)
	return faults
}

func (s *Scheme) entries(set *indicator.Set) (out []entry, faults fault.List) {
	for i, l := range s.Lines {
		e, f, column := define(l, set)
		if f != nil {
			f.Where = s.place(fieldPath(i+1, column))
			faults = append(faults, f)
		}
		out = append(out, e)
	}
	return out, faults
}

// place is where a field stood.
func (s *Scheme) place(path string) fault.Where {
	if w, ok := s.places[path]; ok {
		return w
	}
	return fault.Where{Field: path}
}

func define(l Line, set *indicator.Set) (e entry, f *fault.Fault, column string) {
	e = entry{line: l, full: rat(l.Points)}
	var flawed *fault.Fault
	e.rule, flawed, _ = l.rule() // of which sound speaks
	if l.Judged() || l.frame() || l.Indicator == "" {
		return e, nil, ""
	}
	i, err := set.Indicator(l.Indicator)
	if err != nil {
		i, err = set.Expression(l.Level3, l.Indicator, pointDecimals)
	}
	if err != nil {
		var list fault.List
		if internal := list.Add(err); internal != nil {
			panic("evaluation: an indicator answered no fault: " + internal.Error())
		}
		inner := *list[0]
		inner.Where = fault.Where{}
		return e, ErrIndicator.With(l.Indicator, &inner), "indicator"
	}
	e.indicator = i
	if flawed != nil {
		return e, nil, ""
	}
	if err := e.rule.Form.(rule.Measured).Fits(i.Unit()); err != nil {
		return e, asFault(err), l.wordingColumn()
	}
	return e, nil, ""
}

// Scheme is the scheme that was defined. Its lines must not be changed.
func (r *Rubric) Scheme() *Scheme { return &r.scheme }

// Hash is the SHA-256 of the scheme's text, in hexadecimal: a run names it.
func (r *Rubric) Hash() string { return hex.EncodeToString(r.hash[:]) }

// Indicators lists the indicators that the rubric asks, in the order of its lines, nil for lines without.
func (r *Rubric) Indicators() []*indicator.Indicator {
	out := make([]*indicator.Indicator, len(r.entries))
	for i, e := range r.entries {
		out[i] = e.indicator
	}
	return out
}
