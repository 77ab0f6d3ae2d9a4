package cli

import (
	"context"
	"runtime"
	"runtime/debug"

	"anlan/ground/lang"
)

var versionVerb = verb{
	name: "version", args: "[--format json]", about: lang.Of("显示版本", "show the version"), example: "anlan version",
	run: func(_ context.Context, e *env) (int, error) {
		e.formatted()
		if _, err := e.Parse(); err != nil {
			return notDone, err
		}
		if e.format == "json" {
			return inOrder, writeJSON(e.out, map[string]string{"version": programVersion(), "go": runtime.Version(), "os": runtime.GOOS, "arch": runtime.GOARCH})
		}
		e.print(lang.Of("安澜 %s（%s %s/%s）", "anlan %s (%s %s/%s)"), programVersion(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
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
