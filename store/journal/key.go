package journal

import (
	"anlan/ground/fault"
	"crypto/ed25519"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"anlan/store"
	"golang.org/x/mod/sumdb/note"
)

// Key signs checkpoints (Ed25519). Whoever holds it can speak for the book.
type Key struct {
	private string
	public  PublicKey
	signer  note.Signer
	point   ed25519.PublicKey
}

// PublicKey checks checkpoints. Its text, "name+id+base64", is what others are given. The zero key opens nothing.
//
// It may know the changes of key of its book (Follow): then it opens what the keys before and after it signed, too.
type PublicKey struct {
	text  string
	chain []Rotation // that hang together with the key, the oldest first
}

// NewKey makes a key of a name, without blanks and plus signs, from 32 random bytes: the same bytes, the same key.
func NewKey(random io.Reader, name string) (*Key, error) {
	private, _, err := note.GenerateKey(random, name)
	if err != nil {
		return nil, fmt.Errorf("journal: make key: %w", err)
	}
	return parseKey(private)
}

func parseKey(private string) (*Key, error) {
	signer, err := note.NewSigner(private)
	if err != nil {
		return nil, err
	}
	// "PRIVATE+KEY+name+id+base64(1 ‖ seed)", as NewSigner has just checked.
	_, encoded, _ := strings.Cut(strings.TrimPrefix(private, "PRIVATE+KEY+"+signer.Name()+"+"), "+")
	seed, err := base64.StdEncoding.DecodeString(encoded)
	if err != nil {
		return nil, err
	}
	point := ed25519.NewKeyFromSeed(seed[1:]).Public().(ed25519.PublicKey)
	text, err := note.NewEd25519VerifierKey(signer.Name(), point)
	if err != nil {
		return nil, err
	}
	public, err := ParsePublicKey(text)
	return &Key{private, public, signer, point}, err
}

// Public is the half that checks.
func (k *Key) Public() PublicKey { return k.public }

// Following is the key whose public half knows the changes of key of its book; see PublicKey.Follow.
func (k *Key) Following(changes ...Rotation) *Key {
	out := *k
	out.public = k.public.Follow(changes...)
	return &out
}

// Name is the key's name.
func (k *Key) Name() string { return k.signer.Name() }

// String names the key and keeps the private half out of logs.
func (k *Key) String() string { return "key " + k.Name() }

// ParsePublicKey reads a key file: the text form of the key, and the changes of key that File put after it.
// Faults: ErrNotAKey, ErrNotARotation, ErrNotSigned.
func ParsePublicKey(text string) (PublicKey, error) {
	text, changes, _ := strings.Cut(strings.ReplaceAll(strings.TrimSpace(text), "\r\n", "\n"), "\n")
	if _, err := note.NewVerifier(text); err != nil {
		return PublicKey{}, ErrNotAKey.Because(err)
	}
	known, err := parseChanges(changes)
	if err != nil {
		return PublicKey{}, err
	}
	return PublicKey{text: text}.Follow(known...), nil
}

// String is the text form of the key itself, in one line without its end.
func (k PublicKey) String() string { return k.text }

// Name is the key's name.
func (k PublicKey) Name() string {
	name, _, _ := strings.Cut(k.text, "+")
	return name
}

// Save writes the private key to a new file that only its owner may read, and has it on the disk when it returns.
// Fault: ErrKeyExists; a key is never overwritten.
func (k *Key) Save(path string) (err error) {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return ErrKeyExists.Because(err, path)
	}
	if err != nil {
		return fmt.Errorf("journal: save key: %w", err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if _, err := f.WriteString(k.private + "\n"); err != nil {
		return fmt.Errorf("journal: save key: %w", err)
	}
	if err := f.Sync(); err != nil {
		return fmt.Errorf("journal: save key: %w", err)
	}
	return store.SyncFolder(filepath.Dir(path))
}

const keyBytesMax = 1 << 10

// LoadKey reads a private key. It refuses a file that others may read or write (not asked on Windows, which has other
// permissions). Faults: ErrKeyOpen, ErrNotAKey.
func LoadKey(path string) (*Key, error) {
	b, mode, open, err := store.ReadSecret(path, keyBytesMax)
	if err != nil {
		return nil, fmt.Errorf("journal: load key: %w", err)
	}
	if open {
		return nil, ErrKeyOpen.With(path, uint32(mode))
	}
	k, err := parseKey(strings.TrimSpace(string(b)))
	if err != nil {
		return nil, fault.At(ErrNotAKey.Because(err), fault.Where{File: path})
	}
	return k, nil
}
