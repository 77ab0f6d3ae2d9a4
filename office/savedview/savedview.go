package savedview

import (
	"anlan/ground/fault"
	"anlan/record"
	"anlan/record/access"
	"anlan/record/field"
)

// View is one view. Its unit is that of its owner.
type View struct {
	record.Head
	Owner   string // login name
	Target  string // kind of the list
	Name    string
	Filters string // a line each, as the command line writes them
	Columns string // codes separated by commas; empty: the usual ones
	Sort    string // code; empty: order of birth
	Down    bool
	Shared  bool // with the unit
}

// Fields, in the order of the form.
var (
	owner   = field.Text("owner", "所有人（登录名）", "owner (login name)", func(v *View) *string { return &v.Owner }, field.Max(30)).Required().Fixed()
	target  = field.Text("target", "记录类型代码", "kind", func(v *View) *string { return &v.Target }, field.Max(30)).Required().Fixed().NamesKind()
	name    = field.Text("name", "名称", "name", func(v *View) *string { return &v.Name }, field.Max(30)).Required()
	filters = field.Text("filters", "筛选条件", "filters", func(v *View) *string { return &v.Filters }, field.Max(2000)).Note("每行一个，如 grade = major", "one a line, as grade = major")
	columns = field.Text("columns", "显示的列", "columns", func(v *View) *string { return &v.Columns }, field.Max(1000)).Note("字段代码，逗号分隔；不填为常用的列", "codes separated by commas; the usual ones when left out")
	sort    = field.Text("sort", "排序", "order", func(v *View) *string { return &v.Sort }, field.Max(40))
	down    = field.YesNo("down", "倒序", "descending", func(v *View) *bool { return &v.Down })
	shared  = field.YesNo("shared", "本单位可见", "shared with the unit", func(v *View) *bool { return &v.Shared })
)

// Kind is the kind of views.
var Kind = record.Define("saved_view", "保存的视图", "saved view", func(v *View) *record.Head { return &v.Head },
	owner, target, name, filters, columns, sort, down, shared,
).Key(owner, target, name).WriterRule(mayWrite)

// ErrNotOwn says that a view is another's.
var ErrNotOwn = fault.Define("savedview.not_own", fault.Denied,
	"视图“%s”由%s本人或管理员修改", "the view %q is changed by its owner, %s, or an administrator")

func mayWrite(_, after *View, m record.Moment) error {
	if m.Actor.Role.Code == access.Administrator.Code || m.Actor.Name == after.Owner {
		return nil
	}
	return ErrNotOwn.With(after.Name, after.Owner)
}
