package cli

import (
	"context"
	"strings"

	"anlan/app"
	"anlan/ground/lang"
	"anlan/record"
	"anlan/record/book"
	"anlan/record/field"
)

var kindsVerb = verb{
	name: "kinds", args: "[KIND] [--format json]",
	about:   lang.Of("列出记录类型，或一种类型的字段、状态和统计项", "list the kinds of record, or the fields, states and measures of one"),
	example: "anlan kinds hazard",
	run: func(_ context.Context, e *env) (int, error) {
		e.formatted()
		args, err := e.Parse("[KIND]")
		if err != nil {
			return notDone, err
		}
		if len(args) == 0 {
			return inOrder, e.printKinds()
		}
		k, err := kindNamed(args[0])
		if err != nil {
			return notDone, err
		}
		if e.format == "json" {
			return inOrder, writeJSON(e.out, describe(k))
		}
		e.printKind(k)
		return inOrder, nil
	},
}

func noKind(code string, known []string) error {
	return book.ErrNoKind.With(code, field.Nearest(code, known))
}

func (e *env) printKinds() error {
	type named struct {
		Kind  string    `json:"kind"`
		Label lang.Text `json:"label"`
	}
	var all []named
	t := table{out: e.out}
	for _, k := range app.Kinds() {
		all = append(all, named{k.Code(), k.Label()})
		t.row(k.Code(), k.Label().In(e.lang))
	}
	if e.format == "json" {
		return writeJSON(e.out, all)
	}
	t.flush()
	return nil
}

func (e *env) printKind(k record.Of) {
	section := func(t lang.Text) table {
		e.print(lang.Of("\n%s", "\n%s"), t.In(e.lang))
		return table{out: e.out, indent: "  "}
	}
	e.print(lang.Of("%s  %s", "%s  %s"), k.Code(), k.Label().In(e.lang))
	fields := section(lang.Of("字段（*必填）", "fields (* must be given)"))
	for _, f := range k.Fields() {
		e.printField(&fields, "", f)
	}
	fields.flush()
	key := section(lang.Of("自然键", "natural key"))
	for _, f := range k.KeyFields() {
		key.row(f.Code, f.Label.In(e.lang))
	}
	key.flush()
	states := section(lang.Of("状态", "states"))
	for _, s := range k.States() {
		states.row(string(s.State), s.Label.In(e.lang))
	}
	states.flush()
	if len(k.Steps()) > 0 {
		steps := section(lang.Of("办理", "steps"))
		for _, s := range k.Steps() {
			steps.row(s.Action, s.Label.In(e.lang)+e.caution(s), string(s.From)+" → "+string(s.To))
		}
		steps.flush()
	}
	if len(k.MeasureSpecs()) > 0 {
		measures := section(lang.Of("统计项", "measures"))
		for i, m := range k.MeasureSpecs() {
			measures.row(m.Code, m.Label.In(e.lang), m.Unit, k.MeasureWords(i).In(e.lang))
		}
		measures.flush()
	}
}

func (e *env) caution(s record.Step) (out string) {
	if s.FourEyes {
		out += lang.Of("（须另一人办理）", " (by another person)").In(e.lang)
	}
	if s.Reason {
		out += lang.Of("（须写理由）", " (with a reason)").In(e.lang)
	}
	return out
}

// printField writes a field on one line, the rows of a list below it.
func (e *env) printField(t *table, indent string, f *field.Spec) {
	must := "  "
	if f.Required {
		must = "* "
	}
	var choices []string
	for _, c := range f.Choices {
		choices = append(choices, c.Code+" "+c.Label.In(e.lang))
	}
	t.row(indent+must+f.Code, string(f.Type), f.Label.In(e.lang), strings.Join(choices, lang.Of("，", ", ").In(e.lang)))
	for _, r := range f.Rows {
		e.printField(t, indent+"  ", r)
	}
}

// fieldJSON is a field for programs.
type fieldJSON struct {
	Code        string       `json:"code"`
	Type        field.Type   `json:"type"`
	Label       lang.Text    `json:"label"`
	Help        lang.Text    `json:"help,omitzero"`
	Required    bool         `json:"required"`
	Sensitivity string       `json:"sensitivity"`
	Unit        string       `json:"unit,omitempty"`
	RefersTo    string       `json:"refers_to,omitempty"`
	Choices     []choiceJSON `json:"choices,omitempty"`
	Rows        []fieldJSON  `json:"rows,omitempty"`
}

type choiceJSON struct {
	Code  string    `json:"code"`
	Label lang.Text `json:"label"`
}

// kindJSON is a kind for programs.
type kindJSON struct {
	Kind     string        `json:"kind"`
	Label    lang.Text     `json:"label"`
	Fields   []fieldJSON   `json:"fields"`
	Key      []string      `json:"key"`
	States   []choiceJSON  `json:"states"`
	Steps    []stepJSON    `json:"steps"`
	Measures []measureJSON `json:"measures"`
}

type stepJSON struct {
	Action   string    `json:"action"`
	Label    lang.Text `json:"label"`
	From     string    `json:"from"`
	To       string    `json:"to"`
	FourEyes bool      `json:"four_eyes"`
	Reason   bool      `json:"reason"`
}

type measureJSON struct {
	Code       string    `json:"code"`
	Label      lang.Text `json:"label"`
	Unit       string    `json:"unit"`
	Definition lang.Text `json:"definition"`
}

func describe(k record.Of) kindJSON {
	out := kindJSON{Kind: k.Code(), Label: k.Label(), Fields: describeFields(k.Fields()), Steps: []stepJSON{}, Measures: []measureJSON{}}
	for _, f := range k.KeyFields() {
		out.Key = append(out.Key, f.Code)
	}
	for _, s := range k.States() {
		out.States = append(out.States, choiceJSON{string(s.State), s.Label})
	}
	for _, s := range k.Steps() {
		out.Steps = append(out.Steps, stepJSON{s.Action, s.Label, string(s.From), string(s.To), s.FourEyes, s.Reason})
	}
	for i, m := range k.MeasureSpecs() {
		out.Measures = append(out.Measures, measureJSON{m.Code, m.Label, m.Unit, k.MeasureWords(i)})
	}
	return out
}

func describeFields(specs []*field.Spec) (out []fieldJSON) {
	for _, f := range specs {
		x := fieldJSON{Code: f.Code, Type: f.Type, Label: f.Label, Help: f.Help, Required: f.Required, Sensitivity: f.Sensitivity.Label().En,
			Unit: f.Unit, RefersTo: f.RefKind, Rows: describeFields(f.Rows)}
		for _, c := range f.Choices {
			x.Choices = append(x.Choices, choiceJSON{c.Code, c.Label})
		}
		out = append(out, x)
	}
	return out
}
