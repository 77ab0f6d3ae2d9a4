package main

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"unsafe"
)

var (
	servedAt = regexp.MustCompile(`http://127\.0\.0\.1:\d+ `)
	firstOf  = regexp.MustCompile(`(?m)^ +([a-z]+) +([a-km-np-z2-9]{4}(?:-[a-km-np-z2-9]{4}){3})\b`)
)

// terminal FILE PROGRAM ARG… runs a program at a terminal of its own, in the folder of the script, until it says at which address it
// serves. There everybody signs in whose first password it printed. Then Ctrl-C is typed, which must end it in status 0; FILE has what
// it said.
func terminal(s *script, neg bool, args []string) {
	if neg || len(args) < 2 {
		s.Fatalf("usage: terminal FILE PROGRAM ARG…")
	}
	person, tty, err := pseudoTerminal()
	s.Check(err)
	defer person.Close()
	c := exec.Command(filepath.Join(s.Getenv("BIN"), args[1]), args[2:]...)
	c.Dir, c.Stdin, c.Stdout, c.Stderr = s.Getenv("WORK"), tty, tty, tty
	c.Env = []string{"PATH=" + s.Getenv("PATH"), "HOME=" + s.Getenv("HOME"), "LANG=" + s.Getenv("LANG"), "USER=tester", "GORACE=" + s.Getenv("GORACE")}
	c.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	s.Check(c.Start())
	tty.Close()
	var said bytes.Buffer
	part := make([]byte, 4096)
	for asked := false; ; {
		n, err := person.Read(part)
		if err != nil {
			break // it has ended
		}
		said.Write(part[:n])
		if at := servedAt.FindString(said.String()); at != "" && !asked {
			asked = true
			people := firstOf.FindAllStringSubmatch(said.String(), -1)
			if len(people) == 0 {
				s.Fatalf("no first password in\n%s", said.String())
			}
			for _, p := range people {
				s.Check(signIn(strings.TrimSpace(at), p[1], p[2]))
			}
			_, err := person.Write([]byte{3}) // Ctrl-C
			s.Check(err)
		}
	}
	if err := c.Wait(); err != nil {
		s.Fatalf("%s: %v\n%s", args[1], err, said.String())
	}
	s.Check(os.WriteFile(s.MkAbs(args[0]), bytes.ReplaceAll(said.Bytes(), []byte("\r\n"), []byte("\n")), 0o644))
}

// signIn signs somebody in who has a first password, and so must change it.
func signIn(at, name, password string) error {
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	defer client.CloseIdleConnections()
	resp, err := client.PostForm(at+"/sign-in", url.Values{"name": {name}, "password": {password}})
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if to := resp.Header.Get("Location"); to != "/account/password" {
		said, _ := io.ReadAll(resp.Body)
		return fmt.Errorf("%s signed in: status %d to %q\n%s", name, resp.StatusCode, to, said)
	}
	return nil
}

// pseudoTerminal makes a terminal: what a person sees and types, and what a program has.
func pseudoTerminal() (person, tty *os.File, err error) {
	if person, err = os.OpenFile("/dev/ptmx", os.O_RDWR, 0); err != nil {
		return nil, nil, err
	}
	var number, locked uint32
	for _, ask := range []struct {
		what uintptr
		in   *uint32
	}{{syscall.TIOCGPTN, &number}, {syscall.TIOCSPTLCK, &locked}} {
		if _, _, errno := syscall.Syscall(syscall.SYS_IOCTL, person.Fd(), ask.what, uintptr(unsafe.Pointer(ask.in))); errno != 0 {
			person.Close()
			return nil, nil, errno
		}
	}
	if tty, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|syscall.O_NOCTTY, 0); err != nil {
		person.Close()
	}
	return person, tty, err
}
