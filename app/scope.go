package app

import (
	"slices"

	"anlan/record"
	"anlan/record/access"
)

// MadeByProgram says whether records of a kind are made by the program alone: by importing, publishing, scoring.
func MadeByProgram(kind string) bool {
	return slices.Contains([]string{"import_run", "publication", "evaluation_run", "stat_form"}, kind)
}

// ScopeJournal is what the scope of a token names for the checkpoint, beside kinds and areas.
const ScopeJournal = "journal"

// scopeNames are what the scope of a token may name.
func scopeNames(kinds []record.Of) []string {
	out := []string{ScopeJournal}
	for _, a := range access.Areas() {
		out = append(out, a.Code)
	}
	for _, k := range kinds {
		out = append(out, k.Code())
	}
	slices.Sort(out)
	return slices.Compact(out)
}
