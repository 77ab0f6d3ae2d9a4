package reading

import (
	"context"
	"strings"
	"unicode"

	"anlan/ground/lang"
)

var linesText = lang.Of("行数", "lines")

// readText makes the lines of plain text: every line of the source, told by how it opens and where it stands. A text may be long: ctx
// is asked between the steps, and in the longest.
func readText(ctx context.Context, d *Document) error {
	if err := splitLines(d); err != nil {
		return err
	}
	classify(d)
	if err := context.Cause(ctx); err != nil {
		return err
	}
	if err := plainTables(ctx, d); err != nil {
		return err
	}
	findWraps(d)
	findTitle(d)
	return nil
}

// splitLines cuts d.Text into lines at LF, CR LF or a lone CR, which stay in the text and out of the lines.
func splitLines(d *Document) error {
	n := strings.Count(d.Text, "\n") + strings.Count(d.Text, "\r") - strings.Count(d.Text, "\r\n") + 1
	if n > linesMax {
		return ErrTooLarge.With(linesText, linesMax)
	}
	d.Lines = make([]Line, 0, n)
	for at := 0; at < len(d.Text); {
		end, next := len(d.Text), len(d.Text)
		if i := strings.IndexAny(d.Text[at:], "\r\n"); i >= 0 {
			end = at + i
			next = end + 1
			if strings.HasPrefix(d.Text[end:], "\r\n") {
				next++
			}
		}
		d.Lines = append(d.Lines, Line{Text: d.Text[at:end], Offset: at, Number: int32(len(d.Lines) + 1)})
		at = next
	}
	return nil
}

// classify gives each line that has no kind yet the one that its opening shows.
func classify(d *Document) {
	attachments := false // under 附件： numbered lines name attachments and are no headings
	for i := range d.Lines {
		l := &d.Lines[i]
		s := trim(l.Text)
		if level, _ := opening(s); l.Kind == Heading && level > 0 {
			l.Level = level // what the reader sees outweighs what a template calls it
		}
		if s == "" || l.Kind != Blank {
			continue
		}
		l.Kind, l.Level = kindOf(s)
		switch {
		case strings.TrimRight(s, "：: ") == "附件":
			attachments = true
		case attachments && l.Kind == Heading:
			l.Kind = Item
		case l.Kind == Paragraph:
			attachments = false
		}
	}
}

// plainTables finds tables in plain text: rows of cells between vertical bars (a table that somebody flattened: columns
// may have shifted), between tabs (copied from a spreadsheet: columns are true) or in columns (aligned.go).
func plainTables(ctx context.Context, d *Document) error {
	b := &builder{d: d}
	for i := 0; i < len(d.Lines); {
		sep := separator(d.Lines[i].Text)
		j := i + 1
		for j < len(d.Lines) && sep != 0 && separator(d.Lines[j].Text) == sep {
			j++
		}
		if sep != 0 && (j-i >= 2 || sep == '|' && strings.Count(d.Lines[i].Text, "|") >= 2) {
			t := b.table(nil)
			t.Flat = sep == '|'
			for k := i; k < j; k++ {
				if err := t.line(k, pieces(d.Lines[k].Text, sep)); err != nil {
					return err
				}
			}
			if err := t.finish(); err != nil {
				return err
			}
		}
		i = j
	}
	return alignedTables(ctx, b)
}

// separator is what divides the cells of a line of plain text, or 0 where the line is no row.
func separator(s string) byte {
	for _, sep := range []byte("|\t") {
		if n := strings.Count(trim(s), string(sep)); n > 0 && n < columnsMax {
			return sep
		}
	}
	return 0
}

// pieces cuts a line at its separators; a last piece with nothing in it is the line's end, not a cell.
func pieces(s string, sep byte) []Part {
	var out []Part
	from := 0
	for from <= len(s) {
		to := len(s)
		if i := strings.IndexByte(s[from:], sep); i >= 0 {
			to = from + i
		} else if trim(s[from:]) == "" && len(out) > 0 {
			break
		}
		out = append(out, Part{From: from, To: to})
		from = to + 1
	}
	return out
}

// trim takes spaces of every width and invisible marks off both ends.
func trim(s string) string {
	return strings.TrimFunc(s, func(r rune) bool { return unicode.IsSpace(r) || invisible(r) })
}

// invisible says whether r has no width and no meaning in a report: it would only break figures in two.
func invisible(r rune) bool {
	switch r {
	case '\u200b', '\u200c', '\u200d', '\u2060', '\ufeff', '\u00ad':
		return true
	}
	return false
}
