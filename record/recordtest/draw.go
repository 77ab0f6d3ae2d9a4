package recordtest

import (
	"time"

	"anlan/ground/maybe"
	"anlan/ground/money"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/record/field"
	"pgregory.net/rapid"
)

// Samples draws records whose values are few enough that two records often share one, and odd enough that each way of
// storing them is tried: limits, signs, quotes, line ends, characters beyond the first plane. References and attachments
// are left absent, because they must exist.
func Samples() *rapid.Generator[*Sample] {
	return rapid.Custom(func(t *rapid.T) *Sample {
		s := &Sample{
			Title:   texts.Draw(t, "title"),
			Colour:  rapid.SampledFrom([]Colour{"", "red", "blue"}).Draw(t, "colour"),
			On:      days.Draw(t, "on"),
			Until:   days.Draw(t, "until"),
			At:      some(t, "at", instants),
			Paid:    money.Fen(rapid.Int64Range(-5, 5).Draw(t, "paid")),
			Cost:    some(t, "cost", rapid.Map(rapid.Int64Min(0), func(n int64) money.Fen { return money.Fen(n % 1e15) })),
			Heads:   rapid.OneOf(rapid.Int64Range(-3, 3), rapid.Int64()).Draw(t, "heads"),
			Floors:  some(t, "floors", rapid.Int64Range(-9, 12)),
			Level:   some(t, "level", rapid.OneOf(rapid.Map(rapid.Int64Range(-1500, 1500), scaled), rapid.Map(rapid.Int64(), scaled))),
			Share:   some(t, "share", rapid.Map(rapid.Int64Range(-10, 12000), scaled)),
			Open:    rapid.Bool().Draw(t, "open"),
			Insured: some(t, "insured", rapid.Bool()),
			Site:    rapid.SampledFrom([]place.Code{"", "430602", "430621", "430621100", "430621100201"}).Draw(t, "site"),
			Keeper:  rapid.SampledFrom([]place.Unit{"", "430602", "430621-01"}).Draw(t, "keeper"),
			Person:  texts.Draw(t, "person"),
			Phone:   rapid.SampledFrom([]string{"", "12350", "0730-8880000", "+86 13800000000"}).Draw(t, "phone"),
			Source:  texts.Draw(t, "source"),
		}
		if rapid.Bool().Draw(t, "mapped") {
			s.Point = field.LonLat{Lon: rapid.Int32Range(-180e6, 180e6).Draw(t, "lon"), Lat: rapid.Int32Range(-90e6, 90e6).Draw(t, "lat"), Stated: true}
		}
		for range rapid.IntRange(0, 3).Draw(t, "lines") {
			s.Lines = append(s.Lines, Line{
				On:   rapid.Just(period.MustDay(2023, 5, 6)).Draw(t, "line on"),
				Who:  texts.Draw(t, "who"),
				What: rapid.SampledFrom([]Colour{"", "red", "blue"}).Draw(t, "what"),
				Fen:  some(t, "sum", rapid.Map(rapid.Int64Range(-3, 3), func(n int64) money.Fen { return money.Fen(n) })),
			})
		}
		s.Unit = rapid.SampledFrom([]place.Unit{"430600", "430602", "430602-01", "430621"}).Draw(t, "unit")
		s.Place = rapid.SampledFrom([]place.Code{"", "430602", "430621"}).Draw(t, "place")
		return s
	})
}

func scaled(n int64) field.Scaled { return field.Scaled(n) }

func some[V any](t *rapid.T, name string, g *rapid.Generator[V]) maybe.Of[V] {
	if rapid.IntRange(0, 2).Draw(t, name+" stated") == 0 {
		return maybe.None[V]()
	}
	return maybe.Some(g.Draw(t, name))
}

var (
	texts = rapid.OneOf(
		rapid.SampledFrom([]string{"", "a", "A", "b", "é", "安澜", "O'Brien \"x\"", "一\n二\t三", `\u0000 %_\`, "𠮷𡈽", "−5", " ", "<b>&amp;</b>"}),
		rapid.StringOfN(rapid.RuneFrom([]rune("ab 隐患'\"\\\r\n\u2028\ufeff😀")), 0, 12, -1),
	)
	days = rapid.OneOf(
		rapid.SampledFrom([]period.Day{{}, period.MustDay(1, 1, 1), period.MustDay(1969, 12, 31), period.MustDay(1970, 1, 1), period.MustDay(2024, 2, 29), period.MustDay(9999, 12, 31)}),
		rapid.Map(rapid.IntRange(0, 400), func(n int) period.Day { return period.MustDay(2022, 12, 1).Add(n) }),
	)
	instants = rapid.Map(rapid.Int64Range(-1e9, 3e9), func(s int64) time.Time {
		return time.Unix(s, s%999).In(time.FixedZone("", int(s%50)*900))
	})
)
