// Package canonical writes and reads JSON in the one form that RFC 8785 (JSON Canonicalization Scheme) allows, so that
// the same content always is the same bytes and can be hashed.
//
// Members of an object are sorted by the UTF-16 code units of their names, there are no blanks, and texts escape only
// what they must. The house's values are few: object, array, text, integer, true, false, null. There are no fractions:
// that RFC prints numbers as IEEE doubles, so money, decimals and integers beyond ±(2⁵³−1) are written as texts
// (Object.Int does so by itself), and Parse refuses a fraction or an exponent.
//
//	var o canonical.Object
//	o.Text("title", "隐患")
//	o.Int("cost_fen", 1_250_000)
//	body, err := o.Bytes()          // {"cost_fen":1250000,"title":"隐患"}
//	v, err := canonical.Parse(body)
//	v.Member("title").Text()        // "隐患", true
//
// Parse is strict: a name that stands twice, a blank, a wrong order, an escape that is not needed, a lone surrogate,
// anything after the value is a fault with its offset, so what Parse accepts is what was hashed, byte for byte.
// Absent members are left out by the caller; null is for what is known to be nothing.
// On the store floor: imports ground/fault; anybody above may import it.
package canonical
