package browser

import (
	"strings"
	"testing"
)

// TestPublic: without an account from the list of reports to a figure, its meaning, the files and the proof of all.
func TestPublic(t *testing.T) {
	for _, l := range []look{desk, phone} {
		t.Run(l.String(), func(t *testing.T) {
			t.Parallel()
			s := open(t)
			p := s.sits(t, l)
			p.open("/")
			if p.path() != "/public/reports" {
				t.Fatalf("the public begins at %s", p.path())
			}
			p.goes(200, p.clicking(`.published a`))
			report := p.path()
			p.reads(p.t("怎样核验", "How to verify it"), "report.docx", "figures.json")
			body := ask[string](p, `fetch('`+report+`/files/all.zip').then(async r => r.status + ' ' + new Uint8Array(await r.arrayBuffer()).slice(0, 2).join(' '))`, awaited)
			if body != "200 80 75" {
				t.Errorf("all files with the proof: %s", body)
			}
			p.goes(200, p.clicking(`main td a.figure`))
			p.reads(p.t("核验", "Verify"), "anlan verify")
			p.follow(p.t("在报告里看", "see it in the report"))
			if at := p.path(); !strings.HasPrefix(at, report+"/files/report.html") {
				t.Errorf("the figure stands in %s", at)
			}
			for _, path := range []string{"/today", "/records/hazard", "/figures"} {
				p.open(path)
				if !strings.HasPrefix(p.path(), "/sign-in?next=") {
					t.Errorf("%s shows a stranger %s", path, p.path())
				}
			}
		})
	}
}
