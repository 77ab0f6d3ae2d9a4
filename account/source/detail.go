package source

import (
	"crypto/sha256"
	"encoding/hex"
	"math/big"
	"regexp"
	"slices"
	"strings"

	"anlan/ground/classification"
	"anlan/ground/figure"
	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/store"
)

// Detail is money in detail (明细): what a project, or an economic class of basic expenditure, spent in a year or was given in
// its initial budget. The final accounts are its source where a line of theirs names it; elsewhere vouchers and budget lines
// are. As a measure it is
//
//	final.project.SLUG   final.class.30211     决算数
//	budget.project.SLUG  budget.class.30211    年初预算数
//
// where SLUG is the code of the project as a name may be written (Slug).
type Detail struct {
	Budget  bool   // the initial budget; else what was spent
	Project string // code
	Name    string // of the project, in the newest year
	Class   string // economic class, where it is of no project
	Parts   []string
}

// wholeDepartment is the code of the project that holds the goals of the department itself, and is none.
const wholeDepartment = "整体"

// details are the measures of money in detail: of every project that the book has, whatever its year, and of every economic class.
func (q reading) details() (map[string]Item, error) {
	out := map[string]Item{}
	yuan, _ := figure.UnitOf("元")
	add := func(word, key string, d Detail, zh, en string) {
		for _, budget := range []bool{false, true} {
			x, form, what := d, FinalForm, lang.Of("决算数", "spent on")
			if x.Budget = budget; budget {
				form, what = "budget", lang.Of("年初预算数", "initial budget of")
			}
			prefix := form + "." + word + "."
			x.Parts = nil
			for _, p := range d.Parts {
				x.Parts = append(x.Parts, prefix+p)
			}
			out[prefix+key] = Item{Code: prefix + key, Label: lang.Text{Zh: zh + what.Zh, En: what.En + " " + en}, Unit: yuan, Shape: Flow, Grain: PerYear, Detail: &x}
		}
	}
	for _, e := range classification.Economics.Values {
		add("class", string(e.Code), Detail{Class: string(e.Code)}, "基本支出“"+e.Label.Zh+"”", e.Label.En+" of basic expenditure")
	}
	names := map[string]string{}
	var codes []string
	err := q.each("r.code, r.year, r.name", "project", "", store.Where{}, "1, 2", func(rows *store.Rows) error {
		var code, name string
		var year int64
		if err := rows.Scan(&code, &year, &name); err != nil {
			return err
		}
		if code == wholeDepartment {
			return nil
		}
		if _, again := names[code]; !again {
			codes = append(codes, code)
		}
		names[code] = name
		return nil
	})
	for _, code := range codes {
		d := Detail{Project: code, Name: names[code]}
		for _, part := range codes {
			if WholeOf(part, codes) == code {
				d.Parts = append(d.Parts, Slug(part))
			}
		}
		add("project", Slug(code), d, "项目“"+names[code]+"”", "the project "+code)
	}
	return out, err
}

// WholeOf is the project of which a project is a part: of other-03 it is other. It is empty where none of the codes is.
func WholeOf(code string, codes []string) (whole string) {
	for _, c := range codes {
		if strings.HasPrefix(code, c+"-") && len(c) > len(whole) {
			whole = c
		}
	}
	return whole
}

// Codes that can be written as a name: as they are, and with their letters made small.
var (
	slugs    = regexp.MustCompile(`^[a-z0-9-]{1,24}$`)
	capitals = regexp.MustCompile(`^[A-Za-z0-9-]{1,18}$`)
)

// Slug is the code of a project as it stands in the name of a measure: at most 24 small letters, digits and _. A code with
// capitals has some digits of a digest behind it (YH-2023: yh_2023_x7f06), one with other signs, or a long one, is a digest, so
// that no two codes have one name and a name stays the same whatever other projects there are.
func Slug(code string) string {
	sum := sha256.Sum256([]byte(code))
	digest := hex.EncodeToString(sum[:8])
	switch name := strings.ReplaceAll(strings.ToLower(code), "-", "_"); {
	case slugs.MatchString(code):
		return name
	case capitals.MatchString(code):
		return name + "_x" + digest[:4]
	}
	return "x" + digest
}

// detailKey is what a line of the final accounts names: a project or an economic class.
type detailKey struct{ project, class string }

func (d Detail) key() detailKey { return detailKey{d.Project, d.Class} }

