package reading

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/transform"
)

const (
	bom         = "\ufeff"
	utf8Name    = "UTF-8"
	gb18030Name = "GB18030"
)

// decode gives the text of a source in UTF-8 without byte order mark, and the encoding it had. A valid UTF-8 source is
// not copied. The bytes decide, because what a page or a mail claims of its encoding is often wrong.
func decode(src string) (text, encoding string, err error) {
	if strings.HasPrefix(src, "\xff\xfe") || strings.HasPrefix(src, "\xfe\xff") {
		return "", "", ErrEncoding.With() // UTF-16: full of zero bytes, and so not to be called binary
	}
	if i := strings.IndexByte(src, 0); i >= 0 {
		return "", "", ErrBinary.With(i + 1)
	}
	src = strings.TrimPrefix(src, bom)
	if utf8.ValidString(src) {
		return src, utf8Name, nil
	}
	if at, damaged := damagedUTF8(src); damaged {
		return "", "", ErrDamagedText.With(at + 1)
	}
	if !plausibleGB(src) {
		return "", "", ErrEncoding.With()
	}
	var b strings.Builder
	b.Grow(len(src) + len(src)/2) // two bytes of GB18030 become three of UTF-8
	w := transform.NewWriter(&b, simplifiedchinese.GB18030.NewDecoder())
	if _, err := strings.NewReader(src).WriteTo(w); err != nil {
		return "", "", ErrEncoding.Because(err)
	}
	if err := w.Close(); err != nil {
		return "", "", ErrEncoding.Because(err)
	}
	text = strings.TrimPrefix(b.String(), bom)
	if strings.ContainsRune(text, utf8.RuneError) {
		return "", "", ErrEncoding.With()
	}
	return text, gb18030Name, nil
}

// damagedUTF8 says whether src is UTF-8 but for a few places, and where the first is. In GB18030 or any other encoding
// of Chinese hardly a pair of bytes is valid UTF-8, so a hundred good characters to a bad byte leave no doubt.
func damagedUTF8(src string) (at int, damaged bool) {
	good, bad := 0, 0
	for i := 0; i < len(src); {
		r, n := utf8.DecodeRuneInString(src[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			if bad == 0 {
				at = i
			}
			bad++
		case n > 1:
			good++
		}
		i += n
	}
	return at, good >= 100*bad
}

// plausibleGB says whether the bytes above ASCII look like Chinese in GB18030: two in three pairs are punctuation or one
// of the 3,755 common characters of GB 2312 level 1 (in ordinary prose it is over nine in ten; other encodings fail).
func plausibleGB(src string) bool {
	common, pairs := 0, 0
	for i := 0; i+1 < len(src); i++ {
		if src[i] < 0x80 {
			continue
		}
		pairs++
		switch lead, trail := src[i], src[i+1]; {
		case trail >= '0' && trail <= '9': // a character of four bytes
			i += 3
			continue
		case trail >= 0xa1 && (lead >= 0xa1 && lead <= 0xa3 || lead >= 0xb0 && lead <= 0xd7):
			common++
		}
		i++
	}
	return common*3 >= pairs*2
}
