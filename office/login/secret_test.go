package login

import (
	"crypto/rand"
	"errors"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// TestCodesAreThoseOfTheStandard are the vectors of RFC 6238, appendix B, cut to six digits.
func TestCodesAreThoseOfTheStandard(t *testing.T) {
	t.Parallel()
	secret := []byte("12345678901234567890")
	for _, c := range []struct {
		at   int64
		want string
	}{
		{59, "287082"}, {1111111109, "081804"}, {1111111111, "050471"}, {1234567890, "005924"}, {2000000000, "279037"}, {20000000000, "353130"},
	} {
		if got := totp(secret, c.at/totpSeconds); got != c.want {
			t.Errorf("at %d: got %s, want %s", c.at, got, c.want)
		}
	}
}

func TestACodeIsGoodForItsStepAndTheNextOfEitherSide(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		now := time.Unix(rapid.Int64Range(totpSeconds, 4e9).Draw(t, "now"), 0)
		off := rapid.Int64Range(-3, 3).Draw(t, "off")
		secret := rapid.SliceOfN(rapid.Byte(), totpSecretBytes, totpSecretBytes).Draw(t, "secret")
		step := now.Unix()/totpSeconds + off
		code := totp(secret, step)
		got, ok := stepOf(secret, code, now, -10)
		if near := off >= -totpDrift && off <= totpDrift; ok && got != step && totp(secret, got) != code || near && !ok {
			t.Fatalf("off by %d: got %d, %v", off, got, ok)
		}
		if _, ok := stepOf(secret, code, now, now.Unix()/totpSeconds+totpDrift); ok {
			t.Fatal("a step that was used is taken again")
		}
	})
}

func TestPasswordsThatAreRefused(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		password string
		want     error
	}{
		{"", ErrShort}, {"short", ErrShort}, {"九个字符的密码呀呀", ErrShort}, {"十个字符的密码就可以", nil},
		{strings.Repeat("ab ", 100), ErrLong},
		{"lijun.yueyang", ErrPasswordIsName}, {"LiJun.YueYang", ErrPasswordIsName}, {"lijun.yueyang1", ErrPasswordIsName}, {" lijun.yueyang ", ErrPasswordIsName},
		{"lijun.yueyang likes tea", nil},
		{"password123", ErrCommon}, {"PassWord123", ErrCommon}, {"1234567890", ErrCommon}, {"aaaaaaaaaaaa", ErrCommon}, {"ababababab", ErrCommon},
		{"安安安安安安安安安安", ErrCommon}, {"qwertyuiopasdf", ErrCommon}, {"poiuytrewq", ErrCommon}, {"9876543210", ErrCommon},
		{"correct horse battery", nil}, {"k7wm-x3pd-hq9t-n4rv", nil},
	} {
		if err := fit("lijun.yueyang", c.password); !errors.Is(err, c.want) {
			t.Errorf("%q: got %v, want %v", c.password, err, c.want)
		}
	}
	for p := range common {
		if len(p) < passwordRunesMin || p != strings.ToLower(p) {
			t.Errorf("%q in the list refuses nothing", p)
		}
	}
}

func TestAPasswordThatIsGeneratedMayBeSet(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for range 200 {
		p, err := generate(rand.Reader)
		if err != nil || seen[p] || len(p) != 19 {
			t.Fatalf("got %q, %v", p, err)
		}
		seen[p] = true
		if err := fit("lijun", p); err != nil {
			t.Errorf("%q: %v", p, err)
		}
	}
}

func TestAHashFitsItsPasswordAndNoOther(t *testing.T) {
	t.Parallel()
	phc, err := hash(rand.Reader, "洞庭湖的水位是三十二米")
	if err != nil {
		t.Fatal(err)
	}
	again, err := hash(rand.Reader, "洞庭湖的水位是三十二米")
	if err != nil || again == phc {
		t.Errorf("two hashes of one password are alike: %v", err)
	}
	// Of the reference implementation: argon2 somesalt -id -t 2 -m 16 -p 1 -l 32 <<< password (with v=19).
	const foreign = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"
	for _, c := range []struct {
		phc, password string
		want, fails   bool
	}{
		{phc, "洞庭湖的水位是三十二米", true, false}, {phc, "洞庭湖的水位是三十三米", false, false}, {phc, "", false, false},
		{foreign, "password", true, false}, {foreign, "passwort", false, false},
		{nobodys, "", false, false}, {nobodys, "anything", false, false},
		{"", "x", false, true}, {"plain text", "x", false, true}, {"$argon2i$v=19$m=8,t=1,p=1$c29tZXNhbHQ$AAAA", "x", false, true},
		{"$argon2id$v=16$m=8,t=1,p=1$c29tZXNhbHQ$AAAA", "x", false, true}, {"$argon2id$v=19$m=8,t=0,p=1$c29tZXNhbHQ$AAAA", "x", false, true},
		{"$argon2id$v=19$m=8,t=1,p=1$!$AAAA", "x", false, true}, {"$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ$!", "x", false, true},
	} {
		got, err := matches(c.phc, c.password)
		if got != c.want || (err != nil) != c.fails {
			t.Errorf("%s with %q: got %v, %v", c.phc, c.password, got, err)
		}
	}
}

func TestTheWaitGrowsWithFailuresAndHasAnEnd(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		free := rapid.Int64Range(1, 50).Draw(t, "free")
		n := rapid.Int64Range(0, 1_000_000).Draw(t, "failures")
		most := time.Duration(rapid.Int64Range(1, 3600).Draw(t, "most")) * time.Second
		now, next := wait(n, free, most), wait(n+1, free, most)
		if now < 0 || next < now || next > most || (n < free) != (now == 0) {
			t.Fatalf("after %d failures %s, after one more %s", n, now, next)
		}
	})
}
