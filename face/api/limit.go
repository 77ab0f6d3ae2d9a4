package api

import (
	"fmt"
	"math"
	"net/http"
	"strconv"
	"sync"
	"time"

	"anlan/ground/fault"
	"anlan/ground/ident"

	"golang.org/x/time/rate"
)

const (
	perSecondUsual = 50
	burstSeconds   = 2     // that a token may ask for at once
	tokensKnown    = 4_096 // before those that ask for nothing are forgotten
)

// ErrTooFast says that a token asks for more than it may.
var ErrTooFast = fault.Define("api.too_fast", fault.TooLarge,
	"请求太快：每个令牌每秒%d次，请%d秒后再试", "too many requests: %d a second for each token; try again in %d seconds")

// limits keep one program from taking what others need: of each token so many requests a second, in this process.
type limits struct {
	perSecond int
	mu        sync.Mutex
	of        map[ident.ID]*rate.Limiter
}

func newLimits(perSecond int) *limits {
	if perSecond == 0 {
		perSecond = perSecondUsual
	}
	return &limits{perSecond: perSecond, of: map[ident.ID]*rate.Limiter{}}
}

func (l *limits) burst() int { return l.perSecond * burstSeconds }

// take counts a request of a token and says in the headers what is left. Fault: ErrTooFast.
func (l *limits) take(token ident.ID, now time.Time, h http.Header) error {
	x := l.limiter(token, now)
	allowed := x.AllowN(now, 1)
	left := max(x.TokensAt(now), 0)
	full := int(math.Ceil((float64(l.burst()) - left) / float64(l.perSecond)))
	h.Set("RateLimit-Policy", fmt.Sprintf(`"token";q=%d;w=%d`, l.burst(), burstSeconds))
	h.Set("RateLimit", fmt.Sprintf(`"token";r=%d;t=%d`, int(left), full))
	if allowed {
		return nil
	}
	const wait = 1 // a second brings perSecond requests
	h.Set("Retry-After", strconv.Itoa(wait))
	return ErrTooFast.With(l.perSecond, wait)
}

func (l *limits) limiter(token ident.ID, now time.Time) *rate.Limiter {
	l.mu.Lock()
	defer l.mu.Unlock()
	if x := l.of[token]; x != nil {
		return x
	}
	if len(l.of) >= tokensKnown {
		for id, x := range l.of {
			if x.TokensAt(now) >= float64(l.burst()) {
				delete(l.of, id)
			}
		}
	}
	x := rate.NewLimiter(rate.Limit(l.perSecond), l.burst())
	l.of[token] = x
	return x
}
