package reading

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"anlan/account/check/reading/printed"
	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/ground/reason"
)

// Bounds on what is read.
const (
	textMaxBytes = 512 << 20 // of a text or Markdown file
	htmlMaxBytes = 32 << 20  // a page is held as a tree, many times its size
	zipMaxBytes  = 256 << 20 // of a Word file or a workbook, pictures included; bounds on what is inside: archive.go
	pdfMaxBytes  = 256 << 20 // likewise; bounds on what is inside: printed/limits.go
	linesMax     = 5_000_000
	cellsMax     = 1_000_000 // in all tables of a document
	columnsMax   = 1_000     // of a table

	pdfHeadBytes = 1024 // in which a PDF says that it is one
)

// Reader reads documents. The zero value reads what needs no other program.
type Reader struct {
	// Recognise gives the characters that stand on a scanned page of a PDF; without it such pages are not read. It is called for several
	// pages at a time.
	Recognise func(context.Context, *printed.Scan) ([]printed.Glyph, error)
}

// Open reads the document in a file. Errors are faults: of this package, with the file's name as their place.
func Open(path string) (*Document, error) { return Reader{}.Open(context.Background(), path) }

// Open reads the document in a file. Errors are faults: of this package, with the file's name as their place; and that of ctx.
func (r Reader) Open(ctx context.Context, path string) (*Document, error) {
	closed := func(err error, why lang.Text) (*Document, error) {
		return nil, fault.At(ErrOpen.Because(err, why), fault.Where{File: path})
	}
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return closed(err, reason.Of(err))
	case info.IsDir():
		return closed(nil, reason.Of(syscall.EISDIR))
	case !info.Mode().IsRegular(): // a pipe would be waited for
		return closed(nil, lang.Of("不是普通文件", "it is no regular file"))
	}
	f, err := os.Open(path)
	if err != nil {
		return closed(err, reason.Of(err))
	}
	defer f.Close()
	return r.Read(ctx, path, f, info.Size())
}

// Read reads a document from r. The name decides the format where the content does not, and names the place of faults;
// size is the number of bytes expected, or −1 where nobody knows, and is only a hint.
func Read(name string, r io.Reader, size int64) (*Document, error) {
	return Reader{}.Read(context.Background(), name, r, size)
}

// Read reads a document from src, as the function of this name does. Errors are faults, and that of ctx.
func (r Reader) Read(ctx context.Context, name string, src io.Reader, size int64) (*Document, error) {
	d, err := r.read(ctx, name, src, size)
	if err != nil {
		return nil, fault.At(err, fault.Where{File: name})
	}
	return d, nil
}

func (r Reader) read(ctx context.Context, name string, from io.Reader, size int64) (*Document, error) {
	head := make([]byte, 4096)
	n, err := io.ReadFull(from, head)
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		return nil, ErrOpen.Because(err, reason.Of(err))
	}
	head = head[:n]
	format, err := formatOf(name, head)
	if err != nil {
		return nil, err
	}
	src, err := load(io.MultiReader(bytes.NewReader(head), from), size, bytesMax[format])
	if err != nil {
		return nil, err
	}
	d := &Document{Name: name, Format: format, SHA256: hex.EncodeToString(src.hash.Sum(nil))}
	switch format {
	case DOCX:
		d.Encoding = utf8Name
		return d, readArchive(d, src.text)
	case PDF:
		d.Encoding = utf8Name
		return d, r.readPDF(ctx, d, src.text)
	}
	if d.Text, d.Encoding, err = decode(src.text); err != nil {
		return nil, err
	}
	if err := context.Cause(ctx); err != nil {
		return nil, err
	}
	switch format {
	case HTML:
		err = readHTML(d)
	case Markdown:
		err = readMarkdown(d)
	default:
		err = readText(ctx, d)
	}
	return d, err
}

var bytesMax = map[Format]int64{Text: textMaxBytes, Markdown: textMaxBytes, HTML: htmlMaxBytes, DOCX: zipMaxBytes, PDF: pdfMaxBytes}

// readArchive reads what is packed as ZIP: the archive says which it is.
func readArchive(d *Document, src string) error {
	a, err := openArchive(src)
	if err != nil {
		return err
	}
	if a.has(workbookPart) {
		d.Format = XLSX
		return readWorkbook(d, a, src)
	}
	return readDocx(d, a)
}

type source struct {
	text string
	hash hash.Hash
}

// load takes the whole source into one string without copying it again, hashing on the way.
func load(r io.Reader, size, bound int64) (source, error) {
	tooLarge := ErrTooLarge.With(lang.Of("文件字节数", "bytes of the file"), bound)
	if size > bound {
		return source{}, tooLarge
	}
	src := source{hash: sha256.New()}
	var b strings.Builder
	if size > 0 {
		b.Grow(int(size))
	}
	n, err := io.Copy(io.MultiWriter(&b, src.hash), io.LimitReader(r, bound+1))
	if err != nil {
		return source{}, ErrOpen.Because(err, reason.Of(err))
	}
	if n > bound {
		return source{}, tooLarge
	}
	src.text = b.String()
	return src, nil
}

// formatOf tells the format by the first bytes, and by the name where they do not say.
func formatOf(name string, head []byte) (Format, error) {
	ext := strings.ToLower(filepath.Ext(name))
	start := bytes.TrimLeft(bytes.TrimPrefix(head, []byte(bom)), " \t\r\n")
	lower := bytes.ToLower(start)
	is := func(s string) bool { return bytes.HasPrefix(head, []byte(s)) }
	switch {
	case is("PK\x03\x04"), is("PK\x05\x06"):
		return DOCX, nil // the archive says what it is when it is opened
	case is(compoundMagic), bytes.HasPrefix(start, []byte(`{\rtf`)):
		return "", ErrOldOffice.With()
	case bytes.Contains(head[:min(len(head), pdfHeadBytes)], []byte("%PDF-")):
		return PDF, nil
	case bytes.HasPrefix(lower, []byte("<!doctype html")), bytes.HasPrefix(lower, []byte("<html")):
		return HTML, nil
	}
	switch ext {
	case ".html", ".htm", ".xhtml":
		return HTML, nil
	case ".md", ".markdown":
		return Markdown, nil
	case ".xlsx", ".xlsm", ".xltx":
		return "", ErrDamagedWorkbook.With(lang.Of("文件开头不是 ZIP 压缩包", "it does not begin as a ZIP archive"))
	case ".pdf":
		return "", printed.ErrDamaged.With(lang.Of("文件开头没有 PDF 的标记", "it does not begin as a PDF"))
	case ".docx", ".docm", ".dotx":
		return "", ErrNotDocx.With(lang.Of("文件开头不是 ZIP 压缩包", "it does not begin as a ZIP archive"))
	}
	return Text, nil
}
