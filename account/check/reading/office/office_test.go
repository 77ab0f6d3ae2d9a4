package office_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"anlan/account/check/reading"
	"anlan/account/check/reading/office"
	"anlan/ground/fault"
	"anlan/ground/lang"
)

// installed skips where LibreOffice is not.
func installed(t *testing.T) {
	t.Helper()
	if _, err := office.Installed(); err != nil {
		if strings.Contains(os.Getenv("ANLAN_REQUIRE"), "soffice") {
			t.Fatal(err)
		}
		t.Skipf("SKIPPED: %v", err)
	}
}

// convert makes a file of old Office by LibreOffice itself.
func convert(t *testing.T, name string, content []byte, to string) string {
	t.Helper()
	b, err := office.Convert(t.Context(), office.Job{Name: name, Content: content, To: to})
	if err != nil {
		t.Fatal(err)
	}
	return written(t, "报告."+to, b)
}

func written(t *testing.T, name string, content []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// page is a document in RTF; characters are written as \\uN?.
func page() []byte {
	var b strings.Builder
	write := func(s string) {
		for _, r := range s {
			if r < 128 {
				b.WriteRune(r)
			} else {
				fmt.Fprintf(&b, `\u%d?`, int16(r))
			}
		}
	}
	write(`{\rtf1\ansi 2023年度报告\par 全市发生事故87起。\par `)
	for _, row := range [][2]string{{"项目", "决算数"}, {"基本支出", "2030.18"}} {
		write(`\trowd\cellx3000\cellx6000\pard\intbl ` + row[0] + `\cell ` + row[1] + `\cell\row `)
	}
	write(`\pard 完\par}`)
	return []byte(b.String())
}

func TestFilesOfOldOfficeAreReadByWayOfLibreOffice(t *testing.T) {
	t.Parallel()
	installed(t)
	x := excelize.NewFile()
	defer x.Close()
	if err := errors.Join(x.SetSheetRow("Sheet1", "A1", &[]any{"项目", "决算数"}), x.SetSheetRow("Sheet1", "A2", &[]any{"基本支出", 2030.18})); err != nil {
		t.Fatal(err)
	}
	sheet, err := x.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		path   string
		format reading.Format
		says   string
	}{
		{convert(t, "a.rtf", page(), "doc"), reading.DOC, "全市发生事故87起。"},
		{written(t, "a.rtf", page()), reading.RTF, "全市发生事故87起。"},
		{convert(t, "a.xlsx", sheet.Bytes(), "xls"), reading.XLS, "项目"},
	} {
		d, err := office.Open(t.Context(), c.path)
		if err != nil {
			t.Errorf("%s: %v", c.path, err)
			continue
		}
		if d.Format != c.format || !strings.Contains(d.Text, c.says) || len(d.Tables) != 1 || d.Tables[0].At(2, 2).Text != "2030.18" || d.Name != c.path {
			t.Errorf("%s %s: %q, %d tables", d.Name, d.Format, d.Text, len(d.Tables))
		}
	}
}

func TestWithoutLibreOfficeAnOldFileSaysWhatItIsAndWhatToDo(t *testing.T) {
	installed(t)
	path := convert(t, "a.rtf", page(), "doc")
	t.Setenv("PATH", t.TempDir())
	_, err := office.Open(t.Context(), path)
	if said := fault.In(err, lang.Chinese); !errors.Is(err, office.ErrNeedsOffice) || !strings.Contains(said, ".doc") || !strings.Contains(said, "另存为 .docx") || !strings.Contains(said, path) {
		t.Error(said)
	}
}

func TestADamagedOldFileIsAFault(t *testing.T) {
	t.Parallel()
	installed(t)
	compound := "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 600)
	utf16 := func(s string) string {
		var b strings.Builder
		for _, r := range s + "\x00" {
			b.WriteByte(byte(r))
			b.WriteByte(byte(r >> 8))
		}
		return b.String()
	}
	for _, c := range []struct {
		name, content string
		want          error
		says          string
	}{
		{"a.doc", compound + utf16("WordDocument"), office.ErrUnconvertible, "另存为 .docx"},
		{"a.xls", compound + utf16("Workbook"), office.ErrUnconvertible, "另存为 .xlsx"},
		{"a.docx", compound + utf16("EncryptedPackage"), reading.ErrFormat, "去掉密码"},
		{"a.wps", compound + utf16("WordDocument"), reading.ErrFormat, "WPS"},
		{"a.et", compound + utf16("Workbook"), reading.ErrFormat, "另存为 .xlsx"},
		{"a.msi", compound, reading.ErrFormat, "既不是 Word"},
	} {
		_, err := office.Open(t.Context(), written(t, c.name, []byte(c.content)))
		if !errors.Is(err, c.want) || !strings.Contains(fault.In(err, lang.Chinese), c.says) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}
