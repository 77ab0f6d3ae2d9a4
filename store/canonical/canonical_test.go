package canonical_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"

	"anlan/store/canonical"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// fromJSON builds what another JSON reader sees in text, members in the order of a map: any.
func fromJSON(t testing.TB, text string) []byte {
	t.Helper()
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		t.Fatal(err)
	}
	var a canonical.Array
	add(t, &a, v)
	b, err := a.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	return b[1 : len(b)-1]
}

func add(t testing.TB, a *canonical.Array, v any) {
	switch v := v.(type) {
	case nil:
		a.Null()
	case bool:
		a.Bool(v)
	case string:
		a.Text(v)
	case json.Number:
		f, err := v.Float64()
		if err != nil || f != math.Trunc(f) {
			t.Fatalf("%s is no integer", v)
		}
		a.Int(int64(f))
	case []any:
		var inner canonical.Array
		for _, e := range v {
			add(t, &inner, e)
		}
		a.Array(&inner)
	case map[string]any:
		a.Object(objectOf(t, v))
	}
}

func objectOf(t testing.TB, m map[string]any) *canonical.Object {
	var o canonical.Object
	for name, v := range m {
		switch v := v.(type) {
		case nil:
			o.Null(name)
		case bool:
			o.Bool(name, v)
		case string:
			o.Text(name, v)
		case json.Number:
			f, err := v.Float64()
			if err != nil || f != math.Trunc(f) {
				t.Fatalf("%s is no integer", v)
			}
			o.Int(name, int64(f))
		case []any:
			var inner canonical.Array
			for _, e := range v {
				add(t, &inner, e)
			}
			o.Array(name, &inner)
		case map[string]any:
			o.Object(name, objectOf(t, v))
		}
	}
	return &o
}

// TestPublishedVectors: RFC 8785 sections 3.2.2 and 3.2.3, and the test data that its authors publish, without the
// fractions, which the house writes as texts.
func TestPublishedVectors(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, in, want string }{
		{"section 3.2.2, texts and literals",
			`{"string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/", "literals": [null, true, false]}`,
			"{\"literals\":[null,true,false],\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}"},
		{"section 3.2.3, order of names",
			`{"\u20ac": "Euro Sign", "\r": "Carriage Return", "\ufb33": "Hebrew Letter Dalet With Dagesh", "1": "One",
			"\ud83d\ude00": "Emoji: Grinning Face", "\u0080": "Control", "\u00f6": "Latin Small Letter O With Diaeresis"}`,
			"{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\",\"ö\":\"Latin Small Letter O With Diaeresis\",\"€\":\"Euro Sign\"," +
				"\"😀\":\"Emoji: Grinning Face\",\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}"},
		{"arrays", `[ 56, { "d": true, "10": null, "1": [ ] } ]`, `[56,{"1":[],"10":null,"d":true}]`},
		{"french", `{"peach": "This sorting order", "péché": "is wrong according to French", "pêche": "but canonicalization MUST", "sin": "ignore locale"}`,
			`{"peach":"This sorting order","péché":"is wrong according to French","pêche":"but canonicalization MUST","sin":"ignore locale"}`},
		{"structures", `{"1": {"f": {"f": "hi", "F": 5}, "\n": 56.0}, "10": { }, "": "empty", "a": { }, "111": [ {"e": "yes", "E": "no"} ], "A": { }}`,
			`{"":"empty","1":{"\n":56,"f":{"F":5,"f":"hi"}},"10":{},"111":[{"E":"no","e":"yes"}],"A":{},"a":{}}`},
		{"unicode is not normalized", `{"Unnormalized Unicode": "A\u030a"}`, "{\"Unnormalized Unicode\":\"A\u030a\"}"},
		{"weird", `{"\u20ac": "Euro Sign", "\r": "Carriage Return", "\u000a": "Newline", "1": "One", "\u0080": "Control\u007f",
			"\ud83d\ude02": "Smiley", "\u00f6": "Latin Small Letter O With Diaeresis", "\ufb33": "Hebrew Letter Dalet With Dagesh",
			"</script>": "Browser Challenge"}`,
			"{\"\\n\":\"Newline\",\"\\r\":\"Carriage Return\",\"1\":\"One\",\"</script>\":\"Browser Challenge\",\"\u0080\":\"Control\u007f\"," +
				"\"ö\":\"Latin Small Letter O With Diaeresis\",\"€\":\"Euro Sign\",\"😂\":\"Smiley\",\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}"},
		{"appendix B, minus zero", `-0.0`, `0`},
		{"appendix B, the largest exact integer", `9007199254740991`, `9007199254740991`},
		{"appendix B, the smallest", `-9007199254740991`, `-9007199254740991`},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got := fromJSON(t, c.in)
			if string(got) != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
			if v, err := canonical.Parse([]byte(c.want)); err != nil || string(v.Raw()) != c.want {
				t.Errorf("it does not parse: %v", err)
			}
		})
	}
}

