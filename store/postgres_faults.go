package store

import (
	"context"
	"errors"
	"fmt"

	"anlan/ground/fault"
	"github.com/jackc/pgx/v5/pgconn"
)

// fault turns an error of pgx into a fault (codes: PostgreSQL 15, appendix A).
func (s *postgresSession) fault(err error, query string) error {
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	e, ok := errors.AsType[*pgconn.PgError](err)
	switch {
	case !ok && s.conn == nil:
		return ErrCannotOpen.Because(err, s.address)
	case !ok && s.conn.IsClosed():
		return ErrConnectionLost.Because(err)
	case !ok:
		return fmt.Errorf("store: %w in: %s", err, query)
	}
	violation := &Violation{Table: e.TableName, Constraint: e.ConstraintName, Cause: err}
	switch e.Code {
	case "23505":
		return violation.fault(ErrUnique)
	case "23503":
		return violation.fault(ErrForeignKey)
	case "23514":
		return violation.fault(ErrCheck)
	case "23502":
		violation.Constraint, violation.Columns = e.ColumnName, []string{e.ColumnName}
		return violation.fault(ErrNotNull)
	case "25006":
		return ErrReadOnly.Because(err)
	case "53100":
		return ErrDiskFull.Because(err)
	case "55P03", "40001", "40P01", "53300": // lock not to be had, serialization, deadlock, too many connections
		return ErrBusy.Because(err, busySecondsMax)
	case "57P01", "57P02", "57P03": // the server is shut down, has crashed, is starting
		if s.conn == nil {
			return ErrCannotOpen.Because(err, s.address)
		}
		return ErrConnectionLost.Because(err)
	case "42501", "28000", "28P01", "3D000": // no permission, no such role, wrong password, no such database
		return ErrCannotOpen.Because(err, s.address)
	case "XX001", "XX002":
		return ErrCorrupt.Because(err)
	}
	return classFault(e, query)
}

// classFault maps whole classes of codes.
func classFault(e *pgconn.PgError, query string) error {
	var d *fault.Declaration
	switch e.Code[:2] {
	case "08":
		d = ErrConnectionLost
	case "54":
		d = ErrTooLarge
	default:
		return fmt.Errorf("store: %w in: %s", e, query)
	}
	return d.Because(e)
}
