package main

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"time"

	"anlan/account/report"
	"anlan/app"
	"anlan/bench"
	"anlan/record"
	"anlan/safety/hazard"
	"anlan/store"
	"anlan/store/blob"
	"anlan/store/journal"
)

// said makes statements of a text with a verb for the number or id of a record.
func said(word string, texts ...string) func(ctx context.Context, s *site) error {
	return func(ctx context.Context, s *site) error {
		var all []string
		for _, t := range texts {
			all = append(all, strings.NewReplacer("{row}", fmt.Sprint(s.row(word)), "{at}", fmt.Sprint(s.at(word)), "{id}", "'"+s.ids[word].ID.String()+"'").Replace(t))
		}
		return s.sql(ctx, all...)
	}
}

func of(word string) func(s *site) int64 { return func(s *site) int64 { return s.at(word) } }

// then does one thing after another.
func then(steps ...func(ctx context.Context, s *site) error) func(ctx context.Context, s *site) error {
	return func(ctx context.Context, s *site) error {
		for _, step := range steps {
			if err := step(ctx, s); err != nil {
				return err
			}
		}
		return nil
	}
}

func rebuilt(ctx context.Context, s *site) error { return s.rebuild(ctx) }

// noneKept takes away the checkpoints that the book itself keeps.
func noneKept(ctx context.Context, s *site) error {
	return s.sql(ctx, "DELETE FROM journal_checkpoint")
}

// trigger has the database alter what is written, unseen by whoever writes.
func trigger(ctx context.Context, s *site) error {
	if s.dialect == store.PostgreSQL {
		return s.sql(ctx, "CREATE TRIGGER fewer BEFORE UPDATE ON hazard FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()") // one of its own: corrections get lost
	}
	// The house sends one statement at a time, and takes the body of a trigger for a second one.
	db, err := sql.Open("sqlite", filepath.Join(s.options.Data, store.FileName))
	if err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, "CREATE TRIGGER fewer AFTER INSERT ON hazard BEGIN UPDATE hazard SET title = 'x' WHERE id = NEW.id; END")
	return errors.Join(err, db.Close())
}

// view puts another view of hazards for auditors in the place of the book's: with its columns, and fewer rows.
func view(where string) func(ctx context.Context, s *site) error {
	return func(ctx context.Context, s *site) error {
		v := record.Readable(hazard.Kind)[0]
		return s.sql(ctx, "DROP VIEW "+v.Name, store.ViewOf(v.Name, v.SQL+where))
	}
}

// noView makes the book's views anew.
func noView(ctx context.Context, s *site) error {
	return s.app.DB.InTx(ctx, func(tx *store.Tx) error { return record.MakeReadable(tx, s.app.Book.Kinds()) })
}

// hollow has an index lead to fewer postings than there are: figures of days and what stands behind a figure are read by it. On SQLite it is made
// anew by a condition that nobody sees afterwards.
func hollow(ctx context.Context, s *site) error {
	if s.dialect == store.PostgreSQL {
		return s.sql(ctx, "UPDATE pg_index SET indisready = false WHERE indexrelid = 'posting_day'::regclass") // what is written from now on is not in it
	}
	return s.pencil(ctx, "PRAGMA writable_schema = ON", "UPDATE sqlite_master SET sql = sql || ' WHERE on_day < 0' WHERE name = 'posting_day'", "PRAGMA writable_schema = RESET",
		"REINDEX posting_day", "PRAGMA writable_schema = ON", "UPDATE sqlite_master SET sql = replace(sql, ' WHERE on_day < 0', '') WHERE name = 'posting_day'", "PRAGMA writable_schema = RESET")
}

func solid(ctx context.Context, s *site) error {
	if s.dialect == store.PostgreSQL {
		return s.sql(ctx, "UPDATE pg_index SET indisready = true WHERE indexrelid = 'posting_day'::regclass")
	}
	return s.pencil(ctx, "REINDEX posting_day")
}

