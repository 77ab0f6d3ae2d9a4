package figure

import "unicode/utf8"

// numeral is a number in 汉字 as read: coef·10^−decimals counted in 10^exponent. The 万 or 亿 that it ends with is kept in
// the exponent, so that precision stays as stated: 三千万 is 3000 万.
type numeral struct {
	coef     uint64
	decimals int
	exponent int16
	end      int  // offset behind it
	runes    int  // how many characters it has
	digits   bool // digits alone, as in 二〇二三
	valid    bool // 十四五 is not one number
}

// numeralRunesMax bounds the characters of one numeral; a longer run is no number.
const numeralRunesMax = 24

// hanDigit is the value of a 汉字 digit.
func hanDigit(r rune) (d uint64, ok bool) {
	switch r {
	case '〇', '零', '○':
		return 0, true
	case '一':
		return 1, true
	case '二', '两':
		return 2, true
	case '三':
		return 3, true
	case '四':
		return 4, true
	case '五':
		return 5, true
	case '六':
		return 6, true
	case '七':
		return 7, true
	case '八':
		return 8, true
	case '九':
		return 9, true
	}
	return 0, false
}

// hanPower is the exponent of 十百千万亿.
func hanPower(r rune) (exponent int16, ok bool) {
	switch r {
	case '十':
		return 1, true
	case '百':
		return 2, true
	case '千':
		return 3, true
	case '万', '萬':
		return 4, true
	case '亿', '億':
		return 8, true
	}
	return 0, false
}

// readNumeral reads the run of numeral characters that starts at i: 一千二百三十, 三百零五, 十五点五, 二〇二三, 百,
// 三亿二千万. The whole run is consumed.
func readNumeral(s string, i int) numeral {
	var buf [numeralRunesMax + 1]rune
	run := buf[:0]
	for i < len(s) {
		r, size := utf8.DecodeRuneInString(s[i:])
		_, digit := hanDigit(r)
		_, power := hanPower(r)
		if !digit && !power && (r != '点' || len(run) == 0 || !startsWithHanDigit(s[i+size:])) {
			break
		}
		if len(run) <= numeralRunesMax {
			run = append(run, r)
		}
		i += size
	}
	n := numeral{end: i, runes: len(run)}
	if len(run) > 0 && len(run) <= numeralRunesMax {
		n.parse(run)
	}
	return n
}

func startsWithHanDigit(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	_, ok := hanDigit(r)
	return ok
}

func (n *numeral) parse(run []rune) {
	for len(run) > 0 { // 万 and 亿 at the end
		p, ok := hanPower(run[len(run)-1])
		if !ok || p < 4 || n.exponent > 8 {
			break
		}
		n.exponent += p
		run = run[:len(run)-1]
	}
	if len(run) == 0 {
		n.coef, n.valid = 1, n.exponent > 0
		return
	}
	for k, r := range run {
		if r == '点' {
			whole, ok := hanWhole(run[:k])
			n.coef, n.decimals = whole, len(run)-k-1
			for _, r := range run[k+1:] {
				d, isDigit := hanDigit(r)
				ok = ok && isDigit
				n.coef = n.coef*10 + d
			}
			n.valid = ok && n.decimals <= 9 && whole < 1e9
			return
		}
	}
	if n.coef, n.digits = hanDigits(run); n.digits {
		n.valid = true
		return
	}
	// 三亿二千万: the 亿 inside is greater than the 万 at the end, so it is counted in 万.
	if k := lastPower(run, 8); k >= 0 && n.exponent == 4 {
		left, ok1 := hanWhole(run[:k])
		right, ok2 := hanWhole(run[k+1:])
		n.coef, n.valid = left*1e4+right, ok1 && ok2 && left < 1e8
		return
	}
	n.coef, n.valid = hanWhole(run)
}

// hanDigits is a number written digit by digit, at most 18 of them.
func hanDigits(run []rune) (v uint64, ok bool) {
	for _, r := range run {
		d, ok := hanDigit(r)
		if !ok || v >= 1e17 {
			return 0, false
		}
		v = v*10 + d
	}
	return v, true
}

func lastPower(run []rune, exponent int16) int {
	for k := len(run) - 1; k >= 0; k-- {
		if p, ok := hanPower(run[k]); ok && p == exponent {
			return k
		}
	}
	return -1
}

// hanWhole is a whole number with 亿 and 万 inside, below 10¹⁶.
func hanWhole(run []rune) (v uint64, ok bool) {
	for _, p := range []struct {
		exponent int16
		value    uint64
	}{{8, 1e8}, {4, 1e4}} {
		k := lastPower(run, p.exponent)
		if k < 0 {
			continue
		}
		left, ok1 := hanWhole(run[:k])
		right, ok2 := hanWhole(run[k+1:])
		return left*p.value + right, ok1 && ok2 && k > 0 && left < 1e8 && right < p.value
	}
	return hanBelowWan(run)
}

// hanBelowWan is a number of 千百十 and ones; nothing is 0.
func hanBelowWan(run []rune) (v uint64, ok bool) {
	if v, ok := hanDigits(run); ok && (len(run) == 1 || len(run) == 2 && run[0] == '零') {
		return v, true
	}
	powers := [...]uint64{1, 10, 100, 1000}
	last := len(powers)
	for k := 0; k < len(run); k++ {
		d, digit := hanDigit(run[k])
		switch {
		case digit && d == 0:
			continue
		case !digit && k > 0 && v > 0:
			return 0, false // 百千
		case !digit: // 十五, 百余
			d = 1
			k--
		}
		p := int16(0)
		if k+1 < len(run) {
			var ok bool
			if p, ok = hanPower(run[k+1]); !ok {
				return 0, false // 十四五
			}
			k++
		}
		if int(p) >= last {
			return 0, false
		}
		last = int(p)
		v += d * powers[p]
	}
	return v, true
}
