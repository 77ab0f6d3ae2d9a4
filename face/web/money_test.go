package web_test

import (
	"fmt"
	"html"
	"regexp"
	"strings"
	"testing"

	"anlan/account/source"
	"anlan/ground/classification"
	"anlan/ground/ident"
	"anlan/ground/maybe"
	moneyof "anlan/ground/money"
	"anlan/record"
	"anlan/record/access"
	"anlan/resource/asset"
	"anlan/resource/budgetline"
	"anlan/resource/fund"
	"anlan/resource/procurement"
	"anlan/resource/project"
	"anlan/resource/stocktake"
	"anlan/resource/threepublic"
	"anlan/resource/voucher"
	"anlan/store"
	"anlan/store/storetest"
)

// moneyYear records a year of money, and gives the stock-take in which one thing is missing.
func (s *site) moneyYear() (take ident.ID) {
	s.Helper()
	line := func(n int, stage budgetline.Stage, of string, wan moneyof.Fen) *budgetline.Line {
		l := &budgetline.Line{Number: fmt.Sprintf("ZB-%d", n), GivenOn: day(s, "2023-01-20"), Document: "岳财预〔2023〕示例1号", Budget: classification.GeneralPublic, Stage: stage,
			Function: "2240106", Category: classification.Project, Project: of, Amount: wan * moneyof.Wan}
		if of == "" {
			l.Category, l.Economic = classification.Basic, "30101"
		}
		l.Unit = "430600"
		return l
	}
	paid := func(n int, on string, e classification.Economic, of string, yuan moneyof.Fen) *voucher.Voucher {
		x := &voucher.Voucher{Number: fmt.Sprintf("PZ-%d", n), PaidOn: day(s, on), Summary: "示例支出", Budget: classification.GeneralPublic, Function: "2240106", Economic: e,
			Category: classification.Project, Project: of, Amount: yuan * moneyof.Yuan}
		if of == "" {
			x.Category = classification.Basic
		}
		x.Unit = "430600"
		return x
	}
	p := &project.Project{Code: "P1", Year: 2023, Name: "示例项目"}
	p.Unit, p.State = "430600", record.Kept
	hospitality := &threepublic.Item{Number: "SG-1", GivenOn: day(s, "2023-01-20"), Document: "岳财预〔2023〕示例1号", Expense: classification.Hospitality, Amount: 3 * moneyof.Wan}
	hospitality.Unit = "430600"
	card := func(n int, gone string) *asset.Asset {
		a := &asset.Asset{Number: fmt.Sprintf("ZC-%d", n), Name: "示例设备", Class: "A02010105", Way: "purchase", AcquiredOn: day(s, "2020-05-01"), Value: 12_345 * moneyof.Yuan, Status: asset.InUse}
		if gone != "" {
			a.DisposedOn, a.Disposal, a.Document = day(s, gone), "scrapping", "岳财资〔2023〕示例1号"
		}
		a.Unit = "430600"
		return a
	}
	t := &stocktake.StockTake{Number: "PD-1", Name: "示例盘点", AsOf: day(s, "2023-12-31"), Lines: []stocktake.Line{{Card: "ZC-1", Name: "示例设备"},
		{Card: "ZC-2", Name: "示例设备", Resolution: "已按程序报损", ResolvedOn: day(s, "2024-01-10")}}}
	t.Unit = "430600"
	s.apply(create("project", p), create("budget_line", line(1, budgetline.Initial, "", 100)), create("budget_line", line(2, budgetline.Reduction, "", 10)),
		create("budget_line", line(3, budgetline.Initial, "P1", 60)), create("budget_line", line(4, budgetline.Supplement, "P9", 5)),
		create("voucher", paid(1, "2022-06-01", "30217", "", 20_000)),
		create("voucher", paid(2, "2023-02-10", "30101", "", 400_000)), create("voucher", paid(3, "2023-02-28", "30217", "", 15_000)),
		create("voucher", paid(4, "2023-05-08", "30211", "P1", 300_000)), create("voucher", paid(5, "2023-11-30", "30211", "P1", -20_000)),
		create("voucher", paid(6, "2023-12-05", "30211", "P9", 80_000)),
		create("three_public", hospitality), create("asset", card(1, "")), create("asset", card(2, "2023-06-01")))
	return s.apply(create("stock_take", t))[0].ID
}

var (
	tag    = regexp.MustCompile(`<[^>]*>`)
	spaces = regexp.MustCompile(`\s+`)
)

