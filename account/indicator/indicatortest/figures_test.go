package indicatortest

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"anlan/account/indicator"
	"anlan/account/indicator/shipped"

	"github.com/google/go-cmp/cmp"
)

// spine is the shipped definitions.
func spine(t testing.TB) *indicator.File {
	t.Helper()
	content, err := shipped.Files.ReadFile("spine.indicators")
	if err != nil {
		t.Fatal(err)
	}
	file, err := indicator.Parse("spine.indicators", content)
	if err != nil {
		t.Fatal(err)
	}
	return file
}

func Test_figures(t *testing.T) {
	t.Parallel()
	Run(t, "testdata/*.figures", func(testing.TB) World { return &naive{} }, spine(t))
}

// played plays a text in a naive world and gives what was told.
func played(t *testing.T, text string) (told []string, err error) {
	t.Helper()
	commands, err := parse(text)
	if err != nil {
		return nil, err
	}
	p := &player{name: "test.figures", world: &naive{}, files: []*indicator.File{spine(t)}, wrong: func(line int, format string, args ...any) {
		told = append(told, fmt.Sprintf("%d: "+format, append([]any{line}, args...)...))
	}}
	return told, p.play(t.Context(), commands)
}

func Test_what_does_not_come_out_is_told(t *testing.T) {
	t.Parallel()
	const accidents = "record accident a1 on 2023-05-06 deaths 3\nrecord accident a2 on 2023-06-01 deaths 1\n"
	for _, c := range []struct{ name, text, told string }{
		{"another_number", "eval work_safety.accidents year 2023\n  3 起", "3: eval work_safety.accidents\n got: 2 起\nwant: 3 起"},
		{"another_unit", "eval work_safety.accidents year 2023\n  2 人", "3: eval work_safety.accidents\n got: 2 起\nwant: 2 人"},
		{"more_decimals", "eval work_safety.accidents year 2023\n  2.0 起", "3: eval work_safety.accidents\n got: 2 起\nwant: 2.0 起"},
		{"another_base", "eval accident.deaths / accident.count year 2023\n  2.00 人/起 from 4 人 / 1 起", "3: eval accident.deaths / accident.count\n got: 2.00 人/起  from 4人/2起\nwant: 2.00 人/起  from 4人/1起"},
		{"another_record", "eval accident.deaths period 2023-06\n  1 人 records a1", "3: eval accident.deaths\n got: 1 人  records a2\nwant: 1 人  records a1"},
		{"no_record_where_one_is_expected", "eval accident.count year 2022\n  0 起 records a1", "3: eval accident.count\n got: 0 起  records\nwant: 0 起  records a1"},
		{"none_recorded_is_not_zero", "eval statistic.gdp year 2023\n  0 亿元", "3: eval statistic.gdp\n got: none recorded\nwant: 0 亿元"},
		{"another_reason", "eval 1 起 / accident.count year 2021\n  not computable because rain", "3: eval 1 起 / accident.count\n got: not computable  because the base is 0: accidents (2021)\nwant: not computable  because rain"},
		{"no_failure", "eval accident.count year 2023\n  fails indicator.unit_mismatch 起 人", "3: eval accident.count\n got: 2 起\nwant: fails indicator.unit_mismatch  起 人"},
		{"a_failure", "eval accident.cuont year 2023\n  2 起", "3: eval accident.cuont\n got: fails indicator.unknown_name\nwant: 2 起"},
		{"another_failure", "eval accident.count + accident.deaths year 2023\n  fails indicator.unit_mismatch 人 起", "3: eval accident.count + accident.deaths\n got: fails indicator.unit_mismatch  起 人\nwant: fails indicator.unit_mismatch  人 起"},
		{"a_change_that_should_have_failed", "withdraw a1 because 重复\n  fails naive.no_record", "3: withdraw\n got: no fault: <nil>\nwant: fails naive.no_record"},
	} {
		told, err := played(t, accidents+c.text)
		if diff := cmp.Diff([]string{c.told}, told); diff != "" || err != nil {
			t.Errorf("%s: %v (-want +told):\n%s", c.name, err, diff)
		}
	}
}

