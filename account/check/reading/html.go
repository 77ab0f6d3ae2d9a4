package reading

import "anlan/ground/lang"

func readHTML(d *Document) error {
	return ErrFormat.With(lang.Of("网页", "a web page"), lang.Of("请另存为 .txt", "Save it as .txt"))
}
