package main

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"context"
	"database/sql"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"

	_ "modernc.org/sqlite"
)

type script = testscript.TestScript

// commands are those of the scripts besides the program itself and what testscript has.
var commands = map[string]func(s *script, neg bool, args []string){
	"status":    status,
	"mask":      mask,
	"id":        takeID,
	"position":  position,
	"instant":   takeInstant,
	"json":      isJSON,
	"sql":       plainSQL,
	"lock":      lock,
	"xlsx":      writeXLSX,
	"unhex":     unhex,
	"truncate":  truncate,
	"replace":   replace,
	"flip":      flip,
	"bomb":      bomb,
	"zip":       archive,
	"disk":      disk,
	"readonly":  readOnly,
	"schema":    schema,
	"required":  required,
	"terminal":  terminal,
	"interrupt": interrupt,
}

// need wants exactly n arguments.
func need(s *script, neg bool, args []string, usage string) {
	if want := strings.Count(usage, " ") + 1; neg || len(args) != want {
		s.Fatalf("usage: %s", usage)
	}
}

// status N PROGRAM ARG… runs a program, which must end in status N.
func status(s *script, neg bool, args []string) {
	if neg || len(args) < 2 {
		s.Fatalf("usage: status N PROGRAM ARG…")
	}
	got := 0
	if err := s.Exec(args[1], args[2:]...); err != nil {
		e, ok := errors.AsType[*exec.ExitError](err)
		if !ok {
			s.Fatalf("%v", err)
		}
		got = e.ExitCode()
	}
	if strconv.Itoa(got) != args[0] {
		s.Fatalf("%s ended in status %d, want %s", args[1], got, args[0])
	}
}

