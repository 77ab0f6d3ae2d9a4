package cli

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"anlan/account/report"
	"anlan/app"
	"anlan/ground/fault"
	"anlan/ground/ident"
	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/record/book"
	"anlan/store"
	"anlan/store/journal"
	"anlan/store/journal/witness"
)

// journalVerbs are what can be done with the journal, in the order of the help.
var journalVerbs = []subverb[func(e *env, ctx context.Context, a *app.App, args []string, o journalOptions) (int, error)]{
	{"status", nil, (*env).journalStatus},
	{"verify", []string{"[CHECKPOINT|DIR…]"}, (*env).journalVerify},
	{"checkpoint", nil, (*env).journalCheckpoint},
	{"prove", []string{"ID"}, (*env).journalProve},
	{"consistency", []string{"OLD", "NEW"}, (*env).journalConsistency},
	{"readings", nil, (*env).journalReadings},
	{"cosign", []string{"[CHECKPOINT…]"}, (*env).journalCosign},
	{"tiles", nil, (*env).journalTiles},
	{"key", []string{"rotate"}, (*env).journalKey},
}

// journalOptions are the options of all of them.
type journalOptions struct {
	out    string
	lost   bool
	reason string
	policy *witness.Policy
	report string
	by     string     // of readings: who read
	since  period.Day // likewise: from which day on
	until  period.Day // likewise: up to which day
}

var journalVerb = verb{
	name: "journal", args: "status | verify [CHECKPOINT|DIR…] | checkpoint | prove ID | consistency OLD NEW | readings [--by NAME] [--since DAY] [--until DAY] | cosign [CHECKPOINT…] --policy FILE [--report DIR] | tiles -o DIR | key rotate [--declare-lost] [--reason TEXT] [-o FILE] [--format json]",
	about:   lang.Of("日志：状态、核验、封存、证明、谁看过个人信息、请人见证、更换密钥", "the journal: status, verification, checkpoint, proofs, who read what of persons, witnesses, a new key"),
	example: "anlan journal verify",
	run: func(ctx context.Context, e *env) (int, error) {
		e.formatted()
		out := e.Text("o", "FILE", lang.Of("封存点或证明写入的文件，默认写到标准输出；tiles写入的目录", "file for the checkpoint or proof, standard output by default; the folder for tiles"))
		lost := e.Toggle("declare-lost", lang.Of("声明旧私钥已经遗失：更换时没有它的签名，每次核验都会显示", "declare that the old private key is lost: it does not sign the change, and every verification shows it"))
		reason := e.Text("reason", "TEXT", lang.Of("更换密钥的理由，记入日志", "why the key is changed, for the journal"))
		policy := e.policy()
		published := e.Text("report", "DIR", lang.Of("已公开报告的目录：请人见证其中的封存点，签名加在原处", "the folder of a published report: its checkpoint is the one to be cosigned, and gets the signatures"))
		by := e.Text("by", "NAME", lang.Of("只列这个人的阅读", "readings of this person only"))
		var since, until period.Day
		day := func(into *period.Day) func(string) error {
			return func(s string) (err error) { *into, err = period.ParseDay(s); return err }
		}
		e.Declare("since", "DAY", lang.Of("只列这一天起的阅读", "readings from this day on"), day(&since))
		e.Declare("until", "DAY", lang.Of("只列到这一天为止的阅读", "readings up to this day"), day(&until))
		run, args, err := parseSubverb(e, journalVerbs)
		if err != nil {
			return notDone, err
		}
		a, err := e.open(ctx)
		if err != nil {
			return notDone, err
		}
		defer a.Close()
		return run(e, ctx, a, args, journalOptions{*out, *lost, *reason, *policy, *published, *by, since, until})
	},
}

