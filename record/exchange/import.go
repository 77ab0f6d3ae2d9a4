package exchange

import (
	"bytes"
	"cmp"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"math/big"
	"path/filepath"
	"slices"

	"anlan/ground/fault"
	"anlan/ground/ident"
	"anlan/ground/lang"
	"anlan/ground/maybe"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/record"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/record/field"
	"anlan/record/sheet"
	"anlan/store/journal"
)

// Request asks for an import.
type Request struct {
	Kind string
	Path string
	// Content is read instead of the file at Path when it is given: seeds that come with the program.
	Content []byte
	Sheet   string // its name; empty: the one that has the headings
	// Row and Columns are what a person has said of the sheet: the row of the headings, and for each column of it, from the first, the code
	// of the target (Targets) that it stands for; empty for one that is not read. Row 0: both are found by the headings.
	Row     int
	Columns []string
	// Corrections are typed in place of what the file has.
	Corrections []Correction
	// LeaveOut are rows of the file that are not to be taken: whoever leaves out what is refused says which rows these are.
	LeaveOut []int
	RowsMax  int        // more are refused; 0: as many as the file may have
	Show     bool       // Outcome.Refused is wanted
	Unit     place.Unit // of rows that name none; empty: the actor's, or the bureau
	DryRun   bool
	Reason   string
	// Files stores the files that cells of attachment fields name; nil: only files that are stored already can be named.
	Files Files
	// Progress is told how many rows have been read; it may be nil.
	Progress func(rows int)
}

// Outcome says what an import found and did.
type Outcome struct {
	File    string `json:"file"`
	SHA256  string `json:"sha256"`
	Sheet   string `json:"sheet"`
	Rows    int    `json:"rows"`
	New     int    `json:"new"`
	Changed int    `json:"changed"`
	Same    int    `json:"same"`
	Missing int64  `json:"missing"` // in the book and not in the file
	// Corrected counts cells that were typed in place of what the file has, LeftOut the rows that were left out on purpose.
	Corrected int      `json:"corrected,omitempty"`
	LeftOut   int      `json:"left_out,omitempty"`
	Ignored   []string `json:"ignored,omitempty"`  // headings that no field has
	Examples  []int    `json:"examples,omitempty"` // rows marked as examples, which were not read
	Diffs     []Diff   `json:"diffs,omitempty"`    // of changed records, the first diffsMax
	// Converted are the amounts that the file gives in another unit than 元. Whoever has typed 元 under 万元 sees it by the sum.
	Converted []Converted `json:"converted,omitempty"`
	// Doubts are corrections that the import took back and withdrawn records that it entered again, which its reason allowed.
	Doubts   fault.List       `json:"-"`
	Refused  []Refused        `json:"-"` // where Show asked for them
	Stopped  bool             `json:"-"` // there were so many faults that the rest of the file was not looked at
	Applied  bool             `json:"applied"`
	Run      ident.ID         `json:"-"`                  // the record of the import
	Position journal.Position `json:"position,omitempty"` // of the last entry
}

// Diff is what an import changes in one record.
type Diff struct {
	Row    int    `json:"row"`
	Key    string `json:"key"`
	Fields []Edit `json:"fields"`
}

// Converted is a column of amounts that were turned into 元 by the unit of its heading or of the line above the table.
type Converted struct {
	Field lang.Text `json:"field"`
	Unit  string    `json:"unit"`  // of the file: 万元
	Total string    `json:"total"` // of the column, in 元
}

// Edit is one field, before and after.
type Edit struct {
	Field lang.Text `json:"field"`
	Old   string    `json:"old"`
	New   string    `json:"new"`
	// Closed says that the values are above internal: whoever shows them says so in the journal, or leaves them out.
	Closed bool `json:"-"`
}

const (
	diffsMax  = 1_000
	faultsMax = 1_000 // answered at once; a file with more has another trouble
)

