package main

import (
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "write what the program says into the scripts")

func TestMain(m *testing.M) { testscript.Main(m, map[string]func(){"anlan": main}) }

// raced are the scripts of a short run, which is the race detector's: those in which the program does several things at once, or
// two programs share a book. The others would tell it nothing that the packages below do not, ten times as slowly.
var raced = []string{
	"backup_restore", "check_folder", "check_together", "data_locked", "migrate_tables", "postgres_book", "serve_refused", "step_workflow", "user_accounts",
	"verify_interrupted", "witness_files",
}

// TestScripts runs the real program as a user types it; testdata/script/README.md says how the scripts are written.
func TestScripts(t *testing.T) {
	dir, files := "testdata/script", []string(nil)
	if testing.Short() {
		for _, name := range raced {
			files = append(files, filepath.Join(dir, name+".txtar"))
		}
		dir = ""
	}
	testscript.Run(t, testscript.Params{
		Dir:                 dir,
		Files:               files,
		Setup:               machine,
		Cmds:                commands,
		Condition:           condition,
		UpdateScripts:       *update,
		RequireExplicitExec: false,
		RequireUniqueNames:  true,
	})
}

// machine is where every script runs: nothing of the user's own settings reaches it, and LibreOffice is not installed, which takes a
// second for each report. A script that wants it says env PATH=$ALL.
func machine(e *testscript.Env) error {
	for _, v := range os.Environ() {
		if name, _, _ := strings.Cut(v, "="); strings.HasPrefix(name, "ANLAN_") || strings.HasPrefix(name, "LC_") || name == "LANGUAGE" {
			e.Setenv(name, "")
		}
	}
	e.Setenv("LANG", "zh_CN.UTF-8")
	e.Setenv("USER", "tester")
	e.Setenv("HOME", e.WorkDir)
	e.Setenv("GORACE", "atexit_sleep_ms=0") // a program under the race detector waits a second at its end, and there are hundreds
	e.Setenv("LOUDLY", "SKIP")              // a script says SKIPPED when it is skipped, and not when its lines are listed
	everything := e.Getenv("PATH")
	e.Setenv("ALL", everything)
	bin, _, _ := strings.Cut(everything, string(os.PathListSeparator))
	tools := filepath.Join(e.WorkDir, ".tools")
	e.Setenv("PATH", bin+string(os.PathListSeparator)+tools)
	return link(tools, "sh", "cat", "cp", "cut", "grep", "head", "ls", "sed")
}

// link makes a folder of some programs of this machine.
func link(dir string, programs ...string) error {
	if err := os.Mkdir(dir, 0o755); err != nil {
		return err
	}
	for _, name := range programs {
		path, err := exec.LookPath(name)
		if err != nil {
			return err
		}
		if err := os.Symlink(path, filepath.Join(dir, name)); err != nil {
			return err
		}
	}
	return nil
}

func condition(name string) (bool, error) {
	switch name {
	case "postgres":
		return os.Getenv("ANLAN_TEST_POSTGRES") != "", nil
	case "soffice":
		_, err := exec.LookPath("soffice")
		return err == nil, nil
	case "mounts": // the script may mount file systems of its own
		return mounts(), nil
	}
	return false, os.ErrInvalid
}
