package report_test

import (
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"anlan/account/indicator"
	"anlan/account/report"
	"anlan/account/report/shipped"
	"anlan/ground/fault"
	"anlan/ground/lang"
)

func TestTheShippedTemplatesHaveNoFault(t *testing.T) {
	t.Parallel()
	names, err := fs.Glob(shipped.Files, "*.report")
	if err != nil || len(names) == 0 {
		t.Fatalf("no templates: %v", err)
	}
	for _, name := range names {
		if _, err := report.Read(shipped.Files, name); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

const declared = "title 标题\nfigure a x.y\n" // lines 1 and 2 of what follows

func TestEachFaultOfATemplateIsSaidWithItsLineAndColumn(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, text string
		line, col  int
		want       error
		says       string // what the sentence must name
	}{
		{"digits in prose", declared + "全市发生87起，{a}", 3, 5, report.ErrTypedNumber, "87"},
		{"a decimal with its sign", declared + "{a}，下降15.5%。", 3, 7, report.ErrTypedNumber, "15.5%"},
		{"full-width digits", declared + "{a}全市２０２３年", 3, 6, report.ErrTypedNumber, "２０２３"},
		{"digits of another script", declared + "{a} ٣", 3, 5, report.ErrTypedNumber, "٣"},
		{"a quantity in Chinese numerals", declared + "{a}死亡九十七人", 3, 6, report.ErrTypedNumber, "九十七人"},
		{"digits in a heading", declared + "{a}\n##  第2部分", 4, 6, report.ErrTypedNumber, "2"},
		{"digits behind blanks", declared + "{a}\n　　共3起", 4, 4, report.ErrTypedNumber, "3"},
		{"digits in the title", "title {period}第3次报告\nfigure a x.y\n{a}", 1, 16, report.ErrTypedNumber, "3"},
		{"a claim of novelty", declared + "{a}，为历史新低", 3, 6, report.ErrUncitedClaim, "历史新"},
		{"a claim of rank", declared + "{a}，全省唯一", 3, 7, report.ErrUncitedClaim, "唯一"},
		{"a figure that is not declared", declared + "{a}、{b}", 3, 5, report.ErrNoSuchFigure, "b"},
		{"a figure in the title", "title 死亡{a}\nfigure a x.y\n{a}", 1, 9, report.ErrFigureInTitle, "a"},
		{"an open brace", declared + "{a}与{b", 3, 5, report.ErrBadLine, "{b"},
		{"a brace that closes nothing", declared + "{a}与}", 3, 5, report.ErrBadLine, "}"},
		{"a brace in a brace", declared + "{a}{{a}}", 3, 4, report.ErrBadLine, "{{a}}"},
		{"an empty brace", declared + "{a}{ }", 3, 4, report.ErrBadLine, "{ }"},
		{"a heading without words", declared + "{a}\n##", 4, 1, report.ErrBadLine, "##"},
		{"a fifth level of heading", declared + "{a}\n##### 标题", 4, 1, report.ErrBadLine, "####"},
		{"a figure without its indicator", declared + "{a}\nfigure b", 4, 1, report.ErrBadLine, "figure b"},
		{"a figure with a name that Word cannot hold", declared + "{a}\nfigure " + strings.Repeat("b", 57) + " x.y", 4, 1, report.ErrBadLine, "56"},
		{"a figure named in Chinese", declared + "{a}\nfigure 死亡 x.y", 4, 1, report.ErrBadLine, "figure 死亡 x.y"},
		{"a figure that begins with a dot", declared + "{a}\nfigure .b x.y", 4, 1, report.ErrBadLine, "figure .b x.y"},
		{"a form that there is not", declared + "{a}\n  figure b x.y as more", 4, 19, report.ErrBadForm, "plain exact change fewer"},
		{"a figure declared twice", declared + "{a}\nfigure a x.z", 4, 8, report.ErrFigureTwice, "2"},
		{"a figure with a name of the report's own", declared + "{a}\nfigure period x.y", 4, 8, report.ErrReserved, "period"},
		{"a figure that is never printed", declared + "figure b x.z\n{a}", 3, 10, report.ErrFigureUnused, "b"},
		{"no title", "figure a x.y\n{a}", 0, 0, report.ErrNoTitle, "title"},
		{"a title without words", "title \nfigure a x.y\n{a}", 1, 1, report.ErrBadLine, "title"},
		{"two titles", declared + "{a}\ntitle 又一个", 4, 1, report.ErrTitleTwice, ""},
		{"a line that is something else", declared + "{a}\n{" + strings.Repeat("长", 5_000), 4, 1, report.ErrBadLine, "长…"},
		{"a period that there is not", declared + "{a}\nfigure b x.y @ next_year", 4, 16, report.ErrBadLine, "last_year_end"},
		{"a unit that there is not", declared + "{a}\nfigure b x.y in 万圆圆", 4, 17, indicator.ErrUnknownUnit, "万圆圆"},
		{"a wide form without its step", declared + "{a}\nfigure b x.y as 余", 4, 17, report.ErrFormStep, "余"},
		{"a narrow form with a step", declared + "{a}\nfigure b x.y as exact 10", 4, 17, report.ErrFormStep, "exact"},
		{"a step below nothing", declared + "{a}\nfigure b x.y as 余 -10", 4, 17, report.ErrFormStep, "余"},
		{"a step that is no number", declared + "{a}\nfigure b x.y as 近 1e3", 4, 17, report.ErrFormStep, "近"},
		{"a claim without its code", declared + "{a}\nclaim b", 4, 1, report.ErrBadLine, "claim"},
		{"a claim with the name of a figure", declared + "{a}\nclaim a x.y", 4, 7, report.ErrFigureTwice, "2"},
		{"a claim that is never printed", declared + "{a}\nclaim b x.y", 4, 1, report.ErrFigureUnused, "b"},
		{"an evaluation of which nothing is said", declared + "{a}\nevaluation e whole.2023", 4, 1, report.ErrFigureUnused, "e"},
		{"a member that an evaluation has not", declared + "evaluation e s\n{a}{e.score}{e.grade}", 4, 13, report.ErrNoSuchFigure, "e.grade"},
		{"a sum of one part", declared + "{a}\nsum a = a", 4, 1, report.ErrBadLine, "sum"},
		{"a sum of what is no figure", declared + "{a}\nsum a = a + period", 4, 1, report.ErrNoSuchFigure, "period"},
		{"a page that there is not", declared + "{a}\npage square", 4, 1, report.ErrBadLine, "landscape"},
		{"prose that is not there", declared + "{a}\ninclude duties.prose", 4, 1, report.ErrNoSuchFile, "duties.prose"},
		{"an attachment that is not there", declared + "{a}\nattachment one.report", 4, 1, report.ErrNoSuchFile, "one.report"},
		{"a condition without its state", declared + "{a}\nwhen a\nend", 4, 1, report.ErrBadLine, "missing"},
		{"a condition that is left open", declared + "{a}\nwhen a zero some missing\n无", 4, 1, report.ErrNotClosed, "when"},
		{"a condition without its counterpart", declared + "{a}\nwhen a zero\n无\nend\nwhen a some\n有\nend", 4, 1, report.ErrConditionGap, "missing"},
		{"a condition of what is not declared", declared + "{a}\nwhen b zero some missing\n无\nend", 4, 1, report.ErrNoSuchFigure, "b"},
		{"a condition in a condition", declared + "{a}\nwhen a zero some missing\nwhen a zero\nend", 5, 1, report.ErrNested, ""},
		{"an end of nothing", declared + "{a}\nend", 4, 1, report.ErrBadLine, "end"},
		{"a table without rows", declared + "{a}\ntable 表\ncolumns 1\nend", 4, 1, report.ErrBadTable, ""},
		{"a table that is left open", declared + "table 表\ncolumns 1\n| {a} |", 3, 1, report.ErrNotClosed, "table"},
		{"a row too short", declared + "table 表\ncolumns 1 2n\n| {a} |\n| 甲 | {a} |\nend", 5, 7, report.ErrBadTable, "2"},
		{"a column without width", declared + "{a}\ntable\ncolumns 1 x\n| {a} | 乙 |\nend", 5, 1, report.ErrBadLine, "columns"},
		{"prose in a table", declared + "table\ncolumns 1\n| {a} |\n全市\nend", 6, 1, report.ErrBadLine, "lines"},
		{"a head below a row", declared + "table\ncolumns 1\n| {a} |\nhead | 甲 |\nend", 6, 1, report.ErrBadTable, ""},
		{"digits in a cell", declared + "table\ncolumns 1 1\n| {a} | 共3起 |\nend", 5, 10, report.ErrTypedNumber, "3"},
		{"a formula of anything", declared + "table\ncolumns 1\n| {a} := WEBSERVICE(\"x\") |\nend", 5, 3, report.ErrBadLine, "WEBSERVICE"},
		{"a formula of what has no cell", declared + "figure b x.y\n{b}\ntable\ncolumns 1\n| {a} := {b}/2 |\nend", 7, 3, report.ErrFormulaName, "b"},
		{"lines in a table of other columns", declared + "evaluation e s\n{a}{e.score}\ntable\ncolumns 1\nlines e\n| 甲 |\nend", 7, 1, report.ErrBadTable, "8"},
		{"a citation without its source", declared + "{a}{\"三百人\"}", 3, 4, report.ErrBadLine, "| "},
		{"a citation of nothing", declared + "{a}{\"\" | 文件}", 3, 4, report.ErrBadLine, "| "},
		{"what is no text", "title \xff", 0, 0, report.ErrNotText, ""},
		{"more than a megabyte", strings.Repeat("字", 400_000), 0, 0, report.ErrTemplateTooLarge, "1048576"},
	} {
		_, err := report.Parse("a.report", c.text)
		if !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", c.name, err, c.want)
			continue
		}
		var l fault.List
		if err := l.Add(err); err != nil || len(l) != 1 {
			t.Errorf("%s: want this fault alone, got %v", c.name, l)
			continue
		}
		if w := l[0].Where; w.Line != c.line || w.Col != c.col || w.File != "a.report" && c.want != report.ErrTemplateTooLarge {
			t.Errorf("%s: got line %d column %d of %q, want %d and %d", c.name, w.Line, w.Col, w.File, c.line, c.col)
		}
		for _, g := range []lang.Lang{lang.Chinese, lang.English} {
			if said := l[0].In(g); !strings.Contains(said, c.says) {
				t.Errorf("%s: %q does not say %q", c.name, said, c.says)
			}
		}
	}
}

