package store

import (
	"context"
	"fmt"

	"anlan/ground/fault"
)

// ErrDamaged is one thing that the database finds wrong with itself.
var ErrDamaged = fault.Define("store.damaged", fault.Broken,
	"数据库自检：%s；请停止写入并从备份恢复", "the database's check of itself: %s; stop writing and restore a backup")

const integrityFindingsMax = 100

// Integrity lets SQLite compare its pages, indexes and foreign keys with each other and gives what it finds, at most
// 100 faults. It reads everything. PostgreSQL has no such check in SQL: it keeps checksums of its pages and tells of a
// wrong one when it is read. What the content says is proved elsewhere, by journal.VerifyTree and by replay.
func (db *DB) Integrity(ctx context.Context) (found fault.List, err error) {
	if db.dialect == PostgreSQL {
		return nil, nil
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
			found = append(found, ErrDamaged.With(fmt.Sprintf("row %d of %s refers to a row of %s that is not there", o[1], textOf(o[0]), textOf(o[2]))))
		}
		return err
	})
	return found, err
}
