package opinion

import (
	"math/big"
	"path/filepath"
	"regexp"
	"sort"
	"strconv"
	"strings"

	"anlan/account/check"
	"anlan/ground/figure"
)

// State is what became of a finding since the last table.
type State string

// The states.
const (
	New       State = "新增"
	Open      State = "未改"
	Dismissed State = "不成立"
	Closed    State = "已消除"
)

// Remark is what the last table says of a finding.
type Remark struct {
	File, Place, Quote, Doubt string
	State                     State
	Statement                 string // 单位说明
	Conclusion                string // 复核结论
}

// Dismissed says whether the reviewer dismissed the finding.
func (r Remark) Dismissed() bool {
	return strings.HasPrefix(strings.TrimLeft(r.Conclusion, " 　"), string(Dismissed))
}

// Row is a finding (疑点).
type Row struct {
	Key        string // 编号
	State      State
	File       string
	Place      string // 位置
	Quote      string // 原文
	Doubt      string // 疑点
	Arithmetic string // 计算
	Innocent   string // 可能的合理解释
	Advice     string // 建议
	Statement  string // 单位说明
	Conclusion string // 复核结论
	Verdict    check.Verdict
	Money      *big.Rat // by how much a figure is off, in 元; nil where it is no money
	Points     *big.Rat // likewise, of a score
}

// Sound is a relation that holds.
type Sound struct{ File, Place, Verdict, Arithmetic string }

// Bounds of a table, beyond which it is read by nobody.
const (
	rowsMax  = 2_000
	soundMax = 500
)

// Table is the findings of a department.
type Table struct {
	Department string
	Rows       []Row
	Sound      []Sound
	Unread     bool // a file could not be read
	Left       int  // findings beyond the bound
	LeftSound  int  // relations that hold beyond theirs
	last       map[string]Remark
	found      map[string]bool
}

// NewTable begins the table of a department. last is the last table by key; it may be nil.
func NewTable(department string, last map[string]Remark) *Table {
	return &Table{Department: department, last: last, found: map[string]bool{}}
}

// Add takes the findings of a file in.
func (t *Table) Add(f *check.File) {
	if f.SameAs != "" {
		return
	}
	figures := f.ByID()
	name := check.Visible(filepath.Base(f.File))
	for i := range f.Relations {
		r := &f.Relations[i]
		switch {
		case r.Verdict.Finding() && len(t.Rows) < rowsMax:
			t.Rows = append(t.Rows, t.row(name, r, figures))
		case r.Verdict.Finding():
			t.Left++
		case len(t.Sound) < soundMax:
			t.Sound = append(t.Sound, Sound{name, place(r, figures), sounds[r.Verdict], check.Visible(r.Message.Zh)})
		default:
			t.LeftSound++
		}
	}
}

var sounds = map[check.Verdict]string{check.Holds: "✓ 相符", check.Rounding: "≈ 舍入所致"}

// row is the line of a finding. The key of a second one of the same claim in another file is told apart by its place among them.
func (t *Table) row(file string, r *check.Relation, figures map[string]*check.Figure) Row {
	key := r.Key
	for n := 2; t.found[key]; n++ {
		key = r.Key + "-" + strconv.Itoa(n)
	}
	t.found[key] = true
	row := Row{Key: key, State: New, File: file, Place: place(r, figures), Quote: check.Visible(r.Quote), Doubt: check.Visible(r.Message.Zh), Verdict: r.Verdict,
		Arithmetic: arithmetic(r, figures), Innocent: innocent(r.Rule)}
	for _, a := range r.Advice(figures) {
		row.Advice += check.Visible(a.Zh) + "。"
	}
	if row.Advice == "" {
		row.Advice = "请对照原始资料核实，属实的在公开前改正。"
	}
	for _, n := range r.Notes { // a reading of its own says more than that of the rule
		if n.Code == check.OtherReading {
			row.Innocent = check.Visible(n.Zh) + "。"
		} else {
			row.Doubt += check.Visible(n.Zh) + "。"
		}
	}
	row.Money, row.Points = stake(r)
	if last, known := t.last[key]; known {
		row.State, row.Statement, row.Conclusion = Open, last.Statement, last.Conclusion
		if last.Dismissed() {
			row.State = Dismissed
		}
	}
	return row
}

// place is the line of a finding, and the cell where its figure stands in a table.
func place(r *check.Relation, figures map[string]*check.Figure) string {
	if r.Line == 0 {
		return ""
	}
	s := "第" + strconv.Itoa(r.Line) + "行"
	if len(r.Figures) > 0 && figures[r.Figures[0]] != nil && figures[r.Figures[0]].Cell != "" {
		s += " " + figures[r.Figures[0]].Cell
	}
	return s
}

var figureID = regexp.MustCompile(`f\d+`)

