package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"os/user"
	"strings"
	"syscall"

	"anlan/app"
	"anlan/face/cli/option"
	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/ground/reason"
	"anlan/record/access"
	"anlan/record/field"
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
	// run does it: options of its own are declared before e.parse is called, and nothing is done before that.
	run func(ctx context.Context, e *env) (status int, err error)
}

// verbs in the order of the help.
func verbs() []verb {
	return []verb{
		demoVerb, initVerb, kindsVerb, templateVerb, importVerb, undoVerb, exportVerb, listVerb, showVerb, historyVerb, stepVerb,
		indicatorVerb, findingsVerb, evaluateVerb, schemeVerb, reportVerb, refillVerb, reviseVerb, verifyVerb, checkVerb, compareVerb, journalVerb, witnessVerb, userVerb, tokenVerb, webhookVerb, serveVerb, backupVerb, restoreVerb, migrateVerb, doctorVerb, versionVerb,
	}
}

// env is what a verb works with.
type env struct {
	option.Set // Rest: what stands behind the verb; Misused: the usage is shown after the fault
	verb       verb
	in         io.Reader
	out        *output
	err        io.Writer
	data       string
	db         string
	lang       lang.Lang
	format     string
	role       string
	base       string // the folder below which checked files are named; empty: they are named as they were given
}

// Faults of the command line as a whole; those of options are in option.go.
var (
	ErrNoVerb = fault.Define("cli.no_verb", fault.Invalid,
		"没有“%s”这个命令，最接近的是“%s”；anlan help 列出所有命令", "there is no verb %q; the nearest is %q; anlan help lists them all")
	ErrInterrupted = fault.Define("cli.interrupted", fault.Unable,
		"已中断：没有完成的改动一项也没有写入", "interrupted: of the change that was under way nothing was written")
	ErrInternal = fault.Define("cli.internal", fault.Broken,
		"程序内部出错，没有完成，请把这句话交给维护人员：%s", "something is wrong inside the program and it was not done; give this to whoever maintains it: %s")
)

// Main runs one command and gives its exit status. The first interrupt lets the verb take back what it has begun, the second
// ends the program at once.
func Main(args []string, in io.Reader, out, errs io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	context.AfterFunc(ctx, stop)
	return run(ctx, args, in, out, errs)
}

func run(ctx context.Context, args []string, in io.Reader, out, errs io.Writer) int {
	e := &env{in: in, out: newOutput(out), err: errs, lang: lang.Chinese, Set: option.Set{Spoken: app.WithoutPassword}}
	status, err := e.main(ctx, args)
	if lost := e.out.flush(); lost != nil && err == nil {
		status, err = notDone, lost
	}
	if err == nil {
		return status
	}
	e.complain(ctx, err)
	if status == inOrder {
		return notDone
	}
	return status
}

// complain says what went wrong, each fault on a line of its own.
func (e *env) complain(ctx context.Context, err error) {
	var faults fault.List
	if internal := faults.Add(err); internal != nil {
		faults = fault.List{e.unforeseen(ctx, internal)}
	}
	for _, f := range faults {
		fmt.Fprintln(e.err, "anlan: "+harmless(f.In(e.lang)))
	}
	if !e.Misused {
		return
	}
	if e.verb.name == "" {
		e.say(lang.Of("anlan help 列出所有命令", "anlan help lists all verbs"))
		return
	}
	e.say(lang.Of("用法：anlan %s；说明见 anlan help %s", "usage: anlan %s; more by anlan help %s"), strings.TrimSpace(e.verb.name+" "+e.verb.args), e.verb.name)
}

// unforeseen is what is said of an error that is no fault.
func (e *env) unforeseen(ctx context.Context, err error) *fault.Fault {
	if ctx.Err() != nil {
		return ErrInterrupted.Because(err)
	}
	if p, ok := errors.AsType[*fs.PathError](err); ok {
		return ErrFile.Because(err, p.Path, reason.Of(err))
	}
	return ErrInternal.Because(err, err)
}

