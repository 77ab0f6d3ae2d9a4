package cli

import (
	"slices"
	"strings"

	"anlan/record/field"
)

// subverb is one of the things that a verb does, named by its first argument: journal verify. R is how it is run.
type subverb[R any] struct {
	name string
	args []string // as parse takes them
	run  R
}

// parseSubverb reads the options and the arguments of a verb that does several things, and tells which it is to do.
func parseSubverb[R any](e *env, all []subverb[R]) (run R, args []string, err error) {
	names := make([]string, len(all))
	for i, v := range all {
		names[i] = v.name
	}
	if args, err = e.Parse(strings.Join(names, "|"), "[…]"); err != nil {
		return run, nil, err
	}
	i := slices.Index(names, args[0])
	if i < 0 {
		return run, nil, ErrNoVerb.With(e.verb.name+" "+args[0], e.verb.name+" "+field.Nearest(args[0], names))
	}
	e.Rest = args[1:]
	args, err = e.Parse(all[i].args...)
	return all[i].run, args, err
}
