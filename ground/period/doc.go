// Package period is the time that figures speak of: the bureau's day (日) and spans of days (统计期) such as a year, a half,
// a quarter, a month, a ten-day (旬) and the year to date (累计).
//
// A Period is its first and last day and nothing more, so two names of the same days are one period and compare with ==.
// Its String is the shortest of these names, and Parse reads every one of them:
//
//	2023          year                    2023-05-T1    上旬: 1st–10th (T2 11th–20th, T3 21st–end)
//	2023-H1       half                    2023-05-06    day
//	2023-Q2       quarter                 2023-01..05   months of one year: the year to date
//	2023-05       month                   2022-10..2023-03, 2021..2023, 2023-01-01..2023-05-06   any span
//
// 2023-01..06 is therefore 2023-H1, as official tables also say 上半年 and not 1—6月. Compared periods:
//
//	LastYear 同期        2023-05 → 2022-05; the end of a whole month stays one: 2024-02 → 2023-02
//	Previous 环比        2023-05 → 2023-04; 2023-H1 → 2022-H2
//	YearEndBefore 上年末  2023-05 → the day 2022-12-31
//
// The bureau's day is that of Asia/Shanghai, UTC+8 all year (DayAt). ParseDay reads a day as offices write it, ISODay only
// the stored form, FromSerial the number that a spreadsheet keeps. Years run from 1 to 9999 of the Gregorian calendar; what
// would leave them is no day or no period.
//
// Instants do not live here (package clock), nor deadlines in working days (the calendar of holidays is a record).
// On the ground floor: imports lang, fault and width; anybody may import it.
package period
