package api

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"time"

	"anlan/account/report/document"
	"anlan/app"
	"anlan/record"
	"anlan/record/content"
	"anlan/record/field"
)

// object is an object of the document.
type object = map[string]any

// Document is the API as OpenAPI 3.1: every operation, of each kind by itself, so that clients made from it know the fields.
func Document(kinds []record.Of) map[string]any {
	d := &drawing{paths: object{}, schemas: object{}}
	for _, x := range []struct {
		name string
		of   any
	}{
		{"Problem", problem{}}, {"Done", done{}}, {"Results", all[result]{}}, {"Kinds", all[described]{}}, {"Figures", seen[figure]{}}, {"Figure", explained{}},
		{"FigureRecords", seen[behind]{}}, {"Findings", seen[doubt]{}}, {"Publications", all[published]{}}, {"Publication", published{}}, {"PublishedFigures", all[document.Placed]{}},
	} {
		d.schemas[x.name] = shape(reflect.TypeOf(x.of))
	}
	tags := []object{{"name": generalTag, "description": "账册 | the book"}}
	for _, o := range operations {
		if !o.PerKind() {
			d.operation(o, nil)
		}
	}
	for _, k := range kinds {
		tags = append(tags, object{"name": k.Code(), "description": k.Label().Zh + " | " + k.Label().En})
		d.kind(k)
		for _, o := range operations {
			if o.PerKind() && offered(o, k) {
				d.operation(o, k)
			}
		}
	}
	return object{
		"openapi": "3.1.0",
		"info": object{"title": "安澜 | Anlan", "version": "1",
			"description": "应急管理局的业务与核算系统：记录、指标、报告。每个请求带令牌（Authorization: Bearer …）。\n\nThe records, figures and reports of an emergency-management bureau. Every request brings a token (Authorization: Bearer …)."},
		"servers": []object{{"url": Prefix}}, "security": []object{{"token": []string{}}}, "tags": tags, "paths": d.paths,
		"components": object{"schemas": d.schemas, "parameters": parameters(), "responses": object{"Problem": object{"description": "没有办成 | it was not done",
			"content": object{"application/problem+json": object{"schema": ref("Problem")}}}},
			"securitySchemes": object{"token": object{"type": "http", "scheme": "bearer"}}},
	}
}

const generalTag = "book"

// offered says whether a kind has an operation.
func offered(o Operation, k record.Of) bool {
	switch {
	case o.Needs == Changing && app.MadeByProgram(k.Code()):
		return false
	case o.Name == "reinstate":
		return !k.WithdrawnForGood()
	case o.Name == "step":
		return len(k.Steps()) > 0
	case o.Name == "attach" || o.Name == "file":
		return slices.ContainsFunc(k.Fields(), func(s *field.Spec) bool { return s.Type == field.TypeAttachment })
	}
	return true
}

func ref(name string) object       { return object{"$ref": "#/components/schemas/" + name} }
func parameter(name string) object { return object{"$ref": "#/components/parameters/" + name} }

