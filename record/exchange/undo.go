package exchange

import (
	"context"
	"errors"
	"slices"
	"sort"
	"strings"

	"anlan/ground/fault"
	"anlan/ground/ident"
	"anlan/ground/lang"
	"anlan/ground/maybe"
	"anlan/record"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/store/journal"
)

// Undone says what the undoing of an import (撤销导入) does or did.
type Undone struct {
	Import    *Run
	Kind      record.Of
	By        book.Version // who imported it, when and why
	Undo      *Run         // nil where it has not been undone
	UndoneBy  book.Version
	Withdrawn int // records that the import entered
	Changed   int // records that it changed, and that go back to what they were
	Left      []LeftStanding
	Elsewhere int // records that the import counted and that are not in the actor's scope
}

// LeftStanding is a record of an import that its undoing does not touch.
type LeftStanding struct {
	ID   ident.ID
	Name string
	Why  lang.Text
}

// Faults of undoing an import.
var (
	ErrNotYourImport = fault.Define("exchange.not_your_import", fault.Denied,
		"这次导入是%s办的，只有本人和系统管理员可以撤销", "it was %s who imported this; only they and an administrator undo it")
	ErrUndoneAlready = fault.Define("exchange.undone_already", fault.Conflict,
		"导入“%s”已经撤销", "the import %q has been undone")
	ErrIsAnUndo = fault.Define("exchange.is_an_undo", fault.Conflict,
		"“%s”本身就是一次撤销；要恢复的记录请逐条恢复", "%q is itself an undoing; reinstate the records that are needed one by one")
	ErrNothingLeft = fault.Define("exchange.nothing_left", fault.Conflict,
		"导入“%s”写入的记录此后都有人改过或作废，没有可以撤销的", "everything that the import %q wrote has been changed or withdrawn since; there is nothing to undo")
)

// undo is the undoing of an import under way.
type undo struct {
	Undone
	book    *book.Book
	actor   access.Actor
	reason  string
	changes []book.Change
	names   []LeftStanding // of the records that the changes are of, as they are told of when they are left standing
}

// undoneKey is the natural key of an undoing, so that an import is undone once.
func undoneKey(r *Run) string { return r.Serial + "/undo" }

// Undo takes an import back, in one step: records that it entered are withdrawn, those that it changed go back to what they were, where nobody
// has changed them since. The others are told one by one and stay. Whoever imported undoes, or an administrator, within their rights on the
// kind; with dry nothing is written. The import and its undoing both stand in the journal.
func Undo(ctx context.Context, b *book.Book, actor access.Actor, id ident.ID, reason string, dry bool) (*Undone, error) {
	u := &undo{book: b, actor: actor, reason: reason}
	if reason == "" && !dry {
		return nil, record.ErrNoReason.With(lang.Of("撤销导入", "undoing an import"))
	}
	if reason == "" {
		u.reason = "—"
	}
	if err := b.Read(ctx, actor, 0, func(v *book.View) error { return u.read(v, id) }); err != nil {
		return nil, err
	}
	for range rehearsalsMax {
		err := u.apply(ctx, dry)
		var faults fault.List
		if err == nil || faults.Add(err) != nil || !u.leave(faults) {
			return &u.Undone, err
		}
	}
	return &u.Undone, u.apply(ctx, dry)
}

// Undoing tells of an import what its undoing did, or would do as the view shows the book; it asks for no right but to read.
func Undoing(v *book.View, actor access.Actor, id ident.ID) (*Undone, error) {
	u := &undo{actor: actor}
	err := u.find(v, id)
	if err == nil {
		err = u.plan(v)
	}
	return &u.Undone, err
}

// find finds the import, who made it, and whether it has been undone.
func (u *undo) find(v *book.View, id ident.ID) error {
	r, err := v.Get(Kind.Code(), id)
	if err != nil {
		return err
	}
	u.Import = r.(*Run)
	if u.By, err = v.Made(Kind.Code(), r); err != nil {
		return err
	}
	i := slices.IndexFunc(v.Kinds(), func(k record.Of) bool { return k.Code() == u.Import.Target })
	if i < 0 {
		return access.ErrMayNot.With(u.actor.Name, u.actor.Role.Label, u.Import.Target, string(access.Read))
	}
	u.Kind = v.Kinds()[i]
	done, err := v.Find(Kind.Code(), undoneKey(u.Import))
	if kind, ok := fault.KindOf(err); ok && kind == fault.NotFound {
		return nil
	}
	if err != nil {
		return err
	}
	u.Undo = done.(*Run)
	u.UndoneBy, err = v.Made(Kind.Code(), done)
	return err
}

// Allowed says why an actor may not undo the import; nil when it may.
func (u *Undone) Allowed(actor access.Actor) error {
	switch {
	case u.Import.Undoes != ident.ID{}:
		return ErrIsAnUndo.With(u.Import.File)
	case u.Undo != nil:
		return ErrUndoneAlready.With(u.Import.File)
	case actor.Name != u.By.Actor && actor.Role.Code != access.Administrator.Code:
		return ErrNotYourImport.With(access.Behalf(u.By.Actor, u.By.For))
	}
	for _, x := range []struct {
		n      int64
		action access.Action
	}{{u.Import.New, access.Withdraw}, {u.Import.Changed, access.Edit}, {1, access.Create}} {
		k := u.Kind
		if x.action == access.Create {
			k = Kind
		}
		if err := actor.Allow(x.action, k.Code(), k.Label()); x.n > 0 && err != nil {
			return err
		}
	}
	return nil
}

func (u *undo) read(v *book.View, id ident.ID) error {
	if err := u.find(v, id); err != nil {
		return err
	}
	if err := u.Allowed(u.actor); err != nil {
		return err
	}
	return u.plan(v)
}

