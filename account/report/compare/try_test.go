package compare_test

import (
	"fmt"
	"os"
	"testing"

	"anlan/account/check/sample"
)

func TestTry(t *testing.T) {
	seed, _ := os.ReadFile("/work/shared/data/seed.txt")
	for _, text := range []string{sample.Text(), string(seed)} {
		r := compared(t, published(t), document(t, "a.txt", text))
		for _, f := range r.Figures {
			why := ""
			if f.Why != nil {
				why = f.Why.Zh
			}
			fmt.Println(f.Line, f.Verdict, f.Text, f.Indicator, f.Period, "=", f.Recorded, f.Derived, f.Follows, why, f.Notes)
		}
		for _, f := range r.Findings {
			fmt.Println(f.Figures, f.Message.Zh, "\n", f.Message.En)
		}
		fmt.Printf("%+v\n", r.Summary)
	}
}