func (e *env) journalStatus(ctx context.Context, a *app.App, _ []string, _ journalOptions) (int, error) {
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
	Files       int64     `json:"files"`        // attachments and published files read
	Published   int       `json:"publications"` // whose basis was compared
	Sets        int       `json:"sets"`         // of the folders of reports that were given, counted again
	Findings    []finding `json:"findings"`
	// What was done, as far as the findings tell.
	Conclusions []app.Conclusion `json:"conclusions,omitempty"`
	// Changes of the signing key.
	Changes []journal.Rotation `json:"key_changes,omitempty"`
	// Restores that lost entries and said so.
	Epochs []journal.Epoch `json:"epochs,omitempty"`
	// Entries written while the clock stood behind an earlier one.
	SetBack []book.SetBack `json:"clock_set_back,omitempty"`
}

// journalVerify runs the proofs of the house, see app.Verify. Checkpoints kept elsewhere may be given as files, published reports as folders:
// their checkpoints are known outside too, and the sets behind their figures are counted again.
func (e *env) journalVerify(ctx context.Context, a *app.App, files []string, _ journalOptions) (int, error) {
	known := make([]string, len(files))
	files = slices.Clone(files)
	var published []string
	for i, f := range files {
		if info, err := os.Stat(f); err == nil && info.IsDir() {
			published, files[i] = append(published, f), filepath.Join(f, report.Checkpoint)
		}
		text, err := note(files[i])
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
	v, err := a.Verify(ctx, known...)
	if err != nil {
		return notDone, err
	}
	tree, all := v.Tree, v.Findings()
	recounted, sets, err := recountAll(ctx, e, a, published)
	if kind, known := fault.KindOf(err); known && kind == fault.Broken && len(all) > 0 {
		err = nil // what stands in the way of counting is found already
	}
	if err != nil {
		return notDone, err
	}
	if err := ctx.Err(); err != nil { // what was found until then is no result
		return notDone, err
	}
	all = append(all, recounted...)
	status := inOrder
	if len(all) > 0 {
		status = notInOrder
	}
	if e.format == "json" {
		return status, writeJSON(e.out, verified{len(all) == 0, int64(tree.Entries), tree.Checkpoints, v.Tables.Versions, v.Postings.Postings, v.Files.Files, v.Published, sets,
			findings(all), app.Conclude(all), tree.Changes, tree.Epochs, v.Tables.SetBack})
	}
	for _, f := range all {
		e.print(lang.Of("✗ %s", "✗ %s"), f.In(e.lang))
	}
	if tree.More > 0 {
		e.print(lang.Of("✗ 日志还有%d处不符未列出", "✗ %d more findings in the journal are not listed"), tree.More)
	}
	e.print(lang.Of("%s 日志：%d条记录、%d个封存点，逐条重算", "%s journal: %d entries and %d checkpoints, each recomputed"), mark(tree.Findings), tree.Entries, tree.Checkpoints)
	e.print(lang.Of("%s 数据表：%d个版本与日志逐项核对", "%s tables: %d versions compared with the journal, field by field"), mark(v.Tables.Findings), v.Tables.Versions)
	e.print(lang.Of("%s 台账：%d笔计入由记录重新得出并核对", "%s accounts: %d postings made again from the records and compared"), mark(v.Postings.Findings), v.Postings.Postings)
	if v.Files.Files > 0 {
		e.print(lang.Of("%s 文件：%d个附件和公开文件与其散列核对", "%s files: %d attachments and published files compared with their hashes"), mark(v.Files.Findings), v.Files.Files)
	}
	if v.Published > 0 {
		e.print(lang.Of("%s 公开：%d次公开所依据的日志没有变", "%s publications: what %d of them rest on is in the journal as it was"), mark(v.Basis), v.Published)
	}
	if len(published) > 0 {
		e.print(lang.Of("%s 公开报告：%d份报告的%d个记录集由账册重新数出并核对", "%s reports: the sets of %d of them, %d in all, counted again from the book and compared"), mark(recounted), len(published), sets)
	}
	e.printConclusions(all)
	e.printChanges(tree.Changes)
	for _, x := range tree.Epochs {
		e.print(lang.Of("? 日志位置%d：%s恢复了较旧的副本并开始第%d期，到第%d条为止的部分记录由此失去（理由：%s）", "? position %d: %s brought back an older copy and began epoch %d; of the entries up to %d some are lost (because: %s)"), x.Position, x.By, x.Epoch, x.Lost.Size, x.Reason)
	}
	for _, x := range v.Tables.SetBack {
		e.print(lang.Of("? 日志位置%d写入时，机器时钟比前一条落后%s：时钟被拨回过", "? when position %d was written the clock stood %s behind the entry before: it had been set back"), x.Position, x.Behind)
	}
	return status, nil
}

// recountAll counts the sets of published reports again, see app.Recount; each finding is of the folder in which it stands.
func recountAll(ctx context.Context, e *env, a *app.App, dirs []string) (all fault.List, sets int, err error) {
	for _, dir := range dirs {
		found, n, err := a.Recount(ctx, e.actor(), dir)
		if err != nil {
			return nil, 0, err
		}
		for _, f := range found {
			f.Where.File = filepath.Join(dir, f.Where.File)
		}
		all, sets = append(all, found...), sets+n
	}
	return all, sets, nil
}

// printConclusions says what was done, in a line each.
func (e *env) printConclusions(found fault.List) {
	for _, c := range app.Conclude(found) {
		if len(c.At) == 0 {
			e.print(lang.Of("✗ 判断：%s", "✗ conclusion: %s"), c.Label.In(e.lang))
			continue
		}
		e.print(lang.Of("✗ 判断：%s（日志位置%s）", "✗ conclusion: %s (position %s)"), c.Label.In(e.lang), c.Places())
	}
}

// printChanges says when the key was changed; that one was lost is what a reader must know.
func (e *env) printChanges(changes []journal.Rotation) {
	for _, r := range changes {
		if r.Lost {
			e.print(lang.Of("? 日志位置%d：%s声明签名密钥遗失，换用新密钥，没有旧密钥的签名（理由：%s）", "? position %d: %s declared the signing key lost; a new one took its place without its signature (because: %s)"), r.Position, r.By, r.Reason)
			continue
		}
		e.print(lang.Of("✓ 日志位置%d：%s更换签名密钥，新旧密钥都已签名", "✓ position %d: %s changed the signing key; both keys have signed"), r.Position, r.By)
	}
}

func mark(found fault.List) string {
	if len(found) > 0 {
		return "✗"
	}
	return "✓"
}

func (e *env) journalCheckpoint(ctx context.Context, a *app.App, _ []string, o journalOptions) (int, error) {
	if err := e.changes(); err != nil {
		return notDone, err
	}
	signed, err := a.Seal(ctx)
	if err != nil {
		return notDone, err
	}
	return inOrder, e.result(ctx, o.out, text(signed))
}

// journalProve proves that the current version of a record is in the journal that a checkpoint made now signs; verify checks
// the file that it writes.
func (e *env) journalProve(ctx context.Context, a *app.App, args []string, o journalOptions) (int, error) {
	if err := e.changes(); err != nil { // it signs
		return notDone, err
	}
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
	var proof journal.Proof
	// As of the checkpoint: another process may have written since it was signed.
	err = a.Book.Read(ctx, e.actor(), checkpoint.Size, func(v *book.View) error {
		k, r, err := locate(v, args[0])
		if err != nil {
			return err
		}
		proof, err = journal.Prove(v.Tx(), journal.Position(k.Head(r).Began), checkpoint.Size, signed)
		return err
	})
	if err != nil {
		return notDone, err
	}
	return inOrder, e.result(ctx, o.out, text(proof.Text()))
}

// journalConsistency proves that the journal as of NEW begins with the journal as of OLD; each may be whatever --as-of takes.
func (e *env) journalConsistency(ctx context.Context, a *app.App, args []string, o journalOptions) (int, error) {
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
	return inOrder, e.result(ctx, o.out, func(w io.Writer) error { return writeJSON(w, proof) })
}

// journalCosign has a checkpoint cosigned by the witnesses of a policy: those with an address are asked, and what others have
// cosigned is given as files. It ends in 1 while they are not enough, and when one has seen another history, whoever else has signed.
func (e *env) journalCosign(ctx context.Context, a *app.App, files []string, o journalOptions) (int, error) {
	if o.policy == nil {
		return notDone, e.Missing("policy")
	}
	if err := e.changes(); err != nil {
		return notDone, err
	}
	inFolder := filepath.Join(o.report, report.Checkpoint)
	if o.report != "" {
		files = append([]string{inFolder}, files...)
	}
	copies := make([]string, len(files))
	for i, f := range files {
		text, err := note(f)
		if err != nil {
			return notDone, err
		}
		if _, err := journal.ParseCheckpoint(text); err != nil {
			return notDone, fault.At(err, fault.Where{File: f})
		}
		copies[i] = text
	}
	done, err := a.Cosign(ctx, o.policy, asking(), copies...)
	if err != nil {
		return notDone, err
	}
	switch {
	case e.format == "json":
		err = writeJSON(e.out, struct {
			Checkpoint string            `json:"checkpoint"`
			Witnesses  witness.Judgement `json:"witnesses"`
			Refused    []finding         `json:"refused"`
			Findings   []finding         `json:"findings"`
		}{done.Checkpoint, done.Judgement, findings(done.Refused), findings(done.Judgement.Findings)})
	case o.report != "":
		err = replace(inFolder, done.Checkpoint)
	default:
		err = e.result(ctx, o.out, text(done.Checkpoint))
	}
	if err != nil {
		return notDone, err
	}
	e.sayWitnesses(&done.Judgement, done.Refused)
	if !done.Judgement.Met || len(done.Judgement.Findings) > 0 || done.Contradicted() {
		return notInOrder, nil
	}
	return inOrder, nil
}

// journalTiles writes the log as static files that tools of others read.
func (e *env) journalTiles(ctx context.Context, a *app.App, _ []string, o journalOptions) (int, error) {
	if err := e.changes(); err != nil {
		return notDone, err
	}
	if o.out == "" {
		return notDone, e.Missing("o")
	}
	done, err := a.Tiles(ctx, o.out)
	if err != nil {
		return notDone, err
	}
	for _, path := range done.Left {
		e.say(lang.Of("? %s 没有写出：其中有一条超过64 KiB，格式容不下；散列都在", "? %s is not written: an entry in it is longer than 64 KiB, which the format cannot hold; all hashes are there"), path)
	}
	if e.format == "json" {
		return inOrder, writeJSON(e.out, done)
	}
	e.print(lang.Of("日志%d条已写入%s，新写%d个文件（此前到第%d条）", "the journal of %d entries is in %s: %d files written (it went up to entry %d before)"), done.Size, o.out, done.Files, done.From)
	return inOrder, nil
}

// journalKey gives the journal a new signing key.
func (e *env) journalKey(ctx context.Context, a *app.App, args []string, o journalOptions) (int, error) {
	if args[0] != "rotate" {
		return notDone, ErrNoVerb.With("journal key "+args[0], "journal key rotate")
	}
	if o.lost && o.reason == "" {
		return notDone, e.Missing("reason")
	}
	r, err := a.Rotate(ctx, e.actor(), app.Rotating{Lost: o.lost, Reason: o.reason})
	if err != nil {
		return notDone, err
	}
	if e.format == "json" {
		return inOrder, writeJSON(e.out, r)
	}
	e.print(lang.Of("签名密钥已更换，记在日志位置%d；新公钥：", "the signing key is changed, entered at position %d; the new public key:"), r.Position)
	e.print(lang.Of("%s", "%s"), r.To)
	e.say(lang.Of("请把%s重新发给持有旧公钥的人（文件里有更换的声明），并另外保存新私钥", "give %s to everybody who has the old public key (it holds the statement of the change), and keep a copy of the new private key elsewhere"),
		filepath.Join(a.KeyFolder(), "journal.pub"))
	return inOrder, nil
}

// text writes a text as it is.
func text(s string) func(io.Writer) error {
	return func(w io.Writer) error { _, err := io.WriteString(w, s); return err }
}
