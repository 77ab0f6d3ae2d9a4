package store

import (
	"slices"
	"strings"

	"anlan/store/migration"
)

// Schema is what the tables are, in the same words from both databases, so that a test can compare them with each other
// and with what the kinds declare. Everything is sorted by name but the columns, which are in their order; compare
// columns as sets, because a column that was added later stands last.
type Schema struct {
	Tables []Table `json:"tables"`

	migrated bool
}

// Table is one table.
type Table struct {
	Name        string       `json:"name"`
	Columns     []Column     `json:"columns"`
	PrimaryKey  []string     `json:"primary_key,omitempty"`
	Indexes     []Index      `json:"indexes,omitempty"` // without those of primary key and unique constraints
	Uniques     []Unique     `json:"uniques,omitempty"` // unique constraints of the table
	Checks      []string     `json:"checks,omitempty"`  // names; "" in SQLite for one that has none
	ForeignKeys []ForeignKey `json:"foreign_keys,omitempty"`
}

// Column is one column. Type is integer (of whatever width), text or blob; anything else is as the database says.
type Column struct {
	Name     string `json:"name"`
	Type     string `json:"type"`
	Nullable bool   `json:"nullable,omitempty"`
	Default  string `json:"default,omitempty"` // as SQL, without casts; empty when there is none
}

// Index is one index. A column that is an expression is "()": the databases print expressions differently.
type Index struct {
	Name    string   `json:"name"`
	Columns []string `json:"columns"`
	Unique  bool     `json:"unique,omitempty"`
	Partial bool     `json:"partial,omitempty"` // has a WHERE
}

// Unique is a named unique constraint.
type Unique struct {
	Name    string   `json:"name"`
	Columns []string `json:"columns"`
}

// ForeignKey is a reference to another table.
type ForeignKey struct {
	Name    string   `json:"name"`
	Columns []string `json:"columns"`
	Table   string   `json:"table"`
}

const expression = "()" // an index column that is none

// Table finds a table by its name.
func (s *Schema) Table(name string) (Table, bool) {
	i, ok := slices.BinarySearchFunc(s.Tables, name, func(t Table, n string) int { return strings.Compare(t.Name, n) })
	if !ok {
		return Table{}, false
	}
	return s.Tables[i], true
}

// Column finds a column by its name.
func (t Table) Column(name string) (Column, bool) {
	for _, c := range t.Columns {
		if c.Name == name {
			return c, true
		}
	}
	return Column{}, false
}

// Schema reads the tables of the book. The table of migrations is left out: goose makes it.
func (tx *Tx) Schema() (*Schema, error) {
	ask := func(query string, args ...any) ([][]any, error) { return tx.all(query, args...) }
	var tables []Table
	var err error
	if tx.dialect == PostgreSQL {
		tables, err = postgresTables(ask)
	} else {
		tables, err = sqliteTables(ask, "")
	}
	if err != nil {
		return nil, err
	}
	s := &Schema{Tables: tables}
	s.Tables = slices.DeleteFunc(s.Tables, func(t Table) bool {
		s.migrated = s.migrated || t.Name == migration.Table
		return t.Name == migration.Table
	})
	for i := range s.Tables {
		s.Tables[i].sort()
	}
	return s, nil
}

func (t *Table) sort() {
	slices.SortFunc(t.Indexes, func(a, b Index) int { return strings.Compare(a.Name, b.Name) })
	slices.SortFunc(t.Uniques, func(a, b Unique) int { return strings.Compare(a.Name, b.Name) })
	slices.SortFunc(t.ForeignKeys, func(a, b ForeignKey) int { return strings.Compare(a.Name, b.Name) })
	slices.Sort(t.Checks)
}

// all reads all rows of a small query.
func (tx *Tx) all(query string, args ...any) ([][]any, error) {
	rows, err := tx.Query(query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out [][]any
	for rows.Next() {
		out = append(out, slices.Clone(rows.Values()))
	}
	return out, rows.Err()
}

// typeName is the house's word for a column type.
func typeName(declared string) string {
	switch t := strings.ToLower(declared); t {
	case "bigint", "smallint", "integer", "int", "int2", "int4", "int8":
		return "integer"
	case "bytea":
		return "blob"
	case "jsonb": // SQLite keeps it in a text column
		return "text"
	default:
		return t
	}
}

func textOf(v any) string {
	s, _ := v.(string)
	return s
}
