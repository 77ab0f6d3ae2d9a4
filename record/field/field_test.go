package field_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"anlan/ground/fault"
	"anlan/ground/ident"
	"anlan/ground/maybe"
	"anlan/ground/money"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/record/field"
	"anlan/record/recordtest"
	"pgregory.net/rapid"
)

var today = period.MustDay(2024, 1, 31)

// fields are the fields of a sample by code.
func fields() map[string]*field.Field[recordtest.Sample] {
	out := map[string]*field.Field[recordtest.Sample]{}
	for _, a := range []field.Any[recordtest.Sample]{recordtest.Number, recordtest.Title, recordtest.Paint, recordtest.On, recordtest.At, recordtest.Paid,
		recordtest.Cost, recordtest.Heads, recordtest.Floors, recordtest.Level, recordtest.Share, recordtest.Open, recordtest.Insured, recordtest.Other,
		recordtest.Site, recordtest.Keeper, recordtest.Point, recordtest.Files, recordtest.Person, recordtest.Phone, recordtest.Source} {
		out[a.Erase().Code] = a.Erase()
	}
	return out
}

func TestWhatOfficesWriteBecomesOneCanonicalText(t *testing.T) {
	t.Parallel()
	sum := strings.Repeat("ab", 32)
	for _, c := range []struct{ field, written, want string }{
		{"title", "  隐患　", "隐患"},
		{"title", "\ufeff隐患\u200b", "隐患"},
		{"title", "Ａ　Ｂ", "Ａ　Ｂ"}, // a description is kept as written
		{"colour", "red", "red"}, {"colour", " 红 ", "red"}, {"colour", "ＲＥＤ", "red"}, {"colour", "Dark Blue", "blue"},
		{"colour", "蓝（深）", "blue"}, {"colour", "蓝(深)", "blue"},
		{"seen_on", "2023年5月6日", "2023-05-06"}, {"seen_on", "２０２３．５．６", "2023-05-06"}, {"seen_on", "2024-02-29", "2024-02-29"},
		{"reported_at", "2023-05-06 14:30", "2023-05-06T14:30:00+08:00"}, {"reported_at", "2023-05-06T06:30:00.9Z", "2023-05-06T06:30:00Z"},
		{"reported_at", "2023年5月6日14时30分", "2023-05-06T14:30:00+08:00"},
		{"paid", "1,234.5", "1234.50"}, {"cost", "12.3万元", "123000.00"}, {"cost", "", ""},
		{"heads", "１，２３４", "1234"}, {"heads", "−5", "-5"}, {"heads", "+7", "7"}, {"heads", "5.00", "5"}, {"heads", "-9223372036854775808", "-9223372036854775808"},
		{"level_m", "32.55", "32.550"}, {"level_m", ".5", "0.500"}, {"level_m", "-0.001", "-0.001"}, {"level_m", "1,234.5000", "1234.500"},
		{"share", "97%", "97.00"}, {"share", "９７．５％", "97.50"},
		{"is_open", "是", "true"}, {"is_open", "×", "false"}, {"insured", "Y", "true"}, {"insured", "", ""},
		{"other", "0190F3A2-7C1E-7B4D-9A55-3F2D8C6B1E04", "0190f3a2-7c1e-7b4d-9a55-3f2d8c6b1e04"},
		{"site", "４３０６２１", "430621"}, {"keeper", "430621－01", "430621-01"},
		{"point", "113.128432， 29.357105", "113.128432,29.357105"}, {"point", "-0.5,0", "-0.500000,0.000000"},
		{"phone", "０７３０－８８８００００", "0730-8880000"}, {"phone", "12350", "12350"},
		{"file", sum + " 12 照片 1.jpg ", sum + " 12 照片 1.jpg"}, {"file", strings.ToUpper(sum) + " 0 a\n" + sum + " 3 b", sum + " 0 a\n" + sum + " 3 b"},
	} {
		f := fields()[c.field]
		var s recordtest.Sample
		if err := f.Parse(&s, c.written); err != nil {
			t.Errorf("%s %q: %v", c.field, c.written, err)
			continue
		}
		if got := f.Text(&s); got != c.want {
			t.Errorf("%s %q: got %q, want %q", c.field, c.written, got, c.want)
		}
	}
}

