package store

import (
	"slices"
	"strings"
)

type asking func(query string, args ...any) ([][]any, error)

// sqliteTables reads one table, or all when name is empty, from SQLite's own catalogue. The names of constraints stand
// nowhere but in the text of CREATE TABLE.
func sqliteTables(ask asking, name string) ([]Table, error) {
	made, err := ask(`SELECT name, sql FROM sqlite_schema
		WHERE type = 'table' AND name NOT LIKE 'sqlite\_%' ESCAPE '\' AND (? = '' OR name = ?) ORDER BY name`, name, name)
	if err != nil {
		return nil, err
	}
	tables := make([]Table, 0, len(made))
	for _, m := range made {
		t := Table{Name: textOf(m[0])}
		if err := t.readColumns(ask); err != nil {
			return nil, err
		}
		named := constraintsIn(textOf(m[1]))
		if err := t.readIndexes(ask, named); err != nil {
			return nil, err
		}
		if err := t.readForeignKeys(ask, named); err != nil {
			return nil, err
		}
		for _, c := range named {
			if c.what == "CHECK" {
				t.Checks = append(t.Checks, c.name)
			}
		}
		tables = append(tables, t)
	}
	return tables, nil
}

func (t *Table) readColumns(ask asking) error {
	columns, err := ask(`SELECT name, type, "notnull", dflt_value, pk FROM pragma_table_xinfo(?) ORDER BY cid`, t.Name)
	if err != nil {
		return err
	}
	keys := map[int64]string{}
	for _, c := range columns {
		name, pk := textOf(c[0]), c[4].(int64)
		t.Columns = append(t.Columns, Column{Name: name, Type: typeName(textOf(c[1])), Nullable: c[2] == int64(0) && pk == 0, Default: textOf(c[3])})
		if pk > 0 {
			keys[pk] = name
		}
	}
	for i := range len(keys) {
		t.PrimaryKey = append(t.PrimaryKey, keys[int64(i+1)])
	}
	return nil
}

func (t *Table) readIndexes(ask asking, named []constraint) error {
	indexes, err := ask(`SELECT name, "unique", origin, partial FROM pragma_index_list(?)`, t.Name)
	if err != nil {
		return err
	}
	for _, x := range indexes {
		columns, err := ask(`SELECT name FROM pragma_index_info(?) ORDER BY seqno`, textOf(x[0]))
		if err != nil {
			return err
		}
		names := make([]string, len(columns))
		for i, c := range columns {
			if names[i] = textOf(c[0]); c[0] == nil {
				names[i] = expression
			}
		}
		switch textOf(x[2]) {
		case "c":
			t.Indexes = append(t.Indexes, Index{textOf(x[0]), names, x[1] == int64(1), x[3] == int64(1)})
		case "u":
			t.Uniques = append(t.Uniques, Unique{nameOf(named, "UNIQUE", names), names})
		}
	}
	return nil
}

func (t *Table) readForeignKeys(ask asking, named []constraint) error {
	parts, err := ask(`SELECT id, "table", "from" FROM pragma_foreign_key_list(?) ORDER BY id, seq`, t.Name)
	if err != nil {
		return err
	}
	last := int64(-1)
	for _, p := range parts {
		if p[0] != last {
			t.ForeignKeys = append(t.ForeignKeys, ForeignKey{Table: textOf(p[1])})
			last = p[0].(int64)
		}
		k := &t.ForeignKeys[len(t.ForeignKeys)-1]
		k.Columns = append(k.Columns, textOf(p[2]))
	}
	for i, k := range t.ForeignKeys {
		t.ForeignKeys[i].Name = nameOf(named, "FOREIGN", k.Columns)
	}
	return nil
}

// constraint is a rule in the text of a CREATE TABLE.
type constraint struct {
	name    string
	what    string // CHECK, UNIQUE, PRIMARY, FOREIGN
	columns []string
}

func nameOf(named []constraint, what string, columns []string) string {
	for _, c := range named {
		if c.what == what && slices.Equal(c.columns, columns) {
			return c.name
		}
	}
	return ""
}

// constraintsIn finds the constraints in the text of a CREATE TABLE.
func constraintsIn(text string) []constraint {
	var found []constraint
	column, name := "", ""
	words := sqlWords(text)
	depth := 0
	first := true // the next word at depth 1 begins an item of the table
	for i := 0; i < len(words); i++ {
		w := words[i]
		switch {
		case w == "(":
			if depth++; depth == 1 {
				first = true
			}
			continue
		case w == ")":
			depth--
			continue
		case depth != 1:
			continue
		case w == ",":
			first, name = true, ""
			continue
		}
		upper := strings.ToUpper(w)
		switch upper {
		case "CONSTRAINT":
			if i+1 < len(words) {
				i++
				name = unquote(words[i])
			}
			if first {
				column = ""
			}
		case "CHECK", "UNIQUE", "PRIMARY", "FOREIGN", "REFERENCES":
			if first {
				column = ""
			}
			c := constraint{name: name, what: upper, columns: []string{column}}
			if upper == "REFERENCES" {
				if column == "" { // the second half of a FOREIGN KEY
					break
				}
				c.what = "FOREIGN"
			}
			if column == "" {
				c.columns = listAfter(words[i+1:])
			}
			found = append(found, c)
			name = ""
		default:
			if first {
				column = unquote(w)
			}
		}
		first = false
	}
	return found
}

// listAfter reads "(a, b)" after an optional KEY.
func listAfter(words []string) []string {
	var names []string
	for _, w := range words {
		switch {
		case w == ")":
			return names
		case w == "(" || w == "," || strings.EqualFold(w, "KEY"):
		default:
			names = append(names, unquote(w))
		}
	}
	return names
}

func unquote(w string) string { return strings.Trim(w, "\"`[]") }

// sqlWords cuts SQL into words, quoted texts and signs, leaving blanks and comments out.
func sqlWords(text string) []string {
	var words []string
	for i := 0; i < len(text); {
		c := text[i]
		n := 1
		switch {
		case c == ' ' || c == '\t' || c == '\n' || c == '\r':
			i++
			continue
		case strings.HasPrefix(text[i:], "--"):
			if n = strings.IndexByte(text[i:], '\n'); n < 0 {
				n = len(text) - i
			}
			i += n
			continue
		case strings.HasPrefix(text[i:], "/*"):
			if n = strings.Index(text[i:], "*/") + 2; n < 2 {
				n = len(text) - i
			}
			i += n
			continue
		case c == '\'' || c == '"' || c == '`':
			if n = strings.IndexByte(text[i+1:], c) + 2; n < 2 {
				n = len(text) - i
			}
		case c == '[':
			if n = strings.IndexByte(text[i:], ']') + 1; n < 1 {
				n = len(text) - i
			}
		case wordByte(c):
			for i+n < len(text) && wordByte(text[i+n]) {
				n++
			}
		}
		words = append(words, text[i:i+n])
		i += n
	}
	return words
}

func wordByte(c byte) bool {
	return c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80
}
