package source

import (
	"slices"
	"strings"

	"anlan/ground/maybe"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/record"
	"anlan/record/access"
	"anlan/record/field"
)

// Return is a return (报表): what a unit states of a form's items for a period. It belongs to the unit that files it.
type Return struct {
	record.Head
	Form     string
	Reporter place.Unit
	Period   period.Period
	First    period.Day // of the period, derived: by it returns are found
	Last     period.Day
	Edition  Edition
	SignedBy string
	FiledOn  period.Day
	Nil      bool // 零申报: every item of the form is 0
	Values   []ReturnValue
	Files    []field.File
}

// ReturnValue is what a return states of an item. Without a value the item is none recorded, which is not 0.
type ReturnValue struct {
	Item  string
	Value maybe.Of[field.Scaled]
}

// valueDecimals is how exact values of returns and printed figures are kept: a fen in 万元.
const valueDecimals = 6

var (
	returnForm     = field.Text("form", "报表代码", "form code", func(r *Return) *string { return &r.Form }, aFormCode).Required()
	returnReporter = field.Unit("reporter", "填报单位", "reporting unit", func(r *Return) *place.Unit { return &r.Reporter }).Required()
	returnPeriod   = field.Period("period", "报告期", "period", func(r *Return) *period.Period { return &r.Period }).Required()
	returnFirst    = field.Day("first_on", "报告期首日", "first day", func(r *Return) *period.Day { return &r.First }).
			Note("由报告期算出，不必填写", "computed from the period; need not be given").Computed()
	returnLast = field.Day("last_on", "报告期末日", "last day", func(r *Return) *period.Day { return &r.Last }).
			Note("由报告期算出，不必填写", "computed from the period; need not be given").Computed()
	returnEdition = field.Code("edition", "数据版次", "edition", func(r *Return) *Edition { return &r.Edition }, ReturnEditions).Required()
	returnSigned  = field.Person("signed_by", "签发人", "signed by", func(r *Return) *string { return &r.SignedBy }, field.Max(50))
	returnFiled   = field.Day("filed_on", "报出日期", "filed on", func(r *Return) *period.Day { return &r.FiledOn }, field.NotFuture).Required()
	returnNil     = field.YesNo("is_nil", "零申报", "nil return", func(r *Return) *bool { return &r.Nil }).
			Note("零申报时各项均为0，不填指标值", "of a nil return every item is 0; no values are given")
	returnValues = field.Rows("item", "指标值", "values", func(r *Return) *[]ReturnValue { return &r.Values }, valueItem, valueOf)
	returnFiles  = field.Attachment("attachment", "附件", "attachments", func(r *Return) *[]field.File { return &r.Files })

	valueItem = field.Text("item", "指标项代码", "item", func(v *ReturnValue) *string { return &v.Item }, anItemCode).Required()
	valueOf   = field.Quantity("value", "数值", "value", "", valueDecimals, func(v *ReturnValue) *maybe.Of[field.Scaled] { return &v.Value })
)

// ReturnKind is the kind of returns. A unit files a form once for a period and edition.
var ReturnKind = record.Define("stat_return", "报表", "return", func(r *Return) *record.Head { return &r.Head },
	returnForm, returnReporter, returnPeriod, returnFirst, returnLast, returnEdition, returnSigned, returnFiled, returnNil, returnValues, returnFiles,
).Key(returnForm, returnReporter, returnPeriod, returnEdition).Derive((*Return).settle).
	Rule((*Return).inTime, returnPeriod, returnEdition, returnFiled).Rule((*Return).inOrder, returnForm, returnNil, returnValues).ChangeRule(keepsItems)

// settle puts the return into the hands of the unit that files it, and finds the days of its period.
func (r *Return) settle() {
	if r.Reporter != "" {
		r.Unit = r.Reporter
	}
	r.First, r.Last = r.Period.First(), r.Period.Last()
}

// inTime refuses a return that was filed before there was anything to state.
func (r *Return) inTime() error {
	if r.FiledOn.Before(r.First) {
		return ErrFiledBefore.With(r.FiledOn.String(), r.Period.String())
	}
	if r.FiledOn.Before(r.Last) && (r.Edition == Annual || r.Edition == Verified) {
		edition, _ := Editions.Find(r.Edition)
		return on("filed_on", ErrFiledEarly.With(r.FiledOn.String(), r.Period.String(), r.Last.String(), edition.Label))
	}
	return nil
}

// inOrder refuses values that contradict each other.
func (r *Return) inOrder() error {
	stated := false
	for i, v := range r.Values {
		if slices.ContainsFunc(r.Values[:i], func(w ReturnValue) bool { return w.Item == v.Item }) {
			return ErrItemTwice.With(r.Form + "." + v.Item)
		}
		if r.Nil && v.Value.OK && v.Value.V != 0 {
			return ErrNilWithValue.With(r.Form + "." + v.Item)
		}
		stated = stated || v.Value.OK
	}
	if !r.Nil && !stated {
		return ErrStatesNothing.With()
	}
	return nil
}

// keepsItems refuses a correction that leaves out items which the return has stated: what is no longer known is said by an item
// without a value, and a nil return says 0 of all.
func keepsItems(before, after *Return, _ access.Action) error {
	var lost []string
	for _, v := range before.Values {
		if v.Value.OK && !after.Nil && !slices.ContainsFunc(after.Values, func(w ReturnValue) bool { return w.Item == v.Item }) {
			lost = append(lost, v.Item)
		}
	}
	if len(lost) > 0 {
		return on("item", ErrItemsLeftOut.With(after.Form, string(after.Reporter), after.Period.String(), strings.Join(lost, "、")))
	}
	return nil
}
