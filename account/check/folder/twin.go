package folder

import (
	"fmt"
	"slices"
	"sort"
	"strings"
	"unicode"

	"anlan/account/check"
	"anlan/account/check/reading"
	"anlan/ground/lang"
)

// What makes two documents of a department one report.
const (
	shingleRunes   = 8   // letters in a row that are compared as one
	shinglesKept   = 400 // the least of their hashes: how many of them two documents share is how much of all they share
	shinglesLeast  = 60  // a shorter document is the same only with the same bytes
	alikePerCent   = 80  // of the words: read from a PDF, running heads stay and paragraphs of cells change places
	nearlyPerCent  = 90  // of the figures: one of the two was corrected
	differencesMax = 6   // figures that a note names
)

// sketch is what is kept of a document for comparing it with the others of its department.
type sketch struct {
	shingles []uint64       // the least hashes of its words, in order; none of a document that is too short or too long
	figures  []check.Amount // in order of value; without units, because one that a table states once is not found in every format alike
}

func sketchOf(doc *reading.Document, f *check.File) sketch {
	var words words
	for i := range doc.Lines {
		l := &doc.Lines[i]
		if l.Kind == reading.Markup {
			continue
		}
		words.take(l.Text)
	}
	if words.count < shinglesLeast || f.Summary.Figures > check.AmountsMax {
		return sketch{}
	}
	s := sketch{words.kept(), f.Amounts}
	sort.SliceStable(s.figures, func(i, k int) bool { return s.figures[i].Value < s.figures[k].Value })
	return s
}

// words takes letters in and keeps the least hashes of their shingles.
type words struct {
	last  [shingleRunes]uint64 // the letters of the present shingle, in a ring
	taken int
	sum   uint64 // of the shingle, rolled on from letter to letter
	count int
	least map[uint64]bool
	most  uint64 // of least, once it is full
}

// base of the rolling sum, and its power by which a letter leaves it.
const (
	rollBase = 1_000_003
	rollOff  = rollBase * rollBase * rollBase * rollBase * rollBase * rollBase * rollBase * rollBase % (1 << 64)
)

func (w *words) take(text string) {
	for _, r := range text {
		if r < 'A' || !unicode.IsLetter(r) {
			continue
		}
		at := w.taken % shingleRunes
		w.sum = w.sum*rollBase + uint64(r) - w.last[at]*rollOff
		w.last[at] = uint64(r)
		if w.taken++; w.taken >= shingleRunes {
			w.add(mixed(w.sum))
		}
	}
}

