package record_test

import (
	"fmt"
	"strings"
	"testing"

	"anlan/ground/code"
	"anlan/ground/lang"
	"anlan/ground/maybe"
	"anlan/ground/money"
	"anlan/ground/period"
	"anlan/record"
	"anlan/record/access"
	"anlan/record/field"
	"anlan/record/measure"
)

// tree is a struct to declare right and wrong kinds over.
type tree struct {
	record.Head
	Number string
	Felled period.Day
	Worth  maybe.Of[money.Fen]
	Birds  []bird
}

type bird struct{ Ring string }

type other struct{ record.Head }

func (t *tree) grow(record.Moment) error { return nil }

func head(t *tree) *record.Head { return &t.Head }

func text(code, label string) field.Typed[tree, string] {
	return field.Text(code, "树"+lang.Zh(label), "tree "+lang.En(label), func(t *tree) *string { return &t.Number })
}

var (
	felled = field.Day("felled_on", "砍伐日期", "felled on", func(t *tree) *period.Day { return &t.Felled })
	worth  = field.Money("worth", "价值", "worth", func(t *tree) *maybe.Of[money.Fen] { return &t.Worth })
)

func birds(code string, fields ...field.Any[bird]) field.Typed[tree, []bird] {
	if fields == nil {
		fields = []field.Any[bird]{ring("ring")}
	}
	return field.Rows(code, "鸟", "birds", func(t *tree) *[]bird { return &t.Birds }, fields...)
}

func ring(code string) field.Typed[bird, string] {
	return field.Text(code, "环号"+lang.Zh(code), "ring "+lang.En(code), func(b *bird) *string { return &b.Ring })
}

func define(fields ...field.Any[tree]) *record.Kind[tree] {
	return record.Define("tree", "树木", "tree", head, fields...)
}

var (
	states = code.NewList("测试", code.Of(record.State("alive"), "活", "alive"), code.Of(record.State("dead"), "死", "dead"))
	alive  = record.State("alive")
	dead   = record.State("dead")
)

func die(action string, from, to record.State, options ...record.Option) record.Part {
	return record.Transition(action, "死去", "die", from, to, (*tree).grow, options...)
}

