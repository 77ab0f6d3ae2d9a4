package document_test

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/xml"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"anlan/account/report/document"
)

func parts(t *testing.T, file []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range z.File {
		if f.Method != zip.Store || f.Flags&0x8 != 0 || f.Modified.Year() != 1980 {
			t.Errorf("%s is not stored with its size and a fixed time: %+v", f.Name, f.FileHeader)
		}
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		out[f.Name] = string(content)
	}
	return out
}

func TestDOCX_the_same_tree_gives_the_same_bytes(t *testing.T) {
	t.Parallel()
	if !bytes.Equal(docx(t, sample()), docx(t, sample())) || !bytes.Equal(page(t, sample()), page(t, sample())) {
		t.Fatal("two renderings differ")
	}
	golden(t, "testdata/sample.sha256", fmt.Sprintf("%x  sample.docx\n%x  sample.html\n", sha256.Sum256(docx(t, sample())), sha256.Sum256(page(t, sample()))))
}

func TestDOCX_main_part(t *testing.T) {
	t.Parallel()
	main := parts(t, docx(t, sample()))["word/document.xml"]
	golden(t, "testdata/sample.document.xml", strings.NewReplacer("</w:p>", "</w:p>\n", "<w:tr>", "\n<w:tr>", "<w:sectPr>", "\n<w:sectPr>").Replace(main))
}

func TestDOCX_every_part_is_well_formed_and_accounted_for(t *testing.T) {
	t.Parallel()
	all := parts(t, docx(t, sample()))
	types, relations := all["[Content_Types].xml"], all["word/_rels/document.xml.rels"]+all["_rels/.rels"]+all["customXml/_rels/item1.xml.rels"]
	for name, content := range all {
		dec := xml.NewDecoder(strings.NewReader(content))
		for {
			_, err := dec.Token()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
		}
		if strings.HasSuffix(name, ".rels") || name == "[Content_Types].xml" {
			continue
		}
		if !strings.Contains(types, `PartName="/`+name+`"`) && name != "customXml/item1.xml" { // any XML
			t.Errorf("%s has no content type", name)
		}
		if !strings.Contains(relations, `Target="`+strings.TrimPrefix(name, "word/")+`"`) && !strings.Contains(relations, `Target="`+name+`"`) &&
			!strings.Contains(relations, `Target="../`+name+`"`) && !strings.Contains(relations, `Target="`+strings.TrimPrefix(name, "customXml/")+`"`) {
			t.Errorf("nothing leads to %s", name)
		}
	}
}

func TestDOCX_properties_hold_the_basis(t *testing.T) {
	t.Parallel()
	custom := parts(t, docx(t, sample()))["docProps/custom.xml"]
	for name, value := range map[string]string{"anlan.book": "430600", "anlan.epoch": "1", "anlan.position": "1234", "anlan.root": sample().Basis.Root, "anlan.synthetic": "true"} {
		if !strings.Contains(custom, `name="`+name+`"><vt:lpwstr>`+value+`<`) {
			t.Errorf("%s is not %s", name, value)
		}
	}
}

func TestDOCX_says_what_its_figures_are(t *testing.T) {
	t.Parallel()
	d := sample()
	d.Origin = document.Origin{Template: "department", Period: "2023"}
	all := parts(t, docx(t, d))
	held, ok := document.ParseHeld([]byte(all["customXml/item1.xml"]))
	if !ok {
		t.Fatal("the part is not read")
	}
	var want document.Held
	for _, f := range d.Figures() {
		want.Figures = append(want.Figures, document.HeldFigure{ID: f.ID, Value: f.Value, Section: f.Section, Text: f.Text})
	}
	lines := d.Lines()
	for _, l := range lines {
		if strings.HasPrefix(l, "本报告数据截至") {
			want.Figures = append(want.Figures, document.HeldFigure{ID: document.BasisTag, Text: l})
		}
	}
	if diff := cmp.Diff(want, held); diff != "" {
		t.Error(diff)
	}
	for name, value := range map[string]string{document.PropertyTemplate: "department", document.PropertyPeriod: "2023"} {
		if !strings.Contains(all["docProps/custom.xml"], `name="`+name+`"><vt:lpwstr>`+value+`<`) {
			t.Errorf("%s is not %s", name, value)
		}
	}
	d.Closing, d.Basis, d.Origin = "由部门汇总。", document.Basis{}, document.Origin{}
	if other := parts(t, docx(t, d)); other["customXml/item1.xml"] != "" || strings.Contains(other["word/document.xml"], document.BasisTag) {
		t.Error("a document that no book gave says what its figures were")
	}
	if _, ok := document.ParseHeld([]byte(`<figures xmlns="urn:another"/>`)); ok {
		t.Error("somebody else's part is taken for ours")
	}
}

