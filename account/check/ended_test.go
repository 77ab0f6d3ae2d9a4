package check

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"anlan/account/check/reading"
)

// TestCheckContext_is_broken_off ends the context while a text is checked that takes many times as long: of many lines, and of one.
func TestCheckContext_is_broken_off(t *testing.T) {
	t.Parallel()
	long := report(8 << 20)
	for name, text := range map[string]string{"lines": long, "one line": strings.ReplaceAll(long, "\n", "")} {
		doc, err := reading.Read("a.txt", strings.NewReader(text), int64(len(text)))
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Millisecond)
		f, err := CheckContext(ctx, doc, Options{})
		cancel()
		if !errors.Is(err, context.DeadlineExceeded) || f.Summary.Numbers > 0 {
			t.Errorf("%s: got %v, %d numbers", name, err, f.Summary.Numbers)
		}
	}
}

func TestCheckContext_is_Check(t *testing.T) {
	t.Parallel()
	text := report(20 << 10)
	doc, err := reading.Read("a.txt", strings.NewReader(text), int64(len(text)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := CheckContext(context.Background(), doc, Options{})
	if want := Check(doc, Options{}); err != nil || f.Summary != want.Summary || len(f.Relations) != len(want.Relations) {
		t.Errorf("got %v, %+v, want %+v", err, f.Summary, want.Summary)
	}
}
