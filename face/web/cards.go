package web

import (
	"fmt"

	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/record/field"
	"anlan/resource/asset"
	"anlan/resource/stocktake"
)

// Bounds of what is scanned and printed.
const (
	cardsKept  = 5_000 // that a device keeps to take stock by: half a megabyte, a tenth of it on the line
	labelsMost = 420   // of one printing: twenty sheets of 21
)

// cardList is what a device keeps of the asset cards on the books, so that a code that is scanned has a name without a line, too.
type cardList struct {
	At    string `json:"at"`
	More  bool   `json:"more"` // there are more cards than a device keeps
	Cards []card `json:"cards"`
}

// card is what somebody who takes stock has to know of an asset; nobody's name is in it.
type card struct {
	Number   string `json:"number"`
	Name     string `json:"name"`
	Location string `json:"location"`
	Unit     string `json:"unit"`
}

// onBooks asks for the cards of things that have not been disposed of.
func onBooks(most int) book.Query {
	return book.Query{Kind: asset.Kind.Code(), Filters: []book.Filter{{Field: "disposed_on", Op: field.OpAbsent}}, Limit: most}
}

// cards sends the cards in sight of whoever takes stock, by which the script of the form finds what was scanned.
func (s *Server) cards(v *visit) error {
	if err := v.actor().Allow(access.Read, asset.Kind.Code(), asset.Kind.Label()); err != nil {
		return err
	}
	l := cardList{Cards: []card{}}
	err := s.app.Book.Read(v.r.Context(), v.actor(), 0, func(view *book.View) error {
		return view.Each(onBooks(cardsKept+1), func(r any) error {
			a := r.(*asset.Asset)
			if l.More = len(l.Cards) == cardsKept; !l.More {
				l.Cards = append(l.Cards, card{a.Number, a.Name, a.Location, string(a.Unit)})
			}
			return nil
		})
	})
	if err != nil {
		return err
	}
	l.At = s.app.Clock().Now().In(period.Shanghai).Format("2006-01-02 15:04")
	return v.sendJSON(0, l)
}

// mayScan says whether rows of a kind are found by the codes of asset cards, and the reader may see those.
func (v *visit) mayScan(kind string) bool {
	return kind == stocktake.Kind.Code() && v.actor().May(access.Read, asset.Kind.Code())
}

// label is what sticks to a thing.
type label struct {
	Number, Name, Location string
	Code                   pattern // the number, to be scanned
}

// labels are the labels of the cards of a list, on sheets of A4 with 21 of them.
func (s *Server) labels(v *visit) error {
	if err := v.actor().Allow(access.Read, asset.Kind.Code(), asset.Kind.Label()); err != nil {
		return err
	}
	l := readListing(asset.Kind.Code(), v.r.URL.Query())
	q, err := l.query(labelsMost + 1)
	if err != nil {
		return err
	}
	var out []label
	err = s.app.Book.ReadRecorded(v.r.Context(), v.actor(), 0, book.Reading{Way: "list", Filters: q.Filters}, func(view *book.View) error {
		return view.Each(q, func(r any) (err error) {
			a := r.(*asset.Asset)
			x := label{Number: a.Number, Name: a.Name, Location: a.Location}
			if len(out) < labelsMost {
				x.Code, err = patternOf(a.Number)
			}
			out = append(out, x)
			return err
		})
	})
	if err != nil {
		return err
	}
	p := v.page(v.t("资产标签", "Asset labels"))
	in := sectionOf(l.Kind)
	p.Wing, p.Crumbs = in.Code, []anchor{{Text: in.Label.In(v.lang), To: "/wings/" + in.Code}, {Text: asset.Kind.Label().In(v.lang), To: l.address()}}
	p.Lead = v.t(lang.Zh(fmt.Sprintf("%d张标签，每张A4纸21张（63.5×38.1 mm）。用浏览器的打印，缩放100%%，不加边距", min(len(out), labelsMost))),
		lang.En(fmt.Sprintf("%d labels, 21 on a sheet of A4 (63.5×38.1 mm). Print them from the browser at 100%%, without margins of its own", min(len(out), labelsMost))))
	if len(out) > labelsMost {
		p.AsOf = v.t(lang.Zh(fmt.Sprintf("这里只有前%d张：在台账里筛选，分几次打印", labelsMost)), lang.En(fmt.Sprintf("These are the first %d alone: filter the list and print it in parts", labelsMost)))
		out = out[:labelsMost]
	}
	return v.show(p, labelSheet(p, out))
}
