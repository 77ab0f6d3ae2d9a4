package store

import (
	"context"
	"database/sql"
	"errors"

	"anlan/store/migration"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"modernc.org/sqlite"
)

// Migrate brings the tables to the newest version this program knows. On PostgreSQL it makes the schema of the book
// when it is missing. It refuses what a newer program made: ErrNewerSchema. Forward only: the way back is a restore.
func (db *DB) Migrate(ctx context.Context) error { return db.MigrateTo(ctx, migration.Newest) }

// MigrateTo is Migrate up to a version and no further: a restore makes the tables of its backup and loads them before
// they are brought up to date.
func (db *DB) MigrateTo(ctx context.Context, version int64) (err error) {
	pool, err := db.standard()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, pool.Close()) }()
	if db.dialect == PostgreSQL {
		return db.migratePostgres(ctx, pool, version)
	}
	return db.upgraded(migration.Up(ctx, pool, migration.SQLite, db.dialect.types(), version))
}

func (db *DB) migratePostgres(ctx context.Context, pool *sql.DB, version int64) error {
	schema, err := Ident(db.options.Schema)
	if err != nil {
		return err
	}
	return migration.Locked(ctx, pool, db.options.Schema, func() error {
		if db.options.Schema != defaultSchema {
			if _, err := pool.ExecContext(ctx, "CREATE SCHEMA IF NOT EXISTS "+schema); err != nil {
				return (&postgresSession{}).fault(err, "CREATE SCHEMA")
			}
		}
		return db.upgraded(migration.Up(ctx, pool, migration.PostgreSQL, db.dialect.types(), version))
	})
}

func (db *DB) upgraded(err error) error {
	if n, ok := errors.AsType[*migration.Newer](err); ok {
		return ErrNewerSchema.With(n.Found, n.Known)
	}
	if db.dialect == SQLite && err != nil {
		return sqliteFault(err, db.Path())
	}
	return err
}

// Migrations is the SHA-256 of all that Migrate runs on an empty database: where it is the same, so are the tables.
func (d Dialect) Migrations() ([32]byte, error) { return migration.Sum(d.types()) }

// SchemaVersion is the number of the newest migration the tables have had; 0 when there are none.
func (db *DB) SchemaVersion(ctx context.Context) (version int64, err error) {
	err = db.Read(ctx, func(tx *Tx) error {
		schema, err := tx.Schema()
		if err != nil || !schema.migrated {
			return err
		}
		_, err = tx.QueryRow([]any{&version}, "SELECT max(version_id) FROM "+migration.Table+" WHERE is_applied")
		return err
	})
	return version, err
}

// standard is the database as database/sql knows it, which goose wants.
func (db *DB) standard() (*sql.DB, error) {
	if db.dialect == PostgreSQL {
		c, err := postgresConfig(db.options)
		if err != nil {
			return nil, err
		}
		c.DefaultQueryExecMode = pgx.QueryExecModeSimpleProtocol // a migration is many statements
		return stdlib.OpenDB(*c), nil
	}
	c, err := sqlite.NewConnector(sqliteDSN(db.Path()) + "&_txlock=immediate")
	if err != nil {
		return nil, ErrCannotOpen.Because(err, db.Path())
	}
	pool := sql.OpenDB(c)
	pool.SetMaxOpenConns(1)
	return pool, nil
}
