package app

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"sync"

	"anlan/account/source"
	forms "anlan/account/source/shipped"
	"anlan/ground/clock"
	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/ground/place"
	"anlan/ground/reason"
	"anlan/office/delegation"
	"anlan/office/deposit"
	"anlan/office/extra"
	"anlan/office/intake"
	"anlan/office/login"
	"anlan/office/role"
	"anlan/office/token"
	"anlan/office/webhook"
	"anlan/record"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/record/exchange"
	"anlan/resource/seed"
	"anlan/store"
	"anlan/store/blob"
	"anlan/store/journal"
	"anlan/store/seal"
)

// Options say where a book is and what it gets from outside. The zero Clock and Random are those of the machine; only
// the demo gives others.
type Options struct {
	Data   string // folder of the embedded database, attachments and keys
	DB     string // address of a PostgreSQL database; empty: the embedded one
	Schema string // of the PostgreSQL database; empty: the search_path of the address, or public
	Clock  clock.Clock
	Random io.Reader
	// Synthetic is for Init: the book holds invented records, and its reports say so.
	Synthetic bool
}

// App is an open book with everything around it.
type App struct {
	Book    *book.Book
	DB      *store.DB
	Blobs   *blob.Blobs       // attachments
	Users   *login.Users      // who signs in
	Tokens  *token.Tokens     // by which programs come to the API
	Hooks   *webhook.Hooks    // whom to tell of what happens
	Drafts  *intake.Drafts    // sheets that were uploaded and wait to be imported
	Found   *deposit.Deposits // what checks found in reports that were uploaded
	from    Options
	sealing func() (seal.Key, error) // the key of this machine, for what nobody else may know or make

	definitions definitions
	known       known
}

// Faults of opening a book.
var (
	ErrNoBook = fault.Define("app.no_book", fault.NotFound,
		"“%s”里没有账册，请先运行 anlan init", "there is no book in %q; run anlan init first")
	ErrNoFolder = fault.Define("app.no_folder", fault.Unable,
		"无法使用数据目录“%s”：%s", "the data folder %q cannot be used: %s")
	ErrFolderReadOnly = fault.Define("app.folder_read_only", fault.Unable,
		"数据目录“%s”不能写入（%s）：查看账册也需要写入权限，请改正权限，或把整个目录复制到可写的地方再用",
		"the data folder %q cannot be written (%s): even reading a book needs it; correct its permissions, or copy the whole folder to where you may write")
)

// Open opens a book that has been founded.
func Open(ctx context.Context, o Options) (*App, error) {
	if o.DB == "" {
		if _, err := os.Stat(filepath.Join(o.Data, store.FileName)); errors.Is(err, fs.ErrNotExist) {
			return nil, ErrNoBook.Because(err, o.Data)
		} else if err != nil {
			return nil, ErrNoFolder.Because(err, o.Data, reason.Of(err))
		}
	}
	a, err := open(ctx, o)
	if err != nil {
		return nil, o.writable(err)
	}
	if _, err := a.Book.Head(ctx); err != nil {
		a.Close()
		return nil, err
	}
	return a, nil
}

// writable says, of an embedded database that could not be opened, that its folder cannot be written, if that is so: SQLite
// keeps files beside the database while it is read, and names only the database.
func (o Options) writable(err error) error {
	if o.DB != "" || !errors.Is(err, store.ErrCannotOpen) && !errors.Is(err, store.ErrReadOnly) {
		return err
	}
	f, refused := os.CreateTemp(o.Data, ".writable-*")
	if refused != nil {
		return ErrFolderReadOnly.Because(errors.Join(err, refused), o.Data, reason.Of(refused))
	}
	return errors.Join(err, f.Close(), os.Remove(f.Name()))
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
	judges, err := newJudges(kinds)
	if err != nil {
		return nil, err
	}
	db, err := store.Open(ctx, o.store())
	if err != nil {
		return nil, err
	}
	if err := db.Migrate(ctx); err != nil {
		db.Close()
		return nil, err
	}
	blobs, err := blob.New(db, o.blobFolder())
	if err != nil {
		db.Close()
		return nil, err
	}
	defined := definitions{CatalogueOf(kinds)}
	b := book.New(db, kinds, book.Options{Synthetic: o.Synthetic, Clock: o.Clock, Random: o.Random, Trees: trees{}, Extras: extra.Source{}, Blobs: blobs,
		Judge: judges, Whole: whole{defined}})
	sealing := sync.OnceValues(o.sealingKey)
	users := login.New(b, o.Clock, rand.Reader, login.Options{Roles: role.Source{}, Delegations: delegation.Source{}, Key: sealing}) // never the seeded source of the demo: what anybody can make again keeps nobody out
	return &App{Book: b, DB: db, Blobs: blobs, Users: users, Tokens: token.New(b, o.Clock, rand.Reader, users, scopeNames(kinds)),
		Hooks: webhook.New(b, o.Clock, rand.Reader, sealing), Drafts: intake.New(db, o.Clock, rand.Reader), Found: deposit.New(db, o.Clock, rand.Reader), from: o, sealing: sealing, definitions: defined}, nil
}

// store says where the tables are: in a schema of PostgreSQL, which the address may name as its search_path, or in the folder.
func (o Options) store() store.Options {
	if o.DB == "" {
		return store.Options{Dir: o.Data}
	}
	s := store.Options{URL: o.DB, Schema: o.Schema}
	if u, err := url.Parse(o.DB); err == nil && s.Schema == "" {
		s.Schema = u.Query().Get("search_path")
	}
	return s
}

