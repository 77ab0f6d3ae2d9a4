package witness

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"unicode"

	"anlan/ground/lang"
	"anlan/store/journal"
)

const (
	answerBytesMax = 128 << 10
	asksMax        = 4 // the size is learnt by the first, and may grow meanwhile
)

// Prover proves that the log at the size of the checkpoint at hand begins with that of size old.
type Prover func(old journal.Position) (journal.Consistency, error)

// Ask asks a witness by HTTP to cosign a checkpoint, and gives the checkpoint with its line, whose signature is checked. Faults:
// ErrAhead, when the witness knows a longer log; ErrForked, ErrOtherHistory; ErrRefused, ErrUnreachable, ErrNotAnAnswer.
func (k Known) Ask(ctx context.Context, client *http.Client, signed string, prove Prover) (string, error) {
	c, err := journal.ParseCheckpoint(signed)
	if err != nil {
		return "", err
	}
	s := Submission{Note: signed}
	for range asksMax {
		status, kind, body, err := k.send(ctx, client, http.MethodPost, addressOf(k.URL, "add-checkpoint"), s.Text())
		if err != nil {
			return "", err
		}
		switch {
		case status == http.StatusOK:
			return k.take(signed, body)
		case status == http.StatusConflict && kind == sizeType:
			n, err := strconv.ParseInt(strings.TrimSuffix(body, "\n"), 10, 64)
			if err != nil || n < 0 {
				return "", ErrNotAnAnswer.Because(err, k.URL, strconv.Quote(body))
			}
			if n > int64(c.Size) {
				return "", ErrAhead.With(k.URL, n, int64(c.Size))
			}
			proof, err := prove(journal.Position(n))
			if err != nil {
				return "", err
			}
			s.Old, s.Path = proof.Old, proof.Path
		case status == http.StatusConflict:
			return "", ErrForked.With(k.URL, int64(c.Size))
		case status == http.StatusUnprocessableEntity:
			return "", ErrOtherHistory.With(k.URL, int64(s.Old), int64(c.Size))
		default:
			return "", ErrRefused.With(k.URL, status, told(body))
		}
	}
	return "", ErrNotAnAnswer.With(k.URL, fmt.Sprintf("409 × %d", asksMax))
}

// take adds the lines of an answer to the checkpoint, once the witness's own is seen to hold.
func (k Known) take(signed, lines string) (string, error) {
	text, _, _ := strings.Cut(signed, "\n\n")
	answered := text + "\n\n" + lines
	_, found, err := k.Key.Cosigned(answered)
	if err == nil && !found {
		err = journal.ErrNotSigned.With(k.Key.Name())
	}
	if err != nil {
		return "", ErrNotAnAnswer.Because(err, k.URL, err)
	}
	return journal.Join(signed, answered)
}

// Newest asks a witness by HTTP for the checkpoint of a log that it cosigned last; found is false when it knows none. Its
// cosignature is checked, the log's own signature is not. Faults: as of Ask.
func (k Known) Newest(ctx context.Context, client *http.Client, origin string) (signed string, found bool, err error) {
	status, _, body, err := k.send(ctx, client, http.MethodGet, addressOf(k.URL, origin, "checkpoint"), "")
	switch {
	case err != nil:
		return "", false, err
	case status == http.StatusNotFound:
		return "", false, nil
	case status != http.StatusOK:
		return "", false, ErrRefused.With(k.URL, status, told(body))
	}
	c, err := journal.ParseCheckpoint(body)
	if err == nil {
		_, found, err = k.Key.Cosigned(body)
	}
	if err == nil && (!found || c.Origin != origin) {
		err = journal.ErrNotSigned.With(k.Key.Name())
	}
	if err != nil {
		return "", false, ErrNotAnAnswer.Because(err, k.URL, err)
	}
	return body, true, nil
}

func (k Known) send(ctx context.Context, client *http.Client, method, address, body string) (status int, kind, answer string, err error) {
	r, err := http.NewRequestWithContext(ctx, method, address, strings.NewReader(body))
	if err != nil {
		return 0, "", "", unreachable(err, k.URL)
	}
	r.Header.Set("Content-Type", textType)
	got, err := client.Do(r)
	if err != nil {
		return 0, "", "", unreachable(err, k.URL)
	}
	defer got.Body.Close()
	b, err := io.ReadAll(io.LimitReader(got.Body, answerBytesMax))
	if err != nil {
		return 0, "", "", unreachable(err, k.URL)
	}
	kind, _, _ = strings.Cut(got.Header.Get("Content-Type"), ";")
	return got.StatusCode, kind, string(b), nil
}

// told is an answer as the last part of a sentence. A witness of this program says it in Chinese, and in the next line in English.
func told(body string) lang.Text {
	zh, en, both := strings.Cut(strings.TrimSpace(body), "\n")
	if !both || strings.Contains(en, "\n") || !strings.ContainsFunc(zh, han) || strings.ContainsFunc(en, han) {
		zh, en = body, body
	}
	return lang.Text{Zh: short(zh), En: short(en)}
}

func han(r rune) bool { return unicode.Is(unicode.Han, r) }

// short is a text in one line, cut off where it is very long.
func short(text string) string {
	const most = 600
	line := strings.Join(strings.Fields(text), " ")
	if len(line) > most {
		line = strings.ToValidUTF8(line[:most], "") + "…"
	}
	return line
}
