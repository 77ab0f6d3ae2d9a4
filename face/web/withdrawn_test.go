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
	s.person("elsewhere", "430621", access.Section).get("/records/hazard/withdrawn", 200).has(t, "!重复的一条")
}
