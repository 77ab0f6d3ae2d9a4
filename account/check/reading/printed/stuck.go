package printed

import "sync"

// stuckness counts a file among those given up while its call still goes on, however the two happen to follow each other.
type stuckness struct {
	mu           sync.Mutex
	begun, ended bool
}

func (s *stuckness) begin() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.begun = !s.ended; s.begun {
		givenUp.Add(1)
	}
}

func (s *stuckness) end() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ended = true; s.begun {
		givenUp.Add(-1)
	}
}
