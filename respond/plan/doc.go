// Package plan is the kind of emergency plans (预案): an edition that is issued, filed, evaluated and repealed;
// 突发事件应急预案管理办法 (国办发〔2024〕5号) and 生产安全事故应急预案管理办法 (应急管理部令第2号).
//
//	in force ─ evaluate ─▶ in force        the day by which to evaluate is stamped: three years after issue or evaluation
//	    └───── repeal ───▶ repealed
//
// A revised plan is a new record that names the one it replaces, so "revised" counts editions and not saves. In force on a day
// are those issued and not repealed; Replaced finds those that another replaced and nobody repealed, which count twice.
// Drills are another kind. A wing package: imports the record floor and below.
package plan
