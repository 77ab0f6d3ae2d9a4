package evaluation_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"anlan/account/evaluation"
	"anlan/account/evaluation/rule"
	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/record/field"
	"anlan/record/sheet"
)

var headAside = cmp.Options{cmpopts.IgnoreFields(evaluation.Scheme{}, "Head"), cmpopts.IgnoreUnexported(evaluation.Scheme{})}

var shippedNames = []string{"department", "hunan", "project"}

func Test_shipped_schemes_are_sound_and_their_indicators_known(t *testing.T) {
	t.Parallel()
	for _, name := range shippedNames {
		s := shippedScheme(t, name)
		define(t, s)
		if s.Code != name {
			t.Errorf("%s%s says it is %s", name, evaluation.Suffix, s.Code)
		}
		if s.Example != (name == "department") {
			t.Errorf("%s: example %v", name, s.Example)
		}
	}
}

func Test_a_scheme_written_is_read_as_the_same_scheme(t *testing.T) {
	t.Parallel()
	for _, name := range shippedNames {
		s := shippedScheme(t, name)
		s.Lines[0].Note = "一行\n两行 | 竖线 \\ 反斜线"
		if diff := cmp.Diff(s, parse(t, s.Text()), headAside); diff != "" {
			t.Errorf("%s as a text (-written +read):\n%s", name, diff)
		}
		for _, format := range []sheet.Format{sheet.XLSX, sheet.CSV, sheet.JSONL} {
			for _, l := range []lang.Lang{lang.Chinese, lang.English} {
				var b bytes.Buffer
				if err := s.WriteSheet(&b, format, l); err != nil {
					t.Fatal(err)
				}
				got, err := read(t, "方案."+string(format), b.Bytes(), nil)
				if err != nil {
					t.Errorf("%s as %s: %v", name, format, err)
					continue
				}
				if diff := cmp.Diff(s, got, headAside); diff != "" {
					t.Errorf("%s as %s in %s (-written +read):\n%s", name, format, l, diff)
				}
			}
		}
	}
}

func read(t testing.TB, name string, content []byte, preset evaluation.Preset) (*evaluation.Scheme, error) {
	t.Helper()
	book, err := sheet.Read(name, bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	return evaluation.ReadSheet(book, "", preset)
}

// form is a sheet as an office keeps it: a title above, levels written once, a total below.
const form = `部门整体支出绩效评价指标表,,,,,,,
一级指标,一级分值,二级指标,二级分值,三级指标,分值,评价标准,指标
投入,40,预算配置,,在职人员控制率,25,"≤100%计满分，每超过1个百分点扣1分，扣完为止",evaluation.staff_control
,,,,三公经费变动率,15,"≤0计满分，每超过1个百分点扣1分，扣完为止",evaluation.three_public_change
效果,,履职效益,60,满意度,60分,"≥90%计满分，<90%计0分",evaluation.satisfaction
合计,,,,,100,,
`

func Test_a_sheet_as_offices_keep_it(t *testing.T) {
	t.Parallel()
	s, err := read(t, "表.csv", []byte(form), evaluation.Preset{"code": "own", "year": "2024", "name": "自拟方案", "subject": "department"})
	if err != nil {
		t.Fatal(fault.In(err, lang.English))
	}
	if len(s.Lines) != 3 || s.Lines[1].Level1 != "投入" || s.Lines[1].Level2 != "预算配置" || s.Lines[1].Points1.V != 4000 || s.Lines[2].Level1 != "效果" || s.Lines[2].Points1.OK || s.Year != 2024 {
		t.Errorf("%+v", s)
	}
	define(t, s)
}

func Test_faults_of_a_sheet_name_row_and_column(t *testing.T) {
	t.Parallel()
	preset := evaluation.Preset{"code": "own", "year": "2024", "name": "自拟方案", "subject": "department"}
	for _, c := range []struct {
		name, from, to string
		want           error
		row            int
		column         string
	}{
		{"weights_do_not_add_up_to_100", "满意度,60分", "满意度,50", evaluation.ErrTotal, 0, ""},
		{"weights_do_not_add_up_to_the_level_above", "履职效益,60", "履职效益,55", evaluation.ErrLevelSum, 5, "二级分值"},
		{"a_rule_is_not_understood", "≥90%计满分，<90%计0分", "酌情计分", rule.ErrNotUnderstood, 5, "评价标准"},
		{"a_line_has_no_points", "满意度,60分", "满意度,0", evaluation.ErrNoPoints, 5, "分值"},
		{"points_are_no_number", "满意度,60分", "满意度,六十", field.ErrNotANumber, 5, "分值"},
		{"a_level_is_stated_twice", ",,,,三公经费变动率", "投入,30,,,三公经费变动率", evaluation.ErrLevelStated, 4, "一级分值"},
		{"a_line_stands_twice", "三公经费变动率", "在职人员控制率", evaluation.ErrLineTwice, 4, "三级指标"},
		{"the_criterion_has_another_full_score", "≥90%计满分", "≥90%计6分", evaluation.ErrFullDiffers, 5, "评价标准"},
		{"a_judged_rule_names_an_indicator", "≥90%计满分，<90%计0分", "好60分；一般30分", evaluation.ErrJudgedIndicator, 5, "指标"},
		{"a_project_tells_nothing_about_a_department", "evaluation.satisfaction", "执行率", evaluation.ErrNoProject, 5, "指标"},
		{"the_criterion_is_missing", `"≥90%计满分，<90%计0分"`, "", field.ErrMissing, 5, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			text := strings.Replace(form, c.from, c.to, 1)
			_, err := read(t, "表.csv", []byte(text), preset)
			if !errors.Is(err, c.want) {
				t.Fatalf("%v, want %v", err, c.want)
			}
			for _, f := range err.(fault.List) {
				if errors.Is(f, c.want) && (f.Where.File != "表.csv" || f.Where.Row != c.row || f.Where.Column != c.column) {
					t.Errorf("%s: at %+v", f.Code, f.Where)
				}
			}
		})
	}
	s, err := read(t, "表.csv", []byte(strings.Replace(form, "evaluation.staff_control", "evaluation.staff_contrl", 1)), preset)
	if err != nil {
		t.Fatal(err)
	}
	if _, err = evaluation.Define(s, indicatorSet(t)); !errors.Is(err, evaluation.ErrIndicator) || err.(fault.List)[0].Where.Row != 3 || err.(fault.List)[0].Where.Column != "指标" {
		t.Errorf("an unknown indicator: %v", err)
	}
	if _, err := read(t, "表.csv", []byte(form), nil); !errors.Is(err, field.ErrMissing) || len(err.(fault.List)) != 4 {
		t.Errorf("a sheet without code, year, name, subject: %v", err)
	}
}

