package report_test

import (
	"errors"
	"math/rand/v2"
	"testing"

	"anlan/account/report"
	"anlan/store/journal"
)

// FuzzRecordProof reads what strangers hand in as the proof of a record. Whatever it says, a key that has signed nothing opens none.
func FuzzRecordProof(f *testing.F) {
	key, err := journal.NewKey(rand.NewChaCha8([32]byte{1}), "anlan.example/430600")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(`{"format":"anlan record-proof 1","record":"01902000-0000-7000-8000-000000000001","checkpoint":"x\n1\nAAAA\n\n— x AAAA\n","publication":{},"sets":"{}","places":[]}`)
	f.Add(`{"format":"anlan record-proof 1","sets":"{\"sets\":[{}]}","places":[{"set":0},{"set":-1},{"set":99}]}`)
	f.Add(`{"format":"anlan record-proof 2"}`)
	f.Add(`[{]`)
	f.Fuzz(func(t *testing.T, text string) {
		p, err := report.ParseRecordProof(text)
		if err != nil {
			if !errors.Is(err, report.ErrNotARecordProof) {
				t.Errorf("refused by %v", err)
			}
			return
		}
		if _, _, placed, err := p.Open(key.Public()); err == nil {
			t.Errorf("a proof that nobody made opens: %v", placed)
		}
	})
}
