package report

import (
	"encoding/json"
	"errors"
	"io/fs"
	"math/big"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"anlan/account/check"
	"anlan/account/indicator"
	"anlan/account/report/document"
	"anlan/ground/fault"
	"anlan/ground/figure"
	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/record/census"
)

// What the sets of a folder are found to be.
var (
	ErrSetsBasis = fault.Define("verify.sets_basis", fault.Broken,
		"sets.json写的日志位置和根（%d，%s）与公开记录（%d，%s）不符", "sets.json names position %d and root %s; the publication says %d and %s")
	ErrSetDiffers = fault.Define("verify.set_differs", fault.Broken,
		"记录集“%s”（%s，%s）不是公开时的：%s", "the set %q (%s, %s) is not what was published: %s")
	ErrSetLines = fault.Define("verify.set_lines", fault.Broken,
		"sets.jsonl的行数与sets.json所列记录集不符", "sets.jsonl does not have as many lines as the sets in sets.json")
	ErrMoreThanThereAre = fault.Define("verify.more_than_there_are", fault.Broken,
		"记录集“%s”（%s，%s）有%d条记录，而全部有效记录只有%d条", "the set %q (%s, %s) counts %d records where only %d stand in all")
	ErrSetTold = fault.Define("verify.set_told", fault.Broken,
		"记录集“%s”（%s，%s）没有以应有的方式写明数值：各行、合计、无数的原因、不公开的原因须一致", "the set %q (%s, %s) does not say in one way what its number is: lines, total, why there is none, and why it is closed must go together")
	ErrLeftOutDiffers = fault.Define("verify.left_out_differs", fault.Broken,
		"记录集“%s”（%s，%s）计入%d条、未计入%d条（其中已撤回%d条），与这类记录共%d条、已撤回%d条不符",
		"the set %q (%s, %s) counts %d records and leaves %d out, %d of them withdrawn; there are %d of the kind, %d of them withdrawn")
	ErrNotOfSet = fault.Define("verify.not_of_set", fault.Broken,
		"记录集“%s”（%s，%s）里有一行不属于它：%s", "in the set %q (%s, %s) a line does not belong to it: %s")
	ErrDefinitionDiffers = fault.Define("verify.definition_differs", fault.Broken,
		"定义%s的内容与其SHA-256不符", "the text of definition %s does not have that SHA-256")
	ErrNotComputed = fault.Define("verify.not_computed", fault.Broken,
		"“%s”（%s）的算式无法重算", "the arithmetic of %q (%s) cannot be done")
	ErrOtherResult = fault.Define("verify.other_result", fault.Broken,
		"由记录集按算式得“%s”为%s，印出的是“%s”（%s）", "from the sets %q comes to %s; what is printed is %q (%s)")
	ErrNoSuchComputed = fault.Define("verify.no_such_computed", fault.Broken,
		"sets.json中的“%s”不是figures.json的数据", "%q in sets.json is no figure of figures.json")
)

// NotRecomputed are figures that were not computed again, and why.
type NotRecomputed struct {
	Why   Why      `json:"why"`
	IDs   []string `json:"ids"`
	Names []string `json:"-"` // of them, for people
}

// Why is why a figure was not computed again from the sets of a folder.
type Why string

// The reasons, in the order in which they are told.
const (
	WhyJudged   Why = "judged"   // a score that people give, or by a value that is not published
	WhyReported Why = "reported" // what a line of an evaluation reached, as a project reports it or its scheme computes it
	WhyListed   Why = "listed"   // how many names a list has
	WhyNoNumber Why = "none"     // none recorded, not computable
	WhyWithheld Why = "withheld" // not published
	WhyClosed   Why = "closed"   // the records behind it are not published
	WhyNoSets   Why = "no_sets"  // those of no figure are
	WhyDiffers  Why = "differs"  // it was, and came out otherwise: a finding says so
)

var whys = []struct {
	why   Why
	label lang.Text
}{
	{WhyJudged, lang.Of("认定的得分（anlan evaluate 重新给出）", "scores that people gave (anlan evaluate gives them again)")},
	{WhyReported, lang.Of("填报的或评价方案另行算出的数（anlan evaluate 重新给出）", "what projects report or a scheme computes by itself (anlan evaluate gives it again)")},
	{WhyListed, lang.Of("名单的个数（anlan list 列出）", "lengths of lists (anlan list shows them)")},
	{WhyNoNumber, lang.Of("没有数值的（无记录、无法计算）", "without a number (none recorded, not computable)")},
	{WhyWithheld, lang.Of("不予公开的", "withheld")},
	{WhyClosed, lang.Of("背后的记录没有随报告公开的", "whose records are not published with the report")},
	{WhyNoSets, lang.Of("这份报告没有附记录集", "of a report that brings no sets of records")},
	{WhyDiffers, lang.Of("重算不符的", "that came out otherwise")},
}

