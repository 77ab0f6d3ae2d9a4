package refill

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"path"
	"strings"

	"anlan/account/check/reading"
	"anlan/ground/lang"
)

// Bounds on what is unpacked: those of package reading, which has read the same file before.
const (
	partMaxBytes = 64 << 20
	allMaxBytes  = 160 << 20
	ratioMax     = 400
	ratioFrom    = 1 << 20
	storyMax     = 200 // parts with text of their own: headers, footers, notes
)

// pack is an opened Word file. Names are found in any case, as the packaging standard says.
type pack struct {
	zip    *zip.Reader
	parts  map[string]*zip.File
	texts  map[string][]byte // of the parts that were unpacked, by their own names
	unread int64
}

func openPack(content []byte) (*pack, error) {
	z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return nil, reading.ErrDamagedDocx.Because(err, lang.Of("压缩包", "the archive"), lang.Of("目录缺失，文件可能没有传完", "its directory is missing; the file may have been cut off"))
	}
	p := &pack{zip: z, parts: map[string]*zip.File{}, texts: map[string][]byte{}, unread: allMaxBytes}
	for _, f := range z.File {
		p.parts[strings.ToLower(f.Name)] = f
	}
	return p, nil
}

func (p *pack) has(name string) bool { return p.parts[strings.ToLower(name)] != nil }

// part unpacks a part, once.
func (p *pack) part(name string) ([]byte, error) {
	f := p.parts[strings.ToLower(name)]
	if f == nil {
		return nil, reading.ErrDamagedDocx.With(name, lang.Of("部分缺失", "the part is missing"))
	}
	if text, done := p.texts[f.Name]; done {
		return text, nil
	}
	r, err := f.Open()
	if err != nil {
		return nil, reading.ErrDamagedDocx.Because(err, name, lang.Of("无法解压", "it cannot be unpacked"))
	}
	defer r.Close()
	bound := min(int64(partMaxBytes), p.unread, max(ratioFrom, int64(min(f.CompressedSize64, partMaxBytes))*ratioMax))
	text, err := io.ReadAll(io.LimitReader(r, bound+1))
	switch {
	case err != nil:
		return nil, reading.ErrDamagedDocx.Because(err, name, lang.Of("压缩数据不完整", "the packed data are not whole"))
	case int64(len(text)) > bound:
		return nil, reading.ErrBomb.With(name, lang.Of("解压后字节数", "unpacked bytes"), bound)
	}
	p.unread -= int64(len(text))
	p.texts[f.Name] = text
	return text, nil
}

// relation is where a part points.
type relation struct {
	kind   string // the last word of its type
	target string // the part; empty where it lies outside of the package
}

// relationsPart is the part with the relations of a part.
func relationsPart(of string) string {
	dir, file := path.Split(of)
	return dir + "_rels/" + file + ".rels"
}

// relations are those of a part, in their order.
func (p *pack) relations(of string) (out []relation, err error) {
	name := relationsPart(of)
	if !p.has(name) {
		return nil, nil
	}
	text, err := p.part(name)
	if err != nil {
		return nil, err
	}
	var list struct {
		Relationship []struct {
			Type       string `xml:",attr"`
			Target     string `xml:",attr"`
			TargetMode string `xml:",attr"`
		}
	}
	if err := xml.Unmarshal(text, &list); err != nil {
		return nil, damaged(name, err)
	}
	dir, _ := path.Split(of)
	for _, r := range list.Relationship {
		x := relation{kind: path.Base(r.Type)}
		if r.TargetMode != "External" {
			if !strings.HasPrefix(r.Target, "/") {
				r.Target = "/" + dir + r.Target
			}
			x.target = strings.TrimPrefix(path.Clean(r.Target), "/")
		}
		out = append(out, x)
	}
	return out, nil
}

func damaged(part string, err error) error {
	return reading.ErrDamagedDocx.Because(err, part, lang.Of("XML 不完整或格式错误", "its XML is cut off or malformed"))
}

// write packs the file anew: parts in changed with their new text, those that are not there yet at the end, all others as they
// are packed, to the byte.
func (p *pack) write(changed map[string][]byte, added []string) ([]byte, error) {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, f := range p.zip.File {
		text, is := changed[f.Name]
		if !is {
			if err := z.Copy(f); err != nil {
				return nil, reading.ErrDamagedDocx.Because(err, f.Name, lang.Of("无法复制", "it cannot be copied"))
			}
			continue
		}
		if err := store(z, &zip.FileHeader{Name: f.Name, Method: f.Method, Modified: f.Modified, NonUTF8: f.NonUTF8}, text); err != nil {
			return nil, err
		}
	}
	for _, name := range added {
		if err := store(z, &zip.FileHeader{Name: name, Method: zip.Deflate}, changed[name]); err != nil {
			return nil, err
		}
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

func store(z *zip.Writer, h *zip.FileHeader, text []byte) error {
	w, err := z.CreateHeader(h)
	if err != nil {
		return err
	}
	_, err = w.Write(text)
	return err
}
