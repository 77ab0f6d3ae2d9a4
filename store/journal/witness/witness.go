package witness

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"anlan/ground/lang"
	"anlan/ground/reason"
	"anlan/store/journal"
)

// Witness is one who cosigns: a key and what it has seen. Any number of processes may use one folder at a time.
type Witness struct {
	dir string
	key *journal.Key
}

// Log is a log that is watched.
type Log struct {
	Origin string             `json:"origin"`
	Key    journal.PublicKey  `json:"-"`
	Seen   journal.Checkpoint `json:"seen"`    // that was cosigned last; of size 0 when none was
	SeenAt time.Time          `json:"seen_at"` // zero when none was
	Note   string             `json:"-"`       // that checkpoint, cosigned
	Forks  []string           `json:"forks"`   // files of checkpoints that contradict a cosigned one

	count int
}

// Init makes a witness of a name in a data folder: its key. Faults: ErrBadName, journal.ErrKeyExists, ErrFolder.
func Init(dir string, random io.Reader, name string) (*Witness, error) {
	if name == "" || strings.ContainsAny(name, "+ \t\r\n\u3000") {
		return nil, ErrBadName.With(name)
	}
	k, err := journal.NewKey(random, name)
	if err != nil {
		return nil, ErrBadName.Because(err, name)
	}
	keys := filepath.Join(dir, "keys")
	if err := os.MkdirAll(keys, 0o700); err != nil {
		return nil, ErrFolder.Because(err, keys, reason.Of(err))
	}
	path := filepath.Join(keys, keyFile)
	if err := k.Save(path); err != nil {
		return nil, keyFault(err, path)
	}
	w := &Witness{dir, k}
	public := filepath.Join(keys, publicFile)
	if err := os.WriteFile(public, []byte(w.Public().String()+"\n"), 0o644); err != nil {
		return nil, ErrFolder.Because(err, public, reason.Of(err))
	}
	return w, nil
}

// Open opens the witness of a data folder. Faults: ErrNoWitness, journal.ErrKeyOpen, journal.ErrNotAKey.
func Open(dir string) (*Witness, error) {
	path := filepath.Join(dir, "keys", keyFile)
	k, err := journal.LoadKey(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, ErrNoWitness.Because(err, dir)
	case err != nil:
		return nil, keyFault(err, path)
	}
	return &Witness{dir, k}, nil
}

// Public is the key that the cosignatures are checked by.
func (w *Witness) Public() journal.Cosigner { return w.key.Cosigner() }

// Watch enters a log, or a newer key of one: checkpoints of the origin that the key signed, or one that it follows, are cosigned
// from now on. origin empty is the key's name. A key that the one before did not hand over to, and a new epoch of a book whose
// earlier one is watched, must be accepted. Faults: ErrUnfollowed, ErrNewEpoch, ErrNotOfLog.
func (w *Witness) Watch(key journal.PublicKey, origin string, accept bool) (Log, error) {
	if origin == "" {
		origin = key.Name()
	}
	if bookOf(origin) != bookOf(key.Name()) {
		return Log{}, ErrNotOfLog.With(key.Name(), origin)
	}
	before, err := w.log(origin)
	switch {
	case errors.Is(err, ErrUnknownLog):
		if earlier, found, err := w.otherEpoch(origin); err != nil {
			return Log{}, err
		} else if found && !accept {
			return Log{}, ErrNewEpoch.With(origin, earlier.Origin, int64(earlier.Seen.Size))
		}
	case err != nil:
		return Log{}, err
	default:
		if before.Key.Follow(key.Changes()...).Newest() != key.Newest() && !accept {
			return Log{}, ErrUnfollowed.With(origin, before.Key.Newest())
		}
		key = key.Follow(before.Key.Changes()...)
	}
	f := w.folder(origin)
	if err := f.put(logKeyFile, key.File(), false); err != nil {
		return Log{}, err
	}
	if err := f.put(originFile, origin+"\n", false); err != nil {
		return Log{}, err
	}
	return w.log(origin)
}

// bookOf is an origin without its epoch: "anlan/BOOK" of "anlan/BOOK/2". Another log's origin is its own.
func bookOf(origin string) string {
	if book, ok := strings.CutPrefix(origin, "anlan/"); ok {
		if i := strings.LastIndexByte(book, '/'); i >= 0 {
			return "anlan/" + book[:i]
		}
	}
	return origin
}

