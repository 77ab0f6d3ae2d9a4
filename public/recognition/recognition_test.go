package recognition

import (
	"errors"
	"testing"

	"anlan/ground/period"
	"anlan/record/field"
)

func TestARecognitionNeedsIssuerAndDocument(t *testing.T) {
	t.Parallel()
	r := &Recognition{Number: "BZ-1", Sort: Case, Title: "示例案例", Level: "ministry", AwardedOn: period.MustDay(2023, 11, 1)}
	r.Unit = "430600"
	missing := 0
	for _, f := range Kind.Check(r, period.MustDay(2024, 1, 1)) {
		if errors.Is(f, field.ErrMissing) {
			missing++
		}
	}
	if missing != 2 {
		t.Errorf("%d fields are missed, want issuer and document", missing)
	}
	r.Issuer, r.Document = "示例部门", "应急〔2022〕3号"
	if got := r.Doubts(); len(got) != 2 || !errors.Is(got[0], ErrDocumentOfAnotherYear) || !errors.Is(got[1], ErrWithoutWords) {
		t.Errorf("got %v", got)
	}
	if len(Cases.Post(r, nil)) != 1 || len(Awards.Post(r, nil)) != 0 {
		t.Error("a model case is not one case and no award")
	}
}
