package report

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"maps"
	"math/big"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"anlan/account/check"
	"anlan/account/report/document"
	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/ground/reason"
	"anlan/store/canonical"
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
	// ErrNoFolder is no finding: there is nothing to verify.
	ErrNoFolder = fault.Define("verify.no_folder", fault.Unable,
		"不能读取报告目录“%s”：%s", "the folder %q of the report cannot be read: %s")
	ErrFileMissing = fault.Define("verify.file_missing", fault.Broken,
		"缺少文件“%s”", "the file %q is missing")
	ErrFileDiffers = fault.Define("verify.file_differs", fault.Broken,
		"“%s”与公开时不同：公开时SHA-256为%s，现为%s", "%q is not what was published: its SHA-256 was %s and is %s")
	ErrFileExtra = fault.Define("verify.file_extra", fault.Broken,
		"“%s”不在公开记录里", "%q is not among the published files")
	ErrFormulaDiffers = fault.Define("verify.formula_differs", fault.Broken,
		"“%s”的公式与其中存的结果不符：%s", "in %q a formula gives another result than the one that is stored: %s")
	ErrNotPublished = fault.Define("verify.not_published", fault.Broken,
		"公开记录没有列出“%s”：每份公开的报告都应有它", "the publication does not name %q, which every published report has")
	ErrOtherBook = fault.Define("verify.other_book", fault.Broken,
		"“%s”写的账册是%s（第%d纪），封存点的是%s", "%q names the book %s (epoch %d); the checkpoint is of %s")
	ErrNotReadable = fault.Define("verify.not_readable", fault.Broken,
		"“%s”无法解读：%s", "%q cannot be read: %s")
	ErrWrongKey = fault.Define("verify.wrong_key", fault.Broken,
		"封存点与公钥不符：%s；请核对公钥是否取自发布单位", "the checkpoint does not fit the public key: %s; see whether the key is the one of the bureau")
	ErrCheckpointAltered = fault.Define("verify.altered", fault.Broken,
		"封存点带有这个公钥的签名，签名与内容不符：内容在签名之后被改动", "the checkpoint bears a signature of the public key that does not fit it: it was altered after it was signed")
	ErrNotIncluded = fault.Define("verify.not_included", fault.Broken,
		"公开记录（日志位置%d）不在封存点签名的日志（共%d条）里", "the publication (position %d) is not in the journal that the checkpoint signs (%d entries)")
	ErrNotConsistent = fault.Define("verify.not_consistent", fault.Broken,
		"报告所依据的日志（到第%d条）不是封存点签名的日志（共%d条）的开头", "the journal that the report is computed from (up to position %d) is not how the journal that the checkpoint signs (%d entries) begins")
	ErrNotThePublication = fault.Define("verify.not_the_publication", fault.Broken,
		"其中的日志记录不是这份报告的公开记录", "the entry in it is not the publication of this report")
	ErrBasisDiffers = fault.Define("verify.basis_differs", fault.Broken,
		"figures.json写的日志位置和根（%d，%s）与公开记录（%d，%s）不符", "figures.json names position %d and root %s; the publication says %d and %s")
	ErrPageActs = fault.Define("verify.page_acts", fault.Broken,
		"“%s”里有能改变显示内容的东西（%s）：公开的网页只有文字", "%q holds what can show something else than its text (%s): a published page is text alone")
	// ErrHides is of a Word file: a figure could be hidden, and another number stand beside it.
	ErrHides = fault.Define("verify.hides_text", fault.Broken,
		"“%s”里有隐藏的文字（%s）：公开的文件没有隐藏的文字", "%q hides text (%s): a published file has none")
	ErrFigureDiffers = fault.Define("verify.figure_differs", fault.Broken,
		"“%s”中数据“%s”印为“%s”，figures.json为“%s”", "in %q the figure %q is printed as %q, figures.json has %q")
)