func Test_an_unknown_indicator_or_measure_and_a_unit_that_does_not_fit(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		from, to, field string
		want            error
		says            string
	}{
		{"evaluation.satisfaction", "evaluation.satisfacton", "line.16.indicator", evaluation.ErrIndicator, "没有名为“evaluation.satisfacton”的统计项、指标或常数"},
		{"evaluation.satisfaction", "survey.happy / survey.answers", "line.16.indicator", evaluation.ErrIndicator, "survey.happy"},
		{"evaluation.staff_control", "staff.in_post", "line.1.rule", rule.ErrUnit, "不能比较"},
	} {
		s := parse(t, strings.Replace(shippedScheme(t, "hunan").Text(), c.from, c.to, 1))
		*s = evaluation.Scheme{Head: s.Head, Code: s.Code, Year: s.Year, Name: s.Name, Subject: s.Subject, Lines: s.Lines} // as a record, which no file places
		_, err := evaluation.Define(s, indicatorSet(t))
		list, ok := err.(fault.List)
		if !ok || len(list) != 1 || !errors.Is(list[0], c.want) || list[0].Where.Field != c.field || !strings.Contains(list[0].In(lang.Chinese), c.says) {
			t.Errorf("%s: %v", c.to, fault.In(err, lang.Chinese))
		}
	}
	s := parse(t, strings.Replace(shippedScheme(t, "hunan").Text(), "evaluation.staff_control", "staff.in_post / establishment.posts", 1))
	define(t, s)
}

