package evaluation

import (
	"strings"
	"unicode/utf8"

	"anlan/ground/fault"
	"anlan/ground/width"
	"anlan/record/field"
)

// Suffix ends the name of a scheme's text file.
const Suffix = ".scheme"

// fileMax bounds a file, in bytes.
const fileMax = 1 << 20

// Faults of a file.
var (
	ErrNotText = fault.Define("scheme.not_text", fault.Invalid,
		"文件不是UTF-8编码，请另存为UTF-8", "the file is not UTF-8; save it as UTF-8")
	ErrFileTooLarge = fault.Define("scheme.file_too_large", fault.TooLarge,
		"文件超过%d字节", "the file has more than %d bytes")
	ErrUnknownWord = fault.Define("scheme.unknown_word", fault.Invalid,
		"行首的“%s”不认识，最接近的是“%s”", "a line cannot begin with %q; the nearest is %q")
	ErrWordTwice = fault.Define("scheme.word_twice", fault.Invalid,
		"“%s”写了两次", "%q stands twice")
	ErrNoLine = fault.Define("scheme.word_outside_line", fault.Invalid,
		"“%s”应写在某个“line”（三级）之下", "%q belongs below a line")
)

// word is what a line of a file may begin with, in English or Chinese.
type word struct{ en, zh, field string }

// headWords stand before the first group; lineWords below a line; levelWords open a level.
var (
	headWords = []word{{"scheme", "方案", "code"}, {"year", "年度", "year"}, {"name", "名称", "name"}, {"subject", "对象", "subject"},
		{"issuer", "制定机关", "issuer"}, {"document", "文号", "document"}, {"example", "示例", "is_example"}, {"note", "说明", "note"}}
	levelWords = []word{{"group", "一级", "level1"}, {"part", "二级", "level2"}, {"line", "三级", "level3"}}
	lineWords  = []word{{"code", "编号", "line_code"}, {"indicator", "指标", "indicator"}, {"target", "指标值", "target"}, {"criterion", "评分标准", "criterion"},
		{"rule", "评分规则", "rule"}, {"broken", "不足", "broken"}, {"note", "说明", "line_note"}}
)

func find(words []word, s string) (word, bool) {
	for _, w := range words {
		if s == w.en || s == w.zh {
			return w, true
		}
	}
	return word{}, false
}

// fileReader reads a text file: one statement a line, # begins a comment line.
//
//	scheme    hunan_department
//	year      2023
//	group     投入 | 10
//	part      预算配置 | 10
//	line      在职人员控制率 | 5
//	  indicator  evaluation.staff_control
//	  criterion  ≤100%计5分，每超过1个百分点扣0.5分，扣完为止
type fileReader struct {
	*reader
	name          string
	group, part   []string // texts of the open levels: name, points, number
	groupAt       fault.Where
	partAt        fault.Where
	said          map[string]bool
	begun, inLine bool
}

// ParseFile reads a scheme from a text file. Faults carry file and line; all are answered at once. A scheme that was
// read with faults is given beside them, for Unknown alone.
func ParseFile(name string, content []byte) (*Scheme, error) {
	home := fault.Where{File: name}
	if len(content) > fileMax {
		return nil, fault.At(ErrFileTooLarge.With(fileMax), home)
	}
	if !utf8.Valid(content) {
		return nil, fault.At(ErrNotText.With(), home)
	}
	r := &fileReader{reader: newReader(home), name: name, said: map[string]bool{}}
	text := strings.TrimPrefix(string(content), "\ufeff")
	for i, line := range strings.Split(text, "\n") {
		if line = width.Trim(line); line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if err := r.statement(line, fault.Where{File: name, Line: i + 1}); err != nil {
			return nil, err
		}
	}
	return r.done()
}

func (r *fileReader) statement(line string, at fault.Where) error {
	first, rest, _ := strings.Cut(line, " ")
	if tab := strings.IndexByte(first, '\t'); tab >= 0 {
		first, rest, _ = strings.Cut(line, "\t")
	}
	rest = width.Trim(rest)
	if w, ok := find(levelWords, first); ok {
		return r.level(w, rest, at)
	}
	words := headWords
	if r.begun {
		words = lineWords
	}
	w, ok := find(words, first)
	switch {
	case !ok:
		r.fail(ErrUnknownWord.With(first, nearestWord(first, words)), at)
		return nil
	case r.begun && !r.inLine:
		r.fail(ErrNoLine.With(first), at)
		return nil
	case r.said[w.field]:
		r.fail(ErrWordTwice.With(first), at)
		return nil
	}
	r.said[w.field] = true
	if r.begun {
		return r.cell(w.field, unescape(rest), at)
	}
	return r.head(w.field, unescape(rest), at)
}

