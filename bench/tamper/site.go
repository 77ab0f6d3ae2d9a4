package main

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"math/bits"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"time"

	"anlan/account/report"
	"anlan/account/source"
	"anlan/app"
	"anlan/bench"
	"anlan/ground/clock"
	"anlan/ground/fault"
	"anlan/ground/money"
	"anlan/ground/period"
	ground "anlan/ground/place"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/record/field"
	units "anlan/resource/unit"
	"anlan/safety/accident"
	"anlan/safety/hazard"
	"anlan/store"
	"anlan/store/journal"
)

// site is a book with what others hold of it.
type site struct {
	dialect store.Dialect
	options app.Options
	app     *app.App  // open while a drill is made
	keeper  *store.DB // puts back what was altered
	clock   *clock.Stepped
	ids     map[string]book.Done // records by a word of our own

	report string // folder of the published report
	key    journal.PublicKey
	kept   string // the newest checkpoint, which somebody else has kept
	backup string // of the book before its newest entries
	theirs string // a backup of another book
	work   string // folder for what a drill makes
	clean  string // folder with the pristine files of the book and the report

	now, old, another content
}

var start = time.Date(2024, 1, 31, 1, 0, 0, 0, time.UTC)

// order is the content of the attachment of the hazard.
const order = "限期整改指令书（示例）"

const bureau, code = "岳阳市应急管理局", "430600"

// found founds the book, writes a year of it, publishes, and lets others keep what they would.
func found(ctx context.Context, place *bench.Place, d store.Dialect) (*site, error) {
	s := &site{dialect: d, clock: clock.NewStepped(start, time.Millisecond), ids: map[string]book.Done{}}
	o := place.Options(d, "book")
	home := filepath.Join(place.Dir, d.String())
	s.options = app.Options{Data: filepath.Join(home, "data"), DB: o.URL, Schema: o.Schema, Clock: s.clock, Random: rand.NewChaCha8([32]byte{1})}
	if d == store.SQLite {
		s.options.Data = o.Dir
	}
	s.report, s.work, s.clean = filepath.Join(home, "report"), filepath.Join(home, "work"), filepath.Join(home, "clean")
	s.backup, s.theirs = filepath.Join(home, "old.zip"), filepath.Join(home, "theirs.zip")
	var err error
	for _, dir := range []string{home, s.options.Data} {
		err = errors.Join(err, os.MkdirAll(dir, 0o700))
	}
	if err != nil {
		return nil, err
	}
	if s.app, err = app.Init(ctx, s.options, bench.Actor, bureau, code); err != nil {
		return nil, err
	}
	if s.keeper, err = store.Open(ctx, o); err != nil {
		return nil, err
	}
	for _, step := range []func(context.Context) error{s.seal, s.year, s.publish, s.keepOld, s.goOn, s.keepNew, s.other} {
		if err := step(ctx); err != nil {
			return nil, err
		}
	}
	return s, nil
}

func (s *site) close() error {
	if s.app == nil {
		return nil
	}
	return s.app.Close()
}

// put writes a change and remembers what became of it under a word.
func (s *site) put(ctx context.Context, word string, c book.Change) error {
	done, err := s.app.Book.Apply(ctx, bench.Actor, []book.Change{c})
	if err != nil {
		return fmt.Errorf("%s: %w", word, err)
	}
	s.ids[word] = done[0]
	return nil
}

func (s *site) create(ctx context.Context, word, kind string, r any) error {
	return s.put(ctx, word, book.Change{Kind: kind, Action: access.Create, Record: r, Key: "drill/" + word})
}

func day(text string) period.Day {
	d, err := period.ISODay(text)
	if err != nil {
		panic(err)
	}
	return d
}

func newHazard(n int, title string) *hazard.Hazard {
	h := &hazard.Hazard{Number: fmt.Sprintf("YH-%05d", n), Title: title, Grade: hazard.Major, FoundOn: day("2023-05-06"),
		Steps: []hazard.Step{{On: day("2023-05-07"), What: "停止作业"}, {On: day("2023-05-09"), What: "加装防护栏"}}}
	h.Unit, h.Place = "430602-01", "430602"
	return h
}

func newAccident(n int, on string, deaths int) *accident.Accident {
	x := &accident.Accident{Number: fmt.Sprintf("SG-%05d", n), OccurredOn: day(on)}
	x.Unit, x.Place = "430621-01", "430621"
	for i := range deaths {
		x.Casualties = append(x.Casualties, accident.Casualty{Name: fmt.Sprintf("示例人员%d", i+1), Fate: accident.Death})
	}
	return x
}

