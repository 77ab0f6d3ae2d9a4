package login

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"anlan/ground/fault"
	"anlan/ground/ident"
	"anlan/ground/period"
	"anlan/ground/width"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/store"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"
)

// Site is where passkeys are made and shown: browsers show them to no other.
type Site struct {
	Origin string // address that browsers use, https://anlan.example.gov.cn; http://localhost:8630 to try it
	Domain string // for which they hold: the host of Origin, or a domain above it; empty: the host
	Name   string // what a browser calls it
}

// Passkeys are the passkeys (通行密钥, WebAuthn) of users at a site.
type Passkeys struct {
	users  *Users
	rp     *webauthn.WebAuthn
	domain string
}

// Faults of passkeys.
var (
	ErrNoSite = fault.Define("login.no_site", fault.Invalid,
		"通行密钥不能用于“%s”：浏览器只在https的域名（或本机的http://localhost）上给出通行密钥，域“%s”应是它的主机名或上级域名", "passkeys cannot be used at %q: browsers give them to domains by https only (or to http://localhost), and the domain %q has to be its host or one above")
	ErrWrongPasskey = fault.Define("login.wrong_passkey", fault.Denied,
		"这个通行密钥没有通过验证：请重试，或换一种方式登录", "the passkey could not be verified; try again, or sign in in another way")
	ErrAskedBefore = fault.Define("login.asked_before", fault.Denied,
		"等得太久，或已经用过一次：请再试一次", "that took too long, or was answered before: try once more")
	ErrPasskeyCopied = fault.Define("login.passkey_copied", fault.Denied,
		"通行密钥“%s”的计数没有增加，可能被复制过，不再接受：请用别的方式登录，停用它", "the count of the passkey %q did not go up: perhaps there is a copy of it. It is not taken; sign in in another way and take it away")
	ErrUnknownPasskey = fault.Define("login.unknown_passkey", fault.Denied,
		"本系统没有登记这个通行密钥，或已停用：请用密码登录", "this passkey is not known here, or was taken away: sign in by the password")
	ErrNoPasskey = fault.Define("login.no_passkey", fault.NotFound,
		"没有这个通行密钥，或已停用", "there is no such passkey, or it was taken away")
	ErrPasskeyName = fault.Define("login.passkey_name", fault.Invalid,
		"通行密钥的名称应有1到%d个字", "the name of a passkey has 1 to %d characters")
	ErrManyPasskeys = fault.Define("login.many_passkeys", fault.TooLarge,
		"一个用户最多有%d个通行密钥，请先停用不用的", "a user has at most %d passkeys; take away those that are not used")
)

// Bounds of passkeys.
const (
	passkeysMax    = 10
	passkeyNameMax = 40              // characters
	answerBytesMax = 16 << 10        // of what a browser answers
	askedFor       = 5 * time.Minute // how long it may take to answer
	sealedBytesMax = 8 << 10
)

// At gives the passkeys of a site. Fault: ErrNoSite.
func (u *Users) At(site Site) (*Passkeys, error) {
	at, err := url.Parse(site.Origin)
	if err != nil {
		return nil, ErrNoSite.Because(err, site.Origin, site.Domain)
	}
	host := at.Hostname()
	domain := cmp.Or(site.Domain, host)
	_, notAName := netip.ParseAddr(host)
	secure := at.Scheme == "https" && notAName != nil && host != "" || at.Scheme == "http" && host == "localhost"
	if !secure || host != domain && !strings.HasSuffix(host, "."+domain) {
		return nil, ErrNoSite.With(site.Origin, domain)
	}
	rp, err := webauthn.New(&webauthn.Config{RPID: domain, RPDisplayName: site.Name, RPOrigins: []string{at.Scheme + "://" + at.Host},
		AttestationPreference: protocol.PreferNoAttestation,
		AuthenticatorSelection: protocol.AuthenticatorSelection{ResidentKey: protocol.ResidentKeyRequirementPreferred,
			UserVerification: protocol.VerificationPreferred}})
	if err != nil {
		return nil, ErrNoSite.Because(err, site.Origin, domain)
	}
	return &Passkeys{users: u, rp: rp, domain: domain}, nil
}

