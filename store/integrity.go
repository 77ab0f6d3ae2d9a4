package store

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"anlan/ground/fault"
	"anlan/ground/lang"
	"github.com/jackc/pgx/v5/pgconn"
)

// ErrDamaged is one thing that the database finds wrong with itself.
var ErrDamaged = fault.Define("store.damaged", fault.Broken,
	"数据库自检：%s；请停止写入并从备份恢复", "the database's check of itself: %s; stop writing and restore a backup")

const integrityFindingsMax = 100

// Integrity lets the database compare its tables with its indexes and gives what it finds, at most 100 faults. It reads
// everything. An index that leads to fewer rows than there are makes a figure smaller, and every list behind it with it, while
// each row is as it was. SQLite compares pages and foreign keys, too. PostgreSQL does it by its extension amcheck, where the
// database has it; without, only indexes that are switched off are found. What the content says is proved elsewhere, by
// journal.VerifyTree and by replay.
func (db *DB) Integrity(ctx context.Context) (found fault.List, err error) {
	if db.dialect == PostgreSQL {
		return db.indexes(ctx)
	}
	err = db.Read(ctx, func(tx *Tx) error {
		said, err := tx.all(fmt.Sprintf("PRAGMA integrity_check(%d)", integrityFindingsMax))
		if err != nil {
			return err
		}
		for _, s := range said {
			if what := textOf(s[0]); what != "ok" {
				found = append(found, ErrDamaged.With(what))
			}
		}
		orphans, err := tx.all(`SELECT "table", coalesce(rowid, 0), parent FROM pragma_foreign_key_check LIMIT ?`, integrityFindingsMax-len(found))
		for _, o := range orphans {
			found = append(found, ErrDamaged.With(lang.Text{Zh: fmt.Sprintf("数据表%s的第%d行指向%s中没有的一行", textOf(o[0]), o[1], textOf(o[2])),
				En: fmt.Sprintf("row %d of %s refers to a row of %s that is not there", o[1], textOf(o[0]), textOf(o[2]))}))
		}
		return err
	})
	return found, err
}

// indexes compares each index of the schema with its table, each in a transaction of its own: a finding ends it.
func (db *DB) indexes(ctx context.Context) (found fault.List, err error) {
	var all [][]any
	var home string // of the extension; empty where it is not there, or not for us
	err = db.Read(ctx, func(tx *Tx) error {
		if _, err := tx.QueryRow([]any{&home}, `SELECT quote_ident(n.nspname) FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
			JOIN pg_proc p ON p.pronamespace = n.oid AND p.proname = 'bt_index_check' AND p.pronargs = 2 WHERE e.extname = 'amcheck' AND has_function_privilege(p.oid, 'EXECUTE')`); err != nil {
			return err
		}
		all, err = tx.all(`SELECT c.relname::text, c.oid::int8, CASE WHEN i.indisvalid AND i.indisready AND i.indislive THEN 1 ELSE 0 END FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am a ON a.oid = c.relam
			WHERE c.relnamespace = current_schema()::regnamespace AND a.amname = 'btree' AND c.relpersistence <> 't' ORDER BY c.relname COLLATE "C"`)
		return err
	})
	for _, x := range all {
		if err != nil || len(found) == integrityFindingsMax {
			break
		}
		name := textOf(x[0])
		if on, _ := x[2].(int64); on == 0 {
			found = append(found, ErrDamaged.With(lang.Text{Zh: "索引" + name + "被停用", En: "the index " + name + " is switched off"}))
			continue
		}
		if home == "" {
			continue
		}
		err = db.Read(ctx, func(tx *Tx) error {
			_, err := tx.all("SELECT "+home+".bt_index_check(CAST(? AS int8)::oid::regclass, true)::text", x[1])
			return err
		})
		if corrupted, is := errors.AsType[*pgconn.PgError](err); is && strings.HasPrefix(corrupted.Code, "XX") { // data or index corrupted
			found, err = append(found, ErrDamaged.With(lang.Text{Zh: "索引" + name + "与数据表不符（" + corrupted.Message + "）", En: corrupted.Message})), nil
		}
	}
	return found, err
}
