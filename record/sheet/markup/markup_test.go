package markup_test

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"anlan/record/sheet/markup"
)

// tokens tells a document as "<a b=1>", "text", "</a>", neighbouring texts joined.
func tokens(r *markup.Reader, attrs ...string) ([]string, error) {
	var out []string
	text := ""
	flush := func() {
		if text != "" {
			out, text = append(out, text), ""
		}
	}
	for {
		kind, err := r.Next()
		if err != nil {
			return out, err
		}
		switch kind {
		case markup.Text:
			text += string(r.Text())
		case markup.Start:
			flush()
			s := "<" + string(r.Name())
			for _, a := range attrs {
				if v, ok := r.Attr(a); ok {
					s += " " + a + "=" + string(v)
				}
			}
			out = append(out, s+">")
		case markup.End:
			flush()
			out = append(out, "</"+string(r.Name())+">")
		case markup.EOF:
			flush()
			return out, nil
		}
	}
}

func TestDocumentIsToldAsItsTokens(t *testing.T) {
	t.Parallel()
	for doc, want := range map[string][]string{
		`<a/>`:                            {"<a>", "</a>"},
		`<a b="1" c='2' />`:               {"<a b=1 c=2>", "</a>"},
		`<x:a x:b="1">t</x:a>`:            {"<a b=1>", "t", "</a>"},
		"\ufeff<?xml version='1.0'?><a/>": {"<a>", "</a>"},
		`<a>1 &lt; 2 &amp;&#38;&#x26; "&quot;&apos;</a>`: {"<a>", `1 < 2 &&& ""'`, "</a>"},
		`<a b="&quot;&gt;>'"/>`:                          {`<a b=">>'>`, "</a>"},
		`<a>x<!-- <b> -->y<?pi <c> ?>z</a>`:              {"<a>", "xyz", "</a>"},
		`<a><![CDATA[<b>&amp;]]]></a>`:                   {"<a>", "<b>&amp;]", "</a>"},
		"<a>1\r\n2\r3&#13;4\n</a>":                       {"<a>", "1\n2\n3\r4\n", "</a>"},
		`<a><b/><b>岳阳</b></a >`:                          {"<a>", "<b>", "</b>", "<b>", "岳阳", "</b>", "</a>"},
		"<a\n\tb = \"1\"\r\n></a>":                       {"<a b=1>", "</a>"},
		`<?xml version="1.0" encoding="UTF-8"?><a/>`:     {"<a>", "</a>"},
		``: nil,
	} {
		got, err := tokens(markup.New(strings.NewReader(doc)), "b", "c")
		if diff := cmp.Diff(got, want); err != nil || diff != "" {
			t.Errorf("%q: %v %s", doc, err, diff)
		}
		slow, err := tokens(markup.New(iotest.OneByteReader(strings.NewReader(doc))), "b", "c")
		if diff := cmp.Diff(slow, got); err != nil || diff != "" {
			t.Errorf("%q, byte by byte: %v %s", doc, err, diff)
		}
	}
}

func TestDamagedDocumentIsRefused(t *testing.T) {
	t.Parallel()
	deep := strings.Repeat("<a>", 300)
	for name, doc := range map[string]string{
		"ends inside": `<a><b></b>`, "wrong end": `<a><b></a></b>`, "end alone": `</a>`, "tag cut": `<a`, "quote open": `<a b="1>`, "comment open": `<a><!-- `,
		"text outside": `<a/>x`, "unknown entity": `<a>&nbsp;</a>`, "entity open": `<a>&amp</a>`, "entity of NUL": `<a>&#0;</a>`, "entity of a surrogate": `<a>&#xD800;</a>`,
		"document type": `<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>`, "other encoding": `<?xml version="1.0" encoding="GBK"?><a/>`, "UTF-16": "\xff\xfe<\x00a\x00",
		"not UTF-8": "<a>\xff</a>", "CDATA not UTF-8": "<a><![CDATA[\xff]]></a>", "no name": `< a/>`, "empty tag": `<></>`, "too deep": deep, "too long": "<a>" + strings.Repeat("x", 2<<20),
		"instruction open": `<?xml`, "CDATA open": `<a><![CDATA[`,
	} {
		r := markup.New(strings.NewReader(doc))
		got, err := tokens(r)
		if err == nil {
			t.Errorf("%s was read as %q", name, got)
		}
		if _, again := r.Next(); again != err {
			t.Errorf("%s: the error %v became %v", name, err, again)
		}
	}
	broken := errors.New("disk")
	if _, err := tokens(markup.New(io.MultiReader(strings.NewReader("<a>"), iotest.ErrReader(broken)))); !errors.Is(err, broken) {
		t.Errorf("the source's error became %v", err)
	}
	if _, err := tokens(markup.New(stuck{})); !errors.Is(err, io.ErrNoProgress) {
		t.Errorf("a source without progress gives %v", err)
	}
}

type stuck struct{}

func (stuck) Read([]byte) (int, error) { return 0, nil }