// Passkey is a passkey of a user, without its key.
type Passkey struct {
	ID     ident.ID
	Name   string
	Domain string
	Alone  bool // its device asks who holds it, so that it signs in without a password
	Synced bool // it is on other devices of its owner too, as far as its device says
	Made   time.Time
	Used   time.Time // zero: never
}

// Asking is what a browser is asked for: Options as it reads them, and Sealed, which comes back with its answer.
type Asking struct {
	Options any    `json:"options"`
	Sealed  string `json:"sealed"`
}

// bearer is a user as WebAuthn sees it.
type bearer struct {
	*person
	keys  []webauthn.Credential
	names map[string]string // of the keys, by their credential id
}

func (b *bearer) WebAuthnID() []byte                         { return b.ID[:] }
func (b *bearer) WebAuthnName() string                       { return b.Login }
func (b *bearer) WebAuthnDisplayName() string                { return b.Name }
func (b *bearer) WebAuthnCredentials() []webauthn.Credential { return b.keys }

// bearer finds a user with its keys of this site, by login_passkey_user.
func (k *Passkeys) bearer(tx *store.Tx, user ident.ID) (*bearer, error) {
	p, found, err := k.users.person(tx, byID, user.String())
	if err != nil {
		return nil, err
	}
	if !found {
		return nil, ErrNoSession.With()
	}
	b := &bearer{person: &p, names: map[string]string{}}
	rows, err := tx.Query(`SELECT credential_id, name, public_key, sign_count, flags, aaguid, transports FROM login_passkey
WHERE user_id = ? AND domain = ? ORDER BY made_at, id`, user.String(), k.domain)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var c webauthn.Credential
		var name, transports string
		var count, flags int64
		if err := rows.Scan(&c.ID, &name, &c.PublicKey, &count, &flags, &c.Authenticator.AAGUID, &transports); err != nil {
			return nil, err
		}
		c.Authenticator.SignCount, c.Flags = uint32(count), webauthn.NewCredentialFlags(protocol.AuthenticatorFlags(flags))
		for t := range strings.FieldsSeq(transports) {
			c.Transport = append(c.Transport, protocol.AuthenticatorTransport(t))
		}
		b.keys, b.names[string(c.ID)] = append(b.keys, c), name
	}
	return b, rows.Err()
}

// find is bearer outside a transaction that writes.
func (k *Passkeys) find(ctx context.Context, user ident.ID) (b *bearer, err error) {
	err = k.users.book.DB().Read(ctx, func(tx *store.Tx) error { b, err = k.bearer(tx, user); return err })
	return b, err
}

// ToRegister asks a browser for a new passkey of whoever is signed in. It is a dangerous act. Fault: ErrManyPasskeys.
func (k *Passkeys) ToRegister(ctx context.Context, s Session) (Asking, error) {
	if s.MustChange {
		return Asking{}, ErrMustChange.With()
	}
	if err := s.Actor.Sure(actLabels[passkeyAdded]); err != nil {
		return Asking{}, err
	}
	b, err := k.find(ctx, s.User)
	if err != nil {
		return Asking{}, err
	}
	if b.Passkeys >= passkeysMax {
		return Asking{}, ErrManyPasskeys.With(passkeysMax)
	}
	known := make([]protocol.CredentialDescriptor, len(b.keys))
	for i, c := range b.keys {
		known[i] = c.Descriptor()
	}
	options, data, err := k.rp.BeginRegistration(b, webauthn.WithExclusions(known))
	if err != nil {
		return Asking{}, fmt.Errorf("login: ask for a passkey: %w", err)
	}
	return k.asking(toRegister, options.Response, asked{User: s.User, Session: s.ID, Data: *data})
}

