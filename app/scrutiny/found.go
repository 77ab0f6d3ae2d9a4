package scrutiny

import (
	"anlan/account/check"
	"anlan/account/report/compare"
	"anlan/ground/lang"
)

// Found is what was found in the reports of one request, bounded for a page; the archive has all of it.
type Found struct {
	Files  []File         `json:"files"`
	Unread []check.Unread `json:"unread,omitempty"`
	All    check.Summary  `json:"all"`
	Tables []string       `json:"tables"` // 审核意见表, by their paths in the archive
	Beside *Beside        `json:"beside,omitempty"`
}

// File is a report, or what the reports say of each other.
type File struct {
	Name         string               `json:"name"`
	SHA256       string               `json:"sha256,omitempty"`
	Title        string               `json:"title,omitempty"`
	Organisation string               `json:"organisation,omitempty"`
	Year         int                  `json:"year,omitempty"`
	Between      []string             `json:"between,omitempty"`
	SameAs       string               `json:"same_as,omitempty"`
	Page         string               `json:"page,omitempty"` // in the archive
	Summary      check.Summary        `json:"summary"`
	Findings     []Finding            `json:"findings,omitempty"`
	More         int                  `json:"more,omitempty"` // findings beyond the bound
	NotCheckable []check.NotCheckable `json:"not_checkable,omitempty"`
	Versus       *Versus              `json:"versus,omitempty"`
}

// Finding is a relation that a reader should look at.
type Finding struct {
	ID      string        `json:"id"` // its place on the page of the report
	Verdict check.Verdict `json:"verdict"`
	Line    int           `json:"line"`
	Quote   string        `json:"quote,omitempty"`
	Message lang.Text     `json:"message"`
	Advice  []lang.Text   `json:"advice,omitempty"`
}

// Beside says with which records reports were compared.
type Beside struct {
	Period   string `json:"period"`
	Unit     string `json:"unit"`
	Position int64  `json:"position"`
}

// Versus is a report beside the records.
type Versus struct {
	Summary   compare.Summary   `json:"summary"`
	OtherYear int               `json:"other_year,omitempty"` // that its title says it reports on
	Findings  []compare.Finding `json:"findings,omitempty"`
	Differs   []compare.Figure  `json:"differs,omitempty"`
	More      int               `json:"more,omitempty"`
	Tables    []string          `json:"tables"` // 比对表, by their paths in the archive
}

// Bounds of what a page lists of a report.
const (
	findingsMax = 200
	notMax      = 100
	differsMax  = 200
)

// fileOf is what a page shows of a report.
func fileOf(f *check.File, page string) File {
	out := File{Name: check.Visible(f.File), SHA256: f.SHA256, Title: check.Visible(f.Title), Organisation: check.Visible(f.Organisation), Year: f.Year, Between: f.Between, SameAs: f.SameAs, Page: page, Summary: f.Summary}
	if f.SameAs != "" {
		return out
	}
	figures := f.ByID()
	for _, v := range []check.Verdict{check.Contradiction, check.Incomplete, check.Noted} {
		for i := range f.Relations {
			r := &f.Relations[i]
			switch {
			case r.Verdict != v:
			case len(out.Findings) >= findingsMax:
				out.More++
			default:
				out.Findings = append(out.Findings, Finding{r.ID, r.Verdict, r.Line, check.Visible(r.Quote), visible(r.Message), visibleAll(r.Remarks(figures))})
			}
		}
	}
	for _, n := range f.NotCheckable[:min(len(f.NotCheckable), notMax)] {
		n.Quote, n.Why = check.Visible(n.Quote), visible(n.Why)
		out.NotCheckable = append(out.NotCheckable, n)
	}
	return out
}

// versusOf is what a page shows of a comparison.
func versusOf(r *compare.Report, tables []string) *Versus {
	out := &Versus{Summary: r.Summary, Findings: r.Findings[:min(len(r.Findings), differsMax)], Tables: tables}
	if r.OtherYear() {
		out.OtherYear = r.Year
	}
	for _, f := range r.Figures {
		switch {
		case f.Verdict != compare.Differs:
		case len(out.Differs) >= differsMax:
			out.More++
		default:
			f.Quote, f.Text = check.Visible(f.Quote), check.Visible(f.Text)
			out.Differs = append(out.Differs, f)
		}
	}
	return out
}

func visible(t lang.Text) lang.Text {
	return lang.Text{Zh: check.Visible(t.Zh), En: check.Visible(t.En)}
}

func visibleAll(all []lang.Text) []lang.Text {
	for i := range all {
		all[i] = visible(all[i])
	}
	return all
}
