// Package content is the content of a record as JSON (记录内容): what programs send and get where people have a form.
//
//	{"cost": "12500.00", "found_on": "2023-05-06", "grade": "major", "step": [{"step_on": "2023-05-08", "what": "停产"}], "unit": "430602"}
//
// A member is a field by its code. Money and decimals are texts, whole numbers are numbers, yes or no is true or false, days and instants
// are as ISO 8601 writes them, codes are codes, a reference is the id of the record. What is absent, and what the reader may not see, has
// no member: null is never given, and taken as "make it absent". A member that is not there leaves the field as it stands.
//
//	text, err := content.Append(nil, view, kind, r, nil)          // what the view's actor may see
//	v, err := content.Parse(body)                                 // bounded; a name twice, half a character, anything behind is refused
//	err = content.Reading{View: view, Kind: kind}.Set(r, v)       // all faults at once, each at its field
//	s := content.Schema(kind, content.Given)                      // the same as JSON Schema
//
// A reference may be sent as the natural key of what it names, as sheets write it. Files are not sent here: content may keep those that
// the record has and leave some away. What always is stated and was not sent is missing, and not 0; what the record computes may be
// sent back as it was got, and nothing else.
//
// How records are asked for and written does not live here (record/book), nor sheets (record/exchange). On the record floor.
package content
