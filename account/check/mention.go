package check

import (
	"strings"
	"unicode/utf8"

	"anlan/ground/figure"
)

// kind is what a figure states in its sentence.
type kind uint8

const (
	level  kind = iota // how much there is: 基本支出2030.18万元
	amount             // by how much it changed: 减少16起, 提高2个百分点
	rate               // by how many per cent it changed: 下降15.5%
	share              // what part of a whole it is: 占基本支出79.04%
	named              // a ratio with a name of its own: 预算完成率99.49%, 完成预算的39.86%
	before             // what a change started from: 较“十三五”末的9323.1亿元
)

// mention is a figure where it stands, with what the words around it say.
type mention struct {
	figure.Figure
	n        *number
	sentence *sentence
	place    int // in sentence.mentions

	words
	tail      string   // what follows it in its clause
	of        string   // of casualties: the core of what they are of
	inherited bool     // its core is that of the figure before
	lender    *mention // that figure
	period    timing
	depth     int      // of parentheses around it
	rate      *mention // the rate of change that is stated of it
	from      *mention // what it changed from, in 由A增加到B
	partOf    *mention // the whole that 其中 makes it a part of
	spanned   *boundedSpan
	list      int // place of the first figure of its list (15.5%、11%)
	listSize  int
	supposed  bool // what a rate of change is of: the text leaves it to the order
}

// words are what a figure's own clause says of it; the figures of a list share them.
type words struct {
	kind    kind
	way     int    // of a change: 1 up, −1 down
	lead    string // the clause before the figure
	opens   int    // its offset
	subject string // what the figure is of, for readers
	core    string // the same as it is compared: without edition, scope and the like
	whole   string // of a share: the whole
	ground  string // words of comparison
	scope   string
	edition string
	each    bool // 分别
	origin  bool // 由, 从: a change may start from it
}

// timing is when a figure holds: year, months within it or the words for a part of it, and whether it is a stock at an end.
type timing struct {
	year     int16
	part     string
	starts   bool // a stock at the start of the year
	atEnd    bool // a stock at its end
	explicit bool // the year stands in the sentence
	stated   bool // or in one before it in the line
}

// sameDimension says whether two figures can be added or compared.
func (m *mention) sameDimension(n *mention) bool {
	return m.Unit() == n.Unit() || m.Unit().Dimension() == n.Unit().Dimension()
}

func (m *mention) percent() bool { return m.Unit() == figure.Percent || m.Unit().String() == "‰" }

// casualty is which of 死亡, 受伤 … a figure counts, by its subject or the words behind it (造成3人死亡); empty
// for other figures.
func (m *mention) casualty() string {
	if m.Unit().Dimension() != people {
		return ""
	}
	core := strings.TrimSuffix(normal(m.core), "人")
	for _, c := range casualties {
		if strings.HasSuffix(core, c) || strings.HasPrefix(core, c) || strings.HasPrefix(m.tail, c) {
			if c == "遇难" || c == "亡人" {
				return "死亡"
			}
			return c
		}
	}
	return ""
}

var people = dimensionOf("人")

// column is what may be added to it: the same unit of measure and the same fate of people.
type column struct {
	dimension figure.Dimension
	casualty  string
}

func (m *mention) column() column { return column{m.Unit().Dimension(), m.casualty()} }

// read takes in the words around a figure.
func (s *sentence) read(m *mention) {
	floor, afterDate := s.floor(m)
	at := s.leadStart(m.n.Offset, floor)
	if m.place > 0 && at == s.mentions[m.place-1].n.End { // 4个乡镇、10个社区: 乡镇 belongs to 4个
		if i := strings.Index(s.line.Text[at:m.n.Offset], "、"); i >= 0 {
			at += i
		}
	}
	m.lead, m.opens = s.line.Text[at:m.n.Offset], at
	if strings.Trim(m.lead, " 　“”\"") == "" { // 收入：792.22万元
		if r, size := utf8.DecodeLastRuneInString(s.line.Text[floor:at]); r == '：' || r == ':' {
			end := at - size
			at = s.leadStart(end, floor)
			m.lead, m.opens = s.line.Text[at:end], at
		}
	}
	m.tail = s.tailOf(m)
	m.classify()
	if afterDate && at == floor {
		s.beyondDate(m, floor)
	}
	m.normalise()
}

// floor is where the words of a figure cannot start before: the end of the figure or date before it.
func (s *sentence) floor(m *mention) (at int, afterDate bool) {
	at = s.from
	if m.place > 0 {
		at = s.mentions[m.place-1].n.End
	}
	for _, d := range s.dates {
		if d.Offset < m.n.Offset && d.End > at {
			at, afterDate = d.End, true
		}
	}
	return at, afterDate
}

// leadRunesMax bounds the words before a figure that are read as what it is of.
const leadRunesMax = 60