func TestIntegersBeyondDoublesAreTexts(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		n    int64
		want string
	}{
		{0, `0`}, {-1, `-1`}, {canonical.IntMax, `9007199254740991`}, {-canonical.IntMax, `-9007199254740991`},
		{canonical.IntMax + 1, `"9007199254740992"`}, {-canonical.IntMax - 1, `"-9007199254740992"`},
		{math.MaxInt64, `"9223372036854775807"`}, {math.MinInt64, `"-9223372036854775808"`},
	} {
		var o canonical.Object
		o.Int("n", c.n)
		b, err := o.Bytes()
		if want := `{"n":` + c.want + `}`; err != nil || string(b) != want {
			t.Errorf("got %s, %v, want %s", b, err, want)
		}
		v, err := canonical.Parse(b)
		if err != nil {
			t.Fatal(err)
		}
		if n, ok := v.Member("n").Int(); !ok || n != c.n {
			t.Errorf("%s reads as %d, %v", b, n, ok)
		}
	}
}

func TestEncodingRefuses(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		fill func(*canonical.Object)
		want string
	}{
		{"a name that is given twice", func(o *canonical.Object) { o.Int("b", 1); o.Int("a", 1); o.Null("b") }, `"b" is given twice`},
		{"a text that is half a character", func(o *canonical.Object) { o.Text("a", "x\xe4\xb8") }, "not valid UTF-8 at byte 1"},
		{"a lone surrogate", func(o *canonical.Object) { o.Text("a", "\xed\xa0\x80") }, "not valid UTF-8"},
		{"a name that is not valid", func(o *canonical.Object) { o.Null("\xff") }, "not valid UTF-8"},
		{"what an inner object refused", func(o *canonical.Object) {
			var inner canonical.Object
			inner.Null("a")
			inner.Null("a")
			o.Object("o", &inner)
		}, "given twice"},
		{"what an inner array refused", func(o *canonical.Object) {
			var inner canonical.Array
			inner.Text("\xff")
			o.Array("a", &inner)
		}, "not valid UTF-8"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var o canonical.Object
			c.fill(&o)
			if b, err := o.Bytes(); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %s, %v, want %q", b, err, c.want)
			}
			o.Reset()
			o.Text("a", "b")
			if b, err := o.Bytes(); err != nil || string(b) != `{"a":"b"}` {
				t.Errorf("after Reset: got %s, %v", b, err)
			}
		})
	}
}

