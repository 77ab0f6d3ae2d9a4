package journal_test

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	"anlan/store"
	"anlan/store/journal"
	"anlan/store/storetest"
)

const (
	crashDir    = "ANLAN_CRASH_DIR" // tells the test's own program that it is the one to be killed
	crashURL    = "ANLAN_CRASH_URL"
	crashSchema = "ANLAN_CRASH_SCHEMA"
	crashRounds = 5
)

// TestCrashChild is no test: it appends until it is killed, and says on its output what was acknowledged.
func TestCrashChild(t *testing.T) {
	if os.Getenv(crashDir) == "" && os.Getenv(crashURL) == "" {
		t.Skip("runs as the victim of TestNothingAcknowledgedIsLostWhenKilled")
	}
	db := storetest.OpenAt(t, store.Options{Dir: os.Getenv(crashDir), URL: os.Getenv(crashURL), Schema: os.Getenv(crashSchema)})
	chance := rand.New(rand.NewPCG(uint64(os.Getpid()), 1))
	for {
		n := 1 + chance.IntN(40)
		var head journal.Head
		inTx(t, db, func(tx *store.Tx) error {
			w, err := journal.Lock(tx)
			if err != nil {
				return err
			}
			w.Stamp(start)
			for i := range n {
				b := fmt.Appendf(nil, `{"of":%d,"part":%d,"text":"%s"}`, n, i+1, strings.Repeat("x", chance.IntN(20_000)))
				if _, err := w.Append(journal.Entry{Kind: "k", Action: "a", Body: b}); err != nil {
					return err
				}
			}
			head = w.Head()
			return w.Flush()
		})
		fmt.Printf("acknowledged %d\n", head.Size)
	}
}

// TestNothingAcknowledgedIsLostWhenKilled kills a writer in the middle of its work, again and again on the same book:
// what it acknowledged is there, no transaction is there in part, and the tree is whole.
func TestNothingAcknowledgedIsLostWhenKilled(t *testing.T) {
	t.Parallel()
	for _, d := range storetest.Dialects {
		t.Run(d.String(), func(t *testing.T) {
			t.Parallel()
			o := storetest.Options(t, d)
			db := storetest.OpenAt(t, o)
			if err := db.Migrate(t.Context()); err != nil {
				t.Fatal(err)
			}
			newBook(t, db)
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
			for round := range crashRounds {
				acknowledged := kill(t, o, 1+round*7)
				db := storetest.OpenAt(t, o)
				v := verify(t, db)
				if !v.Sound() || v.Entries < acknowledged {
					t.Fatalf("round %d: %d acknowledged, %d there, %v", round, acknowledged, v.Entries, v.Findings)
				}
				whole(t, db)
				if err := db.Close(); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// kill starts a writer, kills it when it has acknowledged so many transactions and is at work on the next, and gives
// the last position it acknowledged.
func kill(t *testing.T, o store.Options, transactions int) (acknowledged journal.Position) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.CommandContext(t.Context(), self, "-test.run=^TestCrashChild$")
	c.Env = append(os.Environ(), crashDir+"="+o.Dir, crashURL+"="+o.URL, crashSchema+"="+o.Schema)
	c.Stderr = os.Stderr
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for n := 0; lines.Scan(); {
		digits, ok := strings.CutPrefix(lines.Text(), "acknowledged ")
		if !ok {
			t.Errorf("the writer says %s", lines.Text())
			continue
		}
		p, err := strconv.ParseInt(digits, 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		acknowledged = journal.Position(p)
		if n++; n == transactions {
			if err := c.Process.Kill(); err != nil { // SIGKILL: nothing in it runs any more
				t.Fatal(err)
			}
		}
	}
	if err := c.Wait(); err == nil {
		t.Error("the writer ended by itself")
	}
	return acknowledged
}

// whole checks that each transaction of the writer is there with all its entries.
func whole(t *testing.T, db *store.DB) {
	t.Helper()
	read(t, db, func(tx *store.Tx) error {
		of, part := 0, 0
		err := journal.Entries(tx, 0, 1<<40, func(s journal.Stored) error {
			var n, i int
			if _, err := fmt.Sscanf(string(s.Body), `{"of":%d,"part":%d`, &n, &i); err != nil {
				return err
			}
			if i != 1 && (n != of || i != part+1) || i == 1 && part != of {
				t.Errorf("at %d part %d of %d follows part %d of %d", s.Position, i, n, part, of)
			}
			of, part = n, i
			return nil
		})
		if part != of {
			t.Errorf("the last transaction is there up to part %d of %d", part, of)
		}
		return err
	})
}
