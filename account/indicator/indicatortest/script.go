package indicatortest

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"anlan/ground/period"
	"anlan/ground/place"
)

// scriptBytesMax bounds a file.
const scriptBytesMax = 1 << 20

// command is one command of a file with the lines that belong to it.
type command struct {
	line   int
	verb   string // define, record, change, withdraw, eval
	kind   string
	alias  string
	fields []Field
	reason string
	ask    question
	want   expected
	text   string // of define: the definitions
}

// question is what eval asks.
type question struct {
	expression string
	period     period.Period
	unit       place.Unit
	asOf       int // the number of the change in this file; 0 is now
}

// expected is what a command must give. The zero expected is that a change succeeds.
type expected struct {
	value   string // 0.001 人/亿元, none recorded
	from    string
	because string
	records []string // nil: not said
	fails   string   // code of a fault
	args    []string
}

// parse reads a file. Its errors name the line; they are for whoever writes tests.
func parse(content string) ([]command, error) {
	if len(content) > scriptBytesMax || !utf8.ValidString(content) {
		return nil, fmt.Errorf("a file has at most %d bytes of UTF-8", scriptBytesMax)
	}
	var commands []command
	for n, line := range strings.Split(strings.ReplaceAll(content, "\r\n", "\n"), "\n") {
		indented := strings.HasPrefix(line, " ") || strings.HasPrefix(line, "\t")
		last := len(commands) - 1
		var err error
		switch {
		case indented && last >= 0 && commands[last].verb == "define" && !strings.HasPrefix(strings.TrimSpace(line), "fails "):
			commands[last].text += line + "\n"
		case strings.TrimSpace(line) == "" || strings.HasPrefix(strings.TrimSpace(line), "#"):
		case indented && last >= 0:
			err = commands[last].expect(line)
		case indented:
			err = fmt.Errorf("an indented line belongs to a command, and there is none above it")
		default:
			var c command
			c, err = parseCommand(line)
			c.line = n + 1
			commands = append(commands, c)
		}
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", n+1, err)
		}
	}
	for _, c := range commands {
		if c.verb == "eval" && c.want.value == "" && c.want.fails == "" {
			return nil, fmt.Errorf("line %d: eval says nothing of what it expects", c.line)
		}
	}
	return commands, nil
}

// piece is a word of a line, or a text in quotes, with where it begins.
type piece struct {
	text string
	at   int
}

// pieces cuts a line at blanks; a text in quotes is one piece.
func pieces(line string) ([]piece, error) {
	var out []piece
	for at := 0; at < len(line); {
		switch rest := line[at:]; {
		case rest[0] == ' ' || rest[0] == '\t':
			at++
		case rest[0] == '"':
			text, _, closed := strings.Cut(rest[1:], `"`)
			if !closed {
				return nil, fmt.Errorf("a text in quotes is not closed: %s", rest)
			}
			out = append(out, piece{text, at})
			at += len(text) + 2
		default:
			n := strings.IndexAny(rest, " \t")
			if n < 0 {
				n = len(rest)
			}
			out = append(out, piece{rest[:n], at})
			at += n
		}
	}
	return out, nil
}

func parseCommand(line string) (command, error) {
	words, err := pieces(line)
	if err != nil {
		return command{}, err
	}
	c := command{verb: words[0].text}
	switch c.verb {
	case "define":
		if len(words) > 1 {
			err = fmt.Errorf("define stands alone; definitions follow on indented lines")
		}
		return c, err
	case "eval":
		c.ask, err = parseQuestion(line, words)
		return c, err
	case "record":
		if len(words) < 3 {
			return c, fmt.Errorf("expected: record KIND ALIAS FIELD VALUE …")
		}
		c.kind, c.alias = words[1].text, words[2].text
		c.fields, err = fields(words[3:])
		return c, err
	case "change", "withdraw":
		because := slices.IndexFunc(words, func(p piece) bool { return p.text == "because" })
		if because < 2 || because == len(words)-1 {
			return c, fmt.Errorf("expected: %s ALIAS … because REASON", c.verb)
		}
		c.alias, c.reason = words[1].text, strings.TrimSpace(line[words[because].at+len("because"):])
		c.fields, err = fields(words[2:because])
		if c.verb == "withdraw" && len(c.fields) > 0 {
			err = fmt.Errorf("withdraw takes no fields")
		}
		return c, err
	}
	return c, fmt.Errorf("unknown command %q; there are define, record, change, withdraw, eval", c.verb)
}

func fields(words []piece) ([]Field, error) {
	if len(words)%2 != 0 {
		return nil, fmt.Errorf("the field %q has no value", words[len(words)-1].text)
	}
	var out []Field
	for k := 0; k < len(words); k += 2 {
		out = append(out, Field{words[k].text, words[k+1].text})
	}
	return out, nil
}

// parseQuestion takes the clauses off the end: year or period, then unit, then as of; what is left is the expression.
func parseQuestion(line string, words []piece) (q question, err error) {
	if n := len(words); n > 3 && words[n-3].text == "as" && words[n-2].text == "of" {
		if q.asOf, err = strconv.Atoi(words[n-1].text); err != nil || q.asOf < 1 {
			return q, fmt.Errorf("as of %s: expected the number of a change in this file", words[n-1].text)
		}
		words = words[:n-3]
	}
	if n := len(words); n > 2 && words[n-2].text == "unit" {
		if q.unit, err = place.ParseUnit(words[n-1].text); err != nil {
			return q, err
		}
		words = words[:n-2]
	}
	n := len(words)
	if n < 4 || words[n-2].text != "year" && words[n-2].text != "period" {
		return q, fmt.Errorf("expected: eval EXPRESSION year|period PERIOD [unit UNIT] [as of N]")
	}
	if q.period, err = period.Parse(words[n-1].text); err != nil {
		return q, err
	}
	q.expression = strings.TrimSpace(line[words[1].at:words[n-2].at])
	return q, nil
}

// clauses are the words that begin a part of an expected result.
var clauses = []string{"from", "records", "because"}

// expect reads the line below a command.
func (c *command) expect(line string) error {
	if c.want.value != "" || c.want.fails != "" {
		return fmt.Errorf("%s expects two things", c.verb)
	}
	words, err := pieces(line)
	if err != nil {
		return err
	}
	if words[0].text == "fails" {
		if len(words) < 2 {
			return fmt.Errorf("expected: fails CODE ARGUMENT …")
		}
		c.want.fails = words[1].text
		for _, w := range words[2:] {
			c.want.args = append(c.want.args, w.text)
		}
		return nil
	}
	if c.verb != "eval" {
		return fmt.Errorf("%s succeeds or fails; it has no value", c.verb)
	}
	clause, begins := "value", words[0].at
	for _, w := range append(words, piece{"", len(line)}) {
		if w.at == len(line) || slices.Contains(clauses, w.text) {
			c.want.set(clause, strings.TrimSpace(strings.TrimPrefix(line[begins:w.at], clause)))
			clause, begins = w.text, w.at
		}
	}
	if c.want.value == "" {
		return fmt.Errorf("expected a value before %s", words[0].text)
	}
	return nil
}

func (e *expected) set(clause, text string) {
	switch clause {
	case "value":
		e.value = text
	case "from":
		e.from = text
	case "because":
		e.because = text
	case "records":
		e.records = strings.Fields(text)
		if e.records == nil {
			e.records = []string{}
		}
	}
}
