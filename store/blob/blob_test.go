package blob_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/iotest"

	"anlan/store"
	"anlan/store/blob"
	"anlan/store/storetest"
)

func open(t *testing.T, db *store.DB) (*blob.Blobs, string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "blob")
	b, err := blob.New(db, dir)
	if err != nil {
		t.Fatal(err)
	}
	return b, dir
}

func put(t *testing.T, b *blob.Blobs, content []byte) blob.Ref {
	t.Helper()
	ref, err := b.Put(t.Context(), bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	return ref
}

func get(t *testing.T, b *blob.Blobs, sum blob.Sum) ([]byte, error) {
	t.Helper()
	r, err := b.Open(t.Context(), sum)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return io.ReadAll(r)
}

func TestABlobComesBackByItsHash(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		b, dir := open(t, db)
		for name, content := range map[string][]byte{
			"nothing":            {},
			"a text":             []byte("整改前照片"),
			"just one piece":     bytes.Repeat([]byte{7}, 1<<20),
			"a byte more":        bytes.Repeat([]byte{7}, 1<<20+1),
			"several pieces":     bytes.Repeat([]byte("0123456789"), 300_000),
			"what holds newline": []byte("a\r\n\x00b"),
		} {
			ref := put(t, b, content)
			if want := blob.Sum(sha256.Sum256(content)); ref.Sum != want || ref.Size != int64(len(content)) {
				t.Errorf("%s: got %v", name, ref)
			}
			if got, err := get(t, b, ref.Sum); err != nil || !bytes.Equal(got, content) {
				t.Errorf("%s: %d bytes came back as %d, %v", name, len(content), len(got), err)
			}
			if has, err := b.Has(t.Context(), ref.Sum); !has || err != nil {
				t.Errorf("%s: it is not there: %v", name, err)
			}
			if again := put(t, b, content); again != ref {
				t.Errorf("%s: the same content is %v the second time", name, again)
			}
		}
		if left, err := filepath.Glob(filepath.Join(dir, "incoming-*")); len(left) > 0 || err != nil {
			t.Errorf("left behind: %v, %v", left, err)
		}
	})
}

func TestEachGivesAllInOrder(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		b, dir := open(t, db)
		want := map[blob.Sum]int64{}
		for i := range 30 {
			ref := put(t, b, bytes.Repeat([]byte{1}, i))
			want[ref.Sum] = ref.Size
		}
		if err := os.WriteFile(filepath.Join(dir, "incoming-9"), []byte("what a power cut left"), 0o600); err != nil {
			t.Fatal(err)
		}
		last := ""
		err := b.Each(t.Context(), func(r blob.Ref) error {
			if size, ok := want[r.Sum]; !ok || size != r.Size || r.Sum.String() <= last {
				t.Errorf("got %v after %s", r, last)
			}
			delete(want, r.Sum)
			last = r.Sum.String()
			return nil
		})
		if err != nil || len(want) > 0 {
			t.Errorf("%d were not given, %v", len(want), err)
		}
		stop := errors.New("stop")
		if err := b.Each(t.Context(), func(blob.Ref) error { return stop }); !errors.Is(err, stop) {
			t.Errorf("got %v", err)
		}
	})
}

func TestWhatIsNotThere(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		b, _ := open(t, db)
		if _, err := get(t, b, blob.Sum{1}); !errors.Is(err, blob.ErrNotFound) {
			t.Errorf("got %v, want ErrNotFound", err)
		}
		if has, err := b.Has(t.Context(), blob.Sum{1}); has || err != nil {
			t.Errorf("got %v, %v", has, err)
		}
	})
}

