package scanner

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"log/slog"
	"net"
	"path"
	"strings"
	"time"

	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/ground/reason"
)

// Faults of scanning.
var (
	ErrBadAddress = fault.Define("scanner.bad_address", fault.Invalid,
		"病毒扫描的地址“%s”不对，应形如unix:/run/clamav/clamd.ctl或tcp:127.0.0.1:3310", "the address of the virus scanner, %q, is wrong; expected the form unix:/run/clamav/clamd.ctl or tcp:127.0.0.1:3310")
	ErrFound = fault.Define("scanner.found", fault.Invalid,
		"没有接收“%s”：病毒扫描发现%s；请在本机查杀后再传", "%q was not taken: the virus scanner found %s; clean it on your own machine and send it again")
	ErrAway = fault.Define("scanner.away", fault.Unable,
		"没有接收“%s”：病毒扫描没有给出结论（%s）；请稍后再传，一直这样请告诉管理员", "%q was not taken: the virus scanner came to no conclusion (%s); send it again later, and tell the administrator if it stays so")
)

// Bounds of a scan.
const (
	dialWait       = 5 * time.Second
	scanWait       = 2 * time.Minute
	pieceBytes     = 64 << 10
	answerBytesMax = 4 << 10
)

// Scanner looks at files; the zero value is none. It may be asked by any number of goroutines.
type Scanner struct {
	network, address string
	log              *slog.Logger
}

// At is the scanner at an address. What it finds, and that it is away, is written to the log too, without the names of files. Fault:
// ErrBadAddress.
func At(text string, log *slog.Logger) (Scanner, error) {
	network, address, _ := strings.Cut(text, ":")
	switch network {
	case "unix":
		if path.IsAbs(address) {
			return Scanner{network, address, log}, nil
		}
	case "tcp":
		if host, port, err := net.SplitHostPort(address); err == nil && host != "" && port != "" {
			return Scanner{network, address, log}, nil
		}
	}
	return Scanner{}, ErrBadAddress.With(text)
}

// Present says whether there is a scanner.
func (s Scanner) Present() bool { return s.address != "" }

// Scan reads a file to its end and says whether it may be kept; name is how whoever sends it calls it. Faults: ErrFound, ErrAway.
func (s Scanner) Scan(ctx context.Context, name string, r io.Reader) error {
	if !s.Present() {
		return nil
	}
	answer, err := s.ask(ctx, "zINSTREAM\x00", func(w io.Writer) error { return pieces(w, r) })
	if err != nil {
		if failed, ok := errors.AsType[unread](err); ok {
			return failed.error // not the scanner's fault
		}
		s.log.Error("the virus scanner does not answer, and what is uploaded is refused", "part", "scanner", "error", err.Error())
		return ErrAway.Because(err, name, reason.Of(err))
	}
	says := strings.TrimSpace(strings.TrimPrefix(answer, "stream:"))
	if says == "OK" {
		return nil
	}
	if what, found := strings.CutSuffix(says, " FOUND"); found {
		s.log.Warn("the virus scanner refused an upload", "part", "scanner", "found", what)
		return ErrFound.With(name, what)
	}
	s.log.Error("the virus scanner came to no conclusion", "part", "scanner", "says", says)
	return ErrAway.With(name, lang.Text{Zh: "它说：" + says, En: "it says: " + says})
}

// Version is what the scanner says it is, with the age of its signatures. The zero Scanner says nothing.
func (s Scanner) Version(ctx context.Context) (string, error) {
	if !s.Present() {
		return "", nil
	}
	return s.ask(ctx, "zVERSION\x00", func(io.Writer) error { return nil })
}

// unread is a file that could not be read.
type unread struct{ error }

// ask sends a command and what belongs to it, and gives the one answer.
func (s Scanner) ask(ctx context.Context, command string, send func(io.Writer) error) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, scanWait)
	defer cancel()
	c, err := (&net.Dialer{Timeout: dialWait}).DialContext(ctx, s.network, s.address)
	if err != nil {
		return "", err
	}
	defer c.Close()
	defer context.AfterFunc(ctx, func() { c.Close() })()
	_, sent := io.WriteString(c, command)
	if sent == nil {
		sent = send(c)
	}
	if _, failed := errors.AsType[unread](sent); failed {
		return "", sent
	}
	// A scanner that wants no more says why and hangs up: what it said is read also when sending broke off.
	answer, err := io.ReadAll(io.LimitReader(c, answerBytesMax))
	if ctx.Err() != nil {
		return "", ctx.Err()
	}
	if answer, _, whole := bytes.Cut(answer, []byte{0}); whole {
		return string(answer), nil
	}
	if err = errors.Join(sent, err); err == nil {
		err = io.ErrUnexpectedEOF
	}
	return "", err
}

// pieces sends a file as clamd wants it: each piece behind its length, and at the end an empty one.
func pieces(w io.Writer, r io.Reader) error {
	b := make([]byte, 4+pieceBytes)
	for {
		n, err := io.ReadFull(r, b[4:])
		if n > 0 {
			binary.BigEndian.PutUint32(b, uint32(n))
			if _, err := w.Write(b[:4+n]); err != nil {
				return err
			}
		}
		switch {
		case err == io.EOF || err == io.ErrUnexpectedEOF:
			_, err = w.Write(make([]byte, 4))
			return err
		case err != nil:
			return unread{err}
		}
	}
}
