package report_test

import (
	"bytes"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"anlan/account/check"
	"anlan/account/check/reading"
	"anlan/account/report/pdf"
)

// claimsOf are what a document's figures claim of each other, without their places.
func claimsOf(t *testing.T, name string, content []byte) (out []string) {
	t.Helper()
	doc, err := reading.Read(name, bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	f := check.Check(doc, check.Options{})
	figures := f.ByID()
	plain := strings.NewReplacer(" ", "", ",", "")
	for _, r := range f.Relations {
		line := r.Rule + " " + string(r.Verdict)
		for _, id := range r.Figures {
			line += " " + plain.Replace(figures[id].Text)
		}
		out = append(out, line)
	}
	slices.Sort(out)
	return out
}

func TestTheReportMakesTheSameClaimsAsWordFileWebPageAndPDF(t *testing.T) {
	t.Parallel()
	d := ofYear(t, "department.report").Document
	var word, page bytes.Buffer
	if err := d.RenderDOCX(&word); err != nil {
		t.Fatal(err)
	}
	if err := d.RenderHTML(&page); err != nil {
		t.Fatal(err)
	}
	want := claimsOf(t, "report.docx", word.Bytes())
	if len(want) < 20 {
		t.Fatalf("only %d claims", len(want))
	}
	if diff := cmp.Diff(want, claimsOf(t, "report.html", page.Bytes())); diff != "" {
		t.Error("the web page:", diff)
	}
	if _, err := pdf.Installed(); err != nil {
		if strings.Contains(os.Getenv("ANLAN_REQUIRE"), "soffice") {
			t.Fatal(err)
		}
		t.Skipf("SKIPPED: %v", err)
	}
	printed, err := pdf.From(t.Context(), word.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, claimsOf(t, "report.pdf", printed)); diff != "" {
		t.Error("the PDF:", diff)
	}
}
