package cli

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"

	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/ground/reason"
)

// ErrOutput: the result did not get out whole.
var ErrOutput = fault.Define("cli.output", fault.Unable,
	"结果没有写完：%s", "the result could not be written to its end: %s")

// output is stdout. It remembers that a write failed, so that a result which was cut off does not end in status 0.
type output struct {
	buffer *bufio.Writer
	live   bool // somebody looks on: each line is shown when it is there
}

func newOutput(w io.Writer) *output { return &output{bufio.NewWriterSize(w, 64<<10), terminal(w)} }

func (o *output) Write(b []byte) (n int, err error) {
	if o.live {
		if _, err = o.buffer.WriteString(harmless(string(b))); err == nil {
			err = o.buffer.Flush()
		}
		n = len(b)
	} else {
		n, err = o.buffer.Write(b)
	}
	if err != nil {
		return 0, ErrOutput.Because(err, reason.Of(err))
	}
	return n, nil
}

// flush writes what is left. Fault: ErrOutput, of whichever write failed first.
func (o *output) flush() error {
	if err := o.buffer.Flush(); err != nil {
		return ErrOutput.Because(err, reason.Of(err))
	}
	return nil
}

// terminal says whether a person sits behind a stream. The null device is a device of characters too, and nobody's.
func terminal(stream any) bool {
	f, ok := stream.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	if err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return false
	}
	null, err := os.Stat(os.DevNull)
	return err != nil || !os.SameFile(info, null)
}

// print writes a line of the result.
func (e *env) print(t lang.Text, args ...any) { fmt.Fprint(e.out, e.sentence(t, args...)) }

// say writes words for a person, not the result; what was printed before them stands before them.
func (e *env) say(t lang.Text, args ...any) {
	_ = e.out.flush() // a failure is remembered
	fmt.Fprint(e.err, harmless(e.sentence(t, args...)))
}

// sentence is a line in the user's language.
func (e *env) sentence(t lang.Text, args ...any) string {
	s := fmt.Sprintf(t.In(e.lang)+"\n", args...)
	if e.lang == lang.English {
		return s
	}
	return lang.Nested(s)
}

// harmless shows what would command a terminal or turn the direction of writing: words of a file that somebody else made
// must not.
func harmless(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t' || r == '\r':
			return r
		case r < ' ' || r >= 0x7f && r < 0xa0, r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069:
			return '\ufffd'
		}
		return r
	}, s)
}

// writeJSON writes one value as the whole result.
func writeJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetIndent("", " ")
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}

// writeLine writes one value of many, a line each: a list is read as it comes.
func writeLine(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}

// finding is a fault for programs.
type finding struct {
	Code    string      `json:"code"`
	Where   fault.Where `json:"where,omitzero"`
	Message lang.Text   `json:"message"`
}

func findings(l fault.List) []finding {
	out := make([]finding, len(l)) // never null in JSON
	for i, f := range l {
		out[i] = finding{f.Code, f.Where, lang.Text{Zh: f.In(lang.Chinese), En: f.In(lang.English)}}
	}
	return out
}

// progress shows a counter on a terminal, where done wipes it out again; elsewhere both are silent.
func (e *env) progress(t lang.Text) (tell func(int), done func()) {
	if !terminal(e.err) {
		return nil, func() {}
	}
	return func(n int) { fmt.Fprintf(e.err, "\r"+t.In(e.lang), n) }, func() { fmt.Fprint(e.err, "\r\x1b[K") }
}