// year writes what the drills alter: records with past versions, lists, personal data, attachments, sources, an indicator.
func (s *site) year(ctx context.Context) error {
	for _, c := range []string{"430602", "430621"} {
		u := &units.Unit{Code: ground.Unit(c + "-01"), Name: "一股", Sort: units.Section, Edges: []units.Edge{{Parent: ground.Unit(c), From: day("2020-01-01")}}}
		u.Unit = code
		if err := s.create(ctx, "unit "+c, "unit", u); err != nil {
			return err
		}
	}
	ref, err := s.app.Blobs.Put(ctx, strings.NewReader(order))
	if err != nil {
		return err
	}
	h := newHazard(1, "示例隐患甲")
	h.Files = []field.File{{SHA256: ref.Sum, Size: ref.Size, Name: "整改单.txt"}}
	if err := s.create(ctx, "hazard", "hazard", h); err != nil {
		return err
	}
	h.Title, h.Steps = "示例隐患甲（更正）", h.Steps[:1]
	if err := s.put(ctx, "hazard again", book.Change{Kind: "hazard", ID: s.ids["hazard"].ID, Expect: 1, Action: access.Edit, Record: h, Reason: "更正"}); err != nil {
		return err
	}
	for n := 2; n < 9; n++ {
		if err := s.create(ctx, fmt.Sprint("hazard ", n), "hazard", newHazard(n, fmt.Sprintf("示例隐患%d", n))); err != nil {
			return err
		}
		if err := s.create(ctx, fmt.Sprint("accident ", n), "accident", newAccident(n, "2023-03-04", n%3)); err != nil {
			return err
		}
	}
	if err := s.create(ctx, "accident 2022", "accident", newAccident(20, "2022-03-04", 1)); err != nil {
		return err
	}
	line := &source.FinalLine{Entity: code, Year: 2023, Table: source.Public01, Line: 1, Name: "本年支出合计", Amount: money.Fen(3282_1400_00), Edition: source.Approved}
	cover := &source.Coverage{Measure: "accident.count", Covered: "430621", From: day("2030-01-01"), Source: source.Records}
	cover.Unit = code
	if err := errors.Join(s.create(ctx, "line", "final_accounts_line", line), s.create(ctx, "coverage", "coverage", cover)); err != nil {
		return err
	}
	_, err = s.app.EnactIndicators(ctx, bench.Actor, app.EnactRequest{Name: "own.indicators", Content: []byte("indicator own.rate  \"每起事故死亡人数\"  \"deaths per accident\"  in 人/起  printed 1\n  = accident.deaths / accident.count\n")})
	if err != nil {
		return err
	}
	return s.app.Book.Fold(ctx)
}

// publish publishes a report with all its files; the PDF is a stand-in, so that the drill needs no LibreOffice.
func (s *site) publish(ctx context.Context) error {
	built, err := s.app.Build(ctx, bench.Actor, app.ReportRequest{Template: "spine", Period: period.Year(2023)})
	if err != nil {
		return err
	}
	files, err := built.Render()
	if err != nil {
		return err
	}
	files[report.PDF] = []byte("%PDF-1.7\n% a stand-in\n")
	key, err := s.app.Key(ctx)
	if err != nil {
		return err
	}
	s.key = key.Public()
	issue, err := report.Publisher{Book: s.app.Book, Actor: bench.Actor, Blobs: s.app.Blobs, Key: key, Now: s.clock.Now}.Publish(ctx, built, files, s.report)
	s.ids["publication"] = book.Done{Position: issue.Position}
	return err
}

// seal makes a checkpoint that is older than the publication.
func (s *site) seal(ctx context.Context) error {
	_, err := s.app.Seal(ctx)
	return err
}

// keepOld keeps a backup and a copy of the book before it goes on.
func (s *site) keepOld(ctx context.Context) (err error) {
	if _, err = s.app.Backup(ctx, s.backup); err != nil {
		return err
	}
	s.old, err = s.read(ctx)
	return err
}

func (s *site) goOn(ctx context.Context) error {
	for n := 30; n < 33; n++ {
		if err := s.create(ctx, fmt.Sprint("hazard ", n), "hazard", newHazard(n, fmt.Sprintf("示例隐患%d", n))); err != nil {
			return err
		}
	}
	return nil
}

