package web_test

import (
	"fmt"
	"testing"

	"anlan/record/access"
	"anlan/record/book"
	"anlan/safety/hazard"
	"anlan/store"
)

// located records a hazard with a position.
func (s *site) located(n int, on, title, at string) {
	h := &hazard.Hazard{Number: fmt.Sprintf("YH-%05d", n), Title: title, Grade: hazard.Major, FoundOn: day(s, on), Coordinates: at}
	h.Unit, h.Place = "430602", "430602"
	s.apply(create("hazard", h))
}

func TestAListIsACalendarABoardAndAMap(t *testing.T) {
	t.Parallel()
	s := open(t, store.SQLite)
	v := s.person("officer", "430602", access.Section)
	for i := range 5 {
		s.located(i, "2023-05-06", fmt.Sprintf("五月六日第%d处", i), "")
	}
	s.located(10, "2023-05-31", "月末的一处", "29.357200,113.128900")
	s.located(11, "2023-07-01", "七月的一处", "29.400000,113.200000")
	s.hazard(12, "430621", "外县的一处")

	v.get("/records/hazard", 200).has(t, `?view=calendar`, `?view=board`, `?view=map`)
	v.get("/records/training", 200).has(t, "view=calendar", "!view=board", "!view=map")
	may := v.get("/records/hazard?view=calendar&by=found_on&month=2023-05", 200)
	may.has(t, "2023年5月", "本月6条", "月末的一处", "5月6日 周六", "共5条", "where=found_on+%3D+2023-05-06", "!七月的一处", "!外县的一处", "month=2023-04", "month=2023-06")
	may.has(t, `<option value="found_on" selected>`, `value="closed_on"`)
	v.get("/records/hazard?view=calendar&by=found_on&month=2023-06", 200).has(t, "这个月没有记录", "month=2023-05")
	v.get("/records/hazard?view=calendar&by=found_on&month=2022-06", 200).has(t, "month=2023-05")
	v.get("/records/hazard?view=calendar&by=found_on&month=2023-05&where=title+has+%E6%9C%88%E6%9C%AB", 200).has(t, "本月1条", "!五月六日第")
	v.get("/records/hazard?view=calendar&by=found_on&month=nonsense&lang=en", 200)
	v.get("/records/hazard?view=calendar&by=state&month=2023-05", 200) // no day: the first that there is

	id := s.find("hazard", "number = YH-00000")
	v.post("/records/hazard/"+id+"/step", 303, "action", "list", "version", "1", "key", "l")
	v.get("/records/hazard?view=board", 200).has(t, "已排查", "挂牌督办", "已销号", "五月六日第0处", "期限", "!外县的一处")
	v.get("/records/hazard?view=board&where=title+has+%E4%B8%83%E6%9C%88", 200).has(t, "七月的一处", "!五月六日第0处")

	plan := v.get("/records/hazard?view=map", 200)
	plan.has(t, "<svg", "<circle", "月末的一处", "29.3572°，113.1289°", "km", "5条没有坐标", "!五月六日第0处</a></li>", "!外县的一处")
	v.get("/records/hazard?view=map&where=found_on+%3E+2024-01-01", 200).has(t, "没有带坐标的记录", "!<svg")
	v.get("/records/hazard?view=map&where=found_on+%3D+2023-05-31", 200).has(t, " m<", "<circle")
	v.get("/records/training?view=map", 404)
	v.get("/records/training?view=board", 404)
	v.get("/records/hazard?view=elsewhere", 200).has(t, "<table")
}

// find gives the id of the one record that a filter finds.
func (s *site) find(kind, where string) (id string) {
	s.Helper()
	f, err := book.ParseFilter(where)
	if err != nil {
		s.Fatal(err)
	}
	err = s.app.Book.Read(s.Context(), s.admin, 0, func(v *book.View) error {
		k, err := s.app.Book.Kind(kind)
		if err != nil {
			return err
		}
		found, _, err := v.List(book.Query{Kind: kind, Filters: []book.Filter{f}})
		if err != nil || len(found) != 1 {
			return fmt.Errorf("found %d, %w", len(found), err)
		}
		id = k.Head(found[0]).ID.String()
		return nil
	})
	if err != nil {
		s.Fatal(err)
	}
	return id
}
