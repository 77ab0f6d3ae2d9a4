package cli

import (
	"context"
	"os"
	"path/filepath"
	"time"

	"anlan/app"
	"anlan/ground/clock"
	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/store/backup"
	"anlan/store/journal"
)

var backupVerb = verb{
	name: "backup", args: "-o FILE [--format json]",
	about:   lang.Of("备份整个账册到一个文件，使用中也可以；不含私钥", "write the whole book into one file, also while it is in use; the private key is not in it"),
	example: "anlan backup -o book-2026-03-01.zip",
	run: func(ctx context.Context, e *env) (int, error) {
		e.formatted()
		out := e.Text("o", "FILE", lang.Of("写入文件，须为新文件", "file to write, a new one"))
		if _, err := e.Parse(); err != nil {
			return notDone, err
		}
		if *out == "" {
			return notDone, e.Missing("o")
		}
		a, err := e.open(ctx)
		if err != nil {
			return notDone, err
		}
		defer a.Close()
		if err := e.changes(); err != nil {
			return notDone, err
		}
		made, err := a.Backup(ctx, *out)
		if err != nil {
			return notDone, err
		}
		status := inOrder
		for _, sum := range made.Damaged {
			status = notInOrder
			e.say(lang.Of("✗ 附件%s已损坏，没有备份", "✗ attachment %s is damaged and is not in the backup"), sum)
		}
		if e.format == "json" {
			return status, writeJSON(e.out, made)
		}
		e.print(lang.Of("已备份到%s，日志位置%d", "the backup is %s, position %d"), *out, made.Position)
		return status, nil
	},
}

// ErrNoKey says that a restore has no key to prove the copy by.
var ErrNoKey = fault.Define("cli.no_key", fault.Invalid,
	"数据目录里没有公钥，备份不能由自己证明：请用 --key 指定平时另外保存的 journal.pub", "there is no public key in the data folder, and a backup does not prove itself: give the journal.pub that was kept elsewhere by --key")

var restoreVerb = verb{
	name: "restore", args: "FILE [--checkpoint FILE]… [--policy FILE] [--key FILE] [--accept-loss --reason TEXT] [--format json]",
	about:   lang.Of("恢复备份：先证明，后替换；比外面已知的旧则拒绝", "bring a backup back: proved first, then put in place; one older than what is known outside is refused"),
	example: "anlan restore book-2026-03-01.zip --checkpoint kept-by-the-finance-bureau",
	run: func(ctx context.Context, e *env) (int, error) {
		e.formatted()
		var r app.Restoring
		e.Declare("checkpoint", "FILE", lang.Of("别人保存的封存点，可多次给出", "a checkpoint that somebody else has kept; may be given several times"), func(path string) error {
			text, err := note(path)
			r.Known = append(r.Known, text)
			return err
		})
		policy := e.policy()
		keyFile := e.Text("key", "FILE", lang.Of("公钥，默认用数据目录里的", "the public key; the data folder's by default"))
		accept := e.Toggle("accept-loss", lang.Of("承认缺失的记录，账册开始新的一纪", "accept that entries are lost and begin a new epoch"))
		reason := e.Text("reason", "TEXT", lang.Of("承认缺失的理由", "why the loss is accepted"))
		args, err := e.Parse("FILE")
		if err != nil {
			return notDone, err
		}
		r.Path = args[0]
		if *accept {
			if *reason == "" {
				return notDone, e.Missing("reason")
			}
			r.Accept = backup.Acceptance{At: clock.System{}.Now(), By: e.actor().Name, Reason: *reason}
		}
		if *keyFile == "" {
			if *keyFile = filepath.Join(e.data, "keys", "journal.pub"); !exists(*keyFile) {
				return notDone, ErrNoKey.With()
			}
		}
		text, err := note(*keyFile)
		if err != nil {
			return notDone, err
		}
		if r.Key, err = journal.ParsePublicKey(text); err != nil {
			return notDone, fault.At(err, fault.Where{File: *keyFile})
		}
		if *policy != nil {
			known, refused, err := app.Known(ctx, *policy, asking(), r.Key)
			if err != nil {
				return notDone, err
			}
			for _, f := range refused {
				e.say(lang.Of("? %s；它见证过的没有核对", "? %s; what it has cosigned was not compared"), f.In(e.lang))
			}
			r.Known = append(r.Known, known...)
			e.say(lang.Of("见证人给出%d个封存点，与备份核对", "the witnesses gave %d checkpoints, with which the backup is compared"), len(known))
		}
		if err := e.changes(); err != nil {
			return notDone, err
		}
		done, err := app.Restore(ctx, app.Options{Data: e.data, DB: e.db}, r)
		if err != nil {
			return notDone, err
		}
		return inOrder, e.printRestored(done)
	},
}

func (e *env) printRestored(done *app.Restored) error {
	if e.format == "json" {
		return writeJSON(e.out, done)
	}
	e.print(lang.Of("备份已证明并恢复：%s写出，日志位置%d", "the backup is proved and restored: written %s, position %d"), done.MadeAt.Format(time.RFC3339), done.Position)
	if done.Kept != "" {
		e.print(lang.Of("原来的账册保留在%s", "the book that it replaced is kept in %s"), done.Kept)
	}
	if done.Lost != nil {
		e.print(lang.Of("缺失的记录已承认，账册开始新的一纪", "the loss was accepted; the book has begun a new epoch"))
	}
	return nil
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
