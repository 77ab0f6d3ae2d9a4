package intake

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"anlan/ground/clock"
	"anlan/ground/fault"
	"anlan/ground/ident"
	"anlan/record/exchange"
	"anlan/store"
	"anlan/store/journal"
)

// Drafts are the sheets that wait. It is safe for concurrent use.
type Drafts struct {
	db    *store.DB
	clock clock.Clock
	ids   *ident.Maker
}

// New gives the drafts of a book. random is crypto/rand.Reader outside of tests.
func New(db *store.DB, c clock.Clock, random io.Reader) *Drafts {
	return &Drafts{db: db, clock: c, ids: ident.NewMaker(c, random)}
}

// Draft is a sheet that waits.
type Draft struct {
	ID      ident.ID
	Kind    string
	File    string // its name
	SHA256  string
	Content []byte // nil once it is imported, and in a list
	Said    Said
	Began   time.Time
	Ends    time.Time
}

// Said is what somebody has said of a sheet.
type Said struct {
	Sheet       string                `json:"sheet,omitempty"`
	Row         int                   `json:"row,omitempty"`     // of the headings; 0: nothing has been said yet
	Columns     []string              `json:"columns,omitempty"` // by column of the sheet: the code of what it stands for
	Corrections []exchange.Correction `json:"corrections,omitempty"`
	Reason      string                `json:"reason,omitempty"`
	Receipt     *Receipt              `json:"receipt,omitempty"`
}

// Receipt is what an import became.
type Receipt struct {
	Run       ident.ID         `json:"run"`
	Position  journal.Position `json:"position"`
	At        time.Time        `json:"at"`
	Rows      int              `json:"rows"`
	New       int              `json:"new"`
	Changed   int              `json:"changed"`
	Same      int              `json:"same"`
	Corrected int              `json:"corrected"`
	LeftOut   []int            `json:"left_out,omitempty"`
	Doubts    []string         `json:"doubts,omitempty"`
}

// Bounds of drafts.
const (
	BytesMax       = 32 << 20 // of a file
	RowsMax        = 50_000
	correctionsMax = 5_000
	saidBytesMax   = 4 << 20
	fileRunesMax   = 200
	waitingMax     = 5 // of a user
	kept           = 24 * time.Hour
)

// Faults of drafts.
var (
	ErrTooLarge = fault.Define("intake.too_large", fault.TooLarge,
		"文件超过%d MB，请分成几份，或用 anlan import 导入", "the file is over %d MB; divide it, or use anlan import")
	ErrNoDraft = fault.Define("intake.no_draft", fault.NotFound,
		"没有这份待导入的表格：上传超过一天、已被取消，或者不是您上传的。请重新上传", "there is no such sheet: it was uploaded more than a day ago, was dropped, or is not yours; upload it again")
	ErrOver = fault.Define("intake.over", fault.Conflict,
		"“%s”已经导入，不能再改", "%q is imported and can no longer be changed")
	ErrTooManyCorrections = fault.Define("intake.too_many_corrections", fault.TooLarge,
		"在页面更正的格数超过%d，请在文件里改好再上传", "more than %d cells were corrected in the page; correct the file and upload it again")
)

// Begin keeps a file for a user. Of more than a few the oldest is dropped. Fault: ErrTooLarge.
func (d *Drafts) Begin(ctx context.Context, user ident.ID, kind, file string, content []byte) (Draft, error) {
	if len(content) > BytesMax {
		return Draft{}, ErrTooLarge.With(BytesMax >> 20)
	}
	id, err := d.ids.V4()
	if err != nil {
		return Draft{}, err
	}
	if r := []rune(file); len(r) > fileRunesMax {
		file = string(r[len(r)-fileRunesMax:])
	}
	sum := sha256.Sum256(content)
	now := d.clock.Now()
	x := Draft{ID: id, Kind: kind, File: file, SHA256: hex.EncodeToString(sum[:]), Content: content, Began: now, Ends: now.Add(kept)}
	err = d.db.InTx(ctx, func(tx *store.Tx) error {
		if _, err := tx.Exec("DELETE FROM import_draft WHERE ends_at < ?", now.UnixMicro()); err != nil { // by import_draft_ends
			return err
		}
		if _, err := tx.Exec("DELETE FROM import_draft WHERE id IN (SELECT id FROM import_draft WHERE user_id = ? ORDER BY began_at DESC, id LIMIT 1000 OFFSET ?)",
			user.String(), waitingMax-1); err != nil { // by import_draft_user
			return err
		}
		_, err := tx.Exec("INSERT INTO import_draft (id, user_id, kind, file, sha256, content, said, began_at, ends_at) VALUES (?, ?, ?, ?, ?, ?, '{}', ?, ?)",
			id.String(), user.String(), kind, file, x.SHA256, content, now.UnixMicro(), x.Ends.UnixMicro())
		return err
	})
	return x, err
}

const columns = "kind, file, sha256, said, began_at, ends_at"

// Find is a draft of a user with its file. Fault: ErrNoDraft.
func (d *Drafts) Find(ctx context.Context, user, id ident.ID) (x Draft, err error) {
	err = d.db.Read(ctx, func(tx *store.Tx) error { x, err = d.find(tx, user, id); return err })
	return x, err
}

