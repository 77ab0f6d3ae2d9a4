package check

import (
	"slices"
	"strings"

	"anlan/ground/figure"
	"anlan/ground/lang"
)

// partMarkers announce the parts of what was said before. Whether they are all parts, the word does not say.
var partMarkers = []string{"其中", "包括", "（含", "(含"}

// partition is a division that is complete by the rules of the field.
type partition struct {
	whole string   // what the subject of the whole contains
	parts []string // what those of the parts contain, in any order
}

var partitions = []partition{
	{"支出", []string{"基本支出", "项目支出"}},
	{"支出", []string{"人员", "公用", "项目支出"}},
	{"基本支出", []string{"人员", "公用"}},
	{"三公", []string{"出国", "公务用车", "接待"}},
	{"公务用车", []string{"购置", "运行"}},
	{"政府采购", []string{"货物", "工程", "服务"}}, // 政府采购法第二条
	{"分", []string{"投入", "过程", "产出", "效果"}},
	{"分", []string{"投入", "过程", "产出", "效益"}},
	{"分", []string{"决策", "过程", "产出", "效益"}},
}

// group is the figures of one column that one marker announces, with their whole.
type group struct {
	at       int // offset of the marker
	whole    *mention
	parts    []*mention
	closed   bool       // no figure of the column follows within the marker's reach
	together bool       // nothing speaks of another thing between them
	shown    bool       // another column of the same parts makes its whole
	linked   bool       // they are joined by 、 or 和 alone
	doubtful []*mention // figures among them that may be parts or changes: 支持商销稳增长30万元
	open     bool       // they stay doubtful
}

// checkParts judges 其中 and its like: a whole, and parts that may be all of them.
//
// Parts that give the whole hold. Parts that do not are contradicted only where the text shows that they are all: 其他 at
// the end of a closed list, a division complete by rule, shares that make 100%; where a closed list exceeds the whole; or
// where one wrong digit explains the difference (slip.go). Examples stay examples.
func checkParts(s *sentence) {
	for _, at := range s.markers() {
		groups := s.groupsAt(at)
		closing := 0
		for _, g := range groups {
			if c := g.claim(len(g.parts)); len(g.parts) > 1 && c.closes() {
				closing = max(closing, len(g.parts))
			}
		}
		for _, g := range groups {
			g.shown = closing > 0 && (len(g.parts) == closing || g.whole.casualty() != "")
			s.judgeParts(g)
		}
	}
}

// marker is where parts are announced.
type marker struct {
	word     string
	from, to int // offsets of the word
	end      int // where its reach ends
	depth    int
}

func (s *sentence) markers() (all []marker) {
	if len(s.mentions) < 2 || !s.says(saysParts) {
		return nil
	}
	text := s.line.Text
	depth := 0
	for i := s.from; i < s.to; {
		switch {
		case strings.HasPrefix(text[i:], "（") || text[i] == '(':
			depth++
		case strings.HasPrefix(text[i:], "）") || text[i] == ')':
			depth--
			for k := range all {
				if all[k].depth > depth && all[k].end > i {
					all[k].end = i
				}
			}
		}
		for _, w := range partMarkers {
			if strings.HasPrefix(text[i:s.to], w) && !s.follows(i, "主要") && (w != "包括" || !s.follows(i, "不")) {
				if w[0] == '(' || strings.HasPrefix(w, "（") { // its parts stand inside
					all = append(all, marker{word: w, from: i, to: i + len(w), end: s.to, depth: depth})
					break
				}
				for k := range all { // a second 其中 takes over, with the whole that a semicolon puts before it
					if all[k].depth == depth && all[k].end > i && w == "其中" {
						all[k].end = i
						if j := strings.LastIndexAny(text[all[k].to:i], "；;"); j >= 0 {
							all[k].end = all[k].to + j
						}
					}
				}
				all = append(all, marker{word: w, from: i, to: i + len(w), end: s.to, depth: depth})
			}
		}
		i++
		for i < s.to && text[i]&0xC0 == 0x80 {
			i++
		}
	}
	return all
}

// follows says whether word stands right before offset i.
func (s *sentence) follows(i int, word string) bool {
	return strings.HasSuffix(s.line.Text[s.from:i], word)
}

