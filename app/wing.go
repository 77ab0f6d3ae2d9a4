package app

import (
	"reflect"
	"slices"
	"strings"

	"anlan/record"
)

// WingOf is the line of work that a kind belongs to: the folder of the house in which it is declared (safety, resource, account).
func WingOf(k record.Of) string {
	_, rest, _ := strings.Cut(reflect.TypeOf(k.New()).Elem().PkgPath(), "/")
	wing, _, _ := strings.Cut(rest, "/")
	return wing
}

// MadeByProgram says whether records of a kind are made by the program alone: by importing, publishing, scoring.
func MadeByProgram(kind string) bool {
	return slices.Contains([]string{"import_run", "publication", "evaluation_run", "stat_form"}, kind)
}

// What scopes of tokens may name beside kinds and lines of work.
const (
	ScopeFigures = "figure"  // figures and what does not fit
	ScopeJournal = "journal" // the checkpoint
)

// scopeNames are what the scope of a token may name.
func scopeNames(kinds []record.Of) []string {
	out := []string{ScopeFigures, ScopeJournal}
	for _, k := range kinds {
		out = append(out, k.Code(), WingOf(k))
	}
	slices.Sort(out)
	return slices.Compact(out)
}
