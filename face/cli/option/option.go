package option

import (
	"errors"
	"strconv"
	"strings"

	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/record/field"
)

// Option is what stands behind hyphens: --name VALUE, --name=VALUE, -o FILE, or --name alone when it is a switch.
type Option struct {
	Name     string
	Value    string // what stands behind it, as usage and help name it; empty: a switch
	About    lang.Text
	Variable string    // of the environment, which gives it where the command line does not; empty: none
	Source   lang.Text // where the present value comes from
	set      func(string) error
}

// Set is the options that a command has, and what of the command line is still to be read.
type Set struct {
	All     []*Option
	Rest    []string            // the arguments that Parse reads
	Misused bool                // a fault was about the command line itself
	Spoken  func(string) string // what of an argument may be said again; nil: all of it
}

// Shown is the option as it is typed: --data, -o.
func (o *Option) Shown() string {
	if len(o.Name) == 1 {
		return "-" + o.Name
	}
	return "--" + o.Name
}

// Faults of options and arguments.
var (
	ErrNoOption = fault.Define("option.no_option", fault.Invalid,
		"没有 %s 这个选项，最接近的是 %s", "there is no option %s; the nearest is %s")
	ErrNoValue = fault.Define("option.no_value", fault.Invalid,
		"%s 后面缺少 %s", "%s lacks its %s")
	ErrSwitch = fault.Define("option.switch", fault.Invalid,
		"%s 后面不带值，去掉“%s”", "%s takes no value; leave %q away")
	ErrBadValue = fault.Define("option.bad_value", fault.Invalid,
		"%s 的值“%s”不对，应为%s", "%s has the value %q; expected %s")
	ErrValueFault = fault.Define("option.value_fault", fault.Invalid,
		"选项 %s：%s", "option %s: %s")
	ErrMissingOption = fault.Define("option.missing_option", fault.Invalid,
		"必须给出 %s", "%s must be given")
	ErrMissingArgument = fault.Define("option.missing_argument", fault.Invalid,
		"缺少 %s", "%s is missing")
	ErrExtraArgument = fault.Define("option.extra_argument", fault.Invalid,
		"多出了“%s”", "%q is one argument too many")
)

// ErrHelp: the user asks for help instead.
var ErrHelp = errors.New("help")

// Wanted says what a value should have been.
type Wanted lang.Text

func (w Wanted) Error() string { return w.En }

// Declare declares an option of any kind; set reads its value and gives a fault, or Wanted.
func (s *Set) Declare(name, value string, about lang.Text, set func(string) error) *Option {
	o := &Option{Name: name, Value: value, About: about, Source: ByDefault, set: set}
	s.All = append(s.All, o)
	return o
}

// Text declares an option with a text.
func (s *Set) Text(name, value string, about lang.Text) *string {
	t := new(string)
	s.Declare(name, value, about, func(v string) error { *t = v; return nil })
	return t
}

// Toggle declares a switch.
func (s *Set) Toggle(name string, about lang.Text) *bool {
	b := new(bool)
	s.Declare(name, "", about, func(string) error { *b = true; return nil })
	return b
}

// Count declares an option with a whole number of at least 0.
func (s *Set) Count(name, value string, otherwise int, about lang.Text) *int {
	n := &otherwise
	s.Declare(name, value, about, func(v string) error {
		x, err := strconv.Atoi(v)
		if err != nil || x < 0 {
			return Wanted(lang.Of("不小于0的整数", "a whole number of at least 0"))
		}
		*n = x
		return nil
	})
	return n
}

// Choice declares an option with one of a few words.
func (s *Set) Choice(name string, about lang.Text, into *string, words ...string) *Option {
	return s.Declare(name, strings.Join(words, "|"), about, func(v string) error {
		for _, w := range words {
			if v == w {
				*into = v
				return nil
			}
		}
		return Wanted(lang.Text{Zh: strings.Join(words, "或"), En: strings.Join(words, " or ")})
	})
}

// ByDefault is the source of an option that nobody gave.
var ByDefault = lang.Of("默认", "default")

// FromVariable is the source of an option that a variable of the environment gave.
func FromVariable(name string) lang.Text {
	return lang.Text{Zh: "环境变量 " + name, En: "environment " + name}
}

// Find is the option of that name; nil where there is none.
func (s *Set) Find(name string) *Option {
	for _, o := range s.All {
		if o.Name == name {
			return o
		}
	}
	return nil
}

// Take sets the value; as is how the fault names the option.
func (o *Option) Take(as, value string, source lang.Text) fault.List {
	err := o.set(value)
	if err == nil {
		o.Source = source
		return nil
	}
	if w, ok := errors.AsType[Wanted](err); ok {
		return fault.List{ErrBadValue.With(as, value, lang.Text(w))}
	}
	var inner fault.List
	if inner.Add(err) != nil {
		return fault.List{ErrValueFault.Because(err, as, err)}
	}
	return fault.List{ErrValueFault.Because(err, as, inner)}
}

// Read takes the options out of args and gives the rest. It goes on after a fault, so that all are said at once, in the
// language that a later --lang asks for. With first set it stops at the first argument; the rest is the verb's.
func (s *Set) Read(args []string, first bool) (rest []string, help bool, faults fault.List) {
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
		o := s.Find(name)
		switch {
		case o == nil:
			faults = append(faults, ErrNoOption.With(dashes(arg)+name, s.nearest(name)))
			continue
		case o.Value == "" && given:
			faults = append(faults, ErrSwitch.With(o.Shown(), "="+value))
			continue
		case o.Value != "" && !given && len(args) == 0:
			faults = append(faults, ErrNoValue.With(o.Shown(), o.Value))
			continue
		case o.Value != "" && !given:
			value, args = args[0], args[1:]
		}
		faults = append(faults, o.Take(o.Shown(), value, lang.Text{Zh: "命令行 " + o.Shown(), En: "command line " + o.Shown()})...)
	}
	return rest, help, faults
}

func dashes(arg string) string {
	if strings.HasPrefix(arg, "--") {
		return "--"
	}
	return "-"
}

func (s *Set) nearest(name string) string {
	known := make([]string, len(s.All))
	for i, o := range s.All {
		known[i] = o.Name
	}
	return s.Find(field.Nearest(name, known)).Shown()
}

// Parse reads options and arguments, in any order. names says which arguments there are: "FILE" must be given, "[FILE]" may
// be, and one that ends in "…" stands for any number.
func (s *Set) Parse(names ...string) ([]string, error) {
	args, help, faults := s.Read(s.Rest, false)
	if help {
		return nil, ErrHelp
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
		faults = append(faults, ErrExtraArgument.With(s.spoken(a)))
	}
	if len(faults) > 0 {
		s.Misused = true
		return nil, faults
	}
	return args, nil
}

// Missing is the fault that options must be given.
func (s *Set) Missing(names ...string) error {
	s.Misused = true
	var faults fault.List
	for _, name := range names {
		o := s.Find(name)
		faults = append(faults, ErrMissingOption.With(strings.TrimSpace(o.Shown()+" "+o.Value)))
	}
	return faults
}

func (s *Set) spoken(argument string) string {
	if s.Spoken == nil {
		return argument
	}
	return s.Spoken(argument)
}
