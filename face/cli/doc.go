// Package cli is the command line (命令行): a verb is a file, and the table of verbs is in cli.go.
//
//	anlan [--data DIR | --db URL] [--lang zh|en] VERB …
//
// The result goes to stdout and nothing else does; words go to stderr. Exit status: 0 done and in order, 1 done and what was
// checked is not in order (findings, refused rows), 2 could not be done. --format json where a program can read the result.
// Flags may stand before or after the arguments. Whoever runs the program on the machine that holds the book acts as its
// local administrator under the name of the operating system's user, and is journalled so.
//
// A verb reads flags into an options struct, calls one thing, shows the result; it decides nothing that a package below could
// decide. On the top floor: imports app and account; only cmd/anlan imports it.
package cli
