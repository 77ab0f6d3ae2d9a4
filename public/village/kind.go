package village

import (
	"anlan/ground/fault"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/record"
	"anlan/record/field"
	"anlan/record/measure"
)

// itemsMin is how many items 村“三有” has.
const itemsMin = 3

// Village is a village under the standard 村“三有”. The last three are derived.
type Village struct {
	record.Head
	Code       place.Code
	Name       string
	From       period.Day
	Until      period.Day // the first day on which it is a village no more
	Standard   string
	Items      []Item
	AcceptedOn period.Day
	LapsedOn   period.Day // the first day on which it is up to the standard no more
	Met        int64
	Complete   bool
	MetUntil   period.Day
}

// Item is one item of the standard.
type Item struct {
	Name     string
	Met      bool
	Evidence string
}

// Fields, in the order of the register (村“三有”建设台账).
var (
	code = field.Place("village", "村（社区）代码", "village code", func(v *Village) *place.Code { return &v.Code }).Required()
	name = field.Text("name", "村（社区）名称", "name", func(v *Village) *string { return &v.Name }, field.Max(100)).Required()
	from = field.Day("from_on", "设立日期", "from", func(v *Village) *period.Day { return &v.From }).Required().
		Note("不详的填台账建立之日", "where it is not known: the day on which the register begins")
	until      = field.Day("until_on", "撤并日期", "no longer from", func(v *Village) *period.Day { return &v.Until })
	standard   = field.Text("standard", "建设标准文号", "document of the standard", func(v *Village) *string { return &v.Standard }, field.Max(100))
	items      = field.Rows("item", "建设内容", "items", func(v *Village) *[]Item { return &v.Items }, itemName, itemMet, evidence)
	acceptedOn = field.Day("accepted_on", "达标验收日期", "accepted on", func(v *Village) *period.Day { return &v.AcceptedOn }, field.NotFuture)
	lapsedOn   = field.Day("lapsed_on", "取消达标日期", "lapsed on", func(v *Village) *period.Day { return &v.LapsedOn }, field.NotFuture)
	met        = field.Number("met", "已达标项数", "items met", func(v *Village) *int64 { return &v.Met }).Counts("项").Note(derivedZh, derivedEn)
	complete   = field.YesNo("complete", "各项齐全", "all items met", func(v *Village) *bool { return &v.Complete }).Note(derivedZh, derivedEn)
	metUntil   = field.Day("met_until_on", "达标截止日期", "up to the standard until", func(v *Village) *period.Day { return &v.MetUntil }).Note(derivedZh, derivedEn)

	itemName = field.Text("item_name", "项目", "item", func(i *Item) *string { return &i.Name }, field.Max(100)).Required()
	itemMet  = field.YesNo("item_met", "是否达标", "met", func(i *Item) *bool { return &i.Met })
	evidence = field.Text("evidence", "佐证材料", "evidence", func(i *Item) *string { return &i.Evidence }, field.Max(300))
)

// The note of the fields that are computed.
const (
	derivedZh = "由建设内容和日期算出，不必填写"
	derivedEn = "computed from items and days; need not be given"
)

// Measures (统计项).
var (
	Total = measure.StockOf("village.total", "村（社区）数", "villages", "个", from, until)
	Met   = measure.StockOf("village.three_met", "“三有”达标村（社区）数", "villages up to the standard", "个", acceptedOn, metUntil, complete.Is(true))
)

// Kind is the kind of villages under the standard.
var Kind = record.Define("village_standard", "村“三有”", "village standard", func(v *Village) *record.Head { return &v.Head },
	code, name, from, until, standard, items, acceptedOn, lapsedOn, met, complete, metUntil,
).Key(code).Derive((*Village).derive).Rule((*Village).inOrder).Measures(Total, Met)

// derive counts the items and finds the day from which the village no longer counts as up to the standard.
func (v *Village) derive() {
	v.Met, v.MetUntil = 0, v.LapsedOn
	for _, i := range v.Items {
		if i.Met {
			v.Met++
		}
	}
	v.Complete = len(v.Items) >= itemsMin && v.Met == int64(len(v.Items))
	if !v.Until.IsZero() && (v.MetUntil.IsZero() || v.Until.Before(v.MetUntil)) {
		v.MetUntil = v.Until
	}
}

// Faults of villages.
var (
	ErrEndsBeforeBeginning = fault.Define("village.ends_before_beginning", fault.Invalid,
		"撤并日期%s早于设立日期%s", "no longer from %s is before from %s")
	ErrLapsedBeforeAccepted = fault.Define("village.lapsed_before_accepted", fault.Invalid,
		"取消达标日期%s没有在它之前的达标验收日期", "it lapsed on %s and was not accepted before")
)

func (v *Village) inOrder() error {
	switch {
	case !v.Until.IsZero() && v.Until.Before(v.From):
		return ErrEndsBeforeBeginning.With(v.Until, v.From)
	case !v.LapsedOn.IsZero() && (v.AcceptedOn.IsZero() || v.LapsedOn.Before(v.AcceptedOn)):
		return ErrLapsedBeforeAccepted.With(v.LapsedOn)
	}
	return nil
}

// What a village may be doubted for, though it is recorded as it came.
var (
	ErrAcceptedIncomplete = fault.Define("village.accepted_incomplete", fault.Conflict,
		"%s已于%s达标验收，%d项中只有%d项达标，不计入达标数", "%s was accepted on %s; of %d items %d are met, and it does not count")
	ErrMetWithoutEvidence = fault.Define("village.met_without_evidence", fault.Conflict,
		"%s的“%s”达标，没有佐证材料", "%s meets %s without evidence")
)

// Doubts lists what about the village does not fit together; none is a reason not to record it.
func (v *Village) Doubts() (doubts []error) {
	for _, i := range v.Items {
		if i.Met && i.Evidence == "" {
			doubts = append(doubts, ErrMetWithoutEvidence.With(v.Name, i.Name))
		}
	}
	if !v.AcceptedOn.IsZero() && !v.Complete {
		doubts = append(doubts, ErrAcceptedIncomplete.With(v.Name, v.AcceptedOn, max(len(v.Items), itemsMin), v.Met))
	}
	return doubts
}
