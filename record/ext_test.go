package record

import (
	"maps"
	"testing"

	"pgregory.net/rapid"
)

func TestExtraValuesAreReadAsTheyWereStored(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.MapOf(rapid.StringMatching(`[a-z][a-z0-9_]{1,5}`), rapid.StringN(1, 20, -1)).Draw(t, "ext")
		e := Ext(values)
		got, err := readExt(e.store())
		if err != nil || !maps.Equal(got, e) {
			t.Fatalf("stored %v, read %q (%v)", e.store(), got, err)
		}
		if again := got.store(); again != e.store() {
			t.Fatalf("stored %v, then %v", e.store(), again)
		}
	})
}

func TestExtraValuesInAnotherFormAreRefused(t *testing.T) {
	t.Parallel()
	for _, column := range []any{"", "{}", "[]", `"a"`, `{"a":1}`, `{"a":""}`, `{"a": "b"}`, `{"b":"1","a":"2"}`, `{"a":"1","a":"2"}`, `{"a":{"b":"c"}}`, `{"a":"b"`, int64(3)} {
		if got, err := readExt(column); err == nil {
			t.Errorf("%v was read as %q", column, got)
		}
	}
	if got, err := readExt(nil); err != nil || got != nil {
		t.Errorf("nothing was read as %q, %v", got, err)
	}
}
