package report

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"os"
	"path/filepath"

	"anlan/account/report/document"
	"anlan/ground/fault"
	"anlan/store/journal"
)

// ProofFile is proof.json.
type ProofFile struct {
	Entry       string              `json:"entry"` // the publication's journal entry, byte for byte
	Position    int64               `json:"position"`
	Inclusion   journal.Inclusion   `json:"inclusion"`   // of the entry in the checkpoint's tree
	Consistency journal.Consistency `json:"consistency"` // from the position that the report names to the checkpoint's tree
}

// What Verify finds. Each is a finding about the folder, not an accident of reading it.
var (
	ErrFileMissing = fault.Define("verify.file_missing", fault.Broken,
		"缺少文件“%s”", "the file %q is missing")
	ErrFileDiffers = fault.Define("verify.file_differs", fault.Broken,
		"“%s”与公开时不同：公开时SHA-256为%s，现为%s", "%q is not what was published: its SHA-256 was %s and is %s")
	ErrFileExtra = fault.Define("verify.file_extra", fault.Broken,
		"“%s”不在公开记录里", "%q is not among the published files")
	ErrNotReadable = fault.Define("verify.not_readable", fault.Broken,
		"“%s”无法解读：%s", "%q cannot be read: %s")
	ErrWrongKey = fault.Define("verify.wrong_key", fault.Broken,
		"封存点的签名与公钥不符：%s", "the signature of the checkpoint does not fit the public key: %s")
	ErrNotIncluded = fault.Define("verify.not_included", fault.Broken,
		"公开记录不在封存点签名的日志里：%s", "the publication is not in the journal that the checkpoint signs: %s")
	ErrNotConsistent = fault.Define("verify.not_consistent", fault.Broken,
		"封存点的日志不是报告所依据的日志的延续：%s", "the journal of the checkpoint does not continue the one that the report is computed from: %s")
	ErrNotThePublication = fault.Define("verify.not_the_publication", fault.Broken,
		"proof.json里的日志记录不是这份报告的公开记录", "the entry in proof.json is not the publication of this report")
	ErrBasisDiffers = fault.Define("verify.basis_differs", fault.Broken,
		"figures.json写的日志位置和根（%d，%s）与公开记录（%d，%s）不符", "figures.json names position %d and root %s; the publication says %d and %s")
	ErrFigureDiffers = fault.Define("verify.figure_differs", fault.Broken,
		"“%s”中数据“%s”印为“%s”，figures.json为“%s”", "in %q the figure %q is printed as %q, figures.json has %q")
)

// Verified says what a folder proves.
type Verified struct {
	Book       string         `json:"book"`
	Position   int64          `json:"position"` // as of which the figures were computed
	Checkpoint int64          `json:"checkpoint"`
	Origin     string         `json:"origin"`
	Title      string         `json:"title"`
	Files      []string       `json:"files"` // that are what was published
	Figures    int            `json:"figures"`
	Findings   []*fault.Fault `json:"-"`
}

// Sound says that nothing differs.
func (v *Verified) Sound() bool { return len(v.Findings) == 0 }

func (v *Verified) find(err error) bool {
	var l fault.List
	if err == nil {
		return false
	}
	if internal := l.Add(err); internal != nil {
		l = append(l, ErrNotReadable.Because(internal, "", internal))
	}
	v.Findings = append(v.Findings, l...)
	return true
}

// fileBytesMax bounds what is read of one file of a folder that a stranger gave us.
const fileBytesMax = 256 << 20

// Verify proves a published report from its folder alone. key is the public key to trust; nil takes key.pub of the folder,
// which proves that all of it fits together but not who signed it.
func Verify(dir string, key *journal.PublicKey) (*Verified, error) {
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return nil, ErrFileMissing.Because(err, dir)
	}
	v := &Verified{}
	var p ProofFile
	checkpoint, ok := v.signed(dir, key)
	if !ok || !v.readJSON(dir, Proof, &p) {
		return v, nil
	}
	v.Checkpoint, v.Origin = int64(checkpoint.Size), checkpoint.Origin
	if err := p.Inclusion.Verify(checkpoint.Root, []byte(p.Entry)); err != nil || int64(p.Inclusion.Position) != p.Position || p.Inclusion.Size != checkpoint.Size {
		v.find(ErrNotIncluded.Because(err, err))
	}
	entry, ok := v.publication(p)
	if !ok {
		return v, nil
	}
	v.Title, v.Position = entry.Content.Title, entry.Content.Position
	if root, err := journal.ParseHash(entry.Content.Root); err != nil || int64(p.Consistency.Old) != entry.Content.Position || p.Consistency.New != checkpoint.Size {
		v.find(ErrNotConsistent.Because(err, "size"))
	} else if err := p.Consistency.Verify(root, checkpoint.Root); err != nil {
		v.find(ErrNotConsistent.Because(err, err))
	}
	v.files(dir, entry)
	v.figures(dir, entry)
	return v, nil
}

