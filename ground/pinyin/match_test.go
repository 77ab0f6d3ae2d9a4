package pinyin_test

import (
	"strings"
	"testing"

	"anlan/ground/pinyin"
)

func TestATextIsFoundByInitialsAndReadings(t *testing.T) {
	for _, c := range []struct {
		typed, text string
		want        bool
	}{
		{"yylq", "岳阳楼区", true},
		{"YYLQ", "岳阳楼区", true},
		{"yueyanglouqu", "岳阳楼区", true},
		{"yueyangl", "岳阳楼区", true},
		{"yueylouq", "岳阳楼区", true},
		{"louqu", "岳阳楼区", true}, // from any character
		{"lq", "岳阳楼区", true},
		{"yylx", "岳阳楼区", false},
		{"qu", "岳阳楼区", true},
		{"yuelou", "岳阳楼区", false}, // none is passed over
		{"chongq", "重庆", true},
		{"zhongq", "重庆", true}, // both readings
		{"pjx", "平江县应急管理局", true},
		{"xian", "平江县", true},
		{"", "岳阳", false},
		{"岳", "岳阳", false},
		{"430602", "岳阳楼区", false},
		{"a b", "阿伯", false},
		{"y", "", false},
		{"abc", "abc", false}, // letters are found by looking for them
		{strings.Repeat("y", 41), strings.Repeat("岳", 41), false},
	} {
		if got := pinyin.Matches(c.typed, c.text); got != c.want {
			t.Errorf("%q in %q: got %v", c.typed, c.text, got)
		}
	}
	if pinyin.Initials("岳阳楼区（430602）") != "yylq" || pinyin.Full("平江县") != "pingjiangxian" {
		t.Errorf("got %q, %q", pinyin.Initials("岳阳楼区（430602）"), pinyin.Full("平江县"))
	}
}
