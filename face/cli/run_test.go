package cli

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"testing/iotest"

	"anlan/face/cli/option"
	"anlan/ground/fault"
	"anlan/ground/lang"
)

// typed runs a command line and gives what it printed and its status.
func typed(ctx context.Context, args ...string) (out, errs string, status int) {
	var o, e bytes.Buffer
	status = run(ctx, args, strings.NewReader(""), &o, &e)
	return o.String(), e.String(), status
}

// founded is a data folder with an empty book.
func founded(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "data")
	if _, errs, status := typed(t.Context(), "init", "--data", dir, "--unit", "示例局", "--place", "430600", "--lang", "zh"); status != inOrder {
		t.Fatalf("init: %s", errs)
	}
	return dir
}

func TestAnInterruptIsSaidAndNothingIsWritten(t *testing.T) {
	t.Parallel()
	dir := founded(t)
	sheet := filepath.Join(t.TempDir(), "a.csv")
	if err := os.WriteFile(sheet, []byte("隐患编号,隐患描述,隐患级别,排查日期\nYH-1,示例,重大事故隐患,2023-05-06\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	before, _, _ := typed(t.Context(), "journal", "status", "--data", dir, "--lang", "zh")
	cut, stop := context.WithCancel(t.Context())
	stop()
	for l, want := range map[string]string{"zh": "anlan: 已中断：没有完成的改动一项也没有写入\n", "en": "anlan: interrupted: of the change that was under way nothing was written\n"} {
		for _, args := range [][]string{
			{"import", "hazard", sheet}, {"list", "unit"}, {"journal", "checkpoint"}, {"export", "unit", "-o", filepath.Join(dir, "a.csv")},
			{"report", "--period", "2023", "-o", filepath.Join(dir, "report")}, {"indicator", "--period", "2023"}, {"journal", "verify"},
		} {
			out, errs, status := typed(cut, append(args, "--data", dir, "--lang", l)...)
			if out != "" || errs != want || status != notDone {
				t.Errorf("%v: got %q, %q, %d", args, out, errs, status)
			}
		}
	}
	if after, _, _ := typed(t.Context(), "journal", "status", "--data", dir, "--lang", "zh"); after != before {
		t.Errorf("the journal has changed:\n%s%s", before, after)
	}
	for _, name := range []string{"a.csv", "a.csv.part", "report"} {
		if _, err := os.Lstat(filepath.Join(dir, name)); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s is left", name)
		}
	}
}

func TestAnErrorThatNobodyForesawIsSaidInTheUsersLanguage(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		err    error
		zh, en string
	}{
		{errors.New("post 7: odd"), "anlan: 程序内部出错，没有完成，请把这句话交给维护人员：post 7: odd", "anlan: something is wrong inside the program and it was not done; give this to whoever maintains it: post 7: odd"},
		{&fs.PathError{Op: "open", Path: "a.key", Err: syscall.EACCES}, "anlan: 不能使用“a.key”：没有权限", `anlan: "a.key" cannot be used: permission is denied`},
		{fault.List{option.ErrNoValue.With("-o", "FILE"), option.ErrMissingArgument.With("KIND")}, "anlan: -o 后面缺少 FILE\nanlan: 缺少 KIND", "anlan: -o lacks its FILE\nanlan: KIND is missing"},
		{ErrCannotRead.With("\x1b[2J", lang.Of("没有权限", "permission is denied")), "anlan: 不能读取“\ufffd[2J”：没有权限", `anlan: "\x1b[2J" cannot be read: permission is denied`},
	} {
		for l, want := range map[lang.Lang]string{lang.Chinese: c.zh, lang.English: c.en} {
			var out bytes.Buffer
			e := &env{err: &out, out: newOutput(io.Discard), lang: l}
			e.complain(t.Context(), c.err)
			if got := strings.TrimSuffix(out.String(), "\n"); got != want {
				t.Errorf("got %q, want %q", got, want)
			}
		}
	}
}

func TestAResultThatIsCutOffIsNotCalledDone(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{"kinds"}, {"kinds", "--format", "json"}, {"help"}, {"help", "list"}, {"version"}} {
		var errs bytes.Buffer
		status := run(t.Context(), append([]string{"--lang", "en"}, args...), strings.NewReader(""), iotest.TruncateWriter(failing{}, 1), &errs)
		if status != notDone || !strings.Contains(errs.String(), "the result could not be written to its end: the disk is full") {
			t.Errorf("%v: got status %d and %q", args, status, errs.String())
		}
	}
}

type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, syscall.ENOSPC }

func TestWhatIsPrintedStandsBeforeWhatIsSaidAfterIt(t *testing.T) {
	t.Parallel()
	var both bytes.Buffer
	e := &env{err: &both, out: newOutput(&both), lang: lang.English}
	e.print(lang.Of("一", "one"))
	e.say(lang.Of("二", "two"))
	e.print(lang.Of("三", "three"))
	if err := e.out.flush(); err != nil || both.String() != "one\ntwo\nthree\n" {
		t.Errorf("got %q, %v", both.String(), err)
	}
}

func TestAFileAppearsWholeOrNotAtAllAndOverwritesNothing(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "a.csv")
	odd := errors.New("odd")
	for name, c := range map[string]struct {
		write func(io.Writer) error
		want  error
	}{
		"the writer fails":        {func(w io.Writer) error { _, _ = io.WriteString(w, "half"); return odd }, odd},
		"the disk is full":        {func(io.Writer) error { return &fs.PathError{Op: "write", Path: "x", Err: syscall.ENOSPC} }, ErrCannotWrite},
		"somebody else was there": {func(io.Writer) error { return os.WriteFile(path, []byte("theirs"), 0o600) }, ErrFileExists},
	} {
		if err := toFile(t.Context(), path, c.write); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", name, err, c.want)
		}
		if b, err := os.ReadFile(path); err == nil && string(b) != "theirs" {
			t.Errorf("%s: the file holds %q", name, b)
		}
		os.Remove(path)
		if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
			t.Errorf("%s: left %v", name, left)
		}
	}
	if err := toFile(t.Context(), path, text("whole")); err != nil {
		t.Fatal(err)
	}
	if b, err := os.ReadFile(path); err != nil || string(b) != "whole" {
		t.Errorf("got %q, %v", b, err)
	}
	if err := toFile(t.Context(), path, text("again")); !errors.Is(err, ErrFileExists) {
		t.Errorf("got %v, want %v", err, ErrFileExists)
	}
}

func TestEveryVerbHasHelpInBothLanguages(t *testing.T) {
	t.Parallel()
	for _, v := range verbs() {
		var said [2]string
		for i, l := range []string{"zh", "en"} {
			out, errs, status := typed(t.Context(), v.name, "--help", "--lang", l)
			if status != inOrder || errs != "" || !strings.HasPrefix(out, strings.TrimSpace("anlan "+v.name+" "+v.args)) || !strings.Contains(out, v.example) {
				t.Errorf("%s in %s: got status %d, %q and %q", v.name, l, status, errs, out)
			}
			said[i] = out
		}
		if said[0] == said[1] || !v.about.Whole() {
			t.Errorf("%s speaks one language", v.name)
		}
		if !strings.HasPrefix(v.example, "anlan "+v.name) {
			t.Errorf("the example of %s is another's: %s", v.name, v.example)
		}
	}
}
