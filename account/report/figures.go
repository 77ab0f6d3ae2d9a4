package report

import (
	"anlan/account/report/document"
)

// Figures are the figures of a report and of its attachments, with the places where they are printed: what figures.json lists.
func (b *Built) Figures() []document.Placed {
	figures := b.Document.Figures()
	for i := range b.Attachments {
		for _, f := range b.Attachments[i].Figures() {
			f.File = AttachmentName(i + 1)
			figures = append(figures, f)
		}
	}
	return figures
}

// FiguresIn reads figures.json of a folder; whether it is what was published is for Verify to say. Faults: ErrFileMissing, ErrNotReadable.
func FiguresIn(dir string) (f FiguresFile, err error) {
	v := &Verified{}
	v.readJSON(dir, Figures, &f)
	return f, v.Findings.Err()
}
