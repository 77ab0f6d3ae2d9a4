package journal

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"math/bits"
	"testing"

	"github.com/transparency-dev/merkle/compact"
	"github.com/transparency-dev/merkle/rfc6962"
	"golang.org/x/mod/sumdb/tlog"
)

// TestPublishedTree is the tree of eight leaves that Certificate Transparency's implementations (RFC 6962) share.
func TestPublishedTree(t *testing.T) {
	t.Parallel()
	leaves := []string{"", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"}
	roots := []string{
		"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
		"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
		"fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
		"aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
		"d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
		"4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
		"76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
		"ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
		"5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
	}
	h := newHasher()
	var e edge
	for i := 0; ; i++ {
		if got := e.root(h); hex.EncodeToString(got[:]) != roots[i] {
			t.Errorf("root of %d leaves: got %x, want %s", i, got, roots[i])
		}
		if i == len(leaves) {
			return
		}
		b, err := hex.DecodeString(leaves[i])
		if err != nil {
			t.Fatal(err)
		}
		e.append(h, h.leaf(b), nil)
	}
}

// TestTheTreeIsThatOfTwoOthers holds edge against tlog and transparency-dev/merkle at every size up to a few hundred:
// stored hashes, root, right edge.
func TestTheTreeIsThatOfTwoOthers(t *testing.T) {
	t.Parallel()
	const sizes = 300
	h := newHasher()
	var e edge
	var stored []tlog.Hash
	rows := map[Position][]byte{}
	reader := tlog.HashReaderFunc(func(indexes []int64) (out []tlog.Hash, err error) {
		for _, i := range indexes {
			out = append(out, stored[i])
		}
		return out, nil
	})
	ranges := (&compact.RangeFactory{Hash: rfc6962.DefaultHasher.HashChildren}).NewEmptyRange(0)
	for n := range Position(sizes) {
		body := fmt.Appendf(nil, "entry %d", n)
		theirs, err := tlog.StoredHashes(int64(n), body, reader)
		if err != nil {
			t.Fatal(err)
		}
		stored = append(stored, theirs...)
		rows[n+1] = e.append(h, h.leaf(body), nil)
		if err := ranges.Append(rfc6962.DefaultHasher.HashLeaf(body), nil); err != nil {
			t.Fatal(err)
		}
		if got := len(rows[n+1]) / hashBytes; got != len(theirs) {
			t.Fatalf("entry %d completes %d hashes, tlog says %d", n+1, got, len(theirs))
		}
		root := e.root(h)
		if want, err := tlog.TreeHash(int64(n+1), reader); err != nil || root != Hash(want) {
			t.Fatalf("root of %d: got %v, tlog %v, %v", n+1, root, want, err)
		}
		if want, err := ranges.GetRootHash(nil); err != nil || !bytes.Equal(root[:], want) {
			t.Fatalf("root of %d: got %v, merkle %x, %v", n+1, root, want, err)
		}
		if !bytes.Equal(e.bytes(), bytes.Join(ranges.Hashes(), nil)) {
			t.Fatalf("right edge of %d differs from merkle's", n+1)
		}
		again, ok := readEdge(n+1, e.bytes())
		if !ok || again.root(h) != root {
			t.Fatalf("right edge of %d does not come back", n+1)
		}
	}
	for i, want := range stored {
		position, level := rowOf(int64(i))
		if got := rows[position][level*hashBytes:][:hashBytes]; !bytes.Equal(got, want[:]) {
			t.Errorf("tlog's hash %d is not number %d of row %d", i, level, position)
		}
	}
}

func TestReadEdgeRefusesWhatCannotBeOne(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		size  Position
		bytes int
	}{
		{"a hash too few", 3, 32}, {"a hash too many", 4, 64}, {"a cut hash", 1, 31}, {"a negative size", -1, 0}, {"none for one", 1, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if _, ok := readEdge(c.size, make([]byte, c.bytes)); ok {
				t.Error("taken")
			}
		})
	}
}

func TestHashingDoesNotAllocate(t *testing.T) {
	h := newHasher()
	b := make([]byte, 300)
	var sum Hash
	if n := testing.AllocsPerRun(100, func() { sum = h.parent(h.leaf(b), sum) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

// TestRowsThatMovedAreNoticed: whatever the shift and where it begins, the number of hashes in the rows gives it away.
func TestRowsThatMovedAreNoticed(t *testing.T) {
	t.Parallel()
	levels := func(p Position) int { return bits.TrailingZeros64(uint64(p)) + 1 }
	for k := -8; k <= 8; k++ {
		for from := Position(10); from < 40; from++ {
			if k == 0 {
				continue
			}
			var s shift
			for p := from; p < from+200; p++ {
				s.look(p, levels(p+Position(k)))
			}
			f := s.finding()
			if f == nil || s.first >= from+Position(max(k, -k)) {
				t.Fatalf("rows moved by %d from %d on: first noticed at %d, %v", k, from, s.first, f)
			}
			want := errCutOut
			if k < 0 {
				want = errSlippedIn
			}
			if !f.Is(want) || s.candidates[0] != k {
				t.Errorf("rows moved by %d from %d on: got %v", k, from, f)
			}
		}
	}
}
