package indicator

import (
	"math/big"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"anlan/ground/fault"
	"anlan/ground/lang"
)

// File is a file of definitions that is well formed; Define says whether they mean something.
type File struct {
	name        string
	content     string
	indicators  []*Indicator
	constants   []*constant
	definitions []Definition
}

// Definition is one definition of a file as it is written.
type Definition struct {
	Code     string
	Label    lang.Text
	Constant bool   // a stated number, no indicator
	Unit     string // as written; of a number without one it is empty
	Text     string // from indicator or constant to its last word, comments inside and line ends as they are
	Where    fault.Where
}

// Definitions lists the definitions in the order of the text.
func (f *File) Definitions() []Definition { return slices.Clone(f.definitions) }

// Without is the file without the definitions of some codes: others stand in their place. Definitions that stay keep their
// places in the text.
func (f *File) Without(replaced func(code string) bool) *File {
	out := &File{name: f.name, content: f.content}
	for _, d := range f.definitions {
		if !replaced(d.Code) {
			out.definitions = append(out.definitions, d)
		}
	}
	for _, i := range f.indicators {
		if !replaced(i.code) {
			out.indicators = append(out.indicators, i)
		}
	}
	for _, c := range f.constants {
		if !replaced(c.code) {
			out.constants = append(out.constants, c)
		}
	}
	return out
}

// constant is a stated number with a unit.
type constant struct {
	code   string
	label  lang.Text
	source string
	value  *node // a literal, perhaps negated
	file   string
	at     mark
}

// Parse reads a file of definitions. name stands in the faults, of which all are answered at once: one for each definition
// that is not well formed. Bounds: 1 MiB, 200,000 words, 10,000 definitions, 64 levels of nesting.
func Parse(name string, content []byte) (*File, error) {
	tokens, faults := scan(name, string(content))
	if err := faults.Err(); err != nil {
		return nil, err
	}
	p := &parser{file: name, tokens: tokens}
	f := &File{name: name, content: string(content)}
	for p.ahead().kind != endToken && len(p.faults) < faultsMax {
		if len(f.indicators)+len(f.constants) == definitionsMax {
			p.fail(p.ahead().at, ErrTooLarge.With(partDefinitions, definitionsMax))
			break
		}
		if !p.definition(f) {
			p.skip()
		}
	}
	if err := p.faults.Err(); err != nil {
		return nil, err
	}
	return f, nil
}

// parser goes through the tokens once. Its methods report false, or nil, when they have added a fault.
type parser struct {
	file   string
	tokens []token
	next   int
	depth  int
	faults fault.List
}

func (p *parser) ahead() token { return p.tokens[p.next] }

// take gives the token ahead and moves past it; the end stays ahead for ever.
func (p *parser) take() token {
	t := p.ahead()
	if t.kind != endToken {
		p.next++
	}
	return t
}

// taken moves past the token ahead if it is this sign or keyword.
func (p *parser) taken(text string) bool {
	if !p.ahead().is(text) {
		return false
	}
	p.take()
	return true
}

func (p *parser) fail(at mark, f *fault.Fault) bool {
	f.Where = at.in(p.file)
	p.faults = append(p.faults, f)
	return false
}

// expected is the fault that something else than what stands here.
func (p *parser) expected(what lang.Text) bool {
	t := p.ahead()
	found := lang.Text{Zh: "“" + t.text + "”", En: strconv.Quote(t.text)}
	if t.kind == endToken {
		found = lang.Of("文件结尾", "the end of the file")
	}
	return p.fail(t.at, ErrExpected.With(what, found))
}

// sign takes this sign or keyword, which must be there.
func (p *parser) sign(text string) bool {
	return p.taken(text) || p.expected(lang.Text{Zh: "“" + text + "”", En: strconv.Quote(text)})
}

// skip moves to the next definition: the next line that begins with indicator or constant.
func (p *parser) skip() {
	for p.ahead().kind != endToken {
		fresh := p.next == 0 || p.tokens[p.next-1].at.line < p.ahead().at.line
		if fresh && (p.ahead().is("indicator") || p.ahead().is("constant")) {
			return
		}
		p.take()
	}
}

func (p *parser) definition(f *File) bool {
	t := p.ahead()
	d := Definition{Where: t.at.in(p.file)}
	ok := false
	switch {
	case p.taken("indicator"):
		var i *Indicator
		i, ok = p.indicator()
		f.indicators = append(f.indicators, i)
		d.Code, d.Label, d.Unit = i.code, i.label, i.declared
	case p.taken("constant"):
		var c *constant
		c, ok = p.constant()
		f.constants = append(f.constants, c)
		d.Code, d.Label, d.Constant = c.code, c.label, true
		if ok {
			d.Unit = c.value.stated().inUnit
		}
	default:
		return p.expected(lang.Of("indicator或constant", "indicator or constant"))
	}
	d.Text = f.content[t.from:p.tokens[p.next-1].to]
	f.definitions = append(f.definitions, d)
	return ok
}

