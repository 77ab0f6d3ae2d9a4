package cli

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"os/user"
	"strings"

	"anlan/app"
	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/record/access"
)

// Exit statuses.
const (
	inOrder    = 0
	notInOrder = 1
	notDone    = 2
)

// verb is one thing the program does.
type verb struct {
	name    string
	args    string
	about   lang.Text
	example string
	// run does it: flags of its own are declared on e.flags before e.parse is called.
	run func(ctx context.Context, e *env) (status int, err error)
}

// verbs in the order of the help.
func verbs() []verb {
	return []verb{
		demoVerb, initVerb, kindsVerb, templateVerb, importVerb, exportVerb, listVerb, showVerb, historyVerb,
		indicatorVerb, reportVerb, verifyVerb, checkVerb, journalVerb, migrateVerb, doctorVerb, versionVerb,
	}
}

// env is what a verb works with.
type env struct {
	verb   verb
	in     io.Reader
	out    io.Writer
	err    io.Writer
	rest   []string // what stands behind the verb
	flags  *flag.FlagSet
	data   string
	db     string
	lang   lang.Lang
	format string
}

// Faults of the command line.
var (
	ErrNoVerb = fault.Define("cli.no_verb", fault.Invalid,
		"没有“%s”这个命令，最接近的是“%s”；anlan help 列出所有命令", "there is no verb %q; the nearest is %q; anlan help lists them all")
	ErrUsage = fault.Define("cli.usage", fault.Invalid,
		"用法：anlan %s %s\n%s", "usage: anlan %s %s\n%s")
	ErrBadFlag = fault.Define("cli.bad_flag", fault.Invalid,
		"%s\n用法：anlan %s %s", "%s\nusage: anlan %s %s")
)

// Main runs one command and gives its exit status.
func Main(args []string, in io.Reader, out, errs io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	e := &env{in: in, out: out, err: errs, data: fromEnv("ANLAN_DATA", "./anlan-data"), db: os.Getenv("ANLAN_DB"), lang: languageOf(os.Getenv("LANG"))}
	status, err := e.main(ctx, args)
	if err != nil {
		fmt.Fprintln(errs, "anlan: "+fault.In(err, e.lang))
	}
	return status
}

func fromEnv(name, otherwise string) string {
	if v := os.Getenv(name); v != "" {
		return v
	}
	return otherwise
}

// languageOf is Chinese unless the machine is set to English.
func languageOf(locale string) lang.Lang {
	if strings.HasPrefix(locale, "en") {
		return lang.English
	}
	return lang.Chinese
}

func (e *env) main(ctx context.Context, args []string) (int, error) {
	global := flag.NewFlagSet("anlan", flag.ContinueOnError)
	global.SetOutput(io.Discard)
	e.globals(global)
	if err := global.Parse(args); err != nil && !errors.Is(err, flag.ErrHelp) {
		return notDone, ErrBadFlag.With(err, "VERB", "…")
	}
	args = global.Args()
	if len(args) == 0 || args[0] == "help" {
		e.help()
		if len(args) == 0 {
			return notDone, nil
		}
		return inOrder, nil
	}
	var names []string
	for _, v := range verbs() {
		if v.name == args[0] {
			e.verb, e.rest = v, args[1:]
			e.flags = flag.NewFlagSet(v.name, flag.ContinueOnError)
			e.flags.SetOutput(io.Discard)
			e.globals(e.flags)
			status, err := v.run(ctx, e)
			if errors.Is(err, flag.ErrHelp) {
				fmt.Fprintln(e.out, e.usage().In(e.lang))
				e.flags.SetOutput(e.out)
				e.flags.PrintDefaults()
				return inOrder, nil
			}
			return statusOf(status, err), err
		}
		names = append(names, v.name)
	}
	return notDone, ErrNoVerb.With(args[0], nearest(args[0], names))
}

// statusOf is the status of a verb that gave an error without saying which.
func statusOf(status int, err error) int {
	if err != nil && status == inOrder {
		return notDone
	}
	return status
}

func (e *env) globals(f *flag.FlagSet) {
	f.StringVar(&e.data, "data", e.data, "数据目录 data folder (ANLAN_DATA)")
	f.StringVar(&e.db, "db", e.db, "PostgreSQL 地址 address of a PostgreSQL database (ANLAN_DB)")
	f.Func("lang", "语言 language: zh or en", func(s string) error {
		if s != string(lang.Chinese) && s != string(lang.English) {
			return fmt.Errorf("--lang is zh or en, not %q", s)
		}
		e.lang = lang.Lang(s)
		return nil
	})
}

// formatted declares --format.
func (e *env) formatted() {
	e.format = "text"
	e.flags.Func("format", "text 或 json", func(s string) error {
		if s != "text" && s != "json" {
			return fmt.Errorf("--format is text or json, not %q", s)
		}
		e.format = s
		return nil
	})
}

// parse reads flags and arguments in any order, and wants between least and most arguments (most < 0: any number).
func (e *env) parse(least, most int) ([]string, error) {
	var args []string
	for rest := e.rest; ; {
		if err := e.flags.Parse(rest); err != nil {
			if errors.Is(err, flag.ErrHelp) {
				return nil, err
			}
			return nil, ErrBadFlag.With(err, e.verb.name, e.verb.args)
		}
		if rest = e.flags.Args(); len(rest) == 0 {
			break
		}
		args, rest = append(args, rest[0]), rest[1:]
	}
	if len(args) < least || most >= 0 && len(args) > most {
		return nil, e.usage()
	}
	return args, nil
}

func (e *env) usage() *fault.Fault {
	return ErrUsage.With(e.verb.name, e.verb.args, lang.Text{Zh: e.verb.about.Zh + "\n例：" + e.verb.example, En: e.verb.about.En + "\nexample: " + e.verb.example})
}

func (e *env) help() {
	fmt.Fprintln(e.err, lang.Of("安澜——应急管理局的业务与核算系统\n\nanlan [--data 目录 | --db 地址] [--lang zh|en] 命令 …\n",
		"Anlan: the system an emergency-management bureau runs on and accounts with\n\nanlan [--data DIR | --db URL] [--lang zh|en] VERB …\n").In(e.lang))
	for _, v := range verbs() {
		fmt.Fprintf(e.err, "  %-10s %s\n", v.name, v.about.In(e.lang))
	}
}

// say writes words for a person, not the result.
func (e *env) say(t lang.Text, args ...any) { fmt.Fprintf(e.err, t.In(e.lang)+"\n", args...) }

// open opens the book.
func (e *env) open(ctx context.Context) (*app.App, error) {
	return app.Open(ctx, app.Options{Data: e.data, DB: e.db})
}

// actor is the local administrator.
func (e *env) actor() access.Actor {
	name := "local"
	if u, err := user.Current(); err == nil {
		name = u.Username
	}
	return access.Actor{Name: name, Role: access.Administrator, Via: "cli"}
}
