package refill

import (
	"bytes"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"unicode/utf8"

	"anlan/account/check"
	"anlan/account/indicator"
	"anlan/account/report"
	"anlan/account/report/document"
	"anlan/ground/fault"
	"anlan/ground/figure"
)

// Result is a file with today's figures.
type Result struct {
	Content []byte
	Figures int // controls into which a figure of today was put, changed or not
	Items   []Item
}

// Asks says whether there is anything that somebody should look at.
func (r *Result) Asks() bool {
	return slices.ContainsFunc(r.Items, func(i Item) bool { return i.What.Asks() })
}

// Refill puts the figures of a report into the file. The file may be the report or one of its attachments; figures of one that
// stand in another are put in too. Faults: ErrOtherBook, ErrOtherReport, and what cannot be rendered.
func (e *Edited) Refill(built *report.Built) (*Result, error) {
	r, err := e.refill(built)
	if err != nil {
		return nil, fault.At(err, fault.Where{File: e.Name})
	}
	return r, nil
}

func (e *Edited) refill(built *report.Built) (*Result, error) {
	if book := built.Document.Basis.Book; e.Book != "" && e.Book != book {
		return nil, ErrOtherBook.With(e.Book, book)
	}
	t, err := todayOf(built, e.controls())
	if err != nil {
		return nil, err
	}
	f := &filler{Edited: e, today: t, edits: edits{}, was: map[string]document.HeldFigure{}, absent: map[string]bool{}, put: map[*control]document.HeldFigure{}}
	for _, x := range e.held.Figures {
		if _, twice := f.was[x.ID]; !twice {
			f.was[x.ID] = x
		}
	}
	for _, x := range e.held.Absent {
		f.absent[x.ID] = true
	}
	for _, c := range e.controls() {
		f.fill(c)
	}
	if f.figures == 0 && !slices.ContainsFunc(e.controls(), func(c *control) bool { _, known := t.figures[c.tag]; return known && c.tag != document.BasisTag }) {
		return nil, ErrOtherReport.With(built.Document.Origin.Template)
	}
	f.missing()
	f.moved()
	f.prose(e.Period != "" && e.Period != built.Document.Origin.Period)
	out := &Result{Figures: f.figures, Items: f.items}
	if out.Content, err = f.write(built); err != nil {
		return nil, err
	}
	return out, nil
}

// today is what the report says now.
type today struct {
	figures map[string]document.Placed // of the report and all its attachments, and the closing line
	order   []string                   // of the document that the file is
	// computed are those that are results of indicators.
	computed map[string]report.Computed
	said     map[string]bool // numerals of its prose that no figure backs, with the words before them
}

// todayOf takes a report apart as it is printed today: the document with most of the file's figures is the one that it is.
func todayOf(built *report.Built, controls []*control) (today, error) {
	t := today{figures: map[string]document.Placed{}, said: map[string]bool{}, computed: built.Computed}
	has := map[string]bool{}
	for _, c := range controls {
		has[c.tag] = true
	}
	best := -1
	for _, d := range append([]document.Document{built.Document}, built.Attachments...) {
		var order []string
		n := 0
		for _, p := range d.Figures() {
			t.figures[p.ID] = p
			order = append(order, p.ID)
			if has[p.ID] {
				n++
			}
		}
		if n > best {
			best, t.order = n, order
		}
		var docx bytes.Buffer
		if err := d.RenderDOCX(&docx); err != nil {
			return t, err
		}
		if err := t.read(docx.Bytes()); err != nil {
			return t, err
		}
	}
	return t, nil
}

// read takes from a document as it is printed today its closing line and the numerals of its prose.
func (t *today) read(docx []byte) error {
	p, err := openPack(docx)
	if err != nil {
		return err
	}
	stories, err := p.stories("word/document.xml")
	if err != nil {
		return err
	}
	for _, s := range stories {
		for _, c := range s.controls {
			if c.tag == document.BasisTag {
				t.figures[c.tag] = document.Placed{Figure: document.Figure{ID: c.tag, Name: c.name, Text: c.text()}}
			}
		}
		for _, p := range s.paragraphs {
			for _, n := range typed(p, true) {
				t.said[n.words] = true
			}
		}
	}
	return nil
}

