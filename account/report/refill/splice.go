package refill

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// edits are the new texts of the nodes of a story.
type edits map[*story]map[int]string

// exchange writes a text in the place of bytes from to to of a control's text; false where a tab, a break or the end of a paragraph
// stands there. Only what differs is exchanged, so that each run keeps its looks.
func (e edits) exchange(c *control, from, to int, text string) bool {
	old := c.text()[from:to]
	head := sharedHead(old, text)
	tail := sharedTail(old[head:], text[head:])
	from, to, text = from+head, to-tail, text[head:len(text)-tail]
	if from == to && text == "" {
		return true
	}
	type cut struct{ piece, from, to int }
	var cuts []cut
	at := 0
	for i, p := range c.pieces {
		lo, hi := max(from, at), min(to, at+len(p.text))
		if lo < hi || from == to && len(cuts) == 0 && at <= from && from <= at+len(p.text) && p.node >= 0 {
			if p.node < 0 {
				return false
			}
			cuts = append(cuts, cut{i, lo - at, max(hi, lo) - at})
		}
		at += len(p.text)
	}
	if len(cuts) == 0 {
		return false
	}
	if e[c.story] == nil {
		e[c.story] = map[int]string{}
	}
	for i, x := range cuts {
		p := c.pieces[x.piece]
		kept := p.text[:x.from]
		if i == 0 {
			kept += text
		}
		e[c.story][p.node] = kept + p.text[x.to:]
	}
	return true
}

// sharedHead is how many bytes two texts have in common at their beginning, in whole characters.
func sharedHead(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) {
		r, size := utf8.DecodeRuneInString(a[n:])
		if s, _ := utf8.DecodeRuneInString(b[n:]); r != s {
			break
		}
		n += size
	}
	return n
}

// sharedTail is the same at their end.
func sharedTail(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) {
		r, size := utf8.DecodeLastRuneInString(a[:len(a)-n])
		if s, _ := utf8.DecodeLastRuneInString(b[:len(b)-n]); r != s {
			break
		}
		n += size
	}
	return n
}

// splice gives the story's part with the new texts; every other byte stays.
func (s *story) splice(texts map[int]string) []byte {
	var out bytes.Buffer
	at := 0
	for i, n := range s.nodes {
		text, is := texts[i]
		if !is || text == n.text {
			continue
		}
		out.Write(s.source[at:n.from])
		out.WriteString(escaper.Replace(text))
		at = n.to
	}
	out.Write(s.source[at:])
	return out.Bytes()
}

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "\r", "&#13;")

// quoteRunes are shown of a paragraph at either side of what is said of it.
const quoteRunes = 12

// around is a text around bytes from to to, cut to what a person needs to find it.
func around(text string, from, to int) string {
	head, tail := from, to
	for n := 0; n < quoteRunes && head > 0; n++ {
		_, size := utf8.DecodeLastRuneInString(text[:head])
		head -= size
	}
	for n := 0; n < quoteRunes && tail < len(text); n++ {
		_, size := utf8.DecodeRuneInString(text[tail:])
		tail += size
	}
	quote := text[head:tail]
	if head > 0 {
		quote = "…" + quote
	}
	if tail < len(text) {
		quote += "…"
	}
	return quote
}
