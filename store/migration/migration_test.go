package migration

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"modernc.org/sqlite"
)

func TestExpandWritesTheTypes(t *testing.T) {
	t.Parallel()
	source := fstest.MapFS{"0001_a.sql": {Data: []byte("CREATE TABLE a (b ${TEXT}, c ${TEXT}, d ${INT}) ${STRICT};")}}
	out, err := expand(source, Types{"TEXT": `text COLLATE "C"`, "INT": "bigint", "STRICT": ""})
	if err != nil {
		t.Fatal(err)
	}
	got, err := fs.ReadFile(out, "0001_a.sql")
	if want := `CREATE TABLE a (b text COLLATE "C", c text COLLATE "C", d bigint) ;`; err != nil || string(got) != want {
		t.Errorf("got %q, %v, want %q", got, err, want)
	}
}

func TestExpandNamesAnUnknownType(t *testing.T) {
	t.Parallel()
	_, err := expand(fstest.MapFS{"0002_b.sql": {Data: []byte("-- why\nCREATE TABLE a (\n b ${TXT})")}}, Types{"TEXT": "text"})
	if err == nil || !strings.Contains(err.Error(), "0002_b.sql line 3: ${TXT}") {
		t.Errorf("got %v", err)
	}
}

// TestFilesAreWellFormed holds what a reader of the folder may rely on.
func TestFilesAreWellFormed(t *testing.T) {
	t.Parallel()
	names, err := fs.Glob(files, "*.sql")
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	numbers := map[string]string{}
	for _, name := range names {
		if !regexp.MustCompile(`^\d{4}_[a-z0-9_]+\.sql$`).MatchString(name) {
			t.Errorf("%s is not NNNN_what.sql", name)
		}
		if other := numbers[name[:4]]; other != "" {
			t.Errorf("%s and %s have the same number", name, other)
		}
		numbers[name[:4]] = name
		text, err := fs.ReadFile(files, name)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(string(text), "-- ") {
			t.Errorf("%s does not begin by saying why", name)
		}
		if strings.Contains(string(text), "goose Down") {
			t.Errorf("%s goes back: the way back is a restore", name)
		}
		if !strings.Contains(string(text), "-- +goose Up") {
			t.Errorf("%s has no -- +goose Up", name)
		}
	}
}

func open(t *testing.T, path string) *sql.DB {
	t.Helper()
	c, err := sqlite.NewConnector("file:" + path + "?_pragma=busy_timeout(5000)&_txlock=immediate")
	if err != nil {
		t.Fatal(err)
	}
	db := sql.OpenDB(c)
	db.SetMaxOpenConns(1)
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

// TestTwoProcessesMigrateAtOnce: whoever comes second finds the work done and is content.
func TestTwoProcessesMigrateAtOnce(t *testing.T) {
	t.Parallel()
	source := fstest.MapFS{}
	for _, n := range []string{"1", "2", "3", "4", "5", "6"} {
		source["000"+n+"_t.sql"] = &fstest.MapFile{Data: []byte("-- +goose Up\nCREATE TABLE t" + n + " (a text);")}
	}
	path := filepath.Join(t.TempDir(), "a.db")
	var wg sync.WaitGroup
	for range 4 {
		db := open(t, path)
		wg.Go(func() {
			if err := up(t.Context(), db, SQLite, source, Newest); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	var tables int
	if err := open(t, path).QueryRow("SELECT count(*) FROM sqlite_schema WHERE name LIKE 't_'").Scan(&tables); err != nil || tables != 6 {
		t.Errorf("got %d tables, %v, want 6", tables, err)
	}
}

func TestAFailedMigrationLeavesNothing(t *testing.T) {
	t.Parallel()
	db := open(t, filepath.Join(t.TempDir(), "a.db"))
	source := fstest.MapFS{
		"0001_good.sql": {Data: []byte("-- +goose Up\nCREATE TABLE good (a text);")},
		"0002_bad.sql":  {Data: []byte("-- +goose Up\nCREATE TABLE half (a text);\nCREATE TABLE good (a text);")},
	}
	err := up(t.Context(), db, SQLite, source, Newest)
	if err == nil || !strings.Contains(err.Error(), "after version 1") {
		t.Errorf("got %v", err)
	}
	var half int
	if err := db.QueryRow("SELECT count(*) FROM sqlite_schema WHERE name = 'half'").Scan(&half); err != nil || half != 0 {
		t.Errorf("half of the failed file stands there: %d, %v", half, err)
	}
	delete(source, "0002_bad.sql")
	if err := up(t.Context(), db, SQLite, source, Newest); err != nil {
		t.Errorf("after the bad file was taken away: %v", err)
	}
}

func TestANewerDatabaseIsRefused(t *testing.T) {
	t.Parallel()
	db := open(t, filepath.Join(t.TempDir(), "a.db"))
	source := fstest.MapFS{
		"0001_a.sql": {Data: []byte("-- +goose Up\nCREATE TABLE a (a text);")},
		"0002_b.sql": {Data: []byte("-- +goose Up\nCREATE TABLE b (a text);")},
	}
	if err := up(context.Background(), db, SQLite, source, Newest); err != nil {
		t.Fatal(err)
	}
	delete(source, "0002_b.sql")
	newer, ok := errors.AsType[*Newer](up(t.Context(), db, SQLite, source, Newest))
	if !ok || newer.Found != 2 || newer.Known != 1 {
		t.Errorf("got %+v", newer)
	}
}
