package check

import (
	"strconv"

	"anlan/ground/lang"
)

// ByID finds the figures that are listed.
func (f *File) ByID() map[string]*Figure {
	figures := make(map[string]*Figure, len(f.Figures))
	for i := range f.Figures {
		figures[f.Figures[i].ID] = &f.Figures[i]
	}
	return figures
}

// Advice says where to look first: which single figure, changed to what, would settle the relation and others with it, the most
// likely first. Empty where none is known. The figures are those of its file.
func (r *Relation) Advice(figures map[string]*Figure) (out []lang.Text) {
	if r.Mend == nil {
		return nil
	}
	if first, ok := r.Mend.advice(figures); ok {
		out = append(out, lang.Of(lang.Zh("先看：若把"+first.Zh+"，即可相符（是核对的顺序，不等于它错）"), lang.En("look first: with "+first.En+" it would fit (the order to look in, not a verdict)")))
	}
	for i := range r.OtherMends {
		if next, ok := r.OtherMends[i].advice(figures); ok {
			out = append(out, lang.Of(lang.Zh("再看：若把"+next.Zh+"，也可相符"), lang.En("then: with "+next.En+" it would fit too")))
		}
	}
	return out
}

// Remarks are what is to be said of a relation beside its message: its notes, then its advice.
func (r *Relation) Remarks(figures map[string]*Figure) (out []lang.Text) {
	for _, n := range r.Notes {
		out = append(out, n.Text)
	}
	return append(out, r.Advice(figures)...)
}

// advice is "X" changed to Y, with the relations that speak for and against it.
func (m *Mend) advice(figures map[string]*Figure) (lang.Text, bool) {
	f := figures[m.Figure]
	if f == nil {
		return lang.Text{}, false
	}
	line, value := strconv.Itoa(f.Line), m.Value+f.Unit
	in := lang.Text{}
	if f.File != "" {
		in = lang.Text{Zh: "“" + f.File + "”", En: f.File + " "}
	}
	zh := in.Zh + "第" + line + "行的“" + f.Text + "”改为" + value
	en := f.Text + " of " + in.En + "line " + line + " changed to " + value
	if n := len(m.AlsoMends); n > 0 {
		zh += "（另外" + strconv.Itoa(n) + "处矛盾也随之消除）"
		en += " (which settles " + strconv.Itoa(n) + " more)"
	}
	if n := len(m.ConfirmedBy); n > 0 {
		zh += "（但它现在的数与另外" + strconv.Itoa(n) + "处关系相符）"
		en += " (but as it stands it fits " + strconv.Itoa(n) + " other relations)"
	}
	return lang.Text{Zh: zh, En: en}, true
}
