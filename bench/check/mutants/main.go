// Command mutants measures what the checker finds: in published reports it changes one figure at a time that takes part in a relation
// which holds (a digit, two digits in turn, the decimal point, the unit, the year, the word that says up or down) and looks whether there is
// then a contradiction that names the figure, and whether anything else is accused.
//
//	go run ./bench/check/mutants ../shared/data/reports/*.txt
package main

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"

	"anlan/account/check"
	"anlan/account/check/reading"
)

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "mutants: name the reports")
		os.Exit(2)
	}
	if err := run(os.Stdout, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// tally counts mutants of one kind.
type tally struct {
	found     int // a contradiction names the figure
	within    int // the claim holds with the changed figure too, by rounding or because another reading fits
	lost      int // nothing is said
	misplaced int // of those: something else is accused that was not before
}

func (t *tally) add(o tally) {
	t.found, t.within, t.lost, t.misplaced = t.found+o.found, t.within+o.within, t.lost+o.lost, t.misplaced+o.misplaced
}

func run(out io.Writer, paths []string) error {
	byKind, byRule, byFile := map[string]*tally{}, map[string]*tally{}, map[string]*tally{}
	total := tally{}
	count := func(in map[string]*tally, key string, t tally) {
		if in[key] == nil {
			in[key] = &tally{}
		}
		in[key].add(t)
	}
	var lost, misplaced []string
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		base, err := examined(string(text))
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		all := mutantsOf(&base)
		results := make([]tally, len(all))
		var wait sync.WaitGroup
		next := make(chan int)
		for range runtime.GOMAXPROCS(0) {
			wait.Go(func() {
				for i := range next {
					results[i] = judge(&base, all[i])
				}
			})
		}
		for i := range all {
			next <- i
		}
		close(next)
		wait.Wait()
		name := filepath.Base(path)
		for i, m := range all {
			count(byKind, m.kind, results[i])
			count(byRule, m.rule, results[i])
			count(byFile, name, results[i])
			total.add(results[i])
			if results[i].lost > 0 {
				lost = append(lost, fmt.Sprintf("| %s | %d | %s | %s | %s | %s |", name, m.line, m.rule, m.kind, m.was, m.is))
			}
			if results[i].misplaced > 0 {
				misplaced = append(misplaced, fmt.Sprintf("| %s | %d | %s | %s | %s | %s |", name, m.line, m.rule, m.kind, m.was, m.is))
			}
		}
	}
	table(out, "change", byKind)
	table(out, "rule", byRule)
	table(out, "report", byFile)
	fmt.Fprintf(out, "In all %d mutants: %d found, %d hold all the same, %d lost (recall %s), %d with something else accused.\n", total.found+total.within+total.lost, total.found, total.within,
		total.lost, recall(total), total.misplaced)
	listed(out, "Lost", lost)
	listed(out, "Something else accused", misplaced)
	return nil
}

// listed shows the first mutants of a sort.
func listed(out io.Writer, head string, rows []string) {
	if len(rows) > 0 {
		fmt.Fprintf(out, "\n%s:\n\n| report | line | rule | change | was | is |\n|---|---|---|---|---|---|\n%s\n", head, strings.Join(rows[:min(len(rows), 60)], "\n"))
	}
}

// recall is the part of the mutants that contradict something of which that is said.
func recall(t tally) string {
	if t.found+t.lost == 0 {
		return "–"
	}
	return fmt.Sprintf("%.1f%%", 100*float64(t.found)/float64(t.found+t.lost))
}

func table(out io.Writer, head string, of map[string]*tally) {
	fmt.Fprintf(out, "| %s | mutants | found | hold all the same | lost | recall | else accused |\n|---|---|---|---|---|---|---|\n", head)
	for _, key := range slices.Sorted(maps.Keys(of)) {
		t := of[key]
		fmt.Fprintf(out, "| %s | %d | %d | %d | %d | %s | %d |\n", key, t.found+t.within+t.lost, t.found, t.within, t.lost, recall(*t), t.misplaced)
	}
	fmt.Fprintln(out)
}

