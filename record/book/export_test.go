package book

// Plans explains how SQLite reads each part of a page of a list.
func (v *View) Plans(q Query) (out []string, err error) {
	p, s, err := v.resolve(q)
	if err != nil {
		return nil, err
	}
	for _, part := range s.parts() {
		query, args := v.ordered(p, part, listUsual)
		rows, err := v.tx.Query("EXPLAIN QUERY PLAN "+query, args...)
		if err != nil {
			return nil, err
		}
		for rows.Next() {
			out = append(out, rows.Values()[3].(string))
		}
		if err := rows.Err(); err != nil {
			return nil, err
		}
		rows.Close()
	}
	return out, nil
}
