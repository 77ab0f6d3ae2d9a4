package refill_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"maps"
	"math/big"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"anlan/account/check/reading"
	"anlan/account/report"
	"anlan/account/report/document"
	"anlan/account/report/refill"
)

const root = "qNNYg8ysbTOIa2w1hnMkIlmJlUbFz1wLXWxqkQZSfBE="

func txt(s string) document.Text { return document.Text(s) }

// year is what a report of the year prints: the figures by id, as "text value unit".
type year map[string]string

func before() year {
	return year{"accidents": "87起 87 起", "deaths": "97人 97 人", "basic": "2030.18万元 2030.18 万元", "change": "15.5% -15.5 %", "hazards": "16000余处 16424 处",
		"staff": "1604.62 1604.62 万元", "temporary": "3人 3 人"}
}

// with is the year with some figures otherwise; an empty one is not printed.
func (y year) with(other year) year {
	out := maps.Clone(y)
	maps.Copy(out, other)
	return out
}

// figure is a figure of the year; nothing where it is not printed.
func (y year) figure(id, name string) document.Inlines {
	f := strings.Fields(y[id])
	if len(f) == 0 {
		return nil
	}
	x := document.Figure{ID: id, Name: name, Text: f[0]}
	if len(f) > 1 {
		x.Value, x.Unit = f[1], f[2]
		x.Exact, _ = new(big.Rat).SetString(x.Value)
	}
	if id != "change" {
		return document.Inlines{x}
	}
	if x.Lead = "增长"; strings.HasPrefix(x.Value, "-") {
		x.Lead = "下降"
	}
	return document.Inlines{txt(x.Lead), x}
}

// built is the report of the year as of a position.
func (y year) built(position int64) *report.Built {
	in := func(parts ...any) (out document.Inlines) {
		for _, p := range parts {
			switch p := p.(type) {
			case string:
				out = append(out, txt(p))
			case document.Inlines:
				out = append(out, p...)
			case document.Note:
				out = append(out, p)
			}
		}
		return out
	}
	return &report.Built{Document: document.Document{
		Title: "示例市应急管理局2023年度部门整体支出绩效自评报告", Author: "示例市应急管理局",
		Basis:  document.Basis{Book: "示例", Position: position, Root: root},
		Origin: document.Origin{Template: "department", Period: "2023"},
		Blocks: []document.Block{
			document.Heading{Level: 1, Text: in("资金情况")},
			document.Paragraph(in("2023年基本支出", y.figure("basic", "基本支出"), "。根据湘财绩〔2019〕5号文件第十二条执行。", document.Note(in("另有临时人员", y.figure("temporary", "临时人员"), "。")))),
			document.Table{Columns: []document.Column{{Width: 1}, {Width: 1, Number: true}}, Rows: []document.Row{{{Text: in("人员经费")}, {Text: y.figure("staff", "人员经费")}}}},
			document.Heading{Level: 1, Text: in("安全生产")},
			document.Paragraph(in("全年事故", y.figure("accidents", "事故起数"), "，死亡", y.figure("deaths", "死亡人数"), "，同比", y.figure("change", "事故同比"), "。")),
			document.Item{Level: 2, Text: in("排查隐患", y.figure("hazards", "隐患"), "，目标为开展演练12场。")},
		},
	}}
}

