// Package sample holds a published report (已公开的报告) to try the checker on: a self-evaluation of a city bureau that
// does not exist, in our own words.
//
// It carries the figures and the slips of a real one, so that whoever runs the demo sees what such a report looks like to
// the checker without needing the original:
//
//	hold                1235.34 = 389.27 + 846.07; every share, rate and change
//	hold by rounding    1604.62 + 425.57 = 2030.19, printed 2030.18; 10.62 + 1685.91 + 1585.62 = 3282.15, printed 3282.14;
//	                    3282.14 − 3265.52 = 16.62, printed 16.61; 2.56 / (2.05 + 2.56) = 55.53%, printed 55.59%
//	incomplete          the seven amounts under 其他项目 are 831.08 of 846.07; 工伤预防宣传经费 has none (14.99 would be missing)
//	contradict          the evaluation of 2023 is said to be of 2022; the balance after 2023's spending is dated 2022年末
//	skip                section （四） is followed by （六）
//
// Everything that could be taken for a slip and is none is there too: names with numbers (“631”, “五个确保”), the same
// amount for two things, a list that names all its parts without figures.
//
// Nothing is judged here; that is package check. On the account floor under check: imports nothing.
package sample
