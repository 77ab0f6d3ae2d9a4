package reading

import (
	"slices"
	"strconv"
	"strings"

	"anlan/account/check/reading/printed"
)

// What the notes at the foot of a page look like.
const (
	noteRuleLeast = 8  // per cent of the page's width, of the line above them
	noteRuleMost  = 45 // likewise
	noteZone      = 35 // per cent of the page's height, below which they stand
	noteSize      = 95 // per cent of the type above them, of theirs at most
)

// shortRules are the heights of lines on a page that may stand above notes: level, and too short for a table.
func shortRules(page *printed.Page, tables []*ruledTable) (tops []int) {
	for _, r := range page.Rules {
		y := (r.Top + r.Bottom) / 2
		long := 100 * r.Width()
		inTable := slices.ContainsFunc(tables, func(t *ruledTable) bool { return t.Top-ruleJitter <= y && y <= t.Bottom+ruleJitter })
		if r.Width() > r.Height() && long >= noteRuleLeast*page.Width && long <= noteRuleMost*page.Width && 100*y >= noteZone*page.Height && !inTable {
			tops = append(tops, y)
		}
	}
	return tops
}

// apartFromNotes takes the notes at the foot of each page out of its lines: what stands under a short line in smaller type and
// begins with the next number or mark of a note. They follow the text, as in a Word file, so that a paragraph which goes on over the page is one.
func apartFromNotes(pages []*pdfPage) {
	next := 1
	for _, p := range pages {
		for _, top := range p.shortRules {
			from := slices.IndexFunc(p.lines, func(l printedLine) bool { return l.base > top })
			if from < 0 || !p.areNotes(from, next) {
				continue
			}
			p.notes = slices.Clone(p.lines[from:])
			p.lines = p.lines[:from]
			for i := range p.notes {
				p.notes[i].kind = Note
				if _, n := noteMark(p.notes[i].text, next); n > 0 {
					next = n + 1
				}
			}
			break
		}
	}
}

// areNotes says whether the lines of a page from one on are notes: in smaller type than most of those above.
func (p *pdfPage) areNotes(from, next int) bool {
	var sizes []int
	for i := range p.lines[:from] {
		if p.lines[i].table == nil {
			sizes = append(sizes, p.lines[i].em)
		}
	}
	if len(sizes) == 0 {
		return false
	}
	slices.Sort(sizes)
	size := sizes[len(sizes)/2]
	for i := from; i < len(p.lines); i++ {
		if l := &p.lines[i]; l.table != nil || 100*l.em > noteSize*size {
			return false
		}
	}
	_, n := noteMark(p.lines[from].text, next)
	return n > 0 || n == 0 && strings.HasPrefix(p.lines[from].text, "①")
}

// noteMark takes the number of a note from the front of its first line: the next one, or 1 where each page counts anew; 0 where the line
// begins with none.
func noteMark(text string, next int) (rest string, n int) {
	plain := strings.Map(func(r rune) rune {
		if i := strings.IndexRune(superscripts, r); i >= 0 {
			return rune('0' + len([]rune(superscripts[:i])))
		}
		return r
	}, text)
	digits := len(plain) - len(strings.TrimLeft(plain, "0123456789"))
	for _, want := range []int{next, 1} {
		mark := strconv.Itoa(want)
		if digits >= len(mark) && strings.HasPrefix(plain, mark) && (digits == len(mark) || plain != text) {
			rest := strings.TrimLeft(plain[len(mark):], " .．、")
			return rest, want
		}
	}
	return text, 0
}

const superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹"

// notes writes the notes of all pages behind the text, each as one line.
func (f *pdfFlow) notes(pages []*pdfPage) error {
	next := 1
	var text strings.Builder
	var page int
	var box printed.Box
	end := func() error {
		if text.Len() == 0 {
			return nil
		}
		defer text.Reset()
		return f.write(Note, text.String(), nil, []pageStart{{0, page, box}})
	}
	for _, p := range pages {
		for i := range p.notes {
			l := &p.notes[i]
			rest, n := noteMark(l.text, next)
			if n > 0 {
				if err := end(); err != nil {
					return err
				}
				next, page, box = n+1, p.Number, l.Box
			} else if text.Len() > 0 && !isWide(lastRune(text.String())) && !isWide(firstRune(rest)) {
				text.WriteByte(' ')
			}
			text.WriteString(rest)
			box = box.With(l.Box)
		}
	}
	return end()
}
