package web

import (
	"anlan/account/evaluation"
	"slices"
	"strconv"
	"strings"

	"anlan/app"
	"anlan/app/finding"
	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/ground/pinyin"
	"anlan/office/manuscript"
	"anlan/office/role"
	"anlan/record"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/record/exchange"
	"anlan/record/field"
	"anlan/resource/voucher"
	"anlan/store/journal"
)

// front is where everybody begins: their day, or what the public reads.
func (s *Server) front(v *visit) error {
	if v.signedIn() {
		return v.redirect("/today")
	}
	return v.redirect("/public/reports")
}

// day is the page of today.
type day struct {
	Late, Soon []dueGroup
	Mentions   []mentionLine
	Signings   []signingLine // that wait for whoever looks
	Reports    []publicationCard
	Doubts     string // where what does not fit is listed
	Entries    int64
	Sealed     int64
}

// dueGroup are the records of a kind whose deadline has passed, or comes soon.
type dueGroup struct {
	Kind, To string
	Count    string
	First    []dueLine
}

// signingLine is a report that waits to be signed, or published, by whoever looks.
type signingLine struct{ Report, To, Waits string }

type dueLine struct{ Name, To, Due, State string }

const (
	soonDays = 7
	dueShown = 5
)

// today shows which reports wait to be signed, what is overdue, what is due soon, and what was published last.
func (s *Server) today(v *visit) error {
	var d day
	err := s.app.Book.ReadRecorded(v.r.Context(), v.actor(), 0, book.Reading{Way: "list"}, func(view *book.View) error {
		d.Entries = int64(view.Head.Size)
		var err error
		if d.Signings, err = v.signings(view); err != nil {
			return err
		}
		for _, k := range view.Kinds() {
			if len(k.Steps()) == 0 || !v.actor().May(access.Read, k.Code()) {
				continue
			}
			late, err := v.due(view, k, "due_on < "+view.Today.String())
			if err != nil {
				return err
			}
			if late.Count != "" {
				d.Late = append(d.Late, late)
			}
			soon, err := v.due(view, k, "due_on >= "+view.Today.String(), "due_on <= "+view.Today.Add(soonDays).String())
			if err != nil {
				return err
			}
			if soon.Count != "" {
				d.Soon = append(d.Soon, soon)
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	q, err := s.readQuestion(v)
	if err != nil {
		return err
	}
	d.Doubts = q.at("/findings")
	sealed, err := s.app.Sealed(v.r.Context())
	if err != nil {
		return err
	}
	d.Sealed = int64(sealed)
	if d.Mentions, err = s.mentionsOf(v); err != nil {
		return err
	}
	p := v.page(v.t("今天", "Today"))
	v.watching(&p, "")
	p.Keep = v.keptOnPhone()
	p.Wing, p.Lead = "today", period.DayAt(s.app.Clock().Now()).String()
	return v.show(p, todayPage(p, d))
}

// signings are the reports that wait for the signature of whoever looks, and those that everybody has signed and he may publish.
func (v *visit) signings(view *book.View) (out []signingLine, err error) {
	if !v.actor().May(access.Read, manuscript.Sign.Code()) {
		return nil, nil
	}
	q := book.Query{Kind: manuscript.Sign.Code(), Limit: signingsShown, Filters: []book.Filter{{Field: "state", Op: field.OpIs, Value: string(manuscript.Signed)}}}
	records, _, err := view.List(q)
	if err != nil {
		return nil, err
	}
	for _, r := range records {
		g := r.(*manuscript.Signing)
		label, err := v.s.app.TemplateLabel(v.r.Context(), view, g.Report)
		if err != nil {
			return nil, err
		}
		x := signingLine{Report: v.t(lang.Zh(g.Period.Label().Zh+label.Zh), lang.En(label.En+", "+g.Period.Label().En)),
			To: "/reports/" + g.Report + "/" + g.Period.String() + "#signing"}
		switch next := g.Next(); {
		case next != nil && strings.EqualFold(next.Login, v.actor().Name):
			x.Waits = v.t(lang.Zh("请您会签（"+next.Post+"）"), lang.En("to be signed by you as "+next.Post))
		case next == nil && v.actor().May("publish", manuscript.Sign.Code()):
			x.Waits = v.t("都已会签，可以公开", "signed by everybody, can be published")
		default:
			continue
		}
		out = append(out, x)
	}
	return out, nil
}

// signingsShown bounds the signings that are under way at one time and looked through.
const signingsShown = 200

// due finds the records of a kind that stand under filters on their deadline.
func (v *visit) due(view *book.View, k record.Of, where ...string) (dueGroup, error) {
	l := listing{Kind: k.Code(), Where: where, Sort: "due_on"}
	g := dueGroup{Kind: k.Label().In(v.lang), To: l.address()}
	q, err := l.query(dueShown)
	if err != nil {
		return g, err
	}
	records, _, err := view.List(q)
	if err != nil || len(records) == 0 {
		return g, err
	}
	n, err := view.CountUpTo(q, countedMost)
	if err != nil {
		return g, err
	}
	g.Count = grouped(strconv.FormatInt(n, 10))
	for _, r := range records {
		h := k.Head(r)
		g.First = append(g.First, dueLine{titleOf(k, r), "/records/" + k.Code() + "/" + h.ID.String(), h.DueOn.String(), record.StateLabel(k, h.State).In(v.lang)})
	}
	return g, nil
}

// doubt is one thing that does not fit.
type doubt struct {
	Text string
	Ways []anchor
}

// findings lists what does not fit in the book.
func (s *Server) findings(v *visit) error {
	q, err := s.readQuestion(v)
	if err != nil {
		return err
	}
	var out []doubt
	err = s.look(v, q, func(view *book.View) error {
		found, err := finding.Search(v.r.Context(), s.app, view, q.Period)
		for _, f := range found {
			x := doubt{Text: f.Doubt.In(v.lang)}
			for _, w := range append([]finding.Way{f.Way}, f.Others...) {
				if w.Kind != "" {
					x.Ways = append(x.Ways, anchor{Text: w.Label.In(v.lang) + " " + w.Key, To: "/records/" + w.Kind + "/" + w.ID.String()})
				}
			}
			out = append(out, x)
		}
		return err
	})
	if err != nil {
		return err
	}
	p := v.page(v.t(lang.Zh(q.Period.Label().Zh+"疑点"), lang.En("What does not fit, "+q.Period.Label().En)))
	p.Wing = "today"
	p.Lead = v.t(lang.Zh("共"+strconv.Itoa(len(out))+"处；每处都指向记录，是不是错由人判断"), lang.En(strconv.Itoa(len(out))+" in all; each leads to its records, and whether it is a fault is for people to say"))
	p.AsOf = v.asOfWords(q)
	return v.show(p, findingsPage(p, q, out))
}

// wingCard is a kind as the page of its section shows it.
type wingCard struct{ Label, To, Count, New string }

// wing lists the kinds of a section.
func (s *Server) wing(v *visit) error {
	var in section
	for _, x := range v.wings() {
		if x.Code == v.r.PathValue("wing") {
			in = x
		}
	}
	if in.Code == "" {
		return ErrNoPage.With(v.r.URL.Path)
	}
	var cards []wingCard
	err := s.app.Book.Read(v.r.Context(), v.actor(), 0, func(view *book.View) error {
		for _, code := range in.Kinds {
			k, err := s.app.Book.Kind(code)
			if err != nil {
				return err
			}
			t := table{}
			if err := v.count(view, book.Query{Kind: code}, &t); err != nil {
				return err
			}
			c := wingCard{Label: k.Label().In(v.lang), To: "/records/" + code, Count: t.Count}
			if v.actor().May(access.Create, code) && !app.MadeByProgram(code) {
				c.New = "/records/" + code + "/new"
			}
			cards = append(cards, c)
		}
		return nil
	})
	if err != nil {
		return err
	}
	p := v.page(in.Label.In(v.lang))
	p.Wing, p.Lead = in.Code, in.About.In(v.lang)
	if in.Code == sectionOf(role.Kind.Code()).Code {
		p.Actions = []anchor{{Text: v.t("谁可以做什么", "Who may do what"), To: "/rights"}}
		if v.mayCheckup() {
			p.Actions = append(p.Actions, anchor{Text: v.t("系统检查", "Check of the system"), To: "/checkup"})
		}
	}
	if (in.Code == sectionOf(role.Kind.Code()).Code || in.Code == sectionOf(evaluation.SchemeKind.Code()).Code) && v.maySet() {
		p.Actions = append(p.Actions, anchor{Text: v.t("配置", "Settings"), To: "/settings"})
	}
	if in.Code == sectionOf(voucher.Kind.Code()).Code && v.mayMoney() {
		p.Actions = []anchor{{Text: v.t("预算执行", "Budget and execution"), To: "/money"}}
	}
	return v.show(p, wingPage(p, cards))
}

// choose answers what a field may be filled with: records of a kind by their key or name, for the list below an input.
func (s *Server) choose(v *visit) error {
	kind, typed := v.r.PathValue("kind"), v.r.URL.Query().Get("q")
	k, err := s.app.Book.Kind(kind)
	if err != nil {
		return err
	}
	var out []option
	err = s.app.Book.ReadRecorded(v.r.Context(), v.actor(), 0, book.Reading{Way: "list"}, func(view *book.View) error {
		for _, f := range choosing(k) {
			q := book.Query{Kind: kind, Limit: chosenMost}
			if typed != "" {
				q.Filters = []book.Filter{{Field: f, Op: field.OpHas, Value: typed}}
			}
			records, _, err := view.List(q)
			if err != nil {
				return err
			}
			for _, r := range records {
				o := option{Value: exchange.KeyText(k, r), Text: titleOf(k, r)}
				if len(out) < chosenMost && !has(out, o.Value) {
					out = append(out, o)
				}
			}
		}
		return byPinyin(view, k, typed, &out)
	})
	if err != nil {
		return err
	}
	v.w.Header().Set("Content-Type", "text/html; charset=utf-8")
	return choices(out).Render(v.r.Context(), v.w)
}

const (
	chosenMost = 20
	spokenMost = 5_000 // records whose names are looked through for pinyin
)

// byPinyin adds records whose name is read as what was typed, among so many. The browser looks in its list for what was typed, so it stands
// behind the name.
func byPinyin(view *book.View, k record.Of, typed string, out *[]option) error {
	name := fieldNumber(k, "name")
	if !pinyin.Typed(typed) || name < 0 || k.Fields()[name].Type != field.TypeText || !view.Sees(k, name) {
		return nil
	}
	return view.Each(book.Query{Kind: k.Code(), Limit: spokenMost}, func(r any) error {
		o := option{Value: exchange.KeyText(k, r), Text: titleOf(k, r) + " · " + typed}
		if len(*out) < chosenMost && pinyin.Matches(typed, k.Text(r, name)) && !has(*out, o.Value) {
			*out = append(*out, o)
		}
		return nil
	})
}

func has(all []option, value string) bool {
	return slices.ContainsFunc(all, func(o option) bool { return o.Value == value })
}

// choosing are the fields by which people look for records of a kind: its key and its name, as far as they are texts.
func choosing(k record.Of) (out []string) {
	for _, s := range k.KeyFields() {
		if s.Type == field.TypeText || s.Type == field.TypePlace || s.Type == field.TypeUnit {
			out = append(out, s.Code)
		}
	}
	for _, s := range k.Fields() {
		if (s.Code == "name" || s.Code == "title") && s.Type == field.TypeText && !slices.Contains(out, s.Code) {
			out = append(out, s.Code)
		}
	}
	return out
}

// recordedAt is when the entry at a position was made, as the bureau's clock shows it.
func (s *Server) recordedAt(v *visit, at journal.Position) (string, error) {
	var out string
	err := s.app.Book.Read(v.r.Context(), v.actor(), 0, func(view *book.View) error {
		entry, err := journal.EntryAt(view.Tx(), at)
		out = entry.RecordedAt.In(period.Shanghai).Format("2006-01-02 15:04")
		return err
	})
	return out, err
}

// words is an indicator in words.
func (s *Server) words(v *visit, code string) (t lang.Text, err error) {
	err = s.app.Book.Read(v.r.Context(), v.actor(), 0, func(view *book.View) error {
		set, err := s.app.Indicators(view)
		if err != nil {
			return err
		}
		i, err := set.Indicator(code)
		if err != nil {
			return err
		}
		w := i.Words()
		t = lang.Text{Zh: i.Label().Zh + " = " + w.Zh, En: i.Label().En + " = " + w.En}
		return nil
	})
	return t, err
}
