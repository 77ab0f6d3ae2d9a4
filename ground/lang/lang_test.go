package lang_test

import (
	"encoding/json"
	"testing"

	"anlan/ground/lang"
)

func TestTextSpeaksTheLanguageAskedFor(t *testing.T) {
	t.Parallel()
	text := lang.Of("隐患级别", "grade")
	for l, want := range map[lang.Lang]string{lang.Chinese: "隐患级别", lang.English: "grade", "fr": "隐患级别", "": "隐患级别"} {
		if got := text.In(l); got != want {
			t.Errorf("in %q: got %q, want %q", l, got, want)
		}
	}
}

func TestTextIsWholeWithBothHalves(t *testing.T) {
	t.Parallel()
	for text, want := range map[lang.Text]bool{{Zh: "级别", En: "grade"}: true, {Zh: "级别"}: false, {En: "grade"}: false, {}: false} {
		if got := text.Whole(); got != want {
			t.Errorf("%v: got %v", text, got)
		}
	}
}

func TestTextStandsInJSONWithBothHalves(t *testing.T) {
	t.Parallel()
	b, err := json.Marshal(lang.Of("级别", "grade"))
	if got, want := string(b), `{"zh":"级别","en":"grade"}`; err != nil || got != want {
		t.Errorf("got %s, want %s, %v", got, want, err)
	}
}

func TestAThingIsNamedWithItsCodeBehindIt(t *testing.T) {
	t.Parallel()
	if got, want := lang.Named(lang.Of("人员经费", "staff costs"), "staff_cost"), lang.Of("“人员经费”（staff_cost）", `"staff costs" (staff_cost)`); got != want {
		t.Errorf("got %v, want %v", got, want)
	}
	if got, want := lang.Named(lang.Text{}, "P1"), lang.Of("P1", "P1"); got != want {
		t.Errorf("without a name got %v, want %v", got, want)
	}
}

func TestQuotationMarksInsideOthersAreTheSingleOnes(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"“三公”经费":             "“三公”经费",
		"““三公”经费”和“收入”":      "“‘三公’经费”和“收入”",
		"“关于“两个‘维护’”的通知”":    "“关于‘两个“维护”’的通知”",
		"“没有关上的“三公”":         "“没有关上的“三公”",
		"没有打开的”“三公”":         "没有打开的”“三公”",
		"‘单’和““双””":          "‘单’和“‘双’”",
		"“the unit’s share”": "“the unit’s share”",
		"":                   "",
	} {
		if got := lang.Nested(text); got != want {
			t.Errorf("%s: got %s, want %s", text, got, want)
		}
		if got := lang.Nested(lang.Nested(text)); got != want {
			t.Errorf("%s, twice: got %s, want %s", text, got, want)
		}
	}
}
