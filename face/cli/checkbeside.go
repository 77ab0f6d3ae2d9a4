package cli

import (
	"context"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"anlan/account/check"
	"anlan/account/check/folder"
	"anlan/account/check/reading"
	"anlan/account/check/reading/office"
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

// facts is a table of facts. Of a department only those count that are about it or about all offices, and that its reports can speak of.
type facts struct {
	path string
	all  []fact
	of   map[string][]int // by office, of which a line says it; empty of all; in the order of the table
}

// fact is a line of the table.
type fact struct {
	row                       int
	item, when, value, source string
}

// factsMax bounds the facts in which the reports of one department are looked up: of more not all would be remembered.
const factsMax = 4_000

// ErrTooManyFacts: more facts about one department than its reports are looked up in. Arguments: the table, the department, how many, the bound.
var ErrTooManyFacts = fault.Define("cli.too_many_facts", fault.TooLarge,
	"参照表“%s”中与“%s”的报告有关的有%d行，超过%d行，没有与它对照；请填上“单位”一栏，或只留要核对的项目和年份",
	"of the table %q %[3]d lines have to do with the reports of %[2]q, more than %[4]d, so that they were not looked up in it; fill in the column 单位, or keep only the items and years that matter")

var (
	namesYear = regexp.MustCompile(`^[0-9]{4}年?`)
	isYear    = regexp.MustCompile(`^[0-9]{4}$`)
	anyYear   = regexp.MustCompile(`(?:19|20)[0-9]{2}`)
)

// readFacts reads a table of facts; all that is wrong with it is told at once.
func readFacts(path string) (*facts, error) {
	t := &facts{path: path, of: map[string][]int{}}
	var faults fault.List
	err := eachRow(path, factHeadings, func(text func(int) string, where func(int) fault.Where) {
		item, when, value, office := text(0), text(1), text(2)+text(3), text(4)
		if item == "" && when == "" && value == "" {
			return
		}
		if !namesYear.MatchString(when) {
			faults = append(faults, faultAt(ErrFactPeriod.With(when), where(1)))
		}
		if f, err := figure.Parse(value); err != nil || f.Unit() == figure.One {
			faults = append(faults, faultAt(ErrFactValue.With(value), where(2)))
		}
		t.of[office] = append(t.of[office], len(t.all))
		t.all = append(t.all, fact{where(0).Row, item, when, value, text(5)})
	})
	if err != nil {
		return nil, err
	}
	return t, faults.Err()
}

func faultAt(f *fault.Fault, w fault.Where) *fault.Fault {
	f.Where = w
	return f
}

// earlier makes what folder.Options.Earlier asks for; nil where nothing was named. What it gives it enters in met.
func (b besides) earlier(ctx context.Context, e *env, met *meetings) (func(folder.Asking) ([]*reading.Document, error), error) {
	if b.previous == "" && b.facts == "" {
		return nil, nil
	}
	var table *facts
	if b.facts != "" {
		var err error
		if table, err = readFacts(b.facts); err != nil {
			return nil, err
		}
	}
	var before []folder.Department
	if b.previous != "" {
		var unread fault.List
		if before, unread = folder.Find([]string{b.previous}, office.Readable); len(unread) > 0 {
			return nil, unread
		}
	}
	return func(q folder.Asking) (docs []*reading.Document, err error) {
		for _, d := range before {
			if !ofDepartment(before, d, q.Department) {
				continue
			}
			for _, f := range d.Files {
				doc, err := e.document(ctx, f.Path)
				if err != nil {
					return nil, err
				}
				met.gives(doc.Name, b.previous)
				docs = append(docs, doc)
			}
		}
		if table != nil {
			doc, err := table.about(q)
			if err != nil {
				return nil, err
			}
			met.gives(doc.Name, b.facts)
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
	given, faults := folder.Find([]string{b.targets}, office.Readable)
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

// about are the facts that the reports of a department can speak of, as a text whose lines are the rows of the table.
func (t *facts) about(q folder.Asking) (*reading.Document, error) {
	var of []int
	for office, lines := range t.of {
		if office == "" || slices.ContainsFunc(q.Organisations, func(o string) bool { return strings.Contains(o, office) || strings.Contains(office, o) }) {
			of = append(of, lines...)
		}
	}
	slices.Sort(of)
	said := speechOf(q.Documents)
	for _, runes := range []int{endShort, endLong} {
		if runes == endShort || len(of) > factsMax {
			of = slices.DeleteFunc(of, func(i int) bool { return !said.speaksOf(&t.all[i], runes) })
		}
	}
	if len(of) > factsMax {
		return nil, ErrTooManyFacts.With(t.path, q.Department, len(of), factsMax)
	}
	var b strings.Builder
	line := 1
	for _, i := range of {
		f := &t.all[i]
		for ; line < f.row; line++ {
			b.WriteByte('\n')
		}
		b.WriteString(f.sentence())
	}
	doc, err := reading.Read(factsName, strings.NewReader(b.String()), int64(b.Len()))
	if err == nil {
		doc.Name = t.path
	}
	return doc, err
}

// sentence is the fact as a report would say it.
func (f *fact) sentence() string {
	when, source := f.when, f.source
	if isYear.MatchString(when) {
		when += "年"
	}
	if source != "" {
		source = "（" + source + "）"
	}
	return when + f.item + f.value + "。" + source
}

// speech is what reports may speak of: their text without blanks, the endings of items that were looked for in it, and the years that they
// name, each with the one before it (上年); nil where they name none.
type speech struct {
	texts   []string
	endings map[string]bool
	years   map[string]bool
}

func speechOf(docs []*reading.Document) *speech {
	s := &speech{endings: map[string]bool{}}
	for _, d := range docs {
		s.texts = append(s.texts, strings.Join(strings.Fields(d.Text), ""))
		for _, y := range anyYear.FindAllString(d.Text, -1) {
			if s.years == nil {
				s.years = map[string]bool{}
			}
			if !s.years[y] {
				year, _ := strconv.Atoi(y)
				s.years[y], s.years[strconv.Itoa(year-1)] = true, true
			}
		}
	}
	return s
}

// Names are compared by their ends. A report may put words into the middle of a name (基本预算支出), so that the short end is looked for first.
const (
	endShort = 2
	endLong  = 4
)

// speaksOf says whether a report has the end of the name of a fact's item, so many characters of it, and its year.
func (s *speech) speaksOf(f *fact, runes int) bool {
	if s.years != nil && !s.years[f.when[:len("2023")]] {
		return false
	}
	item, _, _ := strings.Cut(f.item, "（")
	item = check.Subject(item)
	for _, name := range check.BasisNames(item) { // the report prints the rate and not what it divides by
		if s.says(name) {
			return true
		}
	}
	from := len(item)
	for range runes {
		_, size := utf8.DecodeLastRuneInString(item[:from])
		from -= size
	}
	return s.says(item[from:])
}

// says says whether a report has some words.
func (s *speech) says(words string) bool {
	known, ok := s.endings[words]
	if !ok {
		known = slices.ContainsFunc(s.texts, func(text string) bool { return strings.Contains(text, words) })
		s.endings[words] = known
	}
	return known
}
