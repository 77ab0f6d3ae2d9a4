package source

import (
	"regexp"
	"strings"

	"anlan/ground/code"
	"anlan/ground/maybe"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/record"
	"anlan/record/book"
	"anlan/record/field"
	"anlan/store"
)

// CitedFigure is what a report says on the strength of a document (引用数据): a number, or a claim such as 首次, 唯一 or 全省第二. A
// number is the measure cited.CODE.
type CitedFigure struct {
	record.Head
	Code     string
	Period   period.Period
	Subject  place.Unit // what it is said of
	Value    maybe.Of[field.Scaled]
	Measured string // unit of measure of the value
	Claim    string
	Issuer   string
	Document string
	Page     string
	Quote    string
	IssuedOn period.Day
	Files    []field.File
}

var (
	citedCode     = field.Text("code", "引用代码", "code", func(c *CitedFigure) *string { return &c.Code }, anItemCode).Required()
	citedPeriod   = field.Period("period", "统计期", "period", func(c *CitedFigure) *period.Period { return &c.Period }).Required()
	citedSubject  = field.Unit("subject", "所指单位", "said of the unit", func(c *CitedFigure) *place.Unit { return &c.Subject }).Required()
	citedValue    = field.Quantity("value", "数值", "value", "", valueDecimals, func(c *CitedFigure) *maybe.Of[field.Scaled] { return &c.Value })
	citedMeasured = field.Text("measured_in", "计量单位", "unit of measure", func(c *CitedFigure) *string { return &c.Measured }, aUnitOfMeasure)
	citedClaim    = field.Text("claim", "表述", "claim", func(c *CitedFigure) *string { return &c.Claim }, field.Max(100)).
			Note("首次、唯一、全省第二等表述；数值与表述至少填一项", "a claim as 首次, 唯一, 全省第二; a value or a claim is needed")
	citedIssuer   = field.Text("issuer", "发文机关", "issuer", func(c *CitedFigure) *string { return &c.Issuer }, field.Max(100)).Required()
	citedDocument = field.Text("document", "文号或文件名称", "document", func(c *CitedFigure) *string { return &c.Document }, field.Max(200)).Required()
	citedPage     = field.Text("page", "页码", "page", func(c *CitedFigure) *string { return &c.Page }, field.Max(20))
	citedQuote    = field.Text("quote", "原文", "quoted sentence", func(c *CitedFigure) *string { return &c.Quote }, field.Max(500)).Required()
	citedIssued   = field.Day("issued_on", "发文日期", "issued on", func(c *CitedFigure) *period.Day { return &c.IssuedOn }, field.NotFuture).Required()
	citedFiles    = field.Attachment("attachment", "附件", "attachments", func(c *CitedFigure) *[]field.File { return &c.Files })
)

// CitedKind is the kind of cited figures.
var CitedKind = record.Define("cited_figure", "引用数据", "cited figure", func(c *CitedFigure) *record.Head { return &c.Head },
	citedCode, citedPeriod, citedSubject, citedValue, citedMeasured, citedClaim, citedIssuer, citedDocument, citedPage, citedQuote, citedIssued, citedFiles,
).Key(citedCode, citedPeriod, citedSubject).Rule((*CitedFigure).inOrder, citedValue, citedClaim, citedMeasured)

// inOrder refuses a citation of nothing, and a number without its unit.
func (c *CitedFigure) inOrder() error {
	switch {
	case !c.Value.OK && c.Claim == "":
		return ErrCitesNothing.With()
	case c.Value.OK != (c.Measured != ""):
		return ErrValueAndUnit.With()
	}
	return nil
}

// Basis is how a published figure compares with those of other years (口径).
type Basis string

// The bases.
const (
	AsPublished Basis = "as_published"
	Restated    Basis = "restated"
	Comparable  Basis = "comparable"
)

// Bases is the list of bases. The figure of a year is the restated one where there is one; a comparable one is shown beside.
var Bases = code.NewList("统计局数据发布惯例",
	code.Of(AsPublished, "公布数", "as published"),
	code.Of(Restated, "修订数", "restated"),
	code.Of(Comparable, "可比口径数", "comparable"),
)

// PublishedFigure is what was printed of a measure for an earlier period (已公布数据).
type PublishedFigure struct {
	record.Head
	Measure  string
	Subject  place.Unit
	Period   period.Period
	Value    field.Scaled
	Measured string // unit of measure of the value
	Basis    Basis
	Document string
	Page     string
}

