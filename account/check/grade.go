package check

import (
	"regexp"
	"strings"

	"anlan/ground/lang"
)

// grade is a word for a score out of a hundred, with the scores that it is for.
type grade struct {
	name        string
	from, below int64
	words       *lexicon
}

// grades are those of 项目支出绩效评价管理办法 (财预〔2020〕10号): 90 and above 优, 80 and above 良, 60 and above 中, below 60 差.
var grades = []grade{
	{"优", 90, 101, wordsOf("优", "优秀")},
	{"良", 80, 90, wordsOf("良", "良好")},
	{"中", 60, 80, wordsOf("中", "中等", "一般")},
	{"差", 0, 60, wordsOf("差", "较差", "不合格")},
}

var (
	// gradedAs follows a score and grades it: 85分，评价等级为“优”.
	gradedAs = regexp.MustCompile(`^[^0-9。；;]{0,40}?(?:等级|等次|档次|级别|评价结果|评定结果|结果|评定|评价|属于|属)[^0-9，,。；;“”]{0,8}?[为是：:于]?[“"]?(优秀|良好|中等|一般|较差|不合格|优|良|中|差)[”"]?(?:等?级|等次|[，,。；;、）)]|$)`)
	// gradedFirst stands before a score: 评价等级为“优”，得分85分.
	gradedFirst = regexp.MustCompile(`(?:等级|等次|档次|评价结果|评定结果)[为是：:]?[“"]?(优秀|良好|中等|一般|较差|不合格|优|良|中|差)[”"]?(?:等?级|等次)?[，,（(]$`)
	// gained begins the words of what was scored of the points before it: 投入10分，得9分.
	gained = regexp.MustCompile(`^(?:实际|实|自评|评价|综合|最终)?(?:得分?|评分|得分)(?:为|是)?$`)
)

// scored are the points of an indicator and what it got of them, as prose says it.
type scored struct{ points, got *mention }

// scoredMax bounds what is kept of a document.
const scoredMax = 200

// checkGrades judges what prose says of scores: 得 ≤ 分值, the grade of a total by the common grades, and, once all was read, that the scores
// make the total.
func checkGrades(s *sentence) {
	for k, m := range s.mentions {
		if m.Unit() != scoreUnit || m.kind != level || m.listSize > 1 || m.Form().Vague() {
			continue
		}
		if k > 0 && gained.MatchString(strings.Trim(m.lead, "，,、（()） 　")) {
			s.keepScored(s.mentions[k-1], m)
		}
		if scoreWords.in(m.lead) || strings.HasSuffix(strings.TrimRight(m.lead, "为是： "), "得分") {
			s.judgeGrade(m)
		}
	}
}

// keepScored keeps what an indicator got of its points, and contradicts more than there are.
func (s *sentence) keepScored(points, got *mention) {
	if points.Unit() != scoreUnit || points.kind != level || points.Form().Vague() || strings.Contains(points.lead, "得") || strings.Contains(points.lead, "扣") || strings.Contains(points.lead, "加") ||
		runes(s.line.Text[points.n.End:got.n.Offset]) > 12 {
		return
	}
	if v, ok := order(got.Figure, points.Figure); ok && v == Contradiction {
		s.paper.plainOf("score", Contradiction, s, got, []*mention{points}, lang.Of(
			lang.Zh("得分超过分值：得分为"+got.short()+"，该项分值只有"+points.short()+"，请核对。"), lang.En("a score above its points: "+got.short()+" of "+points.short()+"; check the figures.")))
	}
	if l := &s.paper.ledger; len(l.scored) < scoredMax {
		l.scored = append(l.scored, scored{points, got})
	}
}

// judgeGrade notes a grade that is not that of its score by the common grades. An office may have grades of its own.
func (s *sentence) judgeGrade(m *mention) {
	text := s.line.Text
	at := gradedAs.FindStringSubmatch(text[m.n.End:s.to])
	if at == nil {
		at = gradedFirst.FindStringSubmatch(strings.TrimSuffix(text[s.from:m.opens], " "))
	}
	if at == nil || at[1] == "" || strings.Contains(text, "以上为") || strings.Contains(text, "以上的") {
		return
	}
	value := numberOf(m.Figure)
	for _, g := range grades {
		if !g.words.is(at[1]) || value.cmp(whole(g.from)) >= 0 && value.cmp(whole(g.below)) < 0 || value.cmp(hundred) > 0 {
			continue
		}
		right := grades[len(grades)-1]
		for _, r := range grades {
			if value.cmp(whole(r.from)) >= 0 {
				right = r
				break
			}
		}
		if !s.paper.first([]*number{m.n}) {
			return
		}
		s.paper.report(Relation{Rule: "score", Verdict: Noted, Line: m.n.lineNumber(), Quote: quote(s, []*number{m.n}), Stated: m.Number(), Unit: m.Unit().String(),
			Notes: []Note{{OtherReading, lang.Of("不算错的可能：本地另有等级划分办法", "a reading under which it is right: the place has grades of its own")}},
			Message: lang.Of(
				lang.Zh("得"+m.short()+"，等级却写作“"+at[1]+"”；按常用的划分（财预〔2020〕10号：90分及以上为优，80分及以上为良，60分及以上为中，60分以下为差）应为“"+right.name+"”，请核对。"),
				lang.En(m.short()+" is graded “"+at[1]+"”; by the common grades (财预〔2020〕10号: 优 from 90, 良 from 80, 中 from 60, 差 below) it is “"+right.name+"”; check it.")),
		}, nil, []*number{m.n}, []*mention{m})
		return
	}
}

// judgeScored judges the total of a self-evaluation by the scores that its prose gives, where the points of these make a hundred.
func (p *paper) judgeScored() {
	all, total := p.ledger.scored, p.totalScore()
	if total == nil || len(all) < 3 {
		return
	}
	points := exact{}
	var got []*mention
	for _, x := range all {
		points = points.add(numberOf(x.points.Figure))
		got = append(got, x.got)
	}
	if points.cmp(hundred) != 0 || total.n.id == got[len(got)-1].n.id {
		return
	}
	c := scoreSum(lang.Of("各项得分之和", "the scores"), total, got)
	if !p.settle(c) {
		p.doubt(c)
	}
}
