package api

import (
	"errors"
	"net/http"
	"net/url"
	"strings"

	"anlan/account/indicator"
	"anlan/app"
	"anlan/app/finding"
	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/record/book"
	"anlan/store/journal"
)

// asked is of what period and unit figures are wanted, as of when.
type asked struct {
	Period period.Period
	Unit   place.Unit
	AsOf   journal.Position
}

// question reads it; without a unit it is the user's own, or the bureau.
func (c *call) question(q url.Values) (x asked, err error) {
	p := q.Get("period")
	if p == "" {
		return x, ErrMissingParameter.With("period", lang.Of("统计期，如2023、2023-Q2、2023-05", "a period, as 2023, 2023-Q2, 2023-05"))
	}
	if x.Period, err = period.Parse(p); err != nil {
		return x, err
	}
	if x.AsOf, err = c.asOf(q); err != nil {
		return x, err
	}
	if u := q.Get("unit"); u != "" {
		x.Unit, err = place.ParseUnit(u)
		return x, err
	}
	head, err := c.s.app.Book.Head(c.r.Context())
	x.Unit = c.home(head)
	return x, err
}

// look reads the book as a question asks.
func (c *call) look(x asked, see func(*book.View) error) error {
	return c.s.app.Book.Read(c.r.Context(), c.actor(), x.AsOf, func(v *book.View) error { return x.allowed(v, see) })
}

func (x asked) allowed(v *book.View, see func(*book.View) error) error {
	if err := v.Allow(x.Unit); err != nil {
		return err
	}
	if err := app.Begun(v, x.Period); err != nil {
		return err
	}
	return see(v)
}

// figure is a value of an indicator.
type figure struct {
	Code    string `json:"code"`
	Label   text   `json:"label"`
	Period  string `json:"period"`
	Unit    string `json:"unit"`            // of the organisation
	Measure string `json:"measured_in"`     // unit of measure
	State   string `json:"state"`           // computed, none_recorded, not_computable, not_applicable
	Value   string `json:"value,omitempty"` // decimal, as printed; absent: there is none
	Text    text   `json:"text"`            // as a report prints it
	Why     *text  `json:"why,omitempty"`   // there is none
}

func figureOf(r indicator.Result) figure {
	q := r.Question()
	i := q.Indicator
	f := figure{Code: i.Code(), Label: both(i.Label()), Period: q.Period.String(), Unit: string(q.Unit), Measure: i.Unit().String(),
		State: r.Value().State().Code(), Value: r.Decimal(), Text: both(r.Text())}
	if why := r.Value().Why(); why.Zh != "" {
		w := both(why)
		f.Why = &w
	}
	return f
}

var figureParameters = []string{"period", "unit", "as_of"}

// figures answers all indicators of a period.
func (s *Server) figures(c *call) error {
	q, err := c.query(figureParameters...)
	if err != nil {
		return err
	}
	x, err := c.question(q)
	if err != nil {
		return err
	}
	out := seen[figure]{Items: []figure{}}
	err = c.look(x, func(v *book.View) error {
		out.AsOf = int64(v.At())
		results, err := s.app.Results(c.r.Context(), app.Figures{View: v}, x.Period, x.Unit)
		for _, r := range results {
			out.Items = append(out.Items, figureOf(r))
		}
		return err
	})
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, out)
}

// measured is a measure in the arithmetic of a figure.
type measured struct {
	Measure string `json:"measure"`
	Label   text   `json:"label"`
	Period  string `json:"period"`
	Unit    string `json:"unit"`
	Value   text   `json:"value"`
	Records int    `json:"records"`
	Sources []text `json:"sources,omitempty"` // what each source has a part in it
	Others  []text `json:"others,omitempty"`  // what other sources say of the same
}

// explained is a figure with the way down.
type explained struct {
	figure
	AsOf       int64      `json:"as_of"`
	Expression text       `json:"expression"`
	Definition string     `json:"definition"` // SHA-256
	Source     string     `json:"source,omitempty"`
	Arithmetic []text     `json:"arithmetic"`
	Measures   []measured `json:"measures"`
	Withheld   string     `json:"withheld,omitempty"` // on what ground and by whom it is not published
}

// figure answers how a figure came about.
func (s *Server) figure(c *call) error {
	q, err := c.query(figureParameters...)
	if err != nil {
		return err
	}
	x, err := c.question(q)
	if err != nil {
		return err
	}
	var out explained
	err = c.look(x, func(v *book.View) error {
		figures := app.Figures{View: v, Counted: true}
		results, err := s.app.Results(c.r.Context(), figures, x.Period, x.Unit, c.r.PathValue("code"))
		if err != nil {
			return err
		}
		out = explain(results[0])
		out.AsOf = int64(v.At())
		sources, err := figures.Sources()
		if err != nil {
			return err
		}
		if w, ok := app.Withheld(sources, results[0].Question()); ok {
			out.Withheld = w.Ground + "; " + w.By
		}
		return nil
	})
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, out)
}

