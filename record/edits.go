package record

import (
	"slices"
	"strings"

	"anlan/ground/lang"
	"anlan/record/access"
)

// Edit is one difference between two versions of a record, as a person reads it.
type Edit struct {
	Label    string
	Row      int    // of a list, from 1; 0: it is about no row. A row only goes or comes
	Old, New string // "" where nothing stood, or nothing stands
}

// Edits lists what a version changed against the one before it, nil for the first: state, values, and the rows of lists that went
// and came. sees says which fields may be told of.
func Edits(k Of, was, is any, sees func(f int) bool, l lang.Lang) (out []Edit) {
	edit := func(label, old, new string) {
		if old != new {
			out = append(out, Edit{Label: label, Old: old, New: new})
		}
	}
	state := func(r any) string {
		if r == nil {
			return ""
		}
		return StateLabel(k, k.Head(r).State).In(l)
	}
	edit(lang.Of("状态", "state").In(l), state(was), state(is))
	for f, s := range k.Fields() {
		if !sees(f) {
			continue
		}
		if list := k.List(f); list != nil {
			out = append(out, rowEdits(s.Label.In(l), list, was, is, l)...)
			continue
		}
		old := ""
		if was != nil {
			old = s.Spoken(k.Text(was, f), l)
		}
		edit(s.Label.In(l), old, s.Spoken(k.Text(is, f), l))
	}
	return out
}

func rowEdits(label string, list ListOf, was, is any, l lang.Lang) (out []Edit) {
	var old []string
	if was != nil {
		old = RowLines(list, was, l)
	}
	now := RowLines(list, is, l)
	for i, line := range old {
		if !slices.Contains(now, line) {
			out = append(out, Edit{Label: label, Row: i + 1, Old: line})
		}
	}
	for i, line := range now {
		if !slices.Contains(old, line) {
			out = append(out, Edit{Label: label, Row: i + 1, New: line})
		}
	}
	return out
}

// RowLines are the rows of a list, a line each.
func RowLines(list ListOf, r any, l lang.Lang) []string {
	lines := make([]string, list.Len(r))
	for i := range lines {
		var cells []string
		for j, s := range list.Specs() {
			if t := s.Spoken(list.Text(r, i, j), l); t != "" {
				cells = append(cells, t)
			}
		}
		lines[i] = strings.Join(cells, "  ")
	}
	return lines
}

// ActionLabel names what was done to a record of a kind.
func ActionLabel(k Of, action access.Action) lang.Text {
	for _, s := range k.Steps() {
		if s.Action == string(action) {
			return s.Label
		}
	}
	switch action {
	case access.Create:
		return lang.Of("登记", "entered")
	case access.Register:
		return lang.Of("补录", "entered late")
	case access.Edit:
		return lang.Of("修改", "edited")
	case access.Withdraw:
		return lang.Of("作废", "withdrawn")
	case access.Reinstate:
		return lang.Of("恢复", "reinstated")
	}
	return lang.Text{Zh: string(action), En: string(action)}
}
