package source_test

import (
	"testing"

	"anlan/account/source"
	"anlan/ground/maybe"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/record/field"
	"anlan/record/recordtest"
	"anlan/resource/project"
	"anlan/store"
)

// promising is an approved project of 2023 with a target that was reached, one that was not, one of which nobody knows, and one in words.
func promising(code string, words maybe.Of[bool]) *project.Project {
	number := func(n int64) maybe.Of[field.Scaled] { return maybe.Some(field.Scaled(n * 10_000)) }
	p := &project.Project{Code: code, Year: 2023, Name: "项目" + code, Goal: "示例", ApprovedOn: day("2023-02-20"), Document: "示例〔2023〕1号", Targets: []project.Target{
		{First: project.Output, Second: "数量指标", Third: "演练", Relation: project.AtLeast, Value: number(4), Unit: "场", Achieved: number(5)},
		{First: project.Output, Second: "数量指标", Third: "培训", Relation: project.AtLeast, Value: number(4), Unit: "场", Achieved: number(3)},
		{First: project.Output, Second: "数量指标", Third: "宣传", Relation: project.AtLeast, Value: number(4), Unit: "场"},
		{First: project.Benefit, Second: "社会效益", Third: "防灾意识", Relation: project.Qualitative, Wording: "增强", Reached: words},
	}}
	p.State = project.Approved
	return p
}

func TestTargetsAreCountedWhereTheyCanBeJudgedAndOnce(t *testing.T) {
	recordtest.Run(t, func(t *testing.T, d store.Dialect) {
		w := found(t, d)
		var approved []book.Change
		for code, words := range map[string]maybe.Of[bool]{"整体": maybe.None[bool](), "other": maybe.None[bool](), "other-1": maybe.Some(true), "other-2": maybe.None[bool](), "alone": maybe.Some(false)} {
			c := create(promising(code, words))
			c.Action, c.State = access.Register, project.Approved
			approved = append(approved, c)
		}
		w.Must(approved...)
		draft := promising("draft", maybe.None[bool]())
		draft.State, draft.ApprovedOn, draft.Document = project.Draft, draft.CountedOn, ""
		w.must(draft)
		for measure, want := range map[string]string{"targets.judged": "8", "targets.reached": "4", "targets.unjudged": "4"} {
			a := w.answer(0, measure, "430600", "2023")
			got := ""
			if a.Value != nil {
				got = a.Value.RatString()
			}
			if got != want {
				t.Errorf("%s: got %q of %d records, want %s", measure, got, a.Records, want)
			}
		}
		if a := w.answer(0, "targets.judged", "430600", "2022"); a.Value != nil || len(a.Missing) != 1 || a.Missing[0].Source != source.Records {
			t.Errorf("of a year without projects: got %+v", a)
		}
	})
}