// Register keeps the passkey that a browser has made, under a name that tells its owner which it is, and gives ten recovery codes where the
// user had no second factor before. Faults: ErrPasskeyName, ErrWrongPasskey, ErrAskedBefore, ErrManyPasskeys.
func (k *Passkeys) Register(ctx context.Context, s Session, sealed, answer, name string) (recoveryCodes []string, err error) {
	if name = width.Trim(name); !fitName(name) {
		return nil, ErrPasskeyName.With(passkeyNameMax)
	}
	if err := s.Actor.Sure(actLabels[passkeyAdded]); err != nil {
		return nil, err
	}
	a, err := k.opened(toRegister, sealed, answer)
	if err != nil {
		return nil, err
	}
	if a.User != s.User || a.Session != s.ID {
		return nil, ErrAskedBefore.With()
	}
	parsed, err := protocol.ParseCredentialCreationResponseBytes([]byte(answer))
	if err != nil {
		return nil, ErrWrongPasskey.Because(err)
	}
	b, err := k.find(ctx, s.User)
	if err != nil {
		return nil, err
	}
	made, err := k.rp.CreateCredential(b, a.Data, parsed)
	if err != nil {
		return nil, ErrWrongPasskey.Because(err)
	}
	if recoveryCodes, err = recovery(k.users.random); err != nil {
		return nil, err
	}
	id, err := k.users.ids.V4()
	if err != nil {
		return nil, err
	}
	_, err = k.users.book.Enter(ctx, s.Actor, book.Act{Of: acts, Action: passkeyAdded, About: s.User, Reason: name}, func(tx *store.Tx, at time.Time) error {
		p, found, err := k.users.person(tx, byID, s.User.String())
		switch {
		case err != nil:
			return err
		case !found:
			return ErrNoSession.With()
		case p.Passkeys >= passkeysMax:
			return ErrManyPasskeys.With(passkeysMax)
		}
		if err := k.once(tx, a); err != nil {
			return err
		}
		if err := k.keep(tx, s.User, id, name, made, at); err != nil {
			return err
		}
		if p.guarded() {
			recoveryCodes = nil
			return nil
		}
		return keepRecovery(tx, s.User, recoveryCodes)
	})
	if err != nil {
		return nil, err
	}
	return recoveryCodes, nil
}

func fitName(name string) bool { return name != "" && utf8.RuneCountInString(name) <= passkeyNameMax }

func (k *Passkeys) keep(tx *store.Tx, user, id ident.ID, name string, c *webauthn.Credential, at time.Time) error {
	transports := make([]string, len(c.Transport))
	for i, t := range c.Transport {
		transports[i] = string(t)
	}
	_, err := tx.Exec(`INSERT INTO login_passkey (credential_id, id, user_id, domain, name, public_key, sign_count, flags, aaguid, transports, made_at, used_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)`, c.ID, id.String(), user.String(), k.domain, name, c.PublicKey, int64(c.Authenticator.SignCount), int64(c.Flags.ProtocolValue()),
		c.Authenticator.AAGUID, strings.Join(transports, " "), at.UnixMicro())
	if errors.Is(err, store.ErrUnique) {
		return ErrWrongPasskey.Because(err) // no two devices make the same
	}
	return err
}

// ToSignIn asks a browser for any passkey of this site whose device asks who holds it: nobody has said who they are.
func (k *Passkeys) ToSignIn() (Asking, error) {
	options, data, err := k.rp.BeginDiscoverableLogin(webauthn.WithUserVerification(protocol.VerificationRequired))
	if err != nil {
		return Asking{}, fmt.Errorf("login: ask for a passkey: %w", err)
	}
	return k.asking(toSignIn, options.Response, asked{Data: *data})
}

// ToFinish asks for a passkey of somebody whose password was right: that it is there is enough. Fault: ErrNoPasskey, where it has none of
// this site.
func (k *Passkeys) ToFinish(ctx context.Context, h *Half) (Asking, error) {
	return k.toShow(ctx, toSignIn, asked{User: h.user})
}

// ToProve asks whoever is signed in for one of its passkeys again.
func (k *Passkeys) ToProve(ctx context.Context, s Session) (Asking, error) {
	return k.toShow(ctx, toProve, asked{User: s.User, Session: s.ID})
}

