package report

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"

	"anlan/ground/fault"
	"anlan/ground/ident"
	"anlan/ground/lang"
	"anlan/record/census"
	"anlan/store/journal"
)

// RecordProof proves of one record whether the figures of a published report count it, and with what amount. Whoever holds it
// and the public key needs neither the folder nor the book.
type RecordProof struct {
	Format      string     `json:"format"`
	Record      ident.ID   `json:"record"`
	Checkpoint  string     `json:"checkpoint"` // the signed note
	Publication ProofFile  `json:"publication"`
	Sets        string     `json:"sets"` // sets.json, byte for byte
	Places      []SetPlace `json:"places"`
}

// SetPlace is where the record stands in a set of sets.json.
type SetPlace struct {
	Set int `json:"set"`
	census.Place
}

// recordProofFormat tells the file from others.
const recordProofFormat = "anlan record-proof 1"

// Faults of proofs about one record.
var (
	ErrNoFigureBehind = fault.Define("verify.no_such_computed_figure", fault.NotFound,
		"没有由记录集算出的数据“%s”", "no figure %q is computed from sets of records")
	ErrSetClosed = fault.Define("verify.set_closed", fault.NotFound,
		"“%s”（%s，%s）的记录集没有公开（%s），不能证明某条记录是否计入", "the set %q (%s, %s) is not published (%s): whether a record is in it cannot be shown")
	ErrNotCounted = fault.Define("verify.not_counted", fault.NotFound,
		"记录%s没有计入这份报告的任何数据；用 --figure 指明一个数据，可得到没有计入的证明", "record %s is counted in no figure of this report; name one by --figure for a proof of that")
	ErrNotARecordProof = fault.Define("verify.not_a_record_proof", fault.Broken,
		"不是记录的证明：%s", "not a proof about a record: %s")
)

// ProveRecord makes the proof of a record from a folder that Verify has found sound: of the sets behind one figure, whether they
// hold it or not; or, without a figure, of every set that does. Faults: ErrNoFigureBehind, ErrSetClosed, ErrNotCounted.
func ProveRecord(dir string, id ident.ID, of string) (*RecordProof, error) {
	text, f, lines, err := ReadSets(dir)
	if err != nil {
		return nil, err
	}
	p := &RecordProof{Format: recordProofFormat, Record: id, Sets: string(text), Places: []SetPlace{}}
	wanted, err := f.behind(of)
	if err != nil {
		return nil, err
	}
	for _, i := range wanted {
		s := f.Sets[i]
		listed, ok := lines[i]
		switch {
		case !ok && of == "" || s.State != "":
			continue
		case !ok:
			return nil, ErrSetClosed.With(s.Label, s.Measure, s.Period, string(s.Closed))
		}
		tree, err := census.Read(listed)
		if err != nil {
			return nil, err
		}
		place, err := tree.Place(id)
		if err != nil {
			return nil, err
		}
		if place.At != nil || of != "" {
			p.Places = append(p.Places, SetPlace{i, place})
		}
	}
	if len(p.Places) == 0 {
		return nil, ErrNotCounted.With(id)
	}
	note, err := readFile(dir, Checkpoint)
	if err != nil {
		return nil, err
	}
	p.Checkpoint = string(note)
	proof, err := readFile(dir, Proof)
	if err != nil {
		return nil, err
	}
	return p, json.Unmarshal(proof, &p.Publication)
}

// behind are the sets that a figure rests on, all of them where none is named.
func (f *SetsFile) behind(id string) (out []int, err error) {
	if id == "" {
		for i := range f.Sets {
			out = append(out, i)
		}
		return out, nil
	}
	at := slices.IndexFunc(f.Figures, func(c ComputedFigure) bool { return c.ID == id })
	if at < 0 || f.Figures[at].Computation < 0 || f.Figures[at].Computation >= len(f.Computations) {
		return nil, ErrNoFigureBehind.With(id)
	}
	for _, s := range f.Computations[f.Figures[at].Computation].Steps {
		if s.Set != nil && *s.Set >= 0 && *s.Set < len(f.Sets) && !slices.Contains(out, *s.Set) {
			out = append(out, *s.Set)
		}
	}
	return out, nil
}

// Placed is what a proof shows of one set.
type Placed struct {
	Set    CountedSet     `json:"set"`
	At     int64          `json:"at,omitempty"`   // its line, from 1
	Member *census.Member `json:"-"`              // nil: it is proved not to be counted
	Line   string         `json:"line,omitempty"` // of it
}

// ParseRecordProof reads what ProveRecord made, written as JSON. Fault: ErrNotARecordProof.
func ParseRecordProof(text string) (*RecordProof, error) {
	var p RecordProof
	if err := json.Unmarshal([]byte(text), &p); err != nil {
		return nil, ErrNotARecordProof.Because(err, lang.Of("不是应有的JSON内容", "it does not hold the JSON it should"))
	}
	if p.Format != recordProofFormat {
		return nil, ErrNotARecordProof.With(p.Format)
	}
	return &p, nil
}

// Open checks the proof with a key of the book: the checkpoint's signature, that the publication is in the journal under it,
// that the sets are those that were published, and the place of the record in each. Faults: those of PublicKey.Open,
// ErrNotIncluded, ErrNotThePublication, ErrFileDiffers, census.ErrNotPlaced.
func (p *RecordProof) Open(key journal.PublicKey) (journal.Checkpoint, *SetsFile, []Placed, error) {
	fail := func(err error) (journal.Checkpoint, *SetsFile, []Placed, error) {
		return journal.Checkpoint{}, nil, nil, err
	}
	c, err := key.Open(p.Checkpoint)
	if err != nil {
		return fail(err)
	}
	pub := p.Publication
	if err := pub.Inclusion.Verify(c.Root, []byte(pub.Entry)); err != nil || int64(pub.Inclusion.Position) != pub.Position || pub.Inclusion.Size != c.Size {
		return fail(ErrNotIncluded.Because(err, pub.Position, int64(c.Size)))
	}
	var v Verified
	e, ok := v.publication(pub)
	if !ok {
		return fail(v.Findings.Err())
	}
	sum := sha256.Sum256([]byte(p.Sets))
	got, at := hex.EncodeToString(sum[:]), slices.IndexFunc(e.Content.File, func(f publishedFile) bool { return f.Name == SetsName })
	if at < 0 || e.Content.File[at].SHA256 != got {
		want := "-"
		if at >= 0 {
			want = e.Content.File[at].SHA256
		}
		return fail(ErrFileDiffers.With(SetsName, want, got))
	}
	var f SetsFile
	if err := json.Unmarshal([]byte(p.Sets), &f); err != nil {
		return fail(ErrNotReadable.Because(err, SetsName, lang.Of("不是应有的JSON内容", "it does not hold the JSON it should")))
	}
	if len(p.Places) == 0 {
		return fail(ErrNotARecordProof.With(lang.Of("没有说到任何记录集", "it speaks of no set")))
	}
	var out []Placed
	for _, x := range p.Places {
		if x.Set < 0 || x.Set >= len(f.Sets) || f.Sets[x.Set].Set == nil {
			return fail(ErrNotARecordProof.With(SetsName))
		}
		m, err := x.Verify(*f.Sets[x.Set].Set, p.Record)
		if err != nil {
			return fail(err)
		}
		placed := Placed{Set: f.Sets[x.Set], Member: m}
		if m != nil {
			placed.At, placed.Line = int64(x.At.Inclusion.Position), x.At.Line
		}
		out = append(out, placed)
	}
	return c, &f, out, nil
}
