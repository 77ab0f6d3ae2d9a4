package period

import "time"

// Serials is the way in which a spreadsheet counts days (日期序号); the file says which one it uses.
type Serials int

// The two ways.
const (
	// Serials1900 counts 1 January 1900 as 1. It also counts a 29 February 1900, serial 60, which never was: the mistake
	// of the first spreadsheet programs is kept in the file format (ECMA-376-1, 18.17.4.1) and is undone here.
	Serials1900 Serials = iota
	// Serials1904 counts 1 January 1904 as 0 (files that began on a Macintosh).
	Serials1904
)

const leapBug = 60 // the serial of 29 February 1900

// epoch is the day of serial 0, behind the leap bug for Serials1900.
func (s Serials) epoch() Day {
	if s == Serials1904 {
		return MustDay(1904, time.January, 1)
	}
	return MustDay(1899, time.December, 30)
}

// FromSerial is the day with a serial number. Serials 0 (which Excel shows as 1900-01-00) and 60 of Serials1900, negative
// ones, and days past 9999 are faults. The fraction of a cell's number is its time of day and is not looked at here.
func FromSerial(n int64, system Serials) (Day, error) {
	first := system.epoch()
	last := int64(MustDay(9999, time.December, 31).Sub(first))
	switch {
	case n < 0, n > last, system == Serials1900 && (n == 0 || n == leapBug):
		return Day{}, ErrNotASerial.With(n)
	case system == Serials1900 && n < leapBug:
		n++
	}
	return first.Add(int(n)), nil
}

// Serial is the serial number of a day, the inverse of FromSerial; ok is false for no day and for days before the system begins.
func Serial(d Day, system Serials) (n int64, ok bool) {
	if d.IsZero() {
		return 0, false
	}
	n = int64(d.Sub(system.epoch()))
	if system == Serials1900 && n <= leapBug {
		n--
	}
	return n, n > 0 || n == 0 && system == Serials1904
}