var masks = []struct {
	what *regexp.Regexp
	as   string
}{
	{regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`), "<id>"},
	{regexp.MustCompile(`\b[0-9a-f]{64}\b`), "<sha256>"},
	{regexp.MustCompile(`[0-9A-Za-z+/]{43}=`), "<hash>"},
	{regexp.MustCompile(`\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?`), "<time>"},
	{regexp.MustCompile(`(日志位置|position |封存点|size |"position": ?|--as-of |结构版本|schema version |已封存到|sealed up to |共|日志条数  )\d+`), "${1}<n>"},
	{regexp.MustCompile(`\d+(条记录| entries)`), "<n>$1"},
	{regexp.MustCompile(`(挂牌日期  — → )\d{4}-\d\d-\d\d`), "${1}<today>"}, // a step's day, where the step states none
}

// mask FROM TO writes FROM to TO with what differs from run to run, or with what an empty book holds, named instead: ids,
// hashes, instants, the bureau's day, positions, the folder and the user.
func mask(s *script, neg bool, args []string) {
	need(s, neg, args, "FROM TO")
	text := s.ReadFile(args[0])
	for _, m := range masks {
		text = m.what.ReplaceAllString(text, m.as)
	}
	text = strings.ReplaceAll(text, s.Getenv("WORK"), "$WORK")
	if u, err := user.Current(); err == nil {
		text = regexp.MustCompile(`\b`+regexp.QuoteMeta(u.Username)+`( ?[（(](cli|import)[)）])`).ReplaceAllString(text, "<user>$1")
	}
	s.Check(os.WriteFile(s.MkAbs(args[1]), []byte(text), 0o644))
}

// id NAME FROM [N] sets a variable to the Nth id in FROM, from 1.
func takeID(s *script, neg bool, args []string) {
	if neg || len(args) < 2 || len(args) > 3 {
		s.Fatalf("usage: id NAME FROM [N]")
	}
	n := 1
	if len(args) == 3 {
		var err error
		n, err = strconv.Atoi(args[2])
		s.Check(err)
	}
	found := masks[0].what.FindAllString(s.ReadFile(args[1]), n)
	if len(found) < n {
		s.Fatalf("%s holds %d ids", args[1], len(found))
	}
	s.Setenv(args[0], found[n-1])
}

// instant NAME FROM N sets a variable to the Nth instant in FROM, from 1.
func takeInstant(s *script, neg bool, args []string) {
	need(s, neg, args, "NAME FROM N")
	n, err := strconv.Atoi(args[2])
	s.Check(err)
	found := regexp.MustCompile(`\d{4}-\d\d-\d\dT[0-9:.]+Z`).FindAllString(s.ReadFile(args[1]), n)
	if len(found) < n {
		s.Fatalf("%s holds %d instants", args[1], len(found))
	}
	s.Setenv(args[0], found[n-1])
}

// position NAME sets a variable to the newest position of the journal.
func position(s *script, neg bool, args []string) {
	need(s, neg, args, "NAME")
	s.Check(s.Exec("anlan", "journal", "status", "--format", "json"))
	var head struct{ Size int64 }
	s.Check(json.Unmarshal([]byte(s.ReadFile("stdout")), &head))
	s.Setenv(args[0], strconv.FormatInt(head.Size, 10))
}

// json FILE [N] wants N values of JSON, or some, one after the other, and nothing else.
func isJSON(s *script, neg bool, args []string) {
	if neg || len(args) < 1 || len(args) > 2 {
		s.Fatalf("usage: json FILE [N]")
	}
	d := json.NewDecoder(strings.NewReader(s.ReadFile(args[0])))
	n := 0
	for ; ; n++ {
		var v any
		err := d.Decode(&v)
		if errors.Is(err, io.EOF) {
			break
		}
		s.Check(err)
	}
	want := "some"
	if len(args) == 2 {
		want = args[1]
	}
	if strconv.Itoa(n) != want && (n == 0 || len(args) == 2) {
		s.Fatalf("%s holds %d values, want %s", args[0], n, want)
	}
}

func database(s *script) *sql.DB {
	path := s.MkAbs("anlan-data/book.db")
	_, err := os.Stat(path)
	s.Check(err)
	db, err := sql.Open("sqlite", "file:"+filepath.ToSlash(path)+"?_pragma=busy_timeout(10000)")
	s.Check(err)
	return db
}

// sql STATEMENT… changes the tables as somebody with the file and a SQL prompt would. Each must change something.
func plainSQL(s *script, neg bool, args []string) {
	db := database(s)
	defer db.Close()
	for _, statement := range args {
		r, err := db.Exec(statement)
		s.Check(err)
		if n, err := r.RowsAffected(); err != nil || n == 0 {
			s.Fatalf("%s: changed %d rows (%v)", statement, n, err)
		}
	}
}

// lock holds the database as another program that writes would, until the script ends.
func lock(s *script, neg bool, args []string) {
	if neg || len(args) > 0 {
		s.Fatalf("usage: lock")
	}
	db := database(s)
	conn, err := db.Conn(context.Background())
	s.Check(err)
	_, err = conn.ExecContext(context.Background(), "BEGIN IMMEDIATE")
	s.Check(err)
	s.Defer(func() { conn.Close(); db.Close() })
}

// xlsx GRID OUT [RANGE…] writes a workbook as another program would: GRID is CSV, where #N is the number N in a cell formatted
// as a day and ##N a plain number; the RANGEs are merged.
func writeXLSX(s *script, neg bool, args []string) {
	if neg || len(args) < 2 {
		s.Fatalf("usage: xlsx GRID OUT [RANGE…]")
	}
	r := csv.NewReader(strings.NewReader(s.ReadFile(args[0])))
	r.FieldsPerRecord = -1
	rows, err := r.ReadAll()
	s.Check(err)
	f := excelize.NewFile()
	defer f.Close()
	day, err := f.NewStyle(&excelize.Style{NumFmt: 14})
	s.Check(err)
	for i, row := range rows {
		for j, text := range row {
			at, err := excelize.CoordinatesToCellName(j+1, i+1)
			s.Check(err)
			number, formatted := strings.CutPrefix(text, "#")
			number, bare := strings.CutPrefix(number, "#")
			switch {
			case formatted:
				n, err := strconv.ParseFloat(number, 64)
				s.Check(err)
				s.Check(f.SetCellValue("Sheet1", at, n))
				if !bare {
					s.Check(f.SetCellStyle("Sheet1", at, at, day))
				}
			case text != "":
				s.Check(f.SetCellStr("Sheet1", at, text))
			}
		}
	}
	for _, span := range args[2:] {
		from, to, _ := strings.Cut(span, ":")
		s.Check(f.MergeCell("Sheet1", from, to))
	}
	s.Check(f.SaveAs(s.MkAbs(args[1])))
}

// unhex FROM OUT writes the bytes that FROM holds in hexadecimal, with blanks and line ends anywhere.
func unhex(s *script, neg bool, args []string) {
	need(s, neg, args, "FROM OUT")
	b, err := hex.DecodeString(strings.Join(strings.Fields(s.ReadFile(args[0])), ""))
	s.Check(err)
	s.Check(os.WriteFile(s.MkAbs(args[1]), b, 0o644))
}

// truncate FILE N keeps the first N bytes of a file, or fills it up with zeros; a negative N takes that many off its end.
func truncate(s *script, neg bool, args []string) {
	need(s, neg, args, "FILE N")
	n, err := strconv.Atoi(args[1])
	s.Check(err)
	if n < 0 {
		n += len(s.ReadFile(args[0]))
	}
	s.Check(os.Truncate(s.MkAbs(args[0]), int64(n)))
}

// replace FILE OLD NEW changes the first OLD in a file.
func replace(s *script, neg bool, args []string) {
	need(s, neg, args, "FILE OLD NEW")
	text := s.ReadFile(args[0])
	changed := strings.Replace(text, args[1], args[2], 1)
	if changed == text {
		s.Fatalf("%s does not hold %q", args[0], args[1])
	}
	s.Check(os.WriteFile(s.MkAbs(args[0]), []byte(changed), 0o644))
}

// flip FILE changes one bit in the middle of a file.
func flip(s *script, neg bool, args []string) {
	need(s, neg, args, "FILE")
	b := []byte(s.ReadFile(args[0]))
	b[len(b)/2] ^= 1
	s.Check(os.WriteFile(s.MkAbs(args[0]), b, 0o644))
}

// bomb FILE writes a workbook of some hundred kilobytes whose texts unpack to gigabytes.
func bomb(s *script, neg bool, args []string) {
	need(s, neg, args, "FILE")
	packed := func(text string) []byte {
		var b bytes.Buffer
		w, err := flate.NewWriter(&b, flate.BestCompression)
		s.Check(err)
		_, err = io.WriteString(w, text)
		s.Check(errors.Join(err, w.Flush())) // ends at a byte, and may be followed by any other block
		return b.Bytes()
	}
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	put := func(name, content string) {
		w, err := z.Create(name)
		s.Check(err)
		_, err = io.WriteString(w, content)
		s.Check(err)
	}
	put("xl/workbook.xml", `<workbook><sheets><sheet name="a" r:id="x"/></sheets></workbook>`)
	put("xl/_rels/workbook.xml.rels", `<R><Relationship Id="x" Type="/worksheet" Target="sheet.xml"/><Relationship Id="y" Type="/sharedStrings" Target="texts.xml"/></R>`)
	texts := append(packed("<sst>"), bytes.Repeat(packed(strings.Repeat("<si><t>"+strings.Repeat("x", 1<<16)+"</t></si>", 16)), 4096)...)
	w, err := z.CreateRaw(&zip.FileHeader{Name: "xl/texts.xml", Method: zip.Deflate, CompressedSize64: uint64(len(texts)), UncompressedSize64: 1 << 40})
	s.Check(err)
	_, err = w.Write(texts)
	s.Check(errors.Join(err, z.Close()))
	s.Check(os.WriteFile(s.MkAbs(args[0]), out.Bytes(), 0o644))
}

// zip OUT NAME… writes an archive of files.
func archive(s *script, neg bool, args []string) {
	if neg || len(args) < 2 {
		s.Fatalf("usage: zip OUT NAME…")
	}
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, name := range args[1:] {
		w, err := z.Create(name)
		s.Check(err)
		_, err = io.WriteString(w, s.ReadFile(name))
		s.Check(err)
	}
	s.Check(z.Close())
	s.Check(os.WriteFile(s.MkAbs(args[0]), out.Bytes(), 0o644))
}

// schema sets $DB to the address of a PostgreSQL schema of the script's own, which is dropped when it ends.
func schema(s *script, neg bool, args []string) {
	if neg || len(args) > 0 {
		s.Fatalf("usage: schema")
	}
	server := os.Getenv("ANLAN_TEST_POSTGRES")
	name := "cli_" + strconv.FormatInt(int64(os.Getpid()), 36) + "_" + strings.ToLower(regexp.MustCompile(`\W`).ReplaceAllString(s.Name(), "_"))
	join := "?"
	if strings.Contains(server, "?") {
		join = "&"
	}
	s.Setenv("DB", server+join+"search_path="+name)
	s.Defer(func() {
		ctx := context.Background()
		conn, err := pgx.Connect(ctx, server)
		s.Check(err)
		defer conn.Close(ctx)
		_, err = conn.Exec(ctx, "DROP SCHEMA IF EXISTS "+name+" CASCADE")
		s.Check(err)
	})
}

// required NAME fails the script when ANLAN_REQUIRE names what it is about to be skipped for.
func required(s *script, neg bool, args []string) {
	need(s, neg, args, "NAME")
	if strings.Contains(","+os.Getenv("ANLAN_REQUIRE")+",", ","+args[0]+",") {
		s.Fatalf("%s is required and not there", args[0])
	}
}
