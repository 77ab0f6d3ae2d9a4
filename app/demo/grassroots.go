package demo

import (
	"fmt"

	"anlan/ground/maybe"
	"anlan/ground/money"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/office/statistic"
	"anlan/public/demonstration"
	"anlan/public/fireteam"
	"anlan/public/investment"
	"anlan/public/pilot"
	"anlan/public/publicity"
	"anlan/public/publicreport"
	"anlan/public/recognition"
	"anlan/public/standard"
	"anlan/public/survey"
	"anlan/public/training"
	"anlan/record/field"
)

// Townships of each county and zone, in the order of owners; and villages of each township. Their names and codes beyond the
// county are made up.
var townshipsOf = []int{20, 6, 6, 16, 14, 15, 24, 20, 15, 4, 3, 2, 4}

const villagesOfEach = 10

// townships are all up to the standard “六有”; of the villages some are not yet up to “三有”.
func (m maker) townships() (towns []*standard.Township, villages []*standard.Village) {
	six := []string{"有机构", "有人员", "有场所", "有装备", "有制度", "有经费"}
	three := []string{"有场所", "有人员", "有物资"}
	n := 0
	for i, o := range owners {
		for range townshipsOf[i] {
			n++
			code := place.Code(fmt.Sprintf("%s%03d", o.place, 500+n))
			x := &standard.Township{Register: standard.Register{Code: code, Name: fmt.Sprintf("%s示例乡镇%03d", o.name, n), From: period.MustDay(2015, 12, 1), Standard: "乡镇“六有”建设标准（示例）", AcceptedOn: m.between(period.MustDay(2022, 6, 1), period.MustDay(2023, 12, 20))}}
			for _, name := range six {
				x.Items = append(x.Items, standard.Item{Name: name, Met: true, Evidence: "验收表（示例）"})
			}
			x.Unit, x.Place = o.unit, o.place
			towns = append(towns, x)
			for k := range villagesOfEach {
				villages = append(villages, m.village(o, place.Code(fmt.Sprintf("%s%03d", code, 200+k)), fmt.Sprintf("%s示例村%02d", x.Name, k+1), three))
			}
		}
	}
	return towns, villages
}

func (m maker) village(o owner, code place.Code, name string, items []string) *standard.Village {
	x := &standard.Village{Register: standard.Register{Code: code, Name: name, From: period.MustDay(2016, 1, 1), Standard: "村（社区）“三有”建设标准（示例）"}}
	done := m.IntN(100) < 86
	for i, item := range items {
		met := done || i == 0
		v := standard.Item{Name: item, Met: met}
		if met {
			v.Evidence = "验收表（示例）"
		}
		x.Items = append(x.Items, v)
	}
	if done {
		x.AcceptedOn = m.between(period.MustDay(2022, 9, 1), period.MustDay(2023, 12, 25))
	}
	x.Unit, x.Place = o.unit, o.place
	return x
}

func (m maker) demonstrations() (out []*demonstration.Place) {
	add := func(n int, sort demonstration.Sort, level demonstration.Level, issuer, name string) {
		for i := range n {
			o := m.owner()
			x := &demonstration.Place{Number: fmt.Sprintf("SF2023-%03d", len(out)+1), Name: fmt.Sprintf("%s%s%02d", o.name, name, i+1), Sort: sort, Level: level,
				AwardedOn: m.between(period.MustDay(2023, 2, 1), period.MustDay(2023, 12, 20)), Issuer: issuer, Document: "示例文号〔2023〕1号"}
			x.Unit, x.Place = o.unit, o.place
			out = append(out, x)
		}
	}
	add(4, demonstration.Township, demonstration.Provincial, "省安委办（示例）", "示例乡镇")
	add(10, demonstration.Community, demonstration.National, "国家减灾委（示例）", "示例社区")
	add(21, demonstration.Community, demonstration.Provincial, "省减灾委（示例）", "示例社区")
	return out
}

// fireTeams: 52 new in 2023, and those of the years before.
func (m maker) fireTeams() (out []*fireteam.Team) {
	add := func(n int, first, last period.Day) {
		for range n {
			o := m.owner()
			k := len(out) + 1
			x := &fireteam.Team{Number: fmt.Sprintf("XF%03d", k), Name: fmt.Sprintf("%s示例乡镇%03d专职消防队", o.name, k), AcceptedOn: m.between(first, last), Document: "验收文件（示例）", Members: maybe.Some(int64(8 + m.IntN(8))), Engines: maybe.Some(int64(1))}
			x.Unit, x.Place = o.unit, o.place
			out = append(out, x)
		}
	}
	add(43, period.MustDay(2018, 1, 1), eve22)
	add(52, newYear23, newYearEve)
	return out
}

