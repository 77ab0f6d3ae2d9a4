package cli

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestWidthIsCountedInCellsOfATerminal(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]int{
		"": 0, "abc": 3, "隐患": 4, "隐患abc": 7, "１２３": 6, "“隐患”": 6, "—": 1, "…": 1, "✓": 1, "，": 2, "、。《》": 8, "㎡": 2,
		"e\u0301": 1, "\u200b": 0, "한국": 4, "𠮷": 2, "ｱ": 1, "￥": 2,
	} {
		if got := cells(s); got != want {
			t.Errorf("%q: got %d cells, want %d", s, got, want)
		}
	}
}

func TestColumnsLineUpWhateverStandsInThem(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var out strings.Builder
		n := rapid.IntRange(2, 4).Draw(t, "columns")
		tb := table{out: &out, indent: "  ", right: rapid.IntRange(0, n).Draw(t, "right")}
		rows := rapid.IntRange(1, 2*rowsMeasured).Draw(t, "rows")
		text := rapid.StringMatching(`[a-z隐患排查，０]{0,9}`)
		for range rows {
			row := make([]string, n)
			for j := range row {
				row[j] = text.Draw(t, "cell") + "|"
			}
			tb.row(row...)
		}
		tb.flush()
		lines := strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
		if len(lines) != rows {
			t.Fatalf("%d rows became %d lines", rows, len(lines))
		}
		measured := lines[:min(rows, rowsMeasured)]
		for column := range n - 1 {
			if column+1 == tb.right || column+2 == tb.right {
				continue // set at the right: its end lines up, not its beginning
			}
			for _, l := range measured {
				if got, want := begins(l, column+1), begins(measured[0], column+1); got != want {
					t.Fatalf("column %d begins at %d and at %d:\n%s", column+2, want, got, strings.Join(measured, "\n"))
				}
			}
		}
	})
}

// begins is the cell of the terminal at which column k of a line begins, where each cell of the table ends in a bar.
func begins(line string, k int) int {
	before := strings.Join(strings.SplitAfterN(line, "|", k+1)[:k], "")
	return cells(line) - cells(strings.TrimLeft(line[len(before):], " "))
}

func TestACellStaysOnItsLineAndWithinItsBound(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	tb := table{out: &out, cellsMax: 10}
	tb.row("一二三四五六", "a\nb\x1b[2Jc", "最后一列不截断，因为后面没有别的了")
	tb.row("一二三四五", "abcdefghijk", "")
	tb.flush()
	want := "一二三四…   a b [2Jc    最后一列不截断，因为后面没有别的了\n一二三四五  abcdefghi…\n"
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Error(diff)
	}
}

func TestALongListStreams(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	tb := table{out: &out}
	for i := range 10 * rowsMeasured {
		tb.row(fmt.Sprint(i), "x")
		if len(tb.rows) >= rowsMeasured {
			t.Fatalf("%d rows are held", len(tb.rows))
		}
	}
	tb.flush()
	if got := strings.Count(out.String(), "\n"); got != 10*rowsMeasured {
		t.Errorf("got %d lines, want %d", got, 10*rowsMeasured)
	}
}