func Test_a_file_ends_where_its_history_cannot_go_on(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"record ghost g1 on 2023-01-01":                            "line 1: there is no kind ghost",
		"record accident a1 on 2023-13-01":                         "line 1: \"2023-13-01\" is not a day; expected the form 2023-05-06 or 2023年5月6日",
		"withdraw a1 because 重复":                                   "line 1: there is no record a1",
		"eval accident.count year 2023 as of 1\n  0 起":             "line 1: as of 1: only 0 changes have been made",
		"define\n  indicator x \"例\" in 起 printed 0\n    = ghosts": "line 1: test.figures, line 3, column 7: there is no measure, indicator or constant \"ghosts\"",
	} {
		if told, err := played(t, text); err == nil || err.Error() != want || len(told) > 0 {
			t.Errorf("%s\n got: %v %v\nwant: %s", text, err, told, want)
		}
	}
}

func Test_lines_that_are_not_of_the_language(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"delete a1":                    `line 1: unknown command "delete"; there are define, record, change, withdraw, eval`,
		"  3 起":                        "line 1: an indented line belongs to a command, and there is none above it",
		"record accident":              "line 1: expected: record KIND ALIAS FIELD VALUE …",
		"record accident a1 on":        `line 1: the field "on" has no value`,
		"record accident a1 on \"2023": `line 1: a text in quotes is not closed: "2023`,
		"withdraw a1":                  "line 1: expected: withdraw ALIAS … because REASON",
		"withdraw a1 on 2023-01-01 because 重复":         "line 1: withdraw takes no fields",
		"change a1 on 2023-01-01 because":              "line 1: expected: change ALIAS … because REASON",
		"eval accident.count":                          "line 1: expected: eval EXPRESSION year|period PERIOD [unit UNIT] [as of N]",
		"eval accident.count year 2023":                "line 1: eval says nothing of what it expects",
		"eval accident.count year 2023\n  3 起\n  4 起":  "line 3: eval expects two things",
		"eval accident.count year 2023\n  from 3 起":    "line 2: expected a value before from",
		"eval accident.count year 20x3\n  3 起":         `line 1: "20x3" is not a period; expected 2023, 2023-H1, 2023-Q2, 2023-05, 2023-05-T1, 2023-05-06 or 2023-01..05`,
		"eval accident.count year 2023 unit x\n  3 起":  `line 1: "x" is not a unit code; expected a place code, with -NN for a section, as 430600-03`,
		"eval accident.count year 2023 as of 0\n  3 起": "line 1: as of 0: expected the number of a change in this file",
		"eval accident.count year 2023\n  fails":       "line 2: expected: fails CODE ARGUMENT …",
		"record accident a1 on 2023-01-01\n  3 起":      "line 2: record succeeds or fails; it has no value",
		"define x": "line 1: define stands alone; definitions follow on indented lines",
		strings.Repeat("#", scriptBytesMax) + "\n": "a file has at most 1048576 bytes of UTF-8",
	} {
		if _, err := parse(text); err == nil || err.Error() != want {
			t.Errorf("%.80s\n got: %v\nwant: %s", text, err, want)
		}
	}
}

func Fuzz_scripts(f *testing.F) {
	paths, err := filepath.Glob("testdata/*.figures")
	if err != nil || len(paths) == 0 {
		f.Fatal("no scripts", err)
	}
	for _, path := range paths {
		content, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(content))
	}
	f.Fuzz(func(t *testing.T, content string) {
		commands, err := parse(content)
		if err != nil {
			return
		}
		for _, c := range commands {
			if !slices.Contains([]string{"define", "record", "change", "withdraw", "eval"}, c.verb) {
				t.Errorf("verb %q", c.verb)
			}
			c.want.line(nil)
		}
	})
}
