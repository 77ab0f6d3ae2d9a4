package book

import "anlan/ground/place"

// PlaceTree is the tree of places as the view knows it.
func (v *View) PlaceTree() (place.Tree[place.Code], error) {
	return v.book.trees.Places(v.tx, v.AsOf)
}
