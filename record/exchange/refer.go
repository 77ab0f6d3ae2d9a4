package exchange

import (
	"anlan/ground/ident"
	"anlan/record"
	"anlan/record/book"
)

// Refer finds the record of a kind that a text names as sheets do: by its id, or by the natural key of its kind, the values of one
// of several fields joined as an export writes them. Faults: book.ErrNoRecord, or that of a value that cannot be read.
func Refer(v *book.View, k record.Of, text string) (ident.ID, error) {
	if id, err := ident.Parse(text); err == nil {
		_, err = v.Get(k.Code(), id)
		return id, err
	}
	found, err := v.Find(k.Code(), splitKey(k, text)...)
	if err != nil {
		return ident.ID{}, err
	}
	return k.Head(found).ID, nil
}

// KeyText is the natural key of a record as sheets write it where another record refers to it.
func KeyText(k record.Of, r any) string { return joinKey(k.KeyText(r)) }
