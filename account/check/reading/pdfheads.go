package reading

import (
	"regexp"
	"strconv"
	"strings"

	"anlan/account/check/reading/printed"
)

// Where running heads and numbers of pages stand.
const (
	marginShare = 12  // per cent of the page's height, at its top and foot
	marginLines = 3   // at each end
	headJitter  = 600 // hundredths of a point by which a running head moves from page to page
	headPages   = 3   // on which the same must stand
	countPages  = 2   // on which bare numbers must count on
)

// pdfPage is a page while its lines are told apart.
type pdfPage struct {
	*printed.Page
	lines []printedLine // from the top down; a ruled table stands in the place of its lines
	notes []printedLine // at its foot
	// shortRules are the heights of lines that may stand above notes.
	shortRules []int
}

// runningHead is what a line in the margin says, but for digits, and its height on the page.
type runningHead struct {
	text   string
	height int
}

// pageNumber is a number alone in its line, plain or as 第3页, 第3页 共10页, — 3 —, 3/10.
var pageNumber = regexp.MustCompile(`^(?:([-—－–·~]+|第|共)?\s*(\d{1,4})\s*([-—－–·~]+|页|[/／]\s*\d{1,4})?(?:\s*[,，、/]?\s*共\s*\d{1,4}\s*页)?)$`)

// withoutHeads takes away running heads, running feet and numbers of pages: what stands in the margin of several pages at
// the same height and differs in nothing but digits, and a number alone that counts the pages. A line with an amount is
// never one.
func withoutHeads(pages []*pdfPage) {
	seen, counts := map[runningHead]int{}, map[int]int{}
	for _, p := range pages {
		for i := range p.lines {
			if !p.isMargin(i) {
				continue
			}
			seen[p.lines[i].runningHead()]++
			if n, _ := numberOfPage(p.lines[i].text); n > 0 {
				counts[n-p.Number]++
			}
		}
	}
	for _, p := range pages {
		var kept []printedLine
		for i := range p.lines {
			l := &p.lines[i]
			h := l.runningHead()
			n, isDecorated := numberOfPage(l.text)
			same := seen[h] + seen[runningHead{h.text, h.height - 1}] + seen[runningHead{h.text, h.height + 1}]
			switch {
			case !p.isMargin(i):
			case n > 0 && (isDecorated || n == p.Number || counts[n-p.Number] >= countPages):
				continue
			case h.text != "" && same >= headPages && !l.hasAmount():
				continue
			}
			kept = append(kept, *l)
		}
		p.lines = kept
	}
}

// isMargin says whether line i is one of the outermost of its page and near its edge.
func (p *pdfPage) isMargin(i int) bool {
	l := &p.lines[i]
	switch {
	case l.table != nil:
		return false
	case 100*l.base < marginShare*p.Height:
		return i < marginLines
	case 100*l.base > (100-marginShare)*p.Height:
		return i >= len(p.lines)-marginLines
	}
	return false
}

func (l *printedLine) runningHead() runningHead {
	text := strings.Map(func(r rune) rune {
		if digit(r) || r == ' ' {
			return -1
		}
		return r
	}, l.text)
	return runningHead{text, l.base / headJitter}
}

func (l *printedLine) hasAmount() bool {
	for _, p := range l.parts {
		if kindOfPiece(l.text[p.from:p.to]) == amount {
			return true
		}
	}
	return false
}

// numberOfPage is the number that a line consists of, 0 for none, and whether signs or words around it say that it is one of
// a page.
func numberOfPage(text string) (n int, isDecorated bool) {
	m := pageNumber.FindStringSubmatch(trim(text))
	if m == nil {
		return 0, false
	}
	n, _ = strconv.Atoi(m[2])
	return n, m[1] != "" || m[3] != ""
}
