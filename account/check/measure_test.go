package check

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"anlan/account/check/reading"
	"anlan/ground/figure"
)

// proseDocuments are the published reports in prose whose relations were labelled by hand, tableDocuments those of which most
// relations are those of tables.
var proseDocuments = []string{"07-linxiang-project-selfeval-2023", "14-yunnan-disaster-fund-2024", "23-sichuan-unit-final-accounts-2022",
	"31-nanxian-cppcc-selfeval-2021", "36-yiyang-accidents-2023-11", "41-jiading-sangong-2017", "90-seed"}

var tableDocuments = []string{"93-putuo-commerce-2025-budget"}

// workReports are real and not labelled; each was read by hand, and nothing in them contradicts.
var workReports = []string{"gov-work-report-2026-gansu", "gov-work-report-2026-hunan", "gov-work-report-2026-zhejiang"}

// labelled is a relation as a person found it.
type labelled struct {
	Rule         string
	Line         int
	Stated       string
	StatedUnit   string `json:"stated_unit"`
	Operands     []string
	OperandUnits []*string `json:"operand_units"`
	Verdict      Verdict
	Also         []Verdict
	Form         string
	Optional     bool
	Arithmetic   string
	At           struct {
		Stated   [2]int
		Operands [][2]int
	}
}

// sharedFile is a file of the folder of published reports beside the repository.
func sharedFile(t testing.TB, parts ...string) string {
	t.Helper()
	path := filepath.Join(append([]string{"..", "..", "..", "shared", "data"}, parts...)...)
	text, err := os.ReadFile(path)
	if err != nil {
		if strings.Contains(os.Getenv("ANLAN_REQUIRE"), "shared") {
			t.Fatalf("%s is required and not there", path)
		}
		t.Skipf("SKIPPED: %s is not there; the published reports are read only beside a working copy that has them", path)
	}
	return string(text)
}

// published is a labelled document: its text, without the two lines that name its source, and its relations.
func published(t testing.TB, name string) (text string, relations []labelled) {
	t.Helper()
	path := []string{"reports", name + ".txt"}
	if name == "90-seed" {
		path = []string{"seed.txt"}
	}
	lines := strings.Split(sharedFile(t, path...), "\n")
	for i := range min(2, len(lines)) {
		if strings.HasPrefix(lines[i], "# ") {
			lines[i] = ""
		}
	}
	var truth struct{ Relations []labelled }
	if err := json.Unmarshal([]byte(sharedFile(t, "truth", name+".json")), &truth); err != nil {
		t.Fatal(err)
	}
	return strings.Join(lines, "\n"), truth.Relations
}

func checkText(t testing.TB, name, text string) File {
	t.Helper()
	doc, err := reading.Read(name+".txt", strings.NewReader(text), int64(len(text)))
	if err != nil {
		t.Fatal(err)
	}
	return Check(doc, Options{})
}

// place is a number of a document: its line and its value without sign.
type place struct {
	line  int
	value string
}

func placeOf(line int, text string) place {
	for s := figure.NewScanner(text); ; {
		token, ok := s.Next()
		if !ok {
			return place{line, text}
		}
		if token.Class == figure.ClassFigure {
			return place{line, token.Figure.Rat().Abs(token.Figure.Rat()).RatString()}
		}
		if token.Class == figure.ClassDate {
			return place{line, text[:min(4, len(text))]}
		}
	}
}

func (l labelled) places() []place {
	out := []place{placeOf(l.At.Stated[0], l.Stated)}
	for i, o := range l.Operands {
		out = append(out, placeOf(l.At.Operands[i][0], o))
	}
	return out
}

// named are the numbers that a relation names.
func (f File) named(r Relation) []place {
	var out []place
	for _, id := range r.Figures {
		for _, g := range f.Figures {
			if g.ID == id {
				out = append(out, placeOf(g.Line, g.Text))
			}
		}
	}
	return out
}

// names says whether a relation names all numbers of a labelled one; a figure that was given again may be named where it
// stands the other time.
func (f File) names(r Relation, l labelled) bool {
	there := f.named(r)
	for i, want := range l.places() {
		same := func(p place) bool {
			return p.value == want.value && (i > 0 || p.line-want.line <= 2 && want.line-p.line <= 2)
		}
		if !slices.ContainsFunc(there, same) {
			return false
		}
	}
	return true
}

// TestPublishedReports holds the checker against the relations that people found: each required one must be found with a
// right verdict, and no contradiction may be one that they did not find.
func TestPublishedReports(t *testing.T) {
	t.Parallel()
	for _, name := range slices.Concat(proseDocuments, tableDocuments) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text, relations := published(t, name)
			f := checkText(t, name, text)
			for _, l := range relations {
				right := func(r Relation) bool {
					return (r.Verdict == l.Verdict || slices.Contains(l.Also, r.Verdict)) && f.names(r, l)
				}
				if !l.Optional && !slices.ContainsFunc(f.Relations, right) {
					t.Errorf("line %d, %s, %s: not found as %s", l.Line, l.Rule, l.Arithmetic, l.Verdict)
				}
			}
			for _, r := range f.Relations {
				known := func(l labelled) bool { return l.Verdict == Contradiction && f.names(r, l) }
				if r.Verdict == Contradiction && !slices.ContainsFunc(relations, known) {
					t.Errorf("line %d is accused: %s", r.Line, r.Message.Zh)
				}
			}
		})
	}
}

