package demo

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"anlan/account/evaluation"
	"anlan/account/evaluation/lint"
	"anlan/account/indicator"
	"anlan/account/report"
	"anlan/account/report/pdf"
	"anlan/app"
	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/ground/reason"
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
	return d.app.Results(ctx, app.Figures{View: v, Counted: len(codes) > 0}, year, bureauCode, codes...)
}

func (d *demo) read(ctx context.Context, see func(v *book.View) error) error {
	return d.app.Book.Read(ctx, operator, 0, see)
}

// shown are the figures of which the demo speaks; the others are computed all the same.
var shown = []string{"expenditure.basic", "expenditure.project", "budget.completion", "public_expense.control", "personnel.posts", "personnel.in_post", "personnel.retired",
	"work_safety.hazards_found", "work_safety.hazards_listed", "work_safety.accidents", "work_safety.deaths", "work_safety.accidents_change", "work_safety.deaths_change",
	"work_safety.cases_filed", "work_safety.fines", "prevention.direct_loss", "opinion.public", "opinion.disaster"}

// figures prints some of the figures.
func (d *demo) figures(ctx context.Context) error {
	d.head(lang.Of("四、算出的指标（2023年）", "4. The indicators (2023)"))
	return d.read(ctx, func(v *book.View) error {
		results, err := d.evaluate(ctx, v)
		if err != nil {
			return err
		}
		for _, r := range results {
			if slices.Contains(shown, r.Question().Indicator.Code()) {
				d.say(lang.Of("  %-10s %s", "  %-10s %s"), r.Text().In(d.Lang), r.Question().Indicator.Label().In(d.Lang))
			}
		}
		d.say(lang.Of("  共%d项指标", "  %d indicators in all"), len(results))
		return nil
	})
}

// score evaluates the department by the example scheme, and reads the targets of its projects.
func (d *demo) score(ctx context.Context) error {
	d.head(lang.Of("五、评分和绩效目标", "5. The score and the targets"))
	return d.read(ctx, func(v *book.View) error {
		run, err := d.app.Evaluate(ctx, v, app.EvaluateRequest{Scheme: "department", Period: year, Unit: bureauCode})
		if err != nil {
			return err
		}
		scored, full, unscored := run.Total()
		d.say(lang.Of("  按示例方案得%s分，满分%s分，%d项未评；公开的报告印的是99分，各指标分值没有公开，不能据此复算",
			"  by the example scheme %s of %s points, %d lines not scored; the published report prints 99, and its points by line are not public"), evaluation.Text(scored), evaluation.Text(full), unscored)
		programmes, err := app.Programmes(v, year)
		if err != nil {
			return err
		}
		found := 0
		for _, v := range lint.CheckAll(programmes) {
			for _, f := range v.Findings {
				if found++; found <= alikeShown {
					d.say(lang.Of("  ? %s：%s", "  ? %s: %s"), v.Programme.Name, f.Words.In(d.Lang))
				}
			}
		}
		d.say(lang.Of("  绩效目标共有%d处说得不清，逐条列出：%s", "  %d findings about targets; this lists them: %s"), found, d.command("indicator lint --period 2023"))
		return nil
	})
}

// earmarkDir is the folder of the second report.
const earmarkDir = "report-earmark"

// report writes and publishes both reports from the one set of data.
func (d *demo) report(ctx context.Context) error {
	d.head(lang.Of("六、写出的报告", "6. The reports"))
	if err := d.write(ctx); err != nil {
		return err
	}
	for _, r := range []struct{ template, dir string }{{"department", "report"}, {"earmark", earmarkDir}} {
		dir := filepath.Join(d.Dir, r.dir)
		published, err := d.app.Report(ctx, operator, app.ReportRequest{Period: year, Dir: dir, Template: r.template})
		if err != nil {
			return err
		}
		d.say(lang.Of("  %s：%d个数据", "  %s: %d figures"), dir, len(published.Document.Figures()))
		if d.published == 0 {
			d.published = published.Built.Subject.Basis.Position
		}
	}
	return d.pdf(ctx)
}

