package indicatortest

import (
	"context"
	"math/big"
	"slices"
	"strings"

	"anlan/account/indicator"
	"anlan/ground/fault"
	"anlan/ground/figure"
	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/store/journal"
)

// naive is a world that keeps every version in a list and counts by going through it: slow, and plain enough to be believed.
type naive struct{ versions []version }

type version struct {
	at          journal.Position
	kind, alias string
	fields      map[string]string
	withdrawn   bool
}

// counts is a measure of the naive world: of the records of a kind, what each contributes to a period.
type counts struct {
	indicator.Measure
	kind string
	of   func(v version, p period.Period) (amount string, counted bool)
	// stated says that no record means none recorded; otherwise it means that nothing happened.
	stated bool
}

func define(code string, zh lang.Zh, en lang.En, unit string, shape indicator.Shape, of func(v version, p period.Period) (string, bool)) counts {
	u, ok := figure.UnitOf(unit)
	if !ok {
		panic("no unit " + unit)
	}
	kind, _, _ := strings.Cut(code, ".")
	return counts{indicator.Measure{Code: code, Label: lang.Of(zh, en), Unit: u, Shape: shape}, kind, of, kind == "statistic"}
}

// dayIn says whether the day in a field lies in the period.
func (v version) dayIn(field string, p period.Period) bool {
	d, err := period.ISODay(v.fields[field])
	return err == nil && p.Contains(d)
}

// heldAt says whether the record holds on the last day of the period, from the first day to the last that counts.
func (v version) heldAt(p period.Period) bool {
	from, _ := period.ISODay(v.fields["from"])
	to, _ := period.ISODay(v.fields["to"])
	return !from.IsZero() && !p.Last().Before(from) && (to.IsZero() || !to.Before(p.Last()))
}

func stated(code string) func(v version, p period.Period) (string, bool) {
	return func(v version, p period.Period) (string, bool) {
		amount, _, _ := strings.Cut(v.fields["value"], " ")
		return amount, v.fields["code"] == code && v.fields["year"] == p.String()
	}
}

var measures = []counts{
	define("accident.count", "事故起数", "accidents", "起", indicator.Flow, func(v version, p period.Period) (string, bool) { return "1", v.dayIn("on", p) }),
	define("accident.deaths", "死亡人数", "deaths", "人", indicator.Flow, func(v version, p period.Period) (string, bool) { return v.fields["deaths"], v.dayIn("on", p) }),
	define("hazard.found", "排查重大事故隐患数", "major hazards found", "处", indicator.Flow, func(v version, p period.Period) (string, bool) { return "1", v.dayIn("found", p) }),
	define("hazard.listed", "挂牌督办数", "hazards listed", "处", indicator.Flow, func(v version, p period.Period) (string, bool) { return "1", v.dayIn("listed", p) }),
	define("staff.in_post", "在职人数", "staff in post", "人", indicator.Stock, func(v version, p period.Period) (string, bool) {
		return "1", v.heldAt(p) && v.fields["state"] != "retired"
	}),
	define("staff.retired", "退休人数", "retired staff", "人", indicator.Stock, func(v version, p period.Period) (string, bool) {
		return "1", v.heldAt(p) && v.fields["state"] == "retired"
	}),
	define("statistic.gdp", "地区生产总值", "GDP", "亿元", indicator.Flow, stated("gdp")),
	define("mine.count", "矿山数", "mines", "座", indicator.Stock, func(v version, p period.Period) (string, bool) { return "1", v.heldAt(p) }),
}

func (w *naive) Catalogue() indicator.Catalogue { return w }
func (w *naive) Unit() place.Unit               { return "430600" }

func (w *naive) Lookup(code string) (indicator.Measure, bool) {
	for _, m := range measures {
		if m.Code == code {
			return m.Measure, true
		}
	}
	return indicator.Measure{}, false
}

func (w *naive) Codes() []string {
	var codes []string
	for _, m := range measures {
		codes = append(codes, m.Code)
	}
	return codes
}

// Faults of the naive world.
var (
	errNoKind   = fault.Define("naive.no_kind", fault.NotFound, "没有记录类型%s", "there is no kind %s")
	errNoRecord = fault.Define("naive.no_record", fault.NotFound, "没有记录%s", "there is no record %s")
	errExists   = fault.Define("naive.exists", fault.Conflict, "记录%s已存在", "there is a record %s already")
)

