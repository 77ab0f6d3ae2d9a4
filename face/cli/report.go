package cli

import (
	"context"
	"os"
	"path/filepath"

	"anlan/account/report"
	"anlan/app"
	"anlan/ground/lang"
	"anlan/store/journal"
)

var reportVerb = verb{
	name: "report", args: "--period P [--as-of N] -o DIR",
	about:   lang.Of("写出报告（Word、网页、figures.json），公开并附上证明", "write the report (Word, web page, figures.json), publish it and put the proof beside it"),
	example: "anlan report --period 2023 -o ./report",
	run: func(ctx context.Context, e *env) (int, error) {
		asOf, span := e.asOf(), e.period()
		out := e.flags.String("o", "", "输出目录 folder to write")
		if _, err := e.parse(0, 0); err != nil {
			return notDone, err
		}
		p, err := e.parsePeriod(*span)
		if err != nil {
			return notDone, err
		}
		if *out == "" {
			return notDone, e.usage()
		}
		a, err := e.open(ctx)
		if err != nil {
			return notDone, err
		}
		defer a.Close()
		at, err := a.PositionOf(ctx, *asOf)
		if err != nil {
			return notDone, err
		}
		published, err := a.Report(ctx, e.actor(), app.ReportRequest{Period: p, AsOf: at, Dir: *out})
		if err != nil {
			return notDone, err
		}
		e.say(lang.Of("报告已写入%s，数据截至日志位置%d", "the report is in %s, as of position %d"), *out, published.Document.Basis.Position)
		return inOrder, nil
	},
}

var verifyVerb = verb{
	name: "verify", args: "DIR [--key FILE]",
	about:   lang.Of("核验已公开的报告，不需要数据库", "verify a published report; needs no database"),
	example: "anlan verify ./report --key key.pub",
	run: func(_ context.Context, e *env) (int, error) {
		e.formatted()
		keyFile := e.flags.String("key", "", "信任的公钥文件 public key to trust; 默认用目录里的 key.pub")
		args, err := e.parse(1, 1)
		if err != nil {
			return notDone, err
		}
		var key *journal.PublicKey
		if *keyFile != "" {
			text, err := os.ReadFile(filepath.Clean(*keyFile))
			if err != nil {
				return notDone, report.ErrFileMissing.Because(err, *keyFile)
			}
			k, err := journal.ParsePublicKey(string(text))
			if err != nil {
				return notDone, err
			}
			key = &k
		}
		v, err := report.Verify(args[0], key)
		if err != nil {
			return notDone, err
		}
		return e.printVerified(v, key != nil)
	},
}

func (e *env) printVerified(v *report.Verified, trusted bool) (int, error) {
	status := inOrder
	if !v.Sound() {
		status = notInOrder
	}
	if e.format == "json" {
		findings := []lang.Text{}
		for _, f := range v.Findings {
			findings = append(findings, lang.Text{Zh: f.In(lang.Chinese), En: f.In(lang.English)})
		}
		return status, writeJSON(e.out, map[string]any{"sound": v.Sound(), "report": v, "findings": findings})
	}
	for _, f := range v.Findings {
		e.print(lang.Of("✗ %s", "✗ %s"), f.In(e.lang))
	}
	if !v.Sound() {
		return status, nil
	}
	e.print(lang.Of("✓ %s", "✓ %s"), v.Title)
	e.print(lang.Of("✓ %d个文件与公开时一致，%d个数据", "✓ %d files are what was published, %d figures"), len(v.Files), v.Figures)
	e.print(lang.Of("✓ 数据截至日志位置%d，已并入封存点%d（%s），其间没有改动或删除", "✓ as of position %d, included in the checkpoint of size %d (%s): nothing was changed or removed between"), v.Position, v.Checkpoint, v.Origin)
	if !trusted {
		e.print(lang.Of("? 公钥取自目录本身，只说明各文件相互一致；请用 --key 指定从单位取得的公钥", "? the public key is the folder's own, which shows only that all of it fits together; give the bureau's key by --key"))
	}
	e.print(lang.Of("? 未证明：记录在录入时是否属实", "? not proved: that a record was true when it was entered"))
	return status, nil
}