// pdf makes a PDF of the first report where LibreOffice is installed. It stands beside the published folder: a PDF holds its
// hour, and two runs of the demo publish the same bytes.
func (d *demo) pdf(ctx context.Context) error {
	word, err := os.ReadFile(filepath.Join(d.Dir, "report", report.DOCX))
	if err != nil {
		return err
	}
	made, err := pdf.From(ctx, word)
	if errors.Is(err, pdf.ErrNotInstalled) {
		d.say(lang.Of("  没有PDF：%s", "  no PDF: %s"), fault.In(err, d.Lang))
		return nil
	}
	if err != nil {
		return err
	}
	path := filepath.Join(d.Dir, report.PDF)
	if err := os.WriteFile(path, made, 0o644); err != nil {
		return ErrFolder.Because(err, path, reason.Of(err))
	}
	d.say(lang.Of("  %s：LibreOffice由Word文件转成", "  %s: made of the Word file by LibreOffice"), path)
	return nil
}

// late imports what came after the report went out, and shows which published figures would be different today.
func (d *demo) late(ctx context.Context) error {
	d.head(lang.Of("九、公开之后的补报", "9. What came after publication"))
	if _, refused, err := d.hand(ctx, d.year.LateNews); err != nil || refused != nil {
		return errors.Join(err, refused)
	}
	then, err := d.printed(ctx, journal.Position(d.published))
	if err != nil {
		return err
	}
	now, err := d.printed(ctx, 0)
	if err != nil {
		return err
	}
	for _, code := range slices.Sorted(maps.Keys(now)) {
		if was, is := then[code], now[code]; was.text != is.text {
			d.say(lang.Of("  %s：公开时%s，现在%s", "  %s: %s when published, %s now"), is.label, was.text, is.text)
		}
	}
	d.say(lang.Of("  公开时的数：%s", "  as published: %s"), d.command(fmt.Sprintf("indicator work_safety.deaths --period 2023 --as-of %d", d.published)))
	return nil
}

// printedFigure is a figure as it is printed, under its name.
type printedFigure struct{ label, text string }

// printed are the figures as of a position by the codes of their indicators.
func (d *demo) printed(ctx context.Context, asOf journal.Position) (map[string]printedFigure, error) {
	out := map[string]printedFigure{}
	return out, d.app.Book.Read(ctx, operator, asOf, func(v *book.View) error {
		results, err := d.evaluate(ctx, v)
		for _, r := range results {
			i := r.Question().Indicator
			out[i.Code()] = printedFigure{i.Label().In(d.Lang), r.Text().In(d.Lang)}
		}
		return err
	})
}

// wayDown goes from one printed figure to its arithmetic, its measures, its records, one record's history and proof.
func (d *demo) wayDown(ctx context.Context) error {
	d.head(lang.Of("十、一个数据的来历", "10. The way down from one figure"))
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
			x.RecordedAt.In(period.Shanghai).Format("2006-01-02 15:04:05"), x.Actor, record.ActionLabel(k, x.Action).In(d.Lang), x.Position)
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
	d.head(lang.Of("十一、证明", "11. The proofs"))
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

// command is a command line about the demo's book, to be pasted as it stands.
func (d *demo) command(line string) string {
	return app.Command(DataDir(d.Dir), d.DB) + " " + line
}

// farewell says where things lie and what to try next.
func (d *demo) farewell(context.Context) error {
	d.head(lang.Of("接着可以试（没有安装时，以 go run ./cmd/anlan 代替 anlan）", "Next (where anlan is not installed: go run ./cmd/anlan)"))
	for _, c := range []string{
		d.command("indicator " + shownIndicator + " --period 2023 --records"),
		d.command("list hazard --where 'listed_on >= 2023-12-01' --limit 5"),
		d.command("findings --period 2023"),
		d.command("evaluate --scheme department --period 2023 --explain"),
		d.command("indicator lint --period 2023"),
		d.command("journal verify"),
		"anlan verify " + app.ShellWord(filepath.Join(d.Dir, "report")),
	} {
		d.say(lang.Of("  %s", "  %s"), c)
	}
	return nil
}
