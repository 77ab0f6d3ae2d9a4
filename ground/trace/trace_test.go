package trace_test

import (
	"context"
	"testing"

	"anlan/ground/trace"
)

// Where nobody traces, a part costs a look into the context and no memory.
func TestWhereNobodyTracesAPartCostsNothing(t *testing.T) {
	type key struct{}
	ctx := context.WithValue(t.Context(), key{}, "x")
	if n := testing.AllocsPerRun(100, func() {
		_, end := trace.Begin(ctx, "book.apply", trace.Text("anlan.kind", "hazard"), trace.Count("anlan.changes", 1))
		end(context.Canceled)
		_, end = trace.BeginShared(ctx, "book.commit", nil)
		end(nil)
	}); n > 0 {
		t.Errorf("%v allocations", n)
	}
}

func BenchmarkBeginWhereNobodyTraces(b *testing.B) {
	for b.Loop() {
		_, end := trace.Begin(b.Context(), "sql.read", trace.Text("db.system.name", "sqlite"))
		end(nil)
	}
}