func (m maker) pilots() (out []*pilot.Pilot) {
	add := func(n int, trade pilot.Trade, accepted func() period.Day) {
		for range n {
			o := m.owner()
			x := &pilot.Pilot{Number: fmt.Sprintf("SD2023-%02d", len(out)+1), Enterprise: enterpriseName(o, m.IntN(enterprisesTold)+1), Trade: trade, BeganOn: m.between(period.MustDay(2022, 5, 1), eve22), AcceptedOn: accepted()}
			if !x.AcceptedOn.IsZero() {
				x.Acceptance = "验收意见（示例）"
				x.Scenes = []pilot.Scene{{Name: "风险监测预警（示例）", InUseOn: x.AcceptedOn.Add(-20)}}
			}
			x.Unit, x.Place = o.unit, o.place
			out = append(out, x)
		}
	}
	inYear := func() period.Day { return m.between(newYear23, newYearEve) }
	add(4, pilot.Chemical, inYear)
	add(20, pilot.Industry, inYear)
	add(7, pilot.Industry, func() period.Day { return period.Day{} }) // under way
	return out
}

// surveys: percentages follow from the answers, 1,164 of 1,200 and 570 of 600.
func (m maker) surveys() []*survey.Survey {
	channels := []survey.Channel{"web", "phone", "paper", "visit"}
	made := func(number, title, question string, audience survey.Audience, answered, satisfied int) *survey.Survey {
		first, last := period.MustDay(2023, 11, 20), period.MustDay(2023, 12, 15)
		x := &survey.Survey{Number: number, Title: title, Audience: audience, Question: question, Method: "随机抽取（示例）", BeganOn: first, ClosedOn: last, Asked: maybe.Some(int64(answered + answered/8))}
		for n := range answered {
			x.Answers = append(x.Answers, survey.Answer{On: m.between(first, last), Channel: channels[m.IntN(len(channels))], Satisfied: n < satisfied})
		}
		m.Shuffle(len(x.Answers), func(i, j int) { x.Answers[i], x.Answers[j] = x.Answers[j], x.Answers[i] })
		x.Unit, x.Place = bureauCode, bureauCode
		return x
	}
	// One sheet of answers a round: a cell of a spreadsheet holds no more.
	var out []*survey.Survey
	for n := range 3 {
		out = append(out, made(fmt.Sprintf("MYD2023-1-%d", n+1), "社会公众满意度调查（示例）", "您对应急管理部门的工作是否满意？", survey.Public, 400, 388))
	}
	for n := range 2 {
		out = append(out, made(fmt.Sprintf("MYD2023-2-%d", n+1), "灾区群众满意度调查（示例）", "您对今年的救灾工作是否满意？", survey.DisasterArea, 300, 285))
	}
	return out
}

func (m maker) trainings() (out []*training.Training) {
	audiences := []training.Audience{"official", "officer", "head", "manager", "worker", "rescuer", "informant", "public"}
	for n := range trainingsHeld {
		o := m.owner()
		if n < ownTrainings {
			o = theBureau
		}
		began := m.between(newYear23, period.MustDay(2023, 12, 20))
		people := int64(m.IntN(120) + 20)
		x := &training.Training{Number: fmt.Sprintf("PX2023-%03d", n+1), Title: fmt.Sprintf("示例培训班%03d", n+1), BeganOn: began, EndedOn: began.Add(m.IntN(4)), Audience: audiences[m.IntN(len(audiences))],
			Participants: maybe.Some(people), Examined: maybe.Some(people), Passed: maybe.Some(people - int64(m.IntN(4)))}
		x.Unit, x.Place = o.unit, o.place
		out = append(out, x)
	}
	return out
}

func (m maker) publicity() (out []*publicity.Action) {
	settings := []publicity.Setting{"enterprise", "village", "community", "school", "family", "public"}
	for n := range publicityActions {
		o := m.owner()
		x := &publicity.Action{Number: fmt.Sprintf("XC2023-%04d", n+1), Title: fmt.Sprintf("示例宣传活动%04d", n+1), HeldOn: m.between(newYear23, newYearEve), Setting: settings[m.IntN(len(settings))],
			Reached: maybe.Some(int64(m.IntN(400) + 30))}
		x.Unit, x.Place = o.unit, o.place
		out = append(out, x)
	}
	return out
}

