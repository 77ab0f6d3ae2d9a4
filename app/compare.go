package app

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"anlan/account/check/reading"
	"anlan/account/indicator"
	"anlan/account/report"
	"anlan/account/report/compare"
	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/record/book"
)

// Comparison is what a published report is compared with.
type Comparison struct {
	Period period.Period // that the report is about
	Unit   place.Unit    // whose report it is, with all units below it
	Open   string        // begins the commands of the result: anlan --data DIR
	AsOf   string        // the position that they name; empty: none
	Beside string        // the folder in which the report lies, with a figures.json perhaps; empty: nothing is beside it
}

// Compare sets each figure of a published report beside what the records of a view give for a unit, with all below it.
func (a *App) Compare(ctx context.Context, v *book.View, doc *reading.Document, with Comparison) (*compare.Report, error) {
	if err := Begun(v, with.Period); err != nil {
		return nil, err
	}
	set, err := a.Indicators(v)
	if err != nil {
		return nil, err
	}
	catalogue, err := a.Catalogue(v)
	if err != nil {
		return nil, err
	}
	own, err := a.published(ctx, v, doc.SHA256)
	if err != nil {
		return nil, err
	}
	var why lang.Text
	if own == nil && with.Beside != "" {
		if own, why, err = ownFigures(ctx, v.Head.Book.String(), with.Beside, filepath.Base(doc.Name)); err != nil {
			return nil, err
		}
	}
	return compare.Compare(ctx, doc, compare.Terms{
		Set: set, Catalogue: catalogue, Records: comparedRecords{Figures{View: v}}, Period: with.Period, Unit: with.Unit, Bureau: place.Unit(v.Head.Place), Open: with.Open, AsOf: with.AsOf, Own: own, NotOwn: why})
}

// ownFigures are what figures.json beside a document says of its figures, in the order of the text: of a report that this program
// published from this book and that is what was published. why says what keeps a figures.json that is there from being taken.
func ownFigures(ctx context.Context, book, dir, name string) (own []compare.Own, why lang.Text, err error) {
	stem := strings.TrimSuffix(name, filepath.Ext(name))
	if stem+".docx" != name && stem+".html" != name {
		return nil, why, nil // only these are read line by line as they were written
	}
	content, err := os.ReadFile(filepath.Join(dir, report.Figures))
	if err != nil {
		return nil, why, nil // nothing is beside it
	}
	verified, err := report.Verify(ctx, filepath.Clean(dir), nil)
	if err != nil {
		return nil, why, err
	}
	if !verified.Sound() {
		f := verified.Findings[0]
		return nil, sayAll(lang.Of("旁边的figures.json没有采用：{why}", "the figures.json beside it was not taken: {why}"), map[string]lang.Text{"why": {Zh: f.In(lang.Chinese), En: f.In(lang.English)}}), nil
	}
	var file report.FiguresFile
	if err := json.Unmarshal(content, &file); err != nil {
		return nil, why, err
	}
	if file.Book != book || !slices.Contains(verified.Files, name) {
		return nil, lang.Of("旁边的figures.json没有采用：它不是这个账册公开的这份报告的", "the figures.json beside it was not taken: it is not of this report as this book published it"), nil
	}
	return ownOf(file, stem), why, nil
}

// published are the figures of a document that this book has published, byte for byte, as the book keeps them; nil for any other, and
// where it keeps the files no longer.
func (a *App) published(ctx context.Context, v *book.View, sum string) (own []compare.Own, err error) {
	var of *report.Publication
	var name string
	err = v.Each(book.Query{Kind: report.Kind.Code()}, func(r any) error {
		for _, f := range r.(*report.Publication).Files {
			if f.SHA256 == sum && (strings.HasSuffix(f.Name, ".docx") || strings.HasSuffix(f.Name, ".html")) {
				of, name = r.(*report.Publication), f.Name
			}
		}
		return nil
	})
	if err != nil || of == nil {
		return nil, err
	}
	content, err := a.PublishedFile(ctx, of, report.Figures)
	if kind, known := fault.KindOf(err); known && kind == fault.NotFound {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var file report.FiguresFile
	if err := errors.Join(json.NewDecoder(content).Decode(&file), content.Close()); err != nil {
		return nil, err
	}
	return ownOf(file, strings.TrimSuffix(name, filepath.Ext(name))), nil
}

// ownOf are the figures of one document of a report, which is named without its ending.
func ownOf(file report.FiguresFile, stem string) (own []compare.Own) {
	if stem+".docx" == report.DOCX {
		stem = ""
	}
	for _, f := range file.Figures {
		p, err := period.Parse(f.Period)
		if f.File != stem || f.Code == "" || err != nil {
			continue // what is of no period is of no indicator
		}
		own = append(own, compare.Own{Line: f.Paragraph, Text: f.Text, Name: f.Name, Indicator: f.Code, Period: p, Turned: strings.HasPrefix(f.Value, "-") && !strings.HasPrefix(f.Text, "−")})
	}
	return own
}

// comparedRecords are the figures of a view with what must be known of the records behind them.
type comparedRecords struct{ Figures }

// Stated says of each figure whether a record, a return or a document states it.
func (r comparedRecords) Stated(ctx context.Context, asks []indicator.Ask) ([]bool, error) {
	counted := r.Figures
	counted.Counted = true
	quantities, err := counted.Values(ctx, asks)
	if err != nil {
		return nil, err
	}
	out := make([]bool, len(asks))
	for i, q := range quantities {
		out[i] = q.Records() > 0 || len(q.Origin().Sources) > 0
	}
	return out, nil
}

// unverified is what is said of a figure behind which a value stands that nobody has compared with its document.
var unverified = lang.Of("未核实", "unverified")

// Marks says of each figure whether a record behind it is marked as not verified.
func (r comparedRecords) Marks(_ context.Context, asks []indicator.Ask) ([]lang.Text, error) {
	out := make([]lang.Text, len(asks))
	for i, ask := range asks {
		is, err := r.unverified(ask)
		if err != nil {
			return nil, err
		}
		if is {
			out[i] = unverified
		}
	}
	return out, nil
}
