package app

import (
	"context"

	"anlan/account/indicator"
	"anlan/account/report"
	"anlan/account/source"
	"anlan/ground/period"
	"anlan/ground/place"
)

// reportSources are what a report is made of, as of the position of a view.
type reportSources struct {
	Figures
	app *App
}

// Provenance is where a figure comes from, and in which edition.
func (reportSources) Provenance(r indicator.Result) (source, edition string) { return r.Provenance() }

// Withheld is why a figure is not published.
func (s reportSources) Withheld(_ context.Context, q indicator.Question) (string, error) {
	sources, err := s.Sources()
	if err != nil {
		return "", err
	}
	w, ok := Withheld(sources, q)
	if !ok {
		return "", nil
	}
	return w.Ground + "（" + w.By + "）", nil
}

// Claim is the newest citation of a code that makes a claim.
func (s reportSources) Claim(_ context.Context, code string) (report.Claim, bool, error) {
	c, ok, err := source.ClaimOf(s.View, code)
	if err != nil || !ok {
		return report.Claim{}, false, err
	}
	return report.Claim{Text: c.Claim, Source: c.Words(), Quote: c.Quote}, true, nil
}

// Rests lists the lines of the final accounts that records and reconciliations do not explain.
func (s reportSources) Rests(ctx context.Context, p period.Period, u place.Unit) ([]report.Rest, error) {
	sources, err := s.Sources()
	if err != nil {
		return nil, err
	}
	rests, err := sources.Rests(ctx, s.View.Tx(), u, int64(p.Last().Year()))
	if err != nil {
		return nil, err
	}
	var out []report.Rest
	for _, r := range rests {
		if r.Unexplained.Sign() != 0 {
			out = append(out, report.Rest{Line: r.Label.Zh, Yuan: r.Unexplained})
		}
	}
	return out, nil
}
