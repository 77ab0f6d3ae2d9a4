//go:build unix

package journey_test

import (
	"io"
	"net"
	"net/http"
	"syscall"
	"testing"
	"time"

	"anlan/app"
	"anlan/store"
	"anlan/store/storetest"
)

// TestSlowClientsAreCutOffAndHoldNobodyUp: two hundred connections say the beginning of a request and then nothing. Meanwhile others are
// answered, and after ten seconds the slow ones are gone.
func TestSlowClientsAreCutOffAndHoldNobodyUp(t *testing.T) {
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
	child := h.start()
	began := time.Now()
	var slow []net.Conn
	for range 200 {
		c, err := net.Dial("tcp", h.socket.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		if _, err := io.WriteString(c, "GET /readyz HTTP/1.1\r\nHost: anlan\r\nX-Slow: "); err != nil {
			t.Fatal(err)
		}
		slow = append(slow, c)
	}
	for range 20 {
		resp, err := http.Get("http://" + h.socket.Addr().String() + "/readyz")
		if err != nil || resp.StatusCode != 200 {
			t.Fatalf("beside slow ones: %v %v", resp, err)
		}
		resp.Body.Close()
	}
	if waited := time.Since(began); waited > 8*time.Second {
		t.Errorf("others waited %v", waited)
	}
	for _, c := range slow {
		if err := c.SetReadDeadline(began.Add(time.Minute)); err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(io.Discard, c); err != nil {
			if timeout, ok := err.(net.Error); ok && timeout.Timeout() {
				t.Fatalf("a slow connection still stands after %v", time.Since(began))
			}
		}
	}
	t.Logf("cut off after %v", time.Since(began))
	if err := child.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := child.Wait(); err != nil {
		t.Error(err)
	}
}
