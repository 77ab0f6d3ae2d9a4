package exchange

import (
	"strings"

	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/record"
	"anlan/record/field"
	"anlan/record/sheet"
)

// stateColumn is the column after the fields.
var stateLabel = lang.Of("状态", "state")

// headings are what an import of a kind expects: fields that are not retired, then the state.
func headings(k record.Of) (fields []int, out []sheet.Heading) {
	for i, f := range k.Fields() {
		if f.Retired {
			continue
		}
		fields = append(fields, i)
		out = append(out, sheet.Heading{Names: []string{f.Label.Zh, f.Label.En, f.Code}, Required: f.Required && f.Code != "unit" && f.Type != field.TypeYesNo})
	}
	return fields, append(out, sheet.Heading{Names: []string{stateLabel.Zh, stateLabel.En}})
}

// cellOf is field f of r as an export writes it.
func cellOf(k record.Of, f int, r any, l lang.Lang) sheet.Cell {
	s := k.Fields()[f]
	if list := k.List(f); list != nil {
		return sheet.TextCell(rowsText(list, r, l))
	}
	text := k.Text(r, f)
	if text == "" {
		return sheet.Cell{}
	}
	switch s.Type {
	case field.TypeMoney, field.TypeNumber, field.TypeQuantity, field.TypeRatio:
		return sheet.NumberCell(text)
	case field.TypeDay:
		d, err := dayOf(text)
		if err != nil {
			return sheet.TextCell(text)
		}
		return sheet.DayCell(d)
	}
	return sheet.TextCell(say(s, text, l))
}

// say is a value as people write it: codes by label, yes and no by word.
func say(s *field.Spec, text string, l lang.Lang) string {
	switch {
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
	escapeValue = strings.NewReplacer(`\`, `\\`, `|`, `\|`, "\n", `\n`, "\r", `\r`)
	// ErrRowValues says that a line of a list has more values than the list has columns.
	ErrRowValues = fault.Define("exchange.row_values", fault.Invalid,
		"第%d行有%d个值，“%s”只有%d项：%s", "line %d has %d values; %q has %d columns: %s")
)

// rowsText is a list of rows in one cell.
func rowsText(list record.ListOf, r any, l lang.Lang) string {
	var lines []string
	for i := range list.Len(r) {
		values := make([]string, len(list.Specs()))
		for j, s := range list.Specs() {
			values[j] = escapeValue.Replace(say(s, list.Text(r, i, j), l))
		}
		lines = append(lines, strings.TrimRight(strings.Join(values, valueSeparator), " |"))
	}
	return strings.Join(lines, "\n")
}

// parseRows reads a cell that rowsText wrote, or that a person did.
func parseRows(k record.Of, f int, r any, text string) error {
	list, s := k.List(f), k.Fields()[f]
	list.Reset(r)
	var faults fault.List
	line := 0
	for _, raw := range strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n") {
		if strings.TrimSpace(raw) == "" {
			continue
		}
		values := splitValues(raw)
		line++
		if len(values) > len(list.Specs()) {
			faults = append(faults, ErrRowValues.With(line, len(values), s.Label, len(list.Specs()), columnNames(list)))
			continue
		}
		list.Grow(r)
		for j, v := range values {
			if err := list.Parse(r, line-1, j, v); err != nil {
				if internal := faults.Add(fault.At(err, fault.Where{Field: list.Specs()[j].Code})); internal != nil {
					return internal
				}
			}
		}
	}
	return faults.Err()
}

func columnNames(list record.ListOf) lang.Text {
	var zh, en []string
	for _, s := range list.Specs() {
		zh, en = append(zh, s.Label.Zh), append(en, s.Label.En)
	}
	return lang.Text{Zh: strings.Join(zh, valueSeparator), En: strings.Join(en, valueSeparator)}
}

// splitValues splits a line at its bars; \| \\ \n \r stand for themselves.
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
