package field_test

import (
	"errors"
	"strings"
	"testing"

	"anlan/record/access"
	"anlan/record/field"

	"pgregory.net/rapid"
)

var (
	aPhone = &field.Spec{Type: "phone", Sensitivity: access.Personal}
	aText  = &field.Spec{Type: field.TypeText, Sensitivity: access.Personal}
)

func TestNumbersOfPersonsAreMaskedAndNothingElse(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		spec       *field.Spec
		text, want string
	}{
		{aPhone, "13812341234", "138****1234"},
		{aPhone, "138-1234-1234", "138-****-1234"},
		{aPhone, "+86 13812341234", "+86 138****1234"},
		{aPhone, "0730-8880123", "0730-8880123"},
		{aPhone, "12350", "12350"},
		{aText, "电话13812341234，身份证43060219900101123X。", "电话138****1234，身份证4306**********123X。"},
		{aText, "１３８１２３４１２３４", "１３８****１２３４"},
		{aText, "430602199001011234和13912345678", "4306**********1234和139****5678"},
		{aText, "预算12345678901元", "预算12345678901元"}, // no mobile begins with 12
		{aText, "合同号202300000012345", "合同号202300000012345"},
		{aText, "", ""},
	} {
		if got := c.spec.Masked(c.text); got != c.want {
			t.Errorf("%s: got %s, want %s", c.text, got, c.want)
		}
	}
}

func TestAMaskThatIsSentBackIsTheNumberThatStands(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		spec           *field.Spec
		standing, sent string
		want           string
		err            error
	}{
		{aPhone, "13812341234", "138****1234", "13812341234", nil},
		{aPhone, "13812341234", "13999999999", "13999999999", nil},
		{aPhone, "13812341234", "139****1234", "", field.ErrMasked},
		{aPhone, "", "138****1234", "", field.ErrMasked},
		{aText, "打13812341234找他", "打138****1234找他，或他哥哥", "打13812341234找他，或他哥哥", nil},
		{aText, "13812341234、13800001234", "138****1234", "", field.ErrMasked},
		{aText, "没有号码", "已遮掩的138****1234", "已遮掩的138****1234", nil},
	} {
		got, err := c.spec.Unmasked(c.sent, c.standing)
		if !errors.Is(err, c.err) || err == nil && got != c.want {
			t.Errorf("%q upon %q: got %q, %v", c.sent, c.standing, got, err)
		}
	}
}

// TestMaskingIsTakenBack: whatever a text says, sent back as it was shown it is the text that stands, or is refused.
func TestMaskingIsTakenBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		piece := rapid.SampledFrom([]string{"13812341234", "13800001234", "43060219900101123X", "0730-8880123", "甲", "，", " ", "1", "9"})
		text := strings.Join(rapid.SliceOfN(piece, 0, 8).Draw(t, "pieces"), "")
		got, err := aText.Unmasked(aText.Masked(text), text)
		if err == nil && got != text {
			t.Fatalf("%q became %q", text, got)
		}
		if err != nil && !errors.Is(err, field.ErrMasked) {
			t.Fatal(err)
		}
	})
}
