package browser

import (
	"testing"
)

// TestViewsAndComments: a list that is filtered is kept as a view and shared; what is said of a record reaches whom it mentions.
func TestViewsAndComments(t *testing.T) {
	for _, l := range []look{desk, phone} {
		t.Run(l.String(), func(t *testing.T) {
			t.Parallel()
			s := open(t)
			p, other := s.sits(t, l), s.sits(t, l)
			p.signIn("keshi")
			p.open("/records/hazard?where=grade+%3D+ordinary&sort=found_on")
			p.press(p.t("视图", "Views"))
			p.fill("name", "一般隐患")
			p.do(p.clicking(`details.views [name=shared]`))
			p.follow(p.t("保存", "Save"))
			p.reads("一般隐患", "YH-00004", "!YH-00001")
			p.follow(p.t("全部", "all"))
			p.reads("YH-00001")
			p.follow("一般隐患")
			p.follow("YH-00004")
			p.fill("says", "@caiwu 整改投入请从专项资金列支")
			p.follow(p.t("评论", "Comment"))
			p.reads("整改投入请从专项资金列支")
			other.signIn("caiwu")
			other.reads(p.t("提到您的", "You are mentioned"), "整改投入请从专项资金列支")
			other.open("/records/hazard")
			other.follow("一般隐患")
			other.reads("YH-00004")
		})
	}
}
