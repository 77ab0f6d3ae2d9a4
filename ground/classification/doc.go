// Package classification holds the classifications that more than one kind of record refers to: of the money of the
// treasury (政府收支分类科目) and of posts (编制).
//
// Money is classified four ways at once. What for: the functional classification (支出功能分类), 7 digits, 类 3, 款 5, 项 7.
// On what: the economic classification of departments (部门预算支出经济分类), 5 digits, 类 3, 款 5. How: basic or project
// expenditure. From the second and third follow what reports print and nobody books:
//
//	basic   + 301, 303 → staff costs (人员经费)        30212         → travel abroad (因公出国（境）)
//	basic   + 302, 310 → operating costs (公用经费)    30217         → hospitality (公务接待)
//	project            → project expenditure (项目支出) 30231         → vehicle running (公务用车运行维护)
//	                                                   30913, 31013  → vehicle purchase (公务用车购置)
//
// so that basic = staff + operating and three publics = abroad + vehicles + hospitality hold by construction. Out of which
// money it is: the four budgets are appropriated (财政拨款), the special fiscal account and a unit's own funds are not.
//
// Sources: 预算法 art. 5 (four budgets); 预算管理一体化规范 (财办〔2020〕13号); 支出经济分类科目改革方案 (财预〔2017〕98号, in force
// since 2018); 政府收支分类科目, whose functional part is issued anew each year, so its titles carry the years in which they are valid.
//
// What does not live here: amounts (package money), lists that a bureau owns as records, and lists that one kind alone
// uses, which stand with it. On the ground floor: imports code and lang; anybody may import it.
package classification
