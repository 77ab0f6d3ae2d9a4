// Package staff is the kind of staff members (人员): in post from a day to a day, then retired.
//
// Two stocks are counted: people in post (在职), through the last day in post, and people retired (退休), from the day of
// retirement until they are taken off the roll. A pensioner is never counted as in post. Posts themselves (编制) are
// another kind. A wing package: imports the record floor and below.
package staff
