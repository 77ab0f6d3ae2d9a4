// Package bulletin is the kind of risk bulletins (《安全风险预警》、提示函): documents by which the bureau itself tells of a risk
// before a holiday, an event or a spell of weather, numbered in the year, without a colour.
//
// A bulletin is no warning (预警信号), which a weather or water authority issues with a level, and no response. Counted are
// 《安全风险预警》; a letter (提示函) goes to one addressee and counts on its own. A wing package: imports the record floor and below.
package bulletin
