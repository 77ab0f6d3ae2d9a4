package login

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"time"

	"anlan/ground/ident"
	"anlan/store"

	"github.com/go-webauthn/webauthn/webauthn"
)

// What a browser is asked for a passkey for.
const (
	toRegister = "passkey: register"
	toSignIn   = "passkey: sign in"
	toProve    = "passkey: prove"
)

// asked is the other half of what a browser was asked. It goes to the browser sealed and comes back with the answer, so that nothing is kept
// for whoever only asks; that it was answered is kept, until it could not be any more.
type asked struct {
	User    ident.ID // who is to answer; zero: anybody
	Session ident.ID // of whoever was signed in
	At      time.Time
	Data    webauthn.SessionData
}

func (k *Passkeys) asking(what string, options any, a asked) (Asking, error) {
	a.At = k.users.clock.Now()
	sealed, err := k.users.sealedText(what, a)
	return Asking{Options: options, Sealed: sealed}, err
}

// opened is what a browser was asked, where it answers in time. Fault: ErrAskedBefore.
func (k *Passkeys) opened(what, sealed, answer string) (a asked, err error) {
	if len(answer) > answerBytesMax {
		return a, ErrWrongPasskey.With()
	}
	if err := k.users.openedText(what, sealed, &a); err != nil {
		return a, err
	}
	if age := k.users.clock.Now().Sub(a.At); age < 0 || age > askedFor {
		return a, ErrAskedBefore.With()
	}
	return a, nil
}

// once refuses the second answer to a question, also of two at the same time. Fault: ErrAskedBefore.
func (k *Passkeys) once(tx *store.Tx, a asked) error {
	return answered(tx, a.Data.Challenge, a.At.Add(askedFor))
}

// answered notes that a question was answered, by something random in it, until when it could be again. Fault: ErrAskedBefore.
func answered(tx *store.Tx, question string, until time.Time) error {
	sum := sha256.Sum256([]byte(question))
	n, err := tx.Exec(`INSERT INTO login_answered (asked_sha256, ends_at) VALUES (?, ?) ON CONFLICT (asked_sha256) DO NOTHING`, sum[:], until.UnixMicro())
	if err == nil && n == 0 {
		err = ErrAskedBefore.With()
	}
	return err
}

// sealedText seals something for a purpose, as a text that a browser keeps meanwhile.
func (u *Users) sealedText(purpose string, what any) (string, error) {
	plain, err := json.Marshal(what)
	if err != nil {
		return "", fmt.Errorf("login: %s: %w", purpose, err)
	}
	key, err := u.key()
	if err != nil {
		return "", err
	}
	sealed, err := key.Seal(purpose, "", plain)
	return base64.RawURLEncoding.EncodeToString(sealed), err
}

// openedText opens it. Fault: ErrAskedBefore, for anything that was not sealed here for the purpose.
func (u *Users) openedText(purpose, text string, onto any) error {
	if len(text) > sealedBytesMax {
		return ErrAskedBefore.With()
	}
	sealed, err := base64.RawURLEncoding.Strict().DecodeString(text)
	if err != nil {
		return ErrAskedBefore.Because(err)
	}
	key, err := u.key()
	if err != nil {
		return err
	}
	plain, err := key.Open(purpose, "", sealed)
	if err != nil {
		return ErrAskedBefore.Because(err)
	}
	return json.Unmarshal(plain, onto)
}
