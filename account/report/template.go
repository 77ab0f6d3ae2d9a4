package report

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"anlan/ground/fault"
	"anlan/ground/figure"
	"anlan/ground/lang"
)

// Template is the prose of a report with references to figures.
type Template struct {
	name    string
	title   []part
	figures map[string]reference
	order   []string
	blocks  []block
}

// reference is a figure that the prose may name.
type reference struct {
	indicator string
	form      form
	at        fault.Where
}

type block struct {
	level int // of a heading; 0: a paragraph
	parts []part
}

// part is literal text, or a reference when name is set.
type part struct {
	text string
	name string
	at   fault.Where
}

// Faults of templates, with file, line and column.
var (
	ErrTypedNumber = fault.Define("report.typed_number", fault.Undefined,
		"正文中手写了数字“%s”：报告中的数字只能引用数据，请改为{数据名}", "the prose has the number %q typed by hand; numbers of a report are references: write {figure}")
	ErrUncitedClaim = fault.Define("report.uncited_claim", fault.Undefined,
		"“%s”是需要出处的说法，没有引用来源不能写入报告", "%q is a claim that needs a source; without a citation it cannot be written")
	ErrNoSuchFigure = fault.Define("report.no_such_figure", fault.Undefined,
		"模板没有声明数据“%s”，最接近的是“%s”", "the template declares no figure %q; the nearest is %q")
	ErrFigureInTitle = fault.Define("report.figure_in_title", fault.Undefined,
		"标题里不能引用数据“%s”，只能用{period}、{bureau}、{last-day}", "the title cannot refer to the figure %q; it may use {period}, {bureau}, {last-day}")
	ErrBadLine = fault.Define("report.bad_line", fault.Undefined,
		"无法理解“%s”：应为%s", "%q cannot be understood: expected %s")
	ErrBadForm = fault.Define("report.bad_form", fault.Undefined,
		"没有“%s”这种印法，可选：%s", "there is no form %q; known: %s")
	ErrFigureTwice = fault.Define("report.figure_twice", fault.Undefined,
		"数据“%s”声明了两次，另一处在第%d行", "the figure %q is declared twice; also in line %d")
	ErrReserved = fault.Define("report.reserved", fault.Undefined,
		"“%s”由报告自己给出，不能作为数据名", "%q is what the report itself gives; a figure cannot have this name")
	ErrFigureUnused = fault.Define("report.figure_unused", fault.Undefined,
		"数据“%s”声明了但正文没有引用", "the figure %q is declared and never referred to")
	ErrNoTitle = fault.Define("report.no_title", fault.Undefined,
		"模板没有标题，应有一行：title 标题", "the template has no title; expected a line: title TEXT")
	ErrTitleTwice = fault.Define("report.title_twice", fault.Undefined,
		"标题写了两次", "the title is given twice")
	ErrNotText = fault.Define("report.not_text", fault.Undefined,
		"模板不是UTF-8文字", "the template is not UTF-8 text")
	ErrMoreFaults = fault.Define("report.more_faults", fault.Undefined,
		"错误超过%d处，其余未列出", "there are more than %d faults; the others are not listed")
	// ErrTemplateTooLarge is what Parse says of a larger file.
	ErrTemplateTooLarge = fault.Define("report.template_too_large", fault.TooLarge,
		"模板有%d字节，最多%d字节", "the template has %d bytes; at most %d are allowed")
)

// What a line should have been.
var (
	figureWords  = lang.Of("figure 数据名 指标代码 [as 印法]，数据名用字母、数字、点、连字符，最多60个", "figure ID INDICATOR [as FORM], the ID of letters, digits, dots, hyphens, at most 60")
	headingWords = lang.Of("# 到 ####，后面写标题", "# to #### with a heading behind it")
	titleWords   = lang.Of("title 后面写标题，用 | 换行", "title with a text behind it; | breaks the line")
	braceWords   = lang.Of("成对的{ }，里面写数据名", "{ and } in pairs with the name of a figure inside")
)

// settings are the names of the prose that are no figures.
var settings = []string{"period", "bureau", "last-day"}

var (
	figureForm = regexp.MustCompile(`^figure\s+([A-Za-z0-9.-]+)\s+([a-z0-9_.]+)(?:\s+as\s+(\S+))?$`)
	// claims of rank or novelty cannot be computed from the book.
	claims = regexp.MustCompile(`首次|首个|唯一|第一|最高|最低|最大|最多|最少|最好|历史新`)
)

const (
	templateBytesMax = 1 << 20
	idBytesMax       = 60  // Word's bound on the tag of a content control is 64; a figure printed again takes ".2"
	faultsMax        = 100 // answered at once; a file with more is something else than a template
	quotedRunesMax   = 80  // of a text that a fault repeats
)

