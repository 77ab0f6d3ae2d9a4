package measure

import (
	"strings"

	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/store"
)

// Slice is the part of a measure that is asked for.
type Slice struct {
	First, Last period.Day
	// Units or Places are the leaves asked for with the days on which they belong; nil: all. A flow is asked where its
	// leaf stood on its day, a stock where its leaf stands on Last.
	Units  []place.Held[place.Unit]
	Places []place.Held[place.Code]
	Within []string // the only units whose records may count; nil: all
	AsOf   int64    // journal position; 0: now
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
		for _, of := range [][]leaf{leaves("r.unit", s.Units), leaves("r.place", s.Places)} {
			if of != nil {
				text, a := m.belongs(s, of)
				where, args = append(where, text), append(args, a...)
			}
		}
		if s.Within != nil {
			var w store.Where
			values := make([]any, len(s.Within))
			for i, u := range s.Within {
				values[i] = u
			}
			w.In("r.unit", values...)
			where, args = append(where, strings.TrimPrefix(w.SQL(), " WHERE ")), append(args, w.Args()...)
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

// leaf is a leaf of one of the trees with the days on which it belongs.
type leaf struct {
	column, code string
	place.Span
}

func leaves[C ~string](column string, held []place.Held[C]) []leaf {
	if held == nil {
		return nil
	}
	out := make([]leaf, len(held))
	for i, h := range held {
		out[i] = leaf{column, string(h.Node), h.Span}
	}
	return out
}

// belongs is the condition that a row's unit or place belonged to what is asked for on the day that counts.
func (m *Measure[T]) belongs(s Slice, leaves []leaf) (string, []any) {
	var either []string
	var args []any
	for _, l := range leaves {
		text, bounds := l.column+" = ?", []any{l.code}
		switch {
		case m.Shape == Stock:
			if !l.From.IsZero() && s.Last.Before(l.From) || !l.Until.IsZero() && !s.Last.Before(l.Until) {
				continue
			}
		default:
			if !l.From.IsZero() {
				text, bounds = text+" AND r."+m.from.Column+" >= ?", append(bounds, l.From.String())
			}
			if !l.Until.IsZero() {
				text, bounds = text+" AND r."+m.from.Column+" < ?", append(bounds, l.Until.String())
			}
		}
		either, args = append(either, text), append(args, bounds...)
	}
	if either == nil {
		return "1 = 0", nil
	}
	return "((" + strings.Join(either, ") OR (") + "))", args
}
