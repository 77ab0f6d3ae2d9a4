package check

import (
	"strconv"

	"anlan/ground/lang"
)

// Verdict is what the printed digits allow to be said of a relation (核对结论).
type Verdict string

// The verdicts.
const (
	Holds         Verdict = "holds"         // 相符: the operands as printed give the stated figure
	Rounding      Verdict = "rounding"      // 舍入所致: only some true values inside the intervals do
	Contradiction Verdict = "contradiction" // 矛盾: no values inside the intervals can
	Incomplete    Verdict = "incomplete"    // 不完整: a breakdown is announced, and a part or the whole has no figure
	Noted         Verdict = "note"          // 提示: nothing is contradicted, a reader should look
)

// How says in which way a relation holds by rounding.
type How string

// The ways.
const (
	Rounded   How = "rounded"
	Truncated How = "truncated" // the last digits were cut off
	Twice     How = "twice"     // rounded, and rounded again
	Padded    How = "padded"    // a zero was added to digits that were rounded before: 26.50% for 26.47%
)

// Report is the result for several files. Its JSON is a contract: members may be added, their meanings never change.
type Report struct {
	Tool  Tool   `json:"tool"`
	Files []File `json:"files"`
}

// Tool is the program that made a report.
type Tool struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

// File is the result for one document.
type File struct {
	File         string         `json:"file"`
	SHA256       string         `json:"sha256"`
	Title        string         `json:"title"`
	Organisation string         `json:"organisation"`
	Year         int            `json:"year"`              // that the document reports on; 0 where none can be told
	Between      []string       `json:"between,omitempty"` // the documents of which this is what they say of each other; File is then their department
	SameAs       string         `json:"same_as,omitempty"` // the file before it that is the same report; then its findings do not count again
	Summary      Summary        `json:"summary"`
	Figures      []Figure       `json:"figures"`
	Relations    []Relation     `json:"relations"`
	NotCheckable []NotCheckable `json:"not_checkable"`
	Missed       []Missed       `json:"missed,omitempty"` // what of the file could not be read; also among NotCheckable

	// Amounts are the numbers of all its figures in the order of the text, where Options asked for them.
	Amounts []Amount `json:"-"`

	every bool // Figures are all numbers of the document, and the text shows them
}

// Summary counts what was found. Relations counts all verdicts.
type Summary struct {
	Numbers        int `json:"numbers"` // of every class
	Figures        int `json:"figures"` // those that state a value
	Covered        int `json:"covered"` // those that take part in a relation
	Relations      int `json:"relations"`
	Holds          int `json:"holds"`
	Rounding       int `json:"rounding"`
	Contradictions int `json:"contradictions"`
	Incomplete     int `json:"incomplete"`
	Notes          int `json:"notes"`
	NotCheckable   int `json:"not_checkable"`
	Pages          int `json:"pages,omitempty"`          // of a document that has them
	PagesRead      int `json:"pages_read,omitempty"`     // those of which not everything is unread
	PagesPictured  int `json:"pages_pictured,omitempty"` // those of them that are scanned, and were read from the picture
}

// Missed is a part of a file that could not be read.
type Missed struct {
	Line int       `json:"line"` // before which, or in which, it stands
	Page int       `json:"page,omitempty"`
	What lang.Text `json:"what"`
}

// Amount is the number of a figure, without its unit, and its line.
type Amount struct {
	Value string
	Line  int
}

// Plus are the counts of two documents together.
func (s Summary) Plus(o Summary) Summary {
	s.Numbers += o.Numbers
	s.Figures += o.Figures
	s.Covered += o.Covered
	s.Relations += o.Relations
	s.Holds += o.Holds
	s.Rounding += o.Rounding
	s.Contradictions += o.Contradictions
	s.Incomplete += o.Incomplete
	s.Notes += o.Notes
	s.NotCheckable += o.NotCheckable
	return s
}

// Figure is a number of the text with its class. Low and High are the ends of the interval that it stands for, in Unit;
// empty where it is no figure or has no such end.
type Figure struct {
	ID      string `json:"id"`
	Class   string `json:"class"`
	Text    string `json:"text"`
	Value   string `json:"value,omitempty"`
	Unit    string `json:"unit,omitempty"`
	Low     string `json:"low,omitempty"`
	High    string `json:"high,omitempty"`
	Subject string `json:"subject,omitempty"`
	Period  string `json:"period,omitempty"`
	Edition string `json:"edition,omitempty"`
	Line    int    `json:"line"`
	Column  int    `json:"column"`
	Offset  int    `json:"offset"`            // of its first byte in the extracted text
	Page    int    `json:"page,omitempty"`    // of a document that has them
	File    string `json:"file,omitempty"`    // in which it stands, where documents are read together
	Cell    string `json:"cell,omitempty"`    // "T2R3C1": table, row and column, from 1; "附件1!C5" in a workbook
	Picture bool   `json:"picture,omitempty"` // it was read from a picture, so that each character may be another
}

