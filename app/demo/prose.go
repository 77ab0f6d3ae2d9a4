package demo

import (
	"context"

	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/office/manuscript"
	"anlan/record/book"
)

// prose are the sections of the report that the demo's bureau writes itself; of the others the text stands that comes with the template.
var prose = []struct{ part, title, text string }{
	{"overview", "职责履行情况", "全市应急管理系统围绕防范化解重大安全风险开展工作（示例文稿）。\n" +
		"全市发生生产安全事故{accidents}，比上年{accidents-fewer}；死亡{deaths}，比上年{deaths-fewer}。以下依据账册中的记录，没有登记的事项没有写入。"},
	{"measures", "改进措施", "针对自评中失分的指标，采取以下措施（示例文稿）：\n" +
		"- 细化绩效目标。申报时逐项写明数值、计量单位和数据来源，与登记台账对得上的才报批。\n" +
		"- 管好固定资产。盘点中的账实差异逐件查明原因，按规定报批后调整账面。\n" +
		"- 用好自评结果。失分指标的原因和整改情况列入下一年预算编制的依据。\n" +
		"扣分指标的原因写在上一部分，并列入附件自评表的“偏差原因分析及改进措施”栏。"},
	{"disclosure", "结果应用和公开", "自评结果报财政部门，作为编制预算和改进管理的依据，并在部门门户网站公开（示例文稿）。"},
}

// handInBy is when the sections are to be handed in.
var handInBy = period.MustDay(2024, 3, 20)

// write has the sections that the bureau writes itself handed in as a sheet, submitted by one person and approved by another.
func (d *demo) write(ctx context.Context) error {
	var sections []*manuscript.Section
	for _, p := range prose {
		s := &manuscript.Section{Report: "department", Period: year, Part: p.part, Title: p.title, Due: handInBy, Text: p.text}
		s.Unit = bureauCode
		sections = append(sections, s)
	}
	_, refused, err := d.hand(ctx, []Sheet{sheetOf("report_section", "报告章节", sections)})
	if refused != nil {
		err = refused
	}
	if err != nil {
		return err
	}
	var submitted, approved []book.Change
	if err := d.read(ctx, func(v *book.View) error {
		return v.Each(book.Query{Kind: "report_section"}, func(r any) error {
			id := r.(*manuscript.Section).ID
			submitted = append(submitted, book.Change{Kind: "report_section", ID: id, Action: "submit"})
			approved = append(approved, book.Change{Kind: "report_section", ID: id, Action: "approve"})
			return nil
		})
	}); err != nil {
		return err
	}
	if _, err := d.app.Book.Apply(ctx, operator, submitted); err != nil {
		return err
	}
	if _, err := d.app.Book.Apply(ctx, approver, approved); err != nil {
		return err
	}
	d.say(lang.Of("  自己写的%d个章节由%s提交、%s审定，其余用模板自带的文字", "  %d sections of its own prose, submitted by %s and approved by %s; the others as they come with the template"), len(sections), operator.Name, approver.Name)
	return nil
}
