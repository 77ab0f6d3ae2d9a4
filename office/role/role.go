package role

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"anlan/ground/code"
	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/record"
	"anlan/record/access"
	"anlan/record/field"
)

// Role is a role of a bureau's own.
type Role struct {
	record.Head
	Code      string
	LabelZh   string
	LabelEn   string
	Clearance Clearance
	Lines     []Line
}

// Line is a line of its rights.
type Line struct {
	Of      string // kind, area, or *
	Actions string // read create edit; empty: nothing
}

// Clearance is how much of a record a role lets see.
type Clearance string

// The clearances; nobody who signs in sees only what is public.
const (
	Internal   Clearance = "internal"
	Personal   Clearance = "personal"
	Restricted Clearance = "restricted"
)

// levels are the clearances in the words of package access.
var levels = map[Clearance]access.Sensitivity{Internal: access.Internal, Personal: access.Personal, Restricted: access.Restricted}

// Clearances is the list of clearances.
var Clearances = code.NewList("安澜",
	code.Of(Internal, "内部", "internal"),
	code.Of(Personal, "个人信息", "personal"),
	code.Of(Restricted, "限制知悉", "restricted"),
)

var codeForm = regexp.MustCompile(`^[a-z][a-z0-9_]{1,29}$`)

var aCode = field.Rule[string]{
	Words: lang.Of("2到30个小写字母、数字、下划线，以字母开头", "2 to 30 of a–z, 0–9 and underscore, a letter first"),
	Holds: func(s string, _ period.Day) bool { return codeForm.MatchString(s) },
}

// Fields, in the order of the form.
var (
	roleCode  = field.Text("code", "角色代码", "code", func(r *Role) *string { return &r.Code }, aCode).Required().Fixed()
	labelZh   = field.Text("label_zh", "中文名称", "label in Chinese", func(r *Role) *string { return &r.LabelZh }, field.Max(30)).Required()
	labelEn   = field.Text("label_en", "英文名称", "label in English", func(r *Role) *string { return &r.LabelEn }, field.Max(60)).Required()
	clearance = field.Code("clearance", "可看到", "sees up to", func(r *Role) *Clearance { return &r.Clearance }, Clearances).Required()
	lines     = field.Rows("right", "权限", "rights", func(r *Role) *[]Line { return &r.Lines }, lineOf, lineActions).
			Note("每行一个板块或种类；同一种类以最具体的一行为准", "a line for each area or kind; of the lines about a kind the nearest holds alone")

	lineOf      = field.Text("about", "板块或种类", "area or kind", func(l *Line) *string { return &l.Of }, field.Max(30)).Required()
	lineActions = field.Text("actions", "操作", "actions", func(l *Line) *string { return &l.Actions }, field.Max(200)).
			Note("read create edit withdraw step register，或步骤代码", "read create edit withdraw step register, or the code of a step")
)

// Kind is the kind of roles.
var Kind = record.Define("role", "角色", "role", func(r *Role) *record.Head { return &r.Head },
	roleCode, labelZh, labelEn, clearance, lines,
).Key(roleCode).Rule((*Role).named, roleCode).Rule((*Role).sound, lines).WriterRule(mayWrite)

// Faults of roles.
var (
	ErrShipped = fault.Define("role.shipped", fault.Invalid,
		"“%s”是程序自带的角色，请另取代码", "%q is a role that comes with the program; choose another code")
	ErrNotAdministrator = fault.Define("role.not_administrator", fault.Denied,
		"角色由管理员登记和变更，%s是%s", "roles are written by an administrator; %s is %s")
	ErrTooWide = fault.Define("role.too_wide", fault.Invalid,
		"“%s”这一行只能给查看（read）：%s", "the line of %q may give read alone: %s")
)

func (r *Role) named() error {
	if r.Code == access.Reader.Code || slices.ContainsFunc(access.Roles(), func(x access.Role) bool { return x.Code == r.Code }) {
		return ErrShipped.With(r.Code)
	}
	return nil
}

// sound refuses lines that give nothing that there is, and those that would make an administrator of somebody.
func (r *Role) sound() error {
	var faults fault.List
	at := func(i int, member string, err error) {
		_ = faults.Add(fault.At(err, fault.Where{Field: fmt.Sprintf("right.%d.%s", i+1, member)})) // all of them are faults
	}
	stood := map[string]bool{}
	for i, l := range r.Lines {
		if err := access.KnownOf(l.Of); err != nil {
			at(i, "about", err)
		} else if stood[l.Of] {
			at(i, "about", access.ErrTwoLines.With(l.Of))
		}
		stood[l.Of] = true
		actions, err := access.ParseActions(l.Actions)
		if err != nil {
			at(i, "actions", err)
			continue
		}
		if why, narrow := narrowed(l.Of); narrow && slices.ContainsFunc(actions, func(a access.Action) bool { return a != access.Read }) {
			at(i, "actions", ErrTooWide.With(l.Of, why))
		}
	}
	return faults.Err()
}

// narrowed says why a line may give no more than reading.
func narrowed(of string) (why lang.Text, narrow bool) {
	switch {
	case of == access.Everywhere:
		return lang.Of("它也管签名密钥等记录以外的事", "it is about what stands beside the records too, as the signing key"), true
	case of == importRun:
		return lang.Text{}, false
	case of == office || access.AreaOf(of) == office:
		return lang.Of("用户、角色和扩展项归管理员", "users, roles and extra fields are the administrator's"), true
	}
	return lang.Text{}, false
}

// The area of users and roles, and the one kind of it that whoever imports writes.
const (
	office    = "office"
	importRun = "import_run"
)

// mayWrite: whoever writes roles could give itself any right.
func mayWrite(_, _ *Role, m record.Moment) error {
	if m.Actor.Role.Code != access.Administrator.Code {
		return ErrNotAdministrator.With(m.Actor.Name, m.Actor.Role.Label)
	}
	return nil
}

// Access is the role in the words of package access.
func (r *Role) Access() (access.Role, error) {
	var given []access.Line
	for _, l := range r.Lines {
		actions, err := access.ParseActions(l.Actions)
		if err != nil {
			return access.Role{}, err
		}
		given = append(given, access.Line{Of: strings.TrimSpace(l.Of), Actions: actions})
	}
	rights, err := access.NewRights(given...)
	return access.Role{Code: r.Code, Label: lang.Text{Zh: r.LabelZh, En: r.LabelEn}, Clearance: levels[r.Clearance], Rights: rights}, err
}