// Faults of imports; those of cells are the field types' own, with their place.
var (
	ErrMoreFaults = fault.Define("exchange.more_faults", fault.Invalid,
		"错误超过%d处，其余未列出", "there are more than %d faults; the others are not listed")
	ErrKeyTwice = fault.Define("exchange.key_twice", fault.Invalid,
		"“%s”在文件中出现两次，另一处在第%d行", "%q stands twice in the file; also in row %d")
	ErrStateDiffers = fault.Define("exchange.state_differs", fault.Conflict,
		"“%s”现为“%s”，文件写的是“%s”：已有记录的状态只能按流程办理", "%q is %s and the file says %s: a known record changes its state by its workflow only")
	ErrOtherUnit = fault.Define("exchange.other_unit", fault.Invalid,
		"表头的单位是“%s”，“%s”的单位是“%s”，不能换算", "the unit of the heading is %q; %q is in %q, and one cannot be turned into the other")
	ErrTooManyRows = fault.Define("exchange.too_many_rows", fault.TooLarge,
		"文件超过%d行，请分成几份，或用 anlan import 导入", "the file has more than %d rows; divide it, or use anlan import")
	ErrNoKey = fault.Define("exchange.no_key", fault.Invalid,
		"“%s”没有自然键，不能导入", "%s has no natural key, and rows of it cannot be told apart")
)

// run is an import under way.
type run struct {
	request Request
	book    *book.Book
	actor   access.Actor
	kind    record.Of
	specs   []*field.Spec // of the kind, by field
	key     []int         // fields of the natural key
	fields  []int         // of the expected headings
	extras  record.Extras // of the bureau; their columns come after the state
	table   *sheet.Table
	file    *sheet.Book
	today   period.Day
	home    place.Unit // of rows that name no unit, and of the record of the import

	outcome Outcome
	faults  fault.List
	wrong   map[int]map[int]fault.List // by row and expected column, -1 for the whole row
	left    map[int]bool               // rows that are left out
	unread  []bool                     // by field: the cell of the present row could not be read
	seen    map[string]int             // natural key → row
	changes []book.Change
	rows    []int // of the changes

	corrected map[int]map[string]string // by row and code

	converted map[int]*big.Rat // by column: the sum of the amounts, in 元

	view     *book.View
	stored   int64 // records of the kind in the book
	gone     int64 // that were withdrawn, beside them
	units    place.Tree[place.Unit]
	places   place.Tree[place.Code]
	referred map[string]string // kind and natural key → id
}

// Import reads a sheet and writes all of its rows or none. Refused rows are a fault.List with their places, and the
// outcome still says what was read.
func Import(ctx context.Context, b *book.Book, actor access.Actor, q Request) (*Outcome, error) {
	r, err := begin(b, actor, q)
	if err != nil {
		return nil, err
	}
	defer r.file.Close()
	return &r.outcome, r.judge(ctx)
}

// begin asks whether the actor may and opens the file, which whoever asks closes.
func begin(b *book.Book, actor access.Actor, q Request) (*run, error) {
	k, err := b.Kind(q.Kind)
	if err != nil {
		return nil, err
	}
	if err := actor.Allow(access.Create, k.Code(), k.Label()); err != nil {
		return nil, err
	}
	if len(k.KeyFields()) == 0 {
		return nil, ErrNoKey.With(k.Label())
	}
	actor.Via = via
	r := &run{request: q, book: b, actor: actor, kind: k, seen: map[string]int{}, referred: map[string]string{}, converted: map[int]*big.Rat{}, outcome: Outcome{File: filepath.Base(q.Path)},
		wrong: map[int]map[int]fault.List{}, left: map[int]bool{}, corrected: map[int]map[string]string{}}
	for _, row := range q.LeaveOut {
		r.left[row] = true
	}
	for _, c := range q.Corrections {
		if r.corrected[c.Row] == nil {
			r.corrected[c.Row] = map[string]string{}
		}
		r.corrected[c.Row][c.Code] = c.Text
	}
	return r, r.open()
}

// judge reads the file and writes it, or tries it, and where that is asked for, shows the rows that are refused.
func (r *run) judge(ctx context.Context) error {
	err := r.book.Read(ctx, r.actor, 0, r.read)
	switch {
	case err != nil:
	case len(r.faults) > 0:
		err = r.refused(ctx)
	case len(r.changes) > 0:
		err = r.apply(ctx)
	}
	if err == nil || !r.request.Show || len(r.wrong) == 0 {
		return err
	}
	return cmp.Or(r.collect(), err)
}

