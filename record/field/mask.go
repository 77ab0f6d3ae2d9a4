package field

import (
	"slices"
	"strings"

	"anlan/ground/fault"
	"anlan/ground/width"
	"anlan/record/access"
)

// ErrMasked says that somebody sent back a number as it is shown masked, where nothing says which number it was.
var ErrMasked = fault.Define("field.masked", fault.Invalid,
	"“%s”是遮掩后的号码：不改就保持原样，要改请填写完整号码", "%q is a number with its middle masked: leave it as it was, or give the whole number")

// Masks says whether numbers in the values of the field are masked until somebody gives a reason: those of texts about persons.
func (s *Spec) Masks() bool {
	return s.Sensitivity >= access.Personal && (s.Type == TypeText || s.Type == "person" || s.Type == "phone")
}

// Masked is a value of the field with its telephone and identity numbers masked, as 138****1234 and 4306**********123X. A telephone of an
// office, as 0730-8880000 or 12350, stays.
func (s *Spec) Masked(text string) string { return masked(text, s.Type == "phone") }

// Unmasked puts the numbers of the value that stands back where text has them masked; it refuses a mask that no number, or more than one,
// could stand behind, in a telephone.
func (s *Spec) Unmasked(text string, standing ...string) (string, error) {
	if !strings.Contains(text, "*") {
		return text, nil
	}
	behind := map[string]string{}
	for _, was := range standing {
		for _, n := range numbers([]rune(was), s.Type == "phone") {
			plain, hid := n.texts([]rune(was))
			if other, twice := behind[hid]; twice && other != plain {
				plain = hid // either could be meant: the mask stays, and is refused
			}
			behind[hid] = plain
		}
	}
	for hid, plain := range behind {
		if strings.Contains(text, hid) && hid == plain {
			return text, ErrMasked.With(hid)
		}
		text = strings.ReplaceAll(text, hid, plain)
	}
	if s.Type == "phone" && strings.Contains(text, "*") {
		return text, ErrMasked.With(text)
	}
	return text, nil
}

// number is a telephone or identity number in a text: where its digits stand, and how many of them are shown before and after the mask.
type number struct {
	digits      []int
	head, tail  int
	first, last int
}

// texts are the number as it stands and as it is shown.
func (n number) texts(text []rune) (plain, hid string) {
	shown := slices.Clone(text)
	n.hide(shown)
	return string(text[n.first : n.last+1]), string(shown[n.first : n.last+1])
}

func (n number) hide(text []rune) {
	for _, at := range n.digits[n.head : len(n.digits)-n.tail] {
		text[at] = '*'
	}
}

func masked(text string, phone bool) string {
	runes := []rune(text)
	all := numbers(runes, phone)
	if len(all) == 0 {
		return text
	}
	for _, n := range all {
		n.hide(runes)
	}
	return string(runes)
}

// Lengths of the numbers that are masked: mobile telephones of the mainland, and citizens' identity numbers (GB 11643).
const (
	mobileDigits   = 11
	identityDigits = 18
)

// numbers finds the numbers of a text: each run of digits that is as long as one. In a telephone what stands between the digits is no end.
func numbers(text []rune, phone bool) (out []number) {
	var run []int
	flush := func() {
		if n, ok := numberOf(text, run); ok {
			out = append(out, n)
		}
		run = nil
	}
	for i, r := range text {
		r = width.Rune(r)
		switch {
		case r >= '0' && r <= '9', (r == 'X' || r == 'x') && len(run) == identityDigits-1:
			run = append(run, i)
		case phone && len(run) > 0:
		default:
			flush()
		}
	}
	flush()
	return out
}

// numberOf is the number that a run of digits is, with 86 before it perhaps.
func numberOf(text []rune, run []int) (number, bool) {
	digit := func(i int) rune { return width.Rune(text[run[i]]) }
	if len(run) == mobileDigits+2 && digit(0) == '8' && digit(1) == '6' {
		run = run[2:]
	}
	switch {
	case len(run) == identityDigits:
		return number{run, 4, 4, run[0], run[len(run)-1]}, true
	case len(run) == mobileDigits && digit(0) == '1' && digit(1) >= '3':
		return number{run, 3, 4, run[0], run[len(run)-1]}, true
	}
	return number{}, false
}