// word is the report as it goes to people.
func (y year) word(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := y.built(100).Document.RenderDOCX(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// unpacked are the parts of a file by name.
func unpacked(t testing.TB, docx []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(docx), int64(len(docx)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		out[f.Name] = string(b)
	}
	return out
}

// repacked is a file with other parts; an empty one is left out.
func repacked(t testing.TB, docx []byte, parts map[string]string) []byte {
	t.Helper()
	all := unpacked(t, docx)
	maps.Copy(all, parts)
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range slices.Sorted(maps.Keys(all)) {
		if all[name] == "" {
			continue
		}
		w, err := z.Create(name)
		if err == nil {
			_, err = io.WriteString(w, all[name])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const body = "word/document.xml"

// edited is a file whose text somebody has edited: each pair of words is what stands there and what is put in its place.
func edited(t *testing.T, docx []byte, pairs ...string) []byte {
	t.Helper()
	text := unpacked(t, docx)[body]
	for i := 0; i < len(pairs); i += 2 {
		if !strings.Contains(text, pairs[i]) {
			t.Fatalf("%q does not stand in the text", pairs[i])
		}
		text = strings.Replace(text, pairs[i], pairs[i+1], 1)
	}
	return repacked(t, docx, map[string]string{body: text})
}

// control is a figure as the report writes it.
func control(t *testing.T, docx []byte, id string) string {
	t.Helper()
	text := unpacked(t, docx)[body]
	at := strings.Index(text, `<w:tag w:val="`+id+`"/>`)
	from := strings.LastIndex(text[:at], "<w:sdt>")
	return text[from : at+strings.Index(text[at:], "</w:sdt>")+len("</w:sdt>")]
}

func refilled(t *testing.T, docx []byte, now year) *refill.Result {
	t.Helper()
	e, err := refill.Open("报告.docx", docx)
	if err != nil {
		t.Fatal(err)
	}
	r, err := e.Refill(now.built(120))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// lines is the text of a file as it is printed.
func lines(t *testing.T, docx []byte) string {
	t.Helper()
	d, err := reading.Read("a.docx", bytes.NewReader(docx), int64(len(docx)))
	if err != nil {
		t.Fatal(err)
	}
	return d.Text
}

// short leaves out of items where they stand.
var short = cmpopts.IgnoreFields(refill.Item{}, "Name", "Section", "Quote")

func TestFiguresOfTodayStandWhereTheOldOnesStood(t *testing.T) {
	t.Parallel()
	docx := edited(t, before().word(t), "全年事故", "一年来，全市共发生事故", "，死亡", "、死亡人数")
	r := refilled(t, docx, before().with(year{"accidents": "88起 88 起", "basic": "2100.5万元 2100.5 万元", "staff": "1700.00 1700 万元", "temporary": "4人 4 人"}))
	want := []refill.Item{
		{What: refill.Changed, ID: "basic", Held: "2030.18万元", Found: "2030.18万元", Now: "2100.5万元"},
		{What: refill.Changed, ID: "staff", Held: "1604.62", Found: "1604.62", Now: "1700.00"},
		{What: refill.Changed, ID: "accidents", Held: "87起", Found: "87起", Now: "88起"},
		{What: refill.Changed, ID: "temporary", Held: "3人", Found: "3人", Now: "4人", Part: "footnotes"},
	}
	if diff := cmp.Diff(want, r.Items, short); diff != "" {
		t.Error(diff)
	}
	if r.Figures != 7 || r.Asks() {
		t.Errorf("%d figures, asks: %t", r.Figures, r.Asks())
	}
	text := lines(t, r.Content)
	for _, s := range []string{"一年来，全市共发生事故88起、死亡人数97人，同比下降15.5%。", "基本支出2100.5万元", "1700.00", "临时人员4人", "日志位置120"} {
		if !strings.Contains(text, s) {
			t.Errorf("%q is not in\n%s", s, text)
		}
	}
	// What is no figure stays, to the byte.
	old, new := unpacked(t, docx), unpacked(t, r.Content)
	for name, text := range old {
		switch {
		case name == "docProps/custom.xml":
			text = strings.Replace(text, "<vt:lpwstr>100<", "<vt:lpwstr>120<", 1)
		case name == body:
			text = strings.NewReplacer("87起", "88起", "2030.18万元", "2100.5万元", ">1604.62<", ">1700.00<", "日志位置100", "日志位置120").Replace(text)
		case name == "word/footnotes.xml":
			text = strings.Replace(text, "3人", "4人", 1)
		case strings.HasPrefix(name, "customXml/item1"):
			continue
		}
		if diff := cmp.Diff(text, new[name]); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	// Refilled once more nothing is left to say.
	if again := refilled(t, r.Content, before().with(year{"accidents": "88起 88 起", "basic": "2100.5万元 2100.5 万元", "staff": "1700.00 1700 万元", "temporary": "4人 4 人"})); len(again.Items) > 0 {
		t.Errorf("refilled once more: %+v", again.Items)
	}
}

func TestWhatPeopleDidToFiguresIsTold(t *testing.T) {
	t.Parallel()
	docx := before().word(t)
	accidents, deaths := control(t, docx, "accidents"), control(t, docx, "deaths")
	run := func(s string) string { return `<w:r><w:t>` + s + `</w:t></w:r>` }
	among := func(control string) string { return `</w:t></w:r>` + control + `<w:r><w:t xml:space="preserve">` } // the words of a run
	for name, c := range map[string]struct {
		edit []string
		now  year
		want []refill.Item
		text string // stands in the refilled file
	}{
		"a number typed over": {
			[]string{">87起<", ">80起<"}, nil,
			[]refill.Item{{What: refill.Overtyped, ID: "accidents", Held: "87起", Found: "80起", Now: "87起"}}, "全年事故87起，"},
		"another unit, still true": {
			[]string{">2030.18万元<", ">0.20亿元<"}, year{"basic": "2033万元 2033 万元"},
			[]refill.Item{{What: refill.Restated, ID: "basic", Held: "2030.18万元", Found: "0.20亿元", Now: "0.20亿元"}}, "基本支出0.20亿元。"},
		"another unit, no longer true": {
			[]string{">2030.18万元<", ">0.20亿元<"}, year{"basic": "2100万元 2100 万元"},
			[]refill.Item{{What: refill.Overtyped, ID: "basic", Held: "2030.18万元", Found: "0.20亿元", Now: "2100万元"}}, "基本支出2100万元。"},
		"a wide form, still true": {
			[]string{">87起<", ">80余起<"}, year{"accidents": "88起 88 起"},
			[]refill.Item{{What: refill.Restated, ID: "accidents", Held: "87起", Found: "80余起", Now: "80余起"}}, "全年事故80余起，"},
		"a wide form that is not true": {
			[]string{">87起<", ">80余起<"}, year{"accidents": "80起 80 起"},
			[]refill.Item{{What: refill.Overtyped, ID: "accidents", Held: "87起", Found: "80余起", Now: "80起"}}, "全年事故80起，"},
		"words typed into it": {
			[]string{">87起<", ">87起（含工矿3起）<"}, year{"accidents": "88起 88 起"},
			[]refill.Item{{What: refill.Extended, ID: "accidents", Held: "87起", Found: "87起（含工矿3起）", Now: "88起"}}, "全年事故88起（含工矿3起），"},
		"words in its place": {
			[]string{">87起<", ">若干起<"}, year{"accidents": "88起 88 起"},
			[]refill.Item{{What: refill.Words, ID: "accidents", Held: "87起", Found: "若干起"}}, "全年事故若干起，"},
		"deleted": {
			[]string{accidents, run("多起")}, nil,
			[]refill.Item{{What: refill.Deleted, ID: "accidents", Held: "87起"}}, "全年事故多起，"},
		"emptied": {
			[]string{accidents, strings.Replace(accidents, "87起", "", 1)}, nil,
			[]refill.Item{{What: refill.Deleted, ID: "accidents", Held: "87起"}}, "全年事故，"},
		"emptied, and Word shows its prompt": {
			[]string{accidents, strings.NewReplacer("87起", "单击此处输入文字。", "<w:sdtPr>", "<w:sdtPr><w:showingPlcHdr/>").Replace(accidents)}, nil,
			[]refill.Item{{What: refill.Deleted, ID: "accidents", Held: "87起"}}, "全年事故单击此处输入文字。，"},
		"deleted with a tracked change": {
			[]string{accidents, `<w:del w:id="9" w:author="张">` + strings.NewReplacer("<w:t ", "<w:delText ", "</w:t>", "</w:delText>").Replace(accidents) + `</w:del>`}, nil,
			[]refill.Item{{What: refill.Deleted, ID: "accidents", Held: "87起"}}, "全年事故，死亡"},
		"in a tracked insertion": {
			[]string{accidents, `<w:ins w:id="9" w:author="张">` + accidents + `</w:ins>`}, year{"accidents": "88起 88 起"},
			[]refill.Item{{What: refill.Changed, ID: "accidents", Held: "87起", Found: "87起", Now: "88起"}}, "全年事故88起，"},
		"a tracked change in it": {
			[]string{"<w:r><w:rPr><w:rFonts w:hint=\"eastAsia\"/></w:rPr><w:t xml:space=\"preserve\">87起</w:t></w:r>",
				`<w:del w:id="9"><w:r><w:delText>87起</w:delText></w:r></w:del><w:ins w:id="10">` + run("80起") + `</w:ins>`}, year{"accidents": "88起 88 起"},
			[]refill.Item{{What: refill.Tracked, ID: "accidents", Held: "87起", Found: "80起", Now: "88起"}}, "全年事故80起，"},
		"split by Word": {
			[]string{">87起</w:t></w:r>", `>8</w:t></w:r><w:proofErr w:type="spellStart"/><w:r w:rsidR="00A1"><w:rPr><w:b/></w:rPr><w:t>7</w:t></w:r><w:bookmarkStart w:id="1" w:name="x"/>` + run("起")}, year{"accidents": "102起 102 起"},
			[]refill.Item{{What: refill.Changed, ID: "accidents", Held: "87起", Found: "87起", Now: "102起"}}, "全年事故102起，"},
		"its tag dropped by LibreOffice": {
			[]string{`<w:tag w:val="accidents"/>`, ""}, year{"accidents": "88起 88 起"},
			[]refill.Item{{What: refill.Changed, ID: "accidents", Held: "87起", Found: "87起", Now: "88起"}}, "全年事故88起，"},
		"copied": {
			[]string{"，目标为", "，其中事故" + among(accidents) + "，目标为"}, year{"accidents": "88起 88 起"},
			[]refill.Item{{What: refill.Changed, ID: "accidents", Held: "87起", Found: "87起", Now: "88起"}, {What: refill.Changed, ID: "accidents", Held: "87起", Found: "87起", Now: "88起"},
				{What: refill.Repeated, ID: "accidents", Found: "87起", Times: 2}}, "其中事故88起，"},
		"moved in its paragraph": {
			[]string{accidents, "×", deaths, accidents, "×", deaths}, nil,
			[]refill.Item{{What: refill.Moved, ID: "deaths", Found: "97人", From: "二、安全生产"}}, "全年事故97人，死亡87起"},
		"moved to another section": {
			[]string{accidents, "", "。根据湘财绩", "，事故" + among(accidents) + "。根据湘财绩"}, nil,
			[]refill.Item{{What: refill.Moved, ID: "accidents", Found: "87起", From: "二、安全生产"}}, "，事故87起。根据"},
		"a control of somebody else's": {
			[]string{"，目标为", "，" + among(`<w:sdt><w:sdtPr><w:tag w:val="mine"/></w:sdtPr><w:sdtContent>`+run("5个")+`</w:sdtContent></w:sdt>`) + "目标为"}, nil,
			[]refill.Item{{What: refill.Unknown, ID: "mine", Found: "5个"}}, "，5个目标为"},
		"numerals typed into the prose": {
			[]string{"，目标为", "，整改率达98.5%，依据安委〔2023〕7号、2023年12月3日会议和第5条，坚持“五个确保”，目标为"}, nil,
			[]refill.Item{{What: refill.Numeral, Found: "98.5%"}}, "98.5%"},
		"a goal that was edited": {
			[]string{"演练12场", "演练15场"}, nil,
			[]refill.Item{{What: refill.Numeral, Found: "15场"}}, "演练15场"},
		"the report does not print it any more": {
			nil, year{"hazards": ""},
			[]refill.Item{{What: refill.Dropped, ID: "hazards", Held: "16000余处", Found: "16000余处"}}, "16000余处"},
		"it has no value any more": {
			nil, year{"hazards": "无记录"},
			[]refill.Item{{What: refill.Valueless, ID: "hazards", Held: "16000余处", Found: "16000余处", Now: "无记录"}}, "排查隐患无记录，"},
		"another direction": {
			nil, year{"change": "3.0% 3.0 %"},
			[]refill.Item{{What: refill.Direction, ID: "change", Held: "15.5%", Found: "15.5%", Now: "3.0%", Word: "增长"}}, "同比下降15.5%。"},
		"a word that was wrong from the start": {
			[]string{"同比", "比上年", "下降", "上升"}, nil,
			[]refill.Item{{What: refill.Direction, ID: "change", Held: "15.5%", Found: "15.5%", Now: "15.5%", Word: "下降"}}, "比上年上升15.5%。"},
		"another word of the same direction": {
			[]string{"同比", "比上年", "下降", "下滑"}, year{"change": "14.0% -14.0 %"},
			[]refill.Item{{What: refill.Changed, ID: "change", Held: "15.5%", Found: "15.5%", Now: "14.0%"}}, "比上年下滑14.0%。"},
		"worded without a direction": {
			[]string{"下降", "变化幅度为"}, year{"change": "14.0% -14.0 %"},
			[]refill.Item{{What: refill.Changed, ID: "change", Held: "15.5%", Found: "15.5%", Now: "14.0%"}}, "同比变化幅度为14.0%。"},
		"another direction, and the word was changed": {
			[]string{"同比", "比上年", "下降", "上升"}, year{"change": "3.0% 3.0 %"},
			[]refill.Item{{What: refill.Changed, ID: "change", Held: "15.5%", Found: "15.5%", Now: "3.0%"}}, "比上年上升3.0%。"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			now := before().with(c.now)
			r := refilled(t, edited(t, docx, c.edit...), now)
			if diff := cmp.Diff(c.want, r.Items, short); diff != "" {
				t.Error(diff)
			}
			if text := lines(t, r.Content); !strings.Contains(text, c.text) {
				t.Errorf("%q is not in\n%s", c.text, text)
			}
		})
	}
}

func TestWhatTheReportPrintsAnewIsTold(t *testing.T) {
	t.Parallel()
	docx := before().with(year{"deaths": ""}).word(t)
	r := refilled(t, docx, before())
	if diff := cmp.Diff([]refill.Item{{What: refill.Added, ID: "deaths", Now: "97人"}}, r.Items, short); diff != "" {
		t.Error(diff)
	}
	if again := refilled(t, r.Content, before()); len(again.Items) > 0 {
		t.Errorf("told again: %+v", again.Items)
	}
}

func TestRunsKeepTheirLooks(t *testing.T) {
	t.Parallel()
	docx := edited(t, before().word(t), ">2030.18万元</w:t></w:r>", `>2030</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>.18</w:t></w:r><w:r><w:rPr><w:i/></w:rPr><w:t>万元</w:t></w:r>`)
	r := refilled(t, docx, before().with(year{"basic": "2030.25万元 2030.25 万元"}))
	if got := control(t, r.Content, "basic"); !strings.Contains(got, `>2030</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>.25</w:t></w:r><w:r><w:rPr><w:i/></w:rPr><w:t>万元</w:t>`) {
		t.Error(got)
	}
}

func TestControlsOfBlocksCellsBoxesAndHeadersAreFilled(t *testing.T) {
	t.Parallel()
	docx := before().word(t)
	all := unpacked(t, docx)
	sdt := func(id, content string) string {
		return `<w:sdt><w:sdtPr><w:alias w:val="x"/><w:tag w:val="` + id + `"/></w:sdtPr><w:sdtContent>` + content + `</w:sdtContent></w:sdt>`
	}
	run := func(s string) string { return `<w:r><w:t>` + s + `</w:t></w:r>` }
	text := all[body]
	// Blocks, a cell, and a text box that is written twice, for new readers and for old ones.
	text = strings.Replace(text, `<w:sectPr>`, sdt("accidents", `<w:p>`+run("87起")+`</w:p>`)+
		`<w:tbl><w:tr>`+sdt("deaths", `<w:tc><w:p>`+run("97人")+`</w:p></w:tc>`)+`</w:tr></w:tbl>`+
		`<w:p><w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="wps"><w:drawing><w:txbxContent><w:p>`+run("框内")+sdt("basic", run("2030.18万元"))+
		`</w:p></w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent><w:p>`+run("框内")+sdt("basic", run("2030.18万元"))+`</w:p></w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p><w:sectPr>`, 1)
	header := `<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:p>` + run("事故") + sdt("accidents", run("87起")) + `</w:p></w:hdr>`
	relations := strings.Replace(all["word/_rels/document.xml.rels"], "</Relationships>", `<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/header" Target="header9.xml"/></Relationships>`, 1)
	docx = repacked(t, docx, map[string]string{body: text, "word/header9.xml": header, "word/_rels/document.xml.rels": relations})
	r := refilled(t, docx, before().with(year{"accidents": "88起 88 起", "deaths": "99人 99 人", "basic": "2031万元 2031 万元"}))
	got := unpacked(t, r.Content)
	if n := strings.Count(got[body], ">88起<"); n != 2 {
		t.Errorf("%d times 88起 in the body", n)
	}
	if n := strings.Count(got[body], ">99人<"); n != 2 {
		t.Errorf("%d times 99人", n)
	}
	if n := strings.Count(got[body], ">2031万元<"); n != 3 {
		t.Errorf("%d times 2031万元", n)
	}
	if !strings.Contains(got["word/header9.xml"], ">88起<") {
		t.Error(got["word/header9.xml"])
	}
	times := map[string]int{}
	for _, i := range r.Items {
		if i.What == refill.Repeated {
			times[i.ID] = i.Times
		}
	}
	if diff := cmp.Diff(map[string]int{"accidents": 3, "deaths": 2, "basic": 2}, times); diff != "" {
		t.Error(diff)
	}
}

func TestAFileThatDoesNotSayWhatItHeld(t *testing.T) {
	t.Parallel()
	docx := before().word(t)
	all := unpacked(t, docx)
	relations := all["word/_rels/document.xml.rels"]
	at := strings.Index(relations, `<Relationship Id="rId8"`)
	bare := repacked(t, edited(t, docx, ">87起<", ">80起<"), map[string]string{"customXml/item1.xml": "", "customXml/itemProps1.xml": "", "customXml/_rels/item1.xml.rels": "",
		"word/_rels/document.xml.rels": relations[:at] + "</Relationships>"})
	e, err := refill.Open("报告.docx", bare)
	if err != nil {
		t.Fatal(err)
	}
	if e.Told() {
		t.Error("it is taken to say what it held")
	}
	r, err := e.Refill(before().built(120))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]refill.Item{{What: refill.Changed, ID: "accidents", Found: "80起", Now: "87起"}}, r.Items, short); diff != "" {
		t.Error(diff)
	}
	if e, err = refill.Open("报告.docx", r.Content); err != nil || !e.Told() {
		t.Errorf("after it the file does not say what it holds: %v", err)
	}
	// figures.json beside it says it instead.
	if e, err = refill.Open("报告.docx", bare); err != nil {
		t.Fatal(err)
	}
	files, err := before().built(100).Render()
	if err != nil {
		t.Fatal(err)
	}
	e.Beside(files[report.Figures])
	if r, err = e.Refill(before().built(120)); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]refill.Item{{What: refill.Overtyped, ID: "accidents", Held: "87起", Found: "80起", Now: "87起"}}, r.Items, short); diff != "" {
		t.Error(diff)
	}
}

func TestAnotherPeriodLeavesDatesToLookAt(t *testing.T) {
	t.Parallel()
	e, err := refill.Open("报告.docx", edited(t, before().word(t), "，目标为", "，截至2023年12月31日目标为"))
	if err != nil {
		t.Fatal(err)
	}
	next := before().built(120)
	next.Document.Origin.Period = "2024"
	r, err := e.Refill(next)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]refill.Item{{What: refill.Date, Found: "2023年12月31日"}}, r.Items, short); diff != "" {
		t.Error(diff)
	}
}

