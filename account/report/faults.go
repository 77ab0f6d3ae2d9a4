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
		"标题里不能引用数据“%s”，只能用{period}、{bureau}、{area}、{last-day}、{last-year}", "the title cannot refer to the figure %q; it may use {period}, {bureau}, {area}, {last-day}, {last-year}")
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
	ErrSignatureTwice = fault.Define("report.signature_twice", fault.Undefined,
		"署名写了两次，另一处在第%d行", "the signature is given twice; also in line %d")
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
		"文稿里只能写标题、条目、段落和它们的条件（when、each、end），“%s”要写在模板里", "a file of prose holds headings, items, paragraphs and when they are printed (when, each, end); %q belongs into the template")
	ErrNotClosed = fault.Define("report.not_closed", fault.Undefined,
		"%s没有写end", "this %s has no end")
	ErrConditionGap = fault.Define("report.condition_gap", fault.Undefined,
		"没有写“%s”在%s时印什么，请补：when %[1]s %[3]s", "nothing says what is printed of %q when %s; add: when %[1]s %[3]s")
	ErrNested = fault.Define("report.nested", fault.Undefined,
		"条件里不能再写条件", "a condition cannot stand in a condition")
	ErrNestedEach = fault.Define("report.nested_each", fault.Undefined,
		"each与end之间只能写标题、条目、段落，在表格里只能写行", "between each and end stand headings, items and paragraphs only, in a table rows")
	ErrOutsideEach = fault.Define("report.outside_each", fault.Undefined,
		"“%s”是逐个项目的内容，只能写在each %s与end之间", "%q is said of one project at a time and can only stand between each %s and end")
	ErrNoSuchProjects = fault.Define("report.no_such_projects", fault.Undefined,
		"模板没有声明项目“%s”（projects），最接近的是“%s”", "the template declares no projects %q; the nearest is %q")
	ErrNoSuchList = fault.Define("report.no_such_list", fault.Undefined,
		"没有“%s”这种名单，可选：%s", "there is no list of %q; known: %s")
	ErrNoSuchState = fault.Define("report.no_such_state", fault.Undefined,
		"“%s”没有%s这种情况，可选：%s", "%q is never %s; it can be: %s")
	ErrNothingAbove = fault.Define("report.nothing_above", fault.Undefined,
		"以+起头的一句接在上一段或上一条后面，这里上面没有段落或条目", "a sentence that begins with + goes on in the paragraph or item above, and there is none here")
	ErrOfOneProject = fault.Define("report.of_one_project", fault.Undefined,
		"模板“%s”写的是一个项目（{project-name}、of each），要作为附件逐个项目印出：attachment 文件 of 项目的名称", "the template %q speaks of one project ({project-name}, of each) and is printed as an attachment, once for each: attachment FILE of PROJECTS")
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
	ErrWrongWay = fault.Define("report.wrong_way", fault.Invalid,
		"“%s”后面的“%s”是%s（%s），与这个词相反：请去掉“%s”，给数据加上印法 as %s，由正负定增减", "behind %q stands %q, which is %s (%s): the word says the opposite; leave out %q and give the figure the form: as %s, which puts the word by the sign")
	ErrWayTwice = fault.Define("report.way_twice", fault.Undefined,
		"“%s”后面的数据用了印法 as %s，已由正负印出增减，会印成“下降下降”：请去掉其中一个", "the figure behind %q has the form as %s, which puts such a word itself; leave out one of the two")
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
	// ErrNothingRecorded refuses to publish a report of which no figure is known.
	ErrNothingRecorded = fault.Define("report.nothing_recorded", fault.Conflict,
		"报告的%d个数据在%s都是无记录，这样的报告不能公开：请先导入记录（anlan import 种类 文件；空表用 anlan template 种类 -o 文件.xlsx）。这些数据出自：%s",
		"none of the %d figures of the report is recorded for %s, and such a report cannot be published: import the records first (anlan import KIND FILE; an empty sheet by anlan template KIND -o FILE.xlsx). The figures come from: %s")
	// ErrLeftOpen names a place of the prose that people have marked as open.
	ErrLeftOpen = fault.Define("report.left_open", fault.Conflict,
		"文稿里还有“%s”，报告不能公开：请填写或核实后去掉这个标记", "the prose still has %q, and the report cannot be published; write or check it and take the mark out")
	// ErrUnscored refuses to publish a report whose score is not whole.
	ErrUnscored = fault.Define("report.unscored", fault.Conflict,
		"%s的“%s”没有得分（%s），报告不能公开；请先认定，或用 --draft 写出草稿", "in %s the line %q has no score (%s), and the report cannot be published; have it judged first, or write a draft by --draft")
	// ErrPublishedOtherwise refuses to write a published report again with other bytes.
	ErrPublishedOtherwise = fault.Define("report.published_otherwise", fault.Conflict,
		"截至日志位置%d的这份报告已在日志位置%d公开，现在写出的“%s”与公开的不同（程序或模板已有变动）；请用公开时的程序和模板，或以新的日志位置另行公开", "this report as of position %d was published at position %d, and %q now differs from what was published (the program or the template has changed); use those of then, or publish as of a new position")
	// ErrUnexplained refuses to freeze a report whose published money does not follow from its vouchers.
	ErrUnexplained = fault.Define("report.unexplained", fault.Conflict,
		"决算“%s”为%s元，背后的记录合计%s元、调节%s元，相差%s元没有说明，报告不能定稿；请补充或更正这些记录，或登记调节", "the final accounts have %q at %s 元, the records behind it come to %s 元 and reconciliations to %s 元: %s 元 lie between without explanation, and the report cannot be frozen; mend the records, or record a reconciliation")
)