func (k *Passkeys) toShow(ctx context.Context, what string, a asked) (Asking, error) {
	b, err := k.find(ctx, a.User)
	if err != nil {
		return Asking{}, err
	}
	if len(b.keys) == 0 {
		return Asking{}, ErrNoPasskey.With()
	}
	options, data, err := k.rp.BeginLogin(b)
	if err != nil {
		return Asking{}, fmt.Errorf("login: ask for a passkey: %w", err)
	}
	a.Data = *data
	return k.asking(what, options.Response, a)
}

// SignIn begins a session by a passkey: by it alone, or after a password. Faults: ErrWrongPasskey, ErrAskedBefore, ErrPasskeyCopied,
// ErrUnknownPasskey, ErrNotInForce.
func (k *Passkeys) SignIn(ctx context.Context, sealed, answer, address, agent string) (Session, error) {
	a, err := k.opened(toSignIn, sealed, answer)
	if err != nil {
		return Session{}, err
	}
	b, used, err := k.verified(ctx, a, answer)
	if err != nil {
		return Session{}, err
	}
	address, agent = plain(address, addressBytes), plain(agent, agentBytes)
	now := k.users.clock.Now()
	if err := b.inForce(period.DayAt(now)); err != nil {
		return Session{}, err
	}
	way := ByPasskey
	if !a.User.IsZero() {
		way = ByPassword
	}
	var s Session
	err = k.users.book.DB().InTx(ctx, func(tx *store.Tx) error {
		if err := k.used(tx, b, used, a, now); err != nil {
			return err
		}
		s, err = k.users.begin(tx, b.person, way, address, agent, now)
		return err
	})
	return s, err
}

// Prove takes it, by a passkey, that it is still the user who has a session; see Users.Prove.
func (k *Passkeys) Prove(ctx context.Context, s Session, sealed, answer string) error {
	a, err := k.opened(toProve, sealed, answer)
	if err != nil {
		return err
	}
	if a.User != s.User || a.Session != s.ID {
		return ErrAskedBefore.With()
	}
	b, used, err := k.verified(ctx, a, answer)
	if err != nil {
		return err
	}
	return k.users.book.DB().InTx(ctx, func(tx *store.Tx) error {
		if err := k.used(tx, b, used, a, k.users.clock.Now()); err != nil {
			return err
		}
		return k.users.proved(tx, s)
	})
}

// verified finds whose passkey answered, and refuses an answer to another question, of another site or by another key.
func (k *Passkeys) verified(ctx context.Context, a asked, answer string) (*bearer, *webauthn.Credential, error) {
	parsed, err := protocol.ParseCredentialRequestResponseBytes([]byte(answer))
	if err != nil {
		return nil, nil, ErrWrongPasskey.Because(err)
	}
	if !a.User.IsZero() {
		b, err := k.find(ctx, a.User)
		if err != nil {
			return nil, nil, err
		}
		c, err := k.rp.ValidateLogin(b, a.Data, parsed)
		if err != nil {
			return nil, nil, ErrWrongPasskey.Because(err)
		}
		return b, c, nil
	}
	var broken error // of the database, which is no fault of the passkey
	u, c, err := k.rp.ValidatePasskeyLogin(func(rawID, handle []byte) (webauthn.User, error) {
		var user ident.ID
		if len(handle) != len(user) {
			return nil, ErrUnknownPasskey.With()
		}
		copy(user[:], handle)
		b, err := k.find(ctx, user)
		if _, known := fault.KindOf(err); err != nil && !known {
			broken = err
		}
		if err != nil || b.names[string(rawID)] == "" {
			return nil, ErrUnknownPasskey.Because(err)
		}
		return b, nil
	}, a.Data, parsed)
	switch {
	case broken != nil:
		return nil, nil, broken
	case errors.Is(err, ErrUnknownPasskey):
		return nil, nil, ErrUnknownPasskey.Because(err)
	case err != nil:
		return nil, nil, ErrWrongPasskey.Because(err)
	}
	return u.(*bearer), c, nil
}

