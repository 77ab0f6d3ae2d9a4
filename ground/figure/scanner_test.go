package figure

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// tokens writes each number of text as "class text", a figure as "figure text = value".
func tokens(text string) []string {
	var out []string
	for s := NewScanner(text); ; {
		t, ok := s.Next()
		if !ok {
			return out
		}
		line := t.Class.String() + " " + text[t.Offset:t.End]
		if t.Class == ClassFigure {
			line += " = " + t.Figure.String()
		}
		out = append(out, line)
	}
}

func TestScanner(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"money and percent", "基本支出2030.18万元，占62.5%", []string{"figure 2030.18万元 = 2030.18万元", "figure 62.5% = 62.5%"}},
		{"thousands separators", "合计1,050.76元", []string{"figure 1,050.76元 = 1050.76元"}},
		{"a list comma is no separator", "各是4125.49,4143.91万元", []string{"figure 4125.49 = 4125.49", "figure 4143.91万元 = 4143.91万元"}},
		{"full width", "共２０．５万元", []string{"figure ２０．５万元 = 20.5万元"}},
		{"blank before the unit", "12 个", []string{"figure 12 个 = 12个"}},
		{"vague words", "约560万元、近百人、3000余个、10多万人、1万余元、5%左右、60%以上、20户以内", []string{
			"figure 约560万元 = 约560万元", "figure 近百人 = 近100人", "figure 3000余个 = 3000余个", "figure 10多万人 = 10余万人",
			"figure 1万余元 = 1余万元", "figure 5%左右 = 约5%", "figure 60%以上 = 60%以上", "figure 20户以内 = 20户以内"}},
		{"saved is not about", "节约20万元，合约3份，最近5天，附近2处", []string{"figure 20万元 = 20万元", "figure 3份 = 3份", "figure 5天 = 5天", "figure 2处 = 2处"}},
		{"the last years are not vague", "近5年", []string{"figure 5年 = 5年"}},
		{"compound multiples", "投入3亿2000万元和2万500元", []string{"figure 3亿2000万元 = 32000万元", "figure 2万500元 = 20500元"}},
		{"compound units", "0.022人/亿元，33微克/立方米，500立方米每秒，0.5次/10万公顷", []string{"figure 0.022人/亿元 = 0.022人/亿元",
			"figure 33微克/立方米 = 33微克/立方米", "figure 500立方米每秒 = 500立方米/秒", "figure 0.5次/10万公顷 = 0.5次/10万公顷"}},
		{"ranges", "降雨100-180毫米，增长5%—5.5%，每组3至5人", []string{"figure 100-180毫米 = 100—180毫米", "figure 5%—5.5% = 5—5.5%", "figure 3至5人 = 3—5人"}},
		{"from and to are two figures", "由15%到20%", []string{"figure 15% = 15%", "figure 20% = 20%"}},
		{"signs", "同比-5.6%，差额（−3.2万元）", []string{"figure -5.6% = -5.6%", "figure −3.2万元 = -3.2万元"}},
		{"汉字 numerals", "百分之十五点五、一百二十户、三亿二千万元、三人、十五个、三百余万元", []string{"figure 百分之十五点五 = 15.5%", "figure 一百二十户 = 120户",
			"figure 三亿二千万元 = 32000万元", "figure 三人 = 3人", "figure 十五个 = 15个", "figure 三百余万元 = 300余万元"}},
		{"汉字 numerals that count words", "三个方面、一批、两级、四处奔走、几十个、进一步", []string{"word 三个", "word 一批", "word 两级", "word 四处", "word 几十个"}},
		{"千吨 is a size", "百亿级项目，千吨级码头", []string{"word 百亿级", "word 千吨"}},
		{"dates", "2023年12月31日、2024-08-01、1—6月、6月、24日、二○三五年、2021—2025年、2、3、8月、8时30分、15:30", []string{"date 2023年12月31日",
			"date 2024-08-01", "date 1—6月", "date 6月", "date 24日", "date 二○三五年", "date 2021—2025年", "date 2、3、8月", "date 8时30分", "date 15:30"}},
		{"a span of two dates", "2023年1月1日至2024年6月30日", []string{"date 2023年1月1日至2024年6月30日"}},
		{"years of time", "15年和3个月", []string{"figure 15年 = 15年", "figure 3个月 = 3个月"}},
		{"document numbers", "岳应急罚〔2026〕12号、财预[2013]53号、第729号", []string{"document_number 2026〕12号", "document_number 2013]53号", "document_number 第729号"}},
		{"a number glued to a document number", "湘财〔20202185000万元", []string{"document_number 20202185000"}},
		{"codes and models", "M-171直升机、PM2.5、GB/T 9704、430602、3D玻璃、5G基站、表2、12号楼", []string{"code 171", "code 2.5", "figure 9704 = 9704", "code 430602",
			"code 3D", "code 5G", "code 2", "code 12"}},
		{"numbers of identifiers", "账册018e3f9f-0000-7000-8000-9c5a0caa9576日志位置45111，abcdef12-9999-4000-8000-000000000001", []string{
			"code 018e3f9f-0000-7000-8000-9c5a0caa9576", "code 45111", "code 12-9999-4000-8000-000000000001"}},
		{"no identifier", "1-2-3-4-5-6-7-8-9-10-11-12-13-14-15-16", []string{"code 1-2-3-4-5-6-7-8-9-10-11-12-13-14-15-16"}},
		{"letters before money", "GDP4710.67亿元", []string{"figure 4710.67亿元 = 4710.67亿元"}},
		{"ordinals", "居全国第9、第十四届、第3位", []string{"ordinal 第9", "ordinal 第十四", "ordinal 第3"}},
		{"articles", "第12条第三款", []string{"article 第12", "article 第三"}},
		{"list marks", "1.收入\n2、支出\n（3）结余\n一、概况\n（二）措施。一是学习", []string{"ordinal 1", "ordinal 2", "ordinal 3", "ordinal 一", "ordinal 二", "ordinal 一"}},
		{"list marks before a year", "4．2025年工作计划\n3.2023年度支出120万元\n均值为3.2023年", []string{"ordinal 4", "date 2025年", "ordinal 3", "date 2023年", "figure 120万元 = 120万元", "figure 3.2023年 = 3.2023年"}},
		{"telephones", "电话：0730-8888888，13800138000，热线12350", []string{"phone 0730-8888888", "phone 13800138000", "phone 12350"}},
		{"slogans", "“631”机制、“五个确保”、4+4科创工程、500强", []string{"slogan 631", "slogan 五", "slogan 4+4", "slogan 500"}},
		{"ratios", "3：2、三分之一", []string{"ratio 3：2", "ratio 三分之一"}},
		{"malformed", "1.2.3万元、1,23.4万元、版本1.2.3", []string{"malformed 1.2.3万元", "malformed 1,23.4万元", "code 1.2.3"}},
		{"words that begin like units", "8分别、3人民、2成功、5期间", []string{"figure 8 = 8", "figure 3 = 3", "figure 2 = 2", "figure 5 = 5"}},
		{"a month glued to digits", "20231-11月份", []string{"code 20231-11"}},
	} {
		if diff := cmp.Diff(c.want, tokens(c.text)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

func TestMixedWidthIsAFlaw(t *testing.T) {
	t.Parallel()
	token, _ := NewScanner("共1２.5万元").Next()
	if token.Class != ClassFigure || token.Flaw != MixedWidth {
		t.Errorf("got class %v, flaw %v; want a figure with MixedWidth", token.Class, token.Flaw)
	}
}

func TestDates(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Date{
		"2023年":                {Year: 2023},
		"2023年度":               {Year: 2023},
		"2023年12月31日":          {Year: 2023, Month: 12, Day: 31},
		"2025年1—6月":            {Year: 2025, Month: 1, ToMonth: 6},
		"2021—2025年":           {Year: 2021, ToYear: 2025},
		"3月1日至5日":              {Month: 3, Day: 1, ToDay: 5},
		"2023年1月1日至2024年6月30日": {Year: 2023, Month: 1, Day: 1, ToYear: 2024, ToMonth: 6, ToDay: 30},
		"23年5月":                {Year: 2023, Month: 5},
		"二〇二六年一月二十七日":          {Year: 2026, Month: 1, Day: 27},
		"2024.8.1":             {Year: 2024, Month: 8, Day: 1},
		"2023 年 12 月 31 日":     {Year: 2023, Month: 12, Day: 31},
		"2021、2022年":           {Year: 2021},
	} {
		token, ok := NewScanner(text).Next()
		if !ok || token.Class != ClassDate || token.Date != want {
			t.Errorf("%s is %v %+v, want the date %+v", text, token.Class, token.Date, want)
		}
	}
}

func TestPlaces(t *testing.T) {
	t.Parallel()
	text := "甲乙1个\n丙 约5%，\r\n😀三人\n"
	want := []string{"1:3 1个", "2:3 约5%", "3:2 三人"}
	var got []string
	for s := NewScanner(text); ; {
		token, ok := s.Next()
		if !ok {
			break
		}
		got = append(got, fmt.Sprintf("%d:%d %s", token.Line, token.Column, text[token.Offset:token.End]))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("places (-want +got):\n%s", diff)
	}
}

// anyText draws text of the characters that the scanner reacts to.
func anyText() *rapid.Generator[string] {
	pieces := strings.Fields("0 1 2 3 4 5 6 7 8 9 12 2023 . , ， ． - — 至 ０ ９ 一 二 三 十 百 千 万 亿 点 百分之 分之 第 年 月 日 号 条 元 万元 % 个 人 起 余 多 近 约 左右 以上 “ ” 〔 〕 （ ） + × : / a M 的 。 ① 个百分点 人/亿元 每 秒 电话")
	pieces = append(pieces, " ", "\n", "\xff", "\xe4\xb8")
	return rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 30).Draw(t, "pieces"), "")
	})
}

