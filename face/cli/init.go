package cli

import (
	"context"
	"fmt"

	"anlan/app"
	"anlan/ground/lang"
	"anlan/ground/place"
)

var initVerb = verb{
	name: "init", args: "--unit NAME --place CODE",
	about:   lang.Of("建立空账册：表、台账、签名密钥，以及本市的区划和单位", "found an empty book: tables, accounts, a signing key, and the places and units of the city"),
	example: "anlan init --unit 岳阳市应急管理局 --place 430600",
	run: func(ctx context.Context, e *env) (int, error) {
		name := e.Text("unit", "NAME", lang.Of("单位名称", "name of the bureau"))
		var where place.Code
		e.Declare("place", "CODE", lang.Of("单位所在的区划代码（GB/T 2260），也是单位代码", "place code of the bureau (GB/T 2260), which is its unit code too"),
			func(s string) (err error) { where, err = place.ParseCode(s); return err })
		if _, err := e.Parse(); err != nil {
			return notDone, err
		}
		var lacking []string
		if *name == "" {
			lacking = append(lacking, "unit")
		}
		if where == "" {
			lacking = append(lacking, "place")
		}
		if len(lacking) > 0 {
			return notDone, e.Missing(lacking...)
		}
		if err := e.changes(); err != nil {
			return notDone, err
		}
		a, err := app.Init(ctx, app.Options{Data: e.data, DB: e.db}, e.actor(), *name, where)
		if err != nil {
			return notDone, err
		}
		defer a.Close()
		head, err := a.Book.Head(ctx)
		if err != nil {
			return notDone, err
		}
		fmt.Fprintln(e.out, head.Book)
		e.say(lang.Of("已建立%s的账册；请备份%s里的签名密钥，并另存一处", "the book of %s is founded; keep a copy of the signing key in %s somewhere else"), *name, a.KeyFolder())
		if !app.HasSeed(where) {
			e.say(lang.Of("程序没有%s的区划和单位名录：请先导入（anlan template place、anlan template unit），记录才能归属到下级", "there is no list of places and units for %s: import them first (anlan template place, anlan template unit), so that records can belong to them"), where)
		}
		return inOrder, nil
	},
}