// pencil runs statements on the file of the book, on one connection of a plain tool.
func (s *site) pencil(ctx context.Context, statements ...string) error {
	db, err := sql.Open("sqlite", filepath.Join(s.options.Data, store.FileName))
	if err != nil {
		return err
	}
	defer db.Close()
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	for _, x := range statements {
		if _, err := conn.ExecContext(ctx, x); err != nil {
			return errors.Join(fmt.Errorf("%s: %w", x, err), conn.Close())
		}
	}
	return conn.Close()
}

func noTrigger(ctx context.Context, s *site) error {
	if s.dialect == store.PostgreSQL {
		return s.sql(ctx, "DROP TRIGGER fewer ON hazard")
	}
	return s.sql(ctx, "DROP TRIGGER fewer")
}

func body(word, old, new string) func(ctx context.Context, s *site) error {
	return func(ctx context.Context, s *site) error { return s.editBody(ctx, s.at(word), old, new) }
}

// inReport changes a text in a file of the published report.
func inReport(name, old, new string) func(ctx context.Context, s *site) error {
	return func(_ context.Context, s *site) error { return replace(filepath.Join(s.report, name), old, new) }
}

// thief is a key of somebody else, under the name of the bureau's.
func (s *site) thief() (*journal.Key, error) {
	return journal.NewKey(rand.NewChaCha8([32]byte{7}), s.key.Name())
}