// filler fills one file.
type filler struct {
	*Edited
	today
	edits   edits
	was     map[string]document.HeldFigure // what was last put in, by id
	absent  map[string]bool
	put     map[*control]document.HeldFigure // what the file will say that each control holds
	figures int
	items   []Item
}

// say adds what there is to say of a control.
func (f *filler) say(c *control, i Item) {
	i.ID = c.tag
	if i.Name = f.today.figures[c.tag].Name; i.Name == "" {
		i.Name = c.name
	}
	f.place(&i, c.story, c.paragraph, c.at, c.at+len(c.text()))
	f.items = append(f.items, i)
}

// place says where something stands.
func (f *filler) place(i *Item, s *story, p *paragraph, from, to int) {
	if s.kind != "document" {
		i.Part = s.kind
	}
	if p != nil {
		text := p.text.String()
		i.Section, i.Quote = p.section, around(text, min(from, len(text)), min(to, len(text)))
	}
}

// fill puts the figure of a control in, or says why not. The second writing of a text box is filled like the first, in silence.
func (f *filler) fill(c *control) {
	if c.tag != document.BasisTag && !document.IsID(c.tag) || c.gone {
		return
	}
	said := len(f.items)
	defer func() {
		if c.echo {
			f.items = f.items[:said]
		}
	}()
	now, known := f.today.figures[c.tag]
	was, told := f.was[c.tag]
	text := strings.TrimSpace(c.text())
	if told {
		f.put[c] = was // until another is put in
	}
	switch {
	case !known && told:
		f.say(c, Item{What: Dropped, Held: was.Text, Found: text})
	case !known:
		f.say(c, Item{What: Unknown, Found: text})
	case c.revised:
		f.say(c, Item{What: Tracked, Held: was.Text, Found: text, Now: now.Text})
	case c.nested:
		f.say(c, Item{What: Words, Held: was.Text})
	case text == "" || c.placeholder:
		f.say(c, Item{What: Deleted, Held: was.Text})
	default:
		f.figure(c, text, was, told, now.Figure)
	}
}

// figure puts a figure of today in the place of what stands in a control.
func (f *filler) figure(c *control, text string, was document.HeldFigure, told bool, now document.Figure) {
	from := strings.Index(c.text(), text)
	to := from + len(text)
	now, word := f.directed(c, was, now)
	i := Item{Held: was.Text, Found: text, Now: now.Text}
	switch {
	case told && text == was.Text, !told && (bare(text) || text == now.Text || f.closing(c, text)):
		i.What = Changed
	case told && restates(text, was.Value, nil, now):
		if restates(text, now.Value, now.Exact, now) {
			f.hold(c, now)
			i.What, i.Now = Restated, text
			f.say(c, i)
			return
		}
		i.What = Overtyped
	case told && bare(text):
		i.What = Overtyped
	case told && strings.Count(text, was.Text) == 1:
		i.What = Extended
		from += strings.Index(text, was.Text)
		to = from + len(was.Text)
	default:
		i.What, i.Now = Words, ""
		f.say(c, i)
		return
	}
	if word != "" {
		i.What, i.Word = Direction, word
		f.say(c, i)
		return
	}
	if !f.edits.exchange(c, from, to, now.Text) {
		i.What, i.Now = Words, ""
		f.say(c, i)
		return
	}
	f.hold(c, now)
	if now.Value == "" && was.Value != "" && i.What == Changed {
		i.What = Valueless
	}
	if i.What != Changed || text != now.Text && c.tag != document.BasisTag {
		f.say(c, i)
	}
}

// hold notes that a control holds a figure of today.
func (f *filler) hold(c *control, now document.Figure) {
	if c.tag != document.BasisTag && !c.echo {
		f.figures++
	}
	f.put[c] = document.HeldFigure{ID: c.tag, Value: now.Value, Text: now.Text}
}

// closing says whether a text is the closing line as of some position.
func (f *filler) closing(c *control, text string) bool {
	own, _, _ := strings.Cut(f.today.figures[c.tag].Text, "“")
	return c.tag == document.BasisTag && strings.HasPrefix(text, own)
}

// bare says whether a text is nothing but a figure, or what is printed where there is none.
func bare(text string) bool {
	if slices.Contains(without, text) {
		return true
	}
	_, err := figure.Parse(text)
	return err == nil
}

