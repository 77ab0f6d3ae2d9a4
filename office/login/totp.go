package login

import (
	"crypto/hmac"
	"crypto/sha1" // RFC 6238, as every authenticator speaks it
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"io"
	"net/url"
	"strings"
	"time"
)

// A second factor is a TOTP as every authenticator makes it: HMAC-SHA-1, six digits, steps of 30 s (RFC 6238).
const (
	totpSeconds     = 30
	totpDigits      = 6
	totpSecretBytes = 20
	totpDrift       = 1 // steps that the clock of a phone may be off, either way
)

// totp is the code of a step.
func totp(secret []byte, step int64) string {
	mac := hmac.New(sha1.New, secret)
	_ = binary.Write(mac, binary.BigEndian, step) // a hash takes everything
	sum := mac.Sum(nil)
	at := sum[len(sum)-1] & 0x0f
	n := binary.BigEndian.Uint32(sum[at:]) & 0x7fffffff
	return fmt.Sprintf("%0*d", totpDigits, n%1_000_000)
}

// stepOf finds the step, near the present one and after the last that was used, whose code it is.
func stepOf(secret []byte, code string, now time.Time, last int64) (step int64, ok bool) {
	if len(secret) == 0 {
		return 0, false
	}
	present := now.Unix() / totpSeconds
	for s := present - totpDrift; s <= present+totpDrift; s++ {
		if subtle.ConstantTimeCompare([]byte(totp(secret, s)), []byte(code)) == 1 && s > last {
			return s, true
		}
	}
	return 0, false
}

// digitsOf is a typed code without the blanks and hyphens that people set between groups.
func digitsOf(code string) string {
	return strings.ToLower(strings.NewReplacer(" ", "", "-", "", "　", "").Replace(code))
}

var base32Plain = base32.StdEncoding.WithPadding(base32.NoPadding)

// totpURL is what an authenticator reads from a QR code (otpauth, Key Uri Format).
func totpURL(issuer, login string, secret []byte) string {
	escaped := func(s string) string { return strings.ReplaceAll(url.QueryEscape(s), "+", "%20") } // a plus stays a plus in authenticators
	return fmt.Sprintf("otpauth://totp/%s:%s?secret=%s&issuer=%s&algorithm=SHA1&digits=%d&period=%d",
		escaped(issuer), escaped(login), base32Plain.EncodeToString(secret), escaped(issuer), totpDigits, totpSeconds)
}

// recoveryCodes is how many codes are given for the day on which the phone is lost; each is good once.
const recoveryCodes = 10

// recovery makes codes like passwords that are generated: 80 bits each, so that a plain hash keeps them.
func recovery(random io.Reader) ([]string, error) {
	out := make([]string, recoveryCodes)
	for i := range out {
		var err error
		if out[i], err = generate(random); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// recoverySum is how a recovery code is kept, however it is typed.
func recoverySum(code string) []byte {
	sum := sha256.Sum256([]byte(digitsOf(code)))
	return sum[:]
}
