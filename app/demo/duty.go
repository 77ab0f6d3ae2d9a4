package demo

import (
	"fmt"
	"time"

	"anlan/call/callout"
	"anlan/call/evacuation"
	"anlan/ground/maybe"
	"anlan/ground/money"
	"anlan/ground/period"
	"anlan/public/notice"
	"anlan/relief/disaster"
	"anlan/relief/loss"
	"anlan/respond/drill"
	"anlan/respond/plan"
	"anlan/watch/bulletin"
	"anlan/watch/rainfall"
)

// bulletins: fifteen risk bulletins, and letters that must not count among them.
func (m maker) bulletins() (out []*bulletin.Bulletin) {
	topics := []bulletin.Topic{"work_safety", "fire", "traffic", "flood", "weather", "geology", "forest_fire", "public"}
	add := func(form bulletin.Form, number, title string) {
		x := &bulletin.Bulletin{Number: number, Form: form, Title: title, Topic: topics[len(out)%len(topics)], IssuedOn: m.between(newYear23, newYearEve), Audience: "各县市区、市直有关单位（示例）", Advice: "落实防范措施（示例）"}
		x.Unit, x.Place = bureauCode, bureauCode
		out = append(out, x)
	}
	for n := range 15 {
		add(bulletin.Warning, fmt.Sprintf("安全风险预警2023年第%d期", n+1), "安全风险预警（示例）")
	}
	for n := range 22 {
		add(bulletin.Letter, fmt.Sprintf("岳应急提示〔2023〕示例%d号", n+1), "风险提示函（示例）")
	}
	return out
}

// notices: a warning that was passed on and lifted, a disaster, and advice that still holds.
func notices() (out []*notice.Notice) {
	at := func(month time.Month, day, hour int) maybe.Of[time.Time] {
		return maybe.Some(time.Date(2023, month, day, hour, 0, 0, 0, period.Shanghai))
	}
	add := func(x *notice.Notice) {
		x.Number = fmt.Sprintf("示例信息〔2023〕%d号", len(out)+1)
		x.Unit, x.Place = bureauCode, bureauCode
		out = append(out, x)
	}
	warning := &notice.Notice{Sort: notice.Warning, Hazard: "weather", Level: "orange", Title: "暴雨橙色预警（示例）", Text: "预计未来3小时示例县北部有50毫米以上降雨，低洼地带和山洪沟附近的人员请做好转移准备。（示例）",
		Area: "示例县北部", Issuer: "示例市气象台", IssuedAt: at(6, 24, 15), LiftedAt: at(6, 24, 22), LiftReason: "降雨减弱，市气象台已解除（示例）"}
	warning.State = notice.Lifted
	add(warning)
	disaster := &notice.Notice{Sort: notice.Disaster, Hazard: "flood", Title: "6月下旬强降雨灾情（示例）", Text: "6月23日至25日的强降雨造成示例县等地受灾，已转移安置受威胁群众，无人员伤亡。（示例）", Area: "示例县等地",
		Issuer: "示例市应急管理局", IssuedAt: at(6, 26, 18), Until: at(7, 26, 18)}
	disaster.State = notice.Issued
	add(disaster)
	advice := &notice.Notice{Sort: notice.Advice, Hazard: "forest_fire", Title: "冬春森林防火提示（示例）", Text: "天干物燥，请勿携带火种进入林区，不在林区边缘烧荒、燃放烟花爆竹。（示例）", Area: "全市林区（示例）", Issuer: "示例市应急管理局", IssuedAt: at(12, 28, 9)}
	advice.State = notice.Issued
	add(advice)
	return out
}

// rainfall: fifteen processes of fairly strong rain and stronger, in which nobody was hurt, and weaker ones beside.
func (m maker) rainfall() (out []*rainfall.Process) {
	strengths := []rainfall.Strength{rainfall.Fair, rainfall.Fair, rainfall.Strong, rainfall.Fair, rainfall.Extreme}
	day := period.MustDay(2023, 3, 18)
	for n := range 20 {
		x := &rainfall.Process{Number: fmt.Sprintf("JY2023-%02d", n+1), BeganOn: day, EndedOn: day.Add(1 + m.IntN(3)), Strength: rainfall.Ordinary, Area: "全市（示例）", Casualties: maybe.Some(int64(0))}
		if n%4 != 3 {
			x.Strength = strengths[n%len(strengths)]
		}
		x.Unit, x.Place = bureauCode, bureauCode
		day = x.EndedOn.Add(4 + m.IntN(6))
		out = append(out, x)
	}
	return out
}

// calls are those of the “631” mechanism in each strong process: to posts, which are named by what they are, not by persons.
func (m maker) calls(rain []*rainfall.Process) (out []*callout.Call) {
	rungs := []callout.Rung{"six", "three", "one"}
	for _, p := range rain {
		if p.Strength == rainfall.Ordinary {
			continue
		}
		for range 300 {
			o := m.owner()
			n := len(out) + 1
			x := &callout.Call{Number: fmt.Sprintf("JYD2023-%05d", n), CalledOn: m.between(p.BeganOn, p.EndedOn), Rung: rungs[m.IntN(len(rungs))],
				Post: fmt.Sprintf("%s示例乡镇%02d带班领导", o.name, m.IntN(20)+1), Person: "示例应答人", Channel: "phone", Result: callout.CarriedOut, Feedback: "已落实（示例）"}
			switch m.IntN(50) {
			case 0:
				x.Result, x.Person, x.Feedback = callout.NoAnswer, "", "改由村级责任人上门通知（示例）"
			case 1, 2:
				x.Result = callout.Answered
			case 3, 4, 5, 6:
				x.Result = callout.Acknowledged
			}
			x.Unit, x.Place = o.unit, o.place
			out = append(out, x)
		}
	}
	return out
}