func TestAppendText(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, in, want string }{
		{"a text", "隐患\n", `x"隐患\n"`},
		{"nothing", "", `x""`},
		{"what is not UTF-8 is replaced", "a\xffb\xe4\xb8", "x\"a\ufffdb\ufffd\""},
	} {
		if got := canonical.AppendText([]byte("x"), c.in); string(got) != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, in, want string
		at             int
	}{
		{"nothing", ``, "missing", 0},
		{"a blank before", ` 1`, "no value", 0},
		{"a blank after", `1 `, "follows", 1},
		{"a blank inside", `[1, 2]`, "no value", 3},
		{"a newline after", "{}\n", "follows", 2},
		{"a byte order mark", "\ufeff{}", "no value", 0},
		{"a name that stands twice", `{"a":1,"a":1}`, "twice", 10},
		{"names in the wrong order", `{"b":1,"a":1}`, "wrong order", 10},
		{"names in the order of bytes instead of UTF-16", "{\"\ufb33\":1,\"😀\":1}", "wrong order", 15},
		{"a fraction", `1.0`, "fraction", 1},
		{"an exponent", `1e3`, "fraction", 1},
		{"minus zero", `-0`, "written differently", 2},
		{"a leading zero", `01`, "written differently", 2},
		{"a plus", `+1`, "no value", 0},
		{"a large number", `9007199254740992`, "stands as a text", 16},
		{"a number beyond 64 bits", `99999999999999999999`, "written differently", 20},
		{"an escaped slash", `"\/"`, "escape", 1},
		{"an escaped letter", `"\u0041"`, "escape", 1},
		{"an escaped newline in the long form", `"\u000a"`, "escape", 1},
		{"an escape in capitals", `"\u001F"`, "escape", 1},
		{"an escaped Chinese character", `"\u4e2d"`, "escape", 1},
		{"a lone surrogate", `"\ud800"`, "escape", 1},
		{"a control character", "\"\x01\"", "control", 1},
		{"half a character", "\"\xe4\xb8\"", "UTF-8", 1},
		{"a text that is not closed", `"a`, "not closed", 2},
		{"an object that is not closed", `{"a":1`, "comma or }", 6},
		{"a comma at the end", `{"a":1,}`, "name is missing", 7},
		{"a comma at the end of an array", `[1,]`, "no value", 3},
		{"a name without a value", `{"a"}`, "colon", 4},
		{"capital TRUE", `True`, "no value", 0},
		{"two values", `1 2`, "follows", 1},
		{"nested too deeply", strings.Repeat("[", 40) + strings.Repeat("]", 40), "deeply", 33},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, err := canonical.Parse([]byte(c.in))
			if !errors.Is(err, canonical.ErrNotCanonical) || !strings.Contains(err.Error(), c.want) {
				t.Fatalf("got %v, want %q", err, c.want)
			}
			if at := fmt.Sprintf("at byte %d:", c.at); !strings.Contains(err.Error(), at) {
				t.Errorf("got %v, want it %s", err, at)
			}
		})
	}
}

func TestValuesSayWhatTheyAre(t *testing.T) {
	t.Parallel()
	v, err := canonical.Parse([]byte(`{"a":[1,"二",null],"b":true,"n":"9007199254740993","t":"12"}`))
	if err != nil {
		t.Fatal(err)
	}
	a := v.Member("a")
	if a.Kind() != canonical.IsArray || a.Len() != 3 || a.At(2).Kind() != canonical.IsNull {
		t.Errorf("a: got %v with %d", a.Kind(), a.Len())
	}
	if s, ok := a.At(1).Text(); !ok || s != "二" {
		t.Errorf("a[1]: got %q, %v", s, ok)
	}
	if _, ok := a.At(1).Int(); ok {
		t.Error("a text is an integer")
	}
	if b, ok := v.Member("b").Bool(); !ok || !b {
		t.Error("b is not true")
	}
	if n, ok := v.Member("n").Int(); !ok || n != canonical.IntMax+2 {
		t.Errorf("n: got %d, %v", n, ok)
	}
	if _, ok := v.Member("t").Int(); ok {
		t.Error("a short text of digits is an integer")
	}
	if v.Member("z").Kind() != canonical.Absent || a.Member("a").Kind() != canonical.Absent || a.Members() != nil {
		t.Error("what is not there is there")
	}
	var names []string
	for _, m := range v.Members() {
		names = append(names, m.Name)
	}
	if diff := cmp.Diff([]string{"a", "b", "n", "t"}, names); diff != "" {
		t.Error(diff)
	}
}

// TestWhatIsEncodedParses: any value survives, whatever the order in which its members came.
func TestWhatIsEncodedParses(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		m := rapid.MapOf(rapid.String(), rapid.OneOf(rapid.String().AsAny(), rapid.Int64().AsAny(), rapid.Bool().AsAny())).Draw(t, "members")
		var o canonical.Object
		for name, v := range m {
			switch v := v.(type) {
			case string:
				o.Text(name, v)
			case int64:
				o.Int(name, v)
			case bool:
				o.Bool(name, v)
			}
		}
		b, err := o.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		v, err := canonical.Parse(b)
		if err != nil {
			t.Fatalf("%q: %v", b, err)
		}
		for name, want := range m {
			got := v.Member(name)
			ok := false
			switch want := want.(type) {
			case string:
				s, is := got.Text()
				ok = is && s == want
			case int64:
				n, is := got.Int()
				ok = is && n == want
			case bool:
				f, is := got.Bool()
				ok = is && f == want
			}
			if !ok {
				t.Fatalf("%q: %v became %s", name, want, got.Raw())
			}
		}
		if v.Len() != len(m) {
			t.Fatalf("%d members, want %d", v.Len(), len(m))
		}
	})
}

