package app

import (
	"context"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"anlan/ground/fault"
	"anlan/ground/reason"
	"anlan/store"
	"anlan/store/journal"
	"anlan/store/journal/witness"
)

// Cosigning is what became of a checkpoint that witnesses were asked to cosign.
type Cosigning struct {
	Checkpoint string // with the lines that were there and those that came
	Judgement  witness.Judgement
	Refused    fault.List // by witnesses that were asked
}

// Contradicted says that a witness has seen another history than this book's, or more of it: enough signatures of others mend nothing.
func (c *Cosigning) Contradicted() bool {
	return slices.ContainsFunc(c.Refused, func(f *fault.Fault) bool { return f.Kind == fault.Broken })
}

// behind tells a witness that is ahead of the checkpoint alone from one that is ahead of the book.
func behind(f *fault.Fault, head journal.Head) *fault.Fault {
	if f.Is(witness.ErrAhead) && len(f.Args) == 3 {
		if n, ok := f.Args[1].(int64); ok && journal.Position(n) <= head.Size {
			return witness.ErrPassed.With(append(slices.Clone(f.Args), int64(head.Size))...)
		}
	}
	return f
}

// Cosign joins copies of one checkpoint of this book, asks the witnesses of the policy that have an address and have not cosigned it,
// and keeps the result in the book. Without a copy it is the newest state of the book. That a witness refuses or cannot be reached
// is no fault of the rest.
func (a *App) Cosign(ctx context.Context, policy *witness.Policy, client *http.Client, copies ...string) (*Cosigning, error) {
	if len(copies) == 0 {
		sealed, err := a.Seal(ctx)
		if err != nil {
			return nil, err
		}
		copies = []string{sealed}
	}
	signed, err := journal.Join(copies[0], copies[1:]...)
	if err != nil {
		return nil, err
	}
	c, err := a.own(ctx, signed)
	if err != nil {
		return nil, err
	}
	head, err := a.Book.Head(ctx)
	if err != nil {
		return nil, err
	}
	out := &Cosigning{}
	prove := func(old journal.Position) (p journal.Consistency, err error) {
		err = a.DB.Read(ctx, func(tx *store.Tx) (err error) { p, err = journal.ProveConsistency(tx, old, c.Size); return err })
		return p, err
	}
	for _, k := range policy.Witnesses {
		if _, has, err := k.Key.Cosigned(signed); k.URL == "" || has && err == nil {
			continue
		}
		asked, err := k.Ask(ctx, client, signed, prove)
		if err == nil {
			signed = asked
			continue
		}
		if internal := out.Refused.Add(err); internal != nil {
			return nil, internal
		}
	}
	for i, f := range out.Refused {
		out.Refused[i] = behind(f, head)
	}
	err = a.DB.InTx(ctx, func(tx *store.Tx) (err error) { out.Checkpoint, err = journal.Keep(tx, signed); return err })
	if err != nil {
		return nil, err
	}
	out.Judgement, err = policy.Judge(out.Checkpoint)
	return out, err
}

// own opens a checkpoint of this book, of whatever epoch, that a key of this book has signed.
func (a *App) own(ctx context.Context, signed string) (c journal.Checkpoint, err error) {
	key, err := a.PublicKey()
	if err != nil {
		return c, err
	}
	var head journal.Head
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		changes, err := journal.Rotations(tx)
		key = key.Follow(changes...)
		if err == nil {
			head, err = journal.HeadOf(tx)
		}
		return err
	})
	if err != nil {
		return c, err
	}
	if c, err = key.Open(signed); err == nil && !head.Owns(c) {
		err = journal.ErrOtherBook.With(c.Origin, head.Origin())
	}
	return c, err
}

// Known asks the witnesses of a policy for the newest checkpoints of a book that they have cosigned, by its public key: of each epoch
// from that of the key on. What a witness does not answer is among refused.
func Known(ctx context.Context, policy *witness.Policy, client *http.Client, key journal.PublicKey) (notes []string, refused fault.List, err error) {
	book, epoch, ok := strings.Cut(strings.TrimPrefix(key.Name(), "anlan/"), "/")
	first, wrong := strconv.Atoi(epoch)
	if !ok || wrong != nil {
		return nil, nil, nil // a key that no book of ours made
	}
	for _, k := range policy.Witnesses {
		for n := first; k.URL != ""; n++ {
			signed, found, err := k.Newest(ctx, client, "anlan/"+book+"/"+strconv.Itoa(n))
			if internal := refused.Add(err); internal != nil {
				return nil, nil, internal
			}
			if !found {
				break
			}
			notes = append(notes, signed)
		}
	}
	return notes, refused, nil
}

