package township

import (
	"anlan/ground/fault"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/record"
	"anlan/record/field"
	"anlan/record/measure"
)

// itemsMin is how many items 乡镇“六有” has.
const itemsMin = 6

// Township is a township under the standard 乡镇“六有”. The last three are derived.
type Township struct {
	record.Head
	Code       place.Code
	Name       string
	From       period.Day
	Until      period.Day // the first day on which it is a township no more
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

// Fields, in the order of the register (乡镇“六有”建设台账).
var (
	code = field.Place("township", "乡镇代码", "township code", func(town *Township) *place.Code { return &town.Code }).Required()
	name = field.Text("name", "乡镇名称", "name", func(town *Township) *string { return &town.Name }, field.Max(100)).Required()
	from = field.Day("from_on", "设立日期", "from", func(town *Township) *period.Day { return &town.From }).Required().
		Note("不详的填台账建立之日", "where it is not known: the day on which the register begins")
	until      = field.Day("until_on", "撤并日期", "no longer from", func(town *Township) *period.Day { return &town.Until })
	standard   = field.Text("standard", "建设标准文号", "document of the standard", func(town *Township) *string { return &town.Standard }, field.Max(100))
	items      = field.Rows("item", "建设内容", "items", func(town *Township) *[]Item { return &town.Items }, itemName, itemMet, evidence)
	acceptedOn = field.Day("accepted_on", "达标验收日期", "accepted on", func(town *Township) *period.Day { return &town.AcceptedOn }, field.NotFuture)
	lapsedOn   = field.Day("lapsed_on", "取消达标日期", "lapsed on", func(town *Township) *period.Day { return &town.LapsedOn }, field.NotFuture)
	met        = field.Number("met", "已达标项数", "items met", func(town *Township) *int64 { return &town.Met }).Counts("项").Note(derivedZh, derivedEn)
	complete   = field.YesNo("complete", "各项齐全", "all items met", func(town *Township) *bool { return &town.Complete }).Note(derivedZh, derivedEn)
	metUntil   = field.Day("met_until_on", "达标截止日期", "up to the standard until", func(town *Township) *period.Day { return &town.MetUntil }).Note(derivedZh, derivedEn)

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
	Total = measure.StockOf("township.total", "乡镇（街道）数", "townships", "个", from, until)
	Met   = measure.StockOf("township.six_met", "“六有”达标乡镇（街道）数", "townships up to the standard", "个", acceptedOn, metUntil, complete.Is(true))
)

// Kind is the kind of townships under the standard.
var Kind = record.Define("township_standard", "乡镇“六有”", "township standard", func(town *Township) *record.Head { return &town.Head },
	code, name, from, until, standard, items, acceptedOn, lapsedOn, met, complete, metUntil,
).Key(code).Derive((*Township).derive).Rule((*Township).inOrder).Measures(Total, Met)

// derive counts the items and finds the day from which the township no longer counts as up to the standard.
func (town *Township) derive() {
	town.Met, town.MetUntil = 0, town.LapsedOn
	for _, i := range town.Items {
		if i.Met {
			town.Met++
		}
	}
	town.Complete = len(town.Items) >= itemsMin && town.Met == int64(len(town.Items))
	if !town.Until.IsZero() && (town.MetUntil.IsZero() || town.Until.Before(town.MetUntil)) {
		town.MetUntil = town.Until
	}
}

// Faults of townships.
var (
	ErrEndsBeforeBeginning = fault.Define("township.ends_before_beginning", fault.Invalid,
		"撤并日期%s早于设立日期%s", "no longer from %s is before from %s")
	ErrLapsedBeforeAccepted = fault.Define("township.lapsed_before_accepted", fault.Invalid,
		"取消达标日期%s没有在它之前的达标验收日期", "it lapsed on %s and was not accepted before")
)

func (town *Township) inOrder() error {
	switch {
	case !town.Until.IsZero() && town.Until.Before(town.From):
		return ErrEndsBeforeBeginning.With(town.Until, town.From)
	case !town.LapsedOn.IsZero() && (town.AcceptedOn.IsZero() || town.LapsedOn.Before(town.AcceptedOn)):
		return ErrLapsedBeforeAccepted.With(town.LapsedOn)
	}
	return nil
}

// What a township may be doubted for, though it is recorded as it came.
var (
	ErrAcceptedIncomplete = fault.Define("township.accepted_incomplete", fault.Conflict,
		"%s已于%s达标验收，%d项中只有%d项达标，不计入达标数", "%s was accepted on %s; of %d items %d are met, and it does not count")
	ErrMetWithoutEvidence = fault.Define("township.met_without_evidence", fault.Conflict,
		"%s的“%s”达标，没有佐证材料", "%s meets %s without evidence")
)

// Doubts lists what about the township does not fit together; none is a reason not to record it.
func (town *Township) Doubts() (doubts []error) {
	for _, i := range town.Items {
		if i.Met && i.Evidence == "" {
			doubts = append(doubts, ErrMetWithoutEvidence.With(town.Name, i.Name))
		}
	}
	if !town.AcceptedOn.IsZero() && !town.Complete {
		doubts = append(doubts, ErrAcceptedIncomplete.With(town.Name, town.AcceptedOn, max(len(town.Items), itemsMin), town.Met))
	}
	return doubts
}
