// Package measure defines measures (统计项): a measure is a question about one kind — which records, which value, on which
// date, in which unit — put as structured conditions over stored fields, never as Go.
//
// Four shapes exist, two of them in two forms:
//
//	Count, Sum             flow 发生: +1 or the value on one day
//	CountRows, SumRows     the same over the rows of a record (97 deaths are rows of 87 accidents)
//	Stock, StockThrough    stock 存量: + on the first day, − on the first day that no longer counts (Stock) or on the day
//	                       after the last that still does (StockThrough: 任职至, 有效期至)
//
// From the definition follow: what a record posts (Post), the same as SQL over the tables (SQL), words for a reader
// (Words), and a hash that names the definition (Hash): a figure says which definition it was counted by. A withdrawn
// record counts nowhere.
//
//	Found = measure.Count("hazard.found", "排查重大事故隐患数", "major hazards found", "处", foundOn, grade.Is(Major))
//	Open  = measure.StockOf("hazard.open", "未销号数", "hazards open", "处", foundOn, closedOn)
//
// Balances do not live here (package posting), nor arithmetic between measures (account/indicator).
// On the record floor: imports ground, store (to write conditions) and field; kinds list their measures.
package measure
