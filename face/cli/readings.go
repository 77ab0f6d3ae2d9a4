package cli

import (
	"context"
	"strconv"
	"strings"

	"anlan/app"
	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/record/access"
	"anlan/record/book"
)

// ways are the ways in which records are read, as people say it.
var ways = map[string]lang.Text{
	"list": lang.Of("列表", "list"), "show": lang.Of("查看", "show"), "history": lang.Of("历史", "history"), "export": lang.Of("导出", "export"),
	"records": lang.Of("数据背后的记录", "records behind a figure"), "vouchers": lang.Of("数据背后的凭证", "vouchers behind a figure"),
}

// journalReadings lists who read records of persons (阅读留痕).
func (e *env) journalReadings(ctx context.Context, a *app.App, _ []string, o journalOptions) (int, error) {
	n := 0
	t := table{out: e.out}
	err := a.Book.Read(ctx, e.actor(), 0, func(v *book.View) error {
		return v.Readings(func(r book.WasRead) error {
			on := period.DayAt(r.At)
			if o.by != "" && r.Name != o.by || !o.since.IsZero() && on.Before(o.since) || !o.until.IsZero() && o.until.Before(on) {
				return nil
			}
			if n++; e.format == "json" {
				return writeLine(e.out, r)
			}
			if n == 1 {
				t.row(lang.Of("日志位置", "position").In(e.lang), lang.Of("时间", "at").In(e.lang), lang.Of("谁", "who").In(e.lang), lang.Of("身份", "role").In(e.lang),
					lang.Of("方式", "way").In(e.lang), lang.Of("看了什么", "what").In(e.lang), lang.Of("条件", "conditions").In(e.lang))
			}
			t.row(strconv.FormatInt(int64(r.Position), 10), r.At.Format(instant), access.Behalf(r.Name, r.For).In(e.lang), roleName(r.Role, e.lang), ways[r.Way].In(e.lang), e.readKinds(v, r), strings.Join(r.Where, lang.Of("；", "; ").In(e.lang)))
			return nil
		})
	})
	if err != nil {
		return notDone, err
	}
	t.flush()
	e.say(lang.Of("共%d次", "%d readings"), n)
	return inOrder, nil
}

func roleName(code string, l lang.Lang) string {
	for _, r := range append(access.Roles(), access.Reader) {
		if r.Code == code {
			return r.Label.In(l)
		}
	}
	return code
}

// readKinds is what was read: how many of each kind, and the figure that they stand behind.
func (e *env) readKinds(v *book.View, r book.WasRead) string {
	var what []string
	for _, x := range r.Read {
		name := x.Kind
		for _, k := range v.Kinds() {
			if k.Code() == x.Kind {
				name = k.Label().In(e.lang)
			}
		}
		what = append(what, name+" "+strconv.FormatInt(x.Records, 10))
	}
	s := strings.Join(what, lang.Of("，", ", ").In(e.lang))
	if r.Of != "" {
		s += lang.Of("（", " (").In(e.lang) + r.Of + lang.Of("）", ")").In(e.lang)
	}
	return s
}
