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

// TestTogetherContext_is_broken_off ends the context while two texts are held against each other that take many times as long.
func TestTogetherContext_is_broken_off(t *testing.T) {
	t.Parallel()
	long := report(4 << 20)
	docs := []*reading.Document{document(t, "a.txt", long), document(t, "b.txt", long)}
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Millisecond)
	defer cancel()
	f, err := TogetherContext(ctx, "某局", nil, docs)
	if !errors.Is(err, context.DeadlineExceeded) || f.Summary.Relations > 0 {
		t.Errorf("got %v, %d relations", err, f.Summary.Relations)
	}
}

func TestTogetherContext_is_Together(t *testing.T) {
	t.Parallel()
	docs := []*reading.Document{document(t, "报告.txt", togetherReport), document(t, "决算.txt", togetherTable)}
	f, err := TogetherContext(context.Background(), "某局", nil, docs)
	if want := Together("某局", nil, docs); err != nil || f.Summary != want.Summary || f.Summary.Relations == 0 {
		t.Errorf("got %v, %+v, want %+v", err, f.Summary, want.Summary)
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
