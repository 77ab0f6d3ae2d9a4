package journal

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"

	"anlan/ground/lang"
)

// Cosigner is the public key of a witness (见证人): it checks the lines that the witness adds to checkpoints (C2SP
// tlog-cosignature, Ed25519). Its text is "name+id+base64(4 ‖ key)". The zero cosigner finds nothing.
type Cosigner struct {
	name string
	id   uint32
	key  ed25519.PublicKey
}

const (
	cosigning         = 4 // the kind of key, by C2SP signed-note
	cosignatureHeader = "cosignature/v1\n"
	stampBytes        = 8
)

func newCosigner(name string, key ed25519.PublicKey) Cosigner {
	sum := sha256.Sum256(append([]byte(name+"\n"), typed(key)...))
	return Cosigner{name, binary.BigEndian.Uint32(sum[:]), key}
}

func typed(key ed25519.PublicKey) []byte { return append([]byte{cosigning}, key...) }

// Cosigner is the half of a witness's key that others are given.
func (k *Key) Cosigner() Cosigner { return newCosigner(k.Name(), k.point) }

// ParseCosigner reads the text form; the inverse of String. Fault: ErrNotACosigner.
func ParseCosigner(text string) (Cosigner, error) {
	text = strings.TrimSpace(text)
	name, rest, _ := strings.Cut(text, "+")
	_, encoded, _ := strings.Cut(rest, "+")
	b, err := base64.StdEncoding.Strict().DecodeString(encoded)
	if err != nil || len(b) != 1+ed25519.PublicKeySize || b[0] != cosigning {
		return Cosigner{}, ErrNotACosigner.Because(err, text)
	}
	c := newCosigner(name, b[1:])
	if _, err := note.NewEd25519VerifierKey(name, c.key); err != nil || name == "" || strings.ContainsAny(name, " \t\n") || c.String() != text {
		return Cosigner{}, ErrNotACosigner.Because(err, text)
	}
	return c, nil
}

// String is the text form, in one line without its end.
func (c Cosigner) String() string {
	return fmt.Sprintf("%s+%08x+%s", c.name, c.id, base64.StdEncoding.EncodeToString(typed(c.key)))
}

// Name is the witness's name.
func (c Cosigner) Name() string { return c.name }

// Is says whether two cosigners sign by the same key, whatever they are called.
func (c Cosigner) Is(other Cosigner) bool { return c.key.Equal(other.key) }

// KeyHash is the id of the key, as it stands before each signature.
func (c Cosigner) KeyHash() uint32 { return c.id }

// Verify checks one signature, which begins with its time.
func (c Cosigner) Verify(text, signature []byte) bool {
	if len(signature) != stampBytes+ed25519.SignatureSize {
		return false
	}
	at := binary.BigEndian.Uint64(signature)
	return at <= math.MaxInt64 && ed25519.Verify(c.key, cosigned(int64(at), string(text)), signature[stampBytes:])
}

// cosigned is what a witness signs: the text of the checkpoint below the time.
func cosigned(at int64, text string) []byte {
	return fmt.Appendf(nil, "%stime %d\n%s", cosignatureHeader, at, text)
}

// Cosign gives a checkpoint with the line that a witness adds to it, and the line: that it has seen no larger one of this log
// until then, and that this one goes on from those before. Whether that is so is for package witness to find out. Seconds of
// at are kept; an earlier line in the name of the key gives way. Fault: ErrNotACheckpoint.
func (k *Key) Cosign(signed string, at time.Time) (whole, line string, err error) {
	text, lines, err := splitNote(signed)
	if err != nil {
		return "", "", err
	}
	if at.Unix() < 0 {
		return "", "", fmt.Errorf("journal: cosigned before 1970")
	}
	signature, err := k.signer.Sign(cosigned(at.Unix(), text))
	if err != nil {
		return "", "", fmt.Errorf("journal: cosign: %w", err)
	}
	by := k.Cosigner()
	b := binary.BigEndian.AppendUint32(nil, by.id)
	b = binary.BigEndian.AppendUint64(b, uint64(at.Unix()))
	line = signaturePrefix + by.name + " " + base64.StdEncoding.EncodeToString(append(b, signature...)) + "\n"
	lines = slices.DeleteFunc(lines, func(l string) bool { return signerIn(l) == signerIn(line) })
	whole = text + "\n" + strings.Join(lines, "") + line
	_, _, err = splitNote(whole)
	return whole, line, err
}

