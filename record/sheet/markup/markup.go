package markup

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"unicode/utf8"
)

// Kind is what Next found.
type Kind int

// The kinds of tokens.
const (
	EOF Kind = iota
	Start
	End
	Text
)

// Bounds of a document.
const (
	tokenMax = 1 << 20 // bytes of one tag or one run of text
	levelMax = 256     // elements inside each other
)

// Reader reads one document. An element without content (<a/>) is a Start followed by an End.
type Reader struct {
	src      io.Reader
	buf      []byte
	pos, end int // what is unread of buf
	drained  bool
	offset   int64 // of buf[0] in the document
	fragment bool  // elements that were opened before the fragment may end in it

	name, attrs []byte
	text        []byte
	pendingEnd  bool
	names       []byte // names of the open elements, one after another
	levels      []int  // where each of them begins in names
	err         error
}

// New reads a whole document.
func New(src io.Reader) *Reader { return &Reader{src: src, buf: make([]byte, 64<<10)} }

// NewFragment reads from the middle of a document: elements may end that did not begin, and the document may end anywhere.
func NewFragment(src io.Reader) *Reader {
	r := New(src)
	r.fragment = true
	return r
}

// Name is the local name of the element that starts or ends.
func (r *Reader) Name() []byte { return r.name }

// Text is the text, its entities and line ends resolved.
func (r *Reader) Text() []byte { return r.text }

// Level is the number of open elements; an element's own Start counts it, its End no longer does.
func (r *Reader) Level() int { return len(r.levels) }

// Next gives the next token. Comments and processing instructions are passed over. After an error every call repeats it.
func (r *Reader) Next() (Kind, error) {
	if r.err != nil {
		return EOF, r.err
	}
	kind, err := r.next()
	if err != nil {
		r.err = fmt.Errorf("markup at byte %d: %w", r.offset+int64(r.pos), err)
		return EOF, r.err
	}
	return kind, nil
}

func (r *Reader) next() (Kind, error) {
	if r.pendingEnd {
		r.pendingEnd = false
		r.pop()
		return End, nil
	}
	for {
		if r.pos == r.end {
			if err := r.fill(); err == io.EOF {
				return r.finish()
			} else if err != nil {
				return EOF, err
			}
		}
		if r.offset == 0 && r.pos == 0 {
			if err := r.begin(); err != nil {
				return EOF, err
			}
			if r.pos > 0 {
				continue
			}
		}
		if r.buf[r.pos] != '<' {
			return Text, r.readText()
		}
		kind, skipped, err := r.readMarkup()
		if err != nil || !skipped {
			return kind, err
		}
	}
}

// begin steps over a byte order mark and refuses other encodings than UTF-8.
func (r *Reader) begin() error {
	for r.end-r.pos < 3 && !r.drained {
		if err := r.fill(); err != nil && err != io.EOF {
			return err
		}
	}
	b := r.buf[r.pos:r.end]
	switch {
	case bytes.HasPrefix(b, []byte("\xef\xbb\xbf")):
		r.pos += 3
	case bytes.HasPrefix(b, []byte("\xfe\xff")), bytes.HasPrefix(b, []byte("\xff\xfe")):
		return errors.New("the encoding is not UTF-8")
	}
	return nil
}

func (r *Reader) finish() (Kind, error) {
	if !r.fragment && len(r.levels) > 0 {
		return EOF, fmt.Errorf("the document ends inside <%s>: %w", r.names[r.levels[len(r.levels)-1]:], io.ErrUnexpectedEOF)
	}
	return EOF, nil
}

// fill reads more behind what is unread, moving that to the front and growing the buffer when it is full.
func (r *Reader) fill() error {
	if r.drained {
		return io.EOF
	}
	if r.pos > 0 {
		copy(r.buf, r.buf[r.pos:r.end])
		r.offset += int64(r.pos)
		r.end -= r.pos
		r.pos = 0
	}
	if r.end == len(r.buf) {
		if len(r.buf) >= tokenMax {
			return fmt.Errorf("a tag or text is longer than %d bytes", tokenMax)
		}
		r.buf = append(r.buf, make([]byte, len(r.buf))...)
	}
	for range 100 {
		n, err := r.src.Read(r.buf[r.end:])
		r.end += n
		switch {
		case n > 0 && (err == nil || err == io.EOF):
			r.drained = err == io.EOF
			return nil
		case err == io.EOF:
			r.drained = true
			return io.EOF
		case err != nil:
			return err
		}
	}
	return io.ErrNoProgress
}

// until gives the length of what is unread before the first mark found by find, reading on as needed; at the end of the
// document -1.
func (r *Reader) until(find func([]byte) int) (int, error) {
	for {
		if i := find(r.buf[r.pos:r.end]); i >= 0 {
			return i, nil
		}
		if err := r.fill(); err == io.EOF {
			return -1, nil
		} else if err != nil {
			return -1, err
		}
	}
}

