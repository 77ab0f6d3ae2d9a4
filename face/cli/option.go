package cli

import (
	"errors"
	"os"
	"strconv"
	"strings"

	"anlan/app"
	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/record/access"
	"anlan/record/field"
)

// option is what stands behind hyphens: --name VALUE, --name=VALUE, -o FILE, or --name alone when it is a switch.
type option struct {
	name     string
	value    string // what stands behind it, as usage and help name it; empty: a switch
	about    lang.Text
	variable string // of the environment, which gives it where the command line does not; empty: none
	set      func(string) error
	source   lang.Text // where the present value comes from
}

func (o *option) shown() string {
	if len(o.name) == 1 {
		return "-" + o.name
	}
	return "--" + o.name
}

// Faults of options and arguments.
var (
	ErrNoOption = fault.Define("cli.no_option", fault.Invalid,
		"没有 %s 这个选项，最接近的是 %s", "there is no option %s; the nearest is %s")
	ErrNoValue = fault.Define("cli.no_value", fault.Invalid,
		"%s 后面缺少 %s", "%s lacks its %s")
	ErrSwitch = fault.Define("cli.switch", fault.Invalid,
		"%s 后面不带值，去掉“%s”", "%s takes no value; leave %q away")
	ErrBadValue = fault.Define("cli.bad_value", fault.Invalid,
		"%s 的值“%s”不对，应为%s", "%s has the value %q; expected %s")
	ErrValueFault = fault.Define("cli.value_fault", fault.Invalid,
		"选项 %s：%s", "option %s: %s")
	ErrMissingOption = fault.Define("cli.missing_option", fault.Invalid,
		"必须给出 %s", "%s must be given")
	ErrMissingArgument = fault.Define("cli.missing_argument", fault.Invalid,
		"缺少 %s", "%s is missing")
	ErrExtraArgument = fault.Define("cli.extra_argument", fault.Invalid,
		"多出了“%s”", "%q is one argument too many")
)

// errHelp: the user asks for help instead.
var errHelp = errors.New("help")

// wanted says what a value should have been.
type wanted lang.Text

func (w wanted) Error() string { return w.En }

func (e *env) declare(name, value string, about lang.Text, set func(string) error) *option {
	o := &option{name: name, value: value, about: about, set: set}
	e.options = append(e.options, o)
	return o
}

// text declares an option with a text.
func (e *env) text(name, value string, about lang.Text) *string {
	s := new(string)
	e.declare(name, value, about, func(v string) error { *s = v; return nil })
	return s
}

// toggle declares a switch.
func (e *env) toggle(name string, about lang.Text) *bool {
	b := new(bool)
	e.declare(name, "", about, func(string) error { *b = true; return nil })
	return b
}

// count declares an option with a whole number of at least 0.
func (e *env) count(name, value string, otherwise int, about lang.Text) *int {
	n := &otherwise
	e.declare(name, value, about, func(v string) error {
		x, err := strconv.Atoi(v)
		if err != nil || x < 0 {
			return wanted(lang.Of("不小于0的整数", "a whole number of at least 0"))
		}
		*n = x
		return nil
	})
	return n
}

// choice declares an option with one of a few words.
func (e *env) choice(name string, about lang.Text, into *string, words ...string) *option {
	return e.declare(name, strings.Join(words, "|"), about, func(v string) error {
		for _, w := range words {
			if v == w {
				*into = v
				return nil
			}
		}
		return wanted(lang.Text{Zh: strings.Join(words, "或"), En: strings.Join(words, " or ")})
	})
}

// globals declares the options that every verb has.
func (e *env) globals() {
	set := func(into *string) func(string) error { return func(v string) error { *into = v; return nil } }
	e.data = "./anlan-data"
	e.declare("data", "DIR", lang.Of("数据目录，默认 ./anlan-data", "data folder; ./anlan-data by default"), set(&e.data)).variable = "ANLAN_DATA"
	e.declare("db", "URL", lang.Of("PostgreSQL地址，账册的模式用 ?search_path=NAME 指定", "address of a PostgreSQL database; ?search_path=NAME names the schema of the book"),
		set(&e.db)).variable = "ANLAN_DB"
	e.choice("lang", lang.Of("语言；默认随系统，系统不是英文时为中文", "language; by default that of the system, Chinese unless it is English"),
		(*string)(&e.lang), string(lang.Chinese), string(lang.English)).variable = "ANLAN_LANG"
	e.role = access.Administrator.Code
	e.choice("role", lang.Of("以什么身份使用：administrator（管理员，默认）或auditor（审计：可看全部，不能改动，看个人信息记入日志）", "in which role: administrator (the default) or auditor (reads everything, changes nothing, and what it reads of persons is journalled)"),
		&e.role, access.Administrator.Code, access.Auditor.Code).variable = "ANLAN_ROLE"
	for _, o := range e.options {
		o.source = byDefault
	}
}

