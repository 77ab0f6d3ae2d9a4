package indicator

import (
	"maps"
	"slices"
	"strings"

	"anlan/ground/lang"
)

// nearest is the end of a sentence that names the candidate most like wrong, or empty when none is like it. At most a quarter
// of the characters may differ, and never all of them; of equals the first is taken. A code without its kind (deaths) is
// like the code with it (accident.deaths).
func nearest(wrong string, candidates []string) lang.Text {
	a := []rune(strings.ToLower(wrong))
	best, bestBy := "", max(1, len(a)/4)+1
	for _, c := range candidates {
		if strings.HasSuffix(c, "."+string(a)) {
			best = c
			break
		}
		b := []rune(c)
		if d := distance(a, b, bestBy); d < bestBy && d < len(a) && d < len(b) {
			best, bestBy = c, d
		}
	}
	if best == "" {
		return lang.Text{}
	}
	return lang.Text{Zh: "，最接近的是" + best, En: "; the nearest is " + best}
}

// distance is the number of characters to insert, delete, replace or exchange with their neighbour to make a into b
// (Damerau–Levenshtein, adjacent exchanges once); bound when it is not less.
func distance(a, b []rune, bound int) int {
	if len(a)-len(b) >= bound || len(b)-len(a) >= bound {
		return bound
	}
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			differ := 1
			if a[i-1] == b[j-1] {
				differ = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+differ)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return min(last[len(b)], bound)
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
