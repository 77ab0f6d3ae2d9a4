package field_test

import (
	"errors"
	"testing"

	"anlan/ground/period"
	"anlan/record/field"
)

type spanned struct{ Span period.Period }

var span = field.Period("span", "统计期", "period", func(s *spanned) *period.Period { return &s.Span })

func TestAPeriodIsReadAsSheetsHaveItAndKeptByItsName(t *testing.T) {
	t.Parallel()
	for written, want := range map[string]string{
		"2023": "2023", " 2023 ": "2023", "２０２３": "2023", "2023-01..12": "2023", "2023-H1": "2023-H1", "2023-Q2": "2023-Q2", "2023-05": "2023-05",
		"2023-05-T2": "2023-05-T2", "2023-05-06": "2023-05-06", "2023-01..05": "2023-01..05", "2022..2023": "2022..2023", "": "",
		"2023年": "2023", "2023年5月": "2023-05", "2023年05月": "2023-05", "2023年1-5月": "2023-01..05", "2023年1—5月": "2023-01..05", "2023年1～12月": "2023",
	} {
		var s spanned
		if err := span.Parse(&s, written); err != nil {
			t.Errorf("%q: %v", written, err)
		}
		if got := span.Text(&s); got != want {
			t.Errorf("%q: got %q, want %q", written, got, want)
		}
	}
	for _, wrong := range []string{"二〇二三", "2023-13", "2023年13月", "2023年5", "年", "月", "2023-05..01", "2023年5月6日", "去年"} {
		s := spanned{period.Year(2022)}
		if err := span.Parse(&s, wrong); !errors.Is(err, period.ErrNotAPeriod) && !errors.Is(err, period.ErrEndsBeforeItBegins) || s.Span != period.Year(2022) {
			t.Errorf("%q: got %v and %v", wrong, s.Span, err)
		}
	}
}

func FuzzPeriodOfASheet(f *testing.F) {
	for _, s := range []string{"2023", "2023年1—5月", "2023-Q2", "年月", "2023-05-06"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, written string) {
		var a, b spanned
		if err := span.Parse(&a, written); err != nil {
			return
		}
		if err := span.Parse(&b, span.Text(&a)); err != nil || a != b {
			t.Errorf("%q reads as %q, which reads as %v, %v", written, span.Text(&a), b.Span, err)
		}
		if err := span.Scan(&b, span.Store(&a)); err != nil || a != b {
			t.Errorf("%q is stored as %v, which reads as %v, %v", written, span.Store(&a), b.Span, err)
		}
	})
}
