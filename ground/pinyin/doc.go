// Package pinyin (拼音) finds Chinese texts by what is typed on a Latin keyboard: the initials of their characters, their full readings, or any
// mixture, from any character on.
//
//	Matches("yylq", "岳阳楼区")      initials
//	Matches("yueyanglou", "岳阳楼区") full readings, the last one perhaps cut short
//	Matches("yueyl", "岳阳楼区")      mixed
//
// A character with several readings is found by each. It knows characters and no words, so it says nothing about which reading is right, and
// it orders nothing.
package pinyin
