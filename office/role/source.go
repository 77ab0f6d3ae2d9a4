package role

import (
	"anlan/ground/ident"
	"anlan/record/access"
	"anlan/store"
)

// Source gives the roles of a book to whoever signs people in (login.OwnRoles).
type Source struct{}

// Role is the role with an id as it stands; found is false where there is none, or it is withdrawn. By role_id.
func (Source) Role(tx *store.Tx, id ident.ID) (_ access.Role, found bool, err error) {
	var r Role
	found, err = tx.QueryRow([]any{&r.Code, &r.LabelZh, &r.LabelEn, &r.Clearance},
		"SELECT code, label_zh, label_en, clearance FROM role WHERE id = ? AND state <> 'withdrawn'", id.String())
	if err != nil || !found {
		return access.Role{}, false, err
	}
	rows, err := tx.Query("SELECT about, coalesce(actions, '') FROM role_right WHERE role_id = ? ORDER BY line_no", id.String())
	if err != nil {
		return access.Role{}, false, err
	}
	defer rows.Close()
	for rows.Next() {
		var l Line
		if err := rows.Scan(&l.Of, &l.Actions); err != nil {
			return access.Role{}, false, err
		}
		r.Lines = append(r.Lines, l)
	}
	if err := rows.Err(); err != nil {
		return access.Role{}, false, err
	}
	out, err := r.Access()
	return out, true, err
}