func TestTokensAreInOrderAndInPlace(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) { checkTokens(t, anyText().Draw(t, "text")) })
}

func checkTokens(t interface{ Fatalf(string, ...any) }, text string) {
	end := 0
	for s := NewScanner(text); ; {
		token, ok := s.Next()
		if !ok {
			return
		}
		switch before := text[:token.Offset]; {
		case token.Offset < end || token.End <= token.Digits || token.End > len(text) || token.Digits < token.Offset:
			t.Fatalf("%q: token %+v overlaps or is empty", text, token)
		case token.Line != 1+strings.Count(before, "\n"):
			t.Fatalf("%q: token %+v has the wrong line", text, token)
		case token.Column != 1+utf8.RuneCountInString(before[strings.LastIndex(before, "\n")+1:]):
			t.Fatalf("%q: token %+v has the wrong column", text, token)
		}
		end = token.End
	}
}

func FuzzScanner(f *testing.F) {
	for _, s := range []string{"约560万元，2023年12月31日〔2023〕12号", "1,23.4万元“631”百分之十五", "第3条0730-8888888 3亿2000万元"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) { checkTokens(t, text) })
}

// prose has one number to some 130 bytes, as work reports have; dense has one to 40, as accounts have.
const (
	prose = "坚持高位推动，健全责任体系，推动属地、部门、企业三方责任落实到岗到人。全年共排查重大事故隐患16424处，挂牌督办6682处，推动消除一批积年隐患。" +
		"2023年基本支出2030.18万元，主要用于保障防汛抗旱指挥部办公室履行职能职责，开展防汛应急演练、培训，进行安全生产专项整治，占基本支出79.04%。\n"
	dense = "收入合计4125.49万元，其中拨款3859.16万元，占93.54%；其他收入266.33万元，占6.46%；死亡64人，同比下降6.3%。\n"
)

func BenchmarkScanner(b *testing.B) {
	for _, c := range []struct{ name, text string }{{"prose", prose}, {"dense", dense}} {
		b.Run(c.name, func(b *testing.B) {
			text := strings.Repeat(c.text, 5000)
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				for s := NewScanner(text); ; {
					if _, ok := s.Next(); !ok {
						break
					}
				}
			}
		})
	}
}

func TestScannerDoesNotAllocate(t *testing.T) {
	text := strings.Repeat(prose+dense, 10)
	allocs := testing.AllocsPerRun(5, func() {
		for s := NewScanner(text); ; {
			if _, ok := s.Next(); !ok {
				break
			}
		}
	})
	if allocs > 1 {
		t.Errorf("%v allocations for a text, want at most the scanner's own", allocs)
	}
}