func openAngle(b []byte) int { return bytes.IndexByte(b, '<') }

func (r *Reader) readText() error {
	n, err := r.until(openAngle)
	if err != nil {
		return err
	}
	if n < 0 {
		n = r.end - r.pos
	}
	raw := r.buf[r.pos : r.pos+n]
	r.pos += n
	if r.text, err = resolve(raw); err != nil {
		return err
	}
	if len(r.levels) == 0 && !r.fragment && len(bytes.TrimSpace(r.text)) > 0 {
		return errors.New("text outside the document element")
	}
	return nil
}

// closeAngle is where the tag at the front of b ends: the first > outside quotes.
func closeAngle(b []byte) int {
	for i := 0; i < len(b); i++ {
		switch c := b[i]; c {
		case '>':
			return i
		case '"', '\'':
			n := bytes.IndexByte(b[i+1:], c)
			if n < 0 {
				return -1
			}
			i += n + 1
		}
	}
	return -1
}

// readMarkup reads what begins with <; skipped says that it was nothing to report.
func (r *Reader) readMarkup() (kind Kind, skipped bool, err error) {
	if r.end-r.pos > 1 && r.buf[r.pos+1] != '!' && r.buf[r.pos+1] != '?' {
		kind, err = r.readElement()
		return kind, false, err
	}
	for r.end-r.pos < len("<![CDATA[") && !r.drained {
		if err := r.fill(); err != nil && err != io.EOF {
			return EOF, false, err
		}
	}
	b := r.buf[r.pos:r.end]
	switch {
	case bytes.HasPrefix(b, []byte("<!--")):
		_, err = r.delimited("<!--", "-->")
		return EOF, true, err
	case bytes.HasPrefix(b, []byte("<![CDATA[")):
		raw, err := r.delimited("<![CDATA[", "]]>")
		if err == nil && !utf8.Valid(raw) {
			err = errors.New("text is not UTF-8")
		}
		r.text = lineEnds(raw)
		return Text, false, err
	case bytes.HasPrefix(b, []byte("<?")):
		raw, err := r.delimited("<?", "?>")
		if err == nil && bytes.HasPrefix(raw, []byte("xml ")) {
			err = checkEncoding(raw)
		}
		return EOF, true, err
	case bytes.HasPrefix(b, []byte("<!")):
		return EOF, false, errors.New("a document type declaration is not accepted")
	}
	kind, err = r.readElement()
	return kind, false, err
}

func (r *Reader) readElement() (Kind, error) {
	n, err := r.until(closeAngle)
	if err != nil {
		return EOF, err
	}
	if n < 0 {
		return EOF, fmt.Errorf("a tag does not end: %w", io.ErrUnexpectedEOF)
	}
	tag := r.buf[r.pos+1 : r.pos+n]
	r.pos += n + 1
	return r.readTag(tag)
}

// delimited gives what stands between two marks and steps over it.
func (r *Reader) delimited(before, after string) ([]byte, error) {
	n, err := r.until(func(b []byte) int {
		if len(b) < len(before) {
			return -1
		}
		return bytes.Index(b[len(before):], []byte(after))
	})
	if err != nil {
		return nil, err
	}
	if n < 0 {
		return nil, fmt.Errorf("%s does not end: %w", before, io.ErrUnexpectedEOF)
	}
	from := r.pos + len(before)
	r.pos = from + n + len(after)
	return r.buf[from : from+n], nil
}

func checkEncoding(declaration []byte) error {
	_, rest, ok := bytes.Cut(declaration, []byte("encoding="))
	if !ok || len(rest) < 2 {
		return nil
	}
	name, _, _ := bytes.Cut(rest[1:], rest[:1])
	if !bytes.EqualFold(name, []byte("utf-8")) && !bytes.EqualFold(name, []byte("us-ascii")) {
		return fmt.Errorf("the encoding %q is not UTF-8", name)
	}
	return nil
}

// readTag reads the inside of <…>.
func (r *Reader) readTag(tag []byte) (Kind, error) {
	if len(tag) > 0 && tag[0] == '/' {
		full := tag[1 : 1+nameLen(tag[1:])]
		if len(skipBlanks(tag[1+len(full):])) > 0 {
			return EOF, fmt.Errorf("<%s> is no tag", tag)
		}
		if n := len(r.levels); n > 0 {
			if open := r.names[r.levels[n-1]:]; !bytes.Equal(open, full) {
				return EOF, fmt.Errorf("</%s> where </%s> was due", full, open)
			}
			r.pop()
		} else if !r.fragment {
			return EOF, fmt.Errorf("</%s> was not opened", full)
		}
		r.name = local(full)
		return End, nil
	}
	tag, r.pendingEnd = bytes.CutSuffix(tag, []byte("/"))
	n := nameLen(tag)
	full := tag[:n]
	switch {
	case n == 0 || !isNameStart(full[0]):
		return EOF, fmt.Errorf("<%s> is no tag", tag)
	case len(r.levels) == levelMax:
		return EOF, fmt.Errorf("more than %d elements inside each other", levelMax)
	}
	r.name, r.attrs = local(full), tag[n:]
	r.levels = append(r.levels, len(r.names))
	r.names = append(r.names, full...)
	return Start, nil
}

