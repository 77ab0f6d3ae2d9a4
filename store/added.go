package store

import "anlan/ground/lang"

// Added is something in the database that the book did not make and that acts or shows by itself: a trigger, a view, a rule, a policy. The book makes
// views for auditors and nothing else of the kind.
type Added struct {
	Sort lang.Text
	Name string
	On   string // the table that it stands on; of a view its own name
}

var addedSorts = map[string]lang.Text{
	"trigger": lang.Of("触发器", "trigger"),
	"view":    lang.Of("视图", "view"),
	"rule":    lang.Of("规则", "rule"),
	"policy":  lang.Of("行级策略", "row policy"),
}

// addedMax bounds what is listed.
const addedMax = 1000

// AddedTo lists what somebody has added to the database of the book, the first thousand by name.
func AddedTo(tx *Tx) (out []Added, err error) {
	query := `SELECT type, name, tbl_name FROM sqlite_master WHERE type IN ('trigger', 'view') ORDER BY name LIMIT ?`
	if tx.Dialect() == PostgreSQL {
		query = `SELECT sort, name, on_table FROM (
			SELECT 'trigger' AS sort, t.tgname::text AS name, c.relname::text AS on_table FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
				WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace
			UNION ALL SELECT 'view', relname::text, relname::text FROM pg_class WHERE relkind IN ('v', 'm') AND relnamespace = current_schema()::regnamespace
			UNION ALL SELECT 'rule', rulename::text, tablename::text FROM pg_rules WHERE schemaname = current_schema()
			UNION ALL SELECT 'policy', policyname::text, tablename::text FROM pg_policies WHERE schemaname = current_schema()
		) x ORDER BY name COLLATE "C" LIMIT ?`
	}
	rows, err := tx.all(query, addedMax)
	for _, r := range rows {
		out = append(out, Added{addedSorts[textOf(r[0])], textOf(r[1]), textOf(r[2])})
	}
	return out, err
}
