package journal

import (
	"bytes"
	"cmp"
	"errors"
	"slices"

	"anlan/ground/fault"
	"anlan/store"
	"golang.org/x/mod/sumdb/note"
)

// readCheckpoints opens what the book keeps and what was given. What is not signed by the key, or speaks of another
// book, is a finding.
func (v *verifier) readCheckpoints(tx *store.Tx, key PublicKey, known []string) error {
	rows, err := tx.Query("SELECT epoch, size, note FROM journal_checkpoint ORDER BY epoch, size")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var epoch int64
		var size Position
		var signed string
		if err := rows.Scan(&epoch, &size, &signed); err != nil {
			return err
		}
		c, err := key.Open(signed)
		switch {
		case Altered(err):
			v.found(errKeptAltered.Because(err, size))
		case err != nil:
			v.found(errKeptUnsigned.Because(err, size, key.Name()))
		case c.Size != size || c.Origin != (Head{Book: v.Head.Book, Epoch: epoch}).Origin() || epoch > v.Head.Epoch:
			v.found(errKeptForeign.With(size, c.Origin))
		default:
			v.checkpoints = append(v.checkpoints, c)
		}
	}
	if err := rows.Close(); err != nil {
		return err
	}
	for _, signed := range known {
		c, err := key.Open(signed)
		if err != nil {
			return err
		}
		if !v.Head.Owns(c) {
			return ErrOtherBook.With(c.Origin, v.Head.Origin())
		}
		if epoch, _ := v.Head.epochOf(c.Origin); epoch > v.head.Epoch {
			v.found(errHeadEpoch.With(v.head.Epoch, epoch))
			continue
		}
		if v.declaredLost(c) {
			v.Lost++
			continue
		}
		v.checkpoints = append(v.checkpoints, c)
	}
	for _, r := range v.Changes { // both keys signed what stood before a change
		if v.Head.Owns(r.Before) {
			v.checkpoints = append(v.checkpoints, r.Before)
		}
	}
	v.judgeForks()
	slices.SortStableFunc(v.checkpoints, func(a, b Checkpoint) int { return cmp.Compare(a.Size, b.Size) })
	return nil
}

// Altered says of what Open refused that the key's own signature is there and does not hold: what was signed has been
// altered since, and no other key has signed it.
func Altered(err error) bool {
	_, broken := errors.AsType[*note.InvalidSignatureError](err)
	return broken
}

// judgeForks finds two checkpoints that one key has signed of one origin and size: whoever holds it tells two histories. It
// needs no entry to be proved.
func (v *verifier) judgeForks() {
	type place struct {
		origin string
		size   Position
	}
	roots := map[place]Hash{}
	for _, c := range v.checkpoints {
		at := place{c.Origin, c.Size}
		root, known := roots[at]
		if known && root != c.Root {
			v.found(errForked.With(c.Size, c.Origin))
			v.forked[c.Size] = true
		}
		roots[at] = c.Root
	}
}

// readEpochs reads which epochs there were and what each lost.
func (v *verifier) readEpochs(tx *store.Tx) error {
	epochs, err := Epochs(tx)
	if forged, ok := errors.AsType[*fault.Fault](err); ok && forged.Is(ErrEpochForged) {
		v.found(forged)
		return nil
	}
	if err != nil {
		return err
	}
	v.Epochs = epochs
	newest := int64(1)
	if n := len(epochs); n > 0 {
		newest = epochs[n-1].Epoch
	}
	if newest != v.head.Epoch {
		v.found(errHeadEpoch.With(v.head.Epoch, newest))
	}
	return nil
}

// declaredLost says whether a checkpoint speaks of entries that a later epoch has declared lost.
func (v *verifier) declaredLost(c Checkpoint) bool {
	epoch, _ := v.Head.epochOf(c.Origin)
	for _, e := range v.Epochs {
		lost, _ := v.Head.epochOf(e.Lost.Origin)
		if epoch < e.Epoch && c.Size >= e.Position {
			return epoch < lost || c.Size < e.Lost.Size || c == e.Lost
		}
	}
	return false
}