// row is what stands in the row of a table that begins with a word, in the table that follows a heading.
func (a answer) row(t testing.TB, heading, first string) string {
	t.Helper()
	_, rest, ok := strings.Cut(a.body, "<h2>"+heading)
	if !ok {
		t.Fatalf("no heading %q\n%s", heading, a.body)
	}
	rest, _, _ = strings.Cut(rest, "</section>")
	for _, r := range strings.Split(rest, "<tr")[1:] {
		r, _, _ = strings.Cut(r, "</tr>")
		words := strings.TrimSpace(spaces.ReplaceAllString(html.UnescapeString(tag.ReplaceAllString("<tr"+r, " ")), " "))
		if strings.HasPrefix(words, first+" ") {
			return words
		}
	}
	t.Fatalf("under %q no row begins with %q\n%s", heading, first, rest)
	return ""
}

func TestTheMoneyOfAYearStandsAgainstItsBudget(t *testing.T) {
	for _, d := range storetest.Dialects {
		t.Run(d.String(), func(t *testing.T) {
			t.Parallel()
			s := open(t, d)
			take := s.moneyYear()
			v := s.person("clerk", "430600", access.Finance)
			page := v.get("/money?period=2023", 200)
			for _, want := range []struct{ heading, row string }{
				{"预算和支出", "基本支出 90.00 41.50 46.11%"},
				{"预算和支出", "项目支出 65.00 36.00 55.38%"},
				{"预算和支出", "合计 155.00 77.50 50.00%"},
				{"按资金性质", "一般公共预算 155.00 77.50 50.00%"},
				{"按资金性质", "合计 155.00 77.50 50.00%"},
				{"各月支出", "1月 0.00 0.00 0.00%"},
				{"各月支出", "2月 41.50 41.50 26.77%"},
				{"各月支出", "5月 30.00 71.50 46.13%"},
				{"各月支出", "11月 −2.00 69.50 44.84%"},
				{"各月支出", "12月 8.00 77.50 50.00%"},
				{"各项目", "示例项目 60.00 28.00 46.67%"},
				{"各项目", "未登记项目的 5.00 8.00 160.00%"},
				{"各项目", "合计 65.00 36.00 55.38%"},
				{"“三公”经费", "公务接待费 3.00 1.50 50.00% 2.00"},
				{"“三公”经费", "合计 3.00 1.50 50.00% 2.00"},
			} {
				first, _, _ := strings.Cut(want.row, " ")
				if got := page.row(t, want.heading, first); got != want.row {
					t.Errorf("%s: got %q, want %q", want.heading, got, want.row)
				}
			}
			page.has(t, ">1.23</a>", "/records/stock_take/"+take.String(), "卡片ZC-1", "!卡片ZC-2", "!部门决算支出", `href="/figures/expenditure.basic?period=2023`, `<polyline`)
			february := html.UnescapeString(page.between(t, ">2月</th><td class=\"num\"><a class=\"figure\" href=\"", "\""))
			v.get(february, 200).has(t, "共2条", "PZ-2", "PZ-3", "!PZ-4")
			v.get("/wings/resource", 200).has(t, `href="/money"`)
			v.get("/figures?period=2023", 200).has(t, `href="/money?period=2023`)
			county := v.get("/money?period=2023&unit=430602", 200)
			if got, want := county.row(t, "预算和支出", "合计"), "合计 0.00 无记录 —"; got != want {
				t.Errorf("of the county: got %q, want %q", got, want)
			}
			county.has(t, "where=unit+in+430602")
			v.get("/money?period=2019", 200).has(t, "还没有预算指标和支出凭证", "/import/budget_line", "/import/voucher", "!预算和支出<")
		})
	}
}

func TestWhoMayNotReadVouchersSeesNoMoney(t *testing.T) {
	t.Parallel()
	s := open(t, store.SQLite)
	s.moneyYear()
	v := s.person("duty", "430600", access.Duty)
	v.get("/money?period=2023", 403).has(t, "!155.00")
	v.get("/figures?period=2023", 200).has(t, "!/money")
	s.person("auditor", "430600", access.Auditor).get("/money?period=2019", 200).has(t, "由规划财务人员登记", "!/import/")
	s.person("county", "430602", access.Finance).get("/money?period=2023&unit=430600", 403).has(t, "!155.00")
}

func TestWhereTheAccountsDifferFromTheVouchersThePageSaysByHowMuch(t *testing.T) {
	t.Parallel()
	s := open(t, store.SQLite)
	s.moneyYear()
	l := &source.FinalLine{Entity: "430600", Year: 2023, Table: source.Public01, Line: 1, Item: "expenditure", Name: "本年支出合计", Amount: 778_260 * moneyof.Yuan, Edition: source.Approved}
	l.Unit = "430600"
	s.apply(create("final_accounts_line", l))
	page := s.person("clerk", "430600", access.Finance).get("/money?period=2023", 200)
	if got, want := page.row(t, "预算和支出", "合计"), "合计 155.00 77.83 50.21%"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	page.has(t, "凭证合计77.50万元；部门决算支出77.83万元，决算减凭证为0.33万元")
}