// plan finds what the import wrote, and what stands of it. An import's own record stands behind all that it wrote, with the same time; what an
// import counted as changed and the book found the same has no entry, so before the first there may be what others wrote.
func (u *undo) plan(v *book.View) error {
	end := journal.Position(u.Import.Row)
	wrote := u.Import.New + u.Import.Changed
	turns, err := v.Turned(u.Kind.Code(), end-1-journal.Position(wrote), end-1)
	if err != nil {
		return err
	}
	first, err := u.first(v, turns)
	if err != nil {
		return err
	}
	turns = turns[first:]
	u.Elsewhere = int(wrote) - len(turns)
	slices.Reverse(turns) // what refers to others came after them
	for _, t := range turns {
		if err := u.one(v, t); err != nil {
			return err
		}
	}
	return nil
}

// first finds the first of the versions that the import made, by halving.
func (u *undo) first(v *book.View, turns []book.Turned) (int, error) {
	var broken error
	first := sort.Search(len(turns), func(i int) bool {
		made, err := v.Made(u.Kind.Code(), turns[i].After)
		if err != nil {
			broken = err
		}
		return !made.RecordedAt.Before(u.By.RecordedAt)
	})
	return first, broken
}

// one decides what becomes of one record.
func (u *undo) one(v *book.View, t book.Turned) error {
	h := u.Kind.Head(t.After)
	told := LeftStanding{ID: h.ID, Name: record.NameOf(u.Kind, t.After), Why: lang.Of("撤销时没有动", "was not touched")}
	if u.Undo != nil && h.Ended > 0 && h.Ended < u.Undo.Row && h.Ended >= u.Undo.Row-u.Undo.Changed-u.Undo.Withdrawn.V {
		u.count(t)
		return nil
	}
	if h.Ended > 0 {
		var err error
		told.Why, err = u.since(v, h.ID)
		u.Left = append(u.Left, told)
		return err
	}
	if u.Undo != nil {
		u.Left = append(u.Left, told)
		return nil
	}
	c := book.Change{Kind: u.Kind.Code(), ID: h.ID, Expect: h.Version, Action: access.Withdraw, Reason: u.reason}
	if t.Before != nil {
		c.Action, c.Record = access.Edit, u.Kind.Clone(t.Before)
		if b := u.Kind.Head(c.Record); b.Ext == nil {
			b.Ext = record.Ext{} // not left as they are
		}
	}
	u.changes, u.names = append(u.changes, c), append(u.names, told)
	u.count(t)
	return nil
}

func (u *undo) count(t book.Turned) {
	if t.Before == nil {
		u.Withdrawn++
	} else {
		u.Changed++
	}
}

// since says what became of a record after an import.
func (u *undo) since(v *book.View, id ident.ID) (lang.Text, error) {
	now, err := v.Get(u.Kind.Code(), id)
	if kind, ok := fault.KindOf(err); ok && kind == fault.NotFound {
		return lang.Of("已不在您的管辖范围内", "is no longer in your scope"), nil
	}
	if err != nil {
		return lang.Text{}, err
	}
	made, err := v.Made(u.Kind.Code(), now)
	if err != nil {
		return lang.Text{}, err
	}
	who, err := told(v, made)
	did := record.ActionLabel(u.Kind, made.Action)
	return lang.Text{Zh: "此后有改动，最近一次是“" + did.Zh + "”（" + who.Zh + "）", En: "was changed since, last by “" + did.En + "” (" + who.En + ")"}, err
}

// apply makes the changes with the record of the undoing, or rehearses them.
func (u *undo) apply(ctx context.Context, dry bool) error {
	if len(u.changes) == 0 {
		return ErrNothingLeft.With(u.Import.File)
	}
	was := u.Import
	changes := append(slices.Clone(u.changes), book.Change{Kind: Kind.Code(), Action: access.Create, Reason: u.reason, Record: &Run{
		Head: record.Head{Unit: was.Unit}, Serial: undoneKey(was), Target: was.Target, File: was.File, SHA256: was.SHA256, Rows: was.Rows,
		Changed: int64(u.Changed), Undoes: was.ID, Withdrawn: maybe.Some(int64(u.Withdrawn)), LeftStanding: maybe.Some(int64(len(u.Left))),
	}})
	if dry {
		return u.book.Rehearse(ctx, u.actor, changes)
	}
	_, err := u.book.Apply(ctx, u.actor, changes)
	if errors.Is(err, book.ErrDuplicate) {
		return ErrUndoneAlready.With(was.File)
	}
	return err
}

// leave leaves the records standing that may not be changed as the book stands, and says whether there were any, and all faults were of such.
func (u *undo) leave(faults fault.List) bool {
	why := map[int][]*fault.Fault{}
	for _, f := range faults {
		if f.Where.Row < 1 || f.Where.Row > len(u.changes) {
			return false
		}
		why[f.Where.Row-1] = append(why[f.Where.Row-1], f)
	}
	var changes []book.Change
	var names []LeftStanding
	for i, c := range u.changes {
		x := u.names[i]
		if why[i] == nil {
			changes, names = append(changes, c), append(names, x)
			continue
		}
		var zh, en []string
		for _, f := range why[i] {
			f.Where.Row = 0 // of the change, which says nothing to anybody
			zh, en = append(zh, fault.In(f, lang.Chinese)), append(en, fault.In(f, lang.English))
		}
		x.Why = lang.Text{Zh: strings.Join(zh, "；"), En: strings.Join(en, "; ")}
		u.Left = append(u.Left, x)
		if c.Action == access.Withdraw {
			u.Withdrawn--
		} else {
			u.Changed--
		}
	}
	u.changes, u.names = changes, names
	return len(faults) > 0
}