func Test_faults_of_a_file_name_the_line(t *testing.T) {
	t.Parallel()
	text := shippedScheme(t, "hunan").Text()
	for _, c := range []struct {
		from, to string
		want     error
	}{
		{"group      投入 | 10", "group      投入 | 12", evaluation.ErrLevelSum},
		{"issuer", "isuer ", evaluation.ErrUnknownWord},
		{"line       在职人员控制率 | 5\n", "code x\nline       在职人员控制率 | 5\n", evaluation.ErrNoLine},
		{"  broken     proportional\n", "  broken     proportional\n  broken     dropped\n", evaluation.ErrWordTwice},
		{"  broken     proportional\n", "  broken     不知道\n", field.ErrUnknownCode},
		{"target     ≤100%\n", "target     适量\n", evaluation.ErrTarget},
		{"rule       ≤100%计5分，每超过1个百分点扣0.5分，扣完为止", "rule       ≤100%计5分，每超过1个百分点扣0.5分（不足的舍去），扣完为止", evaluation.ErrBrokenDiffers},
		{"indicator  evaluation.budget_control\n", "indicator  evaluation.budget_control\n  broken 舍去\n", evaluation.ErrBrokenIdle},
	} {
		_, err := evaluation.ParseFile("h.scheme", []byte(strings.Replace(text, c.from, c.to, 1)))
		list, ok := err.(fault.List)
		if !ok || !errors.Is(err, c.want) || list[0].Where.Line == 0 || list[0].Where.File != "h.scheme" {
			t.Errorf("%s: %v", c.to, err)
		}
	}
	if _, err := evaluation.ParseFile("h.scheme", []byte("\xff")); !errors.Is(err, evaluation.ErrNotText) {
		t.Error(err)
	}
	if _, err := evaluation.ParseFile("h.scheme", make([]byte, 2<<20)); !errors.Is(err, evaluation.ErrFileTooLarge) {
		t.Error(err)
	}
	if _, err := evaluation.ParseFile("h.scheme", []byte("scheme x\nyear 2023\nname 空\nsubject 项目支出\n")); !errors.Is(err, evaluation.ErrNoLines) {
		t.Error(err)
	}
}

func Test_a_level_must_stand_together(t *testing.T) {
	t.Parallel()
	s := shippedScheme(t, "hunan")
	s.Lines[0], s.Lines[5] = s.Lines[5], s.Lines[0]
	for i := range s.Lines {
		s.Lines[i].Points1.OK, s.Lines[i].Points2.OK = false, false
	}
	s.Unit = "430600"
	faults := evaluation.SchemeKind.Check(s, period.MustDay(2024, 1, 1))
	if !errors.Is(faults, evaluation.ErrLevelApart) {
		t.Error(faults)
	}
}

func Test_what_two_years_differ_in_is_told_in_words(t *testing.T) {
	t.Parallel()
	before := shippedScheme(t, "hunan")
	text := before.Text()
	for _, r := range [][2]string{
		{"year       2023", "year       2024"},
		{"group      投入 | 10", "group      投入 | 8"}, {"part       预算配置 | 10", "part       预算配置 | 8"},
		{"line       三公经费变动率 | 5", "line       三公经费变动率 | 3"}, {"变动率≤0，计5分", "变动率≤0，计3分"}, {"≤0计5分，每超过1个百分点扣0.5分", "≤0计3分，每超过1个百分点扣0.3分"},
		{"group      产出及效率 | 30", "group      产出及效率 | 32"}, {"part       履职效益 | 22", "part       履职效益 | 24"},
		{"line       行政效能 | 6\n  code       efficiency", "line       内部控制 | 8\n  code       internal_control"}, {"好6分；一般3分；无0分", "好8分；一般4分；无0分"},
		{"document   部门整体支出绩效评价指标表（10／60／30）", "document   示例〔2024〕1号"},
	} {
		if !strings.Contains(text, r[0]) {
			t.Fatalf("no %q", r[0])
		}
		text = strings.Replace(text, r[0], r[1], 1)
	}
	after := parse(t, text)
	after.Lines[2], after.Lines[3] = after.Lines[3], after.Lines[2]
	var zh, en strings.Builder
	for _, d := range evaluation.Diff(before, after) {
		zh.WriteString(string(d.Kind) + "\t" + d.Words.Zh + "\n")
		en.WriteString(string(d.Kind) + "\t" + d.Words.En + "\n")
	}
	golden(t, "diff.zh.txt", zh.String())
	golden(t, "diff.en.txt", en.String())
	if same := evaluation.Diff(before, before); len(same) != 0 {
		t.Errorf("a scheme differs from itself: %v", same)
	}
}

func Fuzz_scheme_files(f *testing.F) {
	for _, name := range shippedNames {
		text, err := os.ReadFile(filepath.Join("shipped", name+evaluation.Suffix))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		s, err := evaluation.ParseFile("f.scheme", content)
		if err != nil {
			if _, known := fault.KindOf(err); !known {
				t.Fatal(err)
			}
			return
		}
		again, err := evaluation.ParseFile("f.scheme", []byte(s.Text()))
		if err != nil {
			t.Fatalf("written and refused: %v\n%s", err, s.Text())
		}
		if diff := cmp.Diff(s, again, headAside); diff != "" {
			t.Fatal(diff)
		}
	})
}
