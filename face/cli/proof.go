package cli

import (
	"context"
	"encoding/json"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/ground/reason"
	"anlan/store/journal"
	"anlan/store/journal/witness"
)

// isFile tells a proof from the folder of a report. What is not there is left to whoever opens it as a folder.
func isFile(path string) (bool, error) {
	info, err := os.Stat(filepath.Clean(path))
	switch {
	case os.IsNotExist(err):
		return false, nil
	case err != nil:
		return false, ErrCannotRead.Because(err, path, reason.Of(err))
	}
	return info.Mode()&fs.ModeDir == 0, nil
}

// proofBytesMax bounds a proof that is read: an entry of the greatest size, in Base64, and what stands beside it.
const proofBytesMax = 24 << 20

// proved is what a proof shows, for programs.
type proved struct {
	Sound      bool             `json:"sound"`
	Position   journal.Position `json:"position"`
	Checkpoint journal.Position `json:"checkpoint"`
	Origin     string           `json:"origin"`
	Entry      json.RawMessage  `json:"entry,omitempty"` // the entry as it stands in the journal
	// Witnesses of the checkpoint, by --policy.
	Witnesses *witness.Judgement `json:"witnesses,omitempty"`
	Findings  []finding          `json:"findings"`
}

// verifyProof checks a file that journal prove wrote: whoever holds it and the public key needs no database. key nil is the
// key of the data folder, if there is one.
func (e *env) verifyProof(ctx context.Context, path string, key *journal.PublicKey, policy *witness.Policy) (int, error) {
	content, err := textUpTo(path, proofBytesMax)
	if err != nil {
		return notDone, err
	}
	ofRecord := strings.HasPrefix(strings.TrimSpace(content), "{")
	var p journal.Proof
	if !ofRecord {
		if p, err = journal.ParseProof(content); err != nil {
			return notDone, fault.At(err, fault.Where{File: path})
		}
	}
	if key == nil && policy != nil {
		if c, err := journal.ParseCheckpoint(p.Note); err == nil {
			if k, ok := policy.KeyOf(c); ok {
				key = &k
			}
		}
	}
	if key == nil {
		own := filepath.Join(e.data, "keys", "journal.pub")
		if !exists(own) {
			return notDone, e.Missing("key")
		}
		text, err := note(own)
		if err != nil {
			return notDone, err
		}
		k, err := journal.ParsePublicKey(text)
		if err != nil {
			return notDone, fault.At(err, fault.Where{File: own})
		}
		key = &k
	}
	if err := ctx.Err(); err != nil {
		return notDone, err
	}
	if ofRecord {
		return e.verifyRecord(path, content, *key)
	}
	out := proved{Position: p.Position, Checkpoint: p.Size, Findings: findings(nil)}
	c, err := p.Open(*key)
	var found fault.List
	if internal := found.Add(err); internal != nil {
		return notDone, internal
	}
	if policy != nil {
		j, err := policy.Judge(p.Note)
		if err != nil {
			return notDone, err
		}
		found, out.Witnesses = append(found, j.Findings...), &j
	}
	status := inOrder
	if out.Sound, out.Origin = len(found) == 0, c.Origin; !out.Sound {
		status, out.Findings = notInOrder, findings(found)
	} else {
		out.Entry = p.Body
	}
	if e.format == "json" {
		return status, writeJSON(e.out, out)
	}
	for _, f := range found {
		e.print(lang.Of("✗ %s", "✗ %s"), f.In(e.lang))
	}
	if !out.Sound {
		return status, nil
	}
	e.printEntry(p)
	e.print(lang.Of("✓ 以上就是日志第%d条，在封存点%d（%s）签名的日志里", "✓ this is entry %d of the journal that the checkpoint of size %d (%s) signs"), p.Position, p.Size, c.Origin)
	e.printChanges(key.Changes())
	if out.Witnesses != nil {
		e.printWitnesses(out.Witnesses)
	}
	e.print(lang.Of("? 未证明：记录在录入时是否属实", "? not proved: that a record was true when it was entered"))
	return status, nil
}

// printEntry writes an entry, member by member, with the words of the program where it knows them; what stands in it as
// a commitment is said to be withheld.
func (e *env) printEntry(p journal.Proof) {
	var entry struct {
		Kind, Action, ID, Reason string
		Version                  int64
		RecordedAt               string `json:"recorded_at"`
		Actor                    struct{ Name, Via string }
		Content                  map[string]json.RawMessage
	}
	if err := json.Unmarshal(p.Body, &entry); err != nil {
		e.print(lang.Of("%s", "%s"), string(p.Body))
		return
	}
	e.print(lang.Of("%s  %s  第%d版  %s  %s（%s）  %s", "%s  %s  version %d  %s  %s (%s)  %s"), entry.Kind, entry.ID, entry.Version, entry.Action, entry.Actor.Name, entry.Actor.Via, entry.RecordedAt)
	if entry.Reason != "" {
		e.print(lang.Of("    理由：%s", "    because: %s"), entry.Reason)
	}
	k, _ := kindNamed(entry.Kind) // a kind that this program does not have is shown by its codes
	t := table{out: e.out, indent: "    "}
	for _, code := range slices.Sorted(maps.Keys(entry.Content)) {
		label := code
		if k != nil {
			for _, f := range k.Fields() {
				if f.Code == code {
					label = f.Label.In(e.lang)
				}
			}
		}
		value := string(entry.Content[code])
		var plain string
		switch {
		case strings.HasPrefix(value, `{"sha256":`):
			value = lang.Of("（保密，只有承诺）", "(withheld: a commitment)").In(e.lang)
		case json.Unmarshal(entry.Content[code], &plain) == nil:
			value = plain
		}
		t.row(label, value)
	}
	t.flush()
}
