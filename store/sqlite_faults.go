package store

import (
	"context"
	"errors"
	"slices"
	"strings"

	"anlan/ground/fault"
	"modernc.org/sqlite"
)

// Result codes of SQLite (https://www.sqlite.org/rescode.html); the low byte is the primary code.
const (
	sqliteError      = 1
	sqlitePerm       = 3
	sqliteBusy       = 5
	sqliteLocked     = 6
	sqliteReadOnly   = 8
	sqliteIOErr      = 10
	sqliteCorrupt    = 11
	sqliteFull       = 13
	sqliteCannotOpen = 14
	sqliteTooBig     = 18
	sqliteConstraint = 19
	sqliteAuth       = 23
	sqliteNotADB     = 26

	sqliteCheck      = sqliteConstraint | 1<<8
	sqliteForeignKey = sqliteConstraint | 3<<8
	sqliteNotNull    = sqliteConstraint | 5<<8
	sqlitePrimaryKey = sqliteConstraint | 6<<8
	sqliteUnique     = sqliteConstraint | 8<<8
	sqliteRowID      = sqliteConstraint | 10<<8
)

// sqliteFault turns an error of the driver into a fault; what is none stays as it is.
func sqliteFault(err error, path string) error {
	e, ok := errors.AsType[*sqlite.Error](err)
	if !ok {
		return err
	}
	switch e.Code() & 0xff {
	case sqliteBusy, sqliteLocked:
		return ErrBusy.Because(err, busySecondsMax)
	case sqliteReadOnly:
		return ErrReadOnly.Because(err)
	case sqliteFull:
		return ErrDiskFull.Because(err)
	case sqliteCorrupt:
		return ErrCorrupt.Because(err)
	case sqliteIOErr:
		return ErrCannotOpen.Because(err, path)
	case sqliteNotADB:
		return ErrNotADatabase.Because(err, path)
	case sqliteCannotOpen, sqlitePerm, sqliteAuth:
		return ErrCannotOpen.Because(err, path)
	case sqliteTooBig:
		return ErrTooLarge.Because(err)
	}
	return err
}

// sqliteViolation reads what SQLite says of a constraint: "… constraint failed: table.column, table.column", or the
// name of a CHECK, or of an index over expressions. The declaration is nil when it is another kind of constraint.
func sqliteViolation(e *sqlite.Error) (*Violation, *fault.Declaration) {
	const mark = " constraint failed: "
	said := ""
	if i := strings.LastIndex(e.Error(), mark); i >= 0 {
		said = strings.TrimSpace(e.Error()[i+len(mark):])
		if j := strings.LastIndex(said, " ("); j >= 0 {
			said = said[:j] // the code in brackets, which the driver adds
		}
	}
	v := &Violation{Cause: e}
	var d *fault.Declaration
	switch e.Code() {
	case sqliteUnique, sqlitePrimaryKey, sqliteRowID:
		d = ErrUnique
	case sqliteNotNull:
		d = ErrNotNull
	case sqliteCheck:
		v.Constraint = said
		return v, ErrCheck
	case sqliteForeignKey:
		return v, ErrForeignKey
	default:
		return nil, nil
	}
	if name, ok := strings.CutPrefix(said, "index "); ok {
		v.Constraint = strings.Trim(name, "'")
		return v, d
	}
	for part := range strings.SplitSeq(said, ", ") {
		table, column, _ := strings.Cut(part, ".")
		v.Table, v.Columns = table, append(v.Columns, column)
	}
	if d == ErrNotNull {
		v.Constraint = v.Columns[0]
	}
	return v, d
}

// name finds what SQLite does not tell: the constraint that stands behind the columns, the table behind a CHECK.
// It reads the catalogue on the same connection; what it cannot find stays empty, for the fault itself is true.
func (s *sqliteSession) name(v *Violation) {
	switch {
	case v.Table == "" && v.Constraint != "":
		v.Table = s.tableOf(v.Constraint)
	case len(v.Columns) > 0 && v.Constraint == "":
		v.Constraint = s.constraintOf(v.Table, v.Columns)
	}
}

func (s *sqliteSession) tableOf(constraint string) string {
	found, err := s.all(`SELECT tbl_name, sql FROM sqlite_schema WHERE type IN ('table', 'index') AND instr(sql, ?) > 0`, constraint)
	if err != nil {
		return ""
	}
	for _, f := range found {
		if slices.Contains(sqlWords(textOf(f[1])), constraint) {
			return textOf(f[0])
		}
	}
	return ""
}

func (s *sqliteSession) constraintOf(table string, columns []string) string {
	made, err := s.all(`SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ?`, table)
	if err != nil || len(made) != 1 {
		return ""
	}
	for _, c := range constraintsIn(textOf(made[0][0])) {
		if (c.what == "UNIQUE" || c.what == "PRIMARY") && slices.Equal(c.columns, columns) {
			return c.name
		}
	}
	var t Table
	t.Name = table
	if err := t.readIndexes(s.all, nil); err != nil {
		return ""
	}
	for _, x := range t.Indexes {
		if x.Unique && slices.Equal(x.Columns, columns) {
			return x.Name
		}
	}
	return ""
}

// all asks the catalogue, outside of any Tx.
func (s *sqliteSession) all(query string, args ...any) ([][]any, error) {
	ctx := context.Background()
	st, err := s.prepare(ctx, query)
	if err != nil {
		return nil, err
	}
	c, err := s.query(ctx, st, args)
	if err != nil {
		return nil, err
	}
	var out [][]any
	for c.next() {
		out = append(out, slices.Clone(c.values()))
	}
	return out, errors.Join(c.err(), c.close())
}
