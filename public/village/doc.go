// Package village is the kind of villages with the standard 村“三有”: which of its items each has, when it was
// accepted, and whether it still stands.
//
// The items are rows, because their wording differs between provinces and years; the standard and its document stand beside
// them. A village counts as up to the standard from the day of acceptance while all its items, three at least, are met, until it
// lapses or the village is merged away. How many there are at all is the other stock: the two make the share.
// Accepted although an item is missing is a doubt, and it does not count. A wing package: imports the record floor and below.
package village