// Label says it for people.
func (w Why) Label() lang.Text {
	for _, x := range whys {
		if x.why == w {
			return x.label
		}
	}
	return lang.Text{}
}

// outcome is what became of a figure that sets.json says how to compute.
type outcome int

const (
	computedAgain outcome = iota + 1
	computedOtherwise
)

// rest groups the figures that were not computed again by why.
func (v *Verified) rest(printed FiguresFile, done map[string]outcome) {
	sets := slices.Contains(v.Files, SetsName)
	for _, x := range whys {
		n := NotRecomputed{Why: x.why}
		for _, f := range printed.Figures {
			if done[f.ID] != computedAgain && whyNot(f, done[f.ID], sets) == x.why {
				n.IDs, n.Names = append(n.IDs, f.ID), append(n.Names, f.Name)
			}
		}
		if len(n.IDs) > 0 {
			v.Others = append(v.Others, n)
		}
	}
}

func whyNot(f document.Placed, o outcome, sets bool) Why {
	switch {
	case f.Withheld != "":
		return WhyWithheld
	case f.Value == "":
		return WhyNoNumber
	case o == computedOtherwise:
		return WhyDiffers
	case f.Source == evaluationSource && f.Code != "":
		return WhyJudged
	case f.Source == evaluationSource:
		return WhyReported
	case f.Code == "":
		return WhyListed
	case !sets:
		return WhyNoSets
	}
	return WhyClosed
}

// recount does the counting and the arithmetic of the report again from sets.json and sets.jsonl, and says what became of each figure.
func (v *Verified) recount(dir string, e published, printed FiguresFile) map[string]outcome {
	if !slices.ContainsFunc(e.Content.File, func(f publishedFile) bool { return f.Name == SetsName }) {
		v.unbacked(printed, nil, nil) // nothing was published of sets
		return nil
	}
	var f SetsFile
	if !v.readOwn(dir, SetsName, &f) {
		return nil
	}
	if f.Position != e.Content.Position || f.Root != e.Content.Root {
		v.find("", ErrSetsBasis.With(f.Position, f.Root, e.Content.Position, e.Content.Root))
	}
	v.ofBook(SetsName, f.Book, f.Epoch)
	for _, d := range f.Definitions {
		if !d.named() {
			v.find(SetsName, ErrDefinitionDiffers.With(d.SHA256))
		}
	}
	v.leftOut(&f)
	if _, err := os.Lstat(filepath.Join(dir, LinesName)); !errors.Is(err, fs.ErrNotExist) { // where it is not, Absent says so
		v.sets(dir, &f)
	}
	v.told(&f)
	v.uncomputed(&f, printed)
	done := v.computed(&f, printed, v.derive(&f))
	computed, indicators := map[string]bool{}, map[string]bool{}
	for _, x := range f.Figures {
		computed[x.ID] = true
	}
	for _, d := range v.Definitions {
		indicators[d.Code] = !d.Measure
	}
	v.unbacked(printed, computed, indicators)
	return done
}

// told sees that each set says in one way what its number is, and that lines are kept back as too many only where they are. What is given
// without its lines is told.
func (v *Verified) told(f *SetsFile) {
	listed := int64(0)
	for i, s := range f.Sets {
		ok := s.Label != "" && s.Stated == ""
		switch s.Closed {
		case "":
			if ok = ok && (s.Set == nil) == (s.State != "") && (s.State == "" || slices.Contains(lackStates, s.State)); ok && s.Set != nil {
				listed += s.Size
				ok = s.Size >= 0 && listed <= linesMax
			}
		case ClosedLarge:
			ok = ok && s.State == "" && s.Set != nil && s.Size <= sizeMax && listed+s.Size > linesMax
		case ClosedUnlisted:
			ok = s.Label != "" && s.State == "" && s.Set == nil && s.Left == nil && s.Stated != ""
		case ClosedWithheld, ClosedSensitive:
			ok = ok && s.State == "" && s.Set == nil && s.Left == nil
		default:
			ok = false
		}
		if !ok {
			v.find(SetsName, ErrSetTold.With(s.Label, s.Measure, s.Period))
		} else if s.Closed == ClosedLarge || s.Closed == ClosedUnlisted {
			v.Stated = append(v.Stated, f.name(i))
		}
	}
}

// sizeMax bounds the size that a set may be said to have.
const sizeMax = 1 << 40

