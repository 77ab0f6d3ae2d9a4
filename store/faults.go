package store

import (
	"cmp"
	"errors"

	"anlan/ground/fault"
)

// Faults of the surroundings: what a person at the machine can mend.
var (
	ErrBusy = fault.Define("store.busy", fault.Unable,
		"数据库正忙：另一个程序占用超过%[1]d秒，请稍后重试", "the database is busy: another program held it for more than %[1]d seconds; try again later")
	ErrReadOnly = fault.Define("store.read_only", fault.Unable,
		"数据库只读，不能写入；请检查磁盘、文件权限或数据库角色", "the database is read-only; check the disk, the file's permissions or the database role")
	ErrDiskFull = fault.Define("store.disk_full", fault.Unable,
		"存放数据库的磁盘已满，未写入任何内容；请腾出空间后重试", "the disk that holds the database is full; nothing was written; free some space and try again")
	ErrCannotOpen = fault.Define("store.cannot_open", fault.Unable,
		"无法使用数据库 %s；请检查路径、文件权限、磁盘、地址和口令", "the database %s cannot be used; check path, file permissions, disk, address and password")
	ErrConnectionLost = fault.Define("store.connection_lost", fault.Unable,
		"与数据库的连接中断，未提交的内容没有写入；数据库恢复后请重试", "the connection to the database was lost; what was not committed is not written; try again when the database is back")
	ErrInDoubt = fault.Define("store.in_doubt", fault.Unable,
		"提交时与数据库的连接中断，是否已写入尚不确定；重连后请先查看，再以同一请求标识重试",
		"the connection was lost while committing; whether it was written is not known; look after reconnecting, then retry with the same idempotency key")
	ErrEncoding = fault.Define("store.encoding", fault.Unable,
		"数据库的字符编码是%s，必须是 UTF8", "the database's encoding is %s; it must be UTF8")
	ErrTooLarge = fault.Define("store.too_large", fault.TooLarge,
		"内容超出数据库能存放的大小", "the content is larger than the database can hold")
)

// Faults of the file: what a backup mends.
var (
	ErrCorrupt = fault.Define("store.corrupt", fault.Broken,
		"数据库文件已损坏；请停止写入并从备份恢复", "the database file is damaged; stop writing and restore a backup")
	ErrNotADatabase = fault.Define("store.not_a_database", fault.Broken,
		"%s 不是数据库文件", "%s is not a database file")
	ErrNewerSchema = fault.Define("store.newer_schema", fault.Unable,
		"数据库由更新的版本建立（结构版本 %d，本程序为 %d）；请升级程序", "the database was made by a newer version (schema %d, this program knows %d); upgrade the program")
)

// Faults of the content. ViolationOf tells which constraint of which table.
var (
	ErrUnique = fault.Define("store.unique", fault.Conflict,
		"已存在相同的记录（%[2]s，约束 %[1]s）", "such a record exists already (%[2]s, constraint %[1]s)")
	ErrForeignKey = fault.Define("store.foreign_key", fault.Conflict,
		"所引用的记录不存在，或仍被引用（%[2]s，约束 %[1]s）", "the record referred to does not exist, or is still referred to (%[2]s, constraint %[1]s)")
	ErrCheck = fault.Define("store.check", fault.Invalid,
		"内容不符合约束 %[1]s（%[2]s）", "the content breaks the constraint %[1]s (%[2]s)")
	ErrNotNull = fault.Define("store.not_null", fault.Invalid,
		"必填的列为空（%[2]s.%[1]s）", "a required column is empty (%[2]s.%[1]s)")
	ErrBadText = fault.Define("store.bad_text", fault.Invalid,
		"文本含有无法保存的字符（空字符 U+0000 或无效的 UTF-8）：%q", "the text contains what cannot be stored (U+0000 or invalid UTF-8): %q")
)

// Violation says which rule of the tables a statement broke. Members that the database does not tell are empty.
type Violation struct {
	Table      string
	Constraint string   // its name; of NOT NULL the column
	Columns    []string // unique constraints and NOT NULL
	Cause      error    // what the driver said
}

// Error is what the driver said.
func (v *Violation) Error() string { return v.Cause.Error() }

// Unwrap gives the driver's error.
func (v *Violation) Unwrap() error { return v.Cause }

// ViolationOf finds the violated constraint inside err.
func ViolationOf(err error) (*Violation, bool) {
	v, ok := errors.AsType[*Violation](err)
	return v, ok
}

const untold = "—" // SQLite says of a foreign key only that it failed

func (v *Violation) fault(d *fault.Declaration) error {
	return d.Because(v, cmp.Or(v.Constraint, untold), cmp.Or(v.Table, untold))
}
