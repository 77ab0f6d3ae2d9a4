package access

import (
	"slices"

	"anlan/ground/fault"
	"anlan/ground/lang"
)

// Proof says whether whoever acts has shown lately that it is they who act.
type Proof int

const (
	Proved     Proof = iota // lately, or it acts on the machine itself
	Stale                   // somebody signed in who has not shown it for a while: perhaps another sits at the screen now
	Programmed              // a program by a token, which anybody may have who has the token
)

// Faults of dangerous acts (高风险操作).
var (
	ErrProveAgain = fault.Define("access.prove_again", fault.Denied,
		"“%s”要先再次确认是您本人", "before you do this (%s), show once more that it is you")
	ErrByProgram = fault.Define("access.by_program", fault.Denied,
		"令牌不能做这件事（%s），除非它的授权范围写明了这一类记录", "a token may not do this (%s), unless its scope names the kind of records")
)

// Sure refuses a dangerous act of an actor of whom it is not sure enough that it is they: it asks for no right, which was asked before. Fault:
// ErrProveAgain, after which a person proves it and tries again, or ErrByProgram.
func (a Actor) Sure(what lang.Text) error {
	switch a.Proof {
	case Stale:
		return ErrProveAgain.With(what)
	case Programmed:
		return ErrByProgram.With(what)
	}
	return nil
}

// guarded are the kinds whose changes are dangerous: all of them, or those named. Who may do what, who does whose work, where the book's
// changes are told to, and what the public is told.
var guarded = map[string][]Action{"login_user": nil, "role": nil, "delegation": nil, "webhook": nil, "report_signing": {"publish"}}

// Guarded says whether an action on records of a kind is dangerous, and so asks for proof; reading is not.
func Guarded(kind string, action Action) bool {
	only, all := guarded[kind]
	return all && action != Read && (len(only) == 0 || slices.Contains(only, action))
}
