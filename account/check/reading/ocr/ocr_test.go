package ocr

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/png"
	"os"
	"strings"
	"testing"

	"anlan/account/check/reading/printed"
)

const answer = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html><body><div class='ocr_page' title='image "unknown"; bbox 0 0 1000 500'>
<span class='ocr_line' title="bbox 100 50 400 100; baseline 0.01 -10; x_size 50">
<span class='ocrx_word'><span class='ocrx_cinfo' title='x_bboxes 100 55 140 95; x_conf 98.5'>支</span><span class='ocrx_cinfo' title='x_bboxes 152 55 190 95; x_conf 98'>出</span></span>
<span class='ocrx_word'><span class='ocrx_cinfo' title='x_bboxes 300 55 318 95; x_conf 97'>1</span><span class='ocrx_cinfo' title='x_bboxes 325 90 330 95; x_conf 97'>.</span><span class='ocrx_cinfo' title='x_bboxes 350 55 370 95; x_conf 31.5'>3</span><span class='ocrx_cinfo' title='x_bboxes 380 50 384 100; x_conf 99'>|</span></span>
</span></div></body></html>`

func TestCharactersTakeTheirPlaceInTheLine(t *testing.T) {
	lines, err := linesOf([]byte(answer))
	if err != nil {
		t.Fatal(err)
	}
	got := glyphs(lines, &printed.Scan{Width: 1000, Height: 500, DPI: 72})
	box := func(left, right int) printed.Box {
		return printed.Box{Left: left * 100, Top: 5_000, Right: right * 100, Bottom: 10_000}
	}
	want := []printed.Glyph{
		{Box: box(100, 152), Base: 9_200, Rune: '支'}, // as far as the next begins
		{Box: box(152, 190), Base: 9_200, Rune: '出'}, // a column's gap stays
		{Box: box(300, 325), Base: 9_200, Rune: '1'},
		{Box: box(325, 350), Base: 9_200, Rune: '.'},
		{Box: box(350, 370), Base: 9_200, Rune: '\ufffd'}, // not sure enough; the stroke behind it is a line of a table
	}
	if len(got) != len(want) {
		t.Fatalf("%d characters: %+v", len(got), got)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("character %d: %+v, want %+v", i, got[i], want[i])
		}
	}
}

func TestNumbersAreTakenFromTheDataForDigits(t *testing.T) {
	lines, err := linesOf([]byte(answer))
	if err != nil {
		t.Fatal(err)
	}
	numbers, err := linesOf([]byte(`<html><span class='ocr_line' title="bbox 90 50 400 100; x_size 50">
<span class='ocrx_word'><span class='ocrx_cinfo' title='x_bboxes 100 55 190 95; x_conf 99'>7</span></span>
<span class='ocrx_word'><span class='ocrx_cinfo' title='x_bboxes 300 55 318 95; x_conf 97'>1</span><span class='ocrx_cinfo' title='x_bboxes 325 90 330 95; x_conf 97'>.</span><span class='ocrx_cinfo' title='x_bboxes 350 55 370 95; x_conf 98'>8</span></span>
<span class='ocrx_word'><span class='ocrx_cinfo' title='x_bboxes 376 55 390 95; x_conf 98'>A</span></span></span></html>`))
	if err != nil {
		t.Fatal(err)
	}
	withNumbers(lines, numbers)
	var b strings.Builder
	for _, g := range glyphs(lines, &printed.Scan{Width: 1000, Height: 500, DPI: 72}) {
		b.WriteRune(g.Rune)
	}
	if b.String() != "支出1.8" { // what stands over Chinese, and what is no number, is left
		t.Errorf("read as %s", &b)
	}
}

func TestAnAnswerThatIsNoneIsAFaultOrGivesNothing(t *testing.T) {
	for _, c := range []struct {
		answer string
		bad    bool
	}{
		{"", false},
		{"<html><span class='ocrx_cinfo' title='x_bboxes 1 2 3 4'>1</span></html>", false},                                                    // outside a line
		{"<html><span class='ocr_line' title='bbox 9 9 1 1'><span class='ocrx_cinfo' title='x_bboxes 1 2 3 4'>1</span></span></html>", false}, // no box
		{"<html><span class='ocr_line' title='bbox 0 0 99999999999999999999 1'/></html>", false},
		{"<html><![", true},
	} {
		lines, err := linesOf([]byte(c.answer))
		got := glyphs(lines, &printed.Scan{Width: 10, Height: 10, DPI: 300})
		if (err != nil) != c.bad || len(got) > 0 || c.bad && !errors.Is(err, ErrNotRecognised) {
			t.Errorf("%q: %v, %v", c.answer, got, err)
		}
	}
}

func FuzzGlyphs(f *testing.F) {
	f.Add(answer)
	f.Fuzz(func(t *testing.T, s string) {
		lines, _ := linesOf([]byte(s))
		withNumbers(lines, lines)
		for _, g := range glyphs(lines, &printed.Scan{Width: 1000, Height: 500, DPI: 300}) {
			if g.Right < g.Left || g.Bottom < g.Top {
				t.Fatalf("%+v is no place", g)
			}
		}
	})
}

func TestTesseractIsAskedForReal(t *testing.T) {
	if _, err := Installed(); err != nil {
		if strings.Contains(os.Getenv("ANLAN_REQUIRE"), "tesseract") {
			t.Fatal(err)
		}
		t.Skipf("SKIPPED: %v", err)
	}
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewPaletted(image.Rect(0, 0, 400, 200), color.Palette{color.White, color.Black})); err != nil {
		t.Fatal(err)
	}
	got, err := Glyphs(t.Context(), &printed.Scan{PNG: b.Bytes(), Width: 400, Height: 200, DPI: 300})
	if err != nil || len(got) > 0 {
		t.Errorf("an empty page: %v, %v", got, err)
	}
	if _, err := Glyphs(t.Context(), &printed.Scan{PNG: []byte("no picture"), Width: 400, Height: 200, DPI: 300}); !errors.Is(err, ErrNotRecognised) {
		t.Errorf("no picture: %v", err)
	}
}
