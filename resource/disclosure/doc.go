// Package disclosure is the kind of items that must be published (公开事项): what, approved when, due when, published when and
// where.
//
// Budgets, final accounts and their tables are published by the department within 20 days after the finance bureau has
// approved them (预算法 art. 14); the day is derived. For anything else the day is set by whatever rule applies and is given.
// An item is on time when it was published on its day or before. Both measures count on the day that was due, so that on
// time ÷ due compares the same items. A wing package: imports the record floor and below.
package disclosure
