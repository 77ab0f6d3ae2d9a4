package sheet

import (
	"bytes"
	"cmp"
	"io"
	"slices"

	"anlan/ground/lang"
	"anlan/record/sheet/markup"
)

// mergesMax bounds the merged ranges of a sheet, which are held in memory.
const mergesMax = 200_000

// merge is a merged range: columns from 0, rows from 1, both ends included.
type merge struct{ left, right, top, bottom int }

// readMerges unpacks a sheet and reads what stands behind its cells. It also proves that the part is whole: the checksum of
// the archive is compared at its end, before any row is given out. Never nil.
func (s *worksheet) readMerges() ([]merge, error) {
	r, err := s.book.open(s.part, sheetMax)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	rest, err := behindCells(r)
	if err != nil {
		return nil, s.book.damaged(err, s.part)
	}
	merges := []merge{}
	for m := markup.NewFragment(rest); ; {
		kind, err := m.Next()
		switch {
		case err != nil:
			return nil, s.book.damaged(err, s.part)
		case kind == markup.EOF:
			slices.SortFunc(merges, func(a, b merge) int { return cmp.Or(a.top-b.top, a.left-b.left) })
			return merges, nil
		case kind != markup.Start || string(m.Name()) != "mergeCell":
			continue
		}
		ref, _ := m.Attr("ref")
		first, last, _ := bytes.Cut(ref, []byte(":"))
		left, top, ok1 := parseAddress(first)
		right, bottom, ok2 := parseAddress(last)
		if !ok1 || !ok2 || right < left || bottom < top {
			return nil, ErrDamaged.With(lang.Of("合并区域不成立", "a merged range is none"))
		}
		if len(merges) == mergesMax {
			return nil, ErrTooLarge.With(theMerges, mergesMax)
		}
		merges = append(merges, merge{left, right, top, bottom})
	}
}

// behindCells reads past the end of the cells and gives what stands behind it. The mark cannot stand in a text, where < is
// written as an entity.
func behindCells(r io.Reader) (io.Reader, error) {
	const mark, before = "sheetData", len("</12345678901234567890:")
	buf := make([]byte, 64<<10)
	kept := 0 // bytes at the front that belong to what was read before
	for {
		n, err := io.ReadAtLeast(r, buf[kept:], 1)
		window := buf[:kept+n]
		for from := 0; ; {
			i := bytes.Index(window[from:], []byte(mark))
			if i < 0 {
				break
			}
			i += from
			end := i + len(mark)
			if end+1 >= len(window) && err == nil {
				break // what follows is not read yet
			}
			if endsCells(window[max(0, i-before):i], window[end:]) {
				return io.MultiReader(bytes.NewReader(bytes.Clone(window[end:])), r), nil
			}
			from = end
		}
		if err == io.EOF {
			return nil, io.ErrUnexpectedEOF
		}
		if err != nil {
			return nil, err
		}
		kept = min(len(window), before+len(mark)+2)
		copy(buf, window[len(window)-kept:])
	}
}

// endsCells says whether what stands around the name makes it </sheetData> or <sheetData/>, with or without a prefix.
func endsCells(before, after []byte) bool {
	tag := before[bytes.LastIndexByte(before, '<')+1:]
	if len(tag) == len(before) || bytes.ContainsAny(tag, "> \t\r\n\"'") {
		return false // the name does not stand at the beginning of a tag
	}
	if bytes.HasPrefix(tag, []byte("/")) {
		return bytes.ContainsAny(after[:min(1, len(after))], "> \t\r\n")
	}
	return bytes.HasPrefix(after, []byte("/>"))
}

// spread carries the values of merged ranges from their first cells to the others, row by row.
type spread struct {
	merges []merge // that have not begun, by top
	active []held
}

// held is a range that has begun, and the value of its first cell.
type held struct {
	merge
	cell Cell
}

// pass takes notice of a row without giving values to it. Ranges that overlap are refused: a sheet has none, and they could
// cover every cell a thousand times.
func (s *spread) pass(row Row) error {
	s.active = slices.DeleteFunc(s.active, func(h held) bool { return h.bottom < row.Number })
	for len(s.merges) > 0 && s.merges[0].top <= row.Number {
		m := s.merges[0]
		s.merges = s.merges[1:]
		if m.top < row.Number || m.left >= len(row.Cells) || row.Cells[m.left].Kind == Empty {
			continue
		}
		for _, h := range s.active {
			if m.left <= h.right && h.left <= m.right {
				return ErrDamaged.With(lang.Of("合并区域重叠", "merged ranges overlap"))
			}
		}
		s.active = append(s.active, held{m, row.Cells[m.left]})
	}
	return nil
}

// over gives the cells of a row with the values that merged ranges bring.
func (s *spread) over(row Row) ([]Cell, error) {
	if len(s.merges) == 0 && len(s.active) == 0 {
		return row.Cells, nil
	}
	if err := s.pass(row); err != nil {
		return nil, err
	}
	cells := row.Cells
	for _, h := range s.active {
		for len(cells) <= h.right {
			cells = append(cells, Cell{})
		}
		for column := h.left; column <= h.right; column++ {
			if row.Number > h.top || column > h.left {
				cells[column] = h.cell
				cells[column].Merged = true
			}
		}
	}
	return cells, nil
}
