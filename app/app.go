package app

import (
	"context"
	"crypto/rand"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"anlan/ground/clock"
	"anlan/ground/fault"
	"anlan/ground/place"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/record/exchange"
	"anlan/resource/seed"
	"anlan/store"
	"anlan/store/journal"
)

// Options say where a book is and what it gets from outside. The zero Clock and Random are those of the machine; only
// the demo gives others.
type Options struct {
	Data   string // folder of the embedded database, attachments and keys
	DB     string // address of a PostgreSQL database; empty: the embedded one
	Schema string // of the PostgreSQL database; empty: its default
	Clock  clock.Clock
	Random io.Reader
}

// App is an open book with everything around it.
type App struct {
	Book *book.Book
	DB   *store.DB
	keys string
	from Options
}

// Faults of opening a book.
var (
	ErrNoBook = fault.Define("app.no_book", fault.NotFound,
		"“%s”里没有账册，请先运行 anlan init", "there is no book in %q; run anlan init first")
	ErrNoFolder = fault.Define("app.no_folder", fault.Unable,
		"无法使用数据目录“%s”：%s", "the data folder %q cannot be used: %s")
	ErrKeyExists = fault.Define("app.key_exists", fault.Conflict,
		"“%s”已有签名密钥，不会覆盖", "%q already holds a signing key, which is not overwritten")
)

// Open opens a book that has been founded.
func Open(ctx context.Context, o Options) (*App, error) {
	if o.DB == "" {
		if _, err := os.Stat(filepath.Join(o.Data, "book.db")); err != nil {
			return nil, ErrNoBook.Because(err, o.Data)
		}
	}
	a, err := open(ctx, o)
	if err != nil {
		return nil, err
	}
	if _, err := a.Book.Head(ctx); err != nil {
		a.Close()
		return nil, err
	}
	return a, nil
}

// open opens the database, brings its tables up to date, and joins the parts.
func open(ctx context.Context, o Options) (*App, error) {
	if o.Clock == nil {
		o.Clock = clock.System{}
	}
	if o.Random == nil {
		o.Random = rand.Reader
	}
	kinds := Kinds()
	if err := unitsKnown(kinds); err != nil {
		return nil, err
	}
	db, err := store.Open(ctx, store.Options{Dir: dirOf(o), URL: o.DB, Schema: o.Schema})
	if err != nil {
		return nil, err
	}
	if err := db.Migrate(ctx); err != nil {
		db.Close()
		return nil, err
	}
	b := book.New(db, kinds, book.Options{Clock: o.Clock, Random: o.Random, Trees: trees{}})
	return &App{Book: b, DB: db, keys: filepath.Join(o.Data, "keys"), from: o}, nil
}

func dirOf(o Options) string {
	if o.DB != "" {
		return ""
	}
	return o.Data
}

// Init founds a book in an empty place: tables, the first entries, the bureau's name and code, and a signing key. The
// unit's code is its place code.
func Init(ctx context.Context, o Options, actor access.Actor, name string, code place.Code) (*App, error) {
	if err := os.MkdirAll(o.Data, 0o700); err != nil {
		return nil, ErrNoFolder.Because(err, o.Data, err)
	}
	a, err := open(ctx, o)
	if err != nil {
		return nil, err
	}
	if err := a.found(ctx, actor, name, code); err != nil {
		a.Close()
		return nil, err
	}
	return a, nil
}

func (a *App) found(ctx context.Context, actor access.Actor, name string, code place.Code) error {
	if _, err := os.Stat(a.keyPath()); err == nil {
		return ErrKeyExists.With(a.keys)
	}
	head, err := a.Book.Found(ctx, actor, name, code)
	if err != nil {
		return err
	}
	key, err := journal.NewKey(a.from.keyRandom(), head.Origin())
	if err != nil {
		return err
	}
	if err := os.MkdirAll(a.keys, 0o700); err != nil {
		return ErrNoFolder.Because(err, a.keys, err)
	}
	if err := key.Save(a.keyPath()); err != nil {
		return err
	}
	if err := os.WriteFile(a.publicKeyPath(), []byte(key.Public().String()+"\n"), 0o644); err != nil {
		return ErrNoFolder.Because(err, a.keys, err)
	}
	return a.seed(ctx, actor, code)
}

// seed imports the places and units that come with the program for this place, if any: like anybody's files.
func (a *App) seed(ctx context.Context, actor access.Actor, code place.Code) error {
	for _, kind := range []string{"place", "unit"} {
		name := string(code) + "-" + kind + ".jsonl"
		content, err := seed.Files.ReadFile(name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return err
		}
		if _, err := exchange.Import(ctx, a.Book, actor, exchange.Request{Kind: kind, Path: name, Content: content}); err != nil {
			return err
		}
	}
	return nil
}

// keyRandom is never the seeded source of the demo: a key that anybody can make again signs nothing.
func (o Options) keyRandom() io.Reader { return rand.Reader }

func (a *App) keyPath() string       { return filepath.Join(a.keys, "journal.key") }
func (a *App) publicKeyPath() string { return filepath.Join(a.keys, "journal.pub") }

// Key is the signing key of the journal.
func (a *App) Key() (*journal.Key, error) { return journal.LoadKey(a.keyPath()) }

// PublicKey is what signatures of this book are verified with.
func (a *App) PublicKey() (journal.PublicKey, error) {
	text, err := os.ReadFile(a.publicKeyPath())
	if err != nil {
		return journal.PublicKey{}, ErrNoFolder.Because(err, a.keys, err)
	}
	return journal.ParsePublicKey(string(text))
}

// Now is the book's clock.
func (a *App) Clock() clock.Clock {
	if a.from.Clock == nil {
		return clock.System{}
	}
	return a.from.Clock
}

// Close closes the database.
func (a *App) Close() error { return a.DB.Close() }