// examination is a text with what the checker says of it.
type examination struct {
	text    string
	file    check.File
	figures map[string]*check.Figure
	accused map[string]int // contradictions by their key
}

func examined(text string) (examination, error) {
	doc, err := reading.Read("report.txt", strings.NewReader(text), int64(len(text)))
	if err != nil {
		return examination{}, err
	}
	e := examination{text: doc.Text, file: check.Check(doc, check.Options{Figures: true}), accused: map[string]int{}}
	e.figures = e.file.ByID()
	for _, r := range e.file.Relations {
		if r.Verdict == check.Contradiction {
			e.accused[r.Key]++
		}
	}
	return e, nil
}

// mutant is a text in which one place is changed.
type mutant struct {
	kind, rule string
	from, to   int // the bytes that are replaced
	is, was    string
	figure     int // where the figure begins, by which the finding is told
	line       int
}

// mutantsOf changes each figure of a relation that holds once in each way.
func mutantsOf(e *examination) (all []mutant) {
	seen := map[int]bool{}
	for _, r := range e.file.Relations {
		if r.Verdict != check.Holds && r.Verdict != check.Rounding {
			continue
		}
		for _, id := range r.Figures {
			f := e.figures[id]
			if f == nil || f.Class != "figure" || seen[f.Offset] || !strings.HasPrefix(e.text[f.Offset:], f.Text) {
				continue
			}
			seen[f.Offset] = true
			add := func(kind string, from, to int, is string) {
				if was := e.text[from:to]; was != is {
					all = append(all, mutant{kind, r.Rule, from, to, is, was, f.Offset, f.Line})
				}
			}
			at, end := f.Offset, f.Offset+len(f.Text)
			add("digit", at, end, digit(f.Text, f.Offset))
			add("two digits in turn", at, end, turned(f.Text))
			add("decimal point", at, end, shifted(f.Text))
			add("unit", at, end, otherUnit(f.Text))
			if r.Rule == "change" || r.Rule == "points" || r.Rule == "direction" {
				if from, to, word := direction(e.text, at); word != "" {
					add("direction", from, to, word)
				}
			}
		}
	}
	all = append(all, years(e)...)
	slices.SortStableFunc(all, func(a, b mutant) int { return cmp.Compare(a.figure, b.figure) })
	return all
}

// years changes each year that a sentence names before a figure of a relation that holds, once.
func years(e *examination) (all []mutant) {
	seen := map[int]bool{}
	for _, r := range e.file.Relations {
		if r.Verdict != check.Holds && r.Verdict != check.Rounding {
			continue
		}
		for _, id := range r.Figures {
			f := e.figures[id]
			if f == nil || f.Class != "figure" {
				continue
			}
			begins := strings.LastIndexAny(e.text[:f.Offset], "。\n") + 1
			named := yearNamed.FindAllStringSubmatchIndex(e.text[begins:f.Offset], -1)
			if len(named) == 0 {
				continue
			}
			last := named[len(named)-1]
			from, to := begins+last[2], begins+last[3]
			if seen[from] {
				continue
			}
			seen[from] = true
			year, _ := strconv.Atoi(e.text[from:to])
			all = append(all, mutant{"year", r.Rule, from, to, strconv.Itoa(year - 1), e.text[from:to], f.Offset, f.Line})
		}
	}
	return all
}

var yearNamed = regexp.MustCompile(`(20[0-9][0-9])年`)

// digit changes one digit, another place each time, and never the first to 0.
func digit(text string, salt int) string {
	var places []int
	for i := range len(text) {
		if text[i] >= '0' && text[i] <= '9' {
			places = append(places, i)
		}
	}
	if len(places) == 0 {
		return text
	}
	at := places[salt%len(places)]
	b := []byte(text)
	b[at] = '0' + (b[at]-'0'+3)%10
	if at == places[0] && b[at] == '0' {
		b[at] = '5'
	}
	return string(b)
}

