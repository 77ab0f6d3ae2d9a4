package webhook_test

import (
	"bytes"
	"crypto/rand"
	"sync"
	"testing"

	"anlan/office/webhook"
	"anlan/store"
	"anlan/store/seal"
)

// machine is the key of the machine, of all processes of a test.
var machine = sync.OnceValues(func() (seal.Key, error) { return seal.New(rand.Reader) })

// kept is the secret of a hook as it stands in the table.
func (d *desk) kept(h *webhook.Hook) (stored []byte) {
	d.Helper()
	err := d.DB.Read(d.Ctx, func(tx *store.Tx) error {
		_, err := tx.QueryRow([]any{&stored}, `SELECT secret FROM webhook_sender WHERE hook_id = ?`, h.ID.String())
		return err
	})
	if err != nil {
		d.Fatal(err)
	}
	return stored
}

func (d *desk) put(h *webhook.Hook, secret []byte) {
	d.Helper()
	err := d.DB.InTx(d.Ctx, func(tx *store.Tx) error {
		_, err := tx.Exec(`UPDATE webhook_sender SET secret = ? WHERE hook_id = ?`, secret, h.ID.String())
		return err
	})
	if err != nil {
		d.Fatal(err)
	}
}

// TestSecretsOfHooksAreSealed: whoever has the tables alone signs nothing; what an older program left in clear is sealed, and signs as before;
// and a hook whose secret cannot be opened holds up no other.
func TestSecretsOfHooksAreSealed(t *testing.T) {
	both(t, func(d *desk) {
		h, other := d.hook("county", "430600"), d.hook("other", "430600")
		secret := d.secret(h)
		d.secret(other)
		if bytes.Contains(d.kept(h), secret) || len(d.kept(h)) < len(secret)+28 {
			d.Error("a secret stands in clear")
		}
		d.put(h, secret) // as an older program has it
		for range 2 {
			if err := d.hooks.Settle(d.Ctx); err != nil {
				d.Fatal(err)
			}
			if bytes.Contains(d.kept(h), secret) {
				d.Error("what an older program left stands in clear still")
			}
		}
		d.put(other, d.kept(h)) // that of one hook is none of another
		d.sample("YB-1", "第一条", "430602")
		if did := d.step(); did.Sent != 1 || did.Failed != 1 {
			d.Errorf("%+v", did)
		}
		if got := d.receiver.titles(d); len(got) != 1 || got[0] != "sample.create 第一条" {
			d.Errorf("got %q", got)
		}
		letters := d.receiver.got
		if !letters[0].signed(d, secret) {
			d.Error("it is not signed as before")
		}
		if s := d.standing("other"); s.Waiting != 1 {
			d.Errorf("%+v", s)
		}
		if _, err := d.hooks.NewSecret(d.Ctx, d.Admin, other); err != nil {
			d.Fatal(err)
		}
		d.Clock.Set(d.Clock.Now().AddDate(0, 0, 1))
		if did := d.step(); did.Sent != 1 || did.Failed != 0 {
			d.Errorf("with a new secret: %+v", did)
		}
	})
}
