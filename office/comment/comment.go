package comment

import (
	"regexp"
	"slices"
	"strings"

	"anlan/ground/fault"
	"anlan/record"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/record/field"
)

// Comment is one comment.
type Comment struct {
	record.Head
	About    string // id of the record
	Serial   string // made by the form, so that a comment sent twice is one
	Target   string // kind of the record
	By       string // login name
	Says     string
	Mentions string // derived: @lijun;@wangwei;
}

// Fields, in the order of the form.
var (
	about    = field.Text("about", "记录编号", "record", func(c *Comment) *string { return &c.About }, field.Max(36)).Required().Fixed()
	serial   = field.Text("serial", "评论编号", "number", func(c *Comment) *string { return &c.Serial }, field.Max(60)).Required().Fixed()
	target   = field.Text("target", "记录类型代码", "kind", func(c *Comment) *string { return &c.Target }, field.Max(30)).Required().Fixed().NamesKind()
	by       = field.Text("said_by", "评论人（登录名）", "who says it (login name)", func(c *Comment) *string { return &c.By }, field.Max(30)).Required().Fixed()
	says     = field.Text("says", "内容", "what is said", func(c *Comment) *string { return &c.Says }, field.Max(2000)).Required()
	mentions = field.Text("mentions", "提到的人", "who is mentioned", func(c *Comment) *string { return &c.Mentions }, field.Max(1000)).Computed()
)

// Kind is the kind of comments.
var Kind = record.Define("comment", "评论", "comment", func(c *Comment) *record.Head { return &c.Head },
	about, serial, target, by, says, mentions,
).Key(about, serial).Derive((*Comment).derive).WriterRule(mayWrite)

// mention is a login name behind an at sign.
var mention = regexp.MustCompile(`(?:^|[^A-Za-z0-9._%+-])@([a-z][a-z0-9._-]{1,29})`)

// mentionsMax bounds how many people a comment mentions; further ones are words.
const mentionsMax = 20

// Mentioned are the login names that a text mentions, each once, in order.
func Mentioned(text string) (out []string) {
	for _, m := range mention.FindAllStringSubmatch(text, -1) {
		name := strings.TrimRight(m[1], ".-_")
		if len(name) > 1 && !slices.Contains(out, name) && len(out) < mentionsMax {
			out = append(out, name)
		}
	}
	return out
}

// Mark is how a name stands among the mentions of a comment.
func Mark(login string) string { return "@" + login + ";" }

func (c *Comment) derive() {
	c.Mentions = ""
	for _, name := range Mentioned(c.Says) {
		c.Mentions += Mark(name)
	}
}

// Faults of comments.
var (
	ErrNotOwn = fault.Define("comment.not_own", fault.Denied,
		"这条评论是%s写的，只能由本人修改", "this comment is by %s and is changed by nobody else")
	ErrAnswered = fault.Define("comment.answered", fault.Conflict,
		"%s已经在后面评论过，不能再改；可以另写一条", "%s has commented after it, so it can no longer be changed; add another")
	ErrAboutNothing = fault.Define("comment.about_nothing", fault.NotFound,
		"没有编号为%s的“%s”", "there is no record %s of %q")
)

// mayWrite: nobody speaks in another's name.
func mayWrite(_, after *Comment, m record.Moment) error {
	if m.Actor.Role.Code == access.Administrator.Code || m.Actor.Name == after.By {
		return nil
	}
	return ErrNotOwn.With(after.By)
}

// Judge refuses a comment about no record, and a change of one that somebody else has answered.
type Judge struct{}

// Kinds are those that are judged.
func (Judge) Kinds() []string { return []string{Kind.Code()} }

// Judge implements book.Judge.
func (Judge) Judge(at book.Beside, _ string, r any) error {
	c := r.(*Comment)
	var found int64
	stands, err := at.Tx.QueryRow([]any{&found}, "SELECT row_no FROM "+c.Target+" WHERE id = ?", c.About) // by its id; the kind is one of the book's
	if err != nil {
		return err
	}
	if !stands {
		return fault.At(ErrAboutNothing.With(c.About, c.Target), fault.Where{Field: about.Code})
	}
	if c.Version < 2 {
		return nil
	}
	var other string
	answered, err := at.Tx.QueryRow([]any{&other}, `SELECT said_by FROM comment
WHERE about = ? AND state <> 'withdrawn' AND said_by <> ? AND row_no > (SELECT row_no FROM comment WHERE id = ?)
ORDER BY row_no LIMIT 1`, c.About, c.By, c.ID.String()) // by comment_key
	if err != nil || !answered {
		return err
	}
	return ErrAnswered.With(other)
}