func explain(r indicator.Result) explained {
	i := r.Question().Indicator
	x := explained{figure: figureOf(r), Expression: both(i.Words()), Definition: i.Hash(), Source: i.Source(), Measures: []measured{}, Arithmetic: []text{}}
	zh, en := strings.Split(strings.TrimSpace(r.Explain(lang.Chinese)), "\n"), strings.Split(strings.TrimSpace(r.Explain(lang.English)), "\n")
	for n := range min(len(zh), len(en)) {
		x.Arithmetic = append(x.Arithmetic, text{strings.TrimSpace(zh[n]), strings.TrimSpace(en[n])})
	}
	met := map[indicator.Ask]bool{}
	var walk func(p *indicator.Part)
	walk = func(p *indicator.Part) {
		if len(p.Of) == 0 && p.Ask != (indicator.Ask{}) && !met[p.Ask] {
			met[p.Ask] = true
			m := measured{Measure: p.Ask.Measure, Label: both(p.Words()), Period: p.Ask.Period.String(), Unit: string(p.Ask.Unit), Value: both(p.Value.Text()), Records: max(p.Records, 0)}
			for _, t := range p.Origin.Parts {
				m.Sources = append(m.Sources, both(t))
			}
			for _, t := range p.Origin.Others {
				m.Others = append(m.Others, both(t))
			}
			x.Measures = append(x.Measures, m)
		}
		for _, o := range p.Of {
			walk(o)
		}
	}
	walk(r.Tree())
	return x
}

// behind is a record behind a figure; one that the user may not see has no id.
type behind struct {
	Measure string `json:"measure"`
	Period  string `json:"period"`
	Kind    string `json:"kind"`
	ID      string `json:"id,omitempty"`
	Adds    string `json:"adds"` // to the measure, signed, in its unit
	In      string `json:"measured_in"`
	Version int64  `json:"version,omitempty"`
}

// behindMax bounds the records of one answer.
const behindMax = 5_000

// errEnough ends a drill-down when the answer is full.
var errEnough = errors.New("api: the answer is full")

// figureRecords answers the records behind a figure.
func (s *Server) figureRecords(c *call) error {
	q, err := c.query("period", "unit", "as_of", "measure", "limit")
	if err != nil {
		return err
	}
	x, err := c.question(q)
	if err != nil {
		return err
	}
	limit, err := number(q, "limit", listMax, behindMax)
	if err != nil {
		return err
	}
	code := c.r.PathValue("code")
	out := seen[behind]{Items: []behind{}}
	reading := book.Reading{Way: "records", Of: code + " " + x.Period.String() + " " + string(x.Unit)}
	err = s.app.Book.ReadRecorded(c.r.Context(), c.actor(), x.AsOf, reading, func(v *book.View) error {
		return x.allowed(v, func(v *book.View) error {
			out.AsOf = int64(v.At())
			figures := app.Figures{View: v}
			results, err := s.app.Results(c.r.Context(), figures, x.Period, x.Unit, code)
			if err != nil {
				return err
			}
			v.Computed()
			err = figures.Drill(c.r.Context(), results[0], func(d app.Drilled) error {
				if m := q.Get("measure"); m != "" && d.Ask.Measure != m {
					return nil
				}
				if len(out.Items) == limit {
					return errEnough
				}
				b := behind{Measure: d.Ask.Measure, Period: d.Ask.Period.String(), Kind: d.Kind.Code(), Adds: d.Adds, In: d.Unit}
				if d.Record != nil {
					h := d.Kind.Head(d.Record)
					b.ID, b.Version = h.ID.String(), h.Version
				}
				out.Items = append(out.Items, b)
				return nil
			})
			if out.More = errors.Is(err, errEnough); out.More {
				return nil
			}
			return err
		})
	})
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, out)
}

// doubt is one thing that does not fit.
type doubt struct {
	Code    string `json:"code"`
	Text    text   `json:"text"`
	Records []way  `json:"records"` // the record that it is about, then those that it is held against
}

// way leads to a record.
type way struct {
	Kind string `json:"kind"`
	Key  string `json:"key"`
	ID   string `json:"id"`
}

// findings answers what does not fit in the book.
func (s *Server) findings(c *call) error {
	q, err := c.query(figureParameters...)
	if err != nil {
		return err
	}
	x, err := c.question(q)
	if err != nil {
		return err
	}
	out := seen[doubt]{Items: []doubt{}}
	err = c.look(x, func(v *book.View) error {
		out.AsOf = int64(v.At())
		found, err := finding.Search(c.r.Context(), s.app, v, x.Period)
		for _, f := range found {
			d := doubt{Code: f.Doubt.Code, Text: text{f.Doubt.In(lang.Chinese), f.Doubt.In(lang.English)}, Records: []way{}}
			for _, w := range append([]finding.Way{f.Way}, f.Others...) {
				if w.Kind != "" {
					d.Records = append(d.Records, way{w.Kind, w.Key, w.ID.String()})
				}
			}
			out.Items = append(out.Items, d)
		}
		return err
	})
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, out)
}