// signed opens the checkpoint with the trusted key.
func (v *Verified) signed(dir string, key *journal.PublicKey) (journal.Checkpoint, bool) {
	note, err := readFile(dir, Checkpoint)
	if v.find(err) {
		return journal.Checkpoint{}, false
	}
	if key == nil {
		text, err := readFile(dir, PublicKey)
		if v.find(err) {
			return journal.Checkpoint{}, false
		}
		k, err := journal.ParsePublicKey(string(text))
		if v.find(err) {
			return journal.Checkpoint{}, false
		}
		key = &k
	}
	c, err := key.Open(string(note))
	if err != nil {
		v.find(ErrWrongKey.Because(err, fault.In(err, "en")))
		return journal.Checkpoint{}, false
	}
	return c, true
}

// published is what Verify reads of a publication's entry.
type published struct {
	Action  string
	Kind    string
	Content struct {
		Title    string
		Position int64
		Root     string
		File     []struct{ Name, SHA256 string }
	}
}

func (v *Verified) publication(p ProofFile) (published, bool) {
	var e published
	err := json.Unmarshal([]byte(p.Entry), &e)
	if err != nil || e.Kind != Kind.Code() || e.Action != "create" {
		v.find(ErrNotThePublication.Because(err))
		return e, false
	}
	return e, true
}

// files compares each file with its hash in the publication.
func (v *Verified) files(dir string, e published) {
	known := map[string]bool{Checkpoint: true, Proof: true, PublicKey: true}
	for _, f := range e.Content.File {
		known[f.Name] = true
		content, err := readFile(dir, f.Name)
		if v.find(err) {
			continue
		}
		if sum := sha256.Sum256(content); hex.EncodeToString(sum[:]) != f.SHA256 {
			v.find(ErrFileDiffers.With(f.Name, f.SHA256, hex.EncodeToString(sum[:])))
			continue
		}
		v.Files = append(v.Files, f.Name)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		v.find(ErrNotReadable.Because(err, dir, err))
	}
	for _, x := range entries {
		if !known[x.Name()] {
			v.find(ErrFileExtra.With(x.Name()))
		}
	}
}

// figures compares figures.json with the publication, and the figures that the Word file prints with figures.json.
func (v *Verified) figures(dir string, e published) {
	var f FiguresFile
	if !v.readJSON(dir, Figures, &f) {
		return
	}
	v.Book, v.Figures = f.Book, len(f.Figures)
	if f.Position != e.Content.Position || f.Root != e.Content.Root {
		v.find(ErrBasisDiffers.With(f.Position, f.Root, e.Content.Position, e.Content.Root))
	}
	docx, err := readFile(dir, DOCX)
	if err != nil {
		return // found above
	}
	controls, err := document.ControlsIn(DOCX, bytes.NewReader(docx), int64(len(docx)))
	if v.find(err) {
		return
	}
	printed := map[string]string{}
	for _, c := range controls {
		printed[c.Tag] = c.Text
	}
	for _, x := range f.Figures {
		if printed[x.ID] != x.Text {
			v.find(ErrFigureDiffers.With(DOCX, x.ID, printed[x.ID], x.Text))
		}
	}
}

func (v *Verified) readJSON(dir, name string, into any) bool {
	content, err := readFile(dir, name)
	if v.find(err) {
		return false
	}
	if err := json.Unmarshal(content, into); err != nil {
		v.find(ErrNotReadable.Because(err, name, err))
		return false
	}
	return true
}

// readFile reads a plain file of the folder, in bounds; a link or folder in its place is not what was published.
func readFile(dir, name string) ([]byte, error) {
	if name != filepath.Base(name) {
		return nil, ErrFileMissing.With(name)
	}
	path := filepath.Join(dir, name)
	info, err := os.Lstat(path)
	if err != nil || !info.Mode().IsRegular() {
		return nil, ErrFileMissing.Because(err, name)
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, ErrNotReadable.Because(err, name, err)
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, fileBytesMax))
	if err != nil {
		return nil, ErrNotReadable.Because(err, name, err)
	}
	return b, nil
}
