// Package savedview is the views of lists that people keep (保存的视图): a name for filters, columns and an order, one's own or shared with
// one's unit. The pages show them as tabs above the list.
//
//	v := &savedview.View{Owner: "lijun", Target: "hazard", Name: "平江重大", Filters: "grade = major\nunit = 430626", Sort: "due_on"}
//
// A view says what is looked for and nothing of what is found: whoever opens one that is shared sees the records that it may see. It is
// written by its owner (or an administrator); who may read views at all is the program's page, which shows one's own and those shared with
// one's unit, so roles need no right to read them.
//
// A wing package: imports the record floor and below.
package savedview
