package web

import (
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
)

func TestOnlyATrustedProxySaysWhoAsks(t *testing.T) {
	t.Parallel()
	trusted := []netip.Prefix{netip.MustParsePrefix("10.1.0.0/16"), netip.MustParsePrefix("fd00::/8")}
	for _, c := range []struct{ peer, hops, want string }{
		{"192.0.2.7:4000", "203.0.113.9", "192.0.2.7"},                          // a stranger who says to be somebody else
		{"10.1.2.3:4000", "203.0.113.9", "203.0.113.9"},                         //
		{"[::ffff:10.1.2.3]:4000", "203.0.113.9", "203.0.113.9"},                // the same proxy, by a socket of both kinds
		{"10.1.2.3:4000", "198.51.100.1, 203.0.113.9", "203.0.113.9"},           // what the client wrote itself comes first
		{"10.1.2.3:4000", "198.51.100.1, 203.0.113.9, 10.1.9.9", "203.0.113.9"}, // two proxies
		{"10.1.2.3:4000", "198.51.100.1|203.0.113.9", "203.0.113.9"},            // in two headers
		{"10.1.2.3:4000", "", "10.1.2.3"},
		{"10.1.2.3:4000", "203.0.113.9, unknown", "10.1.2.3"},
		{"10.1.2.3:4000", "unknown, 10.1.9.9", "10.1.9.9"},
		{"[fd00::1]:4000", "2001:db8::5", "2001:db8::5"},
		{"@", "203.0.113.9", "@"}, // a socket of the machine
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.RemoteAddr = c.peer
		for h := range strings.SplitSeq(c.hops, "|") {
			if h != "" {
				r.Header.Add("X-Forwarded-For", h)
			}
		}
		r.Header.Set("Traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
		kept := forwarded(r.Clone(t.Context()), trusted).Header.Get("Traceparent") != ""
		if peer, err := netip.ParseAddrPort(c.peer); kept != (err == nil && within(peer.Addr(), trusted)) {
			t.Errorf("from %s: who follows the request is believed: %v", c.peer, kept)
		}
		if got := address(forwarded(r, trusted)); got != c.want {
			t.Errorf("from %s for %q: %s, want %s", c.peer, c.hops, got, c.want)
		}
		if got := address(forwarded(r, nil)); got != address(r) {
			t.Errorf("without a trusted proxy %s became %s", c.peer, got)
		}
	}
}
