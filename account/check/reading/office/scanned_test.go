package office_test

import (
	"bytes"
	"image"
	"image/draw"
	"image/png"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"anlan/account/check"
	"anlan/account/check/marked"
	"anlan/account/check/reading"
	"anlan/account/check/reading/ocr"
	"anlan/account/check/reading/office"
	"anlan/account/check/reading/printed/pdftest"
	"anlan/ground/lang"
)

// scannable skips where a page cannot be printed, drawn or recognised.
func scannable(t *testing.T) {
	t.Helper()
	installed(t)
	if _, err := ocr.Installed(); err != nil {
		if strings.Contains(os.Getenv("ANLAN_REQUIRE"), "tesseract") {
			t.Fatal(err)
		}
		t.Skipf("SKIPPED: %v", err)
	}
	if _, err := exec.LookPath("pdftoppm"); err != nil {
		if strings.Contains(os.Getenv("ANLAN_REQUIRE"), "tesseract") {
			t.Fatal(err)
		}
		t.Skipf("SKIPPED: %v", err)
	}
}

// scanned prints a page and scans it again: drawn at 200 points an inch, a little askew, with specks of dust.
func scanned(t *testing.T, html string) string {
	t.Helper()
	pdf, err := office.Convert(t.Context(), office.Job{Name: "a.html", Content: []byte(html), As: "HTML (StarWriter)", To: "pdf"})
	if err != nil {
		t.Fatal(err)
	}
	path := written(t, "a.pdf", pdf)
	if out, err := exec.Command("pdftoppm", "-r", "200", "-gray", "-png", path, filepath.Join(filepath.Dir(path), "page")).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	names, err := filepath.Glob(filepath.Join(filepath.Dir(path), "page-*.png"))
	if err != nil || len(names) == 0 {
		t.Fatalf("no page was drawn: %v", err)
	}
	var pages [][]byte
	var size image.Point
	for _, name := range names {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		drawn, err := png.Decode(bytes.NewReader(b))
		if err != nil {
			t.Fatal(err)
		}
		size = drawn.Bounds().Size()
		gray := image.NewGray(image.Rect(0, 0, size.X, size.Y))
		draw.Draw(gray, gray.Bounds(), image.White, image.Point{}, draw.Src)
		dust := rand.New(rand.NewPCG(1, 2))
		for x := range size.X {
			off := x / 300 // one part in three hundred
			for y := range size.Y - off {
				gray.Set(x, y+off, drawn.At(x, y))
			}
		}
		for range 300 {
			gray.Pix[dust.IntN(len(gray.Pix))] = 40
		}
		pages = append(pages, gray.Pix)
	}
	return pdftest.Scanned(size.X, size.Y, pages...)
}

const printedPage = `<html><head><meta charset="utf-8"><style>body{font-family:"Noto Serif CJK SC";font-size:14pt} td{padding:4px}</style></head><body>
<p>全年支出合计2030.18万元，其中基本支出1604.62万元，项目支出425.56万元。</p>
<table border="1" cellspacing="0" width="100%"><tr><td>项目</td><td>合计</td><td>基本支出</td><td>项目支出</td></tr>
<tr><td>工资福利支出</td><td>1235.34</td><td>1235.34</td><td>0.00</td></tr>
<tr><td>商品和服务支出</td><td>794.84</td><td>369.28</td><td>435.56</td></tr>
<tr><td>合计</td><td>2030.18</td><td>1604.62</td><td>425.56</td></tr></table></body></html>`

func TestAScannedReportIsReadFromItsPicturesAndOnlyDoubted(t *testing.T) {
	scannable(t)
	path := written(t, "扫描.pdf", []byte(scanned(t, printedPage)))
	doc, err := office.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	if doc.PagesPictured() != 1 || len(doc.Unread) != 0 || len(doc.Tables) != 1 || doc.Tables[0].Columns != 4 || doc.Tables[0].Rows != 4 {
		t.Fatalf("%d pages, unread %v, %d tables\n%s", doc.PagesPictured(), doc.Unread, len(doc.Tables), doc.Text)
	}
	f := check.Check(doc, check.Options{})
	if f.Summary.Contradictions != 0 || f.Summary.Notes == 0 || f.Summary.Holds == 0 || f.Summary.PagesPictured != 1 {
		t.Fatalf("%+v\n%s", f.Summary, doc.Text)
	}
	figures := f.ByID()
	for _, r := range f.Relations {
		if r.Verdict != check.Noted {
			continue
		}
		marked := false
		for _, n := range r.Notes {
			marked = marked || n.Code == "picture"
		}
		stated := figures[r.Figures[0]]
		if crop := doc.Crop(stated.Offset); !marked || !stated.Picture || len(crop) == 0 {
			t.Errorf("%s %s: marked %v, from a picture %v, crop of %d bytes", r.Rule, r.Message.Zh, marked, stated.Picture, len(crop))
		}
	}
	var page bytes.Buffer
	if err := marked.Write(&page, doc, &f, lang.Chinese); err != nil || !strings.Contains(page.String(), `<img src="data:image/png;base64,`) {
		t.Errorf("the page shows no crop: %v", err)
	}
	plain, err := reading.Open(path)
	if err != nil || len(plain.Unread) != 1 || plain.PagesPictured() != 0 || plain.Crop(0) != nil {
		t.Errorf("without Tesseract: %v, unread %v", err, plain.Unread)
	}
}
