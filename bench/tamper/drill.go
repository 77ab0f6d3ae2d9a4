package main

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"anlan/account/report"
	"anlan/app"
	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/record/book"
	"anlan/store"
	"anlan/store/backup"
	"anlan/store/journal"
)

// drill is one way to cheat.
type drill struct {
	name string
	do   func(ctx context.Context, s *site) error
	undo func(ctx context.Context, s *site) error // what putting the tables back does not: keys and constraints of tables
	sort app.Tampering                            // as what it must be told; empty: it is declared, and no finding
	at   func(s *site) int64                      // a position that the conclusion must name
	// outside says that nothing in the house can show it: only what was kept outside does.
	outside bool
	watch   watch // the command besides journal verify, or in its place, that is asked
}

// watch is a command that is asked after a drill.
type watch string

const (
	none   watch = ""
	folder watch = "verify DIR" // in the place of journal verify: the book was not touched
	copied watch = "restore"    // the same
)

// outcome is what the verifiers said.
type outcome struct {
	inside, kept, other fault.List // journal verify, journal verify KEPT, the watch
	doctor              []string
	setBack             []book.SetBack
}

// all are the findings of whoever knew most.
func (o outcome) all() fault.List {
	if len(o.other) > 0 {
		return o.other
	}
	return o.kept
}

// drill cheats, asks, and puts everything back.
func (s *site) drill(ctx context.Context, x drill) (o outcome, err error) {
	if s.app, err = app.Open(ctx, s.options); err != nil {
		return o, err
	}
	defer func() {
		if x.undo != nil {
			err = errors.Join(err, x.undo(ctx, s))
		}
		err = errors.Join(err, s.restore(ctx))
	}()
	if err := x.do(ctx, s); err != nil {
		return o, err
	}
	switch x.watch {
	case folder:
		v, err := report.Verify(ctx, s.report, &s.key)
		if err != nil {
			return o, err
		}
		o.other = v.Findings
		return o, nil
	case copied:
		_, err := app.Restore(ctx, s.options, app.Restoring{Path: s.backup, Key: s.key, Known: []string{s.kept}, Accept: backup.Acceptance{}})
		o.other, err = faultsOf(nil, err)
		return o, err
	}
	return s.ask(ctx)
}

// ask runs journal verify without and with what was kept outside, and doctor. What is known outside changes what is found of the
// tree and nothing else, so the second run reads the tree alone.
func (s *site) ask(ctx context.Context) (o outcome, err error) {
	v, err := s.app.Verify(ctx)
	var found fault.List
	if err == nil {
		found, o.setBack = v.Findings(), v.Tables.SetBack
	}
	failed := err != nil
	if o.inside, err = faultsOf(found, err); err != nil {
		return o, err
	}
	if failed {
		if _, err = s.app.Verify(ctx, s.kept); err == nil {
			return o, errors.New("what was kept outside makes a book whole that is not")
		}
		if o.kept, err = faultsOf(nil, err); err != nil {
			return o, err
		}
	} else if o.kept, err = s.known(ctx, *v); err != nil {
		return o, err
	}
	checks, err := s.app.Doctor(ctx)
	for _, c := range checks {
		if !c.Fine {
			o.doctor = append(o.doctor, "doctor: "+c.Name.In(lang.English))
		}
	}
	return o, err
}

// known is what a verification finds that is told of the checkpoint kept outside.
func (s *site) known(ctx context.Context, v app.Verified) (fault.List, error) {
	key, err := s.app.PublicKey() // that which stands there now
	if err == nil {
		err = s.app.DB.Read(ctx, func(tx *store.Tx) (err error) { v.Tree, err = journal.VerifyTree(tx, key, s.kept); return err })
	}
	if err != nil {
		return faultsOf(nil, err)
	}
	return v.Findings(), nil
}

// judge says what is not as it must be; empty when all is.
func (x drill) judge(o outcome) string {
	if x.sort == "" {
		if len(o.all()) > 0 || len(o.inside) > 0 || x.at != nil && len(o.setBack) == 0 {
			return fmt.Sprintf("found %v and %d times that the clock was set back", o.all(), len(o.setBack))
		}
		return ""
	}
	if x.watch == none {
		if x.outside && len(o.inside) > 0 {
			return fmt.Sprintf("is found without anything from outside: %v", o.inside)
		}
		if !x.outside {
			if complaint := x.concluded("inside", o.inside); complaint != "" {
				return complaint
			}
		}
	}
	return x.concluded("with what was kept", o.all())
}

func (x drill) concluded(who string, found fault.List) string {
	all := app.Conclude(found)
	if len(all) != 1 || all[0].Sort != x.sort {
		return fmt.Sprintf("%s: want %s, concluded %v from %v", who, x.sort, all, found)
	}
	return ""
}

// named says whether the conclusion names the position that was altered.
func (x drill) named(s *site, o outcome) bool {
	if x.at == nil {
		return true
	}
	at := journal.Position(x.at(s))
	if x.sort == "" {
		return slices.ContainsFunc(o.setBack, func(b book.SetBack) bool { return b.Position == at })
	}
	return slices.ContainsFunc(app.Conclude(o.all()), func(c app.Conclusion) bool {
		return slices.ContainsFunc(c.At, func(p app.Span) bool { return p.First <= at && at <= p.Last })
	})
}
