package record

import (
	"fmt"
	"slices"
	"strings"

	"anlan/record/access"
	"anlan/record/field"
	"anlan/store"
)

// View is a view that stands beside the tables for people who ask with plain SQL.
type View struct {
	Name, SQL string
	Columns   []string
}

// Readable are the views of a kind for auditors, one of its current records (<kind>_readable) and one of each list of
// rows: columns are called as the forms call them, codes and states are their labels, money is 元, yes is 是, and the time
// at which a version was recorded is the bureau's. Fields above internal are absent, and so are extra fields, which may be:
// whoever is granted the views and not the tables sees what a role without clearance sees.
func Readable(k Of) []View {
	t := k.Code()
	head := newNamed(k.Code()+" r", "r.id", "标识", "r.version", "版本", stateColumn(k), "状态", "r.due_on", "期限", "r.moved_by", "经办人",
		"e.recorded", "记录时间", "r.began", "日志位置")
	head.from += " LEFT JOIN " + entryReadable + " e ON e.position = r.began"
	head.add("r", stored(k))
	views := []View{head.view(t + readable)}
	for _, l := range k.Tables() {
		f := k.Fields()[l.Field]
		rows := newNamed(l.Name+" x", "x."+l.Parent, "标识", "x.line_no", "行")
		if rows.add("x", f.Rows); f.Sensitivity <= access.Internal {
			views = append(views, rows.view(l.Name+readable))
		}
	}
	return views
}

// named are the columns of a view under the names that people see.
type named struct {
	from    string
	columns []string
	names   []string // of these
	taken   map[string]bool
}

// newNamed begins a view with columns and their names in turn.
func newNamed(from string, columns ...string) *named {
	n := &named{from: from, taken: map[string]bool{}}
	for i := 0; i < len(columns); i += 2 {
		n.as(columns[i], columns[i+1], "")
	}
	return n
}

// as adds a column; a label that is taken already, or is longer than PostgreSQL keeps, gives way to the code.
func (n *named) as(value, label, code string) {
	if n.taken[label] || len(label) > columnBytesMax {
		label = code
	}
	n.taken[label] = true
	n.names = append(n.names, label)
	n.columns = append(n.columns, value+` AS "`+strings.ReplaceAll(label, `"`, `""`)+`"`)
}

// columnBytesMax is what PostgreSQL keeps of a name.
const columnBytesMax = 63

func (n *named) add(alias string, fields []*field.Spec) {
	for _, f := range fields {
		if f.Sensitivity <= access.Internal {
			n.as(readableValue(alias+"."+f.Column, f), f.Label.Zh, f.Code)
		}
	}
}

func (n *named) view(name string) View {
	return View{name, "SELECT " + strings.Join(n.columns, ",\n  ") + "\nFROM " + n.from, n.names}
}

const (
	readable      = "_readable"
	entryReadable = "journal_entry" + readable
)

// journalView tells of each entry what may be told to everybody, with the bureau's time. Days are reckoned from µs by
// integers alone (the civil calendar of proleptic Gregorian years that begin in March), because the two databases have no
// function of time in common.
var journalView = View{entryReadable, `SELECT position, kind, record_id, version, action,
  CAST(y + CASE WHEN mp >= 10 THEN 1 ELSE 0 END AS text) || '-' ||
  substr(CAST(100 + CASE WHEN mp < 10 THEN mp + 3 ELSE mp - 9 END AS text), 2) || '-' ||
  substr(CAST(101 + doy - (153 * mp + 2) / 5 AS text), 2) || ' ' ||
  substr(CAST(100 + s / 3600 AS text), 2) || ':' || substr(CAST(100 + s / 60 % 60 AS text), 2) || ':' || substr(CAST(100 + s % 60 AS text), 2) AS recorded
FROM (SELECT position, kind, record_id, version, action, s, y, doy, (5 * doy + 2) / 153 AS mp
FROM (SELECT position, kind, record_id, version, action, s, yoe + era * 400 AS y, doe - (365 * yoe + yoe / 4 - yoe / 100) AS doy
FROM (SELECT position, kind, record_id, version, action, s, era, doe, (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365 AS yoe
FROM (SELECT position, kind, record_id, version, action, s, z / 146097 AS era, z % 146097 AS doe
FROM (SELECT position, kind, record_id, version, action,
  (recorded_at + 28800000000) / 1000000 % 86400 AS s, (recorded_at + 28800000000) / 86400000000 + 719468 AS z
FROM journal_entry) a) b) c) d) e`, []string{"position", "kind", "record_id", "version", "action", "recorded"}}

func sqlText(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }

func stateColumn(k Of) string {
	b := "CASE r.state"
	for _, s := range k.States() {
		b += " WHEN " + sqlText(string(s.State)) + " THEN " + sqlText(s.Label.Zh)
	}
	return b + " ELSE r.state END"
}

func readableValue(column string, f *field.Spec) string {
	switch f.Type {
	case field.TypeCode:
		b := "CASE " + column
		for _, c := range f.Choices {
			b += " WHEN " + sqlText(c.Code) + " THEN " + sqlText(c.Label.Zh)
		}
		return b + " ELSE " + column + " END"
	case field.TypeYesNo:
		return "CASE " + column + " WHEN 1 THEN '是' WHEN 0 THEN '否' END"
	case field.TypeMoney:
		return decimal(column, 2)
	case field.TypeQuantity, field.TypeRatio:
		return decimal(column, f.Decimals)
	case field.TypeInstant:
		return "replace(" + column + ", 'T', ' ')"
	}
	return column
}

// decimal prints an integer as a decimal; dividing truncates towards zero on both databases.
func decimal(column string, decimals int) string {
	if decimals == 0 {
		return "CAST(" + column + " AS text)"
	}
	scale := fmt.Sprintf("1%0*d", decimals, 0)
	return "CASE WHEN " + column + " < 0 THEN '-' || CAST(-(" + column + " / " + scale + ") AS text) || '.' || substr(CAST(" + scale + " - " + column + " % " + scale + " AS text), 2)" +
		" ELSE CAST(" + column + " / " + scale + " AS text) || '.' || substr(CAST(" + scale + " + " + column + " % " + scale + " AS text), 2) END"
}

// ReadableViews are the views that MakeReadable makes, that of the journal first, on which the others stand.
func ReadableViews(kinds []Of) []View {
	views := []View{journalView}
	for _, k := range kinds {
		views = append(views, Readable(k)...)
	}
	return views
}

// MakeReadable makes the views of kinds, and that of the journal, anew: after a migration, which may have changed what they
// show. They hold no rows, so nothing is lost with the old ones; what was granted on them must be granted again. A
// migration that makes a table anew, instead of adding to it, drops the views of it first.
func MakeReadable(tx *store.Tx, kinds []Of) error {
	views := ReadableViews(kinds)
	for _, v := range slices.Backward(views) { // those of kinds stand on that of the journal
		if _, err := tx.Exec("DROP VIEW IF EXISTS " + v.Name); err != nil {
			return err
		}
	}
	for _, v := range views {
		if _, err := tx.Exec(store.ViewOf(v.Name, v.SQL)); err != nil {
			return fmt.Errorf("record: view %s: %w", v.Name, err)
		}
	}
	return nil
}
