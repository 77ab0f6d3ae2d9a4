package sheet_test

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/record/sheet"
)

// pack makes an archive of parts, name and content in turn.
func pack(t testing.TB, parts ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(parts); i += 2 {
		if _, err := io.WriteString(must(z.Create(parts[i])), parts[i+1]); err != nil {
			t.Fatal(err)
		}
	}
	check(z.Close())
	return b.Bytes()
}

// workbook makes a workbook around the markup of one sheet, with more parts if they are given.
func workbook(t testing.TB, sheetXML string, more ...string) []byte {
	t.Helper()
	rel := func(id, kind, target string) string {
		return `<Relationship Id="` + id + `" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/` + kind + `" Target="` + target + `"/>`
	}
	return pack(t, append([]string{
		"_rels/.rels", `<Relationships>` + rel("a", "officeDocument", "xl/workbook.xml") + `</Relationships>`,
		"xl/workbook.xml", `<workbook><sheets><sheet name="表" sheetId="1" r:id="b"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels", `<Relationships>` + rel("b", "worksheet", "worksheets/sheet1.xml") + rel("c", "sharedStrings", "sharedStrings.xml") + `</Relationships>`,
		"xl/sharedStrings.xml", `<sst><si><t>共</t></si><si><r><t>一</t></r><r><rPr><t>no</t></rPr><t xml:space="preserve"> 二</t></r><rPh><t>yi</t></rPh></si><si/></sst>`,
		"xl/worksheets/sheet1.xml", sheetXML,
	}, more...)...)
}

// readAll opens a file and reads every row of every sheet.
func readAll(name string, content []byte) (rows int, err error) {
	b, err := open(name, content)
	if err != nil {
		return 0, err
	}
	for _, s := range b.Sheets() {
		for _, err := range b.Rows(s.Name) {
			if err != nil {
				return rows, err
			}
			rows++
		}
	}
	return rows, nil
}

const aSheet = `<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><v>1.5</v></c></row></sheetData></worksheet>`

func TestFileThatIsNoSheetIsToldWhatItIs(t *testing.T) {
	t.Parallel()
	compound := "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 600)
	wide := func(s string) string {
		var b strings.Builder
		for _, c := range []byte(s) {
			b.WriteByte(c)
			b.WriteByte(0)
		}
		return b.String()
	}
	good := string(workbook(t, aSheet))
	for name, c := range map[string]struct {
		file, content, zh string
		want              error
	}{
		"empty":             {"a.xlsx", "", "空文件", sheet.ErrNotASheet},
		"old workbook":      {"a.xls", compound + wide("Workbook"), "旧版Excel", sheet.ErrConvert},
		"old workbook as x": {"a.xlsx", compound + wide("Workbook"), "另存为", sheet.ErrConvert},
		"older workbook":    {"a.xls", "\x09\x08\x10\x00\x00\x06\x05\x00", "旧版Excel", sheet.ErrConvert},
		"locked workbook":   {"a.xlsx", compound + wide("EncryptedPackage"), "密码", sheet.ErrEncrypted},
		"old document":      {"a.xlsx", compound + wide("WordDocument"), "旧版Office", sheet.ErrNotASheet},
		"web page":          {"a.xls", "\ufeff\r\n<html xmlns:x=\"urn\"><table><tr><td>1</td></tr></table></html>", "网页", sheet.ErrConvert},
		"bare table":        {"a.xls", "<table border=1><tr>", "网页", sheet.ErrConvert},
		"XML of 2003":       {"a.xls", `<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">`, "2003", sheet.ErrConvert},
		"PDF":               {"a.xlsx", "%PDF-1.7", "PDF", sheet.ErrNotASheet},
		"image":             {"a.csv", "\x89PNG\r\n\x1a\n", "图片", sheet.ErrNotASheet},
		"archive":           {"a.xlsx", "Rar!\x1a\x07", "压缩包", sheet.ErrNotASheet},
		"some ZIP":          {"a.xlsx", string(pack(t, "a.txt", "x")), "压缩包", sheet.ErrNotASheet},
		"Word":              {"a.xlsx", string(pack(t, "word/document.xml", "<w/>")), "Word", sheet.ErrNotASheet},
		"slides":            {"a.xlsx", string(pack(t, "ppt/presentation.xml", "<p/>")), "演示", sheet.ErrNotASheet},
		"binary workbook":   {"a.xlsb", string(pack(t, "xl/workbook.bin", "x")), ".xlsb", sheet.ErrConvert},
		"open document":     {"a.ods", string(pack(t, "content.xml", "<o/>", "META-INF/manifest.xml", "<m/>")), ".ods", sheet.ErrConvert},
		"binary":            {"a.csv", "abc\x00\x01\x02", "二进制", sheet.ErrNotASheet},
		"text called x":     {"a.xlsx", "编号,级别\nA,1\n", "文本文件", sheet.ErrMisnamed},
		"book called csv":   {"a.csv", good, ".csv", sheet.ErrMisnamed},
		"book called jsonl": {"a.jsonl", good, ".jsonl", sheet.ErrMisnamed},
		"cut short":         {"a.xlsx", good[:len(good)/2], "损坏", sheet.ErrDamaged},
	} {
		_, err := open(c.file, []byte(c.content))
		if !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", name, err, c.want)
			continue
		}
		if zh := fault.In(err, lang.Chinese); !strings.HasPrefix(zh, c.file+"：") || !strings.Contains(zh, c.zh) {
			t.Errorf("%s: %q does not speak of %q", name, zh, c.zh)
		}
	}
	if b, err := open("a.dat", []byte(good)); err != nil || b.Format() != sheet.XLSX {
		t.Errorf("a name without a known ending goes by content: %v", err)
	}
	if b, err := open("a", []byte(`{"a":1}`)); err != nil || b.Format() != sheet.JSONL {
		t.Errorf("a name without an ending goes by content: %v", err)
	}
}

func TestDamagedWorkbookIsRefused(t *testing.T) {
	t.Parallel()
	good := workbook(t, aSheet)
	if n, err := readAll("a.xlsx", good); n != 1 || err != nil {
		t.Fatalf("the good one has %d rows, %v", n, err)
	}
	locked := bytes.Clone(good)
	for i := 0; i+4 < len(locked); i++ { // the flag of encryption in each entry of the directory
		if string(locked[i:i+4]) == "PK\x01\x02" {
			locked[i+8] |= 1
		}
	}
	data := func(cells string) []byte {
		return workbook(t, `<worksheet><sheetData>`+cells+`</sheetData></worksheet>`)
	}
	for name, c := range map[string]struct {
		content []byte
		want    error
	}{
		"locked archive":          {locked, sheet.ErrEncrypted},
		"no workbook part":        {pack(t, "xl/styles.xml", "<s/>"), sheet.ErrDamaged},
		"sheet ends inside":       {workbook(t, strings.TrimSuffix(aSheet, "</row></sheetData></worksheet>")), sheet.ErrDamaged},
		"sheet is no markup":      {workbook(t, "not markup"), sheet.ErrDamaged},
		"document type":           {workbook(t, `<!DOCTYPE a [<!ENTITY b "c">]>`+aSheet), sheet.ErrDamaged},
		"rows go back":            {data(`<row r="5"><c r="A5"><v>1</v></c></row><row r="2"><c r="A2"><v>1</v></c></row>`), sheet.ErrRowOrder},
		"row twice":               {data(`<row r="5"><c r="A5"><v>1</v></c></row><row r="5"><c r="A5"><v>1</v></c></row>`), sheet.ErrRowOrder},
		"row is no number":        {data(`<row r="x"/>`), sheet.ErrRowOrder},
		"cells go back":           {data(`<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row>`), sheet.ErrRowOrder},
		"cell of another row":     {data(`<row r="1"><c r="A2"><v>1</v></c></row>`), sheet.ErrRowOrder},
		"cell past the columns":   {data(`<row r="1"><c r="XFE1"><v>1</v></c></row>`), sheet.ErrRowOrder},
		"row past the rows":       {data(`<row r="1048577"><c><v>1</v></c></row>`), sheet.ErrTooLarge},
		"text not in the table":   {data(`<row r="1"><c r="A1" t="s"><v>9</v></c></row>`), sheet.ErrDamaged},
		"text by no number":       {data(`<row r="1"><c r="A1" t="s"><v>-1</v></c></row>`), sheet.ErrDamaged},
		"cell too long":           {data(`<row r="1"><c r="A1" t="inlineStr"><is><t>` + strings.Repeat("长", 40_000) + `</t></is></c></row>`), sheet.ErrCellTooLong},
		"merge is no range":       {workbook(t, `<worksheet><sheetData/><mergeCells><mergeCell ref="B2:A1"/></mergeCells></worksheet>`), sheet.ErrDamaged},
		"merges overlap":          {workbook(t, `<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row></sheetData><mergeCells><mergeCell ref="A1:B2"/><mergeCell ref="B1:C1"/></mergeCells></worksheet>`), sheet.ErrDamaged},
		"checksum is another's":   {corrupt(good), sheet.ErrDamaged},
		"shared texts cut":        {workbook(t, aSheet, "xl/styles.xml", "", "xl/sharedStrings.xml", "<sst><si>"), sheet.ErrDamaged},
		"too many parts":          {pack(t, manyParts()...), sheet.ErrTooLarge},
		"sheets without a part":   {pack(t, "_rels/.rels", "<R/>", "xl/workbook.xml", `<workbook><sheets><sheet name="a" r:id="x"/></sheets></workbook>`), nil},
		"a sheet whose part went": {pack(t, "xl/workbook.xml", `<workbook><sheets><sheet name="a" r:id="x"/></sheets></workbook>`, "xl/_rels/workbook.xml.rels", `<R><Relationship Id="x" Type="/worksheet" Target="gone.xml"/></R>`), sheet.ErrDamaged},
	} {
		rows, err := readAll("a.xlsx", c.content)
		if c.want == nil && err != nil || c.want != nil && !errors.Is(err, c.want) {
			t.Errorf("%s: got %d rows, %v, want %v", name, rows, err, c.want)
		}
	}
	for n := 0; n < len(good); n += 3 { // cut anywhere, a file is never taken for a whole one
		if rows, err := readAll("a.xlsx", good[:n]); err == nil {
			t.Fatalf("cut after %d of %d bytes it has %d rows", n, len(good), rows)
		}
	}
}

// corrupt changes a byte of the sheet's packed content.
func corrupt(good []byte) []byte {
	out := bytes.Clone(good)
	i := bytes.Index(out, []byte("xl/worksheets/sheet1.xml"))
	out[i+len("xl/worksheets/sheet1.xml")+30] ^= 0x40
	return out
}

func manyParts() (parts []string) {
	for i := range 10_001 {
		parts = append(parts, fmt.Sprintf("xl/%d", i), "")
	}
	return parts
}

func TestCellWithoutAUsableValueSaysWhy(t *testing.T) {
	t.Parallel()
	content := workbook(t, `<worksheet><sheetData><row r="1"><c t="e"><f>1/0</f><v>#DIV/0!</v></c><c><f>A1</f></c><c><v>4.3060219800101E+17</v></c><c><v>430602198001011000</v></c><c><v>1.5</v></c><c t="str"><f>""</f><v></v></c></row></sheetData></worksheet>`)
	for row, err := range mustOpen(t, "a.xlsx", content).Rows("") {
		if err != nil {
			t.Fatal(err)
		}
		for i, want := range []error{sheet.ErrBrokenCell, sheet.ErrUncomputed, sheet.ErrDigitsLost, sheet.ErrDigitsLost, nil, nil} {
			if err := row.Cells[i].Err(); want == nil && err != nil || want != nil && !errors.Is(err, want) {
				t.Errorf("cell %d: got %v, want %v", i, err, want)
			}
		}
	}
}

func TestFormsOfWorkbooksThatOtherProgramsWrite(t *testing.T) {
	t.Parallel()
	rel := `<Relationship Id="b" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/worksheet" Target="/XL/Sheets\One.xml"/>`
	for name, content := range map[string][]byte{
		"prefixes":     workbook(t, `<x:worksheet xmlns:x="m"><x:sheetData><x:row><x:c t="s"><x:v>0</x:v></x:c><x:c t="n"><x:v> 1.5 </x:v></x:c></x:row></x:sheetData></x:worksheet>`),
		"no addresses": workbook(t, `<worksheet><cols/><sheetData ><row><c t="s"><v>0</v></c><c><v>1.5</v></c></row></sheetData ><x/></worksheet>`),
		"capitals and backslashes": pack(t, `XL\Workbook.xml`, `<workbook><sheets><sheet name="表" r:id="b"/></sheets></workbook>`, `xl/_rels/workbook.xml.rels`, `<R>`+rel+`</R>`,
			`xl\sheets\one.xml`, `<worksheet><sheetData><row><c t="inlineStr"><is><t>共</t></is></c><c><v>1.5</v></c></row></sheetData></worksheet>`),
		"empty rows before":            workbook(t, `<worksheet><sheetData><row r="1" s="1"/><row r="2"><c r="A2" s="3"/></row><row r="3"><c r="A3" t="s"><v>0</v></c><c r="B3"><v>1.5</v></c></row></sheetData></worksheet>`),
		"text that looks like the end": workbook(t, `<worksheet><sheetData><row><c t="s"><v>0</v></c><c><v>1.5</v></c><c t="inlineStr"><is><t>sheetData/> /sheetData></t></is></c></row></sheetData></worksheet>`),
	} {
		got, _ := rowsOf(t, mustOpen(t, "a.xlsx", content), "表")
		if len(got) != 1 || got[0][0] != "t 共" || got[0][1] != "n 1.5" {
			t.Errorf("%s: got %v", name, got)
		}
	}
	texts := workbook(t, `<worksheet><sheetData><row><c t="s"><v>1</v></c><c t="s"><v>2</v></c><c t="d"><v>2023-05-06</v></c><c t="d"><v>2023-05-06T14:30:00Z</v></c><c t="d"><v>14:30</v></c><c t="str"><v>a_x000D_b</v></c><c t="b"><v>true</v></c></row></sheetData></worksheet>`)
	got, _ := rowsOf(t, mustOpen(t, "a.xlsx", texts), "表")
	if s := strings.Join(got[0], "|"); s != "t 一 二|-|d 2023-05-06|i 2023-05-06 14:30:00|t 14:30|t a\rb|b TRUE" {
		t.Errorf("got %q", s)
	}
}

// bomb is an archive with one part that unpacks to n times the chunk: the packed chunk, repeated.
func bomb(t testing.TB, name, before, chunk string, n int, parts ...string) []byte {
	t.Helper()
	packed := func(s string) []byte {
		var b bytes.Buffer
		w := must(flate.NewWriter(&b, flate.BestCompression))
		must(io.WriteString(w, s))
		check(w.Flush()) // ends at a byte, and may be followed by any other block
		return b.Bytes()
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(parts); i += 2 {
		must(io.WriteString(must(z.Create(parts[i])), parts[i+1]))
	}
	again := packed(chunk)
	content := append(packed(before), bytes.Repeat(again, n)...)
	w := must(z.CreateRaw(&zip.FileHeader{Name: name, Method: zip.Deflate, CompressedSize64: uint64(len(content)), UncompressedSize64: 1 << 40}))
	must(w.Write(content))
	check(z.Close())
	return b.Bytes()
}

// A bomb is small and unpacks without end: what comes out is counted, whatever the archive says.
func TestBombIsStoppedByWhatComesOut(t *testing.T) {
	t.Parallel()
	parts := []string{
		"xl/workbook.xml", `<workbook><sheets><sheet name="a" r:id="x"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels", `<R><Relationship Id="x" Type="/worksheet" Target="sheet.xml"/><Relationship Id="y" Type="/sharedStrings" Target="texts.xml"/></R>`,
	}
	styled := []string{parts[0], parts[1], parts[2], strings.Replace(parts[3], "</R>", `<Relationship Id="z" Type="/styles" Target="styles.xml"/></R>`, 1)}
	long := strings.Repeat("x", 1<<16)
	for name, content := range map[string][]byte{
		"shared texts": bomb(t, "xl/texts.xml", "<sst>", strings.Repeat("<si><t>"+long+"</t></si>", 16), 130, parts...),
		"styles":       bomb(t, "xl/styles.xml", "<s>", strings.Repeat("<xf/>"+long, 16), 20, styled...),
		"cell formats": bomb(t, "xl/styles.xml", "<s><cellXfs>", strings.Repeat("<xf/>", 10_000), 10, styled...),
	} {
		if len(content) > 4<<20 {
			t.Fatalf("the bomb of %s has %d bytes", name, len(content))
		}
		if rows, err := readAll("a.xlsx", content); !errors.Is(err, sheet.ErrTooLarge) {
			t.Errorf("%s: got %d rows, %v", name, rows, err)
		}
	}
	deep := bomb(t, "xl/texts.xml", "<sst>", strings.Repeat("<a>", 1000), 1000, parts...)
	if rows, err := readAll("a.xlsx", deep); !errors.Is(err, sheet.ErrDamaged) {
		t.Errorf("elements without end: got %d rows, %v", rows, err)
	}
}

func TestFileThatCannotBeOpenedSaysWhy(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for name, path := range map[string]string{"missing": filepath.Join(dir, "a.xlsx"), "folder": dir} {
		if _, err := sheet.Open(path); !errors.Is(err, sheet.ErrNoFile) {
			t.Errorf("%s: got %v", name, err)
		}
	}
	path := filepath.Join(dir, "台账.csv")
	check(os.WriteFile(path, []byte("编号\nA\n"), 0o600))
	b, err := sheet.Open(path)
	if err != nil || b.Name() != "台账.csv" || b.Format() != sheet.CSV {
		t.Fatalf("got %v, %v", b, err)
	}
	if sum, err := b.SHA256(); err != nil || sum != sha256.Sum256([]byte("编号\nA\n")) {
		t.Errorf("the hash is %x, %v", sum, err)
	}
	if err := b.Close(); err != nil {
		t.Error(err)
	}
}