// Parse reads a template; all its faults are answered at once. Lines are
//
//	title TEXT                         the title; | breaks it
//	figure ID INDICATOR [as FORM]      a figure the prose may name: forms plain, change, fewer
//	# … #### heading                   of the four official levels; numbers are given when printed
//	prose with {ID}                    a paragraph a line; {period} {bureau} {last-day} are set by the report
//	// comment
//
// A figure may be declared below the prose that names it. Prose is refused that states a quantity in digits or in Chinese
// numerals, or makes a claim of rank or novelty; a numeral that only counts words (一是, 三个方面) or names something
// (五个确保) may stand.
func Parse(name, content string) (*Template, error) {
	switch {
	case len(content) > templateBytesMax:
		return nil, ErrTemplateTooLarge.With(len(content), templateBytesMax)
	case !utf8.ValidString(content):
		return nil, fault.At(ErrNotText.With(), fault.Where{File: name})
	}
	t := &Template{name: name, figures: map[string]reference{}}
	var faults fault.List
	for i, line := range strings.Split(strings.TrimPrefix(content, "\ufeff"), "\n") {
		l := reader{at: fault.Where{File: name, Line: i + 1}, text: line}
		t.line(&l)
		if faults = append(faults, l.faults...); len(faults) > faultsMax {
			break
		}
	}
	if len(faults) <= faultsMax {
		faults = append(faults, t.references()...)
	}
	if len(faults) > faultsMax {
		more := ErrMoreFaults.With(faultsMax)
		more.Where.File = name
		faults = append(faults[:faultsMax:faultsMax], more)
	}
	if len(faults) > 0 {
		return nil, faults
	}
	return t, nil
}

// reader reads one line. Its faults carry the column of what they are about, in code points from 1.
type reader struct {
	at     fault.Where
	text   string // the whole line
	faults fault.List
	// What was counted last: a line is asked from left to right, so that it is counted once.
	counted, column int
}

// where is the place of byte i of the line.
func (l *reader) where(i int) fault.Where {
	if i < l.counted {
		l.counted, l.column = 0, 0
	}
	l.column += utf8.RuneCountInString(l.text[l.counted:i])
	l.counted = i
	w := l.at
	w.Col = l.column + 1
	return w
}

// fault keeps what is wrong at byte i. Beyond the bound nothing more is kept: a line of a million digits is one trouble.
func (l *reader) fault(i int, f *fault.Fault) {
	if len(l.faults) <= faultsMax {
		f.Where = l.where(i)
		l.faults = append(l.faults, f)
	}
}

// short is as much of a text as a fault repeats.
func short(s string) string {
	n := 0
	for i := range s {
		if n++; n > quotedRunesMax {
			return s[:i] + "…"
		}
	}
	return s
}

// from is the line from byte i on without blanks around it, and where that begins.
func (l *reader) from(i int) (string, int) {
	rest := strings.TrimLeftFunc(l.text[i:], unicode.IsSpace)
	return strings.TrimRightFunc(rest, unicode.IsSpace), len(l.text) - len(rest)
}

func (t *Template) line(l *reader) {
	text, at := l.from(0)
	word, _, _ := strings.Cut(strings.ReplaceAll(text, "\t", " "), " ")
	switch {
	case text == "" || strings.HasPrefix(text, "//"):
	case word == "title":
		t.readTitle(l, at)
	case word == "figure":
		t.readFigure(l, text, at)
	default:
		level := len(text) - len(strings.TrimLeft(text, "#"))
		heading, begin := l.from(at + level)
		if level > 4 || heading == "" {
			l.fault(at, ErrBadLine.With(short(text), headingWords))
			return
		}
		t.blocks = append(t.blocks, block{level, l.prose(heading, begin)})
	}
}

func (t *Template) readTitle(l *reader, at int) {
	text, begin := l.from(at + len("title"))
	switch {
	case t.title != nil:
		l.fault(at, ErrTitleTwice.With())
		return
	case text == "":
		l.fault(at, ErrBadLine.With("title", titleWords))
	}
	t.title = l.prose(text, begin)
	for _, p := range t.title {
		if p.name != "" && !slices.Contains(settings, p.name) {
			f := ErrFigureInTitle.With(short(p.name))
			f.Where = p.at
			l.faults = append(l.faults, f)
		}
	}
	if t.title == nil {
		t.title = []part{} // given, if badly
	}
}

