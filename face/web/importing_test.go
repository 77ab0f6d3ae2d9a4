package web_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"
	"time"

	"anlan/ground/lang"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/record/exchange"
	"anlan/record/sheet"
	"anlan/store"
)

// upload sends a file by a form.
func (v visitor) upload(path string, want int, name, content string) answer {
	v.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("sheet", name)
	if err != nil {
		v.Fatal(err)
	}
	part.Write([]byte(content))
	form.Close()
	r, err := http.NewRequestWithContext(v.Context(), "POST", v.server.URL+path, &body)
	if err != nil {
		v.Fatal(err)
	}
	r.Header.Set("Content-Type", form.FormDataContentType())
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	return v.do(r, want)
}

// begun uploads a sheet and gives the address of its draft.
func (v visitor) begun(kind, name, content string) string {
	v.Helper()
	to := v.upload("/import/"+kind, 303, name, content).Header.Get("Location")
	return strings.TrimSuffix(to, "/columns")
}

const hazardSheet = `2024年1月隐患台账,,,
,,,单位：万元
隐患编号,隐患名称,级别,发现日期,整改投入,填表人
YH-1,消防通道堵塞,重大事故隐患,2023-05-06,1.5,甲
YH-2,配电箱无门,一般事故隐患,2023-13-06,0.2,乙
YH-3,临边无护栏,特大,2023-05-08,x,丙
`

func (s *site) count(kind string) (n int64) {
	s.Helper()
	if err := s.app.Book.Read(s.Context(), s.admin, 0, func(v *book.View) (err error) { n, err = v.Count(book.Query{Kind: kind}); return err }); err != nil {
		s.Fatal(err)
	}
	return n
}

func TestASheetIsMappedLookedAtCorrectedAndImported(t *testing.T) {
	t.Parallel()
	s := open(t, store.SQLite)
	v := s.person("officer", "430602", access.Section)
	runs := s.count("import_run")
	v.get("/records/hazard", 200).has(t, `href="/import/hazard"`)
	v.get("/import/hazard", 200).has(t, "下载空表")
	at := v.begun("hazard", "台账.csv", hazardSheet)

	// Headings are found below the title; what is not a name of a field, but looks like one, is marked.
	page := v.get(at+"/columns", 200)
	page.has(t, "消防通道堵塞", "名称相近，请核对", `<option value="number" selected`, `<option value="3" selected`, "不导入")
	columns := []string{"sheet", "", "row", "3", "column.0", "number", "column.1", "title", "column.2", "grade", "column.3", "found_on", "column.4", "cost", "column.5", ""}
	v.post(at+"/columns", 422, "row", "3", "column.0", "number", "column.1", "title", "column.2", "number", "column.3", "found_on").has(t, "对应了两列：A和C", "没有哪一列对应“隐患级别”")
	v.post(at+"/columns", 303, columns...)

	page = v.get(at, 422)
	page.has(t, "第5行", "第6行", "!第4行", "2023-13-06", "特大", "整改投入", "没有导入的列：填表人", `aria-invalid="true"`, "还没有写入任何内容", "按万元读入")
	if s.count("hazard") != 0 {
		t.Error("looking has written")
	}
	v.post(at+"/write", 422)
	v.post(at+"/write", 422, "leave_out", "5 6").has(t, "有2行不会导入")
	if s.count("hazard") != 0 {
		t.Error("a sheet with faults was written")
	}

	v.post(at+"/corrections", 303, "page", "1", "value.5.found_on", "2023-12-06", "was.5.found_on", "2023-13-06", "value.6.grade", "重大事故隐患", "was.6.grade", "特大", "value.6.title", "临边无护栏", "was.6.title", "临边无护栏")
	v.get(at, 422).has(t, "!第5行", "第6行", "已在页面更正 2 格", "已更正")
	v.post(at+"/corrections", 303, "value.6.cost", "0.3", "was.6.cost", "x")
	page = v.get(at, 200)
	page.has(t, "导入 3 条", "!有错的行", "合计20,000")
	v.post(at+"/write", 303, "reason", "一月台账")
	receipt := v.get(at, 200)
	receipt.has(t, "已写入", "日志位置", "可以撤销", "页面更正")
	if s.count("hazard") != 3 {
		t.Errorf("%d hazards", s.count("hazard"))
	}
	run := receipt.between(t, `<a href="/records/import_run/`, `"`)
	v.get("/records/import_run/"+run, 200).has(t, "台账.csv", "页面更正的格数", "一月台账")
	v.post(at+"/corrections", 409, "value.6.cost", "0.4", "was.6.cost", "0.3")
	v.post(at+"/write", 303) // sent twice it is done once
	if s.count("hazard") != 3 || s.count("import_run") != runs+1 {
		t.Error("an import sent twice was done twice")
	}

	// The same shape is proposed as it was read.
	at = v.begun("hazard", "二月.csv", strings.ReplaceAll(hazardSheet, "1月", "2月"))
	v.get(at+"/columns", 200).has(t, "本单位导入过", "!名称相近")
	s.person("elsewhere", "430621", access.Section).get(at, 404)
}

