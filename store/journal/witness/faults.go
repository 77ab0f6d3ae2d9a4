package witness

import "anlan/ground/fault"

// Faults of what is submitted. Each is a reason not to cosign.
var (
	ErrNotASubmission = fault.Define("witness.not_a_submission", fault.Invalid,
		"不是见证请求：%s", "this is no request to a witness: %s")
	ErrUnknownLog = fault.Define("witness.unknown_log", fault.NotFound,
		"没有见证过日志 %s：请先核对其公钥，再用 anlan witness watch 登记", "the log %s is not watched here; check its public key and enter it by anlan witness watch")
	ErrNewEpoch = fault.Define("witness.new_epoch", fault.Conflict,
		"日志 %s 是新的一纪：账册恢复过备份，并承认有记录缺失。此前见证过 %s 的%d条。请先向单位问明缺失了什么，再用 anlan witness watch --accept 登记新的一纪",
		"the log %s is a new epoch: the book was restored and entries were declared lost. %s was cosigned here up to entry %d. Ask the bureau what was lost, then enter the new epoch by anlan witness watch --accept")
	ErrOtherKey = fault.Define("witness.other_key", fault.Denied,
		"封存点不是由所登记的密钥签署的（%s）：如单位更换过密钥，请取得新的 journal.pub（内有更换声明），用 anlan witness watch 登记",
		"the checkpoint is not signed by the key entered here (%s); if the bureau has changed its key, get its new journal.pub, which holds the statement of the change, and enter it by anlan witness watch")
	ErrRolledBack = fault.Define("witness.rolled_back", fault.Conflict,
		"日志变短了：%[3]s已见证到第%[2]d条，这个封存点只有%[1]d条。这是较旧的封存点，或者日志的末尾被删除、数据库被退回到旧状态",
		"the log became shorter: on %[3]s %[2]d entries were cosigned, and this checkpoint has %[1]d. It is an older checkpoint, or the log's end was cut off or its database was rolled back")
	ErrFork = fault.Define("witness.fork", fault.Broken,
		"日志分叉：同为%d条，已见证的根是 %s，这个封存点的根是 %s，两份都有日志的签名。证据保存在 %s",
		"the log has forked: both have %d entries; the root cosigned here is %s, that of this checkpoint %s, and the log has signed both. The evidence is kept in %s")
	ErrOtherOld = fault.Define("witness.other_old", fault.Conflict,
		"证明应从第%d条开始（上次见证到此），给出的从第%d条开始：请在单位运行 anlan journal consistency %[1]d %[3]d",
		"the proof must begin with entry %d, up to which was cosigned last; the one given begins with %d: have the bureau run anlan journal consistency %[1]d %[3]d")
	ErrRewritten = fault.Define("witness.rewritten", fault.Broken,
		"证明不成立：已见证的前%d条不是这个封存点（%d条）的开头。日志被改写，或删去末尾后又另行续写；也可能是证明文件不配套",
		"the proof does not hold: the first %d entries, which were cosigned, are not how this checkpoint (%d entries) begins. The log was rewritten, or its end was cut off and others were appended; or the proof belongs to another checkpoint")
	ErrBusy = fault.Define("witness.busy", fault.Conflict,
		"另一个见证正在进行，请重试", "another cosigning of this log is under way; try again")
)

// Faults of a witness's folder.
var (
	ErrNoWitness = fault.Define("witness.none", fault.NotFound,
		"“%s”里没有见证密钥，请先运行 anlan witness init --name NAME", "there is no witness's key in %q; run anlan witness init --name NAME first")
	ErrFolder = fault.Define("witness.folder", fault.Unable,
		"不能使用见证目录“%s”：%s", "the witness's folder %q cannot be used: %s")
	ErrDamaged = fault.Define("witness.damaged", fault.Broken,
		"见证目录里的“%s”已损坏：%s", "%q in the witness's folder is damaged: %s")
	ErrBadName = fault.Define("witness.bad_name", fault.Invalid,
		"见证人的名称“%s”不能用：不能为空，不能含空格、加号", "%q cannot be a witness's name: it must not be empty or hold blanks or plus signs")
	ErrUnfollowed = fault.Define("witness.unfollowed", fault.Denied,
		"日志 %s 已登记的密钥是 %s，这个公钥不是由它签字更换来的；如旧密钥声明遗失，请先向单位核实，再加 --accept",
		"the key entered for the log %s is %s, and this one was not put in its place by its signature; if the old key was declared lost, ask the bureau and then add --accept")
	ErrNotOfLog = fault.Define("witness.not_of_log", fault.Invalid,
		"公钥 %s 不是日志 %s 的", "the key %s is not that of the log %s")
)

// Faults of asking a witness over the network.
var (
	ErrUnreachable = fault.Define("witness.unreachable", fault.Unable,
		"联系不上见证人 %s：%s", "the witness at %s cannot be reached: %s")
	ErrRefused = fault.Define("witness.refused", fault.Denied,
		"见证人 %s 不予见证（%d）：%s", "the witness at %s refuses (%d): %s")
	ErrAhead = fault.Define("witness.ahead", fault.Broken,
		"见证人 %s 已见证到第%d条，这个封存点只有%d条：本账册被退回到旧状态，或末尾被删除，或另有一份账册在用",
		"the witness at %s has cosigned %d entries, and this checkpoint has %d: this book was rolled back, its end was cut off, or another copy of it is in use")
	// ErrPassed is the same of a checkpoint that the book itself has gone beyond.
	ErrPassed = fault.Define("witness.passed", fault.Conflict,
		"见证人 %s 已见证到第%d条，不再为较旧的封存点（%d条）签名；本账册有%d条，并没有变短", "the witness at %s has cosigned %d entries and signs no older checkpoint (%d entries) any more; this book has %d and did not become shorter")
	ErrForked = fault.Define("witness.forked", fault.Broken,
		"见证人 %s 见过另一个%d条的日志，根与这个封存点不同：日志分叉", "the witness at %s has seen another log of %d entries with another root: the log has forked")
	ErrOtherHistory = fault.Define("witness.other_history", fault.Broken,
		"见证人 %s 见过的前%d条不是这个封存点（%d条）的开头：日志被改写，或删去末尾后又另行续写",
		"the first %[2]d entries that the witness at %[1]s has seen are not how this checkpoint (%[3]d entries) begins: the log was rewritten, or its end was cut off and others were appended")
	ErrNotAnAnswer = fault.Define("witness.not_an_answer", fault.Broken,
		"见证人 %s 的回答读不懂：%s", "the answer of the witness at %s cannot be read: %s")
)

// Faults of a policy, and of a checkpoint held against one.
var (
	ErrPolicy = fault.Define("witness.policy", fault.Invalid,
		"见证规则：%s", "the policy on witnesses: %s")
	ErrNoQuorum = fault.Define("witness.no_quorum", fault.Broken,
		"见证不够：规则要求%s，已见证的：%s", "not enough witnesses: the policy asks for %s, and cosigned by: %s")
)
