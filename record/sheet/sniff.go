package sheet

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"path/filepath"
	"strings"

	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/ground/reason"
)

// sniff decides by content what a file is, and refuses what is no sheet, needs converting, or is not what its name says.
func sniff(name string, r io.ReaderAt, size int64) (Format, error) {
	head := make([]byte, min(size, 4096))
	if _, err := r.ReadAt(head, 0); err != nil && err != io.EOF {
		return "", ErrNoFile.Because(err, reason.Of(err))
	}
	named, known := FormatOf(name)
	if size == 0 && named == JSONL {
		return JSONL, nil // an export of no records
	}
	text, what, refusal := contentOf(head, r, size)
	switch {
	case refusal != nil:
		return "", refusal
	case !text && known && named != XLSX:
		return "", ErrMisnamed.With(strings.ToLower(filepath.Ext(name)), aSpreadsheet)
	case !text:
		return XLSX, nil
	case named == XLSX:
		return "", ErrMisnamed.With(strings.ToLower(filepath.Ext(name)), what)
	case known:
		return named, nil
	case bytes.HasPrefix(bytes.TrimLeft(bytes.TrimPrefix(head, utf8Mark), " \t\r\n"), []byte("{")):
		return JSONL, nil
	}
	return CSV, nil
}

var utf8Mark = []byte("\xef\xbb\xbf")

// contentOf says whether the content is text or a workbook, and otherwise why it is refused.
func contentOf(head []byte, r io.ReaderAt, size int64) (text bool, what lang.Text, refusal error) {
	lower := bytes.ToLower(bytes.TrimLeft(bytes.TrimPrefix(head, utf8Mark), " \t\r\n"))
	has := func(marks ...string) bool {
		for _, m := range marks {
			if bytes.HasPrefix(head, []byte(m)) {
				return true
			}
		}
		return false
	}
	switch {
	case len(head) == 0:
		return false, what, ErrNotASheet.With(anEmptyFile)
	case has("PK\x03\x04", "PK\x05\x06"):
		return false, what, archiveRefusal(r, size)
	case has("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
		return false, what, compoundRefusal(r, size)
	case has("\x09\x08", "\x09\x04", "\x09\x02", "\x09\x00"): // BIFF without a container
		return false, what, ErrConvert.With(anOldBook)
	case has("%PDF-"):
		return false, what, ErrNotASheet.With(aPDF)
	case has("\x89PNG", "\xff\xd8\xff", "GIF8", "BM", "II*\x00", "MM\x00*"):
		return false, what, ErrNotASheet.With(anImage)
	case has("Rar!", "7z\xbc\xaf", "\x1f\x8b", "BZh", "\xfd7zXZ"):
		return false, what, ErrNotASheet.With(anArchive)
	case bytes.HasPrefix(lower, []byte("<?xml")) && bytes.Contains(lower, []byte("office:spreadsheet")):
		return false, what, ErrConvert.With(anXMLBook)
	case bytes.HasPrefix(lower, []byte("<!doctype html")), bytes.HasPrefix(lower, []byte("<html")), bytes.HasPrefix(lower, []byte("<table")), bytes.HasPrefix(lower, []byte("<meta")):
		return false, what, ErrConvert.With(aWebPage)
	case !has("\xff\xfe", "\xfe\xff") && bytes.IndexByte(head, 0) >= 0:
		return false, what, ErrNotASheet.With(aBinaryFile)
	}
	return true, aTextFile, nil
}

// archiveRefusal says why a ZIP file is no workbook; nil when it looks like one.
func archiveRefusal(r io.ReaderAt, size int64) error {
	z, err := zip.NewReader(r, size)
	if err != nil {
		return damaged(err, lang.Of("压缩结构不完整", "its archive structure is incomplete"))
	}
	has := map[string]bool{}
	for _, f := range z.File {
		part := partName(f.Name)
		has[part] = true
		dir, _, _ := strings.Cut(part, "/")
		has[dir+"/"] = true
	}
	switch {
	case has["xl/workbook.bin"]:
		return ErrConvert.With(aBinaryBook)
	case has["xl/"]:
		return nil
	case has["word/"]:
		return ErrNotASheet.With(aWordFile)
	case has["ppt/"]:
		return ErrNotASheet.With(aSlideshow)
	case has["content.xml"] && has["meta-inf/"]:
		return ErrConvert.With(anOpenSheet)
	}
	return ErrNotASheet.With(anArchive)
}

// compoundRefusal tells the files in Microsoft's compound form apart by the names of the streams inside, which stand in
// UTF-16: a locked .xlsx, an .xls, or another old office file.
func compoundRefusal(r io.ReaderAt, size int64) error {
	var book bool
	const window, overlap = 1 << 20, 64
	buf := make([]byte, window)
	for at := int64(0); at < min(size, 64<<20); at += window - overlap {
		n, err := r.ReadAt(buf, at)
		if err != nil && err != io.EOF {
			return ErrNoFile.Because(err, reason.Of(err))
		}
		if bytes.Contains(buf[:n], wide("EncryptedPackage")) {
			return ErrEncrypted.With()
		}
		book = book || bytes.Contains(buf[:n], wide("Workbook")) || bytes.Contains(buf[:n], wide("Book\x00"))
	}
	if book {
		return ErrConvert.With(anOldBook)
	}
	return ErrNotASheet.With(anOLEFile)
}

// wide is ASCII in UTF-16, little end first.
func wide(s string) []byte {
	out := make([]byte, 0, 2*len(s))
	for _, c := range []byte(s) {
		out = append(out, c, 0)
	}
	return out
}

// damaged is the fault of a file that cannot be read through.
func damaged(err error, what lang.Text) error {
	if f := (*fault.Fault)(nil); errors.As(err, &f) {
		return f // a bound that was met on the way
	}
	return ErrDamaged.Because(err, what)
}
