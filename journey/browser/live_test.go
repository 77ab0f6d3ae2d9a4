package browser

import (
	"testing"
	"time"

	"anlan/safety/hazard"
)

// TestAnOpenListSaysThatSomebodyElseHasChangedSomething: quietly, without reloading; also after the server was away meanwhile, and not of what lies out
// of sight.
func TestAnOpenListSaysThatSomebodyElseHasChangedSomething(t *testing.T) {
	for _, l := range []look{desk, phone} {
		t.Run(l.String(), func(t *testing.T) {
			t.Parallel()
			s := open(t)
			p := s.sits(t, l)
			p.signIn("pingjiang")
			hint := `document.querySelector('[data-live] a').getClientRects().length > 0`
			p.open("/records/hazard?where=number+%3D+YH-00004")
			p.reads("!" + p.t("打开以后有变化", "changed since you opened it"))
			s.edit(s.hazard("YH-00003").ID, func(x *hazard.Hazard) { x.Title = "别县的隐患改了名" }) // of 430602, which the reader does not see
			s.edit(s.hazard("YH-00004").ID, func(x *hazard.Hazard) { x.Title = "别人改过的隐患" })
			p.until(hint)
			p.reads("!别人改过的隐患")
			p.sees()
			p.follow(p.t("打开以后有变化", "changed since you opened it"))
			p.reads("别人改过的隐患", "!"+p.t("打开以后有变化", "changed since you opened it"))

			// The server goes away and comes back; what was changed meanwhile is told.
			p.unreachable()
			s.cut()
			s.edit(s.hazard("YH-00004").ID, func(x *hazard.Hazard) { x.Title = "断开时又改了一次" })
			s.join()
			p.within(50*time.Second, hint) // the browser comes back after a time that the server has named
			p.follow(p.t("打开以后有变化", "changed since you opened it"))
			p.reads("断开时又改了一次")
		})
	}
}
