package period

import (
	"fmt"
	"time"

	"anlan/ground/lang"
)

var (
	halves   = [...]lang.Text{{Zh: "上半年", En: "first half"}, {Zh: "下半年", En: "second half"}}
	quarters = [...]lang.Text{
		{Zh: "第一季度", En: "first quarter"}, {Zh: "第二季度", En: "second quarter"},
		{Zh: "第三季度", En: "third quarter"}, {Zh: "第四季度", En: "fourth quarter"},
	}
	tenDays = [...]string{"上旬", "中旬", "下旬"}
)

// Label is the period as a report prints it: 2023年, 2023年上半年, 2023年第二季度, 2023年5月, 2023年5月上旬, 2023年5月6日,
// 2023年1—5月, 2022年10月—2023年3月, 2023年5月6—8日. Both halves are empty for no period.
func (p Period) Label() lang.Text {
	if p.IsZero() {
		return lang.Text{}
	}
	y, m, d := p.first.Date()
	y2, m2, d2 := p.last.Date()
	say := func(zh, en string) lang.Text { return lang.Text{Zh: zh, En: en} }
	year := fmt.Sprintf("%d年", y)
	n := p.wholeMonths()
	switch {
	case n == 12 && m == 1:
		return say(year, fmt.Sprint(y))
	case n == 6 && m%6 == 1:
		h := halves[m/6]
		return say(year+h.Zh, fmt.Sprintf("%s of %d", h.En, y))
	case n == 3 && m%3 == 1:
		q := quarters[m/3]
		return say(year+q.Zh, fmt.Sprintf("%s of %d", q.En, y))
	case n == 1:
		return say(fmt.Sprintf("%s%d月", year, m), fmt.Sprintf("%s %d", m, y))
	case n > 0 && m == 1 && m2 == 12:
		return say(fmt.Sprintf("%d—%d年", y, y2), fmt.Sprintf("%d–%d", y, y2))
	case n > 0 && y == y2:
		return say(fmt.Sprintf("%s%d—%d月", year, m, m2), fmt.Sprintf("%s–%s %d", m, m2, y))
	case n > 0:
		return say(fmt.Sprintf("%d年%d月—%d年%d月", y, m, y2, m2), fmt.Sprintf("%s %d – %s %d", m, y, m2, y2))
	}
	return p.daysLabel(y, m, d, y2, m2, d2)
}

func (p Period) daysLabel(y int, m time.Month, d, y2 int, m2 time.Month, d2 int) lang.Text {
	var t lang.Text
	t.Zh = fmt.Sprintf("%d年%d月%d日", y, m, d)
	switch {
	case p.first == p.last:
		t.En = fmt.Sprintf("%d %s %d", d, m, y)
	case y == y2 && m == m2:
		t.Zh = fmt.Sprintf("%d年%d月%d—%d日", y, m, d, d2)
		t.En = fmt.Sprintf("%d–%d %s %d", d, d2, m, y)
	case y == y2:
		t.Zh += fmt.Sprintf("—%d月%d日", m2, d2)
		t.En = fmt.Sprintf("%d %s – %d %s %d", d, m, d2, m2, y)
	default:
		t.Zh += fmt.Sprintf("—%d年%d月%d日", y2, m2, d2)
		t.En = fmt.Sprintf("%d %s %d – %d %s %d", d, m, y, d2, m2, y2)
	}
	if third := p.tenDay(); third > 0 {
		t.Zh = fmt.Sprintf("%d年%d月%s", y, m, tenDays[third-1])
	}
	return t
}