func TestWhatIsNoValueIsRefusedAndTheOldOneStays(t *testing.T) {
	t.Parallel()
	sum := strings.Repeat("ab", 32)
	for _, c := range []struct {
		field, written string
		want           *fault.Declaration
	}{
		{"title", "a\x00b", field.ErrBadText}, {"title", "a\xffb", field.ErrBadText},
		{"colour", "绿", field.ErrUnknownCode}, {"colour", "黑", field.ErrRetiredCode},
		{"reported_at", "昨天", field.ErrNotAnInstant}, {"reported_at", "2023-02-30 10:00", field.ErrNotAnInstant},
		{"heads", "五", field.ErrNotANumber}, {"heads", "1,5", field.ErrNotANumber}, {"heads", "1,23,456", field.ErrNotANumber}, {"heads", "--5", field.ErrNotANumber},
		{"heads", "5.", field.ErrNotANumber}, {"heads", ".", field.ErrNotANumber}, {"heads", "-", field.ErrNotANumber}, {"heads", "1e3", field.ErrNotANumber},
		{"heads", "1.5", field.ErrTooFine}, {"heads", "9223372036854775808", field.ErrTooBig}, {"heads", "99999999999999999999", field.ErrTooBig},
		{"level_m", "1.2345", field.ErrTooFine}, {"level_m", "1.2.3", field.ErrNotANumber}, {"level_m", "9223372036854776", field.ErrTooBig},
		{"share", "9%7", field.ErrNotANumber}, {"is_open", "大概", field.ErrNotYesNo}, {"insured", "2", field.ErrNotYesNo},
		{"other", "abc", ident.ErrNotAnID}, {"site", "4306", place.ErrNotACode}, {"keeper", "430621-1", place.ErrNotAUnit},
		{"point", "181,0", field.ErrNotAPoint}, {"point", "113", field.ErrNotAPoint}, {"point", "a,b", field.ErrNotAPoint},
		{"phone", "打给我", field.ErrNotAPhone}, {"phone", "1234", field.ErrNotAPhone}, {"phone", "1234567890123456", field.ErrNotAPhone},
		{"file", "照片.jpg", field.ErrNotAnAttachment}, {"file", sum + " -1 a", field.ErrNotAnAttachment}, {"file", sum + " 12", field.ErrNotAnAttachment},
		{"file", strings.Repeat(sum+" 1 a\n", 101), field.ErrTooManyFiles},
	} {
		f := fields()[c.field]
		s := recordtest.Sample{Title: "旧", Colour: "red", Heads: 7, Phone: "12350"}
		before := f.Text(&s)
		err := f.Parse(&s, c.written)
		if !errors.Is(err, c.want) {
			t.Errorf("%s %q: got %v, want %s", c.field, c.written, err, c.want.Code)
		}
		if after := f.Text(&s); after != before {
			t.Errorf("%s %q: was refused and changed the value to %q", c.field, c.written, after)
		}
	}
}

func TestCheckRefusesWhatProgramsMayPutIntoAStruct(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("长", 201)
	for _, c := range []struct {
		name, field string
		put         func(*recordtest.Sample)
		want        *fault.Declaration
	}{
		{"nothing where something is required", "number", func(s *recordtest.Sample) { s.Number = "　 " }, field.ErrMissing},
		{"too long a text", "title", func(s *recordtest.Sample) { s.Title = long }, field.ErrRule},
		{"a text that cannot be stored", "title", func(s *recordtest.Sample) { s.Title = "a\x00" }, field.ErrBadText},
		{"a code of no list", "colour", func(s *recordtest.Sample) { s.Colour = "green" }, field.ErrUnknownCode},
		{"an amount against a rule", "cost", func(s *recordtest.Sample) { s.Cost = maybe.Some(money.Fen(-1)) }, field.ErrRule},
		{"a number out of bounds", "floors", func(s *recordtest.Sample) { s.Floors = maybe.Some(int64(1000)) }, field.ErrRule},
		{"a point that is not on earth", "point", func(s *recordtest.Sample) { s.Point = field.LonLat{Lon: 2e8, Stated: true} }, field.ErrNotAPoint},
		{"a file without a name", "file", func(s *recordtest.Sample) { s.Files = []field.File{{Size: 1}} }, field.ErrNotAnAttachment},
		{"a file whose name has a line end", "file", func(s *recordtest.Sample) { s.Files = []field.File{{Size: 1, Name: "a\nb"}} }, field.ErrNotAnAttachment},
		{"a row without its day", "line.2.line_on", func(s *recordtest.Sample) { s.Lines = []recordtest.Line{{On: today}, {}} }, field.ErrMissing},
		{"too many rows", "line", func(s *recordtest.Sample) { s.Lines = make([]recordtest.Line, 5001) }, field.ErrTooManyRows},
	} {
		s := recordtest.New("1", "430600")
		c.put(s)
		faults := recordtest.Kind.Check(s, today)
		if len(faults) != 1 || !faults[0].Is(c.want) || faults[0].Where.Field != c.field {
			t.Errorf("%s: got %v, want %s at %s", c.name, faults, c.want.Code, c.field)
		}
	}
}

