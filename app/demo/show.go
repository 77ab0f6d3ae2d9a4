package demo

import (
	"context"
	"path/filepath"

	"anlan/account/indicator"
	"anlan/account/report"
	"anlan/app"
	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/record"
	"anlan/record/book"
	"anlan/store"
	"anlan/store/journal"
)

// year is what the demo reports on.
var year = func() period.Period {
	p, err := period.Parse("2023")
	if err != nil {
		panic(err)
	}
	return p
}()

// shownIndicator is the figure whose way down is shown.
const shownIndicator = "work_safety.deaths_change"

// evaluate computes indicators of the book; none named is all.
func (d *demo) evaluate(ctx context.Context, v *book.View, codes ...string) ([]indicator.Result, error) {
	set, err := d.app.Indicators()
	if err != nil {
		return nil, err
	}
	wanted := set.Indicators()
	if len(codes) > 0 {
		wanted = nil
	}
	for _, c := range codes {
		i, err := set.Indicator(c)
		if err != nil {
			return nil, err
		}
		wanted = append(wanted, i)
	}
	var questions []indicator.Question
	for _, i := range wanted {
		questions = append(questions, indicator.Question{Indicator: i, Period: year, Unit: bureauCode})
	}
	return indicator.Eval(ctx, app.Figures{View: v, Counted: len(codes) > 0}, questions...)
}

func (d *demo) read(ctx context.Context, see func(v *book.View) error) error {
	return d.app.Book.Read(ctx, operator, 0, see)
}

// figures prints the ten figures.
func (d *demo) figures(ctx context.Context) error {
	d.head(lang.Of("二、算出的指标（2023年）", "2. The indicators (2023)"))
	return d.read(ctx, func(v *book.View) error {
		results, err := d.evaluate(ctx, v)
		if err != nil {
			return err
		}
		for _, r := range results {
			d.say(lang.Of("  %-10s %s", "  %-10s %s"), r.Text().In(d.Lang), r.Question().Indicator.Label().In(d.Lang))
		}
		return nil
	})
}

// report writes and publishes the report.
func (d *demo) report(ctx context.Context) error {
	d.head(lang.Of("三、写出的报告", "3. The report"))
	dir := filepath.Join(d.Dir, "report")
	if _, err := d.app.Report(ctx, operator, app.ReportRequest{Period: year, Dir: dir, Synthetic: true}); err != nil {
		return err
	}
	for _, name := range []string{report.DOCX, report.HTML, report.Figures} {
		d.say(lang.Of("  %s", "  %s"), filepath.Join(dir, name))
	}
	return nil
}

// wayDown goes from one printed figure to its arithmetic, its measures, its records, one record's history and proof.
func (d *demo) wayDown(ctx context.Context) error {
	d.head(lang.Of("六、一个数据的来历", "6. The way down from one figure"))
	return d.read(ctx, func(v *book.View) error {
		results, err := d.evaluate(ctx, v, shownIndicator)
		if err != nil {
			return err
		}
		r := results[0]
		d.say(lang.Text{Zh: "%s", En: "%s"}, r.Explain(d.Lang))
		ask := book.Ask{Measure: r.Asks()[0].Measure, Period: r.Asks()[0].Period, Unit: place.Unit(r.Asks()[0].Unit)}
		k, s, err := v.MeasureOf(ask.Measure)
		if err != nil {
			return err
		}
		behind, err := v.Behind(ask)
		if err != nil {
			return err
		}
		items, err := v.Records(ask, 0, shownRecords)
		if err != nil {
			return err
		}
		d.say(lang.Of("  %s（%s）背后有%d条记录，前%d条：", "  behind %s (%s) stand %d records; the first %d:"), s.Label.In(d.Lang), ask.Period, behind, len(items))
		for _, x := range items {
			rec, err := v.Row(k.Code(), x.Record)
			if err != nil {
				return err
			}
			d.say(lang.Of("    计%d  %s  %s", "    counts %d  %s  %s"), x.Count, k.KeyText(rec)[0], k.Head(rec).ID)
		}
		first, err := v.Row(k.Code(), items[0].Record)
		if err != nil {
			return err
		}
		return d.oneRecord(v, k, first)
	})
}

