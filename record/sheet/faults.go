package sheet

import (
	"anlan/ground/fault"
	"anlan/ground/lang"
)

// Faults of files.
var (
	ErrNoFile = fault.Define("sheet.no_file", fault.Unable,
		"不能打开文件：%s", "the file cannot be opened: %s")
	ErrNotASheet = fault.Define("sheet.not_a_sheet", fault.Invalid,
		"这是%s，不是表格，请用.xlsx、.csv、.tsv或.jsonl文件", "this is %s, not a sheet; use an .xlsx, .csv, .tsv or .jsonl file")
	ErrConvert = fault.Define("sheet.convert_first", fault.Invalid,
		"这是%s，不能直接读取，请用Excel或WPS打开后“另存为”.xlsx文件", "this is %s, which is not read directly; open it in Excel or WPS and save it as .xlsx")
	ErrMisnamed = fault.Define("sheet.misnamed", fault.Invalid,
		"文件名以“%s”结尾，内容却是%s，请核对是否选错了文件，或改正文件名", "the name ends in %q but the content is %s; check that it is the right file, or correct its name")
	ErrEncrypted = fault.Define("sheet.encrypted", fault.Invalid,
		"文件有打开密码，请取消密码后再用", "the file is protected by a password; remove the password first")
	ErrDamaged = fault.Define("sheet.damaged", fault.Invalid,
		"文件不完整或已损坏（%s），请重新取得或重新保存", "the file is incomplete or damaged (%s); get it again or save it anew")
	ErrTooLarge = fault.Define("sheet.too_large", fault.TooLarge,
		"%s超过上限（%d）", "%s is over the limit (%d)")
	ErrUnreadableText = fault.Define("sheet.unreadable_text", fault.Invalid,
		"文字编码无法识别，请存为UTF-8或GB18030（Excel的“CSV”）", "the encoding of the text is not recognised; save it as UTF-8 or GB18030")
	ErrOpenQuote = fault.Define("sheet.open_quote", fault.Invalid,
		"引号没有成对，从这一行起的内容连成了一格", "a quotation mark is not closed; everything from this row on runs into one cell")
	ErrNotJSON = fault.Define("sheet.not_json", fault.Invalid,
		"这一行不是一个JSON对象：%s", "this line is not one JSON object: %s")
	ErrRowOrder = fault.Define("sheet.row_order", fault.Invalid,
		"文件中的行或单元格次序不对", "the rows or cells of the file are out of order")
)

// Faults of sheets and headings.
var (
	ErrNoSuchSheet = fault.Define("sheet.no_such_sheet", fault.NotFound,
		"没有名为“%s”的工作表，现有：%s", "there is no sheet %q; there are: %s")
	ErrNoSheets = fault.Define("sheet.no_sheets", fault.Invalid,
		"文件里没有工作表", "the file has no sheets")
	ErrWhichSheet = fault.Define("sheet.which_sheet", fault.Invalid,
		"有几张工作表都有这样的表头，请指明用哪一张：%s", "several sheets have these headings; say which one to use: %s")
	ErrNoHeading = fault.Define("sheet.no_heading", fault.Invalid,
		"没有找到表头，应有这些列：%s", "no heading row was found; expected these columns: %s")
	ErrMissingColumn = fault.Define("sheet.missing_column", fault.Invalid,
		"缺少“%s”列", "the column %q is missing")
	ErrMissingColumnNear = fault.Define("sheet.missing_column_near", fault.Invalid,
		"缺少“%s”列，表里的“%s”是不是它？", "the column %q is missing; is it the one headed %q?")
	ErrHeadingTwice = fault.Define("sheet.heading_twice", fault.Invalid,
		"“%s”列出现了两次：%s和%s", "the column %q stands twice: in %s and in %s")
	ErrUnknownKey = fault.Define("sheet.unknown_key", fault.Invalid,
		"不认识的字段“%s”，最接近的是“%s”", "unknown member %q; the nearest known is %q")
	ErrKeyTwice = fault.Define("sheet.key_twice", fault.Invalid,
		"“%s”在同一行出现了两次", "%q stands twice in one line")
)

