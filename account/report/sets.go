package report

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"maps"
	"math/big"
	"slices"
	"strings"

	"anlan/account/indicator"
	"anlan/account/report/document"
	"anlan/ground/figure"
	"anlan/record/census"
)

// Names of the files that say which records a published report counts.
const (
	SetsName  = "sets.json"
	LinesName = "sets.jsonl" // the lines of the sets, one behind the other in the order of sets.json
)

// SetsFile is sets.json: how each figure that follows from records was counted and computed. With sets.jsonl it is all that is
// needed to do it again.
type SetsFile struct {
	Book         string           `json:"book"`
	Epoch        int64            `json:"epoch"`
	Position     int64            `json:"position"`
	Root         string           `json:"root"`
	Kinds        []KindCount      `json:"kinds"`
	Definitions  []Definition     `json:"definitions"`
	Sets         []CountedSet     `json:"sets"`
	Computations []Computation    `json:"computations"`
	Figures      []ComputedFigure `json:"figures"`
}

// KindCount says how many records of a kind the book has, so that what a set does not count is a number too.
type KindCount struct {
	Kind      string `json:"kind"`
	Label     string `json:"label"`
	Records   int64  `json:"records"`
	Withdrawn int64  `json:"withdrawn"` // of them
}

// Definition is the text of a definition, under the hash by which sets and computations name it.
type Definition struct {
	SHA256 string `json:"sha256"`
	Text   string `json:"text"`
}

// CountedSet is the answer to one question of a measure, a unit and a period: the records that give it.
type CountedSet struct {
	Measure    string `json:"measure"`
	Label      string `json:"label"`
	Definition string `json:"definition,omitempty"` // of a measure; what returns and accounts state has none
	Kind       string `json:"kind,omitempty"`       // of the records of a measure
	Period     string `json:"period"`
	UnitCode   string `json:"unit_code"`
	Unit       string `json:"unit"`            // of measure
	State      string `json:"state,omitempty"` // why there is no number: none_recorded, not_computable, not_applicable
	*census.Set
	// Left is what of the kind the set does not count, where its records are those of one measure of the book.
	Left   *LeftOut `json:"left_out,omitempty"`
	Closed Closed   `json:"closed,omitempty"` // why its lines are not published
	Stated string   `json:"stated,omitempty"` // its total, where no set gives it
}

// LeftOut is how many records of a kind a set does not count, by reason. With the size of the set they are all records of the kind.
type LeftOut struct {
	Withdrawn int64 `json:"withdrawn"`
	Other     int64 `json:"other"`     // that do not meet the conditions of the measure
	Elsewhere int64 `json:"elsewhere"` // that count in another period or under another unit
	Nothing   int64 `json:"nothing"`   // that would count here, with an amount of nothing
}

// Sum is all of them.
func (l LeftOut) Sum() int64 { return l.Withdrawn + l.Other + l.Elsewhere + l.Nothing }

// Closed is why the lines of a set are not published.
type Closed string

// The reasons.
const (
	ClosedWithheld  Closed = "withheld"  // they could give away a figure that is withheld: nothing is said of the set
	ClosedSensitive Closed = "sensitive" // the measure reads fields that not everybody may see: nothing is said of the set
	ClosedLarge     Closed = "large"     // they are too many to be handed out; size, root and total are given
	ClosedUnlisted  Closed = "unlisted"  // the figure is stated by a source whose single records do not add up to it
)

// Computation is the arithmetic of an indicator for a period and unit.
type Computation struct {
	Code       string `json:"code"`
	Label      string `json:"label"`
	Definition string `json:"definition"`
	Period     string `json:"period"`
	UnitCode   string `json:"unit_code"`
	Steps      []Step `json:"steps"`
}

// Step is indicator.Step as it is written, numbers exactly.
type Step struct {
	Op    string `json:"op"`
	Of    []int  `json:"of,omitempty"`
	Set   *int   `json:"set,omitempty"`   // of an ask: the index in sets
	Value string `json:"value,omitempty"` // of a number
	Scale string `json:"scale,omitempty"` // of an ask
	Edges []Edge `json:"edges,omitempty"` // of a band
}

// Edge is the bound of a band.
type Edge struct {
	Order string `json:"order"`
	Bound string `json:"bound"`
}

// ComputedFigure is a figure of figures.json that follows from a computation: its value is the result divided by Scale, rounded
// once to the decimals that it is printed with.
type ComputedFigure struct {
	ID          string `json:"id"`
	Computation int    `json:"computation"`
	Scale       string `json:"scale"` // of the unit of measure in which it is printed
}

// Computed is a printed figure with what it was computed from.
type Computed struct {
	Result indicator.Result
	Unit   figure.Unit // in which it is printed
}

// Asked is the answer to an ask with the records behind it.
type Asked struct {
	CountedSet
	Text string       // of the definition
	Tree *census.Tree // nil where Closed says why, or State that there is no number
}

// Sets are the sets behind the figures of a report.
type Sets struct {
	Kinds []KindCount
	Asked map[indicator.Ask]Asked
}

