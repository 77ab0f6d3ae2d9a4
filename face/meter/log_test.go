package meter

import (
	"bytes"
	"errors"
	"log/slog"
	"strings"
	"testing"
)

func TestWhatAnErrorBringsAlongIsMasked(t *testing.T) {
	t.Parallel()
	session := strings.Repeat("aB3-_x9", 7)[:43]
	for _, c := range []struct{ said, want string }{
		{"get https://li:geheim@10.1.0.5/hook?name=王小明&tel=1: refused", "get https://***@10.1.0.5/hook?*** refused"},
		{"postgres://anlan:p%40ss@db:5432/x: no route", "postgres://***@db:5432/x: no route"},
		{"password=geheim host=db", "password=*** host=db"},
		{`header Authorization: Bearer abc.def`, "header Authorization: ***"},
		{"token anlan_" + session + " unknown", "token *** unknown"},
		{"by whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw+/=.", "by ***."},
		{"cookie: " + session, "cookie: ***"},
		{"session " + session + " ended", "session *** ended"},
		{"no staff 430602199003074219", "no staff ***"},
		{"身份证43060219900307421X重复", "身份证***重复"},
		{"call 13812345678, +86 138 1234 5678 or 0730-8880119", "call ***, *** or ***"},
		{"mail li.jun@anlan.example.gov.cn", "mail ***"},
		{"http: panic serving 192.168.1.7:50112: runtime error", "http: panic serving ***: runtime error"},
		{"http: TLS handshake error from [2001:db8::7]:50112: EOF", "http: TLS handshake error from ***: EOF"},
		// what says nothing of anybody stays, so that a failure can be looked into
		{"post 0198c9a2-7c11-7d2a-9b1e-0242ac120002: no such measure hazard.found", "post 0198c9a2-7c11-7d2a-9b1e-0242ac120002: no such measure hazard.found"},
		{"dial tcp 127.0.0.1:5432: connect: connection refused", "dial tcp 127.0.0.1:5432: connect: connection refused"},
		{"position 13812345 of 2030180000", "position 13812345 of 2030180000"},
	} {
		for _, value := range []any{c.said, errors.New(c.said)} {
			var out bytes.Buffer
			Log(&out, slog.LevelInfo).Error("failed", "error", value)
			if _, got, _ := strings.Cut(out.String(), `"error":"`); got != c.want+"\"}\n" {
				t.Errorf("%q is logged as %s, want %s", c.said, got, c.want)
			}
			out.Reset()
			Log(&out, slog.LevelInfo).Error(c.said) // as net/http does
			if !strings.Contains(out.String(), `"msg":"`+c.want+`"`) {
				t.Errorf("%q is the message %s", c.said, out.String())
			}
		}
	}
}