// mixed spreads a sum over all 64 bits (the finaliser of SplitMix64), so that the least sums are a sample. Not maphash, whose seed
// would give another sample in the next run.
func mixed(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

func (w *words) add(h uint64) {
	w.count++
	if w.most != 0 && h >= w.most {
		return
	}
	if w.least == nil {
		w.least = map[uint64]bool{}
	}
	w.least[h] = true
	if len(w.least) >= 2*shinglesKept {
		kept := w.kept()
		w.least = map[uint64]bool{}
		for _, h := range kept {
			w.least[h] = true
		}
		w.most = kept[len(kept)-1]
	}
}

func (w *words) kept() []uint64 {
	all := make([]uint64, 0, len(w.least))
	for h := range w.least {
		all = append(all, h)
	}
	slices.Sort(all)
	return all[:min(len(all), shinglesKept)]
}

// alike says whether two documents have the same words: of the least hashes of both together, so many are in each.
func (s sketch) alike(o sketch) bool {
	i, k, both, seen := 0, 0, 0, 0
	for i < len(s.shingles) && k < len(o.shingles) && seen < shinglesKept {
		seen++
		switch {
		case s.shingles[i] == o.shingles[k]:
			both++
			i++
			k++
		case s.shingles[i] < o.shingles[k]:
			i++
		default:
			k++
		}
	}
	seen += min(len(s.shingles)-i+len(o.shingles)-k, shinglesKept-seen)
	return seen > 0 && both*100 >= seen*alikePerCent
}

// differences are the figures that only one of two documents has.
func (s sketch) differences(o sketch) (here, there []check.Amount) {
	i, k := 0, 0
	for i < len(s.figures) || k < len(o.figures) {
		switch {
		case k == len(o.figures), i < len(s.figures) && s.figures[i].Value < o.figures[k].Value:
			here = append(here, s.figures[i])
			i++
		case i == len(s.figures), s.figures[i].Value > o.figures[k].Value:
			there = append(there, o.figures[k])
			k++
		default:
			i++
			k++
		}
	}
	return here, there
}

// department is the one whose files are being told.
type department struct {
	name  string
	files []known
	told  int
	docs  []dated // those that are held against each other
}

// known is a file of the department that was told before.
type known struct {
	path, sha256 string
	year         int
	sketch
}

// join says what a file is to those before it in its department.
func (d *department) join(j *judged) {
	for _, k := range d.files {
		if j.sameAs(k) {
			j.File.SameAs = k.path
			return
		}
	}
	nearly := slices.ContainsFunc(d.files, j.note) // then the note says what differs
	d.files = append(d.files, known{j.Path, j.File.SHA256, j.File.Year, j.sketch})
	if j.doc != nil && !nearly {
		d.docs = append(d.docs, dated{j.doc, j.File.Year, j.File.Organisation})
	}
}

// otherYear says whether a file reports on another year.
func (j *judged) otherYear(k known) bool {
	return j.File.Year != k.year && j.File.Year != 0 && k.year != 0
}

// sameAs says whether a file is the report that another is.
func (j *judged) sameAs(k known) bool {
	if j.File.SHA256 == k.sha256 {
		return true
	}
	if j.otherYear(k) || !j.sketch.alike(k.sketch) {
		return false
	}
	here, there := j.sketch.differences(k.sketch)
	return len(here)+len(there) == 0
}

// note remarks that a file has the words of another and nearly all of its figures.
func (j *judged) note(k known) bool {
	all := max(len(j.sketch.figures), len(k.figures))
	if !j.sketch.alike(k.sketch) || all == 0 {
		return false
	}
	here, there := j.sketch.differences(k.sketch)
	if j.otherYear(k) {
		if len(here)+len(there) == 0 {
			j.File.Note("copied", 0, lang.Of(
				lang.Zh(fmt.Sprintf("本文件与“%s”（%d年）除年份外文字和数据都相同：是否照抄了另一年的报告？", k.path, k.year)),
				lang.En(fmt.Sprintf("this file has the words and the figures of %q (%d), all but the year: was the report of another year copied?", k.path, k.year))))
		}
		return false
	}
	if (all-max(len(here), len(there)))*100 < all*nearlyPerCent {
		return false
	}
	line := 0
	if len(here) > 0 {
		line = here[0].Line
	}
	mine, theirs := listed(here), listed(there)
	j.File.Note("across", line, lang.Of(
		lang.Zh(fmt.Sprintf("本文件与“%s”文字基本相同，但有数据不同：只在本文件中的有%s，只在对方中的有%s；是否一份改过、另一份没有改？（从PDF中读出的数也可能有缺漏）", k.path, mine.Zh, theirs.Zh)),
		lang.En(fmt.Sprintf("this file has the words of %q, but not all of its figures: only here %s, only there %s; was one of them corrected and the other not? (figures may also be missed in a PDF)", k.path, mine.En, theirs.En))))
	return true
}

// listed names figures by their numbers and lines.
func listed(amounts []check.Amount) lang.Text {
	if len(amounts) == 0 {
		return lang.Of("无", "none")
	}
	sort.SliceStable(amounts, func(i, k int) bool { return amounts[i].Line < amounts[k].Line })
	var zh, en []string
	for _, a := range amounts[:min(len(amounts), differencesMax)] {
		zh = append(zh, fmt.Sprintf("%s（第%d行）", a.Value, a.Line))
		en = append(en, fmt.Sprintf("%s (line %d)", a.Value, a.Line))
	}
	if more := len(amounts) - differencesMax; more > 0 {
		zh, en = append(zh, fmt.Sprintf("等%d个", len(amounts))), append(en, fmt.Sprintf("%d more", more))
	}
	return lang.Text{Zh: strings.Join(zh, "、"), En: strings.Join(en, ", ")}
}
