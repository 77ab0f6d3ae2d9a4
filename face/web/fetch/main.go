// Command fetch puts the browser code of others beside the pages, as it is locked in face/web/extra/lock.json: what is there already and is what
// the lock says stays, the rest comes from npm. `go generate ./face/web` runs it, in the folder face/web.
//
// Nothing imports it, and it imports nothing of the house.
package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

const folder = "extra"

// locked is a package with the files that are taken of it, by their SHA-256.
type locked struct {
	Name, Version, Licence string
	Files                  map[string]string
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "fetch:", err)
		os.Exit(1)
	}
}

func run() error {
	text, err := os.ReadFile(filepath.Join(folder, "lock.json"))
	if err != nil {
		return err
	}
	var all []locked
	if err := json.Unmarshal(text, &all); err != nil {
		return err
	}
	for _, p := range all {
		if p.here() {
			continue
		}
		if err := p.fetch(); err != nil {
			return fmt.Errorf("%s %s: %w", p.Name, p.Version, err)
		}
	}
	return nil
}

// here says whether every file is there as it is locked.
func (p locked) here() bool {
	for name, want := range p.Files {
		b, err := os.ReadFile(filepath.Join(folder, p.Name, name))
		if err != nil || hash(b) != want {
			return false
		}
	}
	return true
}

func hash(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// fetch takes the package from npm. Nothing is written before every file is what the lock says.
func (p locked) fetch() (err error) {
	dir, err := os.MkdirTemp("", "anlan-extra-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	pack := exec.Command("npm", "pack", "--silent", "--ignore-scripts", "--pack-destination", dir, p.Name+"@"+p.Version)
	pack.Stderr = os.Stderr
	name, err := pack.Output()
	if err != nil {
		return fmt.Errorf("npm pack: %w", err)
	}
	archive, err := os.ReadFile(filepath.Join(dir, filepath.Base(strings.TrimSpace(string(name)))))
	if err != nil {
		return err
	}
	files, err := unpacked(archive)
	if err != nil {
		return err
	}
	for name, want := range p.Files {
		if got := hash(files[name]); got != want {
			return fmt.Errorf("%s has the SHA-256 %s, and the lock says %s", name, got, want)
		}
	}
	if err := os.MkdirAll(filepath.Join(folder, p.Name), 0o755); err != nil {
		return err
	}
	for name := range p.Files {
		if err := os.WriteFile(filepath.Join(folder, p.Name, name), files[name], 0o644); err != nil {
			return err
		}
	}
	return nil
}

// unpacked are the files of a package of npm by their names in it.
func unpacked(archive []byte) (map[string][]byte, error) {
	z, err := gzip.NewReader(bytes.NewReader(archive))
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{}
	for r := tar.NewReader(z); ; {
		h, err := r.Next()
		if err == io.EOF {
			return files, nil
		}
		if err != nil {
			return nil, err
		}
		if files[strings.TrimPrefix(h.Name, "package/")], err = io.ReadAll(r); err != nil {
			return nil, err
		}
	}
}
