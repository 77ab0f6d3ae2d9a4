package seal_test

import (
	"bytes"
	"crypto/rand"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"anlan/store/seal"
)

func TestWhatIsSealedOpensForItsPurposeAndOwnerOnly(t *testing.T) {
	t.Parallel()
	key, err := seal.New(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	other, err := seal.New(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	secret := []byte("岳阳楼在洞庭湖东岸")
	sealed, err := key.Seal("totp", "lijun", secret)
	if err != nil || bytes.Contains(sealed, secret) {
		t.Fatalf("sealed %q, %v", sealed, err)
	}
	if again, err := key.Seal("totp", "lijun", secret); err != nil || bytes.Equal(again, sealed) {
		t.Errorf("sealed twice the same: %v", err)
	}
	if got, err := key.Open("totp", "lijun", sealed); err != nil || !bytes.Equal(got, secret) {
		t.Errorf("opened %q, %v", got, err)
	}
	changed := bytes.Clone(sealed)
	changed[len(changed)-1] ^= 1
	for name, open := range map[string]func() ([]byte, error){
		"another purpose": func() ([]byte, error) { return key.Open("ceremony", "lijun", sealed) },
		"another owner":   func() ([]byte, error) { return key.Open("totp", "zhangwei", sealed) },
		"another key":     func() ([]byte, error) { return other.Open("totp", "lijun", sealed) },
		"a changed bit":   func() ([]byte, error) { return key.Open("totp", "lijun", changed) },
		"half of it":      func() ([]byte, error) { return key.Open("totp", "lijun", sealed[:len(sealed)/2]) },
		"nothing":         func() ([]byte, error) { return key.Open("totp", "lijun", nil) },
	} {
		if got, err := open(); !errors.Is(err, seal.ErrForeign) || got != nil {
			t.Errorf("%s: got %q, %v", name, got, err)
		}
	}
	tag, err := key.Tag("receipt", "1")
	if err != nil {
		t.Fatal(err)
	}
	for name, make := range map[string]func() ([]byte, error){
		"another key":     func() ([]byte, error) { return other.Tag("receipt", "1") },
		"another purpose": func() ([]byte, error) { return key.Tag("totp", "1") },
		"another thing":   func() ([]byte, error) { return key.Tag("receipt", "2") },
	} {
		if got, err := make(); err != nil || bytes.Equal(got, tag) {
			t.Errorf("the tag of %s is the same, %v", name, err)
		}
	}
	if same, err := key.Tag("receipt", "1"); err != nil || !bytes.Equal(same, tag) {
		t.Errorf("a tag is another the second time, %v", err)
	}
	if _, err := (seal.Key{}).Tag("receipt", "1"); err == nil {
		t.Error("a tag without a key")
	}
	if _, err := (seal.Key{}).Seal("totp", "lijun", secret); err == nil {
		t.Error("sealed without a key")
	}
}

func TestTheKeyOfAMachineIsMadeOnceAndReadByItsOwner(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "sign-in.key")
	keys := make([]seal.Key, 8)
	var all sync.WaitGroup
	for i := range keys {
		all.Go(func() {
			var err error
			if keys[i], err = seal.Load(rand.Reader, path); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	for _, k := range keys {
		if k != keys[0] || k.IsZero() {
			t.Fatal("two who made the key at once have two")
		}
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	left, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(left) != 1 {
		t.Errorf("beside the key there is %v, %v", left, err)
	}
	if err := os.Chmod(path, 0o640); err != nil {
		t.Fatal(err)
	}
	if _, err := seal.Load(rand.Reader, path); !errors.Is(err, seal.ErrKeyOpen) {
		t.Errorf("a key that others may read: %v", err)
	}
	for _, text := range []string{"", "no key", strings.Repeat("A", 200)} {
		bad := filepath.Join(t.TempDir(), "bad.key")
		if err := os.WriteFile(bad, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := seal.Load(rand.Reader, bad); !errors.Is(err, seal.ErrNotAKey) {
			t.Errorf("%q: %v", text, err)
		}
	}
	if _, err := seal.Load(rand.Reader, filepath.Join(t.TempDir(), "none", "sign-in.key")); err == nil {
		t.Error("made a key where there is no folder")
	}
}
