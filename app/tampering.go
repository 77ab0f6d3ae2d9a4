package app

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/store/backup"
	"anlan/store/journal"
)

// Tampering is what was done to a book or a published report, as far as what was found tells (改动的种类).
type Tampering string

// The kinds of tampering. Rewritten is what only a root hash tells: that something between two checkpoints is not what it was.
const (
	Edited     Tampering = "edited"
	Inserted   Tampering = "inserted"
	Removed    Tampering = "removed"
	Reordered  Tampering = "reordered"
	RolledBack Tampering = "rolled_back"
	Rewritten  Tampering = "rewritten"
	Forked     Tampering = "forked"
	KeyChanged Tampering = "key_changed"
)

var tamperings = []struct {
	sort  Tampering
	label lang.Text
}{
	{Edited, lang.Of("内容被改动", "content was edited")},
	{Inserted, lang.Of("有插入", "something was inserted")},
	{Removed, lang.Of("有删除", "something was removed")},
	{Reordered, lang.Of("次序被改动", "the order was changed")},
	{RolledBack, lang.Of("末尾被截去，或退回到较旧的副本", "the end was cut off, or an older copy was put back")},
	{Rewritten, lang.Of("历史被改写", "history was rewritten")},
	{Forked, lang.Of("有两份不同的历史", "there are two different histories")},
	{KeyChanged, lang.Of("签名密钥不符", "the signing key is another")},
}

// Label says it in words.
func (t Tampering) Label() lang.Text {
	for _, x := range tamperings {
		if x.sort == t {
			return x.label
		}
	}
	return lang.Text{}
}

// weight says how much a finding tells by itself.
type weight int

const (
	told    weight = iota // it tells what was done
	spanned               // something in its span is wrong: what a finding inside tells is what was done
	derived               // it follows from what was done elsewhere: it tells only when nothing else does
)

// meaning is what a finding of some code is a sign of. first and last are the arguments that name the positions, -1 for none.
type meaning struct {
	sort        Tampering
	weight      weight
	first, last int
}

