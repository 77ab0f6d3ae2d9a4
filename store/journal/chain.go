package journal

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
)

// Follow lets the key vouch for those that came before and after it in the changes of key given: whoever trusts one key of
// a book can then open what the others signed, each in its own time. A key that was declared lost has vouched for nobody:
// trust does not go on from it, though it goes back to it from its successor, which says so (Lost). Changes that do not
// hang together with the key are left out.
func (k PublicKey) Follow(changes ...Rotation) PublicKey {
	all := slices.Concat(k.chain, changes)
	slices.SortStableFunc(all, func(a, b Rotation) int { return compareBefore(a.Before, b.Before) })
	all = slices.CompactFunc(all, func(a, b Rotation) bool { return a.note == b.note })
	back, forth := k.text, k.text
	var chain []Rotation
	for _, r := range slices.Backward(all) {
		if r.To == back {
			back, chain = r.From, append(chain, r)
		}
	}
	slices.Reverse(chain)
	for _, r := range all {
		if r.From == forth && !r.Lost {
			forth, chain = r.To, append(chain, r)
		}
	}
	k.chain = chain
	return k
}

// compareBefore orders the checkpoints of one book by epoch and size.
func compareBefore(a, b Checkpoint) int {
	x, y := epochIn(a.Origin), epochIn(b.Origin)
	switch {
	case x != y:
		return x - y
	case a.Size != b.Size:
		return int(min(max(a.Size-b.Size, -1), 1))
	}
	return 0
}

// epochIn is the epoch that an origin names; 0 when it names none.
func epochIn(origin string) int {
	n, _ := strconv.Atoi(origin[strings.LastIndexByte(origin, '/')+1:])
	return n
}

// Changes are the changes of key that the key follows, the oldest first.
func (k PublicKey) Changes() []Rotation { return slices.Clone(k.chain) }

// Newest is the key that signs after all changes.
func (k PublicKey) Newest() string {
	if n := len(k.chain); n > 0 {
		return k.chain[n-1].To
	}
	return k.text
}

// signerOf is the key that signed checkpoints of that size and epoch.
func (k PublicKey) signerOf(c Checkpoint) string {
	if len(k.chain) == 0 {
		return k.text
	}
	signer := k.chain[0].From
	for _, r := range k.chain {
		if compareBefore(r.Before, c) < 0 {
			signer = r.To
		}
	}
	return signer
}

// File is the text of a key file: the key, then the changes of key that it follows, an empty line before each.
func (k PublicKey) File() string {
	text := k.text + "\n"
	for _, r := range k.chain {
		text += "\n" + r.note
	}
	return text
}

// parseChanges reads what stands in a key file after the key: signed notes of two paragraphs each.
func parseChanges(text string) (out []Rotation, err error) {
	parts := strings.Split(strings.Trim(text, "\n"), "\n\n")
	if len(parts) == 1 && parts[0] == "" {
		return nil, nil
	}
	if len(parts)%2 != 0 || len(parts) > 2*changesMax {
		return nil, ErrNotAKey.With()
	}
	for i := 0; i < len(parts); i += 2 {
		r, err := parseRotation(parts[i] + "\n\n" + parts[i+1] + "\n")
		if err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, nil
}

// changesMax bounds the changes of key in a file: a key a month for eighty years.
const changesMax = 1_000

// openBy opens a note with the one key that must have signed it.
func openBy(key, signed string) (*note.Note, error) {
	v, err := note.NewVerifier(key)
	if err != nil {
		return nil, ErrNotAKey.Because(err)
	}
	opened, err := note.Open([]byte(signed), note.VerifierList(v))
	if err != nil {
		return nil, ErrNotSigned.Because(err, fmt.Sprintf("%s+%08x", v.Name(), v.KeyHash()))
	}
	return opened, nil
}
