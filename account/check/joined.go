package check

import (
	"sort"
	"strings"

	"anlan/account/check/reading"
)

// joinedLines bounds the lines of a paragraph that are put together again.
const joinedLines = 400

// joined is a paragraph whose lines were broken to fit a page, put together, and where each of them begins in it.
type joined struct {
	line   *reading.Line // nil where the paragraph is one line of the document
	pieces []joinedPiece
}

type joinedPiece struct {
	from int           // in the paragraph
	cut  int           // how many bytes at the head of the line were left out
	line *reading.Line // of the document
}

// paragraph is the paragraph that begins with line i: the line itself, or what its lines make.
func (p *paper) paragraph(i int) *reading.Line {
	l := &p.doc.Lines[i]
	p.joined = joined{}
	if !l.Wraps {
		return l
	}
	var b strings.Builder
	for k := i; k < len(p.doc.Lines) && k < i+joinedLines; k++ {
		piece := &p.doc.Lines[k]
		text, cut := piece.Text, 0
		if k > i {
			text = strings.TrimLeft(text, " \f")
			cut = len(piece.Text) - len(text)
			if b.Len() > 0 && isWord(b.String()[b.Len()-1]) && text != "" && isWord(text[0]) {
				b.WriteByte(' ')
			}
		}
		p.joined.pieces = append(p.joined.pieces, joinedPiece{b.Len(), cut, piece})
		b.WriteString(strings.TrimRight(text, " "))
		if !piece.Wraps {
			break
		}
	}
	whole := *l
	whole.Text, whole.Wraps = b.String(), false
	p.joined.line = &whole
	return &whole
}

// isWord says whether a byte belongs to a word or a number that needs a space before the next one.
func isWord(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

// place is the line of the document in which an offset of a paragraph stands, and the offset there.
func (j *joined) place(l *reading.Line, offset int) (*reading.Line, int) {
	if j.line != l {
		return l, offset
	}
	i := sort.Search(len(j.pieces), func(i int) bool { return j.pieces[i].from > offset }) - 1
	at := j.pieces[max(i, 0)]
	return at.line, min(offset-at.from+at.cut, len(at.line.Text))
}