// FuzzParse: what is accepted is JSON to others too, and is written again as the same bytes.
func FuzzParse(f *testing.F) {
	for _, s := range []string{`{}`, `{"a":[1,-2,"三",null,true,false],"b":{"c":"\n\u0001\""}}`, `"9007199254740993"`, `[[[[]]]]`, `{"a":1,"a":2}`,
		`1.5`, "{\"\ufb33\":1,\"😀\":1}", `"\ud800"`, `{"":{}}`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		v, err := canonical.Parse(b)
		if err != nil {
			return
		}
		if !json.Valid(b) {
			t.Fatalf("%q is not JSON", b)
		}
		var a canonical.Array
		rebuild(&a, v)
		again, err := a.Bytes()
		if err != nil || !bytes.Equal(again[1:len(again)-1], b) {
			t.Fatalf("%q is written again as %q, %v", b, again, err)
		}
	})
}

func rebuild(a *canonical.Array, v canonical.Value) {
	switch v.Kind() {
	case canonical.IsNull:
		a.Null()
	case canonical.IsBool:
		b, _ := v.Bool()
		a.Bool(b)
	case canonical.IsInt:
		n, _ := v.Int()
		a.Int(n)
	case canonical.IsText:
		s, _ := v.Text()
		a.Text(s)
	case canonical.IsArray:
		var inner canonical.Array
		for i := range v.Len() {
			rebuild(&inner, v.At(i))
		}
		a.Array(&inner)
	case canonical.IsObject:
		a.Object(rebuildObject(v))
	}
}

// rebuildObject adds the members the other way round.
func rebuildObject(v canonical.Value) *canonical.Object {
	var o canonical.Object
	for i := v.Len() - 1; i >= 0; i-- {
		m := v.Members()[i]
		switch m.Value.Kind() {
		case canonical.IsNull:
			o.Null(m.Name)
		case canonical.IsBool:
			b, _ := m.Value.Bool()
			o.Bool(m.Name, b)
		case canonical.IsInt:
			n, _ := m.Value.Int()
			o.Int(m.Name, n)
		case canonical.IsText:
			s, _ := m.Value.Text()
			o.Text(m.Name, s)
		case canonical.IsArray:
			var inner canonical.Array
			for j := range m.Value.Len() {
				rebuild(&inner, m.Value.At(j))
			}
			o.Array(m.Name, &inner)
		case canonical.IsObject:
			o.Object(m.Name, rebuildObject(m.Value))
		}
	}
	return &o
}

func fill(o *canonical.Object) {
	o.Reset()
	o.Text("action", "create")
	o.Int("cost_fen", 125_000_000)
	o.Text("found_on", "2023-05-06")
	o.Text("grade", "major")
	o.Text("id", "0190f3a2-7c1e-7b4d-9a55-3f2d8c6b1e04")
	o.Text("place", "430602")
	o.Text("reason", "")
	o.Text("title", "消防通道被占用，应急照明损坏，限期整改")
	o.Text("unit", "430600-03")
	o.Int("version", 1)
}

func BenchmarkEncode(b *testing.B) {
	var o canonical.Object
	buf := make([]byte, 0, 1024)
	for b.Loop() {
		fill(&o)
		var err error
		if buf, err = o.Append(buf[:0]); err != nil {
			b.Fatal(err)
		}
	}
	b.SetBytes(int64(len(buf)))
}

func BenchmarkParse(b *testing.B) {
	var o canonical.Object
	fill(&o)
	buf, err := o.Bytes()
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(buf)))
	for b.Loop() {
		if _, err := canonical.Parse(buf); err != nil {
			b.Fatal(err)
		}
	}
}

func TestEncodingDoesNotAllocate(t *testing.T) {
	var o canonical.Object
	buf := make([]byte, 0, 1024)
	fill(&o)
	if n := testing.AllocsPerRun(100, func() {
		fill(&o)
		buf, _ = o.Append(buf[:0])
	}); n != 0 {
		t.Errorf("%v allocations an object", n)
	}
}
