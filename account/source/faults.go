package source

import "anlan/ground/fault"

// Faults of a record by itself.
var (
	ErrFormCode = fault.Define("source.form_code", fault.Invalid,
		"“%s”是引用数据的代码，不能作报表代码", "%q is what cited figures are called by, and no code of a form")
	ErrItemTwice = fault.Define("source.item_twice", fault.Invalid,
		"指标项%s出现两次", "the item %s stands twice")
	ErrPartOfItself = fault.Define("source.part_of_itself", fault.Invalid,
		"指标项%s经“其中项所属”又回到自身", "the item %s is, in the end, a part of itself")
	ErrFiledBefore = fault.Define("source.filed_before", fault.Invalid,
		"报出日期%s早于报告期%s的首日", "it was filed on %s, before its period %s began")
	ErrFiledEarly = fault.Define("source.filed_early", fault.Invalid,
		"报出日期%s早于报告期%s的末日%s：期末以前报出的不能是“%s”", "it was filed on %s, before its period %s ended on %s, and so cannot be %s")
	ErrItemsLeftOut = fault.Define("source.items_left_out", fault.Conflict,
		"报表%s（%s，%s）已报过%s，更正时没有这几项：请逐项填写，不再有数的项写上代码、数值留空", "the return %s (%s, %s) has stated %s, and the correction leaves them out: state every item, and of those that have no value any more the code alone")
	ErrNilWithValue = fault.Define("source.nil_with_value", fault.Invalid,
		"零申报不能又填写%s的数值", "a nil return states no value of %s")
	ErrStatesNothing = fault.Define("source.states_nothing", fault.Invalid,
		"没有任何数值：确实没有发生的，请填零申报", "it states no value; if nothing happened, say that it is a nil return")
	ErrCitesNothing = fault.Define("source.cites_nothing", fault.Invalid,
		"数值和表述都没有填写", "neither a value nor a claim is given")
	ErrValueAndUnit = fault.Define("source.value_and_unit", fault.Invalid,
		"数值和计量单位应同时填写", "a value and its unit of measure go together")
	ErrCoversNothing = fault.Define("source.covers_nothing", fault.Invalid,
		"自%s至%s（不含）没有一天", "there is no day from %s until %s")
	ErrItemOfReturns = fault.Define("source.item_of_returns", fault.Invalid,
		"来源为“%s”：来源为报表时应填写报表指标项，其他来源不填", "the source is %s: an item of a form is named when it is returns, and only then")
)

// Faults of a record beside others.
var (
	ErrUnknownMeasure = fault.Define("source.unknown_measure", fault.Invalid,
		"没有统计项或报表指标项“%s”，最接近的是“%s”", "there is no measure or item %q; the nearest is %q")
	ErrUnknownForm = fault.Define("source.unknown_form", fault.Invalid,
		"没有报表“%s”，最接近的是“%s”", "there is no form %q; the nearest is %q")
	ErrUnknownItem = fault.Define("source.unknown_item", fault.Invalid,
		"报表%s没有指标项“%s”，最接近的是“%s”", "the form %s has no item %q; the nearest is %q")
	ErrIsMeasure = fault.Define("source.is_measure", fault.Conflict,
		"%s已是统计项的代码，指标项不能同名", "%s is the code of a measure already, and no item may be called so")
	ErrItemFixed = fault.Define("source.item_fixed", fault.Conflict,
		"指标项%s已有报表填报，不能删除，也不能改变计量单位或性质", "returns state the item %s already: it can neither be removed nor get another unit of measure or shape")
	ErrUnitMismatch = fault.Define("source.unit_mismatch", fault.Invalid,
		"“%s”以%s计，“%s”以%s计，不是同类的量", "%s is in %s and %s in %s, which do not measure the same")
	ErrShapeMismatch = fault.Define("source.shape_mismatch", fault.Invalid,
		"%s与%s一为时期数、一为时点数，不能互相代替", "of %s and %s one is a flow and the other a stock: neither stands for the other")
	ErrNegative = fault.Define("source.negative", fault.Invalid,
		"报表指标项%s以%s计，不会小于0，实为%s：冲减应更正原来那一期的报表", "the item %s is counted in %s and cannot be below 0; it is %s: what was too much is corrected in the return that said so")
	ErrIncomplete = fault.Define("source.incomplete", fault.Conflict,
		"%s的报表%s（%s，%s）有%d项没有填：%s；没有填的按无记录处理，不是0", "the return of %s on the form %s (%s, %s) leaves out %d items: %s; they are none recorded, which is not 0")
	ErrFraction = fault.Define("source.fraction", fault.Invalid,
		"%s以%s计，应为整数，实为%s", "%s is counted in %s: it must be whole, and is %s")
	ErrWrongPeriod = fault.Define("source.wrong_period", fault.Invalid,
		"报表%s是“%s”，报告期不能是%s", "the form %s is %s; its period cannot be %s")
	ErrUnitGone = fault.Define("source.unit_gone", fault.Conflict,
		"单位%s在%s末（%s）已不在本局所属单位之列，不能填报这一期", "the unit %s was no longer under the bureau at the end of %s (%s) and cannot file for it")
	ErrNoUnit = fault.Define("source.no_unit", fault.Invalid,
		"没有代码为%s的单位", "there is no unit with the code %s")
	ErrOverlap = fault.Define("source.overlap", fault.Conflict,
		"%s在%s的来源已由%s起至%s（不含）的一条规定，两条不能重叠", "the source of %s for %s is given already from %s until %s; two cannot overlap")
	ErrWithoutEffect = fault.Define("source.without_effect", fault.Invalid,
		"%s本身就是报表、决算或引用数据的指标项，它的数由填报的单位给出，来源写“%s”不起作用：请写它对应的统计项，或把来源写作“已公布数据”", "%s is an item of a form, of accounts or a citation itself, which whoever states it gives; the source %s has no effect: name the measure it stands for, or published figures as the source")
	ErrOtherUnit = fault.Define("source.other_unit", fault.Conflict,
		"引用数据%s在别处以%s计，这里是%s：同一代码只能用一种计量单位", "the cited figure %s is in %s elsewhere and in %s here: one code has one unit of measure")
)
