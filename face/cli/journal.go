package cli

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"anlan/app"
	"anlan/ground/fault"
	"anlan/ground/ident"
	"anlan/ground/lang"
	"anlan/record/book"
	"anlan/record/field"
	"anlan/store"
	"anlan/store/journal"
)

// journalVerbs are what can be done with the journal, in the order of the help.
var journalVerbs = []struct {
	name string
	args []string
	run  func(e *env, ctx context.Context, a *app.App, args []string, out string) (int, error)
}{
	{"status", nil, (*env).journalStatus},
	{"verify", []string{"[CHECKPOINT…]"}, (*env).journalVerify},
	{"checkpoint", nil, (*env).journalCheckpoint},
	{"prove", []string{"ID"}, (*env).journalProve},
	{"consistency", []string{"OLD", "NEW"}, (*env).journalConsistency},
}

var journalVerb = verb{
	name: "journal", args: "status | verify [CHECKPOINT…] | checkpoint | prove ID | consistency OLD NEW [-o FILE] [--format json]",
	about:   lang.Of("日志：状态、核验、封存、证明", "the journal: status, verification, checkpoint, proofs"),
	example: "anlan journal verify",
	run: func(ctx context.Context, e *env) (int, error) {
		e.formatted()
		out := e.text("o", "FILE", lang.Of("封存点或证明写入的文件；默认写到标准输出", "file for the checkpoint or proof; standard output by default"))
		names := make([]string, len(journalVerbs))
		for i, v := range journalVerbs {
			names[i] = v.name
		}
		args, err := e.parse(strings.Join(names, "|"), "[…]")
		if err != nil {
			return notDone, err
		}
		i := slices.Index(names, args[0])
		if i < 0 {
			return notDone, ErrNoVerb.With("journal "+args[0], "journal "+field.Nearest(args[0], names))
		}
		v := journalVerbs[i]
		e.rest = args[1:]
		if args, err = e.parse(v.args...); err != nil {
			return notDone, err
		}
		a, err := e.open(ctx)
		if err != nil {
			return notDone, err
		}
		defer a.Close()
		return v.run(e, ctx, a, args, *out)
	},
}

func (e *env) journalStatus(ctx context.Context, a *app.App, _ []string, _ string) (int, error) {
	h, err := a.Book.Head(ctx)
	if err != nil {
		return notDone, err
	}
	sealed, err := a.Sealed(ctx)
	if err != nil {
		return notDone, err
	}
	if e.format == "json" {
		return inOrder, writeJSON(e.out, struct {
			Book       ident.ID         `json:"book"`
			Epoch      int64            `json:"epoch"`
			Unit       string           `json:"unit"`
			Place      string           `json:"place"`
			Size       journal.Position `json:"size"`
			Root       journal.Hash     `json:"root"`
			RecordedAt string           `json:"recorded_at"`
			Sealed     journal.Position `json:"sealed"` // size of the newest checkpoint; 0: none
		}{h.Book, h.Epoch, h.Unit, h.Place, h.Size, h.Root, h.RecordedAt.Format(instant), sealed})
	}
	t := table{out: e.out}
	for _, x := range []struct {
		label lang.Text
		value string
	}{
		{lang.Of("账册", "book"), fmt.Sprintf("%s  %s %s", h.Book, h.Unit, h.Place)},
		{lang.Of("纪元", "epoch"), fmt.Sprint(h.Epoch)},
		{lang.Of("日志条数", "entries"), fmt.Sprint(h.Size)},
		{lang.Of("最新一条", "newest"), h.RecordedAt.Format(instant)},
		{lang.Of("根散列", "root"), h.Root.String()},
		{lang.Of("已封存到", "sealed up to"), fmt.Sprint(sealed)},
	} {
		t.row(x.label.In(e.lang), x.value)
	}
	t.flush()
	return inOrder, nil
}

// instant is how instants are written for programs: UTC, to the microsecond.
const instant = "2006-01-02T15:04:05.000000Z07:00"

// verified is the result of journal verify for programs.
type verified struct {
	Sound       bool      `json:"sound"`
	Entries     int64     `json:"entries"`
	Checkpoints int       `json:"checkpoints"`
	Versions    int64     `json:"versions"`
	Postings    int64     `json:"postings"`
	Findings    []finding `json:"findings"`
}

