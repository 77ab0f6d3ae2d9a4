package sheet_test

import (
	"testing"

	"anlan/ground/fault"
	"anlan/record/sheet"
)

// sound checks what must hold of any input: faults and nothing else, rows in order, texts that can be written again.
func sound(t *testing.T, name string, content []byte) (rows [][]sheet.Cell, ok bool) {
	t.Helper()
	b, err := open(name, content)
	if err != nil {
		if _, isFault := fault.KindOf(err); !isFault {
			t.Fatalf("%v is no fault", err)
		}
		return nil, false
	}
	last := 0
	for row, err := range b.Rows("") {
		if err != nil {
			if _, isFault := fault.KindOf(err); !isFault {
				t.Fatalf("%v is no fault", err)
			}
			return nil, false
		}
		if row.Number <= last {
			t.Fatalf("row %d follows row %d", row.Number, last)
		}
		last = row.Number
		rows = append(rows, append([]sheet.Cell(nil), row.Cells...))
	}
	return rows, true
}

func FuzzWorkbook(f *testing.F) {
	for _, s := range []string{
		aSheet,
		`<worksheet><sheetData><row r="2"><c r="B2" t="inlineStr"><is><r><t>a</t></r></is></c><c r="C2" s="1"><v>45052.5</v></c></row></sheetData><mergeCells><mergeCell ref="B2:D3"/></mergeCells></worksheet>`,
		`<x:worksheet><x:sheetData><x:row><x:c t="e"><x:v>#N/A</x:v></x:c><x:c><x:f>1</x:f></x:c></x:row></x:sheetData></x:worksheet>`,
		`<sheetData/><mergeCell ref="A1:XFD1048576"/>`,
		`<worksheet><sheetData><row><c><v>-1.5E-7</v></c><c t="d"><v>2023-05-06</v></c><c t="str"><v>_x000D_</v></c></row></sheetData>`,
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, sheetXML string) {
		sound(t, "a.xlsx", workbook(t, sheetXML, "xl/styles.xml", `<s><numFmts><numFmt numFmtId="200" formatCode="yyyy-mm-dd hh:mm"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="200"/></cellXfs></s>`))
	})
}

func FuzzBytes(f *testing.F) {
	f.Add("a.xlsx", workbook(f, aSheet))
	f.Add("a", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"))
	f.Add("a.csv", []byte("\xff\xfea\x00"))
	f.Add("a.txt", []byte("\xb1\xe0\xba\xc5,b"))
	f.Fuzz(func(t *testing.T, name string, content []byte) { sound(t, name, content) })
}

// What is read of a text file can be written and is then read the same.
func FuzzDelimited(f *testing.F) {
	for _, s := range []string{"a,b\nc,d", "\"a\"\"b\",'=1\r\n", "a\tb", "=1;2", "编号,级别\n甲,\"", "\ufeff\"\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		rows, ok := sound(t, "a.csv", []byte(text))
		if !ok {
			return
		}
		width := 0
		for _, r := range rows {
			width = max(width, len(r))
		}
		if width == 0 || width > 100 {
			return
		}
		layout := sheet.Layout{Fields: make([]sheet.Field, width)}
		for i := range layout.Fields {
			layout.Fields[i].Heading = "x"
		}
		written, err := tryWrite(sheet.CSV, layout, rows...)
		if err != nil {
			return // NUL, or longer than a cell may be
		}
		again, ok := sound(t, "a.csv", written)
		if !ok || len(again) != len(rows)+1 {
			t.Fatalf("%d rows became %d", len(rows), len(again)-1)
		}
		for i, row := range rows {
			for j, c := range row {
				if got := again[i+1][j]; got != c {
					t.Fatalf("row %d, cell %d: %+v became %+v", i, j, c, got)
				}
			}
		}
	})
}

func FuzzLines(f *testing.F) {
	for _, s := range []string{`{"a":1}`, `{"a":"\ud83d"}`, "{}\n\n{\"b\":null}", `{"a":1e5}`, `[`, `{"a":{}}`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) { sound(t, "a.jsonl", []byte(text)) })
}