func TestMonthsThatHaveNotBegunAreGapsInTheYear(t *testing.T) {
	t.Parallel()
	s := open(t, store.SQLite)
	s.moneyYear()
	page := s.person("clerk", "430600", access.Finance).get("/money?period=2024", 200)
	for _, want := range []string{"1月 0.00 0.00 —", "2月 — — —"} {
		first, _, _ := strings.Cut(want, " ")
		if got := page.row(t, "各月支出", first); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestEarmarkedFundsAndContractsStandWithTheMoney(t *testing.T) {
	t.Parallel()
	s := open(t, store.SQLite)
	s.moneyYear()
	f := &fund.Fund{Document: "湘财企指〔2023〕示例1号", Name: "示例专项资金", Level: "provincial", Programme: fund.Safety, AllottedOn: day(s, "2023-02-01"), Allotted: 50 * moneyof.Wan,
		ReceivedOn: day(s, "2023-03-01"), Received: maybe.Some(40 * moneyof.Wan)}
	late := &fund.Fund{Document: "湘财企指〔2023〕示例2号", Name: "示例后到资金", Level: "provincial", Programme: fund.Flood, AllottedOn: day(s, "2023-12-01"), Allotted: 5 * moneyof.Wan,
		ReceivedOn: day(s, "2024-01-05"), Received: maybe.Some(5 * moneyof.Wan)}
	paid := &voucher.Voucher{Number: "PZ-20", PaidOn: day(s, "2023-07-01"), Summary: "示例支出", Budget: classification.GeneralPublic, Function: "2240106", Economic: "30211",
		Category: classification.Project, Project: "P1", Fund: f.Document, Amount: 10 * moneyof.Wan}
	after := &voucher.Voucher{Number: "PZ-21", PaidOn: day(s, "2024-01-10"), Summary: "示例支出", Budget: classification.GeneralPublic, Function: "2240106", Economic: "30211",
		Category: classification.Project, Project: "P1", Fund: f.Document, Amount: 3 * moneyof.Wan}
	bought := &procurement.Procurement{Number: "CG-1", Name: "示例采购", Sort: "goods", Method: "inquiry", PlannedOn: day(s, "2023-03-01"), Planned: 8 * moneyof.Wan,
		ContractedOn: day(s, "2023-05-01"), Actual: maybe.Some(7 * moneyof.Wan), Project: "P1"}
	planned := &procurement.Procurement{Number: "CG-2", Name: "示例采购", Sort: "goods", Method: "inquiry", PlannedOn: day(s, "2023-04-01"), Planned: 2 * moneyof.Wan}
	other := &voucher.Voucher{Number: "PZ-22", PaidOn: day(s, "2023-08-01"), Summary: "示例支出", Budget: classification.GovernmentFund, Function: "2240106", Economic: "30211",
		Category: classification.Project, Project: "P9", Amount: 1 * moneyof.Wan}
	for _, h := range []*record.Head{&other.Head, &f.Head, &late.Head, &paid.Head, &after.Head, &bought.Head, &planned.Head} {
		h.Unit = "430600"
	}
	s.apply(create("fund", f), create("fund", late), create("voucher", paid), create("voucher", after), create("voucher", other), create("procurement", bought), create("procurement", planned))
	v := s.person("clerk", "430600", access.Finance)
	page := v.get("/money?period=2023", 200)
	for _, want := range []struct{ heading, row string }{
		{"按资金性质", "一般公共预算 155.00 87.50 56.45%"},
		{"按资金性质", "政府性基金预算 0.00 1.00 —"},
		{"按资金性质", "合计 155.00 88.50 57.10%"},
		{"专项资金", "示例专项资金 50.00 40.00 10.00 25.00%"}, // what was paid after the year is of another
		{"专项资金", "示例后到资金 5.00 没有登记 0.00 —"},         // nor had it arrived
		{"采购和合同", "采购计划 2 10.00"},
		{"采购和合同", "签订合同 1 7.00"},
		{"采购和合同", "有计划、还没有合同 1 2.00"},
		{"采购和合同", "示例项目 7.00 38.00"},
	} {
		first, _, _ := strings.Cut(want.row, " ")
		if got := page.row(t, want.heading, first); got != want.row {
			t.Errorf("%s: got %q, want %q", want.heading, got, want.row)
		}
	}
	page.has(t, "已签未付多少，这里不知道")
	open := html.UnescapeString(page.between(t, `>有计划、还没有合同</th><td class="num"><a class="figure" href="`, `"`))
	v.get(open, 200).has(t, "共1条", "CG-2")
	of := html.UnescapeString(page.between(t, `示例专项资金`, `25.00%`))
	v.get(of[strings.LastIndex(of, `href="/records/voucher`)+len(`href="`):strings.LastIndex(of, `">10.00`)], 200).has(t, "共1条", "PZ-20", "!PZ-21")
	v.get("/money?period=2023&unit=430602", 200).has(t, "!示例专项资金", "!CG-")
}