// keepNew lets somebody else keep the newest checkpoint, and keeps what the drills alter.
func (s *site) keepNew(ctx context.Context) (err error) {
	if s.kept, err = s.app.Seal(ctx); err != nil {
		return err
	}
	if s.now, err = s.read(ctx); err != nil {
		return err
	}
	return s.copyFiles(s.clean)
}

// other is another book, with a backup.
func (s *site) other(ctx context.Context) error {
	o := app.Options{Data: filepath.Join(filepath.Dir(s.work), "another"), Clock: clock.NewStepped(start, time.Millisecond), Random: rand.NewChaCha8([32]byte{2})}
	a, err := app.Init(ctx, o, bench.Actor, "岳阳市另一单位", code)
	if err != nil {
		return err
	}
	_, err = a.Seal(ctx)
	if err == nil {
		_, err = a.Backup(ctx, s.theirs)
	}
	if err == nil {
		s.another, err = readAll(ctx, a.DB)
	}
	return errors.Join(err, a.Close())
}

// content is the content of every table.
type content struct {
	schema *store.Schema
	rows   map[string][][]any
}

func (s *site) read(ctx context.Context) (content, error) { return readAll(ctx, s.keeper) }

func readAll(ctx context.Context, db *store.DB) (out content, err error) {
	if err := db.Read(ctx, func(tx *store.Tx) (err error) { out.schema, err = tx.Schema(); return err }); err != nil {
		return out, err
	}
	out.rows, err = readRows(ctx, db, out.schema)
	return out, err
}

// readRows reads all rows of tables whose columns are known.
func readRows(ctx context.Context, db *store.DB, schema *store.Schema) (map[string][][]any, error) {
	out := map[string][][]any{}
	err := db.Read(ctx, func(tx *store.Tx) error {
		for _, t := range schema.Tables {
			by := strings.Join(t.PrimaryKey, ", ")
			if by == "" {
				by = "1"
			}
			rows, err := tx.Query("SELECT " + strings.Join(columnsOf(t), ", ") + " FROM " + t.Name + " ORDER BY " + by)
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
				out[t.Name] = append(out[t.Name], row)
			}
			if err := rows.Close(); err != nil {
				return err
			}
		}
		return nil
	})
	return out, err
}

func columnsOf(t store.Table) (out []string) {
	for _, c := range t.Columns {
		out = append(out, c.Name)
	}
	return out
}

// become makes the tables what a content says: those that differ, and the lists below them.
func (s *site) become(ctx context.Context, want content) error {
	have, err := readRows(ctx, s.keeper, want.schema)
	if err != nil {
		return err
	}
	differs := map[string]bool{}
	for _, t := range want.schema.Tables {
		differs[t.Name] = !reflect.DeepEqual(have[t.Name], want.rows[t.Name])
	}
	for _, t := range want.schema.Tables {
		for _, k := range t.ForeignKeys {
			differs[t.Name] = differs[t.Name] || differs[k.Table]
		}
	}
	return s.keeper.InTx(ctx, func(tx *store.Tx) error {
		for _, below := range []bool{true, false} {
			for _, t := range want.schema.Tables {
				if differs[t.Name] && (len(t.ForeignKeys) > 0) == below {
					if _, err := tx.Exec("DELETE FROM " + t.Name); err != nil {
						return err
					}
				}
			}
		}
		for _, below := range []bool{false, true} {
			for _, t := range want.schema.Tables {
				if differs[t.Name] && (len(t.ForeignKeys) > 0) == below && len(want.rows[t.Name]) > 0 {
					if _, err := tx.InsertRows(t.Name, columnsOf(t), slices.Values(want.rows[t.Name])); err != nil {
						return err
					}
				}
			}
		}
		return nil
	})
}

// folders are those that a drill may alter: keys, attachments, the report.
func (s *site) folders() []string {
	return []string{filepath.Join(s.options.Data, "keys"), filepath.Join(s.options.Data, "blob"), s.report}
}

func (s *site) copyFiles(to string) (err error) {
	for _, dir := range s.folders() {
		err = errors.Join(err, copyFolder(filepath.Join(to, filepath.Base(dir)), dir))
	}
	return err
}

// copyFolder copies a folder with the modes of its files, which a key's must keep.
func copyFolder(to, from string) error {
	return filepath.WalkDir(from, func(path string, d os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		if d.IsDir() {
			return os.MkdirAll(filepath.Join(to, rel), 0o700)
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(to, rel), b, info.Mode().Perm())
	})
}

