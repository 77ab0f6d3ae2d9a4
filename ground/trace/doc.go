// Package trace says how long the parts of a work took, and which part belongs to which (跨度), where somebody collects it (OpenTelemetry).
//
//	ctx, end := trace.Begin(ctx, "book.apply", trace.Count("anlan.changes", len(changes)))
//	defer func() { end(err) }()
//
// A work is traced when the context it came with is: whoever serves begins the first part, and what stands below adds to it. Where nobody
// traces, Begin looks into the context and does nothing more.
//
// What is said of a part is what kind of work it was: the pattern of a route, the code of a kind, how many. Never a value, a name, a number of a
// record, a query with its parameters or the text of an error: a failure is the code of its fault.
//
// Where traces go to is the matter of face/meter. On the ground floor: anybody may import it; OpenTelemetry's own words stand behind it.
package trace
