package check

import "strings"

// form is the arithmetic of a relation: a sum of operands with signs, or a quotient of two such sums. It is small, because every claim has
// one.
type form struct{ *arithmetic }

// arithmetic is what forms share; nobody writes to it.
type arithmetic struct {
	over, under []int8 // the sign of each operand above and below the line; under is nil in a sum
	pieces      []string
	places      []int // the operand between pieces[i] and pieces[i+1]
}

// linear says whether the form is a sum.
func (f form) linear() bool { return f.under == nil }

// eval is the form of values; ok is false where the base of a quotient is not positive: shares and rates of change of
// nothing, or of less, mean nothing.
func (f form) eval(v []exact) (x exact, ok bool) {
	n := weigh(f.over, v)
	if f.under == nil {
		return n, true
	}
	d := weigh(f.under, v)
	if d.sign() <= 0 {
		return exact{}, false
	}
	return n.quo(d), true
}

func weigh(signs []int8, v []exact) (sum exact) {
	for i, s := range signs {
		switch {
		case s > 0:
			sum = sum.add(v[i])
		case s < 0:
			sum = sum.sub(v[i])
		}
	}
	return sum
}

// bounds are the least and the greatest result that operands inside their spans allow. A quotient is monotone in each
// operand, so that its extremes stand at corners; operands that stand above and below the line stay one operand.
func (f form) bounds(ops []span) (low, high exact, ok bool) {
	if f.under == nil {
		for i, o := range ops {
			if f.over[i] > 0 {
				low, high = low.add(o.low), high.add(o.high)
			} else {
				low, high = low.sub(o.high), high.sub(o.low)
			}
		}
		return low, high, true
	}
	var buf [4]exact
	v := buf[:0]
	for range ops {
		v = append(v, exact{})
	}
	for corner := range 1 << len(ops) {
		for i, o := range ops {
			if v[i] = o.low; corner>>i&1 == 1 {
				v[i] = o.high
			}
		}
		x, ok := f.eval(v)
		if !ok {
			return exact{}, exact{}, false
		}
		if corner == 0 || x.cmp(low) < 0 {
			low = x
		}
		if corner == 0 || x.cmp(high) > 0 {
			high = x
		}
	}
	return low, high, true
}

// formula writes the form with names for the operands: "f13 + f14", "(f2 − f1) ÷ f1".
func (f form) formula(names []string) string {
	var b strings.Builder
	if f.pieces != nil {
		for i, piece := range f.pieces {
			b.WriteString(piece)
			if i < len(f.places) {
				b.WriteString(names[f.places[i]])
			}
		}
		return b.String()
	}
	for i, x := range names {
		switch {
		case f.over[i] < 0 && i == 0:
			b.WriteString("−")
		case f.over[i] < 0:
			b.WriteString(" − ")
		case i > 0:
			b.WriteString(" + ")
		}
		b.WriteString(x)
	}
	return b.String()
}

// totals are the sums of few operands, which most claims are.
var totals = func() (all [65]form) {
	for n := range all {
		all[n] = signed(make([]int8, n))
	}
	return all
}()

// total is the sum of n operands.
func total(n int) form {
	if n < len(totals) {
		return totals[n]
	}
	return signed(make([]int8, n))
}

// signed is a sum in which operands with a negative sign are taken away; sign 0 counts as plus.
func signed(signs []int8) form {
	over := make([]int8, len(signs))
	for i := range signs {
		if over[i] = 1; signs[i] < 0 {
			over[i] = -1
		}
	}
	return form{&arithmetic{over: over}}
}

// quotient is a form with a line; text names the operands a, b, c, d.
func quotient(text string, over, under []int8) form {
	f := arithmetic{over: over, under: under}
	from := 0
	for i := range len(text) {
		if c := text[i]; c >= 'a' && c <= 'd' {
			f.pieces = append(f.pieces, text[from:i])
			f.places = append(f.places, int(c-'a'))
			from = i + 1
		}
	}
	f.pieces = append(f.pieces, text[from:])
	return form{&f}
}

// The forms of two operands, a and b.
var (
	same       = total(1)
	difference = signed([]int8{1, -1})
	fallen     = signed([]int8{-1, 1}) // b − a
	ratio      = quotient("a ÷ b", []int8{1, 0}, []int8{0, 1})
	growth     = quotient("(a − b) ÷ b", []int8{1, -1}, []int8{0, 1})
	decline    = quotient("(b − a) ÷ b", []int8{-1, 1}, []int8{0, 1})

	// a is the value now and b the amount by which it has changed; because the base is made of the same two numbers, the
	// bounds are narrower than those of b over an independent base.
	growthBy  = quotient("b ÷ (a − b)", []int8{0, 1}, []int8{1, -1})
	declineBy = quotient("b ÷ (a + b)", []int8{0, 1}, []int8{1, 1})

	// The value now for a base: a common mistake.
	amountOverNow  = quotient("b ÷ a", []int8{0, 1}, []int8{1, 0})
	growthOverNow  = quotient("(a − b) ÷ a", []int8{1, -1}, []int8{1, 0})
	declineOverNow = quotient("(b − a) ÷ a", []int8{-1, 1}, []int8{1, 0})

	// completion is the official 预算完成率 of Hunan's form 部门整体支出绩效评价指标表: of what was carried over (a), budgeted (b)
	// and added (c), the part that is not left over (d).
	completion = quotient("(a + b + c − d) ÷ (a + b + c)", []int8{1, 1, 1, -1}, []int8{1, 1, 1, 0})
)
