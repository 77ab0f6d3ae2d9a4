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
//	purse.SLUG.appropriated_given              what was planned for and paid on a project, by whose money it is (Purse)
//
// where SLUG is the code of the project as a name may be written (Slug).
type Detail struct {
	Amount  Amount
	Purse   Purse    // empty: whosever money it is
	Project string   // code
	Within  []string // the codes of the project and of all that are parts of it, over however many others
	Name    string   // of the project, in the newest year
	Class   string   // economic class, where it is of no project
	Parts   []string // the measures of its direct parts; of a purse none, which looks Within
}

// Amount is what of its money it is.
type Amount string

// Amounts. Spent is by the final accounts where they name it; the others are by records alone. What was paid of the money carried in
// is that money less what still stands of it at the end in the register of balances (结转结余台账); where the register does not have
// it, or has more spent of it than the vouchers, nobody knows.
const (
	Spent         Amount = "spent"
	InitialBudget Amount = "initial"
	Given         Amount = "given"      // by all budget lines of the year, but what was carried in
	CarriedIn     Amount = "carried_in" // by budget lines
	Paid          Amount = "paid"       // by vouchers
	Left          Amount = "left"       // of balances that stood before the period: what still stands at its end
	PaidOfCarried Amount = "paid_of_carried"
)

// Purse is whose money it is.
type Purse string

// The purses: money appropriated by the four budgets, and the special fiscal account and own funds.
const (
	Appropriated Purse = "appropriated"
	OtherMoney   Purse = "other"
)

// Beginnings of the codes of money in detail, beside FinalForm.
const (
	BudgetForm = "budget"
	PurseForm  = "purse"
)

var purses = []struct {
	purse Purse
	label lang.Text
}{{Appropriated, lang.Of("财政拨款", "appropriated money")}, {OtherMoney, lang.Of("其他资金", "other money")}}

var purseAmounts = []struct {
	amount Amount
	label  lang.Text
}{
	{InitialBudget, lang.Of("年初预算数", "initial budget")}, {Given, lang.Of("当年预算数", "budget of the year")}, {CarriedIn, lang.Of("上年结转数", "carried in")},
	{Paid, lang.Of("支出凭证数", "paid by vouchers")}, {Left, lang.Of("上年结转年末仍结转数", "still left of what was carried in")}, {PaidOfCarried, lang.Of("上年结转执行数", "paid out of what was carried in")},
}

// wholeDepartment is the code of the project that holds the goals of the department itself, and is none.
const wholeDepartment = "整体"

