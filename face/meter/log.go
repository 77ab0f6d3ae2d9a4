package meter

import (
	"io"
	"log/slog"
	"regexp"
)

// Log is the log of a server: lines of JSON, from a level on. What an error may carry along of a person or a secret is masked, wherever
// it stands.
func Log(w io.Writer, from slog.Level) *slog.Logger {
	return slog.New(slog.NewJSONHandler(w, &slog.HandlerOptions{Level: from, ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
		switch a.Value.Kind() {
		case slog.KindString:
			a.Value = slog.StringValue(masked(a.Value.String()))
		case slog.KindAny:
			if err, ok := a.Value.Any().(error); ok {
				a.Value = slog.StringValue(masked(err.Error()))
			}
		}
		return a
	}}))
}

// masks are what never stands in a log, with what stands there instead. Records are named by their UUIDs, which say nothing of anybody
// and find the record that a failure was about.
var masks = []struct {
	form    *regexp.Regexp
	instead string
}{
	{regexp.MustCompile(`(\w+://)[^/\s@"]+@`), "${1}***@"}, // user and password of an address
	{regexp.MustCompile(`\?[^\s"']*=[^\s"']*`), "?***"},    // the query of an address
	{regexp.MustCompile(`(?i)\b((?:password|passwd|secret|token|cookie|authorization)["']?\s*[=:]\s*["']?)(?:bearer\s+)?[^\s"',;&]+`), "${1}***"},
	{regexp.MustCompile(`\b(?:anlan_|whsec_)[\w+/=-]+`), "***"},                                       // tokens of programs, secrets of webhooks
	{regexp.MustCompile(`(?:[0-9a-fA-F]{64}|\b[A-Za-z0-9_-]{43}\b)`), "***"},                          // sessions, hashes
	{regexp.MustCompile(`[1-9]\d{5}(?:18|19|20)\d{9}[\dXx]`), "***"},                                  // identity numbers (GB 11643)
	{regexp.MustCompile(`(^|[^\d])(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}\b`), "${1}***"},         // mobile numbers
	{regexp.MustCompile(`(^|[^\d])0\d{2,3}-\d{7,8}\b`), "${1}***"},                                    // telephones with their area
	{regexp.MustCompile(`[\w.+-]+@[\w-]+(?:\.[\w-]+)+`), "***"},                                       // mail
	{regexp.MustCompile(`((?:serving|error from) )(?:\[[0-9a-fA-F:.%\w]*\]|[0-9.]+):\d+`), "${1}***"}, // where a connection came from, in the words of net/http
}

func masked(s string) string {
	for _, m := range masks {
		s = m.form.ReplaceAllString(s, m.instead)
	}
	return s
}
