// Package standard is the two kinds of grassroots standards (基层建设标准): townships with 乡镇“六有” and villages with 村“三有”:
// which of its items each has, when it was accepted, and whether it still stands. The two registers differ in name, in what their
// place is, and in how many items are the least; all else is one definition.
//
// The items are rows, because their wording differs between provinces and years; the standard and its document stand beside
// them. A place counts as up to the standard from the day of acceptance while all its items, six or three at least, are met,
// until it lapses or the place is merged away. How many there are at all is the other stock: the two make the share.
// Accepted although an item is missing is a doubt, and it does not count. A wing package: imports the record floor and below.
package standard
