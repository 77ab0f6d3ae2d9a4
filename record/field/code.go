package field

import (
	"fmt"
	"slices"
	"strings"

	"anlan/ground/code"
	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/ground/width"
)

// TypeCode is a value of a code list.
const TypeCode Type = "code"

// Code is a field whose values stand in a code list. Sheets may give the code or either label.
func Code[T any, C ~string](fieldCode string, zh lang.Zh, en lang.En, at func(*T) *C, list code.List[C]) Typed[T, C] {
	c := textCodec[C](TypeCode)
	label := lang.Of(zh, en)
	choices := Choices(list)
	c.parse = func(s string) (C, error) {
		v, err := choose(choices, label, s)
		return C(v), err
	}
	f := define(fieldCode, zh, en, at, c, nil)
	f.Choices, f.Source = choices, list.Source
	check := f.Check
	f.Check = func(r *T, today period.Day) fault.List {
		faults := check(r, today)
		if v := string(*at(r)); v != "" && find(choices, v) == nil {
			faults = append(faults, place(unknown(choices, label, v), fieldCode))
		}
		return faults
	}
	return f
}

// Choices is a code list without its Go type.
func Choices[C ~string](list code.List[C]) []Choice {
	out := make([]Choice, len(list.Values))
	for i, v := range list.Values {
		out[i] = Choice{string(v.Code), v.Label, v.Retired}
	}
	return out
}

func find(choices []Choice, c string) *Choice {
	for i := range choices {
		if choices[i].Code == c {
			return &choices[i]
		}
	}
	return nil
}

// choose finds the value that a text names, however wide its characters and whatever their case.
func choose(choices []Choice, label lang.Text, s string) (string, error) {
	if bad := soundText(s); bad != nil {
		return "", bad
	}
	s = width.Trim(s)
	if s == "" {
		return "", nil
	}
	folded := narrow(s)
	if sign, typed := orders[folded]; typed {
		folded = sign
	}
	for _, c := range choices {
		if folded == c.Code || folded == narrow(c.Label.Zh) || strings.EqualFold(folded, narrow(c.Label.En)) {
			if c.Retired {
				return "", ErrRetiredCode.With(c.Label, label)
			}
			return c.Code, nil
		}
	}
	return "", unknown(choices, label, s)
}

// orders are the signs that a keyboard has not, as they are typed.
var orders = map[string]string{">=": "≥", "<=": "≤", "≧": "≥", "≦": "≤"}

// alikeMax is how many values a message lists: of a longer list those most like what was given.
const alikeMax = 5

func unknown(choices []Choice, label lang.Text, s string) *fault.Fault {
	known := slices.DeleteFunc(slices.Clone(choices), func(c Choice) bool { return c.Retired })
	alike := slices.Clone(known)
	like := func(c Choice) int { return max(likeness(s, c.Code), likeness(s, c.Label.Zh), likeness(s, c.Label.En)) }
	slices.SortStableFunc(alike, func(a, b Choice) int { return like(b) - like(a) })
	shown, rest := known, lang.Text{}
	if len(known) > alikeMax {
		shown = alike[:alikeMax]
		rest = lang.Text{Zh: fmt.Sprintf("等%d项", len(known)), En: fmt.Sprintf(" and others, %d in all", len(known))}
	}
	var zh, en []string
	for _, c := range shown {
		zh, en = append(zh, c.Label.Zh), append(en, c.Code)
	}
	nearest := lang.Text{}
	if len(alike) > 0 {
		nearest = lang.Text{Zh: alike[0].Label.Zh, En: alike[0].Code}
	}
	return ErrUnknownCode.With(s, label, nearest, lang.Text{Zh: strings.Join(zh, "、") + rest.Zh, En: strings.Join(en, ", ") + rest.En})
}

// likeness says in thousandths how much of two short texts is common to both in the same order: 办公 is like 办公费 and not like
// 30101, whose edit distance from it is no greater.
func likeness(a, b string) int {
	x, y := []rune(a), []rune(b)
	if len(x)+len(y) == 0 {
		return 0
	}
	row := make([]int, len(y)+1)
	for _, ca := range x {
		diagonal := 0
		for j, cb := range y {
			above := row[j+1]
			switch {
			case ca == cb:
				row[j+1] = diagonal + 1
			case row[j] > above:
				row[j+1] = row[j]
			}
			diagonal = above
		}
	}
	return 2_000 * row[len(y)] / (len(x) + len(y))
}

// distance is the edit distance of two short texts, in code points.
func distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i, ca := range x {
		diagonal := row[0]
		row[0] = i + 1
		for j, cb := range y {
			cost := diagonal
			if ca != cb {
				cost++
			}
			diagonal, row[j+1] = row[j+1], min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(y)]
}

// Nearest gives the member of known that looks most like s; "" when known is empty.
func Nearest(s string, known []string) string {
	nearest, best := "", -1
	for _, k := range known {
		if d := distance(s, k); best < 0 || d < best {
			nearest, best = k, d
		}
	}
	return nearest
}
