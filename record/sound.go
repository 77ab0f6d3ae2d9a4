package record

import (
	"fmt"
	"regexp"
	"strings"

	"anlan/record/field"
)

// A code becomes the name of a table, a column, a JSON member and a heading; the forms keep it one word in all of them,
// short enough that PostgreSQL (63 bytes) cuts no name that is made of several.
var (
	codeForm    = regexp.MustCompile(`^[a-z][a-z0-9_]{1,29}$`)
	measureForm = regexp.MustCompile(`^[a-z][a-z0-9_]{1,29}\.[a-z][a-z0-9_]{1,39}$`)
)

// headTaken are the columns of the head, and those of bookkeeping; no field may take one.
var headTaken = words("id row_no version state due_on moved_by began ended ext")

// rowTaken are the columns that tell the rows of a list apart, beside <kind>_id.
var rowTaken = words("line_no began")

// tableTaken are the tables of the house that are no kind.
var tableTaken = words("account api_token blob blob_piece book_head cell cell_leaf fold idempotency journal_checkpoint journal_entry journal_epoch journal_rotation journal_secret login_answered login_credential login_failure login_passkey login_recovery login_session login_subject outbox posting schema_version webhook_letter webhook_sender")

// sqlTaken are words that mean something in SQL on one of the two databases and could not stand bare where an auditor
// writes a query by hand (PostgreSQL 15 appendix C, reserved; SQLite "SQL keywords", those its parser refuses as names).
var sqlTaken = words(`add all alter analyse analyze and any array as asc asymmetric authorization autoincrement between
	binary both case cast check collate collation column commit concurrently constraint create cross current_catalog
	current_date current_role current_schema current_time current_timestamp current_user default deferrable delete desc
	distinct do drop else end escape except exists false fetch for foreign freeze from full grant group having ilike in
	index initially inner insert intersect into is isnull join lateral leading left like limit localtime localtimestamp
	natural not nothing notnull null offset on only or order outer overlaps placing primary references returning right
	select session_user set similar some symmetric table tablesample then to trailing transaction true union unique update
	user using values variadic verbose when where window with`)

func words(list string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(list) {
		out[w] = true
	}
	return out
}

func (k *Kind[T]) demand(ok bool, format string, args ...any) {
	if !ok {
		panic("record: kind " + k.code + ": " + fmt.Sprintf(format, args...))
	}
}

// demandSound refuses a kind whose fields cannot become tables, entries and sheets.
func (k *Kind[T]) demandSound() {
	k.demand(codeForm.MatchString(k.code), "code %q is not 2 to 30 of a-z, 0-9, _", k.code)
	k.demand(!sqlTaken[k.code] && !tableTaken[k.code] && !strings.HasSuffix(k.code, "_past") && !strings.HasSuffix(k.code, readable), "code is taken")
	k.demand(k.label.Whole(), "a label is missing in one language")
	k.demand(k.head != nil, "the head is missing")
	columns := k.demandFields("", specs(k.fields), headTaken)
	for _, f := range k.lists {
		k.demand(f.Code != "past" && !strings.HasSuffix(f.Code, "_past"), "rows field %s would take the name of a table of past rows", f.Code)
		k.demand(len(f.Spec.Rows) > 0, "rows field %s has no fields", f.Code)
		taken := map[string]bool{k.code + "_id": true}
		for c := range rowTaken {
			taken[c] = true
		}
		k.demandFields(f.Code+".", f.Spec.Rows, taken)
	}
	k.demand(len(columns) > 2, "there is no field")
}

func (k *Kind[T]) demandFields(prefix string, fields []*field.Spec, taken map[string]bool) (columns map[string]bool) {
	codes, labels := map[string]bool{}, map[string]string{}
	for _, f := range fields {
		labels[f.Code] = f.Code
	}
	columns = map[string]bool{}
	for _, f := range fields {
		name := prefix + f.Code
		k.demand(codeForm.MatchString(f.Code), "field code %q is not 2 to 30 of a-z, 0-9, _", name)
		k.demand(!codes[f.Code] && !columns[f.Column], "field %s stands twice, or its column %s does", name, f.Column)
		k.demand(!taken[f.Code] && !taken[f.Column] && !sqlTaken[f.Column], "field %s takes a reserved name", name)
		k.demand(f.Label.Whole(), "field %s lacks a label in one language", name)
		for _, label := range []string{f.Label.Zh, f.Label.En} {
			k.demand(labels[label] == "" || labels[label] == f.Code, "fields %s and %s share %q as a label, or as a code: a heading would mean both", prefix+labels[label], name, label)
			labels[label] = f.Code
		}
		k.demand(!f.Required || !f.Retired, "field %s is required and retired: no form could give it", name)
		k.demand(!f.Fixed || prefix == "" && f.Type != field.TypeRows, "field %s is fixed, which only a field with a column of its own can be", name)
		k.demand(!f.OfKind || prefix == "" && f.Type == field.TypeText, "field %s names a kind, which only a text with a column of its own can do", name)
		codes[f.Code] = true
		if f.Type != field.TypeRows {
			columns[f.Column] = true
		}
	}
	return columns
}

// guardRows lets no value of a row travel further than the list it stands in.
func guardRows(list *field.Spec) {
	for _, f := range list.Rows {
		f.Sensitivity = max(f.Sensitivity, list.Sensitivity)
	}
}
