package source

import (
	"maps"
	"math/big"
	"slices"
)

// Linear is a figure as a sum of asks, each times a factor; what it adds besides is known to every reader and left out.
type Linear map[Ask]*big.Rat

// Leak is a withheld figure that printed ones give away, and by which of them.
type Leak struct {
	Withheld int              // its index
	By       map[int]*big.Rat // index of a printed figure → its factor: their sum is the withheld figure
}

// Solvable finds the withheld figures that a reader could compute from the printed ones: those that are a sum of printed ones,
// each times a factor. It eliminates in exact fractions, so what it finds is a proof, and what it does not find is not to be
// had by adding and subtracting. A quotient that is printed beside its value is a linear figure too (numerator less value times
// denominator, which is 0): whoever makes the forms says so.
func Solvable(printed, withheld []Linear) []Leak {
	e := elimination{pivots: map[Ask]int{}}
	for i, f := range printed {
		e.add(i, f)
	}
	var out []Leak
	for i, f := range withheld {
		if by, solved := e.solve(f); solved {
			out = append(out, Leak{i, by})
		}
	}
	return out
}

// row is a form that printed figures give, with the factors by which.
type row struct {
	form Linear
	by   map[int]*big.Rat
}

// elimination holds rows in which each pivot stands in one row only, with the factor 1.
type elimination struct {
	rows   []row
	pivots map[Ask]int // → its row
	order  []Ask       // of the pivots
}

// add takes a printed form in, if the rows do not give it already.
func (e *elimination) add(i int, f Linear) {
	r := row{maps.Clone(f), map[int]*big.Rat{i: big.NewRat(1, 1)}}
	e.reduce(&r)
	pivot, ok := lead(r.form)
	if !ok {
		return
	}
	r.scale(new(big.Rat).Inv(r.form[pivot]))
	for k := range e.rows {
		if x := e.rows[k].form[pivot]; x != nil && x.Sign() != 0 {
			e.rows[k].less(r, new(big.Rat).Set(x))
		}
	}
	e.pivots[pivot] = len(e.rows)
	e.rows = append(e.rows, r)
	e.order = append(e.order, pivot)
}

// solve gives the factors by which printed figures make up a form.
func (e *elimination) solve(f Linear) (map[int]*big.Rat, bool) {
	r := row{maps.Clone(f), map[int]*big.Rat{}}
	e.reduce(&r)
	if _, left := lead(r.form); left {
		return nil, false
	}
	for i, x := range r.by {
		r.by[i] = x.Neg(x)
		if x.Sign() == 0 {
			delete(r.by, i)
		}
	}
	return r.by, true
}

// reduce takes every pivot out of a row.
func (e *elimination) reduce(r *row) {
	for _, pivot := range e.order {
		if x := r.form[pivot]; x != nil && x.Sign() != 0 {
			r.less(e.rows[e.pivots[pivot]], new(big.Rat).Set(x))
		}
	}
}

// lead is the first ask of a form whose factor is not 0, in a fixed order.
func lead(f Linear) (Ask, bool) {
	for _, a := range slices.SortedFunc(maps.Keys(f), Compare) {
		if f[a].Sign() != 0 {
			return a, true
		}
	}
	return Ask{}, false
}

// less subtracts another row times a factor.
func (r *row) less(other row, times *big.Rat) {
	subtract(r.form, other.form, times)
	subtract(r.by, other.by, times)
}

func subtract[K comparable](from, what map[K]*big.Rat, times *big.Rat) {
	for k, x := range what {
		was := from[k]
		if was == nil {
			was = new(big.Rat)
		}
		from[k] = new(big.Rat).Sub(was, new(big.Rat).Mul(x, times))
	}
}

func (r *row) scale(times *big.Rat) {
	for k, x := range r.form {
		r.form[k] = new(big.Rat).Mul(x, times)
	}
	for k, x := range r.by {
		r.by[k] = new(big.Rat).Mul(x, times)
	}
}

// Tied says of each printed form whether it can have a part in giving a withheld one away: whether some printed forms, it among
// them, make the withheld one up and no fewer of these do. (In the terms of matroids: whether the two lie in one circuit. Circuits
// join components; those of a basis and the forms that it makes up are all that is needed to find them.)
func Tied(printed, withheld []Linear) []bool {
	e := elimination{pivots: map[Ask]int{}}
	joined := make([]int, len(printed)) // each leads to another of its component, the last to itself
	for i, f := range printed {
		joined[i] = i
		if by, made := e.solve(f); made {
			join(joined, i, by)
			continue
		}
		e.add(i, f)
	}
	tied := make([]bool, len(printed))
	for _, f := range withheld {
		by, made := e.solve(f)
		if !made {
			continue
		}
		of := map[int]bool{}
		for i := range by {
			of[root(joined, i)] = true
		}
		for i := range printed {
			tied[i] = tied[i] || of[root(joined, i)]
		}
	}
	return tied
}

func join(joined []int, i int, others map[int]*big.Rat) {
	for k := range others {
		joined[root(joined, k)] = root(joined, i)
	}
}

func root(joined []int, i int) int {
	for joined[i] != i {
		i = joined[i]
	}
	return i
}
