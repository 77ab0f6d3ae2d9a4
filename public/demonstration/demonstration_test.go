package demonstration

import (
	"errors"
	"testing"

	"anlan/ground/maybe"
	"anlan/ground/period"
	"anlan/record/field"
)

func TestEachTitleCountsInItsOwnMeasure(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		sort  Sort
		level Level
		want  [3]int
	}{
		{Community, National, [3]int{1, 0, 0}},
		{Community, Provincial, [3]int{0, 1, 0}},
		{Township, Provincial, [3]int{0, 0, 1}},
		{Township, National, [3]int{}},
	} {
		p := &Place{Sort: c.sort, Level: c.level, AwardedOn: period.MustDay(2023, 12, 1), RevokedOn: period.MustDay(2024, 12, 1)}
		if got := [3]int{len(NationalCommunities.Post(p, nil)), len(ProvincialCommunities.Post(p, nil)), len(ProvincialTownships.Post(p, nil))}; got != c.want {
			t.Errorf("%s %s: got %v, want %v", c.level, c.sort, got, c.want)
		}
	}
}

func TestDoubtsOfDemonstrationPlaces(t *testing.T) {
	t.Parallel()
	p := &Place{Name: "示例社区", Sort: Community, AwardedOn: period.MustDay(2023, 12, 1), Document: "减办发〔2024〕1号", Score: maybe.Some[field.Scaled](799)}
	if got := p.Doubts(); len(got) != 2 || !errors.Is(got[0], ErrBelowTheScore) || !errors.Is(got[1], ErrDocumentAfter) {
		t.Errorf("got %v", got)
	}
	p.Score, p.Document = maybe.Some[field.Scaled](800), "减办发〔2022〕1号"
	if got := p.Doubts(); len(got) != 0 {
		t.Errorf("got %v", got)
	}
	p.RevokedOn = p.AwardedOn.Add(-1)
	if err := p.inOrder(); !errors.Is(err, ErrRevokedBeforeNamed) {
		t.Errorf("got %v", err)
	}
}
