// Package printed takes the pages of a PDF apart into what is printed on them: characters, ruled lines and pictures, each
// where it stands (版面).
//
//	err := printed.Read(content, func(p *printed.Page) error {
//		// p.Glyphs, p.Rules, p.Pictures of page p.Number
//		return nil
//	})
//
// Places are whole hundredths of a point (1/7200 inch) from the upper left corner of the page as a reader sees it, turned
// pages turned. What forms a line, a paragraph or a table does not live here: that is package reading.
//
// The file is taken apart by PDFium, the reader of Chromium, compiled to WebAssembly: code that reads hostile files has no
// memory, file or clock but what it is lent. What it may take is bounded (limits.go); a file beyond a bound is a fault. It is
// translated to machine code when the first PDF is read, which takes seconds, and kept in the user's cache folder, so that
// the next program needs a fraction of one.
//
// On the account floor under check/reading, its only user.
package printed
