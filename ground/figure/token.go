package figure

// Class is what a number in writing is.
type Class uint8

// The classes. Only a Figure states a value.
const (
	ClassFigure    Class = iota
	ClassDate            // 2023年, 2023年12月31日, 1—6月, 2023-12-31, 15:30
	ClassDocument        // the number of a document: 〔2023〕12号
	ClassCode            // codes, models, versions, indexes: 430602, M-171, PM2.5, GB/T 9704, 12号
	ClassOrdinal         // 第3, 居全国第9, and list marks: 1. （1） 一、
	ClassPhone           // telephone numbers
	ClassArticle         // 第12条, 第三款
	ClassSlogan          // numbers inside a name: “631”, “五个确保”, 4+4, 500强
	ClassRatio           // 3：2, 1/3
	ClassWord            // a 汉字 numeral as a word: 三个方面, 一批
	ClassMalformed       // what nobody can read as one number: 1.2.3万元
)

var classNames = [...]string{"figure", "date", "document_number", "code", "ordinal", "phone", "article", "slogan", "ratio", "word", "malformed"}

// String is the class as exports write it.
func (c Class) String() string { return classNames[c] }

// Token is one number of a text.
type Token struct {
	Class  Class
	Flaw   Flaw
	Date   Date   // of ClassDate
	Figure Figure // of ClassFigure
	Offset int    // of its first byte; a word that widens it (约) belongs to it
	End    int    // of the byte behind it; unit and 以上 belong to it
	Digits int    // offset of its first digit
	Line   int    // counts from 1
	Column int    // of Offset in its line, in code points from 1
}

// Date is what a number of ClassDate says; 0 is not said. To… are the end of a span: 1—6月, 2021—2025年.
type Date struct {
	Year, Month, Day       int16
	ToYear, ToMonth, ToDay int16
}

// Spans says whether the date is a span with two ends.
func (d Date) Spans() bool { return d.ToYear != 0 || d.ToMonth != 0 || d.ToDay != 0 }