// otherEpoch finds an epoch of the same book that is watched, the newest first.
func (w *Witness) otherEpoch(origin string) (Log, bool, error) {
	logs, err := w.Logs()
	if err != nil {
		return Log{}, false, err
	}
	var found Log
	for _, l := range logs {
		if l.Origin != origin && bookOf(l.Origin) == bookOf(origin) && (found.Origin == "" || found.SeenAt.Before(l.SeenAt)) {
			found = l
		}
	}
	return found, found.Origin != "", nil
}

// attemptsMax is how often a cosigning is judged again because another was written meanwhile.
const attemptsMax = 5

// Cosign checks that a checkpoint goes on from the one that was cosigned last, remembers it, and gives it with the line of this
// witness, and the line. at is now. Nothing is remembered of what is refused but a fork. Faults: those of the first group in faults.go.
func (w *Witness) Cosign(s Submission, at time.Time) (signed, line string, err error) {
	for range attemptsMax {
		signed, line, err = w.cosign(s, at)
		if !errors.Is(err, fs.ErrExist) {
			return signed, line, err
		}
	}
	return "", "", ErrBusy.Because(err)
}

func (w *Witness) cosign(s Submission, at time.Time) (signed, line string, err error) {
	c, err := journal.ParseCheckpoint(s.Note)
	if err != nil {
		return "", "", err
	}
	l, err := w.log(c.Origin)
	if errors.Is(err, ErrUnknownLog) {
		if earlier, found, failed := w.otherEpoch(c.Origin); failed != nil {
			return "", "", failed
		} else if found {
			return "", "", ErrNewEpoch.With(c.Origin, earlier.Origin, int64(earlier.Seen.Size))
		}
	}
	if err != nil {
		return "", "", err
	}
	if _, err = l.Key.Open(s.Note); err != nil {
		return "", "", ErrOtherKey.Because(err, l.Key.Newest())
	}
	if err = w.goesOn(l, c, s); err != nil {
		return "", "", err
	}
	signed, line, err = w.key.Cosign(s.Note, at)
	if err != nil || l.count > 0 && c.Size == l.Seen.Size {
		return signed, line, err
	}
	return signed, line, w.folder(c.Origin).put(number(l.count+1), signed, true)
}

// emptyRoot is the root of a log without entries (RFC 6962, section 2.1).
var emptyRoot = journal.Hash(sha256.Sum256(nil))

// goesOn checks a checkpoint of a log against the one that was cosigned last.
func (w *Witness) goesOn(l Log, c journal.Checkpoint, s Submission) error {
	seen := l.Seen
	switch {
	case s.Old > c.Size:
		return ErrNotASubmission.With(lang.Of("“old”的条数比封存点还大", "the old size is larger than the checkpoint"))
	case l.count > 0 && c.Size < seen.Size:
		return ErrRolledBack.With(int64(c.Size), int64(seen.Size), l.SeenAt.Format(time.DateOnly))
	case l.count > 0 && c.Size == seen.Size && c.Root != seen.Root:
		name := forkPrefix + strconv.FormatInt(int64(c.Size), 10) + "-" + hex.EncodeToString(c.Root[:8])
		if err := w.folder(l.Origin).put(name, s.Note, false); err != nil {
			return err
		}
		return ErrFork.With(int64(c.Size), seen.Root, c.Root, w.folder(l.Origin).path(name))
	case s.Old != seen.Size:
		return ErrOtherOld.With(int64(seen.Size), int64(s.Old), int64(c.Size))
	}
	old := seen.Root
	if l.count == 0 {
		old = emptyRoot
	}
	if c.Size == 0 { // of which a proof from nothing says nothing
		old = c.Root
	}
	if err := (journal.Consistency{Old: s.Old, New: c.Size, Path: s.Path}).Verify(old, c.Root); err != nil {
		return ErrRewritten.Because(err, int64(seen.Size), int64(c.Size))
	}
	return nil
}

// Status is the answer of a witness to a fault, by C2SP tlog-witness.
func Status(err error) int {
	switch {
	case errors.Is(err, ErrNotASubmission), errors.Is(err, journal.ErrNotACheckpoint):
		return 400
	case errors.Is(err, ErrOtherKey):
		return 403
	case errors.Is(err, ErrUnknownLog), errors.Is(err, ErrNewEpoch):
		return 404
	case errors.Is(err, ErrRolledBack), errors.Is(err, ErrFork), errors.Is(err, ErrOtherOld):
		return 409
	case errors.Is(err, ErrRewritten):
		return 422
	case errors.Is(err, ErrBusy):
		return 503
	}
	return 500
}
