package store_test

import (
	"errors"
	"strings"
	"testing"

	"anlan/store"
	"anlan/store/storetest"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// schemaStatements use each thing that a table can have, with traps in comments, texts and quotes.
var schemaStatements = []string{
	`CREATE TABLE ward ( -- CONSTRAINT not_this CHECK (1 = 1),
		code text NOT NULL,
		name text,
		CONSTRAINT ward_key PRIMARY KEY (code)
	)`,
	`CREATE TABLE bed (
		ward_code text NOT NULL,
		line_no bigint NOT NULL,
		"note" text DEFAULT 'CONSTRAINT x UNIQUE (a), b' NOT NULL, /* CONSTRAINT nor_this UNIQUE (note) */
		free smallint DEFAULT 0 NOT NULL CONSTRAINT bed_free_is_bool CHECK (free IN (0, 1)),
		tag text CONSTRAINT bed_tag_once UNIQUE,
		owner text CONSTRAINT bed_owner_is REFERENCES ward (code),
		CONSTRAINT bed_key PRIMARY KEY (ward_code, line_no),
		CONSTRAINT bed_ward FOREIGN KEY (ward_code) REFERENCES ward (code),
		CONSTRAINT bed_note_once UNIQUE (note, free),
		CONSTRAINT bed_note_is_short CHECK (length(note) < 100 AND (note <> ')' OR free = 1))
	)`,
	"CREATE INDEX bed_free ON bed (free, ward_code) WHERE free = 1",
	"CREATE UNIQUE INDEX bed_low ON bed (lower(tag), line_no)",
	"CREATE UNIQUE INDEX ward_name ON ward (name)",
	"ALTER TABLE bed ADD COLUMN since_on text",
}

func TestTheSchemaIsReadAlike(t *testing.T) {
	t.Parallel()
	want := []store.Table{
		{Name: "bed",
			Columns: []store.Column{
				{Name: "ward_code", Type: "text"}, {Name: "line_no", Type: "integer"},
				{Name: "note", Type: "text", Default: "'CONSTRAINT x UNIQUE (a), b'"},
				{Name: "free", Type: "integer", Default: "0"},
				{Name: "tag", Type: "text", Nullable: true}, {Name: "owner", Type: "text", Nullable: true},
				{Name: "since_on", Type: "text", Nullable: true},
			},
			PrimaryKey:  []string{"ward_code", "line_no"},
			Indexes:     []store.Index{{"bed_free", []string{"free", "ward_code"}, false, true}, {"bed_low", []string{"()", "line_no"}, true, false}},
			Uniques:     []store.Unique{{"bed_note_once", []string{"note", "free"}}, {"bed_tag_once", []string{"tag"}}},
			Checks:      []string{"bed_free_is_bool", "bed_note_is_short"},
			ForeignKeys: []store.ForeignKey{{"bed_owner_is", []string{"owner"}, "ward"}, {"bed_ward", []string{"ward_code"}, "ward"}},
		},
		{Name: "ward",
			Columns:    []store.Column{{Name: "code", Type: "text"}, {Name: "name", Type: "text", Nullable: true}},
			PrimaryKey: []string{"code"},
			Indexes:    []store.Index{{"ward_name", []string{"name"}, true, false}},
		},
	}
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		inTx(t, db, func(tx *store.Tx) error {
			for _, s := range schemaStatements {
				if _, err := tx.Exec(s); err != nil {
					return err
				}
			}
			return nil
		})
		read(t, db, func(tx *store.Tx) error {
			s, err := tx.Schema()
			if err != nil {
				return err
			}
			var got []store.Table
			for _, name := range []string{"bed", "ward"} {
				table, ok := s.Table(name)
				if !ok {
					t.Fatalf("%s is missing", name)
				}
				got = append(got, table)
			}
			if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			if c, ok := got[0].Column("free"); !ok || c.Default != "0" {
				t.Errorf("column free: got %+v", c)
			}
			if _, ok := got[0].Column("none"); ok {
				t.Error("found a column that is not there")
			}
			if _, ok := s.Table("schema_version"); ok {
				t.Error("the table of migrations is listed")
			}
			return nil
		})
	})
}

// TestBothDatabasesHaveTheSameTables compares what the migrations made, as sets.
func TestBothDatabasesHaveTheSameTables(t *testing.T) {
	t.Parallel()
	var schemas []*store.Schema
	for _, d := range storetest.Dialects {
		db := storetest.Open(t, d)
		read(t, db, func(tx *store.Tx) error {
			s, err := tx.Schema()
			schemas = append(schemas, s)
			return err
		})
	}
	if diff := cmp.Diff(schemas[0].Tables, schemas[1].Tables, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("(-sqlite +postgres)\n%s", diff)
	}
	for _, table := range schemas[0].Tables {
		if strings.Contains(strings.Join(table.Checks, ",")+",", ",,") {
			t.Errorf("%s has a CHECK without a name", table.Name)
		}
	}
}

func TestViolationsNameTheConstraint(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		inTx(t, db, func(tx *store.Tx) error {
			for _, s := range append(schemaStatements,
				"INSERT INTO ward (code, name) VALUES ('w', '一病区')",
				"INSERT INTO bed (ward_code, line_no, tag) VALUES ('w', 1, 'a')") {
				if _, err := tx.Exec(s); err != nil {
					return err
				}
			}
			return nil
		})
		for _, c := range []struct{ name, statement, constraint, table string }{
			{"a primary key of two columns", "INSERT INTO bed (ward_code, line_no, note) VALUES ('w', 1, 'x')", "bed_key", "bed"},
			{"a unique constraint", "INSERT INTO bed (ward_code, line_no, tag) VALUES ('w', 2, 'b')", "bed_note_once", "bed"},
			{"a unique column", "INSERT INTO bed (ward_code, line_no, note, tag) VALUES ('w', 1 + 1, 'x', 'a')", "bed_tag_once", "bed"},
			{"a unique index", "INSERT INTO ward (code, name) VALUES ('v', '一病区')", "ward_name", "ward"},
			{"a unique index over an expression", "INSERT INTO bed (ward_code, line_no, note, tag) VALUES ('w2', 1, 'x', 'A')", "bed_low", "bed"},
			{"a check of a column", "UPDATE bed SET free = 2", "bed_free_is_bool", "bed"},
			{"a check of the table", "UPDATE bed SET note = ')'", "bed_note_is_short", "bed"},
		} {
			t.Run(c.name, func(t *testing.T) {
				err := db.InTx(t.Context(), func(tx *store.Tx) error { _, err := tx.Exec(c.statement); return err })
				v, ok := store.ViolationOf(err)
				if !ok || v.Constraint != c.constraint || v.Table != c.table {
					t.Fatalf("got %+v of %v, want %s of %s", v, err, c.constraint, c.table)
				}
				if v.Error() == "" || errors.Unwrap(v) == nil {
					t.Error("what the driver said is lost")
				}
			})
		}
		t.Run("a reference to nothing", func(t *testing.T) {
			err := db.InTx(t.Context(), func(tx *store.Tx) error {
				_, err := tx.Exec("UPDATE bed SET owner = 'nobody'")
				return err
			})
			if _, ok := store.ViolationOf(err); !ok {
				t.Errorf("got %v", err)
			}
		})
	})
}
