package webhook

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"strconv"
	"strings"
	"syscall"
	"time"
	"unicode/utf8"

	"anlan/ground/fault"
	"anlan/record"
	"anlan/record/book"
	"anlan/record/content"
	"anlan/store/journal"
)

// event is the body of a letter.
type event struct {
	Type      string    `json:"type"` // hazard.close
	Timestamp time.Time `json:"timestamp"`
	Data      change    `json:"data"`
}

type change struct {
	Kind     string           `json:"kind"`
	ID       string           `json:"id"`
	Version  int64            `json:"version"`
	Action   string           `json:"action"`
	Position journal.Position `json:"position"`
	State    record.State     `json:"state"`
	Unit     string           `json:"unit"`
	Content  json.RawMessage  `json:"content,omitempty"` // absent where it would be too long
}

// contentMax bounds the content in a letter; of longer ones the receiver asks the API.
const contentMax = 256 << 10

// absent says that a record is not there, or not for this reader.
func absent(err error) bool {
	kind, known := fault.KindOf(err)
	return known && (kind == fault.NotFound || kind == fault.Denied)
}

// body writes a letter; concerns is false where the hook may not see what it is about.
func (h *Hooks) body(ctx context.Context, x *taken) (body []byte, concerns bool, err error) {
	err = h.book.Read(ctx, x.reader(), x.at, func(v *book.View) error {
		f, ok, err := h.change(v, x.at)
		if err != nil || !ok {
			return err
		}
		concerns = true
		head := f.kind.Head(f.record)
		e := event{f.entry.Kind + "." + f.entry.Action, f.entry.RecordedAt, change{f.entry.Kind, head.ID.String(), f.entry.Version, f.entry.Action, x.at, head.State, string(head.Unit), nil}}
		if e.Data.Content, err = content.Append(nil, v, f.kind, f.record, nil); err != nil {
			return err
		}
		if len(e.Data.Content) > contentMax {
			e.Data.Content = nil
		}
		body, err = json.Marshal(e)
		return err
	})
	return body, concerns, err
}

// Headers of Standard Webhooks.
const (
	idHeader        = "Webhook-Id"
	timeHeader      = "Webhook-Timestamp"
	signatureHeader = "Webhook-Signature"
)

// Sign is the signature of a letter: v1 and the HMAC-SHA256 of id, time in seconds and body, joined by dots.
func Sign(secret []byte, id string, at time.Time, body []byte) string {
	mac := hmac.New(sha256.New, secret)
	fmt.Fprintf(mac, "%s.%d.", id, at.Unix())
	mac.Write(body)
	return "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// Bounds of a delivery.
const (
	answerWait = 15 * time.Second
	answerRead = 4 << 10
	whyMax     = 200 // characters of what is kept of an answer
)

// send sends a letter and gives the status of the answer; why is empty when it was taken. It is no fault of ours what a receiver does.
func send(ctx context.Context, x *taken, secret, body []byte, now time.Time) (status int, why string) {
	ctx, cancel := context.WithTimeout(ctx, answerWait)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, x.URL, bytes.NewReader(body))
	if err != nil {
		return 0, "no address"
	}
	id := fmt.Sprintf("msg_%s_%d", x.ID, x.at)
	h := r.Header
	h.Set("Content-Type", "application/json")
	h.Set("User-Agent", "Anlan-Webhook")
	h.Set(idHeader, id)
	h.Set(timeHeader, strconv.FormatInt(now.Unix(), 10))
	h.Set(signatureHeader, Sign(secret, id, now, body))
	client := http.Client{Transport: transport(strings.EqualFold(x.OwnHost, r.URL.Hostname()) && x.OwnHost != ""),
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	defer client.CloseIdleConnections()
	resp, err := client.Do(r)
	if err != nil {
		return 0, plain(cause(err))
	}
	defer resp.Body.Close()
	said, _ := io.ReadAll(io.LimitReader(resp.Body, answerRead))
	if resp.StatusCode >= 200 && resp.StatusCode < 300 {
		return resp.StatusCode, ""
	}
	return resp.StatusCode, plain(resp.Status + " " + string(said))
}

// cause is what went wrong without the address, which may have a key in it.
func cause(err error) string {
	for inner := err; inner != nil; inner = errors.Unwrap(inner) {
		if op, ok := inner.(*net.OpError); ok {
			return op.Err.Error()
		}
		if errors.Is(inner, errInside) {
			return errInside.Error()
		}
		err = inner
	}
	return err.Error()
}

// plain cuts what others say to one short line.
func plain(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' || r == utf8.RuneError {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, " "))
	if r := []rune(strings.TrimSpace(s)); len(r) > whyMax {
		s = string(r[:whyMax]) + "…"
	}
	return strings.TrimSpace(s)
}

// errInside: the host of an address turned out to be one of the own networks, which the hook does not name.
var errInside = errors.New("the host is on this machine or in a private network, and the hook does not name it as its own")

// transport connects to where a hook may lead. What the name of a host means is looked at when the connection is made, so that it cannot
// mean something else a moment later. No proxy is asked: it would connect in our place.
func transport(inside bool) *http.Transport {
	d := &net.Dialer{Timeout: answerWait, Control: func(_, address string, _ syscall.RawConn) error {
		at, err := netip.ParseAddrPort(address)
		if err != nil || !reachable(at.Addr().Unmap(), inside) {
			return errInside
		}
		return nil
	}}
	return &http.Transport{DialContext: d.DialContext, TLSHandshakeTimeout: answerWait, MaxResponseHeaderBytes: 64 << 10, DisableKeepAlives: true}
}

var carrierGrade = netip.MustParsePrefix("100.64.0.0/10") // RFC 6598

// reachable says whether a hook may connect to an address: none that means this network, many or nobody, and private ones only where the
// hook names its host.
func reachable(a netip.Addr, inside bool) bool {
	switch {
	case !a.IsValid(), a.IsUnspecified(), a.IsMulticast(), a.IsLinkLocalUnicast():
		return false
	case a.IsLoopback(), a.IsPrivate(), carrierGrade.Contains(a), !a.IsGlobalUnicast():
		return inside
	}
	return true
}
