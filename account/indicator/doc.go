// Package indicator is the language of indicators (指标): exact arithmetic over measures (统计项) and constants, whose types are
// units of measure.
//
// Definitions stand in files. Parse reads one, Define checks some together (each name known, each unit fitting, nothing
// referring to itself) and gives a Set, Eval answers questions about it from a Source of figures that is bound to one journal
// position. docs/indicator-language.md describes the language for those who write it; this is the whole grammar:
//
//	file       = { indicator | constant } .
//	indicator  = "indicator" code text [ text ] "in" unit "printed" digits [ "grouped" ] "=" expression [ "source" text ] { "also" text } .
//	constant   = "constant" code text [ text ] "=" [ "-" ] number [ unit ] [ "source" text ] .
//	expression = product { ( "+" | "-" ) product } .
//	product    = signed { ( "*" | "/" ) signed } .
//	signed     = { "-" } part { "@" period } .
//	part       = number [ unit ] | code | "(" expression ")" | call .
//	call       = ( "sum" | "min" | "max" | "floor" ) "(" expression { "," expression } ")"
//	           | "band" "(" expression { "," order bound ":" expression } "," "else" ":" expression ")" .
//	order      = "<" | "<=" | ">" | ">=" .
//	bound      = [ "-" ] number [ unit ] | code .
//	period     = "last_year" | "previous" | "last_year_end" | "year_to_date" .
//
// 同期, 上期, 上年末, 累计 are the periods in Chinese, 其余 is else; − × ÷ ≤ ≥ and full-width forms are read as the signs they
// stand for; # begins a comment. A code is written small, with dots: work_safety.deaths. There is nothing else: no conditions,
// no loops, no user functions.
//
//	indicator work_safety.deaths_per_gdp  "亿元GDP生产安全事故死亡率"  "deaths per 亿元 of GDP"  in 人/亿元  printed 3
//	  = accident.deaths / statistic.gdp
//	  source "生产安全事故统计调查制度"
//
// A value is a number or the reason why there is none. Nothing that happened is 0; a figure that nobody recorded is none
// recorded, and stays so through all arithmetic; a quotient by 0 is not computable; of several lacks the greatest State is the
// result. sum, min and max pass over what is not applicable, and only the chosen value of a band counts. Numbers are exact
// rationals and are rounded once, when printed, an exact half away from zero (四舍五入).
//
// A Result explains itself down to its measures, and an Indicator has a canonical form and a hash, so that a published figure
// can name the definition it used. Measures do not live here (record/measure), nor scores and schemes (account/evaluation).
// On the account floor: imports ground; evaluation, report and app import it.
package indicator