// used notes that a passkey was shown, once for each question, and refuses one whose count has not gone up. Devices that do not count give 0.
func (k *Passkeys) used(tx *store.Tx, b *bearer, c *webauthn.Credential, a asked, now time.Time) error {
	if err := k.once(tx, a); err != nil {
		return err
	}
	count := int64(c.Authenticator.SignCount)
	n, err := tx.Exec(`UPDATE login_passkey SET sign_count = ?, flags = ?, used_at = ? WHERE credential_id = ? AND (sign_count < ? OR sign_count = 0 AND ? = 0)`,
		count, int64(c.Flags.ProtocolValue()), now.UnixMicro(), c.ID, count, count)
	if err == nil && (n == 0 || c.Authenticator.CloneWarning) {
		err = ErrPasskeyCopied.With(b.names[string(c.ID)])
	}
	return err
}

// Passkeys lists the passkeys of a user, the oldest first: to the user itself, and to an administrator in whose scope it is.
func (u *Users) Passkeys(ctx context.Context, actor access.Actor, user ident.ID) (out []Passkey, err error) {
	if _, err := u.ownOrManaged(ctx, actor, user); err != nil {
		return nil, err
	}
	err = u.book.DB().Read(ctx, func(tx *store.Tx) error {
		rows, err := tx.Query(`SELECT id, name, domain, flags, made_at, coalesce(used_at, 0) FROM login_passkey WHERE user_id = ? ORDER BY made_at, id`, user.String()) // by login_passkey_user
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var p Passkey
			var flags, made, used int64
			if err := rows.Scan(&p.ID, &p.Name, &p.Domain, &flags, &made, &used); err != nil {
				return err
			}
			f := protocol.AuthenticatorFlags(flags)
			p.Alone, p.Synced, p.Made = f.HasUserVerified(), f.HasBackupState(), instant(made)
			if used > 0 {
				p.Used = instant(used)
			}
			out = append(out, p)
		}
		return rows.Err()
	})
	return out, err
}

// RenamePasskey gives one's passkey another name. Faults: ErrPasskeyName, ErrNoPasskey.
func (u *Users) RenamePasskey(ctx context.Context, s Session, id ident.ID, name string) error {
	if name = width.Trim(name); !fitName(name) {
		return ErrPasskeyName.With(passkeyNameMax)
	}
	return u.book.DB().InTx(ctx, func(tx *store.Tx) error {
		n, err := tx.Exec(`UPDATE login_passkey SET name = ? WHERE id = ? AND user_id = ?`, name, id.String(), s.User.String())
		return orNoPasskey(n, err)
	})
}

// DropPasskey takes one's passkey away; with the last second factor its recovery codes go too. It is a dangerous act. Fault: ErrNoPasskey.
func (u *Users) DropPasskey(ctx context.Context, s Session, id ident.ID) error {
	if s.MustChange {
		return ErrMustChange.With()
	}
	if err := s.Actor.Sure(actLabels[passkeyDropped]); err != nil {
		return err
	}
	var name string
	err := u.book.DB().Read(ctx, func(tx *store.Tx) error {
		found, err := tx.QueryRow([]any{&name}, `SELECT name FROM login_passkey WHERE id = ? AND user_id = ?`, id.String(), s.User.String())
		if err == nil && !found {
			err = ErrNoPasskey.With()
		}
		return err
	})
	if err != nil {
		return err
	}
	_, err = u.book.Enter(ctx, s.Actor, book.Act{Of: acts, Action: passkeyDropped, About: s.User, Reason: name}, func(tx *store.Tx, _ time.Time) error {
		n, err := tx.Exec(`DELETE FROM login_passkey WHERE id = ? AND user_id = ?`, id.String(), s.User.String())
		if err := orNoPasskey(n, err); err != nil {
			return err
		}
		p, _, err := u.person(tx, byID, s.User.String())
		if err != nil || p.guarded() {
			return err
		}
		_, err = tx.Exec(`DELETE FROM login_recovery WHERE user_id = ?`, s.User.String())
		return err
	})
	return err
}

func orNoPasskey(n int64, err error) error {
	if err == nil && n == 0 {
		err = ErrNoPasskey.With()
	}
	return err
}
