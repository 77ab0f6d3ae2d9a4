package measure

import (
	"strings"

	"anlan/ground/period"
	"anlan/ground/place"
)

// Slice is the part of a measure that is asked for.
type Slice struct {
	First, Last period.Day
	// Units are the leaf units asked for with the days on which they belong; nil: all. A flow is asked where its leaf
	// stood on its day, a stock where its leaf stands on Last.
	Units []place.Held[place.Unit]
	AsOf  int64 // journal position; 0: now
}

// SQL asks the same question of the records themselves, without postings: it gives one row (count, value). It reads the
// whole table and is for comparison and doubt, not for pages. kindTable is the kind's code.
func (m *Measure[T]) SQL(kindTable string, s Slice) (string, []any) {
	var args []any
	one := func(table, rowsTable string, past bool) string {
		count, value, from := "1", "0", table+" r"
		if m.value != nil {
			value = "r." + m.value.Column
		}
		where := []string{"r.state <> 'withdrawn'", "r." + m.from.Column + " IS NOT NULL"}
		if m.rows != nil {
			from += " JOIN " + rowsTable + " x ON x." + kindTable + "_id = r.id"
			if past {
				from += " AND x.began = r.began"
			}
			if m.rows.value != "" {
				value = "x." + m.rows.value
			}
		}
		if m.value != nil {
			where = append(where, value+" IS NOT NULL")
		}
		if m.Shape == Stock {
			ends := "r." + m.until.Column + " IS NULL OR r." + m.until.Column + " "
			if m.through {
				ends += ">= ?"
			} else {
				ends += "> ?"
			}
			// A stock that ends before it begins counts on no day.
			where = append(where, "r."+m.from.Column+" <= ?", "("+ends+")")
			args = append(args, s.Last.String(), s.Last.String())
		} else {
			where = append(where, "r."+m.from.Column+" BETWEEN ? AND ?")
			args = append(args, s.First.String(), s.Last.String())
		}
		for _, c := range m.conds {
			text, a := c.SQL("r")
			where, args = append(where, text), append(args, a...)
		}
		if m.rows != nil {
			if text, a := m.rows.sql("x"); text != "" {
				where, args = append(where, text), append(args, a...)
			}
		}
		if s.Units != nil {
			text, a := m.belongs(s)
			where, args = append(where, text), append(args, a...)
		}
		if s.AsOf > 0 {
			where = append(where, "r.began <= ?")
			args = append(args, s.AsOf)
			if past {
				where = append(where, "r.ended > ?")
				args = append(args, s.AsOf)
			}
		}
		return "SELECT " + count + " AS c, " + value + " AS v FROM " + from + " WHERE " + strings.Join(where, " AND ")
	}
	rowsTable := func(past string) string {
		if m.rows == nil {
			return ""
		}
		return kindTable + "_" + m.rows.list.Code + past
	}
	inner := one(kindTable, rowsTable(""), false)
	if s.AsOf > 0 {
		inner += " UNION ALL " + one(kindTable+"_past", rowsTable("_past"), true)
	}
	return "SELECT count(*), CAST(coalesce(sum(v), 0) AS bigint) FROM (" + inner + ") q", args
}

// belongs is the condition that a row's unit belonged to what is asked for on the day that counts.
func (m *Measure[T]) belongs(s Slice) (string, []any) {
	var either []string
	var args []any
	for _, u := range s.Units {
		text, bounds := "r.unit = ?", []any{string(u.Node)}
		switch {
		case m.Shape == Stock:
			if !u.From.IsZero() && s.Last.Before(u.From) || !u.Until.IsZero() && !s.Last.Before(u.Until) {
				continue
			}
		default:
			if !u.From.IsZero() {
				text, bounds = text+" AND r."+m.from.Column+" >= ?", append(bounds, u.From.String())
			}
			if !u.Until.IsZero() {
				text, bounds = text+" AND r."+m.from.Column+" < ?", append(bounds, u.Until.String())
			}
		}
		either, args = append(either, text), append(args, bounds...)
	}
	if either == nil {
		return "1 = 0", nil
	}
	return "((" + strings.Join(either, ") OR (") + "))", args
}
