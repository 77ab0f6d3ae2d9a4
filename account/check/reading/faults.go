package reading

import "anlan/ground/fault"

// What can be wrong with a file that somebody hands us. Each says what to do.
var (
	// ErrFormat: a kind of file that is known and not read. Arguments: what it is, how to convert it.
	ErrFormat = fault.Define("reading.format", fault.Invalid,
		"这是%s，目前不能读取。可读取的格式：.txt、.md、.html、.docx、.xlsx、.pdf。%s",
		"this is %s, which is not read now. Formats that are read: .txt, .md, .html, .docx, .xlsx, .pdf. %s")

	// ErrOldOffice: what package office reads by way of LibreOffice, and this package does not.
	ErrOldOffice = fault.Define("reading.old_office", fault.Invalid,
		"这是旧版 Office 文件或 RTF 文件（.doc、.xls、.rtf），不能直接读取。请用 Word 或 WPS 打开，另存为 .docx 或 .xlsx",
		"this is a file of old Office, or RTF (.doc, .xls, .rtf), which is not read as it is. Open it in Word or WPS and save it as .docx or .xlsx")

	// ErrBinary: bytes that are no text in any encoding.
	ErrBinary = fault.Define("reading.binary", fault.Invalid,
		"文件内容不是文字（第 %d 个字节处出现二进制内容）。可读取的格式：.txt、.md、.html、.docx、.xlsx、.pdf",
		"the file does not hold text (binary content at byte %d). Formats that are read: .txt, .md, .html, .docx, .xlsx, .pdf")

	// ErrEncoding: neither UTF-8 nor GB18030.
	ErrEncoding = fault.Define("reading.encoding", fault.Invalid,
		"文字编码无法识别：既不是 UTF-8，也不是 GB18030（GBK）。请用原软件打开，另存为 UTF-8 编码后重试",
		"the encoding of the text is not recognised: neither UTF-8 nor GB18030 (GBK). Open it where it was made and save it as UTF-8")

	// ErrDamagedText: UTF-8 with a damaged place.
	ErrDamagedText = fault.Define("reading.damaged_text", fault.Invalid,
		"文字是 UTF-8 编码，但第 %d 个字节处已损坏。请重新取得文件，或打开后另存为 UTF-8",
		"the text is UTF-8, but damaged at byte %d. Obtain the file again, or open it and save it as UTF-8")

	// ErrTooLarge: beyond a bound of this package. Arguments: what, the bound.
	ErrTooLarge = fault.Define("reading.too_large", fault.TooLarge,
		"文件太大：%s超过上限 %d。请拆分后分别核对",
		"the file is too large: %s beyond the limit of %d. Split it and check the parts")

	// ErrNotDocx: named .docx, or a ZIP archive, without being a Word document.
	ErrNotDocx = fault.Define("reading.not_docx", fault.Invalid,
		"这不是 Word 文档（.docx）：%s。请用 Word 或 WPS 打开原文件，另存为 .docx 后重试",
		"this is no Word document (.docx): %s. Open the original in Word or WPS and save it as .docx")

	// ErrDamagedDocx: a Word document that breaks off or contradicts itself. Arguments: the part, what was found.
	ErrDamagedDocx = fault.Define("reading.damaged_docx", fault.Invalid,
		"Word 文档已损坏：%s（%s）。请重新取得文件，或用 Word、WPS 打开并修复后另存",
		"the Word document is damaged: %s (%s). Obtain the file again, or open and repair it in Word or WPS")

	// ErrDamagedWorkbook: a workbook that breaks off or contradicts itself. Argument: what was found.
	ErrDamagedWorkbook = fault.Define("reading.damaged_workbook", fault.Invalid,
		"Excel 工作簿已损坏：%s。请重新取得文件，或用 Excel、WPS 打开并修复后另存",
		"the Excel workbook is damaged: %s. Obtain the file again, or open and repair it in Excel or WPS")

	// ErrBomb: a compressed file that grows beyond all measure. Arguments: the part, what was exceeded, the bound.
	ErrBomb = fault.Define("reading.bomb", fault.TooLarge,
		"压缩包内容异常，已停止读取：%s%s超过上限 %d。正常的文档不会这样，请核实文件来源",
		"the compressed content is abnormal and reading stopped: %s %s beyond the limit of %d. No ordinary document is like this; ask where the file comes from")

	// ErrDamagedHTML: a page that the parser refuses.
	ErrDamagedHTML = fault.Define("reading.damaged_html", fault.Invalid,
		"网页结构异常，无法读取：%s。请在浏览器中打开，另存后重试",
		"the page cannot be taken apart: %s. Open it in a browser, save it and try again")

	// ErrOpen: the file cannot be opened or read. Argument: what the system said.
	ErrOpen = fault.Define("reading.open", fault.Unable,
		"文件打不开：%s。请检查文件名和读取权限",
		"the file cannot be opened: %s. Check its name and your permission to read it")
)