func TestOneCorrectionMayStandForAllRowsWithTheSameValue(t *testing.T) {
	t.Parallel()
	s := open(t, store.SQLite)
	v := s.person("officer", "430602", access.Section)
	at := v.begun("hazard", "台账.csv", "隐患编号,隐患描述,隐患级别,排查日期\nYH-1,甲,重大,2023-05-06\nYH-2,乙,重大,2023-05-06\nYH-3,丙,一般,2023-05-06\n")
	v.post(at+"/columns", 303, "row", "1", "column.0", "number", "column.1", "title", "column.2", "grade", "column.3", "found_on")
	v.get(at, 422).has(t, "第2行", "第3行", "第4行", `<option value="重大事故隐患">`)
	v.post(at+"/corrections", 303, "value.2.grade", "重大事故隐患", "was.2.grade", "重大", "everywhere.2.grade", "1")
	v.get(at, 422).has(t, "!第2行", "!第3行", "第4行", "已在页面更正 2 格")
}

func TestTheRowsWithoutFaultsAreImportedOnlyByDecisionAndTheOthersCanBeHad(t *testing.T) {
	t.Parallel()
	s := open(t, store.SQLite)
	v := s.person("officer", "430602", access.Section)
	at := v.begun("hazard", "台账.csv", hazardSheet)
	v.post(at+"/columns", 303, "row", "3", "column.0", "number", "column.1", "title", "column.2", "grade", "column.3", "found_on", "column.4", "cost")
	file := v.get(at+"/refused", 200)
	v.post(at+"/write", 303, "leave_out", "5 6", "agreed", "1")
	v.get(at, 200).has(t, "没有导入的行", "5、6")
	if s.count("hazard") != 1 {
		t.Errorf("%d hazards", s.count("hazard"))
	}

	// What was downloaded is the same rows, with their unit and what is wrong, and comes in again as it is.
	b, err := sheet.Read("x.xlsx", strings.NewReader(file.body), int64(len(file.body)))
	if err != nil {
		t.Fatal(err)
	}
	var rows [][]string
	for row, err := range b.Rows("") {
		if err != nil {
			t.Fatal(err)
		}
		var texts []string
		for _, c := range row.Cells {
			texts = append(texts, c.Text)
		}
		rows = append(rows, texts)
	}
	all := ""
	for _, r := range rows {
		all += strings.Join(r, ",") + "\n"
	}
	for _, x := range []string{"整改投入（万元）", "错误", "原行号", "YH-2", "2023-13-06", "YH-3"} {
		if !strings.Contains(all, x) {
			t.Errorf("the workbook of refused rows has no %q:\n%s", x, all)
		}
	}
	if len(rows) != 3 {
		t.Errorf("%d rows", len(rows))
	}
	o, err := exchange.Import(t.Context(), s.app.Book, s.admin, exchange.Request{Kind: "hazard", Path: "x.xlsx", Content: []byte(file.body), DryRun: true, Show: true})
	if err == nil || o.Rows != 2 || len(o.Refused) != 2 {
		t.Errorf("read again: %+v, %v", o, err)
	}
}

func TestASheetThatWaitsEndsAndIsNobodyElses(t *testing.T) {
	t.Parallel()
	s := open(t, store.SQLite)
	v, other := s.person("officer", "430602", access.Section), s.person("colleague", "430602", access.Section)
	at := v.begun("hazard", "台账.csv", hazardSheet)
	other.get(at+"/columns", 404)
	other.post(at+"/write", 404)
	v.get("/import/hazard", 200).has(t, "台账.csv")
	other.get("/import/hazard", 200).has(t, "!台账.csv")
	v.get(strings.Replace(at, "hazard", "enterprise", 1)+"/columns", 404)
	v.post(at+"/drop", 303)
	v.get(at+"/columns", 404)

	for _, c := range []struct{ name, content, says string }{
		{"台账.pdf", "%PDF-1.7", "PDF"},
		{"台账.xlsx", "PK\x03\x04", "不完整或已损坏"},
		{"台账.jsonl", `{"number":"1"}`, "没有表头"},
		{"台账.csv", "", "空文件"},
	} {
		v.upload("/import/hazard", 422, c.name, c.content).has(t, c.says)
	}
	v.post("/import/hazard", 422).has(t, "没有选择文件")
	v.upload("/import/import_run", 403, "a.csv", hazardSheet)
	s.person("township", "430602", access.Township).upload("/import/hazard", 403, "a.csv", hazardSheet)

	at = v.begun("hazard", "台账.csv", hazardSheet)
	s.clock.Set(s.clock.Now().Add(25 * time.Hour))
	v = visitor{s, v.Client}
	v.post("/sign-in", 303, "name", "officer", "password", password)
	v.get(at+"/columns", 404).has(t, "超过一天")
}

func TestTheEmptySheetOfAKindIsSentInTheLanguageOfThePage(t *testing.T) {
	t.Parallel()
	s := open(t, store.SQLite)
	v := s.person("officer", "430602", access.Section)
	file := v.get("/records/hazard/template", 200)
	b, err := sheet.Read("x.xlsx", strings.NewReader(file.body), int64(len(file.body)))
	if err != nil {
		t.Fatal(err)
	}
	for range b.Rows(lang.Of("事故隐患", "hazard").In(lang.Chinese)) {
		return
	}
	t.Error("the template has no rows")
}
