package check

import (
	"sort"
	"strings"

	"anlan/account/check/reading"
	"anlan/ground/figure"
)

// sentence is a sentence with its figures and dates, or a piece of one that is too long.
type sentence struct {
	paper    *paper
	line     *reading.Line
	from, to int // in line.Text, as all offsets here
	mentions []*mention
	dates    []*number
	others   []*number
	previous *sentence // of the same line

	signs  sign // found once looked
	looked bool
	work   int // operands weighed for claims of its figures
}

// worked counts the operands that were weighed for a claim.
func (s *sentence) worked(operands int) {
	s.work += 1 + operands
	s.paper.work += 1 + operands
}

// spent says whether so much was tried for the figures of a sentence that nothing more is supposed of them: a sentence with
// a hundred figures has thousands of sums that nobody means.
func (s *sentence) spent() bool { return s.work > sentenceWork }

// text is the sentence.
func (s *sentence) text() string { return s.line.Text[s.from:s.to] }

// take gives a sentence its numbers.
func (s *sentence) take(numbers []number) {
	figures := 0
	for i := range numbers {
		if numbers[i].Class == figure.ClassFigure {
			figures++
		}
	}
	if figures > 0 {
		s.mentions = make([]*mention, 0, figures)
	}
	held := make([]mention, figures)
	for i := range numbers {
		switch n := &numbers[i]; n.Class {
		case figure.ClassFigure:
			m := &held[len(s.mentions)]
			m.n, m.Figure, m.sentence, m.place = n, n.Figure, s, len(s.mentions)
			s.mentions = append(s.mentions, m)
		case figure.ClassDate:
			s.dates = append(s.dates, n)
		default:
			s.others = append(s.others, n)
		}
	}
}

// numbers are all numbers of the sentence in their order.
func (s *sentence) numbers() []*number {
	all := append(append([]*number(nil), s.dates...), s.others...)
	for _, m := range s.mentions {
		all = append(all, m.n)
	}
	sort.Slice(all, func(i, k int) bool { return all[i].id < all[k].id })
	return all
}

// forget cuts the sentences off that are too many back in the line.
func (s *sentence) forget() {
	at := s
	for range lineSentences {
		if at = at.previous; at == nil {
			return
		}
	}
	at.previous = nil
}

// between is the text between two figures of the sentence.
func (s *sentence) between(i, k int) string {
	from := s.mentions[i].n.End
	return s.line.Text[from:max(s.mentions[k].n.Offset, from)]
}

// back calls f with the figures before place k, nearest first: of this sentence, then of those before it in the same
// line. f says whether to go on.
func (s *sentence) back(k int, f func(*mention) bool) {
	for at := s; at != nil; at = at.previous {
		for i := k - 1; i >= 0; i-- {
			if !f(at.mentions[i]) {
				return
			}
		}
		if at.previous != nil {
			k = len(at.previous.mentions)
		}
	}
}

// listMarks are what stands between the figures of a list and nothing else.
const listMarks = "、,，和与及 　"

// lists finds figures that stand in lists (15.5%、11%; 4125.49,4143.91万元): they share words and, where only the last has
// one, the unit.
func (s *sentence) lists() {
	for i := 0; i < len(s.mentions); {
		k := i + 1
		for k < len(s.mentions) && strings.Trim(s.between(k-1, k), listMarks) == "" && alike(s.mentions[i], s.mentions[k]) {
			k++
		}
		last := s.mentions[k-1]
		for _, m := range s.mentions[i:k] {
			if m.Unit() == figure.One && last.Unit() != figure.One {
				m.Figure = m.Figure.WithUnit(last.Unit())
			}
			m.list, m.listSize = i, k-i
		}
		i = k
	}
}

// alike says whether two figures can stand in one list; of percentages one may have become per mille.
func alike(a, b *mention) bool {
	return a.Unit() == b.Unit() || a.Unit() == figure.One || a.percent() && b.percent()
}

// complete reads the words of every figure, and lends subjects where the text leaves them out.
func (s *sentence) complete() {
	s.lists()
	for k, m := range s.mentions {
		if m.list == k {
			s.read(m)
			if k > 0 && strings.Trim(m.lead, listMarks) == "" && s.mentions[k-1].kind == amount && strings.Trim(s.between(k-1, k), "、和") == "" {
				m.kind, m.way, m.ground = amount, s.mentions[k-1].way, s.mentions[k-1].ground // 减少1起、5人
			}
			continue
		}
		first := s.mentions[m.list]
		m.words = first.words
		m.tail = s.tailOf(m)
	}
	s.depths()
	for _, m := range s.mentions {
		s.lend(m)
		s.when(m)
	}
}

// depths counts the parentheses around each figure.
func (s *sentence) depths() {
	depth, at := 0, s.from
	for _, m := range s.mentions {
		for _, r := range s.line.Text[at:max(at, m.n.Offset)] {
			switch r {
			case '（', '(':
				depth++
			case '）', ')':
				depth = max(0, depth-1)
			}
		}
		at = max(at, m.n.Offset)
		m.depth = depth
	}
}

// ofCasualties is what the words of a figure say that its casualties are of: 生产安全事故 of 生产安全事故死亡人数.
func ofCasualties(core string) string {
	for _, c := range casualties {
		if i := strings.Index(core, c); i > 0 {
			return core[:i]
		}
	}
	return ""
}

// lend gives a figure the subject of the one before it, where its own words name nothing (实际支出数39.50万元), and tells
// what casualties are of.
func (s *sentence) lend(m *mention) {
	if m.casualty() != "" {
		for k := m.place - 1; k >= 0; k-- {
			if b := s.mentions[k]; b.casualty() == "" && b.kind == level && b.core != "" && b.depth <= m.depth {
				m.of = b.core
				if m.scope == "" {
					m.scope = b.scope
				}
				return
			}
		}
		if m.kind == level {
			m.of = ofCasualties(m.core)
		}
		return
	}
	if m.kind != level && m.kind != before || !generic(m.core) || m.list != m.place {
		return
	}
	for k := m.place - 1; k >= 0; k-- {
		b := s.mentions[k]
		if b.kind != level || b.depth > m.depth || !b.sameDimension(m) {
			continue
		}
		if m.core == "" || strings.HasSuffix(b.core, m.core) || m.core == "支出" && strings.Contains(b.core, "费") {
			m.core, m.inherited, m.lender = b.core, true, b
			if m.subject == "" {
				m.subject = b.subject
			}
			if m.scope == "" {
				m.scope = b.scope
			}
		}
		return
	}
}
