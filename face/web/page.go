package web

import (
	"slices"

	"anlan/ground/lang"
	"anlan/ground/place"
	"anlan/record/access"
	"anlan/store/journal"
)

// page is what stands around the content of every page.
type page struct {
	Lang      lang.Lang
	Bureau    string
	Synthetic bool // the book holds invented records, and every page says so
	Title     string
	Lead      string // one sentence of what it is
	AsOf      string // when it is not the present that is shown
	Wing      string // of the navigation
	Crumbs    []anchor
	Actions   []anchor
	Who       string    // who is signed in, with the role
	Wings     []section // in which it may read something
	Path      string    // of the page with its query, to come back to after changing the language
	Narrow    bool      // a form or a text of one column
	Public    bool      // stands in the part that needs no sign-in
	Informing bool      // the public has a form to tell of hazards
	Checks    bool      // may check reports from elsewhere
	Decides   bool      // takes steps that ask for a second person
	Login     string    // of whoever is signed in
	Passkeys  bool      // asks the device for a passkey
	Live      string    // where it is told that something has changed; empty: it is not
	Scans     bool      // rows are added by scanning codes
	Keep      string    // addresses that a phone keeps for when there is no line
}

// anchor is a word that leads somewhere.
type anchor struct {
	Text, To string
	Primary  bool
	Key      string // that presses it
}

// page begins a page with a title.
func (v *visit) page(title string) page {
	p := page{Lang: v.lang, Bureau: v.bureau, Title: title, Path: v.r.URL.RequestURI(), Synthetic: v.s.synthetic, Informing: v.s.informing != nil}
	if v.r.Method != "GET" {
		p.Path = "/"
	}
	if v.signedIn() {
		p.Who, p.Login, p.Wings = access.Behalf(v.session.Name, v.session.For).In(v.lang), v.session.Login, v.wings()
		p.Checks, p.Decides = v.mayCheck(), v.decides()
		if v.session.Actor.Role.Code != "" {
			p.Who += " · " + v.session.Actor.Role.Label.In(v.lang)
		}
	}
	return p
}

func headUnit(h journal.Head) place.Unit { return place.Unit(h.Place) }

// section is a part of the navigation: the kinds of some areas, in the order of the paper forms.
type section struct {
	Code  string
	Label lang.Text
	About lang.Text
	Kinds []string
}

// sections are the parts of the navigation in the order of a day. Which kinds an area has is the table of package access; a test sees that
// every kind stands in one.
var sections = []section{
	{"watch", lang.Of("监测", "watch"), lang.Of("预警信息和降雨过程", "warning bulletins and rainfall processes"), access.KindsOf("watch")},
	{"call", lang.Of("叫应", "call-out"), lang.Of("叫应和人员转移", "call-outs and evacuations"), access.KindsOf("call")},
	{"respond", lang.Of("事件", "response"), lang.Of("预案和演练", "plans and drills"), access.KindsOf("respond")},
	{"safety", lang.Of("安全", "safety"), lang.Of("企业、隐患、事故和执法", "enterprises, hazards, accidents and enforcement"),
		access.KindsOf("safety")},
	{"relief", lang.Of("救灾", "relief"), lang.Of("灾害事件和灾情报告", "disasters and loss reports"), access.KindsOf("relief")},
	{"resource", lang.Of("财务资产", "money and assets"), lang.Of("预算、收支、项目、采购、资产，单位和人员", "budget, income and spending, projects, procurement, assets, units and staff"),
		access.KindsOf("money", "assets", "people", "control")},
	{"account", lang.Of("绩效", "performance"), lang.Of("报表、决算、引用和已公布的数据，指标、评分和公开记录", "returns, final accounts, cited and published figures, indicators, scores and publications"),
		access.KindsOf("figures")},
	{"public", lang.Of("公众", "public"), lang.Of("培训、宣传、举报、调查、创建和表彰", "training, publicity, public reports, surveys, standards and recognition"),
		access.KindsOf("public")},
	{"office", lang.Of("管理", "office"), lang.Of("用户、角色、扩展项、回调和导入记录", "users, roles, extra fields, webhooks and imports"), access.KindsOf("office", "desk")},
}

// sectionOf is the section in which a kind stands.
func sectionOf(kind string) section {
	for _, s := range sections {
		if slices.Contains(s.Kinds, kind) {
			return s
		}
	}
	return section{}
}

// wings are the sections of which the reader may see a kind, with those kinds alone.
func (v *visit) wings() (out []section) {
	for _, s := range sections {
		var kinds []string
		for _, k := range s.Kinds {
			if v.actor().May(access.Read, k) {
				kinds = append(kinds, k)
			}
		}
		if s.Kinds = kinds; len(kinds) > 0 {
			out = append(out, s)
		}
	}
	return out
}
