package reason_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"

	"anlan/ground/lang"
	"anlan/ground/reason"
)

func TestTheSystemsRefusalsAreSaidInBothLanguages(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := filepath.Join(dir, "a")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	open := func(path string, flag int) error {
		f, err := os.OpenFile(path, flag, 0o600)
		if err == nil {
			f.Close()
			t.Fatalf("%s was opened", path)
		}
		return err
	}
	for name, c := range map[string]struct {
		err  error
		want lang.Text
	}{
		"a missing file":      {open(filepath.Join(dir, "b"), os.O_RDONLY), lang.Of("没有这个文件或目录", "there is no such file or folder")},
		"a folder":            {open(dir, os.O_WRONLY), lang.Of("这是目录，不是文件", "it is a folder, not a file")},
		"a file as a folder":  {open(filepath.Join(file, "b"), os.O_RDONLY), lang.Of("路径中有一段不是目录", "a part of the path is not a folder")},
		"a file that exists":  {open(file, os.O_CREATE|os.O_EXCL|os.O_WRONLY), lang.Of("已经存在", "it exists already")},
		"a name without end":  {open(filepath.Join(dir, strings.Repeat("长", 100)), os.O_RDONLY), lang.Of("文件名太长", "the name is too long")},
		"a full disk, deeply": {fmt.Errorf("write: %w", &fs.PathError{Op: "write", Path: "a", Err: syscall.ENOSPC}), lang.Of("磁盘已满", "the disk is full")},
		"nothing":             {nil, lang.Text{}},
	} {
		if diff := cmp.Diff(reason.Of(c.err), c.want); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestAnUnknownRefusalKeepsItsOwnWordsWithoutCallAndPath(t *testing.T) {
	t.Parallel()
	odd := errors.New("not today")
	for _, err := range []error{
		odd, &fs.PathError{Op: "open", Path: "/a/b", Err: odd}, &os.LinkError{Op: "rename", Old: "/a", New: "/b", Err: odd}, os.NewSyscallError("fsync", odd),
	} {
		if diff := cmp.Diff(reason.Of(err), lang.Of("not today", "not today")); diff != "" {
			t.Error(diff)
		}
	}
}
