package web_test

import (
	"archive/zip"
	"io"
	"strings"
	"testing"
	"time"

	"anlan/call/callout"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/store"
)

func TestANumberIsShownWholeForAReason(t *testing.T) {
	t.Parallel()
	s := open(t, store.SQLite)
	c := &callout.Call{Number: "JY-1", CalledOn: day(t, "2024-01-30"), Post: "村支书", Person: "示例被叫应人", Phone: "13912341111", Result: callout.Acknowledged}
	c.Unit = "430600"
	id := s.apply(create("call_out", c))[0].ID.String()
	v := s.person("zhiban", "430600", access.Duty)
	at := "/records/call_out/" + id
	v.get(at, 200).has(t, "139****1111", "!13912341111", "/unmask")
	v.get("/records/call_out", 200).has(t, "导出完整号码", "!13912341111")
	v.post(at+"/unmask", 422).has(t, "写明理由", "!13912341111")
	s.later()
	v.post(at+"/unmask", 403, "reason", "核实是否叫应到人").has(t, "再次确认是您本人", "!13912341111", `name="reason" value="核实是否叫应到人"`)
	v.post(at+"/unmask", 200, "reason", "核实是否叫应到人", "confirm.password", password).has(t, "13912341111", "!/unmask\"")
	v.get(at+"/edit", 200).has(t, `value="139****1111"`)
	if got := v.get("/records/call_out/export", 200).body; strings.Contains(workbook(t, got), "13912341111") {
		t.Error("the export has the number")
	}
	v.post("/records/call_out/export", 422)
	s.later()
	v.post("/records/call_out/export", 403, "reason", "移交电信部门核查")
	if got := v.post("/records/call_out/export", 200, "reason", "移交电信部门核查", "confirm.password", password).body; !strings.Contains(workbook(t, got), "13912341111") {
		t.Error("the export for a reason has it not")
	}
	s.person("juzhang", "430600", access.Leader).get(at, 200).has(t, "!139****1111", "!示例被叫应人")
	var said []string
	err := s.app.Book.Read(t.Context(), s.admin, 0, func(v *book.View) error {
		return v.Readings(func(r book.WasRead) error {
			if r.Reason != "" {
				said = append(said, r.Way+" "+r.Reason)
			}
			return nil
		})
	})
	if err != nil || len(said) != 2 || said[0] != "show 核实是否叫应到人" || said[1] != "export 移交电信部门核查" {
		t.Errorf("the journal says %q, %v", said, err)
	}
}

func TestSomebodyActsForAnotherWhoIsAway(t *testing.T) {
	t.Parallel()
	s := open(t, store.SQLite)
	leader, deputy := s.person("juzhang", "430600", access.Leader), s.person("fuju", "430602", access.Section)
	today := s.clock.Now().Add(8 * time.Hour).Format("2006-01-02")
	deputy.get("/account", 200).has(t, "!代他人办理")
	leader.post("/records/delegation/new", 303, "key", "a", "unit", "430600", "delegator", "juzhang", "delegate", "fuju", "from_on", today, "last_on", today, "why", "出差")
	deputy.get("/account", 200).has(t, "代他人办理", `name="for" value="juzhang"`)
	at := "/records/hazard/" + s.hazard(1, "430621", "别的县的隐患").String()
	deputy.get(at, 404)
	deputy.post("/account/acting", 303, "for", "juzhang")
	deputy.get("/today", 200).has(t, "示例fuju（代juzhang）", "领导")
	deputy.get(at, 200)
	deputy.get(at+"/edit", 403)
	deputy.post("/account/acting", 303, "for", "")
	deputy.get(at, 404)
	deputy.post("/account/acting", 403, "for", "guanli").has(t, "没有把工作委托给您")
}

// workbook is the text of the parts of a workbook.
func workbook(t testing.TB, content string) string {
	z, err := zip.NewReader(strings.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	for _, f := range z.File {
		r, err := f.Open()
		if err == nil {
			_, err = io.Copy(&out, r)
		}
		if err != nil {
			t.Fatal(err)
		}
		r.Close()
	}
	return out.String()
}