// open opens the file as a sheet and takes its hash.
func (r *run) open() (err error) {
	if content := r.request.Content; content != nil {
		r.file, err = sheet.Read(r.outcome.File, bytes.NewReader(content), int64(len(content)))
	} else {
		r.file, err = sheet.Open(r.request.Path)
	}
	if err != nil {
		return err
	}
	sum, err := r.file.SHA256()
	r.outcome.SHA256 = hex.EncodeToString(sum[:])
	return err
}

// read parses, checks and compares every row in one snapshot of the book.
func (r *run) read(v *book.View) (err error) {
	var expected []sheet.Heading
	r.view, r.today, r.home = v, v.Today, cmp.Or(r.request.Unit, r.actor.Unit, place.Unit(v.Head.Place))
	r.fields, expected = headings(r.kind)
	if r.extras, err = v.Extras(r.kind.Code()); err != nil {
		return err
	}
	expected = append(expected, extraHeadings(r.extras)...)
	r.specs, r.unread = r.kind.Fields(), make([]bool, len(r.kind.Fields()))
	for i, f := range r.specs {
		if slices.Contains(r.kind.KeyFields(), f) {
			r.key = append(r.key, i)
		}
	}
	if r.stored, err = v.Count(book.Query{Kind: r.kind.Code()}); err != nil {
		return err
	}
	withdrawn := book.Query{Kind: r.kind.Code(), Withdrawn: true, Filters: []book.Filter{{Field: "state", Op: field.OpIs, Value: string(record.Withdrawn)}}}
	if r.gone, err = v.Count(withdrawn); err != nil {
		return err
	}
	if r.units, err = v.UnitTree(); err != nil {
		return err
	}
	if r.places, err = v.PlaceTree(); err != nil {
		return err
	}
	if r.request.Row > 0 {
		r.table, err = r.file.TableAt(r.request.Sheet, r.request.Row, expected, r.positions(len(expected)))
	} else {
		r.table, err = r.file.Table(r.request.Sheet, expected)
	}
	if err != nil {
		return err
	}
	r.outcome.Sheet = r.table.Sheet
	for _, x := range r.table.Extras {
		r.outcome.Ignored = append(r.outcome.Ignored, x.Heading)
	}
	for row, err := range r.table.Rows() {
		if err != nil {
			return err
		}
		if row.Example {
			r.outcome.Examples = append(r.outcome.Examples, row.Number)
			continue
		}
		if r.outcome.Rows++; r.request.Progress != nil && r.outcome.Rows%progressRows == 0 {
			r.request.Progress(r.outcome.Rows)
		}
		if limit := r.request.RowsMax; limit > 0 && r.outcome.Rows > limit {
			return ErrTooManyRows.With(limit)
		}
		if r.left[row.Number] {
			r.outcome.LeftOut++
			continue
		}
		r.correct(row)
		if err := r.row(row); err != nil {
			return err
		}
		if len(r.faults) >= faultsMax {
			r.faults = append(r.faults[:faultsMax:faultsMax], ErrMoreFaults.With(faultsMax))
			r.outcome.Stopped = true
			return nil
		}
	}
	for _, i := range slices.Sorted(maps.Keys(r.converted)) {
		r.outcome.Converted = append(r.outcome.Converted, Converted{r.specs[r.fields[i]].Label, r.moneyUnit(i), r.converted[i].FloatString(yuanDecimals)})
	}
	r.outcome.Missing = r.stored - int64(r.outcome.Changed+r.outcome.Same)
	return nil
}

const progressRows = 1_000

// via is the door through which imports come, as the journal names it.
const via = "import"

func (r *run) change(c book.Change, row int) {
	r.changes, r.rows = append(r.changes, c), append(r.rows, row)
}