// linesMax bounds the lines of one report that are handed out: some 30 MB. What does not fit any more is closed as large.
const linesMax = 200_000

// render gives sets.json and sets.jsonl. The same report gives the same bytes.
func (s *Sets) render(basis document.Basis, computed map[string]Computed) (map[string][]byte, error) {
	out := SetsFile{Book: basis.Book, Epoch: int64(basis.Epoch), Position: basis.Position, Root: basis.Root, Kinds: s.Kinds, Definitions: []Definition{}, Sets: []CountedSet{}, Computations: []Computation{}, Figures: []ComputedFigure{}}
	texts, index, known := map[string]string{}, map[indicator.Ask]int{}, map[indicator.Question]int{}
	var lines bytes.Buffer
	listed := 0
	for _, a := range slices.SortedFunc(maps.Keys(s.Asked), cmpAsk) {
		x := s.Asked[a]
		if x.Tree != nil {
			set, err := x.Tree.Set()
			if err != nil {
				return nil, err
			}
			x.Set = &set
			if listed += len(x.Tree.Lines()); listed > linesMax {
				listed -= len(x.Tree.Lines())
				x.Closed = ClosedLarge
			}
		}
		if x.Tree != nil && x.Closed == "" {
			for _, line := range x.Tree.Lines() {
				lines.Write(line)
				lines.WriteByte('\n')
			}
		}
		if x.Definition != "" {
			texts[x.Definition] = x.Text
		}
		index[a] = len(out.Sets)
		out.Sets = append(out.Sets, x.CountedSet)
	}
	for _, id := range slices.Sorted(maps.Keys(computed)) {
		c := computed[id]
		q := c.Result.Question()
		at, again := known[q]
		if !again {
			steps := stepsOf(c.Result, index)
			if steps == nil {
				continue
			}
			at = len(out.Computations)
			known[q] = at
			out.Computations = append(out.Computations, Computation{q.Indicator.Code(), labelOf(c.Result).Zh, q.Indicator.Hash(), q.Period.String(), string(q.Unit), steps})
			for _, i := range append(q.Indicator.Behind(), q.Indicator) {
				texts[i.Hash()] = string(i.Canonical())
			}
		}
		out.Figures = append(out.Figures, ComputedFigure{id, at, figure.DecimalText(c.Unit.Scale())})
	}
	for _, hash := range slices.Sorted(maps.Keys(texts)) {
		out.Definitions = append(out.Definitions, Definition{hash, texts[hash]})
	}
	list, err := json.MarshalIndent(out, "", " ")
	return map[string][]byte{SetsName: append(list, '\n'), LinesName: lines.Bytes()}, err
}

// stepsOf are the steps of a result, its asks by their index among the sets; nil where one of them has no set.
func stepsOf(r indicator.Result, index map[indicator.Ask]int) (out []Step) {
	asks := r.Asks()
	for _, s := range r.Steps() {
		x := Step{Op: s.Op, Of: s.Of}
		switch s.Op {
		case indicator.OpAsk:
			at, ok := index[asks[s.Ask]]
			if !ok {
				return nil
			}
			x.Set, x.Scale = &at, figure.DecimalText(s.Scale)
		case indicator.OpNumber:
			x.Value = figure.DecimalText(s.Number)
		}
		for _, e := range s.Edges {
			x.Edges = append(x.Edges, Edge{e.Order, figure.DecimalText(e.Bound)})
		}
		out = append(out, x)
	}
	return out
}

func cmpAsk(a, b indicator.Ask) int {
	return cmp.Or(strings.Compare(a.Measure, b.Measure), strings.Compare(a.Period.String(), b.Period.String()), strings.Compare(string(a.Unit), string(b.Unit)))
}

// result is the value of a step: a number in base units, or why there is none; closed where that is not told.
type result struct {
	number *big.Rat
	state  string
	closed bool
}

// lackStates that stand for a number, the lesser first: of several lacks the greatest is the result.
var lackStates = []string{"", indicator.NoneRecorded.Code(), indicator.NotComputable.Code(), indicator.NotApplicable.Code()}

// worse is the result where two are needed and not both are numbers.
func worse(a, b result) result {
	switch {
	case a.closed || b.closed:
		return result{closed: true}
	case slices.Index(lackStates, b.state) > slices.Index(lackStates, a.state):
		return b
	}
	return a
}

// Bounds of arithmetic that comes in a file: no figure of a report needs more, and a short file may otherwise ask for endless numbers.
const (
	stepsMax      = 10_000
	numberBitsMax = 4096
)

// compute does the arithmetic again, with nothing but what the files say. ok is false where the steps make no sense.
func (f *SetsFile) compute(c Computation) (out result, ok bool) {
	if len(c.Steps) == 0 || len(c.Steps) > stepsMax {
		return result{}, false
	}
	done := make([]result, 0, len(c.Steps))
	for _, s := range c.Steps {
		of := make([]result, len(s.Of))
		for i, k := range s.Of {
			if k < 0 || k >= len(done) {
				return result{}, false
			}
			of[i] = done[k]
		}
		r, ok := f.step(s, of)
		if !ok || r.number != nil && r.number.Num().BitLen()+r.number.Denom().BitLen() > numberBitsMax {
			return result{}, false
		}
		done = append(done, r)
	}
	return done[len(done)-1], true
}

