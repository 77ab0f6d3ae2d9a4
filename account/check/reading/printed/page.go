package printed

// Page is what is printed on one page.
type Page struct {
	Number        int // from 1
	Of            int // pages of the document
	Width, Height int // as a reader sees it
	Glyphs        []Glyph
	Rules         []Box // straight lines, horizontal or vertical, and rectangles as thin as one
	Pictures      []Box
	Drawings      int   // drawn shapes that are no rules
	Turned        int   // characters at an angle to the others, as those of a watermark; they are not among Glyphs
	Unknown       int   // characters of which the file does not say what they are; among Glyphs they are U+FFFD
	Damaged       bool  // the page could not be read
	Cut           bool  // it has more on it than is looked at
	Scan          *Scan // how a page looks that is nothing but a picture, where that was asked for; Rules are then those of the picture
}

// Box is a rectangle; its upper left corner is not below or right of its lower right one.
type Box struct{ Left, Top, Right, Bottom int }

// Glyph is a character on the page. Its box is that of its place in the line, as wide as the step to the next and as high
// as the type; Base is the line that it stands on.
type Glyph struct {
	Box
	Base   int
	Rune   rune
	Spaced bool // a space is printed before it
	Lost   bool // a character may stand before it that was not recognised
}

// Width is how wide the box is.
func (b Box) Width() int { return b.Right - b.Left }

// With is the box around two.
func (b Box) With(o Box) Box {
	return Box{min(b.Left, o.Left), min(b.Top, o.Top), max(b.Right, o.Right), max(b.Bottom, o.Bottom)}
}

// Height is how high it is.
func (b Box) Height() int { return b.Bottom - b.Top }

// around is the box that holds two points.
func around(x, y, u, v int) Box { return Box{min(x, u), min(y, v), max(x, u), max(y, v)} }
