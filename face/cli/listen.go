package cli

import (
	"errors"
	"log/slog"
	"net"

	"anlan/ground/fault"
	"anlan/ground/reason"

	"github.com/coreos/go-systemd/v22/activation"
	"github.com/coreos/go-systemd/v22/daemon"
)

// Faults of listening.
var (
	ErrCannotListen = fault.Define("cli.cannot_listen", fault.Unable,
		"不能在“%s”监听：%s", "cannot listen on %q: %s")
	ErrSockets = fault.Define("cli.sockets", fault.Invalid,
		"systemd交来了%d个套接字，只用1个：请在 .socket 单元里只写一个 ListenStream", "systemd has handed over %d sockets and one is used: name one ListenStream in the .socket unit")
)

// listenAt listens at an address. Fault: ErrCannotListen.
func listenAt(address string) (net.Listener, error) {
	l, err := net.Listen("tcp", address)
	if err != nil {
		return nil, ErrCannotListen.Because(err, address, reason.Of(err))
	}
	return l, nil
}

// listenOrInherit takes the socket that systemd holds for the program, and without one listens at an address. A socket that is held stays
// open while one process ends and the next begins: whoever connects meanwhile waits a moment, and is not refused. Faults: ErrCannotListen,
// ErrSockets.
func listenOrInherit(address string) (net.Listener, error) {
	held, err := activation.Listeners()
	if err != nil {
		return nil, ErrCannotListen.Because(err, "systemd", reason.Of(err))
	}
	switch {
	case len(held) == 0:
		return listenAt(address)
	case len(held) == 1 && held[0] != nil:
		return held[0], nil
	}
	err = ErrSockets.With(len(held))
	for _, l := range held {
		if l != nil {
			err = errors.Join(err, l.Close())
		}
	}
	return nil, err
}

// tell tells systemd how the program stands, where systemd asked for it (Type=notify).
func tell(log *slog.Logger, state string) {
	if _, err := daemon.SdNotify(false, state); err != nil {
		log.Warn("systemd was not told", "state", state, "error", err.Error())
	}
}
