package printed

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"anlan/account/check/reading/printed/pdftest"
)

// pages reads all pages of a file.
func pages(t testing.TB, content string) (all []*Page) {
	t.Helper()
	if err := Read(content, func(p *Page) error { all = append(all, p); return nil }); err != nil {
		t.Fatal(err)
	}
	return all
}

// textOf is what is printed on a page, in the order of the file.
func textOf(p *Page) string {
	var b strings.Builder
	for _, g := range p.Glyphs {
		if g.Spaced {
			b.WriteByte(' ')
		}
		b.WriteRune(g.Rune)
	}
	return b.String()
}

func TestCharactersStandWhereTheyArePrinted(t *testing.T) {
	t.Parallel()
	for _, turn := range []int{0, 90, 180, 270} {
		p := &pdftest.Page{Turn: turn, Width: 600, Height: 800}
		// Drawn so that a reader sees it upright, its first character 100 points from the left and 200 from the top.
		switch turn {
		case 0:
			p.Text(100, 200, 10, "收入1,204.5")
		case 90:
			p.Angled(200, 700, 10, "0 1 -1 0", "收入1,204.5")
		case 180:
			p.Angled(500, 600, 10, "-1 0 0 -1", "收入1,204.5")
		case 270:
			p.Angled(400, 100, 10, "0 -1 1 0", "收入1,204.5")
		}
		got := pages(t, pdftest.File("", p))[0]
		if s := textOf(got); s != "收入1,204.5" || got.Turned != 0 {
			t.Errorf("turned %d: %q, %d at an angle", turn, s, got.Turned)
			continue
		}
		first, digit := got.Glyphs[0], got.Glyphs[2]
		if first.Left != 10_000 || first.Base != 20_000 || first.Width() != 1_000 || digit.Left != 12_000 || digit.Width() != 500 {
			t.Errorf("turned %d: %+v %+v", turn, first, digit)
		}
		if w, h := got.Width, got.Height; turn%180 == 0 && (w != 60_000 || h != 80_000) || turn%180 == 90 && (w != 80_000 || h != 60_000) {
			t.Errorf("turned %d: the page is %d by %d", turn, w, h)
		}
	}
}

func TestLinesAndPicturesOfAPage(t *testing.T) {
	t.Parallel()
	p := (&pdftest.Page{}).Line(50, 100, 250, 100).Line(50, 100, 50, 300).Line(10, 10, 60, 60).Fill(50, 400, 200, 1).Fill(50, 500, 200, 100).Picture(100, 600, 50, 40)
	got := pages(t, pdftest.File("", p))[0]
	want := []Box{{5_000, 10_000, 25_000, 10_000}, {5_000, 10_000, 5_000, 30_000}, {5_000, 40_000, 25_000, 40_100}}
	if diff := cmp.Diff(want, got.Rules); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]Box{{10_000, 60_000, 15_000, 64_000}}, got.Pictures); diff != "" || got.Drawings != 2 {
		t.Errorf("%d drawings, pictures %s", got.Drawings, diff)
	}
}

func TestAWatermarkIsCountedAndNotRead(t *testing.T) {
	t.Parallel()
	p := (&pdftest.Page{}).Text(100, 100, 12, "支出100万元").Angled(200, 400, 60, "0.7 0.7 -0.7 0.7", "内部资料999")
	if got := pages(t, pdftest.File("", p))[0]; textOf(got) != "支出100万元" || got.Turned != 7 {
		t.Errorf("%q, %d at an angle", textOf(got), got.Turned)
	}
}

func TestFilesThatAreRefused(t *testing.T) {
	t.Parallel()
	whole := pdftest.File("", (&pdftest.Page{}).Text(100, 100, 12, "支出100万元"))
	for name, c := range map[string]struct {
		content string
		want    error
	}{
		"nothing but the first line": {"%PDF-1.7\n", ErrDamaged},
		"no PDF":                     {"支出100万元", ErrDamaged},
		"cut off in the first half":  {whole[:len(whole)/3], ErrDamaged},
		"a password":                 {pdftest.File(pdftest.Locked, (&pdftest.Page{}).Text(100, 100, 12, "支出")), ErrPassword},
		"no page":                    {pdftest.File(""), ErrDamaged},
		"more pages than are read":   {pdftest.File("", slices.Repeat([]*pdftest.Page{{}}, pagesMax+1)...), ErrTooLarge},
	} {
		err := Read(c.content, func(*Page) error { return nil })
		if !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

func TestAPageThatIsNotThereIsDamaged(t *testing.T) {
	t.Parallel()
	whole := pdftest.File("", (&pdftest.Page{}).Text(100, 100, 12, "支出100万元"))
	for _, content := range []string{
		strings.Replace(whole, "/Kids[6 0 R ]", "/Kids[2 0 R ]", 1), // its own child
		strings.Replace(whole, "/Kids[6 0 R ]", "/Kids[9 0 R ]", 1),
	} {
		for _, p := range pages(t, content) {
			if !p.Damaged {
				t.Errorf("%q", textOf(p))
			}
		}
	}
}

func TestAPageWithTooMuchOnItIsCut(t *testing.T) {
	t.Parallel()
	p := &pdftest.Page{}
	for range objectsMax/4 + 1 {
		p.Line(50, 100, 250, 100)
		p.Line(50, 100, 50, 300)
	}
	if got := pages(t, pdftest.File("", p))[0]; !got.Cut || len(got.Rules) > objectsMax {
		t.Errorf("cut %v with %d lines", got.Cut, len(got.Rules))
	}
}

func TestReadingThatTakesTooLongIsGivenUp(t *testing.T) {
	t.Parallel()
	content := pdftest.File("", (&pdftest.Page{}).Text(100, 100, 12, "支出100万元"))
	if err := read(content, time.Nanosecond, false, func(*Page) error { return nil }); !errors.Is(err, ErrTooSlow) {
		t.Errorf("%v", err)
	}
	stop := errors.New("enough")
	if err := Read(content, func(*Page) error { return stop }); err != stop {
		t.Errorf("%v, want the caller's own error", err)
	}
}

func TestTheStoppableTranslationReadsTheSame(t *testing.T) {
	givenUp.Add(1)
	defer givenUp.Add(-1)
	content := pdftest.File("", (&pdftest.Page{}).Text(100, 100, 12, "支出100万元"))
	if got := pages(t, content); textOf(got[0]) != "支出100万元" {
		t.Errorf("%q", textOf(got[0]))
	}
}

func FuzzRead(f *testing.F) {
	f.Add(pdftest.File("", (&pdftest.Page{}).Text(100, 100, 12, "支出100万元").Grid([]int{50, 150, 250}, []int{50, 80})))
	f.Add(pdftest.File(pdftest.Locked, &pdftest.Page{}))
	f.Fuzz(func(t *testing.T, content string) {
		err := read(content, 20*time.Second, false, func(p *Page) error {
			for _, g := range p.Glyphs {
				if g.Left > g.Right || g.Top > g.Bottom {
					t.Fatalf("%+v", g)
				}
			}
			return nil
		})
		if errors.Is(err, ErrTooSlow) {
			t.Fatal(err)
		}
	})
}
