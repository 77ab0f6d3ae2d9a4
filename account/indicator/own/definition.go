package own

import (
	"strings"

	"anlan/account/indicator"
	"anlan/ground/code"
	"anlan/ground/fault"
	"anlan/ground/place"
	"anlan/record"
	"anlan/record/field"
)

// Sort is what a definition defines.
type Sort string

// The sorts: 指标, arithmetic over measures; 常数, a stated number.
const (
	Indicator Sort = "indicator"
	Constant  Sort = "constant"
)

// Sorts is the list of sorts.
var Sorts = code.NewList("安澜",
	code.Of(Indicator, "指标", "indicator"),
	code.Of(Constant, "常数", "constant"),
)

// Definition is a definition of an indicator or a constant (指标) as a record of the book.
type Definition struct {
	record.Head
	Code      string
	LabelZh   string // these four follow from the statement
	LabelEn   string
	Sort      Sort
	Measured  string // unit of measure as the statement has it
	Statement string // one indicator or constant of the language
	Basis     string // 依据: the document by which the bureau defines it so
	Retired   bool   // 停用: nothing has this code, the program's of the same code neither
}

// Faults of a definition by itself.
var (
	ErrNotOne = fault.Define("indicator.not_one_definition", fault.Invalid,
		"“定义”应当只有一条indicator或constant，这里有%d条", "a definition is one indicator or constant; this has %d")
	ErrOtherCode = fault.Define("indicator.other_code", fault.Invalid,
		"“定义”里的代码是%s，指标代码填的是%s，两处应当一致", "the definition has the code %s and the field says %s; they must be the same")
)

const (
	codeMax      = 128
	labelMax     = 500
	unitMax      = 60
	statementMax = 20_000

	followsZh = "由定义得出，不必填写"
	followsEn = "follows from the definition; need not be given"
)

// Fields, in the order of the sheet.
var (
	defCode   = field.Text("code", "指标代码", "code", func(d *Definition) *string { return &d.Code }, field.Max(codeMax)).Required().Fixed()
	labelZh   = field.Text("label_zh", "指标名称", "label in Chinese", func(d *Definition) *string { return &d.LabelZh }, field.Max(labelMax)).Note(followsZh, followsEn).Computed()
	labelEn   = field.Text("label_en", "英文名称", "label in English", func(d *Definition) *string { return &d.LabelEn }, field.Max(labelMax)).Note(followsZh, followsEn).Computed()
	sort      = field.Code("sort", "类别", "sort", func(d *Definition) *Sort { return &d.Sort }, Sorts).Note(followsZh, followsEn).Computed()
	measured  = field.Text("measured_in", "计量单位", "unit of measure", func(d *Definition) *string { return &d.Measured }, field.Max(unitMax)).Note(followsZh, followsEn).Computed()
	statement = field.Text("statement", "定义", "definition", func(d *Definition) *string { return &d.Statement }, field.Max(statementMax)).Required().
			Note("指标语言的一条indicator或constant，可以换行", "one indicator or constant of the language of indicators, on one line or several")
	basis   = field.Text("basis", "依据", "basis", func(d *Definition) *string { return &d.Basis }, field.Max(200)).Note("文号或制度", "a document or rule")
	retired = field.YesNo("is_retired", "停用", "retired", func(d *Definition) *bool { return &d.Retired }).
		Note("停用后没有这个指标，随系统提供的同代码指标也不用", "there is no such indicator then, the program's of the same code neither")
)

// Kind is the kind of definitions.
var Kind = record.Define("indicator", "指标", "indicator", func(d *Definition) *record.Head { return &d.Head },
	defCode, labelZh, labelEn, sort, measured, statement, basis, retired,
).Key(defCode).Derive((*Definition).derive).Rule((*Definition).sound, defCode, statement)

// New is a definition with what follows from its statement.
func New(code, statement string, bureau place.Unit) *Definition {
	d := &Definition{Head: record.Head{Unit: bureau}, Code: code, Statement: statement}
	d.derive()
	return d
}

// filePrefix tells the file names of definitions of a book from those of the program.
const filePrefix = "book:"

// file is the name under which faults of the definition stand.
func (d *Definition) file() string { return filePrefix + d.Code }

// CodeOf is the code of the definition that a file name in a fault stands for; false where it is a file of the program.
func CodeOf(file string) (code string, ok bool) { return strings.CutPrefix(file, filePrefix) }

// parse reads the statement.
func (d *Definition) parse() (*indicator.File, error) {
	return indicator.Parse(d.file(), []byte(d.Statement))
}

// derive takes from the statement what lists show; nothing where it cannot be read, of which sound speaks.
func (d *Definition) derive() {
	d.LabelZh, d.LabelEn, d.Sort, d.Measured = "", "", "", ""
	f, err := d.parse()
	if err != nil || len(f.Definitions()) != 1 {
		return
	}
	x := f.Definitions()[0]
	d.LabelZh, d.LabelEn, d.Sort, d.Measured = x.Label.Zh, x.Label.En, Indicator, x.Unit
	if x.Constant {
		d.Sort = Constant
	}
}

// sound refuses a statement that is not one definition of the code. The place of a fault is inside the statement.
func (d *Definition) sound() error {
	f, err := d.parse()
	if err != nil {
		var faults fault.List
		if internal := faults.Add(err); internal != nil {
			return internal
		}
		for _, x := range faults {
			x.Where = Inside(x.Where)
		}
		return faults
	}
	switch x := f.Definitions(); {
	case len(x) != 1:
		return fault.At(ErrNotOne.With(len(x)), fault.Where{Field: statement.Code})
	case x[0].Code != d.Code:
		return fault.At(ErrOtherCode.With(x[0].Code, d.Code), fault.Where{Field: statement.Code})
	}
	return nil
}

// Inside turns a place in the file of a definition into the place in the field of its record.
func Inside(w fault.Where) fault.Where {
	return fault.Where{Field: statement.Code, Line: w.Line, Col: w.Col}
}
