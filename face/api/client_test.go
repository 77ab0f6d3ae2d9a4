package api_test

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"anlan/record/access"
	"anlan/store"
)

// TestAClientThatAStockGeneratorMadeWorks has oapi-codegen make a client from the document as it is served, builds a program around it,
// and lets that enter, list, meet faults and change against a real server. The program holds the document against OpenAPI 3.1, and each
// request and answer against the document, by kin-openapi. Modules that are not on the machine are not fetched for it, unless
// ANLAN_REQUIRE names generator.
func TestAClientThatAStockGeneratorMadeWorks(t *testing.T) {
	t.Parallel()
	required := strings.Contains(os.Getenv("ANLAN_REQUIRE"), "generator")
	dir := t.TempDir()
	for _, name := range []string{"main.go", "go.mod", "go.sum"} {
		text, err := os.ReadFile(filepath.Join("testdata", "client", name+".txt"))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	s := open(t, store.SQLite)
	p := s.program(s.person("lijun", "430600", access.Section), "write")
	document := filepath.Join(dir, "openapi.json")
	if err := os.WriteFile(document, []byte(p.get("/api/v1/openapi.json", 200).body), 0o644); err != nil {
		t.Fatal(err)
	}
	command := func(in string, args ...string) (string, error) {
		c := exec.CommandContext(context.WithoutCancel(t.Context()), args[0], args[1:]...)
		c.Dir, c.Env = in, append(os.Environ(), "GOWORK=off")
		if !required {
			c.Env = append(c.Env, "GOPROXY=off")
		}
		var out, errs bytes.Buffer
		c.Stdout, c.Stderr = &out, &errs
		err := c.Run()
		return out.String() + errs.String(), err
	}
	config, err := filepath.Abs(filepath.Join("testdata", "client", "oapi-codegen.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	for _, step := range []struct {
		in   string
		args []string
	}{
		{".", []string{"go", "tool", "-modfile=../../tools/go.mod", "oapi-codegen", "-config", config, "-o", filepath.Join(dir, "client.gen.go"), document}},
		{dir, []string{"go", "build", "-o", "client", "."}},
	} {
		if out, err := command(step.in, step.args...); err != nil {
			if missing := strings.Contains(out, "module lookup disabled"); missing && !required {
				t.Skip("SKIPPED: the modules of the generator are not on this machine, so no client was made")
			}
			t.Fatalf("%v: %v\n%s", step.args, err, out)
		}
	}
	out, err := command(dir, "./client", document, s.server.URL, p.token)
	want := `kinds true
created version 1
refused 422 field.unknown_code /content/grade
got found 12500.00 "1"
changed to version 2
refused 412 book.stale
of many 201
of many 409
of many 201
listed YH-3 疏散通道堵塞
versions 2 true
moved to version 3
attached, version 4
withdrawn 200
figure 1处
measures 1
behind it 1
findings 200
published 0
`
	if err != nil || out != want {
		t.Errorf("%v, got\n%s\nwant\n%s", err, out, want)
	}
}
