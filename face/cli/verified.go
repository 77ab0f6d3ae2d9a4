package cli

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"anlan/account/report"
	"anlan/app"
	"anlan/ground/lang"
	"anlan/store/journal/witness"
)

// verdict is a folder that was verified, with what the command knows beside it.
type verdict struct {
	*report.Verified
	trusted   bool                    // by --key or --policy: otherwise the folder vouches for itself
	foreign   []app.ForeignDefinition // definitions that this program does not have
	witnesses *witness.Judgement
	ahead     bool // the publication is dated in the future
}

func (e *env) printVerified(v verdict) (int, error) {
	status := inOrder
	if !v.Sound() {
		status = notInOrder
	}
	if e.format == "json" {
		return status, writeJSON(e.out, struct {
			Sound   bool `json:"sound"`
			Trusted bool `json:"key_given"`
			*report.Verified
			Ahead       bool                    `json:"recorded_in_the_future,omitempty"`
			Foreign     []app.ForeignDefinition `json:"definitions_of_another_program,omitempty"`
			Witnesses   *witness.Judgement      `json:"witnesses,omitempty"` // by --policy
			Findings    []finding               `json:"findings"`
			Conclusions []app.Conclusion        `json:"conclusions,omitempty"`
		}{v.Sound(), v.trusted, v.Verified, v.ahead, v.foreign, v.witnesses, findings(v.Findings), app.Conclude(v.Findings)})
	}
	for _, f := range v.Findings {
		e.print(lang.Of("✗ %s", "✗ %s"), f.In(e.lang))
	}
	if !v.Sound() {
		e.printConclusions(v.Findings)
		e.print(lang.Of("✗ 这份报告没有通过核验：%d处不符", "✗ this report does not verify: %d findings"), len(v.Findings))
		return status, nil
	}
	e.print(lang.Of("✓ %s", "✓ %s"), strings.ReplaceAll(v.Title, "\n", ""))
	e.print(lang.Of("✓ %d个文件与公开时一致，%d个数据", "✓ %d files are what was published, %d figures"), len(v.Files), v.Figures)
	if v.Sets > 0 {
		e.print(lang.Of("✓ %d个记录集逐条重数，共%d条记录；%d个数据由此按定义重新算出，与印出的一致", "✓ %d sets recounted, %d records; %d figures follow from them by their definitions, as printed"), v.Sets, v.Counted, v.Recomputed)
	} else if v.Recomputed > 0 {
		e.print(lang.Of("✓ %d个数据由各记录集的合计按定义重新算出，与印出的一致", "✓ %d figures follow from the totals of their sets by their definitions, as printed"), v.Recomputed)
	}
	if v.Rescored > 0 {
		e.print(lang.Of("✓ %d个分值和得分按随报告公开的评分方案重新给出，与印出的一致", "✓ %d points and scores are those of the scheme published with the report, as printed"), v.Rescored)
	}
	if v.Recount > 0 {
		e.print(lang.Of("✓ 与账册核对：%d个记录集由账册重新数出，一条不多，一条不少", "✓ against the book: %d sets counted again from the book, not a record more or less"), v.Recount)
	}
	others := v.Others
	if v.Recount > 0 {
		byBook := func(o report.NotRecomputed) bool { return o.Why == report.WhyJudged || o.Why == report.WhyReported }
		if v.Rescored > 0 || slices.ContainsFunc(others, byBook) {
			e.print(lang.Of("✓ 与账册核对：评价方案、各项得分和填报的完成值与账册相同", "✓ against the book: the schemes, the scores and what was reported are those of the book"))
		}
		others = slices.DeleteFunc(slices.Clone(others), byBook)
	}
	e.print(lang.Of("✓ 数据截至日志位置%d，已并入封存点%d（%s），其间没有改动或删除", "✓ as of position %d, included in the checkpoint of size %d (%s): nothing was changed or removed between"), v.Position, v.Checkpoint, v.Origin)
	if v.witnesses != nil {
		e.printWitnesses(v.witnesses)
	}
	e.printNotRecomputed(others)
	e.printDefinitions(v)
	e.printAbsent(v)
	e.print(lang.Of("? 未证明：%s", "? not proved: %s"), strings.Join(unproved(v, e.lang), lang.Of("；", "; ").In(e.lang)))
	return status, nil
}

