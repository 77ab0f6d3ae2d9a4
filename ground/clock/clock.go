// Package clock is where time enters the house. Nothing else calls time.Now, so a year can be tested in a second.
//
// Instants are UTC to the microsecond. The bureau's day is that of Asia/Shanghai (package period).
// On the ground floor: imports nothing of the house; anybody may import it.
package clock

import (
	"sync"
	"time"
)

// Clock tells the time.
type Clock interface {
	// Now is the present instant in UTC, truncated to the microsecond.
	Now() time.Time
}

// System is the machine's clock.
type System struct{}

// Now reads the machine's clock.
func (System) Now() time.Time { return time.Now().UTC().Truncate(time.Microsecond) }

// Stepped is a clock for tests and for the demo: each reading advances it by Step.
type Stepped struct {
	mu   sync.Mutex
	at   time.Time
	step time.Duration
}

// NewStepped starts a clock at an instant; every Now gives it and then moves on by step (which may be 0).
func NewStepped(at time.Time, step time.Duration) *Stepped {
	return &Stepped{at: at.UTC().Truncate(time.Microsecond), step: step}
}

// Now gives the present instant and steps.
func (c *Stepped) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	t := c.at
	c.at = c.at.Add(c.step)
	return t
}

// Set moves the clock, forward or back.
func (c *Stepped) Set(at time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = at.UTC().Truncate(time.Microsecond)
}
