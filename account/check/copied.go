package check

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"anlan/account/check/reading"
	"anlan/ground/figure"
	"anlan/ground/lang"
)

// copyFigures is how many figures a paragraph must have before it is compared with last year's.
const copyFigures = 2

// ofTheYear are words of paragraphs that tell what happened in the year; plans, rules and descriptions of an office stay as they were.
var ofTheYear = wordsOf("全年", "本年", "今年", "年度", "同比", "较上年", "比上年", "比去年", "较去年")

var standing = wordsOf("内设机构", "编制", "下属单位", "主要职责", "主要职能", "分值", "扣分", "满分", "不低于", "不少于", "不超过", "控制在", "办法", "规定")

// keepParagraph finds a paragraph that last year's report has word for word, but for the year, with the same figures (照抄上年).
func (p *paper) keepParagraph(l *reading.Line) {
	if p.between == nil || p.year == 0 || l.Kind == reading.Heading || l.Kind == reading.Title || standing.in(l.Text) {
		return
	}
	var figures []*mention
	telling := false
	for k := len(p.recent) - 1; k >= 0 && p.recent[k].n.line == l; k-- {
		m := p.recent[k]
		digits := strings.Trim(strings.ReplaceAll(m.Number(), ".", ""), "0")
		telling = telling || len(digits) >= 3
		figures = append(figures, m)
	}
	said, ofYear := p.withoutYears(l)
	if len(figures) < copyFigures || !telling || !ofYear && !ofTheYear.in(l.Text) {
		return
	}
	slices.Reverse(figures)
	for _, key := range []string{said, compact(l.Text)} { // with its years, where they were not changed either
		if p.between.earlier[p.doc] {
			p.between.keep(key, paragraph{p.year, figures})
			continue
		}
		for _, o := range p.between.paragraphs[key] {
			if o.year == p.year-1 {
				p.noteCopied(l, figures, o)
				return
			}
		}
	}
}

// keep keeps a paragraph of an earlier report.
func (b *between) keep(key string, o paragraph) {
	if b.paragraphs == nil {
		b.paragraphs = map[string][]paragraph{}
	}
	if len(b.paragraphs) < seriesMax {
		b.paragraphs[key] = append(b.paragraphs[key], o)
	}
}

// paragraph is one of an earlier report, with its figures.
type paragraph struct {
	year    int16
	figures []*mention
}

// withoutYears is the text of a paragraph without blanks, in which the report's own year and the one before are written by their distance; it says
// whether one of them stands there.
func (p *paper) withoutYears(l *reading.Line) (string, bool) {
	var b strings.Builder
	from, named := 0, false
	for s := figure.NewScanner(l.Text); ; {
		t, ok := s.Next()
		if !ok {
			break
		}
		own := strconv.Itoa(int(p.year))
		before := strconv.Itoa(int(p.year) - 1)
		if t.Class == figure.ClassDate && (t.Date.Year == p.year || t.Date.Year == p.year-1) {
			b.WriteString(l.Text[from:t.Offset])
			b.WriteString(strings.NewReplacer(own, "本年", before, "上年").Replace(l.Text[t.Offset:t.End]))
			from, named = t.End, true
		}
	}
	b.WriteString(l.Text[from:])
	return compact(b.String()), named
}

// copiedMost is how many figures of a copied paragraph a note names.
const copiedMost = 6

func (p *paper) noteCopied(l *reading.Line, figures []*mention, o paragraph) {
	numbers := numbersOf(figures[:min(len(figures), copiedMost)])
	numbers = append(numbers, numbersOf(o.figures[:min(len(o.figures), copiedMost)])...)
	if !p.first(numbers) {
		return
	}
	var texts []string
	for _, m := range figures[:min(len(figures), copiedMost)] {
		texts = append(texts, m.short())
	}
	year, line := strconv.Itoa(int(o.year)), lineOf(o.figures[0])
	from := o.figures[0].n.doc.Name
	n := strconv.Itoa(len(figures))
	message := lang.Of(
		lang.Zh("与上年一字不差的段落：“"+from+"”第"+line+"行（"+year+"年）除年份外与这一段完全相同，其中"+n+"个数据（"+strings.Join(texts, "、")+"）也没有变。是不是沿用了上年的内容，没有更新？"),
		lang.En("a paragraph that is last year's: "+from+" line "+line+" ("+year+") is the same but for the year, with the same "+n+" figures ("+strings.Join(texts, ", ")+"). Was it taken over and not brought up to date?"))
	p.report(Relation{Rule: "copied", Verdict: Noted, Line: int(l.Number), Quote: shortened(strings.TrimSpace(l.Text), quoteRunesMax), Message: placed(numbers, message),
		Notes: []Note{{OtherReading, lang.Of("不算错的可能：情况确实没有变化", "readings under which it is right: nothing has changed")}}}, nil, numbers, append(slices.Clip(figures), o.figures...))
}

// selfIntroduced is another office's name where a report speaks of itself: 某市某局2023年部门整体支出, 某市某局内设机构.
var selfIntroduced = regexp.MustCompile(`([^，。；：、“”《》（）()\s0-9]{2,10}[省市县区州旗])([^，。；：、“”《》（）()\s0-9]{2,12}?(?:局|厅|委员会))(?:(?:19|20)[0-9]{2}年度?)?(?:部门|单位)?(?:整体支出|内设机构|概况|主要职能|主要职责|部门决算|部门预算)`)

// selfTold are the words of which one ends every introduction, so that most lines need not be matched.
var selfTold = wordsOf("整体支出", "内设机构", "概况", "主要职能", "主要职责", "部门决算", "部门预算")

// quoting are words of a sentence that speaks of what somebody else has ordered or does.
var quoting = wordsOf("根据", "按照", "依据", "印发", "通知", "下属", "所属", "直属", "二级", "主管", "整合", "划入", "原")

// checkOtherOffice notes the name of another office where the report speaks of itself, as when its template was another's report. The title says
// whose report it is; an office that the text calls subordinate is none of them.
func (p *paper) checkOtherOffice() {
	own := p.file.Organisation
	if own == "" || !strings.HasSuffix(own, "局") && !strings.HasSuffix(own, "厅") && !strings.HasSuffix(own, "委员会") {
		return
	}
	for i := range p.doc.Lines {
		l := &p.doc.Lines[i]
		if l.Kind == reading.Blank || l.Kind == reading.Markup || l.Kind == reading.Title || len(l.Cells) > 0 || !selfTold.in(l.Text) || quoting.in(l.Text) {
			continue
		}
		at := selfIntroduced.FindStringSubmatch(l.Text)
		if at == nil {
			continue
		}
		other := at[1] + at[2]
		if strings.HasSuffix(other, own) || strings.HasSuffix(own, other) || strings.HasSuffix(own, at[2]) && !strings.Contains(own, "市") && !strings.Contains(own, "县") && !strings.Contains(own, "区") {
			continue
		}
		p.tell(Relation{Rule: "copied", Verdict: Noted, Line: int(l.Number), Quote: shortened(strings.TrimSpace(l.Text), quoteRunesMax), Message: lang.Of(
			lang.Zh("别的单位的名称：标题说这是“"+own+"”的报告，这里却写成“"+other+"”，是否从别的单位的报告抄来没有改？"),
			lang.En("another office's name: the title says that this is the report of "+own+", but here it is "+other+"; was it copied from theirs?")),
			Notes: []Note{{OtherReading, lang.Of("不算错的可能：这里确实是说那个单位（下属单位、合并前的单位）", "readings under which it is right: that office is meant (a subordinate one, or one that was merged)")}}}, nil)
	}
}
