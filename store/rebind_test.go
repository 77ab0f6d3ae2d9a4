package store

import (
	"strings"
	"testing"
)

func TestRebind(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, query, want string }{
		{"numbers placeholders from one", "SELECT a FROM t WHERE b = ? AND c = ?", "SELECT a FROM t WHERE b = $1 AND c = $2"},
		{"leaves a question mark in a text alone", "SELECT '?' WHERE a = ?", "SELECT '?' WHERE a = $1"},
		{"leaves a doubled quote in a text alone", "SELECT 'it''s ?', ?", "SELECT 'it''s ?', $1"},
		{"leaves a name in quotes alone", `SELECT "what?" FROM t WHERE a = ?`, `SELECT "what?" FROM t WHERE a = $1`},
		{"leaves a line comment alone", "SELECT a -- why?\nFROM t WHERE a = ?", "SELECT a -- why?\nFROM t WHERE a = $1"},
		{"leaves a last line comment alone", "SELECT ? -- why?", "SELECT $1 -- why?"},
		{"leaves a block comment alone", "SELECT /* ? ' */ ?", "SELECT /* ? ' */ $1"},
		{"keeps Chinese text", "SELECT '谁？' , ?", "SELECT '谁？' , $1"},
		{"allows a semicolon at the end", "SELECT ? ; ", "SELECT $1 ; "},
		{"allows a semicolon in a text", "SELECT ';', ?", "SELECT ';', $1"},
		{"counts more than nine", "SELECT ?,?,?,?,?,?,?,?,?,?", "SELECT $1,$2,$3,$4,$5,$6,$7,$8,$9,$10"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, params, err := rebind(c.query, true)
			if err != nil || got != c.want {
				t.Errorf("got %q, %v, want %q", got, err, c.want)
			}
			same, again, err := rebind(c.query, false)
			if err != nil || same != c.query || again != params {
				t.Errorf("unnumbered: got %q with %d params, %v, want it unchanged with %d", same, again, err, params)
			}
		})
	}
}

func TestRebindRefuses(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, query, want string }{
		{"a text that is not closed", "SELECT 'a", "not closed"},
		{"a comment that is not closed", "SELECT /* a", "not closed"},
		{"two statements", "DELETE FROM a; DELETE FROM b", "more than one statement"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if _, _, err := rebind(c.query, true); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
}

// FuzzRebind holds the numbered and the plain form against each other: only placeholders differ.
func FuzzRebind(f *testing.F) {
	for _, s := range []string{"SELECT ?", "'?' ?", `"a?"?`, "--?\n?", "/*?*/?", "a;b", "''?''", "'", "?-?", "/*/?", "-?"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, query string) {
		plain, n, err := rebind(query, false)
		numbered, m, errNumbered := rebind(query, true)
		if (err == nil) != (errNumbered == nil) {
			t.Fatalf("one refuses %q and one does not: %v, %v", query, err, errNumbered)
		}
		if err != nil {
			return
		}
		if plain != query || n != m {
			t.Fatalf("%q: %q with %d and %q with %d", query, plain, n, numbered, m)
		}
		if n > strings.Count(query, "?") || n == 0 && numbered != query {
			t.Fatalf("%q became %q with %d", query, numbered, n)
		}
	})
}