// without is what is printed in the place of a value.
var without = []string{report.WithheldText, "无记录", "无法计算", "不适用"}

// restates says whether a text states a value truly, in whatever unit and form: 0.20亿元 of 2030.18万元. Of a change the direction stands in
// the words before it, and the text is of its size.
func restates(text, decimal string, exact *big.Rat, now document.Figure) bool {
	said, err := figure.Parse(text)
	if err != nil {
		return false
	}
	value, ok := new(big.Rat).SetString(decimal)
	if !ok {
		return false
	}
	if exact != nil {
		value = exact
	}
	if now.Lead != "" {
		value = new(big.Rat).Abs(value)
	}
	unit, _ := figure.UnitOf(now.Unit)
	if said.Unit() != figure.One { // in a table the unit stands in the head
		if value, err = unit.Convert(value, said.Unit()); err != nil {
			return false
		}
	}
	return said.Interval().Contains(value)
}

// ways are words that say which way a figure went, for words of forms.
var ways = map[string][]string{
	"增长":  {"增长", "上升", "增加", "提高", "提升", "扩大", "多"},
	"下降":  {"下降", "减少", "降低", "回落", "缩小", "下滑", "少"},
	"增加":  {"增加", "上升", "增长", "多"},
	"减少":  {"减少", "下降", "降低", "少"},
	"持平（": {"持平（", "持平("},
}

// directed is a figure of today behind the words that somebody has put before it, and the word that has to stand there; empty where the
// words fit. A figure that is printed with its sign is, behind a verb of change that is true of it, its size: the verb has the sign.
func (f *filler) directed(c *control, was document.HeldFigure, now document.Figure) (document.Figure, string) {
	if c.paragraph == nil || now.Value == "" {
		return now, ""
	}
	before := c.paragraph.text.String()[:c.at]
	if now.Lead == "" {
		return f.signed(before, now)
	}
	plain := strings.TrimRight(before, " 　了约近")
	for _, word := range ways[now.Lead] {
		if strings.HasSuffix(plain, word) {
			return now, ""
		}
	}
	said, up := check.Way(before)
	lead, leadUp := check.Way(now.Lead)
	switch {
	case said == "" && was.Value != "" && sign(was.Value) == sign(now.Value): // worded without one: 同比变化
		return now, ""
	case said != "" && lead != "" && up == leadUp:
		return now, ""
	}
	return now, now.Lead
}

// signed is directed of a figure that its form prints with its sign. Which way it counts, its indicator says.
func (f *filler) signed(before string, now document.Figure) (document.Figure, string) {
	said, up := check.Way(before)
	if said == "" {
		return now, ""
	}
	counts := indicator.NoChange
	if x, computed := f.computed[now.ID]; computed {
		counts = x.Result.Question().Indicator.Change()
	}
	s := sign(now.Value)
	if counts == indicator.NoChange && s >= 0 { // an amount by which something else changed
		return now, ""
	}
	words := [3]string{"下降", "持平", "增长"}
	if counts != indicator.Rise {
		words = [3]string{"减少", "持平", "增加"}
	}
	rises := s
	if counts == indicator.Fall {
		rises = -s
	}
	word := words[rises+1]
	if s < 0 {
		now.Lead, now.Text = word, strings.Replace(now.Text, "−", "", 1)
	}
	if rises == 1 && up || rises == -1 && !up {
		return now, ""
	}
	return now, word
}

func sign(decimal string) int {
	v, ok := new(big.Rat).SetString(decimal)
	if !ok {
		return 0
	}
	return v.Sign()
}