// Relation is what the text claims of figures, with the verdict (勾稽关系).
type Relation struct {
	ID       string   `json:"id"`
	Key      string   `json:"key,omitempty"` // of a finding: the same in the next version of the report, whatever its figures are by then
	Rule     string   `json:"rule"`
	Verdict  Verdict  `json:"verdict"`
	How      How      `json:"how,omitempty"`
	Line     int      `json:"line"`
	Page     int      `json:"page,omitempty"`
	Cell     string   `json:"cell,omitempty"` // of the first figure, as there
	Quote    string   `json:"quote"`
	Figures  []string `json:"figures"` // the stated one first
	Formula  string   `json:"formula,omitempty"`
	Stated   string   `json:"stated,omitempty"`
	Expected *Bounds  `json:"expected,omitempty"` // in Unit
	Unit     string   `json:"unit,omitempty"`
	Mend     *Mend    `json:"mend,omitempty"` // the most likely
	// OtherMends are further single figures that would settle it, likeliest first.
	OtherMends []Mend    `json:"other_mends,omitempty"`
	Notes      []Note    `json:"notes,omitempty"`
	Message    lang.Text `json:"message"`
}

// Bounds are the least and the greatest value that the operands allow.
type Bounds struct {
	Low  string `json:"low"`
	High string `json:"high"`
}

// Mend is a change of one figure that would settle a contradiction, and which others it would settle as well. It is a
// place to look first, not a claim of what is true.
type Mend struct {
	Figure    string   `json:"figure"`
	Value     string   `json:"value"` // in the figure's own unit
	AlsoMends []string `json:"also_mends"`
	// ConfirmedBy are relations that hold with the figure as it stands, five at most: reasons not to suspect it.
	ConfirmedBy []string `json:"confirmed_by,omitempty"`
}

// Note is a remark on a relation; its code is stable.
type Note struct {
	Code string `json:"code"`
	lang.Text
}

// OtherReading is the code of a note that gives readings under which a finding is no error.
const OtherReading = "other_reading"

// NotCheckable is a claim that the text alone cannot settle, and why.
type NotCheckable struct {
	Line  int       `json:"line"`
	Page  int       `json:"page,omitempty"`
	Quote string    `json:"quote"`
	Why   lang.Text `json:"why"`
}

// Contradictions counts those of all files, of the same report once; a checker's exit status depends on it.
func (r Report) Contradictions() int {
	n := 0
	for i := range r.Files {
		n += r.Files[i].Contradictions()
	}
	return n
}

// Contradictions counts those of a file; of a report that was counted before, none.
func (f *File) Contradictions() int {
	if f.SameAs != "" {
		return 0
	}
	return f.Summary.Contradictions
}

// count counts a relation.
func (s *Summary) count(v Verdict) {
	s.Relations++
	switch v {
	case Holds:
		s.Holds++
	case Rounding:
		s.Rounding++
	case Contradiction:
		s.Contradictions++
	case Incomplete:
		s.Incomplete++
	case Noted:
		s.Notes++
	}
}

// add counts and lists a relation that names no figures.
func (f *File) add(r Relation) {
	f.Summary.count(r.Verdict)
	r.ID = "r" + strconv.Itoa(f.Summary.Relations)
	if r.Figures == nil {
		r.Figures = []string{}
	}
	f.list(r)
}

// list lists a relation, its words as they are printed.
func (f *File) list(r Relation) {
	r.Message = nested(r.Message)
	for i := range r.Notes {
		r.Notes[i].Text = nested(r.Notes[i].Text)
	}
	f.Relations = append(f.Relations, r)
}

// Note adds a remark that comes from outside of the document. It names no figures.
func (f *File) Note(rule string, line int, message lang.Text) {
	r := Relation{Rule: rule, Verdict: Noted, Line: line, Message: message}
	r.Key = keyOf(&r, 0)
	f.add(r)
}
