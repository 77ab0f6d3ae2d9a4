// Package marked writes a report as a page on which every figure shows its verdict (批注本): with a sign and a colour, the
// arithmetic where a reader points at it, taps it or comes to it by keyboard, and a list of findings that leads to the place.
//
//	doc, err := reading.Open("自评报告.docx")
//	file := check.Check(doc, check.Options{})
//	err = marked.Write(out, doc, &file, lang.Chinese)
//
// A page is one file that needs nothing else and may load nothing: its policy allows its own style and its own script by their
// hashes, so that a report which brings markup of its own cannot run it. Without script a figure leads to its finding, and
// the finding back. On paper (A4) the signs and lines stay when colours do not, and the findings follow the text.
//
// Index is the page of a run over many files: departments, what was found in each file, and what could not be read.
//
// Text, lines and tables are as package reading gives them; characters that would turn the direction of writing or show nothing
// are written as check.Visible writes them. Judging is package check. On the account floor: imports check and the ground.
package marked
