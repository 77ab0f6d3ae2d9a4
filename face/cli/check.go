package cli

import (
	"bytes"
	"context"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"anlan/account/check"
	"anlan/account/check/reading"
	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/ground/reason"
)

var checkVerb = verb{
	name: "check", args: "FILE|DIR… [--figures] [--format json]",
	about: lang.Of("核对已公开的报告：文中数据之间的勾稽关系是否成立（- 为标准输入）",
		"check a published report: whether its figures hold against each other (- is standard input)"),
	example: "anlan check report.docx",
	run: func(_ context.Context, e *env) (int, error) {
		e.formatted()
		figures := e.toggle("figures", lang.Of("列出文中每个数字及其类别", "list every number with its class"))
		args, err := e.parse("FILE|DIR…")
		if err != nil {
			return notDone, err
		}
		return e.check(args, check.Options{Figures: *figures})
	},
}

// check checks every file; one that cannot be read is said and the others go on.
func (e *env) check(args []string, o check.Options) (int, error) {
	result := check.Report{Tool: check.Tool{Name: "anlan", Version: programVersion()}, Files: []check.File{}}
	var unread fault.List
	for _, arg := range args {
		paths, err := filesIn(arg)
		if err == nil {
			for _, p := range paths {
				doc, err := e.document(p)
				if internal := unread.Add(err); internal != nil {
					return notDone, internal
				}
				if err == nil {
					result.Files = append(result.Files, check.Check(doc, o))
				}
			}
		}
		if internal := unread.Add(err); internal != nil {
			return notDone, internal
		}
	}
	var err error
	if e.format == "json" {
		err = result.WriteJSON(e.out)
	} else {
		err = result.WriteText(e.out, e.lang)
	}
	switch {
	case err != nil:
		return notDone, err
	case len(unread) > 0:
		return notDone, unread
	case result.Contradictions() > 0:
		return notInOrder, nil
	}
	return inOrder, nil
}

func (e *env) document(path string) (*reading.Document, error) {
	if path != "-" {
		return reading.Open(path)
	}
	content, err := io.ReadAll(e.in)
	if err != nil {
		return nil, ErrCannotRead.Because(err, path, reason.Of(err))
	}
	return reading.Read("-", bytes.NewReader(content), int64(len(content)))
}

// filesIn is the file itself, or the files of a folder that a reader knows, in order of name.
func filesIn(path string) ([]string, error) {
	if path == "-" {
		return []string{path}, nil
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, ErrCannotRead.Because(err, path, reason.Of(err))
	}
	if !info.IsDir() {
		return []string{path}, nil
	}
	var out []string
	err = filepath.WalkDir(path, func(p string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() && readable(p) {
			out = append(out, p)
		}
		return err
	})
	if err != nil {
		return nil, ErrCannotRead.Because(err, path, reason.Of(err))
	}
	sort.Strings(out)
	return out, nil
}

// readable says whether a file in a folder is of a format that is read now.
func readable(path string) bool {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".txt", ".md", ".html", ".htm", ".docx", ".pdf":
		return true
	}
	return false
}
