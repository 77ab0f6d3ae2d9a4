// Package web is the pages (网页): where a bureau works in a browser, and where the public reads. Every page is made by the
// server from the same kinds, indicators and publications that the command line uses, and works without script.
//
//	GET /records/hazard?where=grade+%3D+major&sort=found_on&down=1     a list; what is filtered stands in the address
//	GET /records/hazard/0190…                                          one record: fields, next steps, history, proof
//	GET /figures/work_safety.deaths?period=2023                        a figure with its arithmetic and the records behind it
//	GET /public/reports/38120                                          a report as it was published, each figure a door
//
// All addresses stand in one table (routes.go), each with who may ask; which records and fields is the book's question, here as
// at any other door. A handler reads input, calls one thing, shows the result and returns its error; one place (answer.go) turns
// faults into a status and a page. A page is three files with one stem: list.go, list.templ, list_test.go. Templates get
// finished values: they format, they do not decide or query. `go generate ./face/web` turns them into Go after a change.
//
// What does not live here: rules of records (their kinds), rights (record/access), sign-in itself (office/login), what a report
// says (account/report). On the floor of the faces: only face/cli starts it.
package web

//go:generate go tool -modfile=../../tools/go.mod templ generate
//go:generate go run ./fetch
