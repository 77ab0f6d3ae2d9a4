package browser

import (
	"strings"
	"testing"

	"anlan/ground/clock"
	"anlan/ground/period"
	"anlan/safety/hazard"
)

// TestSectionOfficer: from the list by deadline to a hazard, a step with its reason and the history; then a new hazard, with mistakes first.
func TestSectionOfficer(t *testing.T) {
	for _, l := range []look{desk, phone} {
		t.Run(l.String(), func(t *testing.T) {
			t.Parallel()
			s := open(t)
			p := s.sits(t, l)
			p.signIn("keshi")
			p.reads("YH-00001", p.t("已逾期", "Overdue"))
			p.open("/records/hazard?sort=due_on")
			first := ask[string](p, `document.querySelector('table.records tbody tr').innerText`)
			if !strings.Contains(first, "YH-00001") {
				t.Errorf("sorted by deadline, the list begins with %s", first)
			}
			p.fill("field", "number")
			p.fill("op", "=")
			p.fill("value", "YH-00002")
			p.follow(p.t("筛选", "Filter"))
			if at := p.path(); !strings.Contains(at, "where=number+%3D+YH-00002") || !strings.Contains(at, "sort=due_on") {
				t.Errorf("the filter does not stand in the address %s", at)
			}
			p.reads("YH-00002", "!YH-00003", p.t("共1条", "1 records"))
			p.follow("YH-00002")
			p.follow(p.t("修改", "Edit"))
			p.fill("extension.0.extended_to_on", period.DayAt(clock.System{}.Now()).Add(60).String())
			p.fill("extension.0.document", "示例安办〔2024〕2号")
			p.fill("extension.0.why", "配件未到货")
			p.fill("reason", "申请延期")
			p.follow(p.t("保存", "Save"))
			at := p.path()
			leader := s.sits(t, l) // whoever asked for the extension does not grant it
			leader.signIn("lingdao")
			leader.open(at)
			leader.press(p.t("延期", "extend"))
			leader.fill("reason", "配件未到货，现场已断电")
			leader.goes(200, leader.clicking(`form:has([value=extend]) button`))
			p.open(at)
			p.reads(p.t("理由：", "because: ") + "配件未到货，现场已断电")
			if h := s.hazard("YH-00002"); h.Version != 4 {
				t.Errorf("the hazard is at version %d", h.Version)
			}

			p.open("/records/hazard")
			p.follow(p.t("登记", "Add"))
			p.fill("number", "YH-90001")
			p.fill("title", "示例楼道堆放杂物")
			p.fill("cost", "很多")
			p.followTo(p.t("保存", "Save"), 422)
			for _, name := range []string{"grade", "found_on", "cost"} {
				if !ask[bool](p, `!!document.querySelector('[name=`+name+`]').closest('.field').querySelector('.why')`) {
					t.Errorf("%s has no fault at it", name)
				}
			}
			if n := ask[int](p, `document.querySelectorAll('.why').length`); n != 3 {
				t.Errorf("%d faults on the page", n)
			}
			if got := p.value("title") + p.value("cost"); got != "示例楼道堆放杂物很多" {
				t.Errorf("what was typed became %s", got)
			}
			if s.find("hazard", "YH-90001") != nil {
				t.Error("a form with faults was written")
			}
			p.fill("cost", "3000.00")
			p.fill("grade", "ordinary")
			p.fill("found_on", "2024-01-30")
			p.follow(p.t("保存", "Save"))
			p.reads("示例楼道堆放杂物", "3,000.00")
			if h := s.hazard("YH-90001"); h.Grade != hazard.Ordinary {
				t.Errorf("the hazard is %s", h.Grade)
			}
		})
	}
}
