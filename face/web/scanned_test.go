package web_test

import (
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"anlan/app/scanner"
	"anlan/app/scanner/scannertest"
	"anlan/face/web"
	"anlan/record/access"
	"anlan/store"
	"anlan/store/blob"
)

func (s *site) blobs() (n int) {
	s.Helper()
	if err := s.app.Blobs.Each(s.Context(), func(blob.Ref) error { n++; return nil }); err != nil {
		s.Fatal(err)
	}
	return n
}

// TestAVirusComesInByNoDoor: whatever a page takes is scanned first (by a real clamd). The name of what was found is said, nothing is kept, what
// else was typed is there still; and while the scanner is away nothing comes in at all.
func TestAVirusComesInByNoDoor(t *testing.T) {
	t.Parallel()
	address, stop := scannertest.Clamd(t)
	looks, err := scanner.At(address, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	s := openWith(t, store.SQLite, web.Options{Scanner: looks})
	v := s.person("lijun", "430600", access.Administrator)
	auditor := s.person("auditor", "430600", access.Auditor)
	form := func(key string) []string {
		return []string{"key", key, "unit", "430602", "number", "YH-2", "title", "通道堵塞", "found_on", "2023-05-06", "grade", "major"}
	}
	told := "没有接收“照片.txt”：病毒扫描发现" + scannertest.Name
	doors := func(content string, want int, say string) {
		t.Helper()
		v.send("/records/hazard/new", want, "attachment", "照片.txt", content, form("a")...).has(t, say, "通道堵塞")
		v.upload("/import/hazard", want, "照片.txt", content).has(t, say)
		v.send("/settings/schemes", want, "file", "照片.txt", content).has(t, say)
		v.send("/settings/templates", want, "file", "照片.txt", content, "name", "spine").has(t, say)
		auditor.sendsReports(want, nil, "照片.txt", content).has(t, say)
		if n, kept := s.count("hazard"), s.blobs(); n != 0 || kept != 0 {
			t.Errorf("%d records and %d files are kept", n, kept)
		}
	}
	doors(scannertest.Virus, 422, told)
	v.get("/checkup", 200).has(t, "病毒扫描", "ClamAV")
	at := v.send("/records/hazard/new", 303, "attachment", "照片.txt", "自己的照片", form("b")...).Header.Get("Location")
	v.get(at, 200).has(t, "照片.txt")
	edit := fmt.Sprintf("%s/edit", at)
	v.send(edit, 422, "attachment", "照片.txt", scannertest.Virus, "key", "c", "version", "1").has(t, told)
	if kept := s.blobs(); kept != 1 {
		t.Errorf("%d files are kept", kept)
	}
	stop()
	v.send(edit, 503, "attachment", "照片.txt", "另一张", "key", "d", "version", "1").has(t, "没有接收“照片.txt”：病毒扫描没有给出结论")
	v.get("/checkup", 200).has(t, "启动clamd")
	if kept := s.blobs(); kept != 1 || strings.Contains(v.get(at, 200).body, "另一张") {
		t.Errorf("%d files are kept", kept)
	}
}
