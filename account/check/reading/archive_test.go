package reading

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"testing"
)

// stored packs parts of n bytes each without compression, so that only their size is out of the ordinary.
func stored(t *testing.T, n int, names ...string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range names {
		w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(make([]byte, n)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestArchive_one_part_too_large_is_refused(t *testing.T) {
	t.Parallel()
	a, err := openArchive(stored(t, partMaxBytes+1, "a"))
	if err != nil {
		t.Fatal(err)
	}
	p, err := a.open("a")
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	if n, err := io.Copy(io.Discard, p); !errors.Is(err, ErrBomb) || n > partMaxBytes {
		t.Errorf("%d bytes were read: %v", n, err)
	}
}

func TestArchive_parts_too_large_together_are_refused(t *testing.T) {
	t.Parallel()
	const size = 1000
	a, err := openArchive(stored(t, size, "a", "b", "c"))
	if err != nil {
		t.Fatal(err)
	}
	a.unread = 2 * size // in place of allMaxBytes
	for i, name := range []string{"a", "b", "c"} {
		p, err := a.open(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(io.Discard, p); errors.Is(err, ErrBomb) != (i == 2) {
			t.Errorf("part %s: %v", name, err)
		}
		p.Close()
	}
}

func TestArchive_a_part_that_is_there_twice_is_refused(t *testing.T) {
	t.Parallel()
	if _, err := openArchive(stored(t, 1, "word/document.xml", "Word/Document.xml")); !errors.Is(err, ErrDamagedDocx) {
		t.Error(err)
	}
}
