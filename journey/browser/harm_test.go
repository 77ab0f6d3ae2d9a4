package browser

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"io"
	"strings"
	"testing"
)

// hostile are texts that would run where a page forgot that they are texts.
var hostile = []string{`<img src=x onerror=window.harmed=1>`, `"><script>window.harmed=1</script>`, `'-window.harmed=1-'`, `javascript:window.harmed=1`, `{{7*7}}</textarea><svg onload=window.harmed=1>`}

// TestEveryTextFieldIsText: what somebody types into the text fields of several kinds is shown as it was typed, and nothing of it runs.
func TestEveryTextFieldIsText(t *testing.T) {
	t.Parallel()
	s := open(t)
	p := s.sits(t, desk)
	p.signIn("guanli")
	for i, kind := range []string{"hazard", "evacuation", "stock_take", "loss_report", "disaster_event", "plan", "public_report", "training"} {
		p.open("/records/" + kind + "/new")
		filled := ask[int](p, `((texts, i) => {
  let n = 0;
  for (const e of document.querySelectorAll('main form.record :is(input, textarea)')) {
    if (e.type === 'hidden' || e.type === 'file' || e.type === 'checkbox' || e.type === 'date' || e.readOnly || e.dataset.choose) continue;
    e.value = texts[(i + n++) % texts.length];
  }
  window.onbeforeunload = null;
  return n;
})(`+inScript(hostile)+`, `+string(rune('0'+i))+`)`)
		if filled < 2 {
			t.Errorf("%s has %d fields of text", kind, filled)
		}
		p.goes(422, p.clicking(`.bottom .primary`)) // the hostile texts stand in the form again, with faults that quote them
		p.unharmed(t, kind+": form")
	}

	// Those that are valid texts are kept, and shown in list, record, history, form, filter and search.
	p.open("/records/hazard/new")
	p.fill("number", `"><script>window.harmed=1</script>`)
	p.fill("title", strings.Join(hostile, " "))
	p.fill("enterprise_name", hostile[0])
	p.fill("criterion", hostile[1])
	p.fill("order_no", hostile[2])
	p.fill("step.0.what", hostile[4])
	p.fill("step.0.step_on", "2024-01-31")
	p.fill("grade", "ordinary")
	p.fill("found_on", "2024-01-30")
	p.follow("保存")
	at := p.path()
	p.reads(hostile...)
	p.unharmed(t, "record")
	p.open(at + "/edit")
	p.fill("title", hostile[0])
	p.fill("reason", hostile[1])
	p.follow("保存")
	p.reads(hostile[:2]...)
	for _, path := range []string{at, at + "/proof", at + "/edit", "/records/hazard?sort=number", "/records/hazard?where=title+has+%3Cimg+src%3Dx+onerror%3Dwindow.harmed%3D1%3E", "/today"} {
		p.open(path)
		p.unharmed(t, path)
	}
	p.opens("/records/hazard?where=%3Cscript%3Ewindow.harmed%3D1%3C%2Fscript%3E", 422)
	p.opens("/%3Cscript%3Ewindow.harmed%3D1%3C%2Fscript%3E", 404)
	p.opens("/figures?period=%22%3E%3Cscript%3Ewindow.harmed%3D1%3C%2Fscript%3E", 422)
	p.unharmed(t, "fault")
}

func (p *person) unharmed(t *testing.T, where string) {
	t.Helper()
	if ask[bool](p, `!!window.harmed || !!document.querySelector('img[src=x], svg[onload], main script')`) {
		t.Errorf("%s: a text ran, or stands there as markup", where)
	}
}

func inScript(texts []string) string {
	var quoted []string
	for _, x := range texts {
		quoted = append(quoted, `atob("`+base64.StdEncoding.EncodeToString([]byte(x))+`")`)
	}
	return "[" + strings.Join(quoted, ",") + "]"
}

// TestWhatIsAnotherUnitsIsNotThere: whoever knows the address of a record of another county gets what is given for one that is not there.
func TestWhatIsAnotherUnitsIsNotThere(t *testing.T) {
	t.Parallel()
	s := open(t)
	p := s.sits(t, desk)
	p.signIn("xiangzhen") // of 430626
	theirs := "/records/hazard/" + s.hazard("YH-00003").ID.String()
	for _, path := range []string{theirs, theirs + "/edit", theirs + "/proof", theirs + "?as-of=100", theirs + "/files/attachment/0"} {
		p.opens(path, 404)
		p.reads("!示例隐患03")
	}
	p.excuse(`network error: .*status of 404`)
	status := ask[int](p, `fetch('`+theirs+`/step', { method: 'POST', body: new URLSearchParams({ action: 'rectify', version: '2', reason: '越界', key: 'x' }) }).then(r => r.status)`, awaited)
	if status != 404 {
		t.Errorf("a step on it: status %d", status)
	}
	p.opens("/figures?period=2023&unit=430602", 403)
	p.open("/records/hazard?where=number+%3D+YH-00003")
	p.reads("没有符合筛选条件的记录")
}

// TestALinkLeadsNowhereElse: addresses of other sites in links of ours are not followed.
func TestALinkLeadsNowhereElse(t *testing.T) {
	t.Parallel()
	s := open(t)
	for _, to := range []string{"https://evil.example/", "//evil.example/x", `/\evil.example`, "javascript:alert(1)", "https:evil.example"} {
		p := s.sits(t, desk)
		p.open("/sign-in?next=" + strings.NewReplacer("%", "%25", ":", "%3A", "/", "%2F", `\`, "%5C").Replace(to))
		p.fill("name", "keshi")
		p.fill("password", password)
		p.follow("登录")
		if at := p.path(); at != "/today" {
			t.Errorf("%s led to %s", to, at)
		}
	}
}

// TestNoFormulaLeavesByAnExport: a text that a spreadsheet would compute is a text in what is exported.
func TestNoFormulaLeavesByAnExport(t *testing.T) {
	t.Parallel()
	s := open(t)
	p := s.sits(t, desk)
	p.signIn("keshi")
	for i, formula := range []string{`=HYPERLINK("http://evil.example","x")`, `+1+cmd|' /C calc'!A0`, `-2+3`, `@SUM(1)`} {
		p.open("/records/hazard/new")
		p.fill("number", "YH-9100"+string(rune('0'+i)))
		p.fill("title", formula)
		p.fill("grade", "ordinary")
		p.fill("found_on", "2024-01-30")
		p.follow("保存")
		p.reads(formula)
	}
	p.open("/records/hazard?where=number+has+YH-9100")
	packed, err := base64.StdEncoding.DecodeString(ask[string](p, `fetch(document.querySelector('.actions a').href).then(r => r.arrayBuffer()).then(b => btoa(String.fromCharCode(...new Uint8Array(b))))`, awaited))
	must(t, err)
	z, err := zip.NewReader(bytes.NewReader(packed), int64(len(packed)))
	must(t, err)
	texts := 0
	for _, f := range z.File {
		r, err := f.Open()
		must(t, err)
		content, err := io.ReadAll(r)
		must(t, err)
		if bytes.Contains(content, []byte("<f>")) && strings.HasPrefix(f.Name, "xl/worksheets/") {
			t.Errorf("%s has a formula", f.Name)
		}
		texts += bytes.Count(content, []byte("HYPERLINK"))
	}
	if texts == 0 {
		t.Error("the text itself was not exported")
	}
}
