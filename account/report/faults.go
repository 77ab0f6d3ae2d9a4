package report

import (
	"anlan/ground/fault"
	"anlan/ground/lang"
)

// Faults of templates, with file, line and column.
var (
	ErrTypedNumber = fault.Define("report.typed_number", fault.Undefined,
		"正文中手写了数字“%s”：报告中的数字只能引用数据，请改为{数据名}，或写明出处：{\"原文\" | 出处}", "the prose has the number %q typed by hand; numbers of a report are references: write {figure}, or give its source: {\"words\" | source}")
	ErrUncitedClaim = fault.Define("report.uncited_claim", fault.Undefined,
		"“%s”是需要出处的说法，没有引用来源不能写入报告", "%q is a claim that needs a source; without a citation it cannot be written")
	ErrNoSuchFigure = fault.Define("report.no_such_figure", fault.Undefined,
		"模板没有声明数据“%s”，最接近的是“%s”", "the template declares no figure %q; the nearest is %q")
	ErrFigureInTitle = fault.Define("report.figure_in_title", fault.Undefined,
		"标题里不能引用数据“%s”，只能用{period}、{bureau}、{last-day}、{last-year}", "the title cannot refer to the figure %q; it may use {period}, {bureau}, {last-day}, {last-year}")
	ErrBadLine = fault.Define("report.bad_line", fault.Undefined,
		"无法理解“%s”：应为%s", "%q cannot be understood: expected %s")
	ErrBadForm = fault.Define("report.bad_form", fault.Undefined,
		"没有“%s”这种印法，可选：%s", "there is no form %q; known: %s")
	ErrFormStep = fault.Define("report.form_step", fault.Undefined,
		"印法“%s”%s", "the form %q %s")
	ErrFigureTwice = fault.Define("report.figure_twice", fault.Undefined,
		"数据“%s”声明了两次，另一处在第%d行", "the figure %q is declared twice; also in line %d")
	ErrReserved = fault.Define("report.reserved", fault.Undefined,
		"“%s”由报告自己给出，不能作为数据名", "%q is what the report itself gives; a figure cannot have this name")
	ErrFigureUnused = fault.Define("report.figure_unused", fault.Undefined,
		"数据“%s”声明了但正文没有引用", "the figure %q is declared and never referred to")
	ErrNoTitle = fault.Define("report.no_title", fault.Undefined,
		"模板没有标题，应有一行：title 标题", "the template has no title; expected a line: title TEXT")
	ErrTitleTwice = fault.Define("report.title_twice", fault.Undefined,
		"标题写了两次", "the title is given twice")
	ErrNotText = fault.Define("report.not_text", fault.Undefined,
		"模板不是UTF-8文字", "the template is not UTF-8 text")
	ErrMoreFaults = fault.Define("report.more_faults", fault.Undefined,
		"错误超过%d处，其余未列出", "there are more than %d faults; the others are not listed")
	// ErrTemplateTooLarge is what Parse says of a larger file.
	ErrTemplateTooLarge = fault.Define("report.template_too_large", fault.TooLarge,
		"模板有%d字节，最多%d字节", "the template has %d bytes; at most %d are allowed")
	ErrNoSuchFile = fault.Define("report.no_such_file", fault.Undefined,
		"模板所引用的文件“%s”不存在或不能读取", "the file %q that the template names is not there or cannot be read")
	ErrDirectiveInProse = fault.Define("report.directive_in_prose", fault.Undefined,
		"文稿里只能写标题、条目和段落，“%s”要写在模板里", "a file of prose holds headings, items and paragraphs; %q belongs into the template")
	ErrNotClosed = fault.Define("report.not_closed", fault.Undefined,
		"%s没有写end", "this %s has no end")
	ErrConditionGap = fault.Define("report.condition_gap", fault.Undefined,
		"没有写“%s”在%s时印什么，请补：when %[1]s %[3]s", "nothing says what is printed of %q when %s; add: when %[1]s %[3]s")
	ErrNested = fault.Define("report.nested", fault.Undefined,
		"条件里不能再写条件", "a condition cannot stand in a condition")
	ErrBadTable = fault.Define("report.bad_table", fault.Undefined,
		"表格有误：%s", "the table is wrong: %s")
	ErrFormulaName = fault.Define("report.formula_name", fault.Undefined,
		"公式引用的“%s”没有单独占一个单元格", "the formula names %q, which has no cell of its own")
	ErrTooManyAttachments = fault.Define("report.too_many_attachments", fault.TooLarge,
		"附件最多%d个", "a report has at most %d attachments")
)

