package own_test

import (
	"errors"
	"strings"
	"testing"

	"anlan/account/report"
	"anlan/account/report/own"
	"anlan/ground/fault"
	"anlan/ground/period"
	"anlan/record/field"
)

func template(files ...string) *own.Template {
	t := &own.Template{Name: "brief", Title: "工作简报"}
	t.Unit = "430600"
	for i := 0; i+1 < len(files); i += 2 {
		t.Files = append(t.Files, own.File{Name: files[i], Text: files[i+1]})
	}
	return t
}

func TestATemplateIsWholeByItselfOrRefused(t *testing.T) {
	t.Parallel()
	const main = "title {bureau}\n# 工作\ninclude work.prose"
	for _, c := range []struct {
		name    string
		of      *own.Template
		refused *fault.Declaration
		file    string
		line    int
	}{
		{"with all that it includes", template("brief.report", main, "work.prose", "各项工作正常。"), nil, "", 0},
		{"without what it includes", template("brief.report", main), report.ErrNoSuchFile, "brief.report", 3},
		{"without itself", template("other.report", main), own.ErrNoMain, "", 0},
		{"with a file twice", template("brief.report", main, "work.prose", "甲。", "work.prose", "乙。"), own.ErrFileTwice, "", 0},
		{"with a number typed by hand in its prose", template("brief.report", main, "work.prose", "各项工作正常。\n共有3人。"), report.ErrTypedNumber, "work.prose", 2},
		{"with a file that is none of a template", template("brief.report", main, "work.prose", "正常。", "readme.txt", "x"), field.ErrRule, "", 0},
		{"with a text longer than a cell", template("brief.report", main, "work.prose", strings.Repeat("长", own.TextMax+1)), field.ErrRule, "", 0},
		{"with too many files", template(append([]string{"brief.report", "title {bureau}\n正常。"}, strings.Split(strings.Repeat("a.prose,x,", own.FilesMax), ",")...)...), own.ErrTooManyFiles, "", 0},
	} {
		list := own.Kind.Check(c.of, period.MustDay(2024, 1, 1))
		if c.refused == nil {
			if err := list.Err(); err != nil {
				t.Errorf("%s: %v", c.name, err)
			}
			continue
		}
		var found *fault.Fault
		for _, f := range list {
			if errors.Is(f, c.refused) {
				found = f
			}
		}
		if found == nil || c.file != "" && (found.Where.File != c.file || found.Where.Line != c.line) {
			t.Errorf("%s: got %v", c.name, list)
		}
	}
}
