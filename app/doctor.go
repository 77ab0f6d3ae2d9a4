package app

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"strings"

	"anlan/account/report/pdf"
	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/ground/reason"
	"anlan/record"
	"anlan/store"
	"anlan/store/journal"
)

// Check is one thing that doctor looks at.
type Check struct {
	Name lang.Text `json:"name"`
	Fine bool      `json:"fine"`
	What lang.Text `json:"what"`
	Mend lang.Text `json:"mend,omitzero"`
}

// Unopened is the finding that the book cannot be opened at all: the faults say why, and what to do.
func Unopened(faults fault.List) Check {
	return Check{Name: databaseLabel, What: lang.Text{Zh: faults.In(lang.Chinese), En: faults.In(lang.English)}}
}

var databaseLabel = lang.Of("账册", "book")

// Doctor looks at what must be there and what must be safe. Each look is cheap; journal verify is the thorough one.
func (a *App) Doctor(ctx context.Context) ([]Check, error) {
	var out []Check
	for _, look := range []func(context.Context) (Check, error){a.lookAtDatabase, a.lookAtFolder, a.lookAtKey, a.lookAtSealing, a.lookAtAccounts, a.lookAtStates, a.lookAtUsers, a.lookAtCertificates, a.lookAtPDF} {
		c, err := look(ctx)
		if err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, nil
}

func (a *App) lookAtDatabase(ctx context.Context) (Check, error) {
	c := Check{Name: databaseLabel, Fine: true}
	version, err := a.DB.SchemaVersion(ctx)
	if err != nil {
		return c, err
	}
	where := a.DB.Path()
	if where == "" {
		where = "PostgreSQL" // its address may hold a password
	}
	c.What = lang.Text{Zh: fmt.Sprintf("%s，结构版本%d", where, version), En: fmt.Sprintf("%s, schema version %d", where, version)}
	return c, nil
}

// lookAtFolder: whoever may read the folder may read what the book keeps from others, and whoever may write it may put
// another database in its place.
func (a *App) lookAtFolder(context.Context) (Check, error) {
	c := Check{Name: lang.Of("数据目录", "data folder"), Fine: true, What: lang.Of("只有本人可用", "open to its owner only")}
	info, err := os.Stat(a.from.Data)
	switch {
	case err != nil:
		c.Fine, c.What = false, reason.Of(err)
		c.Mend = lang.Text{Zh: "用 --data 指定有签名密钥的目录", En: "name by --data the folder that has the signing key"}
	case info.Mode().Perm()&0o077 != 0 && runtime.GOOS != "windows":
		mode := fmt.Sprintf("%04o", info.Mode().Perm())
		c.Fine, c.What = false, lang.Text{Zh: "其他人也可用（权限" + mode + "）", En: "open to others (mode " + mode + ")"}
		c.Mend = lang.Text{Zh: "运行 chmod 700 " + a.from.Data, En: "run chmod 700 " + a.from.Data}
	}
	return c, nil
}

func (a *App) lookAtKey(ctx context.Context) (Check, error) {
	c := Check{Name: lang.Of("签名密钥", "signing key"), Fine: true, What: lang.Of("在，只有本人可读", "present, readable by its owner only")}
	key, err := a.Key(ctx)
	if err != nil {
		c.Fine, c.What = false, lang.Text{Zh: fault.In(err, lang.Chinese), En: fault.In(err, lang.English)}
		c.Mend = lang.Text{Zh: "从备份取回" + a.from.keyPath() + "，并设为仅本人可读（chmod 600）", En: "bring " + a.from.keyPath() + " back from a backup and make it readable by its owner only (chmod 600)"}
		return c, nil
	}
	public, err := a.PublicKey()
	if err != nil || public.String() != key.Public().String() {
		c.Fine, c.What = false, lang.Of("公钥文件与密钥不成对", "the public key does not belong to the private one")
		c.Mend = lang.Of("从备份取回成对的密钥", "bring the pair back from a backup")
	}
	return c, nil
}

func (a *App) lookAtSealing(ctx context.Context) (c Check, err error) {
	c = Check{Name: lang.Of("封存", "checkpoint"), Fine: true}
	key, err := a.PublicKey()
	if err != nil {
		c.Fine, c.What, c.Mend = false, lang.Of("没有公钥，无法核对封存点", "no public key: checkpoints cannot be read"), lang.Of("从备份取回公钥", "bring the public key back from a backup")
		return c, nil
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		head, err := journal.HeadOf(tx)
		if err != nil {
			return err
		}
		note, found, err := journal.LastSealed(tx)
		if err != nil {
			return err
		}
		last := journal.Position(0)
		if found {
			k, err := key.Open(note)
			if err != nil {
				c.Fine, c.What = false, lang.Text{Zh: fault.In(err, lang.Chinese), En: fault.In(err, lang.English)}
				c.Mend = lang.Of("运行 anlan journal verify 查明是密钥被换还是封存点被改", "run anlan journal verify to see whether the key was changed or the checkpoint was altered")
				return nil
			}
			last = k.Size
		}
		c.What = lang.Text{Zh: fmt.Sprintf("共%d条记录，已封存到%d", head.Size, last), En: fmt.Sprintf("%d entries, sealed up to %d", head.Size, last)}
		if !found {
			c.Fine = false
			c.Mend = lang.Of("运行 anlan journal checkpoint -o FILE，并把文件交给别人保存（财政、审计）", "run anlan journal checkpoint -o FILE and give the file to somebody else to keep")
		}
		return nil
	})
	return c, err
}

