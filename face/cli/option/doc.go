// Package option reads a command line (命令行): options in any order and form, arguments by their names, and every mistake said at
// once, in both languages.
//
//	var s option.Set
//	out := s.Text("o", "FILE", lang.Of("文件", "file"))
//	args, err := s.Parse("KIND", "[FILE…]")
//
// It knows no verb and opens no book; face/cli declares what there is. Only face/cli imports it.
package option
