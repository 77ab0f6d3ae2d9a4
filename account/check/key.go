package check

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"
	"unicode"
)

// keyBytes of a hash name a finding among those of a department.
const keyBytes = 5

// keys names the findings, so that a reader's conclusion on one finds it again in the next version of the report: by its rule and
// what is claimed, without any number, and by its place among those of the same.
func (p *paper) keys() {
	seen := map[string]int{}
	for i := range p.file.Relations {
		r := &p.file.Relations[i]
		if !r.Verdict.Finding() {
			continue
		}
		r.Key = keyOf(r, 0)
		if n := seen[r.Key]; n > 0 {
			seen[r.Key]++
			r.Key = keyOf(r, n)
			continue
		}
		seen[r.Key]++
	}
}

// Finding says whether somebody should look at a relation of this verdict.
func (v Verdict) Finding() bool { return v == Contradiction || v == Incomplete || v == Noted }

// keyOf is the key of the n-th relation of its rule and claim, from 0.
func keyOf(r *Relation, n int) string {
	what, _, _ := strings.Cut(r.Message.Zh, "：")
	claim := strings.Map(func(c rune) rune {
		if unicode.IsLetter(c) {
			return c
		}
		return -1
	}, what)
	sum := sha256.Sum256([]byte(r.Rule + "\n" + claim + "\n" + strconv.Itoa(n)))
	return hex.EncodeToString(sum[:keyBytes])
}
