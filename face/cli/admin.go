package cli

import (
	"context"
	"fmt"
	"runtime"
	"runtime/debug"

	"anlan/ground/lang"
)

var versionVerb = verb{
	name: "version", about: lang.Of("显示版本", "show the version"), example: "anlan version",
	run: func(_ context.Context, e *env) (int, error) {
		if _, err := e.parse(0, 0); err != nil {
			return notDone, err
		}
		fmt.Fprintf(e.out, "anlan %s %s %s/%s\n", programVersion(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
		return inOrder, nil
	},
}

// programVersion is the version of the module that was built, or devel.
func programVersion() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "devel"
}

var migrateVerb = verb{
	name: "migrate",
	about: lang.Of("升级数据库结构，为新增或改动的统计项建立台账",
		"bring the tables up to date and open the accounts of new or changed measures"),
	example: "anlan migrate",
	run: func(ctx context.Context, e *env) (int, error) {
		if _, err := e.parse(0, 0); err != nil {
			return notDone, err
		}
		a, err := e.open(ctx) // opening brings the tables up to date
		if err != nil {
			return notDone, err
		}
		defer a.Close()
		opened, err := a.Book.Settle(ctx, e.actor())
		if err != nil {
			return notDone, err
		}
		e.say(lang.Of("数据库结构已是最新，新建%d本台账", "the tables are up to date; %d accounts were opened"), opened)
		return inOrder, nil
	},
}

var doctorVerb = verb{
	name:    "doctor",
	about:   lang.Of("检查缺什么、哪里不安全、怎样处理", "say what is missing or unsafe and how to mend it"),
	example: "anlan doctor",
	run: func(ctx context.Context, e *env) (int, error) {
		e.formatted()
		if _, err := e.parse(0, 0); err != nil {
			return notDone, err
		}
		a, err := e.open(ctx)
		if err != nil {
			return notDone, err
		}
		defer a.Close()
		found, err := a.Doctor(ctx)
		if err != nil {
			return notDone, err
		}
		status := inOrder
		for _, c := range found {
			if !c.Fine {
				status = notInOrder
			}
			if e.format == "text" {
				mark := "✓"
				if !c.Fine {
					mark = "✗"
				}
				e.print(lang.Text{Zh: mark + " %s：%s", En: mark + " %s: %s"}, c.Name.In(e.lang), c.What.In(e.lang))
				if !c.Fine {
					e.print(lang.Of("  处理：%s", "  mend: %s"), c.Mend.In(e.lang))
				}
			}
		}
		if e.format == "json" {
			return status, writeJSON(e.out, found)
		}
		return status, nil
	},
}
