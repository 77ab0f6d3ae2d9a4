package report

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"anlan/ground/fault"
	"anlan/ground/figure"
)

// claimWords are claims of rank or novelty, which cannot be computed from the book.
var claimWords = regexp.MustCompile(`首次|首个|唯一|第一|最高|最低|最大|最多|最少|最好|历史新`)

// reader reads one line. Its faults carry the column of what they are about, in code points from 1.
type reader struct {
	at     fault.Where
	text   string // the whole line
	faults fault.List
	direct []direct // what the prose names by its indicator
	// What was counted last: a line is asked from left to right, so that it is counted once.
	counted, column int
}

// direct is a figure that prose names by its indicator, and where.
type direct struct {
	asked string // =work_safety.deaths @ last_year
	at    int
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
		if p, ok := l.named(text[brace:end+1], at+brace); ok {
			parts = append(parts, p)
		}
		text, at = text[end+1:], at+end+1
	}
	return parts
}

// named reads what stands in braces: a name, or "words" | source.
func (l *reader) named(braced string, at int) (part, bool) {
	inner := strings.TrimSpace(braced[1 : len(braced)-1])
	if !strings.HasPrefix(inner, `"`) {
		if inner == "" {
			l.fault(at, ErrBadLine.With(short(braced), braceWords))
		}
		if strings.HasPrefix(inner, "=") {
			if !directForm.MatchString(inner) {
				l.fault(at, ErrBadLine.With(short(braced), directWords))
				return part{}, false
			}
			l.direct = append(l.direct, direct{inner, at})
			return part{name: directID(inner), at: l.where(at)}, true
		}
		return part{name: inner, at: l.where(at)}, inner != ""
	}
	words, source, _ := strings.Cut(inner[1:], `"`)
	source, cited := strings.CutPrefix(strings.TrimSpace(source), "|")
	source = strings.TrimSpace(source)
	if strings.TrimSpace(words) == "" || !cited || source == "" {
		l.fault(at, ErrBadLine.With(short(braced), citationWords))
		return part{}, false
	}
	return part{text: words, source: source, at: l.where(at)}, true
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
	for _, m := range claimWords.FindAllStringIndex(text, -1) {
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
