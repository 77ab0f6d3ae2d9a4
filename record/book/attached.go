package book

import (
	"context"
	"errors"

	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/record/field"
	"anlan/store"
	"anlan/store/blob"
)

// Faults that a reading of the attachments finds.
var (
	ErrFileAltered = fault.Define("book.file_altered", fault.Broken,
		"日志位置%d：%s的附件“%s”（%s）内容被改动或损坏", "position %d: the attachment %[3]q (%[4]s) of a %[2]s was altered or is damaged")
	ErrFileMissing = fault.Define("book.file_missing", fault.Broken,
		"日志位置%d：%s的附件“%s”（%s）不见了", "position %d: the attachment %[3]q (%[4]s) of a %[2]s is gone")
)

// attachment is a file with the version that first names it.
type attachment struct {
	at   int64
	kind lang.Text
	file field.File
}

// Attached reads every file that a version of a record names, now or in the past, and compares it with its hash: verify reads
// one to its end and gives blob.ErrNotFound or blob.ErrTampered. Each content is read once, however many records name it.
func (b *Book) Attached(ctx context.Context, verify func(context.Context, blob.Sum) error) (v Verification, err error) {
	var all []attachment
	err = b.db.Read(ctx, func(tx *store.Tx) error {
		seen := map[blob.Sum]bool{}
		for _, p := range b.order {
			if err := p.attachments(tx, func(a attachment) {
				if sum := blob.Sum(a.file.SHA256); !seen[sum] {
					seen[sum] = true
					all = append(all, a)
				}
			}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return v, err
	}
	for _, a := range all {
		sum := blob.Sum(a.file.SHA256)
		v.Files++
		switch err := verify(ctx, sum); {
		case errors.Is(err, blob.ErrNotFound):
			v.add(ErrFileMissing.Because(err, a.at, a.kind, a.file.Name, sum))
		case errors.Is(err, blob.ErrTampered):
			v.add(ErrFileAltered.Because(err, a.at, a.kind, a.file.Name, sum))
		case err != nil:
			return v, err
		}
	}
	return v, nil
}

// attachments gives the files that the versions of a kind name. A text that names none in the right form is left to Replay.
func (p *plan) attachments(tx *store.Tx, do func(attachment)) error {
	for _, f := range p.files {
		t, column := p.kind.Code(), p.fields[f].Column
		rows, err := tx.Query("SELECT named, min(began) AS first FROM (SELECT " + column + " AS named, began FROM " + t +
			" UNION ALL SELECT " + column + ", began FROM " + t + "_past) x WHERE named IS NOT NULL GROUP BY named ORDER BY first, named")
		if err != nil {
			return err
		}
		for rows.Next() {
			var named string
			var at int64
			if err := rows.Scan(&named, &at); err != nil {
				return errors.Join(err, rows.Close())
			}
			files, err := field.ParseFiles(named)
			if err != nil {
				continue
			}
			for _, x := range files {
				do(attachment{at, p.kind.Label(), x})
			}
		}
		if err := rows.Err(); err != nil {
			return err
		}
	}
	return nil
}