// detail answers for money in detail: by the line of the accounts that names it, else by what was booked on it and its parts. A
// part of which a year has neither voucher nor line was none in that year, where its accounts name other parts of the project.
func (w *work) detail(a Ask, x Item) (Answer, error) {
	out, sum := Answer{}, new(big.Rat)
	if err := w.addDetail(&out, sum, a, x); err != nil {
		return out, err
	}
	out.finish(sum)
	return out, nil
}

func (w *work) addDetail(out *Answer, sum *big.Rat, a Ask, x Item) error {
	books, err := w.booked(x.Detail, a)
	if err != nil {
		return err
	}
	own := books.sums[x.Detail.key()]
	booked := Part{Source: Records, Unit: a.Unit, Code: x.Code, Period: a.Period, Value: own.yuan()}
	key := lineKey{Final, x.Code, a.Unit}
	if !x.Detail.Budget && w.ledger.lines[key].in(a.Period, x.Shape, x.Grain).value != nil {
		w.told(out, sum, key, a.Period, Measure{x.Unit, x.Shape})
		if own.count > 0 {
			out.Others = append(out.Others, Other{booked, new(big.Rat).Sub(out.Parts[len(out.Parts)-1].Value, booked.Value)})
		}
		return nil
	}
	stated, lacking := len(out.Parts), len(out.Missing)
	for _, part := range x.Detail.Parts {
		if err := w.addDetail(out, sum, Ask{part, a.Period, a.Unit}, w.items[part]); err != nil {
			return err
		}
	}
	if slices.ContainsFunc(out.Parts[stated:], func(p Part) bool { return p.Source == Final }) {
		out.Missing = out.Missing[:lacking] // accounts that name some parts of a project name all that it had in the year
	}
	switch {
	case own.count > 0 || books.any && len(x.Detail.Parts) == 0:
		out.part(sum, booked)
		out.count(own.count, false)
	case len(x.Detail.Parts) == 0:
		source := Final
		if x.Detail.Budget {
			source = Records
		}
		out.Missing = append(out.Missing, Missing{source, a.Unit, x.Code, a.Period})
	}
	return nil
}

// books are the vouchers, or the lines of the initial budget, of a span: what they come to by project or by class.
type books struct {
	sums map[detailKey]booked
	any  bool // there are some, whatever they name
}

type booked struct {
	fen   int64
	count int
}

func (b booked) yuan() *big.Rat { return big.NewRat(b.fen, 100) }

// booksKey names books.
type booksKey struct {
	budget, project bool
	span            period.Period
	unit            place.Unit
}

func (w *work) booked(d *Detail, a Ask) (books, error) {
	key := booksKey{d.Budget, d.Project != "", a.Period, a.Unit}
	if b, ok := w.books[key]; ok {
		return b, nil
	}
	var units []place.Unit
	for _, h := range w.family.tree.Under(a.Unit) {
		units = append(units, h.Node)
	}
	slices.Sort(units)
	b, err := w.detailed(key, slices.Compact(units))
	if err == nil {
		w.books[key] = b
	}
	return b, err
}

// detailed adds up vouchers or budget lines of some units by what they name, over the whole table; asked once a view for a span.
func (q reading) detailed(key booksKey, units []place.Unit) (books, error) {
	kind, name, day, amount := "voucher", "economic_code", "paid_on", "amount_fen"
	var where store.Where
	if key.budget {
		kind, day, amount = "budget_line", "given_on", "counted_fen"
		where.And("r.stage = 'initial'")
	}
	if key.project {
		name = "project_code"
	} else {
		where.And("r.category = 'basic'")
	}
	where.And("r."+day+" >= ?", key.span.First().String()).And("r."+day+" <= ?", key.span.Last().String())
	values := make([]any, len(units))
	for i, u := range units {
		values[i] = string(u)
	}
	where.In("r.unit", values...)
	b := books{sums: map[detailKey]booked{}}
	err := q.each("coalesce(r."+name+", ''), r."+amount, kind, "", where, "1", func(rows *store.Rows) error {
		var named string
		var fen int64
		if err := rows.Scan(&named, &fen); err != nil {
			return err
		}
		b.any = true
		k := detailKey{class: named}
		if key.project {
			k = detailKey{project: named}
		}
		x := b.sums[k]
		b.sums[k] = booked{x.fen + fen, x.count + 1}
		return nil
	})
	return b, err
}
