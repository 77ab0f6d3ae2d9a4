package app

import (
	"cmp"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"

	"anlan/account/check/reading"
	"anlan/account/report"
	"anlan/account/report/refill"
	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/ground/reason"
	"anlan/record/access"
	"anlan/store/journal"
)

// ErrPeriodUnsaid: a Word file that does not say of which period it is.
var ErrPeriodUnsaid = fault.Define("app.period_unsaid", fault.Invalid,
	"文件没有说明它是哪一期的报告，请用 --period 指定，如 --period 2023", "the file does not say of which period it is; name it, as --period 2023")

// RefillRequest asks for current figures in a report that was edited in Word.
type RefillRequest struct {
	File     string
	Period   period.Period    // the zero Period: that of the file
	AsOf     journal.Position // 0: now
	Template string           // as of ReportRequest; empty: that of the file
}

// Refilled is an edited report with current figures.
type Refilled struct {
	*refill.Result
	Edited *refill.Edited
	Built  *report.Built // the report of today
	// Contradicted are the verbs of change of the template that today's figures contradict: no report is published with them, and they stand
	// in no way of a file whose words are its own.
	Contradicted fault.List
}

// Asks says whether there is anything that somebody should look at.
func (r *Refilled) Asks() bool { return len(r.Contradicted) > 0 || r.Result.Asks() }

const wordFileMaxBytes = 256 << 20

// Refill puts the figures as of a position into a report that was edited in Word, and writes nothing.
func (a *App) Refill(ctx context.Context, actor access.Actor, q RefillRequest) (*Refilled, error) {
	content, err := readUpTo(q.File, wordFileMaxBytes)
	if err != nil {
		return nil, fault.At(err, fault.Where{File: q.File})
	}
	edited, err := refill.Open(q.File, content)
	if err != nil {
		return nil, err
	}
	if !edited.Told() {
		figures, err := readUpTo(filepath.Join(filepath.Dir(q.File), report.Figures), wordFileMaxBytes)
		if err == nil { // what is not there tells nothing
			edited.Beside(figures)
		}
	}
	if q.Period == (period.Period{}) {
		if q.Period, err = period.Parse(edited.Period); err != nil {
			return nil, fault.At(ErrPeriodUnsaid.Because(err), fault.Where{File: q.File})
		}
	}
	built, contradicted, err := a.buildInSpite(ctx, actor, ReportRequest{Period: q.Period, AsOf: q.AsOf, Template: cmp.Or(q.Template, edited.Template)})
	if err != nil {
		return nil, err
	}
	result, err := edited.Refill(built)
	if err != nil {
		return nil, err
	}
	return &Refilled{result, edited, built, contradicted}, nil
}

// buildInSpite builds a report although verbs of change of its template are contradicted by their figures, if nothing else forbids it, and
// gives what is said of them.
func (a *App) buildInSpite(ctx context.Context, actor access.Actor, q ReportRequest) (*report.Built, fault.List, error) {
	built, err := a.Build(ctx, actor, q)
	var refused fault.List
	if err == nil || refused.Add(err) != nil || slices.ContainsFunc(refused, func(f *fault.Fault) bool {
		return !errors.Is(f, report.ErrWrongWay) && !errors.Is(f, report.ErrWayTwice)
	}) {
		return built, nil, err
	}
	q.Draft = true
	if built, err = a.Build(ctx, actor, q); err != nil {
		return nil, nil, err
	}
	built.Document.Draft = false // it is nothing but where the figures come from
	for i := range built.Attachments {
		built.Attachments[i].Draft = false
	}
	return built, refused, built.Succeed(ctx, a.Book, actor)
}

// readUpTo reads a file that is not larger than a bound.
func readUpTo(path string, bytesMax int64) ([]byte, error) {
	f, err := os.Open(filepath.Clean(path))
	if err != nil {
		return nil, reading.ErrOpen.Because(err, reason.Of(err))
	}
	defer f.Close()
	content, err := io.ReadAll(io.LimitReader(f, bytesMax+1))
	switch {
	case err != nil:
		return nil, reading.ErrOpen.Because(err, reason.Of(err))
	case int64(len(content)) > bytesMax:
		return nil, reading.ErrTooLarge.With(lang.Of("文件字节数", "bytes of the file"), bytesMax)
	}
	return content, nil
}
