package journal

import (
	"crypto/sha256"
	"hash"
	"math/bits"
)

// emptyRoot is the root of the tree without leaves (RFC 6962, section 2.1).
var emptyRoot = Hash(sha256.Sum256(nil))

const hashBytes = len(Hash{})

// hasher computes leaf and node hashes without allocating.
type hasher struct {
	leafState hash.Hash
	node      [1 + 2*hashBytes]byte
	sum       [hashBytes]byte
}

func newHasher() *hasher {
	h := &hasher{leafState: sha256.New()}
	h.node[0] = 1
	return h
}

var leafPrefix = []byte{0}

// LeafHash is the hash of an entry's body in the tree.
func LeafHash(body []byte) Hash { return newHasher().leaf(body) }

func (h *hasher) leaf(body []byte) Hash {
	h.leafState.Reset()
	h.leafState.Write(leafPrefix)
	h.leafState.Write(body)
	return Hash(h.leafState.Sum(h.sum[:0]))
}

func (h *hasher) parent(left, right Hash) Hash {
	copy(h.node[1:], left[:])
	copy(h.node[1+hashBytes:], right[:])
	return Hash(sha256.Sum256(h.node[:]))
}

// edge is the right edge of a tree: the roots of the perfect subtrees that its leaves fall into, widest first. There
// are as many as size has bits set, at most 63.
type edge struct {
	size  Position
	roots []Hash
}

// readEdge takes what the head holds; ok is false when it cannot be the edge of a tree of this size.
func readEdge(size Position, b []byte) (e edge, ok bool) {
	n := bits.OnesCount64(uint64(size))
	if size < 0 || len(b) != n*hashBytes {
		return edge{}, false
	}
	e = edge{size, make([]Hash, n, 64)}
	for i := range e.roots {
		e.roots[i] = Hash(b[i*hashBytes:])
	}
	return e, true
}

func (e *edge) bytes() []byte {
	b := make([]byte, 0, len(e.roots)*hashBytes)
	for _, r := range e.roots {
		b = append(b, r[:]...)
	}
	return b
}

// append adds a leaf and appends to out the hashes it completes: the leaf, then each subtree that became perfect.
func (e *edge) append(h *hasher, leaf Hash, out []byte) []byte {
	node := leaf
	out = append(out, node[:]...)
	for range bits.TrailingZeros64(^uint64(e.size)) { // for each perfect subtree of this height, from one leaf up
		last := len(e.roots) - 1
		node = h.parent(e.roots[last], node)
		out = append(out, node[:]...)
		e.roots = e.roots[:last]
	}
	e.roots = append(e.roots, node)
	e.size++
	return out
}

func (e *edge) root(h *hasher) Hash {
	if len(e.roots) == 0 {
		return emptyRoot
	}
	last := len(e.roots) - 1
	root := e.roots[last]
	for i := last - 1; i >= 0; i-- {
		root = h.parent(e.roots[i], root)
	}
	return root
}
