// Package refill puts current figures back into a report that people have edited in Word, WPS or LibreOffice (回填).
//
// Every figure of a Word report is a content control tagged with the figure's id, and a custom XML part says what was put into
// each (document.Held). People edit the prose around them. Open takes such a file, Refill puts in what the report says today
// and lists what a person should look at:
//
//	edited, err := refill.Open("自评报告（修改稿）.docx", content)
//	result, err := edited.Refill(built, nil)
//	result.Content // the file, with today's figures
//	result.Items   // changed, overtyped, deleted, moved, duplicated … and numerals in the prose that no figure backs
//
// Nothing but the text of figures is written: parts without a changed figure are copied as they are packed, and of the others
// every byte outside the text of a control stays (splice.go). A run that Word has split keeps the looks of its pieces: only the
// characters that differ are exchanged. A figure is left as it stands, and named, where to write it would take words from
// somebody: words typed into the control, a tracked change in it, a direction (增长, 下降) that no longer holds.
//
// What a numeral in the prose is, package figure says: dates, document numbers, articles of laws, ordinals and names are not asked
// about, nor is what today's report prints at the same words (a goal that comes from its record).
//
// Which figures there are and what they are today comes with the report.Built. On the account floor, above report and document.
package refill
