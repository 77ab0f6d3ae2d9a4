package web_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"anlan/record/access"
	"anlan/safety/hazard"
	"anlan/store"
)

func TestOneStepIsTakenWithManyRecordsEachByItself(t *testing.T) {
	t.Parallel()
	s := open(t, store.SQLite)
	v := s.person("officer", "430602", access.Section)
	a, b, c := s.hazard(1, "430602", "甲").String(), s.hazard(2, "430602", "乙").String(), s.hazard(3, "430602", "丙").String()
	elsewhere := s.hazard(4, "430621", "丁").String()
	v.get("/records/hazard", 200).has(t, `value="`+a+`" form="bulk"`, "办理符合条件的全部 3 条")
	s.person("auditor", "430600", access.Auditor).get("/records/hazard", 200).has(t, `!form="bulk"`)

	page := v.get("/records/hazard/bulk?id="+a+"&id="+b, 200)
	page.has(t, `type="radio" name="action" value="list"`, `value="withdraw"`, a+":1", b+":1", "!"+c)
	v.get("/records/hazard/bulk?id="+a+"&id="+elsewhere, 404)
	v.get("/records/hazard/bulk", 422).has(t, "没有勾选记录")
	v.get("/records/hazard/bulk?all=1&"+url.Values{"where": {"title = 甲"}}.Encode(), 200).has(t, a+":1", "!"+b)

	// One that somebody has changed meanwhile, and one of another county, are refused; the other is done, once.
	v.post("/records/hazard/"+b+"/step", 303, "action", "list", "version", "1", "key", "x")
	form := []string{"action", "list", "key", "k", "reason", "专班会议", "record", a + ":1", "record", b + ":1", "record", elsewhere + ":1"}
	for range 2 {
		done := v.post("/records/hazard/bulk", 200, form...)
		done.has(t, "办成1条，没有办成2条", "甲", "乙", "!丁")
	}
	// Back in the list, what no longer fits its filter is there once more, in grey.
	found := "/records/hazard?where=state+%3D+found"
	v.get("/records/hazard/bulk?where=state+%3D+found&id="+c, 200).has(t, `name="back" value="`+found+`"`)
	v.post("/records/hazard/bulk", 200, append(form, "back", found)...).has(t, `href="`+found+"&amp;left="+a+`"`)
	v.get(found+"&left="+a+"&left="+c+"&left="+elsewhere, 200).has(t, `<tr class="gone">`, "甲", "刚办过，已不在此列", "丙", "!丁")
	v.get(found, 200).has(t, "!甲", "!刚办过")
	v.get("/records/hazard?left="+a, 200).has(t, "甲", "!刚办过")
	v.post("/records/hazard/bulk", 200, append(form, "back", "https://elsewhere.example")...).has(t, "!elsewhere.example")
	v.get("/records/hazard/"+a, 200).has(t, "第2版 挂牌", "专班会议", "!第3版")
	page = v.get("/records/hazard/bulk?id="+a+"&id="+c, 200)
	page.has(t, "不能一并办理", "1 / 2")
	if strings.Contains(page.body, `type="radio" name="action" value="list"`) {
		t.Error("a step is offered that one of the records cannot take")
	}

	// Without the reason that withdrawing demands, none is withdrawn.
	v.post("/records/hazard/bulk", 200, "action", "withdraw", "key", "w", "record", c+":1").has(t, "没有办成1条")
	v.post("/records/hazard/bulk", 422, "action", "edit", "key", "w", "record", c+":1")
	v.post("/records/hazard/bulk", 200, "action", "withdraw", "key", "w2", "reason", "导错了", "record", c+":1").has(t, "办成1条")
	s.person("township", "430602", access.Township).post("/records/hazard/bulk", 200, "action", "close", "key", "t", "record", a+":2").has(t, "没有办成1条")
}

func TestFourEyesHoldForManyAsForOne(t *testing.T) {
	t.Parallel()
	s := open(t, store.SQLite)
	v := s.person("officer", "430602", access.Section)
	var records []string
	for n := range 3 {
		h := &hazard.Hazard{Number: fmt.Sprintf("YH-%d", n), Title: "示例", Grade: hazard.Major, FoundOn: day(t, "2023-05-06"), Steps: []hazard.Step{{On: day(t, "2024-01-30"), What: "已整改"}}}
		h.Unit = "430602"
		id := s.apply(create("hazard", h))[0].ID.String()
		v.post("/records/hazard/"+id+"/step", 303, "action", "list", "version", "1", "key", "l"+id)
		v.post("/records/hazard/"+id+"/step", 303, "action", "rectify", "version", "2", "key", "r"+id)
		records = append(records, id)
	}
	query := url.Values{"id": records}.Encode()
	v.get("/records/hazard/bulk?"+query, 200).has(t, "不能一并办理", `!name="action" value="close"`)
	form := []string{"action", "close", "key", "k", "reason", "验收"}
	for _, id := range records {
		form = append(form, "record", id+":3")
	}
	v.post("/records/hazard/bulk", 200, form...).has(t, "办成0条，没有办成3条")
	other := s.person("colleague", "430602", access.Section)
	other.get("/records/hazard/bulk?"+query, 200).has(t, `name="action" value="close"`)
	other.post("/records/hazard/bulk", 200, form...).has(t, "办成3条，没有办成0条")
}

// TestAfterAStepOnOneRecordItsListShowsItOnceMore: whoever came from a filtered list goes back to it, and sees in grey what no longer fits.
func TestAfterAStepOnOneRecordItsListShowsItOnceMore(t *testing.T) {
	t.Parallel()
	s := open(t, store.SQLite)
	id := s.hazard(1, "430602", "示例隐患").String()
	s.hazard(2, "430602", "另一处隐患")
	v := s.person("keyuan", "430602", access.Section)
	found := "/records/hazard?where=state+%3D+found"
	list := v.get(found, 200)
	to := strings.ReplaceAll("/records/hazard/"+id+list.between(t, `href="/records/hazard/`+id, `"`), "&amp;", "&")
	page := v.get(to, 200)
	page.has(t, "回到列表", `href="/records/hazard?where=state+%3D+found"`, `name="list" value="where=state+%3D+found"`)
	v.get("/records/hazard/"+id, 200).has(t, "!回到列表", `!name="list"`)
	v.get("/records/hazard/"+id+"?list=%2F%2Felsewhere.example", 200).has(t, "!回到列表", `!href="//elsewhere`, `href="/records/hazard">`)
	after := v.post("/records/hazard/"+id+"/step", 303, "action", "list", "version", "1", "key", "k", "reason", "测试", "list", page.between(t, `name="list" value="`, `"`)).Header.Get("Location")
	page = v.get(after, 200)
	back := strings.ReplaceAll(page.between(t, `<a class="button" href="`, `"`), "&amp;", "&")
	if !strings.HasPrefix(back, found) {
		t.Fatalf("the way back leads to %s", back)
	}
	v.get(back, 200).has(t, `class="gone"`, "示例隐患", "另一处隐患")
	v.get(found, 200).has(t, `!class="gone"`, "!示例隐患", "另一处隐患")
}