func (a *App) lookAtAccounts(ctx context.Context) (Check, error) {
	c := Check{Name: lang.Of("台账", "accounts"), Fine: true, What: lang.Of("每个统计项都有台账", "every measure has its account")}
	missing, err := a.Book.Unsettled(ctx)
	if len(missing) > 0 {
		list := strings.Join(missing, ", ")
		c.Fine, c.What = false, lang.Text{Zh: "没有台账或口径已改：" + list, En: "no account, or a changed definition: " + list}
		c.Mend = lang.Of("运行 anlan migrate", "run anlan migrate")
	}
	return c, err
}

// lookAtStates counts records in states that their kind does not know.
func (a *App) lookAtStates(ctx context.Context) (c Check, err error) {
	c = Check{Name: lang.Of("状态", "states"), Fine: true, What: lang.Of("所有记录的状态都在流程之内", "every record is in a state of its workflow")}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		for _, k := range a.Book.Kinds() {
			n, err := unknownStates(tx, k)
			if err != nil {
				return err
			}
			if n > 0 {
				c.Fine = false
				c.What = lang.Text{Zh: fmt.Sprintf("%s有%d条记录的状态不在流程之内", k.Label().Zh, n), En: fmt.Sprintf("%d records of %s are in a state that the workflow does not have", n, k.Code())}
				c.Mend = lang.Of("运行 anlan journal verify 查明是否被改动", "run anlan journal verify to see whether they were altered")
			}
		}
		return nil
	})
	return c, err
}

func unknownStates(tx *store.Tx, k record.Of) (n int64, err error) {
	var known []any
	for _, s := range k.States() {
		known = append(known, string(s.State))
	}
	_, err = tx.QueryRow([]any{&n}, "SELECT count(*) FROM "+k.Code()+" WHERE state NOT IN (?"+strings.Repeat(", ?", len(known)-1)+")", known...)
	return n, err
}

// lookAtPDF: a report goes out without a PDF, so a machine without LibreOffice is in order; it is said all the same.
func (a *App) lookAtPDF(context.Context) (Check, error) {
	c := Check{Name: lang.Of("PDF", "PDF"), Fine: true}
	program, err := pdf.Installed()
	if err != nil {
		c.What = lang.Text{Zh: fault.In(err, lang.Chinese), En: fault.In(err, lang.English)}
		return c, nil
	}
	c.What = lang.Text{Zh: "由LibreOffice（" + program + "）写出report.pdf", En: "report.pdf is written by LibreOffice (" + program + ")"}
	return c, nil
}
