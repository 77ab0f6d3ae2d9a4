package web

import (
	"net/http"
	"net/netip"
	"strings"
)

// forwarded gives the request as whoever asked made it: behind a proxy that is trusted the address of the client is the last one of
// X-Forwarded-For that no trusted proxy has. What anybody else writes there is not believed,
// nor that somebody else follows the request already (traceparent).
func forwarded(r *http.Request, trusted []netip.Prefix) *http.Request {
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil || !within(peer.Addr(), trusted) {
		if r.Header.Get("Traceparent") != "" {
			r = r.Clone(r.Context())
			r.Header.Del("Traceparent")
		}
		return r
	}
	client := peer.Addr()
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(hops) - 1; i >= 0 && within(client, trusted); i-- {
		hop, err := netip.ParseAddr(strings.TrimSpace(hops[i]))
		if err != nil {
			break // what stands before it cannot be told
		}
		client = hop
	}
	r = r.Clone(r.Context())
	r.RemoteAddr = netip.AddrPortFrom(client.Unmap(), 0).String()
	return r
}

func within(a netip.Addr, of []netip.Prefix) bool {
	a = a.Unmap()
	for _, p := range of {
		if p.Contains(a) {
			return true
		}
	}
	return false
}
