package extra

import (
	"anlan/ground/lang"
	"anlan/record"
	"anlan/record/field"
	"anlan/store"
)

// definitionsQuery gives every definition, withdrawn ones after those that hold; a bureau has some dozens.
const definitionsQuery = `
SELECT id, kind, code, label_zh, label_en, value_type, is_required, sensitivity, state
FROM extra_field
ORDER BY kind, CASE WHEN state = 'withdrawn' THEN 1 ELSE 0 END, order_no, row_no`

// choicesQuery gives the values of those that are codes.
const choicesQuery = `
SELECT extra_field_id, code, label_zh, label_en, is_retired
FROM extra_field_choice
ORDER BY extra_field_id, line_no`

// Source hands the definitions down to the kernel (book.Extras).
type Source struct{}

// Extras gives the extra fields of each kind, in order of the form. A field that was withdrawn and defined again stands
// twice, the one that holds first.
func (Source) Extras(tx *store.Tx) (map[string]record.Extras, error) {
	choices, err := choicesByField(tx)
	if err != nil {
		return nil, err
	}
	rows, err := tx.Query(definitionsQuery)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[string]record.Extras{}
	for rows.Next() {
		var id, kind, code, typ, sensitivity, state string
		var label lang.Text
		var required bool
		if err := rows.Scan(&id, &kind, &code, &label.Zh, &label.En, &typ, &required, &sensitivity, &state); err != nil {
			return nil, err
		}
		x, err := record.NewExtra(kind, code, label, field.Type(typ), choices[id])
		if err != nil {
			return nil, err
		}
		x.Required, x.Retired, x.Sensitivity = required, record.State(state) == record.Withdrawn, levels[Sensitivity(sensitivity)]
		out[kind] = append(out[kind], x)
	}
	return out, rows.Err()
}

// Kinds: they are made from extra fields.
func (Source) Kinds() []string { return []string{Kind.Code()} }

func choicesByField(tx *store.Tx) (map[string][]field.Choice, error) {
	rows, err := tx.Query(choicesQuery)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[string][]field.Choice{}
	for rows.Next() {
		var id string
		var c field.Choice
		if err := rows.Scan(&id, &c.Code, &c.Label.Zh, &c.Label.En, &c.Retired); err != nil {
			return nil, err
		}
		out[id] = append(out[id], c)
	}
	return out, rows.Err()
}
