package asset

import (
	"strings"

	"anlan/ground/fault"
	"anlan/ground/money"
	"anlan/ground/period"
)

// Faults of asset cards.
var (
	ErrDisposedEarly = fault.Define("asset.disposed_early", fault.Invalid,
		"处置日期%s早于取得日期%s", "disposed on %s is before acquired on %s")
	ErrDisposal = fault.Define("asset.disposal", fault.Invalid,
		"资产%s的处置日期、处置方式和批准文号应同时填写：未经批准不得处置", "asset %s: day, way and approval of the disposal are given together: nothing is disposed of without approval")
	ErrNotDepreciated = fault.Define("asset.not_depreciated", fault.Invalid,
		"资产%s属“%s”，不计提折旧，不应有折旧月数", "asset %s is of %q, which is not depreciated, and should have no months of depreciation")
	ErrShortTerm = fault.Define("asset.short_term", fault.Conflict,
		"资产%s折旧%d个月，短于该类最低%d个月（财会〔2017〕4号）", "asset %s is depreciated over %d months, less than the %d that its class needs (财会〔2017〕4号)")
	ErrIdleBeyondLife = fault.Define("asset.idle_beyond_life", fault.Conflict,
		"资产%s“%s”已提足折旧，使用状况为%s：应办理处置", "asset %s, %s, is fully depreciated and is %s: it should be disposed of")
)

// derive computes the category from the class.
func (a *Asset) derive() {
	a.Category = ""
	if classForm.MatchString(a.Class) {
		a.Category = Category(a.Class[:3])
	}
}

func (a *Asset) inOrder() error {
	gone := !a.DisposedOn.IsZero()
	switch {
	case gone && a.DisposedOn.Before(a.AcquiredOn):
		return ErrDisposedEarly.With(a.DisposedOn, a.AcquiredOn)
	case gone != (a.Disposal != "") || gone != (a.Document != ""):
		return ErrDisposal.With(a.Number)
	case a.DepreciationMonths.OK && !a.depreciates():
		c, _ := Categories.Find(a.Category)
		return ErrNotDepreciated.With(a.Number, c.Label)
	}
	return nil
}

// depreciates says whether things of the category are depreciated (政府会计准则第3号 art. 16).
func (a *Asset) depreciates() bool {
	return a.Category != Relics && a.Category != Books && a.Category != Living
}

// OnBooks says whether the card is on the books on a day.
func (a *Asset) OnBooks(on period.Day) bool {
	return !on.Before(a.AcquiredOn) && (a.DisposedOn.IsZero() || on.Before(a.DisposedOn))
}

// Depreciated is the depreciation accumulated at the end of the month of a day: nothing before the month of acquisition and
// for what is not depreciated, the whole value from the last month on. In and after the month of disposal nothing is added.
func (a *Asset) Depreciated(on period.Day) money.Fen {
	if !a.DepreciationMonths.OK || !a.depreciates() {
		return 0
	}
	months := monthOf(on) - monthOf(a.AcquiredOn) + 1 // the month of acquisition counts
	if !a.DisposedOn.IsZero() {
		months = min(months, monthOf(a.DisposedOn)-monthOf(a.AcquiredOn))
	}
	switch {
	case months <= 0:
		return 0
	case months >= a.DepreciationMonths.V:
		return a.Value
	}
	return a.Value / money.Fen(a.DepreciationMonths.V) * money.Fen(months)
}

// Net is the value less the depreciation accumulated at the end of the month of a day.
func (a *Asset) Net(on period.Day) money.Fen { return a.Value - a.Depreciated(on) }

func monthOf(d period.Day) int64 {
	y, m, _ := d.Date()
	return int64(y)*12 + int64(m)
}

// terms are the least months of depreciation by the beginning of the class, the longer beginning first (财会〔2017〕4号,
// table 1). Classes of which the guide leaves the term to the kind of thing have the least that any of them has.
var terms = []struct {
	class  string
	months int64
}{
	{"A0201", 72},  // 信息化设备
	{"A0202", 72},  // 办公设备
	{"A0203", 96},  // 车辆
	{"A0204", 60},  // 图书档案设备
	{"A0205", 120}, // 机械设备
	{"A0206", 60},  // 电气设备
	{"A0207", 120}, // 雷达、无线电和卫星导航设备
	{"A0208", 60},  // 通信设备
	{"A0209", 60},  // 广播、电视、电影设备
	{"A0210", 60},  // 仪器仪表
	{"A0211", 60},  // 电子和通信测量设备
	{"A0212", 60},  // 计量标准器具及量具、衡器
	{"A0501", 180}, // 家具
	{"A01", 96},    // 简易房、房屋附属设施、构筑物 8年
	{"A02", 36},    // 专用设备，最短的公安专用设备 3年
	{"A05", 60},    // 用具、装具
}

// leastMonths is the least term of depreciation of the class; 0 where none is set.
func (a *Asset) leastMonths() int64 {
	for _, t := range terms {
		if strings.HasPrefix(a.Class, t.class) {
			return t.months
		}
	}
	return 0
}

// Doubts are what a reader should look at on a day, though the card is kept as it came: a term shorter than its class needs,
// and a thing past its depreciation that nobody uses.
func (a *Asset) Doubts(on period.Day) (faults fault.List) {
	if n := a.DepreciationMonths; n.OK && n.V < a.leastMonths() {
		faults = append(faults, ErrShortTerm.With(a.Number, n.V, a.leastMonths()))
	}
	unused := a.Status == Idle || a.Status == Awaiting || a.Status == Damaged
	if unused && a.OnBooks(on) && a.DepreciationMonths.OK && a.Net(on) == 0 {
		s, _ := Statuses.Find(a.Status)
		faults = append(faults, ErrIdleBeyondLife.With(a.Number, a.Name, s.Label))
	}
	return faults
}