// leadStart goes back from end over one clause; parentheses without figures belong to the name before them.
func (s *sentence) leadStart(end, floor int) int {
	at := end
	for range leadRunesMax {
		if at <= floor {
			return floor
		}
		r, size := utf8.DecodeLastRuneInString(s.line.Text[floor:at])
		switch r {
		case '）', ')':
			open := strings.LastIndexAny(s.line.Text[floor:at-size], "（(")
			if open < 0 || strings.ContainsAny(s.line.Text[floor+open:at-size], "，。；") && end-at > 60 {
				return at
			}
			at = floor + open
			continue
		case '，', ',', '。', '；', ';', '：', ':', '！', '？', '|', '（', '(', '\n', '【', '】':
			return at
		}
		at -= size
	}
	return at
}

// tailOf is what follows a figure up to the next mark or figure.
func (s *sentence) tailOf(m *mention) string {
	end := s.to
	if m.place+1 < len(s.mentions) {
		end = s.mentions[m.place+1].n.Offset
	}
	rest := s.line.Text[m.n.End:max(end, m.n.End)]
	if i := strings.IndexAny(rest, "，,。；;：:、|（("); i >= 0 {
		rest = rest[:i]
	}
	return rest
}

// beyondDate looks for the subject on the other side of the date that ends at floor: 死亡率2022年为0.022,
// 决算数比2016年度减少0.28万元.
func (s *sentence) beyondDate(m *mention, floor int) {
	change := m.kind == amount || m.kind == rate
	if !change && normal(strings.TrimLeft(m.core, "的")) != "" || change && strings.Trim(m.core, "度年同期相比较，, ") != "" {
		return
	}
	low, end := s.from, floor
	if m.place > 0 {
		low = s.mentions[m.place-1].n.End
	}
	for _, d := range s.dates {
		if d.End == floor {
			end = d.Offset
		} else if d.End < floor {
			low = max(low, d.End)
		}
	}
	if low > end {
		return
	}
	rest, word := comparing.cutTail(s.line.Text[low:end])
	if change != (word != "") {
		return
	}
	if !change { // 死亡率由2022年的0.022
		if rest, word = starting.cutTail(rest); word != "" {
			m.origin = true
		} else if verb, way := cutToward(rest); way != 0 && strings.Trim(verb, " 　，,、") == "" { // 降到2023年的0.018
			m.core, m.way = "", way
			return
		}
	}
	end = low + len(rest)
	at := s.leadStart(end, low)
	if strings.Trim(s.line.Text[at:end], " 　，,、") != "" {
		m.core, m.opens = s.line.Text[at:end], at
	}
}

// classify tells what the figure states by the words right before it.
func (m *mention) classify() {
	said := strings.TrimRight(m.lead, " 　")
	for {
		rest, w := fillers.cutTail(said)
		if w == "" {
			if rest, w = each.cutTail(said); w == "" {
				break
			}
			m.each = true
		} else if strings.HasPrefix(w, "分别") || strings.HasPrefix(w, "各") {
			m.each = true
		}
		said = rest
	}
	toward := strings.HasSuffix(said, "到") || strings.HasSuffix(said, "至") // 增加到, 增至: a level after all
	if toward {
		said = said[:len(said)-len("到")]
	}
	m.core = said
	if m.classifyShare(said) {
		return
	}
	rest, way := cutChange(said)
	if toward && way == 0 {
		rest, way = cutShort(said)
	}
	switch {
	case way == 0 && strings.HasSuffix(said, "的") && (strings.HasPrefix(said, "较") || strings.HasPrefix(said, "比")), way == 0 && m.startsFrom(said):
		m.kind = before
	case way == 0 && m.percent() && m.names(said):
		m.kind = named
	case way == 0:
		m.kind = level
	case toward:
		m.kind, m.core, m.way = level, rest, way
	default:
		m.kind, m.way = amount, way
		if m.Unit().Dimension() == figure.One.Dimension() && m.Unit() != figure.One {
			m.kind = rate
		}
		for w := "分别"; w != ""; {
			if rest, w = each.cutTail(rest); w != "" {
				m.each = true
			}
		}
		m.core = m.cutGround(rest)
	}
}

// startsFrom says whether a value is what a change behind it started from: 比上年累计支出433万元减少2万元.
func (m *mention) startsFrom(said string) bool {
	rest, ok := strings.CutPrefix(said, "比")
	if !ok {
		rest, ok = strings.CutPrefix(said, "较")
	}
	if !ok || !strings.HasPrefix(rest, "上年") && !strings.HasPrefix(rest, "去年") {
		return false
	}
	tail := strings.TrimLeft(m.tail, " 　")
	_, up := ups.cutHead(tail)
	_, down := downs.cutHead(tail)
	return up != "" || down != ""
}

// names says whether words end in the name of a ratio.
func (m *mention) names(words string) bool {
	words = strings.TrimRight(words, "“”\"的")
	return strings.HasSuffix(words, "率") || strings.Contains(words, "完成") && strings.Contains(words, "预算")
}

// cutChange takes the verb of change off the end of words.
func cutChange(said string) (rest string, way int) {
	if rest, w := ups.cutTail(said); w != "" {
		return rest, 1
	}
	if rest, w := downs.cutTail(said); w != "" {
		return rest, -1
	}
	if !strings.Contains(said, "比") && !strings.Contains(said, "较") {
		return said, 0
	}
	return cutShort(said)
}

