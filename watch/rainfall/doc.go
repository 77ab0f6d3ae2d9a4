// Package rainfall is the kind of rain processes (降雨过程): one spell of rain from its first to its last day, counted in 轮 on
// the day on which it began.
//
// 15 轮 in a report is the count of these records, so one spell must be one record: Overlapping finds two that share a day.
// Casualties of a process are stated, also when they are 0: "no casualties" is a claim and "not recorded" is none. Rain is in
// millimetres, exact to a tenth. Readings of stations and the losses of a disaster are other kinds; calls and evacuations
// name the process. A wing package: imports the record floor and below.
package rainfall
