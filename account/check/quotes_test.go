package check

import (
	"strings"
	"testing"

	"anlan/account/check/reading"
)

func TestQuotationMarksInsideOthersAreSingle(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"“执行率”与“完成率”":        "“执行率”与“完成率”",
		"没有写到的指标““三公”经费控制率”": "没有写到的指标“‘三公’经费控制率”",
		"“所谓“三公””":           "“所谓‘三公’”",
		"“a”“b”":             "“a”“b”",
	} {
		if got := nestedMarks(in); got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
	}
	for in, want := range map[string]string{"死亡人数": "“死亡人数”", "三公”经费控制率": "““三公”经费控制率”", "所谓“三公": "“所谓“三公””"} {
		if got := quoted(in); got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
	}
}

func TestWhatCannotBeCheckedInOneDocumentIsNotSaidAgainBetweenSeveral(t *testing.T) {
	t.Parallel()
	before := fires(t, "2022", "“三公”经费控制率为63.61%。")
	alone := Check(before, Options{})
	if len(alone.NotCheckable) != 1 || !strings.HasPrefix(alone.NotCheckable[0].Why.Zh, "“‘三公’经费控制率”所依的数值") {
		t.Fatalf("%+v", alone.NotCheckable)
	}
	f := Together("某局", []*reading.Document{before}, []*reading.Document{fires(t, "2023", "“三公”经费控制率为63.6%。")})
	if len(f.NotCheckable) != 0 || f.Summary.NotCheckable != 0 {
		t.Errorf("%+v", f.NotCheckable)
	}
}
