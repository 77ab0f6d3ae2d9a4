package compare_test

import (
	"bufio"
	"context"
	"crypto/sha256"
	"flag"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"anlan/account/check/reading"
	"anlan/account/indicator"
	"anlan/account/report/compare"
	"anlan/ground/figure"
	"anlan/ground/lang"
	"anlan/ground/period"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the goldens anew")

// world is a catalogue and records for tests, read from testdata/published.values.
type world struct {
	codes    []string
	measures map[string]indicator.Measure
	values   map[indicator.Ask]*big.Rat
	marks    map[string]lang.Text
	nils     map[indicator.Ask]bool // zeros that somebody stated
}

func (w *world) Lookup(code string) (indicator.Measure, bool) {
	m, ok := w.measures[code]
	return m, ok
}

func (w *world) Codes() []string { return w.codes }

func (w *world) Values(_ context.Context, asks []indicator.Ask) ([]indicator.Quantity, error) {
	out := make([]indicator.Quantity, len(asks))
	for i, a := range asks {
		a.Unit = ""
		if m := w.measures[a.Measure]; m.Shape == indicator.Stock && a.Period.Last() == period.Year(a.Period.Last().Year()).Last() {
			a.Period = period.Year(a.Period.Last().Year()) // a stock is what stands on the last day
		}
		if v, ok := w.values[a]; ok {
			out[i] = indicator.Exact(v, 1)
		}
	}
	return out, nil
}

func (w *world) Marks(_ context.Context, asks []indicator.Ask) ([]lang.Text, error) {
	out := make([]lang.Text, len(asks))
	for i, a := range asks {
		out[i] = w.marks[a.Measure+" "+a.Period.String()]
	}
	return out, nil
}

func (w *world) Stated(_ context.Context, asks []indicator.Ask) ([]bool, error) {
	out := make([]bool, len(asks))
	for i, a := range asks {
		a.Unit = ""
		out[i] = w.nils[a]
	}
	return out, nil
}

func ask(code, in string) indicator.Ask {
	return indicator.Ask{Measure: code, Period: period.MustParse(in)}
}

// say gives a measure a value.
func (w *world) say(code, in, value string) {
	v, ok := new(big.Rat).SetString(value)
	if !ok {
		panic("no number " + value)
	}
	w.values[indicator.Ask{Measure: code, Period: period.MustParse(in)}] = v
}

func published(t testing.TB) *world {
	t.Helper()
	w := &world{measures: map[string]indicator.Measure{}, values: map[indicator.Ask]*big.Rat{}, nils: map[indicator.Ask]bool{}, marks: map[string]lang.Text{
		"statistic.gdp 2023": lang.Of("未核实", "unverified")}}
	f, err := os.Open(filepath.Join("testdata", "published.values"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		words := strings.Fields(lines.Text())
		if len(words) < 4 || words[0] == "#" {
			continue
		}
		unit, ok := figure.UnitOf(words[3])
		if !ok {
			t.Fatalf("no unit %s", words[3])
		}
		m := indicator.Measure{Code: words[0], Label: label(words[0]), Unit: unit, Shape: indicator.Flow, Definition: sha256.Sum256([]byte(words[0]))}
		if len(words) > 4 {
			m.Shape = indicator.Stock
		}
		if _, known := w.measures[m.Code]; !known {
			w.codes = append(w.codes, m.Code)
		}
		w.measures[m.Code] = m
		w.say(words[0], words[1], words[2])
	}
	return w
}

// label names a measure as its kind does where the tests show it, else by its code.
func label(code string) lang.Text {
	if zh, ok := labels[code]; ok {
		return lang.Text{Zh: zh, En: code}
	}
	return lang.Text{Zh: code, En: code}
}

var labels = map[string]string{"accident.count": "生产安全事故起数", "accident.deaths": "事故死亡人数", "accident.injuries": "事故受伤人数", "statistic.gdp": "地区生产总值"}

func setOf(t testing.TB, w *world, texts ...string) *indicator.Set {
	t.Helper()
	var files []*indicator.File
	for _, text := range texts {
		f, err := indicator.Parse("test.indicators", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, f)
	}
	set, err := indicator.Define(w, files...)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func shipped(t testing.TB) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join("testdata", "published.indicators"))
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

func document(t testing.TB, name, text string) *reading.Document {
	t.Helper()
	doc, err := reading.Read(name, strings.NewReader(text), int64(len(text)))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func compared(t testing.TB, w *world, doc *reading.Document) *compare.Report {
	t.Helper()
	r, err := compare.Compare(t.Context(), doc, compare.Terms{Set: setOf(t, w, shipped(t)), Catalogue: w, Records: w, Period: period.MustParse("2023"), Unit: "430600", Bureau: "430600"})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", file, diff)
	}
}

// add declares a measure of flow with a value.
func (w *world) add(code, in, value, unit string) {
	u, _ := figure.UnitOf(unit)
	w.codes = append(w.codes, code)
	w.measures[code] = indicator.Measure{Code: code, Label: lang.Text{Zh: code, En: code}, Unit: u, Shape: indicator.Flow, Definition: sha256.Sum256([]byte(code))}
	w.say(code, in, value)
}
