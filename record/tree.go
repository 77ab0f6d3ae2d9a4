package record

import (
	"anlan/ground/place"
	"anlan/store"
	"anlan/store/journal"
)

// Tree reads a dated tree from the two queries that a kind of nodes gives: columns node, parent, from, until, with the
// last three NULL for a node without an edge; now is asked without arguments, asOf with the position three times.
func Tree[C ~string](tx *store.Tx, now, asOf string, at journal.Position, roots []C) (place.Tree[C], error) {
	query, args := now, []any(nil)
	if at > 0 {
		query, args = asOf, []any{int64(at), int64(at), int64(at)}
	}
	rows, err := tx.Query(query, args...)
	if err != nil {
		return place.Tree[C]{}, err
	}
	defer rows.Close()
	var edges []place.Edge[C]
	for rows.Next() {
		var node, parent string
		var e place.Edge[C]
		if err := rows.Scan(&node, &parent, &e.From, &e.Until); err != nil {
			return place.Tree[C]{}, err
		}
		if e.Child, e.Parent = C(node), C(parent); parent == "" {
			roots = append(roots, e.Child)
			continue
		}
		edges = append(edges, e)
	}
	return place.NewTree(edges, roots...), rows.Err()
}
