package report

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"anlan/ground/fault"
)

// Template is the prose of a report with references to figures.
type Template struct {
	name    string
	title   string
	figures map[string]reference
	order   []string
	blocks  []block
}

// reference is a figure that the prose may name.
type reference struct {
	id, indicator string
	form          form
	at            fault.Where
	used          bool
}

type block struct {
	level int // of a heading; 0: a paragraph
	parts []part
}

// part is literal text, or a reference when name is set.
type part struct {
	text string
	name string
}

// Faults of templates, with file, line and column.
var (
	ErrTypedNumber = fault.Define("report.typed_number", fault.Undefined,
		"正文中手写了数字“%s”：报告中的数字只能引用数据，请改为{数据名}", "the prose has the number %q typed by hand; numbers of a report are references: write {figure}")
	ErrUncitedClaim = fault.Define("report.uncited_claim", fault.Undefined,
		"“%s”是需要出处的说法，没有引用来源不能写入报告", "%q is a claim that needs a source; without a citation it cannot be written")
	ErrNoSuchFigure = fault.Define("report.no_such_figure", fault.Undefined,
		"模板没有声明数据“%s”，最接近的是“%s”", "the template declares no figure %q; the nearest is %q")
	ErrBadLine = fault.Define("report.bad_line", fault.Undefined,
		"无法理解这一行：%s", "this line cannot be understood: %s")
	ErrFigureTwice = fault.Define("report.figure_twice", fault.Undefined,
		"数据“%s”声明了两次", "the figure %q is declared twice")
	ErrFigureUnused = fault.Define("report.figure_unused", fault.Undefined,
		"数据“%s”声明了但正文没有引用", "the figure %q is declared and never referred to")
)

// names of the prose that are no figures.
var settings = map[string]bool{"period": true, "bureau": true, "last-day": true}

var (
	figureForm = regexp.MustCompile(`^figure\s+([A-Za-z0-9][A-Za-z0-9.-]{0,63})\s+([a-z0-9_.]+)(?:\s+as\s+(\w+))?$`)
	// claims of rank or novelty cannot be computed from the book.
	claims = regexp.MustCompile(`首次|首个|唯一|第一|最高|最低|最大|最多|最少|最好|历史新`)
)

const templateBytesMax = 1 << 20

// ErrTemplateTooLarge is what Parse says of a larger file.
var ErrTemplateTooLarge = fault.Define("report.template_too_large", fault.TooLarge,
	"模板有%d字节，最多%d字节", "the template has %d bytes; at most %d are allowed")

// Parse reads a template; all its faults are answered at once. Lines are
//
//	title TEXT                         the title; | breaks it
//	figure ID INDICATOR [as FORM]      a figure the prose may name: forms plain, change, fewer
//	# … #### heading                   of the four official levels; numbers are given when printed
//	prose with {ID}                    a paragraph a line; {period} {bureau} {last-day} are set by the report
func Parse(name, content string) (*Template, error) {
	if len(content) > templateBytesMax {
		return nil, ErrTemplateTooLarge.With(len(content), templateBytesMax)
	}
	t := &Template{name: name, figures: map[string]reference{}}
	var faults fault.List
	for i, line := range strings.Split(content, "\n") {
		where := fault.Where{File: name, Line: i + 1}
		if err := faults.Add(fault.At(t.line(strings.TrimSpace(line), where), where)); err != nil {
			return nil, err
		}
	}
	if err := faults.Add(t.references()); err != nil {
		return nil, err
	}
	return t, faults.Err()
}

func (t *Template) line(line string, where fault.Where) error {
	switch {
	case line == "" || strings.HasPrefix(line, "//"):
		return nil
	case strings.HasPrefix(line, "title "):
		t.title = strings.ReplaceAll(strings.TrimSpace(line[len("title "):]), "|", "\n")
		return nil
	case strings.HasPrefix(line, "figure "):
		m := figureForm.FindStringSubmatch(line)
		if m == nil {
			return ErrBadLine.With(line)
		}
		f, ok := forms[m[3]]
		if !ok {
			return ErrBadLine.With(line)
		}
		if _, twice := t.figures[m[1]]; twice {
			return ErrFigureTwice.With(m[1])
		}
		t.figures[m[1]] = reference{id: m[1], indicator: m[2], form: f, at: where}
		t.order = append(t.order, m[1])
		return nil
	}
	level := 0
	for level < len(line) && line[level] == '#' {
		level++
	}
	if level > 4 {
		return ErrBadLine.With(line)
	}
	parts, err := prose(strings.TrimSpace(line[level:]))
	if err != nil {
		return err
	}
	t.blocks = append(t.blocks, block{level, parts})
	return nil
}

// prose splits a line at its references and refuses what only a figure or a source may say.
func prose(s string) (parts []part, err error) {
	var faults fault.List
	column := 1
	for s != "" {
		open := strings.IndexByte(s, '{')
		text := s
		if open >= 0 {
			text = s[:open]
		}
		if text != "" {
			faults = append(faults, unbacked(text, column)...)
			parts = append(parts, part{text: text})
			column += utf8.RuneCountInString(text)
		}
		if open < 0 {
			break
		}
		end := strings.IndexByte(s, '}')
		if end < open {
			return nil, ErrBadLine.With(s)
		}
		parts = append(parts, part{name: s[open+1 : end]})
		column += end - open + 1
		s = s[end+1:]
	}
	return parts, faults.Err()
}

func unbacked(text string, column int) (faults fault.List) {
	at := func(f *fault.Fault, byteOffset int) {
		f.Where.Col = column + utf8.RuneCountInString(text[:byteOffset])
		faults = append(faults, f)
	}
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		if !unicode.IsDigit(r) {
			i += n
			continue
		}
		end := i
		for end < len(text) {
			r, n := utf8.DecodeRuneInString(text[end:])
			if !unicode.IsDigit(r) && r != '.' && r != ',' && r != '%' {
				break
			}
			end += n
		}
		at(ErrTypedNumber.With(text[i:end]), i)
		i = end
	}
	for _, m := range claims.FindAllStringIndex(text, -1) {
		at(ErrUncitedClaim.With(text[m[0]:m[1]]), m[0])
	}
	return faults
}

// references sees that each name in the prose is known and each declared figure used.
func (t *Template) references() error {
	var faults fault.List
	for _, b := range t.blocks {
		for _, p := range b.parts {
			if p.name == "" || settings[p.name] {
				continue
			}
			r, ok := t.figures[p.name]
			if !ok {
				f := ErrNoSuchFigure.With(p.name, nearest(p.name, t.order))
				f.Where.File = t.name
				faults = append(faults, f)
				continue
			}
			r.used = true
			t.figures[p.name] = r
		}
	}
	for _, id := range t.order {
		if r := t.figures[id]; !r.used {
			faults = append(faults, fault.At(ErrFigureUnused.With(id), r.at).(*fault.Fault))
		}
	}
	return faults.Err()
}
