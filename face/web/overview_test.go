package web_test

import (
	"html"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"anlan/ground/place"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/safety/hazard"
	"anlan/store"
)

// bureau records hazards of counties that are late, in time, and mended.
func (s *site) bureau() {
	s.Helper()
	for n, c := range []struct {
		unit  place.Unit
		by    string
		steps []string
	}{
		{"430602", "2024-01-10", []string{"list"}}, {"430602", "2024-01-20", []string{"list"}}, {"430621", "2024-01-15", []string{"list"}}, {"430600", "2024-01-05", []string{"list"}},
		{"430621", "2024-03-01", []string{"list"}}, {"430602", "", []string{"rectify"}}, {"430621", "", []string{"rectify"}}, {"430621", "", nil},
	} {
		h := &hazard.Hazard{Number: "YH-8000" + string(rune('1'+n)), Title: "示例隐患", Grade: hazard.Major, FoundOn: day(s, "2023-12-06")}
		if c.by != "" {
			h.RectifyBy = day(s, c.by)
		}
		if len(c.steps) > 0 && c.steps[0] == "rectify" {
			h.Steps = []hazard.Step{{On: day(s, "2024-01-08"), What: "已整改"}}
		}
		h.Unit, h.Place = c.unit, "430602"
		id := s.apply(create("hazard", h))[0].ID
		for _, a := range c.steps {
			s.apply(book.Change{Kind: "hazard", ID: id, Action: access.Action(a)})
		}
	}
}

var (
	numbered = regexp.MustCompile(`<a class="figure[^"]*" href="(/records/[^"]+)">(?:<b>)?([0-9,]+)(?:</b>)?`)
	totalled = regexp.MustCompile(`(?:共|多于)([0-9,]+)条`)
)

// TestEveryNumberOfTheOverviewIsThatOfTheListBehindIt opens each as the leader.
func TestEveryNumberOfTheOverviewIsThatOfTheListBehindIt(t *testing.T) {
	t.Parallel()
	s := open(t, store.SQLite)
	s.bureau()
	leader := s.person("leader", "430600", access.Leader)
	page := leader.get("/overview", 200)
	page.has(t, "等您决定", "已整改", "销号", "岳阳楼区应急管理局", "岳阳县应急管理局", "本级", "昨天以来的变动", "2024年1月", "2023年1月")
	opened := 0
	for _, m := range numbered.FindAllStringSubmatch(page.body, -1) {
		to, said := html.UnescapeString(m[1]), m[2]
		list := totalled.FindStringSubmatch(leader.get(to, 200).body)
		if list == nil || list[1] != said {
			t.Errorf("%s: the overview says %s, the list %v", to, said, list)
		}
		opened++
	}
	if opened < 6 {
		t.Errorf("%d numbers were opened\n%s", opened, page.body)
	}
	county := s.person("county", "430621", access.Section).get("/overview", 200)
	county.has(t, "!岳阳楼区应急管理局")
	if row := county.between(t, ">合计<", "</tr>"); !strings.Contains(row, ">1<") {
		t.Errorf("a county's overdue: %s", row)
	}
}

func TestTheOverviewSetsTheYearBesideTheYearBefore(t *testing.T) {
	t.Parallel()
	s := open(t, store.SQLite)
	s.year()
	s.hazard(2, "430600", "示例隐患")
	leader := s.person("leader", "430600", access.Leader)
	page := leader.get("/overview?on=2023-06-30", 200)
	row := page.between(t, "排查重大事故隐患", "</tr>")
	for _, want := range []string{">2<", "period=2023-H1"} {
		if !strings.Contains(row, want) {
			t.Errorf("%s lacks %s", row, want)
		}
	}
	for _, m := range regexp.MustCompile(`href="(/figures/[^"]+)">([^<]+)<`).FindAllStringSubmatch(page.body, -1) {
		if u, err := url.Parse(html.UnescapeString(m[1])); err != nil || u.Query().Get("period") == "" {
			t.Errorf("%s: %v", m[1], err)
			continue
		}
		leader.get(html.UnescapeString(m[1]), 200)
	}
	leader.get("/overview?on=昨日", 422)
}
