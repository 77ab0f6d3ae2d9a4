package figure

// date recognises the dates that start with literal l at i, and gives the offset behind them: 2023年, 2023年12月31日,
// 2021—2025年, 2025年1—6月, 6月, 24日, 2、3、8月, 2024-08-01, 2024.8.1, 8时30分, 23年5月.
func (s *Scanner) date(i int, l literal, m measure) (d Date, end int, ok bool) {
	if l.grouped || l.flaw == Grouping || l.whole > 4 {
		return d, 0, false
	}
	if l.whole == 4 {
		return s.dateFromYear(i, m)
	}
	if l.decimals > 0 || l.whole > 2 {
		return d, 0, false
	}
	if end, ok = s.monthDay(i, &d); ok {
		return d, end, true
	}
	if l.whole == 2 && s.follows(l.end, "年") { // 23年5月
		if end, ok = s.monthDay(l.end+len("年"), &d); ok && d.Month > 0 && int(l.coef) < 50 {
			d.Year = 2000 + int16(l.coef)
			return d, end, true
		}
		return Date{}, 0, false
	}
	if l.coef <= 24 && s.follows(l.end, "时", "点") {
		end = l.end + len("时")
		if n, v, next := s.shortNumber(end); n > 0 && v < 60 && s.follows(next, "分") {
			return d, next + len("分"), true
		}
		return d, end, s.follows(l.end, "时") || s.follows(end, "整", "钟", "半")
	}
	return d, 0, false
}

// shortNumber reads one or two digits at i; n is how many, 0 when a third follows.
func (s *Scanner) shortNumber(i int) (n int, v int16, end int) {
	for {
		d, size, ok := digitAt(s.text, i)
		if !ok {
			return n, v, i
		}
		if n++; n > 2 {
			return 0, 0, i
		}
		v, i = v*10+int16(d), i+size
	}
}

// year reads four digits of a year of 1800 to 2199 at i.
func (s *Scanner) year(i int) (y int16, end int) {
	for range 4 {
		d, size, ok := digitAt(s.text, i)
		if !ok {
			return 0, i
		}
		y, i = y*10+int16(d), i+size
	}
	if _, _, ok := digitAt(s.text, i); ok || y < 1800 || y > 2199 {
		return 0, i
	}
	return y, i
}

// joint is the size of a mark at i that joins the ends of a span, a lone dash included, 至 and 到 too.
func (s *Scanner) joint(i int) int {
	switch r, size := s.after(i); r {
	case '-', '—', '–', '~', '～', '－', '至', '到':
		return size
	}
	return 0
}

func (s *Scanner) blank(i int) int {
	if s.follows(i, " ") {
		return i + 1
	}
	return i
}

func (s *Scanner) dateFromYear(i int, m measure) (d Date, end int, ok bool) {
	d.Year, end = s.year(i)
	if d.Year == 0 {
		return d, 0, false
	}
	if at := s.blank(end); s.follows(at, "年") && !s.follows(at, "年以上", "年以下") {
		end = at + len("年")
		return s.dateTail(d, end)
	}
	if size := s.joint(end); size > 0 { // 2021—2025年
		if y, next := s.year(end + size); y > 0 && (s.follows(next, "年") || y > d.Year && s.measure(next).end == next && s.joint(next) == 0) {
			d.ToYear = y
			if s.follows(next, "年") {
				next += len("年")
			}
			return d, next, true
		}
	}
	if end, ok := s.isoTail(&d, end); ok {
		return d, end, true
	}
	if s.follows(end, "、", "和") { // 2021、2022年
		if y, next := s.year(end + len("、")); y > 0 && (s.follows(next, "年") || s.follows(next, "、", "和")) {
			return d, end, true
		}
	}
	if n, _ := digitRun(s.text, i); n == 4 && pointAt(s.text, end) == 0 && m.end == end && d.Year >= 1949 && !s.letterAfter(end) && s.joint(end) == 0 {
		if _, joined := s.joined(end); !joined && commaAt(s.text, end) == 0 {
			return d, end, true // a bare year
		}
	}
	return d, 0, false
}

