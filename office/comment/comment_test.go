package comment_test

import (
	"slices"
	"testing"

	"anlan/office/comment"
)

func TestWhoIsMentioned(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]string{
		"@lijun 请核对": {"lijun"},
		"请@lijun、@wang.wei.核对；@lijun再看看":   {"lijun", "wang.wei"},
		"寄到 yj@yueyang.gov.cn":             nil,
		"（@zhang-san）":                     {"zhang-san"},
		"@李军 没有登录名":                        nil,
		"@a":                               nil,
		"@Lijun":                           nil,
		"两个@@lijun":                        {"lijun"},
		"see @lijun, then @wangwei's note": {"lijun", "wangwei"},
	} {
		if got := comment.Mentioned(text); !slices.Equal(got, want) {
			t.Errorf("%q mentions %q, want %q", text, got, want)
		}
	}
}
