// Package voucher is the kind of expenditure vouchers (支出凭证): what was paid, on which day, what for, on what, out of which
// money. Vouchers explain the final accounts (决算), which are another source.
//
// Functional item and economic class are booked; staff cost, operating cost, project cost and the three publics are derived
// from them, so that
//
//	voucher.paid  = voucher.basic + voucher.project        voucher.basic = voucher.staff + voucher.operating
//	three_public.spent = abroad + vehicle purchase + vehicle running + hospitality
//
// hold by construction. What a category may be spent on is a rule: basic expenditure on 301, 303, 302 and 310 only. A
// correction is a voucher of its own, negative (红字), never an edit of last month's.
//
// A voucher that is sound in itself and does not fit what it names is kept as it came, and is a doubt: an item that the
// year's classification does not have (Doubts); a project that does not exist or may not be spent on this (WrongProjects); a fund
// that is not recorded (UnknownFunds), spent beyond what was received or before it came (OfGrant); an amount beyond the whole year's money (BeyondBudget), which is an amount in
// 元 under a heading in 万元. A wing package: imports the record floor and below.
package voucher
