package report

import (
	"testing"

	"anlan/account/indicator"
)

// A short file may ask for a number of any length: forty squarings of nine.
func TestArithmeticOfAFileIsBounded(t *testing.T) {
	t.Parallel()
	c := Computation{Steps: []Step{{Op: indicator.OpNumber, Value: "9"}}}
	for i := range 40 {
		c.Steps = append(c.Steps, Step{Op: indicator.OpMultiply, Of: []int{i, i}})
	}
	f := &SetsFile{}
	if _, ok := f.compute(c); ok {
		t.Error("forty squarings were computed")
	}
	c.Steps = c.Steps[:8]
	if r, ok := f.compute(c); !ok || r.number == nil {
		t.Error("seven squarings were not")
	}
}
