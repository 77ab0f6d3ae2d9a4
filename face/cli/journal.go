package cli

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"

	"anlan/app"
	"anlan/ground/fault"
	"anlan/ground/ident"
	"anlan/ground/lang"
	"anlan/record/book"
	"anlan/store"
	"anlan/store/journal"
)

var journalVerb = verb{
	name: "journal", args: "status | verify [CHECKPOINT…] | checkpoint [-o FILE] | prove ID [-o FILE] | consistency OLD NEW",
	about:   lang.Of("日志：状态、核验、封存、证明", "the journal: status, verification, checkpoint, proofs"),
	example: "anlan journal verify",
	run: func(ctx context.Context, e *env) (int, error) {
		e.formatted()
		out := e.flags.String("o", "", "写入文件 write to a file")
		args, err := e.parse(1, -1)
		if err != nil {
			return notDone, err
		}
		do := map[string]func(context.Context, *app.App, []string, string) (int, error){
			"status": e.journalStatus, "verify": e.journalVerify, "checkpoint": e.journalCheckpoint,
			"prove": e.journalProve, "consistency": e.journalConsistency,
		}[args[0]]
		if do == nil {
			return notDone, e.usage()
		}
		a, err := e.open(ctx)
		if err != nil {
			return notDone, err
		}
		defer a.Close()
		return do(ctx, a, args[1:], *out)
	},
}

func (e *env) journalStatus(ctx context.Context, a *app.App, _ []string, _ string) (int, error) {
	h, err := a.Book.Head(ctx)
	if err != nil {
		return notDone, err
	}
	if e.format == "json" {
		return inOrder, writeJSON(e.out, map[string]any{"book": h.Book, "epoch": h.Epoch, "size": h.Size, "root": h.Root, "recorded_at": h.RecordedAt, "unit": h.Unit, "place": h.Place})
	}
	e.print(lang.Of("账册 %s（%s %s）第%d纪\n记录 %d条，最新于%s\n根 %s", "book %s (%s %s) epoch %d\n%d entries, the newest at %s\nroot %s"),
		h.Book, h.Unit, h.Place, h.Epoch, h.Size, h.RecordedAt.Format("2006-01-02T15:04:05Z"), h.Root)
	return inOrder, nil
}

// journalVerify runs the proofs of the house: the tree and its checkpoints, the tables against the journal row by row,
// and the postings against the records. Checkpoints kept elsewhere may be given as files.
func (e *env) journalVerify(ctx context.Context, a *app.App, files []string, _ string) (int, error) {
	var known []string
	for _, f := range files {
		text, err := os.ReadFile(filepath.Clean(f))
		if err != nil {
			return notDone, app.ErrNoFolder.Because(err, f, err)
		}
		known = append(known, string(text))
	}
	key, err := a.PublicKey()
	if err != nil {
		return notDone, err
	}
	var tree *journal.Verification
	if err := a.DB.Read(ctx, func(tx *store.Tx) error { tree, err = journal.VerifyTree(tx, key, known...); return err }); err != nil {
		return notDone, err
	}
	tables, err := a.Book.Replay(ctx)
	if err != nil {
		return notDone, err
	}
	postings, err := a.Book.Repost(ctx)
	if err != nil {
		return notDone, err
	}
	findings := append(append(append(fault.List(nil), tree.Findings...), tables.Findings...), postings.Findings...)
	status := inOrder
	if len(findings) > 0 {
		status = notInOrder
	}
	if e.format == "json" {
		texts := []lang.Text{}
		for _, f := range findings {
			texts = append(texts, lang.Text{Zh: f.In(lang.Chinese), En: f.In(lang.English)})
		}
		return status, writeJSON(e.out, map[string]any{"sound": status == inOrder, "entries": tree.Entries, "checkpoints": tree.Checkpoints,
			"versions": tables.Versions, "postings": postings.Postings, "findings": texts})
	}
	for _, f := range findings {
		e.print(lang.Of("✗ %s", "✗ %s"), f.In(e.lang))
	}
	mark := func(l fault.List) string {
		if len(l) > 0 {
			return "✗"
		}
		return "✓"
	}
	e.print(lang.Of("%s 日志：%d条记录、%d个封存点，逐条重算", "%s journal: %d entries and %d checkpoints, each recomputed"), mark(tree.Findings), tree.Entries, tree.Checkpoints)
	e.print(lang.Of("%s 数据表：%d个版本与日志逐项核对", "%s tables: %d versions compared with the journal, field by field"), mark(tables.Findings), tables.Versions)
	e.print(lang.Of("%s 台账：%d笔计入由记录重新得出并核对", "%s accounts: %d postings made again from the records and compared"), mark(postings.Findings), postings.Postings)
	return status, nil
}

func (e *env) journalCheckpoint(ctx context.Context, a *app.App, _ []string, out string) (int, error) {
	note, err := a.Seal(ctx)
	if err != nil {
		return notDone, err
	}
	return inOrder, e.write(out, note)
}

// journalProve proves that the current version of a record is in the journal that the newest checkpoint signs.
func (e *env) journalProve(ctx context.Context, a *app.App, args []string, out string) (int, error) {
	if len(args) != 1 {
		return notDone, e.usage()
	}
	id, err := ident.Parse(args[0])
	if err != nil {
		return notDone, err
	}
	note, err := a.Seal(ctx)
	if err != nil {
		return notDone, err
	}
	var text string
	err = a.Book.Read(ctx, e.actor(), 0, func(v *book.View) error {
		k, r, err := v.ByID(id)
		if err != nil {
			return err
		}
		proof, err := journal.ProveInclusion(v.Tx(), journal.Position(k.Head(r).Began), v.Head.Size)
		text = proof.Text(note)
		return err
	})
	if err != nil {
		return notDone, err
	}
	return inOrder, e.write(out, text)
}

func (e *env) journalConsistency(ctx context.Context, a *app.App, args []string, out string) (int, error) {
	if len(args) != 2 {
		return notDone, e.usage()
	}
	var at [2]journal.Position
	for i, s := range args {
		n, err := strconv.ParseInt(s, 10, 64)
		if err != nil {
			return notDone, e.usage()
		}
		at[i] = journal.Position(n)
	}
	var proof journal.Consistency
	err := a.DB.Read(ctx, func(tx *store.Tx) (err error) { proof, err = journal.ProveConsistency(tx, at[0], at[1]); return err })
	if err != nil {
		return notDone, err
	}
	if out == "" {
		return inOrder, writeJSON(e.out, proof)
	}
	f, err := os.Create(filepath.Clean(out))
	if err != nil {
		return notDone, app.ErrNoFolder.Because(err, out, err)
	}
	defer f.Close()
	return inOrder, writeJSON(f, proof)
}

// write writes a result to a file, or to stdout when no file is named.
func (e *env) write(path, text string) error {
	if path == "" {
		_, err := fmt.Fprint(e.out, text)
		return err
	}
	if err := os.WriteFile(filepath.Clean(path), []byte(text), 0o644); err != nil {
		return app.ErrNoFolder.Because(err, path, err)
	}
	return nil
}

// print writes a line of the result.
func (e *env) print(t lang.Text, args ...any) { fmt.Fprintf(e.out, t.In(e.lang)+"\n", args...) }
