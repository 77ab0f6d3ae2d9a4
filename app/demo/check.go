package demo

import (
	"context"
	"path/filepath"
	"strings"

	"anlan/account/check"
	"anlan/account/check/reading"
	"anlan/account/check/sample"
	"anlan/account/report"
	"anlan/ground/lang"
)

// checkOwn checks the report that was just written, as anybody would.
func (d *demo) checkOwn(context.Context) error {
	d.head(lang.Of("七、核对自己的报告和已公开的报告", "7. Our own report, checked"))
	doc, err := reading.Open(filepath.Join(d.Dir, "report", report.DOCX))
	if err != nil {
		return err
	}
	d.checked(check.Check(doc, check.Options{}))
	return nil
}

// checkPublished checks a published report: the one that was named, or the sample.
func (d *demo) checkPublished(context.Context) error {
	d.say(lang.Of("  %s", "  %s"), check.Visible(d.original.Name))
	d.checked(check.Check(d.original, check.Options{}))
	return nil
}

func (d *demo) publishedReport() (*reading.Document, error) {
	if d.Published != "" {
		return reading.Open(d.Published)
	}
	text := sample.Text()
	return reading.Read(sample.Name, strings.NewReader(text), int64(len(text)))
}

// checked prints what does not fit, what holds only by rounding, and the counts.
func (d *demo) checked(f check.File) {
	for _, verdict := range []check.Verdict{check.Contradiction, check.Incomplete, check.Rounding} {
		for _, r := range f.Relations {
			if r.Verdict == verdict {
				d.say(lang.Of("  %s 第%d行 %s", "  %s line %d %s"), verdict.Mark(), r.Line, check.Visible(r.Message.In(d.Lang)))
			}
		}
	}
	s := f.Summary
	d.say(lang.Of("  共%d个数字，其中数据%d个；勾稽关系%d处：相符%d，舍入所致%d，矛盾%d，不完整%d；%d处无法核对",
		"  %d numbers, %d of them figures; %d relations: %d hold, %d by rounding, %d contradict, %d incomplete; %d not checkable"),
		s.Numbers, s.Figures, s.Relations, s.Holds, s.Rounding, s.Contradictions, s.Incomplete, s.NotCheckable)
}
