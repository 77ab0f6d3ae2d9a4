// Package allowance keeps one of many from taking what the others need (限流): of each key so much in a time, with some in reserve.
//
//	tokens := allowance.New[ident.ID](allowance.Rate{Each: time.Second / 50, Reserve: 100})
//	left, ok := tokens.Take(id, now)                       // false: too much
//	senders := allowance.New[netip.Prefix](allowance.Rate{Each: 10 * time.Minute, Reserve: 5})
//	_, ok = senders.Take(allowance.Source("2001:db8::7"), now) // by the network that one household has
//
// What it knows of keys stands in the memory of the process and never grows beyond a bound: keys that have all of their reserve are forgotten, and
// when too many have not, those that are new share one allowance. Time is passed in. On the ground floor: imports nothing of ours; anybody may
// import it.
package allowance
