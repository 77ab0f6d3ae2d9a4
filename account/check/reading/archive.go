package reading

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strings"

	"anlan/ground/fault"
	"anlan/ground/lang"
)

// Bounds on a ZIP archive and the XML in it. They hold for what is really unpacked, whatever the archive's directory says.
const (
	entriesMax   = 10_000
	partMaxBytes = 64 << 20  // of one part, unpacked
	allMaxBytes  = 160 << 20 // of all parts that are read
	ratioMax     = 400       // unpacked to packed, of a part over ratioFrom; real documents stay under 100
	ratioFrom    = 1 << 20
	depthMax     = 256 // of nested XML elements
)

// archive is an opened ZIP package whose parts are found by name, in any case, as the packaging standard says
// (ISO/IEC 29500-2).
type archive struct {
	parts  map[string]*zip.File
	unread int64 // bytes that may still be unpacked
}

func openArchive(src string) (*archive, error) {
	z, err := zip.NewReader(strings.NewReader(src), int64(len(src)))
	if err != nil {
		return nil, ErrDamagedDocx.Because(err, lang.Of("压缩包", "the archive"), lang.Of("目录缺失，文件可能没有传完", "its directory is missing; the file may have been cut off"))
	}
	if len(z.File) > entriesMax {
		return nil, ErrBomb.With("", lang.Of("文件数", "entries"), entriesMax)
	}
	a := &archive{parts: make(map[string]*zip.File, len(z.File)), unread: allMaxBytes}
	for _, f := range z.File {
		name := strings.ToLower(f.Name)
		if a.parts[name] != nil {
			return nil, ErrDamagedDocx.With(f.Name, lang.Of("同名部分出现两次", "the part is there twice"))
		}
		a.parts[name] = f
	}
	return a, nil
}

func (a *archive) has(name string) bool { return a.parts[strings.ToLower(name)] != nil }

// open begins to unpack a part.
func (a *archive) open(name string) (*part, error) {
	f := a.parts[strings.ToLower(name)]
	if f == nil {
		return nil, ErrDamagedDocx.With(name, lang.Of("部分缺失", "the part is missing"))
	}
	r, err := f.Open()
	if err != nil {
		return nil, ErrDamagedDocx.Because(err, name, lang.Of("无法解压", "it cannot be unpacked"))
	}
	return &part{name: name, from: r, all: &a.unread, packed: int64(f.CompressedSize64)}, nil
}

// drain unpacks all parts below a folder and keeps nothing: after it, whoever else unpacks them stays within the bounds.
func (a *archive) drain(dir string) error {
	for name := range a.parts {
		if !strings.HasPrefix(name, dir) || !strings.HasSuffix(name, ".xml") {
			continue
		}
		p, err := a.open(name)
		if err != nil {
			return err
		}
		_, err = io.Copy(io.Discard, p)
		p.Close()
		if err != nil {
			return err
		}
	}
	return nil
}

// part unpacks one part within the bounds.
type part struct {
	name   string
	from   io.ReadCloser
	all    *int64
	read   int64
	packed int64
	fault  error // what ended the reading too early
}

func (p *part) Close() error { return p.from.Close() }

// Read keeps the fault that stops it, because a parser above may make another error of being stopped.
func (p *part) Read(b []byte) (int, error) {
	n, err := p.from.Read(b)
	p.read += int64(n)
	*p.all -= int64(n)
	switch {
	case p.read > partMaxBytes:
		p.fault = ErrBomb.With(p.name, lang.Of("解压后字节数", "unpacked bytes"), partMaxBytes)
	case *p.all < 0:
		p.fault = ErrBomb.With("", lang.Of("解压后总字节数", "unpacked bytes in all"), allMaxBytes)
	case p.read > ratioFrom && p.read > p.packed*ratioMax:
		p.fault = ErrBomb.With(p.name, lang.Of("解压倍数", "growth by unpacking"), ratioMax)
	case err != nil && err != io.EOF:
		p.fault = ErrDamagedDocx.Because(err, p.name, lang.Of("压缩数据不完整", "the packed data are not whole"))
	default:
		return n, err
	}
	return 0, p.fault
}

// element is where a parser of one XML part stands.
type element struct {
	dec   *xml.Decoder
	part  *part
	depth int
}

// eachPart parses a part: root is called with its outermost element and must take it whole.
func (a *archive) eachPart(name string, root func(*element, xml.StartElement) error) error {
	r, err := a.open(name)
	if err != nil {
		return err
	}
	defer r.Close()
	e := &element{dec: xml.NewDecoder(r), part: r}
	for {
		tok, err := e.dec.Token()
		if err != nil {
			return e.damaged(err)
		}
		if s, ok := tok.(xml.StartElement); ok {
			return root(e, s)
		}
	}
}

// children calls f with each child element in turn; f must take it whole, by children, text or skip.
func (e *element) children(f func(xml.StartElement) error) error {
	if e.depth++; e.depth > depthMax {
		return ErrDamagedDocx.With(e.part.name, lang.Of("元素嵌套过深", "its elements are nested too deeply"))
	}
	defer func() { e.depth-- }()
	for {
		tok, err := e.dec.Token()
		if err != nil {
			return e.damaged(err)
		}
		switch t := tok.(type) {
		case xml.StartElement:
			if err := f(t); err != nil {
				return err
			}
		case xml.EndElement:
			return nil
		}
	}
}

// text takes an element whole and gives its characters, without those of its children.
func (e *element) text() (string, error) {
	var b strings.Builder
	for {
		tok, err := e.dec.Token()
		if err != nil {
			return "", e.damaged(err)
		}
		switch t := tok.(type) {
		case xml.CharData:
			b.Write(t)
		case xml.StartElement:
			if err := e.skip(); err != nil {
				return "", err
			}
		case xml.EndElement:
			return b.String(), nil
		}
	}
}

func (e *element) skip() error { return e.damaged(e.dec.Skip()) }

// damaged makes a fault of a parser's error; one that is a fault already passes.
func (e *element) damaged(err error) error {
	var f *fault.Fault
	switch {
	case err == nil, errors.As(err, &f):
		return err
	case e.part.fault != nil:
		return e.part.fault
	}
	return ErrDamagedDocx.Because(err, e.part.name, lang.Of("XML 不完整或格式错误", "its XML is cut off or malformed"))
}

// relations are the targets of a part's relationships by the last word of their type ("styles", "footnotes").
func (a *archive) relations(of string) (map[string]string, error) {
	dir, file := path.Split(of)
	name := dir + "_rels/" + file + ".rels"
	out := map[string]string{}
	if !a.has(name) {
		return out, nil
	}
	err := a.eachPart(name, func(e *element, _ xml.StartElement) error {
		return e.children(func(s xml.StartElement) error {
			kind, target := path.Base(attribute(s, "Type")), attribute(s, "Target")
			if attribute(s, "TargetMode") != "External" && out[kind] == "" {
				if !strings.HasPrefix(target, "/") {
					target = "/" + dir + target
				}
				out[kind] = strings.TrimPrefix(path.Clean(target), "/")
			}
			return e.skip()
		})
	})
	return out, err
}

// attribute is an attribute by its local name, whatever its namespace.
func attribute(s xml.StartElement, local string) string {
	for _, a := range s.Attr {
		if a.Name.Local == local {
			return a.Value
		}
	}
	return ""
}
