package cli

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"anlan/account/check/opinion"
	"anlan/account/report/dossier"
	"anlan/ground/fault"
	"anlan/ground/reason"
	"anlan/record/sheet"
)

// opinionHeadings of 审核意见表, by which a filled one is read again; those after the first may be missing.
var opinionHeadings = []sheet.Heading{
	{Names: []string{"编号", "key"}, Required: true}, {Names: []string{"复核结论", "conclusion"}}, {Names: []string{"单位说明", "statement"}}, {Names: []string{"状态", "state"}},
	{Names: []string{"位置", "place"}}, {Names: []string{"原文", "quote"}}, {Names: []string{"疑点", "doubt"}},
}

// ErrNoOpinions: --since names a folder without tables. Arguments: the folder, the name of the tables.
var ErrNoOpinions = fault.Define("cli.no_opinions", fault.NotFound,
	"“%s”中没有上次的%s.xlsx；请给出上次 check -o 写出的目录，或其中填好的一个表", "%q holds no %s.xlsx of the last time; give the folder that check -o wrote, or one of its tables, filled in")

// isKey knows a number (编号) of a finding.
var isKey = regexp.MustCompile(`^[0-9a-f]{10}(-[0-9]+)?$`)

// opinionsMax bounds the findings of the last time that are read.
const opinionsMax = 200_000

// lastOpinions are the remarks of the last time: by department where a folder was given, else for all ("").
type lastOpinions map[string]map[string]opinion.Remark

// readOpinions reads the table that --since names, or those of a folder that -o wrote.
func readOpinions(path string) (lastOpinions, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, ErrCannotRead.Because(err, path, reason.Of(err))
	}
	last := lastOpinions{}
	if !info.IsDir() {
		last[""], err = readOpinion(path)
		return last, err
	}
	folders, err := os.ReadDir(path)
	if err != nil {
		return nil, ErrCannotRead.Because(err, path, reason.Of(err))
	}
	for _, d := range folders {
		table := filepath.Join(path, d.Name(), dossier.OpinionName+".xlsx")
		if _, err := os.Stat(table); !d.IsDir() || errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if last[d.Name()], err = readOpinion(table); err != nil {
			return nil, err
		}
	}
	if len(last) == 0 {
		return nil, ErrNoOpinions.With(path, dossier.OpinionName)
	}
	return last, nil
}

func readOpinion(path string) (map[string]opinion.Remark, error) {
	out := map[string]opinion.Remark{}
	err := eachRow(path, opinionHeadings, func(text func(int) string, _ func(int) fault.Where) {
		if key := text(0); isKey.MatchString(key) && len(out) < opinionsMax { // what stands below the table is no finding
			out[key] = opinion.Remark{Conclusion: text(1), Statement: text(2), State: opinion.State(text(3)), Place: text(4), Quote: text(5), Doubt: text(6)}
		}
	})
	return out, err
}

// eachRow reads a small table row by row: text gives the cell under a heading without outer spaces, where says its place.
func eachRow(path string, headings []sheet.Heading, take func(text func(heading int) string, where func(heading int) fault.Where)) error {
	book, err := sheet.Open(path)
	if err != nil {
		return err
	}
	defer book.Close()
	table, err := book.Table("", headings)
	if err != nil {
		return err
	}
	for row, err := range table.Rows() {
		if err != nil {
			return err
		}
		take(func(i int) string {
			if i < len(row.Cells) {
				return strings.TrimSpace(row.Cells[i].Text)
			}
			return ""
		}, func(i int) fault.Where { return table.Where(row.Number, i) })
	}
	return nil
}

// of gives the remarks for a department, whose folder below -o has a name.
func (l lastOpinions) of(folder string) map[string]opinion.Remark {
	if all, ok := l[""]; ok {
		return all
	}
	return l[folder]
}
