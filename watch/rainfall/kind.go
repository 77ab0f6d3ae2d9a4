package rainfall

import (
	"cmp"
	"slices"

	"anlan/ground/code"
	"anlan/ground/fault"
	"anlan/ground/maybe"
	"anlan/ground/period"
	"anlan/record"
	"anlan/record/field"
	"anlan/record/measure"
)

// Strength is the strength of a process as the weather authority judged it.
type Strength string

// Strengths.
const (
	Ordinary Strength = "ordinary"
	Fair     Strength = "fair"
	Strong   Strength = "strong"
	Extreme  Strength = "extreme"
)

// Strengths is the list of strengths.
var Strengths = code.NewList("气象部门过程评定",
	code.Of(Ordinary, "一般", "ordinary"),
	code.Of(Fair, "较强", "fairly strong"),
	code.Of(Strong, "强", "strong"),
	code.Of(Extreme, "特强", "extreme"),
)

// Level is the colour of the highest warning during a process.
type Level string

// Levels is the list of colours.
var Levels = code.NewList("中华人民共和国突发事件应对法（2024年修订）：预警级别",
	code.Of(Level("red"), "红色", "red"),
	code.Of(Level("orange"), "橙色", "orange"),
	code.Of(Level("yellow"), "黄色", "yellow"),
	code.Of(Level("blue"), "蓝色", "blue"),
)

// Process is a rain process (降雨过程). Rain is in tenths of a millimetre.
type Process struct {
	record.Head
	Number     string
	BeganOn    period.Day
	EndedOn    period.Day // the last day of it
	Strength   Strength
	Level      Level
	Area       string
	Mean       maybe.Of[field.Scaled]
	Highest    maybe.Of[field.Scaled]
	Station    string
	Casualties maybe.Of[int64]
	Summary    string
}

// Fields, in the order of the register (降雨过程登记).
var (
	number     = field.Text("number", "过程编号", "process number", func(p *Process) *string { return &p.Number }, field.Max(40)).Required()
	beganOn    = field.Day("began_on", "开始日期", "began on", func(p *Process) *period.Day { return &p.BeganOn }, field.NotFuture).Required()
	endedOn    = field.Day("ended_on", "结束日期", "ended on", func(p *Process) *period.Day { return &p.EndedOn }, field.NotFuture)
	strength   = field.Code("strength", "过程强度", "strength", func(p *Process) *Strength { return &p.Strength }, Strengths).Required()
	level      = field.Code("level", "最高预警级别", "highest warning", func(p *Process) *Level { return &p.Level }, Levels)
	area       = field.Text("area", "主要影响区域", "area", func(p *Process) *string { return &p.Area }, field.Max(300))
	mean       = field.Quantity("mean", "面雨量", "mean rain", "毫米", 1, func(p *Process) *maybe.Of[field.Scaled] { return &p.Mean })
	highest    = field.Quantity("highest", "最大点雨量", "highest rain", "毫米", 1, func(p *Process) *maybe.Of[field.Scaled] { return &p.Highest })
	station    = field.Text("station", "最大点雨量站", "station of the highest rain", func(p *Process) *string { return &p.Station }, field.Max(60))
	casualties = field.Number("casualties", "伤亡人数", "casualties", func(p *Process) *maybe.Of[int64] { return &p.Casualties }, field.Between(0, 10_000_000)).Counts("人").
			Note("没有伤亡填0", "0 when nobody was hurt")
	summary = field.Text("summary", "应对情况", "what was done", func(p *Process) *string { return &p.Summary }, field.Max(2000))
)

// Measures (统计项).
var (
	Processes  = measure.Count("rain.processes", "降雨过程轮数", "rain processes", "轮", beganOn)
	Stronger   = measure.Count("rain.strong_processes", "较强以上降雨过程轮数", "fairly strong and stronger rain processes", "轮", beganOn, strength.In(Fair, Strong, Extreme))
	Casualties = measure.Sum("rain.casualties", "降雨过程伤亡人数", "casualties of rain processes", casualties, beganOn)
)

// Kind is the kind of rain processes.
var Kind = record.Define("rainfall_process", "降雨过程", "rain process", func(p *Process) *record.Head { return &p.Head },
	number, beganOn, endedOn, strength, level, area, mean, highest, station, casualties, summary,
).Key(number).Rule((*Process).inOrder, beganOn, endedOn).Measures(Processes, Stronger, Casualties)

// ErrEndsBeforeBeginning: a process ends on the day on which it begins or later.
var ErrEndsBeforeBeginning = fault.Define("rainfall.ends_before_beginning", fault.Invalid,
	"结束日期%s早于开始日期%s", "it ended on %s, before it began on %s")

func (p *Process) inOrder() error {
	if !p.EndedOn.IsZero() && p.EndedOn.Before(p.BeganOn) {
		return ErrEndsBeforeBeginning.With(p.EndedOn, p.BeganOn)
	}
	return nil
}

// What processes may be doubted for, though they are recorded as they came.
var (
	ErrCasualtiesUnsaid = fault.Define("rainfall.casualties_unsaid", fault.Conflict,
		"%s已结束，没有填写伤亡人数，不能据此说“未发生人员伤亡”", "%s is over and its casualties are not stated, so nobody may say that there were none")
	ErrMeanAboveHighest = fault.Define("rainfall.mean_above_highest", fault.Conflict,
		"%s的面雨量大于最大点雨量", "the mean rain of %s is above the highest at any station")
	ErrOverlap = fault.Define("rainfall.overlap", fault.Conflict,
		"%s和%s在%s同时进行，一轮过程可能计了两次", "%s and %s share the day %s: one process may be counted twice")
)

// Doubts lists what about the process does not fit together; none is a reason not to record it.
func (p *Process) Doubts() (doubts fault.List) {
	if !p.EndedOn.IsZero() && !p.Casualties.OK {
		doubts = append(doubts, ErrCasualtiesUnsaid.With(p.Number))
	}
	if p.Mean.OK && p.Highest.OK && p.Mean.V > p.Highest.V {
		doubts = append(doubts, ErrMeanAboveHighest.With(p.Number))
	}
	return doubts
}

// Overlapping finds processes of one unit that share a day with the one before, in order of their beginning. A process that
// has not ended lasts at least its first day. The order of all is not changed.
func Overlapping(all []*Process) (doubts fault.List) {
	byDay := slices.Clone(all)
	slices.SortStableFunc(byDay, func(a, b *Process) int {
		return cmp.Or(cmp.Compare(a.Unit, b.Unit), a.BeganOn.Sub(b.BeganOn), cmp.Compare(a.Number, b.Number))
	})
	var last *Process // of those seen, the one that ends last
	for _, p := range byDay {
		if last != nil && last.Unit == p.Unit && !last.end().Before(p.BeganOn) {
			doubts = append(doubts, ErrOverlap.With(last.Number, p.Number, p.BeganOn))
		}
		if last == nil || last.Unit != p.Unit || last.end().Before(p.end()) {
			last = p
		}
	}
	return doubts
}

func (p *Process) end() period.Day {
	if p.EndedOn.IsZero() {
		return p.BeganOn
	}
	return p.EndedOn
}