// Verified says what a folder proves.
type Verified struct {
	Book       string `json:"book"`
	Position   int64  `json:"position"` // as of which the figures were computed
	Checkpoint int64  `json:"checkpoint"`
	Origin     string `json:"origin"`
	Title      string `json:"title"`
	// RecordedAt is when the publication was recorded, by the clock of whoever published.
	RecordedAt time.Time `json:"recorded_at,omitzero"`
	Files      []string  `json:"files"` // that are what was published
	Figures    int       `json:"figures"`
	Recomputed int       `json:"figures_recomputed"` // of them: from the sets, by the arithmetic of their definitions
	Rescored   int       `json:"scores_given_again"` // of them: by the schemes that are published with the report
	// Others are the rest of the figures, by why they were not.
	Others  []NotRecomputed `json:"figures_not_recomputed,omitempty"`
	Sets    int             `json:"sets"`            // sets of records whose size, root and total follow from their lines
	Counted int             `json:"records_counted"` // lines of them
	Recount int             `json:"sets_recounted_from_book,omitempty"`
	// Definitions are those that the figures go by, which are no more than what was published with them.
	Definitions []UsedDefinition `json:"definitions,omitempty"`
	// Renamed are figures under another name than their indicator's, Reshaped those in another unit of measure, with other decimals
	// or in other words than the definition has; Unsaid are sets that do not say what they leave out, Earlier measures that were counted by an
	// earlier definition than the one that the indicator names.
	Renamed  []Renamed `json:"figures_renamed,omitempty"`
	Reshaped []string  `json:"figures_in_another_form,omitempty"`
	Unsaid   []string  `json:"sets_without_what_is_left_out,omitempty"`
	Earlier  []string  `json:"measures_by_an_earlier_definition,omitempty"`
	// Stated are sets of which the folder gives the total and not the lines, so that figures rest on what it says of them.
	Stated []string `json:"sets_without_their_lines,omitempty"`
	// OtherStyle says that the web page is styled otherwise than this program does it: a style can hide text and show other.
	OtherStyle bool `json:"page_styled_otherwise,omitempty"`
	// Absent are published files that are not there and may be missing: a PDF, which is made of the Word file, and the lines of the sets.
	Absent []string `json:"absent,omitempty"`
	// Lost are positions at which a key was declared lost and another took its place without its signature.
	Lost     []journal.Position `json:"lost_keys,omitempty"`
	Findings fault.List         `json:"-"`

	exact map[string]*big.Rat // figures that were computed again, in their printed unit
}

// Sound says that nothing differs.
func (v *Verified) Sound() bool { return len(v.Findings) == 0 }

// aheadMax is how far clocks may differ.
const aheadMax = 24 * time.Hour

// Ahead says that the publication is dated later than it can have been recorded: one of the two clocks is wrong.
func (v *Verified) Ahead(now time.Time) bool { return v.RecordedAt.Sub(now) > aheadMax }

// find keeps what is wrong with a file; false when nothing is.
func (v *Verified) find(name string, err error) bool {
	var l fault.List
	if err == nil {
		return false
	}
	if internal := l.Add(err); internal != nil {
		l = append(l, ErrNotReadable.Because(internal, name, reason.Of(internal)))
	}
	for _, f := range l {
		if f.Where.File == "" && f.Declaration != ErrFileMissing && f.Declaration != ErrNotReadable { // those name the file themselves
			f.Where.File = name
		}
		if !slices.ContainsFunc(v.Findings, func(g *fault.Fault) bool { return g.Error() == f.Error() }) { // a file that is asked for twice is missing once
			v.Findings = append(v.Findings, f)
		}
	}
	return true
}

// said is an error as the last part of a sentence.
func said(err error) any {
	var l fault.List
	if internal := l.Add(err); internal != nil {
		return reason.Of(internal)
	}
	return l
}

// fileBytesMax bounds what is read of one file of a folder that a stranger gave us.
const fileBytesMax = 256 << 20

