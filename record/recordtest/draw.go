package recordtest

import (
	"math/rand/v2"
	"time"

	"anlan/ground/maybe"
	"anlan/ground/money"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/record/field"
)

// Any is a random record whose values are few enough that two records often share one, and odd enough that each way of
// storing them is tried: limits, signs, quotes, line ends, characters beyond the first plane. References and attachments
// are left absent, because they must exist.
func Any(r *rand.Rand) *Sample {
	s := &Sample{
		Title:   text(r),
		Colour:  one[Colour](r, "", "red", "blue"),
		On:      anyDay(r),
		Until:   anyDay(r),
		At:      some(r, anyInstant),
		Paid:    money.Fen(r.Int64N(11) - 5),
		Cost:    some(r, func(r *rand.Rand) money.Fen { return money.Fen(r.Int64N(one[int64](r, 3, 1e6, 1e15))) }),
		Heads:   wide(r, 3),
		Floors:  some(r, func(r *rand.Rand) int64 { return r.Int64N(22) - 9 }),
		Level:   some(r, func(r *rand.Rand) field.Scaled { return field.Scaled(wide(r, 1500)) }),
		Share:   some(r, func(r *rand.Rand) field.Scaled { return field.Scaled(r.Int64N(12_000) - 10) }),
		Open:    r.IntN(2) == 0,
		Insured: some(r, func(r *rand.Rand) bool { return r.IntN(2) == 0 }),
		Site:    one[place.Code](r, "", "430602", "430621", "430621100", "430621100201"),
		Keeper:  one[place.Unit](r, "", "430602", "430621-01"),
		Span:    one(r, period.Period{}, period.Year(2023), period.Month(2023, 5), period.Quarter(2024, 1), period.MustParse("2023-01..05"), period.MustParse("2023-05-06..2024-01-31")),
		Person:  text(r),
		Phone:   one(r, "", "12350", "0730-8880000", "+86 13800000000"),
		Source:  text(r),
	}
	if r.IntN(2) == 0 {
		s.Point = field.LonLat{Lon: r.Int32N(360e6+1) - 180e6, Lat: r.Int32N(180e6+1) - 90e6, Stated: true}
	}
	for range r.IntN(4) {
		s.Lines = append(s.Lines, Line{On: period.MustDay(2023, 5, 6), Who: text(r), What: one[Colour](r, "", "red", "blue"),
			Fen: some(r, func(r *rand.Rand) money.Fen { return money.Fen(r.Int64N(7) - 3) })})
	}
	s.Unit = one[place.Unit](r, "430600", "430602", "430602-01", "430621")
	s.Place = one[place.Code](r, "", "430602", "430621")
	return s
}

func one[V any](r *rand.Rand, of ...V) V { return of[r.IntN(len(of))] }

// some is absent one time in three.
func some[V any](r *rand.Rand, draw func(*rand.Rand) V) maybe.Of[V] {
	if r.IntN(3) == 0 {
		return maybe.None[V]()
	}
	return maybe.Some(draw(r))
}

// wide is a number near zero, or any there is.
func wide(r *rand.Rand, near int64) int64 {
	if r.IntN(2) == 0 {
		return r.Int64N(2*near+1) - near
	}
	return r.Int64N(2e15+1) - 1e15 // as far as a value may go that can be summed
}

func text(r *rand.Rand) string {
	if r.IntN(2) == 0 {
		return one(r, "", "a", "A", "b", "é", "安澜", `O'Brien "x"`, "一\n二\t三", `\u0000 %_\`, "𠮷𡈽", "−5", " ", "<b>&amp;</b>")
	}
	runes := []rune("ab 隐患'\"\\\r\n\u2028\ufeff😀")
	out := make([]rune, r.IntN(12))
	for i := range out {
		out[i] = one(r, runes...)
	}
	return string(out)
}

func anyDay(r *rand.Rand) period.Day {
	if r.IntN(2) == 0 {
		return one(r, period.Day{}, period.MustDay(1, 1, 1), period.MustDay(1969, 12, 31), period.MustDay(1970, 1, 1), period.MustDay(2024, 2, 29), period.MustDay(9999, 12, 31))
	}
	return period.MustDay(2022, 12, 1).Add(r.IntN(400))
}

// anyInstant is between 1938 and 2065, as the clock of some zone shows it.
func anyInstant(r *rand.Rand) time.Time {
	return time.Unix(r.Int64N(4e9)-1e9, r.Int64N(1e9)).In(time.FixedZone("", (r.IntN(97)-48)*900))
}
