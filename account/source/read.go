package source

import (
	"maps"
	"math/big"
	"slices"

	"anlan/ground/figure"
	"anlan/ground/lang"
	"anlan/ground/maybe"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/record/field"
	"anlan/store"
	"anlan/store/journal"
)

// reading asks the tables of kinds as of a position (0: now). It asks them itself and not through the view of an actor: a
// figure is the same for everybody who may see it, whoever owns the coverage behind it.
type reading struct {
	tx *store.Tx
	at journal.Position
}

// each gives the rows of a query over the records of a kind that are not withdrawn, joined with their rows if list is given.
// Columns name the record r and its row i. where may be empty.
func (q reading) each(columns, kind, list string, where store.Where, order string, do func(*store.Rows) error) error {
	query, args := q.part(columns, kind, list, "", where)
	if q.at > 0 {
		past, more := q.part(columns, kind, list, "_past", where)
		query, args = query+" UNION ALL "+past, append(args, more...)
	}
	rows, err := q.tx.Query(query+" ORDER BY "+order, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := do(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// part is the query over current rows, or over past ones.
func (q reading) part(columns, kind, list, past string, where store.Where) (string, []any) {
	from := kind + past + " r"
	if list != "" {
		from += " LEFT JOIN " + list + past + " i ON i." + kind + "_id = r.id"
		if past != "" {
			from += " AND i.began = r.began"
		}
	}
	var w store.Where
	w.And("r.state <> 'withdrawn'")
	if q.at > 0 {
		w.And("r.began <= ?", int64(q.at))
	}
	if past != "" {
		w.And("r.ended > ?", int64(q.at))
	}
	if args := where.Args(); where.SQL() != "" {
		w.And(where.SQL()[len(" WHERE "):], args...)
	}
	return "SELECT " + columns + " FROM " + from + w.SQL(), w.Args()
}

// Forms reads the forms as known at a position (0: now), by code; a bureau has some dozens.
func Forms(tx *store.Tx, at journal.Position) (map[string]*Form, error) {
	out := map[string]*Form{}
	const columns = `r.code, r.name, r.grain, coalesce(i.line_no, 0), coalesce(i.code, ''), coalesce(i.label_zh, ''), coalesce(i.label_en, ''),
  coalesce(i.measured_in, ''), coalesce(i.shape, ''), coalesce(i.stands_for, ''), coalesce(i.part_of, '')`
	err := reading{tx, at}.each(columns, "stat_form", "stat_form_item", store.Where{}, "1, 4", func(rows *store.Rows) error {
		var f Form
		var x FormItem
		var line int64
		var grain, shape string
		if err := rows.Scan(&f.Code, &f.Name, &grain, &line, &x.Code, &x.LabelZh, &x.LabelEn, &x.Unit, &shape, &x.StandsFor, &x.PartOf); err != nil {
			return err
		}
		if out[f.Code] == nil {
			f.Grain = Grain(grain)
			out[f.Code] = &f
		}
		if line > 0 {
			x.Shape = Shape(shape)
			out[f.Code].Items = append(out[f.Code].Items, x)
		}
		return nil
	})
	return out, err
}

// Items are the measures that forms, cited numbers, money in detail (Detail) and targets bring, by code, as known at a position (0: now).
func Items(tx *store.Tx, at journal.Position) (map[string]Item, error) {
	forms, err := Forms(tx, at)
	if err != nil {
		return nil, err
	}
	out := map[string]Item{}
	for _, f := range forms {
		for _, x := range f.Measures() {
			out[x.Code] = x
		}
	}
	var where store.Where
	where.And("r.measured_in IS NOT NULL")
	err = reading{tx, at}.each("r.code, r.measured_in, r.quote", "cited_figure", "", where, "1, 2, 3", func(rows *store.Rows) error {
		var code, unit, quote string
		if err := rows.Scan(&code, &unit, &quote); err != nil {
			return err
		}
		u, _ := figure.UnitOf(unit)
		code = Cited + "." + code
		out[code] = Item{Code: code, Label: lang.Text{Zh: "引用数据“" + code + "”", En: "cited figure " + code}, Unit: u, Shape: Flow, Grain: AnySpan}
		return nil
	})
	if err != nil {
		return nil, err
	}
	details, err := reading{tx, at}.details()
	maps.Copy(out, details)
	targetItems(out)
	return out, err
}

// Codes lists the codes of items.
func Codes(items map[string]Item) []string { return slices.Sorted(maps.Keys(items)) }

// coverages reads every coverage; some hundreds for a bureau.
func (q reading) coverages() ([]Coverage, error) {
	var out []Coverage
	const columns = "r.measure, r.covered, r.from_on, r.until_on, r.source, coalesce(r.item, '')"
	err := q.each(columns, "coverage", "", store.Where{}, "1, 2, 3", func(rows *store.Rows) error {
		var c Coverage
		var covered, source string
		if err := rows.Scan(&c.Measure, &covered, &c.From, &c.Until, &source, &c.Item); err != nil {
			return err
		}
		c.Covered, c.Source = place.Unit(covered), Sort(source)
		out = append(out, c)
		return nil
	})
	return out, err
}

// statement is what a unit states of the items of a form for a period, in one edition.
type statement struct {
	form     string
	reporter place.Unit
	period   period.Period
	edition  Edition
	filed    period.Day
	isNil    bool
	table    Table // of final accounts
	values   map[string]*big.Rat
	details  map[detailKey]*big.Rat // of final accounts: what lines of the table state of a project or an economic class
}

// returns reads the returns of some forms whose period lies in a span.
func (q reading) returns(forms []string, span period.Period) ([]*statement, error) {
	var where store.Where
	inTexts(&where, "r.form", forms)
	where.And("r.first_on >= ?", span.First().String()).And("r.last_on <= ?", span.Last().String())
	const columns = "r.form, r.reporter, r.period, r.edition, r.filed_on, r.is_nil, coalesce(i.item, ''), i.value"
	var out []*statement
	err := q.each(columns, "stat_return", "stat_return_item", where, "1, 2, 3, 4, 7", func(rows *store.Rows) error {
		var s statement
		var reporter, edition, item string
		var value maybeInt
		if err := rows.Scan(&s.form, &reporter, &s.period, &edition, &s.filed, &s.isNil, &item, &value); err != nil {
			return err
		}
		s.reporter, s.edition = place.Unit(reporter), Edition(edition)
		last := len(out) - 1
		if last < 0 || out[last].form != s.form || out[last].reporter != s.reporter || out[last].period != s.period || out[last].edition != s.edition {
			s.values = map[string]*big.Rat{}
			out, last = append(out, &s), last+1
		}
		if value.OK {
			out[last].values[item] = ratOf(field.Scaled(value.V))
		}
		return nil
	})
	return out, err
}

// finals reads the final accounts of some years as statements: lines of one table and item added up. Lines of one table that
// name the same project add up too, and those of basic expenditure that name the same economic class.
func (q reading) finals(span period.Period) ([]*statement, error) {
	var where store.Where
	where.And("r.year BETWEEN ? AND ?", int64(span.First().Year()), int64(span.Last().Year())).
		And("r.item IS NOT NULL OR r.project IS NOT NULL OR r.economic_class IS NOT NULL")
	const columns = "r.entity, r.year, r.edition, r.table_no, coalesce(r.item, ''), r.amount_fen, r.table_line, coalesce(r.project, ''), coalesce(r.economic_class, '')"
	var out []*statement
	err := q.each(columns, "final_accounts_line", "", where, "1, 2, 3, 4, 5, 7", func(rows *store.Rows) error {
		var entity, edition, table, item, project, class string
		var year, fen, line int64
		if err := rows.Scan(&entity, &year, &edition, &table, &item, &fen, &line, &project, &class); err != nil {
			return err
		}
		s := statement{form: FinalForm, reporter: place.Unit(entity), period: yearOf(year), edition: Edition(edition), table: Table(table)}
		last := len(out) - 1
		if last < 0 || out[last].reporter != s.reporter || out[last].period != s.period || out[last].edition != s.edition || out[last].table != s.table {
			s.values, s.details = map[string]*big.Rat{}, map[detailKey]*big.Rat{}
			out, last = append(out, &s), last+1
		}
		amount := big.NewRat(fen, 100)
		if item != "" {
			addUp(out[last].values, item, amount)
		}
		switch {
		case project != "":
			addUp(out[last].details, detailKey{project: project}, amount)
		case class != "" && s.table == Public06:
			addUp(out[last].details, detailKey{class: class}, amount)
		}
		return nil
	})
	return out, err
}

func addUp[K comparable](sums map[K]*big.Rat, key K, amount *big.Rat) {
	if sums[key] == nil {
		sums[key] = new(big.Rat)
	}
	sums[key].Add(sums[key], amount)
}

// print is a published or cited number.
type print struct {
	code     string // of the measure
	subject  place.Unit
	period   period.Period
	value    *big.Rat // in unit
	unit     figure.Unit
	basis    Basis
	document string
}

// published reads what was printed of some measures.
func (q reading) published(measures []string) ([]print, error) {
	var where store.Where
	inTexts(&where, "r.measure", measures)
	return q.prints("r.measure, r.subject, r.period, r.value, r.measured_in, r.basis, r.document", "published_figure", where)
}

// cited reads the cited numbers of some codes, without the word before the dot.
func (q reading) cited(codes []string) ([]print, error) {
	var where store.Where
	inTexts(&where, "r.code", codes)
	where.And("r.value IS NOT NULL")
	out, err := q.prints("r.code, r.subject, r.period, r.value, r.measured_in, '', r.document", "cited_figure", where)
	for i := range out {
		out[i].code = Cited + "." + out[i].code
	}
	return out, err
}

func (q reading) prints(columns, kind string, where store.Where) (out []print, err error) {
	err = q.each(columns, kind, "", where, "1, 2, 3, 6", func(rows *store.Rows) error {
		var p print
		var subject, unit, basis string
		var value int64
		if err := rows.Scan(&p.code, &subject, &p.period, &value, &unit, &basis, &p.document); err != nil {
			return err
		}
		p.subject, p.basis, p.value = place.Unit(subject), Basis(basis), ratOf(field.Scaled(value))
		p.unit, _ = figure.UnitOf(unit)
		out = append(out, p)
		return nil
	})
	return out, err
}

// Withheld is why a figure is not printed.
type Withheld struct{ Ground, By string }

// withheldKey names a withheld figure.
type withheldKey struct {
	code   string
	unit   place.Unit
	period period.Period
}

// withholdings reads every withholding; a bureau has few.
func (q reading) withholdings() (map[withheldKey]Withheld, error) {
	out := map[withheldKey]Withheld{}
	err := q.each("r.code, r.subject, r.period, r.ground, r.decided_by", "withholding", "", store.Where{}, "1, 2, 3", func(rows *store.Rows) error {
		var k withheldKey
		var subject string
		var w Withheld
		if err := rows.Scan(&k.code, &subject, &k.period, &w.Ground, &w.By); err != nil {
			return err
		}
		k.unit = place.Unit(subject)
		out[k] = w
		return nil
	})
	return out, err
}

// ratOf is a value of a return or a printed figure.
func ratOf(v field.Scaled) *big.Rat { return big.NewRat(int64(v), 1_000_000) }

func inTexts(w *store.Where, expression string, texts []string) {
	values := make([]any, len(texts))
	for i, t := range texts {
		values[i] = t
	}
	w.In(expression, values...)
}

// maybeInt is a number that may be NULL.
type maybeInt struct{ maybe.Of[int64] }

// Scan reads what package store gives.
func (m *maybeInt) Scan(src any) error {
	n, ok := src.(int64)
	m.Of = maybe.Of[int64]{V: n, OK: ok}
	return nil
}
