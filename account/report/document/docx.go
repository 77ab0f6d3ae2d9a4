package document

import (
	"archive/zip"
	"fmt"
	"hash/crc32"
	"io"
	"strconv"
	"strings"
)

// RenderDOCX writes the report as a Word document (ISO/IEC 29500 Transitional). Its faults are those of Check and the
// errors of w.
//
// Parts are stored, not compressed: compressed bytes would change with the compiler's library, and with them the hash
// under which the report was published.
func (d *Document) RenderDOCX(w io.Writer) error {
	if err := d.Check(); err != nil {
		return err
	}
	body := &wordWriter{}
	body.document(d)
	parts := []part{
		{"[Content_Types].xml", contentTypes(d, len(body.notes) > 0)},
		{"_rels/.rels", packageRelations},
		{"word/document.xml", body.String()},
		{"word/_rels/document.xml.rels", documentRelations(d, len(body.notes) > 0)},
		{"word/styles.xml", wordStyles()},
		{"word/settings.xml", wordSettings(len(body.notes) > 0)},
		{"word/fontTable.xml", fontTable},
		{"word/footer1.xml", pageNumber("right")},
		{"word/footer2.xml", pageNumber("left")},
	}
	if banner := d.banner(); banner != "" {
		parts = append(parts, part{"word/header1.xml", bannerHeader(banner)})
	}
	if len(body.notes) > 0 {
		parts = append(parts, part{"word/footnotes.xml", body.footnotes()})
	}
	if d.ofBook() {
		held := d.held().Parts("itemProps1.xml")
		parts = append(parts, part{"customXml/item1.xml", string(held[0])}, part{"customXml/itemProps1.xml", string(held[1])},
			part{"customXml/_rels/item1.xml.rels", string(held[2])})
	}
	parts = append(parts, part{"docProps/core.xml", coreProperties(d)}, part{"docProps/custom.xml", customProperties(d)})
	return store(w, parts)
}

type part struct{ name, content string }

const firstDay = 1<<5 | 1 // 1980-01-01, the earliest date of the format, as MS-DOS writes it

// store writes parts as a ZIP archive in their order, all of the same date, with sizes before the data (no data
// descriptors, which some readers refuse for stored entries).
func store(w io.Writer, parts []part) error {
	z := zip.NewWriter(w)
	for _, p := range parts {
		h := &zip.FileHeader{Name: p.name, Method: zip.Store, CRC32: crc32.ChecksumIEEE([]byte(p.content)),
			CompressedSize64: uint64(len(p.content)), UncompressedSize64: uint64(len(p.content))}
		//lint:ignore SA1019 CreateRaw writes this field, and not Modified.
		h.ModifiedDate = firstDay
		f, err := z.CreateRaw(h)
		if err != nil {
			return fmt.Errorf("store %s: %w", p.name, err)
		}
		if _, err := io.WriteString(f, p.content); err != nil {
			return fmt.Errorf("store %s: %w", p.name, err)
		}
	}
	return z.Close()
}

const (
	xmlHead    = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	wordNS     = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`
	relationNS = `http://schemas.openxmlformats.org/officeDocument/2006/relationships`
	wordType   = `application/vnd.openxmlformats-officedocument.wordprocessingml.`
)

func contentTypes(d *Document, notes bool) string {
	var b strings.Builder
	b.WriteString(xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Default Extension="xml" ContentType="application/xml"/>`)
	over := func(part, kind string) {
		b.WriteString(`<Override PartName="/` + part + `" ContentType="` + kind + `"/>`)
	}
	over("word/document.xml", wordType+"document.main+xml")
	over("word/styles.xml", wordType+"styles+xml")
	over("word/settings.xml", wordType+"settings+xml")
	over("word/fontTable.xml", wordType+"fontTable+xml")
	over("word/footer1.xml", wordType+"footer+xml")
	over("word/footer2.xml", wordType+"footer+xml")
	if d.banner() != "" {
		over("word/header1.xml", wordType+"header+xml")
	}
	if notes {
		over("word/footnotes.xml", wordType+"footnotes+xml")
	}
	if d.ofBook() {
		over("customXml/itemProps1.xml", HeldPropertiesType)
	}
	over("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml")
	over("docProps/custom.xml", "application/vnd.openxmlformats-officedocument.custom-properties+xml")
	b.WriteString(`</Types>`)
	return b.String()
}

const packageRelations = xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
	`<Relationship Id="rId1" Type="` + relationNS + `/officeDocument" Target="word/document.xml"/>` +
	`<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/>` +
	`<Relationship Id="rId3" Type="` + relationNS + `/custom-properties" Target="docProps/custom.xml"/>` +
	`</Relationships>`

// The ids by which the last section's properties name headers and footers.
const (
	oddFooterID  = "rId4"
	evenFooterID = "rId5"
	headerID     = "rId6"
)

func documentRelations(d *Document, notes bool) string {
	var b strings.Builder
	b.WriteString(xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`)
	relation := func(id, kind, target string) {
		b.WriteString(`<Relationship Id="` + id + `" Type="` + relationNS + `/` + kind + `" Target="` + target + `"/>`)
	}
	relation("rId1", "styles", "styles.xml")
	relation("rId2", "settings", "settings.xml")
	relation("rId3", "fontTable", "fontTable.xml")
	relation(oddFooterID, "footer", "footer1.xml")
	relation(evenFooterID, "footer", "footer2.xml")
	if d.banner() != "" {
		relation(headerID, "header", "header1.xml")
	}
	if notes {
		relation("rId7", "footnotes", "footnotes.xml")
	}
	if d.ofBook() {
		relation("rId8", "customXml", "../customXml/item1.xml")
	}
	b.WriteString(`</Relationships>`)
	return b.String()
}

func coreProperties(d *Document) string {
	return xmlHead + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">` +
		`<dc:title>` + escape(d.OneLineTitle()) + `</dc:title>` +
		`<dc:creator>` + escape(d.Author) + `</dc:creator>` +
		`<dc:language>zh-CN</dc:language></cp:coreProperties>`
}

// customProperties hold the basis for programs, as the closing line states it for people, and of which report it is.
func customProperties(d *Document) string {
	var b strings.Builder
	b.WriteString(xmlHead + `<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">`)
	properties := [][2]string{
		{PropertyBook, d.Basis.Book},
		{PropertyEpoch, strconv.Itoa(max(d.Basis.Epoch, 1))},
		{PropertyPosition, strconv.FormatInt(d.Basis.Position, 10)},
		{PropertyRoot, d.Basis.Root},
		{"anlan.synthetic", strconv.FormatBool(d.Synthetic)},
	}
	if !d.ofBook() {
		properties = properties[4:]
	}
	if d.Origin != (Origin{}) {
		properties = append(properties, [2]string{PropertyTemplate, d.Origin.Template}, [2]string{PropertyPeriod, d.Origin.Period})
	}
	for i, p := range properties {
		fmt.Fprintf(&b, `<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="%d" name="%s"><vt:lpwstr>%s</vt:lpwstr></property>`, i+2, p[0], escape(p[1]))
	}
	b.WriteString(`</Properties>`)
	return b.String()
}

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "'", "&#39;")

// escape writes text for content and attributes of XML and HTML alike. Check has refused what neither can hold.
func escape(s string) string { return escaper.Replace(s) }
