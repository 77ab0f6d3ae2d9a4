package reading

import (
	"errors"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Datum is a data element of a web page: a value that the page states for programs beside the text for people.
type Datum struct {
	ID, Value, Text string
	Before          string // the text of its block up to it
}

// DataIn lists the data elements of a web page in their order, and gives the text of every element that has an id.
func DataIn(r io.Reader) (data []Datum, texts map[string]string, err error) {
	root, err := html.Parse(r)
	if err != nil {
		return nil, nil, err
	}
	texts = map[string]string{}
	before := ""
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.ElementNode {
			id := attr(n, "id")
			if id != "" {
				texts[id] = wholeText(n)
			}
			switch n.DataAtom {
			case atom.P, atom.Td, atom.Th, atom.Li, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.Dd, atom.Dt:
				before = ""
			case atom.Data:
				data = append(data, Datum{id, attr(n, "value"), wholeText(n), before})
			}
		}
		if n.Type == html.TextNode {
			before += n.Data
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(root)
	return data, texts, nil
}

// passive are the elements that a page is made of when nothing in it acts by itself.
var passive = map[atom.Atom]bool{
	atom.Html: true, atom.Head: true, atom.Meta: true, atom.Title: true, atom.Style: true, atom.Body: true, atom.Header: true, atom.Main: true, atom.Article: true, atom.Aside: true,
	atom.Section: true, atom.Div: true, atom.P: true, atom.Span: true, atom.H1: true, atom.H2: true, atom.H3: true, atom.H4: true, atom.H5: true, atom.H6: true, atom.Strong: true,
	atom.Em: true, atom.B: true, atom.I: true, atom.Sup: true, atom.Sub: true, atom.A: true, atom.Data: true, atom.Br: true, atom.Hr: true, atom.Ol: true, atom.Ul: true, atom.Li: true,
	atom.Dl: true, atom.Dt: true, atom.Dd: true, atom.Code: true, atom.Table: true, atom.Caption: true, atom.Colgroup: true, atom.Col: true, atom.Thead: true, atom.Tbody: true,
	atom.Tfoot: true, atom.Tr: true, atom.Th: true, atom.Td: true, atom.Footer: true, atom.Figure: true, atom.Figcaption: true, atom.Small: true,
}

// ActiveIn lists the elements and attributes of a web page by which it could show something else than its text says: scripts, frames,
// pictures, styles of single elements, what leads out of the page. styles are its style sheets.
func ActiveIn(r io.Reader) (active, styles []string, err error) {
	root, err := html.Parse(r)
	if err != nil {
		return nil, nil, err
	}
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		if n.DataAtom == atom.Style {
			styles = append(styles, wholeText(n))
		}
		if !passive[n.DataAtom] || n.Namespace != "" {
			active = append(active, "<"+n.Data+">")
		}
		for _, a := range n.Attr {
			out := a.Key == "href" && !strings.HasPrefix(a.Val, "#")
			if out || a.Key == "style" || a.Key == "hidden" || a.Key == "src" || a.Key == "http-equiv" || strings.HasPrefix(a.Key, "on") {
				active = append(active, "<"+n.Data+" "+a.Key+">")
			}
		}
	}
	return active, styles, nil
}

func wholeText(n *html.Node) string {
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	}
	return b.String()
}

// NamedCells gives the cells of a workbook that have a name of the workbook, as they are shown. Faults are those of Read.
func NamedCells(name string, r io.Reader, size int64) (cells map[string]string, err error) {
	loaded, err := load(r, size, zipMaxBytes)
	if err != nil {
		return nil, err
	}
	src := loaded.text
	a, err := openArchive(src)
	if err != nil {
		return nil, err
	}
	if err := a.drain("xl/"); err != nil {
		return nil, err
	}
	defer func() { // the library trusts what it reads
		if p := recover(); p != nil {
			err = damagedWorkbook(errors.New(name))
		}
	}()
	f, err := excelize.OpenReader(strings.NewReader(src), excelize.Options{UnzipSizeLimit: allMaxBytes, UnzipXMLSizeLimit: allMaxBytes})
	if err != nil {
		return nil, damagedWorkbook(err)
	}
	defer f.Close()
	cells = map[string]string{}
	for _, n := range f.GetDefinedName() {
		sheet, address, ok := strings.Cut(n.RefersTo, "!")
		if !ok || strings.Contains(address, ":") {
			continue
		}
		text, err := f.GetCellValue(strings.ReplaceAll(strings.Trim(sheet, "'"), "''", "'"), strings.ReplaceAll(address, "$", ""))
		if err != nil {
			return nil, damagedWorkbook(err)
		}
		cells[n.Name] = trim(text)
	}
	return cells, nil
}