// Faults of cells.
var (
	ErrBrokenCell = fault.Define("sheet.broken_cell", fault.Invalid,
		"单元格里是公式错误“%s”，请改正公式或直接填写", "the cell holds the formula error %q; mend the formula or enter the value")
	ErrUncomputed = fault.Define("sheet.uncomputed", fault.Invalid,
		"单元格里的公式还没有结果，请用Excel或WPS打开、保存后再用", "the formula of the cell has no stored result; open and save the file in Excel or WPS first")
	ErrDigitsLost = fault.Define("sheet.digits_lost", fault.Invalid,
		"数字“%s”超过15位，表格软件已丢失末几位，请把单元格格式改为文本后重新填写", "the number %q is longer than 15 digits and the spreadsheet has lost the last ones; format the cell as text and enter it again")
	ErrCellTooLong = fault.Define("sheet.cell_too_long", fault.TooLarge,
		"单元格文字超过%d字", "the text of a cell is longer than %d characters")
	ErrUnwritable = fault.Define("sheet.unwritable", fault.Invalid,
		"文字中有不能写入表格的字符（空字符或无效编码）", "the text has characters that cannot be written to a sheet (NUL or invalid encoding)")
	ErrTooManyCells = fault.Define("sheet.too_many_cells", fault.TooLarge,
		"一行有%d格，表头只有%d列", "a row has %d cells under %d headings")
)

// What files turn out to be.
var (
	aSpreadsheet = lang.Of("Excel工作簿（.xlsx）", "an Excel workbook (.xlsx)")
	anOldBook    = lang.Of("旧版Excel或WPS文件（.xls、.et）", "a workbook of the old Excel or WPS form (.xls, .et)")
	aBinaryBook  = lang.Of("二进制工作簿（.xlsb）", "a binary workbook (.xlsb)")
	anOpenSheet  = lang.Of("OpenDocument表格（.ods）", "an OpenDocument spreadsheet (.ods)")
	aWebPage     = lang.Of("网页（有些系统导出的.xls其实是网页）", "a web page (what some systems export as .xls is one)")
	anXMLBook    = lang.Of("XML表格（Excel 2003）", "an XML spreadsheet (Excel 2003)")
	aWordFile    = lang.Of("Word文档", "a Word document")
	aSlideshow   = lang.Of("演示文稿", "a presentation")
	aPDF         = lang.Of("PDF文件", "a PDF file")
	anArchive    = lang.Of("压缩包", "an archive")
	anImage      = lang.Of("图片", "an image")
	anOLEFile    = lang.Of("旧版Office文件", "a file of an old Office form")
	aTextFile    = lang.Of("文本文件", "a text file")
	aBinaryFile  = lang.Of("二进制文件", "a binary file")
	anEmptyFile  = lang.Of("空文件", "an empty file")
)

// What is bounded.
var (
	theFile      = lang.Of("文件字节数", "the size of the file in bytes")
	thePart      = lang.Of("文件解压后的字节数", "the unpacked size of the file in bytes")
	theParts     = lang.Of("文件的部件数", "the number of parts of the file")
	theStrings   = lang.Of("文件中文字的字节数", "the size of the texts of the file in bytes")
	theRows      = lang.Of("行数", "the number of rows")
	theColumns   = lang.Of("列数", "the number of columns")
	theCell      = lang.Of("一个单元格的字节数", "the size of one cell in bytes")
	theLine      = lang.Of("一行的字节数", "the size of one line in bytes")
	theMerges    = lang.Of("合并单元格数", "the number of merged ranges")
	theStyles    = lang.Of("单元格格式数", "the number of cell formats")
	theWorksheet = lang.Of("工作表数", "the number of sheets")
)