// parameters are those that several operations have.
func parameters() object {
	query := func(name, about string, schema object) object {
		return object{"name": name, "in": "query", "description": about, "schema": schema}
	}
	text, yes := object{"type": "string"}, object{"type": "boolean"}
	count := func(most int) object { return object{"type": "integer", "minimum": 1, "maximum": most} }
	header := func(name, about string, required bool) object {
		return object{"name": name, "in": "header", "required": required, "description": about, "schema": text}
	}
	return object{
		"Where":          object{"name": "where", "in": "query", "explode": true, "schema": object{"type": "array", "items": text}, "description": "筛选，可有多个，同时满足：grade = major，found_on >= 2023-01-01，title has 通道；= <> < <= > >= has in stated absent | conditions, all of which hold"},
		"Sort":           query("sort", "按哪一项排序；不给则按登记先后 | the field to sort by; otherwise the order in which records were entered", text),
		"Down":           query("down", "从大到小 | descending", yes),
		"Limit":          query("limit", "一页多少条，默认100 | how many in a page; 100 by default", count(listMax)),
		"After":          query("after", "上一页的next | next of the page before", text),
		"Fields":         query("fields", "只要这几项，用逗号分开 | these members of the content only, separated by commas", text),
		"Withdrawn":      query("withdrawn", "连同作废的 | withdrawn records too", yes),
		"AsOf":           query("as_of", "数据截至：日志位置，或时间（RFC 3339）；不给则为现在 | a position of the journal, or an instant; now by default", text),
		"Key":            query("key", "只要自然键是它的那一条 | only the record with this natural key", text),
		"Count":          query("count", "一并数有多少条，最多数到10000 | count them too, up to 10,000", yes),
		"Period":         object{"name": "period", "in": "query", "required": true, "description": "统计期：2023、2023-Q2、2023-05 | the period", "schema": text},
		"Unit":           query("unit", "单位代码，含下属；默认令牌用户的单位 | code of the unit, with those under it; by default that of the token's user", text),
		"IfMatch":        header("If-Match", "改动所基于的那一版的ETag，如\"3\" | the ETag of the version that the change was made on, as \"3\"", true),
		"IdempotencyKey": header("Idempotency-Key", "同一个键只办一次，90天内 | the same key is carried out once, within 90 days", false),
	}
}

type drawing struct{ paths, schemas object }

// answers name the schema of what an operation answers; a name with % is that of the kind's own.
var answers = map[string]string{
	"kinds": "Kinds", "list": "%Page", "create": "Done", "createMany": "Results", "get": "%", "change": "Done", "withdraw": "Done", "reinstate": "Done", "step": "Done",
	"history": "%History", "attach": "Done", "figures": "Figures", "figure": "Figure", "figureRecords": "FigureRecords", "findings": "Findings",
	"publications": "Publications", "publication": "Publication", "publishedFigures": "PublishedFigures",
}

// media are the operations that answer something else than JSON.
var media = map[string]string{"file": octets, "publishedFile": octets, "archive": octets, "checkpoint": "text/plain"}

const octets = "application/octet-stream"

// takes name the parameters of an operation that do not stand in its path.
var takes = map[string][]string{
	"list": {"Where", "Sort", "Down", "Limit", "After", "Fields", "Withdrawn", "AsOf", "Key", "Count"}, "get": {"Fields", "AsOf"}, "history": {"AsOf"},
	"figures": {"Period", "Unit", "AsOf"}, "figure": {"Period", "Unit", "AsOf"}, "findings": {"Period", "Unit", "AsOf"}, "figureRecords": {"Period", "Unit", "AsOf"},
	"create": {"IdempotencyKey"}, "createMany": {"IdempotencyKey"}, "change": {"IfMatch", "IdempotencyKey"}, "withdraw": {"IfMatch", "IdempotencyKey"}, "reinstate": {"IfMatch", "IdempotencyKey"},
	"step": {"IfMatch", "IdempotencyKey"}, "attach": {"IfMatch", "IdempotencyKey"},
}

// operation draws an operation, that of a kind where k is not nil.
func (d *drawing) operation(o Operation, k record.Of) {
	name, path, tag, about := o.Name, o.Path, generalTag, o.About
	kind := ""
	if k != nil {
		kind = pascal(k.Code())
		path = strings.Replace(path, "{kind}", k.Code(), 1)
		tag = k.Code()
		if name == "createMany" {
			name = "createMany" + kind
		} else {
			name += kind
		}
		about.Zh, about.En = k.Label().Zh+"："+about.Zh, k.Label().En+": "+about.En
	}
	ok := object{"description": "好 | done"}
	if m := media[o.Name]; m != "" {
		schema := object{"type": "string"}
		if m == octets {
			schema = object{}
		}
		ok["content"] = object{m: object{"schema": schema}}
	} else {
		ok["content"] = object{jsonType: object{"schema": ref(strings.Replace(answers[o.Name], "%", kind, 1))}}
	}
	status := http.StatusOK
	if o.Name == "create" || o.Name == "attach" {
		status = http.StatusCreated
	}
	x := object{"operationId": name, "summary": about.Zh + " | " + about.En, "tags": []string{tag},
		"responses": object{fmt.Sprint(status): ok, "default": object{"$ref": "#/components/responses/Problem"}}}
	if ps := d.parametersOf(o, k); len(ps) > 0 {
		x["parameters"] = ps
	}
	if body := bodyOf(o, kind); body != nil {
		x["requestBody"] = body
	}
	at, drawn := d.paths[path].(object)
	if !drawn {
		at = object{}
		d.paths[path] = at
	}
	at[strings.ToLower(o.Method)] = x
}