// byDefault is the source of an option that nobody gave.
var byDefault = lang.Of("默认", "default")

// fromEnvironment takes what the environment says, before the command line does.
func (e *env) fromEnvironment() (faults fault.List) {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} { // the order of POSIX: the first that is set
		if v := os.Getenv(name); v != "" {
			if strings.HasPrefix(v, "en") {
				e.lang = lang.English
			}
			e.option("lang").source = fromVariable(name)
			break
		}
	}
	for _, o := range e.options {
		if v := os.Getenv(o.variable); o.variable != "" && v != "" {
			faults = append(faults, o.take(o.variable, v, fromVariable(o.variable))...)
		}
	}
	return faults
}

func fromVariable(name string) lang.Text {
	return lang.Text{Zh: "环境变量 " + name, En: "environment " + name}
}

func (e *env) option(name string) *option {
	for _, o := range e.options {
		if o.name == name {
			return o
		}
	}
	return nil
}

// formatted declares --format.
func (e *env) formatted() {
	e.format = "text"
	e.choice("format", lang.Of("结果给人看（text，默认）还是给程序读（json）", "the result for people (text, the default) or programs (json)"), &e.format, "text", "json")
}

// take sets the value; as is how the fault names the option.
func (o *option) take(as, value string, source lang.Text) fault.List {
	err := o.set(value)
	if err == nil {
		o.source = source
		return nil
	}
	if w, ok := errors.AsType[wanted](err); ok {
		return fault.List{ErrBadValue.With(as, value, lang.Text(w))}
	}
	var inner fault.List
	if internal := inner.Add(err); internal != nil {
		inner = fault.List{ErrInternal.Because(internal, internal)}
	}
	return fault.List{ErrValueFault.Because(err, as, inner)}
}

// read takes the options out of args and gives the rest. It goes on after a fault, so that all are said at once, in the
// language that a later --lang asks for. With first set it stops at the first argument; the rest is the verb's.
func (e *env) read(args []string, first bool) (rest []string, help bool, faults fault.List) {
	for len(args) > 0 {
		arg := args[0]
		args = args[1:]
		switch {
		case arg == "--":
			return append(rest, args...), help, faults
		case len(arg) < 2 || arg[0] != '-':
			if rest = append(rest, arg); first {
				return append(rest, args...), help, faults
			}
			continue
		}
		name, value, given := strings.Cut(strings.TrimPrefix(arg[1:], "-"), "=")
		if name == "h" || name == "help" {
			help = true
			continue
		}
		o := e.option(name)
		switch {
		case o == nil:
			faults = append(faults, ErrNoOption.With(dashes(arg)+name, e.nearestOption(name)))
			continue
		case o.value == "" && given:
			faults = append(faults, ErrSwitch.With(o.shown(), "="+value))
			continue
		case o.value != "" && !given && len(args) == 0:
			faults = append(faults, ErrNoValue.With(o.shown(), o.value))
			continue
		case o.value != "" && !given:
			value, args = args[0], args[1:]
		}
		faults = append(faults, o.take(o.shown(), value, lang.Text{Zh: "命令行 " + o.shown(), En: "command line " + o.shown()})...)
	}
	return rest, help, faults
}

func dashes(arg string) string {
	if strings.HasPrefix(arg, "--") {
		return "--"
	}
	return "-"
}

func (e *env) nearestOption(name string) string {
	known := make([]string, len(e.options))
	for i, o := range e.options {
		known[i] = o.name
	}
	return e.option(field.Nearest(name, known)).shown()
}

// parse reads options and arguments, in any order. names says which arguments there are: "FILE" must be given, "[FILE]" may
// be, and one that ends in "…" stands for any number.
func (e *env) parse(names ...string) ([]string, error) {
	args, help, faults := e.read(e.rest, false)
	if help {
		return nil, errHelp
	}
	least, most := 0, len(names)
	for _, n := range names {
		if !strings.HasPrefix(n, "[") {
			least++
		}
		if strings.HasSuffix(strings.TrimSuffix(n, "]"), "…") {
			most = len(args)
		}
	}
	for _, n := range names[min(len(args), least):least] {
		faults = append(faults, ErrMissingArgument.With(n))
	}
	for _, a := range args[min(len(args), max(most, least)):] {
		faults = append(faults, ErrExtraArgument.With(app.WithoutPassword(a)))
	}
	if len(faults) > 0 {
		e.misused = true
		return nil, faults
	}
	return args, nil
}

// missing says that options must be given.
func (e *env) missing(names ...string) error {
	e.misused = true
	var faults fault.List
	for _, name := range names {
		o := e.option(name)
		faults = append(faults, ErrMissingOption.With(strings.TrimSpace(o.shown()+" "+o.value)))
	}
	return faults
}