// drills are the ways to cheat.
var drills = []drill{
	{name: "nothing (the control)", do: then()},

	// Rows of the tables, with a SQL prompt.
	{name: "a value of a record is edited", do: said("hazard 2", "UPDATE hazard SET title = '已改' WHERE row_no = {row}"), sort: app.Edited, at: of("hazard 2")},
	{name: "a past version is edited", do: said("hazard", "UPDATE hazard_past SET found_on = '2023-05-05' WHERE row_no = {row}"), sort: app.Edited, at: of("hazard")},
	{name: "a row of a list is edited (a death becomes an injury)", do: said("accident 2", "UPDATE accident_casualty SET fate = 'serious' WHERE accident_id = {id} AND line_no = 1"), sort: app.Edited, at: of("accident 2")},
	{name: "two records swap owners", do: said("hazard 3", "UPDATE hazard SET unit = '430621-01' WHERE row_no = {row}", "UPDATE accident SET unit = '430602-01' WHERE number = 'SG-00003'"), sort: app.Edited, at: of("accident 3")},
	{name: "the version number of a record is changed", do: said("hazard 4", "UPDATE hazard SET version = 7 WHERE row_no = {row}"), sort: app.Edited, at: of("hazard 4")},
	{name: "a record is hidden as withdrawn", do: said("accident 5", "UPDATE accident SET state = 'withdrawn' WHERE row_no = {row}"), sort: app.Edited, at: of("accident 5")},
	{name: "a record is deleted with its lists", do: said("accident 5", "DELETE FROM accident_casualty WHERE accident_id = {id}", "DELETE FROM accident WHERE row_no = {row}"), sort: app.Removed, at: of("accident 5")},
	{name: "a record is added", do: said("hazard 5", addHazard), sort: app.Inserted, at: of("hazard 5")},
	{name: "the key of a table is dropped, and a record written a second time", do: said("hazard 5", "DROP INDEX hazard_key", strings.Replace(addHazard, "'YH-99999'", "'YH-00005'", 1)),
		undo: func(ctx context.Context, s *site) error {
			return errors.Join(s.sql(ctx, "DELETE FROM hazard WHERE row_no = 9999999"), s.sql(ctx, "CREATE UNIQUE INDEX hazard_key ON hazard (number) WHERE state <> 'withdrawn'"))
		}, sort: app.Inserted, at: of("hazard 5")},
	{name: "the validity of a unit's place in the tree is altered", do: said("unit 430621", "UPDATE unit_edge SET from_on = '2023-07-01' WHERE unit_id = {id}"), sort: app.Edited, at: of("unit 430621")},
	{name: "the coverage is altered (which source is the figure)", do: said("coverage", "UPDATE coverage SET from_on = '2023-01-01', source = 'published' WHERE row_no = {row}"), sort: app.Edited, at: of("coverage")},
	{name: "a line of the final accounts is edited", do: said("line", "UPDATE final_accounts_line SET amount_fen = amount_fen - 100000000 WHERE row_no = {row}"), sort: app.Edited, at: of("line")},
	{name: "the definition of an indicator is edited after publication", do: said("", "UPDATE indicator SET statement = replace(statement, 'accident.deaths', 'hazard.found')"), sort: app.Edited},

	// What is made of the records.
	{name: "a posting is edited", do: said("accident 4", "UPDATE posting SET count = count + 1 WHERE position = {at}"), sort: app.Edited, at: of("accident 4")},
	{name: "a posting is deleted", do: said("accident 4", "DELETE FROM posting WHERE position = {at}"), sort: app.Edited, at: of("accident 4")},
	{name: "a cell (a balance) is edited", do: said("", "UPDATE cell SET count = count + 1 WHERE span = '2023' AND axis = 'all'"), sort: app.Edited},
	{name: "an index is made to lead to fewer postings, and no row is altered", do: hollow, undo: solid, sort: app.Edited},
	{name: "what an account counts is edited", do: said("", "UPDATE account SET definition = definition || 'x' WHERE measure = 'accident.deaths'"), sort: app.Edited},

	// What is added to the database.
	{name: "a trigger is put on a table", do: trigger, undo: noTrigger, sort: app.Inserted},
	{name: "a view is added that shows other values", do: said("", "CREATE VIEW hazard_told AS SELECT id, 'x' AS title FROM hazard"), undo: func(ctx context.Context, s *site) error { return s.sql(ctx, "DROP VIEW hazard_told") }, sort: app.Inserted},

	{name: "a view for auditors is made to show other values", do: view(" WHERE r.version > 1"), undo: noView, sort: app.Edited},
	{name: "a view for auditors is taken away", do: said("", "DROP VIEW accident_casualty_readable"), undo: noView, sort: app.Edited},

	// What stands beside the journal.
	{name: "the checkpoints that the book keeps are deleted", do: noneKept, sort: app.Removed},
	{name: "a checkpoint that is older than the publication is deleted", do: said("publication", "DELETE FROM journal_checkpoint WHERE size < {at}"), sort: app.Removed, at: of("publication")},
	{name: "a personal value is exchanged, in table and secret", do: said("accident 2", "UPDATE accident_casualty SET name = '别人' WHERE accident_id = {id} AND line_no = 1", "UPDATE journal_secret SET value = "+bytesOf("别人")+" WHERE position = {at} AND path = 'casualty.1.name'"), sort: app.Edited, at: of("accident 2")},
	{name: "the salt of a secret is changed", do: said("accident 2", "UPDATE journal_secret SET salt = value WHERE position = {at} AND path = 'casualty.1.name'"), sort: app.Edited, at: of("accident 2")},
	{name: "a secret is deleted", do: said("accident 2", "DELETE FROM journal_secret WHERE position = {at} AND path = 'casualty.1.name'"), sort: app.Removed, at: of("accident 2")},
	{name: "an attachment is replaced", do: alterAttachment(false), sort: app.Edited, at: of("hazard")},
	{name: "an attachment is deleted", do: alterAttachment(true), sort: app.Removed, at: of("hazard")},
	{name: "a published file that the book keeps is replaced", do: alterPublished(false), sort: app.Edited, at: of("publication")},
	{name: "a published file that the book keeps is deleted", do: alterPublished(true), sort: app.Removed, at: of("publication")},
	{name: "an event is slipped into the outbox", do: said("hazard 2", "INSERT INTO outbox (position, line, topic, body) SELECT position, 1, 'hazard.close', body FROM journal_entry WHERE position = {at}"), sort: app.Inserted, at: of("hazard 2")},
	{name: "the answer to an idempotency key is redirected", do: said("hazard 2", "UPDATE idempotency SET version = version + 1 WHERE position = {at}"), sort: app.Edited, at: of("hazard 2")},

	// The journal.
	{name: "the body of an entry is edited", do: body("hazard 2", "示例隐患2", "示例隐患Z"), sort: app.Edited, at: of("hazard 2")},
	{name: "a body is edited together with its stored hash", do: then(body("hazard 2", "示例隐患2", "示例隐患Z"), leafAnew("hazard 2")), sort: app.Edited, at: of("hazard 2")},
	{name: "a body is edited and the whole tree built anew", do: then(body("hazard 2", "示例隐患2", "示例隐患Z"), noneKept, rebuilt), sort: app.Edited, at: of("hazard 2")},
	{name: "body and row are edited, the tree built anew, the book's checkpoints deleted; before the publication",
		do:   then(body("hazard 2", "示例隐患2", "示例隐患Z"), said("hazard 2", "UPDATE hazard SET title = '示例隐患Z' WHERE row_no = {row}"), noneKept, rebuilt),
		sort: app.Rewritten, at: of("hazard 2")},
	{name: "the same with an entry after the publication",
		do:   then(body("hazard 31", "示例隐患31", "示例隐患Z"), said("hazard 31", "UPDATE hazard SET title = '示例隐患Z' WHERE row_no = {row}", "DELETE FROM journal_checkpoint WHERE size >= {at}"), rebuilt),
		sort: app.Rewritten, at: of("hazard 31"), outside: true},
	{name: "an entry is deleted in the middle", do: said("accident 4", "DELETE FROM journal_entry WHERE position = {at}"), sort: app.Removed, at: of("accident 4")},
	{name: "an entry is cut out of the middle, the rest numbered and the tree built anew",
		do: then(said("accident 4", "DELETE FROM journal_entry WHERE position = {at}"), noneKept, rebuilt), sort: app.Removed, at: of("accident 4")},
	{name: "the first entry is deleted", do: said("", "DELETE FROM journal_entry WHERE position = 1"), sort: app.Removed, at: func(*site) int64 { return 1 }},
	{name: "an entry is slipped into the middle, the rest numbered and the tree built anew", do: then(slipIn("accident 4"), noneKept, rebuilt), sort: app.Inserted, at: of("accident 4")},
	{name: "an entry is slipped in and nothing else is done", do: slipIn("accident 4"), sort: app.Inserted},
	{name: "two bodies change places", do: exchange("hazard 2", "accident 4", "body"), sort: app.Reordered, at: of("accident 4")},
	{name: "two entries change places, hashes and all, and the tree is built anew", do: then(exchange("hazard 2", "accident 4", "hashes, body, kind, record_id, version, action, recorded_at"), noneKept, rebuilt),
		sort: app.Reordered, at: of("hazard 2")},
	{name: "the newest entries are deleted", do: said("hazard 31", "DELETE FROM journal_entry WHERE position >= {at}"), sort: app.Removed, at: of("hazard 31")},
	{name: "the newest entries are deleted, head and tree put back", do: then(said("hazard 31", "DELETE FROM journal_entry WHERE position >= {at}"), noneKept, rebuilt), sort: app.Removed, at: of("hazard 31")},
	{name: "the same, and all tables with them: an older copy of the database is put back", do: func(ctx context.Context, s *site) error { return s.become(ctx, s.old) },
		sort: app.RolledBack, outside: true},
	{name: "the key of the journal is dropped and a position written twice", do: writeTwice("hazard 2"), undo: keyAgain, sort: app.Inserted, at: of("hazard 2")},
	{name: "the instant of an entry is forged", do: said("hazard 2", "UPDATE journal_entry SET recorded_at = recorded_at + 1 WHERE position = {at}"), sort: app.Edited, at: of("hazard 2")},
	{name: "the clock is set back and a record written", do: writeInThePast, at: func(s *site) int64 { return s.at("late") }},
	{name: "the bureau's name in the head is changed", do: said("", "UPDATE book_head SET unit = '别的单位'"), sort: app.Edited},

	// Keys.
	{name: "the book's checkpoints are signed again by another key", do: signedByAnother, sort: app.KeyChanged},
	{name: "a checkpoint that the book keeps is edited", do: said("", "UPDATE journal_checkpoint SET note = replace(note, '/1\n', '/1\n1')"), sort: app.Edited},
	{name: "the public key is exchanged", do: func(ctx context.Context, s *site) error { return s.exchangeKeys(false) }, sort: app.KeyChanged},
	{name: "both keys are exchanged and every checkpoint signed anew", do: then(func(ctx context.Context, s *site) error { return s.exchangeKeys(true) }, signedByAnother), sort: app.KeyChanged, outside: true},
	{name: "a thief declares the key lost and signs with his own", do: thiefDeclares, sort: app.KeyChanged},
	{name: "a change of key is hidden", do: then(func(ctx context.Context, s *site) error {
		_, err := s.app.Rotate(ctx, bench.Actor, app.Rotating{Reason: "演练"})
		return err
	}, said("", "DELETE FROM journal_rotation")), sort: app.KeyChanged},
	{name: "a restore that declared a loss is hidden", do: hideLoss, sort: app.RolledBack},
	{name: "the bureau shows two histories of one size", do: fork, sort: app.Forked, outside: true},

	// Backups.
	{name: "another book is put in the place of the database", do: func(ctx context.Context, s *site) error { return s.become(ctx, s.another) }, sort: app.KeyChanged},
	{name: "an old backup is restored", do: then(), sort: app.RolledBack, watch: copied},
	{name: "the backup of another book is restored", do: func(_ context.Context, s *site) error {
		theirs, err := os.ReadFile(s.theirs)
		return errors.Join(err, os.Rename(s.backup, s.backup+".aside"), os.WriteFile(s.backup, theirs, 0o600))
	}, undo: backupAgain, sort: app.KeyChanged, watch: copied},
	{name: "a row is edited inside a backup", do: forgeBackup(false), undo: backupAgain, sort: app.Edited, watch: copied},
	{name: "a row is edited inside a backup, and its hash with it", do: forgeBackup(true), undo: backupAgain, sort: app.Edited, watch: copied},

	// The published report.
	{name: "a figure of the Word file is edited", do: func(_ context.Context, s *site) error {
		return rezip(filepath.Join(s.report, report.DOCX), func(name string, content []byte) []byte {
			if name == "word/document.xml" {
				return []byte(strings.Replace(string(content), "起</w:t>", "件</w:t>", 1))
			}
			return content
		})
	}, sort: app.Edited, watch: folder},
	{name: "the web page is edited", do: inReport(report.HTML, "</html>", "<!-- --></html>"), sort: app.Edited, watch: folder},
	{name: "the PDF is exchanged", do: inReport(report.PDF, "stand-in", "forgery"), sort: app.Edited, watch: folder},
	{name: "figures.json is edited", do: inReport(report.Figures, `"text": "`, `"text": "1`), sort: app.Edited, watch: folder},
	{name: "proof.json is edited", do: inReport(report.Proof, `2023`, `2022`), sort: app.Edited, watch: folder},
	{name: "the checkpoint is edited", do: inReport(report.Checkpoint, "/1\n", "/1\n1"), sort: app.Edited, watch: folder},
	{name: "the checkpoint is signed by another key, and key.pub exchanged with it", do: reportByAnother, sort: app.KeyChanged, watch: folder},
	{name: "a file is taken away", do: func(_ context.Context, s *site) error { return os.Remove(filepath.Join(s.report, report.HTML)) }, sort: app.Removed, watch: folder},
	{name: "a file is added", do: func(_ context.Context, s *site) error {
		return os.WriteFile(filepath.Join(s.report, "attachment-9.docx"), []byte("PK"), 0o644)
	}, sort: app.Inserted, watch: folder},
}