func (m maker) evacuations(rain []*rainfall.Process) (out []*evacuation.Evacuation) {
	causes := []evacuation.Cause{"flash_flood", "geology", "flood", "dike", "reservoir"}
	for _, p := range rain {
		if p.Strength == rainfall.Ordinary || p.Strength == rainfall.Fair {
			continue
		}
		for range 30 {
			o := m.owner()
			households := int64(m.IntN(30) + 2)
			people := households*3 + int64(m.IntN(5))
			x := &evacuation.Evacuation{Number: fmt.Sprintf("ZY2023-%04d", len(out)+1), Cause: causes[m.IntN(len(causes))], Area: fmt.Sprintf("%s示例危险区%02d", o.name, m.IntN(60)+1),
				OrderedOn: p.BeganOn, DueHouseholds: maybe.Some(households), DuePeople: maybe.Some(people), MovedOn: p.BeganOn, MovedHouseholds: maybe.Some(households), MovedPeople: maybe.Some(people),
				Destination: "示例安置点", ReturnedOn: p.EndedOn.Add(2), ReturnedPeople: maybe.Some(people), Approval: "同意返回（示例）"}
			x.State = evacuation.StateReturned
			x.Unit, x.Place = o.unit, o.place
			out = append(out, x)
		}
	}
	return out
}

// disasters of the year with what each county reported of them; the verified losses come to the figure.
func (m maker) disasters() (events []*disaster.Disaster, reports []*loss.Report) {
	sorts := []disaster.Sort{"flood", "wind_hail", "flood", "drought", "landslide", "flood", "cold", "wind_hail"}
	for n, sort := range sorts {
		began := period.MustDay(2023, 3, 1).Add(n*33 + m.IntN(20))
		x := &disaster.Disaster{Number: fmt.Sprintf("ZH2023-%02d", n+1), Name: fmt.Sprintf("示例灾害过程%02d", n+1), Sort: sort, BeganOn: began, EndedOn: began.Add(2 + m.IntN(6))}
		x.Unit, x.Place = bureauCode, bureauCode
		events = append(events, x)
	}
	for i, part := range m.split(directLoss/money.Yuan/100, len(sorts)*9) {
		e, o := events[i/9], owners[i%9]
		verified := part * 100 * money.Yuan
		if i == 0 {
			verified += directLoss - directLoss/money.Yuan/100*100*money.Yuan
		}
		people := int64(m.IntN(2_000) + 50)
		first := verified * 7 / 10 / money.Wan * money.Wan
		x := &loss.Report{Event: e.Number, Reporter: o.unit, BeganOn: e.BeganOn, Issues: []loss.Issue{
			{Edition: loss.First, As: e.BeganOn, Affected: maybe.Some(people * 8 / 10), Deaths: maybe.Some(int64(0)), Missing: maybe.Some(int64(0)), Loss: maybe.Some(first)},
			{Edition: loss.Verified, As: e.EndedOn.Add(10), Affected: maybe.Some(people), Deaths: maybe.Some(int64(0)), Missing: maybe.Some(int64(0)), Loss: maybe.Some(verified), Explanation: "逐户核查后核定（示例）"},
		}}
		x.Unit, x.Place = o.unit, o.place
		reports = append(reports, x)
	}
	return events, reports
}

func (m maker) plans() (out []*plan.Plan) {
	sorts := []plan.Sort{"special", "department", "special", "grassroots"}
	for n := range 64 {
		x := &plan.Plan{Number: fmt.Sprintf("岳应急预案示例%02d", n+1), Name: fmt.Sprintf("示例应急预案%02d", n+1), Sort: sorts[n%len(sorts)], IssuedOn: m.between(period.MustDay(2020, 1, 1), newYearEve)}
		if n >= 52 { // plans that replace one of the others
			x.IssuedOn, x.Replaces = m.between(newYear23, newYearEve), out[n-52].Number
			out[n-52].RepealedOn, out[n-52].State = x.IssuedOn, plan.StateRepealed
			if x.IssuedOn.Before(out[n-52].IssuedOn) {
				out[n-52].IssuedOn = x.IssuedOn.Add(-400)
			}
		}
		x.Unit, x.Place = bureauCode, bureauCode
		out = append(out, x)
	}
	return out
}

func (m maker) drills() (out []*drill.Drill) {
	forms := []drill.Form{"live", "tabletop"}
	for n := range drillsHeld {
		o := m.owner()
		if n < ownDrills {
			o = theBureau
		}
		x := &drill.Drill{Number: fmt.Sprintf("YL2023-%03d", n+1), Name: fmt.Sprintf("%s示例演练%03d", o.name, n+1), HeldOn: m.between(newYear23, newYearEve), Form: forms[m.IntN(2)],
			Participants: maybe.Some(int64(m.IntN(180) + 20)), Evaluation: "演练达到预期目的（示例）"}
		x.Unit, x.Place = o.unit, o.place
		out = append(out, x)
	}
	return out
}
