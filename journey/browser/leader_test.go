package browser

import (
	"testing"

	"anlan/record/access"
	"anlan/record/book"
	"anlan/safety/hazard"
)

// TestLeaderSeesWhatWaitsAndApprovesIt: one screen of what waits, is late and has changed; a hazard that was mended is closed from it, also on a phone,
// and no longer waits; what is overdue opens as the list of that unit.
func TestLeaderSeesWhatWaitsAndApprovesIt(t *testing.T) {
	for _, l := range []look{desk, phone} {
		t.Run(l.String(), func(t *testing.T) {
			t.Parallel()
			s := open(t)
			s.mended("YH-00008")
			p := s.sits(t, l)
			p.signIn("lingdao")
			p.follow(p.t("概览", "overview"))
			p.reads(p.t("等您决定", "Waiting for you"), "YH-00008", p.t("销号", "close"), p.t("已逾期", "Overdue"), p.t("昨天以来的变动", "Changed since yesterday"))
			p.goes(200, p.clicking(`main a.figure.late`))
			p.reads("YH-00003", p.t("期限", "due on"))
			p.open("/overview")
			p.follow("YH-00008")
			p.press(p.t("销号", "close"))
			p.goes(200, p.clicking(`details[open].step form button`))
			p.reads(p.t("已销号", "closed"))
			if h := s.hazard("YH-00008"); h.State != hazard.StateClosed {
				t.Errorf("the hazard is %s", h.State)
			}
			p.open("/overview")
			p.reads(p.t("没有等您决定的事项", "Nothing waits for you"))
		})
	}
}

// mended reports a hazard as mended, as the section would.
func (s *site) mended(number string) {
	s.t.Helper()
	h := s.hazard(number)
	s.edit(h.ID, func(h *hazard.Hazard) { h.Steps = []hazard.Step{{On: h.FoundOn, What: "已更换箱体"}} })
	_, err := s.app.Book.Apply(s.t.Context(), admin, []book.Change{{Kind: "hazard", ID: h.ID, Action: access.Action("rectify")}})
	must(s.t, err)
}