// leftOut sees that what a set counts and what it leaves out are all records of its kind.
func (v *Verified) leftOut(f *SetsFile) {
	kinds := map[string]KindCount{}
	for _, k := range f.Kinds {
		kinds[k.Kind] = k
	}
	for _, s := range f.Sets {
		if s.Set == nil || s.Left == nil {
			continue
		}
		k := kinds[s.Kind]
		if s.Size+s.Left.Sum() != k.Records || s.Left.Withdrawn != k.Withdrawn || min(s.Left.Withdrawn, s.Left.Other, s.Left.Elsewhere, s.Left.Nothing) < 0 {
			v.find(SetsName, ErrLeftOutDiffers.With(s.Label, s.Measure, s.Period, s.Size, s.Left.Sum(), s.Left.Withdrawn, k.Records, k.Withdrawn))
		}
	}
}

// sets recounts each set of which the lines are there.
func (v *Verified) sets(dir string, f *SetsFile) {
	content, err := readFile(dir, LinesName)
	if v.find(LinesName, err) {
		return
	}
	listed, whole := f.linesOf(content)
	if !whole {
		v.find(LinesName, ErrSetLines.With())
	}
	for i, s := range f.Sets {
		lines, ok := listed[i]
		if !ok {
			continue
		}
		if err := s.Recount(lines); err != nil {
			v.find(LinesName, ErrSetDiffers.Because(err, s.Label, s.Measure, s.Period, said(err)))
			continue
		}
		v.standings(f, s, lines)
		v.members(f, s, lines)
		v.Sets++
		v.Counted += len(lines)
	}
}

// standings sees that no set counts more records of a kind than stand.
func (v *Verified) standings(f *SetsFile, s CountedSet, lines [][]byte) {
	counted := map[string]int64{}
	for _, line := range lines {
		if m, err := census.ParseLeaf(line); err == nil { // Recount has said what is none
			counted[m.Kind]++
		}
	}
	for _, k := range f.Kinds {
		if stand := k.Records - k.Withdrawn; counted[k.Kind] > stand {
			v.find(SetsName, ErrMoreThanThereAre.With(s.Label, s.Measure, s.Period, counted[k.Kind], stand))
		}
	}
}

// members sees that the lines of a set are of records that stood at the position of the report, of the kind that is counted where what
// is left out is of one kind, and on days of the period; and that each is one where the definition counts records.
func (v *Verified) members(f *SetsFile, s CountedSet, lines [][]byte) {
	p, err := period.Parse(s.Period)
	if err != nil || p.IsZero() {
		v.find("", ErrNotAsDefined.Because(err, s.Label, whatPeriod, "—", s.Period))
		return
	}
	each := s.Left != nil && f.countsEach(s.Definition)
	for _, line := range lines {
		m, err := census.ParseLeaf(line)
		if err != nil {
			continue // Recount has said it
		}
		if m.Position > f.Position || m.Position < 1 || m.Version < 1 || s.Left != nil && m.Kind != s.Kind ||
			each && m.Amount.Cmp(big.NewRat(1, 1)) != 0 || !m.First.IsZero() && (m.First.Before(p.First()) || p.Last().Before(m.Last)) {
			v.find(LinesName, ErrNotOfSet.With(s.Label, s.Measure, s.Period, string(line)))
			return
		}
	}
}

// countsEach says whether a definition counts records, and adds up neither values of theirs nor of their rows.
func (f *SetsFile) countsEach(hash string) bool {
	i := slices.IndexFunc(f.Definitions, func(d Definition) bool { return d.SHA256 == hash })
	if i < 0 {
		return false
	}
	text := f.Definitions[i].Text
	return strings.HasPrefix(text, "measure ") && !strings.Contains(text, "\nvalue ") && !strings.Contains(text, "\nrows ")
}

