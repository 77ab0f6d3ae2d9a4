package indicatortest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"anlan/account/indicator"
	"anlan/ground/fault"
	"anlan/ground/figure"
	"anlan/ground/lang"
	"anlan/store/journal"
)

// player plays one file in one world.
type player struct {
	name      string
	world     World
	files     []*indicator.File
	set       *indicator.Set
	positions []journal.Position // of the changes
	aliases   []string           // in the order of creation
	wrong     func(line int, format string, args ...any)
}

// play goes through the commands. What does not come out as expected is told to wrong; an error is what keeps the rest from
// being played.
func (p *player) play(ctx context.Context, commands []command) error {
	if err := p.define(); err != nil {
		return err
	}
	for _, c := range commands {
		var err error
		switch c.verb {
		case "define":
			err = p.definitions(c)
		case "eval":
			err = p.eval(ctx, c)
		default:
			err = p.change(ctx, c)
		}
		if err != nil {
			return fmt.Errorf("line %d: %w", c.line, err)
		}
	}
	return nil
}

func (p *player) define() (err error) {
	p.set, err = indicator.Define(p.world.Catalogue(), p.files...)
	return err
}

// definitions adds those of a define to the set. Their faults name lines of this file.
func (p *player) definitions(c command) error {
	file, err := indicator.Parse(p.name, []byte(strings.Repeat("\n", c.line)+c.text))
	if err == nil {
		files := append(slices.Clone(p.files), file)
		var set *indicator.Set
		if set, err = indicator.Define(p.world.Catalogue(), files...); err == nil {
			p.set, p.files = set, files
		}
	}
	return p.judge(c, err)
}

// change makes a change; one that succeeds is numbered.
func (p *player) change(ctx context.Context, c command) error {
	var at journal.Position
	var err error
	switch c.verb {
	case "record":
		at, err = p.world.Create(ctx, c.kind, c.alias, c.fields)
	case "change":
		at, err = p.world.Change(ctx, c.alias, c.fields, c.reason)
	case "withdraw":
		at, err = p.world.Withdraw(ctx, c.alias, c.reason)
	}
	if err == nil {
		p.positions = append(p.positions, at)
		if c.verb == "record" {
			p.aliases = append(p.aliases, c.alias)
		}
	}
	return p.judge(c, err)
}

// judge compares how a command without a value ended with what was expected. A failure that was not expected is given back:
// what follows would be about another history.
func (p *player) judge(c command, err error) error {
	if c.want.fails == "" {
		return err
	}
	if got, want := failure(err, len(c.want.args)), c.want.failure(); got != want {
		p.wrong(c.line, "%s\n got: %s\nwant: %s", c.verb, got, want)
	}
	return nil
}

// eval asks for a figure. What does not come out is told and the file goes on.
func (p *player) eval(ctx context.Context, c command) error {
	if c.ask.asOf > len(p.positions) {
		return fmt.Errorf("as of %d: only %d changes have been made", c.ask.asOf, len(p.positions))
	}
	asOf := journal.Position(0)
	if c.ask.asOf > 0 {
		asOf = p.positions[c.ask.asOf-1]
	}
	got, want := "", c.want.line(p.aliases)
	i, err := p.indicator(c)
	if err == nil {
		err = p.world.Read(ctx, asOf, func(s Snapshot) (err error) {
			got, err = p.figure(ctx, s, i, c)
			return err
		})
	}
	if c.want.fails != "" {
		want = c.want.failure()
	}
	if err != nil {
		got = failure(err, len(c.want.args))
	}
	if got != want {
		p.wrong(c.line, "eval %s\n got: %s\nwant: %s", c.ask.expression, got, want)
	}
	return nil
}

// indicator is the indicator asked for by its code, or the expression, with the decimals that are expected.
func (p *player) indicator(c command) (*indicator.Indicator, error) {
	if i, err := p.set.Indicator(c.ask.expression); err == nil {
		return i, nil
	}
	number, _ := number(c.want.value)
	_, decimals, _ := strings.Cut(number, ".")
	return p.set.Expression(p.name, c.ask.expression, len(decimals))
}

// figure evaluates and writes what came out, with the parts that are expected.
func (p *player) figure(ctx context.Context, s Snapshot, i *indicator.Indicator, c command) (string, error) {
	unit := c.ask.unit
	if unit == "" {
		unit = p.world.Unit()
	}
	results, err := indicator.Eval(ctx, s, indicator.Question{Indicator: i, Period: c.ask.period, Unit: unit})
	if err != nil {
		return "", err
	}
	r := results[0]
	got := expected{value: r.Text().En}
	if r.Value().State() == indicator.Computed {
		got.value = r.Decimal() + " " + i.Unit().String()
	}
	if c.want.from != "" {
		got.from = r.Arithmetic().En
	}
	if c.want.because != "" {
		got.because = r.Value().Why().En
	}
	if c.want.records != nil {
		got.records = []string{}
		for _, ask := range r.Asks() {
			behind, err := s.Records(ctx, ask)
			if err != nil {
				return "", err
			}
			got.records = append(got.records, behind...)
		}
	}
	return got.line(p.aliases), nil
}

// line writes a result in one form, in which what is expected and what came out can be compared.
func (e expected) line(aliases []string) string {
	number, unit := number(e.value)
	if u, ok := figure.UnitOf(unit); ok && number != "" {
		unit = u.String()
	}
	line := number + " " + unit
	if e.from != "" {
		line += "  from " + plain.Replace(e.from)
	}
	if e.because != "" {
		line += "  because " + e.because
	}
	if e.records != nil {
		records := slices.Clone(e.records)
		slices.SortFunc(records, func(a, b string) int {
			return cmp.Or(slices.Index(aliases, a)-slices.Index(aliases, b), strings.Compare(a, b))
		})
		line += "  records " + strings.Join(slices.Compact(records), " ")
	}
	return strings.TrimSpace(line)
}

// number cuts a value into its number, in ASCII and without thousands separators, and its unit.
func number(value string) (number, unit string) {
	value = strings.ReplaceAll(value, "−", "-")
	n := len(value) - len(strings.TrimLeft(value, "-0123456789.,"))
	return strings.ReplaceAll(value[:n], ",", ""), strings.TrimSpace(value[n:])
}

// plain writes arithmetic in ASCII and without blanks.
var plain = strings.NewReplacer("÷", "/", "×", "*", "−", "-", "（", "(", "）", ")", " ", "", "\t", "")

func (e expected) failure() string {
	return strings.TrimSpace("fails " + e.fails + "  " + strings.Join(e.args, " "))
}

// failure writes an error as "fails" does: the first fault with its first n arguments. What is no fault is written out.
func failure(err error, n int) string {
	var f *fault.Fault
	if list, ok := errors.AsType[fault.List](err); ok && len(list) > 0 {
		f = list[0]
	} else if f, ok = errors.AsType[*fault.Fault](err); !ok {
		return fmt.Sprintf("no fault: %v", err)
	}
	said := expected{fails: f.Code}
	for _, a := range f.Args[:min(n, len(f.Args))] {
		if t, ok := a.(lang.Text); ok {
			a = t.En
		}
		said.args = append(said.args, fmt.Sprint(a))
	}
	return said.failure()
}