// cutShort takes a verb of change of one character off the end of words.
func cutShort(said string) (rest string, way int) {
	if rest, w := shortUps.cutTail(said); w != "" {
		return rest, 1
	}
	if rest, w := shortDowns.cutTail(said); w != "" {
		return rest, -1
	}
	return said, 0
}

// cutToward takes a verb of change with what it leads to off the end of words: 下降到, 降至.
func cutToward(said string) (rest string, way int) {
	for _, w := range []string{"到", "至"} {
		if verb, ok := strings.CutSuffix(said, w); ok {
			if rest, way = cutChange(verb); way == 0 {
				rest, way = cutShort(verb)
			}
			return rest, way
		}
	}
	return said, 0
}

// cutGround takes the words of comparison off a subject and keeps them.
func (m *mention) cutGround(said string) string {
	if _, w := otherGrounds.find(said); w != "" {
		m.ground = w
	}
	i, w := comparisons.find(said)
	if w == "" {
		return said
	}
	if m.ground == "" {
		m.ground = w
	}
	if tail := said[i+len(w):]; normal(tail) != "" {
		return tail
	}
	return said[:i]
}

// classifyShare recognises 占基本支出79.04%, 占比44.7%, 占全省的比重为3%.
func (m *mention) classifyShare(words string) bool {
	if !m.percent() {
		return false
	}
	i := strings.LastIndex(words, "占")
	if i < 0 || runes(words[i:]) > 30 || strings.HasPrefix(words[i:], "占用") || strings.HasPrefix(words[i:], "占有率") {
		return false
	}
	m.kind = share
	m.core = words[:i]
	whole := strings.TrimPrefix(words[i:], "占")
	for _, w := range []string{"的比重", "的比例", "比重", "比例", "比", "的"} {
		whole = strings.TrimSuffix(whole, w)
	}
	m.whole = whole
	return true
}

// subjectHeads are taken off a subject that is shown.
var subjectHeads = wordsOf("末", "其中", "、", "，", ",", "：", ":", "；", " ", "　", "\f", "度", "年")

// starting are words before what a change starts from.
var starting = wordsOf("由", "从")

// comparing are words before a date that compare with it.
var comparing = wordsOf("对比", "相比", "比", "较", "与", "同")

// normalise makes scope, edition and core of the subject.
func (m *mention) normalise() {
	m.subject = strings.Trim(trimListMark(subjectHeads.trimHeads(m.core)), " 　“”\"、，,的")
	said := m.core
	for _, s := range scopes {
		if i := strings.LastIndex(said, s.word); i >= 0 {
			m.scope = s.scope
			said = said[i+len(s.word):]
			break
		}
	}
	for _, e := range editions {
		if strings.Contains(m.core, e.word) {
			m.edition = e.edition
			break
		}
	}
	m.core = normal(trimOffice(normal(said)))
}

// Subject is what a figure is said to be of, as subjects are compared: 2023年基本支出决算数 without 2023年 is 基本支出. Empty where nothing is left.
func Subject(said string) string { return normal(said) }

// normal is a subject as it is compared: without edition, scope and the words around it.
func normal(said string) string {
	if said == "" {
		return ""
	}
	if noise.in(said) {
		said = withoutNoise(said)
	}
	said = coreTails.trimTails(coreHeads.trimHeads(trimListMark(coreHeads.trimHeads(said))))
	switch rest, ok := strings.CutSuffix(said, "支出"); {
	case ok && strings.HasSuffix(rest, "费"): // 公用经费支出 is 公用经费
		return rest
	case strings.HasSuffix(said, "人员编制"):
		return strings.TrimSuffix(said, "人员编制") + "编制"
	}
	return said
}

func withoutNoise(s string) string {
	var b strings.Builder
	for {
		at, w := noise.find(s)
		if w == "" {
			b.WriteString(s)
			return b.String()
		}
		b.WriteString(s[:at])
		s = s[at+len(w):]
	}
}

// officeWords end the names of offices inside a subject.
var officeWords = wordsOf("局", "单位", "部门", "委员会", "厅", "中心", "支队", "办公室")

// trimOffice takes the name of an office off the head of a core.
func trimOffice(core string) string {
	for {
		at, w := officeWords.find(core)
		if w == "" || at == 0 || at+len(w) == len(core) {
			return core
		}
		core = core[at+len(w):]
	}
}

// trimListMark takes 1. and （一） off the head of a subject.
func trimListMark(s string) string {
	t := strings.TrimLeft(s, "（(")
	u := strings.TrimLeft(t, "0123456789一二三四五六七八九十")
	if u == t {
		return s
	}
	for _, mark := range []string{".", "．", "、", "）", ")"} {
		if strings.HasPrefix(u, mark) {
			return u[len(mark):]
		}
	}
	return s
}

// generic says whether a core names nothing by itself.
func generic(core string) bool { return generics[core] }
