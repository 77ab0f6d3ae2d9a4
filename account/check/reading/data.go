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
