package witness

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"anlan/ground/fault"
	"anlan/ground/reason"
	"anlan/store"
	"anlan/store/journal"
)

// A witness's folder, below the data folder:
//
//	keys/witness.key         its private key
//	keys/witness.pub         what others are given
//	witness/LOG/origin       the log, LOG being half the SHA-256 of its origin
//	witness/LOG/log.pub      the key that its checkpoints are signed by
//	witness/LOG/000000000001 the checkpoints that were cosigned, in order, never changed
//	witness/LOG/fork-…       a checkpoint of the same size as a cosigned one with another root: evidence
const (
	keyFile    = "witness.key"
	publicFile = "witness.pub"
	originFile = "origin"
	logKeyFile = "log.pub"
	forkPrefix = "fork-"
)

// folder is the part of the folder that belongs to one log.
type folder string

func (w *Witness) folder(origin string) folder {
	sum := sha256.Sum256([]byte(origin))
	return folder(filepath.Join(w.dir, "witness", hex.EncodeToString(sum[:16])))
}

func (f folder) path(name string) string { return filepath.Join(string(f), name) }

// read gives a file of the log; found is false when it is not there.
func (f folder) read(name string) (text string, found bool, err error) {
	b, err := os.ReadFile(f.path(name))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "", false, nil
	case err != nil:
		return "", false, ErrFolder.Because(err, f.path(name), reason.Of(err))
	}
	return string(b), true, nil
}

// number is the name of the n-th checkpoint that was cosigned, from 1.
func number(n int) string { return fmt.Sprintf("%012d", n) }

// numbered are the checkpoints that were cosigned, how many; and the forks that were seen. A witness that has lost one of them would go on from an
// earlier one and sign what it must refuse, so a gap stops it.
func (f folder) numbered() (n int, forks []string, err error) {
	for range 2 { // a folder that is read while two are written may show the second alone
		if n, forks, err = f.count(); !errors.Is(err, ErrDamaged) {
			return n, forks, err
		}
	}
	return n, forks, err
}

func (f folder) count() (n int, forks []string, err error) {
	entries, err := os.ReadDir(string(f))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return 0, nil, ErrFolder.Because(err, string(f), reason.Of(err))
	}
	for _, e := range entries {
		switch {
		case strings.HasPrefix(e.Name(), forkPrefix):
			forks = append(forks, f.path(e.Name()))
		case e.Name() == number(n+1): // the folder is read in order of names
			n++
		case isNumber(e.Name()):
			return 0, nil, ErrDamaged.With(string(f), said("没有第%d个封存点，却有“%s”", "it has no checkpoint %d, and has %q", n+1, e.Name()))
		}
	}
	return n, forks, nil
}

// isNumber says whether a name is one that number gives.
func isNumber(name string) bool {
	n, err := strconv.Atoi(name)
	return err == nil && n > 0 && number(n) == name
}

// put writes a file whole, on the disk when it returns. With once set it fails with fs.ErrExist where one stands already, whoever
// else writes at the same moment.
func (f folder) put(name, text string, once bool) error {
	if err := os.MkdirAll(string(f), 0o755); err != nil {
		return ErrFolder.Because(err, string(f), reason.Of(err))
	}
	part, err := os.CreateTemp(string(f), ".part-*")
	if err != nil {
		return ErrFolder.Because(err, string(f), reason.Of(err))
	}
	defer os.Remove(part.Name())
	_, err = part.WriteString(text)
	if err == nil {
		err = part.Sync()
	}
	err = errors.Join(err, part.Close())
	if err == nil && once {
		err = os.Link(part.Name(), f.path(name)) // unlike a rename, never over a file that is there
	} else if err == nil {
		err = os.Rename(part.Name(), f.path(name))
	}
	if err == nil {
		err = store.SyncFolder(string(f))
	}
	switch {
	case err == nil:
		return nil
	case once && errors.Is(err, fs.ErrExist):
		return fs.ErrExist
	}
	return ErrFolder.Because(err, f.path(name), reason.Of(err))
}

// log reads what is known of a log.
func (w *Witness) log(origin string) (Log, error) {
	f := w.folder(origin)
	text, found, err := f.read(logKeyFile)
	if err == nil && !found {
		err = ErrUnknownLog.With(origin)
	}
	if err != nil {
		return Log{}, err
	}
	l := Log{Origin: origin}
	if l.Key, err = journal.ParsePublicKey(text); err != nil {
		return Log{}, ErrDamaged.Because(err, f.path(logKeyFile), err)
	}
	if l.count, l.Forks, err = f.numbered(); err != nil || l.count == 0 {
		return l, err
	}
	name := number(l.count)
	if l.Note, l.Seen, l.SeenAt, err = w.seen(l, name); err != nil || l.count == 1 {
		return l, err
	}
	_, before, _, err := w.seen(l, number(l.count-1))
	if err == nil && before.Size >= l.Seen.Size { // a copy of an earlier one in its place
		err = ErrDamaged.With(f.path(name), said("到第%d条，前一个却已到第%d条", "it goes up to entry %d, and the one before to %d", int64(l.Seen.Size), int64(before.Size)))
	}
	return l, err
}

// seen reads a checkpoint that was cosigned: of the log, and by this witness.
func (w *Witness) seen(l Log, name string) (text string, c journal.Checkpoint, at time.Time, err error) {
	f := w.folder(l.Origin)
	if text, _, err = f.read(name); err != nil {
		return text, c, at, err
	}
	if c, err = l.Key.Open(text); err != nil {
		return text, c, at, ErrDamaged.Because(err, f.path(name), err)
	}
	at, found, err := w.key.Cosigner().Cosigned(text)
	if err != nil || !found || c.Origin != l.Origin {
		return text, c, at, ErrDamaged.Because(err, f.path(name), ErrNotOfLog.With(c.Origin, l.Origin))
	}
	return text, c, at, nil
}

// Logs are the logs that are watched, by origin.
func (w *Witness) Logs() (logs []Log, err error) {
	dir := filepath.Join(w.dir, "witness")
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, ErrFolder.Because(err, dir, reason.Of(err))
	}
	for _, e := range entries {
		origin, found, err := folder(filepath.Join(dir, e.Name())).read(originFile)
		if err != nil {
			return nil, err
		}
		if !found {
			continue
		}
		l, err := w.log(strings.TrimSuffix(origin, "\n"))
		if err != nil {
			return nil, err
		}
		logs = append(logs, l)
	}
	slices.SortFunc(logs, func(a, b Log) int { return strings.Compare(a.Origin, b.Origin) })
	return logs, nil
}

// keyFault says of the key's file what the system said; what is a fault already stays so.
func keyFault(err error, path string) error {
	if _, known := fault.KindOf(err); known {
		return err
	}
	return ErrFolder.Because(err, path, reason.Of(err))
}