// judge compares what is known of this size, checkpoints and head, with the tree of the entries so far.
func (v *verifier) judge(size Position) error {
	before, misfit := v.lastGood, false
	for ; v.next < len(v.checkpoints) && v.checkpoints[v.next].Size == size; v.next++ {
		if v.lost {
			continue // nothing to compare with; the gap is a finding already
		}
		v.Checkpoints++
		fits, err := v.fits(v.checkpoints[v.next].Root)
		if err != nil {
			return err
		}
		if fits {
			v.lastGood = size
		}
		misfit = misfit || !fits
	}
	ours := v.lastGood == size && v.forked[size] // the book is one of two histories, and not rewritten
	if misfit && !ours && !v.rewritten {
		v.rewritten = true
		v.found(errRewritten.With(size, before+1, size))
	}
	if size != v.head.Size || v.lost {
		return nil
	}
	fits, err := v.fits(v.head.Root)
	switch {
	case err != nil:
		return err
	case !fits && !v.doubts():
		v.found(errHeadRoot.With(size))
	case fits && !v.edgeFits():
		v.found(errHeadEdge.With(size))
	}
	v.Root, err = rootOf(v.bodies.GetRootHash(nil))
	return err
}

// fits says whether the tree may have this root; doubts that it settles become findings.
func (v *verifier) fits(root Hash) (bool, error) {
	if v.inquest == nil {
		have, err := rootOf(v.bodies.GetRootHash(nil))
		return have == root, err
	}
	decided, fits := v.inquest.root(root)
	for _, d := range decided {
		v.found(d.fault())
	}
	return fits, nil
}

func (v *verifier) edgeFits() bool {
	if v.inquest == nil {
		return bytes.Equal(bytes.Join(v.bodies.Hashes(), nil), v.head.Edge)
	}
	return v.inquest.edge(v.head.Edge)
}

func (v *verifier) doubts() bool { return v.inquest != nil && len(v.inquest.open()) > 0 }

func rootOf(root []byte, err error) (Hash, error) {
	if err != nil || root == nil {
		return emptyRoot, err
	}
	return Hash(root), nil
}

// judgeEnd says what could not be said before the last row was read.
func (v *verifier) judgeEnd(last Position) {
	switch {
	case last < v.head.Size:
		v.found(errTruncated.With(last+1, v.head.Size))
	case last > v.head.Size:
		v.found(errBeyondHead.With(v.head.Size+1, last))
	case last > 0 && v.head.RecordedAt != v.recordedAt:
		v.found(errHeadTime.With(last))
	}
	if f := v.shift.finding(); f != nil {
		v.found(f)
	}
	if v.inquest != nil {
		for _, f := range v.inquest.open() {
			v.found(f)
		}
	}
	v.judgeCheckpointsBeyond(min(last, v.head.Size))
}

// judgeCheckpointsBeyond: a checkpoint larger than the journal means that its end was cut off, however well the rest
// fits together.
func (v *verifier) judgeCheckpointsBeyond(last Position) {
	for _, c := range v.checkpoints[v.next:] {
		if c.Size > last {
			v.Checkpoints++
			v.found(errCutOff.With(c.Size, last))
		}
	}
}

