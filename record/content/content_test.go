package content_test

import (
	"encoding/json"
	"errors"
	"math/rand/v2"
	"strings"
	"testing"

	"anlan/ground/fault"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/record/content"
	"anlan/record/field"
	"anlan/record/recordtest"
	"anlan/store"
)

// view opens a view of a book of samples, as an actor sees it.
func view(t *testing.T, role access.Role, see func(*book.View)) {
	t.Helper()
	w := recordtest.Found(t, store.SQLite, book.Options{}, recordtest.Kind)
	err := w.Book.Read(w.Ctx, access.Actor{Name: "示例", Role: role, Via: "test"}, 0, func(v *book.View) error { see(v); return nil })
	if err != nil {
		t.Fatal(err)
	}
}

func appended(t *testing.T, v *book.View, r any) string {
	t.Helper()
	text, err := content.Append(nil, v, recordtest.Kind, r, nil)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func parse(t *testing.T, text string) content.Value {
	t.Helper()
	v, err := content.Parse([]byte(text))
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	return v
}

// TestWhatIsGotCanBeSent writes any record, and reads it into a new one.
func TestWhatIsGotCanBeSent(t *testing.T) {
	t.Parallel()
	view(t, access.Administrator, func(v *book.View) {
		for seed := range uint64(500) {
			s := recordtest.Any(rand.New(rand.NewPCG(seed, 1)))
			if faults := recordtest.Kind.Check(s, v.Today); len(faults) > 0 && !onlyMissing(faults) {
				continue // what no book would hold
			}
			text := appended(t, v, s)
			if !json.Valid([]byte(text)) {
				t.Fatalf("seed %d: no JSON: %s", seed, text)
			}
			again := recordtest.Kind.New()
			if err := (content.Reading{View: v, Kind: recordtest.Kind}).Set(again, parse(t, text)); err != nil {
				t.Fatalf("seed %d: %v\n%s", seed, err, text)
			}
			if got := appended(t, v, again); got != text {
				t.Fatalf("seed %d: got\n%s\nwant\n%s", seed, got, text)
			}
		}
	})
}

func onlyMissing(faults fault.List) bool {
	for _, f := range faults {
		if !f.Is(field.ErrMissing) {
			return false
		}
	}
	return true
}

// What every sample must have.
const (
	base  = `"unit": "430602", "number": "1", `
	plain = base + `"paid": "0.00", "heads": 0`
)

func TestContentIsTakenOverOrRefusedAtItsPlace(t *testing.T) {
	t.Parallel()
	view(t, access.Administrator, func(v *book.View) {
		for _, c := range []struct {
			name, sent string
			want       error  // nil: taken
			field      string // of the fault
			row        int
		}{
			{"all_that_always_is_stated", `{` + plain + `}`, nil, "", 0},
			{"money_that_was_not_sent_is_not_0", `{` + base + `"heads": 0}`, field.ErrMissing, "paid", 0},
			{"money_that_is_null_is_not_0", `{` + base + `"paid": null, "heads": 0}`, field.ErrMissing, "paid", 0},
			{"money_that_is_empty_is_not_0", `{` + base + `"paid": "", "heads": 0}`, field.ErrMissing, "paid", 0},
			{"a_number_that_is_null_is_not_0", `{` + base + `"paid": "1.00", "heads": null}`, field.ErrMissing, "heads", 0},
			{"money_as_a_number", `{` + plain + `, "cost": 1.1}`, content.ErrForm, "cost", 0},
			{"money_too_fine", `{` + plain + `, "cost": "1.001"}`, nil, "cost", 0},
			{"a_number_as_a_text", `{` + base + `"paid": "1.00", "heads": "3"}`, content.ErrForm, "heads", 0},
			{"a_number_with_an_exponent", `{` + base + `"paid": "1.00", "heads": 3e2}`, field.ErrNotANumber, "heads", 0},
			{"yes_as_a_text", `{` + plain + `, "insured": "yes"}`, content.ErrForm, "insured", 0},
			{"no_such_member", `{` + plain + `, "titel": "x"}`, content.ErrNoMember, "titel", 0},
			{"a_list_as_a_text", `{` + plain + `, "line": "x"}`, content.ErrForm, "line", 0},
			{"a_row_as_a_text", `{` + plain + `, "line": [{}, "x"]}`, content.ErrForm, "line", 2},
			{"a_member_of_a_row", `{` + plain + `, "line": [{"line_on": "2023-05-06"}, {"lineon": "x"}]}`, content.ErrNoMember, "line.lineon", 2},
			{"a_value_of_a_row", `{` + plain + `, "line": [{"line_on": "2023-02-30"}]}`, nil, "line.line_on", 1},
			{"a_file_that_nobody_put_there", `{` + plain + `, "file": [{"sha256": "00"}]}`, content.ErrOtherFile, "file", 0},
			{"an_extra_that_is_not_defined", `{` + plain + `, "ext": {"team": "x"}}`, nil, "ext.team", 0},
			{"a_list_of_content", `[]`, content.ErrForm, "content", 0},
		} {
			err := (content.Reading{View: v, Kind: recordtest.Kind}).Set(recordtest.Kind.New(), parse(t, c.sent))
			if c.field == "" {
				if err != nil {
					t.Errorf("%s: got %v", c.name, err)
				}
				continue
			}
			var l fault.List
			if internal := l.Add(err); internal != nil || len(l) != 1 {
				t.Errorf("%s: got %v", c.name, err)
				continue
			}
			if l[0].Where.Field != c.field || l[0].Where.Row != c.row || c.want != nil && !errors.Is(l[0], c.want) {
				t.Errorf("%s: got %v at %+v", c.name, l[0], l[0].Where)
			}
		}
	})
}

func TestWhatTheReaderMayNotSeeIsNotThere(t *testing.T) {
	t.Parallel()
	s := &recordtest.Sample{Number: "1", Person: "示例人员", Source: "举报人", Lines: []recordtest.Line{{Who: "示例"}}}
	view(t, access.Leader, func(v *book.View) {
		if text := appended(t, v, s); strings.Contains(text, "示例") || strings.Contains(text, "举报人") {
			t.Error(text)
		}
		for _, sent := range []string{`{` + plain + `, "person": "x"}`, `{` + plain + `, "line": [{"who": "x"}]}`} {
			if err := (content.Reading{View: v, Kind: recordtest.Kind}).Set(recordtest.Kind.New(), parse(t, sent)); !errors.Is(err, content.ErrNoMember) {
				t.Errorf("%s: got %v", sent, err)
			}
		}
	})
	view(t, access.Administrator, func(v *book.View) {
		for _, want := range []string{`"person":"示例人员"`, `"source":"举报人"`, `"who":"示例"`} {
			if text := appended(t, v, s); !strings.Contains(text, want) {
				t.Errorf("%s lacks %s", text, want)
			}
		}
	})
}

func TestOnlySoundJSONIsRead(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]error{
		`{"a": "\ud83d"}`: content.ErrBadCharacters, "{\"a\": \"\xff\"}": content.ErrBadCharacters, `{"a": 1, "a": 2}`: content.ErrTwice,
		`{"a": 1} x`: content.ErrNotJSON, `{"a": 1} {}`: content.ErrNotJSON, `{"a": `: content.ErrNotJSON, ``: content.ErrNotJSON, `{a: 1}`: content.ErrNotJSON,
		strings.Repeat("[", 100) + strings.Repeat("]", 100): content.ErrTooDeep,
		`{"a": "\ud83d\ude00", "b": "�"}`:                   nil,
	} {
		if _, err := content.Parse([]byte(text)); !errors.Is(err, want) {
			t.Errorf("%s: got %v, want %v", text, err, want)
		}
	}
}

