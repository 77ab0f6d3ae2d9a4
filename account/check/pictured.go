package check

import (
	"slices"

	"anlan/ground/lang"
)

// pictured says whether a number was read from a picture.
func (n *number) pictured() bool { return n.doc.Pictured(n.at.Offset + n.from) }

// doubtPicture makes a contradiction a note where a figure of it was read from a picture: a misread digit is likelier than a wrong one.
func (r *Relation) doubtPicture(numbers []*number) {
	if !r.Verdict.Finding() || !slices.ContainsFunc(numbers, (*number).pictured) {
		return
	}
	if r.Verdict == Contradiction {
		r.Verdict = Noted
	}
	r.Notes = append(slices.Clip(r.Notes), Note{"picture", lang.Of("数字由图片识别而来，可能认错，请先对照原图", "the figures were read from a picture, and may have been misread: look at the picture first")})
}
