package web

// Routes lists the patterns of all routes.
func Routes() (out []string) {
	for _, r := range routes {
		out = append(out, r.pattern)
	}
	return out
}