func (e *env) main(ctx context.Context, args []string) (int, error) {
	e.globals()
	faults := e.fromEnvironment()
	args, help, wrong := e.Read(args, true)
	if faults = append(faults, wrong...); len(faults) > 0 {
		e.Misused = true
		return notDone, faults
	}
	if len(args) > 0 && args[0] == "help" {
		help = true
		if args, _, faults = e.Read(args[1:], false); len(faults) > 0 {
			e.Misused = true
			return notDone, faults
		}
	}
	switch {
	case len(args) == 0 && help:
		e.help(e.out)
		return inOrder, nil
	case len(args) == 0:
		e.help(e.err)
		return notDone, nil
	case help:
		args = []string{args[0], "--help"}
	}
	return e.do(ctx, args)
}

// do runs the verb that args begin with.
func (e *env) do(ctx context.Context, args []string) (int, error) {
	var names []string
	for _, v := range verbs() {
		if v.name == args[0] {
			e.verb, e.Rest = v, args[1:]
			status, err := v.run(ctx, e)
			if errors.Is(err, option.ErrHelp) {
				e.helpVerb()
				return inOrder, nil
			}
			return status, err
		}
		names = append(names, v.name)
	}
	return notDone, ErrNoVerb.With(args[0], field.Nearest(args[0], names))
}

// help lists the verbs.
func (e *env) help(w io.Writer) {
	fmt.Fprintln(w, lang.Of("安澜——应急管理局的业务与核算系统\n\nanlan [--data DIR | --db URL] [--lang zh|en] VERB …\n",
		"Anlan: the system an emergency-management bureau runs on and accounts with\n\nanlan [--data DIR | --db URL] [--lang zh|en] VERB …\n").In(e.lang))
	t := table{out: w, indent: "  "}
	for _, v := range verbs() {
		t.row(v.name, v.about.In(e.lang))
	}
	t.row("help VERB", lang.Of("一个命令的用法、选项和例子", "usage, options and an example of one verb").In(e.lang))
	t.flush()
}

// helpVerb explains the verb, its options declared by now.
func (e *env) helpVerb() {
	fmt.Fprintf(e.out, "anlan %s\n\n%s\n\n", strings.TrimSpace(e.verb.name+" "+e.verb.args), e.verb.about.In(e.lang))
	fmt.Fprintln(e.out, lang.Of("选项", "options").In(e.lang))
	t := table{out: e.out, indent: "  "}
	for _, o := range e.All {
		about := o.About.In(e.lang)
		if o.Variable != "" {
			about += lang.Of("（环境变量 ", " (environment: ").In(e.lang) + o.Variable + lang.Of("）", ")").In(e.lang)
		}
		t.row(strings.TrimSpace(o.Shown()+" "+o.Value), about)
	}
	t.flush()
	fmt.Fprintf(e.out, "\n%s\n  %s\n", lang.Of("例", "example").In(e.lang), e.verb.example)
}

// open opens the book.
func (e *env) open(ctx context.Context) (*app.App, error) {
	return app.Open(ctx, app.Options{Data: e.data, DB: e.db})
}

// changes refuses a role that may only read what a verb does beside the records: found or put back a book, copy it, sign for it.
func (e *env) changes() error {
	return e.actor().Allow(access.Edit, e.verb.name, e.verb.about)
}

// actor is whoever runs the program on the machine that holds the book, in the role of --role.
func (e *env) actor() access.Actor {
	name := "local"
	if u, err := user.Current(); err == nil && u.Username != "" {
		name = u.Username
	}
	return access.Actor{Name: name, Role: roles[e.role], Via: "cli"}
}

// roles are those in which the command line may be used. Whoever has the machine has both: a role keeps from changing by mistake, and says in
// the journal as whom somebody has read.
var roles = map[string]access.Role{access.Administrator.Code: access.Administrator, access.Auditor.Code: access.Auditor}