func nearestWord(s string, words []word) string {
	var known []string
	for _, w := range append(words[:len(words):len(words)], levelWords...) {
		known = append(known, w.en, w.zh)
	}
	return field.Nearest(s, known)
}

// level opens a group, a part or a line.
func (r *fileReader) level(w word, rest string, at fault.Where) error {
	r.begun, r.inLine = true, false
	texts := splitBars(rest)
	switch w.field {
	case "level1":
		r.group, r.groupAt, r.part = texts, at, nil
		return nil
	case "level2":
		r.part, r.partAt = texts, at
		return nil
	}
	r.inLine = true
	clear(r.said)
	r.line(at)
	cells := []struct {
		code string
		of   []string
		i    int
		at   fault.Where
	}{{"level1", r.group, 0, r.groupAt}, {"points1", r.group, 1, r.groupAt}, {"level2", r.part, 0, r.partAt}, {"points2", r.part, 1, r.partAt},
		{"number2", r.part, 2, r.partAt}, {"level3", texts, 0, at}, {"points", texts, 1, at}}
	for _, c := range cells {
		text := ""
		if c.i < len(c.of) {
			text = c.of[c.i]
		} else if c.code != "points" {
			continue
		}
		if c.code == "points" || c.code == "points1" || c.code == "points2" {
			text = strings.TrimSuffix(text, "分")
		}
		if c.code == "points" && text == "" {
			continue // check says that it has none
		}
		if err := r.cell(c.code, text, c.at); err != nil {
			return err
		}
	}
	return nil
}

// splitBars splits at the bars that are not escaped.
func splitBars(s string) []string {
	var out []string
	start := 0
	for i := 0; i <= len(s); i++ {
		if i == len(s) || s[i] == '|' {
			out = append(out, unescape(width.Trim(s[start:i])))
			start = i + 1
		} else if s[i] == '\\' && i+1 < len(s) {
			i++
		}
	}
	return out
}

var (
	escaper   = strings.NewReplacer(`\`, `\\`, "\n", `\n`, "|", `\|`)
	unescaper = strings.NewReplacer(`\\`, `\`, `\n`, "\n", `\|`, "|")
)

func unescape(s string) string { return unescaper.Replace(s) }

// Text is the scheme as a file that ParseFile reads as the same scheme. It is the scheme's canonical form.
func (s *Scheme) Text() string {
	var b strings.Builder
	write := func(indent, word, text string) {
		if text != "" {
			b.WriteString(indent + word + strings.Repeat(" ", max(1, 11-len(word))) + text + "\n")
		}
	}
	for _, w := range headWords {
		text := SchemeKind.Text(s, headFields[w.field])
		if w.field == "is_example" && !s.Example {
			continue
		}
		write("", w.en, escaper.Replace(text))
	}
	list := SchemeKind.List(linesField)
	for i, l := range s.Lines {
		text := func(code string) string {
			t := list.Text(s, i, lineFields[code])
			if strings.HasPrefix(code, "points") {
				t = strings.TrimSuffix(strings.TrimRight(t, "0"), ".")
			}
			return escaper.Replace(t)
		}
		bars := func(codes ...string) string {
			out := text(codes[0])
			for n := len(codes) - 1; n > 0; n-- { // up to the last that is stated
				if text(codes[n]) == "" {
					continue
				}
				for _, c := range codes[1 : n+1] {
					out += " | " + text(c)
				}
				break
			}
			return out
		}
		opens := i == 0 || l.Level1 != s.Lines[i-1].Level1
		if opens {
			b.WriteString("\n")
			write("", "group", bars("level1", "points1"))
		}
		if l.Level2 != "" && (opens || l.Level2 != s.Lines[i-1].Level2) {
			write("", "part", bars("level2", "points2", "number2"))
		}
		write("", "line", bars("level3", "points"))
		for _, w := range lineWords {
			write("  ", w.en, text(w.field))
		}
	}
	return b.String()
}
