package cli

import (
	"anlan/account/check/folder"
	"anlan/account/check/opinion"
)

// summaryMax bounds the findings of 汇总表.
const summaryMax = 5_000

// checkTables makes the tables of findings, a department at a time.
type checkTables struct {
	last      lastOpinions      // nil without --since
	folder    map[string]string // of a department, below -o
	now       *opinion.Table    // of the department whose files are being told
	dismissed int               // contradictions
	states    map[opinion.State]int
	summary   []summaryRow
	left      int // findings beyond the bound of the summary
}

func newCheckTables(departments []folder.Department, last lastOpinions) *checkTables {
	return &checkTables{last: last, folder: foldersOf(departments), states: map[opinion.State]int{}}
}

// enter begins the table of a department when its first file is told, and ends the one before.
func (t *checkTables) enter(department string, pages *checkPages) error {
	if t.now != nil && t.now.Department == department {
		return nil
	}
	if err := t.leave(pages); err != nil {
		return err
	}
	t.now = opinion.NewTable(department, t.last.of(t.folder[department]))
	return nil
}

// leave ends the table of a department, and writes it where there are pages.
func (t *checkTables) leave(pages *checkPages) error {
	d := t.now
	if d == nil {
		return nil
	}
	d.Finish()
	t.dismissed += d.DismissedContradictions()
	t.left += d.Left
	for _, r := range d.Rows {
		t.states[r.State]++
		switch {
		case r.State == opinion.Dismissed || r.State == opinion.Closed:
		case len(t.summary) < summaryMax:
			t.summary = append(t.summary, summaryRow{d.Department, r})
		default:
			t.left++
		}
	}
	if pages == nil {
		return nil
	}
	links, err := pages.table(t.folder[d.Department], opinionName, opinionLink, opinionDocument(d))
	if n := len(pages.run.Departments); n > 0 && pages.run.Departments[n-1].Name == d.Department {
		pages.run.Departments[n-1].Tables = links
	}
	return err
}

// finish ends the last table and writes that of all departments.
func (t *checkTables) finish(pages *checkPages) error {
	if err := t.leave(pages); err != nil || pages == nil {
		return err
	}
	sortSummary(t.summary)
	links, err := pages.table("", summaryName, summaryLink, summaryDocument(t.summary, t.left))
	pages.run.Tables = links
	return err
}
