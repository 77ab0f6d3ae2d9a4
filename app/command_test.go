package app_test

import (
	"testing"

	"anlan/app"
)

// A command that is suggested, printed or written into a file never holds a password.
func TestCommandsHoldNoPassword(t *testing.T) {
	t.Parallel()
	for db, want := range map[string]string{
		"": "anlan --data d",
		"postgres://anlan@db.example/book?search_path=anlan":                "anlan --data d --db 'postgres://anlan@db.example/book?search_path=anlan'",
		"postgres://anlan:geheim@db.example/book?search_path=anlan":         "anlan --data d --db 'postgres://anlan@db.example/book?search_path=anlan'",
		"postgres://anlan:geh%40im@db.example/book":                         "anlan --data d --db postgres://anlan@db.example/book",
		"postgresql://db.example/book?user=anlan&password=geheim":           "anlan --data d --db 'postgresql://db.example/book?user=anlan'",
		"postgres://anlan@db.example/book?PASSWORD=geheim&sslpassword=auch": "anlan --data d --db postgres://anlan@db.example/book",
		"postgres://anlan:geheim@db.example:port/book":                      "anlan --data d",
		"host=db.example user=anlan password=geheim dbname=book":            "anlan --data d --db 'host=db.example user=anlan dbname=book'",
		`host=db.example password = 'ge \' heim' sslpassword=auch`:          "anlan --data d --db host=db.example",
		`password=ge\ heim host=db.example`:                                 "anlan --data d --db host=db.example",
	} {
		if got := app.Command("d", db); got != want {
			t.Errorf("%s: got %s, want %s", db, got, want)
		}
	}
}
