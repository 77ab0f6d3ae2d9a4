// Package ocr runs Tesseract, where it is installed, to read what stands on a scanned page (文字识别).
//
//	glyphs, err := ocr.Glyphs(ctx, scan)
//
// It gives the characters with their places, as package printed gives those of a page that has them: lines, columns and tables are made
// of both in the same way. A character of a number of which Tesseract is not sure is given as U+FFFD, so that no number is made of it.
// Each run is a process of its own that is stopped after pageMax, reads the picture from its input and leaves nothing behind.
//
// On the account floor, under check/reading: imports printed and the ground. Imported by reading/office, which stands for all programs of others that help to read.
package ocr
