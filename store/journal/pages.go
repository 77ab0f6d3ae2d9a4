package journal

import "anlan/store"

// page is a number of rows on their way from the database to the verifier. Reading and hashing cost about the same, so
// each has a goroutine; three pages go round between them, and nothing else is allocated however long the journal is.
type page struct {
	rows  []pageRow
	bytes []byte // hashes and bodies of the rows, one after the other
}

type pageRow struct {
	position   Position
	recordedAt int64
	hashes     int // bytes
	body       int // bytes
}

const (
	pagesAround = 3
	pageRows    = 512
	pageBytes   = 1 << 20
)

func (p *page) full() bool { return len(p.rows) == pageRows || len(p.bytes) >= pageBytes }

// each gives the rows of the page; hashes and body are borrowed.
func (p *page) each(do func(r pageRow, hashes, body []byte) error) error {
	at := 0
	for _, r := range p.rows {
		middle, end := at+r.hashes, at+r.hashes+r.body
		if err := do(r, p.bytes[at:middle], p.bytes[middle:end]); err != nil {
			return err
		}
		at = end
	}
	return nil
}

// walkQuery gives all entries in order, by primary key; streamed.
const walkQuery = "SELECT position, recorded_at, hashes, body FROM journal_entry ORDER BY position"

// walkEntries reads all entries and gives them to do, which runs in a goroutine of its own, one entry after the other.
func walkEntries(tx *store.Tx, do func(r pageRow, hashes, body []byte) error) error {
	rows, err := tx.Query(walkQuery)
	if err != nil {
		return err
	}
	defer rows.Close()
	empty, filled, done := make(chan *page, pagesAround), make(chan *page, pagesAround), make(chan error, 1)
	for range pagesAround {
		empty <- &page{}
	}
	go func() {
		var failed error
		for p := range filled {
			if failed == nil {
				failed = p.each(do)
			}
			empty <- p
		}
		done <- failed
	}()
	p := <-empty
	p.rows, p.bytes = p.rows[:0], p.bytes[:0]
	for rows.Next() {
		v := rows.Values()
		position, _ := v[0].(int64)
		at, _ := v[1].(int64)
		hashes, _ := v[2].([]byte)
		body, _ := v[3].([]byte)
		p.rows = append(p.rows, pageRow{Position(position), at, len(hashes), len(body)})
		p.bytes = append(append(p.bytes, hashes...), body...)
		if p.full() {
			filled <- p
			p = <-empty
			p.rows, p.bytes = p.rows[:0], p.bytes[:0]
		}
	}
	filled <- p
	close(filled)
	if err := <-done; err != nil {
		return err
	}
	return rows.Close()
}