// addHazard adds a row at a position that another record has.
const addHazard = `INSERT INTO hazard (row_no, id, version, state, moved_by, began, unit, number, title, grade, found_on)
	VALUES (9999999, '0190f3a2-7c1e-7b4d-9a55-3f2d8c6b1e04', 1, 'found', '别人', {at}, '430602-01', 'YH-99999', '添加', 'major', '2023-01-01')`

// bytesOf is a text as a value of bytes, in the SQL of both databases.
func bytesOf(text string) string { return "{bytes:" + hex.EncodeToString([]byte(text)) + "}" }

// leafAnew stores the hash of the body as it is now.
func leafAnew(word string) func(ctx context.Context, s *site) error {
	return func(ctx context.Context, s *site) error {
		return s.app.DB.InTx(ctx, func(tx *store.Tx) error {
			e, err := journal.EntryAt(tx, journal.Position(s.at(word)))
			if err != nil {
				return err
			}
			var hashes []byte
			if _, err := tx.QueryRow([]any{&hashes}, "SELECT hashes FROM journal_entry WHERE position = ?", s.at(word)); err != nil {
				return err
			}
			leaf := journal.LeafHash(e.Body)
			_, err = tx.Exec("UPDATE journal_entry SET hashes = ? WHERE position = ?", append(leaf[:], hashes[len(leaf):]...), s.at(word))
			return err
		})
	}
}