// arithmetic is the formula of a relation with the figures as printed.
func arithmetic(r *check.Relation, figures map[string]*check.Figure) string {
	return figureID.ReplaceAllStringFunc(r.Formula, func(id string) string {
		if f := figures[id]; f != nil {
			return check.Visible(f.Text)
		}
		return id
	})
}

// innocent are readings under which a finding of a rule is no error.
func innocent(rule string) string {
	switch rule {
	case "sum", "table", "part":
		return "所列只是其中一部分，或者各项互有交叉；合计与分项的口径（全市与本级、部门与单位）不同。"
	case "share", "rate":
		return "分子或分母用的是另一口径（含上年结转、调整后预算）。"
	case "change", "points", "direction":
		return "上年数经过核定或调整，按可比口径计算；比较的是另一时期。"
	case "balance":
		return "收入或支出是否包含上年结转、调剂、收回的口径不同。"
	case "repeat", "unit", "across", "facts":
		return "两处的口径、时点或版本（预算与决算、初步与核定）不同。"
	case "period":
		return "引用的是另一年度的文件或评价。"
	case "target":
		return "绩效目标在年度中按程序调整过，或者批复的是另一版本；偏差的原因在报告别处说明。"
	case "left_out":
		return "所用的指标表没有这一项，或者写在附件里。"
	case "copied":
		return "情况确实没有变化。"
	case "series":
		return "各年的口径、范围或起始年份不同，已在别处说明。"
	case "missing":
		return "该项没有金额，或者在别处说明。"
	}
	return "文字或表格的读法与原意不同。"
}

// stake is by how much the stated figure is off what its operands allow at the nearest: in 元, or in points.
func stake(r *check.Relation) (money, points *big.Rat) {
	if r.Verdict != check.Contradiction || r.Expected == nil {
		return nil, nil
	}
	stated, ok := new(big.Rat).SetString(r.Stated)
	low, okLow := new(big.Rat).SetString(r.Expected.Low)
	high, okHigh := new(big.Rat).SetString(r.Expected.High)
	unit, known := figure.UnitOf(r.Unit)
	if !ok || !okLow || !okHigh || !known {
		return nil, nil
	}
	off := new(big.Rat)
	switch {
	case stated.Cmp(low) < 0:
		off.Sub(low, stated)
	case stated.Cmp(high) > 0:
		off.Sub(stated, high)
	}
	yuan, _ := figure.UnitOf("元")
	if r.Unit == "分" {
		return nil, off
	}
	if unit.Dimension() == yuan.Dimension() {
		return off.Mul(off, unit.Scale()), nil
	}
	return nil, nil
}

// Finish adds what the last table had and the reports do not say any more, unless a file could not be read or findings were left out,
// and puts the rows in their order.
func (t *Table) Finish() {
	if !t.Unread && t.Left == 0 {
		var gone []Row
		for key, last := range t.last {
			if !t.found[key] && last.State != Closed {
				gone = append(gone, Row{Key: key, State: Closed, File: last.File, Place: last.Place, Quote: last.Quote, Doubt: last.Doubt, Statement: last.Statement, Conclusion: last.Conclusion})
			}
		}
		sort.Slice(gone, func(i, k int) bool { return gone[i].Key < gone[k].Key })
		t.Rows = append(t.Rows, gone...)
	}
	sort.SliceStable(t.Rows, func(i, k int) bool { return t.Rows[i].Before(&t.Rows[k]) })
}

// Before says whether a row comes before another, in the order of what is at stake.
func (r *Row) Before(o *Row) bool {
	if a, b := r.State.rank(), o.State.rank(); a != b {
		return a < b
	}
	for _, c := range [][2]*big.Rat{{r.Money, o.Money}, {r.Points, o.Points}} {
		switch a, b := c[0], c[1]; {
		case a != nil && b == nil:
			return true
		case a == nil && b != nil:
			return false
		case a != nil && a.Cmp(b) != 0:
			return a.Cmp(b) > 0
		}
	}
	return rank[r.Verdict] < rank[o.Verdict]
}

// rank of a state: what somebody must still look at comes first.
func (s State) rank() int {
	switch s {
	case Dismissed:
		return 1
	case Closed:
		return 2
	}
	return 0
}

var rank = map[check.Verdict]int{check.Contradiction: 0, check.Incomplete: 1, check.Noted: 2}

// Count counts the rows of a state.
func (t *Table) Count(s State) (n int) {
	for i := range t.Rows {
		if t.Rows[i].State == s {
			n++
		}
	}
	return n
}

// DismissedContradictions counts the contradictions that the reviewer dismissed: they are in order.
func (t *Table) DismissedContradictions() (n int) {
	for i := range t.Rows {
		if t.Rows[i].State == Dismissed && t.Rows[i].Verdict == check.Contradiction {
			n++
		}
	}
	return n
}
