// Package cli is the command line (命令行): a verb is a file, and the table of verbs is in cli.go.
//
//	anlan [--data DIR | --db URL] [--lang zh|en] VERB …
//
// The result goes to stdout and nothing else does; words go to stderr. Exit status: 0 done and in order, 1 done and what was
// checked is not in order (findings, refused rows), 2 could not be done. --format json where a program can read the result:
// one object, or one a line where a verb lists many (list, history, indicator). Options may stand before or after the
// arguments; all that is wrong with a command line is said at once, in the user's language:
//
//	$ anlan list --limit x
//	anlan: --limit 的值“x”不对，应为不小于0的整数
//	anlan: 缺少 KIND
//	用法：anlan list KIND …
//
// A file that -o names is never overwritten, and appears only when it is whole. The first interrupt lets a verb take back what
// it has begun, the second ends the program. Whoever runs the program on the machine that holds the book acts as its local
// administrator under the name of the operating system's user, and is journalled so.
//
// A verb declares its options, calls e.parse before it does anything, calls one thing, shows the result; it decides nothing
// that a package below could decide. On the top floor: imports app and account; only cmd/anlan imports it.
package cli
