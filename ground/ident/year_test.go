package ident

import "testing"

func TestYearInReadsTheYearOfANumber(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		number string
		want   int // 0: none
	}{
		{"岳应急罚〔2023〕12号", 2023},
		{"SG20240001", 2024},
		{"HZ-2023-0007", 2023},
		{"430602-2022-1", 0}, // the first run is a place, and no year is guessed behind it
		{"SG-00017", 0},
		{"第15期", 0},
		{"", 0},
		{"1899", 0},
		{"202", 0},
		{"12-2021", 2021},
	} {
		if got, ok := YearIn(c.number); ok != (c.want != 0) || ok && got != c.want {
			t.Errorf("YearIn(%q) = %d, %v, want %d", c.number, got, ok, c.want)
		}
	}
}
