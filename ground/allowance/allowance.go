package allowance

import (
	"net/netip"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Rate is how much a key is allowed.
type Rate struct {
	Each    time.Duration // one in this time
	Reserve int           // that may be taken at once after a rest
	Known   int           // keys that are known at a time; 0: 4,096
}

const knownUsual = 4_096

// Of are the allowances of keys. It is safe for concurrent use.
type Of[K comparable] struct {
	rate   Rate
	mu     sync.Mutex
	known  map[K]*rate.Limiter
	others *rate.Limiter // of the keys that are too many to be known
	swept  time.Time
}

// New gives every key its whole reserve.
func New[K comparable](r Rate) *Of[K] {
	if r.Known == 0 {
		r.Known = knownUsual
	}
	o := &Of[K]{rate: r, known: map[K]*rate.Limiter{}}
	o.others = o.fresh()
	return o
}

func (o *Of[K]) fresh() *rate.Limiter {
	return rate.NewLimiter(rate.Every(o.rate.Each), o.rate.Reserve)
}

// Take takes one of a key's allowance, says what is left of it, and whether there was one.
func (o *Of[K]) Take(key K, now time.Time) (left float64, ok bool) {
	x := o.of(key, now)
	ok = x.AllowN(now, 1)
	return max(x.TokensAt(now), 0), ok
}

func (o *Of[K]) of(key K, now time.Time) *rate.Limiter {
	o.mu.Lock()
	defer o.mu.Unlock()
	if x := o.known[key]; x != nil {
		return x
	}
	if len(o.known) >= o.rate.Known && now.Sub(o.swept) >= o.rate.Each {
		o.swept = now
		for k, x := range o.known {
			if x.TokensAt(now) >= float64(o.rate.Reserve) {
				delete(o.known, k)
			}
		}
	}
	if len(o.known) >= o.rate.Known {
		return o.others
	}
	x := o.fresh()
	o.known[key] = x
	return x
}

// Bits of the network that one sender has: a single address of IPv4, and of IPv6 the 64 in which a household or a machine chooses its address as
// it likes.
const (
	bits4 = 32
	bits6 = 64
)

// Source is the network of whoever sends from an address; what is no address is one sender.
func Source(address string) netip.Prefix {
	a, err := netip.ParseAddr(address)
	if err != nil {
		return netip.Prefix{}
	}
	a = a.Unmap().WithZone("")
	bits := bits6
	if a.Is4() {
		bits = bits4
	}
	return netip.PrefixFrom(a, bits).Masked()
}
