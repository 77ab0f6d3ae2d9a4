package census

import (
	"encoding/json"
	"math/big"
	"strings"

	"anlan/ground/fault"
	"anlan/ground/figure"
	"anlan/ground/ident"
	"anlan/ground/period"
	"anlan/store/canonical"
)

// ErrNotALine is what a line says that no set would hold.
var ErrNotALine = fault.Define("census.not_a_line", fault.Broken,
	"“%s”不是记录集的一行：每行应是一条记录的规范JSON", "%q is no line of a set: each line is the canonical JSON of one record")

// Member is one record with what it adds to a figure.
type Member struct {
	ID       ident.ID
	Kind     string
	Version  int64 // that was counted, and the journal position at which it began
	Position int64
	Unit     string // under which it counts, and place; empty where it counts under several
	Place    string
	// First and Last are the days on which a flow counts, mostly one; zero of a stock and of what is stated for a period.
	First, Last period.Day
	Amount      *big.Rat // in the unit of the measure
}

// Leaf is the line of the member, without its end.
func (m Member) Leaf() ([]byte, error) {
	var o canonical.Object
	o.Text("amount", figure.DecimalText(m.Amount))
	o.Text("id", m.ID.String())
	o.Text("kind", m.Kind)
	if !m.First.IsZero() {
		on := m.First.String()
		if m.Last != m.First {
			on += daysApart + m.Last.String()
		}
		o.Text("on", on)
	}
	if m.Place != "" {
		o.Text("place", m.Place)
	}
	o.Int("position", m.Position)
	if m.Unit != "" {
		o.Text("unit", m.Unit)
	}
	o.Int("version", m.Version)
	return o.Bytes()
}

// daysApart joins the first and the last day (ISO 8601-1, 5.5).
const daysApart = "/"

// lineBytesMax bounds a line that is read.
const lineBytesMax = 4 << 10

// ParseLeaf reads a line; it is the inverse of Leaf, and refuses every other spelling. Fault: ErrNotALine.
func ParseLeaf(line []byte) (Member, error) {
	var said struct {
		Amount, ID, Kind, On, Place, Unit string
		Position, Version                 int64
	}
	refused := func(err error) (Member, error) { return Member{}, ErrNotALine.Because(err, short(line)) }
	if len(line) > lineBytesMax {
		return refused(nil)
	}
	if err := json.Unmarshal(line, &said); err != nil {
		return refused(err)
	}
	m := Member{Kind: said.Kind, Version: said.Version, Position: said.Position, Unit: said.Unit, Place: said.Place}
	var err error
	if m.ID, err = ident.Parse(said.ID); err != nil || m.ID.IsZero() {
		return refused(err)
	}
	if m.Amount, err = ParseAmount(said.Amount); err != nil {
		return refused(err)
	}
	if said.On != "" {
		first, last, more := strings.Cut(said.On, daysApart)
		if !more {
			last = first
		}
		if m.First, err = period.ISODay(first); err != nil {
			return refused(err)
		}
		if m.Last, err = period.ISODay(last); err != nil {
			return refused(err)
		}
	}
	if again, err := m.Leaf(); err != nil || string(again) != string(line) {
		return refused(err)
	}
	return m, nil
}

// amountBytesMax bounds an amount that is read: whoever gives one that is longer means to keep a machine busy.
const amountBytesMax = 200

// ParseAmount reads an exact amount as it is written in sets: -12500.5, 1/3. Fault: ErrNotALine.
func ParseAmount(s string) (*big.Rat, error) {
	if len(s) > amountBytesMax || strings.ContainsAny(s, "eEpPxXoObB_+") {
		return nil, ErrNotALine.With(short([]byte(s)))
	}
	x, ok := new(big.Rat).SetString(s)
	if !ok {
		return nil, ErrNotALine.With(s)
	}
	return x, nil
}

// shownRunesMax bounds what a fault repeats of a line.
const shownRunesMax = 80

func short(line []byte) string {
	r := []rune(string(line[:min(len(line), 4*shownRunesMax)]))
	if len(r) > shownRunesMax {
		return string(r[:shownRunesMax]) + "…"
	}
	return string(r)
}
