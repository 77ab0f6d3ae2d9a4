package recognition

import (
	"anlan/ground/code"
	"anlan/ground/fault"
	"anlan/ground/ident"
	"anlan/ground/period"
	"anlan/record"
	"anlan/record/field"
	"anlan/record/measure"
)

// Sort is the sort of a recognition.
type Sort string

// Sorts.
const (
	Award Sort = "award"
	Case  Sort = "model_case"
)

// Sorts is the list of sorts.
var Sorts = code.NewList("表彰奖励登记",
	code.Of(Award, "表彰奖励", "award"),
	code.Of(Case, "典型案例", "model case"),
)

// Level is the level of whoever gave it.
type Level string

// Levels is the list of levels.
var Levels = code.NewList("表彰奖励登记",
	code.Of(Level("ministry"), "国家部委", "ministry"),
	code.Of(Level("province"), "省级", "province"),
	code.Of(Level("city"), "市级", "city"),
)

// Recognition is one recognition (表彰奖励).
type Recognition struct {
	record.Head
	Number    string
	Sort      Sort
	Title     string
	Recipient string
	Level     Level
	Issuer    string
	Document  string
	AwardedOn period.Day
	Quote     string
	Files     []field.File
}

// Fields, in the order of the register (表彰奖励登记).
var (
	number    = field.Text("number", "登记编号", "number", func(r *Recognition) *string { return &r.Number }, field.Max(40)).Required()
	sort      = field.Code("sort", "类别", "sort", func(r *Recognition) *Sort { return &r.Sort }, Sorts).Required()
	title     = field.Text("title", "名称", "title", func(r *Recognition) *string { return &r.Title }, field.Max(200)).Required()
	recipient = field.Text("recipient", "获得单位", "recipient", func(r *Recognition) *string { return &r.Recipient }, field.Max(100))
	level     = field.Code("level", "授予级别", "level", func(r *Recognition) *Level { return &r.Level }, Levels).Required()
	issuer    = field.Text("issuer", "授予单位", "given by", func(r *Recognition) *string { return &r.Issuer }, field.Max(100)).Required()
	document  = field.Text("document", "文号", "document", func(r *Recognition) *string { return &r.Document }, field.Max(100)).Required()
	awardedOn = field.Day("awarded_on", "授予日期", "given on", func(r *Recognition) *period.Day { return &r.AwardedOn }, field.NotFuture).Required()
	quote     = field.Text("quote", "文件原文", "words of the document", func(r *Recognition) *string { return &r.Quote }, field.Max(1000))
	files     = field.Attachment("attachment", "附件", "attachments", func(r *Recognition) *[]field.File { return &r.Files })
)

// Measures (统计项).
var (
	Cases  = measure.Count("recognition.cases", "获评典型案例数", "model cases", "个", awardedOn, sort.Is(Case))
	Awards = measure.Count("recognition.awards", "获得表彰奖励数", "awards", "项", awardedOn, sort.Is(Award))
)

// Kind is the kind of recognitions.
var Kind = record.Define("recognition", "表彰奖励", "recognition", func(r *Recognition) *record.Head { return &r.Head },
	number, sort, title, recipient, level, issuer, document, awardedOn, quote, files,
).Key(number).Measures(Cases, Awards)

// What a recognition may be doubted for, though it is recorded as it came.
var (
	ErrDocumentOfAnotherYear = fault.Define("recognition.document_of_another_year", fault.Conflict,
		"文号%s是%d年的，授予日期却是%s", "the document %s is of %d, and it was given on %s")
	ErrWithoutWords = fault.Define("recognition.without_words", fault.Conflict,
		"%s没有文件原文，也没有附件，公开时无从核对", "%s has neither the words of its document nor an attachment, so nobody can check it")
)

// Doubts lists what about the recognition does not fit together; none is a reason not to record it.
func (r *Recognition) Doubts() (doubts []error) {
	if year, ok := ident.YearIn(r.Document); ok && year != r.AwardedOn.Year() {
		doubts = append(doubts, ErrDocumentOfAnotherYear.With(r.Document, year, r.AwardedOn))
	}
	if r.Quote == "" && len(r.Files) == 0 {
		doubts = append(doubts, ErrWithoutWords.With(r.Title))
	}
	return doubts
}
