package cli

import (
	"cmp"
	"context"
	"os"
	"time"

	"anlan/app"
	"anlan/ground/lang"
	"anlan/ground/period"
)

var reviseVerb = verb{
	name: "revise", args: "--since DIR|N|CHECKPOINT|TIME [--period P] [--template NAME] [-o DIR] [--format json]",
	about: lang.Of("今天重算，哪些已公布的数据会不同，是哪些迟报或更正的记录造成的；-o 写出更正说明的草稿",
		"which published figures would be different today, and which late or corrected records make the difference; -o writes a draft correction notice"),
	example: "anlan revise --since ./report -o ./correction",
	run: func(ctx context.Context, e *env) (int, error) {
		e.formatted()
		since := e.Text("since", "DIR|N|CHECKPOINT|TIME", lang.Of("已公开报告的目录；或日志位置、封存点文件、时间，届时按 --period 和 --template 计算", "the folder of a published report; or a position, checkpoint file or instant, as of which it is computed by --period and --template"))
		span := e.period()
		template := e.Text("template", "NAME", lang.Of("报告模板，同 report；默认是目录里的报告自己说的，没有目录时为"+app.DefaultTemplate, "the template, as of report; by default the one that the report in the folder names, without a folder "+app.DefaultTemplate))
		out := e.Text("o", "DIR", lang.Of("更正说明草稿写入的目录，须为新目录或空目录", "folder for the draft notice, new or empty"))
		if _, err := e.Parse(); err != nil {
			return notDone, err
		}
		if *since == "" {
			return notDone, e.Missing("since")
		}
		a, err := e.open(ctx)
		if err != nil {
			return notDone, err
		}
		defer a.Close()
		q, err := e.revising(ctx, a, *since, *span, *template)
		if err != nil {
			return notDone, err
		}
		q.Template = cmp.Or(*template, q.Template)
		r, err := a.Revise(ctx, e.actor(), q)
		if err != nil {
			return notDone, err
		}
		if *out != "" {
			if err := r.WriteNotice(*out); err != nil {
				return notDone, err
			}
			e.say(lang.Of("更正说明的草稿已写入%s：请核对后按规定程序办理", "a draft of the correction notice is in %s: read it, and proceed as the rules say"), *out)
		}
		return e.revised(r)
	},
}

// revising reads what is to be revised: a published folder, or a report as of a position.
func (e *env) revising(ctx context.Context, a *app.App, since string, span period.Period, template string) (app.Revising, error) {
	if info, err := os.Stat(since); err == nil && info.IsDir() {
		return a.PublishedIn(ctx, e.actor(), since)
	}
	if span == (period.Period{}) {
		return app.Revising{}, e.Missing("period")
	}
	at, err := a.PositionOf(ctx, since)
	if err != nil {
		return app.Revising{}, err
	}
	return a.AsOf(ctx, e.actor(), at, span, template)
}

// revised writes a revision; a figure that would be printed otherwise is a finding.
func (e *env) revised(r *app.Revision) (int, error) {
	status := inOrder
	if len(r.Changed)+len(r.Gone) > 0 {
		status = notInOrder
	}
	if e.format == "json" {
		return status, writeJSON(e.out, r)
	}
	for _, c := range r.Changed {
		e.print(lang.Of("✗ %s（%s）：%s → %s　%s", "✗ %s (%s): %s → %s  %s"), c.Name, c.ID, c.Was, c.Is, c.Why().In(e.lang))
		t := table{out: e.out, indent: "    "}
		for _, x := range c.Causes {
			t.row(x.How.Words().In(e.lang), x.Label.In(e.lang)+" "+x.Key, x.ID.String(), x.Measure, orDash(x.Was)+" → "+orDash(x.Is))
			for _, v := range x.Versions {
				t.row("", v.RecordedAt.Format(time.RFC3339), v.By, string(v.Action), v.Reason)
			}
		}
		t.flush()
	}
	for _, name := range r.Gone {
		e.print(lang.Of("✗ %s：现在的报告不再有这个数据", "✗ %s: the report would not print it any more"), name)
	}
	e.print(lang.Of("%s，数据截至日志位置%d；与日志位置%d相比：%d个数据中%d个会不同，%d个变动小于印出的精度", "%s, as of position %d, beside position %d: of %d figures %d would be different, %d changed by less than is printed"),
		r.Title, r.From, r.To, r.Compared, len(r.Changed), r.Unshown)
	return status, nil
}