// Findings of VerifyTree.
var (
	errEdited = fault.Define("journal.edited", fault.Broken,
		"日志第 %d 条的内容被改动（其散列未变）", "the body of entry %d was edited (its hash was not)")
	errMoved = fault.Define("journal.moved", fault.Broken,
		"日志第 %d 条处放的是第 %d 条的内容", "entry %d holds the body of entry %d")
	errTwice = fault.Define("journal.twice", fault.Broken,
		"日志第 %d 条出现了两次", "entry %d is there twice")
	errBeforeFirst = fault.Define("journal.before_first", fault.Broken,
		"日志第 1 条之前有第 %d 条", "entry %d stands before entry 1")
	errLeafAltered = fault.Define("journal.leaf_altered", fault.Broken,
		"日志第 %d 条的散列被改动（其内容未变）", "the stored hash of entry %d was altered (its body was not)")
	errNodeAltered = fault.Define("journal.node_altered", fault.Broken,
		"日志第 %d 条所存的第 %d 层散列被改动", "the stored hash of entry %d at level %d was altered")
	errSpanChanged = fault.Define("journal.span_changed", fault.Broken,
		"日志第 %d 至 %d 条中有内容连同其散列被改动", "among entries %d to %d a body was changed together with its hash")
	errUnsettled = fault.Define("journal.unsettled", fault.Broken,
		"日志第 %d 条的内容与其散列不符", "the body of entry %d does not fit its hash")
	errRowDamaged = fault.Define("journal.row_damaged", fault.Broken,
		"日志第 %d 条所存的散列不完整", "the stored hashes of entry %d are not complete")
	errRemoved = fault.Define("journal.removed", fault.Broken,
		"日志第 %d 至 %d 条被删除", "entries %d to %d were removed")
	errCutOut = fault.Define("journal.cut_out", fault.Broken,
		"日志第 %d 条处（或之前 %[2]d 条内）删除了 %[2]d 条，其后的各条被重新编号", "%[2]d entries were cut out at entry %[1]d (or up to %[2]d before it), and the rest was renumbered")
	errSlippedIn = fault.Define("journal.slipped_in", fault.Broken,
		"日志第 %d 条处（或之前 %[2]d 条内）插入了 %[2]d 条，其后的各条被重新编号", "%[2]d entries were slipped in at entry %[1]d (or up to %[2]d before it), and the rest was renumbered")
	errTruncated = fault.Define("journal.truncated", fault.Broken,
		"日志末尾的第 %d 至 %d 条被删除", "entries %d to %d at the end were removed")
	errBeyondHead = fault.Define("journal.beyond_head", fault.Broken,
		"日志头之后多出第 %d 至 %d 条", "entries %d to %d stand after the journal's head")
	errTimeDecreased = fault.Define("journal.time_decreased", fault.Broken,
		"日志第 %d 条的记录时间早于前一条", "entry %d is recorded before the entry that precedes it")
	errRotationHidden = fault.Define("journal.rotation_hidden", fault.Broken,
		"日志第 %d 条更换了签名密钥，账册的密钥更换表里却没有", "entry %d changes the signing key, and the book's table of changes does not know it")
	errEpochHidden = fault.Define("journal.epoch_hidden", fault.Broken,
		"日志第 %d 条声明了损失并开始新的一纪，账册的纪元表里却没有", "entry %d declares a loss and begins a new epoch, and the book's table of epochs does not know it")
	errHeadRoot = fault.Define("journal.head_root", fault.Broken,
		"日志头（第 %d 条）的根散列与各条不符", "the head's root at position %d does not fit the entries")
	errHeadEdge = fault.Define("journal.head_edge", fault.Broken,
		"日志头（第 %d 条）的右缘散列与各条不符", "the head's right edge at position %d does not fit the entries")
	errHeadEpoch = fault.Define("journal.head_epoch", fault.Broken,
		"日志头的期数是 %d，已知的期数是 %d", "the head is of epoch %d, but epoch %d is known")
	errHeadTime = fault.Define("journal.head_time", fault.Broken,
		"日志头的时间与第 %d 条不符", "the head's time is not that of entry %d")
	errRewritten = fault.Define("journal.rewritten", fault.Broken,
		"日志与第 %d 条处的封存点不符：第 %d 至 %d 条之间有改动", "the journal contradicts the checkpoint at position %d: something between entries %d and %d was changed")
	errForked = fault.Define("journal.forked", fault.Broken,
		"第 %d 条处有两个封存点，签名密钥相同，根散列不同：%s 被写成了两份日志", "two checkpoints of size %d bear the same key's signature and different roots: there are two histories of %s")
	errCutOff = fault.Define("journal.cut_off", fault.Broken,
		"封存点到第 %d 条，日志只有 %d 条：末尾被删除，或这是较旧的副本", "a checkpoint covers %d entries and the journal has %d: its end was cut off, or this is an older copy")
	errKeptUnsigned = fault.Define("journal.kept_unsigned", fault.Broken,
		"账册中第 %d 条处的封存点不是由密钥 %s 签署的", "the checkpoint kept at position %d is not signed by the key %s")
	errKeptAltered = fault.Define("journal.kept_altered", fault.Broken,
		"账册中第 %d 条处的封存点被改动", "the checkpoint kept at position %d was altered")
	errKeptForeign = fault.Define("journal.kept_foreign", fault.Broken,
		"账册中第 %d 条处的封存点属于 %s", "the checkpoint kept at position %d belongs to %s")
)