// details are the measures of money in detail: of every project that the book has, whatever its year, and of every economic class.
func (q reading) details() (map[string]Item, error) {
	out := map[string]Item{}
	yuan, _ := figure.UnitOf("元")
	add := func(word, key string, d Detail, zh, en string) {
		for _, amount := range []Amount{Spent, InitialBudget} {
			x, form, what := d, FinalForm, lang.Of("决算数", "spent on")
			if x.Amount = amount; amount == InitialBudget {
				form, what = BudgetForm, lang.Of("年初预算数", "initial budget of")
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
		d := Detail{Project: code, Name: names[code], Within: []string{code}}
		for _, part := range codes {
			if WholeOf(part, codes) == code {
				d.Parts = append(d.Parts, Slug(part))
			}
			if strings.HasPrefix(part, code+"-") {
				d.Within = append(d.Within, part)
			}
		}
		add("project", Slug(code), d, "项目“"+names[code]+"”", "the project "+code)
		d.Parts = nil
		for _, p := range purses {
			for _, a := range purseAmounts {
				x := d
				x.Purse, x.Amount = p.purse, a.amount
				key := PurseMeasure(code, p.purse, a.amount)
				out[key] = Item{Code: key, Label: lang.Text{Zh: "项目“" + names[code] + "”" + p.label.Zh + a.label.Zh, En: p.label.En + " of the project " + code + ": " + a.label.En},
					Unit: yuan, Shape: Flow, Grain: AnySpan, Detail: &x}
			}
		}
	}
	return out, err
}

// PurseMeasure is the measure of an amount of the money of a project, by whose it is.
func PurseMeasure(project string, p Purse, a Amount) string {
	return PurseForm + "." + Slug(project) + "." + string(p) + "_" + string(a)
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

// detailKey is what a line of the final accounts names, a project or an economic class, and whose money is booked on it.
type detailKey struct {
	project, class string
	purse          Purse
}

func (d Detail) key() detailKey { return detailKey{project: d.Project, class: d.Class} }

// detail answers for targets, and for money in detail: by the line of the accounts that names it, else by what was booked on it and its parts. A
// part of which a year has neither voucher nor line was none in that year, where another has.
func (w *work) detail(a Ask, x Item) (Answer, error) {
	if form, _, _ := strings.Cut(x.Code, "."); form == TargetsForm {
		return w.targets(a, x)
	}
	out, sum := Answer{}, new(big.Rat)
	var err error
	if x.Detail.Purse != "" {
		err = w.purse(&out, sum, a, x)
	} else {
		err = w.addDetail(&out, sum, a, x)
	}
	if err != nil {
		return out, err
	}
	out.finish(sum)
	return out, nil
}

func (w *work) addDetail(out *Answer, sum *big.Rat, a Ask, x Item) error {
	d := x.Detail
	books, err := w.booked(d.Amount, d.Project != "", a)
	if err != nil {
		return err
	}
	own := books.sums[d.key()]
	booked := Part{Source: Records, Unit: a.Unit, Code: x.Code, Period: a.Period, Value: own.yuan()}
	key := lineKey{Final, x.Code, a.Unit}
	if d.Amount == Spent && w.ledger.lines[key].in(a.Period, x.Shape, x.Grain).value != nil {
		w.told(out, sum, key, a.Period, Measure{x.Unit, x.Shape})
		if own.count > 0 {
			out.Others = append(out.Others, Other{booked, new(big.Rat).Sub(out.Parts[len(out.Parts)-1].Value, booked.Value)})
		}
		return nil
	}
	stated, lacking := len(out.Parts), len(out.Missing)
	for _, part := range d.Parts {
		if err := w.addDetail(out, sum, Ask{part, a.Period, a.Unit}, w.items[part]); err != nil {
			return err
		}
	}
	if own.count > 0 || len(out.Parts) > stated {
		out.Missing = out.Missing[:lacking] // what some parts of a project have is all that it had in the year
	}
	none, err := w.none(d, books, a)
	if err != nil {
		return err
	}
	switch {
	case own.count > 0 || none && len(d.Parts) == 0:
		out.part(sum, booked)
		out.count(own.count, false)
	case len(d.Parts) == 0:
		source := Final
		if d.Amount == InitialBudget {
			source = Records
		}
		out.Missing = append(out.Missing, Missing{source, a.Unit, x.Code, a.Period})
	}
	return nil
}

// none says whether what is not booked on a project or class was none, 0, and not merely nobody's record. Of a class it was where the
// year has vouchers or budget lines at all; of a project, where the year has budget lines for it: a project on which nobody has
// booked anything is not known to have cost nothing.
func (w *work) none(d *Detail, b books, a Ask) (bool, error) {
	if d.Project == "" || !b.any {
		return b.any, nil
	}
	return w.planned([]string{d.Project}, a)
}

// planned says whether the year of an ask has budget lines for some projects, of whichever stage.
func (w *work) planned(projects []string, a Ask) (bool, error) {
	for _, amount := range []Amount{Given, CarriedIn} {
		n, _, err := w.sumOf(amount, "", projects, a)
		if err != nil || n.count > 0 {
			return n.count > 0, err
		}
	}
	return false, nil
}

// sumOf is what was booked on some projects together; any says whether the books have anything at all.
func (w *work) sumOf(amount Amount, p Purse, projects []string, a Ask) (sum booked, any bool, err error) {
	books, err := w.booked(amount, true, a)
	for _, code := range projects {
		x := books.sums[detailKey{project: code, purse: p}]
		sum = booked{sum.fen + x.fen, sum.count + x.count}
	}
	return sum, books.any, err
}

// purse answers for the money of a project by whose it is.
func (w *work) purse(out *Answer, sum *big.Rat, a Ask, x Item) error {
	d := x.Detail
	planned, err := w.planned(d.Within, a)
	if err != nil {
		return err
	}
	spent, vouchers, err := w.sumOf(Paid, "", d.Within, a)
	if err != nil {
		return err
	}
	var n booked
	known := false
	switch d.Amount {
	case Paid:
		n, _, err = w.sumOf(Paid, d.Purse, d.Within, a)
		known = spent.count > 0 || planned && vouchers
	case PaidOfCarried:
		n, known, err = w.paidOfCarried(d, a)
		known = known && (spent.count > 0 || planned && vouchers)
	case Left:
		n, _, err = w.sumOf(Left, d.Purse, d.Within, a)
		known = planned || spent.count > 0
	default:
		n, _, err = w.sumOf(d.Amount, d.Purse, d.Within, a)
		known = planned
	}
	if err != nil {
		return err
	}
	if !known {
		out.Missing = append(out.Missing, Missing{Records, a.Unit, x.Code, a.Period})
		return nil
	}
	out.part(sum, Part{Source: Records, Unit: a.Unit, Code: x.Code, Period: a.Period, Value: n.yuan()})
	out.count(n.count, false)
	return nil
}

// paidOfCarried is what was paid out of the money carried in; false where the register of balances does not tell.
func (w *work) paidOfCarried(d *Detail, a Ask) (booked, bool, error) {
	var n [3]booked
	for i, amount := range []Amount{CarriedIn, Left, Paid} {
		var err error
		if n[i], _, err = w.sumOf(amount, d.Purse, d.Within, a); err != nil {
			return booked{}, false, err
		}
	}
	carried, left, paid := n[0], n[1], n[2]
	out := booked{carried.fen - left.fen, carried.count + left.count}
	return out, carried.fen == 0 && left.fen == 0 || left.count > 0 && out.fen >= 0 && out.fen <= paid.fen, nil
}

// books are the records of some money of a span: what they come to by project or by class, of projects by purse too.
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
	amount  Amount
	project bool
	span    period.Period
	unit    place.Unit
}

func (w *work) booked(amount Amount, project bool, a Ask) (books, error) {
	if amount == Spent {
		amount = Paid
	}
	key := booksKey{amount, project, a.Period, a.Unit}
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

// register is where money in detail is booked: the kind, the day by which it belongs to a span, the amount that counts.
type register struct{ kind, day, amount string }

func registerOf(a Amount) register {
	switch a {
	case Paid:
		return register{"voucher", "paid_on", "amount_fen"}
	case Left:
		return register{"carry_over", "from_on", "amount_fen"}
	}
	return register{"budget_line", "given_on", "counted_fen"}
}

// detailed adds up vouchers, budget lines or balances of some units by what they name, over the whole table; asked once a view for a
// span. A balance that was settled by the end of the span counts 0.
func (q reading) detailed(key booksKey, units []place.Unit) (books, error) {
	from, name, until := registerOf(key.amount), "economic_code", "''"
	var where store.Where
	switch key.amount {
	case InitialBudget:
		where.And("r.stage = 'initial'")
	case CarriedIn:
		where.And("r.stage = 'carried_in'")
	case Given:
		where.And("r.stage <> 'carried_in'")
	}
	if key.project {
		name = "project_code"
	} else {
		where.And("r.category = 'basic'")
	}
	if key.amount == Left {
		until = "coalesce(r.until_on, '')"
		where.And("r."+from.day+" < ?", key.span.First().String())
	} else {
		where.And("r."+from.day+" >= ?", key.span.First().String()).And("r."+from.day+" <= ?", key.span.Last().String())
	}
	values := make([]any, len(units))
	for i, u := range units {
		values[i] = string(u)
	}
	where.In("r.unit", values...)
	b := books{sums: map[detailKey]booked{}}
	err := q.each("coalesce(r."+name+", ''), r.budget, "+until+", r."+from.amount, from.kind, "", where, "1", func(rows *store.Rows) error {
		var named, budget, settled string
		var fen int64
		if err := rows.Scan(&named, &budget, &settled, &fen); err != nil {
			return err
		}
		b.any = true
		if settled != "" && settled <= key.span.Last().String() {
			fen = 0
		}
		keys := []detailKey{{class: named}}
		if key.project {
			keys = []detailKey{{project: named}, {project: named, purse: PurseOf(classification.Budget(budget))}}
		}
		for _, k := range keys {
			x := b.sums[k]
			b.sums[k] = booked{x.fen + fen, x.count + 1}
		}
		return nil
	})
	return b, err
}

// PurseOf is the purse into which money of a budget belongs.
func PurseOf(b classification.Budget) Purse {
	if b.Appropriated() {
		return Appropriated
	}
	return OtherMoney
}
