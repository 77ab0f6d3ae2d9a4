package app_test

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"math/bits"
	"slices"
	"strings"
	"testing"

	"anlan/ground/fault"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/safety/hazard"
	"anlan/store"
	"anlan/store/journal"
)

// plain runs statements as somebody with the database's password and a SQL prompt would.
func (w *world) plain(statements ...string) {
	w.Helper()
	err := w.app.DB.InTx(w.ctx, func(tx *store.Tx) error {
		for _, s := range statements {
			if _, err := tx.Exec(s); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		w.Fatal(err)
	}
}

// copied is the content of every table, and which tables there are.
type copied struct {
	schema *store.Schema
	rows   map[string][][]any
}

func (w *world) copy() copied {
	w.Helper()
	out := copied{rows: map[string][][]any{}}
	err := w.app.DB.Read(w.ctx, func(tx *store.Tx) (err error) {
		if out.schema, err = tx.Schema(); err != nil {
			return err
		}
		for _, t := range out.schema.Tables {
			rows, err := tx.Query("SELECT " + strings.Join(columnsOf(t), ", ") + " FROM " + t.Name)
			if err != nil {
				return err
			}
			for rows.Next() {
				row := slices.Clone(rows.Values())
				for i, v := range row {
					if b, ok := v.([]byte); ok {
						row[i] = bytes.Clone(b)
					}
				}
				out.rows[t.Name] = append(out.rows[t.Name], row)
			}
			if err := rows.Close(); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		w.Fatal(err)
	}
	return out
}

func columnsOf(t store.Table) (out []string) {
	for _, c := range t.Columns {
		out = append(out, c.Name)
	}
	return out
}

// putBack makes the tables that these statements name what they were.
func (w *world) putBack(c copied, statements ...string) {
	w.Helper()
	text := " " + strings.Join(statements, " ") + " "
	err := w.app.DB.InTx(w.ctx, func(tx *store.Tx) error {
		for _, t := range c.schema.Tables {
			if !strings.Contains(text, " "+t.Name+" ") {
				continue
			}
			if _, err := tx.Exec("DELETE FROM " + t.Name); err != nil {
				return err
			}
			if len(c.rows[t.Name]) == 0 {
				continue
			}
			if _, err := tx.InsertRows(t.Name, columnsOf(t), slices.Values(c.rows[t.Name])); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		w.Fatal(err)
	}
}

// verified gathers what the three proofs find.
func (w *world) verified(known ...string) (found fault.List) {
	w.Helper()
	key, err := w.app.PublicKey()
	if err != nil {
		w.Fatal(err)
	}
	err = w.app.DB.Read(w.ctx, func(tx *store.Tx) error {
		v, err := journal.VerifyTree(tx, key, known...)
		if err == nil {
			found = append(found, v.Findings...)
		}
		return err
	})
	if err != nil {
		w.Fatalf("verify the tree: %v", err)
	}
	for name, prove := range map[string]func() (book.Verification, error){
		"replay": func() (book.Verification, error) { return w.book.Replay(w.ctx) },
		"repost": func() (book.Verification, error) { return w.book.Repost(w.ctx) },
	} {
		v, err := prove()
		if err != nil && !errors.Is(err, book.ErrRowUnreadable) {
			w.Fatalf("%s: %v", name, err)
		}
		found = append(found, v.Findings...)
	}
	return found
}

// tampered is a small book with something of everything: superseded versions, rows of lists, personal data, postings that
// were reversed, cells, a withdrawn record.
type tampered struct {
	*world
	hazard, accident, second book.Done // the first version of each
	edited                   book.Done // the second version of hazard
}

func forTampering(w *world) *tampered {
	t := &tampered{world: w}
	h := newHazard(1, "430602-01", "2023-05-06")
	h.Steps = []hazard.Step{{On: day("2023-05-07"), What: "停止作业"}, {On: day("2023-05-09"), What: "加装防护栏"}}
	done := w.must(create("hazard", h), create("accident", newAccident(1, "430621-01", "2023-03-01", 2)), create("hazard", newHazard(2, "430621-01", "2023-07-01")))
	t.hazard, t.accident, t.second = done[0], done[1], done[2]
	h.FoundOn, h.Steps = day("2022-12-31"), h.Steps[:1]
	t.edited = w.must(book.Change{Kind: "hazard", ID: t.hazard.ID, Expect: 1, Action: access.Edit, Record: h, Reason: "更正排查日期"})[0]
	w.must(create("staff", newMember(1, "430602", "2020-01-01")), step("hazard", t.second.ID, access.Withdraw, "重复报送"))
	if err := w.book.Fold(w.ctx); err != nil {
		w.Fatal(err)
	}
	if found := w.verified(); len(found) > 0 {
		w.Fatalf("before anything is altered: %v", found)
	}
	return t
}

func TestEachAlterationByPlainSQLIsFoundAndSaidWhere(t *testing.T) {
	onBoth(t, func(w *world) {
		x := forTampering(w)
		at := func(d book.Done) string { return fmt.Sprint(d.Position) }
		hz, id := fmt.Sprintf("row_no = %d", x.hazard.Row), "'"+x.hazard.ID.String()+"'"
		account := "(SELECT account_no FROM account WHERE measure = 'hazard.found')"
		before := w.copy()
		for _, c := range []struct {
			name  string
			want  *fault.Declaration
			where string // what the finding must name
			sql   []string
		}{
			{"a row is changed", book.ErrRowDiffers, at(x.edited), []string{"UPDATE hazard SET title = '已改' WHERE " + hz}},
			{"a value is taken out of a row", book.ErrRowDiffers, at(x.accident), []string{"UPDATE accident SET grade = NULL"}},
			{"a state is changed", book.ErrRowDiffers, at(x.edited), []string{"UPDATE hazard SET state = 'closed' WHERE " + hz}},
			{"who moved it is changed", book.ErrRowDiffers, at(x.edited), []string{"UPDATE hazard SET moved_by = '别人' WHERE " + hz}},
			{"a deadline is changed", book.ErrRowDiffers, at(x.edited), []string{"UPDATE hazard SET due_on = '2030-01-01' WHERE " + hz}},
			{"an extra field is put in", book.ErrRowDiffers, at(x.edited), []string{`UPDATE hazard SET ext = '{"a1":"b"}' WHERE ` + hz}},
			{"extra fields are no JSON", book.ErrRowUnreadable, "hazard", []string{`UPDATE hazard SET ext = '{a' WHERE ` + hz}},
			{"a past row is changed", book.ErrRowDiffers, at(x.hazard), []string{"UPDATE hazard_past SET found_on = '2023-05-05' WHERE " + hz}},
			{"a row of a list is changed", book.ErrRowDiffers, at(x.edited), []string{"UPDATE hazard_step SET what = '已改' WHERE hazard_id = " + id}},
			{"a past row of a list is changed", book.ErrRowDiffers, at(x.hazard), []string{"UPDATE hazard_step_past SET what = '已改' WHERE line_no = 2"}},
			{"a personal value is changed", book.ErrRowDiffers, at(x.accident), []string{"UPDATE accident_casualty SET name = '别人' WHERE line_no = 1"}},
			{"a row is deleted", book.ErrRowMissing, at(x.accident), []string{"DELETE FROM accident"}},
			{"a past row is deleted", book.ErrRowMissing, at(x.hazard), []string{"DELETE FROM hazard_past WHERE " + hz}},
			{"a row of a list is deleted", book.ErrRowDiffers, at(x.accident), []string{"DELETE FROM accident_casualty WHERE line_no = 2"}},
			{"a row is added", book.ErrRowUnknown, "999", []string{
				"INSERT INTO hazard (row_no, id, version, state, moved_by, began, unit, number, title, grade, found_on) VALUES (999, '0190f3a2-7c1e-7b4d-9a55-3f2d8c6b1e04', 1, 'found', '别人', 999, '430602', 'YH-9', '添加', 'major', '2023-01-01')"}},
			{"a row is added at a position of the journal", book.ErrRowUnknown, at(x.accident), []string{fmt.Sprintf(
				"INSERT INTO hazard (row_no, id, version, state, moved_by, began, unit, number, title, grade, found_on) VALUES (%d, '0190f3a2-7c1e-7b4d-9a55-3f2d8c6b1e04', 1, 'found', '别人', %[1]d, '430602', 'YH-9', '添加', 'major', '2023-01-01')", x.accident.Row)}},
			{"a past row is added", book.ErrRowUnknown, "3", []string{
				"INSERT INTO hazard_past (row_no, id, version, state, moved_by, began, unit, ended) VALUES (3, '0190f3a2-7c1e-7b4d-9a55-3f2d8c6b1e04', 1, 'found', '别人', 3, '430602', 4)"}},
			{"the current version stands in the past too", book.ErrRowUnknown, at(x.edited), []string{
				"INSERT INTO hazard_past (row_no, id, version, state, due_on, moved_by, began, ext, unit, place, number, title, grade, enterprise_name, found_on, listed_on, rectify_by_on, closed_on, cost_fen, ended) " +
					"SELECT row_no, id, version, state, due_on, moved_by, began, ext, unit, place, number, title, grade, enterprise_name, found_on, listed_on, rectify_by_on, closed_on, cost_fen, began + 1 FROM hazard WHERE " + hz}},
			{"rows of a list of no record", book.ErrRowsLost, "hazard_step", []string{
				"INSERT INTO hazard_step (hazard_id, line_no, step_on, what) VALUES ('0190f3a2-7c1e-7b4d-9a55-3f2d8c6b1e04', 1, '2023-01-01', '添加')"}},
			{"past rows of a list of no version", book.ErrRowsLost, "hazard_step_past", []string{"UPDATE hazard_step_past SET began = 1"}},
			{"lines of a list with a gap", book.ErrLinesNumbered, "accident_casualty", []string{"UPDATE accident_casualty SET line_no = 5 WHERE line_no = 2"}},
			{"a day that is none", book.ErrRowUnreadable, "hazard", []string{"UPDATE hazard SET found_on = '2022-13-45' WHERE " + hz}},
			{"an empty text where nothing was stated", book.ErrRowUnreadable, "hazard", []string{"UPDATE hazard SET enterprise_name = '' WHERE " + hz}},
			{"a day of a list that is none", book.ErrRowUnreadable, "hazard_step", []string{"UPDATE hazard_step SET step_on = '昨天'"}},
			{"the row number of a record", book.ErrChainBroken, fmt.Sprint(77), []string{"UPDATE hazard SET row_no = 77 WHERE " + hz, "UPDATE hazard_past SET row_no = 77 WHERE " + hz}},
			{"where a version ends", book.ErrChainBroken, at(x.hazard), []string{"UPDATE hazard_past SET ended = ended + 1 WHERE " + hz}},
			{"where a version begins", book.ErrRowMissing, at(x.edited), []string{"UPDATE hazard SET began = began + 100 WHERE " + hz}},
			{"two records swap owners", book.ErrRowDiffers, at(x.accident), []string{
				"UPDATE accident SET unit = (SELECT unit FROM hazard WHERE " + hz + ")", "UPDATE hazard SET unit = '430621-01' WHERE " + hz}},
			{"two records swap ids", book.ErrRowDiffers, at(x.edited), []string{
				"UPDATE hazard SET id = 'x' WHERE " + hz, "UPDATE hazard SET id = " + id + " WHERE id = '" + x.second.ID.String() + "'",
				"UPDATE hazard SET id = '" + x.second.ID.String() + "' WHERE id = 'x'"}},
			{"a secret is changed", book.ErrSecretDiffers, at(x.accident), []string{fmt.Sprintf("UPDATE journal_secret SET value = salt WHERE position = %d AND path = 'casualty.1.name'", x.accident.Position)}},
			{"the salt of a secret is changed", book.ErrRowDiffers, at(x.accident), []string{fmt.Sprintf("UPDATE journal_secret SET salt = value WHERE position = %d", x.accident.Position)}},
			{"a secret is deleted", book.ErrSecretMissing, at(x.accident), []string{fmt.Sprintf("DELETE FROM journal_secret WHERE position = %d AND path = 'casualty.2.name'", x.accident.Position)}},
			{"a secret is added", book.ErrSecretUnknown, "casualty.9.name", []string{fmt.Sprintf("UPDATE journal_secret SET path = 'casualty.9.name' WHERE position = %d AND path = 'casualty.1.name'", x.accident.Position)}},
			{"a secret of an entry without any", book.ErrSecretUnknown, at(x.hazard), []string{fmt.Sprintf("UPDATE journal_secret SET position = %d", x.hazard.Position)}},
			{"the count of a posting", book.ErrPostingsDiffer, at(x.hazard), []string{fmt.Sprintf("UPDATE posting SET count = 2 WHERE account_no = %s AND position = %d", account, x.hazard.Position)}},
			{"the day of a posting", book.ErrPostingsDiffer, at(x.hazard), []string{fmt.Sprintf("UPDATE posting SET on_day = '2021-01-01' WHERE account_no = %s AND position = %d", account, x.hazard.Position)}},
			{"the unit of a posting", book.ErrPostingsDiffer, at(x.hazard), []string{fmt.Sprintf("UPDATE posting SET unit = '430623' WHERE account_no = %s AND position = %d", account, x.hazard.Position)}},
			{"the record of a posting", book.ErrPostingsDiffer, at(x.hazard), []string{fmt.Sprintf("UPDATE posting SET record_no = 1 WHERE account_no = %s AND position = %d", account, x.hazard.Position)}},
			{"a posting is deleted", book.ErrPostingsDiffer, at(x.hazard), []string{fmt.Sprintf("DELETE FROM posting WHERE account_no = %s AND position = %d", account, x.hazard.Position)}},
			{"a posting is added", book.ErrPostingsDiffer, "2", []string{"INSERT INTO posting (account_no, position, line_no, unit, place, on_day, record_no, count, value) VALUES (" + account + ", 2, 1, '430602', '', '2023-01-01', 2, 1, 0)"}},
			{"a posting of no account", book.ErrStrays, "posting", []string{"UPDATE posting SET account_no = 9999 WHERE account_no = " + account}},
			{"a cell", book.ErrCellsDiffer, "2022-12", []string{"UPDATE cell SET count = count + 1 WHERE account_no = " + account + " AND axis = 'unit' AND span = '2022-12'"}},
			{"a cell is added", book.ErrCellsDiffer, "1999", []string{"INSERT INTO cell (account_no, axis, grain, code, span, count, value) VALUES (" + account + ", 'place', 'year', '430602', '1999', 1, 0)"}},
			{"a cell of everything", book.ErrCellsDiffer, "all", []string{"UPDATE cell SET value = value + 1 WHERE account_no = " + account + " AND axis = 'all' AND span = '2022'"}},
			{"a leaf is forgotten", book.ErrLeafLost, "430602", []string{"DELETE FROM cell_leaf WHERE axis = 'place' AND code = '430602'"}},
			{"a cell of no account", book.ErrStrays, "cell", []string{"INSERT INTO cell (account_no, axis, grain, code, span, count, value) VALUES (9999, 'place', 'year', '430602', '1999', 1, 0)"}},
			{"how far cells are folded", book.ErrCellsDiffer, "hazard.found", []string{fmt.Sprintf("UPDATE fold SET folded_through = %d", x.hazard.Position-1)}},
			{"the definition of an account", book.ErrAccountDiffers, "hazard.open", []string{"UPDATE account SET definition = definition || 'x' WHERE measure = 'hazard.open'"}},
			{"an account is deleted", book.ErrAccountDiffers, "hazard.open", []string{"DELETE FROM account WHERE measure = 'hazard.open'"}},
			{"an account is closed", book.ErrAccountDiffers, "hazard.open", []string{"UPDATE account SET closed_at = 9 WHERE measure = 'hazard.open'"}},
			{"an account of another measure", book.ErrAccountDiffers, "hazard.x", []string{"UPDATE account SET measure = 'hazard.x' WHERE measure = 'hazard.open'"}},
			{"an entry's kind hides that its row is gone", book.ErrRowMissing, at(x.accident), []string{
				"DELETE FROM accident", fmt.Sprintf("UPDATE journal_entry SET kind = 'note' WHERE position = %d", x.accident.Position)}},
			{"when an entry was recorded", book.ErrEntryContradicts, at(x.accident), []string{fmt.Sprintf("UPDATE journal_entry SET recorded_at = recorded_at + 1 WHERE position = %d", x.accident.Position)}},
			{"an entry that is no JSON", book.ErrEntryUnreadable, at(x.accident), []string{fmt.Sprintf("UPDATE journal_entry SET body = hashes WHERE position = %d", x.accident.Position)}},
		} {
			w.plain(c.sql...)
			found := w.verified()
			if !slices.ContainsFunc(found, func(f *fault.Fault) bool {
				return f.Is(c.want) && strings.Contains(f.In("zh"), c.where) && strings.Contains(f.In("en"), c.where)
			}) {
				w.Errorf("%s: want %s that names %s, found:\n%v", c.name, c.want.Code, c.where, found)
			}
			w.putBack(before, c.sql...)
		}
		if found := w.verified(); len(found) > 0 {
			w.Errorf("after everything was put back: %v", found)
		}
	})
}

// rebuilding is what rebuild does to the tables, for putBack.
var rebuilding = []string{"UPDATE journal_entry ", "UPDATE book_head "}

// rebuild makes the hashes and the head of the journal what its bodies give, as somebody would who rewrites history.
func (w *world) rebuild() {
	w.Helper()
	node := func(l, r []byte) []byte {
		sum := sha256.Sum256(append(append([]byte{1}, l...), r...))
		return sum[:]
	}
	err := w.app.DB.InTx(w.ctx, func(tx *store.Tx) error {
		head, err := journal.HeadOf(tx)
		if err != nil {
			return err
		}
		var size journal.Position
		var edge [][]byte // roots of perfect subtrees, widest first
		var last int64
		err = journal.Entries(tx, 0, head.Size, func(e journal.Stored) error {
			size++
			leaf := journal.LeafHash(e.Body)
			hash, hashes := leaf[:], slices.Clone(leaf[:])
			for range bits.TrailingZeros64(uint64(size)) {
				hash = node(edge[len(edge)-1], hash)
				edge, hashes = edge[:len(edge)-1], append(hashes, hash...)
			}
			edge, last = append(edge, hash), e.RecordedAt.UnixMicro()
			_, err := tx.Exec("UPDATE journal_entry SET position = ?, hashes = ? WHERE position = ?", size, hashes, e.Position)
			return err
		})
		if err != nil {
			return err
		}
		root := edge[len(edge)-1]
		for i := len(edge) - 2; i >= 0; i-- {
			root = node(edge[i], root)
		}
		_, err = tx.Exec("UPDATE book_head SET size = ?, root = ?, edge = ?, recorded_at = ? WHERE id = 1", size, root, bytes.Join(edge, nil), last)
		return err
	})
	if err != nil {
		w.Fatal(err)
	}
}

func TestARewrittenHistoryFailsBeforeACheckpointThatSomebodyElseKept(t *testing.T) {
	onBoth(t, func(w *world) {
		x := forTampering(w)
		key, err := w.app.Key(w.ctx)
		if err != nil {
			w.Fatal(err)
		}
		var kept string
		err = w.app.DB.InTx(w.ctx, func(tx *store.Tx) (err error) { kept, err = journal.Seal(tx, key, start); return err })
		if err != nil {
			w.Fatal(err)
		}
		w.plain("DELETE FROM journal_checkpoint") // what the book itself keeps goes first
		before := w.copy()
		edit := fmt.Sprintf("UPDATE journal_entry SET body = %s WHERE position = %d", map[store.Dialect]string{
			store.SQLite:     "CAST(replace(CAST(body AS text), '示例隐患', '另一隐患') AS blob)",
			store.PostgreSQL: "convert_to(replace(convert_from(body, 'UTF8'), '示例隐患', '另一隐患'), 'UTF8')",
		}[w.app.DB.Dialect()], x.edited.Position)
		row := fmt.Sprintf("UPDATE hazard SET title = '另一隐患' WHERE row_no = %d", x.hazard.Row)
		newest := func(tables ...string) (out []string) {
			for _, t := range tables {
				out = append(out, "DELETE FROM "+t+" WHERE position > (SELECT size FROM book_head) - 2")
			}
			return out
		}
		for _, c := range []struct {
			name    string
			sql     []string
			rebuilt bool
			seen    bool // without the checkpoint
		}{
			{"a body is edited", []string{edit}, false, true},
			{"a body is edited and its row with it", []string{edit, row}, false, true},
			{"a body is edited and every hash made again", []string{edit}, true, true}, // the row says otherwise
			{"a body, its row and every hash", []string{edit, row}, true, false},
			{"the newest entries are cut off", newest("journal_entry"), false, true},
			{"the newest entries are cut off and every hash made again", append(newest("journal_entry", "posting", "journal_secret"),
				"DELETE FROM staff", "UPDATE fold SET folded_through = 0", "DELETE FROM cell"), true, true}, // the withdrawn row says otherwise
			{"an entry is cut out of the middle", []string{fmt.Sprintf("DELETE FROM journal_entry WHERE position = %d", x.accident.Position)}, true, true},
		} {
			w.plain(c.sql...)
			if c.rebuilt {
				w.rebuild()
			}
			if found := w.verified(kept); len(found) == 0 {
				w.Errorf("%s: nothing was found with a checkpoint at hand", c.name)
			}
			if found := w.verified(); (len(found) > 0) != c.seen {
				w.Errorf("%s: without a checkpoint found %v", c.name, found)
			}
			w.putBack(before, append(c.sql, rebuilding...)...)
		}
		if found := w.verified(kept); len(found) > 0 {
			w.Errorf("after everything was put back: %v", found)
		}
	})
}
