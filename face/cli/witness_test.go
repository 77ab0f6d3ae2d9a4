package cli

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"anlan/ground/lang"
)

// TestTheBureauAsksItsWitnessesOverTheNetwork: a witness is served, cosigns what the bureau publishes and seals, and what it knows
// stands against a backup that is older, with no checkpoint kept as a file.
func TestTheBureauAsksItsWitnessesOverTheNetwork(t *testing.T) {
	t.Parallel()
	ctx, dir := t.Context(), founded(t)
	temp := t.TempDir()
	at := func(name string) string { return filepath.Join(temp, name) }
	must := func(want int, args ...string) (out, errs string) {
		t.Helper()
		out, errs, status := typed(ctx, append(args, "--lang", "zh")...)
		if status != want {
			t.Fatalf("%v: status %d, want %d\n%s%s", args, status, want, out, errs)
		}
		return out, errs
	}
	audit := at("audit")
	public, _ := must(inOrder, "witness", "init", "--data", audit, "--name", "audit.example")
	must(inOrder, "witness", "watch", "--data", audit, filepath.Join(dir, "keys", "journal.pub"))
	log, err := os.ReadFile(filepath.Join(dir, "keys", "journal.pub"))
	if err != nil {
		t.Fatal(err)
	}
	policy := at("policy")
	text := fmt.Sprintf("log %switness audit %s %s\nquorum audit\n", log, strings.TrimSpace(public), serving(t, audit))
	if err := os.WriteFile(policy, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	must(inOrder, "backup", "--data", dir, "-o", at("old.zip"))
	if err := os.CopyFS(filepath.Join(at("rolled-back"), "keys"), os.DirFS(filepath.Join(dir, "keys"))); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(filepath.Join(at("rolled-back"), "keys", "journal.key"), 0o600); err != nil { // as it was: a copy has the mode of the umask
		t.Fatal(err)
	}
	for range 2 { // the second time the witness must be told from where
		out, errs := must(inOrder, "journal", "cosign", "--data", dir, "--policy", policy)
		if !strings.Contains(out, "\n— audit.example ") || !strings.Contains(errs, "见证足够（audit）：audit") {
			t.Errorf("%s%s", out, errs)
		}
		must(inOrder, "journal", "key", "rotate", "--data", dir)
		must(inOrder, "witness", "watch", "--data", audit, filepath.Join(dir, "keys", "journal.pub"))
	}
	_, errs := must(notDone, "restore", "--data", dir, at("old.zip"), "--policy", policy)
	if !strings.Contains(errs, "见证人给出1个封存点") || !strings.Contains(errs, "备份只到第") {
		t.Errorf("an older backup: %s", errs)
	}
	must(inOrder, "restore", "--data", at("rolled-back"), at("old.zip"))
	_, errs = must(notInOrder, "journal", "cosign", "--data", at("rolled-back"), "--policy", policy)
	if !strings.Contains(errs, "本账册被退回到旧状态，或末尾被删除") {
		t.Errorf("a book that was rolled back: %s", errs)
	}
	nobody := at("nobody-needed") // however many others would have signed
	if err := os.WriteFile(nobody, []byte(strings.Replace(text, "quorum audit", "quorum none", 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	must(notInOrder, "journal", "cosign", "--data", at("rolled-back"), "--policy", nobody)

	// An older checkpoint of a book that went on is no sign of that.
	must(inOrder, "journal", "checkpoint", "--data", dir, "-o", at("older"))
	must(inOrder, "journal", "key", "rotate", "--data", dir)
	must(inOrder, "witness", "watch", "--data", audit, filepath.Join(dir, "keys", "journal.pub"))
	must(inOrder, "journal", "cosign", "--data", dir, "--policy", policy)
	_, errs = must(inOrder, "journal", "cosign", "--data", dir, at("older"), "--policy", nobody)
	if !strings.Contains(errs, "不再为较旧的封存点") || strings.Contains(errs, "退回") {
		t.Errorf("an older checkpoint: %s", errs)
	}
}

// serving serves a witness until the end of the test, and gives its address.
func serving(t *testing.T, data string) string {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	read, write := io.Pipe()
	done := make(chan int, 1)
	go func() {
		done <- run(ctx, []string{"witness", "serve", "--data", data, "--listen", "127.0.0.1:0", "--lang", string(lang.English)}, strings.NewReader(""), write, io.Discard)
		write.Close()
	}()
	t.Cleanup(func() {
		stop()
		if status := <-done; status != inOrder {
			t.Errorf("the witness ended in status %d", status)
		}
	})
	line, err := bufio.NewReader(read).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	at := regexp.MustCompile(`http://127\.0\.0\.1:\d+/`).FindString(line)
	if at == "" {
		t.Fatalf("said %q", line)
	}
	return at
}