// parametersOf are the parameters of an operation, those of its path first.
func (d *drawing) parametersOf(o Operation, k record.Of) (out []object) {
	for part := range strings.SplitSeq(o.Path, "/") {
		if name, is := strings.CutPrefix(part, "{"); is && name != "kind}" {
			out = append(out, pathParameter(strings.TrimSuffix(name, "}"), k))
		}
	}
	for _, p := range takes[o.Name] {
		out = append(out, parameter(p))
	}
	switch o.Name {
	case "attach":
		out = append(out, object{"name": "name", "in": "query", "required": true, "description": "文件名 | the name of the file", "schema": object{"type": "string"}})
	case "figureRecords":
		out = append(out, object{"name": "measure", "in": "query", "description": "只要这个统计项的 | those of this measure only", "schema": object{"type": "string"}},
			object{"name": "limit", "in": "query", "schema": object{"type": "integer", "minimum": 1, "maximum": behindMax}})
	}
	return out
}

func pathParameter(name string, k record.Of) object {
	schema := object{"type": "string"}
	switch name {
	case "id":
		schema["format"] = "uuid"
	case "position":
		schema = object{"type": "integer", "format": "int64"}
	case "step":
		var steps []string
		for _, s := range k.Steps() {
			if !slices.Contains(steps, s.Action) {
				steps = append(steps, s.Action)
			}
		}
		schema["enum"] = steps
	case "field":
		var codes []string
		for _, s := range k.Fields() {
			if s.Type == field.TypeAttachment {
				codes = append(codes, s.Code)
			}
		}
		schema["enum"] = codes
	}
	return object{"name": name, "in": "path", "required": true, "schema": schema}
}

// bodyOf is what an operation is sent; nil: nothing.
func bodyOf(o Operation, kind string) object {
	var schema object
	switch o.Name {
	case "create":
		schema = ref(kind + "New")
	case "createMany":
		schema = object{"type": "object", "required": []string{"items"}, "properties": object{"items": object{"type": "array", "maxItems": bulkMost, "items": ref(kind + "New")}}}
	case "change":
		schema = ref(kind + "Change")
	case "withdraw", "reinstate":
		schema = request(nil, "reason")
	case "step":
		schema = request(ref(kind + "Patch"))
	case "attach":
		return object{"required": true, "content": object{octets: object{"schema": object{}}}}
	default:
		return nil
	}
	return object{"required": true, "content": object{jsonType: object{"schema": schema}}}
}

// request is what is sent beside content.
func request(contents object, required ...string) object {
	properties := object{"reason": object{"type": "string", "description": "理由，记入日志 | why, for the journal"},
		"decided_at": object{"type": "string", "format": "date-time", "description": "作出决定的时间 | when it was decided"}}
	if contents != nil {
		properties["content"] = contents
	}
	out := object{"type": "object", "properties": properties, "additionalProperties": false}
	if len(required) > 0 {
		out["required"] = required
	}
	return out
}

