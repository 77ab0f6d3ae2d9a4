package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"syscall"
)

// interrupt SIGNAL FILE PROGRAM ARG… runs a program until it reads a file, sends it TERM or INT there, and sees that it ends in status 2 with
// nothing said but that it was interrupted.
func interrupt(s *script, neg bool, args []string) {
	if neg || len(args) < 3 {
		s.Fatalf("usage: interrupt SIGNAL FILE PROGRAM ARG…")
	}
	signal, known := map[string]syscall.Signal{"TERM": syscall.SIGTERM, "INT": syscall.SIGINT}[args[0]]
	if !known {
		s.Fatalf("no signal %s", args[0])
	}
	file := s.MkAbs(args[1])
	c := exec.Command(filepath.Join(s.Getenv("BIN"), args[2]), args[3:]...)
	c.Dir = s.Getenv("WORK")
	c.Env = []string{"PATH=" + s.Getenv("PATH"), "HOME=" + s.Getenv("HOME"), "LANG=" + s.Getenv("LANG"), "USER=tester", "GORACE=" + s.Getenv("GORACE")}
	var out, errs bytes.Buffer
	c.Stdout, c.Stderr = &out, &errs
	s.Check(c.Start())
	ended := make(chan error, 1)
	go func() { ended <- c.Wait() }()
	for !reading(s, c.Process.Pid, file, signal) {
		select {
		case err := <-ended:
			s.Fatalf("it ended before it read %s: %v\n%s%s", args[1], err, &out, &errs)
		default:
		}
	}
	err := <-ended
	e, ok := errors.AsType[*exec.ExitError](err)
	if want := "anlan: 已中断：没有完成的改动一项也没有写入\n"; !ok || e.ExitCode() != 2 || out.Len() > 0 || errs.String() != want {
		s.Fatalf("got %v, %q, %q", err, &out, &errs)
	}
}

// reading sends the signal and says true once a program has a file open.
func reading(s *script, pid int, file string, signal syscall.Signal) bool {
	open, err := os.ReadDir(fmt.Sprintf("/proc/%d/fd", pid))
	if err != nil { // it has just ended
		return false
	}
	if slices.ContainsFunc(open, func(fd os.DirEntry) bool {
		to, err := os.Readlink(fmt.Sprintf("/proc/%d/fd/%s", pid, fd.Name()))
		return err == nil && to == file
	}) {
		s.Check(syscall.Kill(pid, signal))
		return true
	}
	return false
}
