package backup

import (
	"time"

	"anlan/ground/fault"
	"anlan/ground/ident"
	"anlan/store"
	"anlan/store/journal"
)

// Format is the first word of a manifest. It changes when an older program could not read the file.
const Format = "anlan-backup/1"

// Manifest says what a backup holds.
type Manifest struct {
	Format        string           `json:"format"`
	MadeAt        time.Time        `json:"made_at"`
	SchemaVersion int64            `json:"schema_version"`
	Book          ident.ID         `json:"book"`
	Epoch         int64            `json:"epoch"`
	Position      journal.Position `json:"position"` // the newest
	Root          journal.Hash     `json:"root"`
	Unit          string           `json:"unit,omitempty"`
	Place         string           `json:"place,omitempty"`
	Tables        []Table          `json:"tables"`
	Blobs         int64            `json:"blobs"`
}

// Table is a table of a backup. The types of the columns tell how the values of its rows are read.
type Table struct {
	Name    string   `json:"name"`
	Columns []Column `json:"columns"`
	Rows    int64    `json:"rows"`
	SHA256  string   `json:"sha256"` // of table/<name>.jsonl
}

// Column is a column of a table: integer, text or blob.
type Column struct {
	Name string `json:"name"`
	Type string `json:"type"`
}

func (m Manifest) head() journal.Head {
	return journal.Head{Book: m.Book, Epoch: m.Epoch, Size: m.Position, Root: m.Root}
}

const (
	manifestName = "manifest.json"
	tableFolder  = "table/"
	tableSuffix  = ".jsonl"
	blobFolder   = "blob/"
)

// ownTables are those that do not travel as tables: attachments are members of their own, so that a backup fits both
// ways of keeping them; what people sign in by stays where it is, so that whoever gets hold of a backup gets nobody's key; nor does what somebody has uploaded and not yet imported, or had checked.
var ownTables = map[string]bool{"blob": true, "blob_piece": true,
	"api_token": true, "webhook_sender": true, "webhook_letter": true, "login_credential": true, "login_recovery": true, "login_session": true, "login_failure": true, "login_passkey": true, "login_answered": true, "login_subject": true, "import_draft": true, "deposit": true}

// Faults of this package.
var (
	ErrExists = fault.Define("backup.exists", fault.Conflict,
		"%s 已存在，不会覆盖；请换一个文件名", "%s exists and is not overwritten; choose another name")
	ErrNotABackup = fault.Define("backup.not_a_backup", fault.Invalid,
		"%s 不是备份文件：%s", "%s is not a backup: %s")
	ErrDamaged = fault.Define("backup.damaged", fault.Broken,
		"备份中的 %s 已损坏：%s", "%s in the backup is damaged: %s")
	ErrNotProved = fault.Define("backup.not_proved", fault.Broken,
		"备份中的日志未通过验证，未作任何替换：%s", "the journal in the backup does not verify; nothing was replaced: %s")
	ErrOlder = fault.Define("backup.older", fault.Conflict,
		"备份只到第 %d 条，而外部已知日志到过第 %d 条；如确需接受这一损失，请使用 --accept-loss",
		"the backup ends at entry %d, but the journal is known to have reached entry %d; to accept the loss use --accept-loss")
	ErrOtherBook = fault.Define("backup.other_book", fault.Conflict,
		"目标处是另一本账册（%s），不会被备份 %s 替换", "another book (%s) is in the target; the backup of %s does not replace it")
)

// columnsOf are the columns of a table in the words of the manifest.
func columnsOf(t store.Table) ([]Column, error) {
	out := make([]Column, len(t.Columns))
	for i, c := range t.Columns {
		switch c.Type {
		case "integer", "text", "blob":
			out[i] = Column{c.Name, c.Type}
		default:
			return nil, errColumnType(t.Name, c)
		}
	}
	return out, nil
}