func TestHTML_page(t *testing.T) {
	t.Parallel()
	whole := string(page(t, sample()))
	from, to := strings.Index(whole, "<style>"), strings.Index(whole, "</style>")
	golden(t, "testdata/sample.html", whole[:from]+"<style>"+whole[to:])
}

func TestHTML_needs_nothing_from_outside_and_its_links_lead_somewhere(t *testing.T) {
	t.Parallel()
	root, err := html.Parse(bytes.NewReader(page(t, sample())))
	if err != nil {
		t.Fatal(err)
	}
	ids, links := map[string]bool{}, []string{}
	for n := range root.Descendants() {
		if slices.Contains([]string{"script", "link", "img", "iframe", "object", "form"}, n.Data) && n.Type == html.ElementNode {
			t.Errorf("there is a <%s>", n.Data)
		}
		for _, a := range n.Attr {
			switch {
			case a.Key == "id":
				if ids[a.Val] {
					t.Errorf("id %s is used twice", a.Val)
				}
				ids[a.Val] = true
			case a.Key == "href":
				links = append(links, a.Val)
			case strings.HasPrefix(a.Key, "on"), a.Key == "src", a.Key == "style":
				t.Errorf("there is an attribute %s", a.Key)
			}
		}
	}
	for _, l := range links {
		if !strings.HasPrefix(l, "#") || !ids[l[1:]] {
			t.Errorf("the link %s leads nowhere", l)
		}
	}
	for _, f := range sample().Figures() {
		if !ids["fig-"+f.ID] || !ids["about-"+f.ID] {
			t.Errorf("%s cannot be reached", f.ID)
		}
	}
	if css := string(page(t, sample())); strings.Contains(css, "url(") || strings.Contains(css, "@import") || strings.Contains(css, "http") {
		t.Error("the page asks for something from outside")
	}
}

// need says whether a program is installed; where ANLAN_REQUIRE names it, its absence fails the test.
func need(t *testing.T, program string) bool {
	t.Helper()
	if _, err := exec.LookPath(program); err == nil {
		return true
	}
	if strings.Contains(os.Getenv("ANLAN_REQUIRE"), program) {
		t.Fatalf("%s is required and not installed", program)
	}
	return false
}

// TestDOCX_is_laid_out_as_the_standard_says converts a report by LibreOffice with the stand-in fonts, and counts on a page
// of plain prose 22 lines, of 28 characters where nothing is compressed.
func TestDOCX_is_laid_out_as_the_standard_says(t *testing.T) {
	t.Parallel()
	if !need(t, "soffice") {
		t.Skip("SKIPPED: soffice is not installed, so the layout of the Word document was not looked at")
	}
	d := sample()
	d.Title, d.Synthetic = "示例市应急管理局工作报告", false
	d.Blocks = []document.Block{document.PageBreak{}, document.Paragraph{document.Text(strings.Repeat("国", 28*60))}}
	dir := t.TempDir()
	file := filepath.Join(dir, "a.docx")
	if err := os.WriteFile(file, docx(t, d), 0o644); err != nil {
		t.Fatal(err)
	}
	fonts, err := filepath.Abs("fonts/anlan.conf")
	if err != nil {
		t.Fatal(err)
	}
	convert := exec.CommandContext(t.Context(), "soffice", "-env:UserInstallation=file://"+filepath.Join(dir, "profile"), "--headless", "--convert-to", "pdf", "--outdir", dir, file)
	convert.Env = append(os.Environ(), "FONTCONFIG_FILE="+fonts)
	if out, err := convert.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	pdf := filepath.Join(dir, "a.pdf")
	if _, err := os.Stat(pdf); err != nil {
		t.Fatal(err)
	}
	if !need(t, "pdftotext") {
		t.Skip("SKIPPED: pdftotext is not installed, so the lines of the page were not counted")
	}
	text, err := exec.CommandContext(t.Context(), "pdftotext", "-f", "2", "-l", "2", "-layout", pdf, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	var widths []int
	for _, l := range strings.Split(string(text), "\n") {
		if l = strings.TrimSpace(l); strings.HasPrefix(l, "国") {
			widths = append(widths, utf8.RuneCountInString(l))
		}
	}
	if len(widths) != 22 || widths[0] != 26 || slices.Min(widths[1:]) != 28 || slices.Max(widths) != 28 {
		t.Errorf("the page has %d lines of %v characters, want 22 of 28, the first of 26", len(widths), widths)
	}
	if !strings.Contains(string(text), "— 2 —") && !strings.Contains(string(text), "—2—") {
		t.Errorf("the page number is not there:\n%s", text)
	}
}