// kind draws the schemas of a kind.
func (d *drawing) kind(k record.Of) {
	name := pascal(k.Code())
	var states, all []string
	for _, s := range k.States() {
		all = append(all, string(s.State))
		if s.State != record.Withdrawn {
			states = append(states, string(s.State))
		}
	}
	d.schemas[name+"Content"] = content.Schema(k, content.Got)
	d.schemas[name+"Patch"] = content.Schema(k, content.Asked)
	d.schemas[name+"Draft"] = content.Schema(k, content.Given)
	whole := shape(reflect.TypeOf(row{}))
	whole["properties"].(object)["content"] = ref(name + "Content")
	whole["properties"].(object)["state"] = object{"type": "string", "enum": all}
	d.schemas[name] = whole
	fresh := request(ref(name+"Draft"), "content")
	fresh["properties"].(object)["state"] = object{"type": "string", "enum": states, "description": "补录：直接登记为这个状态 | enter it in this state, as when a ledger of last year is brought in"}
	d.schemas[name+"New"] = fresh
	d.schemas[name+"Change"] = request(ref(name+"Patch"), "content")
	page := shape(reflect.TypeOf(pageOf{}))
	page["properties"].(object)["items"] = object{"type": "array", "items": ref(name)}
	d.schemas[name+"Page"] = page
	past := shape(reflect.TypeOf(version{}))
	past["properties"].(object)["content"] = ref(name + "Content")
	d.schemas[name+"History"] = object{"type": "object", "required": []string{"items"}, "properties": object{"items": object{"type": "array", "items": past}}}
}

// pascal is a code as clients name types: enforcement_case becomes EnforcementCase.
func pascal(code string) string {
	var b strings.Builder
	for part := range strings.SplitSeq(code, "_") {
		b.WriteString(strings.ToUpper(part[:1]) + part[1:])
	}
	return b.String()
}

var (
	instantType = reflect.TypeFor[time.Time]()
	rawType     = reflect.TypeFor[json.RawMessage]()
)

// shape is a Go type as JSON Schema: what always stands there is required.
func shape(t reflect.Type) object {
	switch {
	case t == instantType:
		return object{"type": "string", "format": "date-time"}
	case t == rawType:
		return object{"type": "object"}
	}
	switch t.Kind() {
	case reflect.Pointer:
		return shape(t.Elem())
	case reflect.Slice:
		return object{"type": "array", "items": shape(t.Elem())}
	case reflect.Bool:
		return object{"type": "boolean"}
	case reflect.Int:
		return object{"type": "integer"}
	case reflect.Int64:
		return object{"type": "integer", "format": "int64"}
	case reflect.Struct:
		properties, required := object{}, []string{}
		memberShapes(t, properties, &required)
		out := object{"type": "object", "properties": properties}
		if len(required) > 0 {
			out["required"] = required
		}
		return out
	}
	return object{"type": "string"}
}

// memberShapes adds the members of a struct, those of one that it embeds among them.
func memberShapes(t reflect.Type, properties object, required *[]string) {
	for f := range t.Fields() {
		name, rest, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case f.Anonymous && name == "":
			memberShapes(f.Type, properties, required)
		case name == "-" || name == "":
		default:
			properties[name] = shape(f.Type)
			if !strings.Contains(rest, "omit") {
				*required = append(*required, name)
			}
		}
	}
}

// written is the document as it is sent, the same bytes for the same kinds, with its ETag.
func written(d map[string]any) (text []byte, tag string, err error) {
	text, err = json.Marshal(d)
	sum := sha256.Sum256(text)
	return text, `"` + hex.EncodeToString(sum[:8]) + `"`, err
}

// sendDocument sends the document.
func (s *Server) sendDocument(c *call) error {
	return c.kept(s.tag, jsonType, s.document)
}

// kept sends what comes with the program, which whoever has it need not get again.
func (c *call) kept(tag, kind string, body []byte) error {
	h := c.w.Header()
	h.Set("ETag", tag)
	h.Set("Cache-Control", "public, max-age=300")
	h.Add("Vary", "Accept-Encoding")
	if c.r.Header.Get("If-None-Match") == tag {
		c.w.WriteHeader(http.StatusNotModified)
		return nil
	}
	return c.send(http.StatusOK, kind, body)
}
