package content

import (
	"strings"

	"anlan/ground/lang"
	"anlan/record"
	"anlan/record/access"
	"anlan/record/field"
)

// Way says for whom a schema is: whoever gets content, or whoever sends it.
type Way int

// The ways.
const (
	Got   Way = iota // by a reader: nothing is sure to be there, for it may be absent or above the reader's clearance
	Given            // for a new record: what must be there is required
	Asked            // to change a record: a member is set, null makes it absent, what is not named stays
)

// Schema is the content of records of a kind as JSON Schema (2020-12), which OpenAPI 3.1 uses.
func Schema(k record.Of, way Way) map[string]any {
	properties := map[string]any{}
	var required []string
	for _, s := range k.Fields() {
		if s.Retired && way != Got || s.Type == field.TypeAttachment && way == Given {
			continue
		}
		properties[s.Code] = schemaOf(s, way)
		if way == Given && s.Required && !s.Derived && s.Type != field.TypeYesNo && s.Code != "unit" {
			required = append(required, s.Code)
		}
	}
	properties[extMember] = map[string]any{"type": "object", "additionalProperties": orNull(map[string]any{"type": "string"}, way),
		"description": "本单位的扩展项，按代码 | the bureau's own fields, by code"}
	out := map[string]any{"type": "object", "properties": properties}
	if way != Got {
		out["additionalProperties"] = false
	}
	if len(required) > 0 {
		out["required"] = required
	}
	return out
}

// orNull allows null beside a schema where null makes the field absent.
func orNull(s map[string]any, way Way) map[string]any {
	if way == Asked {
		s["type"] = []string{s["type"].(string), "null"}
	}
	return s
}

// patterns are the forms of values that JSON has no type for.
var patterns = map[field.Type]string{
	field.TypeMoney: `^-?[0-9]+(\.[0-9]{1,2})?$`, field.TypeQuantity: `^-?[0-9]+(\.[0-9]+)?$`, field.TypeRatio: `^-?[0-9]+(\.[0-9]+)?%?$`,
	field.TypePoint: `^-?[0-9]+(\.[0-9]+)?,-?[0-9]+(\.[0-9]+)?$`,
}

// formats are those that JSON Schema names.
var formats = map[field.Type]string{field.TypeDay: "date", field.TypeInstant: "date-time"}

func schemaOf(s *field.Spec, way Way) map[string]any {
	out := map[string]any{"type": "string", "title": s.Label.Zh + " | " + s.Label.En}
	if about := about(s); about != "" {
		out["description"] = about
	}
	if s.Computed {
		out["readOnly"] = true
	}
	if s.Retired {
		out["deprecated"] = true
	}
	switch s.Type {
	case field.TypeNumber:
		out["type"], out["format"] = "integer", "int64"
	case field.TypeYesNo:
		out["type"] = "boolean"
	case field.TypeAttachment:
		out["type"], out["items"] = "array", FileSchema()
	case field.TypeRows:
		out["type"], out["items"] = "array", rowSchema(s, way)
	case field.TypeCode:
		var codes []string
		for _, c := range s.Choices {
			if !c.Retired || way == Got {
				codes = append(codes, c.Code)
			}
		}
		if way != Asked { // null beside an enumeration would have to stand in it
			out["enum"] = codes
		}
	}
	if p := patterns[s.Type]; p != "" {
		out["pattern"] = p
	}
	if f := formats[s.Type]; f != "" {
		out["format"] = f
	}
	return orNull(out, way)
}

func rowSchema(s *field.Spec, way Way) map[string]any {
	if way == Asked {
		way = Given // a list is replaced as a whole
	}
	properties := map[string]any{}
	var required []string
	for _, c := range s.Rows {
		properties[c.Code] = schemaOf(c, way)
		if way == Given && c.Required && !c.Derived && c.Type != field.TypeYesNo {
			required = append(required, c.Code)
		}
	}
	out := map[string]any{"type": "object", "properties": properties}
	if way == Given {
		out["additionalProperties"] = false
	}
	if len(required) > 0 {
		out["required"] = required
	}
	return out
}

// FileSchema is a file that a record has.
func FileSchema() map[string]any {
	return map[string]any{"type": "object", "required": []string{"name", "sha256", "size"}, "properties": map[string]any{
		"name": map[string]any{"type": "string"}, "sha256": map[string]any{"type": "string", "pattern": "^[0-9a-f]{64}$"}, "size": map[string]any{"type": "integer", "format": "int64"}}}
}

// about is what a reader of the schema should know of a field, in both languages.
func about(s *field.Spec) string {
	var parts []string
	add := func(t lang.Text) {
		if t.Zh != "" {
			parts = append(parts, t.Zh+" | "+t.En)
		}
	}
	add(s.Help)
	for _, r := range s.Rules {
		add(r)
	}
	if s.Unit != "" {
		add(lang.Text{Zh: "单位：" + s.Unit, En: "unit: " + s.Unit})
	}
	switch s.Type {
	case field.TypeMoney:
		add(lang.Of("元", "yuan"))
	case field.TypeRef:
		add(lang.Text{Zh: "记录" + s.RefKind + "的标识；发送时也可以是它的自然键", En: "id of a record of " + s.RefKind + "; its natural key may be sent too"})
	}
	if s.Computed {
		add(lang.Of("由系统计算", "computed"))
	}
	if s.Sensitivity > access.Internal {
		add(lang.Text{Zh: "敏感程度：" + s.Sensitivity.Label().Zh, En: "sensitivity: " + s.Sensitivity.Label().En})
	}
	for _, c := range s.Choices {
		add(lang.Text{Zh: c.Code + "：" + c.Label.Zh, En: c.Label.En})
	}
	return strings.Join(parts, "\n")
}
