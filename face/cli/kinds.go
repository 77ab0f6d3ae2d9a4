package cli

import (
	"context"
	"fmt"

	"anlan/app"
	"anlan/ground/lang"
	"anlan/record"
	"anlan/record/field"
)

var kindsVerb = verb{
	name: "kinds", args: "[KIND]",
	about:   lang.Of("列出记录类型，或一种类型的字段、状态和统计项", "list the kinds of record, or the fields, states and measures of one"),
	example: "anlan kinds hazard",
	run: func(ctx context.Context, e *env) (int, error) {
		e.formatted()
		args, err := e.parse(0, 1)
		if err != nil {
			return notDone, err
		}
		if len(args) == 1 {
			k, err := kindNamed(args[0])
			if err != nil {
				return notDone, err
			}
			if e.format == "json" {
				return inOrder, writeJSON(e.out, describe(k))
			}
			e.printKind(k)
			return inOrder, nil
		}
		names := []string{}
		for _, k := range app.Kinds() {
			names = append(names, k.Code())
			if e.format == "text" {
				fmt.Fprintf(e.out, "%-14s %s\n", k.Code(), k.Label().In(e.lang))
			}
		}
		if e.format == "json" {
			return inOrder, writeJSON(e.out, names)
		}
		return inOrder, nil
	},
}

func (e *env) printKind(k record.Of) {
	fmt.Fprintf(e.out, "%s  %s\n\n%s\n", k.Code(), k.Label().In(e.lang), lang.Of("字段", "fields").In(e.lang))
	for _, f := range k.Fields() {
		e.printField("  ", f)
	}
	fmt.Fprintf(e.out, "\n%s\n", lang.Of("自然键", "natural key").In(e.lang))
	for _, f := range k.KeyFields() {
		fmt.Fprintf(e.out, "  %s\n", f.Code)
	}
	fmt.Fprintf(e.out, "\n%s\n", lang.Of("状态", "states").In(e.lang))
	for _, s := range k.States() {
		fmt.Fprintf(e.out, "  %-14s %s\n", s.State, s.Label.In(e.lang))
	}
	for _, s := range k.Steps() {
		fmt.Fprintf(e.out, "  %s -> %s  %s %s%s\n", s.From, s.To, s.Action, s.Label.In(e.lang), e.caution(s))
	}
	if len(k.MeasureSpecs()) > 0 {
		fmt.Fprintf(e.out, "\n%s\n", lang.Of("统计项", "measures").In(e.lang))
	}
	for i, m := range k.MeasureSpecs() {
		fmt.Fprintf(e.out, "  %-22s %s（%s） %s\n", m.Code, m.Label.In(e.lang), m.Unit, k.MeasureWords(i).In(e.lang))
	}
}

func (e *env) caution(s record.Step) (out string) {
	if s.FourEyes {
		out += lang.Of("（须另一人办理）", " (another person)").In(e.lang)
	}
	if s.Reason {
		out += lang.Of("（须写理由）", " (with a reason)").In(e.lang)
	}
	return out
}

func (e *env) printField(indent string, f *field.Spec) {
	must := " "
	if f.Required {
		must = "*"
	}
	fmt.Fprintf(e.out, "%s%s %-18s %-10s %s", indent, must, f.Code, f.Type, f.Label.In(e.lang))
	for i, c := range f.Choices {
		sep := "，"
		if i == 0 {
			sep = "："
		}
		fmt.Fprintf(e.out, "%s%s %s", sep, c.Code, c.Label.In(e.lang))
	}
	fmt.Fprintln(e.out)
	for _, r := range f.Rows {
		e.printField(indent+"    ", r)
	}
}

// describe is a kind for programs.
func describe(k record.Of) any {
	type fieldJSON struct {
		Code     string      `json:"code"`
		Type     field.Type  `json:"type"`
		Label    lang.Text   `json:"label"`
		Required bool        `json:"required"`
		Choices  []string    `json:"choices,omitempty"`
		Rows     []fieldJSON `json:"rows,omitempty"`
	}
	var fields func([]*field.Spec) []fieldJSON
	fields = func(specs []*field.Spec) (out []fieldJSON) {
		for _, f := range specs {
			x := fieldJSON{Code: f.Code, Type: f.Type, Label: f.Label, Required: f.Required, Rows: fields(f.Rows)}
			for _, c := range f.Choices {
				x.Choices = append(x.Choices, c.Code)
			}
			out = append(out, x)
		}
		return out
	}
	var key, states, measures []string
	for _, f := range k.KeyFields() {
		key = append(key, f.Code)
	}
	for _, s := range k.States() {
		states = append(states, string(s.State))
	}
	for _, m := range k.MeasureSpecs() {
		measures = append(measures, m.Code)
	}
	return map[string]any{"kind": k.Code(), "label": k.Label(), "fields": fields(k.Fields()), "key": key, "states": states, "measures": measures}
}
