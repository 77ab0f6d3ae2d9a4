package main

import (
	"bufio"
	"context"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
)

//go:embed duckdb
var duckFiles embed.FS

// duck is DuckDB in a node process, asked line by line.
type duck struct {
	process *exec.Cmd
	in      io.WriteCloser
	out     *bufio.Reader
}

// openDuck installs the locked packages into the user's cache, outside of any repository, starts the script, and has it read
// the cases of a CSV file.
func openDuck(ctx context.Context, csv string) (*duck, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return nil, err
	}
	dir := filepath.Join(cache, "anlan-bench-duckdb")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	for _, name := range []string{"package.json", "package-lock.json", "figures.mjs"} {
		text, err := duckFiles.ReadFile("duckdb/" + name)
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, name), text, 0o644)
		}
		if err != nil {
			return nil, err
		}
	}
	install := exec.CommandContext(ctx, "npm", "ci", "--no-audit", "--no-fund", "--prefer-offline")
	install.Dir, install.Stdout, install.Stderr = dir, os.Stderr, os.Stderr
	if err := install.Run(); err != nil {
		return nil, fmt.Errorf("npm ci in %s: %w", dir, err)
	}
	d := &duck{process: exec.CommandContext(ctx, "node", "figures.mjs")}
	d.process.Dir, d.process.Stderr = dir, os.Stderr
	if d.in, err = d.process.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := d.process.StdoutPipe()
	if err != nil {
		return nil, err
	}
	d.out = bufio.NewReader(out)
	if err := d.process.Start(); err != nil {
		return nil, err
	}
	_, err = d.ask(ctx, []string{"CREATE TABLE bench_case AS SELECT * FROM read_csv('" + csv + "', header = true, columns = " +
		"{'sort': 'VARCHAR', 'grade': 'VARCHAR', 'on_day': 'DATE', 'closed_on': 'DATE', 'amount_fen': 'BIGINT'})"})
	return d, err
}

type duckReply struct {
	Rows  [][]int64 `json:"rows"`
	About string    `json:"about"`
	MiB   int       `json:"mib"`
	Error string    `json:"error"`
}

func (d *duck) say(question any) (r duckReply, err error) {
	line, err := json.Marshal(question)
	if err != nil {
		return r, err
	}
	if _, err := d.in.Write(append(line, '\n')); err != nil {
		return r, err
	}
	if line, err = d.out.ReadBytes('\n'); err != nil {
		return r, err
	}
	if err := json.Unmarshal(line, &r); err != nil {
		return r, err
	}
	if r.Error != "" {
		return r, errors.New("duckdb: " + r.Error)
	}
	return r, nil
}

func (d *duck) ask(_ context.Context, queries []string) ([][]int64, error) {
	r, err := d.say(map[string]any{"run": queries})
	return r.Rows, err
}

// about is the version, the threads, and the memory held.
func (d *duck) about() (string, error) {
	r, err := d.say(map[string]any{"about": true})
	return fmt.Sprintf("%s; %d MiB held", r.About, r.MiB), err
}

func (d *duck) close() error { return errors.Join(d.in.Close(), d.process.Wait()) }

// writeCSV writes the cases for DuckDB to read.
func writeCSV(path string, n int) (err error) {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	w := bufio.NewWriterSize(f, 1<<20)
	fmt.Fprintln(w, "sort,grade,on_day,closed_on,amount_fen")
	for _, c := range cases(n) {
		amount := ""
		if c.Amount.OK {
			amount = fmt.Sprint(int64(c.Amount.V))
		}
		fmt.Fprintf(w, "%s,%s,%s,%s,%s\n", c.Sort, c.Grade, c.On, c.ClosedOn, amount)
	}
	return w.Flush()
}
