package reading

import "strings"

// readMarkdown makes the lines of a Markdown file: the source's own lines, marks included, so that line and column can be
// found in any editor. Headings, items and tables are told by their marks and, where there are none, as in plain text.
func readMarkdown(d *Document) error {
	if err := splitLines(d); err != nil {
		return err
	}
	markBlocks(d)
	if err := markdownTables(d); err != nil {
		return err
	}
	classify(d)
	for i, l := range d.Lines {
		if l.Kind == Heading && l.Level == 1 && strings.HasPrefix(l.Text, "# ") {
			d.Title = trim(strings.TrimRight(trim(l.Text[1:]), "#"))
			d.Lines[i].Kind, d.Lines[i].Level = Title, 0
			break
		}
	}
	findTitle(d)
	return nil
}

// markBlocks tells front matter, code, comments, headings and list items by their marks.
func markBlocks(d *Document) {
	until := "" // the mark that ends a block of Markup
	for i := range d.Lines {
		l := &d.Lines[i]
		s := trim(l.Text)
		switch {
		case until != "":
			l.Kind = Markup
			if strings.HasPrefix(s, until) || until == "-->" && strings.Contains(s, until) {
				until = ""
			}
		case i == 0 && s == "---" && hasLine(d.Lines[1:], "---"):
			l.Kind, until = Markup, "---"
		case strings.HasPrefix(s, "```"), strings.HasPrefix(s, "~~~"):
			l.Kind, until = Markup, s[:3]
		case strings.HasPrefix(s, "<!--"):
			l.Kind = Markup
			if !strings.Contains(s, "-->") {
				until = "-->"
			}
		case i > 0 && d.Lines[i-1].Kind == Blank && trim(d.Lines[i-1].Text) != "" && underline(s) > 0:
			l.Kind = Markup
			d.Lines[i-1].Kind, d.Lines[i-1].Level = Heading, underline(s)
		default:
			l.Kind, l.Level = marked(s)
		}
	}
}

func hasLine(lines []Line, text string) bool {
	for _, l := range lines {
		if trim(l.Text) == text {
			return true
		}
	}
	return false
}

// underline is the level of heading that a line of = or - makes of the line above, 0 for any other line.
func underline(s string) uint8 {
	switch {
	case len(s) >= 3 && strings.Trim(s, "=") == "":
		return 1
	case len(s) >= 3 && strings.Trim(s, "-") == "":
		return 2
	}
	return 0
}

// marked tells a line by the Markdown mark that it opens with; Blank where it has none.
func marked(s string) (Kind, uint8) {
	n := len(s) - len(strings.TrimLeft(s, "#"))
	switch {
	case n >= 1 && n <= 6 && strings.HasPrefix(s[n:], " "):
		return Heading, uint8(n)
	case len(s) >= 3 && strings.Trim(s, "-*_ ") == "":
		return Markup, 0 // a ruler
	case strings.HasPrefix(s, "- "), strings.HasPrefix(s, "* "), strings.HasPrefix(s, "+ "):
		return Item, 0
	}
	return Blank, 0
}

// markdownTables finds tables: a heading row, a row of dashes, and rows down to the first line without a bar.
func markdownTables(d *Document) error {
	b := &builder{d: d}
	for i := 0; i+1 < len(d.Lines); i++ {
		if d.Lines[i].Kind != Blank || !strings.Contains(d.Lines[i].Text, "|") || !dashes(d.Lines[i+1].Text) {
			continue
		}
		t := b.table(nil)
		if err := t.line(i, bars(d.Lines[i].Text)); err != nil {
			return err
		}
		for _, c := range t.Cells {
			c.Header = true
		}
		d.Lines[i+1].Kind, d.Lines[i+1].Level = Markup, 0
		for i += 2; i < len(d.Lines) && d.Lines[i].Kind == Blank && strings.Contains(d.Lines[i].Text, "|"); i++ {
			if err := t.line(i, bars(d.Lines[i].Text)); err != nil {
				return err
			}
		}
		if err := t.finish(); err != nil {
			return err
		}
	}
	return nil
}

// dashes says whether a line is the ruler between the heading and the body of a table.
func dashes(s string) bool {
	s = trim(s)
	return strings.Contains(s, "-") && strings.Contains(s, "|") && strings.Trim(s, "|-: \t") == ""
}

// bars cuts a row at its vertical bars, those written \| apart; bars at the ends of the line enclose it.
func bars(s string) []Part {
	from, end := 0, len(strings.TrimRight(s, " \t"))
	if lead := len(s) - len(strings.TrimLeft(s, " \t")); strings.HasPrefix(s[lead:], "|") {
		from = lead + 1
	}
	var out []Part
	for i := from; i < end; i++ {
		if s[i] == '|' && s[i-min(i, 1)] != '\\' {
			out = append(out, Part{From: from, To: i})
			from = i + 1
		}
	}
	if from < end {
		out = append(out, Part{From: from, To: end})
	}
	return out
}
