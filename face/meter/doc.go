// Package meter tells whoever operates a server what it does (运行指标): figures for Prometheus, a log of lines, and traces of
// requests for a collector of OpenTelemetry.
//
// All are about the program, never about people: a request is known by the pattern of its route, its method, its status and how
// long it took, and by nothing that was in its address, its body or its headers. So the series are as many as there are routes, and
// no name, number, identifier or token can get in. The log besides masks whatever an error of a library may bring along.
//
//	m := meter.New(a)
//	pages := web.New(ctx, a, a.Users, web.Options{Around: m.Around, Gathered: m.Gathered, Log: log})
//	m.Waits(pages.Waiting)
//	err := m.Serve(ctx, l) // GET /metrics, on an address of its own
//
// What people did stands in the journal, not here. On the faces' floor: only cli starts it.
package meter
