package indicator

import "anlan/ground/fault"

// Bounds of a file of definitions. An honest one has some hundred definitions of twenty words.
const (
	fileBytesMax        = 1 << 20
	tokensMax           = 200_000
	definitionsMax      = 10_000
	textRunesMax        = 500
	codeBytesMax        = 128
	expressionTokensMax = 4_096
	digitsMax           = 40
	wordingsMax         = 32  // of one indicator
	depthMax            = 64  // of parentheses, functions and signs inside each other
	faultsMax           = 100 // reported of one file; the rest are found when these are mended
)

type tokenKind int

const (
	endToken     tokenKind = iota // of the file
	signToken                     // + - * / ( ) , : = @ < <= > >=, in this spelling
	nameToken                     // accident.deaths, sum
	keywordToken                  // one of keywords
	wordToken                     // a word in Chinese characters: 同期
	numberToken                   // 4710.67, without its unit
	unitToken                     // 亿元, as written
	textToken                     // "…", without the quotes
)

// token is a word of the language. Signs and numbers are folded into their one spelling, the rest stands as written.
type token struct {
	kind     tokenKind
	text     string
	at       mark
	from, to int // offsets in the content, in bytes
}

// is says whether the token is this sign or keyword.
func (t token) is(text string) bool {
	return (t.kind == signToken || t.kind == keywordToken) && t.text == text
}

// mark is where a token begins: line and column count from 1, the column in code points.
type mark struct{ line, col int }

func (m mark) in(file string) fault.Where { return fault.Where{File: file, Line: m.line, Col: m.col} }

// keywords cannot be codes.
var keywords = map[string]bool{
	"indicator": true, "constant": true, "in": true, "printed": true, "grouped": true, "source": true, "also": true, "else": true,
}

// chineseElse is else in Chinese.
const chineseElse = "其余"

// signs folds the spellings of a sign into one. Full-width forms are folded before.
var signs = map[rune]string{
	'+': "+", '-': "-", '−': "-", '*': "*", '×': "*", '/': "/", '÷': "/", '(': "(", ')': ")", ',': ",", ':': ":",
	'=': "=", '@': "@", '<': "<", '>': ">", '≤': "<=", '≥': ">=",
}
