// Package rule is the scoring rules (评分规则) of evaluation schemes: how a line's value, or a group's judgement, becomes
// points.
//
// A rule is written in the words in which finance bureaus write their criteria (评分标准), and Parse reads the known wordings:
//
//	≤100%计5分，每超过1个百分点扣0.5分，扣完为止                     Deduction
//	100%计满分，每低于5%扣2分（不足5%的舍去），扣完为止              Deduction, in steps
//	每发现一例扣1分，扣完为止                                        Deduction, by count
//	≥90%计6分，80%（含）-90%计4分，70%（含）-80%计2分，<70%计0分     Bands
//	完成值÷目标值×分值 · 目标值÷完成值×分值 · 执行率×10分            Ratio, and its reverse
//	达到目标值计满分，否则不得分                                     Reached
//	达成预期指标100%-80%（含）；部分达成80%-60%（含）；未达成60%-0%   Levels, in shares of the full score
//	好6分；一般3分；无0分                                            Levels, in points
//	①有财务管理制度2分；②有厉行节约制度2分                          Checklist
//	…；没有此项的计满分                                              Rule.Waived
//
// Anything else is a fault that names the clause: a rule is never guessed. What the documents leave open, how a broken
// percentage point counts, is a field of Deduction (Broken) and is said whenever points are computed by it.
//
// Numbers are exact rationals and are not rounded here. A score is never below 0 nor above the full score. Each form says its
// arithmetic in words that a clerk can redo by hand.
//
// What does not live here: lines, trees and targets (package evaluation), the arithmetic of indicators (package indicator).
// On the account floor, inside evaluation: imports ground; evaluation imports it.
package rule
