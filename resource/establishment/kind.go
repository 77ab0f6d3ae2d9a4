package establishment

import (
	"anlan/ground/classification"
	"anlan/ground/fault"
	"anlan/ground/period"
	"anlan/record"
	"anlan/record/field"
	"anlan/record/measure"
)

// Establishment is an approved number of posts (编制).
type Establishment struct {
	record.Head
	Number   string
	Sort     classification.Establishment
	Posts    int64
	Document string // of the staffing office (编办)
	From     period.Day
	Until    period.Day // the first day on which it no longer holds
}

// Fields, in the order of the approval register (机构编制台账).
var (
	number   = field.Text("number", "编制核定编号", "approval number", func(e *Establishment) *string { return &e.Number }, field.Max(40)).Required()
	sort     = field.Code("sort", "编制类型", "sort of posts", func(e *Establishment) *classification.Establishment { return &e.Sort }, classification.Establishments).Required()
	posts    = field.Number("posts", "编制数", "posts", func(e *Establishment) *int64 { return &e.Posts }, field.Between(0, 100_000)).Counts("人")
	document = field.Text("document", "核定文号", "approved by", func(e *Establishment) *string { return &e.Document }, field.Max(60)).Required()
	from     = field.Day("from_on", "生效日期", "from", func(e *Establishment) *period.Day { return &e.From }).Required()
	until    = field.Day("until_on", "失效日期", "until", func(e *Establishment) *period.Day { return &e.Until }).Note("失效当日起不再计入", "no longer counted from this day on")
)

// Measures (统计项).
var (
	Posts          = measure.ValueStock("establishment.posts", "编制数", "posts", posts, from, until)
	Administrative = measure.ValueStock("establishment.administrative", "行政编制数", "administrative posts", posts, from, until, sort.Is(classification.Administrative))
	Institution    = measure.ValueStock("establishment.public_institution", "事业编制数", "institution posts", posts, from, until, sort.Is(classification.Institution))
)

// Kind is the kind of establishments.
var Kind = record.Define("establishment", "编制", "establishment", func(e *Establishment) *record.Head { return &e.Head },
	number, sort, posts, document, from, until,
).Key(number).Rule((*Establishment).inOrder, from, until).Measures(Posts, Administrative, Institution)

// Faults of establishments.
var (
	ErrEndsBeforeBeginning = fault.Define("establishment.ends_before_beginning", fault.Invalid,
		"失效日期%s早于生效日期%s", "until %s is before from %s")
	ErrExceeded = fault.Define("establishment.exceeded", fault.Conflict,
		"%s%s在职%d人，编制%d人，超编%d人", "on %s, of sort %s, %d people are in post and %d posts are approved: %d too many")
)

func (e *Establishment) inOrder() error {
	if !e.Until.IsZero() && e.Until.Before(e.From) {
		return ErrEndsBeforeBeginning.With(e.Until, e.From)
	}
	return nil
}

// holds says whether the posts are approved on a day.
func (e *Establishment) holds(on period.Day) bool {
	return !on.Before(e.From) && (e.Until.IsZero() || on.Before(e.Until))
}

// Holder is what is asked of a staff member who holds a post.
type Holder struct {
	Sort classification.Establishment
	From period.Day
	To   period.Day // the last day in post; none while in post
}

func (h Holder) inPost(on period.Day) bool {
	return !on.Before(h.From) && (h.To.IsZero() || !h.To.Before(on))
}

// Exceeded names each sort of posts of which more people are in post on a day than posts are approved (超编). Posts and
// holders are those of one unit with all below it.
func Exceeded(on period.Day, approved []*Establishment, staff []Holder) (faults fault.List) {
	posts, held := map[classification.Establishment]int64{}, map[classification.Establishment]int64{}
	for _, e := range approved {
		if e.holds(on) {
			posts[e.Sort] += e.Posts
		}
	}
	for _, h := range staff {
		if h.inPost(on) {
			held[h.Sort]++
		}
	}
	for _, s := range classification.Establishments.Values {
		if over := held[s.Code] - posts[s.Code]; over > 0 {
			faults = append(faults, ErrExceeded.With(on, s.Label, held[s.Code], posts[s.Code], over))
		}
	}
	return faults
}
