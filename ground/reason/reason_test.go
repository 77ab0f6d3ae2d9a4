package reason_test

import (
	"archive/zip"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
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

// What readers of formats refuse is said in Chinese without their English; in English theirs stands behind ours.
func TestRefusalsOfFormatsAreSaidInBothLanguages(t *testing.T) {
	t.Parallel()
	decode := func(text string, into any) error { return json.Unmarshal([]byte(text), into) }
	_, archive := zip.NewReader(strings.NewReader("no archive"), 10)
	_, cells := csv.NewReader(strings.NewReader("a,b\n\"c")).ReadAll()
	for name, c := range map[string]struct {
		err    error
		zh, en string
	}{
		"no archive":        {archive, "不是ZIP压缩包，或者没有传完", "it is no ZIP archive, or was cut off (zip: not a valid zip file)"},
		"no JSON":           {fmt.Errorf("read: %w", decode("{]", new(any))), "第2字节处不合JSON语法", "it is no JSON at byte 2 (read: invalid character ']' looking for beginning of object key string)"},
		"JSON of a type":    {decode("[1]", new([]string)), "第2字节处的JSON值不是应有的类型", "the JSON value at byte 2 is of another type than expected (json: cannot unmarshal number into Go value of type string)"},
		"XML that is cut":   {xml.Unmarshal([]byte("<a>\n<b>"), new(struct{})), "第2行的XML不完整或格式错误", "the XML is cut off or malformed in line 2 (XML syntax error on line 2: unexpected EOF)"},
		"an open quotation": {cells, "引号没有成对", "a quotation mark has no partner (record on line 2; parse error on line 3, column 0: extraneous or missing \" in quoted-field)"},
		"nothing at all":    {io.EOF, "内容是空的，或者提前结束", "there is nothing, or it ends too early (EOF)"},
	} {
		got := reason.Of(c.err)
		if got.Zh != c.zh || strings.ContainsAny(got.Zh, "():") {
			t.Errorf("%s: got %s, want %s", name, got.Zh, c.zh)
		}
		if !strings.HasPrefix(got.En, strings.SplitN(c.en, " (", 2)[0]+" (") {
			t.Errorf("%s: got %s, want %s", name, got.En, c.en)
		}
	}
	other := lang.Of("内容不合规范", "it is malformed")
	if diff := cmp.Diff(reason.Else(errors.New("xlsx: not today"), other), lang.Of("内容不合规范", "it is malformed (xlsx: not today)")); diff != "" {
		t.Error(diff)
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
