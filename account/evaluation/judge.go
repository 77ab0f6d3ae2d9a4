package evaluation

import (
	"slices"

	"anlan/account/evaluation/rule"
	"anlan/ground/fault"
	"anlan/record/book"
	"anlan/record/field"
	"anlan/store"
)

// Faults of judgements beside the scheme that they are made under.
var (
	ErrUnknownScheme = fault.Define("judgement.unknown_scheme", fault.Invalid,
		"没有评分方案“%s”，最接近的是“%s”", "there is no scheme %q; the nearest is %q")
	ErrUnknownLine = fault.Define("judgement.unknown_line", fault.Invalid,
		"评分方案“%s”（%d年）没有指标“%s”，最接近的是“%s”", "the scheme %q of %d has no line %q; the nearest is %q")
	ErrLineByName = fault.Define("judgement.line_by_name", fault.Invalid,
		"“%s”在评分方案“%s”（%d年）中的编号是“%s”：有编号的指标按编号认定", "%q has the code %[4]q in the scheme %[2]q of %[3]d: a line with a code is judged by it")
	ErrAboveFull = fault.Define("judgement.above_full", fault.Invalid,
		"“%s”得%s分，超过分值%s分", "%q is given %s points and has only %s")
	ErrBelowNothing = fault.Define("judgement.below_nothing", fault.Invalid,
		"“%s”得%s分，得分不会小于0", "%q is given %s points, less than 0")
)

// Judge refuses judgements that no line of their scheme takes (book.Judge): they would be recorded and score nothing.
type Judge struct {
	Shipped []*Scheme // that come with the program
}

// Kinds are the kinds that are judged.
func (Judge) Kinds() []string { return []string{JudgementKind.Code()} }

// scoredLine is a line as a judgement names it.
type scoredLine struct {
	key, name string
	full      field.Scaled
}

// Judge gives the faults of a judgement beside its scheme and, of a project, the project's targets.
func (j Judge) Judge(at book.Beside, _ string, r any) error {
	x := r.(*Judgement)
	year, lines, err := j.lines(at.Tx, x.Scheme, x.Year)
	if err != nil {
		return err
	}
	if x.About != Whole {
		targets, err := targetsOf(at.Tx, x.About, x.Year)
		if err != nil {
			return err
		}
		lines = append(lines, targets...)
	}
	var keys []string
	for _, l := range lines {
		keys = append(keys, l.key)
	}
	i := slices.Index(keys, x.Line)
	if i < 0 {
		if i = slices.IndexFunc(lines, func(l scoredLine) bool { return l.name == x.Line }); i >= 0 {
			return on("line", ErrLineByName.With(x.Line, x.Scheme, year, lines[i].key))
		}
		return on("line", ErrUnknownLine.With(x.Scheme, year, x.Line, nearest(x.Line, lines)))
	}
	switch p := x.Points; {
	case p.OK && p.V > lines[i].full:
		return on("points", ErrAboveFull.With(lines[i].name, rule.Number(rat(p.V)), rule.Number(rat(lines[i].full))))
	case p.OK && p.V < 0:
		return on("points", ErrBelowNothing.With(lines[i].name, rule.Number(rat(p.V))))
	}
	return nil
}

// nearest is the line that looks most like what was written: a code is compared with codes, a name with names.
func nearest(written string, lines []scoredLine) string {
	key := func(l scoredLine) string { return l.name }
	if isCode(written) {
		key = func(l scoredLine) string { return l.key }
	}
	known := make([]string, len(lines))
	for i, l := range lines {
		known[i] = key(l)
	}
	best := field.Nearest(written, known)
	for i, l := range lines {
		if known[i] == best {
			return l.key
		}
	}
	return best
}

func on(field string, f *fault.Fault) *fault.Fault {
	f.Where.Field = field
	return f
}

// schemesQuery finds the schemes of the book with their lines; a bureau has a few.
const schemesQuery = `
SELECT s.code, s.year, coalesce(l.line_code, ''), l.level3, l.points FROM scheme s JOIN scheme_line l ON l.scheme_id = s.id
WHERE s.state <> 'withdrawn' ORDER BY s.code, s.year, l.line_no`

// lines are those of the scheme of a code for a year, and the year that it is of: the newest that is not of a later year, else the
// oldest.
func (j Judge) lines(tx *store.Tx, code string, year int64) (int64, []scoredLine, error) {
	type named struct {
		code string
		year int64
	}
	all := map[named][]scoredLine{}
	for _, s := range j.Shipped {
		for _, l := range s.Lines {
			key := named{s.Code, s.Year}
			all[key] = append(all[key], scoredLine{l.Key(), l.Level3, l.Points})
		}
	}
	own := map[named][]scoredLine{}
	rows, err := tx.Query(schemesQuery)
	if err != nil {
		return 0, nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var of named
		var l scoredLine
		var points int64
		if err := rows.Scan(&of.code, &of.year, &l.key, &l.name, &points); err != nil {
			return 0, nil, err
		}
		if l.full = field.Scaled(points); l.key == "" {
			l.key = l.name
		}
		own[of] = append(own[of], l)
	}
	if err := rows.Err(); err != nil {
		return 0, nil, err
	}
	for of, lines := range own {
		all[of] = lines
	}
	found := int64(0)
	var known []string
	for of := range all {
		known = append(known, of.code)
		if of.code != code {
			continue
		}
		better := found == 0 || of.year <= year && (found > year || of.year > found) || of.year > year && found > year && of.year < found
		if better {
			found = of.year
		}
	}
	if found == 0 {
		slices.Sort(known)
		return 0, nil, on("scheme", ErrUnknownScheme.With(code, field.Nearest(code, known)))
	}
	return found, all[named{code, found}], nil
}

// targetsQuery finds the targets of a project in a year, which stand in the place that a scheme of projects leaves for them; by the
// natural key of projects.
const targetsQuery = `
SELECT t.level_3, coalesce(t.points, 0) FROM project p JOIN project_target t ON t.project_id = p.id
WHERE p.code = ? AND p.year = ? AND p.state <> 'withdrawn' ORDER BY t.line_no`

func targetsOf(tx *store.Tx, project string, year int64) (out []scoredLine, err error) {
	rows, err := tx.Query(targetsQuery, project, year)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var l scoredLine
		var points int64
		if err := rows.Scan(&l.name, &points); err != nil {
			return nil, err
		}
		l.key, l.full = l.name, field.Scaled(points)
		out = append(out, l)
	}
	return out, rows.Err()
}