func TestAnInconsistentKindDoesNotStart(t *testing.T) {
	t.Parallel()
	number := func() field.Typed[tree, string] { return text("number", "号").Required() }
	for _, c := range []struct {
		name, want string
		declare    func()
	}{
		{"a code that is no identifier", `code "Tree"`, func() { record.Define("Tree", "树", "tree", head, number()) }},
		{"a code that is too short", `code "t"`, func() { record.Define("t", "树", "tree", head, number()) }},
		{"a code that is a word of SQL", "code is taken", func() { record.Define("order", "序", "order", head, number()) }},
		{"a code that is a table of the house", "code is taken", func() { record.Define("posting", "账", "posting", head, number()) }},
		{"a code that is the past of another kind", "code is taken", func() { record.Define("tree_past", "树", "tree", head, number()) }},
		{"a label missing in English", "label is missing", func() { record.Define("tree", "树", "", head, number()) }},
		{"no head", "head is missing", func() { record.Define("tree", "树", "tree", nil, number()) }},
		{"no field", "there is no field", func() { define() }},
		{"a field code that is no identifier", `field code "Number"`, func() { define(text("Number", "号")) }},
		{"a field twice", "field number stands twice", func() { define(text("number", "一"), text("number", "二")) }},
		{"two fields with one column", "or its column worth_fen does", func() {
			define(field.Number("worth_fen", "价", "price", func(t *tree) *int64 { var n int64; return &n }), worth)
		}},
		{"a field of the head", "field due_on takes a reserved name", func() { define(text("due_on", "限")) }},
		{"a field that is a word of SQL", "field from takes a reserved name", func() { define(text("from", "自")) }},
		{"the field ext", "field ext takes a reserved name", func() { define(text("ext", "扩")) }},
		{"a field without an English label", "field number lacks a label", func() {
			define(field.Text("number", "号", "", func(t *tree) *string { return &t.Number }))
		}},
		{"two fields with one heading", `share "树号" as a label`, func() { define(text("number", "号"), text("serial", "号")) }},
		{"a code that is the heading of a field before it", `fields number and tree_no share "number" as a label`, func() {
			define(field.Text("tree_no", "树号", "number", func(t *tree) *string { return &t.Number }), text("number", "序号"))
		}},
		{"a code that is the heading of a field behind it", `fields number and tree_no share "number" as a label`, func() {
			define(text("number", "序号"), field.Text("tree_no", "树号", "number", func(t *tree) *string { return &t.Number }))
		}},
		{"a required field that is retired", "required and retired", func() { define(number().Retire()) }},
		{"rows called past", "table of past rows", func() { define(number(), birds("past")) }},
		{"rows that would be the past of other rows", "table of past rows", func() { define(number(), birds("nest_past")) }},
		{"rows without fields", "has no fields", func() { define(number(), birds("bird", []field.Any[bird]{}...)) }},
		{"a row field twice", "field bird.ring stands twice", func() { define(number(), birds("bird", ring("ring"), ring("ring"))) }},
		{"a row field that is the line", "field bird.line_no takes a reserved name", func() { define(number(), birds("bird", ring("line_no"))) }},
		{"a row field that is the parent", "field bird.tree_id takes a reserved name", func() { define(number(), birds("bird", ring("tree_id"))) }},
		{"a natural key of another kind", "key field number is not a column", func() { define(number()).Key(number()) }},
		{"a natural key of rows", "key field bird is not a column", func() { b := birds("bird"); define(number(), b).Key(b) }},
		{"a natural key that may be absent", "must be required", func() { n := text("number", "号"); define(n).Key(n) }},
		{"a natural key that came later", "must be required", func() { n := number().Since(2); define(n).Key(n) }},
		{"a natural key with a field twice", "stands twice", func() { n := number(); define(n).Key(n, n) }},
		{"a second natural key", "given once", func() { n := number(); define(n).Key(n).Key(n) }},
		{"a measure of another kind's day", "reads felled_on", func() {
			define(number()).Measures(measure.Count("tree.felled", "砍伐", "felled", "棵", felled))
		}},
		{"a measure without a unit", "lacks its unit", func() {
			define(number(), felled).Measures(measure.Count("tree.felled", "砍伐", "felled", "", felled))
		}},
		{"a sum of numbers that count nothing", "lacks its unit", func() {
			n := field.Number("heads", "人数", "heads", func(t *tree) *int64 { return new(int64) })
			define(number(), felled, n).Measures(measure.Sum("tree.heads", "人数", "heads", n, felled))
		}},
		{"a unit for an amount", "has its unit already", func() { worth.Counts("人") }},
		{"a measure without a Chinese label", "lacks its unit or a label", func() {
			define(number(), felled).Measures(measure.Count("tree.felled", "", "felled", "棵", felled))
		}},
		{"a measure whose code names no noun", `measure code "felled"`, func() {
			define(number(), felled).Measures(measure.Count("felled", "砍伐", "felled", "棵", felled))
		}},
		{"a measure twice", "measure tree.felled stands twice", func() {
			m := measure.Count("tree.felled", "砍伐", "felled", "棵", felled)
			define(number(), felled).Measures(m, m)
		}},
		{"a sum over text", "cannot be added", func() { n := number(); measure.Sum("tree.sum", "和", "sum", n, felled) }},
		{"a condition on the absent value", "absent value", func() { number().Is("") }},
		{"a condition on one of no values", "one of no values", func() { number().In() }},
		{"an order of texts", "has no order", func() { number().Above("a") }},
		{"a condition on a list", "list of rows", func() { birds("bird").Stated() }},
		{"rows inside rows", "rows inside rows", func() {
			field.Rows("nest", "巢", "nest", func(t *tree) *[]tree { return nil }, birds("bird"))
		}},
		{"a start that is no state", `start "gone"`, func() { record.Flow(define(number()), states, "gone") }},
		{"a state that is reserved", "state kept is reserved", func() {
			l := code.NewList("测试", code.Of(record.Kept, "有效", "kept"))
			record.Flow(define(number()), l, record.Kept)
		}},
		{"a state that nothing touches", "no transition touches state dead", func() { record.Flow(define(number()), states, alive) }},
		{"a transition to a state that is none", `leads from "alive" to "gone"`, func() {
			record.Flow(define(number()), states, alive, die("die", alive, "gone"))
		}},
		{"a transition that withdraws", `to "withdrawn"`, func() {
			record.Flow(define(number()), states, alive, die("die", alive, dead), die("drop", dead, record.Withdrawn))
		}},
		{"a transition called edit", `action "edit" is reserved`, func() {
			record.Flow(define(number()), states, alive, die("edit", alive, dead))
		}},
		{"a transition twice", "die stands twice from alive", func() {
			record.Flow(define(number()), states, alive, die("die", alive, dead), die("die", alive, dead))
		}},
		{"a transition without a Chinese label", "die lacks a label", func() {
			record.Flow(define(number()), states, alive, record.Transition("die", "", "die", alive, dead, (*tree).grow))
		}},
		{"a guard over another struct", "guard of transition die is over another struct", func() {
			record.Flow(define(number()), states, alive, record.Transition("die", "死去", "die", alive, dead, func(*other, record.Moment) error { return nil }))
		}},
		{"a deadline of no state", `a deadline is for "gone"`, func() {
			record.Flow(define(number()), states, alive, die("die", alive, dead), record.Deadline(record.State("gone"), (*tree).due))
		}},
		{"two deadlines of a state", "state alive has two deadlines", func() {
			record.Flow(define(number()), states, alive, die("die", alive, dead), record.Deadline(alive, (*tree).due), record.Deadline(alive, (*tree).due))
		}},
		{"a workflow twice", "given twice", func() {
			k := record.Flow(define(number()), states, alive, die("die", alive, dead))
			record.Flow(k, states, alive, die("die", alive, dead))
		}},
	} {
		t.Run(strings.ReplaceAll(c.name, " ", "_"), func(t *testing.T) {
			t.Parallel()
			got := panicOf(c.declare)
			if got == "" || !strings.Contains(got, c.want) {
				t.Errorf("got %q, want a panic that says %q", got, c.want)
			}
		})
	}
}

func (t *tree) due(record.Moment) period.Day { return t.Felled }

func panicOf(do func()) (said string) {
	defer func() {
		if p := recover(); p != nil {
			said = fmt.Sprint(p)
		}
	}()
	do()
	return ""
}

func TestARowTravelsNoFurtherThanItsList(t *testing.T) {
	t.Parallel()
	rows := birds("bird", ring("ring")).Sensitive(access.Personal)
	k := define(text("number", "号"), rows)
	for _, f := range k.Fields() {
		for _, row := range f.Rows {
			if row.Sensitivity != access.Personal {
				t.Errorf("%s.%s is %s in a personal list", f.Code, row.Code, row.Sensitivity.Label().En)
			}
		}
	}
}

func TestACloneSharesNothing(t *testing.T) {
	t.Parallel()
	k := define(text("number", "号"), birds("bird"))
	a := &tree{Number: "1", Birds: []bird{{Ring: "x"}}}
	b := k.Clone(a).(*tree)
	b.Number, b.Birds[0].Ring = "2", "y"
	if a.Number != "1" || a.Birds[0].Ring != "x" {
		t.Errorf("changing the clone changed the record: %+v", a)
	}
}
