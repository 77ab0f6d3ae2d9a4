package source

import (
	"slices"

	"anlan/ground/code"
)

// Edition is how far a figure has come on its way to being final (数据版次).
type Edition string

// The editions, of money, of statistics and of disasters.
const (
	Initial   Edition = "initial"
	Adjusted  Edition = "adjusted"
	Draft     Edition = "draft"
	Approved  Edition = "approved"
	Flash     Edition = "flash"
	Monthly   Edition = "monthly"
	Annual    Edition = "annual"
	Verified  Edition = "verified"
	First     Edition = "first"
	FollowUp  Edition = "follow_up"
	Confirmed Edition = "confirmed"
)

// Editions is the list of editions; of two of one kind of data the later in the list is the newer.
var Editions = code.NewList("预算法、统计法、自然灾害情况统计调查制度",
	code.Of(Initial, "年初预算", "initial budget"),
	code.Of(Adjusted, "调整预算", "adjusted budget"),
	code.Of(Draft, "决算草案", "draft final accounts"),
	code.Of(Approved, "决算批复", "approved final accounts"),
	code.Of(Flash, "快报", "flash"),
	code.Of(Monthly, "月报", "monthly"),
	code.Of(Annual, "年报", "annual"),
	code.Of(Verified, "核定", "verified"),
	code.Of(First, "首报", "first report"),
	code.Of(FollowUp, "续报", "follow-up report"),
	code.Of(Confirmed, "核报", "confirmed report"),
)

// ReturnEditions are those that a return may have, FinalEditions those of final accounts.
var (
	ReturnEditions = among(Flash, Monthly, Annual, Verified, First, FollowUp, Confirmed)
	FinalEditions  = among(Draft, Approved)
)

func among(editions ...Edition) code.List[Edition] {
	out := code.List[Edition]{Source: Editions.Source}
	for _, v := range Editions.Values {
		if slices.Contains(editions, v.Code) {
			out.Values = append(out.Values, v)
		}
	}
	return out
}

// rank orders editions; greater is newer.
func (e Edition) rank() int {
	return slices.IndexFunc(Editions.Values, func(v code.Value[Edition]) bool { return v.Code == e })
}
