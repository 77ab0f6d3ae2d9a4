package reading

import (
	"cmp"
	"slices"
)

// Tolerances, in columns of text, within which cells that were printed below each other stand in lines of text.
const (
	columnJitter = 3 // between neighbours in one column
	columnGap    = 4 // between the distances of columns on two pages
	headingReach = 12
	placesMost   = 4_096 // from the first amount to the last of a page, for which a place each is kept while they are put in order
)

// band is where the amounts of one column stand on one page.
type band struct {
	low, high   int // least first column, greatest last
	sum, number int // of their doubled centres
	column      int // of the table's amounts, from 0; −1 where it cannot be told
}

func (b *band) centre() int { return b.sum / max(b.number, 1) }

// measure is a way to say where a piece stands.
type measure struct {
	unit int // 0 code points, 1 columns of a terminal
	at   func(start, end int) int
}

// measures in the order of preference: amounts are set flush right.
var measures = func() (all []measure) {
	ways := []func(start, end int) int{
		func(_, end int) int { return end },
		func(start, end int) int { return (start + end) / 2 },
		func(start, _ int) int { return start },
	}
	for _, at := range ways {
		for unit := range 2 {
			all = append(all, measure{unit, at})
		}
	}
	return all
}()

// sheet is the lines of a table that stand on one page.
type sheet struct {
	lines []alignedLine
	bands []band
	place [][]int // of each line, the band of each piece, −1 for words and codes
	unit  int     // in which bands are counted
	loose bool    // its columns cannot be told
}

// pagesOf divides the lines of a table by pages and finds the columns of each.
func pagesOf(lines []alignedLine) (pages []sheet, columns int) {
	for i := 0; i < len(lines); {
		k := i
		for k < len(lines) && lines[k].page == lines[i].page {
			k++
		}
		p := sheet{lines: lines[i:k]}
		p.alignCodes()
		p.plainHeadings()
		p.findBands()
		pages = append(pages, p)
		i = k
	}
	best := -1
	for i, p := range pages {
		if !p.loose && (best < 0 || len(p.bands) > len(pages[best].bands)) {
			best = i
		}
	}
	for i := range pages {
		if best >= 0 {
			pages[i].agreeWith(pages[best].bands)
		}
		columns = max(columns, len(pages[i].bands)) // a page whose columns cannot be told may have more than the best
	}
	return pages, columns
}

// alignCodes takes digits that stand where the codes of other lines begin for codes too, though no words follow them.
func (p *sheet) alignCodes() {
	starts := map[int]bool{}
	for _, l := range p.lines {
		for i := range l.pieces {
			if c := &l.pieces[i]; c.isCode {
				starts[c.start[0]] = true
			}
		}
	}
	for _, l := range p.lines {
		for i := range l.pieces {
			if c := &l.pieces[i]; c.kind == integer && starts[c.start[0]] {
				c.isCode = true
			}
		}
	}
}

// plainHeadings takes digits above the first amount of a page for headings: they number the columns (栏次 1 2 3) or are a year.
func (p *sheet) plainHeadings() {
	for i, l := range p.lines {
		for _, c := range l.pieces {
			if c.kind == amount {
				for _, above := range p.lines[:i] {
					for k := range above.pieces {
						if c := &above.pieces[k]; c.kind == integer && !c.isCode {
							c.kind = words
						}
					}
				}
				return
			}
		}
	}
}

// findBands groups the amounts of a page into columns, by the measure that needs the fewest and never puts two amounts of
// a line into one.
func (p *sheet) findBands() {
	p.loose = true
	p.spread()
	spots := p.spots()
	order := ordering{spots: make([]spot, len(spots))}
	last := make([]int, len(p.lines))
	for _, m := range measures {
		for i := range spots {
			c := &p.lines[spots[i].line].pieces[spots[i].piece]
			spots[i].at = m.at(c.start[m.unit], c.end[m.unit])
		}
		order.take(spots)
		bands, ok := p.bandsBy(m, order.spots, last)
		if ok && (p.loose || len(bands) < len(p.bands)) {
			p.bands, p.unit, p.loose = bands, m.unit, false
			p.placeAt(order.spots)
		}
	}
	if !p.loose {
		return
	}
	n := 0 // only the order of the amounts in a line is known
	for i := range spots {
		if i > 0 && spots[i].line != spots[i-1].line {
			n = 0
		}
		spots[i].band = n
		if n++; len(p.bands) < n {
			p.bands = append(p.bands, band{column: len(p.bands)})
		}
	}
	p.placeAt(spots)
}