func (d *Drafts) find(tx *store.Tx, user, id ident.ID) (Draft, error) {
	x := Draft{ID: id}
	var said string
	var began, ends int64
	found, err := tx.QueryRow([]any{&x.Kind, &x.File, &x.SHA256, &said, &began, &ends, &x.Content},
		"SELECT "+columns+", content FROM import_draft WHERE id = ? AND user_id = ?", id.String(), user.String())
	if err != nil {
		return x, err
	}
	x.Began, x.Ends = time.UnixMicro(began).UTC(), time.UnixMicro(ends).UTC()
	if !found || x.Ends.Before(d.clock.Now()) {
		return Draft{}, ErrNoDraft.With()
	}
	return x, x.read(said)
}

func (x *Draft) read(said string) error {
	if err := json.Unmarshal([]byte(said), &x.Said); err != nil {
		return fmt.Errorf("intake: draft %s: %w", x.ID, err)
	}
	return nil
}

// Waiting lists the drafts of a user for a kind that are not imported, the newest first, without their files.
func (d *Drafts) Waiting(ctx context.Context, user ident.ID, kind string) (out []Draft, err error) {
	err = d.db.Read(ctx, func(tx *store.Tx) error {
		rows, err := tx.Query("SELECT id, "+columns+" FROM import_draft WHERE user_id = ? AND kind = ? AND ends_at >= ? ORDER BY began_at DESC, id",
			user.String(), kind, d.clock.Now().UnixMicro())
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var x Draft
			var said string
			var began, ends int64
			if err := rows.Scan(&x.ID, &x.Kind, &x.File, &x.SHA256, &said, &began, &ends); err != nil {
				return err
			}
			x.Began, x.Ends = time.UnixMicro(began).UTC(), time.UnixMicro(ends).UTC()
			if err := x.read(said); err != nil {
				return err
			}
			if x.Said.Receipt == nil {
				out = append(out, x)
			}
		}
		return rows.Err()
	})
	return out, err
}

// Say changes what is said of a draft, and keeps it for another day. Faults: ErrNoDraft, ErrOver, ErrTooManyCorrections, those of change.
func (d *Drafts) Say(ctx context.Context, user, id ident.ID, change func(*Said) error) error {
	return d.db.InTx(ctx, func(tx *store.Tx) error {
		x, err := d.find(tx, user, id)
		if err != nil {
			return err
		}
		if x.Said.Receipt != nil {
			return ErrOver.With(x.File)
		}
		if err := change(&x.Said); err != nil {
			return err
		}
		said, err := json.Marshal(x.Said)
		if err != nil {
			return err
		}
		if len(x.Said.Corrections) > correctionsMax || len(said) > saidBytesMax {
			return ErrTooManyCorrections.With(correctionsMax)
		}
		_, err = tx.Exec("UPDATE import_draft SET said = ?, ends_at = ? WHERE id = ?", string(said), d.clock.Now().Add(kept).UnixMicro(), id.String())
		return err
	})
}

// Close lets the file of a draft go, which has been imported, and keeps the receipt with it for a day.
func (d *Drafts) Close(ctx context.Context, user, id ident.ID, r Receipt) error {
	return d.db.InTx(ctx, func(tx *store.Tx) error {
		x, err := d.find(tx, user, id)
		if err != nil {
			return err
		}
		x.Said.Receipt, x.Said.Corrections = &r, nil
		said, err := json.Marshal(x.Said)
		if err != nil {
			return err
		}
		_, err = tx.Exec("UPDATE import_draft SET said = ?, content = ?, ends_at = ? WHERE id = ?", string(said), []byte{}, d.clock.Now().Add(kept).UnixMicro(), id.String())
		return err
	})
}

// Drop lets a draft go.
func (d *Drafts) Drop(ctx context.Context, user, id ident.ID) error {
	return d.db.InTx(ctx, func(tx *store.Tx) error {
		_, err := tx.Exec("DELETE FROM import_draft WHERE id = ? AND user_id = ?", id.String(), user.String())
		return err
	})
}

// Request is what exchange.Import is asked of a draft.
func (x *Draft) Request() exchange.Request {
	if x.Content == nil {
		x.Content = []byte{} // never a file of the machine by that name
	}
	return exchange.Request{Kind: x.Kind, Path: x.File, Content: x.Content, Sheet: x.Said.Sheet, Row: x.Said.Row, Columns: x.Said.Columns, Corrections: x.Said.Corrections, Reason: x.Said.Reason, RowsMax: RowsMax}
}

// Correct puts what was typed among the corrections; a later one takes the place of an earlier.
func (s *Said) Correct(all ...exchange.Correction) {
	at := map[string]int{}
	key := func(c exchange.Correction) string { return fmt.Sprintf("%d %s", c.Row, c.Code) }
	for i, c := range s.Corrections {
		at[key(c)] = i
	}
	for _, c := range all {
		if i, ok := at[key(c)]; ok {
			s.Corrections[i] = c
			continue
		}
		at[key(c)] = len(s.Corrections)
		s.Corrections = append(s.Corrections, c)
	}
}
