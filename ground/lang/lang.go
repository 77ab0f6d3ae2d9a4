package lang

// Lang is a language of the interface.
type Lang string

// The languages of the house.
const (
	Chinese Lang = "zh"
	English Lang = "en"
)

// Text is one text in both languages.
type Text struct {
	Zh string `json:"zh"`
	En string `json:"en"`
}

// Zh and En are the halves of a Text where a declaration takes them as two arguments.
type (
	Zh string
	En string
)

// Of joins the two halves.
func Of(zh Zh, en En) Text { return Text{string(zh), string(en)} }

// In gives the text in language l; Chinese where l is unknown.
func (t Text) In(l Lang) string {
	if l == English {
		return t.En
	}
	return t.Zh
}

// Named is a thing as a sentence for people names it: by its name, with the code behind it, “人员经费”（staff_cost）. Without a name
// it is the code.
func Named(name Text, code string) Text {
	if name.Zh == "" {
		return Text{code, code}
	}
	return Text{"“" + name.Zh + "”（" + code + "）", `"` + name.En + `" (` + code + ")"}
}

// Whole says whether both halves are present.
func (t Text) Whole() bool { return t.Zh != "" && t.En != "" }
