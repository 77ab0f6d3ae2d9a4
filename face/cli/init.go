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
		name := e.flags.String("unit", "", "单位名称 name of the bureau")
		code := e.flags.String("place", "", "区划代码 place code (GB/T 2260)")
		if _, err := e.parse(0, 0); err != nil {
			return notDone, err
		}
		where, err := place.ParseCode(*code)
		if err != nil {
			return notDone, err
		}
		if *name == "" || where == "" {
			return notDone, e.usage()
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
		e.say(lang.Of("已建立%s的账册", "the book of %s is founded"), *name)
		fmt.Fprintln(e.out, head.Book)
		return inOrder, nil
	},
}
