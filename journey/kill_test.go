package journey_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"testing"
	"time"

	"anlan/app"
	"anlan/face/cli"
	"anlan/ground/period"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/record/exchange"
	"anlan/safety/hazard"
	"anlan/store"
	"anlan/store/journal"
	"anlan/store/storetest"
)

var (
	rounds = flag.Int("rounds", 5, "how often the program is killed on each database")
	seed   = flag.Uint64("seed", 0, "of the moments at which it is killed; 0: another each time")
)

// Environment of the child process.
const (
	envData   = "ANLAN_JOURNEY_DATA"
	envDB     = "ANLAN_JOURNEY_DB"
	envSchema = "ANLAN_JOURNEY_SCHEMA"
	envServe  = "ANLAN_JOURNEY_SERVE" // the data of a book that the child serves
)

// TestMain is the test, or the child that it starts from its own binary.
func TestMain(m *testing.M) {
	if data := os.Getenv(envServe); data != "" {
		os.Exit(cli.Main([]string{"--data", data, "serve", "--log", "warn"}, os.Stdin, os.Stdout, os.Stderr))
	}
	if data := os.Getenv(envData); data != "" {
		err := importForEver(context.Background(), app.Options{Data: data, DB: os.Getenv(envDB), Schema: os.Getenv(envSchema)})
		fmt.Fprintln(os.Stderr, "the child ended by itself:", err)
		os.Exit(1)
	}
	os.Exit(m.Run())
}

var admin = access.Actor{Name: "测试管理员", Role: access.Administrator, Via: "test"}

// batches are the rows of one import: from a few, which one INSERT takes, to more than the writer holds at once.
var batches = []int{3, 40, 300, 1_500}

// importForEver imports one file after another, each with new hazards and with changes of those that the last brought, and
// says on stdout what has been acknowledged: first row, rows, position.
func importForEver(ctx context.Context, o app.Options) error {
	a, err := app.Open(ctx, o)
	if err != nil {
		return err
	}
	head, err := a.Book.Head(ctx)
	if err != nil {
		return err
	}
	next, last := int(head.Size)*10, []int(nil) // numbers that no earlier child can have given
	for i := 0; ; i++ {
		var file bytes.Buffer
		var numbers []int
		for range batches[i%len(batches)] {
			numbers, next = append(numbers, next), next+1
		}
		for _, n := range numbers {
			line(&file, n, "一般事故隐患")
		}
		for _, n := range last {
			line(&file, n, "重大事故隐患")
		}
		done, err := exchange.Import(ctx, a.Book, admin, exchange.Request{Kind: "hazard", Path: "a.jsonl", Content: file.Bytes(), Unit: "430602"})
		if err != nil {
			return err
		}
		fmt.Printf("%d %d %d\n", numbers[0], len(numbers), done.Position)
		last = numbers
		if i%3 == 2 {
			if err := a.Book.Fold(ctx); err != nil {
				return err
			}
		}
	}
}

// line writes a hazard as a sheet would hold it.
func line(to *bytes.Buffer, n int, grade string) {
	b, _ := json.Marshal(map[string]string{"number": number(n), "title": "断电时登记的隐患", "grade": grade, "found_on": "2023-05-06"}) // texts only
	to.Write(append(b, '\n'))
}

func number(n int) string { return fmt.Sprintf("YH-%08d", n) }

// acknowledged is what a child said it had done.
type acknowledged struct {
	first, rows int
	position    journal.Position
}

// run starts a child, kills it at a random moment, and gives what it had acknowledged.
func run(t *testing.T, o app.Options, r *rand.Rand) (done []acknowledged) {
	t.Helper()
	binary, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	child := exec.CommandContext(t.Context(), binary)
	child.Env = append(os.Environ(), envData+"="+o.Data, envDB+"="+o.DB, envSchema+"="+o.Schema)
	child.Stderr = os.Stderr
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	after := 1 + r.IntN(2*len(batches))
	wait := time.Duration(r.Int64N(int64(150 * time.Millisecond)))
	killed := make(chan error, 1)
	said := bufio.NewScanner(out)
	for said.Scan() {
		var a acknowledged
		if n, err := fmt.Sscan(said.Text(), &a.first, &a.rows, &a.position); err != nil || n != 3 {
			t.Fatalf("the child said %q", said.Text())
		}
		if done = append(done, a); len(done) == after {
			time.AfterFunc(wait, func() { killed <- child.Process.Kill() })
		}
	}
	err = child.Wait() // its exit is the kill's
	if len(done) < after || <-killed != nil {
		t.Fatalf("the child ended before it was killed, after %d imports: %v", len(done), err)
	}
	t.Logf("killed %v after acknowledgement %d", wait, after)
	return done
}

