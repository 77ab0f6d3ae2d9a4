// Package place is the kind of administrative divisions (行政区划): the records behind the tree that everything happens in.
//
// A division is named by its code for ever: GB/T 2260 down to counties, the statistical codes (统计用区划代码) below. Where
// it stands is a list of dated edges, because counties merge and townships move. The functional zones of Yueyang are not
// in GB/T 2260; of the four only 屈原管理区 has a statistical code (430671), so the other three are units and no places.
//
// Tree reads the tree as known at a journal position; package app hands it down to the kernel. The values and the
// arithmetic of dated trees are ground/place. A wing package: imports the record floor and below.
package place
