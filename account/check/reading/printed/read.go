package printed

import (
	"context"
	"time"

	"anlan/ground/lang"
)

// Read gives the pages of a PDF in their order to each, which may keep them; an error of it ends the reading. Errors are
// faults of this package.
func Read(content string, each func(*Page) error) error { return read(content, timeMax, false, each) }

// ReadAndDraw is Read that draws pages which are nothing but a picture: Page.Scan.
func ReadAndDraw(content string, each func(*Page) error) error {
	return read(content, timeMax, true, each)
}

func read(content string, bound time.Duration, draw bool, each func(*Page) error) error {
	ctx, cancel := context.WithTimeout(context.Background(), bound)
	defer cancel()
	pages, ended := make(chan *Page), make(chan error, 1)
	var stuck stuckness
	go func() {
		ended <- document(ctx, content, draw, pages)
		stuck.end()
	}()
	for done := 0; ; done++ {
		select {
		case p := <-pages:
			if err := each(p); err != nil {
				return err // the reader ends by ctx
			}
		case err := <-ended:
			if ctx.Err() != nil {
				return ErrTooSlow.With(done, bound.String())
			}
			return err
		case <-ctx.Done():
			stuck.begin()
			return ErrTooSlow.With(done, bound.String())
		}
	}
}

// document reads a PDF page by page and hands each over, until ctx ends.
func document(ctx context.Context, content string, draw bool, pages chan<- *Page) error {
	e, err := start(ctx)
	if err != nil {
		return err
	}
	defer e.Close()
	at := e.lend(content)
	if at == 0 {
		return ErrTooLarge.With(lang.Of("占用内存（MiB）", "memory (MiB)"), memoryPages/16)
	}
	doc := e.call("FPDF_LoadMemDocument", at, uint64(len(content)), 0)
	if doc == 0 {
		return e.refused()
	}
	n := e.count("FPDF_GetPageCount", doc)
	switch {
	case n == 0:
		return ErrDamaged.With(lang.Of("没有一页", "it has no page"))
	case n > pagesMax:
		return ErrTooLarge.With(lang.Of("页数", "pages"), pagesMax)
	}
	var scans *int
	if draw {
		scans = new(int)
	}
	for i := range n {
		r := reader{engine: e, Page: &Page{Number: i + 1, Of: n}, scans: scans}
		if r.scratch = e.call("malloc", scratchBytes); r.scratch != 0 {
			r.page(doc, i)
			e.call("free", r.scratch)
		}
		if e.failure != nil {
			return e.failed(i + 1)
		}
		select {
		case pages <- r.Page:
		case <-ctx.Done():
			return nil
		}
	}
	return nil
}

const passwordCode = 4 // FPDF_ERR_PASSWORD

// refused says why a document could not be opened.
func (e *engine) refused() error {
	switch {
	case e.failure != nil:
		return e.failed(0)
	case e.call("FPDF_GetLastError") == passwordCode:
		return ErrPassword.With()
	}
	return ErrDamaged.With(lang.Of("结构不完整，可能没有传完", "its structure is not whole; it may have been cut off"))
}

// failed is the fault for a call that ended in the middle: of memory, or by an error in the file that PDFium did not expect.
func (e *engine) failed(page int) error {
	if e.memory.Size() >= (memoryPages-memoryPages/8)<<16 {
		return ErrTooLarge.Because(e.failure, lang.Of("占用内存（MiB）", "memory (MiB)"), memoryPages/16)
	}
	if page == 0 {
		return ErrDamaged.Because(e.failure, lang.Of("结构异常", "its structure is abnormal"))
	}
	return ErrDamaged.Because(e.failure, lang.Of("有一页内容异常，读取中断", "the content of a page is abnormal and reading broke off"))
}
