package backup

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/store"
	"anlan/store/blob"
	"anlan/store/journal"
)

// Target is where a book is restored to: what store.Open and blob.New would be given.
type Target struct {
	Store store.Options
	Blobs string // folder for attachments, or for what is being uploaded
}

// Proof is what the copy must stand up to.
type Proof struct {
	Key    journal.PublicKey // from outside: the backup does not prove itself
	Known  []string          // signed checkpoints that somebody else has kept
	Accept Acceptance        // of a loss; the zero value accepts none
}

// Acceptance is the word of a person that entries may be lost.
type Acceptance struct {
	At     time.Time
	By     string // who; empty accepts nothing
	Reason string
}

// Staged is a book that was loaded beside its target and has proved itself. Nothing was replaced yet.
type Staged struct {
	Manifest
	DB       *store.DB // up to date, for further looks
	Verified *journal.Verification
	Lost     *journal.Loss // what the copy does not reach and somebody has accepted; nil when nothing is lost

	target  Target
	staging store.Options
}

// Stage loads a backup beside its target and proves it. Faults: ErrNotABackup, ErrDamaged, ErrNotProved, ErrOlder,
// ErrOtherBook, store.ErrNewerSchema; and journal.ErrNotSigned and the like for a checkpoint that is none.
func Stage(ctx context.Context, path string, target Target, proof Proof) (_ *Staged, err error) {
	a, err := Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	lost, known, err := a.compare(ctx, target, proof)
	if err != nil {
		return nil, err
	}
	s := &Staged{Manifest: a.Manifest, target: target, Lost: lost}
	if err := s.open(ctx); err != nil {
		return nil, err
	}
	if err := s.fill(ctx, a, proof, known); err != nil {
		return nil, errors.Join(err, s.Discard(ctx))
	}
	return s, nil
}

// compare holds the backup against what is known: checkpoints given, and the book in the target. It gives the loss
// that is accepted, and the checkpoints that the copy must fit.
func (a *Archive) compare(ctx context.Context, target Target, proof Proof) (*journal.Loss, []string, error) {
	var largest journal.Checkpoint // beyond the copy
	var fitting []string
	reach := a.head()
	consider := func(c journal.Checkpoint) bool {
		if reach.Before(c) {
			reach, largest = reach.At(c), c
		}
		return a.head().Before(c)
	}
	for _, note := range proof.Known {
		c, err := proof.Key.Open(note)
		if err != nil {
			return nil, nil, err
		}
		if !a.head().Owns(c) {
			return nil, nil, journal.ErrOtherBook.With(c.Origin, a.head().Origin())
		}
		if !consider(c) {
			fitting = append(fitting, note)
		}
	}
	current, found, err := headIn(ctx, target.Store)
	if err != nil {
		return nil, nil, err
	}
	if found {
		if current.Book != a.Book {
			return nil, nil, ErrOtherBook.With(current.Book, a.Book)
		}
		consider(current.Checkpoint())
	}
	if largest.Origin == "" {
		return nil, fitting, nil
	}
	if proof.Accept.By == "" {
		return nil, nil, ErrOlder.With(a.Position, largest.Size)
	}
	return &journal.Loss{Known: largest, By: proof.Accept.By, Reason: proof.Accept.Reason}, fitting, nil
}

// headIn reads the head of the book in a target; found is false when there is none, or it is damaged beyond reading,
// which is what backups are for.
func headIn(ctx context.Context, o store.Options) (head journal.Head, found bool, err error) {
	if o.URL == "" {
		if _, err := os.Stat(filepath.Join(o.Dir, store.FileName)); errors.Is(err, fs.ErrNotExist) {
			return head, false, nil
		}
	}
	db, err := store.Open(ctx, o)
	if err == nil {
		err = db.Read(ctx, func(tx *store.Tx) error {
			schema, err := tx.Schema()
			if err != nil {
				return err
			}
			if _, ok := schema.Table("book_head"); !ok {
				return journal.ErrNoBook.With()
			}
			head, err = journal.HeadOf(tx)
			return err
		})
		err = errors.Join(err, db.Close())
	}
	kind, isFault := fault.KindOf(err)
	switch {
	case err == nil:
		return head, true, nil
	case errors.Is(err, journal.ErrNoBook), isFault && kind == fault.Broken:
		return journal.Head{}, false, nil
	}
	return journal.Head{}, false, err
}