// groupsAt gathers what a marker announces, a group for each column that has a whole before it.
func (s *sentence) groupsAt(at marker) (out []*group) {
	byColumn := map[column]*group{}
	var order []column
	for _, m := range s.mentions {
		if m.n.Offset < at.to || m.n.Offset >= at.end || m.depth != at.depth || m.kind != level && m.kind != amount && m.kind != rate || m.percent() && m.kind == rate || m.listSize > 1 || m.outsider() || m.isTotal() {
			continue
		}
		c := m.column()
		g := byColumn[c]
		if g == nil {
			g = &group{at: at.from, whole: s.wholeFor(m, at)}
			if g.whole == nil {
				continue
			}
			byColumn[c] = g
			order = append(order, c)
		}
		if m.kind != g.whole.kind {
			if g.whole.kind == level && m.kind != level && !m.percent() && !m.compared() {
				g.doubtful = append(g.doubtful, m)
			}
			continue
		}
		m.partOf = g.whole
		g.parts = append(g.parts, m)
	}
	for _, c := range order {
		g := byColumn[c]
		g.decide()
		s.shape(g, at)
		out = append(out, g)
	}
	return out
}

// compared says whether words of comparison stand before a figure, behind the one before it: 比2024年预算执行数增加24万元.
func (m *mention) compared() bool {
	from := m.sentence.from
	if m.place > 0 {
		from = m.sentence.mentions[m.place-1].n.End
	}
	said := m.sentence.line.Text[from:max(from, m.n.Offset)]
	return m.ground != "" || strings.Contains(said, "比") || strings.Contains(said, "较")
}

// decide takes figures that read like changes, but are compared with nothing, for parts where they complete the whole: the
// name of a project may end in 增长 or 提升. Where they do not, nobody can say what the parts are.
func (g *group) decide() {
	if len(g.doubtful) == 0 {
		return
	}
	with := *g
	with.parts = append(append([]*mention(nil), g.parts...), g.doubtful...)
	slices.SortFunc(with.parts, func(a, b *mention) int { return a.place - b.place })
	if c := with.claim(len(with.parts)); c.closes() {
		g.parts = with.parts
		return
	}
	g.open = true
}

// outsiders are words of another time or stage.
var outsiders = wordsOf("结转", "结余", "上年", "去年", "年末", "同比", "平均", "人均", "累计")

// elsewhere are words that say that something else follows.
var elsewhere = wordsOf("。", "较", "比上", "同时")

// outsider says whether words of another time or stage stand before a figure, which then is no part beside the others.
func (m *mention) outsider() bool {
	return m.Form().Vague() || outsiders.in(m.lead)
}

// isTotal says whether a figure is called a total and nothing else: behind parts it is their whole again.
func (m *mention) isTotal() bool { return totalWords.is(strings.Trim(m.lead, " 　，,：:、为")) }

// wholeFor is the figure that a part belongs to: the nearest of its column before the marker.
func (s *sentence) wholeFor(part *mention, at marker) (whole *mention) {
	k := 0
	for k < len(s.mentions) && s.mentions[k].n.Offset < at.from {
		k++
	}
	s.back(k, func(m *mention) bool {
		if m.sentence != s && (whole != nil || m.sentence != s.previous) {
			return false
		}
		same := m.column() == part.column() || part.casualty() == "" && m.sameDimension(part) && s.inParentheses(m, at) // 14人死亡（其中5人溺水）
		if m.kind == part.kind && same && m.depth <= at.depth && m.listSize == 1 && !m.Form().Vague() {
			whole = m
			return false
		}
		return true
	})
	if whole != nil && whole.sentence != s && strings.Trim(s.line.Text[s.from:at.from], " 　，,") != "" {
		return nil // 其中 opens a sentence, or it speaks of something else
	}
	return whole
}

// inParentheses says whether a marker opens the parentheses that stand right behind a figure.
func (s *sentence) inParentheses(m *mention, at marker) bool {
	if m.sentence != s || m.depth != at.depth-1 && m.depth != at.depth {
		return false
	}
	between := s.line.Text[m.n.End:at.from]
	if strings.HasPrefix(at.word, "（") || strings.HasPrefix(at.word, "(") {
		between += "（"
	}
	said, open := strings.CutSuffix(strings.TrimRight(between, " 　"), "（")
	if !open {
		said, open = strings.CutSuffix(said, "(")
	}
	return open && !strings.ContainsAny(said, "，,；;。、（(")
}

