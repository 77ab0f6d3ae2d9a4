// Package comment is what people say of a record to each other (评论): beside the record, in the journal, and no part of its content.
//
//	c := &comment.Comment{Target: "hazard", About: id, By: "lijun", Says: "@wangwei 请核对排查日期"}
//	comment.Mentioned(c.Says)   // [wangwei]: shown on the page of today of whoever is mentioned
//
// Whoever has said something may change it until somebody else has said something after it: an answer must not lose what it answered. Who
// may read a comment is whoever may read the record that it is about, which the pages ask before they show any; so roles have a right to
// write comments and none to read them at large. A comment belongs to the unit of its record.
//
// A wing package: imports the record floor and below.
package comment
