package extra

import (
	"anlan/ground/code"
	"anlan/ground/lang"
	"anlan/record"
	"anlan/record/access"
	"anlan/record/field"
)

// Field is the definition of an extra field (扩展项).
type Field struct {
	record.Head
	Kind        string // code of the kind whose records it belongs to
	Code        string
	LabelZh     string
	LabelEn     string
	Type        field.Type
	Required    bool
	Sensitivity Sensitivity
	Order       int64 // in forms and sheets
	Choices     []Choice
}

// Choice is one value of an extra field whose type is a code.
type Choice struct {
	Code    string
	LabelZh string
	LabelEn string
	Retired bool
}

// Sensitivity is how far the values of an extra field may travel.
type Sensitivity string

// The sensitivities; an extra field is never public.
const (
	Internal   Sensitivity = "internal"
	Personal   Sensitivity = "personal"
	Restricted Sensitivity = "restricted"
)

// levels are the sensitivities in the words of package access.
var levels = map[Sensitivity]access.Sensitivity{Internal: access.Internal, Personal: access.Personal, Restricted: access.Restricted}

// Types is the list of types.
var Types = code.NewList("安澜",
	code.Of(field.TypeText, "文字", "text"),
	code.Of(field.TypeCode, "代码", "code"),
	code.Of(field.TypeDay, "日期", "day"),
	code.Of(field.TypeNumber, "整数", "whole number"),
	code.Of(field.TypeMoney, "金额", "money"),
	code.Of(field.TypeYesNo, "是否", "yes or no"),
)

// Sensitivities is the list of sensitivities.
var Sensitivities = code.NewList("安澜",
	code.Of(Internal, "内部", "internal"),
	code.Of(Personal, "个人信息", "personal"),
	code.Of(Restricted, "限制知悉", "restricted"),
)

// Fields, in the order of the sheet.
var (
	kind        = field.Text("kind", "记录类型代码", "kind", func(f *Field) *string { return &f.Kind }, field.Max(30)).Required().Fixed().NamesKind()
	fieldCode   = field.Text("code", "扩展项代码", "code", func(f *Field) *string { return &f.Code }, field.Max(30)).Required().Fixed()
	labelZh     = field.Text("label_zh", "中文名称", "label in Chinese", func(f *Field) *string { return &f.LabelZh }, field.Max(30)).Required()
	labelEn     = field.Text("label_en", "英文名称", "label in English", func(f *Field) *string { return &f.LabelEn }, field.Max(60)).Required()
	valueType   = field.Code("value_type", "类型", "type", func(f *Field) *field.Type { return &f.Type }, Types).Required().Fixed()
	required    = field.YesNo("is_required", "必填", "required", func(f *Field) *bool { return &f.Required })
	sensitivity = field.Code("sensitivity", "敏感程度", "sensitivity", func(f *Field) *Sensitivity { return &f.Sensitivity }, Sensitivities).
			Note("不填为内部", "internal when left out")
	order   = field.Number("order_no", "次序", "order", func(f *Field) *int64 { return &f.Order })
	choices = field.Rows("choice", "可选值", "choices", func(f *Field) *[]Choice { return &f.Choices }, choiceCode, choiceZh, choiceEn, choiceRetired)

	choiceCode    = field.Text("code", "代码", "code", func(c *Choice) *string { return &c.Code }, field.Max(30)).Required()
	choiceZh      = field.Text("label_zh", "中文名称", "label in Chinese", func(c *Choice) *string { return &c.LabelZh }, field.Max(60)).Required()
	choiceEn      = field.Text("label_en", "英文名称", "label in English", func(c *Choice) *string { return &c.LabelEn }, field.Max(60)).Required()
	choiceRetired = field.YesNo("is_retired", "停用", "retired", func(c *Choice) *bool { return &c.Retired })
)

// Kind is the kind of extra fields.
var Kind = record.Define("extra_field", "扩展项", "extra field", func(f *Field) *record.Head { return &f.Head },
	kind, fieldCode, labelZh, labelEn, valueType, required, sensitivity, order, choices,
).Key(kind, fieldCode).Derive((*Field).settle).Rule((*Field).sound)

// settle writes out what is left unsaid.
func (f *Field) settle() {
	if f.Sensitivity == "" {
		f.Sensitivity = Internal
	}
}

// sound refuses a definition that the kernel cannot use.
func (f *Field) sound() error {
	var values []field.Choice
	for _, c := range f.Choices {
		values = append(values, field.Choice{Code: c.Code, Label: lang.Text{Zh: c.LabelZh, En: c.LabelEn}, Retired: c.Retired})
	}
	_, err := record.NewExtra(f.Kind, f.Code, lang.Text{Zh: f.LabelZh, En: f.LabelEn}, f.Type, values)
	return err
}
