package check

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"anlan/ground/fault"
	"github.com/google/go-cmp/cmp"
)

func keysOf(f File) (out []string) {
	for _, r := range f.Relations {
		if r.Key != "" {
			out = append(out, r.Key)
		}
	}
	return out
}

func TestKeys_find_a_finding_again_in_the_next_version(t *testing.T) {
	t.Parallel()
	first := checked(t, "全年基本支出100万元，其中人员经费60万元、公用经费30万元。\n全年发生事故87起，比上年的103起减少19起。")
	next := checked(t, "本段是后加的。\n全年发生事故87起，比上年的103起减少18起。全年基本支出101万元，其中人员经费60万元、公用经费30万元。")
	a, b := keysOf(first), keysOf(next)
	if len(a) != 2 || len(b) != 2 {
		t.Fatalf("got %d and %d findings, want 2 each", len(a), len(b))
	}
	if a[0] != b[1] || a[1] != b[0] || a[0] == a[1] {
		t.Errorf("got %v and %v", a, b)
	}
}

func TestKeys_tell_findings_of_the_same_words_apart(t *testing.T) {
	t.Parallel()
	line := "全年基本支出100万元，其中人员经费60万元、公用经费30万元。\n"
	keys := keysOf(checked(t, line+strings.Repeat("中间的一段话。\n", 60)+line))
	if len(keys) < 2 || keys[0] == keys[1] {
		t.Errorf("got %v", keys)
	}
}

func TestCovered_counts_each_figure_of_a_relation_once(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int{
		"全年支出100万元，其中人员经费60万元、公用经费40万元。":                  3,
		"全年支出100万元，其中人员经费60万元、公用经费40万元，人员经费占60%。另有公告12份。": 4,
		"另有公告12份。": 0,
	} {
		if got := checked(t, text).Summary.Covered; got != want {
			t.Errorf("%s: got %d, want %d", text, got, want)
		}
	}
}

func TestWriters_give_the_same_files_and_say_what_was_not_read(t *testing.T) {
	t.Parallel()
	unread := UnreadOf("坏.docx", fault.Define("check_test.unread", fault.Invalid, "读不出", "cannot be read").With())
	files := []File{checked(t, "全年支出100万元，其中人员经费60万元、公用经费30万元。"), checked(t, "无")}
	for n := range len(files) + 1 {
		var whole, lines bytes.Buffer
		for _, w := range []Writer{NewJSON(&whole, Tool{Name: "anlan"}), NewJSONLines(&lines)} {
			for i := range files[:n] {
				if err := w.File(&files[i]); err != nil {
					t.Fatal(err)
				}
			}
			if err := w.Unread(unread); err != nil {
				t.Fatal(err)
			}
			if err := w.End(); err != nil {
				t.Fatal(err)
			}
		}
		var got struct {
			Report
			Unread []Unread `json:"unread"`
		}
		if err := json.Unmarshal(whole.Bytes(), &got); err != nil {
			t.Fatalf("%d files: %v\n%s", n, err, &whole)
		}
		var again bytes.Buffer
		e := json.NewEncoder(&again)
		e.SetEscapeHTML(false)
		for i := range got.Files {
			if err := e.Encode(got.Files[i]); err != nil {
				t.Fatal(err)
			}
		}
		if err := e.Encode(got.Unread[0]); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(again.String(), lines.String()); diff != "" || len(got.Files) != n {
			t.Errorf("%d files: whole, lines:\n%s", n, diff)
		}
	}
}
