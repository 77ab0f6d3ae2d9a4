package web

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"anlan/ground/lang"
	"anlan/record"
	"anlan/record/book"
	"anlan/record/field"
)

// plot is a drawing of positions in a frame of coordinates: no tiles, and no connection to anywhere.
type plot struct {
	Width, Height int
	Spots         []spot
	Lines         []meridian
	Names         []placeName
	Bar           scaleBar
	Without       string // how many records have no position; empty: none
	CutOff        string
}

// spot is a record where it is.
type spot struct {
	N    int
	X, Y int
	Text string
	To   string
	Said string // its position
}

// meridian is a line of equal longitude or latitude.
type meridian struct {
	X1, Y1, X2, Y2 int
	Text           string
	TextX, TextY   int
}

// placeName is the name of a place above its records.
type placeName struct {
	X, Y int
	Text string
}

// scaleBar is a length on the drawing.
type scaleBar struct {
	X, Y, Width int
	Text        string
}

// The measures of a plot, in pixels.
const (
	plotWidth  = 760
	plotHeight = 560
	plotEdge   = 56
	namesMost  = 12
)

// positionOf is the field that says where a record is: a point, or a text of latitude and longitude as a phone gives them; -1 where there is none.
func positionOf(view *book.View, k record.Of) int {
	for f, s := range k.Fields() {
		if (s.Type == field.TypePoint || s.Code == coordinates) && !s.Retired && view.Sees(k, f) {
			return f
		}
	}
	return -1
}

// position reads a position in degrees; a point is written with the longitude first, a phone gives the latitude first.
func position(s *field.Spec, text string) (lon, lat float64, ok bool) {
	a, b, _ := strings.Cut(text, ",")
	x, errX := strconv.ParseFloat(strings.TrimSpace(a), 64)
	y, errY := strconv.ParseFloat(strings.TrimSpace(b), 64)
	if errX != nil || errY != nil {
		return 0, 0, false
	}
	if s.Type == field.TypePoint {
		return x, y, true
	}
	return y, x, true
}

// located is a record with where it is.
type located struct {
	spot
	lon, lat float64
	place    string
}

// plot draws the records of a list that have a position.
func (v *visit) plot(view *book.View, k record.Of, l listing, q book.Query) (p plot, err error) {
	at := positionOf(view, k)
	if at < 0 {
		return p, ErrNoPage.With(v.r.URL.Path)
	}
	s := k.Fields()[at]
	with := q
	with.Filters = append(append([]book.Filter{}, q.Filters...), book.Filter{Field: s.Code, Op: field.OpStated})
	with.After, with.Limit = nil, spotsMost
	records, next, err := view.List(with)
	if err != nil {
		return p, err
	}
	if next != nil {
		p.CutOff = v.t(lang.Zh("只画了前"+strconv.Itoa(spotsMost)+"条；请加筛选条件"), lang.En("the first "+strconv.Itoa(spotsMost)+" are drawn; add a filter"))
	}
	with.Filters[len(with.Filters)-1].Op = field.OpAbsent
	n, err := view.CountUpTo(with, countedMost+1)
	if err != nil {
		return p, err
	}
	if n > 0 {
		count := v.bounded(n)
		p.Without = v.t(lang.Zh(count+"条没有坐标，不在图上"), lang.En(count+" have no position and are not drawn"))
	}
	var found []located
	for _, r := range records {
		lon, lat, ok := position(s, k.Text(r, at))
		if !ok {
			continue
		}
		h := k.Head(r)
		found = append(found, located{spot{N: len(found) + 1, Text: titleOf(k, r), To: link("/records/"+l.Kind+"/"+h.ID.String(), "as-of", l.AsOf), Said: degrees(lat) + "，" + degrees(lon)}, lon, lat, string(h.Place)})
	}
	if len(found) == 0 {
		return p, nil
	}
	v.draw(&p, found)
	return p, v.nameThem(view, &p, found)
}