func (w *naive) Create(_ context.Context, kind, alias string, fields []Field) (journal.Position, error) {
	if !slices.ContainsFunc(measures, func(m counts) bool { return m.kind == kind }) {
		return 0, errNoKind.With(kind)
	}
	if _, ok := w.now(alias); ok {
		return 0, errExists.With(alias)
	}
	return w.add(version{kind: kind, alias: alias, fields: map[string]string{}}, fields)
}

func (w *naive) Change(_ context.Context, alias string, fields []Field, _ string) (journal.Position, error) {
	v, ok := w.now(alias)
	if !ok || v.withdrawn {
		return 0, errNoRecord.With(alias)
	}
	return w.add(v, fields)
}

func (w *naive) Withdraw(_ context.Context, alias, _ string) (journal.Position, error) {
	v, ok := w.now(alias)
	if !ok || v.withdrawn {
		return 0, errNoRecord.With(alias)
	}
	v.withdrawn = true
	return w.add(v, nil)
}

// now is the newest version of a record.
func (w *naive) now(alias string) (version, bool) {
	for _, v := range slices.Backward(w.versions) {
		if v.alias == alias {
			return v, true
		}
	}
	return version{}, false
}

// add appends a version with some fields changed. Positions are not those of the file, as in a real world.
func (w *naive) add(v version, fields []Field) (journal.Position, error) {
	changed := map[string]string{}
	for name, value := range v.fields {
		changed[name] = value
	}
	for _, f := range fields {
		if _, err := period.ISODay(f.Value); err != nil && (f.Name == "on" || f.Name == "from" || f.Name == "to") {
			return 0, err
		}
		changed[f.Name] = f.Value
	}
	v.fields, v.at = changed, journal.Position(100+7*len(w.versions))
	w.versions = append(w.versions, v)
	return v.at, nil
}

func (w *naive) Read(ctx context.Context, asOf journal.Position, see func(Snapshot) error) error {
	s := naiveSnapshot{}
	for _, v := range w.versions {
		if asOf > 0 && v.at > asOf {
			break
		}
		s = slices.DeleteFunc(s, func(old version) bool { return old.alias == v.alias })
		s = append(s, v)
	}
	return see(slices.DeleteFunc(s, func(v version) bool { return v.withdrawn }))
}

// naiveSnapshot is the records as they stood.
type naiveSnapshot []version

// behind gives the measure of an ask and the records that count for it, each with its amount.
func (s naiveSnapshot) behind(ask indicator.Ask) (m counts, records, amounts []string) {
	m = measures[slices.IndexFunc(measures, func(m counts) bool { return m.Code == ask.Measure })]
	for _, v := range s {
		if v.kind != m.kind || ask.Unit != "430600" && ask.Unit != place.Unit(v.fields["unit"]) {
			continue
		}
		if amount, counted := m.of(v, ask.Period); counted {
			records, amounts = append(records, v.alias), append(amounts, amount)
		}
	}
	return m, records, amounts
}

func (s naiveSnapshot) Values(_ context.Context, asks []indicator.Ask) ([]indicator.Quantity, error) {
	out := make([]indicator.Quantity, len(asks))
	for k, ask := range asks {
		m, records, amounts := s.behind(ask)
		sum, known := new(big.Rat), true
		for _, a := range amounts {
			if n, ok := new(big.Rat).SetString(a); ok {
				sum.Add(sum, n)
			} else {
				known = false
			}
		}
		switch {
		case m.kind == "mine" && strings.Contains(string(ask.Unit), "-"):
			out[k] = indicator.Inapplicable(lang.Of("内设机构没有矿山", "a section has no mines"))
		case !known:
			out[k] = indicator.Uncomputable(lang.Of("有记录未填数", "a record states no number"))
		case len(records) > 0 || !m.stated:
			out[k] = indicator.Exact(sum, len(records))
		}
	}
	return out, nil
}

func (s naiveSnapshot) Records(_ context.Context, ask indicator.Ask) ([]string, error) {
	_, records, _ := s.behind(ask)
	return records, nil
}