// meanings are those of everything that the verifiers find.
var meanings = map[string]meaning{
	"journal.edited":             {Edited, told, 0, 0},
	"journal.leaf_altered":       {Edited, told, 0, 0},
	"journal.node_altered":       {Edited, told, 0, 0},
	"journal.unsettled":          {Edited, spanned, 0, 0},
	"journal.row_damaged":        {Edited, spanned, 0, 0},
	"journal.span_changed":       {Edited, spanned, 0, 1},
	"journal.time_decreased":     {Edited, derived, 0, 0},
	"journal.moved":              {Reordered, told, 0, 0},
	"journal.twice":              {Inserted, told, 0, 0},
	"journal.before_first":       {Inserted, told, 0, 0},
	"journal.slipped_in":         {Inserted, told, 0, 0},
	"journal.beyond_head":        {Inserted, derived, 0, 1},
	"journal.removed":            {Removed, told, 0, 1},
	"journal.cut_out":            {Removed, told, 0, 0},
	"journal.truncated":          {Removed, derived, 0, 1},
	"journal.missing_entry":      {Removed, spanned, 0, 0},
	"journal.cut_off":            {RolledBack, told, 1, 0},
	"journal.head_root":          {Edited, derived, 0, 0},
	"journal.head_edge":          {Edited, derived, 0, 0},
	"journal.head_time":          {Edited, derived, 0, 0},
	"journal.head_damaged":       {Edited, derived, 0, 0},
	"journal.head_epoch":         {RolledBack, told, -1, -1},
	"journal.epoch_forged":       {Edited, told, 1, 1},
	"journal.epoch_hidden":       {RolledBack, told, 0, 0},
	"journal.rewritten":          {Rewritten, spanned, 1, 2},
	"journal.forked":             {Forked, told, 0, 0},
	"journal.kept_altered":       {Edited, told, 0, 0},
	"journal.kept_foreign":       {Edited, told, 0, 0},
	"journal.kept_unsigned":      {KeyChanged, told, 0, 0},
	"journal.rotation_forged":    {KeyChanged, told, 0, 0},
	"journal.rotation_hidden":    {KeyChanged, told, 0, 0},
	"journal.cosignature_forged": {KeyChanged, told, -1, -1},
	"journal.not_signed":         {KeyChanged, told, -1, -1},
	"journal.other_book":         {KeyChanged, told, -1, -1},
	"app.foreign_key":            {KeyChanged, told, -1, -1},
	"app.key_of_another":         {KeyChanged, told, -1, -1},
	"app.added_to_database":      {Inserted, told, -1, -1},
	"store.damaged":              {Edited, derived, -1, -1},
	"app.view_altered":           {Edited, told, -1, -1},
	"app.checkpoint_gone":        {Removed, derived, 0, 0},
	"app.checkpoints_fewer":      {Removed, derived, 0, 0},
	"app.report_altered":         {Edited, told, -1, -1},
	"app.basis_rewritten":        {Rewritten, spanned, 2, 3},

	"book.row_differs":           {Edited, told, 0, 0},
	"book.row_missing":           {Removed, told, 0, 0},
	"book.row_unknown":           {Inserted, told, 3, 3},
	"book.row_unreadable":        {Edited, told, -1, -1},
	"book.chain_broken":          {Edited, derived, 2, 2},
	"book.lines_numbered":        {Edited, derived, -1, -1},
	"book.rows_lost":             {Inserted, derived, -1, -1},
	"book.secret_differs":        {Edited, told, 0, 0},
	"book.secret_missing":        {Removed, told, 0, 0},
	"book.secret_unknown":        {Inserted, spanned, 0, 0},
	"book.entry_unreadable":      {Edited, told, 0, 0},
	"book.entry_contradicts":     {Edited, told, 0, 0},
	"book.entry_gone":            {Removed, told, 0, 0},
	"book.entry_unknown":         {Inserted, told, 0, 0},
	"book.entry_replaced":        {Edited, told, 0, 0},
	"book.entry_moved":           {Reordered, told, 0, 0},
	"book.entries_cut":           {Removed, told, 0, 0},
	"book.entries_slipped_in":    {Inserted, told, 0, 0},
	"book.event_differs":         {Edited, told, 0, 0},
	"book.event_unknown":         {Inserted, told, 0, 0},
	"book.answer_differs":        {Edited, told, 2, 2},
	"book.head_differs":          {Edited, derived, -1, -1},
	"book.account_differs":       {Edited, derived, 2, 2},
	"book.postings_differ":       {Edited, derived, 0, 0},
	"book.cells_differ":          {Edited, derived, -1, -1},
	"book.leaf_lost":             {Removed, derived, -1, -1},
	"book.strays":                {Edited, derived, -1, -1},
	"app.published_altered":      {Edited, told, 0, 0},
	"app.published_gone":         {Removed, told, 0, 0},
	"book.file_altered":          {Edited, told, 0, 0},
	"book.file_missing":          {Removed, told, 0, 0},
	"verify.twice":               {Edited, told, -1, -1},
	"verify.formula_differs":     {Edited, told, -1, -1},
	"verify.not_published":       {Edited, told, -1, -1},
	"verify.other_book":          {Edited, told, -1, -1},
	"verify.no_definition":       {Edited, told, -1, -1},
	"verify.not_recalled":        {Edited, told, -1, -1},
	"verify.not_as_defined":      {Edited, told, -1, -1},
	"verify.not_derived":         {Edited, told, -1, -1},
	"verify.other_figure":        {Edited, told, -1, -1},
	"verify.uncomputed":          {Edited, told, -1, -1},
	"verify.other_form":          {Edited, told, -1, -1},
	"verify.prints_a_number":     {Edited, told, -1, -1},
	"verify.other_source":        {Edited, told, -1, -1},
	"verify.page_acts":           {Edited, told, -1, -1},
	"verify.hides_text":          {Edited, told, -1, -1},
	"verify.set_told":            {Edited, told, -1, -1},
	"verify.not_of_set":          {Edited, told, -1, -1},
	"verify.other_name":          {Edited, told, -1, -1},
	"verify.other_definition":    {Edited, told, -1, -1},
	"verify.hides_a_number":      {Edited, told, -1, -1},
	"verify.no_scoring":          {Edited, told, -1, -1},
	"verify.no_such_score":       {Edited, told, -1, -1},
	"verify.score_differs":       {Edited, told, -1, -1},
	"verify.not_evaluated":       {Edited, told, -1, -1},
	"verify.other_scheme":        {Edited, told, -1, -1},
	"verify.scored_otherwise":    {Edited, told, -1, -1},
	"verify.other_standings":     {Edited, told, -1, -1},
	"verify.file_missing":        {Removed, told, -1, -1},
	"verify.file_differs":        {Edited, told, -1, -1},
	"verify.file_extra":          {Inserted, told, -1, -1},
	"verify.not_readable":        {Edited, told, -1, -1},
	"verify.wrong_key":           {KeyChanged, told, -1, -1},
	"verify.altered":             {Edited, told, -1, -1},
	"verify.not_included":        {Edited, told, 0, 0},
	"verify.not_consistent":      {Edited, derived, 0, 0},
	"verify.not_the_publication": {Edited, told, -1, -1},
	"verify.basis_differs":       {Edited, told, 0, 0},
	"verify.figure_differs":      {Edited, derived, -1, -1},
	"verify.counted_too_much":    {Inserted, told, -1, -1},
	"verify.left_out":            {Removed, told, -1, -1},
	"verify.more_than_there_are": {Inserted, told, -1, -1},
	"verify.set_lines":           {Edited, spanned, -1, -1},
	"verify.left_out_differs":    {Edited, told, -1, -1},
	"verify.other_left_out":      {Edited, derived, -1, -1},
	"verify.definition_differs":  {Edited, told, -1, -1},
	"verify.no_such_computed":    {Edited, told, -1, -1},
	"verify.not_a_record_proof":  {Edited, told, -1, -1},
	"verify.not_computed":        {Edited, derived, -1, -1},
	"verify.other_journal":       {Rewritten, told, -1, -1},
	"verify.other_result":        {Edited, derived, -1, -1},
	"verify.recount_differs":     {Edited, derived, -1, -1},
	"verify.set_differs":         {Edited, told, -1, -1},
	"verify.sets_basis":          {Edited, told, -1, -1},
	"backup.older":               {RolledBack, told, 0, 1},
	"backup.other_book":          {KeyChanged, told, -1, -1},
	"backup.damaged":             {Edited, told, -1, -1},
}

