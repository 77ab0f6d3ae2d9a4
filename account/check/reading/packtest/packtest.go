// Package packtest changes what is packed in a Word file or a workbook, as an office program or an attacker would. It serves tests.
package packtest

import (
	"archive/zip"
	"bytes"
	"io"
	"testing"
)

// Repack gives an archive in which change has had its way with each part, in their order.
func Repack(t testing.TB, file []byte, change func(name, part string) string) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		part, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		to, err := w.Create(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(to, change(f.Name, string(part))); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