// missing says which figures are not in the file, and which stand there oftener than they were put.
func (f *filler) missing() {
	times := map[string]int{}
	first := map[string]*control{}
	for _, c := range f.controls() {
		if c.echo || c.gone || !document.IsID(c.tag) && c.tag != document.BasisTag {
			continue
		}
		if times[c.tag]++; first[c.tag] == nil {
			first[c.tag] = c
		}
	}
	before := map[string]int{}
	for _, x := range f.held.Figures {
		if before[x.ID]++; before[x.ID] == 1 && times[x.ID] == 0 {
			name := f.today.figures[x.ID].Name
			f.items = append(f.items, Item{What: Deleted, ID: x.ID, Name: name, Held: x.Text, Section: x.Section})
		}
	}
	for _, c := range f.controls() {
		id := c.tag
		if first[id] != c || times[id] == 1 || f.isHeld && times[id] <= before[id] {
			continue
		}
		f.say(c, Item{What: Repeated, Times: times[id], Found: strings.TrimSpace(c.text())})
	}
	if !f.isHeld {
		return // nobody knows whether a figure that is not there was
	}
	for _, id := range f.order {
		if times[id] == 0 && before[id] == 0 && !f.absent[id] {
			p := f.today.figures[id]
			f.items = append(f.items, Item{What: Added, ID: id, Name: p.Name, Now: p.Text, Section: p.Section})
		}
	}
}

// moved finds the figures that stand in another order than they were put, and those that went to another section while the
// heading of theirs is still there. The fewest are taken to have moved: all but the longest run that kept its order.
func (f *filler) moved() {
	place := map[string]int{}
	for i, x := range f.held.Figures {
		if _, twice := place[x.ID]; !twice {
			place[x.ID] = i
		}
	}
	var now []*control
	var order []int
	sections := map[string]bool{}
	for _, p := range f.stories[0].paragraphs {
		sections[p.section] = true
	}
	seen := map[string]bool{}
	for _, c := range f.controls() {
		at, told := place[c.tag]
		if !told || c.echo || c.gone || c.paragraph == nil || seen[c.tag] {
			continue
		}
		seen[c.tag] = true
		now, order = append(now, c), append(order, at)
	}
	kept := longestRise(order)
	for i, c := range now {
		from := f.held.Figures[order[i]].Section
		if c.tag == document.BasisTag {
			continue
		}
		if !kept[i] || c.story.kind == "document" && from != c.paragraph.section && sections[from] && from != "" {
			f.say(c, Item{What: Moved, From: from, Found: strings.TrimSpace(c.text())})
		}
	}
}

// longestRise marks the members of a longest rising subsequence.
func longestRise(order []int) []bool {
	ends := []int{}                   // by length: the member that ends the run with the smallest end
	before := make([]int, len(order)) // each: the member before it in its run, or −1
	for i, x := range order {
		n, _ := slices.BinarySearchFunc(ends, x, func(e, x int) int { return order[e] - x })
		before[i] = -1
		if n > 0 {
			before[i] = ends[n-1]
		}
		if n == len(ends) {
			ends = append(ends, i)
		} else {
			ends[n] = i
		}
	}
	kept := make([]bool, len(order))
	if len(ends) > 0 {
		for i := ends[len(ends)-1]; i >= 0; i = before[i] {
			kept[i] = true
		}
	}
	return kept
}

// numeral is a number typed in prose.
type numeral struct {
	from, to int    // bytes of the paragraph's text
	words    string // the number with the words before it, by which it is found again
}

const wordsRunes = 4 // before a number

// typed finds the numbers of a paragraph that state something and stand in no control and no field; dates only where asked for.
func typed(p *paragraph, dates bool) (out []numeral) {
	text, covered := p.text.String(), p.covered
	for s := figure.NewScanner(text); ; {
		n, more := s.Next()
		if !more {
			return out
		}
		switch n.Class {
		case figure.ClassFigure, figure.ClassRatio, figure.ClassMalformed:
		case figure.ClassDate:
			if !dates {
				continue
			}
		default:
			continue
		}
		for len(covered) > 0 && covered[0].to <= n.Offset {
			covered = covered[1:]
		}
		if len(covered) > 0 && covered[0].from < n.End {
			continue
		}
		head := n.Offset
		for range wordsRunes {
			_, size := utf8.DecodeLastRuneInString(text[:head])
			head -= size
		}
		out = append(out, numeral{n.Offset, n.End, text[head:n.End]})
	}
}

// prose lists the numerals that no figure backs and that the report of today does not print at the same words.
func (f *filler) prose(dates bool) {
	for _, s := range f.stories {
		for _, p := range s.paragraphs {
			if p.echo {
				continue
			}
			text := p.text.String()
			for _, n := range typed(p, false) {
				f.numeral(Numeral, s, p, n, text)
			}
			if !dates {
				continue
			}
			numbers := typed(p, false)
			for _, n := range typed(p, true) {
				if !slices.Contains(numbers, n) {
					f.numeral(Date, s, p, n, text)
				}
			}
		}
	}
}

