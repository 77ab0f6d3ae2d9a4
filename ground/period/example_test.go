package period_test

import (
	"fmt"

	"anlan/ground/period"
)

// A monthly table compares the year to date with the same span of the year before.
func Example() {
	p := period.MustParse("2024-02").YearToDate()
	fmt.Println(p, p.Label().Zh, p.LastYear(), p.YearEndBefore())
	// Output: 2024-01..02 2024年1—2月 2023-01..02 2023-12-31
}

func ExampleParseDay() {
	d, _ := period.ParseDay("二〇二三年五月六日")
	e, _ := period.ParseDay("２０２３／５／６ 00:00:00")
	f, _ := period.FromSerial(45052, period.Serials1900)
	fmt.Println(d, d == e, e == f)
	// Output: 2023-05-06 true true
}
