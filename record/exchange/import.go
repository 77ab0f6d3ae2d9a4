package exchange

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"unicode"
	"unicode/utf8"

	"anlan/ground/fault"
	"anlan/ground/lang"
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
	Unit    place.Unit
	DryRun  bool
	Reason  string
	// Progress is told how many rows have been read; it may be nil.
	Progress func(rows int)
}

// Outcome says what an import found and did.
type Outcome struct {
	File     string           `json:"file"`
	SHA256   string           `json:"sha256"`
	Sheet    string           `json:"sheet"`
	Rows     int              `json:"rows"`
	New      int              `json:"new"`
	Changed  int              `json:"changed"`
	Same     int              `json:"same"`
	Missing  int64            `json:"missing"`           // in the book and not in the file
	Ignored  []string         `json:"ignored,omitempty"` // headings that no field has
	Diffs    []Diff           `json:"diffs,omitempty"`   // of changed records, the first diffsMax
	Applied  bool             `json:"applied"`
	Position journal.Position `json:"position,omitempty"` // of the last entry
}

// Diff is what an import changes in one record.
type Diff struct {
	Row    int    `json:"row"`
	Key    string `json:"key"`
	Fields []Edit `json:"fields"`
}

// Edit is one field, before and after.
type Edit struct {
	Field lang.Text `json:"field"`
	Old   string    `json:"old"`
	New   string    `json:"new"`
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
	ErrUnreadableFile = fault.Define("exchange.unreadable_file", fault.Unable,
		"不能读取“%s”：%s", "%q cannot be read: %s")
)

// run is an import under way.
type run struct {
	request Request
	book    *book.Book
	actor   access.Actor
	kind    record.Of
	fields  []int
	table   *sheet.Table
	file    *sheet.Book
	today   period.Day
	bureau  place.Unit

	outcome Outcome
	faults  fault.List
	seen    map[string]int // natural key → row
	changes []book.Change
	rows    []int // of the changes
	view    *book.View
	units   place.Tree[place.Unit]
	places  place.Tree[place.Code]
}

// Import reads a sheet and writes all of its rows or none. Refused rows are a fault.List with their places, and the
// outcome still says what was read.
func Import(ctx context.Context, b *book.Book, actor access.Actor, q Request) (*Outcome, error) {
	k, err := b.Kind(q.Kind)
	if err != nil {
		return nil, err
	}
	if err := actor.Allow(access.Create, k.Code(), k.Label()); err != nil {
		return nil, err
	}
	actor.Via = "import"
	r := &run{request: q, book: b, actor: actor, kind: k, seen: map[string]int{}, outcome: Outcome{File: filepath.Base(q.Path)}}
	if err := r.open(); err != nil {
		return nil, err
	}
	defer r.file.Close()
	if err := b.Read(ctx, actor, 0, r.read); err != nil {
		return &r.outcome, err
	}
	if len(r.faults) > 0 {
		return &r.outcome, r.faults
	}
	if q.DryRun || len(r.changes) == 0 {
		return &r.outcome, nil
	}
	return &r.outcome, r.apply(ctx)
}

// open reads the file's hash and opens it as a sheet.
func (r *run) open() (err error) {
	if content := r.request.Content; content != nil {
		h := sha256.Sum256(content)
		r.outcome.SHA256 = hex.EncodeToString(h[:])
		r.file, err = sheet.Read(r.outcome.File, bytes.NewReader(content), int64(len(content)))
		return err
	}
	if r.outcome.SHA256, err = fileSum(r.request.Path); err != nil {
		return err
	}
	r.file, err = sheet.Open(r.request.Path)
	return err
}

