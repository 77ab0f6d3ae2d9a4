package document

import (
	"encoding/xml"
	"strings"
)

// BasisTag is the tag of the content control around the closing line on the basis (数据依据). No figure has a colon in its id.
const BasisTag = "anlan:basis"

// PlaceholderPrefix stands before the tag of a content control in the name of its placeholder.
const PlaceholderPrefix = "anlan:"

// Names under which a Word file says of which report it is, in its custom properties.
const (
	PropertyBook     = "anlan.book"
	PropertyEpoch    = "anlan.epoch"
	PropertyPosition = "anlan.position"
	PropertyRoot     = "anlan.root"
	PropertyTemplate = "anlan.template"
	PropertyPeriod   = "anlan.period"
)

// HeldNS is the namespace of the custom XML part in which a Word file says what its figures were.
const HeldNS = "urn:anlan:figures"

// Held is what a Word file says of its figures as they were last put in (原填数据): whoever reads the file later can tell a
// figure that somebody typed over from one that has changed, and one that was deleted from one that was never there. It
// stands in a custom XML part, which Word, WPS and LibreOffice keep and show to nobody.
type Held struct {
	Figures []HeldFigure `xml:"urn:anlan:figures figure"` // in the order of the text; one that is printed at two places with one id stands twice
	Absent  []Absent     `xml:"urn:anlan:figures absent"` // figures of the report that the file is known to go without
}

// HeldFigure is a figure as it was put in.
type HeldFigure struct {
	ID      string `xml:"id,attr"`
	Value   string `xml:"value,attr"`   // as in figures.json; empty where there is none
	Section string `xml:"section,attr"` // the headings above it
	Text    string `xml:",chardata"`
}

// Absent is a figure that is not in the file.
type Absent struct {
	ID string `xml:"id,attr"`
}

// XML is the part.
func (h Held) XML() string {
	var b strings.Builder
	b.WriteString(xmlHead + `<figures xmlns="` + HeldNS + `">`)
	for _, f := range h.Figures {
		b.WriteString(`<figure id="` + escape(f.ID) + `"`)
		if f.Value != "" {
			b.WriteString(` value="` + escape(f.Value) + `"`)
		}
		if f.Section != "" {
			b.WriteString(` section="` + escape(f.Section) + `"`)
		}
		b.WriteString(`>` + escape(f.Text) + `</figure>`)
	}
	for _, a := range h.Absent {
		b.WriteString(`<absent id="` + escape(a.ID) + `"/>`)
	}
	b.WriteString(`</figures>`)
	return b.String()
}

// ParseHeld reads the part; false for one of anybody else.
func ParseHeld(part []byte) (h Held, ok bool) {
	var root struct {
		XMLName xml.Name
		Held
	}
	if err := xml.Unmarshal(part, &root); err != nil || root.XMLName != (xml.Name{Space: HeldNS, Local: "figures"}) {
		return Held{}, false
	}
	return root.Held, true
}

// held is what the document says of its own figures.
func (d *Document) held() Held {
	var h Held
	for _, f := range d.Figures() {
		h.Figures = append(h.Figures, HeldFigure{f.ID, f.Value, f.Section, f.Text})
	}
	h.Figures = append(h.Figures, HeldFigure{ID: BasisTag, Text: d.basisLine()})
	return h
}

// HeldPropertiesType is the content type of the properties of the part.
const HeldPropertiesType = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"

// Parts are the part, its properties, without which LibreOffice drops it, and the relation from the one to the other; properties is
// the name under which they stand beside it.
func (h Held) Parts(properties string) [3][]byte {
	return [3][]byte{[]byte(h.XML()),
		[]byte(xmlHead + `<ds:datastoreItem ds:itemID="{4D8F2B61-3C0A-4E57-9B1D-7A20C5E6F913}" xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml">` +
			`<ds:schemaRefs><ds:schemaRef ds:uri="` + HeldNS + `"/></ds:schemaRefs></ds:datastoreItem>`),
		[]byte(xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
			`<Relationship Id="rId1" Type="` + relationNS + `/customXmlProps" Target="` + properties + `"/></Relationships>`)}
}
