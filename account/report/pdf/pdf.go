package pdf

import (
	"bytes"
	"context"
	"errors"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"anlan/account/report/document"
	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/ground/reason"
)

// Faults of making a PDF.
var (
	ErrNotInstalled = fault.Define("pdf.not_installed", fault.Unable,
		"没有安装LibreOffice，不写report.pdf；需要时请安装（Debian、Ubuntu：%s）", "LibreOffice is not installed, so there is no report.pdf; install it if you want one (Debian, Ubuntu: %s)")
	ErrNotConverted = fault.Define("pdf.not_converted", fault.Unable,
		"LibreOffice没有写出report.pdf：%s；可以用Word、WPS或LibreOffice打开report.docx另存", "LibreOffice wrote no report.pdf: %s; open report.docx in Word, WPS or LibreOffice and save it as PDF")
)

// packages bring LibreOffice's part for texts and the stand-ins of document.Fonts.
const packages = "libreoffice-writer-nogui fonts-noto-cjk fonts-arphic-uming fonts-arphic-ukai fonts-liberation"

// convertMax is how long LibreOffice may take: some ten seconds are usual, its first start on a slow disk takes a minute.
const convertMax = 3 * time.Minute

// programs are the names of LibreOffice, and where its installers put it without a name on the path.
var programs = []string{"soffice", "libreoffice", "/Applications/LibreOffice.app/Contents/MacOS/soffice", `C:\Program Files\LibreOffice\program\soffice.exe`}

// Installed says where LibreOffice is. Fault: ErrNotInstalled.
func Installed() (string, error) {
	for _, name := range programs {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", ErrNotInstalled.With(packages)
}

// From makes a PDF of a Word file. Faults: ErrNotInstalled, ErrNotConverted.
func From(ctx context.Context, docx []byte) ([]byte, error) {
	program, err := Installed()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "anlan-pdf-*")
	if err != nil {
		return nil, ErrNotConverted.Because(err, reason.Of(err))
	}
	defer os.RemoveAll(dir)
	fonts := filepath.Join(dir, "fonts.conf")
	word := filepath.Join(dir, "report.docx")
	if err := errors.Join(os.WriteFile(fonts, []byte(document.Fonts), 0o600), os.WriteFile(word, docx, 0o600)); err != nil {
		return nil, ErrNotConverted.Because(err, reason.Of(err))
	}
	if err := convert(ctx, program, dir, word, fonts); err != nil {
		return nil, err
	}
	// LibreOffice ends in status 0 even when it could write nothing: the file alone tells.
	b, err := os.ReadFile(filepath.Join(dir, "report.pdf"))
	if err != nil {
		return nil, ErrNotConverted.Because(err, reason.Of(err))
	}
	if !bytes.HasPrefix(b, []byte("%PDF-")) {
		return nil, ErrNotConverted.With(lang.Of("写出的不是PDF", "what it wrote is no PDF"))
	}
	return b, nil
}

func convert(ctx context.Context, program, dir, word, fonts string) error {
	ctx, stop := context.WithTimeoutCause(ctx, convertMax, errTooSlow)
	defer stop()
	profile := url.URL{Scheme: "file", Path: "/" + strings.TrimPrefix(filepath.ToSlash(filepath.Join(dir, "profile")), "/")}
	cmd := exec.CommandContext(ctx, program, "-env:UserInstallation="+profile.String(), "--headless", "--norestore", "--convert-to", "pdf", "--outdir", dir, word)
	cmd.Env = append(os.Environ(), "FONTCONFIG_FILE="+fonts)
	cmd.WaitDelay = 5 * time.Second
	together(cmd)
	out, err := cmd.CombinedOutput()
	switch {
	case err == nil:
		return nil
	case context.Cause(ctx) == errTooSlow:
		return ErrNotConverted.Because(err, lang.Of("超过三分钟没有完成", "it took longer than three minutes"))
	case ctx.Err() != nil:
		return ctx.Err()
	}
	return ErrNotConverted.Because(err, lastLine(out, err))
}

var errTooSlow = errors.New("pdf: LibreOffice took too long")

// lastLine is what a program that failed said last.
func lastLine(out []byte, err error) string {
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	if last := strings.TrimSpace(lines[len(lines)-1]); last != "" {
		return last
	}
	return err.Error()
}
