package demo

import (
	"context"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"anlan/account/check/reading"
	"anlan/account/report/compare"
	"anlan/app"
	"anlan/app/finding"
	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/ground/reason"
	"anlan/record/book"
)

// doubts shows what does not fit in what came in.
func (d *demo) doubts(ctx context.Context) error {
	d.head(lang.Of("二、不相符的地方", "2. What does not fit"))
	if err := d.listDoubts(ctx); err != nil {
		return err
	}
	_, refused, err := d.hand(ctx, d.year.Refused)
	if err != nil {
		return err
	}
	if refused != nil {
		d.say(lang.Of("  ✗ 整份退回，未写入：%s", "  ✗ refused as a whole, nothing written: %s"), fault.In(refused, d.Lang))
	}
	return nil
}

// alikeShown is how many findings of one sort are shown.
const alikeShown = 3

// listDoubts prints each finding with the way to its record.
func (d *demo) listDoubts(ctx context.Context) error {
	return d.read(ctx, func(v *book.View) error {
		found, err := finding.Search(ctx, d.app, v, year)
		if err != nil {
			return err
		}
		alike := map[string]int{} // findings of a sort, by its code
		for _, f := range found {
			if alike[f.Doubt.Code]++; alike[f.Doubt.Code] > alikeShown {
				continue
			}
			d.say(lang.Of("  ? %s", "  ? %s"), f.Doubt.In(d.Lang))
			if f.Kind != "" {
				d.say(lang.Of("    %s", "    %s"), d.command("history "+f.ID.String()))
			}
		}
		for _, code := range slices.Sorted(maps.Keys(alike)) {
			if n := alike[code] - alikeShown; n > 0 {
				d.say(lang.Of("  … 同类（%s）另有%d处", "  … and %[2]d more of %[1]s"), code, n)
			}
		}
		if len(found) == 0 {
			d.say(lang.Of("  ✓ 没有", "  ✓ nothing"))
		}
		return nil
	})
}

// draft is a paragraph as a section hands it in, typed by hand: its first figure is not that of the returns.
const draft = "全年立案1156起，处罚1801.7万元。\n"

// paragraph compares a section's paragraph with the records before it goes into the report.
func (d *demo) paragraph(ctx context.Context) error {
	path := filepath.Join(d.Dir, "input", "安全生产综合协调科材料（示例）.txt")
	if err := os.WriteFile(path, []byte(draft), 0o644); err != nil {
		return ErrFolder.Because(err, path, reason.Of(err))
	}
	doc, err := reading.Open(path)
	if err != nil {
		return err
	}
	return d.differences(ctx, doc)
}

// differences prints what in a document differs from the records.
func (d *demo) differences(ctx context.Context, doc *reading.Document) error {
	return d.read(ctx, func(v *book.View) error {
		r, err := d.app.Compare(ctx, v, doc, app.Comparison{Period: year, Unit: bureauCode, Open: strings.TrimSpace(d.command("")), Beside: filepath.Dir(doc.Name)})
		if err != nil {
			return err
		}
		only := *r
		only.Figures = slices.DeleteFunc(slices.Clone(r.Figures), func(f compare.Figure) bool { return f.Verdict != compare.Differs })
		return only.WriteText(d.Out, d.Lang)
	})
}

// mend hands in the corrected files, after which nothing is left that does not fit.
func (d *demo) mend(ctx context.Context) error {
	d.head(lang.Of("三、第二批：更正后的表格", "3. The second batch: corrected files"))
	rows, refused, err := d.hand(ctx, d.year.Mended)
	if err == nil {
		err = refused
	}
	if err != nil {
		return err
	}
	d.say(lang.Of("  %d份表格，%d条记录；更正前后各版都在日志里", "  %d files, %d records; the journal keeps what stood before"), len(d.year.Mended), rows)
	if err := d.listDoubts(ctx); err != nil {
		return err
	}
	return d.paragraph(ctx)
}

// compared compares the published report with the records.
func (d *demo) compared(ctx context.Context) error {
	d.head(lang.Of("八、已公开的报告与记录比对：不符之处", "8. The published report beside the records: what differs"))
	return d.differences(ctx, d.original)
}
