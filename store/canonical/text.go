package canonical

// AppendText appends a text as canonical JSON: for writers that keep their members in order themselves. Fault of none:
// the text must be valid UTF-8, else it is cut where it is not.
func AppendText(b []byte, s string) []byte {
	out, err := appendText(b, s, nil)
	if err != nil {
		return append(out, '"')
	}
	return out
}