// restore puts everything back.
func (s *site) restore(ctx context.Context) error {
	err := errors.Join(s.app.Close(), s.become(ctx, s.now), os.RemoveAll(s.work))
	s.app = nil
	for _, dir := range s.folders() {
		err = errors.Join(err, os.RemoveAll(dir), copyFolder(dir, filepath.Join(s.clean, filepath.Base(dir))))
	}
	return err
}

// sql runs statements as somebody with the database's password and a SQL prompt would.
func (s *site) sql(ctx context.Context, statements ...string) error {
	return s.app.DB.InTx(ctx, func(tx *store.Tx) error {
		for _, text := range statements {
			if _, err := tx.Exec(literals(s.dialect, text)); err != nil {
				return fmt.Errorf("%s: %w", text, err)
			}
		}
		return nil
	})
}

var bytesIn = regexp.MustCompile(`\{bytes:([0-9a-f]*)\}`)

// literals writes values of bytes as each database does.
func literals(d store.Dialect, text string) string {
	if d == store.PostgreSQL {
		return bytesIn.ReplaceAllString(text, `'\x$1'::bytea`)
	}
	return bytesIn.ReplaceAllString(text, `X'$1'`)
}

// at is the position of a record's version, row its number.
func (s *site) at(word string) int64  { return int64(s.ids[word].Position) }
func (s *site) row(word string) int64 { return s.ids[word].Row }

// editBody changes the body of an entry.
func (s *site) editBody(ctx context.Context, at int64, old, new string) error {
	return s.app.DB.InTx(ctx, func(tx *store.Tx) error {
		e, err := journal.EntryAt(tx, journal.Position(at))
		if err != nil {
			return err
		}
		body := bytes.ReplaceAll(e.Body, []byte(old), []byte(new))
		if bytes.Equal(body, e.Body) {
			return fmt.Errorf("entry %d does not hold %q", at, old)
		}
		_, err = tx.Exec("UPDATE journal_entry SET body = ? WHERE position = ?", body, at)
		return err
	})
}

// rebuild numbers the entries anew and makes all hashes and the head what the bodies give, as somebody would who rewrites
// history.
func (s *site) rebuild(ctx context.Context) error {
	node := func(l, r []byte) []byte {
		sum := sha256.Sum256(append(append([]byte{1}, l...), r...))
		return sum[:]
	}
	return s.app.DB.InTx(ctx, func(tx *store.Tx) error {
		var size int64
		var edge [][]byte // roots of perfect subtrees, widest first
		var last int64
		err := journal.Entries(tx, 0, 1<<40, func(e journal.Stored) error {
			size++
			leaf := journal.LeafHash(e.Body)
			hash, hashes := leaf[:], slices.Clone(leaf[:])
			for range bits.TrailingZeros64(uint64(size)) {
				hash = node(edge[len(edge)-1], hash)
				edge, hashes = edge[:len(edge)-1], append(hashes, hash...)
			}
			edge, last = append(edge, hash), e.RecordedAt.UnixMicro()
			_, err := tx.Exec("UPDATE journal_entry SET position = ?, hashes = ? WHERE position = ?", size, hashes, int64(e.Position))
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
}

// rezip writes a ZIP archive anew with one member changed.
func rezip(path string, change func(name string, content []byte) []byte) error {
	r, err := zip.OpenReader(path)
	if err != nil {
		return err
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range r.File {
		in, err := f.Open()
		if err != nil {
			return err
		}
		content, err := io.ReadAll(in)
		if err != nil {
			return err
		}
		to, err := w.Create(f.Name)
		if err != nil {
			return err
		}
		if _, err := to.Write(change(f.Name, content)); err != nil {
			return err
		}
	}
	if err := errors.Join(r.Close(), w.Close()); err != nil {
		return err
	}
	return os.WriteFile(path, out.Bytes(), 0o644)
}

// replace changes a text in a file.
func replace(path, old, new string) error {
	b, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	changed := bytes.Replace(b, []byte(old), []byte(new), 1)
	if bytes.Equal(b, changed) {
		return fmt.Errorf("%s does not hold %q", path, old)
	}
	return os.WriteFile(path, changed, 0o644)
}

// faultsOf are what a verifier found, or why it refused; an error that is no fault stays one.
func faultsOf(found fault.List, err error) (fault.List, error) {
	internal := found.Add(err)
	return found, internal
}
