package sheet_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/record/sheet"
)

// lines gives rows of texts as "1: a|b".
func lines(b *sheet.Book) (out []string, err error) {
	for row, err := range b.Rows("") {
		if err != nil {
			return out, err
		}
		var cells []string
		for _, c := range row.Cells {
			cells = append(cells, c.Text)
		}
		out = append(out, sheet.Address(0, row.Number)[1:]+": "+strings.Join(cells, "|"))
	}
	return out, nil
}

func TestTextFilesAreReadAsProgramsWriteThem(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		file, text string
		want       []string
	}{
		"plain":                {"a.csv", "a,b\nc,d\n", []string{"1: a|b", "2: c|d"}},
		"line ends of Windows": {"a.csv", "a,b\r\nc,d\r\n", []string{"1: a|b", "2: c|d"}},
		"line ends of old Mac": {"a.csv", "a,b\rc,d", []string{"1: a|b", "2: c|d"}},
		"no last line end":     {"a.csv", "a,b\nc,", []string{"1: a|b", "2: c|"}},
		"byte order mark":      {"a.csv", "\ufeffa,b", []string{"1: a|b"}},
		"quotes":               {"a.csv", `"a,b","c ""d"" e",f "g" h,"i"j` + "\n", []string{`1: a,b|c "d" e|f "g" h|ij`}},
		"quotes over lines":    {"a.csv", "\"a\r\nb\",c\nd,e", []string{"1: a\r\nb|c", "2: d|e"}},
		"empty quotes":         {"a.csv", `"",a,""""`, []string{`1: |a|"`}},
		"blank rows counted":   {"a.csv", "a\n\n,,\nb", []string{"1: a", "4: b"}},
		"blanks kept":          {"a.csv", " a , b", []string{"1:  a | b"}},
		"tabs by name":         {"a.tsv", "a\tb,c\nd\te", []string{"1: a|b,c", "2: d|e"}},
		"tabs called csv":      {"a.csv", "a\tb\nc\td, e\n", []string{"1: a|b", "2: c|d, e"}},
		"semicolons":           {"a.csv", "a;b;1,5\nc;d;2\n", []string{"1: a|b|1,5", "2: c|d|2"}},
		"bars":                 {"a.txt", "a|b\nc|d", []string{"1: a|b", "2: c|d"}},
		"separators in quotes": {"a.csv", "\"a;b;c\",d\n\"e;f;g\",h", []string{"1: a;b;c|d", "2: e;f;g|h"}},
		"one column":           {"a.csv", "甲，乙\n丙", []string{"1: 甲，乙", "2: 丙"}},
		"guards":               {"a.csv", "'=1+1,'-x,'abc,''=1,'-5", []string{"1: =1+1|-x|'abc|'=1|'-5"}},
	} {
		got, err := lines(mustOpen(t, c.file, []byte(c.text)))
		if diff := cmp.Diff(got, c.want); err != nil || diff != "" {
			t.Errorf("%s: %v %s", name, err, diff)
		}
	}
}

func TestEncodingIsFound(t *testing.T) {
	t.Parallel()
	text := "编号,隐患描述\nA,岳阳楼区㐀消防通道堵塞😀\n" + strings.Repeat("B,平江县\n", 8_000)
	want := must(lines(mustOpen(t, "a.csv", []byte(text))))
	for name, content := range map[string]string{
		"UTF-8 with mark": "\ufeff" + text,
		"GB18030":         must(simplifiedchinese.GB18030.NewEncoder().String(text)),
		"UTF-16 little":   must(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(text)),
		"UTF-16 big":      must(unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder().String(text)),
	} {
		got, err := lines(mustOpen(t, "a.csv", []byte(content)))
		if diff := cmp.Diff(got, want); err != nil || diff != "" {
			t.Errorf("%s: %v %.300s", name, err, diff)
		}
	}
}

func TestTextThatCannotBeReadSaysWhere(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		text string
		want error
		zh   string
	}{
		"neither UTF-8 nor GB18030": {"a,b\n\xb1\xe0\xba\xc5,\xff\xff\n", sheet.ErrUnreadableText, "a.csv 第2行："},
		"quote open":                {"a,b\nc,\"d\ne,f\n", sheet.ErrOpenQuote, "a.csv 第2行："},
		"cell too large":            {"a\n\"" + strings.Repeat("x", 2<<20), sheet.ErrTooLarge, "a.csv 第2行："},
		"too many columns":          {"a\n" + strings.Repeat(",", 20_000), sheet.ErrTooLarge, "a.csv 第2行："},
	} {
		_, err := lines(mustOpen(t, "a.csv", []byte(c.text)))
		if !errors.Is(err, c.want) || !strings.HasPrefix(fault.In(errOrNone(err), lang.Chinese), c.zh) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func TestTextThatCannotBeWrittenIsRefused(t *testing.T) {
	t.Parallel()
	layout := sheet.Layout{Fields: []sheet.Field{{Heading: "编号", Key: "serial"}}}
	for _, format := range formats {
		for name, c := range map[string]struct {
			cells []sheet.Cell
			want  error
		}{
			"NUL":       {[]sheet.Cell{sheet.TextCell("a\x00b")}, sheet.ErrUnwritable},
			"not UTF-8": {[]sheet.Cell{sheet.TextCell("a\xff")}, sheet.ErrUnwritable},
			"too long":  {[]sheet.Cell{sheet.TextCell(strings.Repeat("😀", 20_000))}, sheet.ErrCellTooLong},
			"too many":  {make([]sheet.Cell, 2), sheet.ErrTooManyCells},
		} {
			if _, err := tryWrite(format, layout, c.cells); !errors.Is(err, c.want) {
				t.Errorf("%s in %s: got %v", name, format, err)
			}
		}
	}
}
