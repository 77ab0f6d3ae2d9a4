package store

import "strings"

// postgresTables reads the tables of the current schema from PostgreSQL's catalogue.
func postgresTables(ask asking) ([]Table, error) {
	names, err := ask(`SELECT c.relname::text FROM pg_class c
		WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') ORDER BY c.relname::text COLLATE "C"`)
	if err != nil {
		return nil, err
	}
	tables := make([]Table, len(names))
	at := map[string]*Table{}
	for i, n := range names {
		tables[i].Name = textOf(n[0])
		at[tables[i].Name] = &tables[i]
	}
	for _, read := range []func(asking, map[string]*Table) error{postgresColumns, postgresConstraints, postgresIndexes} {
		if err := read(ask, at); err != nil {
			return nil, err
		}
	}
	return tables, nil
}

func postgresColumns(ask asking, at map[string]*Table) error {
	rows, err := ask(`SELECT c.relname::text, a.attname::text, format_type(a.atttypid, a.atttypmod), a.attnotnull,
			coalesce(pg_get_expr(d.adbin, d.adrelid), '')
		FROM pg_class c
		JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
		LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
		WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')
		ORDER BY c.relname, a.attnum`)
	for _, r := range rows {
		def := textOf(r[4])
		if i := strings.Index(def, "::"); i >= 0 {
			def = def[:i]
		}
		t := at[textOf(r[0])]
		t.Columns = append(t.Columns, Column{textOf(r[1]), typeName(textOf(r[2])), r[3] == int64(0), def})
	}
	return err
}

// columnsOf turns attribute numbers into names, joined by commas: names have none (see Ident). 0 is an expression.
const columnsOf = `(SELECT string_agg(coalesce(a.attname::text, '()'), ',' ORDER BY k.i)
		FROM unnest(%) WITH ORDINALITY AS k(n, i) LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.n AND k.n > 0)`

func postgresConstraints(ask asking, at map[string]*Table) error {
	rows, err := ask(`SELECT c.relname::text, o.conname::text, o.contype::text, coalesce(f.relname::text, ''),
			coalesce(` + strings.Replace(columnsOf, "%", "o.conkey", 1) + `, '')
		FROM pg_constraint o
		JOIN pg_class c ON c.oid = o.conrelid
		LEFT JOIN pg_class f ON f.oid = o.confrelid
		WHERE c.relnamespace = current_schema()::regnamespace AND o.contype IN ('p', 'u', 'c', 'f')
		ORDER BY 1, 2`)
	for _, r := range rows {
		t, name, columns := at[textOf(r[0])], textOf(r[1]), strings.Split(textOf(r[4]), ",")
		switch textOf(r[2]) {
		case "p":
			t.PrimaryKey = columns
		case "u":
			t.Uniques = append(t.Uniques, Unique{name, columns})
		case "c":
			t.Checks = append(t.Checks, name)
		case "f":
			t.ForeignKeys = append(t.ForeignKeys, ForeignKey{name, columns, textOf(r[3])})
		}
	}
	return err
}

func postgresIndexes(ask asking, at map[string]*Table) error {
	rows, err := ask(`SELECT c.relname::text, i.relname::text, x.indisunique, x.indpred IS NOT NULL,
			` + strings.Replace(columnsOf, "%", "x.indkey::int2[]", 1) + `
		FROM pg_index x
		JOIN pg_class c ON c.oid = x.indrelid
		JOIN pg_class i ON i.oid = x.indexrelid
		WHERE c.relnamespace = current_schema()::regnamespace
			AND x.indexrelid NOT IN (SELECT o.conindid FROM pg_constraint o WHERE o.contype IN ('p', 'u'))
		ORDER BY 1, 2`)
	for _, r := range rows {
		t := at[textOf(r[0])]
		t.Indexes = append(t.Indexes, Index{textOf(r[1]), strings.Split(textOf(r[4]), ","), r[2] == int64(1), r[3] == int64(1)})
	}
	return err
}
