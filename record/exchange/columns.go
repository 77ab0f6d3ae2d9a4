package exchange

import (
	"cmp"
	"strings"

	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/ground/width"
	"anlan/record"
	"anlan/record/field"
	"anlan/record/sheet"
)

// stateColumn is the column after the fields.
var stateLabel = lang.Of("状态", "state")

// demanded says whether a sheet must have the field: what the record computes, or the import fills in, need not be given.
func demanded(f *field.Spec) bool { return f.Required && !f.Derived && f.Code != "unit" }

// headings are what an import of a kind expects: fields that are not retired, then the state.
func headings(k record.Of) (fields []int, out []sheet.Heading) {
	for i, f := range k.Fields() {
		if f.Retired {
			continue
		}
		fields = append(fields, i)
		out = append(out, sheet.Heading{Names: []string{f.Label.Zh, f.Label.En, f.Code}, Required: demanded(f) && f.Type != field.TypeYesNo})
	}
	return fields, append(out, sheet.Heading{Names: []string{stateLabel.Zh, stateLabel.En}})
}

// cellOf is field f of r, which s describes, as an export writes it for people: codes by their labels, references by the keys of what they
// name (which name gives).
func cellOf(k record.Of, s *field.Spec, f int, r any, l lang.Lang, name func(id string) (string, error)) (sheet.Cell, error) {
	if list := k.List(f); list != nil {
		return sheet.TextCell(rowsText(list, r, l)), nil
	}
	text := k.Text(r, f)
	if text == "" {
		return sheet.Cell{}, nil
	}
	switch s.Type {
	case field.TypeMoney, field.TypeNumber, field.TypeQuantity, field.TypeRatio:
		return sheet.NumberCell(text), nil
	case field.TypeDay:
		d, err := period.ISODay(text)
		return sheet.DayCell(d), err
	case field.TypeRef:
		text, err := name(text)
		return sheet.TextCell(text), err
	}
	return sheet.TextCell(say(s, text, l)), nil
}

// plainCell is field f of r, which s describes, as an export writes it for programs: codes, ids, and yes or no as they are.
func plainCell(k record.Of, s *field.Spec, f int, r any) sheet.Cell {
	if list := k.List(f); list != nil {
		return sheet.TextCell(rowsText(list, r, ""))
	}
	text := k.Text(r, f)
	switch s.Type {
	case field.TypeMoney, field.TypeNumber, field.TypeQuantity, field.TypeRatio:
		return sheet.NumberCell(text)
	case field.TypeYesNo:
		if text != "" {
			return sheet.BoolCell(text == "true")
		}
	}
	return sheet.TextCell(text)
}

// say is a value as people write it in a language: codes by label, yes and no by word. In no language it stays as it is.
func say(s *field.Spec, text string, l lang.Lang) string {
	switch {
	case l == "":
		return text
	case s.Type == field.TypeYesNo && text == "true":
		return lang.Of("是", "yes").In(l)
	case s.Type == field.TypeYesNo && text == "false":
		return lang.Of("否", "no").In(l)
	}
	for _, c := range s.Choices {
		if c.Code == text {
			return c.Label.In(l)
		}
	}
	return text
}

const valueSeparator = " | "

var (
	escapeValue = strings.NewReplacer(`\`, `\\`, `|`, `\|`, `｜`, `\｜`, "\n", `\n`, "\r", `\r`)
	// ErrRowValues says that a line of a list has more values than the list has columns.
	ErrRowValues = fault.Define("exchange.row_values", fault.Invalid,
		"有%d个值，“%s”只有%d项：%s", "there are %d values; %q has %d: %s")
)

// rowsText is a list of rows in one cell: a line a row, its last empty values left out. A row of nothing but empty values
// is a backslash, because a blank line is none.
func rowsText(list record.ListOf, r any, l lang.Lang) string {
	var lines []string
	for i := range list.Len(r) {
		var values []string
		for j, s := range list.Specs() {
			values = append(values, say(s, list.Text(r, i, j), l))
		}
		lines = append(lines, cmp.Or(joinValues(values), `\`))
	}
	return strings.Join(lines, "\n")
}

// joinValues writes values in one line, the last empty ones left out; splitValues reads it.
func joinValues(values []string) string {
	for len(values) > 0 && values[len(values)-1] == "" {
		values = values[:len(values)-1]
	}
	escaped := make([]string, len(values))
	for i, v := range values {
		escaped[i] = escapeValue.Replace(v)
	}
	return strings.Join(escaped, valueSeparator)
}

// joinKey is a natural key in one text, splitKey its fields again. A key of one field is the field.
func joinKey(values []string) string {
	if len(values) == 1 {
		return values[0]
	}
	return joinValues(values)
}

func splitKey(k record.Of, text string) []string {
	if len(k.KeyFields()) == 1 {
		return []string{text}
	}
	return splitValues(text)
}

// parseRows reads a cell that rowsText wrote, or that a person did.
func parseRows(k record.Of, f int, r any, text string) error {
	list, s := k.List(f), k.Fields()[f]
	list.Reset(r)
	var faults fault.List
	line := 0
	for raw := range strings.SplitSeq(strings.ReplaceAll(text, "\r\n", "\n"), "\n") {
		if width.Trim(raw) == "" {
			continue
		}
		values := splitValues(raw)
		line++
		if len(values) > len(list.Specs()) {
			faults = append(faults, inLine(ErrRowValues.With(len(values), s.Label, len(list.Specs()), columnNames(list)), s.Code, line))
			continue
		}
		list.Grow(r)
		row := list.Len(r) - 1
		for j, v := range values {
			if err := list.Parse(r, row, j, v); err != nil {
				if internal := faults.Add(fault.At(err, fault.Where{Field: s.Code + "." + list.Specs()[j].Code, Row: line})); internal != nil {
					return internal
				}
			}
		}
	}
	return faults.Err()
}

// inLine puts a fault at a line of a list.
func inLine(f *fault.Fault, code string, line int) *fault.Fault {
	f.Where = fault.Where{Field: code, Row: line}
	return f
}

func columnNames(list record.ListOf) lang.Text {
	var zh, en []string
	for _, s := range list.Specs() {
		zh, en = append(zh, s.Label.Zh), append(en, s.Label.En)
	}
	return lang.Text{Zh: strings.Join(zh, valueSeparator), En: strings.Join(en, valueSeparator)}
}

// splitValues splits a line at its bars, in either width; \| \｜ \\ \n and \r stand for the sign itself.
func splitValues(line string) []string {
	var out []string
	var b strings.Builder
	escaped := false
	for _, c := range line {
		switch {
		case escaped:
			switch c {
			case 'n':
				c = '\n'
			case 'r':
				c = '\r'
			}
			b.WriteRune(c)
			escaped = false
		case c == '\\':
			escaped = true
		case c == '|' || c == '｜':
			out = append(out, strings.TrimSpace(b.String()))
			b.Reset()
		default:
			b.WriteRune(c)
		}
	}
	return append(out, strings.TrimSpace(b.String()))
}
