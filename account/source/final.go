package source

import (
	"anlan/ground/code"
	"anlan/ground/money"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/record"
	"anlan/record/field"
)

// FinalForm is the code of the form whose items final accounts are stated by; it comes with the program.
const FinalForm = "final"

// Table is a published table of the final accounts (部门决算公开表).
type Table string

// The tables.
const (
	Public01 Table = "public_01"
	Public02 Table = "public_02"
	Public03 Table = "public_03"
	Public04 Table = "public_04"
	Public05 Table = "public_05"
	Public06 Table = "public_06"
	Public07 Table = "public_07"
	Public08 Table = "public_08"
	Public09 Table = "public_09"
)

// Tables is the list of tables.
var Tables = code.NewList("部门决算公开表样",
	code.Of(Public01, "公开01表 收入支出决算总表", "public table 01: income and expenditure"),
	code.Of(Public02, "公开02表 收入决算表", "public table 02: income"),
	code.Of(Public03, "公开03表 支出决算表", "public table 03: expenditure"),
	code.Of(Public04, "公开04表 财政拨款收入支出决算总表", "public table 04: fiscal appropriations"),
	code.Of(Public05, "公开05表 一般公共预算财政拨款支出决算表", "public table 05: general public budget"),
	code.Of(Public06, "公开06表 一般公共预算财政拨款基本支出决算明细表", "public table 06: basic expenditure in detail"),
	code.Of(Public07, "公开07表 政府性基金预算财政拨款收入支出决算表", "public table 07: government-managed funds"),
	code.Of(Public08, "公开08表 国有资本经营预算财政拨款支出决算表", "public table 08: state capital operations"),
	code.Of(Public09, "公开09表 财政拨款“三公”经费支出决算表", "public table 09: three publics"),
)

// FinalLine is one line of a unit's final accounts (决算). Lines of one table and item add up to the item.
type FinalLine struct {
	record.Head
	Entity     place.Unit // whose accounts they are
	Year       int64
	Table      Table
	Line       int64 // 行次
	Item       string
	Name       string
	Project    string
	Functional string // 支出功能分类 类、款 or 项
	Economic   string // 部门预算支出经济分类
	Amount     money.Fen
	Edition    Edition
}

var (
	finalEntity = field.Unit("entity", "决算单位", "unit of the accounts", func(l *FinalLine) *place.Unit { return &l.Entity }).Required()
	finalYear   = field.Number("year", "年度", "year", func(l *FinalLine) *int64 { return &l.Year }, aYear)
	finalTable  = field.Code("table_no", "表号", "table", func(l *FinalLine) *Table { return &l.Table }, Tables).Required()
	finalLine   = field.Number("table_line", "行次", "line", func(l *FinalLine) *int64 { return &l.Line }, field.Between(1, 9_999))
	finalItem   = field.Text("item", "决算项目代码", "item of the form final", func(l *FinalLine) *string { return &l.Item }, anItemCode).
			Note("不填的行不计入决算项目，写明项目或经济分类的计入明细", "a line without one counts for no item; one that names a project or an economic class counts for that")
	finalName    = field.Text("name", "科目或项目名称", "name", func(l *FinalLine) *string { return &l.Name }, field.Max(100)).Required()
	finalProject = field.Text("project", "所属专项", "project", func(l *FinalLine) *string { return &l.Project }, field.Max(100)).
			Note("项目编码", "the code of the project")
	finalFunctional = field.Text("functional_class", "功能分类科目", "functional class", func(l *FinalLine) *string { return &l.Functional }, field.Max(7))
	finalEconomic   = field.Text("economic_class", "经济分类科目", "economic class", func(l *FinalLine) *string { return &l.Economic }, field.Max(5))
	finalAmount     = field.Money("amount", "决算数", "amount", func(l *FinalLine) *money.Fen { return &l.Amount })
	finalEdition    = field.Code("edition", "数据版次", "edition", func(l *FinalLine) *Edition { return &l.Edition }, FinalEditions).Required()
)

// FinalKind is the kind of lines of final accounts.
var FinalKind = record.Define("final_accounts_line", "决算", "line of final accounts", func(l *FinalLine) *record.Head { return &l.Head },
	finalEntity, finalYear, finalTable, finalLine, finalItem, finalName, finalProject, finalFunctional, finalEconomic, finalAmount, finalEdition,
).Key(finalEntity, finalYear, finalTable, finalLine, finalEdition).Derive((*FinalLine).settle)

func (l *FinalLine) settle() {
	if l.Entity != "" {
		l.Unit = l.Entity
	}
}

// aYear bounds the years of accounts.
var aYear = field.Between(1949, 9_999)

// Between is the reason for which accounts and vouchers differ (调节原因).
type Between string

// The reasons.
const (
	OwnFunds   Between = "own_funds"
	Current    Between = "current_account"
	Correction Between = "correction"
	Refund     Between = "refund"
	Accrual    Between = "accrual"
)

// Betweens is the list of reasons.
var Betweens = code.NewList("政府会计制度（财会〔2017〕25号）",
	code.Of(OwnFunds, "单位资金", "own funds"),
	code.Of(Current, "往来款项", "current account"),
	code.Of(Correction, "更正", "correction"),
	code.Of(Refund, "退回", "refund"),
	code.Of(Accrual, "权责发生制差异", "accrual"),
)

// Reconciliation is a known difference between an item of the final accounts and the records behind it (决算与账务调节):
// final = records + reconciliations + an unexplained rest, which must be 0 before a report is frozen. See Rests.
type Reconciliation struct {
	record.Head
	Number   string
	Entity   place.Unit
	Year     int64
	Item     string
	Reason   Between
	Amount   money.Fen // what the accounts have more than the records; below 0, less
	Document string
	Note     string
}

var (
	reconNumber   = field.Text("number", "调节编号", "number", func(r *Reconciliation) *string { return &r.Number }, field.Max(40)).Required()
	reconEntity   = field.Unit("entity", "决算单位", "unit of the accounts", func(r *Reconciliation) *place.Unit { return &r.Entity }).Required()
	reconYear     = field.Number("year", "年度", "year", func(r *Reconciliation) *int64 { return &r.Year }, aYear)
	reconItem     = field.Text("item", "决算项目代码", "item of the form final", func(r *Reconciliation) *string { return &r.Item }, anItemCode).Required()
	reconReason   = field.Code("cause", "调节原因", "reason", func(r *Reconciliation) *Between { return &r.Reason }, Betweens).Required()
	reconAmount   = field.Money("amount", "决算多于账务的金额", "amount", func(r *Reconciliation) *money.Fen { return &r.Amount })
	reconDocument = field.Text("document", "依据", "document", func(r *Reconciliation) *string { return &r.Document }, field.Max(200)).Required()
	reconNote     = field.Text("note", "说明", "note", func(r *Reconciliation) *string { return &r.Note }, field.Max(500))
)

// ReconciliationKind is the kind of reconciliations.
var ReconciliationKind = record.Define("reconciliation", "决算与账务调节", "reconciliation", func(r *Reconciliation) *record.Head { return &r.Head },
	reconNumber, reconEntity, reconYear, reconItem, reconReason, reconAmount, reconDocument, reconNote,
).Key(reconNumber).Derive(func(r *Reconciliation) {
	if r.Entity != "" {
		r.Unit = r.Entity
	}
})

// yearOf is the period of a year of accounts.
func yearOf(y int64) period.Period { return period.Year(int(y)) }
