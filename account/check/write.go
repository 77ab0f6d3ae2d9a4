package check

import (
	"bufio"
	"encoding/json"
	"io"

	"anlan/ground/fault"
	"anlan/ground/lang"
)

// Unread is a file that could not be read, and why.
type Unread struct {
	File    string    `json:"file"`
	Code    string    `json:"code"` // of the fault
	Message lang.Text `json:"message"`
}

// UnreadOf is the entry of a file with its fault.
func UnreadOf(file string, f *fault.Fault) Unread {
	return Unread{file, f.Code, lang.Text{Zh: f.In(lang.Chinese), En: f.In(lang.English)}}
}

// Writer writes a report file by file, so that of a thousand none is held. End must be called after the last.
type Writer interface {
	File(*File) error
	Unread(Unread) error
	End() error
}

// WriteJSON writes the report as indented JSON with a line feed at its end.
func (r Report) WriteJSON(w io.Writer) error { return r.write(NewJSON(w, r.Tool)) }

// WriteText writes the report for people: for each file what contradicts, what is incomplete, what holds by rounding only
// and what a reader should look at, each with the words of the document, its figures underlined, and the arithmetic; what
// could not be checked, and why; every number, where that was asked for; then the counts. Characters of the document that
// would steer a terminal are written as signs.
func (r Report) WriteText(w io.Writer, l lang.Lang) error { return r.write(NewText(w, l)) }

func (r Report) write(w Writer) error {
	for i := range r.Files {
		if err := w.File(&r.Files[i]); err != nil {
			return err
		}
	}
	return w.End()
}

// NewText writes for people. Files that could not be read are left to whoever says what went wrong.
func NewText(w io.Writer, l lang.Lang) Writer { return &textWriter{bufio.NewWriter(w), l} }

// File writes what was found in a file.
func (t *textWriter) File(f *File) error {
	t.file(f)
	return t.Flush()
}

// Unread writes nothing.
func (t *textWriter) Unread(Unread) error { return nil }

// End writes nothing.
func (t *textWriter) End() error { return nil }

// jsonWriter writes the members of a Report one by one.
type jsonWriter struct {
	w      *bufio.Writer
	tool   Tool
	begun  bool
	files  int
	unread []Unread
}

// NewJSON writes a Report as one JSON object, with what could not be read as its member unread where there is any.
func NewJSON(w io.Writer, tool Tool) Writer { return &jsonWriter{w: bufio.NewWriter(w), tool: tool} }

// value writes a value as it stands in an object that is indented, depth deep.
func (j *jsonWriter) value(depth string, v any) error {
	e := json.NewEncoder(trimmed{j.w})
	e.SetEscapeHTML(false)
	e.SetIndent(depth, " ")
	return e.Encode(v)
}

// trimmed leaves the line feed away that an encoder puts behind a value; it writes the whole value at once.
type trimmed struct{ w io.Writer }

func (t trimmed) Write(b []byte) (int, error) {
	n, err := t.w.Write(b[:len(b)-1])
	return n + 1, err
}

func (j *jsonWriter) begin() error {
	if j.begun {
		return nil
	}
	j.begun = true
	j.w.WriteString("{\n \"tool\": ")
	if err := j.value(" ", j.tool); err != nil {
		return err
	}
	_, err := j.w.WriteString(",\n \"files\": [")
	return err
}

// File writes an element of files.
func (j *jsonWriter) File(f *File) error {
	if err := j.begin(); err != nil {
		return err
	}
	if j.files > 0 {
		j.w.WriteString(",")
	}
	j.files++
	j.w.WriteString("\n  ")
	if err := j.value("  ", f); err != nil {
		return err
	}
	return j.w.Flush()
}

// Unread keeps it for the end.
func (j *jsonWriter) Unread(u Unread) error {
	j.unread = append(j.unread, u)
	return nil
}

// End closes the object.
func (j *jsonWriter) End() error {
	if err := j.begin(); err != nil {
		return err
	}
	if j.files > 0 {
		j.w.WriteString("\n ")
	}
	j.w.WriteString("]")
	if len(j.unread) > 0 {
		j.w.WriteString(",\n \"unread\": ")
		if err := j.value(" ", j.unread); err != nil {
			return err
		}
	}
	j.w.WriteString("\n}\n")
	return j.w.Flush()
}

// linesWriter writes a line for each file.
type linesWriter struct{ *json.Encoder }

// NewJSONLines writes each file as one line of JSON, a File or an Unread, as it comes.
func NewJSONLines(w io.Writer) Writer {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return linesWriter{e}
}

// File writes a line.
func (l linesWriter) File(f *File) error { return l.Encode(f) }

// Unread writes a line.
func (l linesWriter) Unread(u Unread) error { return l.Encode(u) }

// End writes nothing.
func (l linesWriter) End() error { return nil }
