package main

import (
	"fmt"
	"iter"
	"math/rand/v2"

	"anlan/ground/maybe"
	"anlan/ground/money"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/record"
	"anlan/store"
	"anlan/store/journal"
)

// The tree: a bureau, its ten counties, and sections of these, 200 units in all.
const (
	bureau   = place.Unit("430600")
	counties = 10
	unitsAll = 200
)

// county is the bureau of a county.
func county(n int) place.Unit { return place.Unit(fmt.Sprintf("4306%02d", n+1)) }

// unitList lists all units, and edges how they stand under each other.
func unitList() (units []place.Unit, edges []place.Edge[place.Unit]) {
	units = []place.Unit{bureau}
	for n := range counties {
		units, edges = append(units, county(n)), append(edges, place.Edge[place.Unit]{Child: county(n), Parent: bureau})
	}
	for n := 0; len(units) < unitsAll; n++ {
		u := place.Unit(fmt.Sprintf("%s-%02d", county(n%counties), 1+n/counties))
		units, edges = append(units, u), append(edges, place.Edge[place.Unit]{Child: u, Parent: county(n % counties)})
	}
	return units, edges
}

// trees are the trees of units and places, which never change here.
type trees struct{}

func (trees) Units(*store.Tx, journal.Position) (place.Tree[place.Unit], error) {
	_, edges := unitList()
	return place.NewTree(edges, bureau), nil
}

func (trees) Places(*store.Tx, journal.Position) (place.Tree[place.Code], error) {
	edges := make([]place.Edge[place.Code], counties)
	for n := range edges {
		edges[n] = place.Edge[place.Code]{Child: place.Code(county(n)), Parent: place.Code(bureau)}
	}
	return place.NewTree(edges, place.Code(bureau)), nil
}

// The cases happen from 2019 to 2024; the report is that of 2023.
var (
	firstDay = period.MustDay(2019, 1, 1)
	days     = period.MustDay(2024, 12, 31).Sub(firstDay) + 1
	year     = period.Year(2023)
)

// cases makes the same n cases each time. The case is the loop's until its next turn.
func cases(n int) iter.Seq2[int, *incident] {
	return func(yield func(int, *incident) bool) {
		random := rand.New(rand.NewPCG(2023, 97))
		units, _ := unitList()
		var c incident
		for i := range n {
			u := units[random.IntN(len(units))]
			c = incident{Head: record.Head{Unit: u, Place: place.Code(u[:6])}, Sort: sortOf(random.IntN(sorts)),
				Grade: gradeList[min(random.IntN(10)/4+random.IntN(2), 3)], On: firstDay.Add(random.IntN(days))}
			if random.IntN(10) < 8 {
				c.ClosedOn = c.On.Add(random.IntN(400))
			}
			if random.IntN(10) < 7 {
				c.Amount = maybe.Some(money.Fen(random.IntN(100_000_000)))
			}
			if !yield(i, &c) {
				return
			}
		}
	}
}
