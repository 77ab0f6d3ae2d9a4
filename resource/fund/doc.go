// Package fund is the kind of earmarked funds (专项资金): money that a document (文号) of the centre, the province or the city
// allots for a named purpose.
//
// Allotted (下达) and received (到位) are two amounts with two days: the self-evaluation of the provincial earmark reports
// received ÷ allotted and spent ÷ received (湘财企〔2020〕49号). What was spent of it is said by the vouchers that name its
// document. Purposes that do not add up to what was allotted are a doubt. A wing package: imports the record floor and below.
package fund
