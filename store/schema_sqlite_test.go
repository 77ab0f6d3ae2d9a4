package store

import (
	"strings"
	"testing"
)

// FuzzConstraintsIn: whatever the text, the words are cut out of it in order, and nothing panics.
func FuzzConstraintsIn(f *testing.F) {
	for _, s := range []string{
		"CREATE TABLE a (b text CONSTRAINT c UNIQUE, CONSTRAINT d CHECK (b <> ')'), FOREIGN KEY (b) REFERENCES e (f))",
		`CREATE TABLE "a" ([b c] text, PRIMARY KEY ("b", 'c'))`, "a ( -- CHECK\n, /* UNIQUE */ CHECK", "(((", "'", "/*", "CONSTRAINT", "(CONSTRAINT", ")(",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		constraintsIn(text)
		rest := text
		for _, w := range sqlWords(text) {
			i := strings.Index(rest, w)
			if w == "" || i < 0 {
				t.Fatalf("%q is no word of %q", w, text)
			}
			rest = rest[i+len(w):]
		}
	})
}
