package evidence

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"

	"anlan/account/indicator"
	"anlan/account/report"
	"anlan/app"
	"anlan/ground/ident"
	"anlan/ground/lang"
	"anlan/record"
	"anlan/record/book"
	"anlan/record/exchange"
	"anlan/record/field"
	"anlan/record/sheet"
	"anlan/store/blob"
	"anlan/store/journal"
)

// Bounds of an archive.
const (
	linesMax      = 20_000   // records behind figures
	provedMax     = 300      // records with a proof each
	documentsMax  = 64 << 20 // bytes of attachments
	documentsMany = 500
)

// errEnough ends a drill-down when the archive has all that it takes.
var errEnough = errors.New("evidence: enough")

// line is a record behind a figure, with what it adds.
type line struct {
	Figure   string `json:"figure,omitempty"`
	Measure  string `json:"measure"`
	Label    string `json:"label"`
	Period   string `json:"period"`
	Unit     string `json:"unit_code"`
	Kind     string `json:"kind"`
	Key      string `json:"key,omitempty"` // empty: the reader may not see the record
	ID       string `json:"id,omitempty"`
	Version  int64  `json:"version,omitempty"`
	Position int64  `json:"position,omitempty"`
	Adds     string `json:"adds"`
	AddsUnit string `json:"unit"`
	Proof    string `json:"proof,omitempty"`
}

// paper is an attachment of a record.
type paper struct {
	name string
	sum  blob.Sum
	size int64
}

// collector gathers what stands behind figures from one view, and writes it.
type collector struct {
	app       *app.App
	lang      lang.Lang
	zip       *zip.Writer
	lines     []line
	hidden    int // lines of records that the reader may not see
	more      bool
	kinds     []record.Of
	records   map[string][]any
	seen      map[ident.ID]bool
	asked     map[indicator.Ask]bool
	documents []paper
	left      []string // documents that were left out
}

func newCollector(a *app.App, l lang.Lang, w io.Writer) *collector {
	return &collector{app: a, lang: l, zip: zip.NewWriter(w), records: map[string][]any{}, seen: map[ident.ID]bool{}, asked: map[indicator.Ask]bool{}}
}

// put writes a file.
func (c *collector) put(name string, content []byte) error {
	out, err := c.zip.Create(name)
	if err == nil {
		_, err = out.Write(content)
	}
	return err
}

// drill gathers the records behind a figure. What an earlier figure asked for is not listed again.
func (c *collector) drill(ctx context.Context, v *book.View, figures app.Figures, r indicator.Result, name string) error {
	now := map[indicator.Ask]bool{}
	err := figures.Drill(ctx, r, func(d app.Drilled) error {
		if c.asked[d.Ask] {
			return nil
		}
		now[d.Ask] = true
		if len(c.lines) >= linesMax {
			c.more = true
			return errEnough
		}
		return c.add(v, d, name)
	})
	for a := range now {
		c.asked[a] = true
	}
	if errors.Is(err, errEnough) {
		return nil
	}
	return err
}

func (c *collector) add(v *book.View, d app.Drilled, name string) error {
	x := line{Figure: name, Measure: d.Ask.Measure, Label: d.Label.In(c.lang), Period: d.Ask.Period.String(), Unit: string(d.Ask.Unit), Kind: d.Kind.Code(), Adds: strings.Replace(d.Adds, "-", "−", 1), AddsUnit: d.Unit}
	if d.Record == nil {
		c.hidden++
		c.lines = append(c.lines, x)
		return nil
	}
	h := d.Kind.Head(d.Record)
	x.Key, x.ID, x.Version, x.Position = exchange.KeyText(d.Kind, d.Record), h.ID.String(), h.Version, h.Began
	c.lines = append(c.lines, x)
	if c.seen[h.ID] {
		return nil
	}
	c.seen[h.ID] = true
	if c.records[x.Kind] == nil {
		c.kinds = append(c.kinds, d.Kind)
	}
	c.records[x.Kind] = append(c.records[x.Kind], d.Record)
	return c.attached(v, d.Kind, d.Record, x.Kind+"-"+strconv.FormatInt(h.Began, 10))
}

// attached gathers the attachments of a record that the reader may see.
func (c *collector) attached(v *book.View, k record.Of, r any, record string) error {
	for i, s := range k.Fields() {
		if s.Type != field.TypeAttachment || !v.Sees(k, i) {
			continue
		}
		files, err := field.ParseFiles(k.Text(r, i))
		if err != nil {
			return err
		}
		for n, f := range files {
			name := fmt.Sprintf("documents/%s-%s-%d%s", record, s.Code, n+1, strings.ToLower(path.Ext(f.Name)))
			c.documents = append(c.documents, paper{name, blob.Sum(f.SHA256), f.Size})
		}
	}
	return nil
}