// slipIn puts an entry of its own making before that of a record, which moves on with all that follow.
func slipIn(word string) func(ctx context.Context, s *site) error {
	return func(ctx context.Context, s *site) error {
		at := s.at(word)
		return s.app.DB.InTx(ctx, func(tx *store.Tx) error {
			e, err := journal.EntryAt(tx, journal.Position(at))
			if err != nil {
				return err
			}
			forged := []byte(strings.Replace(string(e.Body), e.Record.String(), "0190f3a2-7c1e-7b4d-9a55-3f2d8c6b1e04", 1))
			leaf := journal.LeafHash(forged)
			for _, text := range []string{
				fmt.Sprintf("UPDATE journal_entry SET position = -(position + 1) WHERE position >= %d", at),
				"UPDATE journal_entry SET position = -position WHERE position < 0",
			} {
				if _, err := tx.Exec(text); err != nil {
					return err
				}
			}
			_, err = tx.Exec("INSERT INTO journal_entry (position, recorded_at, kind, record_id, version, action, hashes, body) VALUES (?, ?, ?, '0190f3a2-7c1e-7b4d-9a55-3f2d8c6b1e04', ?, ?, ?, ?)",
				at, e.RecordedAt.UnixMicro(), e.Kind, e.Version, e.Action, leaf[:], forged)
			return err
		})
	}
}

