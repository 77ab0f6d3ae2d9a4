package web_test

import (
	"strings"
	"testing"

	"anlan/record/access"
	"anlan/store"
)

func TestAnImportIsUndoneFromItsReceipt(t *testing.T) {
	t.Parallel()
	s := open(t, store.SQLite)
	v := s.person("officer", "430602", access.Section)
	columns := []string{"sheet", "", "row", "1", "column.0", "number", "column.1", "title", "column.2", "grade", "column.3", "found_on"}
	at := v.begun("hazard", "错.csv", "隐患编号,隐患描述,隐患级别,排查日期\nYH-1,消防通道堵塞,重大事故隐患,2023-05-06\nYH-2,配电箱无门,重大事故隐患,2023-05-06\n")
	v.post(at+"/columns", 303, columns...)
	v.post(at+"/write", 303)
	to := v.get(at, 200).between(t, `href="/imports/`, `"`)
	undo := "/imports/" + to
	v.get("/records/import_run/"+strings.TrimSuffix(to, "/undo"), 200).has(t, undo)
	second := v.get("/records/hazard?where=number+%3D+YH-2", 200).between(t, `href="/records/hazard/0`, `?list=`)
	v.post("/records/hazard/0"+second+"/step", 303, "action", "list", "version", "1", "key", "l")
	v.get(undo, 200).has(t, "《错.csv》", "officer", "撤销这次导入", "YH-2", "此后有改动，最近一次是“挂牌", "!YH-1")
	s.person("another", "430602", access.Section).get(undo, 200).has(t, "现在不能撤销", "只有本人和系统管理员可以撤销", "!<textarea")
	s.person("elsewhere", "430621", access.Section).get(undo, 404)
	v.post(undo, 422, "reason", " ")
	v.post(undo, 303, "reason", "文件拿错了")
	v.get(undo, 200).has(t, "这次导入已经撤销", "文件拿错了", "YH-2", "!<textarea")
	v.get("/records/hazard/withdrawn", 200).has(t, "消防通道堵塞", "文件拿错了", "!配电箱无门")
	v.post(undo, 409, "reason", "再来一次").has(t, "已经撤销")
}