// Conclusion is one kind of tampering with the places at which it was found.
type Conclusion struct {
	Sort  Tampering `json:"sort"`
	Label lang.Text `json:"label"`
	At    []Span    `json:"at,omitempty"` // positions of the journal, in order; none when nothing found names one
}

// Span is some positions of the journal, both ends included.
type Span struct {
	First journal.Position `json:"first"`
	Last  journal.Position `json:"last"`
}

// String is 5 or 5–8.
func (s Span) String() string {
	if s.First == s.Last {
		return fmt.Sprint(s.First)
	}
	return fmt.Sprintf("%d–%d", s.First, s.Last)
}

// Places are the spans in words, at most ten of them.
func (c Conclusion) Places() string {
	const most = 10
	var out []string
	for _, s := range c.At[:min(len(c.At), most)] {
		out = append(out, s.String())
	}
	if len(c.At) > most {
		out = append(out, "…")
	}
	return strings.Join(out, ", ")
}

// Conclude says what was done, out of what was found. One change leaves many traces: a removed entry leaves a row without an
// entry, and a head that fits nothing. A finding that only follows from others counts when nothing else was found, and one
// that names a span counts when nothing inside it tells more. What is the sign of nothing is passed over.
func Conclude(found fault.List) (out []Conclusion) {
	var all traces
	for _, f := range found {
		all = append(all, tracesOf(f)...)
	}
	removed := false
	for _, x := range tamperings {
		c := Conclusion{Sort: x.sort, Label: x.label}
		counts := false
		for _, t := range all {
			if t.sort != x.sort || !all.count(t) || t.sort == RolledBack && removed { // what was removed is known, so the end is no riddle
				continue
			}
			if counts = true; t.placed {
				c.At = append(c.At, t.Span)
			}
		}
		if !counts {
			continue
		}
		removed = removed || x.sort == Removed
		slices.SortFunc(c.At, func(a, b Span) int { return cmp.Or(cmp.Compare(a.First, b.First), cmp.Compare(a.Last, b.Last)) })
		c.At = slices.Compact(c.At)
		out = append(out, c)
	}
	return out
}

// trace is a finding as a sign of what was done.
type trace struct {
	meaning
	Span
	placed bool
}

type traces []trace

// count says whether a trace is more than the shadow of another.
func (all traces) count(t trace) bool {
	switch t.weight {
	case derived:
		return !slices.ContainsFunc(all, func(o trace) bool { return o.weight < derived })
	case spanned:
		return !slices.ContainsFunc(all, func(o trace) bool {
			return o.weight == told && o.placed && o.changes() && o.First >= t.First && o.Last <= t.Last
		})
	}
	return t.sort != Edited || !slices.ContainsFunc(all, func(o trace) bool {
		return o.weight == told && o.placed && o.changes() && o.sort != Edited && o.Span == t.Span
	})
}

// changes says that a trace tells what was done to an entry.
func (t trace) changes() bool {
	return t.sort == Edited || t.sort == Inserted || t.sort == Removed || t.sort == Reordered
}

// tracesOf are what a fault is a sign of; a refused copy is a sign of what was found in it.
func tracesOf(f *fault.Fault) (out traces) {
	if s, known := meanings[f.Code]; known {
		t := trace{meaning: s}
		if s.first >= 0 && s.last < len(f.Args) {
			t.First, t.Last, t.placed = positionIn(f.Args[s.first]), positionIn(f.Args[s.last]), true
		}
		return traces{t}
	}
	if f.Code != ErrCopyDiffers.Code && f.Code != backup.ErrNotProved.Code {
		return nil
	}
	var inside fault.List
	if l, ok := errors.AsType[fault.List](f.Cause); ok {
		inside = l
	}
	for _, a := range f.Args {
		if one, ok := a.(*fault.Fault); ok {
			inside = append(inside, one)
		}
	}
	for _, one := range inside {
		out = append(out, tracesOf(one)...)
	}
	return out
}

// positionIn reads a position from the arguments of a fault.
func positionIn(v any) journal.Position {
	switch n := v.(type) {
	case journal.Position:
		return n
	case int64:
		return journal.Position(n)
	}
	return 0
}