func TestFragmentMayBeginAndEndAnywhere(t *testing.T) {
	t.Parallel()
	got, err := tokens(markup.NewFragment(strings.NewReader(`x</c></row></sheetData><m r="A1:B2"/><n>`)), "r")
	if diff := cmp.Diff(got, []string{"x", "</c>", "</row>", "</sheetData>", "<m r=A1:B2>", "</m>", "<n>"}); err != nil || diff != "" {
		t.Errorf("%v %s", err, diff)
	}
}

func TestSkipEndsBehindTheElement(t *testing.T) {
	t.Parallel()
	r := markup.New(strings.NewReader(`<a><b><b/>x<c>y</c></b><d/><e/></a>`))
	for _, name := range []string{"a", "b", "d"} {
		if kind, err := r.Next(); err != nil || kind != markup.Start || string(r.Name()) != name {
			t.Fatalf("got %v %s, want %s, %v", kind, r.Name(), name, err)
		}
		if name != "a" {
			if err := r.Skip(); err != nil {
				t.Fatal(err)
			}
		}
	}
	got, err := tokens(r)
	if diff := cmp.Diff(got, []string{"<e>", "</e>", "</a>"}); err != nil || diff != "" {
		t.Errorf("%v %s", err, diff)
	}
	if err := markup.New(strings.NewReader(`<a><b>`)).Skip(); err == nil {
		t.Error("skipping past a cut document is no fault")
	}
}

// foreign is the same telling by encoding/xml; ok is false for what this package refuses on purpose.
func foreign(doc string) (out []string, ok bool) {
	d := xml.NewDecoder(strings.NewReader(doc))
	text, depth := "", 0
	for {
		token, err := d.Token()
		if err == io.EOF {
			if text != "" {
				out = append(out, text)
			}
			return out, true
		}
		if err != nil {
			return nil, false
		}
		switch e := token.(type) {
		case xml.CharData:
			if depth == 0 && strings.TrimSpace(string(e)) != "" {
				return nil, false
			}
			text += string(e)
			continue
		case xml.StartElement:
			if depth++; depth > 200 || strings.HasPrefix(e.Name.Local, ":") {
				return nil, false
			}
			if text != "" {
				out, text = append(out, text), ""
			}
			out = append(out, "<"+e.Name.Local+">")
		case xml.EndElement:
			depth--
			if text != "" {
				out, text = append(out, text), ""
			}
			out = append(out, "</"+e.Name.Local+">")
		case xml.Directive:
			return nil, false
		}
	}
}

func TestAgreesWithTheStandardLibrary(t *testing.T) {
	t.Parallel()
	var element func(depth int) *rapid.Generator[string]
	text := rapid.Map(rapid.StringOf(rapid.RuneFrom([]rune("ab<>&'\"\r\n\t 岳😀;#]"))), func(s string) string {
		var b strings.Builder
		if err := xml.EscapeText(&b, []byte(s)); err != nil {
			panic(err)
		}
		return b.String()
	})
	element = func(depth int) *rapid.Generator[string] {
		return rapid.Custom(func(t *rapid.T) string {
			name := rapid.SampledFrom([]string{"a", "row", "x:c", "v"}).Draw(t, "name")
			s := "<" + name
			if rapid.Bool().Draw(t, "attribute") {
				s += ` r="` + text.Draw(t, "value") + `"`
			}
			if depth == 0 || rapid.Bool().Draw(t, "empty") {
				return s + "/>"
			}
			s += ">"
			for range rapid.IntRange(0, 4).Draw(t, "children") {
				s += text.Draw(t, "text") + element(depth-1).Draw(t, "child")
			}
			return s + "</" + name + ">"
		})
	}
	rapid.Check(t, func(t *rapid.T) {
		doc := element(3).Draw(t, "document")
		compare(t, doc)
	})
}

func compare(t interface {
	Helper()
	Fatalf(string, ...any)
}, doc string) {
	t.Helper()
	want, ok := foreign(doc)
	if !ok {
		return
	}
	got, err := tokens(markup.New(strings.NewReader(doc)))
	if diff := cmp.Diff(got, want); err != nil || diff != "" {
		t.Fatalf("%q: %v %s", doc, err, diff)
	}
}

func FuzzReader(f *testing.F) {
	for _, s := range []string{`<a b="1"><c>t&amp;</c><d/></a>`, `<a><![CDATA[x]]></a>`, `<?xml version="1.0"?><x:a/>`, `<a><!-- c --></a>`, "<a>\r\n</a>", `<a b='&lt;' `, "\ufeff<a/>", "<V:/>", "<V:>t</V:>"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, doc string) { compare(t, doc) })
}

func BenchmarkReader(b *testing.B) {
	doc := "<sheetData>" + strings.Repeat(`<row r="2"><c r="A2" t="inlineStr"><is><t>第1号厂房消防通道堵塞</t></is></c><c r="B2" s="3"><v>45052</v></c></row>`, 20_000) + "</sheetData>"
	b.SetBytes(int64(len(doc)))
	for b.Loop() {
		r := markup.New(strings.NewReader(doc))
		for {
			kind, err := r.Next()
			if err != nil {
				b.Fatal(err)
			}
			if kind == markup.EOF {
				break
			}
		}
	}
}
