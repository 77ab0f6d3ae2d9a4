package scanner_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"log/slog"
	"net"
	"strings"
	"testing"
	"testing/iotest"

	"anlan/app/scanner"
	"anlan/app/scanner/scannertest"
	"anlan/ground/lang"
)

func at(t *testing.T, address string) (scanner.Scanner, *bytes.Buffer) {
	t.Helper()
	var log bytes.Buffer
	s, err := scanner.At(address, slog.New(slog.NewTextHandler(&log, nil)))
	if err != nil {
		t.Fatal(err)
	}
	return s, &log
}

// TestARealScannerRefusesAVirus asks a real clamd, also about files of many pieces and about one that it finds too large.
func TestARealScannerRefusesAVirus(t *testing.T) {
	t.Parallel()
	address, stop := scannertest.Clamd(t)
	s, log := at(t, address)
	for _, clean := range []string{"", "通知", strings.Repeat("x", 64<<10), strings.Repeat("y", 64<<10+1), strings.Repeat("z", 900_000)} {
		if err := s.Scan(t.Context(), "通知.txt", strings.NewReader(clean)); err != nil {
			t.Errorf("%d bytes: %v", len(clean), err)
		}
	}
	if log.Len() > 0 {
		t.Errorf("said of what is in order: %s", log)
	}
	err := s.Scan(t.Context(), "通知.doc", iotest.OneByteReader(strings.NewReader(scannertest.Virus)))
	if !errors.Is(err, scanner.ErrFound) || !strings.Contains(err.Error(), `"通知.doc" was not taken: the virus scanner found `+scannertest.Name) {
		t.Errorf("got %v", err)
	}
	if !strings.Contains(log.String(), scannertest.Name) || strings.Contains(log.String(), "通知") {
		t.Errorf("the log says %s", log)
	}
	if err = s.Scan(t.Context(), "影像.bin", bytes.NewReader(make([]byte, 8*scannertest.StreamBytesMax))); !errors.Is(err, scanner.ErrAway) || !strings.Contains(err.Error(), "size limit exceeded") {
		t.Errorf("got %v", err)
	}
	if version, err := s.Version(t.Context()); err != nil || !strings.HasPrefix(version, "ClamAV ") {
		t.Errorf("it is %q, %v", version, err)
	}
	stop()
	if err = s.Scan(t.Context(), "通知.doc", strings.NewReader("x")); !errors.Is(err, scanner.ErrAway) {
		t.Errorf("with nobody there: %v", err)
	}
}

// peer answers one scan over a real socket as it is told, once it has read what it wants.
func peer(t *testing.T, answer func(c net.Conn)) scanner.Scanner {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	t.Cleanup(func() { l.Close(); <-done })
	go func() {
		defer close(done)
		c, err := l.Accept()
		if err != nil {
			return
		}
		defer c.Close()
		answer(c)
	}()
	s, _ := at(t, "tcp:"+l.Addr().String())
	return s
}

// heard reads a whole stream.
func heard(c net.Conn) (content []byte) {
	if _, err := io.ReadFull(c, make([]byte, len("zINSTREAM\x00"))); err != nil {
		return nil
	}
	for {
		var n uint32
		if binary.Read(c, binary.BigEndian, &n) != nil || n == 0 {
			return content
		}
		piece := make([]byte, n)
		if _, err := io.ReadFull(c, piece); err != nil {
			return nil
		}
		content = append(content, piece...)
	}
}

// TestWhateverIsNoClearAnswerLetsNothingIn: only OK does.
func TestWhateverIsNoClearAnswerLetsNothingIn(t *testing.T) {
	t.Parallel()
	for answer, want := range map[string]error{
		"stream: OK\x00": nil, "stream: Win.Test.A FOUND\x00": scanner.ErrFound, "stream: OK": scanner.ErrAway, "": scanner.ErrAway, "\x00": scanner.ErrAway,
		"stream: Can't allocate memory ERROR\x00": scanner.ErrAway, "UNKNOWN COMMAND\x00": scanner.ErrAway, "stream: OK FOUND\x00": scanner.ErrFound, "HTTP/1.1 200 OK\r\n\r\n": scanner.ErrAway,
		strings.Repeat("x", 1<<20): scanner.ErrAway,
	} {
		got := ""
		s := peer(t, func(c net.Conn) { got = string(heard(c)); _, _ = io.WriteString(c, answer) })
		err := s.Scan(t.Context(), "a.txt", strings.NewReader("内容"))
		if !errors.Is(err, want) || want == nil && err != nil {
			t.Errorf("%.30q: got %v, want %v", answer, err, want)
		}
		if want == nil && got != "内容" {
			t.Errorf("it was sent %q", got)
		}
	}
	hangs := peer(t, func(net.Conn) {})
	if err := hangs.Scan(t.Context(), "a.txt", bytes.NewReader(make([]byte, 8<<20))); !errors.Is(err, scanner.ErrAway) {
		t.Errorf("one that hangs up: %v", err)
	}
	ctx, end := context.WithCancel(t.Context())
	silent := peer(t, func(c net.Conn) { heard(c); end(); _, _ = io.Copy(io.Discard, c) })
	if err := silent.Scan(ctx, "a.txt", strings.NewReader("x")); !errors.Is(err, scanner.ErrAway) {
		t.Errorf("one that says nothing: %v", err)
	}
	broken := errors.New("the line broke")
	if err := peer(t, func(c net.Conn) { heard(c) }).Scan(t.Context(), "a.txt", iotest.ErrReader(broken)); !errors.Is(err, broken) || errors.Is(err, scanner.ErrAway) {
		t.Errorf("of a file that cannot be read: %v", err)
	}
}

func TestAddressesOfScanners(t *testing.T) {
	t.Parallel()
	for _, wrong := range []string{"", "unix:", "unix:clamd.ctl", "/run/clamav/clamd.ctl", "tcp:3310", "tcp:127.0.0.1", "http://127.0.0.1:3310"} {
		if _, err := scanner.At(wrong, slog.New(slog.DiscardHandler)); !errors.Is(err, scanner.ErrBadAddress) {
			t.Errorf("%q: %v", wrong, err)
		}
	}
	if err := (scanner.Scanner{}).Scan(t.Context(), "a", strings.NewReader(scannertest.Virus)); err != nil {
		t.Errorf("no scanner refuses: %v", err)
	}
	if got := scanner.ErrFound.With("甲.doc", "X").In(lang.Chinese); got != "没有接收“甲.doc”：病毒扫描发现X；请在本机查杀后再传" {
		t.Error(got)
	}
}
