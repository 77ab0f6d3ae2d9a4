// Package township is the kind of townships with the standard 乡镇“六有”: which of its items each has, when it was
// accepted, and whether it still stands.
//
// The items are rows, because their wording differs between provinces and years; the standard and its document stand beside
// them. A township counts as up to the standard from the day of acceptance while all its items, six at least, are met, until it
// lapses or the township is merged away. How many there are at all is the other stock: the two make the share.
// Accepted although an item is missing is a doubt, and it does not count. A wing package: imports the record floor and below.
package township
