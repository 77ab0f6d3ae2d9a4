package browser

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"anlan/ground/money"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/resource/asset"
	"anlan/resource/stocktake"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"
)

// filmed is the number on the label that the camera of the run has before it, again and again: two seconds on, three seconds off.
const filmed = "ZC00002"

// film writes what the camera sees: a label held at an angle, on a desk.
func film(dir string) (string, error) {
	code, err := qrcode.NewQRCodeWriter().Encode(filmed, gozxing.BarcodeFormat_QR_CODE, 0, 0, map[gozxing.EncodeHintType]any{gozxing.EncodeHintType_MARGIN: 0})
	if err != nil {
		return "", err
	}
	frame := func(held bool) ([]byte, error) {
		m := image.NewRGBA(image.Rect(0, 0, 640, 480))
		draw.Draw(m, m.Bounds(), image.NewUniform(color.Gray{120}), image.Point{}, draw.Src)
		side, size := code.GetWidth(), 9.0 // pixels a module
		sin, cos := math.Sincos(0.2)
		for y := range 480 {
			for x := range 640 {
				dx, dy := float64(x)-300, float64(y)-250
				u, v := math.Floor((dx*cos+dy*sin)/size+float64(side)/2), math.Floor((dy*cos-dx*sin)/size+float64(side)/2)
				switch {
				case !held || u < -4 || v < -4 || u >= float64(side)+4 || v >= float64(side)+4:
				case u < 0 || v < 0 || u >= float64(side) || v >= float64(side) || !code.Get(int(u), int(v)):
					m.Set(x, y, color.Gray{225})
				default:
					m.Set(x, y, color.Gray{40})
				}
			}
		}
		var b bytes.Buffer
		err := jpeg.Encode(&b, m, &jpeg.Options{Quality: 85})
		return b.Bytes(), err
	}
	label, err := frame(true)
	if err != nil {
		return "", err
	}
	nothing, err := frame(false)
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "camera.mjpeg")
	return path, os.WriteFile(path, append(bytes.Repeat(label, 60), bytes.Repeat(nothing, 90)...), 0o644)
}

// TestStockTakeByScanning: on a phone, the labels before the camera, what is typed and what a hand scanner types become rows, without a line too;
// what was counted is not counted twice, what is not on the books is said, and what nobody saw is listed as missing.
func TestStockTakeByScanning(t *testing.T) {
	if _, err := os.Stat("../../face/web/extra/qr/decode.js"); err != nil {
		if strings.Contains(os.Getenv("ANLAN_REQUIRE"), "extra") {
			t.Fatal("required: the reader of codes is not there; go generate ./face/web")
		}
		t.Skip("SKIPPED: the reader of codes is not there, so no label was scanned; go generate ./face/web fetches it")
	}
	for _, l := range []look{phone, {"zh", 390, 844, true}} {
		t.Run(l.String(), func(t *testing.T) {
			t.Parallel()
			s := open(t)
			var cards []book.Change
			for n, unit := range []place.Unit{"430626", "430626", "430626", "430602"} {
				a := &asset.Asset{Number: fmt.Sprintf("ZC%05d", n+1), Name: fmt.Sprintf("示例水泵%d", n+1), Class: "A02050100", Way: "purchase", AcquiredOn: period.MustDay(2022, 3, 1), Value: 5000 * 100 * money.Fen(1), Status: asset.InUse, Location: fmt.Sprintf("%d号仓", n+1)}
				a.Unit, a.Place = unit, place.Code(unit)
				cards = append(cards, book.Change{Kind: asset.Kind.Code(), Action: access.Create, Record: a})
			}
			_, err := s.app.Book.Apply(t.Context(), admin, cards)
			must(t, err)
			p := s.sits(t, l)
			p.signIn("xiangzhen")
			p.ready()
			said := func(text string) {
				t.Helper()
				p.until(fmt.Sprintf(`document.querySelector('.said').innerText.includes(%q)`, text))
			}

			p.open("/records/asset")
			p.follow(p.t("打印标签", "Print labels"))
			p.reads("ZC00001", "ZC00003", "!ZC00004")

			// With a line, and the camera.
			p.open("/records/stock_take/new")
			p.do(p.clicking(`[data-camera]`))
			p.until(`document.querySelector('[name="line.0.asset_number"]').value === 'ZC00002'`)
			said(p.t("已经盘过", "was counted already"))
			p.do(p.clicking(`[data-camera]`))
			p.until(`!document.querySelector('[data-scan] video').srcObject`)
			p.sees()

			// Without one.
			p.unreachable()
			s.cut()
			p.open("/records/stock_take/new")
			p.fill("number", "PD-2024-02")
			p.fill("name", "示例扫码盘点")
			p.fill("as_of_on", "2024-06-01")
			p.do(p.clicking(`#scan-place`))
			p.types("1号仓")
			p.do(p.clicking(`#scan-code`))
			p.types("zc00001")
			p.key("\r")
			said("示例水泵1")
			p.types("ZC00001")
			p.key("\r")
			said(p.t("已经盘过，在第1行", "was counted already, in row 1"))
			p.types("ZC00004") // of another county
			p.key("\r")
			said(p.t("ZC00004 不在账", "ZC00004 is not on the books"))
			p.do(p.clicking(`[data-camera]`))
			said(p.t("账面在“2号仓”", "by the book at 2号仓"))
			p.do(p.clicking(`[data-camera]`))
			p.do(p.clicking(`[data-rest]`))
			p.until(`document.querySelector('[name="line.2.asset_number"]').value === 'ZC00003'`)
			p.sends("/outbox")
			p.drawn("waiting", 1)
			s.join()
			p.open("/outbox")
			p.drawn("sent", 1)
			k, ok := s.find("stock_take", "PD-2024-02").(*stocktake.StockTake)
			if !ok || len(k.Lines) != 3 {
				t.Fatalf("the stock-take is %+v", k)
			}
			for n, want := range []stocktake.Result{stocktake.Agrees, stocktake.Differs, stocktake.Shortage} {
				if l := k.Lines[n]; l.Result != want || l.Card != fmt.Sprintf("ZC%05d", n+1) || l.Name != fmt.Sprintf("示例水泵%d", n+1) {
					t.Errorf("line %d is %+v, want %s", n+1, l, want)
				}
			}
		})
	}
}
