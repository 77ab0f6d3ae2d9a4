package web_test

import (
	"encoding/xml"
	"errors"
	"strings"
	"testing"
	"time"

	"anlan/ground/maybe"
	"anlan/public/notice"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/store"
)

func TestThePublicReadsWarningsAsTheyWereIssued(t *testing.T) {
	t.Parallel()
	s := open(t, store.SQLite)
	n := &notice.Notice{Number: "示例预警1", Sort: notice.Warning, Hazard: "flood", Level: "orange", Title: "示例：洪水橙色预警", Text: "示例江段水位将超警戒。\n<b>请转移</b>", Area: "示例县沿江", Issuer: "示例市水文中心"}
	n.Unit = "430600"
	done := s.apply(book.Change{Kind: "public_notice", Action: access.Create, Record: n})
	v := s.anybody()
	id := done[0].ID.String()
	v.get("/public/notices", 200).has(t, "现在没有预警", "!洪水橙色预警")
	v.get("/public/notices/"+id, 404)
	v.get("/public/notices/none", 404)

	s.clock.Set(s.clock.Now().Add(time.Hour))
	s.admin.Name = "另一人"
	s.apply(book.Change{Kind: "public_notice", ID: done[0].ID, Expect: 1, Action: "issue"})
	v.get("/public/notices", 200).has(t, "现在有效", `class="level orange">橙色`, "示例市水文中心", "&lt;b&gt;请转移", "!<b>请转移", "!以往")
	v.get("/public/notices/"+id, 200).has(t, `class="level orange"`, "示例县沿江", "示例预警1")
	feed := v.get("/public/notices.atom", 200)
	var atom struct {
		Entries []struct {
			ID      string `xml:"id"`
			Summary string `xml:"summary"`
		} `xml:"entry"`
	}
	if err := xml.Unmarshal([]byte(feed.body), &atom); err != nil || len(atom.Entries) != 1 || atom.Entries[0].ID != "urn:uuid:"+id || !strings.Contains(atom.Entries[0].Summary, "<b>请转移</b>") {
		t.Errorf("%v, %+v", err, atom)
	}

	// Whoever has the page is told so, until something is written.
	tag := v.get("/public/notices", 200).Header.Get("ETag")
	if tag == "" || v.get("/public/notices", 200).Header.Get("ETag") != tag {
		t.Errorf("the page has the tag %q, and then another", tag)
	}

	// What was issued is not rewritten; it is lifted, and the reason stands in public.
	changed := *n
	changed.Text, changed.IssuedAt = "示例：没有危险", maybe.Some(s.clock.Now())
	if _, err := s.app.Book.Apply(t.Context(), s.admin, []book.Change{{Kind: "public_notice", ID: done[0].ID, Expect: 2, Action: access.Edit, Record: &changed}}); !errors.Is(err, notice.ErrIssued) {
		t.Errorf("rewritten: %v", err)
	}
	s.clock.Set(s.clock.Now().Add(time.Hour))
	s.apply(book.Change{Kind: "public_notice", ID: done[0].ID, Expect: 2, Action: "lift", Reason: "水位已退到警戒以下"})
	v.get("/public/notices", 200).has(t, "以往", "解除于", "!现在有效", "!level orange")
	v.get("/public/notices/"+id, 200).has(t, "已解除：水位已退到警戒以下", "!level orange")
	v.get("/public/notices.atom", 200).has(t, "已解除：水位已退到警戒以下")
}