// turned changes the places of the first two digits that differ and stand beside each other.
func turned(text string) string {
	b := []byte(text)
	for i := 1; i < len(b); i++ {
		x, y := b[i-1], b[i]
		if x >= '1' && x <= '9' && y >= '1' && y <= '9' && x != y {
			b[i-1], b[i] = y, x
			return string(b)
		}
	}
	return text
}

// shifted moves the decimal point one place to the left.
func shifted(text string) string {
	i := strings.IndexByte(text, '.')
	if i < 2 || text[i-1] < '0' || text[i-1] > '9' || text[i-2] < '0' || text[i-2] > '9' {
		return text
	}
	return strings.ReplaceAll(text[:i-1]+"."+text[i-1:i]+text[i+1:], ",", "")
}

// units that are taken for each other.
var units = map[string]string{"万元": "亿元", "亿元": "万元", "%": "‰", "个百分点": "%"}

func otherUnit(text string) string {
	for _, u := range slices.Sorted(maps.Keys(units)) {
		if strings.HasSuffix(text, u) {
			return strings.TrimSuffix(text, u) + units[u]
		}
	}
	return text
}

// directions that are taken for each other.
var directions = map[string]string{"增加": "减少", "减少": "增加", "上升": "下降", "下降": "上升", "增长": "下降", "提高": "降低", "降低": "提高"}

// directionBytes is how far before a figure its word may stand.
const directionBytes = 18

// direction is the last word before a figure that says up or down, and its contrary.
func direction(text string, at int) (from, to int, contrary string) {
	for word, other := range directions {
		low := max(0, at-directionBytes)
		if i := strings.LastIndex(text[low:at], word); i >= 0 && low+i >= from {
			from, to, contrary = low+i, low+i+len(word), other
		}
	}
	return from, to, contrary
}

// sharers are the figures of a changed text that share what was changed: a list has one unit (1267.86,2570.97万元) and one word for up or
// down (各减少1267.86,2570.97万元), and a year is that of all that its sentence tells behind it.
func (e *examination) sharers(m mutant, after *examination) map[string]bool {
	before := map[int]*check.Figure{}
	for _, f := range e.figures {
		before[f.Offset] = f
	}
	end := len(e.text)
	if i := strings.IndexAny(e.text[m.from:], "。\n"); i >= 0 {
		end = m.from + i
	}
	out := map[string]bool{}
	for id, f := range after.figures {
		at := f.Offset
		if at > m.from {
			at = max(m.from, at-len(m.is)+m.to-m.from)
		}
		was := before[at]
		out[id] = at == m.from || was == nil || was.Value != f.Value || was.Unit != f.Unit || (m.kind == "direction" || m.kind == "year") && at > m.from && at < end
	}
	return out
}

// judge checks the text with one change.
func judge(e *examination, m mutant) (t tally) {
	after, err := examined(e.text[:m.from] + m.is + e.text[m.to:])
	if err != nil {
		return tally{lost: 1}
	}
	at := m.figure
	if m.from < m.figure {
		at += len(m.is) - (m.to - m.from)
	}
	fate, shared := 0, e.sharers(m, &after)
	left := maps.Clone(e.accused)
	for _, r := range after.file.Relations {
		names := slices.ContainsFunc(r.Figures, func(id string) bool {
			return after.figures[id] != nil && after.figures[id].Offset == at || m.kind == "year" && shared[id]
		})
		switch {
		case r.Verdict == check.Contradiction && names:
			fate = 2
		case r.Verdict == check.Contradiction && left[r.Key] > 0:
			left[r.Key]--
		case r.Verdict == check.Contradiction:
			if !slices.ContainsFunc(r.Figures, func(id string) bool { return shared[id] }) {
				t.misplaced = 1
			}
		case names && (r.Verdict == check.Holds || r.Verdict == check.Rounding):
			fate = max(fate, 1)
		}
	}
	switch fate {
	case 2:
		t.found = 1
	case 1:
		t.within = 1
	default:
		t.lost = 1
	}
	return t
}
