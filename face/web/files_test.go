package web_test

import (
	"bytes"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"

	"anlan/record/access"
	"anlan/record/field"
	"anlan/safety/hazard"
	"anlan/store"
)

// send posts a form with a file.
func (v visitor) send(path string, want int, file, name, content string, pairs ...string) answer {
	v.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for i := 0; i+1 < len(pairs); i += 2 {
		if err := w.WriteField(pairs[i], pairs[i+1]); err != nil {
			v.Fatal(err)
		}
	}
	part, err := w.CreateFormFile(file, name)
	if err == nil {
		_, err = io.WriteString(part, content)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		v.Fatal(err)
	}
	r, err := http.NewRequestWithContext(v.Context(), "POST", v.server.URL+path, &body)
	if err != nil {
		v.Fatal(err)
	}
	r.Header.Set("Content-Type", w.FormDataContentType())
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	return v.do(r, want)
}

// TestWhoeverKnowsAHashHasNotTheFile: a form keeps files that stand in its record or came with it, and takes no other by name.
func TestWhoeverKnowsAHashHasNotTheFile(t *testing.T) {
	t.Parallel()
	s := open(t, store.SQLite)
	ref, err := s.app.Blobs.Put(t.Context(), strings.NewReader("别的县的案卷"))
	if err != nil {
		t.Fatal(err)
	}
	theirs := &hazard.Hazard{Number: "YH-1", Title: "别的县的隐患", Grade: hazard.Major, FoundOn: day(t, "2023-05-06"),
		Files: []field.File{{SHA256: ref.Sum, Size: ref.Size, Name: "案卷.txt"}}}
	theirs.Unit = "430621"
	s.apply(create("hazard", theirs))
	line := fmt.Sprintf("%s %d 案卷.txt", ref.Sum, ref.Size)

	v, other := s.person("lijun", "430602", access.Section), s.person("wangli", "430602", access.Section)
	form := func(key string, more ...string) []string {
		return append([]string{"key", key, "unit", "430602", "number", "YH-2", "title", "自己的隐患", "found_on", "2023-05-06", "grade", "major"}, more...)
	}
	for _, kept := range []string{line, "0000 " + line, " " + line} {
		v.post("/records/hazard/new", 422, form("a", "keep.attachment", kept)...).has(t, "请重新上传", "!案卷.txt")
	}

	// What came with a form that is shown again for a fault is kept, by whoever sent it.
	again := v.send("/records/hazard/new", 422, "attachment", "照片.txt", "自己的照片", "key", "b", "unit", "430602", "number", "YH-2", "title", "自己的隐患", "found_on", "明天", "grade", "major")
	sealed := again.between(t, `name="keep.attachment" value="`, `"`)
	other.post("/records/hazard/new", 422, form("c", "keep.attachment", sealed)...).has(t, "请重新上传")
	at := v.post("/records/hazard/new", 303, form("d", "keep.attachment", sealed)...).Header.Get("Location")
	v.get(at, 200).has(t, "照片.txt")
	if got := v.get(at+"/files/attachment/0", 200).body; got != "自己的照片" {
		t.Errorf("got %q", got)
	}
	// What stands in a record stays in it, whoever edits it, and goes into no other.
	stands := other.get(at+"/edit", 200).between(t, `name="keep.attachment" value="`, `"`)
	other.post(at+"/edit", 303, form("e", "version", "1", "title", "改过", "keep.attachment", "0000"+stands[strings.Index(stands, " "):])...)
	other.get(at, 200).has(t, "照片.txt")
}