// publicReports are what the public reported; the reporters are not named.
func (m maker) publicReports() (out []*publicreport.Report) {
	channels := []publicreport.Channel{"hotline", "citizen_line", "web", "letter"}
	subjects := []publicreport.Subject{"hazard", "illegal", "hazard", "other"}
	findings := []publicreport.Finding{publicreport.True, publicreport.PartlyTrue, publicreport.Untrue}
	for n := range 1_150 {
		o := m.owner()
		received := m.between(newYear23, period.MustDay(2023, 12, 1))
		x := &publicreport.Report{Number: fmt.Sprintf("JB2023-%04d", n+1), ReceivedOn: received, Channel: channels[m.IntN(len(channels))], Subject: subjects[m.IntN(len(subjects))],
			Target: enterpriseName(o, m.IntN(enterprisesTold)+1), Content: "举报内容（示例）", AcceptedOn: received.Add(1), Finding: findings[m.IntN(len(findings))], VerifiedOn: received.Add(6),
			AnsweredOn: received.Add(8), ClosedOn: received.Add(9)}
		x.State = publicreport.StateClosed
		x.Unit, x.Place = o.unit, o.place
		out = append(out, x)
	}
	return out
}

// recognitions: eleven model cases, and awards.
func (m maker) recognitions() (out []*recognition.Recognition) {
	add := func(sort recognition.Sort, title string, level recognition.Level, issuer string) {
		n := len(out) + 1
		x := &recognition.Recognition{Number: fmt.Sprintf("BZ2023-%02d", n), Sort: sort, Title: title + "（示例）", Recipient: bureau, Level: level, Issuer: issuer, Document: fmt.Sprintf("示例通报〔2023〕%d号", n),
			AwardedOn: m.between(period.MustDay(2023, 3, 1), newYearEve), Quote: "示例原文"}
		x.Unit, x.Place = bureauCode, bureauCode
		out = append(out, x)
	}
	for range 3 {
		add(recognition.Case, "执法典型案例", "ministry", "应急管理部（示例）")
	}
	for range 8 {
		add(recognition.Case, "执法典型案例", "province", "省应急管理厅（示例）")
	}
	for _, title := range []string{"安全生产工作优秀市州", "真抓实干督查激励", "打好“发展六仗”表现优异单位"} {
		add(recognition.Award, title, "province", "省人民政府（示例）")
	}
	return out
}

// investments are the plans of the year: smart emergency management, the rescue base, fire stations of five key counties.
func (m maker) investments() (out []*investment.Investment) {
	add := func(name string, programme investment.Programme, amount money.Fen, funding investment.Funding, o owner) {
		x := &investment.Investment{Number: fmt.Sprintf("TZ2023-%d", len(out)+1), Name: name + "（示例）", Programme: programme, Amount: amount, Funding: funding, PlannedOn: m.between(period.MustDay(2023, 4, 1), period.MustDay(2023, 11, 30)), Document: "示例计划〔2023〕1号"}
		x.Unit, x.Place = bureauCode, o.place
		out = append(out, x)
	}
	city := owner{place: bureauCode}
	add("智慧应急二期", investment.SmartEmergency, 560*money.Wan, "city", city)
	add("国家级危险化学品综合救援基地", investment.RescueBase, 23_000*money.Wan, "mixed", owners[1])
	for i, part := range m.split(3_437*money.Wan/money.Yuan, 5) {
		add("森林防火重点县营站", investment.FireStation, part*money.Yuan, "mixed", owners[3+i])
	}
	return out
}

// statistics: the gross product of two years, the later one not verified.
func (m maker) statistics() []*statistic.Statistic {
	made := func(number string, year, gdp int64, verified bool, document string) *statistic.Statistic {
		x := &statistic.Statistic{Number: number, Scope: statistic.Whole, Year: year, Editions: []statistic.Value{{Edition: statistic.Annual, PublishedOn: period.MustDay(int(year)+1, 3, 10), GDP: maybe.Some(field.Scaled(gdp)), Issuer: "岳阳市统计局", Document: document, Quote: "初步核算，全市地区生产总值（示例摘录）", Verified: verified}}}
		x.Unit, x.Place = bureauCode, bureauCode
		return x
	}
	return []*statistic.Statistic{
		made("GDP2022", 2022, 471_067, true, "岳阳市2022年国民经济和社会发展统计公报"),
		made("GDP2023", 2023, 484_178, false, "岳阳市2023年国民经济和社会发展统计公报（未核对原文）"),
	}
}
