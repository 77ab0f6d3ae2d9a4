//go:build unix

package journey_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"anlan/app"
	"anlan/store"
	"anlan/store/storetest"
)

// holder is what systemd is to the program: it holds the socket, starts the program with it, and is told how it stands.
type holder struct {
	*testing.T
	data   string
	socket *net.TCPListener // nobody accepts here
	notify *net.UnixConn
	path   string
}

func newHolder(t *testing.T, data string) *holder {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	h := &holder{T: t, data: data, socket: l.(*net.TCPListener), path: filepath.Join(t.TempDir(), "n")}
	h.notify, err = net.ListenUnixgram("unixgram", &net.UnixAddr{Name: h.path, Net: "unixgram"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { h.notify.Close() })
	return h
}

// start starts the program and waits until it says that it answers.
func (h *holder) start() *exec.Cmd {
	h.Helper()
	binary, err := os.Executable()
	if err != nil {
		h.Fatal(err)
	}
	f, err := h.socket.File()
	if err != nil {
		h.Fatal(err)
	}
	defer f.Close()
	child := exec.CommandContext(h.Context(), "sh", "-c", `LISTEN_PID=$$ LISTEN_FDS=1 exec "$0"`, binary)
	child.Env = append(os.Environ(), envServe+"="+h.data, "NOTIFY_SOCKET="+h.path)
	child.ExtraFiles = []*os.File{f}
	child.Stderr = h.Output()
	if err := child.Start(); err != nil {
		h.Fatal(err)
	}
	h.told("READY=1")
	return child
}

// told waits until the program says how it stands.
func (h *holder) told(want string) {
	h.Helper()
	if err := h.notify.SetReadDeadline(time.Now().Add(time.Minute)); err != nil {
		h.Fatal(err)
	}
	b := make([]byte, 256)
	n, err := h.notify.Read(b)
	if err != nil || string(b[:n]) != want {
		h.Fatalf("the program said %q, want %q: %v", b[:n], want, err)
	}
}

// begin sends half a form and returns when somebody reads it.
func (h *holder) begin() (c net.Conn, answer *bufio.Reader) {
	h.Helper()
	c, err := net.Dial("tcp", h.socket.Addr().String())
	if err != nil {
		h.Fatal(err)
	}
	h.Cleanup(func() { c.Close() })
	fmt.Fprint(c, "POST /language HTTP/1.1\r\nHost: anlan\r\nContent-Type: application/x-www-form-urlencoded\r\nSec-Fetch-Site: same-origin\r\nExpect: 100-continue\r\nContent-Length: 16\r\n\r\n")
	answer = bufio.NewReader(c)
	if line, err := answer.ReadString('\n'); err != nil || !strings.Contains(line, "100 Continue") {
		h.Fatalf("the form was not asked for: %q %v", line, err)
	}
	if _, err := answer.ReadString('\n'); err != nil {
		h.Fatal(err)
	}
	fmt.Fprint(c, "lang=en&")
	return c, answer
}

// TestARestartRefusesNobody: while one process ends and the next begins, every request is answered: one that is under way by the process
// that took it, those that come meanwhile by the next. They are asked one connection each, so that none is tried again unseen.
func TestARestartRefusesNobody(t *testing.T) {
	t.Parallel()
	o := storetest.Migrated(t, store.SQLite)
	a, err := app.Init(t.Context(), app.Options{Data: o.Dir}, admin, "岳阳市应急管理局", "430600")
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	h := newHolder(t, o.Dir)
	old := h.start()

	var answered atomic.Int64
	var asking sync.WaitGroup
	enough := make(chan struct{})
	ended := sync.OnceFunc(func() { close(enough); asking.Wait() })
	t.Cleanup(ended)
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}, Timeout: time.Minute}
	for range 4 {
		asking.Go(func() {
			for {
				select {
				case <-enough:
					return
				default:
				}
				resp, err := client.Get("http://" + h.socket.Addr().String() + "/readyz")
				if err != nil {
					t.Errorf("after %d answers: %v", answered.Load(), err)
					return
				}
				body, err := io.ReadAll(resp.Body)
				resp.Body.Close()
				if err != nil || resp.StatusCode != 200 || string(body) != "ok\n" {
					t.Errorf("after %d answers: %d %q %v", answered.Load(), resp.StatusCode, body, err)
					return
				}
				answered.Add(1)
			}
		})
	}
	for round := range 3 {
		half, answer := h.begin()
		if err := old.Process.Signal(syscall.SIGTERM); err != nil {
			t.Fatal(err)
		}
		h.told("STOPPING=1")
		fmt.Fprint(half, "back=%2F") // what is missing of the form
		resp, err := http.ReadResponse(answer, nil)
		if err != nil || resp.StatusCode != 303 || resp.Header.Get("Set-Cookie") == "" {
			t.Fatalf("round %d: the request under way was answered %v: %v", round, resp, err)
		}
		if _, err := io.ReadAll(resp.Body); err != nil {
			t.Errorf("round %d: the answer is not whole: %v", round, err)
		}
		half.Close()
		if err := old.Wait(); err != nil {
			t.Fatalf("round %d: the process that ended said %v", round, err)
		}
		before := answered.Load()
		old = h.start()
		for until := time.Now().Add(time.Minute); answered.Load() < before+20; {
			if t.Failed() || time.Now().After(until) {
				t.Fatalf("round %d: the next process answered %d", round, answered.Load()-before)
			}
			time.Sleep(time.Millisecond)
		}
	}
	ended()
	t.Logf("%d requests, none refused", answered.Load())
	if err := old.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := old.Wait(); err != nil {
		t.Errorf("the last process said %v", err)
	}
}
