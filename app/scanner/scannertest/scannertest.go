// Package scannertest runs a real clamd for tests (ClamAV), with signatures made by hand, so that nothing is fetched. It knows one file, that
// which every scanner of the world takes for a virus by agreement, and is harmless: Virus.
//
// Only tests import it.
package scannertest

import (
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// Virus is the test file of EICAR. It stands here in pieces, or a scanner would take this file away.
var Virus = `X5O!P%@AP[4\PZX54(P^)7CC)7}$` + "EICAR-STANDARD-" + "ANTIVIRUS-TEST-FILE!$H+H*"

// Name is what clamd calls it.
const Name = "Test.Virus"

// signatures is the hash of that file and its size.
const signatures = "44d88612fea8a8f36de82e1278abb02f:68:" + Name + "\n"

// StreamBytesMax is the size from which this clamd takes no more.
const StreamBytesMax = 1 << 20

// Clamd starts a clamd and gives its address. Without the program the test is skipped, or fails where ANLAN_REQUIRE names clamd; stop ends it
// before the test does.
func Clamd(t *testing.T) (address string, stop func()) {
	t.Helper()
	program, err := exec.LookPath("clamd")
	if err != nil {
		if strings.Contains(os.Getenv("ANLAN_REQUIRE"), "clamd") {
			t.Fatal("required: clamd is not installed")
		}
		t.Skip("SKIPPED: clamd is not installed, so nothing was scanned for viruses")
	}
	dir, err := os.MkdirTemp("", "clamd") // the path of a socket is short
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	socket := filepath.Join(dir, "s")
	settings := fmt.Sprintf("Foreground yes\nLocalSocket %s\nDatabaseDirectory %s\nTemporaryDirectory %s\nStreamMaxLength %d\nMaxThreads 2\n", socket, dir, dir, StreamBytesMax)
	for name, text := range map[string]string{"test.hdb": signatures, "clamd.conf": settings} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	ctx, end := context.WithCancel(t.Context())
	c := exec.CommandContext(ctx, program, "--config-file", filepath.Join(dir, "clamd.conf"))
	c.Stderr = t.Output()
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	stop = sync.OnceFunc(func() { end(); _ = c.Wait() }) // it is killed
	t.Cleanup(stop)
	wait, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	for {
		conn, err := (&net.Dialer{}).DialContext(wait, "unix", socket)
		if err == nil {
			conn.Close()
			return "unix:" + socket, stop
		}
		if wait.Err() != nil {
			t.Fatalf("clamd does not answer: %v", err)
		}
		moment, over := context.WithTimeout(wait, 20*time.Millisecond)
		<-moment.Done()
		over()
	}
}
