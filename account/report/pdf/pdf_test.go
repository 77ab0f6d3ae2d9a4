package pdf_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"anlan/account/report/document"
	"anlan/account/report/pdf"
	"anlan/ground/fault"
	"anlan/ground/lang"
)

func docx(t *testing.T) []byte {
	t.Helper()
	d := document.Document{Title: "示例报告", Basis: document.Basis{Book: "b", Position: 1, Root: "r"},
		Blocks: []document.Block{document.Paragraph{document.Text("全市发生事故"), document.Figure{ID: "a", Name: "事故", Text: "87起", Value: "87"}}}}
	var b bytes.Buffer
	if err := d.RenderDOCX(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// office puts a program in the place of LibreOffice: the body of a shell script.
func office(t *testing.T, body string) {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("SKIPPED: the stand-ins for LibreOffice are shell scripts")
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "soffice"), []byte("#!/bin/sh\n"+body+"\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir+string(os.PathListSeparator)+"/usr/bin"+string(os.PathListSeparator)+"/bin")
}

// outdir is where a stand-in must write: the argument behind --outdir.
const outdir = `while [ "$1" != --outdir ]; do shift; done; dir=$2; `

func TestWithoutLibreOfficeALineSaysWhatToInstall(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	_, err := pdf.From(t.Context(), nil)
	if !errors.Is(err, pdf.ErrNotInstalled) {
		t.Skipf("SKIPPED: LibreOffice is installed outside of the path: %v", err)
	}
	for _, l := range []lang.Lang{lang.Chinese, lang.English} {
		if said := fault.In(err, l); !strings.Contains(said, "libreoffice-writer-nogui") || !strings.Contains(said, "fonts-noto-cjk") {
			t.Errorf("%q names no packages", said)
		}
	}
}

func TestLibreOfficeThatFailsIsSaidAndWhatElseCanBeDone(t *testing.T) {
	for _, c := range []struct{ name, body, says string }{
		{"it ends in a fault", "echo first; echo the profile is locked >&2; exit 77", "the profile is locked"},
		{"it ends in a fault and says nothing", "exit 81", "81"},
		{"it writes nothing and is content", "exit 0", "no such file"},
		{"it writes something else", outdir + `echo hello > "$dir/report.pdf"`, "is no PDF"},
	} {
		t.Run(c.name, func(t *testing.T) {
			office(t, c.body)
			_, err := pdf.From(t.Context(), nil)
			if said := fault.In(err, lang.English); !errors.Is(err, pdf.ErrNotConverted) || !strings.Contains(said, c.says) || !strings.Contains(said, "save it as PDF") {
				t.Errorf("got %v", said)
			}
		})
	}
}

func TestLibreOfficeIsGivenTheWordFileTheFontsAndAProfileOfItsOwn(t *testing.T) {
	office(t, `[ -s "$FONTCONFIG_FILE" ] || exit 3; case "$1" in -env:UserInstallation=file:///*) ;; *) exit 4;; esac; for word; do :; done; `+
		outdir+`{ printf '%%PDF-1.7 '; cat "$word"; } > "$dir/report.pdf"`)
	got, err := pdf.From(t.Context(), []byte("what was handed over"))
	if want := "%PDF-1.7 what was handed over"; err != nil || string(got) != want {
		t.Errorf("got %q and %v, want %q", got, err, want)
	}
}

func TestAnInterruptEndsLibreOfficeAndIsNoFaultOfIts(t *testing.T) {
	office(t, "sleep 600")
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if _, err := pdf.From(ctx, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want %v", err, context.Canceled)
	}
}

func TestNothingIsLeftBehind(t *testing.T) {
	office(t, "exit 1")
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	_, _ = pdf.From(t.Context(), nil)
	if left, err := os.ReadDir(temp); err != nil || len(left) > 0 {
		t.Errorf("left %v, %v", left, err)
	}
}

func TestARealPDFHoldsTheTextOfTheReport(t *testing.T) {
	t.Parallel()
	if _, err := pdf.Installed(); err != nil {
		if strings.Contains(os.Getenv("ANLAN_REQUIRE"), "soffice") {
			t.Fatal(err)
		}
		t.Skipf("SKIPPED: %v", err)
	}
	b, err := pdf.From(t.Context(), docx(t))
	if err != nil {
		t.Fatal(err)
	}
	reader, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("SKIPPED: pdftotext is not installed, so the text of the PDF was not read")
	}
	cmd := exec.CommandContext(t.Context(), reader, "-", "-")
	cmd.Stdin = bytes.NewReader(b)
	text, err := cmd.Output()
	if err != nil || !strings.Contains(strings.ReplaceAll(string(text), " ", ""), "全市发生事故87起") { // pdftotext sets a space where the font changes
		t.Errorf("the PDF says %q (%v)", text, err)
	}
}
