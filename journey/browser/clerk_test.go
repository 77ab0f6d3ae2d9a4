package browser

import (
	"strings"
	"testing"
)

// TestFinanceClerk: from the board of charts and the list of figures down to the proof of one version of one record, each step one click; every address,
// opened by somebody else, shows the same.
func TestFinanceClerk(t *testing.T) {
	for _, l := range []look{desk, phone} {
		t.Run(l.String(), func(t *testing.T) {
			t.Parallel()
			s := open(t)
			p, other := s.sits(t, l), s.sits(t, l)
			p.signIn("caiwu")
			other.signIn("shenji")
			same := func(texts ...string) {
				t.Helper()
				p.reads(texts...)
				other.open(p.path())
				other.reads(texts...)
			}
			p.open("/board?period=2023&group=work_safety")
			same(p.t("2023年指标看板", "Board of indicators, 2023"), p.t("上年", "last year"))
			p.goes(200, p.clicking(`main a.figure[href^="/figures/work_safety.deaths?"]`)) // from the board straight to the figure
			same(p.t("由哪些数得来", "What it comes from"))
			p.open("/figures?period=2023")
			same(p.t("2023年指标", "Figures, 2023"))
			p.goes(200, p.clicking(`a.figure[href^="/figures/work_safety.deaths?"]`))
			same("accident", p.t("由哪些数得来", "What it comes from"), p.t("算法", "The arithmetic"))
			p.goes(200, p.clicking(`main table a.figure`)) // the measure
			same("SG-00001", "SG-00002", "+1")
			p.follow("SG-00001")
			same(p.t("第1版", "version 1"), p.t("经过", "History"))
			record := p.path()
			p.goes(200, p.clicking(`.timeline a`)) // the version as it stood
			if at := p.path(); !strings.HasPrefix(at, record+"?as-of=") {
				t.Errorf("a version leads to %s", at)
			}
			same(p.t("这是日志位置", "this is how it stood at position"))
			p.open(record)
			p.follow(p.t("证明", "proof"))
			same("SG-00001", "anlan verify", p.t("这一版确在日志之中", "this version is in the journal"))
		})
	}
}

// TestAuditorReadsAndCannotWrite: what only readers may do is not offered, and is refused to whoever asks for it all the same.
func TestAuditorReadsAndCannotWrite(t *testing.T) {
	t.Parallel()
	s := open(t)
	p := s.sits(t, desk)
	p.signIn("shenji")
	at := "/records/hazard/" + s.hazard("YH-00002").ID.String()
	before := s.hazard("YH-00002").Version
	p.open("/records/hazard")
	p.reads("YH-00002", "!登记\n")
	p.open(at)
	p.reads("YH-00002", "!修改", "!作废")
	p.opens(at+"/edit", 403)
	p.opens("/records/hazard/new", 403)
	p.excuse(`network error: .*status of 403`)
	status := ask[int](p, `fetch('`+at+`/step', { method: 'POST', body: new URLSearchParams({ action: 'extend', version: '2', reason: '试一试', key: 'x' }) }).then(r => r.status)`, awaited)
	if status != 403 || s.hazard("YH-00002").Version != before {
		t.Errorf("a step of an auditor: status %d, version %d", status, s.hazard("YH-00002").Version)
	}
}