// exchange lets two entries change places in some columns.
func exchange(one, two, columns string) func(ctx context.Context, s *site) error {
	return func(ctx context.Context, s *site) error {
		a, b := s.at(one), s.at(two)
		return s.app.DB.InTx(ctx, func(tx *store.Tx) error {
			var rows [2][]any
			for i, at := range []int64{a, b} {
				q, err := tx.Query("SELECT "+columns+" FROM journal_entry WHERE position = ?", at)
				if err != nil {
					return err
				}
				for q.Next() {
					for _, v := range q.Values() {
						if bs, ok := v.([]byte); ok {
							v = append([]byte(nil), bs...)
						}
						rows[i] = append(rows[i], v)
					}
				}
				if err := q.Close(); err != nil {
					return err
				}
			}
			set := strings.ReplaceAll(columns, ",", " = ?,") + " = ?"
			for i, at := range []int64{b, a} {
				if _, err := tx.Exec("UPDATE journal_entry SET "+set+" WHERE position = ?", append(rows[i], at)...); err != nil {
					return err
				}
			}
			return nil
		})
	}
}

// writeTwice drops the key of the journal's table and writes an entry a second time, with another body.
func writeTwice(word string) func(ctx context.Context, s *site) error {
	return func(ctx context.Context, s *site) error {
		drop := []string{"ALTER TABLE journal_entry DROP CONSTRAINT journal_entry_key"}
		if s.dialect == store.SQLite {
			drop = []string{"CREATE TABLE journal_free AS SELECT * FROM journal_entry", "DROP TABLE journal_entry",
				"CREATE TABLE journal_entry AS SELECT * FROM journal_free", "DROP TABLE journal_free"}
		}
		if err := s.sql(ctx, drop...); err != nil {
			return err
		}
		return s.app.DB.InTx(ctx, func(tx *store.Tx) error {
			e, err := journal.EntryAt(tx, journal.Position(s.at(word)))
			if err != nil {
				return err
			}
			forged := []byte(strings.Replace(string(e.Body), "示例隐患", "示例隐患又", 1))
			leaf := journal.LeafHash(forged)
			_, err = tx.Exec("INSERT INTO journal_entry (position, recorded_at, kind, record_id, version, action, hashes, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
				s.at(word), e.RecordedAt.UnixMicro(), e.Kind, e.Record.String(), e.Version, e.Action, leaf[:], forged)
			return err
		})
	}
}