// Faults of building: what the figures themselves forbid.
var (
	ErrUntrueForm = fault.Define("report.untrue_form", fault.Invalid,
		"“%s”不能印作“%s”：实际数为%s，这种印法只在%s内成立", "%q cannot be printed as %q: its value is %s, and this is true only within %s")
	ErrOtherUnit = fault.Define("report.other_unit", fault.Undefined,
		"“%s”的计量单位是“%s”，不能印作“%s”", "%q is measured in %q and cannot be printed in %q")
	ErrPartsDiffer = fault.Define("report.parts_differ", fault.Invalid,
		"“%s”应等于%s：%s，相差%s", "%q must equal %s: %s, a difference of %s")
	// ErrGivesAway names a figure that may not be published and the printed ones that give it.
	ErrGivesAway = fault.Define("report.gives_away", fault.Conflict,
		"“%s”不予公开，读者却能由文中的这些数据算出：%s；请不再印其中一个，或把它也列为不予公开", "%q is withheld, but a reader could compute it from these printed figures: %s; print one of them no more, or withhold it too")
	ErrNotCited = fault.Define("report.not_cited", fault.Undefined,
		"说法“%s”没有引用来源“%s”，不能写入报告；请先登记引用数据", "the claim %q has no cited source %q and cannot be written; record the citation first")
	ErrNotEvaluated = fault.Define("report.not_evaluated", fault.Undefined,
		"没有%s在%s的评分结果，请先评分", "there is no result of %s for %s; evaluate first")
	// ErrUnexplained refuses to freeze a report whose published money does not follow from its vouchers.
	ErrUnexplained = fault.Define("report.unexplained", fault.Conflict,
		"决算“%s”为%s元，凭证合计%s元、调节%s元，相差%s元没有说明，报告不能定稿；请更正凭证，或登记调节项", "the final accounts have %q at %s 元, vouchers come to %s 元 and reconciliations to %s 元: %s 元 lie between without explanation, and the report cannot be frozen; correct the vouchers, or record the reconciliation")
)

// What a line should have been.
var (
	figureWords = lang.Of("figure 数据名 指标代码 [@ 期间] [in 单位] [printed 位数] [as 印法 [整数位]]，数据名用字母、数字、点、连字符，最多56个",
		"figure ID INDICATOR [@ PERIOD] [in UNIT] [printed DECIMALS] [as FORM [STEP]], the ID of letters, digits, dots, hyphens, at most 56")
	claimLineWords  = lang.Of("claim 名称 引用代码", "claim ID CODE")
	evaluationWords = lang.Of("evaluation 名称 评分方案代码 [of 项目代码]", "evaluation ID SCHEME [of PROJECT]")
	sumWords        = lang.Of("sum 合计 = 数据 + 数据 − 数据", "sum WHOLE = A + B − C")
	pageWords       = lang.Of("page landscape", "page landscape")
	includeWords    = lang.Of("include 文稿文件名", "include FILE")
	attachmentWords = lang.Of("attachment 模板文件名", "attachment FILE")
	whenWords       = lang.Of("when 数据名 后面写zero、some、missing中的一个或几个", "when ID with one or more of zero, some, missing")
	endWords        = lang.Of("end之前应有when或table", "when or table before end")
	headingWords    = lang.Of("# 到 ####，后面写标题", "# to #### with a heading behind it")
	titleWords      = lang.Of("title 后面写标题，用 | 换行", "title with a text behind it; | breaks the line")
	braceWords      = lang.Of("成对的{ }，里面写数据名", "{ and } in pairs with the name of a figure inside")
	citationWords   = lang.Of("{\"原文\" | 出处}", "{\"words\" | source}")
	periodWords     = lang.Of("last_year、previous、last_year_end、year_to_date", "last_year, previous, last_year_end, year_to_date")
)