func (t *Template) readFigure(l *reader, text string, at int) {
	m := figureForm.FindStringSubmatchIndex(text)
	if m == nil || m[3]-m[2] > idBytesMax || !isAlnum(text[m[2]]) {
		l.fault(at, ErrBadLine.With(short(text), figureWords))
		return
	}
	id, r := text[m[2]:m[3]], reference{indicator: text[m[4]:m[5]], at: l.where(at + m[4])}
	if m[6] >= 0 {
		var ok bool
		if r.form, ok = forms[text[m[6]:m[7]]]; !ok {
			l.fault(at+m[6], ErrBadForm.With(short(text[m[6]:m[7]]), formNames))
			return
		}
	}
	first, twice := t.figures[id]
	switch {
	case twice:
		l.fault(at+m[2], ErrFigureTwice.With(id, first.at.Line))
	case slices.Contains(settings, id):
		l.fault(at+m[2], ErrReserved.With(id))
	default:
		t.figures[id] = r
		t.order = append(t.order, id)
	}
}

func isAlnum(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
}

// prose splits a text at its references and refuses what only a figure or a source may say.
func (l *reader) prose(text string, at int) (parts []part) {
	for text != "" {
		brace := strings.IndexAny(text, "{}")
		literal := text
		if brace >= 0 {
			literal = text[:brace]
		}
		if literal != "" {
			parts = append(parts, part{text: literal, at: l.where(at)})
			l.unbacked(literal, at)
		}
		if brace < 0 {
			break
		}
		end := strings.IndexAny(text[brace+1:], "{}") + brace + 1
		if text[brace] == '}' || end == brace || text[end] == '{' {
			l.fault(at+brace, ErrBadLine.With(short(text[brace:]), braceWords))
			break
		}
		name := strings.TrimSpace(text[brace+1 : end])
		if name == "" {
			l.fault(at+brace, ErrBadLine.With(short(text[brace:end+1]), braceWords))
		} else {
			parts = append(parts, part{name: name, at: l.where(at + brace)})
		}
		text, at = text[end+1:], at+end+1
	}
	return parts
}

// unbacked finds numbers and claims that are typed by hand, in the order in which they stand.
func (l *reader) unbacked(text string, at int) {
	type found struct {
		from, end int
		fault     *fault.Declaration
	}
	var all []found
	for i, r := range text { // digits of any script
		if unicode.IsDigit(r) && (len(all) == 0 || i >= all[len(all)-1].end) {
			all = append(all, found{i, i + numberLength(text[i:]), ErrTypedNumber})
		}
	}
	for s := figure.NewScanner(text); ; { // quantities in Chinese numerals
		n, ok := s.Next()
		if !ok {
			break
		}
		quantity := n.Class == figure.ClassFigure || n.Class == figure.ClassDate || n.Class == figure.ClassRatio || n.Class == figure.ClassMalformed
		if quantity && !strings.ContainsFunc(text[n.Offset:n.End], unicode.IsDigit) {
			all = append(all, found{n.Offset, n.End, ErrTypedNumber})
		}
	}
	for _, m := range claims.FindAllStringIndex(text, -1) {
		all = append(all, found{m[0], m[1], ErrUncitedClaim})
	}
	slices.SortStableFunc(all, func(a, b found) int { return a.from - b.from })
	for _, f := range all[:min(len(all), faultsMax+1)] {
		l.fault(at+f.from, f.fault.With(short(text[f.from:f.end])))
	}
}

// numberLength is how many bytes of s its leading number has.
func numberLength(s string) int {
	n := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsDigit(r) && r != '.' && r != ',' && r != '%' })
	if n < 0 {
		return len(s)
	}
	return n
}

// references sees that each name in the prose is known and each declared figure used.
func (t *Template) references() (faults fault.List) {
	if t.title == nil {
		faults = append(faults, fault.At(ErrNoTitle.With(), fault.Where{File: t.name}).(*fault.Fault))
	}
	used := map[string]bool{}
	known := append(slices.Clone(t.order), settings...)
	isKnown := map[string]bool{}
	for _, k := range known {
		isKnown[k] = true
	}
	for _, b := range t.blocks {
		for _, p := range b.parts {
			if p.name == "" {
				continue
			}
			if used[p.name] = true; !isKnown[p.name] && len(faults) <= faultsMax {
				f := ErrNoSuchFigure.With(short(p.name), nearest(short(p.name), known))
				f.Where = p.at
				faults = append(faults, f)
			}
		}
	}
	for _, id := range t.order {
		if !used[id] && len(faults) <= faultsMax {
			f := ErrFigureUnused.With(id)
			f.Where = t.figures[id].at
			faults = append(faults, f)
		}
	}
	return faults
}
