package reading

import "anlan/ground/lang"

func readDocx(d *Document, src string) error {
	return ErrFormat.With(lang.Of("Word 文档", "a Word document"), lang.Of("请另存为 .txt", "Save it as .txt"))
}
