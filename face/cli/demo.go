package cli

import (
	"cmp"
	"context"
	"net"
	"strconv"

	"anlan/app/demo"
	"anlan/face/web"
	"anlan/ground/lang"
)

var demoVerb = verb{
	name: "demo", args: "[--dir DIR] [--published FILE]",
	about: lang.Of("演示：造一个合成年度，导入、算指标、写报告、核对、证明；在终端上运行时，最后可在浏览器里使用",
		"a demonstration: a synthetic year is made, imported, computed, reported, checked and proved; at a terminal it ends in the browser"),
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
		if !e.out.live || !terminal(e.in) { // nobody is there to open a browser, or to end it
			return inOrder, nil
		}
		e.data = demo.DataDir(*dir)
		return e.serve(ctx, service{pages: web.Options{Informing: true}, listen: listenNearby, log: logging("warn")})
	},
}

// portsTried bounds the ports that the demo tries, from that of serve on: others may have one under way.
const portsTried = 20

// listenNearby listens where serve does, or at the next port that is free.
func listenNearby() (net.Listener, error) {
	host, first, err := net.SplitHostPort(serveAddress)
	if err != nil {
		return nil, err
	}
	port, err := strconv.Atoi(first)
	if err != nil {
		return nil, err
	}
	var refused error
	for n := port; n < port+portsTried; n++ {
		l, err := listenAt(net.JoinHostPort(host, strconv.Itoa(n)))
		if err == nil {
			return l, nil
		}
		refused = cmp.Or(refused, err)
	}
	return nil, refused
}
