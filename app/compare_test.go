package app_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"anlan/account/check/reading"
	"anlan/account/report"
	"anlan/account/report/compare"
	"anlan/app"
	"anlan/record/book"
	"anlan/store"
)

// A report that comes back as it was published is known by its bytes, wherever it lies; any other only by its words.
func TestAReportThatThisBookPublishedIsComparedByItsOwnFigures(t *testing.T) {
	t.Parallel()
	w := found(t, store.SQLite)
	w.small()
	dir := w.report()
	against := func(content []byte, beside string) *compare.Report {
		doc, err := reading.Read("brought.docx", bytes.NewReader(content), int64(len(content)))
		if err != nil {
			t.Fatal(err)
		}
		var r *compare.Report
		err = w.app.Book.Read(w.ctx, w.admin, 0, func(v *book.View) (err error) {
			r, err = w.app.Compare(w.ctx, v, doc, app.Comparison{Period: year2023, Unit: "430600", Beside: beside})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	content, err := os.ReadFile(filepath.Join(dir, report.DOCX))
	if err != nil {
		t.Fatal(err)
	}
	if r := against(content, ""); r.Own == 0 || r.Summary.NotAligned > 0 {
		t.Errorf("%d figures are its own, %d are not aligned", r.Own, r.Summary.NotAligned)
	}
	if r := against(append(content, 0), ""); r.Own != 0 { // another file, though Word reads the same
		t.Errorf("%d figures of another file are its own", r.Own)
	}
	if err := os.RemoveAll(filepath.Join(w.options.Data, "blob")); err != nil {
		t.Fatal(err)
	}
	if r := against(content, ""); r.Own != 0 {
		t.Errorf("%d figures come from files that are not kept", r.Own)
	}
}
