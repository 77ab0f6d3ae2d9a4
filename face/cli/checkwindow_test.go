package cli

import (
	"bytes"
	"context"
	"io"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"anlan/ground/lang"
)

// opened opens a window and gives its address; it is closed at the end of the test, and nothing of it may be left.
func opened(t *testing.T) string {
	t.Helper()
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	ctx, stop := context.WithCancel(context.Background())
	read, write := io.Pipe()
	done := make(chan error, 1)
	go func() {
		e := &env{out: newOutput(write), err: io.Discard, lang: lang.English}
		_, err := e.checkWindow(ctx, besides{})
		done <- err
		write.Close()
	}()
	t.Cleanup(func() {
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
		if left, _ := filepath.Glob(filepath.Join(temp, "anlan-*")); len(left) > 0 {
			t.Errorf("left behind: %v", left)
		}
	})
	said := make([]byte, 4096)
	n, err := read.Read(said)
	if err != nil {
		t.Fatal(err)
	}
	at := regexp.MustCompile(`http://127\.0\.0\.1:\d+/\w+/`).FindString(string(said[:n]))
	if at == "" {
		t.Fatalf("%q", said[:n])
	}
	return at
}

// sent posts files by their paths, as the page's script does, and gives what comes in the end.
func sent(t *testing.T, at string, files map[string]string) (*http.Response, string) {
	t.Helper()
	var content bytes.Buffer
	form := multipart.NewWriter(&content)
	for path, file := range files {
		if err := form.WriteField("path", path); err != nil {
			t.Fatal(err)
		}
		part, err := form.CreateFormFile("files", filepath.Base(path))
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.WriteString(part, file)
	}
	if err := form.Close(); err != nil {
		t.Fatal(err)
	}
	r, err := http.Post(at+"check", form.FormDataContentType(), &content)
	if err != nil {
		t.Fatal(err)
	}
	return r, body(t, r)
}

func body(t *testing.T, r *http.Response) string {
	t.Helper()
	defer r.Body.Close()
	b, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

const wrongReport = "某局2023年度报告\n全年支出100万元，其中人员经费60万元、公用经费30万元、项目经费20万元。\n"

func TestTheWindowChecksWhatIsDroppedAndShowsIt(t *testing.T) {
	at := opened(t)
	r, err := http.Get(at)
	if err != nil {
		t.Fatal(err)
	}
	if page := body(t, r); !strings.Contains(page, "drop files or a folder here") || r.Header.Get("Content-Security-Policy") == "" {
		t.Errorf("%s", page)
	}
	r, index := sent(t, at, map[string]string{"甲局/报告.txt": wrongReport, "乙局/报告.txt": wrongReport, "乙局/照片.png": "x", "乙局/坏.pdf": "%PDF-1.7 broken"})
	if !strings.HasSuffix(r.Request.URL.Path, "/found/") || !strings.Contains(index, "甲局") || !strings.Contains(index, "乙局") || !strings.Contains(index, "坏.pdf") || strings.Contains(index, os.Getenv("TMPDIR")) {
		t.Errorf("%s %s", r.Request.URL, index)
	}
	page := regexp.MustCompile(`href="\./([^"]+报告[^"]*|[^"]+%E6%8A%A5%E5%91%8A[^"]*)"`).FindStringSubmatch(index)
	if page == nil {
		t.Fatal(index)
	}
	r, err = http.Get(r.Request.URL.String() + page[1])
	if err != nil {
		t.Fatal(err)
	}
	if report := body(t, r); !strings.Contains(report, "60万元") || !strings.Contains(report, "contradiction") {
		t.Errorf("%s", report)
	}
}

func TestTheWindowSaysWhatItCannotCheck(t *testing.T) {
	at := opened(t)
	for name, files := range map[string]map[string]string{"nothing": {}, "a picture": {"照片.png": "x"}} {
		if r, said := sent(t, at, files); r.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(said, ".docx") {
			t.Errorf("%s: %s %q", name, r.Status, said)
		}
	}
	r, err := http.Post(at+"check", "text/plain", strings.NewReader("x"))
	if err != nil {
		t.Fatal(err)
	}
	if said := body(t, r); r.StatusCode != http.StatusUnprocessableEntity || said == "" {
		t.Errorf("%s %q", r.Status, said)
	}
}

func TestNobodyElseReachesTheWindowAndNoPathLeadsOutOfIt(t *testing.T) {
	at := opened(t)
	other := at[:strings.Index(at[len("http://"):], "/")+len("http://")]
	for _, address := range []string{other + "/", other + "/ABC/", other + "/out/", at + "out/../../etc/passwd", at + "nothing"} {
		r, err := http.Get(address)
		if err != nil {
			t.Fatal(err)
		}
		if body(t, r); r.StatusCode == http.StatusOK {
			t.Errorf("%s: %s", address, r.Status)
		}
	}
	r, err := http.NewRequest(http.MethodGet, at, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Host = "evil.example"
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	if body(t, answer); answer.StatusCode != http.StatusNotFound {
		t.Errorf("another host: %s", answer.Status)
	}
	if answer, index := sent(t, at, map[string]string{"../../../报告.txt": wrongReport, "..\\b.txt": wrongReport, "/etc/c.txt": wrongReport}); answer.StatusCode != http.StatusOK || !strings.Contains(index, "报告.txt") {
		t.Errorf("%s %s", answer.Status, index)
	}
	if out, _ := filepath.Glob(filepath.Join(os.Getenv("TMPDIR"), "*.txt")); len(out) > 0 {
		t.Errorf("written outside: %v", out)
	}
}