func fileSum(path string) (string, error) {
	f, err := os.Open(filepath.Clean(path))
	if err != nil {
		return "", ErrUnreadableFile.Because(err, path, err)
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", ErrUnreadableFile.Because(err, path, err)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// read parses, checks and compares every row in one snapshot of the book.
func (r *run) read(v *book.View) (err error) {
	var expected []sheet.Heading
	r.view, r.today, r.bureau = v, v.Today, place.Unit(v.Head.Place)
	r.fields, expected = headings(r.kind)
	if r.units, err = v.UnitTree(); err != nil {
		return err
	}
	if r.places, err = v.PlaceTree(); err != nil {
		return err
	}
	if r.table, err = r.file.Table(r.request.Sheet, expected); err != nil {
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
			continue
		}
		if r.outcome.Rows++; r.request.Progress != nil && r.outcome.Rows%progressRows == 0 {
			r.request.Progress(r.outcome.Rows)
		}
		if err := r.row(row); err != nil {
			return err
		}
		if len(r.faults) >= faultsMax {
			r.faults = append(r.faults[:faultsMax:faultsMax], ErrMoreFaults.With(faultsMax))
			return nil
		}
	}
	n, err := v.Count(book.Query{Kind: r.kind.Code()})
	r.outcome.Missing = n - int64(r.outcome.Changed+r.outcome.Same)
	return err
}

const progressRows = 1_000

// row turns one row into a change, or into faults.
func (r *run) row(row sheet.Row) error {
	rec := r.kind.New()
	before := len(r.faults)
	unread := map[string]bool{} // fields whose cell could not be read
	state, err := r.parse(rec, row, unread)
	if err != nil {
		return err
	}
	h := r.kind.Head(rec)
	if h.Unit == "" {
		if h.Unit = r.request.Unit; h.Unit == "" {
			h.Unit = r.bureau
		}
	}
	for _, f := range r.kind.Check(rec, r.today) {
		if code, _, _ := strings.Cut(f.Where.Field, "."); !unread[code] { // a value that could not be read is not missing as well
			r.fault(f, row.Number, r.column(f.Where.Field))
		}
	}
	if !r.units.Has(h.Unit) && !unread["unit"] {
		r.fault(book.ErrNoSuchUnit.With(string(h.Unit)), row.Number, r.column("unit"))
	}
	if h.Place != "" && !r.places.Has(h.Place) {
		r.fault(book.ErrNoSuchPlace.With(string(h.Place)), row.Number, r.column("place"))
	}
	key := strings.Join(r.kind.KeyText(rec), "\x00")
	shown := strings.ReplaceAll(key, "\x00", " ")
	if first, twice := r.seen[key]; twice && shown != "" {
		r.fault(ErrKeyTwice.With(shown, first), row.Number, r.keyColumn())
	} else {
		r.seen[key] = row.Number
	}
	if len(r.faults) > before {
		return nil
	}
	return r.compare(rec, state, row.Number, shown)
}

// parse sets the fields of rec from the cells, and gives the state that the row names.
func (r *run) parse(rec any, row sheet.Row, unread map[string]bool) (record.State, error) {
	state := record.State("")
	for i, c := range row.Cells { // in the order of the expected headings
		if c.Kind == sheet.Empty {
			continue
		}
		err := c.Err()
		if err == nil {
			if i == len(r.fields) {
				state, err = r.state(c.Text)
			} else {
				err = r.cell(rec, r.fields[i], c, r.table.Columns[i].Unit)
			}
		}
		var l fault.List
		if internal := l.Add(err); internal != nil {
			return "", internal
		}
		for _, f := range l {
			if i < len(r.fields) {
				unread[r.kind.Fields()[r.fields[i]].Code] = true
			}
			r.fault(f, row.Number, i)
		}
	}
	return state, nil
}

func (r *run) state(text string) (record.State, error) {
	text = strings.TrimSpace(text)
	var known []string
	for _, s := range r.kind.States() {
		if text == s.Label.Zh || strings.EqualFold(text, s.Label.En) || text == string(s.State) {
			return s.State, nil
		}
		known = append(known, s.Label.Zh)
	}
	return "", book.ErrBadState.With(r.kind.Label(), text, strings.Join(known, "、"))
}

// cell sets one field.
func (r *run) cell(rec any, f int, c sheet.Cell, unit string) error {
	s := r.kind.Fields()[f]
	text := strings.TrimSpace(c.Text)
	switch s.Type {
	case field.TypeRows:
		return parseRows(r.kind, f, rec, c.Text)
	case field.TypeDay:
		if d, ok := r.file.Day(c); ok {
			text = d.String()
		}
	case field.TypeMoney:
		if unit != "" && endsInDigit(text) { // an amount that names its own unit is in that
			text += unit
		}
	case field.TypeRef:
		id, err := r.refer(s.RefKind, text)
		if err != nil {
			return err
		}
		text = id
	}
	return r.kind.Parse(rec, f, text)
}

func endsInDigit(s string) bool {
	last, _ := utf8.DecodeLastRuneInString(s)
	return unicode.IsDigit(last)
}

// refer finds the record that a cell names by the natural key of its kind.
func (r *run) refer(kind, text string) (string, error) {
	k, err := r.book.Kind(kind)
	if err != nil {
		return "", err
	}
	found, err := r.view.Find(kind, strings.Fields(text)...)
	if err != nil {
		return "", err
	}
	return k.Head(found).ID.String(), nil
}

// fault keeps a fault with its place: file, sheet, row, heading, cell.
func (r *run) fault(f *fault.Fault, row, column int) {
	c := *f
	w := r.table.Where(row, max(column, 0))
	if column < 0 {
		w.Column, w.Cell = "", ""
	}
	w.Field = ""
	if f.Where.Row > 0 { // a row of a list inside the record
		w.Field = f.Where.Field + fmt.Sprintf("[%d]", f.Where.Row)
	}
	c.Where = w
	r.faults = append(r.faults, &c)
}

// column is the index among the expected headings of the column that a field stands in; -1 for a field without one.
func (r *run) column(code string) int {
	code, _, _ = strings.Cut(code, ".")
	for i, f := range r.fields {
		if r.kind.Fields()[f].Code == code {
			return i
		}
	}
	return -1
}

func (r *run) keyColumn() int {
	if key := r.kind.KeyFields(); len(key) > 0 {
		return r.column(key[0].Code)
	}
	return -1
}

// compare finds the record that a row is about and decides what the row does to it.
func (r *run) compare(rec any, state record.State, row int, key string) error {
	old, err := r.view.Find(r.kind.Code(), r.kind.KeyText(rec)...)
	if kind, ok := fault.KindOf(err); ok && kind == fault.NotFound {
		c := book.Change{Kind: r.kind.Code(), Action: access.Create, Record: rec, Reason: r.request.Reason}
		if state != "" && state != r.kind.Start() {
			c.Action, c.State = access.Register, state
		}
		r.outcome.New++
		r.change(c, row)
		return nil
	}
	if err != nil {
		return err
	}
	h := r.kind.Head(old)
	if state != "" && state != h.State {
		r.fault(ErrStateDiffers.With(key, record.StateLabel(r.kind, h.State), record.StateLabel(r.kind, state)), row, len(r.fields))
		return nil
	}
	if err := r.keep(rec, old); err != nil {
		return err
	}
	edits := r.edits(old, rec)
	if len(edits) == 0 {
		r.outcome.Same++
		return nil
	}
	r.outcome.Changed++
	if len(r.outcome.Diffs) < diffsMax {
		r.outcome.Diffs = append(r.outcome.Diffs, Diff{row, key, edits})
	}
	r.change(book.Change{Kind: r.kind.Code(), ID: h.ID, Expect: h.Version, Action: access.Edit, Record: rec, Reason: r.request.Reason}, row)
	return nil
}

// keep takes over what the file has no column for: an import of some columns changes those only.
func (r *run) keep(rec, old any) error {
	has := map[int]bool{}
	for i, f := range r.fields {
		has[f] = r.table.Columns[i].Index >= 0
	}
	for f := range r.kind.Fields() {
		if has[f] {
			continue
		}
		if l := r.kind.List(f); l != nil {
			l.Reset(rec)
			for i := range l.Len(old) {
				l.Grow(rec)
				for j := range l.Specs() {
					if err := l.Parse(rec, i, j, l.Text(old, i, j)); err != nil {
						return fmt.Errorf("exchange: a stored value of %s cannot be read: %w", r.kind.Code(), err)
					}
				}
			}
			continue
		}
		if err := r.kind.Parse(rec, f, r.kind.Text(old, f)); err != nil {
			return fmt.Errorf("exchange: a stored value of %s cannot be read: %w", r.kind.Code(), err)
		}
	}
	return r.kind.Check(rec, r.today).Err() // derives again, with what was kept
}

func (r *run) edits(old, rec any) (out []Edit) {
	for f, s := range r.kind.Fields() {
		var a, b string
		if l := r.kind.List(f); l != nil {
			a, b = rowsText(l, old, lang.Chinese), rowsText(l, rec, lang.Chinese)
		} else {
			a, b = r.kind.Text(old, f), r.kind.Text(rec, f)
		}
		if a != b {
			out = append(out, Edit{s.Label, say(s, a, lang.Chinese), say(s, b, lang.Chinese)})
		}
	}
	return out
}

func (r *run) change(c book.Change, row int) {
	r.changes, r.rows = append(r.changes, c), append(r.rows, row)
}

// apply writes all changes and the record of the import in one transaction; its refusals get the place of their row.
func (r *run) apply(ctx context.Context) error {
	head, err := r.book.Head(ctx)
	if err != nil {
		return err
	}
	o := &r.outcome
	done, err := r.book.Apply(ctx, r.actor, append(r.changes, book.Change{Kind: Kind.Code(), Action: access.Create, Reason: r.request.Reason, Record: &Run{
		Head: record.Head{Unit: r.bureau}, Serial: fmt.Sprintf("%s@%d", o.SHA256[:16], head.Size), Target: r.kind.Code(), File: o.File, SHA256: o.SHA256,
		Rows: int64(o.Rows), New: int64(o.New), Changed: int64(o.Changed), Same: int64(o.Same),
	}}))
	if err != nil {
		return r.placed(err)
	}
	o.Applied, o.Position = true, done[len(done)-1].Position
	return nil
}

// placed puts the row of the file in place of the number of the change.
func (r *run) placed(err error) error {
	var l fault.List
	if internal := l.Add(err); internal != nil {
		return internal
	}
	for _, f := range l {
		column := -1
		if f.Where.Field != "" {
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
