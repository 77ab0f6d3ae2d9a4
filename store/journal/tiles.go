package journal

import (
	"encoding/binary"
	"math"
	"strings"

	"anlan/store"
	"golang.org/x/mod/sumdb/tlog"
)

const (
	tileHeight = 8
	tileWidth  = 1 << tileHeight
)

// WriteTiles gives the log as files (C2SP tlog-tiles): what a log of size has that one of size old did not. tile/L/N[.p/W] are the
// hashes, tile/entries/N[.p/W] the bodies, each after its length in two bytes. A bundle of entries one of which is longer than
// that can say is not among them; its name is given in left, and its hashes are there. The checkpoint is for the caller to put
// beside them, last. A tile is asked for by four queries; memory holds one bundle. Faults: ErrNoPosition, ErrMissingEntry.
func WriteTiles(tx *store.Tx, old, size Position, write func(path string, content []byte) error) (left []string, err error) {
	if err := within(tx, 0, old, size); err != nil {
		return nil, err
	}
	stored := reader(tx)
	for _, t := range tlog.NewTiles(tileHeight, int64(old), int64(size)) {
		hashes, err := tlog.ReadTileData(t, stored)
		if err != nil {
			return nil, err
		}
		if err := write(tilePath(t), hashes); err != nil {
			return nil, err
		}
		if t.L > 0 {
			continue
		}
		bundle, whole, err := bundleOf(tx, t)
		if err != nil {
			return nil, err
		}
		t.L = -1
		if !whole {
			left = append(left, tilePath(t))
			continue
		}
		if err := write(tilePath(t), bundle); err != nil {
			return nil, err
		}
	}
	return left, nil
}

// bundleOf is the bundle of the entries whose hashes a tile of the lowest level holds; whole is false when one is too long for it.
func bundleOf(tx *store.Tx, t tlog.Tile) (bundle []byte, whole bool, err error) {
	first := Position(t.N) * tileWidth
	whole = true
	err = Entries(tx, first, first+Position(t.W), func(e Stored) error {
		if len(e.Body) > math.MaxUint16 {
			whole = false
		}
		if whole {
			bundle = append(binary.BigEndian.AppendUint16(bundle, uint16(len(e.Body))), e.Body...)
		}
		return nil
	})
	return bundle, whole, err
}

// tilePath is the path of a tile by C2SP, which has one height and calls the data entries: tile/0/x001/234 for tile/8/0/x001/234.
func tilePath(t tlog.Tile) string {
	path := strings.Replace(t.Path(), "tile/8/", "tile/", 1)
	return strings.Replace(path, "tile/data/", "tile/entries/", 1)
}