func TestWorkReportsAreNotAccused(t *testing.T) {
	t.Parallel()
	for _, name := range workReports {
		f := checkText(t, name, sharedFile(t, "reports", name+".txt"))
		for _, r := range f.Relations {
			if r.Verdict == Contradiction {
				t.Errorf("%s, line %d is accused: %s", name, r.Line, r.Message.Zh)
			}
		}
	}
}

// labelledForms are the forms of labelled relations by their names there; others are not mutated.
var labelledForms = map[string]form{"ratio": ratio, "inc": growthBy, "dec": declineBy, "inc2": growth, "dec2": decline, "diff": difference, "eq": same}

// wrongDigits are the texts of a document in which one digit of one figure of a relation was changed so that the relation
// cannot hold, with the number that is wrong in each.
func wrongDigits(t testing.TB, text string, l labelled) (texts []string, wrong []place) {
	form, ok := labelledForms[l.Form]
	if l.Form == "sum" {
		form, ok = total(len(l.Operands)), true
	}
	if !ok || l.Verdict != Holds && l.Verdict != Rounding {
		return nil, nil
	}
	lines := strings.Split(text, "\n")
	unit := func(text string, stated *string) string {
		if stated != nil && *stated != "" && strings.Trim(text, "0123456789.,%") == "" && !strings.Contains(text, "%") {
			return text + *stated
		}
		return text
	}
	texts0, places := []string{unit(l.Stated, &l.StatedUnit)}, [][2]int{l.At.Stated}
	for i, o := range l.Operands {
		u := (*string)(nil)
		if i < len(l.OperandUnits) {
			u = l.OperandUnits[i]
		}
		texts0, places = append(texts0, unit(o, u)), append(places, l.At.Operands[i])
	}
	for i, old := range texts0 {
		mutant, ok := contradicting(form, texts0, i)
		if !ok {
			continue
		}
		line := []rune(lines[places[i][0]-1])
		bare := []rune(strings.TrimRight(old, "万元起人%"))
		copy(line[places[i][1]-1:], []rune(mutant)[:len(bare)])
		changed := slices.Clone(lines)
		changed[places[i][0]-1] = string(line)
		texts, wrong = append(texts, strings.Join(changed, "\n")), append(wrong, placeOf(places[i][0], mutant))
	}
	return texts, wrong
}

// contradicting changes one digit of one figure so that the form contradicts.
func contradicting(f form, texts []string, i int) (string, bool) {
	for at, c := range []byte(texts[i]) {
		if c < '0' || c > '9' {
			continue
		}
		b := []byte(texts[i])
		if b[at] = '0' + (c-'0'+3)%10; b[0] == '0' && c != '0' {
			continue
		}
		changed := slices.Clone(texts)
		changed[i] = string(b)
		figures := make([]figure.Figure, len(changed))
		spans := make([]span, 0, len(changed))
		ok := true
		for k, text := range changed {
			g, err := figure.Parse(text)
			s, bounded := spanOf(g)
			figures[k], spans, ok = g, append(spans, s), ok && err == nil && bounded
		}
		if !ok {
			return "", false
		}
		if j, ok := judge(figures[0], f, spans[1:], true); ok && j.verdict == Contradiction {
			return string(b), true
		}
	}
	return "", false
}

// wrongDigitsMin is the part of wrong digits, in per cent, that must be named by a contradiction. What is left cannot be
// shown from the text: a list of few counts that may leave others out, an amount that stands in one place only.
const wrongDigitsMin = 93

// wrongCellsMin is the same for the tables. What is left are zeros, and amounts of the prose that may be other ones.
const wrongCellsMin = 90

func TestAWrongDigitIsNamed(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		documents []string
		least     int
	}{{proseDocuments, wrongDigitsMin}, {tableDocuments, wrongCellsMin}} {
		t.Run(c.documents[0], func(t *testing.T) {
			t.Parallel()
			nameWrongDigits(t, c.documents, c.least)
		})
	}
}

// nameWrongDigits changes a digit of each figure of each required relation in turn, and wants so many per cent named.
func nameWrongDigits(t *testing.T, documents []string, least int) {
	all, hit := 0, 0
	for _, name := range documents {
		text, relations := published(t, name)
		for _, l := range relations {
			if l.Optional {
				continue
			}
			texts, wrong := wrongDigits(t, text, l)
			for i, mutant := range texts {
				f := checkText(t, name, mutant)
				names := func(r Relation) bool {
					return r.Verdict == Contradiction && slices.Contains(f.named(r), wrong[i])
				}
				all++
				if slices.ContainsFunc(f.Relations, names) {
					hit++
				} else {
					t.Logf("%s, line %d, %s: %s is not named", name, l.Line, l.Arithmetic, wrong[i].value)
				}
			}
		}
	}
	if 100*hit < least*all {
		t.Errorf("%d of %d wrong digits are named, want %d%%", hit, all, least)
	}
	t.Logf("%d of %d wrong digits are named", hit, all)
}
