package check

import (
	"slices"
	"strings"

	"anlan/ground/lang"
)

// formIndicator is a third-level indicator of a form of evaluation (三级指标), with its points.
type formIndicator struct {
	name   string
	said   []string // how reports name it, without quotation marks
	points int64
	rate   *officialRate // nil where no formula gives it
	scale  *scale        // nil where its rule leaves it to a judge
}

// evaluationForm is a form with points that many offices of a province use (指标表).
type evaluationForm struct {
	name       lang.Text
	since      int16
	places     []string // of whose reports the text names one
	indicators []formIndicator
}

// scale is how a form turns a rate into points (评分规则), all in percentage points of the rate.
type scale struct {
	bands []band // of which the first whose end the rate does not exceed gives the points; beyond the last, none
	limit int64  // at which full points end
	step  int64  // every so many points beyond the limit …
	off   exact  // … cost so much
	below bool   // it is falling short of the limit that costs
}

type band struct{ upTo, points int64 }

// wholeForms are the forms for the expenditure of a whole department. Offices adapt them, and every year's notice may bring another; that a form
// has an indicator is therefore said with an "if".
var wholeForms = []*evaluationForm{{hunanForm, 2016, []string{"湖南", "长沙", "株洲", "湘潭", "衡阳", "邵阳", "岳阳", "常德", "张家界", "益阳", "郴州", "永州", "怀化", "娄底", "湘西"}, []formIndicator{
	{"在职人员控制率", []string{"在职人员控制率", "人员控制率"}, 5, nil, &scale{limit: 100, step: 1, off: half}},
	{"“三公”经费变动率", []string{"三公经费变动率", "三公变动率", "三公经费预算变动率"}, 5, officialRateOf("三公经费变动率"), &scale{limit: 0, step: 1, off: half}},
	{"预算完成率", []string{"预算完成率"}, 5, officialRateOf("预算完成率"), &scale{limit: 100, step: 5, off: whole(2), below: true}},
	{"预算控制率", []string{"预算控制率"}, 5, officialRateOf("预算控制率"), &scale{bands: []band{{0, 5}, {10, 4}, {20, 3}, {30, 2}}}},
	{"新建楼堂馆所面积控制率", []string{"楼堂馆所面积控制率", "新建楼堂馆所"}, 5, nil, nil},
	{"新建楼堂馆所投资概算控制率", []string{"投资概算控制率", "新建楼堂馆所"}, 5, nil, nil},
	{"公用经费控制率", []string{"公用经费控制率"}, 8, officialRateOf("公用经费控制率"), &scale{limit: 100, step: 1, off: one}},
	{"“三公”经费控制率", []string{"三公经费控制率", "三公控制率"}, 7, officialRateOf("三公经费控制率"), &scale{limit: 100, step: 1, off: one}},
	{"政府采购执行率", []string{"政府采购执行率", "政府采购预算执行率"}, 6, officialRateOf("政府采购执行率"), &scale{limit: 100, step: 5, off: whole(2), below: true}},
	{"管理制度健全性", []string{"管理制度健全性", "管理制度"}, 8, nil, nil},
	{"资金使用合规性", []string{"资金使用合规性", "使用合规性"}, 6, nil, nil},
	{"预决算信息公开性", []string{"预决算信息公开性", "预算信息公开性", "信息公开"}, 5, nil, nil},
	{"重点工作实际完成率", []string{"重点工作实际完成率", "重点工作办结率", "重点工作完成率", "职责履行"}, 8, nil, nil},
	{"经济效益、社会效益", []string{"经济效益", "社会效益", "生态效益"}, 10, nil, nil},
	{"行政效能", []string{"行政效能"}, 6, nil, nil},
	{"社会公众或服务对象满意度", []string{"满意度"}, 6, nil, nil},
}}}

// score are the least and the most points that a rate gives: the forms do not say whether a step that is begun counts, so that there may be two
// readings.
func (s *scale) score(rate exact, full int64) (least, most exact) {
	if s.bands != nil {
		for _, b := range s.bands {
			if rate.cmp(whole(b.upTo)) <= 0 {
				return whole(b.points), whole(b.points)
			}
		}
		return exact{}, exact{}
	}
	off := rate.sub(whole(s.limit))
	if s.below {
		off = off.neg()
	}
	if off.sign() <= 0 {
		return whole(full), whole(full)
	}
	steps := off.quo(whole(s.step))
	ended := whole(steps.floor())
	begun := ended
	if ended.cmp(steps) < 0 {
		begun = ended.add(one)
	}
	left := func(steps exact) exact {
		if x := whole(full).sub(steps.mul(s.off)); x.sign() > 0 {
			return x
		}
		return exact{}
	}
	return left(begun), left(ended)
}

// fits says whether a report goes by the form: it is of its places and years, and shows three of its rates.
func (f *evaluationForm) fits(year int16, text string) bool {
	rates := 0
	for i := range f.indicators {
		if in := &f.indicators[i]; in.scale != nil && in.namedIn(text) {
			rates++
		}
	}
	return year >= f.since && rates >= formRates && slices.ContainsFunc(f.places, func(place string) bool { return strings.Contains(text, place) })
}

// formRates is how many rates of a form a report must show before it is taken for one by that form.
const formRates = 3

// namedIn says whether a text without blanks and quotation marks names the indicator.
func (i *formIndicator) namedIn(text string) bool {
	for _, w := range i.said {
		if strings.Contains(text, w) {
			return true
		}
	}
	return false
}
