package api

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"maps"
	"net/http"
	"slices"
	"strings"

	"anlan/ground/lang"
)

//go:embed reader.html
var readerText string

// readerPage shows the document to people; what stands in it is escaped where it stands.
var readerPage = template.Must(template.New("reader").Parse(readerText))

// chapter is a tag of the document: the book, or a kind.
type chapter struct {
	Code, Zh, En string
	Operations   []entry
	Fields       []member
}

// entry is an operation.
type entry struct {
	Method, Path, Zh, En, Name string
	Takes                      []string
}

// member is a field of a kind.
type member struct {
	Code, Zh, En, Type, Help string
	Required                 bool
}

// page is the reader page of a document.
func page(d map[string]any) ([]byte, error) {
	var chapters []*chapter
	byCode := map[string]*chapter{}
	for _, t := range d["tags"].([]object) {
		c := &chapter{Code: t["name"].(string)}
		c.Zh, c.En, _ = strings.Cut(t["description"].(string), " | ")
		chapters, byCode[c.Code] = append(chapters, c), c
	}
	paths := d["paths"].(object)
	for _, path := range slices.Sorted(maps.Keys(paths)) {
		for _, method := range []string{"get", "post", "patch", "delete"} {
			o, ok := paths[path].(object)[method].(object)
			if !ok {
				continue
			}
			e := entry{Method: strings.ToUpper(method), Path: Prefix + path, Name: o["operationId"].(string)}
			e.Zh, e.En, _ = strings.Cut(o["summary"].(string), " | ")
			ps, _ := o["parameters"].([]object)
			for _, p := range ps {
				e.Takes = append(e.Takes, nameOf(d, p))
			}
			c := byCode[o["tags"].([]string)[0]]
			c.Operations = append(c.Operations, e)
		}
	}
	for _, c := range chapters {
		schema, ok := d["components"].(object)["schemas"].(object)[pascal(c.Code)+"Content"].(object)
		if !ok {
			continue
		}
		draft := d["components"].(object)["schemas"].(object)[pascal(c.Code)+"Draft"].(object)
		c.Fields = fieldsOf(schema, draft)
	}
	var out bytes.Buffer
	err := readerPage.Execute(&out, chapters)
	return out.Bytes(), err
}

// nameOf is the name of a parameter, which may stand elsewhere in the document.
func nameOf(d map[string]any, p object) string {
	if to, ok := p["$ref"].(string); ok {
		p = d["components"].(object)["parameters"].(object)[to[strings.LastIndexByte(to, '/')+1:]].(object)
	}
	return p["name"].(string)
}

func fieldsOf(schema, draft object) (out []member) {
	properties := schema["properties"].(object)
	required, _ := draft["required"].([]string)
	for _, code := range slices.Sorted(maps.Keys(properties)) {
		p := properties[code].(object)
		m := member{Code: code, Type: fmt.Sprint(p["type"]), Required: slices.Contains(required, code)}
		title, _ := p["title"].(string)
		m.Zh, m.En, _ = strings.Cut(title, " | ")
		if f, ok := p["format"].(string); ok {
			m.Type += " " + f
		}
		m.Help, _ = p["description"].(string)
		out = append(out, m)
	}
	return out
}

// sendReader sends the reader page, in which both languages stand.
func (s *Server) sendReader(c *call) error {
	h := c.w.Header()
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; img-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'")
	h.Set("Content-Language", string(lang.Chinese)+", "+string(lang.English))
	if c.r.Method != http.MethodGet && c.r.Method != http.MethodHead {
		return ErrNoAddress.With(c.r.Method, c.r.URL.Path)
	}
	return c.kept(s.tag, "text/html; charset=utf-8", s.reader)
}