func (r *Reader) pop() {
	last := len(r.levels) - 1
	r.names, r.levels = r.names[:r.levels[last]], r.levels[:last]
}

// nameLen is the length of the name at the front of a tag.
func nameLen(tag []byte) int {
	for i, c := range tag {
		if isBlank(c) {
			return i
		}
	}
	return len(tag)
}

func isNameStart(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c >= utf8.RuneSelf
}

// local is the name without its prefix. A colon that parts nothing, first or last, is of the name itself, as encoding/xml
// has it.
func local(name []byte) []byte {
	if prefix, rest, ok := bytes.Cut(name, []byte(":")); ok && len(prefix) > 0 && len(rest) > 0 {
		return rest
	}
	return name
}

// Attr gives the value of an attribute of the element that starts, its entities resolved; prefixes of names are passed
// over. A malformed tag has no attributes behind its flaw.
func (r *Reader) Attr(name string) ([]byte, bool) {
	for rest := skipBlanks(r.attrs); ; rest = skipBlanks(rest) {
		eq := bytes.IndexByte(rest, '=')
		if eq < 0 {
			return nil, false
		}
		key := rest[:eq]
		rest = skipBlanks(rest[eq+1:])
		if len(rest) == 0 || rest[0] != '"' && rest[0] != '\'' {
			return nil, false
		}
		n := bytes.IndexByte(rest[1:], rest[0])
		if n < 0 {
			return nil, false
		}
		raw := rest[1 : n+1]
		rest = rest[n+2:]
		if string(local(key[:nameLen(key)])) != name {
			continue
		}
		if bytes.IndexByte(raw, '&') < 0 {
			return raw, utf8.Valid(raw)
		}
		value, err := resolve(bytes.Clone(raw)) // the tag may be asked again
		return value, err == nil
	}
}

func skipBlanks(b []byte) []byte {
	for i, c := range b {
		if !isBlank(c) {
			return b[i:]
		}
	}
	return nil
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\r' || c == '\n' }

// Skip reads to the end of the element that has just started.
func (r *Reader) Skip() error {
	for level := r.Level(); ; {
		switch kind, err := r.Next(); {
		case err != nil:
			return err
		case kind == End && r.Level() < level:
			return nil
		case kind == EOF:
			return r.err
		}
	}
}

// resolve puts entities and line ends right, in place: no form is shorter than what it stands for.
func resolve(raw []byte) ([]byte, error) {
	if !utf8.Valid(raw) {
		return nil, errors.New("text is not UTF-8")
	}
	amp := bytes.IndexByte(raw, '&')
	if amp < 0 {
		return lineEnds(raw), nil
	}
	out := raw[:0]
	for amp >= 0 {
		out = append(out, lineEnds(raw[:amp])...)
		semi := bytes.IndexByte(raw[amp:], ';')
		if semi < 0 {
			return nil, errors.New("an entity does not end")
		}
		c, err := entity(raw[amp+1 : amp+semi])
		if err != nil {
			return nil, err
		}
		out = utf8.AppendRune(out, c)
		raw = raw[amp+semi+1:]
		amp = bytes.IndexByte(raw, '&')
	}
	return append(out, lineEnds(raw)...), nil
}

func entity(name []byte) (rune, error) {
	switch string(name) {
	case "lt":
		return '<', nil
	case "gt":
		return '>', nil
	case "amp":
		return '&', nil
	case "quot":
		return '"', nil
	case "apos":
		return '\'', nil
	}
	if len(name) > 1 && name[0] == '#' {
		digits, base := name[1:], 10
		if digits[0] == 'x' {
			digits, base = digits[1:], 16
		}
		n, err := strconv.ParseUint(string(digits), base, 32)
		if err == nil && n > 0 && n <= utf8.MaxRune && utf8.ValidRune(rune(n)) {
			return rune(n), nil
		}
	}
	return 0, fmt.Errorf("the entity %q is unknown", name)
}

// lineEnds makes \r\n and \r a \n, in place (XML 1.0, 2.11); a \r that is meant stands as an entity.
func lineEnds(b []byte) []byte {
	if bytes.IndexByte(b, '\r') < 0 {
		return b
	}
	out := b[:0]
	for i, c := range b {
		switch {
		case c != '\r':
			out = append(out, c)
		case i+1 == len(b) || b[i+1] != '\n':
			out = append(out, '\n')
		}
	}
	return out
}