// keyAgain gives the journal's table its key again; SQLite takes a new table for that.
func keyAgain(ctx context.Context, s *site) error {
	if s.dialect == store.PostgreSQL {
		return s.sql(ctx, "DELETE FROM journal_entry", "ALTER TABLE journal_entry ADD CONSTRAINT journal_entry_key PRIMARY KEY (position)")
	}
	return s.sql(ctx, "DROP TABLE journal_entry", `CREATE TABLE journal_entry (position integer NOT NULL, recorded_at integer NOT NULL, kind text NOT NULL, record_id text, version integer NOT NULL,
		action text NOT NULL, hashes blob NOT NULL, body blob NOT NULL, CONSTRAINT journal_entry_key PRIMARY KEY (position)) STRICT`)
}

// writeInThePast sets the clock back by a year and writes through the program.
func writeInThePast(ctx context.Context, s *site) error {
	s.clock.Set(start.AddDate(-1, 0, 0))
	err := s.create(ctx, "late", "hazard", newHazard(77, "迟到的隐患"))
	s.clock.Set(start.Add(time.Hour))
	return err
}

// alterAttachment replaces or deletes the attachment where it is kept.
func alterAttachment(gone bool) func(ctx context.Context, s *site) error {
	return func(ctx context.Context, s *site) error {
		return s.alterBlob(ctx, sha256.Sum256([]byte(order)), gone)
	}
}

// alterPublished replaces or deletes the Word file of the publication where the book keeps it.
func alterPublished(gone bool) func(ctx context.Context, s *site) error {
	return func(ctx context.Context, s *site) error {
		content, err := os.ReadFile(filepath.Join(s.report, report.DOCX))
		if err != nil {
			return err
		}
		return s.alterBlob(ctx, sha256.Sum256(content), gone)
	}
}

// alterBlob replaces or deletes a content where it is kept.
func (s *site) alterBlob(ctx context.Context, sum blob.Sum, gone bool) error {
	if s.dialect == store.PostgreSQL {
		of := " WHERE sha256 = " + bytesOf(string(sum[:]))
		if gone {
			return s.sql(ctx, "DELETE FROM blob_piece"+of, "DELETE FROM blob"+of)
		}
		return s.sql(ctx, "UPDATE blob_piece SET content = "+bytesOf("撤销指令书")+of)
	}
	path := ""
	err := filepath.WalkDir(filepath.Join(s.options.Data, "blob"), func(p string, d os.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(p, sum.String()) {
			path = p
		}
		return err
	})
	if err != nil {
		return err
	}
	if gone {
		return os.Remove(path)
	}
	return errors.Join(os.Remove(path), os.WriteFile(path, []byte("撤销指令书"), 0o600))
}

// signedByAnother signs every checkpoint of the book anew with the thief's key.
func signedByAnother(ctx context.Context, s *site) error {
	thief, err := s.thief()
	if err != nil {
		return err
	}
	return s.app.DB.InTx(ctx, func(tx *store.Tx) error {
		sizes, err := store.Select[journal.Position](tx, "SELECT size FROM journal_checkpoint")
		if err != nil {
			return err
		}
		head, err := journal.HeadOf(tx)
		if err != nil {
			return err
		}
		for _, size := range sizes {
			root, err := journal.RootAt(tx, size)
			if err != nil {
				return err
			}
			signed, err := thief.Sign(journal.Checkpoint{Origin: head.Origin(), Size: size, Root: root})
			if err != nil {
				return err
			}
			if _, err := tx.Exec("UPDATE journal_checkpoint SET note = ? WHERE size = ?", signed, int64(size)); err != nil {
				return err
			}
		}
		return nil
	})
}

// exchangeKeys puts the thief's public key in the place of the bureau's, and the private one if it is said.
func (s *site) exchangeKeys(private bool) error {
	thief, err := s.thief()
	if err != nil {
		return err
	}
	keys := filepath.Join(s.options.Data, "keys")
	if err := os.WriteFile(filepath.Join(keys, "journal.pub"), []byte(thief.Public().File()), 0o644); err != nil || !private {
		return err
	}
	path := filepath.Join(keys, "journal.key")
	return errors.Join(os.Remove(path), thief.Save(path))
}