const stagingName = "restoring" // folder in the data folder, or end of a schema's name

// open makes an empty place for the copy; what an interrupted restore has left there goes.
func (s *Staged) open(ctx context.Context) (err error) {
	s.staging = s.target.Store
	if s.staging.URL == "" {
		s.staging.Dir = filepath.Join(s.target.Store.Dir, stagingName)
	} else {
		s.staging.Schema = schemaOf(s.target.Store) + "_" + stagingName
	}
	if err := s.clear(ctx); err != nil {
		return err
	}
	if s.DB, err = store.Open(ctx, s.staging); err != nil {
		return err
	}
	return nil
}

func schemaOf(o store.Options) string {
	if o.Schema == "" {
		return "public"
	}
	return o.Schema
}

// clear removes the place of the copy.
func (s *Staged) clear(ctx context.Context) error {
	if s.staging.URL == "" {
		return os.RemoveAll(s.staging.Dir)
	}
	name, err := store.Ident(s.staging.Schema)
	if err != nil {
		return err
	}
	return onServer(ctx, s.target.Store, "DROP SCHEMA IF EXISTS "+name+" CASCADE")
}

// onServer runs statements in one transaction outside the schemas they concern.
func onServer(ctx context.Context, o store.Options, statements ...string) error {
	db, err := store.Open(ctx, store.Options{URL: o.URL, Schema: "pg_catalog"})
	if err != nil {
		return err
	}
	err = db.InTx(ctx, func(tx *store.Tx) error {
		for _, text := range statements {
			if _, err := tx.Exec(text); err != nil {
				return err
			}
		}
		return nil
	})
	return errors.Join(err, db.Close())
}

// fill loads the copy, brings it up to date and proves it.
func (s *Staged) fill(ctx context.Context, a *Archive, proof Proof, known []string) error {
	if err := s.DB.MigrateTo(ctx, a.SchemaVersion); err != nil {
		return err
	}
	version, err := s.DB.SchemaVersion(ctx)
	if err != nil {
		return err
	}
	if version != a.SchemaVersion {
		return store.ErrNewerSchema.With(a.SchemaVersion, version)
	}
	blobs, err := blob.New(s.DB, s.target.Blobs)
	if err != nil {
		return err
	}
	if err := a.load(ctx, s.DB, blobs); err != nil {
		return err
	}
	if err := s.DB.Migrate(ctx); err != nil {
		return err
	}
	if err := s.prove(ctx, proof.Key, known); err != nil || s.Lost == nil {
		return err
	}
	return s.DB.InTx(ctx, func(tx *store.Tx) error {
		w, err := journal.Lock(tx)
		if err != nil {
			return err
		}
		w.Stamp(proof.Accept.At)
		if _, err := w.OpenEpoch(*s.Lost); err != nil {
			return err
		}
		return w.Flush()
	})
}

func (s *Staged) prove(ctx context.Context, key journal.PublicKey, known []string) error {
	return s.DB.Read(ctx, func(tx *store.Tx) (err error) {
		if s.Verified, err = journal.VerifyTree(tx, key, known...); err != nil {
			return err
		}
		if !s.Verified.Sound() {
			f := s.Verified.Findings
			return ErrNotProved.Because(f, lang.Of(lang.Zh(f.In(lang.Chinese)), lang.En(f.In(lang.English))))
		}
		if h := s.Verified.Head; h.Book != s.Book || h.Epoch != s.Epoch || h.Size != s.Position || h.Root != s.Root {
			return ErrDamaged.With(manifestName, lang.Of("日志头与日志不符", "its head is not that of the journal"))
		}
		return nil
	})
}

// Discard removes the copy; the target stays as it was.
func (s *Staged) Discard(ctx context.Context) error {
	return errors.Join(s.DB.Close(), s.clear(ctx))
}
