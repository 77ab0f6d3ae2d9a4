package store

import "anlan/store/migration"

// Dialect is one of the two databases. Whoever needs a third difference rethinks the query.
type Dialect int

// The databases.
const (
	SQLite Dialect = iota + 1
	PostgreSQL
)

// String is the name used in tests, logs and golden files.
func (d Dialect) String() string {
	switch d {
	case SQLite:
		return "sqlite"
	case PostgreSQL:
		return "postgres"
	}
	return "none"
}

// ForUpdate locks the rows a SELECT gives until the transaction ends. SQLite has no such clause and needs none: its
// one writer holds the whole database from BEGIN IMMEDIATE on.
func (d Dialect) ForUpdate() string {
	if d == PostgreSQL {
		return " FOR UPDATE"
	}
	return ""
}

// types are the column types of the migration files. Only what the databases spell differently is a variable.
func (d Dialect) types() migration.Types {
	if d == PostgreSQL {
		return migration.Types{"TEXT": `text COLLATE "C"`, "INT": "bigint", "BOOL": "smallint", "BLOB": "bytea", "JSON": "jsonb",
			"STRICT": "", "CLUSTERED": ""}
	}
	// STRICT makes SQLite refuse a text in an integer column, as PostgreSQL does; it knows INTEGER only, and
	// INTEGER PRIMARY KEY is the row number itself.
	return migration.Types{"TEXT": "text", "INT": "integer", "BOOL": "integer", "BLOB": "blob", "JSON": "text",
		"STRICT": "STRICT", "CLUSTERED": "STRICT, WITHOUT ROWID"}
}
