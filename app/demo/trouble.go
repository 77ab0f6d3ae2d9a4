package demo

import (
	"fmt"

	"anlan/account/source"
	"anlan/ground/period"
	"anlan/record/field"
	"anlan/resource/asset"
	"anlan/resource/project"
	"anlan/resource/stocktake"
	"anlan/resource/voucher"
	"anlan/safety/accident"
)

// trouble is what does not fit in the files that come in first, as it happens in every office. Each is mended by a second,
// corrected file, so that the report shows the true figure and the history why.
type trouble struct {
	returns   []*source.Return     // one of them corrected
	accidents []*accident.Accident // the one entered a year too early
	vouchers  []*voucher.Voucher   // the one on the wrong project
	takes     []*stocktake.StockTake
	assets    []*asset.Asset
}

// plant puts the trouble into the records of the year and gives the corrected ones.
func (m maker) plant(returns []*source.Return, accidents *[]*accident.Accident, vouchers []*voucher.Voucher, assets []*asset.Asset, takes []*stocktake.StockTake) (mended trouble) {
	// A county's total is four more than its parts.
	county := *returns[3]
	mended.returns = append(mended.returns, &county)
	returns[3] = &source.Return{}
	*returns[3] = county
	returns[3].Values = append([]source.ReturnValue(nil), county.Values...)
	returns[3].Values[0].Value.V += 4 * field.Scaled(unitOfReturns)

	// An accident of 2 January 2024 is entered as one of 2 January 2023.
	late := m.accident(1, period.MustDay(2024, 1, 2), 1)
	early := *late
	early.OccurredOn, early.ReportedOn = period.MustDay(2023, 1, 2), period.MustDay(2023, 1, 2)
	mended.accidents = append(mended.accidents, late)
	*accidents = append(*accidents, &early)

	// A voucher of the earthquake earmark stands on the flood project.
	for i, v := range vouchers {
		if v.Project == "other-quake" {
			right, wrong := *v, *v
			wrong.Project = "other-flood"
			vouchers[i] = &wrong
			mended.vouchers = append(mended.vouchers, &right)
			break
		}
	}

	// Two cards have no things, and one thing has no card: the things are written off, and the thing gets its card.
	take := *takes[4]
	takes[4].Lines = append(takes[4].Lines, stocktake.Line{Name: "示例打印设备", Found: true, FoundAt: "4楼05室"})
	take.Lines = append([]stocktake.Line(nil), takes[4].Lines...)
	day := period.MustDay(2024, 2, 5)
	for i := range take.Lines {
		l := &take.Lines[i]
		switch {
		case l.Card == "":
			l.Resolution, l.ResolvedOn = "盘盈入账（示例）", day
		case !l.Found:
			l.Resolution, l.ResolvedOn = "核销（示例）", day
			for _, a := range assets {
				if a.Number == l.Card {
					gone := *a
					gone.DisposedOn, gone.Disposal, gone.Document = day, "write_off", "岳财资〔2024〕示例1号"
					mended.assets = append(mended.assets, &gone)
				}
			}
		}
	}
	found := *assets[4]
	found.Number, found.Name, found.Way, found.AcquiredOn = fmt.Sprintf("ZC%05d", len(assets)+1), "示例打印设备", "surplus", day
	mended.assets = append(mended.assets, &found)
	mended.takes = append(mended.takes, &take)
	return mended
}

// lost are the cards whose things the stock-take does not find.
var lost = map[string]bool{"ZC00005": true, "ZC00019": true} // of section 5

// softened is the file of a section that lowers a target after its approval.
func softened(projects []*project.Project) []*project.Project {
	p := *projects[0]
	p.Targets = append([]project.Target(nil), p.Targets...)
	p.Targets[0].Value.V = 6 * 10_000
	p.State, p.ApprovedOn, p.Document = project.Approved, approvedOn, approvedBy
	return []*project.Project{&p}
}

// diedLater is an accident of December of which a second casualty died on 10 January, within thirty days, and of whose death the
// bureau heard when the report had already gone out.
func diedLater(accidents []*accident.Accident) []*accident.Accident {
	for _, a := range accidents {
		if !a.OccurredOn.Before(period.MustDay(2023, 12, 12)) && deaths(a) == 1 {
			x := *a
			x.Casualties = append(append([]accident.Casualty(nil), a.Casualties...), accident.Casualty{Name: "示例伤亡9999", Fate: accident.Death, DiedOn: period.MustDay(2024, 1, 10)})
			return []*accident.Accident{&x}
		}
	}
	panic("demo: no accident with one death in the second half of December")
}

func deaths(a *accident.Accident) (n int) {
	for _, c := range a.Casualties {
		if c.Fate == accident.Death {
			n++
		}
	}
	return n
}
