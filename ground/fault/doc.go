// Package fault is what a person can act on: a stable code, a kind (which decides exit status and HTTP status), a
// sentence in both languages, the place where it was, what was found and what was expected.
//
// A fault is declared once, beside the noun it belongs to, and compared by its declaration:
//
//	var ErrReviewsOwnWork = fault.Define("hazard.reviews_own_work", fault.Denied,
//		"%s 的整改人不能验收自己的整改，请由他人验收",
//		"whoever mended %s cannot accept the work; ask another officer")
//
//	return ErrReviewsOwnWork.With(h.Serial)                       // a *Fault
//	errors.Is(err, hazard.ErrReviewsOwnWork)                      // true
//	fault.At(err, fault.Where{File: "a.xlsx", Row: 12})           // the same fault, with its place
//
// Many faults of one use (a form, an import) are gathered in a List and answered at once.
// An error that is no fault is internal: the user sees a reference, the operator the chain.
// On the ground floor: imports lang; anybody may import it.
package fault
