package printed

import (
	"time"

	"anlan/ground/fault"
)

// Bounds on one file.
const (
	memoryPages = 12_288          // of 64 KiB each, with the file itself in it: 768 MiB
	pagesMax    = 5_000           // of the document
	glyphsMax   = 200_000         // of a page; a dense one has 5,000
	objectsMax  = 200_000         // drawn on a page
	formsMax    = 12              // of forms inside one another
	timeMax     = 5 * time.Minute // for all of it; a page takes milliseconds
)

// What can be wrong with a PDF.
var (
	// ErrPassword: nobody can read it who does not know the password.
	ErrPassword = fault.Define("printed.password", fault.Invalid,
		"PDF 文件设有打开密码，不能读取。请用密码打开后另存为不加密的 PDF，或取得原来的 .docx",
		"the PDF opens with a password only. Open it, save it without one, or obtain the original .docx")

	// ErrDamaged: not a PDF, or one that breaks off. Argument: what was found.
	ErrDamaged = fault.Define("printed.damaged", fault.Invalid,
		"PDF 文件已损坏：%s。请重新取得文件",
		"the PDF is damaged: %s. Obtain the file again")

	// ErrTooLarge: beyond a bound. Arguments: what, the bound.
	ErrTooLarge = fault.Define("printed.too_large", fault.TooLarge,
		"PDF 文件太大：%s超过上限 %d。请拆分后分别核对",
		"the PDF is too large: %s beyond the limit of %d. Split it and check the parts")

	// ErrTooSlow: reading was given up. Arguments: how many pages had been read, the bound.
	ErrTooSlow = fault.Define("printed.too_slow", fault.TooLarge,
		"PDF 文件读取了 %d 页后超过时限（%s），已停止。正常的文档不会这样，请核实文件来源",
		"reading the PDF was given up after %d pages and %s. No ordinary document is like this; ask where the file comes from")
)
