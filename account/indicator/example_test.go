package indicator_test

import (
	"context"
	"fmt"

	"anlan/account/indicator"
	"anlan/ground/lang"
	"anlan/ground/period"
)

// A definition is parsed, checked against the measures that there are, and asked for a year.
func Example() {
	file, err := indicator.Parse("safety.indicators", []byte(`
		indicator work_safety.deaths_change  "死亡人数同比"  "change in deaths on last year"  in %  printed 1
		  = (accident.deaths − accident.deaths @ 同期) ÷ accident.deaths @ 同期
	`))
	if err != nil {
		fmt.Println(err)
		return
	}
	set, err := indicator.Define(bureau, file)
	if err != nil {
		fmt.Println(err)
		return
	}
	change, err := set.Indicator("work_safety.deaths_change")
	if err != nil {
		fmt.Println(err)
		return
	}
	results, err := indicator.Eval(context.Background(), published(), indicator.Question{Indicator: change, Period: period.Year(2023), Unit: "430600"})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(results[0].Text().Zh, results[0].Arithmetic().Zh)
	// Output: −11.0% （97 人 − 109 人） ÷ 109 人
}

// What cannot be added is refused before anything is counted.
func ExampleShow() {
	content := []byte(`indicator x "例" in 起 printed 0 = accident.count + accident.deaths`)
	file, err := indicator.Parse("x.indicators", content)
	if err == nil {
		_, err = indicator.Define(bureau, file)
	}
	fmt.Print(indicator.Show(err, lang.English, map[string][]byte{"x.indicators": content}))
	// Output:
	// x.indicators, line 1, column 49: 起 and 人 measure different things and cannot be added
	//     indicator x "例" in 起 printed 0 = accident.count + accident.deaths
	//                  　     　                            ^
}
