package reading

import (
	"context"

	"anlan/account/check/reading/printed"
)

// Flow is what readPDF makes of pages that are taken apart already.
func Flow(all ...*printed.Page) (*Document, error) {
	d := &Document{Format: PDF}
	var pages []*pdfPage
	for _, p := range all {
		pages = append(pages, layOut(p))
	}
	withoutHeads(pages)
	return d, flow(context.Background(), d, pages)
}
