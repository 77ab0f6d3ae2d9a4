package cli

import (
	"context"
	"path/filepath"
	"strconv"

	"anlan/account/check/folder"
	"anlan/account/check/reading/office"
	"anlan/account/report/compare"
	"anlan/app"
	"anlan/face/cli/option"
	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/record/book"
)

var compareVerb = verb{
	name: "compare", args: "FILE --period P [--unit U] [--as-of N] [--format json]",
	about: lang.Of("把一份已公开的报告同账册比对：文中每个数据，记录给出的是多少（- 为标准输入）",
		"compare a published report with the book: each of its figures beside what the records give (- is standard input)"),
	example: "anlan compare report.docx --period 2023",
	run: func(ctx context.Context, e *env) (int, error) {
		e.formatted()
		asOf, span := e.asOf(), e.period()
		var u place.Unit
		e.Declare("unit", "U", lang.Of("单位代码，含其下属单位；默认本局", "unit code, with all units under it; the bureau by default"), func(s string) (err error) { u, err = place.ParseUnit(s); return err })
		args, err := e.Parse("FILE")
		if err != nil {
			return notDone, err
		}
		if *span == (period.Period{}) {
			return notDone, e.Missing("period")
		}
		if _, unread := folder.Find(args, office.Readable); len(unread) > 0 { // says in our words that there is no such file
			return notDone, unread
		}
		doc, err := e.document(ctx, args[0])
		if err != nil {
			return notDone, err
		}
		beside := "" // standard input lies nowhere
		if args[0] != "-" {
			beside = filepath.Dir(args[0])
		}
		var r *compare.Report
		status, err := e.view(ctx, asOf, func(a *app.App, v *book.View) error {
			if u == "" {
				u = place.Unit(v.Head.Place)
			}
			at := ""
			if *asOf != "" {
				at = strconv.FormatInt(int64(v.At()), 10)
			}
			r, err = a.Compare(ctx, v, doc, app.Comparison{Period: *span, Unit: u, Open: e.opens(), AsOf: at, Beside: beside})
			return err
		})
		if err != nil {
			return status, err
		}
		return e.compared(r)
	},
}

// opens is how a command about the same book begins, to be pasted as it stands: anlan, with the options that were given.
func (e *env) opens() string {
	data, db := "", ""
	if e.Find("data").Source != option.ByDefault {
		data = e.data
	}
	if e.Find("db").Source != option.FromVariable(e.Find("db").Variable) { // an address in the environment is there for the next command too
		db = e.db
	}
	return app.Command(data, db)
}

// compared writes a comparison; a figure that differs is a finding.
func (e *env) compared(r *compare.Report) (int, error) {
	if r.OtherYear() {
		e.say(lang.Of("请核实：报告标题说的是%d年，比对的是%s", "please make sure: the title says %d, and it is compared with %s"), r.Year, r.Period)
	}
	var err error
	if e.format == "json" {
		err = r.WriteJSON(e.out)
	} else {
		err = r.WriteText(e.out, e.lang)
	}
	switch {
	case err != nil:
		return notDone, err
	case r.Summary.Differs > 0:
		return notInOrder, nil
	}
	return inOrder, nil
}
