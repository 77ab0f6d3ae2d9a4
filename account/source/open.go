package source

import (
	"slices"

	"anlan/ground/place"
	"anlan/record/book"
)

// Read opens the sources beside records as a view of the book knows them; base answers from the records of the same view, and
// measures are those that kinds declare. What declares sources is read now, what they state when it is asked for.
func Read(v *book.View, base Base, measures map[string]Measure) (*Combined, error) {
	q := reading{v.Tx(), v.AsOf}
	tree, err := v.UnitTree()
	if err != nil {
		return nil, err
	}
	c := &Combined{at: q.at, base: base, measures: measures, family: newFamily(tree), coverages: map[string][]Coverage{}, standing: map[string][]string{},
		allow: func(u place.Unit) error { return v.Allow(u) }}
	if c.items, err = Items(q.tx, q.at); err != nil {
		return nil, err
	}
	for _, code := range Codes(c.items) {
		if m := c.items[code].StandsFor; m != "" {
			c.standing[m] = append(c.standing[m], code)
		}
	}
	coverages, err := q.coverages()
	if err != nil {
		return nil, err
	}
	for _, x := range coverages {
		c.coverages[x.Measure] = append(c.coverages[x.Measure], x)
	}
	if c.withheld, err = q.withholdings(); err != nil {
		return nil, err
	}
	c.statements, c.detailed, c.promised, c.books = q.statements, q.detailed, q.promised, map[booksKey]books{}
	c.read = func(n need) (*ledger, error) { return c.ledger(q, n) }
	return c, nil
}

// ledger reads what some asks need: a query for returns, final accounts, published and cited figures, each only where it can
// say something.
func (c *Combined) ledger(q reading, n need) (*ledger, error) {
	l := newLedger(c.items)
	statements, err := q.statements(n)
	if err != nil {
		return nil, err
	}
	l.enter(statements)
	published, err := q.published(n.published)
	if err != nil {
		return nil, err
	}
	l.print(Published, published, c.UnitOf)
	if len(n.cited) > 0 {
		cited, err := q.cited(n.cited)
		if err != nil {
			return nil, err
		}
		l.print(CitedSort, cited, c.UnitOf)
	}
	return l, nil
}

// statements reads the returns of some forms and, where final is among them, the final accounts.
func (q reading) statements(n need) ([]*statement, error) {
	if len(n.forms) == 0 {
		return nil, nil
	}
	out, err := q.returns(n.forms, n.span)
	if err != nil || !slices.Contains(n.forms, FinalForm) {
		return out, err
	}
	finals, err := q.finals(n.span)
	return append(out, finals...), err
}
