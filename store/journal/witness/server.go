package witness

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/ground/reason"
)

const (
	submissionBytesMax = 128 << 10
	sizeType           = "text/x.tlog.size"
	textType           = "text/plain; charset=utf-8"
)

// Handler serves a witness by HTTP:
//
//	POST /add-checkpoint      a Submission; the answer is the witness's line (C2SP tlog-witness)
//	GET  /ORIGIN/checkpoint   the checkpoint of a log that was cosigned last, ORIGIN escaped as one part of a path
//	GET  /                    the witness's public key
//
// A refusal is a line in each language. now is the clock; what fails inside goes to logger and is not told.
func (w *Witness) Handler(now func() time.Time, logger *slog.Logger) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /add-checkpoint", func(out http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(http.MaxBytesReader(out, r.Body, submissionBytesMax))
		if err != nil {
			w.refuse(out, logger, ErrNotASubmission.Because(err, said("没有读完，或超过%d KiB", "not read whole, or larger than %d KiB", submissionBytesMax>>10)))
			return
		}
		s, err := ParseSubmission(string(body))
		if err != nil {
			w.refuse(out, logger, err)
			return
		}
		_, line, err := w.Cosign(s, now())
		if err != nil {
			w.refuse(out, logger, err)
			return
		}
		answer(out, http.StatusOK, textType, line)
	})
	mux.HandleFunc("GET /{origin}/checkpoint", func(out http.ResponseWriter, r *http.Request) {
		l, err := w.log(r.PathValue("origin"))
		switch {
		case err != nil:
			w.refuse(out, logger, err)
		case l.count == 0:
			answer(out, http.StatusNotFound, textType, "")
		default:
			answer(out, http.StatusOK, textType, l.Note)
		}
	})
	mux.HandleFunc("GET /{$}", func(out http.ResponseWriter, _ *http.Request) {
		answer(out, http.StatusOK, textType, w.Public().String()+"\n")
	})
	return mux
}

// refuse answers with a fault. Where the size is what the log must know, it is the whole answer.
func (w *Witness) refuse(out http.ResponseWriter, logger *slog.Logger, err error) {
	var l fault.List
	if internal := l.Add(err); internal != nil {
		logger.Error("witness: a request failed", "error", internal)
		answer(out, http.StatusInternalServerError, textType, "")
		return
	}
	for _, f := range l {
		if f.Is(ErrOtherOld) || f.Is(ErrRolledBack) {
			logger.Warn("witness: not cosigned", "because", f.In(lang.English))
			size := f.Args[0]
			if f.Is(ErrRolledBack) {
				size = f.Args[1]
			}
			answer(out, http.StatusConflict, sizeType, fmt.Sprintf("%d\n", size))
			return
		}
	}
	status := Status(err)
	if status == http.StatusInternalServerError {
		logger.Error("witness: a request failed", "error", err)
	} else {
		logger.Warn("witness: not cosigned", "because", l.In(lang.English))
	}
	answer(out, status, textType, l.In(lang.Chinese)+"\n"+l.In(lang.English)+"\n")
}

func answer(out http.ResponseWriter, status int, kind, text string) {
	out.Header().Set("Content-Type", kind)
	out.Header().Set("X-Content-Type-Options", "nosniff")
	out.WriteHeader(status)
	_, _ = io.WriteString(out, text) // whoever went away is not told
}

// addressOf is the address of a resource below the prefix of a witness.
func addressOf(prefix string, parts ...string) string {
	for i, p := range parts {
		parts[i] = url.PathEscape(p)
	}
	return strings.TrimSuffix(prefix, "/") + "/" + strings.Join(parts, "/")
}

// unreachable says why an address did not answer. That somebody has interrupted is no answer of it.
func unreachable(err error, prefix string) error {
	if errors.Is(err, context.Canceled) {
		return fmt.Errorf("witness: ask %s: %w", prefix, err)
	}
	why := err
	if u, ok := errors.AsType[*url.Error](err); ok {
		why = u.Err
	}
	return ErrUnreachable.Because(err, prefix, network(why))
}

// network says why there was no answer, as the last part of a sentence.
func network(err error) lang.Text {
	if _, unknown := errors.AsType[*net.DNSError](err); unknown {
		return reason.Else(err, lang.Of("找不到这台主机", "there is no such host"))
	}
	if _, untrusted := errors.AsType[*tls.CertificateVerificationError](err); untrusted {
		return reason.Else(err, lang.Of("对方的证书不可信", "its certificate is not trusted"))
	}
	if says := reason.Of(err); says.Zh != says.En { // known
		return says
	}
	return reason.Else(err, lang.Of("网络没有接通，或者对方的应答不完整", "the network failed, or the answer was not whole"))
}