// journalVerify runs the proofs of the house: the tree and its checkpoints, the tables against the journal row by row,
// and the postings against the records. Checkpoints kept elsewhere may be given as files.
func (e *env) journalVerify(ctx context.Context, a *app.App, files []string, _ string) (int, error) {
	known := make([]string, len(files))
	for i, f := range files {
		text, err := note(f)
		if err != nil {
			return notDone, err
		}
		known[i] = text
	}
	key, err := a.PublicKey()
	if err != nil {
		return notDone, err
	}
	for i, text := range known { // said with the name of its file
		if _, err := key.Open(text); err != nil {
			return notDone, fault.At(err, fault.Where{File: files[i]})
		}
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
	all := slices.Concat(tree.Findings, tables.Findings, postings.Findings)
	status := inOrder
	if len(all) > 0 {
		status = notInOrder
	}
	if e.format == "json" {
		return status, writeJSON(e.out, verified{len(all) == 0, int64(tree.Entries), tree.Checkpoints, int64(tables.Versions), int64(postings.Postings), findings(all)})
	}
	for _, f := range all {
		e.print(lang.Of("✗ %s", "✗ %s"), f.In(e.lang))
	}
	if tree.More > 0 {
		e.print(lang.Of("✗ 日志还有%d处不符未列出", "✗ %d more findings in the journal are not listed"), tree.More)
	}
	e.print(lang.Of("%s 日志：%d条记录、%d个封存点，逐条重算", "%s journal: %d entries and %d checkpoints, each recomputed"), mark(tree.Findings), tree.Entries, tree.Checkpoints)
	e.print(lang.Of("%s 数据表：%d个版本与日志逐项核对", "%s tables: %d versions compared with the journal, field by field"), mark(tables.Findings), tables.Versions)
	e.print(lang.Of("%s 台账：%d笔计入由记录重新得出并核对", "%s accounts: %d postings made again from the records and compared"), mark(postings.Findings), postings.Postings)
	return status, nil
}

func mark(found fault.List) string {
	if len(found) > 0 {
		return "✗"
	}
	return "✓"
}

func (e *env) journalCheckpoint(ctx context.Context, a *app.App, _ []string, out string) (int, error) {
	signed, err := a.Seal(ctx)
	if err != nil {
		return notDone, err
	}
	return inOrder, e.result(ctx, out, text(signed))
}

// journalProve proves that the current version of a record is in the journal that a checkpoint made now signs.
func (e *env) journalProve(ctx context.Context, a *app.App, args []string, out string) (int, error) {
	signed, err := a.Seal(ctx)
	if err != nil {
		return notDone, err
	}
	key, err := a.PublicKey()
	if err != nil {
		return notDone, err
	}
	checkpoint, err := key.Open(signed)
	if err != nil {
		return notDone, err
	}
	var proof journal.Inclusion
	// As of the checkpoint: another process may have written since it was signed.
	err = a.Book.Read(ctx, e.actor(), checkpoint.Size, func(v *book.View) error {
		k, r, err := locate(v, args[0])
		if err != nil {
			return err
		}
		proof, err = journal.ProveInclusion(v.Tx(), journal.Position(k.Head(r).Began), checkpoint.Size)
		return err
	})
	if err != nil {
		return notDone, err
	}
	return inOrder, e.result(ctx, out, text(proof.Text(signed)))
}

// journalConsistency proves that the journal as of NEW begins with the journal as of OLD; each may be whatever --as-of takes.
func (e *env) journalConsistency(ctx context.Context, a *app.App, args []string, out string) (int, error) {
	var at [2]journal.Position
	for i, s := range args {
		p, err := a.PositionOf(ctx, s)
		if err != nil {
			return notDone, err
		}
		at[i] = p
	}
	var proof journal.Consistency
	err := a.DB.Read(ctx, func(tx *store.Tx) (err error) { proof, err = journal.ProveConsistency(tx, at[0], at[1]); return err })
	if err != nil {
		return notDone, err
	}
	return inOrder, e.result(ctx, out, func(w io.Writer) error { return writeJSON(w, proof) })
}

// text writes a text as it is.
func text(s string) func(io.Writer) error {
	return func(w io.Writer) error { _, err := io.WriteString(w, s); return err }
}
