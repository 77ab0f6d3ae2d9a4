package trace

import (
	"context"
	"errors"
	"slices"

	"anlan/ground/fault"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	otel "go.opentelemetry.io/otel/trace"
)

// Fact is something that is said of a part.
type Fact = attribute.KeyValue

// Text is a fact of one word, as the code of a kind.
func Text(name, word string) Fact { return attribute.String(name, word) }

// Count is how many.
func Count(name string, n int) Fact { return attribute.Int(name, n) }

// Scope is by which the parts of this program are known among those of others.
const Scope = "anlan"

func nothing(error) {}

// Begin begins a part of the work that ctx belongs to, and gives the context of what belongs to the part. It ends with what it came to.
func Begin(ctx context.Context, name string, facts ...Fact) (context.Context, func(error)) {
	of := otel.SpanFromContext(ctx)
	if !of.IsRecording() {
		return ctx, nothing
	}
	return begin(ctx, of, name, otel.WithAttributes(slices.Clone(facts)...)) // a copy, so that the caller's needs no memory where nobody traces
}

// BeginShared begins a part that several works share, as a transaction of many who write: it belongs to the first that is traced, and says
// that it is of the others too. ctx gives what else a context carries.
func BeginShared(ctx context.Context, name string, works []context.Context, facts ...Fact) (context.Context, func(error)) {
	var first otel.Span
	var others []otel.Link
	for _, w := range works {
		switch span := otel.SpanFromContext(w); {
		case !span.IsRecording():
		case first == nil:
			first = span
		default:
			others = append(others, otel.Link{SpanContext: span.SpanContext()})
		}
	}
	if first == nil {
		return ctx, nothing
	}
	return begin(otel.ContextWithSpan(ctx, first), first, name, otel.WithAttributes(slices.Clone(facts)...), otel.WithLinks(others...))
}

func begin(ctx context.Context, of otel.Span, name string, options ...otel.SpanStartOption) (context.Context, func(error)) {
	ctx, span := of.TracerProvider().Tracer(Scope).Start(ctx, name, options...)
	return ctx, func(err error) {
		if err != nil {
			word, mine := outcome(err)
			span.SetAttributes(attribute.String("error.type", word))
			if mine {
				span.SetStatus(codes.Error, "")
			}
		}
		span.End()
	}
}

// outcome is how a failure may be called where strangers read it: by the code of its fault. mine says that it is the program's own, and not
// something that a person can act on.
func outcome(err error) (word string, mine bool) {
	var all fault.List
	switch internal := all.Add(err); {
	case internal == nil && len(all) > 0:
		return all[0].Code, all[0].Kind == fault.Broken || all[0].Kind == fault.Unable
	case errors.Is(err, context.Canceled):
		return "canceled", false
	case errors.Is(err, context.DeadlineExceeded):
		return "deadline_exceeded", true
	}
	return "internal", true
}
