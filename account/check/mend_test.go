package check

import (
	"strings"
	"testing"
)

// advised is the advice on the first contradiction of a text.
func advised(t *testing.T, text string) (zh, en []string) {
	t.Helper()
	f := checked(t, text)
	for i := range f.Relations {
		if r := &f.Relations[i]; r.Verdict == Contradiction {
			for _, a := range r.Advice(f.ByID()) {
				zh, en = append(zh, a.Zh), append(en, a.En)
			}
			return zh, en
		}
	}
	t.Fatal("no contradiction in", text)
	return nil, nil
}

func TestMends_put_the_likeliest_culprit_first(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, text, first, second string }{
		{"what_other_relations_confirm_is_suspected_last", "全年基本支出100万元，其中人员经费60万元、公用经费30万元，人员经费占60%。",
			"先看：若把第2行的“30万元”改为40万元，即可相符（是核对的顺序，不等于它错）", "再看：若把第2行的“60万元”改为70万元（但它现在的数与另外1处关系相符），也可相符"},
		{"one_digit_before_two", "全年基本支出223.45万元，其中人员经费100.00万元、公用经费23.45万元。",
			"先看：若把第2行的“223.45万元”改为123.45万元，即可相符（是核对的顺序，不等于它错）", ""},
		{"what_settles_two_contradictions_comes_first", "全年基本支出100万元，其中人员经费60万元、公用经费30万元，公用经费占40%。",
			"先看：若把第2行的“30万元”改为40万元（另外1处矛盾也随之消除），即可相符（是核对的顺序，不等于它错）", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			zh, en := advised(t, c.text)
			if len(zh) < 2 || zh[0] != c.first || c.second != "" && zh[1] != c.second {
				t.Errorf("got %q", zh)
			}
			if !strings.HasPrefix(en[0], "look first: with ") || !strings.HasPrefix(en[1], "then: with ") {
				t.Errorf("got %q", en)
			}
		})
	}
}
