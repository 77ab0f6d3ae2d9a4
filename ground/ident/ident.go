// Package ident makes and reads the ids of records and the serial numbers that people read.
//
// An ID is a UUIDv7 (RFC 9562) from an injected clock and random source, so that a seeded run gives the same ids; ids of
// one maker never decrease. Where the time of creation would betray a person (举报) a UUIDv4 is made instead.
// A serial number follows a pattern such as 岳应急罚〔2026〕12号 (GB/T 9704: year in 〔〕, no leading zero, no 第); see
// Pattern. On the ground floor: imports clock, fault and width; anybody may import it.
package ident

import (
	"database/sql/driver"
	"encoding/hex"
	"fmt"
	"io"
	"sync"

	"anlan/ground/clock"
	"anlan/ground/fault"
)

// ID identifies a record. The zero ID is none.
type ID [16]byte

// ErrNotAnID is what Parse says of a text that is none.
var ErrNotAnID = fault.Define("ident.not_an_id", fault.Invalid,
	"“%s”不是记录标识，应形如 0190f3a2-7c1e-7b4d-9a55-3f2d8c6b1e04", "%q is not a record id; expected the form 0190f3a2-7c1e-7b4d-9a55-3f2d8c6b1e04")

// IsZero says whether there is no id.
func (id ID) IsZero() bool { return id == ID{} }

// String is the canonical form, 36 characters; empty for no id.
func (id ID) String() string {
	if id.IsZero() {
		return ""
	}
	var b [36]byte
	hex.Encode(b[:8], id[:4])
	hex.Encode(b[9:13], id[4:6])
	hex.Encode(b[14:18], id[6:8])
	hex.Encode(b[19:23], id[8:10])
	hex.Encode(b[24:], id[10:])
	b[8], b[13], b[18], b[23] = '-', '-', '-', '-'
	return string(b[:])
}

// Parse reads the canonical form, its letters in either case; the empty text is no id.
func Parse(s string) (ID, error) {
	var id ID
	if s == "" {
		return id, nil
	}
	if len(s) != 36 || s[8] != '-' || s[13] != '-' || s[18] != '-' || s[23] != '-' {
		return id, ErrNotAnID.With(s)
	}
	if _, err := hex.Decode(id[:], []byte(s[:8]+s[9:13]+s[14:18]+s[19:23]+s[24:])); err != nil {
		return ID{}, ErrNotAnID.With(s)
	}
	return id, nil
}

// MarshalText and UnmarshalText are the canonical form, for JSON.
func (id ID) MarshalText() ([]byte, error) { return []byte(id.String()), nil }

// UnmarshalText reads the canonical form.
func (id *ID) UnmarshalText(b []byte) (err error) {
	*id, err = Parse(string(b))
	return err
}

// Value stores the id as its text: readable in plain SQL and the same on both databases. No id is NULL.
func (id ID) Value() (driver.Value, error) {
	if id.IsZero() {
		return nil, nil
	}
	return id.String(), nil
}

// Scan reads what Value stored.
func (id *ID) Scan(src any) (err error) {
	switch s := src.(type) {
	case nil:
		*id = ID{}
	case string:
		*id, err = Parse(s)
	case []byte:
		*id, err = Parse(string(s))
	case [16]byte:
		*id = s
	default:
		err = fmt.Errorf("ident: cannot read an id from %T", src)
	}
	return err
}

// Maker makes ids. It is safe for concurrent use.
type Maker struct {
	mu     sync.Mutex
	clock  clock.Clock
	random io.Reader
	last   uint64 // milliseconds <<12 | counter of the newest id
}

// NewMaker makes ids from a clock and a random source.
func NewMaker(c clock.Clock, random io.Reader) *Maker { return &Maker{clock: c, random: random} }

// V7 is a new time-ordered id, greater than every one this maker gave before, even when the clock jumps back.
func (m *Maker) V7() (ID, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var id ID
	if _, err := io.ReadFull(m.random, id[:]); err != nil {
		return ID{}, fmt.Errorf("ident: read random source: %w", err)
	}
	stamp := uint64(max(m.clock.Now().UnixMilli(), 0)) << 12 // a counter of 12 bits in rand_a keeps the order within a millisecond
	if stamp <= m.last {
		stamp = m.last + 1
	}
	m.last = stamp
	ms, n := stamp>>12, stamp&0xfff
	for i := range 6 {
		id[i] = byte(ms >> (40 - 8*i))
	}
	id[6], id[7] = 0x70|byte(n>>8), byte(n)
	id[8] = 0x80 | id[8]&0x3f
	return id, nil
}

// V4 is a new random id that tells nothing of its time.
func (m *Maker) V4() (ID, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var id ID
	if _, err := io.ReadFull(m.random, id[:]); err != nil {
		return ID{}, fmt.Errorf("ident: read random source: %w", err)
	}
	id[6], id[8] = 0x40|id[6]&0x0f, 0x80|id[8]&0x3f
	return id, nil
}
