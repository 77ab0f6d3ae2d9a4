package rule

import (
	"math/big"
	"strconv"
	"strings"

	"anlan/ground/lang"
)

// Levels are the grades from which people choose with a reason (定性): in shares of the full score (100%-80%), of which a
// judgement then names the points, or in points that stand (好6分).
type Levels struct {
	Levels []Level // best first
	Share  bool    // ends are shares of the full score, in percent; otherwise points
	full   *big.Rat
}

// Level is one grade with the points it may have, from High down to Low, which belongs to it; High belongs to the level above
// if there is one.
type Level struct {
	Name      string
	High, Low *big.Rat
}

// Full is the full score that the wording states, if any.
func (l Levels) Full() *big.Rat { return l.full }

// Names lists the levels for a message.
func (l Levels) Names() string {
	names := make([]string, len(l.Levels))
	for i, x := range l.Levels {
		names[i] = x.Name
	}
	return strings.Join(names, "、")
}

// Score is the points of a judgement: a level, and the points given, which may be nil where the level has only one value.
// Faults: ErrNoLevel, ErrOutsideLevel, ErrNoPoints.
func (l Levels) Score(full *big.Rat, name string, given *big.Rat) (Scored, error) {
	for i, x := range l.Levels {
		if x.Name != name {
			continue
		}
		high, low := x.High, x.Low
		if l.Share {
			high, low = share(full, high), share(full, low)
		}
		if given == nil && high.Cmp(low) != 0 {
			return Scored{}, ErrNoPoints.With(name)
		}
		if given == nil {
			given = low
		}
		over := given.Cmp(high)
		if over > 0 || over == 0 && i > 0 && high.Cmp(low) != 0 || given.Cmp(low) < 0 {
			return Scored{}, ErrOutsideLevel.With(name, Number(low)+"–"+Number(high), Number(given))
		}
		words := both("认定为“%s”（%s分），得%s分", "judged as “%s” (%s分): %s分", name, between(low, high), Number(given))
		return Scored{Points: new(big.Rat).Set(given), Arithmetic: []lang.Text{words}}, nil
	}
	return Scored{}, ErrNoLevel.With(name, l.Names())
}

func share(full, percent *big.Rat) *big.Rat {
	r := new(big.Rat).Mul(full, percent)
	return r.Mul(r, big.NewRat(1, 100))
}

func between(low, high *big.Rat) string {
	if low.Cmp(high) == 0 {
		return Number(low)
	}
	return Number(high) + "–" + Number(low)
}

func (l Levels) write() string {
	parts := make([]string, len(l.Levels))
	for i, x := range l.Levels {
		parts[i] = x.Name + decimal(x.Low) + "分"
		if l.Share {
			parts[i] = x.Name + decimal(x.High) + "%-" + decimal(x.Low) + "%（含）"
		}
	}
	return strings.Join(parts, "；")
}

// Checklist gives the points of each item for which there is evidence (①…2分；②…2分).
type Checklist struct{ Items []Item }

// Item is one thing that is to be there.
type Item struct {
	Text   string
	Points *big.Rat
}

// Full is the sum of the items.
func (c Checklist) Full() *big.Rat {
	sum := new(big.Rat)
	for _, i := range c.Items {
		sum.Add(sum, i.Points)
	}
	return sum
}

// Score is the sum of the items met, by their numbers from 1. Faults: ErrNoItem, ErrItemTwice.
func (c Checklist) Score(met []int) (Scored, error) {
	sum, seen := new(big.Rat), map[int]bool{}
	for _, n := range met {
		if n < 1 || n > len(c.Items) {
			return Scored{}, ErrNoItem.With(n, len(c.Items))
		}
		if seen[n] {
			return Scored{}, ErrItemTwice.With(n)
		}
		seen[n] = true
		sum.Add(sum, c.Items[n-1].Points)
	}
	var words []lang.Text
	var terms []string
	for i, item := range c.Items {
		given := new(big.Rat)
		if seen[i+1] {
			given = item.Points
		}
		terms = append(terms, Number(given))
		words = append(words, plain(mark(i)+item.Text+"："+Number(given)+" / "+Number(item.Points)+"分"))
	}
	return Scored{Points: sum, Arithmetic: append(words, plain(strings.Join(terms, " + ")+" = "+Number(sum)+"分"))}, nil
}

func (c Checklist) write() string {
	parts := make([]string, len(c.Items))
	for i, item := range c.Items {
		parts[i] = mark(i) + item.Text + "，" + decimal(item.Points) + "分"
	}
	return strings.Join(parts, "；")
}

// mark is the sign before item i (from 0): ① to ⑳.
func mark(i int) string {
	if i < itemsMax {
		return string(rune('①' + i))
	}
	return strconv.Itoa(i + 1)
}