// TestTamperingIsFoundOnReading: the content never ends well when its hash is wrong.
func TestTamperingIsFoundOnReading(t *testing.T) {
	t.Parallel()
	content := bytes.Repeat([]byte("证据"), 400_000)
	tamper := func(t *testing.T, db *store.DB, dir string, sum blob.Sum, how func([]byte) []byte) {
		if db.Dialect() == store.SQLite {
			path := filepath.Join(dir, sum.String()[:2], sum.String())
			whole, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.Remove(path); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, how(whole), 0o600); err != nil {
				t.Fatal(err)
			}
			return
		}
		err := db.InTx(t.Context(), func(tx *store.Tx) error {
			var piece []byte
			if _, err := tx.QueryRow([]any{&piece}, "SELECT content FROM blob_piece WHERE sha256 = ? AND piece = 1", sum); err != nil {
				return err
			}
			_, err := tx.Exec("UPDATE blob_piece SET content = ? WHERE sha256 = ? AND piece = 1", how(piece), sum)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		for name, how := range map[string]func([]byte) []byte{
			"a byte is changed": func(b []byte) []byte { b[len(b)/2] ^= 1; return b },
			"it is cut":         func(b []byte) []byte { return b[:len(b)-1] },
			"it is longer":      func(b []byte) []byte { return append(b, 0) },
		} {
			t.Run(name, func(t *testing.T) {
				b, dir := open(t, db)
				ref := put(t, b, append(bytes.Clone(content), name...))
				if err := b.Verify(t.Context(), ref.Sum); err != nil {
					t.Fatal(err)
				}
				tamper(t, db, dir, ref.Sum, how)
				if _, err := get(t, b, ref.Sum); !errors.Is(err, blob.ErrTampered) {
					t.Errorf("reading: got %v, want ErrTampered", err)
				}
				if err := b.Verify(t.Context(), ref.Sum); !errors.Is(err, blob.ErrTampered) {
					t.Errorf("verifying: got %v, want ErrTampered", err)
				}
			})
		}
	})
}

func TestPutThatFailsLeavesNothing(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		b, dir := open(t, db)
		broken := errors.New("the line was cut")
		_, err := b.Put(t.Context(), io.MultiReader(strings.NewReader("half"), iotest.ErrReader(broken)))
		if !errors.Is(err, broken) {
			t.Errorf("got %v", err)
		}
		cancelled, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := b.Put(cancelled, strings.NewReader("x")); !errors.Is(err, context.Canceled) {
			t.Errorf("cancelled: got %v", err)
		}
		n := 0
		if err := b.Each(t.Context(), func(blob.Ref) error { n++; return nil }); err != nil || n != 0 {
			t.Errorf("%d blobs, %v", n, err)
		}
		if left, err := os.ReadDir(dir); len(left) > 0 || err != nil {
			t.Errorf("left behind: %v, %v", left, err)
		}
	})
}

// endless is an upload without end.
type endless struct{}

func (endless) Read(p []byte) (int, error) { return len(p), nil }

func TestABlobHasABound(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("writes 512 MiB")
	}
	b, dir := open(t, storetest.Open(t, store.SQLite))
	if _, err := b.Put(t.Context(), endless{}); !errors.Is(err, blob.ErrTooLarge) {
		t.Errorf("got %v, want ErrTooLarge", err)
	}
	if left, err := os.ReadDir(dir); len(left) > 0 || err != nil {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func TestTheSameBlobAtOnce(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		b, _ := open(t, db)
		content := bytes.Repeat([]byte("x"), 3<<20)
		var wg sync.WaitGroup
		for range 4 {
			wg.Go(func() {
				if _, err := b.Put(t.Context(), bytes.NewReader(content)); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if err := b.Verify(t.Context(), sha256.Sum256(content)); err != nil {
			t.Error(err)
		}
	})
}

func TestSumsAsText(t *testing.T) {
	t.Parallel()
	sum := blob.Sum(sha256.Sum256(nil))
	j, err := json.Marshal(blob.Ref{Sum: sum, Size: 3})
	if want := `{"sha256":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855","size":3}`; err != nil || string(j) != want {
		t.Errorf("got %s, %v", j, err)
	}
	var back blob.Ref
	if err := json.Unmarshal(j, &back); err != nil || back.Sum != sum {
		t.Errorf("got %v, %v", back, err)
	}
	for _, bad := range []string{"", "e3", strings.Repeat("g", 64), strings.ToUpper(sum.String()), sum.String() + "00", "../" + sum.String()[3:]} {
		if _, err := blob.ParseSum(bad); !errors.Is(err, blob.ErrNotASum) {
			t.Errorf("%q: got %v, want ErrNotASum", bad, err)
		}
	}
}
