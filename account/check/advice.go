package check

import "anlan/ground/lang"

// ByID finds the figures that are listed.
func (f *File) ByID() map[string]*Figure {
	figures := make(map[string]*Figure, len(f.Figures))
	for i := range f.Figures {
		figures[f.Figures[i].ID] = &f.Figures[i]
	}
	return figures
}

// Advice says where to look first: which figure, changed to what, would settle the relation. Empty where none is known. The figures
// are those of its file.
func (r *Relation) Advice(figures map[string]*Figure) []lang.Text {
	m := r.Mend
	if m == nil || figures[m.Figure] == nil {
		return nil
	}
	text, value := figures[m.Figure].Text, m.Value+figures[m.Figure].Unit
	return []lang.Text{lang.Of(lang.Zh("若把“"+text+"”改为"+value+"即可相符（先看这里，不等于它错）"),
		lang.En("it would fit with "+text+" changed to "+value+" (a place to look first, not a verdict on it)"))}
}
