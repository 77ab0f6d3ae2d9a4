package app_test

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"anlan/ground/place"
	"anlan/record/book"
	"anlan/record/exchange"
	"anlan/store"
)

// shared is a file of the material beside the repository. Without it the test skips, loudly, unless it is required.
func shared(t *testing.T, name string) string {
	t.Helper()
	path := filepath.Join("..", "..", "shared", filepath.FromSlash(name))
	if _, err := os.Stat(path); err != nil {
		if strings.Contains(os.Getenv("ANLAN_REQUIRE"), "shared") {
			t.Fatalf("%s is required and not there: %v", name, err)
		}
		t.Skipf("SKIPPED: %s is not beside the repository", name)
	}
	return path
}

func TestTheTownshipsOfTheCityComeByImport(t *testing.T) {
	t.Parallel()
	f, err := os.Open(shared(t, "data/geo/430600-townships.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var sheet strings.Builder
	sheet.WriteString("区划代码,名称,级别,隶属\n")
	for _, r := range rows[1:] { // code, name, county
		sheet.WriteString(r[0] + "," + r[1] + ",乡级," + r[2] + "\n")
	}
	w := found(t, store.SQLite)
	o, err := exchange.Import(w.ctx, w.book, w.admin, exchange.Request{Kind: "place", Path: "townships.csv", Content: []byte(sheet.String())})
	if err != nil {
		t.Fatal(err)
	}
	if want := len(rows) - 1; o.New != want {
		t.Errorf("got %d townships, want %d", o.New, want)
	}
	w.read(0, func(v *book.View) {
		tree, err := v.PlaceTree()
		if err != nil {
			t.Fatal(err)
		}
		under := map[place.Code]int{}
		for _, c := range []place.Code{"430602", "430626", "430671", "430600"} {
			under[c] = len(tree.On(c, day("2023-12-31"))) - 1
		}
		if under["430602"] != 25 || under["430626"] != 25 || under["430671"] != 4 || under["430600"] != 10+len(rows)-1 {
			t.Errorf("townships under: %v", under)
		}
	})
	w.sound()
}
