package browser

import (
	"testing"

	"anlan/safety/hazard"
)

// TestManyHazardsAreWithdrawnAtOnce: three rows are ticked, one of them is changed by somebody else meanwhile; two are withdrawn with one reason,
// and the page says why the third is not.
func TestManyHazardsAreWithdrawnAtOnce(t *testing.T) {
	for _, l := range []look{desk, phone} {
		t.Run(l.String(), func(t *testing.T) {
			t.Parallel()
			s := open(t)
			p := s.sits(t, l)
			p.signIn("keshi")
			p.open("/records/hazard?where=title+has+示例隐患1")
			p.do(blurred)
			p.key("jxjxjx") // by the keyboard alone
			p.follow(p.t("办理勾选的", "A step for those ticked"))
			p.reads("YH-00010", "YH-00011", "YH-00012", "!YH-00013", p.t("作废", "Withdraw"))
			edited := s.hazard("YH-00011")
			edited.Title = "示例隐患11：已核实"
			s.edit(edited.ID, func(h *hazard.Hazard) { h.Title = edited.Title })
			p.do(p.clicking(`[name=action][value=withdraw]`))
			p.fill("reason", "重复登记")
			p.follow(p.t("办理 3 条", "Do it for 3 records"))
			p.reads(p.t("办成2条，没有办成1条", "2 done, 1 refused"), "示例隐患11：已核实")
			p.open("/records/hazard/withdrawn")
			p.reads("YH-00010", "重复登记", "keshi", "!YH-00011")
			for number, want := range map[string]bool{"YH-00010": false, "YH-00011": true, "YH-00012": false, "YH-00013": true} {
				if got := s.find("hazard", number) != nil; got != want {
					t.Errorf("%s stands: %v", number, got)
				}
			}
		})
	}
}
