package cli

import (
	"context"

	"anlan/app/demo"
	"anlan/ground/lang"
)

var demoVerb = verb{
	name: "demo", args: "[--dir DIR] [--published FILE]",
	about: lang.Of("演示：造一个合成年度，导入、算指标、写报告、核对、证明",
		"a demonstration: a synthetic year is made, imported, computed, reported, checked and proved"),
	example: "anlan demo --published report.txt",
	run: func(ctx context.Context, e *env) (int, error) {
		dir := e.Text("dir", "DIR", lang.Of("演示目录，默认 ./anlan-demo；每次从头开始", "folder to make, ./anlan-demo by default; each run starts clean"))
		published := e.Text("published", "FILE", lang.Of("要核对的已公开报告；默认用自带样本", "a published report to check; the embedded sample by default"))
		if _, err := e.Parse(); err != nil {
			return notDone, err
		}
		if *dir == "" {
			*dir = "./anlan-demo"
		}
		if err := demo.Run(ctx, demo.Options{Dir: *dir, DB: e.db, Published: *published, Lang: e.lang, Out: e.out}); err != nil {
			return notDone, err
		}
		return inOrder, nil
	},
}
