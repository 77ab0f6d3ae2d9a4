package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"syscall"
)

// mounts says whether this process may mount file systems.
var mounts = sync.OnceValue(func() bool {
	dir, err := os.MkdirTemp("", "mounts")
	if err != nil {
		return false
	}
	defer os.RemoveAll(dir)
	if syscall.Mount("none", dir, "tmpfs", 0, "size=64k") != nil {
		return false
	}
	return syscall.Unmount(dir, syscall.MNT_DETACH) == nil
})

// pageBytes is what a file on a small disk takes a whole number of.
const pageBytes = 4096

// disk DIR FREE puts a small disk of its own in the place of a folder, with what the folder holds and so many bytes free: an
// empty book grows with every kind, and the room that is left is what a test is about.
func disk(s *script, neg bool, args []string) {
	need(s, neg, args, "DIR FREE")
	dir := s.MkAbs(args[0])
	size, err := strconv.Atoi(args[1])
	s.Check(err)
	held := map[string][]byte{}
	_ = filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			held[path], err = os.ReadFile(path)
		}
		return err
	})
	for _, content := range held {
		size += (len(content) + pageBytes - 1) / pageBytes * pageBytes
	}
	s.Check(os.MkdirAll(dir, 0o700))
	s.Check(syscall.Mount("none", dir, "tmpfs", 0, fmt.Sprintf("mode=0700,size=%d", size)))
	s.Defer(func() { s.Check(syscall.Unmount(dir, syscall.MNT_DETACH)) })
	for path, content := range held {
		s.Check(os.MkdirAll(filepath.Dir(path), 0o700))
		s.Check(os.WriteFile(path, content, 0o600))
	}
}

// readonly DIR makes a folder with all in it read-only, for root too.
func readOnly(s *script, neg bool, args []string) {
	need(s, neg, args, "DIR")
	dir := s.MkAbs(args[0])
	s.Check(syscall.Mount(dir, dir, "", syscall.MS_BIND, ""))
	s.Defer(func() { s.Check(syscall.Unmount(dir, syscall.MNT_DETACH)) })
	s.Check(syscall.Mount("", dir, "", syscall.MS_BIND|syscall.MS_REMOUNT|syscall.MS_RDONLY, ""))
}
