package indicator

import (
	"anlan/ground/fault"
	"anlan/ground/lang"
)

// Faults of a text that is not well formed. Each has its file, line and column; Show draws them under the line.
var (
	ErrNotText = fault.Define("indicator.not_text", fault.Undefined,
		"文件不是UTF-8编码，请另存为UTF-8", "the file is not UTF-8; save it as UTF-8")
	ErrTooLarge = fault.Define("indicator.too_large", fault.TooLarge,
		"%s，超过上限%d", "%s; at most %d are read")
	ErrTooDeep = fault.Define("indicator.too_deep", fault.TooLarge,
		"括号、函数或正负号嵌套超过%d层，请拆成几个指标", "parentheses, functions or signs are nested deeper than %d; split the expression into several indicators")
	ErrStray = fault.Define("indicator.stray_character", fault.Undefined,
		"“%s”不是指标语言的字符", "%q is no character of the indicator language")
	ErrUnclosed = fault.Define("indicator.unclosed_text", fault.Undefined,
		"引号没有在本行结束，缺少%s", "the text is not closed on this line; %s is missing")
	ErrEmptyText = fault.Define("indicator.empty_text", fault.Undefined,
		"引号中没有文字，或含有控制字符", "the text in quotes is empty or has control characters in it")
	ErrNumber = fault.Define("indicator.malformed_number", fault.Undefined,
		"“%s”不是数，应形如4710.67", "%q is not a number; expected the form 4710.67")
	ErrThousands = fault.Define("indicator.thousands_separator", fault.Undefined,
		"“%s”是一个数还是两个数不明：数中不写千分位，两个数之间请在逗号后空一格",
		"%q may be one number or two: write no thousands separators in a number, and a blank after a comma between two")
	ErrExpected = fault.Define("indicator.expected", fault.Undefined,
		"此处应为%s，实为%s", "expected %s here, found %s")
	ErrCode = fault.Define("indicator.malformed_code", fault.Undefined,
		"“%s”不能作代码：代码由小写字母开头，只含小写字母、数字、下划线和点，如work_safety.deaths，且不是关键字或函数名",
		"%q cannot be a code: a code begins with a small letter, has small letters, digits, underscores and dots, as work_safety.deaths, and is no keyword or function")
	ErrDecimals = fault.Define("indicator.malformed_decimals", fault.Undefined,
		"小数位数“%s”应为0至%d的整数", "the number of decimals %s must be whole, from 0 to %d")
	ErrUnknownFunction = fault.Define("indicator.unknown_function", fault.Undefined,
		"没有函数“%s”%s；函数有sum、min、max、floor、band", "there is no function %q%s; there are sum, min, max, floor, band")
	ErrUnknownPeriod = fault.Define("indicator.unknown_period", fault.Undefined,
		"没有比较期“%s”；可用last_year（同期）、previous（上期）、last_year_end（上年末）、year_to_date（累计）",
		"there is no compared period %q; there are last_year (同期), previous (上期), last_year_end (上年末), year_to_date (累计)")
	ErrWording = fault.Define("indicator.malformed_wording", fault.Undefined,
		"“%s”不能作写法：写法是报告中依次出现的词，词间空格，至多一个#表示数据所在，如“投入 # 智慧应急”",
		"%q is no wording: a wording is words in the order in which a report has them, blanks between them, with at most one # where the figure stands, as “投入 # 智慧应急”")
	ErrSaidTwice = fault.Define("indicator.wording_twice", fault.Undefined,
		"写法“%s”重复", "the wording %q is there twice")
	ErrArguments = fault.Define("indicator.wrong_arguments", fault.Undefined,
		"函数%s应有%s参数，实为%d个", "%s takes %s arguments, found %d")
)

// Faults of definitions that are well formed but mean nothing.
var (
	ErrDuplicate = fault.Define("indicator.duplicate_code", fault.Undefined,
		"代码%s已在%s定义", "the code %s is already defined at %s")
	ErrIsMeasure = fault.Define("indicator.code_of_measure", fault.Undefined,
		"代码%s已是统计项“%s”的代码，请换一个", "the code %s is that of the measure %q; choose another")
	ErrUnknownName = fault.Define("indicator.unknown_name", fault.Undefined,
		"没有名为“%s”的统计项、指标或常数%s", "there is no measure, indicator or constant %q%s")
	ErrUnknownUnit = fault.Define("indicator.unknown_unit", fault.Undefined,
		"不认识计量单位“%s”%s", "unknown unit of measure %q%s")
	ErrCycle = fault.Define("indicator.cycle", fault.Undefined,
		"指标循环引用：%s", "the indicators refer to each other in a circle: %s")
	ErrMismatch = fault.Define("indicator.unit_mismatch", fault.Undefined,
		"“%s”与“%s”不是同类的量，不能%s", "%s and %s measure different things and cannot be %s")
	ErrResultUnit = fault.Define("indicator.result_unit", fault.Undefined,
		"算式的结果单位是“%s”，不能换算成所声明的“%s”", "the expression gives %s, which cannot be converted into the declared %s")
	ErrPoints = fault.Define("indicator.points_not_percent", fault.Undefined,
		"两个比率之差以个百分点计，不能声明为“%s”：%%会被读作变动率", "the difference of two rates is stated in 个百分点, not %s: a percentage would be read as a rate of change")
	ErrTimeless = fault.Define("indicator.period_of_constant", fault.Undefined,
		"@%s之前的部分只有常数，没有统计期", "what stands before @ %s is constant and has no period")
	ErrFlowAtDay = fault.Define("indicator.flow_at_year_end", fault.Undefined,
		"%s是时期数，没有上年末的数，请用同期@last_year", "%s is a flow and has no figure at a year's end; use @ last_year")
	ErrBound = fault.Define("indicator.band_bound", fault.Undefined,
		"分档界限应为数或常数", "the bound of a band must be a number or a constant")
	ErrBandOrder = fault.Define("indicator.band_order", fault.Undefined,
		"本档永远用不到：各档应同一方向，界限依次%s", "this band can never apply: all bands go one way, each bound %s than the one before")
	ErrZeroDivisor = fault.Define("indicator.zero_divisor", fault.Undefined,
		"除数恒为0", "the divisor is always 0")
)

// Fault of a question.
var ErrNotDefined = fault.Define("indicator.not_defined", fault.NotFound,
	"没有代码为“%s”的指标%s", "there is no indicator %q%s")

// What ErrTooLarge counts.
var (
	partFile        = lang.Of("文件过大（字节）", "the file has too many bytes")
	partWords       = lang.Of("词过多", "there are too many words")
	partText        = lang.Of("引号中文字过长", "the text in quotes has too many characters")
	partNumber      = lang.Of("数字过长（位）", "the number has too many digits")
	partCode        = lang.Of("代码过长（字节）", "the code has too many bytes")
	partDefinitions = lang.Of("定义过多", "there are too many definitions")
	partExpression  = lang.Of("算式过长（词）", "the expression has too many words")
	partHops        = lang.Of("比较期过多", "there are too many compared periods")
	partArguments   = lang.Of("参数过多", "there are too many arguments")
	partWordings    = lang.Of("写法过多", "there are too many wordings")
	partSteps       = lang.Of("指标连同所引用的指标展开后过大（步）", "the indicator with those it refers to has too many steps")
)