// apply writes all changes and the record of the import in one transaction; its refusals get the place of their row. When it is
// only asked what it would do, it rehearses records that are judged beside others or enter in a later state, and leaves the rest.
func (r *run) apply(ctx context.Context) error {
	enters := func(c book.Change) bool { return c.Action == access.Register }
	if r.request.DryRun && !r.book.Judged(r.kind.Code()) && !slices.ContainsFunc(r.changes, enters) {
		return nil
	}
	r.seen, r.referred = nil, nil // what is written needs the room
	head, err := r.book.Head(ctx)
	if err != nil {
		return err
	}
	o := &r.outcome
	changes := append(r.changes, book.Change{Kind: Kind.Code(), Action: access.Create, Reason: r.request.Reason, Record: &Run{
		Head: record.Head{Unit: cmp.Or(r.actor.Unit, r.home)}, Serial: fmt.Sprintf("%s@%d", o.SHA256[:16], head.Size), Target: r.kind.Code(), File: o.File, SHA256: o.SHA256,
		Rows: int64(o.Rows), New: int64(o.New), Changed: int64(o.Changed), Same: int64(o.Same),
		Corrected: counted(o.Corrected), LeftOut: counted(o.LeftOut),
	}})
	if r.request.DryRun {
		if err := r.book.Rehearse(ctx, r.actor, changes); err != nil {
			return r.rest(ctx, err)
		}
		return nil
	}
	done, err := r.book.Apply(ctx, r.actor, changes)
	if err != nil {
		return r.rest(ctx, err)
	}
	last := done[len(done)-1]
	o.Applied, o.Position, o.Run = true, last.Position, last.ID
	return nil
}

// refused is what is wrong with a file that is not imported: beside what was found in its rows, what the sound ones would be refused for
// beside other records, all in the order of the rows. What contradicts another row of the file shows only when the rows that are refused
// for something else are left out, so it is asked again without them.
func (r *run) refused(ctx context.Context) error {
	for round := 0; round < rehearsalsMax && len(r.changes) > 0 && len(r.faults) < faultsMax && r.book.JudgedAlone(r.kind.Code()); round++ {
		err := r.book.Rehearse(ctx, r.actor, r.changes)
		if err == nil {
			break
		}
		before := len(r.faults)
		said := r.inRows(err)
		if _, faulty := errors.AsType[fault.List](said); !faulty {
			return said
		}
		r.leave(r.faults[before:])
	}
	if len(r.faults) > faultsMax { // the last says so already, or there are more than are told
		r.faults = append(r.faults[:faultsMax:faultsMax], ErrMoreFaults.With(faultsMax))
		return r.faults
	}
	slices.SortStableFunc(r.faults, func(a, b *fault.Fault) int { return cmp.Compare(a.Where.Row, b.Where.Row) })
	return r.faults
}

// rest is what an import was refused for, with what else it would be.
func (r *run) rest(ctx context.Context, err error) error {
	said := r.inRows(err)
	if _, faulty := errors.AsType[fault.List](said); !faulty || !r.book.JudgedAlone(r.kind.Code()) {
		return said
	}
	r.leave(r.faults)
	return r.refused(ctx)
}

// rehearsalsMax bounds how often the rows of a file are tried; each costs what the import would.
const rehearsalsMax = 4

// leave leaves out the rows that faults are about.
func (r *run) leave(faults fault.List) {
	wrong := map[int]bool{}
	for _, f := range faults {
		wrong[f.Where.Row] = true
	}
	var changes []book.Change
	var rows []int
	for i, row := range r.rows {
		if !wrong[row] {
			changes, rows = append(changes, r.changes[i]), append(rows, row)
		}
	}
	if len(rows) == len(r.rows) { // it is about no row: nothing more is to be found out
		changes, rows = nil, nil
	}
	r.changes, r.rows = changes, rows
}

// counted is a count that is stated where there was something to count.
func counted(n int) maybe.Of[int64] {
	if n == 0 {
		return maybe.Of[int64]{}
	}
	return maybe.Some(int64(n))
}

// inRows puts the row of the file in place of the number of the change.
func (r *run) inRows(err error) error {
	var l fault.List
	if internal := l.Add(err); internal != nil {
		return internal
	}
	for _, f := range l {
		column := -1
		switch f.Where.Field {
		case "":
		case "state":
			column = len(r.fields)
		default:
			column = r.column(f.Where.Field)
		}
		if n := f.Where.Row; n >= 1 && n <= len(r.rows) {
			f.Where.Row = 0
			r.fault(f, r.rows[n-1], column)
			continue
		}
		r.faults = append(r.faults, f)
	}
	return r.faults
}
