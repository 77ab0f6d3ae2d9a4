// Package stocktake is the kind of stock-takes (盘点): a list of cards frozen on a day, and what was found of each.
//
// A line has the number and place that the book gives, and what was found. What it comes to is derived:
//
//	agrees 相符      the thing is where its card says, as its card says
//	differs 信息不符  it is there, in another place or otherwise than its card says
//	shortage 盘亏    a card without a thing
//	surplus 盘盈     a thing without a card
//
// A difference is closed by a resolution with its day; until then it is a doubt (Unresolved). Against the cards of the books a
// list can also be wrong itself (AgainstBooks): a card that it leaves out, or names and the books do not have. Sources:
// 行政事业性国有资产管理条例 (国务院令第738号). Cards are another kind. A wing package: imports the record floor and below.
package stocktake
