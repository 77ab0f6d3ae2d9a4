package check

import (
	"strings"

	"anlan/ground/lang"
)

// nested writes the quotation marks inside quotation marks as GB/T 15834-2011 has them: “‘三公’经费控制率”.
func nested(t lang.Text) lang.Text {
	return lang.Text{Zh: nestedMarks(t.Zh), En: nestedMarks(t.En)}
}

func nestedMarks(s string) string {
	if strings.Count(s, "“") < 2 {
		return s
	}
	var b strings.Builder
	depth := 0
	for _, r := range s {
		switch r {
		case '“':
			if depth++; depth > 1 {
				r = '‘'
			}
		case '”':
			if depth > 1 {
				r = '’'
			}
			depth = max(depth-1, 0)
		}
		b.WriteRune(r)
	}
	return b.String()
}

// quoted is a subject in quotation marks. Those at its ends were taken off when it was read, so that one of a pair may be left.
func quoted(subject string) string {
	opened, closed := strings.Count(subject, "“"), strings.Count(subject, "”")
	return "“" + strings.Repeat("“", max(closed-opened, 0)) + subject + strings.Repeat("”", max(opened-closed, 0)) + "”"
}
