// Package compliance is the kind of compliance findings (合规性问题): where money was not used as law and rules ask, who found it,
// and that it was mended.
//
//	found ─ mend ─▶ mended ─ close ─▶ closed        mended ─ return ─▶ found
//
// Each names which of the five requirements of the evaluation of departments (资金使用合规性) it fails, so that the score can
// say which case cost its point. Whoever mended a finding may not close it. Open findings are a stock, from the day found
// until the day closed. A wing package: imports the record floor and below.
package compliance
