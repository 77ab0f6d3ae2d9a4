package journal_test

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"strings"
	"testing"
	"time"

	"anlan/store"
	"anlan/store/journal"
	"anlan/store/storetest"
)

// TestACosignatureIsWhatTheStandardSays takes a line apart by hand, as C2SP tlog-cosignature and signed-note describe it.
func TestACosignatureIsWhatTheStandardSays(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t, store.SQLite)
	note := newBook(t, db, 8)[0]
	k := testKey(t, 7)
	at := time.Date(2026, 3, 2, 9, 30, 15, 987654, time.UTC)
	whole, line, err := k.Cosign(note, at)
	if err != nil {
		t.Fatal(err)
	}
	if whole != note+line {
		t.Errorf("the checkpoint became\n%s", whole)
	}
	vkey := strings.Split(k.Cosigner().String(), "+")
	key, err := base64.StdEncoding.DecodeString(strings.Join(vkey[2:], "+"))
	if err != nil || len(key) != 33 || key[0] != 4 || vkey[0] != "anlan-test" {
		t.Fatalf("the key is %q, %v", vkey, err)
	}
	encoded, ok := strings.CutPrefix(strings.TrimSuffix(line, "\n"), "— anlan-test ")
	b, err := base64.StdEncoding.DecodeString(encoded)
	if !ok || err != nil || len(b) != 4+8+64 {
		t.Fatalf("the line is %q", line)
	}
	id := sha256.Sum256(append([]byte("anlan-test\n\x04"), key[1:]...))
	if string(b[:4]) != string(id[:4]) {
		t.Errorf("the id is %x, want %x", b[:4], id[:4])
	}
	if got := int64(binary.BigEndian.Uint64(b[4:])); got != at.Unix() {
		t.Errorf("the time is %d, want %d", got, at.Unix())
	}
	text, _, _ := strings.Cut(note, "\n\n")
	if !ed25519.Verify(key[1:], []byte("cosignature/v1\ntime 1772443815\n"+text+"\n"), b[12:]) {
		t.Error("the signature is not over header, time and text")
	}
	got, found, err := k.Cosigner().Cosigned(whole)
	if err != nil || !found || !got.Equal(at.Truncate(time.Second)) {
		t.Errorf("cosigned at %v, %v, %v", got, found, err)
	}
	if c, err := testKey(t, 1).Public().Open(whole); err != nil || c.Size != 8 {
		t.Errorf("the log's own signature: %v, %v", c, err)
	}
}

func TestACosignatureOfAnotherIsNone(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t, store.SQLite)
	notes := newBook(t, db, 8, 9)
	k, other := testKey(t, 7), testKey(t, 8)
	whole, line, err := k.Cosign(notes[0], start)
	if err != nil {
		t.Fatal(err)
	}
	if _, found, err := other.Cosigner().Cosigned(whole); found || err != nil {
		t.Errorf("another witness: %v, %v", found, err)
	}
	if _, found, err := k.Cosigner().Cosigned(notes[0]); found || err != nil {
		t.Errorf("no line: %v, %v", found, err)
	}
	if _, _, err := k.Cosigner().Cosigned(notes[1] + line); !errors.Is(err, journal.ErrCosignatureForged) {
		t.Errorf("the line of another checkpoint: %v", err)
	}
	again, line2, err := k.Cosign(whole, start.Add(time.Hour))
	if err != nil || again != notes[0]+line2 {
		t.Errorf("cosigned again: %v\n%s", err, again)
	}
	if joined, err := journal.Join(whole, again, notes[0]); err != nil || joined != whole {
		t.Errorf("joined: %v\n%s", err, joined)
	}
	second, _, err := other.Cosign(notes[0], start)
	if err != nil {
		t.Fatal(err)
	}
	if joined, err := journal.Join(whole, second); err != nil || strings.Count(joined, "— ") != 3 {
		t.Errorf("joined: %v\n%s", err, joined)
	}
	if _, err := journal.Join(whole, notes[1]); !errors.Is(err, journal.ErrOtherCheckpoint) {
		t.Errorf("of two checkpoints: %v", err)
	}
}

func TestTheKeyOfAWitnessIsWrittenInOneWay(t *testing.T) {
	t.Parallel()
	k := testKey(t, 7)
	text := k.Cosigner().String()
	if got, err := journal.ParseCosigner(text + "\n"); err != nil || got.String() != text || !got.Is(k.Cosigner()) {
		t.Errorf("%v, %v", got, err)
	}
	name, rest, _ := strings.Cut(text, "+")
	for what, text := range map[string]string{
		"nothing": "", "another name": "x" + name + "+" + rest, "no name": "+" + rest, "a log's key": k.Public().String(),
		"a blank in it": name + " x+" + rest, "cut": text[:len(text)-4],
	} {
		if _, err := journal.ParseCosigner(text); !errors.Is(err, journal.ErrNotACosigner) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

// TestTheBookKeepsCosignatures: they come back after the checkpoint was given out, and stay with it; verification takes no notice.
func TestTheBookKeepsCosignatures(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, db *store.DB) {
		notes := newBook(t, db, 8)
		whole, _, err := testKey(t, 7).Cosign(notes[0], start)
		if err != nil {
			t.Fatal(err)
		}
		inTx(t, db, func(tx *store.Tx) error {
			kept, err := journal.Keep(tx, whole)
			if kept != whole {
				t.Errorf("kept %s", kept)
			}
			return err
		})
		read(t, db, func(tx *store.Tx) error {
			kept, _, err := journal.LastSealed(tx)
			if kept != whole {
				t.Errorf("kept %s", kept)
			}
			return err
		})
		if v := verify(t, db, whole); !v.Sound() || v.Checkpoints != 2 {
			t.Errorf("%d, %v", v.Checkpoints, v.Findings)
		}
	})
}
