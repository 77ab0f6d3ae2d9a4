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
		dir := e.flags.String("dir", "./anlan-demo", "演示目录 folder to make")
		published := e.flags.String("published", "", "要核对的已公开报告 a published report to check; 默认用自带样本 the embedded sample by default")
		if _, err := e.parse(0, 0); err != nil {
			return notDone, err
		}
		if err := demo.Run(ctx, demo.Options{Dir: *dir, DB: e.db, Published: *published, Lang: e.lang, Out: e.out}); err != nil {
			return notDone, err
		}
		return inOrder, nil
	},
}
