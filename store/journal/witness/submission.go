package witness

import (
	"fmt"
	"strconv"
	"strings"

	"anlan/ground/lang"
	"anlan/store/journal"
)

// Submission is a checkpoint given to a witness, with the proof that it goes on from the one that was cosigned last.
type Submission struct {
	Old  journal.Position // what was cosigned last; 0: nothing yet
	Path []journal.Hash   // the consistency proof from there; empty from 0
	Note string           // the signed checkpoint
}

const (
	oldPrefix = "old "
	pathMax   = 63
)

// Text is the submission as a request of C2SP tlog-witness.
func (s Submission) Text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s%d\n", oldPrefix, s.Old)
	for _, h := range s.Path {
		b.WriteString(h.String() + "\n")
	}
	b.WriteString("\n" + s.Note)
	return b.String()
}

// ParseSubmission reads what Text wrote; nothing is checked but the form. Fault: ErrNotASubmission.
func ParseSubmission(text string) (s Submission, err error) {
	head, note, ok := strings.Cut(text, "\n\n")
	if !ok {
		return s, ErrNotASubmission.With(lang.Of("封存点之前没有空行", "no empty line before the checkpoint"))
	}
	lines := strings.Split(head, "\n")
	digits, ok := strings.CutPrefix(lines[0], oldPrefix)
	old, err := strconv.ParseInt(digits, 10, 64)
	if !ok || err != nil || old < 0 || strconv.FormatInt(old, 10) != digits {
		return s, ErrNotASubmission.Because(err, said("“%s”一行应为“old N”", "the line “%s” should be “old N”", lines[0]))
	}
	if len(lines)-1 > pathMax {
		return s, ErrNotASubmission.With(said("证明超过%d行", "more than %d lines of proof", pathMax))
	}
	s = Submission{Old: journal.Position(old), Note: note}
	for _, line := range lines[1:] {
		h, err := journal.ParseHash(line)
		if err != nil {
			return Submission{}, ErrNotASubmission.Because(err, err)
		}
		s.Path = append(s.Path, h)
	}
	return s, nil
}