// thiefDeclares writes into the journal that the key is lost, lets the thief's take its place, and seals with it.
func thiefDeclares(ctx context.Context, s *site) error {
	thief, err := s.thief()
	if err != nil {
		return err
	}
	return s.app.DB.InTx(ctx, func(tx *store.Tx) error {
		w, err := journal.Lock(tx)
		if err != nil {
			return err
		}
		w.Stamp(start.Add(time.Hour))
		if _, err := w.Rotate(s.key, nil, thief, "别人", "遗失"); err != nil {
			return err
		}
		if err := w.Flush(); err != nil {
			return err
		}
		_, err = journal.Seal(tx, thief, start.Add(time.Hour))
		return err
	})
}

// hideLoss declares a loss, as a restore does, and then has the tables forget that there was one: checkpoints are signed for the epoch before again.
func hideLoss(ctx context.Context, s *site) error {
	err := s.app.DB.InTx(ctx, func(tx *store.Tx) error {
		w, err := journal.Lock(tx)
		if err != nil {
			return err
		}
		w.Stamp(start.Add(time.Hour))
		known := w.Head().Checkpoint()
		known.Size++
		if _, err := w.OpenEpoch(journal.Loss{Known: known, By: "别人", Reason: "演练"}); err != nil {
			return err
		}
		return w.Flush()
	})
	if err != nil {
		return err
	}
	return s.sql(ctx, "DELETE FROM journal_epoch", "UPDATE book_head SET epoch = 1")
}

// fork rewrites an entry after the publication and seals the other history with the bureau's own key.
func fork(ctx context.Context, s *site) error {
	err := then(body("hazard 31", "示例隐患31", "示例隐患Z"), said("hazard 31", "UPDATE hazard SET title = '示例隐患Z' WHERE row_no = {row}", "DELETE FROM journal_checkpoint WHERE size >= {at}"), rebuilt)(ctx, s)
	if err != nil {
		return err
	}
	_, err = s.app.Seal(ctx)
	return err
}

// forgeBackup edits a row inside the backup, and the manifest's hash of it if it is said.
func forgeBackup(hashed bool) func(ctx context.Context, s *site) error {
	return func(ctx context.Context, s *site) error {
		// The copy must reach what is known outside, so that nothing but the edit is wrong with it.
		if err := os.Rename(s.backup, s.backup+".aside"); err != nil {
			return err
		}
		if _, err := s.app.Backup(ctx, s.backup); err != nil {
			return err
		}
		const member = "table/hazard.jsonl"
		var before, after [32]byte
		edit := func(name string, content []byte) []byte {
			if name == member {
				before = sha256.Sum256(content)
				content = []byte(strings.Replace(string(content), "示例隐患2", "示例隐患Z", 1))
				after = sha256.Sum256(content)
			}
			return content
		}
		if err := rezip(s.backup, edit); err != nil || !hashed {
			return err
		}
		return rezip(s.backup, func(name string, content []byte) []byte {
			if name == "manifest.json" {
				return []byte(strings.Replace(string(content), hex.EncodeToString(before[:]), hex.EncodeToString(after[:]), 1))
			}
			return content
		})
	}
}

// backupAgain makes the old backup what it was.
func backupAgain(_ context.Context, s *site) error { return os.Rename(s.backup+".aside", s.backup) }

// reportByAnother signs the checkpoint of the report with the thief's key and puts that beside it.
func reportByAnother(_ context.Context, s *site) error {
	thief, err := s.thief()
	if err != nil {
		return err
	}
	note, err := os.ReadFile(filepath.Join(s.report, report.Checkpoint))
	if err != nil {
		return err
	}
	c, err := s.key.Open(string(note))
	if err != nil {
		return err
	}
	signed, err := thief.Sign(c)
	if err != nil {
		return err
	}
	return errors.Join(os.WriteFile(filepath.Join(s.report, report.Checkpoint), []byte(signed), 0o644),
		os.WriteFile(filepath.Join(s.report, report.PublicKey), []byte(thief.Public().File()), 0o644))
}
