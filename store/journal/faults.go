package journal

import "anlan/ground/fault"

// Faults of using the journal.
var (
	ErrNoBook = fault.Define("journal.no_book", fault.NotFound,
		"这里还没有账册，请先运行 anlan init", "there is no book here yet; run anlan init first")
	ErrFounded = fault.Define("journal.founded", fault.Conflict,
		"这里已有账册（%s），不能重新建立", "there is a book here already (%s); it cannot be founded again")
	ErrHeadDamaged = fault.Define("journal.head_damaged", fault.Broken,
		"日志头（第 %d 条）自相矛盾，已停止写入；请运行 anlan journal verify 查明，并从备份恢复",
		"the journal's head at position %d contradicts itself; nothing more is written; run anlan journal verify and restore a backup")
	ErrEntryTooLarge = fault.Define("journal.entry_too_large", fault.TooLarge,
		"一次变更的内容有 %d MiB，超过上限 %d MiB；大文件请作为附件上传", "the content of one change is %d MiB, more than the limit of %d MiB; upload large files as attachments")
	ErrNoPosition = fault.Define("journal.no_position", fault.NotFound,
		"日志中没有位置 %d（现有 %d 条）", "the journal has no position %d (it has %d entries)")
	ErrEpochForged = fault.Define("journal.epoch_forged", fault.Broken,
		"第 %d 期应由日志第 %d 条开启，但该条并未记明", "epoch %d should begin with entry %d, which does not say so")
	ErrMissingEntry = fault.Define("journal.missing_entry", fault.Broken,
		"日志第 %d 条缺失或已损坏；请运行 anlan journal verify", "entry %d of the journal is missing or damaged; run anlan journal verify")
)

// Faults of what was given: proofs, checkpoints, keys.
var (
	ErrNotAHash = fault.Define("journal.not_a_hash", fault.Invalid,
		"“%s”不是散列值（应为 32 字节的 Base64）", "%q is not a hash (expected 32 bytes in Base64)")
	ErrNotAProof = fault.Define("journal.not_a_proof", fault.Invalid,
		"不是证明文件：%s", "this is not a proof: %s")
	ErrProofFails = fault.Define("journal.proof_fails", fault.Broken,
		"证明不成立：第 %d 条与大小为 %d 的日志不符", "the proof does not hold: position %d does not fit the journal of size %d")
	ErrNotACheckpoint = fault.Define("journal.not_a_checkpoint", fault.Invalid,
		"不是封存点文件：%s", "this is not a checkpoint: %s")
	ErrOtherBook = fault.Define("journal.other_book", fault.Invalid,
		"封存点属于 %s，不是本账册 %s", "the checkpoint belongs to %s, not to this book %s")
	ErrNotSigned = fault.Define("journal.not_signed", fault.Broken,
		"封存点不是由密钥 %s 签署的", "the checkpoint is not signed by the key %s")
	ErrNotAKey = fault.Define("journal.not_a_key", fault.Invalid,
		"这不是签名密钥或公钥文件", "this is not the file of a signing key or of a public key")
	ErrNotACosigner = fault.Define("journal.not_a_cosigner", fault.Invalid,
		"“%s”不是见证公钥（应为一行：名称+编号+Base64）", "%q is not the public key of a witness (expected one line: name+id+Base64)")
	ErrCosignatureForged = fault.Define("journal.cosignature_forged", fault.Broken,
		"封存点上以“%s”名义的见证签名不是它签的", "the cosignature in the name of %q on the checkpoint is not its own")
	ErrOtherCheckpoint = fault.Define("journal.other_checkpoint", fault.Invalid,
		"两份文件不是同一封存点：“%s”；“%s”", "the two files are not of one checkpoint: %s; %s")
	ErrNotARotation = fault.Define("journal.not_a_rotation", fault.Invalid,
		"不是更换密钥的声明：%s", "this is no statement of a change of key: %s")
	ErrRotationForged = fault.Define("journal.rotation_forged", fault.Broken,
		"日志第 %d 条不是有效的更换密钥记录：没有应有的签名，或与前一次更换不衔接", "entry %d is no valid change of key: a signature is missing, or it does not begin where the change before it ended")
	ErrKeyOpen = fault.Define("journal.key_open", fault.Denied,
		"私钥文件 %s 的权限是 %04o，其他人可读写；请改为 0600", "the private key %s has mode %04o and is open to others; make it 0600")
	ErrKeyExists = fault.Define("journal.key_exists", fault.Conflict,
		"密钥文件 %s 已存在，不会覆盖", "the key file %s exists and is not overwritten")
)
