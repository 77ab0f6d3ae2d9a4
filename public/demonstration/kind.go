package demonstration

import (
	"anlan/ground/code"
	"anlan/ground/fault"
	"anlan/ground/ident"
	"anlan/ground/maybe"
	"anlan/ground/period"
	"anlan/record"
	"anlan/record/field"
	"anlan/record/measure"
)

// Sort is what a place is named for.
type Sort string

// Sorts.
const (
	Community Sort = "community"
	Township  Sort = "township"
)

// Sorts is the list of titles.
var Sorts = code.NewList("全国综合减灾示范社区创建管理办法；省级安全发展示范乡镇创建",
	code.Of(Community, "综合减灾示范社区", "disaster reduction community"),
	code.Of(Township, "安全发展示范乡镇", "safe development township"),
)

// Level is the level of a title.
type Level string

// Levels.
const (
	National   Level = "national"
	Provincial Level = "provincial"
)

// Levels is the list of levels.
var Levels = code.NewList("全国综合减灾示范社区创建管理办法；省级安全发展示范乡镇创建",
	code.Of(National, "国家级", "national"),
	code.Of(Provincial, "省级", "provincial"),
)

// scoreMin is the score of the criteria, in tenths of a point, from which on a community may be named.
const scoreMin field.Scaled = 800

// Place is a demonstration place.
type Place struct {
	record.Head
	Number    string
	Name      string
	Sort      Sort
	Level     Level
	Score     maybe.Of[field.Scaled] // tenths of a 分
	AwardedOn period.Day
	Issuer    string
	Document  string
	RevokedOn period.Day
	Files     []field.File
}

// Fields, in the order of the register (示范创建登记).
var (
	number    = field.Text("number", "示范编号", "demonstration number", func(p *Place) *string { return &p.Number }, field.Max(40)).Required()
	name      = field.Text("name", "示范点名称", "name", func(p *Place) *string { return &p.Name }, field.Max(100)).Required()
	sort      = field.Code("sort", "示范类型", "title", func(p *Place) *Sort { return &p.Sort }, Sorts).Required()
	level     = field.Code("level", "示范级别", "level", func(p *Place) *Level { return &p.Level }, Levels).Required()
	score     = field.Quantity("score", "评分", "score", "分", 1, func(p *Place) *maybe.Of[field.Scaled] { return &p.Score })
	awardedOn = field.Day("awarded_on", "命名日期", "named on", func(p *Place) *period.Day { return &p.AwardedOn }, field.NotFuture).Required()
	issuer    = field.Text("issuer", "命名单位", "named by", func(p *Place) *string { return &p.Issuer }, field.Max(100)).Required()
	document  = field.Text("document", "命名文号", "document", func(p *Place) *string { return &p.Document }, field.Max(100)).Required()
	revokedOn = field.Day("revoked_on", "撤销日期", "revoked on", func(p *Place) *period.Day { return &p.RevokedOn }, field.NotFuture)
	files     = field.Attachment("attachment", "附件", "attachments", func(p *Place) *[]field.File { return &p.Files })
)

// Measures (统计项).
var (
	NationalCommunities   = measure.Count("demonstration.national_communities", "获评国家综合减灾示范社区数", "national disaster reduction communities named", "个", awardedOn, sort.Is(Community), level.Is(National))
	ProvincialCommunities = measure.Count("demonstration.provincial_communities", "获评省级综合减灾示范社区数", "provincial disaster reduction communities named", "个", awardedOn, sort.Is(Community), level.Is(Provincial))
	ProvincialTownships   = measure.Count("demonstration.provincial_townships", "获评省级安全发展示范乡镇数", "provincial safe development townships named", "个", awardedOn, sort.Is(Township), level.Is(Provincial))
)

// Kind is the kind of demonstration places.
var Kind = record.Define("demonstration", "示范创建", "demonstration place", func(p *Place) *record.Head { return &p.Head },
	number, name, sort, level, score, awardedOn, issuer, document, revokedOn, files,
).Key(number).Rule((*Place).inOrder, awardedOn, revokedOn).Measures(NationalCommunities, ProvincialCommunities, ProvincialTownships)

// ErrRevokedBeforeNamed: a title is taken back after it was given.
var ErrRevokedBeforeNamed = fault.Define("demonstration.revoked_before_named", fault.Invalid,
	"撤销日期%s早于命名日期%s", "revoked on %s, before it was named on %s")

func (p *Place) inOrder() error {
	if !p.RevokedOn.IsZero() && p.RevokedOn.Before(p.AwardedOn) {
		return ErrRevokedBeforeNamed.With(p.RevokedOn, p.AwardedOn)
	}
	return nil
}

// What a place may be doubted for, though it is recorded as it came.
var (
	ErrBelowTheScore = fault.Define("demonstration.below_the_score", fault.Conflict,
		"%s的评分不足80分，不符合综合减灾示范社区的条件", "the score of %s is below the 80 points that a disaster reduction community needs")
	ErrDocumentAfter = fault.Define("demonstration.document_after", fault.Conflict,
		"命名文号%s是%d年的，命名日期%s却在它之前", "the document %s is of %d, and the place was named before, on %s")
)

// Doubts lists what about the place does not fit together; none is a reason not to record it. A document may carry the year
// before the day that it names; it cannot carry a later one.
func (p *Place) Doubts() (doubts fault.List) {
	if p.Sort == Community && p.Score.OK && p.Score.V < scoreMin {
		doubts = append(doubts, ErrBelowTheScore.With(p.Name))
	}
	if year, ok := ident.YearIn(p.Document); ok && year > p.AwardedOn.Year() {
		doubts = append(doubts, ErrDocumentAfter.With(p.Document, year, p.AwardedOn))
	}
	return doubts
}