// Faults of a folder of tiles.
var (
	ErrTilesFolder = fault.Define("app.tiles_folder", fault.Unable,
		"不能写入“%s”：%s", "%q cannot be written: %s")
	ErrNotTiles = fault.Define("app.not_tiles", fault.Conflict,
		"目录“%s”里有“%s”，不是存放日志分块的目录；请指定一个新目录", "the folder %q has %q and is no folder of tiles; name a new one")
	ErrOtherTiles = fault.Define("app.other_tiles", fault.Conflict,
		"“%s”里的封存点（%s，%d条）不是本账册现有日志的开头：不会改写", "the checkpoint in %q (%s, %d entries) is not how this book's journal begins; nothing is written over it")
)

// Tiled is what Tiles wrote.
type Tiled struct {
	Origin string           `json:"origin"`
	Size   journal.Position `json:"size"`
	From   journal.Position `json:"from"`     // size of what was there before
	Files  int              `json:"files"`    // written now, the checkpoint among them
	Left   []string         `json:"left_out"` // bundles with an entry that is too long for them
}

const tilesCheckpoint = "checkpoint"

// Tiles writes the journal as files of C2SP tlog-tiles under a checkpoint made now. A folder that holds an earlier state of it is
// brought up to date; its checkpoint is replaced last, so a reader finds all that a checkpoint needs.
func (a *App) Tiles(ctx context.Context, dir string) (*Tiled, error) {
	signed, err := a.Seal(ctx)
	if err != nil {
		return nil, err
	}
	c, err := a.own(ctx, signed)
	if err != nil {
		return nil, err
	}
	out := &Tiled{Origin: c.Origin, Size: c.Size, Left: []string{}}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		if out.From, err = begun(tx, dir, c); err != nil {
			return err
		}
		left, err := journal.WriteTiles(tx, out.From, c.Size, func(path string, content []byte) error {
			out.Files++
			return putTile(dir, path, content)
		})
		out.Left = append(out.Left, left...)
		return err
	})
	if err != nil {
		return nil, err
	}
	out.Files++
	return out, putTile(dir, tilesCheckpoint, []byte(signed))
}

// begun is how much of the log a folder holds: 0 of a new one. Fault: ErrOtherTiles.
func begun(tx *store.Tx, dir string, c journal.Checkpoint) (journal.Position, error) {
	text, err := os.ReadFile(filepath.Join(dir, tilesCheckpoint))
	foreign, listed := notTiles(dir)
	switch {
	case listed != nil:
		return 0, ErrTilesFolder.Because(listed, dir, reason.Of(listed))
	case foreign != "":
		return 0, ErrNotTiles.With(dir, foreign)
	case os.IsNotExist(err):
		return 0, nil
	}
	if err != nil {
		return 0, ErrTilesFolder.Because(err, dir, reason.Of(err))
	}
	held, err := journal.ParseCheckpoint(string(text))
	if err != nil {
		return 0, fault.At(err, fault.Where{File: filepath.Join(dir, tilesCheckpoint)})
	}
	if held.Origin != c.Origin || held.Size > c.Size {
		return 0, ErrOtherTiles.With(dir, held.Origin, int64(held.Size))
	}
	root, err := journal.RootAt(tx, held.Size)
	if err == nil && root != held.Root {
		err = ErrOtherTiles.With(dir, held.Origin, int64(held.Size))
	}
	return held.Size, err
}

// notTiles is the first thing in a folder that no folder of tiles has; empty where there is none.
func notTiles(dir string) (string, error) {
	entries, err := os.ReadDir(dir)
	if os.IsNotExist(err) {
		return "", nil
	}
	for _, e := range entries {
		if e.Name() != tilesCheckpoint && !(e.IsDir() && e.Name() == "tile") {
			return e.Name(), nil
		}
	}
	return "", err
}

// putTile writes a file of the folder, whole or not at all.
func putTile(dir, name string, content []byte) error {
	path := filepath.Join(dir, filepath.FromSlash(name))
	err := os.MkdirAll(filepath.Dir(path), 0o755)
	if err == nil {
		err = os.WriteFile(path+".part", content, 0o644)
	}
	if err == nil {
		err = os.Rename(path+".part", path)
	}
	if err != nil {
		return ErrTilesFolder.Because(err, path, reason.Of(err))
	}
	return nil
}
