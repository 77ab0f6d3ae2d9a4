package app

import (
	"slices"

	"anlan/account/evaluation"
	"anlan/account/source"
	"anlan/office/comment"
	"anlan/record"
	"anlan/record/book"
)

// judges are asked for the kinds of each.
type judges []book.Judge

// newJudges are the judges of a book of these kinds.
func newJudges(kinds []record.Of) (judges, error) {
	schemes, err := ShippedSchemes()
	return judges{source.Judge{Measures: declared(kinds)}, evaluation.Judge{Shipped: schemes}, roles{kinds}, comment.Judge{}}, err
}

// Kinds lists the codes of the kinds that are judged.
func (j judges) Kinds() (out []string) {
	for _, one := range j {
		out = append(out, one.Kinds()...)
	}
	return out
}

// Judge asks the judge of the kind.
func (j judges) Judge(at book.Beside, kind string, r any) error {
	for _, one := range j {
		if slices.Contains(one.Kinds(), kind) {
			return one.Judge(at, kind, r)
		}
	}
	return nil
}
