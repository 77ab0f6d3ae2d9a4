package demo

import (
	"fmt"
	"math/rand/v2"

	"anlan/ground/maybe"
	"anlan/ground/money"
	"anlan/ground/period"
	"anlan/safety/accident"
	"anlan/safety/enforcement"
	"anlan/safety/enterprise"
	"anlan/safety/hazard"
)

// Enterprises: of the first the year has something to tell; the others are supervised and stay out of trouble.
const (
	enterprisesTold = 2_400
	enterprisesAll  = 9_300
)

// enterprises are those under supervision; their names are visibly artificial.
func (m maker) enterprises() (out []*enterprise.Enterprise) {
	industries := []enterprise.Industry{"chemical", "mine", "firework", "trade", "trade", "trade", "other"}
	quiet := maker{rand.New(rand.NewChaCha8(seed))} // so that the rest of the year does not depend on how many they are
	for n := range enterprisesAll {
		m := m
		if n >= enterprisesTold {
			m = quiet
		}
		o := m.owner()
		x := &enterprise.Enterprise{CreditCode: creditCode(n + 1), Name: enterpriseName(o, n+1), Industry: industries[m.IntN(len(industries))],
			From: m.between(period.MustDay(2019, 4, 1), newYearEve)}
		if m.IntN(40) == 0 {
			x.Until = m.between(x.From, period.MustDay(2024, 2, 28))
		}
		x.Unit, x.Place = o.unit, o.place
		out = append(out, x)
	}
	return out
}

func enterpriseName(o owner, n int) string { return fmt.Sprintf("%s示例企业%04d", o.name, n) }

// creditCode is a code of the right form whose body is all zeros but the number: such codes are issued to nobody.
func creditCode(n int) string {
	const characters = "0123456789ABCDEFGHJKLMNPQRTUWXY"
	code := fmt.Sprintf("9143060000000%04d", n)
	sum, weight := 0, 1
	for _, c := range []byte(code) {
		sum, weight = sum+int(c-'0')*weight, weight*3%31
	}
	return code + string(characters[(31-sum%31)%31])
}

// hazards: major ones found and listed in 2023, ordinary ones, and major ones of the year before.
func (m maker) hazards() (out []*hazard.Hazard) {
	add := func(grade hazard.Grade, found, listed period.Day) {
		n := len(out) + 1
		o := m.owner()
		x := &hazard.Hazard{Number: fmt.Sprintf("YH%d%06d", found.Year(), n), Grade: grade, FoundOn: found, ListedOn: listed,
			Title: "示例隐患：" + troubles[m.IntN(len(troubles))], Enterprise: enterpriseName(o, m.IntN(enterprisesTold)+1)}
		x.Unit, x.Place = o.unit, o.place
		if !listed.IsZero() {
			x.RectifyBy = listed.Add(60 + m.IntN(30))
		}
		m.mend(x)
		out = append(out, x)
	}
	for n := range hazardsFound {
		found := m.between(newYear23, newYearEve)
		listed := period.Day{}
		if n < hazardsListed {
			listed = m.between(found, newYearEve)
		}
		add(hazard.Major, found, listed)
	}
	for range ordinaryHazards {
		add(hazard.Ordinary, m.between(newYear22, newYearEve), period.Day{})
	}
	for range earlierMajors {
		found := m.between(newYear22, eve22)
		add(hazard.Major, found, m.between(found, eve22))
	}
	m.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out
}

var troubles = []string{"外包单位未统一协调管理", "特种作业人员无证上岗", "有限空间作业未经审批", "可燃气体报警器停用", "除尘系统未设泄爆装置", "安全出口被占用", "储罐区安全距离不足", "边坡未按设计治理"}

// mend takes a hazard along its states: most are closed, some only mended, some still open.
func (m maker) mend(x *hazard.Hazard) {
	x.State = hazard.StateFound
	begin := x.FoundOn
	if !x.ListedOn.IsZero() {
		x.State, begin = hazard.StateListed, x.ListedOn
	}
	fate := m.IntN(100)
	if fate >= 95 {
		return
	}
	done := m.between(begin, begin.Add(45))
	x.Steps = []hazard.Step{{On: done, What: "完成整改并附现场照片（示例）"}}
	x.Cost = maybe.Some(money.Fen(m.IntN(400)+1) * 100 * money.Yuan)
	x.State = hazard.StateRectified
	if fate < 92 {
		x.State, x.ClosedOn = hazard.StateClosed, m.between(done, done.Add(10))
	}
}

// accidents of 2023, none with three deaths or more; of the year before only the published figures are there.
func (m maker) accidents() (out []*accident.Accident) {
	doubles := 12 + m.IntN(3) // accidents with two deaths
	hurt := accidentsThisYear - (deathsThis - doubles)
	for n := range accidentsThisYear {
		dead := 1
		switch {
		case n < doubles:
			dead = 2
		case n < doubles+hurt:
			dead = 0
		}
		out = append(out, m.accident(n+1, m.between(newYear23, newYearEve), dead))
	}
	return out
}

func (m maker) accident(n int, on period.Day, dead int) *accident.Accident {
	o := m.owner()
	x := &accident.Accident{Number: fmt.Sprintf("SG%d%04d", on.Year(), n), OccurredOn: on, ReportedOn: on.Add(m.IntN(2)),
		Enterprise: enterpriseName(o, m.IntN(enterprisesTold)+1), Summary: "合成示例记录，不对应任何真实事故",
		Loss: maybe.Some(money.Fen(m.IntN(180)+20) * money.Wan)}
	x.Unit, x.Place = o.unit, o.place
	add := func(fate accident.Fate) {
		x.Casualties = append(x.Casualties, accident.Casualty{Name: fmt.Sprintf("示例伤亡%04d-%d", n, len(x.Casualties)+1), Fate: fate})
	}
	for range dead {
		add(accident.Death)
	}
	if dead == 0 {
		add(accident.Serious)
	}
	for range m.IntN(2) {
		add(accident.Minor)
	}
	return x
}

// cases are the bureau's own; those of counties and zones come by returns.
func (m maker) cases() (out []*enforcement.Case) {
	causes := []string{"未按规定对从业人员进行安全生产教育和培训", "未建立事故隐患排查治理制度", "特种作业人员无证上岗作业", "安全设备的安装使用不符合国家标准", "未按规定上报重大事故隐患"}
	for i, fine := range m.split(ownFines, ownCases) {
		filed := m.between(newYear23, period.MustDay(2023, 10, 20))
		decided := filed.Add(20 + m.IntN(40))
		x := &enforcement.Case{Number: fmt.Sprintf("岳应急立〔2023〕示例%d号", i+1), Cause: causes[m.IntN(len(causes))], Procedure: enforcement.Ordinary, Party: enforcement.Organisation,
			Respondent: fmt.Sprintf("示例企业%04d", m.IntN(enterprisesTold)+1), FiledOn: filed, Decision: fmt.Sprintf("岳应急罚〔2023〕示例%d号", i+1), DecidedOn: decided,
			Penalty: enforcement.Fine, Fined: maybe.Some(fine), ServedOn: decided.Add(3)}
		x.Paid, x.PaidOn, x.ClosedOn, x.State = maybe.Some(fine), decided.Add(10), decided.Add(15), enforcement.StateClosed
		x.Unit, x.Place = bureauCode, bureauCode
		out = append(out, x)
	}
	return out
}