// printDefinitions tells what the figures go by that the folder alone does not bear out.
func (e *env) printDefinitions(v verdict) {
	and := lang.Of("、", ", ").In(e.lang)
	var others []string
	for _, d := range v.foreign {
		if d.Program == "" {
			others = append(others, d.Code)
			continue
		}
		e.print(lang.Of("? %s的定义不是本程序自带的：目录里是“%s”，自带的是“%s”", "? the definition of %s is not this program's: in the folder it is %q, the program's is %q"), d.Code, inLine(d.Says), inLine(d.Program))
	}
	if n := len(others); n > 0 {
		e.print(lang.Of("? %d个定义本程序没有（%s）：数据按目录里的定义重算", "? %d definitions are unknown to this program (%s): the figures follow from them as they stand in the folder"), n, e.few(others))
	}
	if len(v.foreign) > 0 && v.Recount > 0 {
		e.print(lang.Of("✓ 这些定义就是账册里登记的", "✓ the book has these definitions"))
	} else if len(v.foreign) > 0 {
		e.print(lang.Of("? 这些定义是不是账册里登记的，凭目录不能证明，请加 --recount 与账册核对", "? that the book has these definitions the folder does not show; --recount does, where the book is"))
	}
	if n := len(v.Earlier); n > 0 {
		e.print(lang.Of("? %d个统计项按较早的定义计数（%s）", "? %d measures are counted by an earlier definition (%s)"), n, e.few(v.Earlier))
	}
	if n := len(v.Renamed); n > 0 {
		var names []string
		for _, x := range v.Renamed {
			names = append(names, fmt.Sprintf(lang.Of("“%s”是%s", "%q is %s").In(e.lang), x.Name, x.Indicator))
		}
		e.print(lang.Of("? %d个数据印出的名称不是指标的名称：%s", "? %d figures are printed under another name than their indicator's: %s"), n, strings.Join(names, and))
	}
	if n := len(v.Reshaped); n > 0 {
		e.print(lang.Of("? %d个数据的计量单位、小数位数或用词由报告模板另定，与定义不同，数值相符（%s）", "? %d figures are printed in a unit, with decimals or in words that the template chose and not the definition; their values agree (%s)"), n, e.few(v.Reshaped))
	}
	if n := len(v.Unsaid); n > 0 {
		e.print(lang.Of("? %d个记录集由几个来源合成，没有列明未计入多少：%s", "? %d sets are of several sources and do not say how much they leave out: %s"), n, e.few(v.Unsaid))
	}
	if n := len(v.Stated); n > 0 {
		e.print(lang.Of("? %d个记录集只有合计，没有各行：数据按写明的合计算出（%s）", "? %d sets have a total and no lines: the figures follow from what is stated of them (%s)"), n, e.few(v.Stated))
	}
	if v.OtherStyle {
		e.print(lang.Of("? %s的样式不是本程序这一版的：样式可以藏起文字、显示别的文字，请以Word文件为准", "? %s has another style than this version of the program gives it: a style can hide text and show other, so go by the Word file"), report.HTML)
	}
	if slices.Contains(v.Files, report.PDF) {
		e.print(lang.Of("? %s只证明没有改动，没有与数据逐个核对", "? %s is only shown to be unaltered; its figures were not compared"), report.PDF)
	}
}

// inLine is a text of several lines as one.
func inLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// fewMax bounds a list in a sentence; --format json has all of it.
const fewMax = 6

func (e *env) few(all []string) string { return few(all, e.lang) }

func few(all []string, l lang.Lang) string {
	and := lang.Of("、", ", ").In(l)
	if len(all) <= fewMax {
		return strings.Join(all, and)
	}
	return strings.Join(all[:fewMax], and) + lang.Of("等", " …").In(l)
}

func (e *env) printAbsent(v verdict) {
	for _, name := range v.Absent {
		if name == report.LinesName {
			e.print(lang.Of("? 目录里没有%s：各记录集没有逐条重数，数据按其合计算出", "? %s is not in the folder: the sets were not recounted, the figures follow from their totals"), name)
			continue
		}
		e.print(lang.Of("? 目录里没有%s：它由Word文件转成，可以没有", "? %s is not in the folder: it is made of the Word file and may be left out"), name)
	}
	if v.ahead {
		e.print(lang.Of("? 公开记录写的时间（%s）晚于现在：请核对这台机器和单位的时钟", "? the publication is dated %s, which is in the future: see whose clock is wrong"), v.RecordedAt.Format(time.RFC3339))
	}
	for _, at := range v.Lost {
		e.print(lang.Of("? 日志位置%d：签名密钥声明遗失，换用了新密钥，没有旧密钥的签名；请向单位核实", "? position %d: the signing key was declared lost and a new one took its place without its signature; ask the bureau"), at)
	}
	if !v.trusted {
		e.print(lang.Of("? 公钥取自目录本身，只说明各文件相互一致；请用 --key 指定从单位取得的公钥", "? the public key is the folder's own, which shows only that all of it fits together; give the bureau's key by --key"))
	}
}

// unproved is what a folder that is sound does not show.
func unproved(v verdict, l lang.Lang) (out []string) {
	if v.Recount == 0 {
		out = append(out, lang.Of("记录集里的各行是不是账册里的全部记录（有账册时加 --recount 核对）", "that the lines of the sets are the records of the book, all of them (--recount, where the book is)").In(l))
	}
	return append(out, lang.Of("数据前后的文字说的是不是这个数据", "that the words around a figure speak of it").In(l), lang.Of("记录在录入时是否属实", "that a record was true when it was entered").In(l))
}

// printNotRecomputed says how many figures nothing in the folder computes, and why; --format json has the id of each.
func (e *env) printNotRecomputed(others []report.NotRecomputed) {
	n := 0
	var why []string
	for _, o := range others {
		n += len(o.IDs)
		one := fmt.Sprintf(lang.Of("%s%d个", "%s: %d").In(e.lang), o.Why.Label().In(e.lang), len(o.IDs))
		if o.Why != report.WhyJudged && o.Why != report.WhyNoSets {
			one += fmt.Sprintf(lang.Of("（%s）", " (%s)").In(e.lang), e.few(o.Names))
		}
		why = append(why, one)
	}
	if n > 0 {
		e.print(lang.Of("? 另有%d个数据没有重算：%s", "? %d other figures were not computed again: %s"), n, strings.Join(why, lang.Of("；", "; ").In(e.lang)))
	}
}
