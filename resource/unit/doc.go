// Package unit is the kind of units (单位): the bureau, its sections and subordinates, the counties' bureaus and zones.
// Everything in the book is owned by a unit, and rights and figures follow the tree of units.
//
// A unit is named by its code in the book for ever: the place code for a bureau (430600), with -NN for sections,
// subordinates, and zones that have no place code of their own. Where it stands is a list of dated edges: a section that
// moves in mid-year keeps its records, and figures follow the tree of the day.
//
// Tree reads the tree as known at a journal position; package app hands it down to the kernel. Not a unit of measure:
// that is figure.Unit. A wing package: imports the record floor and below.
package unit