func TestCheckBringsValuesIntoTheirCanonicalForm(t *testing.T) {
	t.Parallel()
	s := recordtest.New(" 1 ", "430600")
	s.Title = "　隐患\n"
	s.At = maybe.Some(time.Date(2023, 5, 6, 14, 30, 0, 999, period.Shanghai))
	s.Cost = maybe.Of[money.Fen]{V: 5} // not stated
	s.Point = field.LonLat{Lon: 3}     // not stated
	if faults := recordtest.Kind.Check(s, today); faults != nil {
		t.Fatal(faults)
	}
	if s.Number != "1" || s.Title != "隐患" || s.At.V.Nanosecond() != 0 || s.Cost.V != 0 || s.Point.Lon != 0 {
		t.Errorf("got %+v", s)
	}
}

func TestTextAndStorageGiveTheValueBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := recordtest.Any(rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1)))
		s.Number = "1"
		s.Files = []field.File{{SHA256: [32]byte{1}, Size: 5, Name: "a b.pdf"}}
		s.Other = ident.ID{6: 0x70, 8: 0x80}
		if faults := recordtest.Kind.Check(s, today); faults != nil {
			t.Fatal(faults)
		}
		for code, f := range fields() {
			var again, stored, copied recordtest.Sample
			if err := f.Parse(&again, f.Text(s)); err != nil || f.Text(&again) != f.Text(s) {
				t.Fatalf("%s: %q was parsed as %q (%v)", code, f.Text(s), f.Text(&again), err)
			}
			if err := f.Scan(&stored, f.Store(s)); err != nil || f.Store(&stored) != f.Store(s) || f.Text(&stored) != f.Text(s) {
				t.Fatalf("%s: %v was read as %v (%v)", code, f.Store(s), f.Store(&stored), err)
			}
			if f.Copy(&copied, s); f.Text(&copied) != f.Text(s) {
				t.Fatalf("%s: copied %q as %q", code, f.Text(s), f.Text(&copied))
			}
			if text := f.Text(s); text != "" {
				if v, err := f.Driver(text); err != nil || v != f.Store(s) {
					t.Fatalf("%s: a filter on %q asks for %v, stored is %v (%v)", code, text, v, f.Store(s), err)
				}
			}
		}
	})
}

func FuzzParse(f *testing.F) {
	all := fields()
	for code := range all {
		for _, s := range []string{"", " ", "a", "1,234.5", "-0", "是", "红", "2023-05-06", "113.1,29.3", "97%", "\xff", "0\u2212"} {
			f.Add(code, s)
		}
	}
	f.Fuzz(func(t *testing.T, code, written string) {
		x := all[code]
		if x == nil {
			return
		}
		var s recordtest.Sample
		if err := x.Parse(&s, written); err != nil {
			if _, ok := fault.KindOf(err); !ok {
				t.Fatalf("%s %q: not a fault: %v", code, written, err)
			}
			return
		}
		text := x.Text(&s)
		var again recordtest.Sample
		if err := x.Parse(&again, text); err != nil || x.Text(&again) != text {
			t.Fatalf("%s %q: text %q was parsed as %q (%v)", code, written, text, x.Text(&again), err)
		}
		for _, fault := range x.Check(&s, today) {
			if !errors.Is(fault, field.ErrRule) && !errors.Is(fault, field.ErrMissing) {
				t.Fatalf("%s %q: parsed and then refused: %v", code, written, fault)
			}
		}
		if x.Text(&s) != text {
			t.Fatalf("%s %q: Check changed %q into %q", code, written, text, x.Text(&s))
		}
	})
}

func ExampleCond_Words() {
	fmt.Println(recordtest.Cost.AtLeast(maybe.Some(money.Fen(100_000))).Words().Zh)
	fmt.Println(recordtest.Paint.In("red", "blue").Words().En)
	// Output:
	// 费用不小于1000.00
	// colour is one of red, dark blue
}
