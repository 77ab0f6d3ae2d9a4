package store

import (
	"fmt"
	"strconv"
	"strings"
)

// rebind counts the `?` of a statement and, numbered, writes them as $1, $2 … for PostgreSQL. What stands in quotes
// ('…', "…") or comments (-- …, /* … */) is left alone. More than one statement is refused: PostgreSQL takes one at a
// time, SQLite would run them all.
func rebind(query string, numbered bool) (text string, params int, err error) {
	var b strings.Builder
	from := 0
	for i := 0; i < len(query); {
		switch c := query[i]; {
		case c == '\'' || c == '"':
			n := strings.IndexByte(query[i+1:], c)
			if n < 0 {
				return "", 0, fmt.Errorf("store: a quote is not closed in: %s", query)
			}
			i += n + 2 // a doubled quote opens the next string at once, which comes to the same
		case strings.HasPrefix(query[i:], "--"):
			n := strings.IndexByte(query[i:], '\n')
			if n < 0 {
				n = len(query) - i
			}
			i += n
		case strings.HasPrefix(query[i:], "/*"):
			n := strings.Index(query[i:], "*/")
			if n < 0 {
				return "", 0, fmt.Errorf("store: a comment is not closed in: %s", query)
			}
			i += n + 2
		case c == ';' && strings.TrimSpace(query[i+1:]) != "":
			return "", 0, fmt.Errorf("store: more than one statement in: %s", query)
		case c == '?':
			params++
			if numbered {
				b.WriteString(query[from:i])
				b.WriteByte('$')
				b.WriteString(strconv.Itoa(params))
				from = i + 1
			}
			i++
		default:
			i++
		}
	}
	if !numbered || params == 0 {
		return query, params, nil
	}
	b.WriteString(query[from:])
	return b.String(), params, nil
}
