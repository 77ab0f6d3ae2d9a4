package browser

import "testing"

// TestWithdrawnAndBack: a record is withdrawn by mistake, found in the list of what was withdrawn, and reinstated with a reason; the board has it again.
func TestWithdrawnAndBack(t *testing.T) {
	for _, l := range []look{desk, phone} {
		t.Run(l.String(), func(t *testing.T) {
			t.Parallel()
			s := open(t)
			p := s.sits(t, l)
			p.signIn("keshi")
			at := "/records/hazard/" + s.hazard("YH-00001").ID.String()
			p.open("/records/hazard?view=board")
			p.reads("YH-00001")
			p.open(at)
			p.do(p.clicking(`details.grave summary`))
			p.do(p.clicking(`details.grave textarea`))
			p.types("看错了")
			p.goes(200, p.clicking(`details.grave button`))
			p.reads(p.t("作废", "withdrawn"), "看错了")
			p.open("/records/hazard?view=board")
			p.reads("!YH-00001")
			p.open("/records/hazard/withdrawn")
			p.reads("YH-00001", "看错了")
			p.do(p.clicking(`details.step summary`))
			p.do(p.clicking(`details.step input[name=reason]`))
			p.types("是两处隐患")
			p.goes(200, p.clicking(`details.step button`))
			p.reads(p.t("恢复", "reinstated"), "是两处隐患")
			p.open("/records/hazard?view=board")
			p.reads("YH-00001")
		})
	}
}

// TestCodesByPinyin: in a list of a hundred codes one is found by its initials, and stays chosen while another is looked for.
func TestCodesByPinyin(t *testing.T) {
	t.Parallel()
	s := open(t)
	p := s.sits(t, desk)
	p.signIn("caiwu")
	p.open("/records/voucher/new")
	p.do(p.clicking(`[name=economic_code]`), p.clicking(`input.narrow:has(+ [name=economic_code])`))
	p.types("bgf")
	if got := p.value("economic_code"); got != "30201" {
		t.Errorf("bgf chooses %q", got)
	}
	p.types("zzzz")
	if got := p.value("economic_code"); got != "30201" {
		t.Errorf("what nothing fits leaves %q", got)
	}
}