func degrees(x float64) string { return strconv.FormatFloat(math.Round(x*1e4)/1e4, 'f', -1, 64) + "°" }

// metresPerDegree is the length of a degree of latitude.
const metresPerDegree = 111_320.0

// draw places the records in the frame: one scale for both directions, degrees of longitude shortened by the latitude in the middle.
func (v *visit) draw(p *plot, found []located) {
	west, east, south, north := found[0].lon, found[0].lon, found[0].lat, found[0].lat
	for _, x := range found {
		west, east, south, north = min(west, x.lon), max(east, x.lon), min(south, x.lat), max(north, x.lat)
	}
	middleLon, middleLat := (west+east)/2, (south+north)/2
	shortened := max(math.Cos(middleLat*math.Pi/180), 0.01)
	const least = 0.005 // degrees; one record alone stands in half a kilometre
	perDegree := min((plotWidth-2*plotEdge)/max((east-west)*shortened, least), (plotHeight-2*plotEdge)/max(north-south, least))
	x := func(lon float64) int { return int(math.Round(plotWidth/2 + (lon-middleLon)*shortened*perDegree)) }
	y := func(lat float64) int { return int(math.Round(plotHeight/2 - (lat-middleLat)*perDegree)) }
	p.Width, p.Height = plotWidth, plotHeight
	for i := range found {
		found[i].X, found[i].Y = x(found[i].lon), y(found[i].lat)
		p.Spots = append(p.Spots, found[i].spot)
	}
	step := nice(plotHeight / perDegree / 4)
	for lon := math.Ceil((middleLon-plotWidth/2/perDegree/shortened)/step) * step; x(lon) < plotWidth; lon += step {
		p.Lines = append(p.Lines, meridian{x(lon), 0, x(lon), plotHeight, degrees(lon), x(lon) + 4, plotHeight - 6})
	}
	for lat := math.Ceil((middleLat-plotHeight/2/perDegree)/step) * step; y(lat) > 0; lat += step {
		p.Lines = append(p.Lines, meridian{0, y(lat), plotWidth, y(lat), degrees(lat), 4, y(lat) - 4})
	}
	metres := nice(plotWidth / 4 / perDegree * metresPerDegree)
	p.Bar = scaleBar{Width: int(math.Round(metres / metresPerDegree * perDegree)), Y: 24, Text: length(metres)}
	p.Bar.X = plotWidth - 16 - p.Bar.Width
}

// nice is the largest of 1, 2 and 5 times a power of ten that is not above x.
func nice(x float64) float64 {
	power := math.Pow(10, math.Floor(math.Log10(x)))
	for _, n := range []float64{5, 2} {
		if n*power <= x {
			return n * power
		}
	}
	return power
}

func length(metres float64) string {
	if metres >= 1000 {
		return strconv.FormatFloat(metres/1000, 'f', -1, 64) + " km"
	}
	return strconv.FormatFloat(math.Round(metres), 'f', -1, 64) + " m"
}

// nameThem writes the names of the places with the most records above these.
func (v *visit) nameThem(view *book.View, p *plot, found []located) error {
	type sum struct{ n, x, top int }
	of := map[string]*sum{}
	var places []string
	for _, r := range found {
		if r.place == "" {
			continue
		}
		if of[r.place] == nil {
			of[r.place] = &sum{top: r.Y}
			places = append(places, r.place)
		}
		s := of[r.place]
		s.n, s.x, s.top = s.n+1, s.x+r.X, min(s.top, r.Y)
	}
	slices.SortStableFunc(places, func(a, b string) int { return of[b].n - of[a].n })
	names := v.values(view)
	for _, code := range places[:min(len(places), namesMost)] {
		c, err := names.coded("place", code)
		if err != nil {
			return err
		}
		s := of[code]
		p.Names = append(p.Names, placeName{s.x / s.n, s.top - 14, c.Text})
	}
	return nil
}
