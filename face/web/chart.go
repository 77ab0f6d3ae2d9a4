package web

import (
	"math/big"
	"strconv"
)

// bar is one bar of a chart; Value is nil where there is no figure: a gap stays a gap.
type bar struct {
	Label, Text, To string
	Value           *big.Rat
	Now             bool
}

// chart is a drawing of bars over a line at zero, in pixels.
type chart struct {
	Width, Height int
	Zero          int // the line
	Bars          []drawn
}

// drawn is a bar where it stands.
type drawn struct {
	bar
	X, Y, Width, Height int
	Middle, TextY       int
	Gap                 bool
}

// The measures of a chart.
const (
	barWidth   = 64
	barGap     = 40
	barsHigh   = 120
	chartAbove = 26 // for the figures above the bars
	chartBelow = 26 // for the years below

	monthWidth = 34 // where there are twelve
	monthGap   = 18
)

// drawBars draws bars to one scale from zero; nothing where fewer than two have a value.
func drawBars(bars []bar) chart { return drawBarsOf(bars, barWidth, barGap) }

// drawBarsOf draws bars of a width with gaps between.
func drawBarsOf(bars []bar, width, gap int) chart {
	top, bottom, stated := new(big.Rat), new(big.Rat), 0
	for _, b := range bars {
		if b.Value == nil {
			continue
		}
		stated++
		if b.Value.Cmp(top) > 0 {
			top = b.Value
		}
		if b.Value.Cmp(bottom) < 0 {
			bottom = b.Value
		}
	}
	span := new(big.Rat).Sub(top, bottom)
	if stated < 2 || span.Sign() == 0 {
		return chart{}
	}
	high := func(v *big.Rat) int {
		h := new(big.Rat).Quo(v, span)
		h.Mul(h, big.NewRat(barsHigh, 1))
		n, _ := strconv.Atoi(h.FloatString(0))
		return n
	}
	c := chart{Width: len(bars)*(width+gap) + gap, Height: chartAbove + barsHigh + chartBelow, Zero: chartAbove + high(top)}
	if bottom.Sign() < 0 {
		c.Height += chartBelow
	}
	for i, b := range bars {
		d := drawn{bar: b, X: gap + i*(width+gap), Width: width}
		d.Middle = d.X + width/2
		d.Y, d.TextY = c.Zero, c.Zero-6
		switch {
		case b.Value == nil:
			d.Gap = true
		case b.Value.Sign() >= 0:
			d.Height = high(b.Value)
			d.Y = c.Zero - d.Height
			d.TextY = d.Y - 6
		default:
			d.Height = -high(b.Value)
			d.TextY = c.Zero + d.Height + 16
		}
		c.Bars = append(c.Bars, d)
	}
	return c
}