// stated is the literal of a constant behind the minus that may stand before it.
func (n *node) stated() *node {
	if n.kind == negateNode {
		return n.of[0]
	}
	return n
}

// indicator is: code text [text] in unit printed digits [grouped] = expression [source text] {also text}.
func (p *parser) indicator() (*Indicator, bool) {
	i := &Indicator{file: p.file, at: p.ahead().at}
	ok := p.heading(&i.code, &i.label) && p.sign("in") && p.unit(i) && p.sign("printed") && p.decimals(i)
	if !ok {
		return i, false
	}
	i.grouped = p.taken("grouped")
	if !p.sign("=") {
		return i, false
	}
	i.expression = p.bounded()
	return i, i.expression != nil && p.source(&i.source) && p.also(i) && p.finished()
}

// constant is: code text [text] = [-] number [unit] [source text].
func (p *parser) constant() (*constant, bool) {
	c := &constant{file: p.file, at: p.ahead().at}
	if !p.heading(&c.code, &c.label) || !p.sign("=") {
		return c, false
	}
	minus := p.ahead()
	negative := p.taken("-")
	if c.value = p.literal(); c.value == nil {
		return c, false
	}
	if negative {
		c.value = &node{kind: negateNode, at: minus.at, of: []*node{c.value}}
	}
	return c, p.source(&c.source) && p.finished()
}

var codeForm = regexp.MustCompile(`^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$`)

// heading is a code and its label in one or two languages. A label in one language serves both.
func (p *parser) heading(code *string, label *lang.Text) bool {
	t := p.ahead()
	_, function := functions[t.text]
	switch {
	case t.kind != nameToken:
		return p.expected(lang.Of("代码", "a code"))
	case !codeForm.MatchString(t.text) || function:
		return p.fail(t.at, ErrCode.With(t.text))
	}
	*code = p.take().text
	if p.ahead().kind != textToken {
		return p.expected(lang.Of("引号中的名称", "a name in quotes"))
	}
	label.Zh = p.take().text
	label.En = label.Zh
	if p.ahead().kind == textToken {
		label.En = p.take().text
	}
	return true
}

// unit is the declared unit; 1 declares a bare number.
func (p *parser) unit(i *Indicator) bool {
	t := p.ahead()
	if t.kind != unitToken {
		return p.expected(lang.Of("计量单位", "a unit of measure"))
	}
	i.declared, i.declaredAt = p.take().text, t.at
	return true
}

// decimals is the number of decimals printed.
func (p *parser) decimals(i *Indicator) bool {
	t := p.ahead()
	n, err := strconv.Atoi(t.text)
	switch {
	case t.kind != numberToken:
		return p.expected(lang.Of("小数位数", "a number of decimals"))
	case err != nil || n > decimalsMax:
		return p.fail(t.at, ErrDecimals.With(t.text, decimalsMax))
	}
	p.take()
	i.decimals = n
	return true
}

// source is what the figure rests on (口径、表号), free text.
func (p *parser) source(to *string) bool {
	if !p.taken("source") {
		return true
	}
	if p.ahead().kind != textToken {
		return p.expected(lang.Of("引号中的出处", "a source in quotes"))
	}
	*to = p.take().text
	return true
}

// also is the wordings under which reports print the figure, each once.
func (p *parser) also(i *Indicator) bool {
	for p.taken("also") {
		t := p.ahead()
		switch {
		case t.kind != textToken:
			return p.expected(lang.Of("引号中的写法", "a wording in quotes"))
		case len(i.also) == wordingsMax:
			return p.fail(t.at, ErrTooLarge.With(partWordings, wordingsMax))
		case !isWording(t.text):
			return p.fail(t.at, ErrWording.With(t.text))
		case slices.Contains(i.also, t.text):
			return p.fail(t.at, ErrSaidTwice.With(t.text))
		}
		i.also = append(i.also, p.take().text)
	}
	return true
}

// isWording says whether a text is words with at most one figure among them.
func isWording(text string) bool {
	words := strings.Fields(text)
	figures := 0
	for _, w := range words {
		switch {
		case w == FigureMark:
			figures++
		case strings.Contains(w, FigureMark):
			return false
		}
	}
	return figures <= 1 && figures < len(words)
}

// finished says whether the definition ends here.
func (p *parser) finished() bool {
	t := p.ahead()
	if t.kind == endToken || t.is("indicator") || t.is("constant") {
		return true
	}
	return p.expected(lang.Of("运算符或下一条定义", "an operator or the next definition"))
}

// literal is a number and the unit behind it.
func (p *parser) literal() *node {
	t := p.ahead()
	if t.kind != numberToken {
		p.expected(lang.Of("数", "a number"))
		return nil
	}
	p.take()
	value, _ := new(big.Rat).SetString(t.text)
	n := &node{kind: literalNode, at: t.at, value: value}
	if p.ahead().kind == unitToken {
		n.unitAt = p.ahead().at
		n.inUnit = p.take().text
	}
	return n
}
