package office

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"anlan/account/check/reading"
	"anlan/account/check/reading/ocr"
	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/ground/reason"
)

// Faults of reading a file of old Office.
var (
	ErrNeedsOffice = fault.Define("office.needed", fault.Unable,
		"这是%s，要先由LibreOffice转换，而这里没有安装（Debian、Ubuntu：%s）；也可以用 Word 或 WPS 打开，另存为 .%s",
		"this is %s; LibreOffice must convert it, and is not installed here (Debian, Ubuntu: %s); or open it in Word or WPS and save it as .%s")
	ErrNothing = fault.Define("office.nothing", fault.Invalid,
		"文件里什么文字也没有，无从核对；请核实是否取错了文件", "there is no text in the file, so nothing can be checked; see whether it is the right one")
	ErrUnconvertible = fault.Define("office.unconvertible", fault.Unable,
		"这是%s，%s；请用 Word 或 WPS 打开，另存为 .%s", "this is %s. %s; open it in Word or WPS and save it as .%s")
)

// oldFormats are those that LibreOffice reads for us.
var oldFormats = map[reading.Format]struct {
	name   lang.Text
	filter string // of LibreOffice
	to     string
}{
	reading.DOC: {lang.Of("旧版 Word 文档（.doc）", "an old Word document (.doc)"), "MS Word 97", "docx"},
	reading.RTF: {lang.Of("RTF 文档", "an RTF document"), "Rich Text Format", "docx"},
	reading.XLS: {lang.Of("旧版 Excel 工作簿（.xls）", "an old Excel workbook (.xls)"), "MS Excel 97", "xlsx"},
}

// formats are the endings of files that are read.
var formats = []string{".txt", ".md", ".html", ".htm", ".docx", ".xlsx", ".pdf", ".doc", ".xls", ".rtf", ".wps"}

// Readable says by the name of a file whether it is of a format that is read.
func Readable(path string) bool { return slices.Contains(formats, strings.ToLower(filepath.Ext(path))) }

// Formats are the endings of files that are read, with their dots.
func Formats() []string { return slices.Clone(formats) }

// Open reads the document in a file as reading.Open does, scanned pages by Tesseract where it is installed, and files of old Office by
// way of LibreOffice; its digest is that of the file as it stands. Faults: those of package reading; ErrNothing, ErrNeedsOffice,
// ErrUnconvertible; ocr.ErrNotRecognised.
func Open(ctx context.Context, path string) (*reading.Document, error) {
	d, err := reader().Open(ctx, path)
	if errors.Is(err, reading.ErrOldOffice) {
		d, err = open(ctx, path)
	}
	if err == nil && len(d.Unread) == 0 && strings.TrimSpace(d.Text) == "" {
		err = ErrNothing.With()
	}
	if err != nil {
		return nil, fault.At(err, fault.Where{File: path})
	}
	return d, nil
}

// reader reads scanned pages where that can be done.
func reader() (r reading.Reader) {
	if _, err := ocr.Installed(); err == nil {
		r.Recognise = ocr.Glyphs
	}
	return r
}

func open(ctx context.Context, path string) (*reading.Document, error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, reading.ErrOpen.Because(err, reason.Of(err))
	}
	format, err := reading.OldFormat(filepath.Base(path), content)
	if err != nil {
		return nil, err
	}
	old := oldFormats[format]
	converted, err := Convert(ctx, Job{Name: "report." + string(format), Content: content, As: old.filter, To: old.to})
	switch {
	case errors.Is(err, ErrNotInstalled):
		return nil, ErrNeedsOffice.Because(err, old.name, Packages, old.to)
	case errors.Is(err, ErrNotConverted):
		return nil, ErrUnconvertible.Because(err, old.name, lang.Text{Zh: fault.In(err, lang.Chinese), En: fault.In(err, lang.English)}, old.to)
	case err != nil:
		return nil, err
	}
	d, err := reading.Read(path, bytes.NewReader(converted), int64(len(converted)))
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(content)
	d.Format, d.SHA256 = format, hex.EncodeToString(sum[:])
	return d, nil
}
