// Package internalrule is the kind of internal rules (内部管理制度): which the bureau has given itself, for which area, in force
// from a day until a day. Areas are the six of internal control (行政事业单位内部控制规范, 财会〔2012〕21号, chapter 4) and those that
// the evaluation of the department asks for beside them. Whether a rule is kept is said by compliance findings, which are
// another kind. A wing package: imports the record floor and below.
package internalrule
