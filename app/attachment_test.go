package app_test

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"anlan/record/book"
	"anlan/record/exchange"
	"anlan/safety/hazard"
	"anlan/store/blob"
)

func TestAnImportStoresTheFilesThatItsCellsName(t *testing.T) {
	onBoth(t, func(w *world) {
		dir := w.TempDir()
		write := func(name, content string) string {
			path := filepath.Join(dir, name)
			if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
				w.Fatal(err)
			}
			if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
				w.Fatal(err)
			}
			return path
		}
		write("照片/整改前.jpg", "之前")
		write("整改单.txt", "限期整改")
		sheet := func(files string) string {
			return write("a.csv", "所属单位,隐患编号,隐患描述,隐患级别,排查日期,附件\n430602,F1,示例,一般事故隐患,2023-05-06,\""+files+"\"\n")
		}
		q := exchange.Request{Kind: "hazard", Path: sheet("照片/整改前.jpg\n整改单.txt"), Files: w.app.Blobs}
		if _, err := exchange.Import(w.ctx, w.book, w.admin, q); err != nil {
			w.Fatal(err)
		}
		w.read(0, func(v *book.View) {
			r, err := v.Find("hazard", "F1")
			if err != nil {
				w.Fatal(err)
			}
			files := r.(*hazard.Hazard).Files
			if len(files) != 2 || files[0].Name != "整改前.jpg" {
				w.Fatalf("got %+v", files)
			}
			f, err := w.app.Blobs.Open(w.ctx, blob.Sum(files[1].SHA256))
			if err != nil {
				w.Fatal(err)
			}
			defer f.Close()
			if got, err := io.ReadAll(f); err != nil || string(got) != "限期整改" {
				w.Errorf("got %q (%v)", got, err)
			}
		})
		secret := filepath.Join(filepath.Dir(dir), "秘密.txt")
		if err := os.WriteFile(secret, []byte("x"), 0o600); err != nil {
			w.Fatal(err)
		}
		for _, name := range []string{"../秘密.txt", secret, "没有.jpg", "照片"} {
			q.Path = sheet(name)
			if _, err := exchange.Import(w.ctx, w.book, w.admin, q); !errors.Is(err, exchange.ErrAttachedFile) {
				w.Errorf("%s: got %v, want %v", name, err, exchange.ErrAttachedFile)
			}
		}
		w.sound()
	})
}
