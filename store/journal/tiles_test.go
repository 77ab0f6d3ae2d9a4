package journal_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"sort"
	"strings"
	"testing"

	"anlan/store"
	"anlan/store/journal"
	"anlan/store/storetest"
	"github.com/google/go-cmp/cmp"
	"golang.org/x/mod/sumdb/tlog"
)

// tiles are files by path, read by the tile reader of Go's checksum database, which has a height in its paths.
type tiles map[string][]byte

func (tiles) Height() int                         { return 8 }
func (tiles) SaveTiles(_ []tlog.Tile, _ [][]byte) {}
func (f tiles) ReadTiles(asked []tlog.Tile) (out [][]byte, err error) {
	for _, t := range asked {
		path := strings.Replace(t.Path(), "tile/8/", "tile/", 1)
		if f[path] == nil {
			return nil, fmt.Errorf("%s is not there", path)
		}
		out = append(out, f[path])
	}
	return out, nil
}

// TestTheTilesAreReadByTheReaderOfGo proves each entry from the files alone: those of three sizes, written one after the other.
func TestTheTilesAreReadByTheReaderOfGo(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, db *store.DB) {
		files := tiles{}
		old := journal.Position(0)
		notes := newBook(t, db, 1, 256, 600)
		for _, note := range notes {
			c, err := testKey(t, 1).Public().Open(note)
			if err != nil {
				t.Fatal(err)
			}
			read(t, db, func(tx *store.Tx) error {
				left, err := journal.WriteTiles(tx, old, c.Size, func(path string, content []byte) error {
					files[path] = content
					return nil
				})
				if len(left) > 0 {
					t.Errorf("left out: %v", left)
				}
				return err
			})
			old = c.Size
			tree := tlog.Tree{N: int64(c.Size), Hash: tlog.Hash(c.Root)}
			hashes := tlog.TileHashReader(tree, files)
			for _, at := range []int64{0, 200, 255, 256, 511, 512, 599} {
				if at >= tree.N {
					continue
				}
				proof, err := tlog.ProveRecord(tree.N, at, hashes)
				if err == nil {
					err = tlog.CheckRecord(proof, tree.N, tree.Hash, at, tlog.RecordHash(entryIn(t, files, tree.N, at)))
				}
				if err != nil {
					t.Errorf("size %d, entry %d: %v", tree.N, at, err)
				}
			}
		}
		var names []string
		for path, content := range files {
			names = append(names, fmt.Sprintf("%s %d", path, len(content)/32*32))
			if !strings.HasPrefix(path, "tile/entries/") && len(content)%32 != 0 {
				t.Errorf("%s has %d bytes", path, len(content))
			}
		}
		sort.Strings(names)
		want := []string{"tile/0/000 8192", "tile/0/000.p/1 32", "tile/0/001 8192", "tile/0/002.p/88 2816", "tile/1/000.p/1 32", "tile/1/000.p/2 64"}
		if diff := cmp.Diff(want, names[:6]); diff != "" || len(names) != 10 {
			t.Errorf("the files are %v", names)
		}
		const key = "tile/0/001"
		files[key] = append(bytes.Clone(files[key][:8191]), files[key][8191]^1)
		c, err := testKey(t, 1).Public().Open(notes[2])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := tlog.ProveRecord(600, 300, tlog.TileHashReader(tlog.Tree{N: 600, Hash: tlog.Hash(c.Root)}, files)); err == nil {
			t.Error("an altered tile goes through")
		}
	})
}

// entryIn is an entry out of its bundle.
func entryIn(t *testing.T, files tiles, size, at int64) []byte {
	t.Helper()
	bundle := files[fmt.Sprintf("tile/entries/%03d", at/256)]
	if rest := size - at/256*256; rest < 256 {
		bundle = files[fmt.Sprintf("tile/entries/%03d.p/%d", at/256, rest)]
	}
	for range at % 256 {
		bundle = bundle[2+binary.BigEndian.Uint16(bundle):]
	}
	return bundle[2 : 2+binary.BigEndian.Uint16(bundle)]
}

func TestALongEntryIsLeftOutOfTheBundles(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t, store.SQLite)
	newBook(t, db, 3)
	inTx(t, db, func(tx *store.Tx) error {
		w, err := journal.Lock(tx)
		if err != nil {
			return err
		}
		w.Stamp(start.AddDate(0, 0, 1))
		if _, err := w.Append(journal.Entry{Kind: "k", Action: "a", Body: bytes.Repeat([]byte("x"), 1<<16)}); err != nil {
			return err
		}
		return w.Flush()
	})
	read(t, db, func(tx *store.Tx) error {
		var names []string
		left, err := journal.WriteTiles(tx, 0, 4, func(path string, _ []byte) error { names = append(names, path); return nil })
		if fmt.Sprint(left, names) != "[tile/entries/000.p/4] [tile/0/000.p/4]" {
			t.Errorf("written %v, left out %v", names, left)
		}
		return err
	})
}
