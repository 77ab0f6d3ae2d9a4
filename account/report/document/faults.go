package document

import "anlan/ground/fault"

// What can be wrong with a tree. The place of each is where the words were written (Document.TitleAt, BlocksAt, Cell.At),
// with what is printed of them; where nobody says, the line of the report (see Document.Lines).
var (
	// ErrCharacter: a character that XML cannot hold, or that would show other than it is.
	ErrCharacter = fault.Define("document.character", fault.Invalid,
		"第 %d 个字不能用在文件里（%s），请删去：%s",
		"character %d cannot stand in a document (%s), take it out: %s")

	// ErrFigureID: an id outside letters, digits, dot, hyphen, or longer than 64.
	ErrFigureID = fault.Define("document.figure_id", fault.Undefined,
		"数据编号“%s”不合规：只能用字母、数字、点和连字符，1 到 64 个字符",
		"the figure id %q is not one: letters, digits, dots and hyphens, 1 to 64 of them")

	// ErrFigureTwice: an id that is used twice.
	ErrFigureTwice = fault.Define("document.figure_twice", fault.Undefined,
		"数据编号“%s”用了两次（另一处在第 %d 行），每处数据要有自己的编号",
		"the figure id %q is used twice (also at line %d); each printing of a figure needs an id of its own")

	// ErrFigureEmpty: a figure without printed text, or without a name of at most 64 characters.
	ErrFigureEmpty = fault.Define("document.figure_empty", fault.Undefined,
		"数据“%s”没有可印的文字，或者名称为空、超过 64 个字",
		"the figure %q has no text to print, or its name is missing or longer than 64 characters")

	// ErrFigureWithheld: a withheld figure that still carries its value.
	ErrFigureWithheld = fault.Define("document.figure_withheld", fault.Undefined,
		"数据“%s”不予公开，却带着数值；公开文件里不能有它的数值",
		"the figure %q is withheld and carries its value; a published file must not hold it")

	// ErrHeading: a level outside 1–4, an empty heading, or a 100th number of one level.
	ErrHeading = fault.Define("document.heading", fault.Undefined,
		"标题或编号段有误：层级只能是 1 到 4，要有文字，同一层级最多 99 个",
		"a heading or numbered paragraph is wrong: levels are 1 to 4, it must have text, and a level counts up to 99")

	// ErrNesting: a note in a note, or bold in bold.
	ErrNesting = fault.Define("document.nesting", fault.Undefined,
		"注释里不能再有注释，粗体里不能再有粗体或注释",
		"a note holds no note, and bold holds neither bold nor a note")

	// ErrTable: rows that do not fill the grid exactly, or a bound exceeded. Argument: what and where.
	ErrTable = fault.Define("document.table", fault.Undefined,
		"表格不成立：%s", "the table does not hold together: %s")

	// ErrEmpty: no title, or an empty paragraph or signature.
	ErrEmpty = fault.Define("document.empty", fault.Undefined,
		"%s没有文字", "%s has no text")

	// ErrBasis: no book, position or root.
	ErrBasis = fault.Define("document.basis", fault.Undefined,
		"缺少数据依据：账册、日志位置和根值必须齐全", "the basis of the figures is missing: book, position and root must all be given")

	// ErrTooLarge: beyond a bound of this package. Arguments: what, the bound.
	ErrTooLarge = fault.Define("document.too_large", fault.TooLarge,
		"报告太大：%s超过上限 %d", "the report is too large: %s beyond the limit of %d")
)
