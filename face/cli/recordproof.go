package cli

import (
	"context"
	"io"

	"anlan/account/report"
	"anlan/ground/fault"
	"anlan/ground/figure"
	"anlan/ground/ident"
	"anlan/ground/lang"
	"anlan/store/journal"
)

// recount holds the sets of a folder against the book; what differs is a finding beside those of the folder.
func (e *env) recount(ctx context.Context, dir string, v *report.Verified) error {
	a, err := e.open(ctx)
	if err != nil {
		return err
	}
	defer a.Close()
	found, sets, err := a.Recount(ctx, e.actor(), dir)
	v.Findings, v.Recount = append(v.Findings, found...), sets
	return err
}

// proveRecord says where a record stands in the sets of a folder that was found sound, or writes the proof of it.
func (e *env) proveRecord(ctx context.Context, dir string, id ident.ID, of, out string) (int, error) {
	p, err := report.ProveRecord(dir, id, of)
	if err != nil {
		return notDone, err
	}
	if out != "" {
		return inOrder, e.result(ctx, out, func(w io.Writer) error { return writeJSON(w, p) })
	}
	text, err := note(dir + "/" + report.PublicKey)
	if err != nil {
		return notDone, err
	}
	key, err := journal.ParsePublicKey(text)
	if err != nil {
		return notDone, err
	}
	return e.printPlaces(p, key)
}

// verifyRecord checks a file that proveRecord wrote.
func (e *env) verifyRecord(path, content string, key journal.PublicKey) (int, error) {
	p, err := report.ParseRecordProof(content)
	if err != nil {
		return notDone, fault.At(err, fault.Where{File: path})
	}
	return e.printPlaces(p, key)
}

// placedRecord is where a record stands, for programs.
type placedRecord struct {
	Sound      bool             `json:"sound"`
	Record     ident.ID         `json:"record"`
	Position   int64            `json:"position"` // as of which the figures were computed
	Checkpoint journal.Position `json:"checkpoint"`
	Origin     string           `json:"origin"`
	Places     []report.Placed  `json:"places"`
	Findings   []finding        `json:"findings"`
}

func (e *env) printPlaces(p *report.RecordProof, key journal.PublicKey) (int, error) {
	c, f, places, err := p.Open(key)
	var found fault.List
	if internal := found.Add(err); internal != nil {
		return notDone, internal
	}
	status, out := inOrder, placedRecord{Sound: len(found) == 0, Record: p.Record, Checkpoint: c.Size, Origin: c.Origin, Places: places, Findings: findings(found)}
	if !out.Sound {
		status, out.Places = notInOrder, []report.Placed{}
	} else {
		out.Position = f.Position
	}
	if e.format == "json" {
		return status, writeJSON(e.out, out)
	}
	for _, x := range found {
		e.print(lang.Of("✗ %s", "✗ %s"), x.In(e.lang))
	}
	if !out.Sound {
		return status, nil
	}
	for _, x := range places {
		s := x.Set
		if x.Member == nil {
			e.print(lang.Of("✓ 没有计入“%s”（%s，%s，%s）：记录集共%d条，按编号排列，它应在的位置上没有它", "✓ not counted in %q (%s, %s, %s): the set has %d records in order of their ids, and it is not where it would stand"),
				s.Label, s.Measure, s.Period, s.UnitCode, s.Size)
			continue
		}
		e.print(lang.Of("✓ 计入“%s”（%s，%s，%s）%s%s：记录集共%d条，它是第%d条，第%d版（日志位置%d）", "✓ counted in %q (%s, %s, %s) as %s%s: record %[8]d of %[7]d, version %[9]d (position %[10]d)"),
			s.Label, s.Measure, s.Period, s.UnitCode, figure.DecimalText(x.Member.Amount), s.Unit, s.Size, x.At, x.Member.Version, x.Member.Position)
	}
	e.print(lang.Of("✓ 这些记录集是公开时的（数据截至日志位置%d），在封存点%d（%s）签名的日志里", "✓ these sets are those that were published (as of position %d), in the journal that the checkpoint of size %d (%s) signs"), f.Position, c.Size, c.Origin)
	e.print(lang.Of("? 未证明：记录在录入时是否属实", "? not proved: that a record was true when it was entered"))
	return status, nil
}
