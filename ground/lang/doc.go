// Package lang holds a text in the two languages of the house, Simplified Chinese first and English second.
//
// Both stand side by side where the text is used, so that neither can be forgotten and nothing has to be kept in step
// elsewhere:
//
//	lang.Of("隐患级别", "grade")
//
// A declaration that takes the two apart uses lang.Zh and lang.En, which are distinct types and cannot be swapped.
// What does not live here: choosing the reader's language (the faces do), and messages of faults (package fault).
// On the ground floor: imports nothing of the house; anybody may import it.
package lang
