package reading

import (
	"slices"
	"strings"
)

// edges are where the prose of a page begins and ends on the left and right, and how far its lines stand apart.
type edges struct {
	left, right int
	leading     int
	indents     bool // paragraphs open with an indent
}

// edgesOf finds the edges of prose by pages of one width, since a page may hold little of it.
func edgesOf(lines *laid, pages []*pdfPage) map[int]edges {
	byWidth := map[int][]int{} // of the page, in full characters: lines
	width := map[int]int{}
	for _, p := range pages {
		width[p.Number] = p.Width / fallbackEm
	}
	for i := range lines.printed {
		if l := &lines.printed[i]; l.table == nil && lines.Lines[i].Kind != Row {
			w := width[l.page]
			byWidth[w] = append(byWidth[w], i)
		}
	}
	of := map[int]edges{}
	for w, all := range byWidth {
		of[w] = lines.edgesOf(all, w*fallbackEm)
	}
	out := map[int]edges{}
	for _, p := range pages {
		out[p.Number] = of[width[p.Number]]
	}
	return out
}

// edgesOf finds the edges that most long lines among some have.
func (d *laid) edgesOf(lines []int, width int) edges {
	var lefts, rights, leadings []int
	for k, i := range lines {
		l := &d.printed[i]
		if 2*(l.Right-l.Left) >= width {
			lefts, rights = append(lefts, l.Left), append(rights, l.Right)
		}
		if k > 0 && lines[k-1] == i-1 && d.printed[i-1].page == l.page {
			leadings = append(leadings, l.base-d.printed[i-1].base)
		}
	}
	if len(rights) == 0 {
		for _, i := range lines {
			lefts, rights = append(lefts, d.printed[i].Left), append(rights, d.printed[i].Right)
		}
	}
	e := edges{left: leftmost(lefts), right: most(rights, func(a, b int) bool { return a > b })}
	e.leading = most(leadings, func(a, b int) bool { return a < b })
	indented := 0
	for _, at := range lefts {
		if at > e.left+fallbackEm {
			indented++
		}
	}
	e.indents = 10*indented >= len(lefts)
	return e
}

// leftmost is the first place at which several values lie, since in short paragraphs more lines open one than go on.
func leftmost(values []int) int {
	values = slices.Clone(values)
	slices.Sort(values)
	several := min(len(values), max(2, len(values)/30))
	for i, v := range values {
		if last := i + several - 1; last < len(values) && values[last] <= v+fallbackEm/2 {
			return v
		}
	}
	return most(values, func(a, b int) bool { return a < b })
}

// most is the place, within half a full character, at which most values lie; of equals the better one. It is the outermost
// value there.
func most(values []int, better func(a, b int) bool) int {
	if len(values) == 0 {
		return 0
	}
	values = slices.Clone(values)
	slices.Sort(values)
	best, number := values[0], 0
	for i := 0; i < len(values); {
		k := i
		for k < len(values) && values[k] <= values[i]+fallbackEm/2 {
			k++
		}
		at := values[i]
		if better(values[k-1], at) {
			at = values[k-1]
		}
		if n := k - i; n > number || n == number && better(at, best) {
			best, number = at, n
		}
		i++
	}
	return best
}

// goesOn says whether the paragraph of line i goes on in line k.
func (f *pdfFlow) goesOn(i, k int) bool {
	l, next := &f.lines.printed[i], &f.lines.printed[k]
	e := f.edges[l.page]
	to := f.edges[next.page]
	em := l.em
	if size := 100 * next.em / max(em, 1); size < 100-sizeJitter || size > 100+sizeJitter {
		return false
	}
	if next.page > l.page+1 { // a page between could not be read
		return false
	}
	if l.page == next.page && e.leading > 0 && 100*(next.base-l.base) > leadingTimes*max(e.leading, em) {
		return false
	}
	if isCaption(l.text) || isCaption(next.text) || strings.Contains(l.text, "....") || strings.Contains(l.text, "……") && next.Left <= l.Left {
		return false
	}
	isFull := 100*(e.right-l.Right) < edgeSlack*em+100*firstWidth(next)
	if !isFull {
		return false
	}
	level, _ := opening(trim(next.text))
	switch {
	case 100*(next.Left-to.left) >= indentFrom*em:
		// A hanging list stands right of the edge with all lines but its first.
		hangs := len(f.paragraph) > 1 && 2*max(next.Left-l.Left, l.Left-next.Left) < em ||
			len(f.paragraph) == 1 && next.Left > l.Left && f.opensItem(i)
		return hangs && level == 0
	case e.indents && 100*(l.Left-e.left) < indentFrom*em && len(f.paragraph) == 1 && f.isHeading(i):
		return false
	case level > 0 && endsSentence(l.text):
		return false
	}
	return true
}

// opensItem says whether a line begins with a number or bullet.
func (f *pdfFlow) opensItem(i int) bool {
	kind, level := kindOf(trim(f.lines.printed[i].text))
	return level > 0 || kind == Item
}

// isHeading says whether a line reads as a heading by itself.
func (f *pdfFlow) isHeading(i int) bool {
	kind, level := kindOf(trim(f.lines.printed[i].text))
	return kind == Heading && level <= 2
}

// openingMarks do not end a line and closingMarks do not begin one.
const (
	openingMarks = "（(《〈“‘「『【〔["
	closingMarks = "，。、；：？！）)》〉”’」』】〕]%％…—,.;:?!"
)

// firstWidth is how wide the beginning of a line is that cannot be broken, beyond one full character: a number, a word of
// letters, a character with the marks that open or close it.
func firstWidth(l *printedLine) int {
	halves, begun := 0, false
	for _, r := range l.text {
		closes := strings.ContainsRune(closingMarks, r)
		if r == ' ' || begun && isWide(r) && !closes {
			break
		}
		if halves++; isWide(r) {
			halves++
			begun = begun || !strings.ContainsRune(openingMarks, r)
		}
	}
	return l.em * max(halves-2, 0) / 2
}
