package app

import "strings"

// Command is how a command line about a book begins, to be pasted into a shell as it stands; what is empty is left out.
func Command(data, db string) string {
	s := "anlan"
	if data != "" {
		s += " --data " + ShellWord(data)
	}
	if db != "" {
		s += " --db " + ShellWord(db)
	}
	return s
}

// ShellWord is a word of a command line as a shell takes it.
func ShellWord(word string) string {
	if strings.ContainsAny(word, " '\"\\$&;()<>|*?`") {
		return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
	}
	return word
}
