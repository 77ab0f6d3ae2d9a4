package web_test

import (
	"testing"

	"anlan/record/access"
	"anlan/store"
)

func TestWhatWasWithdrawnIsListedWithWhoAndWhy(t *testing.T) {
	t.Parallel()
	s := open(t, store.SQLite)
	v := s.person("officer", "430602", access.Section)
	at := "/records/hazard/" + s.hazard(1, "430602", "重复的一条").String()
	s.hazard(2, "430602", "还在的一条")
	v.get("/records/hazard/withdrawn", 200).has(t, "没有作废的记录")
	v.post(at+"/step", 303, "action", "withdraw", "version", "1", "key", "w", "reason", "与另一条重复")
	v.get("/records/hazard", 200).has(t, `href="/records/hazard/withdrawn"`)
	v.get("/records/hazard/withdrawn", 200).has(t, "重复的一条", "与另一条重复", "officer", at, "!还在的一条")
	page := v.get("/records/hazard/withdrawn", 200)
	page.has(t, `value="reinstate"`, "恢复")
	s.person("reader", "430602", access.Leader).get("/records/hazard/withdrawn", 200).has(t, "重复的一条", `!value="reinstate"`)
	v.get(at, 200).has(t, `value="reinstate"`, `!value="withdraw"`, `!value="list"`)
	v.post(at+"/step", 422, "action", "reinstate", "version", "2", "key", "r")
	v.post(at+"/step", 303, "action", "reinstate", "version", "2", "key", "r", "reason", "是两处隐患")
	v.get(at, 200).has(t, "第3版 恢复", "是两处隐患", `value="withdraw"`, `value="list"`, `!value="reinstate"`)
	v.get("/records/hazard/withdrawn", 200).has(t, "没有作废的记录")
	v.get("/records/hazard", 200).has(t, "重复的一条")
	s.person("elsewhere", "430621", access.Section).get("/records/hazard/withdrawn", 200).has(t, "!重复的一条")
}
