package reading

import (
	"bytes"
	"path/filepath"
	"strings"
	"unicode/utf16"

	"anlan/ground/lang"
)

// compoundMagic opens the files of old Office, and those of new Office that have a password (MS-CFB).
const compoundMagic = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

// OldFormat says which document of old Office a file is, by the names of the streams in it: DOC, XLS or RTF. One that is none of
// them is a fault of kind ErrFormat, which says what it is and what to do.
func OldFormat(name string, content []byte) (Format, error) {
	ext := strings.ToLower(filepath.Ext(name))
	save := func(ending string) lang.Text {
		return lang.Of(lang.Zh("请用 Word 或 WPS 打开，另存为 ."+ending), lang.En("Open it in Word or WPS and save it as ."+ending))
	}
	switch {
	case bytes.HasPrefix(content, []byte(`{\rtf`)):
		return RTF, nil
	case ext == ".wps":
		return "", ErrFormat.With(lang.Of("WPS 文字文档（.wps）", "a document of WPS Writer (.wps)"), save("docx"))
	case ext == ".et":
		return "", ErrFormat.With(lang.Of("WPS 表格（.et）", "a workbook of WPS (.et)"), save("xlsx"))
	case hasStream(content, "EncryptedPackage"):
		return "", ErrFormat.With(lang.Of("加了密码的 Office 文件", "an Office file with a password"),
			lang.Of("请用 Word、Excel 或 WPS 打开，去掉密码后另存", "Open it in Word, Excel or WPS and save it without the password"))
	case hasStream(content, "WordDocument"):
		return DOC, nil
	case hasStream(content, "Workbook"), hasStream(content, "Book"):
		return XLS, nil
	}
	return "", ErrFormat.With(lang.Of("旧版 Office 文件，既不是 Word 文档，也不是 Excel 工作簿", "a file of old Office that is neither a Word document nor a workbook"), save("docx"))
}

// hasStream looks for an entry of a compound file's directory: its name in UTF-16, ended by a zero.
func hasStream(content []byte, name string) bool {
	var b []byte
	for _, u := range utf16.Encode([]rune(name + "\x00")) {
		b = append(b, byte(u), byte(u>>8))
	}
	return bytes.Contains(content, b)
}
