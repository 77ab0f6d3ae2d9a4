package document

import "testing"

func TestARowIsHighEnoughForTheMarksOfItsNotes(t *testing.T) {
	t.Parallel()
	total := Inlines{Figure{ID: "total", Text: "98.09", Value: "98.09"}}
	for _, x := range []struct {
		name string
		text Inlines
		want int
	}{
		{"a number that fits", total, linePoints + 4},
		{"the number with a note, which is wider than its column", append(total[:1:1], Note{Text("评分方案为示例")}), 2*linePoints + 4},
	} {
		cells := []placedCell{{Cell: Cell{Text: x.text, RowSpan: 1, ColumnSpan: 1}, row: 1, column: 1}}
		if got := rowHeights(cells, 1, []int{10})[0]; got != x.want {
			t.Errorf("%s: %d points, want %d", x.name, got, x.want)
		}
	}
}
