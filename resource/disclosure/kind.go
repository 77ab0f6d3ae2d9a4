package disclosure

import (
	"anlan/ground/code"
	"anlan/ground/fault"
	"anlan/ground/period"
	"anlan/record"
	"anlan/record/field"
	"anlan/record/measure"
)

// Matter is what is published.
type Matter string

// Matters.
const (
	Budget     Matter = "budget"
	Accounts   Matter = "final_accounts"
	Publics    Matter = "three_publics"
	Evaluation Matter = "self_evaluation"
	Target     Matter = "target"
	Purchase   Matter = "procurement"
	Penalty    Matter = "penalty"
	Other      Matter = "other"
)

// Matters is the list of matters.
var Matters = code.NewList("中华人民共和国预算法第十四条；政府信息公开条例；地方预决算公开操作规程（财预〔2016〕143号）",
	code.Of(Budget, "部门预算", "department budget"),
	code.Of(Accounts, "部门决算", "department final accounts"),
	code.Of(Publics, "“三公”经费", "three publics"),
	code.Of(Evaluation, "绩效自评", "self-evaluation"),
	code.Of(Target, "绩效目标", "performance targets"),
	code.Of(Purchase, "政府采购", "procurement"),
	code.Of(Penalty, "行政处罚", "administrative penalties"),
	code.Of(Other, "其他", "other"),
)

// budgetLawDays is the term of 预算法 art. 14, in days after the approval.
const budgetLawDays = 20

// Item is something that must be published (公开事项).
type Item struct {
	record.Head
	Number      string
	Matter      Matter
	Title       string
	ApprovedOn  period.Day
	PublishBy   period.Day // derived where 预算法 art. 14 sets it
	PublishedOn period.Day
	Address     string
	OnTime      bool // derived
}

// Fields, in the order of the list of disclosure (信息公开台账).
var (
	number      = field.Text("number", "公开事项编号", "item number", func(i *Item) *string { return &i.Number }, field.Max(40)).Required()
	matter      = field.Code("matter", "公开内容", "matter", func(i *Item) *Matter { return &i.Matter }, Matters).Required()
	title       = field.Text("title", "标题", "title", func(i *Item) *string { return &i.Title }, field.Max(200)).Required()
	approvedOn  = field.Day("approved_on", "批复日期", "approved on", func(i *Item) *period.Day { return &i.ApprovedOn }, field.NotFuture)
	publishBy   = field.Day("publish_by_on", "应公开日期", "to be published by", func(i *Item) *period.Day { return &i.PublishBy }).Required().Note("部门预算、部门决算、“三公”经费由批复日期加20日算出，不必填写", "budget, accounts and three publics: computed as 20 days after the approval").Derived()
	publishedOn = field.Day("published_on", "实际公开日期", "published on", func(i *Item) *period.Day { return &i.PublishedOn }, field.NotFuture)
	address     = field.Text("address", "公开网址", "address", func(i *Item) *string { return &i.Address }, field.Max(300))
	onTime      = field.YesNo("on_time", "是否按时公开", "on time", func(i *Item) *bool { return &i.OnTime }).Note("由日期算出，不必填写", "computed from the days; need not be given").Computed()
)

// Measures (统计项).
var (
	Due    = measure.Count("disclosure.due", "应公开事项数", "items due", "项", publishBy)
	OnTime = measure.Count("disclosure.on_time", "按时公开事项数", "items published on time", "项", publishBy, onTime.Is(true))
)

// Kind is the kind of items to publish.
var Kind = record.Define("disclosure_item", "公开事项", "disclosure item", func(i *Item) *record.Head { return &i.Head },
	number, matter, title, approvedOn, publishBy, publishedOn, address, onTime,
).Key(number).Derive((*Item).derive).
	Rule((*Item).approved, matter, title, approvedOn).Rule((*Item).published, title, publishedOn, address).Measures(Due, OnTime)

// Faults of disclosure.
var (
	ErrNotApproved = fault.Define("disclosure_item.not_approved", fault.Invalid,
		"“%s”没有批复日期：公开期限从批复之日起算（预算法第十四条）", "%q has no day of approval, from which the term runs (预算法 art. 14)")
	ErrNoAddress = fault.Define("disclosure_item.no_address", fault.Invalid,
		"“%s”的实际公开日期和公开网址应同时填写或同时不填", "%q: day and address of the publication are given together or not at all")
	ErrPublishedEarly = fault.Define("disclosure_item.published_early", fault.Conflict,
		"“%s”%s公开，早于批复日期%s", "%q was published on %s, before its approval on %s")
)

// byBudgetLaw says whether 预算法 art. 14 sets the term.
func (i *Item) byBudgetLaw() bool {
	return i.Matter == Budget || i.Matter == Accounts || i.Matter == Publics
}

func (i *Item) derive() {
	if i.byBudgetLaw() && !i.ApprovedOn.IsZero() {
		i.PublishBy = i.ApprovedOn.Add(budgetLawDays)
	}
	i.OnTime = !i.PublishedOn.IsZero() && !i.PublishBy.Before(i.PublishedOn)
}

func (i *Item) approved() error {
	if i.byBudgetLaw() && i.ApprovedOn.IsZero() {
		return ErrNotApproved.With(i.Title)
	}
	return nil
}

func (i *Item) published() error {
	if i.PublishedOn.IsZero() != (i.Address == "") {
		return ErrNoAddress.With(i.Title)
	}
	return nil
}

// Doubts are what a reader should look at, though the item is kept as it came.
func (i *Item) Doubts() (faults fault.List) {
	if !i.PublishedOn.IsZero() && i.PublishedOn.Before(i.ApprovedOn) {
		faults = append(faults, ErrPublishedEarly.With(i.Title, i.PublishedOn, i.ApprovedOn))
	}
	return faults
}