// computed does the arithmetic of each figure again, and compares it with what is printed.
func (v *Verified) computed(f *SetsFile, printed FiguresFile, behind []*indicator.Indicator) map[string]outcome {
	done := map[string]outcome{}
	v.exact = map[string]*big.Rat{}
	results := make([]result, len(f.Computations))
	for i, c := range f.Computations {
		r, ok := f.compute(c)
		if results[i] = r; !ok {
			v.find(SetsName, ErrNotComputed.With(c.Label, c.Code))
			results[i] = result{closed: true}
		}
	}
	figures := map[string]int{}
	for i, x := range printed.Figures {
		figures[x.ID] = i
	}
	for _, c := range f.Figures {
		i, ok := figures[c.ID]
		scale, err := census.ParseAmount(c.Scale)
		if !ok || err != nil || scale.Sign() == 0 || c.Computation < 0 || c.Computation >= len(results) {
			v.find(SetsName, ErrNoSuchComputed.With(c.ID))
			continue
		}
		r := results[c.Computation]
		x := printed.Figures[i]
		if ind := behind[c.Computation]; ind != nil {
			v.figure(x, f.Computations[c.Computation], ind, scale, f.Position)
		}
		if r.closed {
			continue
		}
		if !comesTo(r, scale, x.Value) {
			came := lang.Of("无数", "no number")
			if r.number != nil {
				n := figure.DecimalText(new(big.Rat).Quo(r.number, scale))
				came = lang.Text{Zh: n, En: n}
			}
			v.find("", ErrOtherResult.With(x.Name, came, x.Text, x.Value))
			done[c.ID] = computedOtherwise
			continue
		}
		if r.number != nil && !formed(new(big.Rat).Quo(r.number, scale), x, behind[c.Computation]) {
			v.find("", ErrOtherForm.With(x.Name, x.ID, x.Lead+x.Text, x.Value, x.Unit))
			done[c.ID] = computedOtherwise
			continue
		}
		done[c.ID] = computedAgain
		v.Recomputed++
		if r.number != nil {
			v.exact[c.ID] = new(big.Rat).Quo(r.number, scale)
		}
	}
	return done
}

// comesTo says whether a result rounds to the value.
func comesTo(r result, scale *big.Rat, value string) bool {
	if r.number == nil {
		return value == ""
	}
	_, fraction, _ := strings.Cut(value, ".")
	if len(fraction) > fractionMax {
		return false
	}
	rounded := new(big.Rat).Quo(r.number, scale).FloatString(len(fraction)) // rounds half away from zero
	if zero, ok := new(big.Rat).SetString(rounded); ok && zero.Sign() == 0 {
		rounded = strings.TrimPrefix(rounded, "-")
	}
	return rounded == value
}

// fractionMax bounds the decimals of a value that is read.
const fractionMax = 60

// unmoved is the word before a change of nothing.
var unmoved = words["change"][2] + "（"

// formed says whether what is printed is true of a number in the unit of the figure: its digits, its words, the unit where it is
// printed beside them (in a cell the head of the column may have it), and the word before it that says which way it went. Of an indicator
// that is a change, the definition says which way is up.
func formed(x *big.Rat, f document.Placed, ind *indicator.Indicator) bool {
	stated, err := figure.Parse(f.Text)
	if err != nil {
		return false
	}
	unit, ok := unitNamed(f.Unit)
	if !ok || stated.Unit() != unit && (f.Cell == "" || stated.Unit() != figure.One) {
		return false
	}
	value, ok := new(big.Rat).SetString(f.Value)
	if !ok {
		return false
	}
	sign := value.Sign()
	if f.Lead == "" {
		return stated.Interval().Contains(x)
	}
	if f.Lead == unmoved {
		return sign == 0 && stated.Interval().Contains(x)
	}
	if word, up := check.Way(f.Lead); word == "" || up != leads(f.Lead, sign, ind) || sign == 0 {
		return false
	}
	return stated.Interval().Contains(new(big.Rat).Mul(x, big.NewRat(int64(sign), 1)))
}

// leads says whether a word is to say up of a figure of some sign. Where the definition does not tell which way it counts, the word
// tells whether the figure is what is less than before (减少, 增加).
func leads(word string, sign int, ind *indicator.Indicator) (up bool) {
	counts := indicator.NoChange
	if ind != nil {
		counts = ind.Change()
	}
	fewer := counts == indicator.Fall || counts == indicator.NoChange && (word == words["fewer"][0] || word == words["fewer"][1])
	return (sign > 0) != fewer
}

// ReadSets reads sets.json, as text and as it is understood, and the lines of the sets that are listed, by their index. Faults:
// ErrFileMissing, ErrNotReadable, ErrSetLines.
func ReadSets(dir string) (text []byte, f SetsFile, lines map[int][][]byte, err error) {
	if text, err = readFile(dir, SetsName); err != nil {
		return nil, f, nil, err
	}
	if err := json.Unmarshal(text, &f); err != nil {
		return nil, f, nil, ErrNotReadable.Because(err, SetsName, lang.Of("不是应有的JSON内容", "it does not hold the JSON it should"))
	}
	content, err := readFile(dir, LinesName)
	if err != nil {
		return nil, f, nil, err
	}
	lines, whole := f.linesOf(content)
	if !whole {
		return nil, f, nil, ErrSetLines.With()
	}
	return text, f, lines, nil
}
