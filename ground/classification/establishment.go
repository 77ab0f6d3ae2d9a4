package classification

import "anlan/ground/code"

// Establishment is the sort of posts (编制类型).
type Establishment string

// Sorts of posts.
const (
	Administrative Establishment = "administrative"
	Institution    Establishment = "institution"
	Logistics      Establishment = "logistics"
)

// Establishments is the list of sorts of posts.
var Establishments = code.NewList("机构编制管理",
	code.Of(Administrative, "行政编制", "administrative"),
	code.Of(Institution, "事业编制", "institution"),
	code.Of(Logistics, "工勤编制", "logistics"),
)