func TestAllFaultsOfATemplateAreSaidAtOnceInTheirOrder(t *testing.T) {
	t.Parallel()
	_, err := report.Parse("年报.report", "figure a x.y\nfigure a x.z\n全市首次发生3起，{b}\n#\n")
	var l fault.List
	if err := l.Add(err); err != nil {
		t.Fatal(err)
	}
	want := `年报.report 第2行 第8字：数据“a”声明了两次，另一处在第1行
年报.report 第3行 第3字：“首次”是需要出处的说法，没有引用来源不能写入报告
年报.report 第3行 第7字：正文中手写了数字“3”：报告中的数字只能引用数据，请改为{数据名}，或写明出处：{"原文" | 出处}
年报.report 第4行 第1字：无法理解“#”：应为# 到 ####，后面写标题
年报.report：模板没有标题，应有一行：title 标题
年报.report 第3行 第10字：模板没有声明数据“b”，最接近的是“a”
年报.report 第1行 第10字：数据“a”声明了但正文没有引用`
	if diff := cmp.Diff(want, l.In(lang.Chinese)); diff != "" {
		t.Error(diff)
	}
}

func TestAFileOfFaultsIsAnsweredInBounds(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"digits in one line":       "title a\n" + strings.Repeat("1 ", 500_000),
		"digits in many":           "title a\n" + strings.Repeat("1\n", 500_000),
		"figures nobody declared":  "title a\n" + strings.Repeat("{a}", 300_000),
		"figures that nobody uses": "title a\n" + lots(),
	} {
		_, err := report.Parse("a.report", text)
		var l fault.List
		if internal := l.Add(err); internal != nil || len(l) != 101 || !errors.Is(l[100], report.ErrMoreFaults) {
			t.Errorf("%s: got %d faults (%v), want 100 and one that says that there are more", name, len(l), internal)
		}
	}
}

