package cli

import (
	"errors"
	"fmt"

	"anlan/account/check/folder"
	"anlan/ground/lang"
)

// meetings are which departments had a figure to hold against what was given beside their reports, so that of material in which nothing
// was met it is said: silence would read like agreement.
type meetings struct {
	source      map[string]string          // of a document that was given: the option's argument by which it came
	met         map[string]map[string]bool // by that argument: the departments in which a relation has a figure of it
	departments []string                   // of which a report was read, in their order
	excused     map[string]bool            // those of which a fault says that nothing was compared
}

func newMeetings() *meetings {
	return &meetings{source: map[string]string{}, met: map[string]map[string]bool{}, excused: map[string]bool{}}
}

// gives enters a document that was given.
func (m *meetings) gives(document, source string) { m.source[document] = source }

// take enters a result.
func (m *meetings) take(r folder.Result) {
	switch {
	case errors.Is(r.Err, folder.ErrOwnPrevious) || errors.Is(r.Err, ErrTooManyFacts):
		m.excused[r.Department] = true
	case r.File == nil:
	case len(r.File.Between) == 0:
		if n := len(m.departments); n == 0 || m.departments[n-1] != r.Department { // they come one after the other
			m.departments = append(m.departments, r.Department)
		}
	default:
		for _, f := range r.File.Figures { // those that relations name
			source, given := m.source[f.File]
			if !given {
				continue
			}
			if m.met[source] == nil {
				m.met[source] = map[string]bool{}
			}
			m.met[source][r.Department] = true
		}
	}
}

// unmet says of last year's report and of the table of facts that nothing in them was compared, or in which departments nothing was.
func (m *meetings) unmet(b besides, l lang.Lang) (said []lang.Text) {
	for _, x := range []struct {
		source   string
		all, few lang.Text
	}{
		{b.previous, lang.Of("%s：其中没有一项数据能与文中的对上，没有与上年核对；请看给出的是不是上一年度的报告、项目名称和单位是否一致", "%s: no figure in it could be held against one of the text, and nothing was compared with last year; see whether it is the report of the year before and names its figures and offices alike"),
			lang.Of("%s：%d个部门没有一项数据能与文中的对上，没有与上年核对：%s", "%s: of %d departments no figure in it could be held against one of the text, and nothing was compared with last year: %s")},
		{b.facts, lang.Of("%s：表中没有一项能与文中的数据对上，没有据此核对；请看项目、期间、计量单位和单位是否与文中一致", "%s: nothing in the table could be held against a figure of the text, and nothing was compared with it; see whether item, period, unit and organisation are as in the text"),
			lang.Of("%s：%d个部门没有一项能与文中的数据对上，没有据此核对：%s", "%s: of %d departments nothing in the table could be held against a figure of the text: %s")},
	} {
		var without []string
		asked := 0
		for _, d := range m.departments {
			if m.excused[d] {
				continue
			}
			asked++
			if !m.met[x.source][d] {
				without = append(without, d)
			}
		}
		switch n := len(without); {
		case x.source == "" || n == 0:
		case n == asked:
			said = append(said, filled(x.all, x.source))
		default:
			said = append(said, filled(x.few, x.source, n, few(without, l)))
		}
	}
	return said
}

// filled is a text with its arguments.
func filled(t lang.Text, args ...any) lang.Text {
	return lang.Text{Zh: fmt.Sprintf(t.Zh, args...), En: fmt.Sprintf(t.En, args...)}
}
