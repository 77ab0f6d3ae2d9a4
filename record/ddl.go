package record

import (
	"fmt"
	"strings"

	"anlan/record/field"
)

// DDL is the text of the tables that k declares, in the form of a migration file: ${TEXT}, ${INT} and the like stand for
// the types that differ between the databases. The schema test compares what migrations made with what this makes.
//
// Two tables a kind: current rows, and <kind>_past with superseded ones, where every column of a field may be NULL. Both
// carry the positions between which a version held.
func DDL(k Of) string {
	var b strings.Builder
	fields := stored(k)
	table := func(name, key string, head, body []string) {
		fmt.Fprintf(&b, "CREATE TABLE %s (\n  %s,\n  %s\n) ${STRICT};\n", name, strings.Join(append(head, body...), ",\n  "), key)
	}
	t := k.Code()
	head := func(isPast bool) []string {
		null := " NOT NULL"
		if isPast {
			null = ""
		}
		return []string{"row_no ${INT} NOT NULL", "id ${TEXT}" + null, "version ${INT} NOT NULL", "state ${TEXT}" + null, "due_on ${TEXT}",
			"moved_by ${TEXT}" + null, "began ${INT} NOT NULL", "ext ${TEXT}"}
	}
	table(t, fmt.Sprintf("CONSTRAINT %s_row PRIMARY KEY (row_no),\n  CONSTRAINT %s_id UNIQUE (id)", t, t), head(false), ddl(fields, true))
	table(t+"_past", fmt.Sprintf("CONSTRAINT %s_past_row PRIMARY KEY (row_no, began)", t), head(true), append(ddl(fields, false), "ended ${INT} NOT NULL"))
	fmt.Fprintf(&b, "CREATE INDEX %s_began ON %s (began);\n", t, t)
	fmt.Fprintf(&b, "CREATE INDEX %s_past_began ON %s_past (began);\n", t, t)
	fmt.Fprintf(&b, "CREATE INDEX %s_past_ended ON %s_past (ended);\n", t, t)
	if key := k.KeyFields(); len(key) > 0 {
		names := make([]string, len(key))
		for i, f := range key {
			names[i] = f.Column
		}
		fmt.Fprintf(&b, "CREATE UNIQUE INDEX %s_key ON %s (%s) WHERE state <> 'withdrawn';\n", t, t, strings.Join(names, ", "))
		fmt.Fprintf(&b, "CREATE INDEX %s_past_key ON %s_past (%s);\n", t, t, strings.Join(names, ", "))
	}
	for _, f := range k.OrderedBy() {
		fmt.Fprintf(&b, "CREATE INDEX %s_by_%s ON %s (%s);\n", t, f.Column, t, strings.Join(orderColumns(k, f), ", "))
	}
	for _, l := range k.Tables() {
		rows := k.Fields()[l.Field].Rows
		table(l.Name, fmt.Sprintf("CONSTRAINT %s_line PRIMARY KEY (%s, line_no)", l.Name, l.Parent),
			[]string{l.Parent + " ${TEXT} NOT NULL", "line_no ${INT} NOT NULL"}, ddl(rows, true))
		table(l.Name+"_past", fmt.Sprintf("CONSTRAINT %s_past_line PRIMARY KEY (%s, began, line_no)", l.Name, l.Parent),
			[]string{l.Parent + " ${TEXT} NOT NULL", "began ${INT} NOT NULL", "line_no ${INT} NOT NULL"}, ddl(rows, false))
	}
	return b.String()
}

// orderColumns are those of the index by which lists are read in the order of a field: behind the order what lists are filtered by most, so that
// a record is fetched only when it is shown: state, unit, and the codes that every record has.
func orderColumns(k Of, by *field.Spec) []string {
	out := []string{by.Column, "row_no", "state"}
	for _, f := range stored(k) {
		if f != by && f.Required && f.Since == 0 && (f.Type == field.TypeUnit && f.Code == "unit" || len(f.Choices) > 0) {
			out = append(out, f.Column)
		}
	}
	return out
}

func stored(k Of) (out []*field.Spec) {
	for _, f := range k.Fields() {
		if f.Type != field.TypeRows {
			out = append(out, f)
		}
	}
	return out
}

// ddl is a column a field; with constraints a required field is NOT NULL, unless it came after the first version.
func ddl(fields []*field.Spec, constrained bool) (out []string) {
	for _, f := range fields {
		c := f.Column + " " + map[field.SQL]string{field.SQLText: "${TEXT}", field.SQLBigInt: "${INT}", field.SQLSmallInt: "${BOOL}"}[f.SQL]
		if constrained && f.Required && f.Since == 0 {
			c += " NOT NULL"
		}
		out = append(out, c)
	}
	return out
}