// dateTail reads month, day and the second end of a span behind 年.
func (s *Scanner) dateTail(d Date, end int) (Date, int, bool) {
	if next, ok := s.monthDay(s.blank(end), &d); ok && d.Month > 0 {
		end = next
	} else {
		d.Month, d.Day, d.ToMonth, d.ToDay = 0, 0, 0, 0
	}
	if size := s.joint(end); size > 0 && !d.Spans() {
		if y, next := s.year(end + size); y > 0 && s.follows(next, "年") {
			second, next, _ := s.dateTail(Date{Year: y}, next+len("年"))
			if !second.Spans() {
				d.ToYear, d.ToMonth, d.ToDay = second.Year, second.Month, second.Day
				end = next
			}
		}
	}
	return d, end, true
}

// isoTail reads -08-01, .8.1 or /8/1 behind a year.
func (s *Scanner) isoTail(d *Date, i int) (int, bool) {
	if i >= len(s.text) || s.text[i] != '-' && s.text[i] != '.' && s.text[i] != '/' {
		return i, false
	}
	mark := s.text[i]
	n, month, end := s.shortNumber(i + 1)
	if n == 0 || month < 1 || month > 12 || end >= len(s.text) || s.text[end] != mark {
		return i, false
	}
	n, day, end := s.shortNumber(end + 1)
	if n == 0 || day < 1 || day > 31 {
		return i, false
	}
	d.Month, d.Day = month, day
	return end, true
}

// monthDay reads 12月31日, 12月, 31日, spans of them (1—6月, 3月1日至5日), and lists (2、3、8月, of which it keeps the first).
func (s *Scanner) monthDay(i int, d *Date) (end int, ok bool) {
	n, v, end := s.shortNumber(i)
	if n == 0 {
		return i, false
	}
	at := s.blank(end)
	switch {
	case s.follows(at, "月") && v >= 1 && v <= 12:
		d.Month, end = v, at+len("月")
		if s.follows(end, "份") {
			end += len("份")
		}
		if next, day := s.day(s.blank(end)); day > 0 {
			d.Day, end = day, next
		}
		return s.secondMonth(d, end), true
	case s.follows(at, "日") && v >= 1 && v <= 31 && !s.follows(at, "日均"):
		d.Day, end = v, at+len("日")
		if size := s.joint(end); size > 0 {
			if next, day := s.day(end + size); day > 0 {
				d.ToDay, end = day, next
			}
		}
		return end, true
	case s.joint(end) > 0:
		return s.spanBeforeMonth(d, v, end)
	case s.follows(end, "、") && v >= 1 && v <= 31: // 2、3、8月
		for range 12 {
			n, _, next := s.shortNumber(end + len("、"))
			if n == 0 {
				break
			}
			if end = next; !s.follows(end, "、") {
				break
			}
		}
		if s.follows(end, "月") && v <= 12 {
			d.Month = v
			return end + len("月"), true
		}
	}
	return i, false
}

// spanBeforeMonth reads the rest of 1—6月 and 3—5日 behind the first number.
func (s *Scanner) spanBeforeMonth(d *Date, first int16, i int) (int, bool) {
	n, v, end := s.shortNumber(i + s.joint(i))
	switch {
	case n == 0 || v < 1:
		return i, false
	case s.follows(end, "月") && first >= 1 && first <= 12 && v <= 12:
		d.Month, d.ToMonth, end = first, v, end+len("月")
		if s.follows(end, "份") {
			end += len("份")
		}
		return end, true
	case s.follows(end, "日") && first >= 1 && first <= 31 && v <= 31:
		d.Day, d.ToDay = first, v
		return end + len("日"), true
	}
	return i, false
}

// secondMonth reads the second end of 1月至6月, 3月1日至5日.
func (s *Scanner) secondMonth(d *Date, end int) int {
	size := s.joint(end)
	if size == 0 {
		return end
	}
	n, v, next := s.shortNumber(end + size)
	switch {
	case n == 0:
	case s.follows(next, "月") && v >= 1 && v <= 12:
		d.ToMonth, end = v, next+len("月")
		if next, day := s.day(end); day > 0 {
			d.ToDay, end = day, next
		}
	case s.follows(next, "日") && d.Day > 0 && v <= 31:
		d.ToDay, end = v, next+len("日")
	}
	return end
}

// day reads 31日 at i.
func (s *Scanner) day(i int) (end int, day int16) {
	n, v, end := s.shortNumber(i)
	if end = s.blank(end); n == 0 || v < 1 || v > 31 || !s.follows(end, "日") {
		return i, 0
	}
	return end + len("日"), v
}
