package app

import (
	"net/url"
	"regexp"
	"strings"
)

// Command is how a command line about a book begins, to be pasted into a shell as it stands; what is empty is left out, and so is a
// password in the address of the database, which PGPASSWORD, a password file or ANLAN_DB may give.
func Command(data, db string) string {
	s := "anlan"
	if data != "" {
		s += " --data " + ShellWord(data)
	}
	if db = WithoutPassword(db); db != "" {
		s += " --db " + ShellWord(db)
	}
	return s
}

// secrets are the parameters of an address that nobody else may see.
var secrets = []string{"password", "sslpassword"}

// secretWord is a secret in an address of words: host=… password='…'.
var secretWord = regexp.MustCompile(`(?i)\b(` + strings.Join(secrets, "|") + `)\s*=\s*('(?:[^'\\]|\\.)*'|(?:[^\s\\]|\\.)*)\s*`)

// WithoutPassword is the address of a database without what is secret in it; empty for an address that cannot be read, which may
// be secret anywhere.
func WithoutPassword(address string) string {
	if !strings.Contains(address, "://") {
		return strings.TrimSpace(secretWord.ReplaceAllString(address, ""))
	}
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	if _, has := u.User.Password(); has {
		u.User = url.User(u.User.Username())
	}
	q := u.Query()
	for name := range q {
		for _, s := range secrets {
			if strings.EqualFold(name, s) {
				q.Del(name)
				u.RawQuery = q.Encode()
			}
		}
	}
	return u.String()
}

// ShellWord is a word of a command line as a shell takes it.
func ShellWord(word string) string {
	if strings.ContainsAny(word, " '\"\\$&;()<>|*?`") {
		return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
	}
	return word
}