// FuzzSet: whatever is sent is taken over, or refused with faults.
func FuzzSet(f *testing.F) {
	for _, s := range []string{`{}`, `{"paid":"1.00","heads":3,"line":[{"line_on":"2023-05-06","sum":"1"}],"ext":{"a":null}}`, `{"point":"113,29","span":"2023-Q2","is_open":true,"file":[]}`, `[null]`, `{"cost":1e999}`} {
		f.Add(s)
	}
	w := recordtest.Found(f, store.SQLite, book.Options{}, recordtest.Kind)
	err := w.Book.Read(w.Ctx, w.Admin, 0, func(v *book.View) error {
		f.Fuzz(func(t *testing.T, text string) {
			sent, err := content.Parse([]byte(text))
			if err == nil {
				r := recordtest.Kind.New()
				if err = (content.Reading{View: v, Kind: recordtest.Kind}).Set(r, sent); err == nil {
					out, err := content.Append(nil, v, recordtest.Kind, r, nil)
					if err != nil || !json.Valid(out) {
						t.Errorf("%v: %s", err, out)
					}
					return
				}
			}
			if _, known := fault.KindOf(err); !known {
				t.Errorf("%q: no fault: %v", text, err)
			}
		})
		return nil
	})
	if err != nil {
		f.Fatal(err)
	}
}