// sheets writes the records, kind by kind, as an export shows them.
func (c *collector) sheets(v *book.View) error {
	slices.SortFunc(c.kinds, func(a, b record.Of) int { return strings.Compare(a.Code(), b.Code()) })
	for _, k := range c.kinds {
		var b bytes.Buffer
		if err := exchange.ExportThese(v, k, &b, sheet.XLSX, c.lang, slices.Values(c.records[k.Code()])); err != nil {
			return err
		}
		if err := c.put("records/"+k.Code()+".xlsx", b.Bytes()); err != nil {
			return err
		}
	}
	return nil
}

// prove writes the proofs of the versions that were listed, as far as the bound goes.
func (c *collector) prove(ctx context.Context) error {
	proved := map[int64]string{}
	for i := range c.lines {
		x := &c.lines[i]
		if x.ID == "" {
			continue
		}
		if name, ok := proved[x.Position]; ok {
			x.Proof = name
			continue
		}
		if len(proved) >= provedMax {
			continue
		}
		p, err := c.app.ProveSigned(ctx, journal.Position(x.Position))
		if err != nil {
			return err
		}
		x.Proof = fmt.Sprintf("proofs/%s-%d.tlog-proof", x.Kind, x.Position)
		proved[x.Position] = x.Proof
		if err := c.put(x.Proof, []byte(p.Text())); err != nil {
			return err
		}
	}
	return nil
}

// papers writes the attachments, as far as the bounds go.
func (c *collector) papers(ctx context.Context) error {
	var bytes int64
	for n, d := range c.documents {
		if n >= documentsMany || bytes+d.size > documentsMax {
			c.left = append(c.left, d.name)
			continue
		}
		bytes += d.size
		content, err := c.app.Blobs.Open(ctx, d.sum)
		if err != nil {
			return err
		}
		out, err := c.zip.Create(d.name)
		if err == nil {
			_, err = io.Copy(out, content)
		}
		if err := errors.Join(err, content.Close()); err != nil {
			return err
		}
	}
	return nil
}

// index writes the list of all records behind the figures.
func (c *collector) index() error {
	var b bytes.Buffer
	heading := func(zh lang.Zh, en lang.En, key string) sheet.Field {
		return sheet.Field{Heading: lang.Of(zh, en).In(c.lang), Key: key, Kind: sheet.Text}
	}
	w, err := sheet.NewWriter(&b, sheet.XLSX, sheet.Layout{Sheet: lang.Of("背后的记录", "records behind").In(c.lang), Lang: c.lang, Fields: []sheet.Field{
		heading("文中数据", "figure", "figure"), heading("统计项", "measure", "measure"), heading("名称", "name", "label"), heading("统计期", "period", "period"), heading("单位", "unit", "unit_code"),
		heading("记录种类", "kind", "kind"), heading("编号", "number", "key"), heading("版本", "version", "version"), heading("日志位置", "position", "position"), heading("计入", "adds", "adds"),
		heading("计量单位", "in", "unit"), heading("证明", "proof", "proof")}})
	if err != nil {
		return err
	}
	hidden := lang.Of("（不在您的权限内）", "(not within your rights)").In(c.lang)
	for _, x := range c.lines {
		key, version, position := x.Key, strconv.FormatInt(x.Version, 10), strconv.FormatInt(x.Position, 10)
		if x.ID == "" {
			key, version, position = hidden, "", ""
		}
		var cells []sheet.Cell
		for _, s := range []string{x.Figure, x.Measure, x.Label, x.Period, x.Unit, x.Kind, key, version, position, x.Adds, x.AddsUnit, x.Proof} {
			cells = append(cells, sheet.TextCell(s))
		}
		if err := w.Row(cells); err != nil {
			return err
		}
	}
	if err := w.Close(); err != nil {
		return err
	}
	return c.put("behind.xlsx", b.Bytes())
}

// end writes what explains the rest.
func (c *collector) end(about, verify lang.Text) error {
	if err := c.index(); err != nil {
		return err
	}
	key, err := c.app.PublicKey()
	if err != nil {
		return err
	}
	if err := c.put(report.PublicKey, []byte(key.File())); err != nil {
		return err
	}
	if err := c.put("README.txt", []byte(c.readme(about, verify))); err != nil {
		return err
	}
	return c.zip.Close()
}