// Cosigned says whether the witness has cosigned a checkpoint, and when. The signature of the log is not looked at.
// Faults: ErrCosignatureForged, when a line in the name of this key is not its own; ErrNotACheckpoint.
func (c Cosigner) Cosigned(signed string) (at time.Time, found bool, err error) {
	if _, _, err := splitNote(signed); err != nil {
		return at, false, err
	}
	opened, err := note.Open([]byte(signed), note.VerifierList(c))
	if _, unsigned := errors.AsType[*note.UnverifiedNoteError](err); unsigned {
		return at, false, nil
	}
	if err != nil {
		return at, false, ErrCosignatureForged.Because(err, c.name)
	}
	b, err := base64.StdEncoding.DecodeString(opened.Sigs[0].Base64)
	if err != nil {
		return at, false, fmt.Errorf("journal: cosignature of %s: %w", c.name, err)
	}
	return time.Unix(int64(binary.BigEndian.Uint64(b[4:])), 0).UTC(), true, nil
}

const signaturePrefix = "— "

// signaturesMax bounds the lines of a note: more are not read by others.
const signaturesMax = 100

// splitNote takes a checkpoint apart into what is signed and the lines below it. A checkpoint's text has no empty line.
func splitNote(signed string) (text string, lines []string, err error) {
	if _, err := ParseCheckpoint(signed); err != nil {
		return "", nil, err
	}
	text, below, _ := strings.Cut(signed, "\n\n")
	if !strings.HasSuffix(below, "\n") {
		return "", nil, ErrNotACheckpoint.With(lang.Of("最后一行没有换行", "the last line does not end"))
	}
	lines = strings.SplitAfter(below, "\n")
	lines = lines[:len(lines)-1]
	for _, l := range lines {
		if !strings.HasPrefix(l, signaturePrefix) {
			return "", nil, ErrNotACheckpoint.With(lang.Of("空行以下不是签名", "what stands below the empty line is no signature"))
		}
	}
	if len(lines) > signaturesMax {
		return "", nil, ErrNotACheckpoint.With(lang.Of("签名太多", "too many signatures"))
	}
	return text + "\n", lines, nil
}

// Join adds to a checkpoint the signatures that other copies of it bear; each signer's first is kept. Nothing is checked
// here but the form. Faults: ErrNotACheckpoint; ErrOtherCheckpoint, when the copies are not of one checkpoint.
func Join(signed string, others ...string) (string, error) {
	text, lines, err := splitNote(signed)
	if err != nil {
		return "", err
	}
	have := map[string]bool{}
	for _, l := range lines {
		have[signerIn(l)] = true
	}
	for _, other := range others {
		same, more, err := splitNote(other)
		switch {
		case err != nil:
			return "", err
		case same != text:
			return "", ErrOtherCheckpoint.With(oneLine(text), oneLine(same))
		}
		for _, l := range more {
			if !have[signerIn(l)] {
				have[signerIn(l)] = true
				lines = append(lines, l)
			}
		}
	}
	whole := text + "\n" + strings.Join(lines, "")
	_, _, err = splitNote(whole)
	return whole, err
}

// signerIn is the name and key id of a signature line.
func signerIn(line string) string {
	name, encoded, _ := strings.Cut(strings.TrimPrefix(line, signaturePrefix), " ")
	return name + " " + encoded[:min(len(encoded), 5)] // 30 of the 32 bits
}

func oneLine(text string) string {
	return strings.Join(strings.Split(strings.TrimSpace(text), "\n"), " ")
}