func (f *SetsFile) step(s Step, of []result) (result, bool) {
	wanted := map[string]int{indicator.OpAsk: 0, indicator.OpNumber: 0, indicator.OpNegate: 1, indicator.OpPoints: 1, indicator.OpAdd: 2, indicator.OpSubtract: 2,
		indicator.OpMultiply: 2, indicator.OpDivide: 2, indicator.OpFloor: 2, indicator.OpBand: len(s.Edges) + 2}
	switch n, known := wanted[s.Op]; {
	case s.Op == indicator.OpSum || s.Op == indicator.OpMin || s.Op == indicator.OpMax:
		return fold(s.Op, of), len(of) > 0
	case !known || n != len(of):
		return result{}, false
	case s.Op == indicator.OpAsk:
		return f.ask(s)
	case s.Op == indicator.OpNumber:
		x, err := census.ParseAmount(s.Value)
		return result{number: x}, err == nil
	case s.Op == indicator.OpBand:
		return choose(s.Edges, of)
	}
	a, b := of[0], of[len(of)-1]
	if a.number == nil || b.number == nil {
		return worse(a, b), true
	}
	x := new(big.Rat)
	switch s.Op {
	case indicator.OpNegate:
		x.Neg(a.number)
	case indicator.OpPoints:
		x.Mul(a.number, big.NewRat(100, 1))
	case indicator.OpAdd:
		x.Add(a.number, b.number)
	case indicator.OpSubtract:
		x.Sub(a.number, b.number)
	case indicator.OpMultiply:
		x.Mul(a.number, b.number)
	case indicator.OpDivide:
		if b.number.Sign() == 0 {
			return result{state: indicator.NotComputable.Code()}, true
		}
		x.Quo(a.number, b.number)
	case indicator.OpFloor:
		x.Set(a.number)
		if x.Cmp(b.number) < 0 {
			x.Set(b.number)
		}
	}
	return result{number: x}, true
}

// ask is the total of a set, in base units.
func (f *SetsFile) ask(s Step) (result, bool) {
	if s.Set == nil || *s.Set < 0 || *s.Set >= len(f.Sets) {
		return result{}, false
	}
	x := f.Sets[*s.Set]
	switch total := x.total(); {
	case x.State != "":
		return result{state: x.State}, slices.Contains(lackStates, x.State)
	case total == "":
		return result{closed: true}, x.Closed != ""
	default:
		n, err := census.ParseAmount(total)
		scale, wrong := census.ParseAmount(s.Scale)
		if err != nil || wrong != nil {
			return result{}, false
		}
		return result{number: n.Mul(n, scale)}, true
	}
}

// total is the figure of the measure; empty where it is not told.
func (x CountedSet) total() string {
	if x.Set != nil {
		return x.Set.Total
	}
	return x.Stated
}

// fold is the sum, least or greatest of the values that apply; not applicable when none does.
func fold(op string, of []result) (out result) {
	out.state = indicator.NotApplicable.Code()
	some := false
	for _, x := range of {
		switch {
		case x.state == indicator.NotApplicable.Code():
		case !some:
			out, some = x, true
		case out.number == nil || x.number == nil:
			out = worse(out, x)
		case op == indicator.OpSum:
			out.number = new(big.Rat).Add(out.number, x.number)
		case op == indicator.OpMin && x.number.Cmp(out.number) < 0, op == indicator.OpMax && x.number.Cmp(out.number) > 0:
			out = x
		}
	}
	return out
}

// choose is the value of the first band whose bound holds, or the last.
func choose(edges []Edge, of []result) (result, bool) {
	x := of[0]
	if x.number == nil {
		return x, true
	}
	for i, e := range edges {
		bound, err := census.ParseAmount(e.Bound)
		if err != nil || !slices.Contains([]string{"<", "<=", ">", ">="}, e.Order) {
			return result{}, false
		}
		c := x.number.Cmp(bound)
		if e.Order[0] == '>' {
			c = -c
		}
		if c < 0 || c == 0 && len(e.Order) == 2 {
			return of[i+1], true
		}
	}
	return of[len(of)-1], true
}

// named says whether a definition is the text of which the name is the hash.
func (d Definition) named() bool {
	sum := sha256.Sum256([]byte(d.Text))
	return hex.EncodeToString(sum[:]) == d.SHA256
}

// linesOf cuts sets.jsonl into the lines of each set that is listed; ok is false where there are more or fewer.
func (f *SetsFile) linesOf(content []byte) (out map[int][][]byte, ok bool) {
	out = map[int][][]byte{}
	rest := content
	for i, s := range f.Sets {
		if s.Set == nil || s.Closed != "" {
			continue
		}
		lines := [][]byte{}
		for range s.Size {
			line, more, found := bytes.Cut(rest, []byte("\n"))
			if !found {
				return out, false
			}
			lines, rest = append(lines, line), more
		}
		out[i] = lines
	}
	return out, len(rest) == 0
}