func (f *filler) numeral(what What, s *story, p *paragraph, n numeral, text string) {
	if f.said[n.words] {
		return
	}
	i := Item{What: what, Found: text[n.from:n.to]}
	f.place(&i, s, p, n.from, n.to)
	f.items = append(f.items, i)
}

// write gives the file with the edits, with what it holds now and as of which position, and reads it back.
func (f *filler) write(built *report.Built) ([]byte, error) {
	changed := map[string][]byte{}
	for _, s := range f.stories {
		if texts := f.edits[s]; len(texts) > 0 {
			changed[f.pack.parts[strings.ToLower(s.part)].Name] = s.splice(texts)
		}
	}
	if f.property != "" {
		if err := f.properties(changed, built); err != nil {
			return nil, err
		}
	}
	added, err := f.holding(changed)
	if err != nil {
		return nil, err
	}
	content, err := f.pack.write(changed, added)
	if err != nil {
		return nil, err
	}
	return content, f.readBack(content)
}

// properties writes as of which state of the book the figures are. What the file does not say it is not made to say.
func (f *filler) properties(changed map[string][]byte, built *report.Built) error {
	text, err := f.pack.part(f.property)
	if err != nil {
		return err
	}
	values, err := propertiesIn(f.property, text)
	if err != nil {
		return err
	}
	type exchange struct {
		node
		by string
	}
	var all []exchange
	basis := built.Document.Basis
	for name, by := range map[string]string{
		document.PropertyEpoch: fmt.Sprint(max(basis.Epoch, 1)), document.PropertyPosition: fmt.Sprint(basis.Position), document.PropertyRoot: basis.Root,
		document.PropertyTemplate: built.Document.Origin.Template, document.PropertyPeriod: built.Document.Origin.Period,
	} {
		if n, is := values[name]; is {
			all = append(all, exchange{n, by})
		}
	}
	slices.SortFunc(all, func(a, b exchange) int { return a.from - b.from })
	s, texts := &story{source: text}, map[int]string{}
	for i, x := range all {
		s.nodes, texts[i] = append(s.nodes, x.node), x.by
	}
	changed[f.pack.parts[strings.ToLower(f.property)].Name] = s.splice(texts)
	return nil
}

// holding makes the part that says what the file holds now; where it has none it gets one.
func (f *filler) holding(changed map[string][]byte) (added []string, err error) {
	var h document.Held
	there := map[string]bool{}
	for _, c := range f.controls() {
		x, is := f.put[c]
		if !is || c.echo {
			continue
		}
		if there[c.tag] = true; c.paragraph != nil && c.story.kind == "document" {
			x.Section = c.paragraph.section
		}
		h.Figures = append(h.Figures, x)
	}
	gone := map[string]bool{}
	absent := func(id string) {
		if !there[id] && !gone[id] {
			gone[id] = true
			h.Absent = append(h.Absent, document.Absent{ID: id})
		}
	}
	for _, x := range f.held.Absent {
		absent(x.ID)
	}
	for _, x := range f.held.Figures {
		absent(x.ID)
	}
	for _, id := range f.order {
		absent(id)
	}
	if f.heldIn != "" {
		changed[f.pack.parts[strings.ToLower(f.heldIn)].Name] = []byte(h.XML())
		return nil, nil
	}
	return f.pack.addHeld(changed, f.main, h)
}

// readBack sees that each control of the file reads as it was meant to.
func (f *filler) readBack(content []byte) error {
	p, err := openPack(content)
	if err != nil {
		return err
	}
	stories, err := p.stories(f.main)
	if err != nil {
		return err
	}
	for i, s := range f.stories {
		for k, c := range s.controls {
			var meant strings.Builder
			for _, p := range c.pieces {
				if text, is := f.edits[s][p.node]; is {
					p.text = text
				}
				meant.WriteString(p.text)
			}
			if got := stories[i].controls[k].text(); got != meant.String() {
				return ErrNotPacked.With(c.tag, got, meant.String())
			}
		}
	}
	return nil
}
