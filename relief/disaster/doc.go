// Package disaster is the kind of natural disasters (灾害事件): one process of one kind of disaster with its name and days,
// counted in 次 on the day on which it began; 自然灾害情况统计调查制度.
//
// Counties report the sub-kind (亚灾种), city and province the family (一级灾种): the family is computed, so the two cannot
// differ. Losses are not here: each county's report of a disaster is a record of another kind, in which the edition that counts
// is decided. Work-safety accidents are no disasters. A wing package: imports the record floor and below.
package disaster
