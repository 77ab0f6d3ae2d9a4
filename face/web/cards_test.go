package web_test

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"anlan/ground/place"
	"anlan/record/access"
	"anlan/resource/asset"
	"anlan/store"
)

// asset records a card of a unit.
func (s *site) asset(n int, unit place.Unit, change func(*asset.Asset)) {
	a := &asset.Asset{Number: fmt.Sprintf("ZC%05d", n), Name: fmt.Sprintf("示例水泵%d", n), Class: "A02050100", Way: "purchase", AcquiredOn: day(s, "2022-03-01"), Status: asset.InUse, Location: "1号仓", Keeper: "示例保管人"}
	a.Unit, a.Place = unit, place.Code(unit)
	if change != nil {
		change(a)
	}
	s.apply(create("asset", a))
}

// TestADeviceKeepsTheCardsOfItsOwnPlace: those on the books, without the names of persons; whoever may not see assets gets none.
func TestADeviceKeepsTheCardsOfItsOwnPlace(t *testing.T) {
	t.Parallel()
	s := open(t, store.SQLite)
	s.asset(1, "430626", nil)
	s.asset(2, "430626", func(a *asset.Asset) {
		a.DisposedOn, a.Disposal, a.Document = day(s, "2023-05-06"), "scrapping", "示例1号"
	})
	s.asset(3, "430621", nil)
	v := s.person("xiangzhen", "430626", access.Township)
	got := v.get("/cards", 200)
	var list struct {
		At    string
		More  bool
		Cards []struct{ Number, Name, Location, Unit string }
	}
	if err := json.Unmarshal([]byte(got.body), &list); err != nil {
		t.Fatal(err)
	}
	if len(list.Cards) != 1 || list.Cards[0].Number != "ZC00001" || list.Cards[0].Location != "1号仓" || list.Cards[0].Unit != "430626" || list.More || list.At == "" {
		t.Errorf("kept are %+v", list)
	}
	got.has(t, "!示例保管人")
	v.get("/today", 200).has(t, "/cards")
	v.get("/records/stock_take/new", 200).has(t, `data-cards="/cards"`, "/static/scan.js")
	v.get("/records/hazard/new", 200).has(t, "!/static/scan.js", "!data-cards")
	duty := s.person("zhiban", "430626", access.Duty)
	duty.get("/cards", 403)
	duty.get("/records/asset/labels", 403)
	duty.get("/today", 200).has(t, "!/cards", "!/static/extra/")
}

// TestLabelsArePrintedOfTheListThatIsShown, and of no card out of sight.
func TestLabelsArePrintedOfTheListThatIsShown(t *testing.T) {
	t.Parallel()
	s := open(t, store.SQLite)
	for n := range 3 {
		s.asset(n+1, "430626", func(a *asset.Asset) { a.Location = fmt.Sprintf("%d号仓", n+1) })
	}
	s.asset(4, "430621", nil)
	v := s.person("xiangzhen", "430626", access.Township)
	v.get("/records/asset", 200).has(t, "打印标签")
	all := v.get("/records/asset/labels", 200)
	all.has(t, "3张标签", "ZC00001", "ZC00003", "示例水泵2", "岳阳市应急管理局", "!ZC00004")
	if n := strings.Count(all.body, "<svg"); n != 3 {
		t.Errorf("%d codes", n)
	}
	page := v.get("/records/asset?where=location+%3D+2%E5%8F%B7%E4%BB%93", 200)
	v.get("/records/asset/labels"+strings.ReplaceAll(page.between(t, `href="/records/asset/labels`, `"`), "&amp;", "&"), 200).has(t, "1张标签", "ZC00002", "!ZC00001")
	v.get("/records/asset/labels?where=location+%3D+9", 200).has(t, "没有要打印的卡片")
}

// needReaderOfCodes skips a test where what others wrote for browsers was not fetched.
func needReaderOfCodes(t *testing.T) {
	t.Helper()
	if _, err := os.Stat("extra/qr/decode.js"); err != nil {
		if strings.Contains(os.Getenv("ANLAN_REQUIRE"), "extra") {
			t.Fatal("required: what others wrote for browsers is not there; go generate ./face/web")
		}
		t.Skip("SKIPPED: what others wrote for browsers is not there, so the reader of codes was not tried; go generate ./face/web fetches it")
	}
}

// TestTheReaderOfCodesIsWhatItsAuthorsPublished: what is built in is byte for byte what the lock names, and it is served packed.
func TestTheReaderOfCodesIsWhatItsAuthorsPublished(t *testing.T) {
	t.Parallel()
	needReaderOfCodes(t)
	text, err := os.ReadFile("extra/lock.json")
	if err != nil {
		t.Fatal(err)
	}
	var all []struct {
		Name  string
		Files map[string]string
	}
	if err := json.Unmarshal(text, &all); err != nil || len(all) == 0 {
		t.Fatalf("%v, %v", all, err)
	}
	for _, p := range all {
		for name, want := range p.Files {
			b, err := os.ReadFile(filepath.Join("extra", p.Name, name))
			if err != nil {
				t.Fatal(err)
			}
			if sum := sha256.Sum256(b); hex.EncodeToString(sum[:]) != want {
				t.Errorf("%s is %x", name, sum)
			}
		}
	}
	open(t, store.SQLite).anybody().get("/static/extra/qr/decode.js", 200).has(t, "decodeQR")
}