// Verify proves a published report from its folder alone. key is the public key to trust; nil takes key.pub of the folder,
// which proves that all of it fits together but not who signed it. When ctx ends nothing is said of the folder.
func Verify(ctx context.Context, dir string, key *journal.PublicKey) (*Verified, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, ErrNoFolder.Because(err, dir, reason.Of(err))
	}
	v := &Verified{}
	var p ProofFile
	checkpoint, ok := v.signed(dir, key)
	if !ok || !v.readOwn(dir, Proof, &p) {
		return v, nil
	}
	v.Checkpoint, v.Origin = int64(checkpoint.Size), checkpoint.Origin
	if err := p.Inclusion.Verify(checkpoint.Root, []byte(p.Entry)); err != nil || int64(p.Inclusion.Position) != p.Position || p.Inclusion.Size != checkpoint.Size {
		v.find(Proof, ErrNotIncluded.Because(err, p.Position, int64(checkpoint.Size)))
	}
	entry, ok := v.publication(p)
	if !ok {
		return v, nil
	}
	if v.RecordedAt, err = time.Parse(time.RFC3339Nano, entry.RecordedAt); err != nil {
		v.find(Proof, ErrNotThePublication.Because(err))
		return v, nil
	}
	v.Title, v.Position = entry.Content.Title, entry.Content.Position
	if root, err := journal.ParseHash(entry.Content.Root); err != nil || int64(p.Consistency.Old) != entry.Content.Position || p.Consistency.New != checkpoint.Size {
		v.find(Proof, ErrNotConsistent.Because(err, entry.Content.Position, int64(checkpoint.Size)))
	} else if err := p.Consistency.Verify(root, checkpoint.Root); err != nil {
		v.find(Proof, ErrNotConsistent.Because(err, entry.Content.Position, int64(checkpoint.Size)))
	}
	if err := v.files(ctx, dir, entries, entry); err != nil {
		return nil, err
	}
	if err := v.figures(ctx, dir, entry); err != nil {
		return nil, err
	}
	return v, nil
}

// signed opens the checkpoint with the trusted key.
func (v *Verified) signed(dir string, key *journal.PublicKey) (journal.Checkpoint, bool) {
	note, err := readFile(dir, Checkpoint)
	if v.find(Checkpoint, err) {
		return journal.Checkpoint{}, false
	}
	trusted, err := ownKey(dir)
	switch {
	case key == nil && v.find(PublicKey, err):
		return journal.Checkpoint{}, false
	case key != nil: // the folder may say which key the trusted one has handed over to
		trusted = key.Follow(trusted.Changes()...)
	}
	c, err := trusted.Open(string(note))
	if journal.Altered(err) {
		v.find(Checkpoint, ErrCheckpointAltered.Because(err))
		return journal.Checkpoint{}, false
	}
	if err != nil {
		v.find(Checkpoint, ErrWrongKey.Because(err, said(err)))
		return journal.Checkpoint{}, false
	}
	for _, r := range trusted.Changes() {
		if r.Lost {
			v.Lost = append(v.Lost, r.Position)
		}
	}
	return c, true
}

// ownKey is the public key that the folder brings.
func ownKey(dir string) (journal.PublicKey, error) {
	text, err := readFile(dir, PublicKey)
	if err != nil {
		return journal.PublicKey{}, err
	}
	return journal.ParsePublicKey(string(text))
}

// published is what Verify reads of a publication's entry.
type published struct {
	RecordedAt string
	Content    struct {
		Title    string
		Position int64
		Root     string
		File     []publishedFile
	}
}

type publishedFile struct{ Name, SHA256 string }

// publication reads the entry member by member from its canonical form: another reader could take another member of the same name, or of
// one that only looks so.
func (v *Verified) publication(p ProofFile) (e published, ok bool) {
	entry, err := canonical.Parse([]byte(p.Entry))
	ok = err == nil
	text := func(of canonical.Value, name string) string {
		s, is := of.Member(name).Text()
		ok = ok && is
		return s
	}
	kind, action, content := text(entry, "kind"), text(entry, "action"), entry.Member("content")
	e.RecordedAt, e.Content.Title, e.Content.Root = text(entry, "recorded_at"), text(content, "title"), text(content, "root")
	position, is := content.Member("position").Int()
	e.Content.Position, ok = position, ok && is
	files := content.Member("file")
	ok = ok && files.Kind() == canonical.IsArray
	for i := range files.Len() {
		e.Content.File = append(e.Content.File, publishedFile{text(files.At(i), "name"), text(files.At(i), "sha256")})
	}
	if !ok || kind != Kind.Code() || action != "create" {
		v.find(Proof, ErrNotThePublication.Because(err))
		return e, false
	}
	return e, true
}

