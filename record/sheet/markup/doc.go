// Package markup is a pull reader of the XML that spreadsheet files are made of: start, end and text, one after another,
// with the bytes of the reader's own buffer and nothing built for what nobody asks.
//
// It exists because a ledger of 100,000 rows is 60 MB of markup: encoding/xml needs several times as long for it as the
// whole import may take. What it gives up for that is what office files never use: it goes by local names, without
// resolving namespaces, and refuses a document type declaration, so that an entity can neither expand nor fetch anything.
// It does check nesting, quoting, entities and UTF-8, because a damaged file must not pass for a short one.
//
//	for {
//		switch kind, err := r.Next(); {
//		case err != nil, kind == markup.EOF: …
//		case kind == markup.Start && string(r.Name()) == "row": n, _ := r.Attr("r")
//		}
//	}
//
// Bounds: a tag or a run of text of at most 1 MiB, 256 levels. Everything given out is valid until the next call of Next.
// What a sheet means by its elements does not live here (package sheet, its only user).
package markup
