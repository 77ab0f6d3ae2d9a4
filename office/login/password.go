package login

import (
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"anlan/ground/fault"

	"golang.org/x/crypto/argon2"
)

// How a password is hashed: argon2id with the least memory and passes that OWASP's Password Storage Cheat Sheet gives.
const (
	hashKiB     = 19 * 1024
	hashPasses  = 2
	hashLanes   = 1
	hashBytes   = 32
	hashSaltLen = 16
)

// Bounds of a password. Composition is not asked for: it makes passwords that are forgotten and no harder to guess (NIST SP 800-63B).
const (
	passwordRunesMin = 10
	passwordBytesMax = 256
)

// Faults of passwords.
var (
	ErrShort = fault.Define("login.short", fault.Invalid,
		"密码至少%d个字符，现有%d个", "a password has at least %d characters; this one has %d")
	ErrLong = fault.Define("login.long", fault.Invalid,
		"密码不能超过%d字节", "a password has at most %d bytes")
	ErrPasswordIsName = fault.Define("login.password_is_name", fault.Invalid,
		"密码不能就是登录名", "a password may not be the login name")
	ErrCommon = fault.Define("login.common", fault.Invalid,
		"这个密码太常见，别人一猜就中：换一个", "this password is among the first that anybody guesses: choose another")
	ErrSamePassword = fault.Define("login.same_password", fault.Invalid,
		"新密码与原密码相同", "the new password is the old one")
)

// fit refuses a password that is easily guessed.
func fit(login, password string) error {
	n := utf8.RuneCountInString(password)
	folded := strings.ToLower(password)
	switch {
	case len(password) > passwordBytesMax:
		return ErrLong.With(passwordBytesMax)
	case strings.TrimSpace(folded) == login || strings.Trim(folded, "0123456789") == login && n < passwordRunesMin+len(login):
		return ErrPasswordIsName.With()
	case n < passwordRunesMin:
		return ErrShort.With(passwordRunesMin, n)
	case isCommon(folded):
		return ErrCommon.With()
	}
	return nil
}

// hash is the PHC string of a password under a fresh salt.
func hash(random io.Reader, password string) (string, error) {
	salt := make([]byte, hashSaltLen)
	if _, err := io.ReadFull(random, salt); err != nil {
		return "", fmt.Errorf("login: read random source: %w", err)
	}
	key := argon2.IDKey([]byte(password), salt, hashPasses, hashKiB, hashLanes, hashBytes)
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, hashKiB, hashPasses, hashLanes,
		base64.RawStdEncoding.EncodeToString(salt), base64.RawStdEncoding.EncodeToString(key)), nil
}

// nobodys is hashed against where there is no user: the answer takes as long, and no password fits.
var nobodys = fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$", argon2.Version, hashKiB, hashPasses, hashLanes, base64.RawStdEncoding.EncodeToString(make([]byte, hashSaltLen)))

// matches says whether a password is that of a PHC string, whose own parameters it goes by.
func matches(phc, password string) (bool, error) {
	var version int
	var kib, passes uint32
	var lanes uint8
	parts := strings.Split(phc, "$")
	if len(parts) != 6 || parts[1] != "argon2id" {
		return false, fmt.Errorf("login: a stored password is no argon2id hash")
	}
	if _, err := fmt.Sscanf(parts[2]+" "+parts[3], "v=%d m=%d,t=%d,p=%d", &version, &kib, &passes, &lanes); err != nil || version != argon2.Version || passes == 0 || lanes == 0 {
		return false, fmt.Errorf("login: the parameters of a stored password cannot be read: %q", parts[2]+"$"+parts[3])
	}
	salt, err := base64.RawStdEncoding.DecodeString(parts[4])
	if err != nil {
		return false, fmt.Errorf("login: the salt of a stored password: %w", err)
	}
	want, err := base64.RawStdEncoding.DecodeString(parts[5])
	if err != nil {
		return false, fmt.Errorf("login: a stored password: %w", err)
	}
	got := argon2.IDKey([]byte(password), salt, passes, kib, lanes, hashBytes)
	return subtle.ConstantTimeCompare(got, want) == 1, nil
}

// passwordLetters are 32 that nobody mistakes for each other, so that one is 5 bits.
const passwordLetters = "abcdefghijkmnpqrstuvwxyz23456789"

// generate is a password to be typed once: 80 bits in four groups.
func generate(random io.Reader) (string, error) {
	b := make([]byte, 16)
	if _, err := io.ReadFull(random, b); err != nil {
		return "", fmt.Errorf("login: read random source: %w", err)
	}
	var s strings.Builder
	for i, x := range b {
		if i > 0 && i%4 == 0 {
			s.WriteByte('-')
		}
		s.WriteByte(passwordLetters[x%32])
	}
	return s.String(), nil
}
