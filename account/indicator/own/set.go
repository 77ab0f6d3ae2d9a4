package own

import (
	"anlan/account/indicator"
	"anlan/ground/fault"
	"anlan/ground/ident"
	"anlan/ground/place"
	"anlan/record"
	"anlan/record/book"
	"anlan/store"
)

// readQuery gives the definitions that stand now; some hundreds at most, over the whole table.
const readQuery = `
SELECT id, version, began, unit, code, statement, basis, is_retired FROM indicator
WHERE state <> 'withdrawn'
ORDER BY code`

// readPastQuery gives those that stood as of a position, now current or past.
const readPastQuery = `
SELECT id, version, began, unit, code, statement, basis, is_retired FROM indicator
WHERE state <> 'withdrawn' AND began <= ?
UNION ALL
SELECT id, version, began, unit, code, statement, basis, is_retired FROM indicator_past
WHERE state <> 'withdrawn' AND began <= ? AND ended > ?
ORDER BY code`

// Read lists the definitions of a book as known at the position of a view, retired ones too, in the order of their codes. It
// asks the table and not through the view's actor: an indicator is the same for everybody who may see its figures.
func Read(v *book.View) ([]*Definition, error) {
	query, args := readQuery, []any(nil)
	if at := int64(v.AsOf); at > 0 {
		query, args = readPastQuery, []any{at, at, at}
	}
	rows, err := v.Tx().Query(query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []*Definition
	for rows.Next() {
		d, err := scan(rows)
		if err != nil {
			return nil, err
		}
		out = append(out, d)
	}
	return out, rows.Err()
}

func scan(rows *store.Rows) (*Definition, error) {
	var id, unit string
	var basis *string
	var isRetired int64
	d := &Definition{}
	if err := rows.Scan(&id, &d.Version, &d.Began, &unit, &d.Code, &d.Statement, &basis, &isRetired); err != nil {
		return nil, err
	}
	var err error
	d.Head.ID, err = ident.Parse(id)
	d.Head.State, d.Head.Unit, d.Retired = record.Kept, place.Unit(unit), isRetired != 0
	if basis != nil {
		d.Basis = *basis
	}
	d.derive()
	return d, err
}

// Define joins the program's files with the definitions of a book, which stand in place of the program's of the same codes. Faults
// name the file of a definition of the book as book:CODE (CodeOf).
func Define(catalogue indicator.Catalogue, program []*indicator.File, own []*Definition) (*indicator.Set, error) {
	replaced := make(map[string]bool, len(own))
	for _, d := range own {
		replaced[d.Code] = true
	}
	files := make([]*indicator.File, 0, len(program)+len(own))
	for _, f := range program {
		files = append(files, f.Without(func(code string) bool { return replaced[code] }))
	}
	var faults fault.List
	for _, d := range own {
		if d.Retired {
			continue
		}
		f, err := d.parse()
		if internal := faults.Add(err); internal != nil {
			return nil, internal
		}
		files = append(files, f)
	}
	if len(faults) > 0 {
		return nil, faults
	}
	return indicator.Define(catalogue, files...)
}
