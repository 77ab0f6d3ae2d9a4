package check

import "strings"

// announced are the rates of the list that m begins. The verb may be said again before each of them: 同比分别下降15.5%、下降11%
// is one list, and without 分别 too, where each of them compares with the same.
func (s *sentence) announced(m *mention) []*mention {
	end := m.place + m.listSize
	for m.listSize == 1 && end < len(s.mentions) {
		next := s.mentions[end]
		if next.kind != rate || next.listSize != 1 || next.depth != m.depth || normal(next.core) != "" || strings.ContainsAny(s.between(end-1, end), "，,；;。") {
			break
		}
		if !m.each && next.ground != "" && next.ground != m.ground { // 同比下降15.5%、环比下降11%
			break
		}
		end++
	}
	return s.mentions[m.place:end]
}

// judgeRates judges the rates of one list, each with what it is of: amounts or levels in the same order before it. As many
// rates as things in one row are understood as 分别, but where the word is left out nobody is accused; nor where one rate
// stands behind several things and could be of any.
func (s *sentence) judgeRates(rates []*mention) {
	n, first := len(rates), rates[0]
	if n == 1 && first.each { // 分别 says that there are more: nobody can tell which of several things this one is of
		return
	}
	if now, old := s.monthBefore(first); n == 1 && now != nil && strings.Trim(normal(first.core), "环比较上月相") == "" {
		s.judgeChanged(now, old, first)
		return
	}
	if s.judgeNamedRates(rates) {
		return
	}
	things := s.thingsBefore(first, n)
	if things == nil || normal(first.core) != "" && (n > 1 || !s.namesLevel(first)) {
		return
	}
	supposed := !first.each && things[0].listSize != n
	if supposed && !s.inRow(things) {
		return
	}
	if n == 1 && normal(first.core) == "" && first.place > 1 {
		supposed = s.inRow(s.mentions[first.place-2 : first.place])
	}
	for i, m := range things {
		rates[i].supposed = supposed
		switch {
		case m.kind == amount:
			if normal(first.core) == "" {
				s.judgePair(m, rates[i])
			}
		case !s.judgeBefore(m, rates[i]) && normal(first.core) == "":
			s.judgeInverse(m, rates[i])
		}
	}
}

// judgeNamedRates judges the rates of one list whose words name what they are of, each of which the sentence has once before them:
// 发生事故31起、死亡26人，同比事故起数下降11.4%、死亡人数下降18.8%; 事故起数和死亡人数分别下降28.1%、31.0%. It says whether it did.
func (s *sentence) judgeNamedRates(rates []*mention) bool {
	first := rates[0]
	if normal(first.core) == "" || len(rates) == 1 && s.namesLevel(first) || strings.Contains(first.lead, "前年") {
		return false
	}
	names := strings.FieldsFunc(strings.ReplaceAll(first.core, "以及", "、"), func(r rune) bool { return r == '、' || r == '和' || r == '及' || r == '与' })
	if len(names) != len(rates) {
		return false
	}
	things := make([]*mention, len(rates))
	for i, name := range names {
		if things[i] = s.onlyOf(name, first); things[i] == nil {
			return false
		}
	}
	for i, m := range things {
		if !s.judgeBefore(m, rates[i]) {
			s.judgeInverse(m, rates[i])
		}
	}
	return true
}

// onlyOf is the one count of casualties, or of accidents, of a sentence before a rate that has a name; nil where there is none or more than one.
func (s *sentence) onlyOf(name string, r *mention) (only *mention) {
	name = strings.TrimSuffix(normal(name), "人")
	for _, m := range s.mentions[:r.place] {
		if m.kind != level || m.Form().Vague() || m.depth != r.depth || m.listSize > 1 {
			continue
		}
		if c := m.casualty(); c != "" && c == name || c == "" && m.Unit().Dimension() == accidents && name == "事故" {
			if only != nil {
				return nil
			}
			only = m
		}
	}
	return only
}

// inRow says whether several figures of one kind stand side by side, joined by 、 or 和 alone.
func (s *sentence) inRow(figures []*mention) bool {
	for i, m := range figures {
		if m.kind != figures[0].kind || m.depth != figures[0].depth || i > 0 && strings.ContainsAny(s.between(m.place-1, m.place), "，,；;。") {
			return false
		}
	}
	return len(figures) > 1
}

// thingsBefore are the n figures right before a list of n rates, all of one kind; nil where there are fewer, or where more
// of them stand in one row, so that nobody can tell which of them have no rate.
func (s *sentence) thingsBefore(first *mention, n int) []*mention {
	if first.place < n {
		return nil
	}
	things := s.mentions[first.place-n : first.place]
	if k := first.place - 2; n == 1 && k >= 0 && things[0].kind == before && s.mentions[k].from == things[0] { // 12次，比2022年10次增长20%
		things = s.mentions[k : k+1]
	}
	kind := things[0].kind
	if kind != level && kind != amount {
		return nil
	}
	for _, m := range things {
		if m.kind != kind || m.depth != first.depth {
			return nil
		}
	}
	if k := things[0].place; n > 1 && k > 0 && s.mentions[k-1].kind == kind && s.mentions[k-1].depth == first.depth {
		if joint := s.between(k-1, k); !s.inRow(things) || !strings.ContainsAny(joint, "，,；;。") {
			return nil
		}
	}
	return things
}

// namesLevel says whether the subject of a rate is that of the level right before it.
func (s *sentence) namesLevel(r *mention) bool {
	return r.place > 0 && like(normal(r.core), s.mentions[r.place-1].core) == equal
}
