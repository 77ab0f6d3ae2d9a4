package web

import (
	"image"
	"image/color"
	"regexp"
	"strconv"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"
)

var square = regexp.MustCompile(`M(\d+) (\d+)h1v1h-1z`)

// TestAForeignReaderReadsThePattern draws what the page draws and lets somebody else's reader look at it.
func TestAForeignReaderReadsThePattern(t *testing.T) {
	t.Parallel()
	const unit = 4 // pixels
	for _, text := range []string{
		"otpauth://totp/%E5%B2%B3%E9%98%B3%E5%B8%82%E5%BA%94%E6%80%A5%E7%AE%A1%E7%90%86%E5%B1%80:lijun?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=%E5%B2%B3%E9%98%B3&algorithm=SHA1&digits=6&period=30",
		"otpauth://totp/A:b?secret=JBSWY3DP&issuer=A",
	} {
		q, err := patternOf(text)
		if err != nil {
			t.Fatal(err)
		}
		picture := image.NewGray(image.Rect(0, 0, q.Side*unit, q.Side*unit))
		for i := range picture.Pix {
			picture.Pix[i] = 255
		}
		for _, m := range square.FindAllStringSubmatch(q.Path, -1) {
			x, _ := strconv.Atoi(m[1])
			y, _ := strconv.Atoi(m[2])
			for dx := range unit {
				for dy := range unit {
					picture.SetGray(x*unit+dx, y*unit+dy, color.Gray{})
				}
			}
		}
		bitmap, err := gozxing.NewBinaryBitmapFromImage(picture)
		if err != nil {
			t.Fatal(err)
		}
		read, err := qrcode.NewQRCodeReader().Decode(bitmap, nil)
		if err != nil || read.GetText() != text {
			t.Errorf("read %v, %v; want %s", read, err, text)
		}
	}
}