// What a line should have been.
var (
	figureWords = lang.Of("figure 数据名 指标代码 [@ 期间] [in 单位] [printed 位数] [as 印法 [整数位]]，数据名用字母、数字、点、连字符，最多56个",
		"figure ID INDICATOR [@ PERIOD] [in UNIT] [printed DECIMALS] [as FORM [STEP]], the ID of letters, digits, dots, hyphens, at most 56")
	directWords     = lang.Of("{=指标代码 @ 期间}，还可以写 in 单位、printed 位数、as 印法", "{=INDICATOR @ PERIOD}, with in UNIT, printed DECIMALS, as FORM where needed")
	claimLineWords  = lang.Of("claim 名称 引用代码", "claim ID CODE")
	evaluationWords = lang.Of("evaluation 名称 评分方案代码 [of 项目代码，或of fund 专项类别]", "evaluation ID SCHEME [of PROJECT, or of fund PROGRAMME]")
	sumWords        = lang.Of("sum 合计 = 数据 + 数据 − 数据，或sum 合计 = 项目.spent", "sum WHOLE = A + B − C, or sum WHOLE = PROJECTS.spent")
	projectsWords   = lang.Of("projects 名称", "projects ID")
	listWords       = lang.Of("list 名称 sections、subordinates或thrift", "list ID and sections, subordinates or thrift")
	lossesWords     = lang.Of("losses 名称 of 评分的名称", "losses ID of EVALUATION")
	eachWords       = lang.Of("each 项目或扣分指标的名称", "each and the name of projects or losses")
	signWords       = lang.Of("?或+后面写一句话", "? or + with a sentence behind it")
	signatureWords  = lang.Of("signature [成文日期]，日期形如2024年3月15日；不写时为数据截至之日", "signature [DAY], the day as 2024年3月15日; without it that of the position to which the figures stand")
	pageWords       = lang.Of("page landscape", "page landscape")
	includeWords    = lang.Of("include 文稿文件名", "include FILE")
	attachmentWords = lang.Of("attachment 模板文件名 [of 项目或项目评分的名称]", "attachment FILE [of PROJECTS or an evaluation of a project]")
	whenWords       = lang.Of("when 数据名 后面写zero、some、missing中的一个或几个", "when ID with one or more of zero, some, missing")
	endWords        = lang.Of("end之前应有when、each或table", "when, each or table before end")
	headingWords    = lang.Of("# 到 ####，后面写标题", "# to #### with a heading behind it")
	titleWords      = lang.Of("title 后面写标题，用 | 换行", "title with a text behind it; | breaks the line")
	braceWords      = lang.Of("成对的{ }，里面写数据名", "{ and } in pairs with the name of a figure inside")
	citationWords   = lang.Of("{\"原文\" | 出处}", "{\"words\" | source}")
	periodWords     = lang.Of("last_year、previous、last_year_end、year_to_date", "last_year, previous, last_year_end, year_to_date")
)