// files compares each file with its hash in the publication.
func (v *Verified) files(ctx context.Context, dir string, entries []os.DirEntry, e published) error {
	known := map[string]bool{Checkpoint: true, Proof: true, PublicKey: true}
	for _, f := range e.Content.File {
		if err := ctx.Err(); err != nil {
			return err
		}
		if known[f.Name] {
			v.find("", ErrTwice.With(Proof, lang.Of("文件", "file"), f.Name))
			continue
		}
		known[f.Name] = true
		if _, err := os.Lstat(filepath.Join(dir, f.Name)); (f.Name == PDF || f.Name == LinesName) && errors.Is(err, fs.ErrNotExist) {
			v.Absent = append(v.Absent, f.Name)
			continue
		}
		content, err := readFile(dir, f.Name)
		if v.find(f.Name, err) {
			continue
		}
		if sum := sha256.Sum256(content); hex.EncodeToString(sum[:]) != f.SHA256 {
			v.find("", ErrFileDiffers.With(f.Name, f.SHA256, hex.EncodeToString(sum[:])))
			continue
		}
		v.Files = append(v.Files, f.Name)
	}
	for _, x := range entries {
		if !known[x.Name()] {
			v.find("", ErrFileExtra.With(x.Name()))
		}
	}
	wanted := []string{DOCX, HTML, Figures}
	if known[SetsName] || known[LinesName] {
		wanted = append(wanted, SetsName, LinesName)
	}
	for _, name := range wanted {
		if !known[name] {
			v.find("", ErrNotPublished.With(name))
		}
	}
	return nil
}

// figures compares figures.json with the publication, and the figures that the Word file prints with figures.json.
func (v *Verified) figures(ctx context.Context, dir string, e published) error {
	var f FiguresFile
	if !v.readOwn(dir, Figures, &f) {
		return nil
	}
	v.Book, v.Figures = f.Book, len(f.Figures)
	v.ofBook(Figures, f.Book, f.Epoch)
	v.onePlace(f)
	if f.Position != e.Content.Position || f.Root != e.Content.Root {
		v.find("", ErrBasisDiffers.With(f.Position, f.Root, e.Content.Position, e.Content.Root))
	}
	printed := map[string]map[string]document.Printed{} // by file and id; nil of a file that cannot be read
	for _, x := range f.Figures {
		file := wordFile(x)
		in, known := printed[file]
		if !known {
			if err := ctx.Err(); err != nil {
				return err
			}
			in = v.controls(dir, file)
			printed[file] = in
		}
		if in == nil {
			continue
		}
		is := in[x.ID]
		delete(in, x.ID)
		if is.Text != x.Text {
			v.find("", ErrFigureDiffers.With(file, x.ID, is.Text, x.Text))
		} else if !fits(is.Paragraph, x) {
			v.find("", ErrFigureDiffers.With(file, x.ID, is.Paragraph, x.Lead+x.Text))
		}
	}
	for _, file := range slices.Sorted(maps.Keys(printed)) {
		for _, id := range slices.Sorted(maps.Keys(printed[file])) {
			v.find("", ErrFigureDiffers.With(file, id, printed[file][id].Text, ""))
		}
	}
	v.page(dir, f)
	v.workbooks(dir, f)
	if err := ctx.Err(); err != nil {
		return err
	}
	done := v.recount(dir, e, f)
	if done == nil {
		done = map[string]outcome{}
	}
	v.scores(f, done)
	v.rest(f, done)
	return ctx.Err()
}

