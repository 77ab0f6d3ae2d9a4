package dossier

import (
	"anlan/account/check/folder"
	"anlan/account/check/opinion"
)

// summaryMax bounds the findings of 汇总表.
const summaryMax = 5_000

// Tables are the tables of findings of a dossier, made a department at a time.
type Tables struct {
	last      func(folder string) map[string]opinion.Remark // nil where there was no last time
	folder    map[string]string                             // of a department
	pages     *Pages                                        // nil: they are counted and not written
	now       *opinion.Table                                // of the department whose files are being told
	dismissed int
	states    map[opinion.State]int
	summary   []summaryRow
	left      int // findings beyond the bound of the summary
}

// NewTables begins them. last gives the remarks of the last time by the folder of a department; it may be nil, and so may pages.
func NewTables(departments []folder.Department, last func(folder string) map[string]opinion.Remark, pages *Pages) *Tables {
	return &Tables{last: last, folder: foldersOf(departments), pages: pages, states: map[opinion.State]int{}}
}

// Take takes a result in; the files of a department come one after the other.
func (t *Tables) Take(r folder.Result) error {
	if err := t.enter(r.Department); err != nil {
		return err
	}
	if r.Err != nil {
		t.now.Unread = true
		return nil
	}
	t.now.Add(r.File)
	return nil
}

// enter begins the table of a department when its first file is told, and ends the one before.
func (t *Tables) enter(department string) error {
	if t.now != nil && t.now.Department == department {
		return nil
	}
	if err := t.leave(); err != nil {
		return err
	}
	var last map[string]opinion.Remark
	if t.last != nil {
		last = t.last(t.folder[department])
	}
	t.now = opinion.NewTable(department, last)
	return nil
}

// leave ends the table of a department, and writes it where there are pages.
func (t *Tables) leave() error {
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
	if t.pages == nil {
		return nil
	}
	links, err := t.pages.table(t.folder[d.Department], OpinionName, opinionLink, opinionDocument(d))
	if n := len(t.pages.run.Departments); n > 0 && t.pages.run.Departments[n-1].Name == d.Department {
		t.pages.run.Departments[n-1].Tables = links
	}
	return err
}

// Finish ends the last table and writes that of all departments.
func (t *Tables) Finish() error {
	if err := t.leave(); err != nil || t.pages == nil {
		return err
	}
	sortSummary(t.summary)
	links, err := t.pages.table("", SummaryName, summaryLink, summaryDocument(t.summary, t.left))
	t.pages.run.Tables = links
	return err
}

// Dismissed is how many contradictions a reviewer has dismissed.
func (t *Tables) Dismissed() int { return t.dismissed }

// Count is how many findings are in a state.
func (t *Tables) Count(s opinion.State) int { return t.states[s] }
