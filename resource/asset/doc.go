// Package asset is the kind of fixed-asset cards (固定资产卡片): a thing with its number, class, value, keeper and place, from the
// day it was acquired until the day it was disposed of; 行政事业性国有资产管理条例 (国务院令第738号), GB/T 14885-2022.
//
// Number and value of assets are stocks. A card says what the books know; whether the thing is there is said by a stock-take
// (盘点), which is another kind, so a card without a thing stays on the books until it is disposed of.
//
// Depreciation is by the straight line without residual value (政府会计准则第3号 and its guide, 财会〔2017〕4号): from the month
// of acquisition on, none in the month of disposal, a month's part rounded down to the fen and the rest in the last month.
// Relics, books and archives, animals and plants are not depreciated. A term shorter than the guide allows and a depreciated
// thing that nobody uses are doubts. A wing package: imports the record floor and below.
package asset