// shape tells whether the parts of a group stand together and to the end.
func (s *sentence) shape(g *group, at marker) {
	last := g.parts[len(g.parts)-1]
	g.closed, g.together, g.linked = true, true, true
	for _, m := range s.mentions[last.place+1:] {
		if m.isTotal() {
			continue
		}
		g.closed = g.closed && (m.n.Offset >= at.end || m.column() != last.column() || m.kind != last.kind)
	}
	for i := 1; i < len(g.parts); i++ {
		between := s.line.Text[g.parts[i-1].n.End:g.parts[i].n.Offset]
		g.together = g.together && !elsewhere.in(between)
		g.linked = g.linked && !strings.ContainsAny(between, "，,；;")
	}
	if semicolons := s.semicolons(g); semicolons > 0 && semicolons < len(g.parts)-1 {
		g.together = false
	}
}

// semicolons counts the parts that a semicolon parts from the one before.
func (s *sentence) semicolons(g *group) (n int) {
	for i := 1; i < len(g.parts); i++ {
		if strings.ContainsAny(s.line.Text[g.parts[i-1].n.End:g.parts[i].n.Offset], "；;") {
			n++
		}
	}
	return n
}

// judgeParts judges one group.
func (s *sentence) judgeParts(g *group) {
	p := s.paper
	if len(g.parts) == 1 && !g.shown {
		s.judgePart(g)
		return
	}
	all := g.claim(len(g.parts))
	if all.closes() || g.closed && all.holds() {
		p.settle(all)
		return
	}
	whole, _ := g.whole.bounds()
	entire := g.closed && g.together && g.complete()
	for n := len(g.parts) - 1; n >= 2 && !entire && whole.value.sign() != 0 && !s.spent(); n-- { // what follows may be something else
		if c := g.claim(n); c.closes() {
			p.settle(c)
			return
		}
	}
	j, ok := all.try()
	if !ok {
		return
	}
	exceeds := j.low.cmp(whole.high.quo(scaleOf(g.whole.Unit()))) > 0
	all.presumed = g.open || !entire && !(g.closed && g.together && exceeds && g.apart())
	if p.settle(all) {
		return
	}
	for n := len(g.parts) - 1; exceeds && n >= 2 && !s.spent(); n-- {
		c := g.claim(n)
		c.presumed = true
		if p.settle(c) {
			return
		}
	}
	if g.whole.sentence == s || g.complete() {
		p.doubt(all)
	}
}

// claim is that the first n parts give the whole.
func (g *group) claim(n int) claim {
	signs := make([]int8, n)
	for i, m := range g.parts[:n] {
		if g.whole.kind == amount && m.way != g.whole.way {
			signs[i] = -1
		}
	}
	return claim{rule: "sum", what: lang.Of(lang.Zh(name(g.whole)+"的组成"), lang.En("the parts of "+name(g.whole))), form: signed(signs), stated: g.whole, operands: g.parts[:n], quiet: g.open}
}

// name is the subject of a figure for a message.
func name(m *mention) string {
	if m.subject == "" {
		return m.short()
	}
	return quoted(m.subject)
}

// complete says whether the text or the rules of the field show that the parts are all.
func (g *group) complete() bool {
	last := g.parts[len(g.parts)-1]
	if g.shown || strings.HasPrefix(last.subject, "其他") || strings.HasPrefix(last.subject, "其余") || strings.HasPrefix(last.core, "其他") || strings.HasPrefix(last.core, "其余") {
		return true
	}
	return slices.ContainsFunc(partitions, func(d partition) bool { return d.divides(g.whole, g.parts) })
}

// divides says whether a whole and its parts are those of a partition.
func (d partition) divides(whole *mention, parts []*mention) bool {
	if len(d.parts) != len(parts) || !strings.Contains(whole.core, d.whole) && !strings.Contains(whole.subject, d.whole) {
		return false
	}
	var taken [8]bool // of the parts
	for _, w := range d.parts {
		i := slices.IndexFunc(parts, func(m *mention) bool { return strings.Contains(m.subject, w) })
		if i < 0 || taken[i] {
			return false
		}
		taken[i] = true
	}
	return true
}