// lots declares as many figures as a template can hold.
func lots() string {
	var b strings.Builder
	for i := 0; b.Len() < 1_000_000; i++ {
		fmt.Fprintf(&b, "figure f%d x.y\n", i)
	}
	return b.String()
}

func TestNumeralsThatStateNoQuantityMayStand(t *testing.T) {
	t.Parallel()
	for _, prose := range []string{"一是压实责任，二是强化督查。", "统一领导、分级负责，一方面", "落实“五个确保”", "从三个方面入手", "贯彻第三款的要求", "万无一失"} {
		if _, err := report.Parse("a.report", declared+"{a}\n"+prose); err != nil {
			t.Errorf("%s: %v", prose, err)
		}
	}
}

// formula is the formula of a cell, to the end of the cell.
var formula = regexp.MustCompile(`:=[^|]*(\||$)`)

func FuzzTemplate(f *testing.F) {
	text, err := shipped.Files.ReadFile("spine.report")
	if err != nil {
		f.Fatal(err)
	}
	for _, seed := range []string{string(text), declared + "# {period}\n{a}", "title {a|b\nfigure a x as fewer\n{a}}{", "\ufefftitle a\r\n#### ９{", "figure\ttitle  x\n//\n# #", "title 三起\n{period}首次",
		declared + "table 表 | 单位\ncolumns 1 2n\nhead | 甲 | < |\n| ^ | {a} := {a}/2 |\nend\nwhen a zero,some,missing\n- {\"百\" | 文}\nend\nsum a = a + a"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		_, err := report.Parse("a.report", text)
		if err == nil {
			for line := range strings.Lines(text) { // whatever was accepted has no digit outside of names and braces
				line = strings.TrimSpace(strings.TrimPrefix(line, "\ufeff"))
				word := strings.Fields(line + " x")[0]
				if strings.HasPrefix(line, "//") || slices.Contains([]string{"figure", "claim", "evaluation", "sum", "columns", "lines"}, word) {
					continue
				}
				if strings.HasPrefix(line, "|") { // what stands behind := is computed by a spreadsheet
					line = formula.ReplaceAllString(line, "|")
				}
				for i, s := range strings.FieldsFunc(line, func(r rune) bool { return r == '{' || r == '}' }) {
					inside := i%2 == 1 != strings.HasPrefix(line, "{")
					if !inside && strings.IndexFunc(s, unicode.IsDigit) >= 0 {
						t.Errorf("the digits of %q were accepted", s)
					}
				}
			}
			return
		}
		var l fault.List
		if internal := l.Add(err); internal != nil {
			t.Fatalf("no fault: %v", internal)
		}
		lines := strings.Split(text, "\n")
		for _, x := range l {
			w := x.Where
			if w.Line == 0 && w.Col == 0 {
				continue // about the file as a whole
			}
			if w.Line < 1 || w.Line > len(lines) || w.Col < 1 || w.Col > utf8.RuneCountInString(lines[w.Line-1])+1 {
				t.Errorf("%v stands outside of the text", x)
			}
		}
	})
}