const shownRecords = 3

// oneRecord shows the history of a record and proves its last version.
func (d *demo) oneRecord(v *book.View, k record.Of, r any) error {
	h := k.Head(r)
	versions, err := v.History(k.Code(), h.ID)
	if err != nil {
		return err
	}
	for i, x := range versions {
		d.say(lang.Of("  %s第%d版：%s %s %s，日志位置%d", "  %s, version %d: %s %s %s, position %d"), k.KeyText(r)[0], i+1,
			x.RecordedAt.In(period.Shanghai).Format("2006-01-02 15:04:05"), x.Actor, x.Action, x.Position)
	}
	at := versions[len(versions)-1].Position
	entry, err := journal.EntryAt(v.Tx(), at)
	if err != nil {
		return err
	}
	proof, err := journal.ProveInclusion(v.Tx(), at, v.Head.Size)
	if err != nil {
		return err
	}
	if err := proof.Verify(v.Head.Root, entry.Body); err != nil {
		return err
	}
	d.say(lang.Of("  这一版确在日志之中：由它和%d个哈希重新得出了日志的根", "  this version is in the journal: its root follows from it and %d hashes"), len(proof.Path))
	return nil
}

// proofs verifies the report's folder, then the journal with the tables and the accounts.
func (d *demo) proofs(ctx context.Context) error {
	d.head(lang.Of("七、证明", "7. The proofs"))
	v, err := report.Verify(filepath.Join(d.Dir, "report"), nil)
	if err != nil {
		return err
	}
	for _, f := range v.Findings {
		d.say(lang.Of("  ✗ %s", "  ✗ %s"), f.In(d.Lang))
	}
	if v.Sound() {
		d.say(lang.Of("  ✓ 报告目录：%d个文件与公开时一致，%d个数据与日志位置%d的账册相符（不用数据库）", "  ✓ the report's folder: %d files are what was published, %d figures are those of position %d (no database needed)"), len(v.Files), v.Figures, v.Position)
	}
	key, err := d.app.PublicKey()
	if err != nil {
		return err
	}
	var tree *journal.Verification
	if err := d.app.DB.Read(ctx, func(tx *store.Tx) error { tree, err = journal.VerifyTree(tx, key); return err }); err != nil {
		return err
	}
	tables, err := d.app.Book.Replay(ctx)
	if err != nil {
		return err
	}
	for _, f := range append(tree.Findings, tables.Findings...) {
		d.say(lang.Of("  ✗ %s", "  ✗ %s"), f.In(d.Lang))
	}
	if tree.Sound() && len(tables.Findings) == 0 {
		d.say(lang.Of("  ✓ 日志：%d条记录逐条重算，%d个版本与数据表逐项核对", "  ✓ the journal: %d entries recomputed, %d versions compared with the tables"), tree.Entries, tables.Versions)
	}
	d.say(lang.Of("  根 %s，日志位置%d", "  root %s, position %d"), tree.Root, tree.Head.Size)
	return nil
}

// farewell says where things lie and what to try next.
func (d *demo) farewell(context.Context) error {
	where := "anlan --data " + filepath.Join(d.Dir, "data")
	if d.DB != "" {
		where += " --db " + d.DB
	}
	d.head(lang.Of("接着可以试", "Next"))
	for _, c := range []string{
		where + " indicator " + shownIndicator + " --period 2023 --records",
		where + " list hazard --where 'listed_on >= 2023-12-01' --limit 5",
		where + " journal verify",
		"anlan verify " + filepath.Join(d.Dir, "report"),
	} {
		d.say(lang.Of("  %s", "  %s"), c)
	}
	return nil
}