var (
	publishedMeasure  = field.Text("measure", "统计项代码", "measure", func(p *PublishedFigure) *string { return &p.Measure }, aMeasureCode).Required()
	publishedSubject  = field.Unit("subject", "所指单位", "published of the unit", func(p *PublishedFigure) *place.Unit { return &p.Subject }).Required()
	publishedPeriod   = field.Period("period", "统计期", "period", func(p *PublishedFigure) *period.Period { return &p.Period }).Required()
	publishedValue    = field.Quantity("value", "数值", "value", "", valueDecimals, func(p *PublishedFigure) *field.Scaled { return &p.Value })
	publishedMeasured = field.Text("measured_in", "计量单位", "unit of measure", func(p *PublishedFigure) *string { return &p.Measured }, aUnitOfMeasure).Required()
	publishedBasis    = field.Code("basis", "口径", "basis", func(p *PublishedFigure) *Basis { return &p.Basis }, Bases).Required()
	publishedDocument = field.Text("document", "出处", "document", func(p *PublishedFigure) *string { return &p.Document }, field.Max(200)).Required()
	publishedPage     = field.Text("page", "页码", "page", func(p *PublishedFigure) *string { return &p.Page }, field.Max(20))
)

// PublishedKind is the kind of published figures.
var PublishedKind = record.Define("published_figure", "已公布数据", "published figure", func(p *PublishedFigure) *record.Head { return &p.Head },
	publishedMeasure, publishedSubject, publishedPeriod, publishedValue, publishedMeasured, publishedBasis, publishedDocument, publishedPage,
).Key(publishedMeasure, publishedSubject, publishedPeriod, publishedBasis)

// Withholding says that a figure is computed and not printed (不予公开).
type Withholding struct {
	record.Head
	Code     string // of an indicator or a measure
	Subject  place.Unit
	Period   period.Period
	Ground   string // 依据, with the article
	Decided  string // by whom
	DecideOn period.Day
}

var (
	withheldCode    = field.Text("code", "指标或统计项代码", "indicator or measure", func(w *Withholding) *string { return &w.Code }, aCode).Required()
	withheldSubject = field.Unit("subject", "所指单位", "of the unit", func(w *Withholding) *place.Unit { return &w.Subject }).Required()
	withheldPeriod  = field.Period("period", "统计期", "period", func(w *Withholding) *period.Period { return &w.Period }).Required()
	withheldGround  = field.Text("ground", "不予公开的依据", "ground", func(w *Withholding) *string { return &w.Ground }, field.Max(200)).Required().
			Note("法律、法规名称及条款", "the law and its article")
	withheldBy = field.Text("decided_by", "决定单位或职务", "decided by", func(w *Withholding) *string { return &w.Decided }, field.Max(100)).Required()
	withheldOn = field.Day("decided_on", "决定日期", "decided on", func(w *Withholding) *period.Day { return &w.DecideOn }, field.NotFuture).Required()

	aCode = matches(regexp.MustCompile(`^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$`), "指标或统计项代码，如work_safety.deaths", "the code of an indicator or a measure, as work_safety.deaths")
)

// WithholdingKind is the kind of withholdings.
var WithholdingKind = record.Define("withholding", "不予公开", "withholding", func(w *Withholding) *record.Head { return &w.Head },
	withheldCode, withheldSubject, withheldPeriod, withheldGround, withheldBy, withheldOn,
).Key(withheldCode, withheldSubject, withheldPeriod)

// ClaimOf is the newest cited claim of a code that a view shows, by the day of its document; false where there is none.
func ClaimOf(v *book.View, code string) (CitedFigure, bool, error) {
	var where store.Where
	where.And("r.code = ?", code).And("r.claim IS NOT NULL")
	var out CitedFigure
	found := false
	const columns = "r.issued_on, r.claim, r.issuer, r.document, coalesce(r.page, ''), r.quote"
	err := reading{v.Tx(), v.AsOf}.each(columns, "cited_figure", "", where, "1, 4, 2", func(rows *store.Rows) error {
		found = true
		return rows.Scan(&out.IssuedOn, &out.Claim, &out.Issuer, &out.Document, &out.Page, &out.Quote)
	})
	return out, found, err
}

// Words is the document as a note names it: 示例机关，示例〔2024〕1号，第3页，2024-01-15.
func (c *CitedFigure) Words() string {
	parts := []string{c.Issuer, c.Document}
	if c.Page != "" {
		parts = append(parts, "第"+c.Page+"页")
	}
	return strings.Join(append(parts, c.IssuedOn.String()), "，")
}
