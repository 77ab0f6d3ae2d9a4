package refill

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"path"
	"strings"

	"anlan/account/check/reading"
	"anlan/account/report/document"
	"anlan/ground/lang"
)

// addHeld adds the part that says what the file holds to one that has none: the part with its properties, the relation that leads to it, and
// the type of the properties among those of the package.
func (p *pack) addHeld(changed map[string][]byte, main string, h document.Held) (added []string, err error) {
	name, n := p.freePart("customXml/item%d.xml")
	properties := fmt.Sprintf("customXml/itemProps%d.xml", n)
	relations := relationsPart(name)
	if p.has(properties) || p.has(relations) {
		return nil, reading.ErrDamagedDocx.With(properties, lang.Of("没有它所属的部分", "the part that it belongs to is missing"))
	}
	files := h.Parts(path.Base(properties))
	changed[name], changed[properties], changed[relations] = files[0], files[1], files[2]
	added = []string{name, properties, relations}

	own := relationsPart(main)
	up := strings.Repeat("../", strings.Count(main, "/"))
	relation := fmt.Sprintf(`<Relationship xmlns="%s" Id="anlanFigures%d" Type="%s" Target="%s"/>`, packageNS, n, customXMLType, up+name)
	if err := p.before(changed, own, relation); err != nil {
		return nil, err
	}
	return added, p.before(changed, "[Content_Types].xml", fmt.Sprintf(`<Override xmlns="%s" PartName="/%s" ContentType="%s"/>`, typesNS, properties, document.HeldPropertiesType))
}

const (
	packageNS     = "http://schemas.openxmlformats.org/package/2006/relationships"
	typesNS       = "http://schemas.openxmlformats.org/package/2006/content-types"
	customXMLType = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXml"
)

// before puts an element at the end of a part's outermost one.
func (p *pack) before(changed map[string][]byte, part, element string) error {
	text, err := p.part(part)
	if err != nil {
		return err
	}
	dec := xml.NewDecoder(bytes.NewReader(text))
	end := -1
	for {
		from := int(dec.InputOffset())
		tok, err := dec.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			return damaged(part, err)
		}
		if _, is := tok.(xml.EndElement); is {
			end = from
		}
	}
	if end < 0 || !bytes.HasPrefix(text[end:], []byte("</")) {
		return reading.ErrDamagedDocx.With(part, lang.Of("是空的", "it is empty"))
	}
	out := append(bytes.Clone(text[:end]), element...)
	changed[p.parts[strings.ToLower(part)].Name] = append(out, text[end:]...)
	return nil
}
