package evidence

import (
	"context"
	"io"
	"slices"

	"anlan/account/indicator"
	"anlan/account/report"
	"anlan/account/report/document"
	"anlan/app"
	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/store/journal"
)

// asking are figures of a report that are of one period and unit.
type asking struct {
	period  period.Period
	unit    place.Unit
	codes   []string
	names   []string
	results []indicator.Result // none where the reader may not ask
}

// Publication writes a published report with what stands behind its figures, as of the position of the report. What the reader may not ask is
// left out and said. Faults: app.ErrFileNotKept, those of reading records.
func Publication(ctx context.Context, a *app.App, actor access.Actor, p *report.Publication, l lang.Lang, w io.Writer) error {
	placed, err := a.PublishedFigures(ctx, p)
	if err != nil {
		return err
	}
	c := newCollector(a, l, w)
	if err := a.AddPublished(ctx, p, c.zip, "published/"); err != nil {
		return err
	}
	refused := 0
	err = a.Book.ReadRecorded(ctx, actor, journal.Position(p.Position), book.Reading{Way: "export", Of: p.Title}, func(v *book.View) error {
		figures := app.Figures{View: v}
		asked := askings(placed)
		for i := range asked {
			if err := asked[i].compute(ctx, a, figures); denied(err) {
				refused += len(asked[i].codes)
			} else if err != nil {
				return err
			}
		}
		v.Computed()
		for _, q := range asked {
			for i, r := range q.results {
				if err := c.drill(ctx, v, figures, r, q.names[i]); denied(err) {
					refused++
				} else if err != nil {
					return err
				}
			}
		}
		return c.sheets(v)
	})
	if err != nil {
		return err
	}
	if err := c.papers(ctx); err != nil {
		return err
	}
	about := lang.Of(lang.Zh(p.Title+"\r\n\r\npublished/ 是公开的文件，与公开时逐字节相同，并附今天的证明。"), lang.En(p.Title+"\r\n\r\npublished/ has the files as they were published, byte for byte, with the proof of today."))
	if refused > 0 {
		about.Zh += "\r\n有些数的记录不在取得人的权限内，没有列出。"
		about.En += "\r\nThe records of some figures are not within the rights of whoever asked, and are not listed."
	}
	return c.end(about, lang.Of("  anlan verify published\r\n或者用浏览器打开 published/verify.html。某条记录是否计入某个数：\r\n  anlan verify published --record 记录编码",
		"  anlan verify published\r\nor open published/verify.html in a browser. Whether a record is counted in a figure:\r\n  anlan verify published --record ID"))
}

// askings are the questions that the figures of a report answer; those that are withheld are not asked again.
func askings(placed []document.Placed) (out []asking) {
	for _, f := range placed {
		p, err := period.Parse(f.Period)
		if err != nil || f.Code == "" || f.Withheld != "" {
			continue // it is of no indicator, or not for everybody
		}
		u, err := place.ParseUnit(f.UnitCode)
		if err != nil {
			continue
		}
		i := slices.IndexFunc(out, func(q asking) bool { return q.period == p && q.unit == u })
		if i < 0 {
			i = len(out)
			out = append(out, asking{period: p, unit: u})
		}
		if !slices.Contains(out[i].codes, f.Code) {
			out[i].codes, out[i].names = append(out[i].codes, f.Code), append(out[i].names, f.Name)
		}
	}
	return out
}

// compute computes the figures.
func (q *asking) compute(ctx context.Context, a *app.App, figures app.Figures) (err error) {
	if err := figures.View.Allow(q.unit); err != nil {
		return err
	}
	q.results, err = a.Results(ctx, figures, q.period, q.unit, q.codes...)
	return err
}

// denied says whether the reader may not ask.
func denied(err error) bool {
	kind, known := fault.KindOf(err)
	return known && kind == fault.Denied
}