// page compares the figures of the web page, and what its list says of them, with figures.json.
func (v *Verified) page(dir string, f FiguresFile) {
	content, err := readFile(dir, HTML)
	if v.find(HTML, err) {
		return
	}
	active, own, err := document.ActiveIn(bytes.NewReader(content))
	if v.find(HTML, err) {
		return
	}
	if len(active) > 0 {
		v.find("", ErrPageActs.With(HTML, strings.Join(active[:min(len(active), activeShown)], " ")))
	}
	v.OtherStyle = !own
	shown, twice, err := document.FiguresIn(bytes.NewReader(content))
	if v.find(HTML, err) {
		return
	}
	for _, id := range twice {
		v.find("", ErrTwice.With(HTML, lang.Of("数据", "figure"), id))
	}
	for _, x := range f.Figures {
		if x.File != "" {
			continue
		}
		is, printed := shown[x.ID]
		delete(shown, x.ID)
		word, up := check.Way(is.Before)
		lead, leadsUp := check.Way(x.Lead)
		switch {
		case printed && is.Text == x.Text && is.Value != x.Value:
			v.find("", ErrFigureDiffers.With(HTML, x.ID, is.Text+" = "+is.Value, x.Text+" = "+x.Value))
		case !printed || is.Text != x.Text || word != "" && lead != "" && up != leadsUp:
			v.find("", ErrFigureDiffers.With(HTML, x.ID, word+is.Text, x.Lead+x.Text))
		case is.About != x.About():
			v.find("", ErrFigureDiffers.With(HTML, x.ID, is.About, x.About()))
		}
	}
	for id, is := range shown {
		v.find("", ErrFigureDiffers.With(HTML, id, is.Text, ""))
	}
}

// activeShown bounds what a finding repeats of a page that acts.
const activeShown = 5

