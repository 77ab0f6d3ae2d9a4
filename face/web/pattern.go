package web

import (
	"fmt"
	"strings"

	"github.com/boombuler/barcode/qr"
)

// pattern is a QR code as a drawing: squares of one unit, with the quiet border that readers ask for.
type pattern struct {
	Path string // of an SVG
	Side int    // units, with the border
}

// patternBorder is the quiet border (ISO/IEC 18004).
const patternBorder = 4

// patternOf draws a text that a camera reads, of which a seventh may be lost to glare (level M).
func patternOf(text string) (pattern, error) {
	code, err := qr.Encode(text, qr.M, qr.Auto)
	if err != nil {
		return pattern{}, fmt.Errorf("web: draw a QR code: %w", err)
	}
	side := code.Bounds().Dx()
	var path strings.Builder
	for y := range side {
		for x := range side {
			if r, _, _, _ := code.At(x, y).RGBA(); r == 0 {
				fmt.Fprintf(&path, "M%d %dh1v1h-1z", x+patternBorder, y+patternBorder)
			}
		}
	}
	return pattern{path.String(), side + 2*patternBorder}, nil
}

func (q pattern) box() string { return fmt.Sprintf("0 0 %d %d", q.Side, q.Side) }
