// Package enterprise is the kind of enterprises under supervision (生产经营单位), known by their unified social credit code
// (统一社会信用代码, GB 32100-2015). It is the kind that docs/adding-a-kind.md adds: one file, one migration, one test.
//
// An enterprise is under supervision from a day until a day; how many are on a day is a stock. Hazards, cases and permits
// name it by its code. A wing package: imports the record floor and below.
package enterprise

import (
	"strings"

	"anlan/ground/code"
	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/record"
	"anlan/record/field"
	"anlan/record/measure"
)

// Industry is the line of work that decides which section supervises an enterprise.
type Industry string

// Industries is the list of lines of work.
var Industries = code.NewList("内设机构监管分工",
	code.Of(Industry("chemical"), "危险化学品", "hazardous chemicals"),
	code.Of(Industry("mine"), "非煤矿山", "mines other than coal"),
	code.Of(Industry("firework"), "烟花爆竹", "fireworks"),
	code.Of(Industry("trade"), "工贸", "industry and trade"),
	code.Of(Industry("other"), "其他", "other"),
)

// Enterprise is an enterprise under supervision (生产经营单位).
type Enterprise struct {
	record.Head
	CreditCode string
	Name       string
	Industry   Industry
	From       period.Day
	Until      period.Day // the first day on which it is no longer under supervision
}

// Fields, in the order of the register (企业名录).
var (
	creditCode = field.Text("credit_code", "统一社会信用代码", "unified social credit code", func(e *Enterprise) *string { return &e.CreditCode }, aCreditCode).Required()
	name       = field.Text("name", "企业名称", "name", func(e *Enterprise) *string { return &e.Name }, field.Max(100)).Required()
	industry   = field.Code("industry", "监管行业", "line of work", func(e *Enterprise) *Industry { return &e.Industry }, Industries).Required()
	from       = field.Day("from_on", "纳入监管日期", "under supervision from", func(e *Enterprise) *period.Day { return &e.From }).Required()
	until      = field.Day("until_on", "退出监管日期", "no longer from", func(e *Enterprise) *period.Day { return &e.Until })
)

// Supervised is how many enterprises are under supervision on the last day of a period.
var Supervised = measure.StockOf("enterprise.supervised", "监管企业数", "enterprises under supervision", "家", from, until)

// Kind is the kind of enterprises.
var Kind = record.Define("enterprise", "生产经营单位", "enterprise", func(e *Enterprise) *record.Head { return &e.Head },
	creditCode, name, industry, from, until,
).Key(creditCode).Rule((*Enterprise).inOrder, from, until).Measures(Supervised)

// ErrLeftBeforeComing: an enterprise cannot leave supervision before it came under it.
var ErrLeftBeforeComing = fault.Define("enterprise.left_before_coming", fault.Invalid,
	"退出监管日期%s早于纳入监管日期%s", "no longer from %s is before under supervision from %s")

func (e *Enterprise) inOrder() error {
	if !e.Until.IsZero() && e.Until.Before(e.From) {
		return ErrLeftBeforeComing.With(e.Until, e.From)
	}
	return nil
}

var aCreditCode = field.Rule[string]{
	Words: lang.Of("18位，末位校验正确（GB 32100-2015）", "18 characters with a true check character (GB 32100-2015)"),
	Holds: func(s string, _ period.Day) bool { return sound(s) },
}

// characters of the code, in the order of their values; I, O, S, V and Z are not used (GB 32100-2015, 4.3).
const characters = "0123456789ABCDEFGHJKLMNPQRTUWXY"

// sound says whether the last character is the check character of the other 17: weights are the powers of 3 modulo 31.
func sound(s string) bool {
	if len(s) != 18 {
		return false
	}
	sum, weight := 0, 1
	for _, c := range []byte(s[:17]) {
		v := strings.IndexByte(characters, c)
		if v < 0 {
			return false
		}
		sum, weight = sum+v*weight, weight*3%31
	}
	return s[17] == characters[(31-sum%31)%31]
}
