package api

import (
	"fmt"
	"math"
	"net/http"
	"strconv"
	"time"

	"anlan/ground/allowance"
	"anlan/ground/fault"
	"anlan/ground/ident"
)

const (
	perSecondUsual = 50
	burstSeconds   = 2 // that a token may ask for at once
)

// ErrTooFast says that a token asks for more than it may.
var ErrTooFast = fault.Define("api.too_fast", fault.TooLarge,
	"请求太快：每个令牌每秒%d次，请%d秒后再试", "too many requests: %d a second for each token; try again in %d seconds")

// limits keep one program from taking what others need: of each token so many requests a second, in this process.
type limits struct {
	perSecond int
	of        *allowance.Of[ident.ID]
}

func newLimits(perSecond int) *limits {
	if perSecond == 0 {
		perSecond = perSecondUsual
	}
	return &limits{perSecond, allowance.New[ident.ID](allowance.Rate{Each: time.Second / time.Duration(perSecond), Reserve: perSecond * burstSeconds})}
}

// take counts a request of a token and says in the headers what is left. Fault: ErrTooFast.
func (l *limits) take(token ident.ID, now time.Time, h http.Header) error {
	left, allowed := l.of.Take(token, now)
	burst := l.perSecond * burstSeconds
	full := int(math.Ceil((float64(burst) - left) / float64(l.perSecond)))
	h.Set("RateLimit-Policy", fmt.Sprintf(`"token";q=%d;w=%d`, burst, burstSeconds))
	h.Set("RateLimit", fmt.Sprintf(`"token";r=%d;t=%d`, int(left), full))
	if allowed {
		return nil
	}
	const wait = 1 // a second brings perSecond requests
	h.Set("Retry-After", strconv.Itoa(wait))
	return ErrTooFast.With(l.perSecond, wait)
}