// workbooks compares the cells that hold figures with figures.json, and computes their formulas again. Whatever a workbook calls a
// figure is one of the list.
func (v *Verified) workbooks(dir string, f FiguresFile) {
	files := map[string]map[string]string{} // of each workbook, by the name of the cell
	listed := map[string]string{}           // the names of the cells of figures, with their workbook
	for _, x := range f.Figures {
		if x.File == "" {
			continue
		}
		name := x.File + sheetEnding
		listed[document.CellOf(x.ID)] = name
		cells, known := files[name]
		if !known && (x.Cell != "" || slices.Contains(v.Files, name)) {
			cells = v.cells(dir, name)
			files[name] = cells
		}
		is, named := cells[document.CellOf(x.ID)]
		if cells != nil && (named || x.Cell != "") && !cellPrints(is, x.Text) {
			v.find("", ErrFigureDiffers.With(name, x.ID, is, x.Text))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		for _, cell := range slices.Sorted(maps.Keys(files[name])) {
			if document.IsCell(cell) && listed[cell] != name {
				v.find("", ErrFigureDiffers.With(name, cell, files[name][cell], ""))
			}
		}
	}
}

// cellPrints says whether the text of a cell has a figure by itself, and not as a part of another number.
func cellPrints(cell, text string) bool {
	cell = strings.ReplaceAll(cell, "-", "−")
	for at := 0; ; {
		i := strings.Index(cell[at:], text)
		if i < 0 || text == "" {
			return false
		}
		before, _ := utf8.DecodeLastRuneInString(cell[:at+i])
		after, _ := utf8.DecodeRuneInString(cell[at+i+len(text):])
		if !strings.ContainsRune("0123456789.,−近约超十百千万亿", before) && !strings.ContainsRune("0123456789.,%‰十百千万亿余多", after) {
			return true
		}
		at += i + len(text)
	}
}

// cells are the cells of a workbook that have a name; nil when it cannot be read.
func (v *Verified) cells(dir, name string) map[string]string {
	content, err := readFile(dir, name)
	if v.find(name, err) {
		return nil
	}
	cells, err := document.CellsIn(name, bytes.NewReader(content), int64(len(content)))
	if v.find(name, err) {
		return nil
	}
	wrong, err := document.Formulas(name, bytes.NewReader(content), int64(len(content)))
	if v.find(name, err) {
		return nil
	}
	for _, f := range wrong {
		v.find("", ErrFormulaDiffers.With(name, f))
	}
	return cells
}

// ofBook sees that a file is of the book that the checkpoint is of. A book that was restored has gone on in a later epoch.
func (v *Verified) ofBook(name, book string, epoch int64) {
	name0, id, ok := strings.Cut(v.Origin, "/")
	id, last, also := strings.Cut(id, "/")
	latest, err := strconv.ParseInt(last, 10, 64)
	if !ok || !also || err != nil || name0 != "anlan" || id != book || max(epoch, 1) > latest {
		v.find("", ErrOtherBook.With(name, book, epoch, v.Origin))
	}
}

// onePlace sees that every figure of the list has an id of its own.
func (v *Verified) onePlace(f FiguresFile) {
	known := map[string]bool{}
	for _, x := range f.Figures {
		if known[x.ID] {
			v.find("", ErrTwice.With(Figures, lang.Of("数据", "figure"), x.ID))
		}
		known[x.ID] = true
	}
}

// fits says whether a figure stands in a paragraph behind no verb of the other direction.
func fits(paragraph string, x document.Placed) bool {
	lead, leadsUp := check.Way(x.Lead)
	for at := 0; x.Text != ""; {
		i := strings.Index(paragraph[at:], x.Text)
		if i < 0 {
			return false
		}
		if word, up := check.Way(paragraph[:at+i]); lead == "" || word == "" || up == leadsUp {
			return true
		}
		at += i + len(x.Text)
	}
	return true
}

// wordFile is the Word file that prints a figure.
func wordFile(x document.Placed) string {
	if x.File == "" {
		return DOCX
	}
	return x.File + wordEnding
}

// controls are the figures that a Word file prints, by id, each once; nil when it cannot be read.
func (v *Verified) controls(dir, file string) map[string]document.Printed {
	docx, err := readFile(dir, file)
	if v.find(file, err) {
		return nil
	}
	controls, err := document.PrintedIn(file, bytes.NewReader(docx), int64(len(docx)))
	if v.find(file, err) {
		return nil
	}
	hidden, err := document.HiddenIn(bytes.NewReader(docx), int64(len(docx)))
	if v.find(file, err) {
		return nil
	}
	if hidden != "" {
		v.find("", ErrHides.With(file, hidden))
	}
	out := map[string]document.Printed{}
	for _, c := range controls {
		if _, known := out[c.ID]; known {
			v.find("", ErrTwice.With(file, lang.Of("数据", "figure"), c.ID))
		}
		out[c.ID] = c
	}
	return out
}

func (v *Verified) readJSON(dir, name string, into any) bool {
	content, err := readFile(dir, name)
	if v.find(name, err) {
		return false
	}
	if err := json.Unmarshal(content, into); err != nil {
		v.find(name, ErrNotReadable.Because(err, name, lang.Of("不是应有的JSON内容", "it does not hold the JSON it should")))
		return false
	}
	return true
}

// readOwn reads a file that this program writes, and sees that it is spelled as that writes it: a member that stands twice, in other
// letters, or that is unknown would be read by one reader and not by another.
func (v *Verified) readOwn(dir, name string, into any) bool {
	if !v.readJSON(dir, name, into) {
		return false
	}
	content, err := readFile(dir, name)
	if v.find(name, err) {
		return false
	}
	again, err := json.MarshalIndent(into, "", " ")
	if err != nil || !bytes.Equal(again, bytes.TrimSuffix(content, []byte("\n"))) {
		v.find(name, ErrNotReadable.Because(err, name, lang.Of("有重复或不认识的内容，或者写法不是本程序的", "something in it stands twice or is unknown, or is not spelled as this program spells it")))
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
		return nil, ErrNotReadable.Because(err, name, reason.Of(err))
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, fileBytesMax+1))
	switch {
	case err != nil:
		return nil, ErrNotReadable.Because(err, name, reason.Of(err))
	case len(b) > fileBytesMax:
		return nil, ErrNotReadable.With(name, lang.Of("文件太大", "it is too large"))
	}
	return b, nil
}
