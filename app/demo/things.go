package demo

import (
	"fmt"

	"anlan/ground/maybe"
	"anlan/ground/money"
	"anlan/ground/period"
	"anlan/record/field"
	"anlan/resource/asset"
	"anlan/resource/building"
	"anlan/resource/compliance"
	"anlan/resource/disclosure"
	"anlan/resource/internalrule"
	"anlan/resource/stocktake"
	"anlan/resource/thrift"
)

// sections are the bureau's sections, by number.
const sections = 14

var things = []struct {
	name, class string
	months      int64
}{
	{"台式计算机", "A02010105", 72}, {"便携式计算机", "A02010108", 72}, {"打印设备", "A02021000", 72}, {"办公桌", "A05010201", 180},
	{"办公椅", "A05010301", 180}, {"文件柜", "A05010502", 180}, {"空调机", "A02061804", 180}, {"对讲设备", "A02080104", 60},
}

// assets are the cards of fixed assets, with a section each.
func (m maker) assets() (out []*asset.Asset) {
	for n := range 1_890 {
		t := things[m.IntN(len(things))]
		section := n%sections + 1
		x := &asset.Asset{Number: fmt.Sprintf("ZC%05d", n+1), Name: "示例" + t.name, Class: t.class, Way: "purchase", AcquiredOn: m.between(period.MustDay(2019, 4, 1), period.MustDay(2023, 11, 30)),
			Value: money.Fen(m.IntN(60)+12) * 100 * money.Yuan, DepreciationMonths: maybe.Some(t.months), Status: asset.InUse, Section: fmt.Sprintf("示例科室%02d", section), Location: fmt.Sprintf("%d楼%02d室", section%5+1, section)}
		x.Unit, x.Place = bureauCode, bureauCode
		out = append(out, x)
	}
	return out
}

// stockTakes count every section's things at the end of the year. lost are cards whose things are not there.
func (m maker) stockTakes(cards []*asset.Asset, lost map[string]bool) (out []*stocktake.StockTake) {
	for section := range sections {
		x := &stocktake.StockTake{Number: fmt.Sprintf("PD2023-%02d", section+1), Name: fmt.Sprintf("示例科室%02d年末盘点", section+1), AsOf: newYearEve}
		for i, c := range cards {
			if i%sections == section {
				x.Lines = append(x.Lines, stocktake.Line{Card: c.Number, Name: c.Name, Location: c.Location, Found: !lost[c.Number]})
			}
		}
		x.Unit, x.Place = bureauCode, bureauCode
		out = append(out, x)
	}
	return out
}

func (m maker) internalRules() (out []*internalrule.InternalRule) {
	for i, r := range []struct {
		name string
		area internalrule.Area
	}{{"财务管理制度", "income_expense"}, {"“三重一大”事项管理制度", "budget"}, {"采购管理制度", "procurement"}, {"固定资产管理制度", "asset"}, {"合同管理制度", "contract"}, {"厉行节约管理规定", "thrift"}, {"预算绩效管理办法", "performance"}, {"信息公开制度", "disclosure"}} {
		x := &internalrule.InternalRule{Number: fmt.Sprintf("ZD%02d", i+1), Name: r.name + "（示例）", Area: r.area, Document: fmt.Sprintf("岳应急发〔2020〕示例%d号", i+1), From: period.MustDay(2020, 5, 1)}
		x.Unit, x.Place = bureauCode, bureauCode
		out = append(out, x)
	}
	return out
}

// disclosures are what had to be published in the year.
func (m maker) disclosures() (out []*disclosure.Item) {
	add := func(matter disclosure.Matter, title string, approved, by, published period.Day) {
		x := &disclosure.Item{Number: fmt.Sprintf("GK2023-%d", len(out)+1), Matter: matter, Title: title + "（示例）", ApprovedOn: approved, PublishBy: by, PublishedOn: published, Address: fmt.Sprintf("https://example.invalid/%d", len(out)+1)}
		x.Unit, x.Place = bureauCode, bureauCode
		out = append(out, x)
	}
	budget, accounts := period.MustDay(2023, 1, 20), period.MustDay(2023, 8, 10)
	add(disclosure.Budget, "2023年部门预算", budget, budget.Add(20), budget.Add(11))
	add(disclosure.Publics, "2023年“三公”经费预算", budget, budget.Add(20), budget.Add(11))
	add(disclosure.Accounts, "2022年部门决算", accounts, accounts.Add(20), accounts.Add(9))
	add(disclosure.Evaluation, "2022年绩效自评", period.Day{}, period.MustDay(2023, 6, 30), period.MustDay(2023, 6, 12))
	return out
}

func (m maker) thrift() (out []*thrift.Thrift) {
	for i, t := range []struct {
		area thrift.Area
		what string
	}{{"hospitality", "公务接待实行公函管理"}, {"vehicles", "公务用车定点维修、定点加油"}, {"meetings", "会议合并召开，多用视频会议"}, {"offices", "办公用房按标准调整"}, {"resources", "无纸化办公，节水节电"}} {
		x := &thrift.Thrift{Number: fmt.Sprintf("JY2023-%d", i+1), Area: t.area, TakenOn: m.between(newYear23, period.MustDay(2023, 6, 30)), What: t.what + "（示例）", Saved: maybe.Some(money.Fen(m.IntN(5)+1) * money.Wan)}
		x.Unit, x.Place = bureauCode, bureauCode
		out = append(out, x)
	}
	return out
}

// complianceFindings is the one that an audit made in the year before, closed since: in 2023 there is none.
func (m maker) complianceFindings() []*compliance.Finding {
	x := &compliance.Finding{Number: "HG2022-1", FoundOn: period.MustDay(2022, 6, 15), Source: "audit", Requirement: "approval", What: "一笔支出审批手续不全（示例）", MendBy: period.MustDay(2022, 9, 30), Mended: "已补办手续（示例）", ClosedOn: period.MustDay(2022, 9, 12)}
	x.State = compliance.StateClosed
	x.Unit, x.Place = bureauCode, bureauCode
	return []*compliance.Finding{x}
}

// buildings is the one completed in 2021: in 2023 none was.
func (m maker) buildings() []*building.Building {
	x := &building.Building{Number: "LT2021-1", Name: "应急物资仓库（示例）", Document: "示例批复〔2020〕1号", ApprovedArea: 1_200_00, ActualArea: maybe.Some(field.Scaled(1_180_00)), ApprovedCost: 480 * money.Wan, ActualCost: maybe.Some(476 * money.Wan), CompletedOn: period.MustDay(2021, 10, 20)}
	x.Unit, x.Place = bureauCode, bureauCode
	return []*building.Building{x}
}