// spot is an amount of a page, and, by the measure that was tried last, its place and its band.
type spot struct{ line, piece, at, band int }

// spots are the amounts of a page, line by line.
func (p *sheet) spots() []spot {
	n := 0
	for i := range p.lines {
		n += p.lines[i].numerics()
	}
	all := make([]spot, 0, n)
	for i := range p.lines {
		for k := range p.lines[i].pieces {
			if p.lines[i].pieces[k].numeric() {
				all = append(all, spot{line: i, piece: k})
			}
		}
	}
	return all
}

// ordering is amounts from left to right, those at one place line by line.
type ordering struct {
	spots  []spot
	before []int // of each place, from the first: how many amounts stand before it
}

// take puts the amounts of a page, line by line, in order.
func (o *ordering) take(all []spot) {
	if len(all) == 0 {
		return
	}
	first, last := all[0].at, all[0].at
	for i := range all {
		first, last = min(first, all[i].at), max(last, all[i].at)
	}
	if last-first > placesMost {
		copy(o.spots, all)
		slices.SortStableFunc(o.spots, func(a, b spot) int { return cmp.Compare(a.at, b.at) })
		return
	}
	o.before = slices.Grow(o.before[:0], last-first+2)[:last-first+2]
	clear(o.before)
	for i := range all {
		o.before[all[i].at-first+1]++
	}
	for i := 1; i < len(o.before); i++ {
		o.before[i] += o.before[i-1]
	}
	for i := range all {
		n := &o.before[all[i].at-first]
		o.spots[*n] = all[i]
		*n++
	}
}

// spread makes the place of each piece, in no band.
func (p *sheet) spread() {
	pieces := 0
	for i := range p.lines {
		pieces += len(p.lines[i].pieces)
	}
	p.place = make([][]int, len(p.lines))
	all := slices.Repeat([]int{-1}, pieces)
	for i := range p.lines {
		n := len(p.lines[i].pieces)
		p.place[i], all = all[:n:n], all[n:]
	}
}

func (p *sheet) placeAt(spots []spot) {
	for i := range spots {
		s := &spots[i]
		p.place[s.line][s.piece] = s.band
	}
}

// bandsBy groups amounts, from left to right, whose places follow each other closely. last is room for a number of each line.
func (p *sheet) bandsBy(m measure, spots []spot, last []int) (bands []band, ok bool) {
	clear(last) // of each line, the band of its last amount, from 1
	for i := range spots {
		s := &spots[i]
		if i == 0 || s.at > spots[i-1].at+columnJitter {
			bands = append(bands, band{low: s.at, high: s.at, column: len(bands)})
		}
		if last[s.line] == len(bands) {
			return nil, false
		}
		last[s.line] = len(bands)
		c, b := &p.lines[s.line].pieces[s.piece], &bands[len(bands)-1]
		b.low, b.high = min(b.low, c.start[m.unit]), max(b.high, c.end[m.unit])
		b.sum, b.number = b.sum+c.start[m.unit]+c.end[m.unit], b.number+1
		s.band = len(bands) - 1
	}
	return bands, true
}

// agreeWith finds the columns of the page that shows the most of them: as many are the same, fewer must fit in one way only,
// where they stand or moved aside together.
func (p *sheet) agreeWith(most []band) {
	if p.loose || len(p.bands) == 0 || len(p.bands) == len(most) {
		return
	}
	var fit []int
	fits, still := 0, 0
	for _, shift := range shifts(p.bands, most) {
		way, ok := p.shifted(most, shift)
		if !ok {
			continue
		}
		isStill := shift >= -2*columnGap && shift <= 2*columnGap
		if fits++; isStill {
			still++
		}
		if fits == 1 || isStill {
			fit = way
		}
	}
	if fits != 1 && still != 1 {
		p.loose = true
		return
	}
	for i := range p.bands {
		p.bands[i].column = fit[i]
	}
}

// shifts are the distances by which the first column of a page may have moved, in half columns.
func shifts(bands, most []band) (all []int) {
	for i := range most {
		all = append(all, most[i].centre()-bands[0].centre())
	}
	return all
}

// shifted says which columns the bands of a page are when it is moved by so many half columns.
func (p *sheet) shifted(most []band, shift int) (way []int, ok bool) {
	from := 0
	for i := range p.bands {
		b, found := &p.bands[i], -1
		for k := from; k < len(most) && found < 0; k++ {
			if off := b.centre() + shift - most[k].centre(); off >= -2*columnGap && off <= 2*columnGap {
				found = k
			}
		}
		if found < 0 {
			return nil, false
		}
		way, from = append(way, found), found+1
	}
	return way, true
}
