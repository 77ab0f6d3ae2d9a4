package seal

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"anlan/ground/fault"
	"anlan/store"
)

// Faults of sealing.
var (
	ErrForeign = fault.Define("seal.foreign", fault.Conflict,
		"封存的内容打不开：不是用这台机器的密钥封存的，或已被改动", "what is sealed cannot be opened: it was sealed by another key than this machine's, or was changed")
	ErrKeyOpen = fault.Define("seal.key_open", fault.Unable,
		"密钥文件“%s”的权限是%04o，别人也能读写；应为0600", "the key file %q has the permissions %04o, so that others may read or write it; expected 0600")
	ErrNotAKey = fault.Define("seal.not_a_key", fault.Invalid,
		"“%s”不是封存密钥；应是一行Base64的32个字节", "%q is no key for sealing; expected one line of Base64 of 32 bytes")
)

const (
	keyBytes  = 32
	fileBytes = 256 // more than a key file has
)

// Key seals and opens. The zero Key is none.
type Key struct{ secret [keyBytes]byte }

// New makes a key.
func New(random io.Reader) (k Key, err error) {
	if _, err := io.ReadFull(random, k.secret[:]); err != nil {
		return k, fmt.Errorf("seal: read random source: %w", err)
	}
	return k, nil
}

// IsZero says whether there is no key.
func (k Key) IsZero() bool { return k == Key{} }

// String keeps a key out of logs.
func (k Key) String() string { return "key for sealing" }

// Load reads the key of a file, and makes both where there is none; of two who make it at once one key stands. Faults: ErrKeyOpen, ErrNotAKey.
func Load(random io.Reader, path string) (Key, error) {
	k, err := read(path)
	if !errors.Is(err, fs.ErrNotExist) {
		return k, err
	}
	if k, err = New(random); err != nil {
		return k, err
	}
	if err := k.save(path); err != nil && !errors.Is(err, fs.ErrExist) {
		return Key{}, fmt.Errorf("seal: save key: %w", err)
	}
	return read(path)
}

// save writes a key to a new file, whole or not at all.
func (k Key) save(path string) (err error) {
	folder := filepath.Dir(path)
	f, err := os.CreateTemp(folder, ".key-*") // 0600
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.Remove(f.Name())) }()
	_, err = f.WriteString(base64.StdEncoding.EncodeToString(k.secret[:]) + "\n")
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Link(f.Name(), path); err != nil {
		return err
	}
	return store.SyncFolder(folder)
}

func read(path string) (k Key, err error) {
	text, mode, open, err := store.ReadSecret(path, fileBytes)
	if err != nil {
		return k, fmt.Errorf("seal: load key: %w", err)
	}
	if open {
		return k, ErrKeyOpen.With(path, uint32(mode))
	}
	raw, err := base64.StdEncoding.DecodeString(strings.TrimSpace(string(text)))
	if err != nil || len(raw) != keyBytes {
		return k, ErrNotAKey.Because(err, path)
	}
	copy(k.secret[:], raw)
	return k, nil
}

// version begins every sealed value, so that another way of sealing can be told from this one.
const version = 1

// aead is the cipher of a purpose.
func (k Key) aead(purpose string) (cipher.AEAD, error) {
	if k.IsZero() {
		return nil, errors.New("seal: there is no key")
	}
	derived, err := hkdf.Key(sha256.New, k.secret[:], nil, "anlan "+purpose, keyBytes)
	if err != nil {
		return nil, fmt.Errorf("seal: derive key: %w", err)
	}
	block, err := aes.NewCipher(derived)
	if err != nil {
		return nil, fmt.Errorf("seal: %w", err)
	}
	return cipher.NewGCMWithRandomNonce(block)
}

// Tag is what nobody can make without the key (HMAC-SHA-256): the same for the same purpose and the same it is about.
func (k Key) Tag(purpose, about string) ([]byte, error) {
	if k.IsZero() {
		return nil, errors.New("seal: there is no key")
	}
	derived, err := hkdf.Key(sha256.New, k.secret[:], nil, "anlan tag "+purpose, keyBytes)
	if err != nil {
		return nil, fmt.Errorf("seal: derive key: %w", err)
	}
	mac := hmac.New(sha256.New, derived)
	mac.Write([]byte(about))
	return mac.Sum(nil), nil
}

// Seal seals a secret for a purpose and whom or what it is about: 29 bytes longer than it is.
func (k Key) Seal(purpose, about string, plain []byte) ([]byte, error) {
	a, err := k.aead(purpose)
	if err != nil {
		return nil, err
	}
	return a.Seal([]byte{version}, nil, plain, []byte(about)), nil
}

// Open gives what was sealed for a purpose and about the same. Fault: ErrForeign.
func (k Key) Open(purpose, about string, sealed []byte) ([]byte, error) {
	a, err := k.aead(purpose)
	if err != nil {
		return nil, err
	}
	if len(sealed) == 0 || sealed[0] != version {
		return nil, ErrForeign.With()
	}
	plain, err := a.Open(nil, nil, sealed[1:], []byte(about))
	if err != nil {
		return nil, ErrForeign.Because(err)
	}
	return plain, nil
}