// Init founds a book in an empty place: tables, the first entries, the bureau's name and code, and a signing key. The
// unit's code is its place code. When it fails, an embedded book that it has begun is taken away again.
func Init(ctx context.Context, o Options, actor access.Actor, name string, code place.Code) (_ *App, err error) {
	if err := actor.Allow(access.Create, "book", lang.Of("账册", "book")); err != nil {
		return nil, err
	}
	if err := o.folder(); err != nil {
		return nil, err
	}
	takeBack := o.remember()
	a, err := open(ctx, o)
	if err != nil {
		takeBack()
		return nil, o.writable(err)
	}
	if err := a.found(ctx, actor, name, code); err != nil {
		a.Close()
		takeBack()
		return nil, err
	}
	return a, nil
}

// remember gives what removes those files of an embedded book that are not there yet.
func (o Options) remember() (takeBack func()) {
	if o.DB != "" {
		return func() {}
	}
	var made []string
	path := filepath.Join(o.Data, store.FileName)
	for _, file := range []string{path, path + "-wal", path + "-shm", o.keyPath(), o.publicKeyPath()} {
		if _, err := os.Lstat(file); errors.Is(err, fs.ErrNotExist) {
			made = append(made, file)
		}
	}
	return func() {
		for _, file := range made {
			os.Remove(file)
		}
	}
}

// folder makes the folders and proves that keys can be kept in them, before anything is founded.
func (o Options) folder() error {
	keys := o.keyFolder()
	if err := os.MkdirAll(keys, 0o700); err != nil {
		return ErrNoFolder.Because(err, o.Data, reason.Of(err))
	}
	f, err := os.CreateTemp(keys, ".writable-*")
	if err != nil {
		return ErrNoFolder.Because(err, o.Data, reason.Of(err))
	}
	return errors.Join(f.Close(), os.Remove(f.Name()))
}

// found founds a book, or goes on with a founding that broke off: each step finds what the last attempt has done.
func (a *App) found(ctx context.Context, actor access.Actor, name string, code place.Code) error {
	head, err := a.Book.Head(ctx)
	switch {
	case errors.Is(err, journal.ErrNoBook):
		if _, err := os.Stat(a.from.keyPath()); err == nil {
			return ErrKeyExists.With(a.from.keyFolder())
		}
		if head, err = a.Book.Found(ctx, actor, name, code); err != nil {
			return err
		}
	case err != nil:
		return err
	default:
		if begun, err := a.unfinished(ctx, actor); err != nil || !begun || head.Unit != name || head.Place != string(code) {
			return cmp.Or(err, error(journal.ErrFounded.With(head.Unit)))
		}
	}
	if err := a.ensureKey(head); err != nil {
		return err
	}
	if _, err := a.Migrate(ctx, actor); err != nil {
		return err
	}
	if err := a.seed(ctx, actor, code); err != nil {
		return err
	}
	_, err = exchange.Import(ctx, a.Book, actor, exchange.Request{Kind: source.FormKind.Code(), Path: "stat_form.jsonl", Content: forms.Forms})
	return err
}

// unfinished says whether the founding of a book has broken off: the forms, which it writes last, are not there.
func (a *App) unfinished(ctx context.Context, actor access.Actor) (yes bool, err error) {
	err = a.Book.Read(ctx, actor, 0, func(v *book.View) error {
		n, err := v.Count(book.Query{Kind: source.FormKind.Code(), Withdrawn: true})
		yes = n == 0
		return err
	})
	return yes, err
}

// ensureKey makes the key that signs for a book, if a founding that broke off has not made it: never from the seeded source of
// the demo, for a key that anybody can make again signs nothing.
func (a *App) ensureKey(head journal.Head) error {
	key, err := journal.LoadKey(a.from.keyPath())
	if errors.Is(err, fs.ErrNotExist) {
		if key, err = journal.NewKey(rand.Reader, head.Origin()); err != nil {
			return err
		}
		err = key.Save(a.from.keyPath())
	}
	if err != nil {
		return a.keyFault(err, a.from.keyPath())
	}
	return a.writePublicKey(key.Public())
}

// Migrate opens the accounts of new or changed measures, says how many, and makes the views for auditors anew, whose labels
// and columns are this program's. The tables themselves are brought up to date by opening the book.
func (a *App) Migrate(ctx context.Context, actor access.Actor) (opened int, err error) {
	if opened, err = a.Book.Settle(ctx, actor); err != nil {
		return opened, err
	}
	return opened, makeReadable(ctx, a.DB, a.Book.Kinds())
}

// makeReadable makes the views. The head is locked meanwhile: two processes do not make them at once.
func makeReadable(ctx context.Context, db *store.DB, kinds []record.Of) error {
	return db.InTx(ctx, func(tx *store.Tx) error {
		if _, err := journal.Lock(tx); err != nil {
			return err
		}
		return record.MakeReadable(tx, kinds)
	})
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

// Clock is the book's clock.
func (a *App) Clock() clock.Clock { return a.from.Clock }

// Close closes the database.
func (a *App) Close() error { return a.DB.Close() }

// HasSeed says whether the program brings places and units for a place.
func HasSeed(code place.Code) bool {
	_, err := fs.Stat(seed.Files, string(code)+"-unit.jsonl")
	return err == nil
}