// akin says whether the subjects of the parts show that they are parts of the whole: they name the same thing, or they
// fill a parenthesis behind it.
func (g *group) akin() bool {
	return g.parts[0].depth > 0 && len(g.parts) > 2 || g.complete() || g.kin()
}

// kin says whether the subjects of the parts end in the noun of the whole.
func (g *group) kin() bool {
	head := tailRunes(g.whole.core, 2)
	if runes(head) < 2 {
		return false
	}
	for _, m := range g.parts {
		if !strings.HasSuffix(m.core, head) && m.casualty() == "" {
			return false
		}
	}
	return true
}

// crossing are words that divide things another way than the words beside them may: women may be members of the party.
var crossing = wordsOf("女", "男", "党员", "团员", "民族", "本科", "硕士", "博士", "研究生", "大专", "学历", "职称", "高级", "中级", "退役", "退伍", "岁", "青年", "老年", "老人", "儿童", "残疾", "困难", "农村", "低保",
	"规模以上", "规上", "国有", "民营", "私营", "中小", "小微", "重点", "高新", "上市", "骨干", "兼职", "持证", "新增", "首次", "省级", "市级", "国家级")

// apart says whether nothing can be two of the parts at once, so that together they cannot exceed the whole. People have
// many qualities; of them only parts that share the noun of the whole are apart (行政编制, 事业编制).
func (g *group) apart() bool {
	for _, m := range g.parts {
		if crossing.in(m.subject) {
			return false
		}
	}
	if g.whole.Unit().Dimension() == people && g.whole.casualty() == "" {
		return g.kin()
	}
	return g.linked || g.akin()
}

// judgePart judges a single part: it is at most its whole.
func (s *sentence) judgePart(g *group) {
	part := g.parts[0]
	if g.whole.kind != level || part.place > 0 && s.mentions[part.place-1].n.Offset > g.at { // 其中A增长6%，B收入…
		return
	}
	v, ok := order(part.Figure, g.whole.Figure)
	sure := g.whole.sentence == s && s.countedAmong(part, g) || g.whole.sentence == s && part.place == g.whole.place+1 &&
		(part.depth > g.whole.depth || like(part.core, g.whole.core) != unlike || g.whole.core != "" && strings.HasSuffix(part.core, g.whole.core)) // 支出…，其中：财政拨款支出…
	if !ok || v == Contradiction && !sure {
		return
	}
	s.paper.compare("part", v, part, g.whole, lang.Of("部分不大于总体", "a part is at most its whole"))
}

// countedAmong says whether a part is of what the whole counts, and not of money, which may be less than nothing: 经营主体1163.7万户、增长6.3%，
// 其中企业410.1万户. The whole's change may stand between.
func (s *sentence) countedAmong(part *mention, g *group) bool {
	if part.Unit() != g.whole.Unit() || part.Unit().Dimension() == money || part.Unit() == figure.One || g.whole.core == "" || part.depth != g.whole.depth {
		return false
	}
	for _, m := range s.mentions[g.whole.place+1 : part.place] {
		if m.kind != rate || normal(m.core) != "" {
			return false
		}
	}
	return strings.HasPrefix(s.line.Text[g.at:], "其中") && strings.HasPrefix(strings.TrimLeft(s.line.Text[g.at+len("其中"):], "：:， "), strings.TrimLeft(strings.TrimPrefix(part.lead, "其中"), "：:， "))
}

// compare reports that a is at most b, or is not.
func (p *paper) compare(rule string, v Verdict, a, b *mention, what lang.Text) {
	numbers := []*number{a.n, b.n}
	if !p.first(numbers) {
		return
	}
	zh, en := what.Zh+"："+a.short()+" ≤ "+b.short(), what.En+": "+a.short()+" ≤ "+b.short()
	if v == Contradiction {
		zh, en = zh+"不成立，请核对。", en+" does not hold; check the figures."
	} else {
		zh, en = zh+"，成立。", en+" holds."
	}
	p.report(Relation{Rule: rule, Verdict: v, Line: a.n.lineNumber(), Quote: quote(a.sentence, numbers), Stated: a.Number(), Unit: a.Unit().String(),
		Formula: a.n.name() + " ≤ " + b.n.name(), Message: lang.Text{Zh: zh, En: en}}, nil, numbers, []*mention{a, b})
}
