package compare

import (
	"encoding/json"
	"io"

	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/ground/place"
)

// Report is the result for one document. Its JSON is a contract: members may be added, their meanings never change.
type Report struct {
	File     string     `json:"file"`
	SHA256   string     `json:"sha256"`
	Title    string     `json:"title"`
	Year     int        `json:"year"`   // that the document says it reports on; 0 where none can be told
	Period   string     `json:"period"` // with which it was compared
	UnitCode place.Unit `json:"unit_code"`
	Own      int        `json:"own,omitempty"`     // how many figures the report itself says what they are of (figures.json)
	NotOwn   *lang.Text `json:"not_own,omitempty"` // why the figures.json beside it was not taken
	Summary  Summary    `json:"summary"`
	Findings []Finding  `json:"findings"`
	Figures  []Figure   `json:"figures"` // in the order of the text
}

// Summary counts the figures by verdict.
type Summary struct {
	Figures     int `json:"figures"`
	Agrees      int `json:"agrees"`
	ByRounding  int `json:"rounding"`
	Differs     int `json:"differs"`
	NotRecorded int `json:"not_recorded"`
	NotAligned  int `json:"not_aligned"`
}

// Finding is a difference of substance, with all figures that it explains, in a sentence that asks.
type Finding struct {
	Indicator string    `json:"indicator"`
	Figures   []string  `json:"figures"` // those that differ, then those that only follow from them
	Line      int       `json:"line"`
	Message   lang.Text `json:"message"`
}

// Figure is a figure of the document beside what the records give for it.
type Figure struct {
	ID        string     `json:"id"` // as "anlan check --figures" names it
	Line      int        `json:"line"`
	Column    int        `json:"column"`
	Quote     string     `json:"quote"`
	Text      string     `json:"text"`
	Unit      string     `json:"unit"`
	Verdict   Verdict    `json:"verdict"`
	Indicator string     `json:"indicator,omitempty"` // its code
	Label     *lang.Text `json:"label,omitempty"`
	Period    string     `json:"period,omitempty"`
	Derived   string     `json:"derived,omitempty"` // how it was computed from other figures, with the indicators' codes
	// DerivedSaid is Derived with the names of the indicators.
	DerivedSaid *lang.Text  `json:"derived_said,omitempty"`
	Recorded    string      `json:"recorded,omitempty"`   // what the records give, in Unit, at two decimals more than printed
	Difference  string      `json:"difference,omitempty"` // printed less recorded
	Why         *lang.Text  `json:"why,omitempty"`        // it was not compared, or how it agrees
	Follows     []string    `json:"follows,omitempty"`    // the figures that differ and from which it only follows
	Explained   string      `json:"explained,omitempty"`  // it is not what its name says, but this of other figures of the text, and agrees as that
	Notes       []lang.Text `json:"notes,omitempty"`
	Command     string      `json:"command,omitempty"` // opens what the records give
}

// OtherYear says whether the document states in its title that it reports on a year outside the period.
func (r *Report) OtherYear() bool {
	p, err := period.Parse(r.Period)
	return err == nil && r.Year != 0 && (r.Year < p.First().Year() || r.Year > p.Last().Year())
}

// WriteJSON writes the report as indented JSON with a line feed at its end.
func (r *Report) WriteJSON(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	return e.Encode(r)
}

func (r *Report) count() {
	s := &r.Summary
	s.Figures = len(r.Figures)
	for i := range r.Figures {
		switch r.Figures[i].Verdict {
		case Agrees:
			s.Agrees++
		case ByRounding:
			s.ByRounding++
		case Differs:
			s.Differs++
		case NotRecorded:
			s.NotRecorded++
		case NotAligned:
			s.NotAligned++
		}
	}
}
