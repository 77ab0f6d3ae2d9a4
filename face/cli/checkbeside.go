package cli

import (
	"context"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"anlan/account/check"
	"anlan/account/check/folder"
	"anlan/account/check/reading"
	"anlan/ground/fault"
	"anlan/ground/figure"
	"anlan/record/sheet"
)

// besides is what reports are held against that is not among them.
type besides struct {
	previous string // last year's report, or a folder with those of each department
	facts    string // a table of facts
	targets  string // the approved performance targets, or a folder with those of each department
}

// Faults of a table of facts.
var (
	ErrFactPeriod = fault.Define("cli.fact_period", fault.Invalid,
		"期间“%s”看不出是哪一年；请写作2023、2023年末或2023年1-6月", "the period %q names no year; write 2023, 2023年末 or 2023年1-6月")
	ErrFactValue = fault.Define("cli.fact_value", fault.Invalid,
		"“%s”不是带计量单位的数；数值请写作4841.78，计量单位写作亿元", "%q is no number with a unit; write 4841.78 as the value and 亿元 as the unit")
)

// ErrNoTargets: --targets names a file without a form of targets. Argument: the file.
var ErrNoTargets = fault.Define("cli.no_targets", fault.Invalid,
	"“%s”中没有读出绩效目标表；表头要有“三级指标”，并有“年度指标值”“分值”中的一列或两列",
	"%q holds no form of performance targets; its headings must have 三级指标 and 年度指标值, 分值 or both")

// factHeadings of a table of facts.
var factHeadings = []sheet.Heading{
	{Names: []string{"项目", "item"}, Required: true}, {Names: []string{"期间", "period"}, Required: true}, {Names: []string{"数值", "value"}, Required: true},
	{Names: []string{"计量单位", "unit"}}, {Names: []string{"单位", "organisation"}}, {Names: []string{"来源", "source"}},
}

// factsName has the ending of what a table of facts is made into.
const factsName = "facts.txt"

// fact is a line of the table: what it says, and of which office it says it; empty of all.
type fact struct {
	row                    int
	organisation, sentence string
}

var (
	namesYear = regexp.MustCompile(`^[0-9]{4}年?`)
	isYear    = regexp.MustCompile(`^[0-9]{4}$`)
)

// readFacts reads a table of facts; all that is wrong with it is told at once.
func readFacts(path string) ([]fact, error) {
	var facts []fact
	var faults fault.List
	err := eachRow(path, factHeadings, func(text func(int) string, where func(int) fault.Where) {
		item, when, value := text(0), text(1), text(2)+text(3)
		if item == "" && when == "" && value == "" {
			return
		}
		if !namesYear.MatchString(when) {
			faults = append(faults, faultAt(ErrFactPeriod.With(when), where(1)))
		}
		if f, err := figure.Parse(value); err != nil || f.Unit() == figure.One {
			faults = append(faults, faultAt(ErrFactValue.With(value), where(2)))
		}
		if isYear.MatchString(when) {
			when += "年"
		}
		source := text(5)
		if source != "" {
			source = "（" + source + "）"
		}
		facts = append(facts, fact{where(0).Row, text(4), when + item + value + "。" + source})
	})
	if err != nil {
		return nil, err
	}
	return facts, faults.Err()
}

func faultAt(f *fault.Fault, w fault.Where) *fault.Fault {
	f.Where = w
	return f
}

// earlier makes what folder.Options.Earlier asks for; nil where nothing was named.
func (b besides) earlier(ctx context.Context, e *env) (func(string, []string) ([]*reading.Document, error), error) {
	if b.previous == "" && b.facts == "" {
		return nil, nil
	}
	var facts []fact
	if b.facts != "" {
		var err error
		if facts, err = readFacts(b.facts); err != nil {
			return nil, err
		}
	}
	var before []folder.Department
	if b.previous != "" {
		var unread fault.List
		if before, unread = folder.Find([]string{b.previous}, readable); len(unread) > 0 {
			return nil, unread
		}
	}
	return func(department string, organisations []string) (docs []*reading.Document, err error) {
		for _, d := range before {
			if !ofDepartment(before, d, department) {
				continue
			}
			for _, f := range d.Files {
				doc, err := e.document(ctx, f.Path)
				if err != nil {
					return nil, err
				}
				docs = append(docs, doc)
			}
		}
		if len(facts) > 0 {
			doc, err := factsOf(b.facts, facts, organisations)
			if err != nil {
				return nil, err
			}
			docs = append(docs, doc)
		}
		return docs, nil
	}, nil
}

// ofDepartment says whether one of the folders that were given beside the reports is that of a department: by its name, where there are several.
func ofDepartment(all []folder.Department, d folder.Department, department string) bool {
	return len(all) == 1 || filepath.Base(d.Name) == filepath.Base(department)
}

// approved makes what folder.Options.Approved asks for; nil where nothing was named. Every file is read once, before the reports.
func (b besides) approved(ctx context.Context, e *env) (func(string) *check.Targets, error) {
	if b.targets == "" {
		return nil, nil
	}
	given, faults := folder.Find([]string{b.targets}, readable)
	read := make([]*check.Targets, len(given))
	for i, d := range given {
		var docs []*reading.Document
		for _, f := range d.Files {
			doc, err := e.document(ctx, f.Path)
			if err == nil && check.TargetsIn(doc).Count() == 0 {
				err = ErrNoTargets.With(f.Path)
			}
			if err != nil {
				if internal := faults.Add(err); internal != nil {
					return nil, internal
				}
				continue
			}
			docs = append(docs, doc)
		}
		read[i] = check.TargetsIn(docs...)
	}
	if len(faults) == 0 && len(given) == 0 {
		faults = append(faults, ErrNoTargets.With(b.targets))
	}
	if len(faults) > 0 {
		return nil, faults
	}
	return func(department string) *check.Targets {
		for i, d := range given {
			if ofDepartment(given, d, department) {
				return read[i]
			}
		}
		return nil
	}, nil
}

// factsOf are the facts about some offices as a text whose lines are the rows of the table.
func factsOf(path string, facts []fact, organisations []string) (*reading.Document, error) {
	var b strings.Builder
	line := 1
	for _, f := range facts {
		if f.organisation != "" && !slices.ContainsFunc(organisations, func(o string) bool { return strings.Contains(o, f.organisation) || strings.Contains(f.organisation, o) }) {
			continue
		}
		for ; line < f.row; line++ {
			b.WriteByte('\n')
		}
		b.WriteString(f.sentence)
	}
	doc, err := reading.Read(factsName, strings.NewReader(b.String()), int64(b.Len()))
	if err == nil {
		doc.Name = path
	}
	return doc, err
}