// judge opens the book as the next process would, and lets the shipped verifiers and what was acknowledged speak.
func judge(t *testing.T, o app.Options, all []acknowledged) {
	t.Helper()
	ctx := t.Context()
	a, err := app.Open(ctx, o)
	if err != nil {
		t.Fatalf("open after the kill: %v", err)
	}
	defer a.Close()
	key, err := a.PublicKey()
	if err != nil {
		t.Fatal(err)
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		v, err := journal.VerifyTree(tx, key)
		if err == nil && !v.Sound() {
			t.Errorf("the tree: %v", v.Findings)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, prove := range map[string]func(context.Context) (book.Verification, error){"replay": a.Book.Replay, "repost": a.Book.Repost} {
		if v, err := prove(ctx); err != nil || len(v.Findings) > 0 {
			t.Errorf("%s: %v %v", name, err, v.Findings)
		}
	}
	err = a.Book.Read(ctx, admin, 0, func(v *book.View) error {
		lost := 0
		for _, x := range all {
			for n := x.first; n < x.first+x.rows; n++ {
				if _, err := v.Find("hazard", number(n)); err != nil {
					lost++
				}
			}
			if v.Head.Size < x.position {
				t.Errorf("position %d was acknowledged, the journal ends at %d", x.position, v.Head.Size)
			}
		}
		if lost > 0 {
			t.Errorf("%d acknowledged records are lost", lost)
		}
		return whole(t, v)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// whole sees that every import stands with all its rows or not at all: what the records of the imports say they made is
// what there is, and the figure is their number.
func whole(t *testing.T, v *book.View) error {
	t.Helper()
	var made, changed int64
	err := v.Each(book.Query{Kind: "import_run", Filters: []book.Filter{{Field: "target", Op: "=", Value: "hazard"}}}, func(r any) error {
		x := r.(*exchange.Run)
		made, changed = made+x.New, changed+x.Changed
		return nil
	})
	if err != nil {
		return err
	}
	var records, versions int64
	err = v.Each(book.Query{Kind: "hazard"}, func(r any) error {
		records, versions = records+1, versions+r.(*hazard.Hazard).Version
		return nil
	})
	if err != nil {
		return err
	}
	if records != made || versions != made+changed {
		t.Errorf("imports made %d records and %d changes; there are %d records in %d versions", made, changed, records, versions)
	}
	span, err := period.Parse("2023")
	if err != nil {
		return err
	}
	open, _, err := v.Balance(book.Ask{Measure: "hazard.open", Period: span})
	if err == nil && open.Count != records {
		t.Errorf("%d hazards are counted, there are %d", open.Count, records)
	}
	return err
}

func TestKilledInTheMiddleOfAnImportNothingAcknowledgedIsLostAndNothingHalfWrittenStays(t *testing.T) {
	t.Parallel()
	for _, d := range storetest.Dialects {
		t.Run(d.String(), func(t *testing.T) {
			t.Parallel()
			from := *seed
			if from == 0 {
				from = rand.Uint64()
			}
			t.Logf("-seed %d", from)
			r := rand.New(rand.NewPCG(from, uint64(d)))
			at := storetest.Options(t, d)
			o := app.Options{Data: t.TempDir(), DB: at.URL, Schema: at.Schema}
			a, err := app.Init(t.Context(), o, admin, "岳阳市应急管理局", "430600")
			if err != nil {
				t.Fatal(err)
			}
			if err := a.Close(); err != nil {
				t.Fatal(err)
			}
			var all []acknowledged
			for range *rounds {
				all = append(all, run(t, o, r)...)
				judge(t, o, all)
			}
			t.Logf("%d imports were acknowledged in %d rounds", len(all), *rounds)
		})
	}
}
