package record

import (
	"time"

	"anlan/ground/ident"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/record/access"
)

// State is where a record stands in its workflow.
type State string

// Reserved states.
const (
	Kept      State = "kept"      // 有效: a record of a kind without workflow
	Withdrawn State = "withdrawn" // 作废: counts nowhere, is kept with its reason
)

// Head is what every record has. Embed it in the struct of a kind.
type Head struct {
	ID      ident.ID
	Row     int64 // row number: the journal position at which the record was born
	Version int64 // from 1
	State   State
	Unit    place.Unit // owner
	Place   place.Code // where it happened; may be empty
	DueOn   period.Day // deadline of the present state, stamped when it was entered
	MovedBy string     // who created it or made the last transition: four eyes look here
	Began   int64      // position of this version
	Ended   int64      // position that superseded this version; 0 for the current one
	Ext     Ext        // the bureau's own fields
}

// Moment is when and by whom a change is made: what a rule may look at besides the record itself.
type Moment struct {
	Now    time.Time
	Today  period.Day
	Actor  access.Actor
	Reason string
	Hands  []Hand // who had a hand in the record as it stands, where a step asks for four eyes
}

// Hand is that somebody did something to a record.
type Hand struct {
	By  string
	For string // who had delegated it; empty: nobody
	Did access.Action
}

// are says whether it was the actor, or whom it acts for, who did it or for whom it was done.
func (h Hand) are(a access.Actor) bool {
	is := func(name string) bool { return name != "" && (name == a.Name || name == a.For) }
	return is(h.By) || is(h.For)
}
