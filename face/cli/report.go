package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"anlan/account/indicator"
	"anlan/account/report"
	"anlan/app"
	doubts "anlan/app/finding"
	"anlan/ground/clock"
	"anlan/ground/fault"
	"anlan/ground/ident"
	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/record"
	"anlan/record/book"
	"anlan/store/journal"
	"anlan/store/journal/witness"
)

var reportVerb = verb{
	name: "report", args: "--period P [--template NAME] [--as-of N] [--draft] [--policy FILE] -o DIR",
	about:   lang.Of("写出报告及附件（Word、网页、电子表格、figures.json，装有LibreOffice时还有PDF），公开并附上证明", "write the report and its attachments (Word, web page, workbooks, figures.json, and PDF where LibreOffice is installed), publish it and put the proof beside it"),
	example: "anlan report --period 2023 -o ./report",
	run: func(ctx context.Context, e *env) (int, error) {
		asOf, span := e.asOf(), e.period()
		out := e.Text("o", "DIR", lang.Of("输出目录，须为新目录或空目录", "folder to write, new or empty"))
		template := e.Text("template", "NAME", lang.Of("报告模板：department（部门整体支出绩效自评报告）、earmark（专项资金绩效自评报告）、spine（节选），或单位自己的 .report 文件；默认"+app.DefaultTemplate, "the template: department (the whole department's self-evaluation), earmark (that of the provincial earmark), spine (one page), or a .report file of the office; by default "+app.DefaultTemplate))
		draft := e.Toggle("draft", lang.Of("写出草稿，不公开：每页注明草稿，不附证明", "write a draft and publish nothing: every page says so, and no proof is put beside it"))
		policy := e.policy()
		if _, err := e.Parse(); err != nil {
			return notDone, err
		}
		var lacking []string
		if *span == (period.Period{}) {
			lacking = append(lacking, "period")
		}
		if *out == "" {
			lacking = append(lacking, "o")
		}
		if len(lacking) > 0 {
			return notDone, e.Missing(lacking...)
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
		published, err := a.Report(ctx, e.actor(), app.ReportRequest{Period: *span, AsOf: at, Dir: *out, Template: *template, PDF: true, Draft: *draft})
		if err != nil {
			return notDone, err
		}
		for _, f := range published.Document.Figures() {
			switch {
			case f.Value == "":
				e.say(lang.Of("请核实：“%s”没有数值，印为“%s”", "please make sure: %q has no value and is printed as %q"), f.Name, f.Text)
			case f.Records == 0 && strings.Contains(f.Source, indicator.OnlyRecords):
				e.say(lang.Of("请核实：“%s”印为%s，这一期没有任何相关记录", "please make sure: %q is printed as %s and no record of the period stands behind it"), f.Name, f.Text)
			}
		}
		open, lacks := 0, []lacked(nil)
		err = a.Book.Read(ctx, e.actor(), at, func(v *book.View) error {
			found, err := doubts.Search(ctx, a, v, *span)
			open = len(found)
			lacks = lackedOf(v, published.Results)
			return errors.Join(err, e.sayReplaced(v, published.Results))
		})
		if err != nil {
			return notDone, err
		}
		if open > 0 {
			e.say(lang.Of("请注意：账册里还有%d处不相符没有处理，anlan findings --period %s 逐条列出", "note: %d findings in the book are still open; anlan findings --period %s lists them"), open, *span)
		}
		for _, x := range published.Omitted {
			var lacks []string
			for _, l := range x.Lacks {
				lacks = append(lacks, l.In(e.lang))
			}
			e.say(lang.Of("%s第%d行的一句没有印出，因为没有登记：%s", "the sentence in line %[2]d of %[1]s is left out, because nobody recorded: %[3]s"), x.At.File, x.At.Line, strings.Join(lacks, lang.Of("、", ", ").In(e.lang)))
		}
		for _, u := range published.Unscored {
			e.say(lang.Of("“%s”没有得分：%s", "%q has no score: %s"), u.Line, u.Why)
		}
		for _, g := range published.Gaps {
			e.say(lang.Of("公开前要补：%s", "to be mended before it can be published: %s"), g.In(e.lang))
		}
		if *draft {
			e.sayLacked(lacks, len(published.Unscored) > 0)
		}
		if published.NoPDF != nil {
			e.say(lang.Of("%s", "%s"), fault.In(published.NoPDF, e.lang))
		}
		e.sayIssue(published, *out, *draft)
		if *policy != nil && !*draft {
			return e.journalCosign(ctx, a, nil, journalOptions{policy: *policy, report: *out})
		}
		return inOrder, nil
	},
}

// lacked is a kind of which the figures of a report need records, with the names of those figures.
type lacked struct {
	kind    record.Of
	figures []lang.Text
}

// lackedOf are the kinds behind the figures that have no value, in the order of the report.
func lackedOf(v *book.View, results []indicator.Result) (out []lacked) {
	for _, r := range results {
		if r.Value().State() == indicator.Computed {
			continue
		}
		label := r.Question().Indicator.Label()
		for _, k := range app.Bearers(v, r) {
			i := slices.IndexFunc(out, func(l lacked) bool { return l.kind.Code() == k.Code() })
			if i < 0 {
				i, out = len(out), append(out, lacked{kind: k})
			}
			if label.Whole() && !slices.Contains(out[i].figures, label) {
				out[i].figures = append(out[i].figures, label)
			}
		}
	}
	return out
}

// figuresTold bounds the figures that are named beside a kind.
const figuresTold = 4

// sayLacked says of the figures without a value which records bring them, and how to get a sheet for these.
func (e *env) sayLacked(lacks []lacked, unscored bool) {
	if len(lacks) > 0 {
		e.say(lang.Of("没有数值的数据出自下列记录，填好后用 anlan import 种类 文件 导入：", "the figures without a value come from these records; import them by anlan import KIND FILE:"))
	}
	for _, l := range lacks {
		var names []string
		for _, f := range l.figures[:min(len(l.figures), figuresTold)] {
			names = append(names, f.In(e.lang))
		}
		named := strings.Join(names, lang.Of("、", ", ").In(e.lang))
		if n := len(l.figures); n > figuresTold {
			named += fmt.Sprintf(lang.Of("等%d项", " and others, %d in all").In(e.lang), n)
		}
		e.say(lang.Of("  %s（%s）：%s；空表：anlan template %s -o %s.xlsx", "  %s (%s): %s; an empty sheet: anlan template %s -o %s.xlsx"), l.kind.Label().In(e.lang), l.kind.Code(), named, l.kind.Code(), l.kind.Code())
	}
	if unscored {
		e.say(lang.Of("由人认定的指标没有得分的，导入评分认定（judgement）；空表：anlan template judgement -o judgement.xlsx", "for lines without a score that people judge import judgements (judgement); an empty sheet: anlan template judgement -o judgement.xlsx"))
	}
}

// sayIssue says where the report is and what became of it.
func (e *env) sayIssue(p *app.Published, dir string, draft bool) {
	asOf := p.Document.Basis.Position
	switch {
	case draft:
		e.say(lang.Of("草稿已写入%s，数据截至日志位置%d；没有公开", "the draft is in %s, as of position %d; nothing was published"), dir, asOf)
	case p.Again:
		e.say(lang.Of("这份报告已在日志位置%d公开；各文件已重新写入%s，与公开时逐字节相同（PDF除外，不再写出）", "this report was published at position %d; its files are in %s again, the same to the byte (but for the PDF, which is not written again)"), p.Position, dir)
	default:
		e.say(lang.Of("报告已写入%s，数据截至日志位置%d，公开记录在日志位置%d", "the report is in %s, as of position %d; its publication is at position %d"), dir, asOf, p.Position)
	}
	if p.Issue.Replaces > 0 {
		e.say(lang.Of("它替代日志位置%d公开的同一报告", "it replaces the same report published at position %d"), p.Issue.Replaces)
	}
}

var verifyVerb = verb{
	name: "verify", args: "DIR|PROOF [--key FILE] [--policy FILE] [--record ID [--figure NAME] [-o FILE]] [--recount] [--format json]",
	about:   lang.Of("核验已公开的报告，或journal prove、verify --record写出的证明，不需要数据库", "verify a published report, or a proof that journal prove or verify --record wrote; needs no database"),
	example: "anlan verify ./report --key key.pub",
	run: func(ctx context.Context, e *env) (int, error) {
		e.formatted()
		record := e.Text("record", "ID", lang.Of("某条记录在各数据的记录集里的位置：计入多少，或证明没有计入", "where a record stands in the sets behind the figures: what it adds, or the proof that it is not counted"))
		ofFigure := e.Text("figure", "NAME", lang.Of("只看这一个数据（figures.json中的id）", "of this figure only (its id in figures.json)"))
		out := e.Text("o", "FILE", lang.Of("把 --record 的证明写入文件，别人用 anlan verify FILE 核验", "write the proof of --record to a file, which others check by anlan verify FILE"))
		recount := e.Toggle("recount", lang.Of("再与账册核对：由账册重新数一遍各记录集", "hold it against the book too: count every set again from the book"))
		keyFile := e.Text("key", "FILE", lang.Of("信任的公钥文件；默认用目录里的 key.pub", "the public key to trust; by default the folder's own key.pub"))
		policy := e.policy()
		args, err := e.Parse("DIR|PROOF")
		if err != nil {
			return notDone, err
		}
		var key *journal.PublicKey
		if *keyFile != "" {
			text, err := note(*keyFile)
			if err != nil {
				return notDone, err
			}
			k, err := journal.ParsePublicKey(text)
			if err != nil {
				return notDone, fault.At(err, fault.Where{File: *keyFile})
			}
			key = &k
		}
		if proof, err := isFile(args[0]); err != nil {
			return notDone, err
		} else if proof {
			return e.verifyProof(ctx, args[0], key, *policy)
		}
		if key == nil && *policy != nil { // a folder without a checkpoint is for Verify to judge
			key, _ = report.KeyOf(args[0], *policy)
		}
		v, err := report.Verify(ctx, args[0], key)
		if err != nil {
			return notDone, err
		}
		witnesses, err := witnessed(v, args[0], *policy)
		if err != nil {
			return notDone, err
		}
		foreign, found, err := app.Foreign(v)
		if err != nil {
			return notDone, err
		}
		v.Findings = append(v.Findings, found...)
		if *recount {
			if err := e.recount(ctx, args[0], v); err != nil {
				return notDone, err
			}
		}
		if err := ctx.Err(); err != nil { // what was found until then is no result
			return notDone, err
		}
		if *record == "" || !v.Sound() { // a proof cut from a folder that does not hold proves nothing
			return e.printVerified(verdict{v, key != nil, foreign, witnesses, v.Ahead(clock.System{}.Now())})
		}
		id, err := ident.Parse(*record)
		if err != nil {
			return notDone, err
		}
		return e.proveRecord(ctx, args[0], id, *ofFigure, *out)
	},
}

// witnessed holds the checkpoint of a folder against a policy; what is wrong with that becomes a finding of the folder. nil when
// there is no policy, or no checkpoint that could be read.
func witnessed(v *report.Verified, dir string, policy *witness.Policy) (*witness.Judgement, error) {
	if policy == nil {
		return nil, nil
	}
	j, err := report.Witnessed(dir, policy)
	if err != nil {
		var l fault.List
		return nil, l.Add(err) // a fault stands among the findings of Verify already
	}
	v.Findings = append(v.Findings, j.Findings...)
	return &j, nil
}