func TestFilesThatAreNoReportOfTheBookAreRefused(t *testing.T) {
	t.Parallel()
	docx := before().word(t)
	plain := unpacked(t, docx)[body]
	plain = plain[:strings.Index(plain, "<w:body>")] + `<w:body><w:p><w:r><w:t>通知</w:t></w:r></w:p></w:body></w:document>`
	for name, c := range map[string]struct {
		file []byte
		want error
	}{
		"no figures":    {repacked(t, docx, map[string]string{body: plain, "customXml/item1.xml": "<x/>", "word/footnotes.xml": "<x/>", "docProps/custom.xml": "", "_rels/.rels": strings.Replace(unpacked(t, docx)["_rels/.rels"], "custom-properties", "x", 1)}), refill.ErrNotOurs},
		"no Word file":  {[]byte("通知"), reading.ErrNotDocx},
		"cut off":       {docx[:len(docx)/2], reading.ErrDamagedDocx},
		"a bomb":        {repacked(t, docx, map[string]string{"customXml/item1.xml": strings.Repeat(" ", 65<<20)}), reading.ErrBomb},
		"nested deeply": {repacked(t, docx, map[string]string{"word/footer1.xml": strings.Repeat("<a>", 300) + strings.Repeat("</a>", 300)}), reading.ErrDamagedDocx},
	} {
		if _, err := refill.Open("报告.docx", c.file); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	e, err := refill.Open("报告.docx", docx)
	if err != nil {
		t.Fatal(err)
	}
	other := before().built(120)
	other.Document.Basis.Book = "别处"
	if _, err := e.Refill(other); !errors.Is(err, refill.ErrOtherBook) {
		t.Errorf("another book: %v", err)
	}
	other = before().built(120)
	other.Document.Blocks = nil
	if _, err := e.Refill(other); !errors.Is(err, refill.ErrOtherReport) {
		t.Errorf("another report: %v", err)
	}
}

// FuzzRefill takes the text, the relations and the custom properties of an edited file as the fuzzer has them. What is put in opens
// again, and holds what was put in: a second time changes no figure.
func FuzzRefill(f *testing.F) {
	docx := before().word(f)
	parts := unpacked(f, docx)
	const properties, relations = "docProps/custom.xml", "word/_rels/document.xml.rels"
	f.Add(parts[body], parts[relations], parts[properties])
	f.Add(strings.Replace(parts[body], "87", "88", 1), "", "")
	f.Add(parts[body][:len(parts[body])/2], parts[relations], parts[properties])
	f.Add(`<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:sdt><w:sdtPr><w:tag w:val="accidents"/></w:sdtPr><w:sdtContent/></w:sdt></w:body></w:document>`, "", parts[properties])
	now := before().built(130)
	f.Fuzz(func(t *testing.T, text, related, said string) {
		e, err := refill.Open("报告.docx", repacked(t, docx, map[string]string{body: text, relations: related, properties: said}))
		if err != nil {
			return
		}
		r, err := e.Refill(now)
		if err != nil {
			return
		}
		again, err := refill.Open("报告.docx", r.Content)
		if err != nil {
			t.Fatalf("what was put in does not open: %v", err)
		}
		if _, err := again.Refill(now); err != nil {
			t.Fatalf("what was put in cannot be filled again: %v", err)
		}
	})
}
