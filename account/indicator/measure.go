package indicator

import (
	"context"
	"math/big"

	"anlan/ground/figure"
	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/ground/place"
)

// Measure is what a definition must know of a measure (统计项): a question about one kind of record that an indicator may
// name by its code.
type Measure struct {
	Code       string
	Label      lang.Text
	Unit       figure.Unit // of its values
	Shape      Shape
	Definition [32]byte // hash of the measure's own definition; it goes into the hash of each indicator that uses it
}

// Shape says what a measure's figure for a period is.
type Shape string

// The shapes of measures.
const (
	Flow  Shape = "flow"  // 时期数: what happened on the days of the period; of records, or of their rows (97 deaths of 87 accidents)
	Stock Shape = "stock" // 时点数: the balance at the end of the period's last day
)

// Catalogue is the measures that definitions may name.
type Catalogue interface {
	// Lookup is the measure with this code.
	Lookup(code string) (Measure, bool)
	// Codes lists the codes of all measures; they are what a misspelt name is compared with.
	Codes() []string
}

// Ask is one figure wanted: the measure's value for the unit, and those below it, in the period.
type Ask struct {
	Measure string
	Period  period.Period
	Unit    place.Unit
}

// Source gives the figures of measures, all as of one journal position that is bound into it.
type Source interface {
	// Values answers each ask, in the same order. The asks of one call are distinct and ordered by when they are first
	// needed; answering them together is what keeps the cost of a report apart from the number of its indicators. An error
	// is for what keeps all from being read; a figure that is not there is a Quantity that says so.
	Values(ctx context.Context, asks []Ask) ([]Quantity, error)
}

// Quantity is the answer to one Ask: a number in the measure's own unit with the number of records behind it, or the reason
// why there is none. The zero Quantity is none recorded. Nothing that happened is the number 0, not none recorded.
type Quantity struct {
	state   State
	number  exact
	records int
	why     lang.Text
	origin  *Origin // nil: records alone
}

// NotCounted stands for the number of records behind a figure where nobody has counted them.
const NotCounted = -1

// Number is n of the measure's unit, from so many records.
func Number(n int64, records int) Quantity {
	return Quantity{state: Computed, number: whole(n), records: records}
}

// Ratio is num/den of the measure's unit (den ≠ 0), from so many records: amounts in fen of a measure in 元 have den 100.
func Ratio(num, den int64, records int) Quantity {
	return Quantity{state: Computed, number: exactOf(big.NewRat(num, den)), records: records}
}

// Exact is r of the measure's unit, from so many records. It keeps no reference to r.
func Exact(r *big.Rat, records int) Quantity {
	return Quantity{state: Computed, number: exactOf(r), records: records}
}

// Inapplicable is the answer where the question does not arise for the unit.
func Inapplicable(why lang.Text) Quantity { return Quantity{state: NotApplicable, why: why} }

// Uncomputable is the answer where there are records but they give no number.
func Uncomputable(why lang.Text) Quantity { return Quantity{state: NotComputable, why: why} }

// Records is how many records stand behind the number; NotCounted where the source was not asked to count.
func (q Quantity) Records() int { return q.records }
