package ocr

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"time"

	"anlan/account/check/reading/printed"
	"anlan/ground/fault"
	"anlan/ground/lang"
)

// Faults of recognising a page.
var (
	ErrNotInstalled = fault.Define("ocr.not_installed", fault.Unable,
		"没有安装Tesseract及其简体中文数据（Debian、Ubuntu：%s）", "Tesseract with its data for simplified Chinese is not installed (Debian, Ubuntu: %s)")
	ErrNotRecognised = fault.Define("ocr.not_recognised", fault.Unable,
		"Tesseract没有识别成功：%s", "Tesseract did not read the page: %s")
)

// Packages bring Tesseract and what it knows of simplified Chinese.
const Packages = "tesseract-ocr tesseract-ocr-chi-sim"

// What Tesseract knows.
const (
	chinese = "chi_sim"
	digits  = "eng" // the data for English, which come with the program, read digits better
)

// pageMax is how long a page may take; a dense one takes ten seconds.
const pageMax = 2 * time.Minute

// programs are the names of Tesseract, and where its installer puts it without a name on the path.
var programs = []string{"tesseract", "/opt/homebrew/bin/tesseract", `C:\Program Files\Tesseract-OCR\tesseract.exe`}

// Installed says where Tesseract is that knows simplified Chinese. Fault: ErrNotInstalled.
func Installed() (string, error) {
	for _, name := range programs {
		if path, err := exec.LookPath(name); err == nil && languages(path)[chinese] {
			return path, nil
		}
	}
	return "", ErrNotInstalled.With(Packages)
}

// known is what the programs that were asked know.
var known sync.Map // by path: map[string]bool

// languages asks a program what it knows, once.
func languages(path string) map[string]bool {
	if all, ok := known.Load(path); ok {
		return all.(map[string]bool)
	}
	all := map[string]bool{}
	if out, err := exec.Command(path, "--list-langs").CombinedOutput(); err == nil {
		for _, name := range strings.Fields(string(out)) {
			all[name] = true
		}
	}
	known.Store(path, all)
	return all
}

var errTooSlow = errors.New("ocr: Tesseract took too long")

// Glyphs reads a page: words by what Tesseract knows of Chinese, numbers by what it knows of digits. Faults: ErrNotInstalled,
// ErrNotRecognised.
func Glyphs(ctx context.Context, s *printed.Scan) ([]printed.Glyph, error) {
	program, err := Installed()
	if err != nil {
		return nil, err
	}
	lines, err := read(ctx, program, chinese, s)
	if err != nil {
		return nil, err
	}
	if languages(program)[digits] && len(lines) > 0 {
		numbers, err := read(ctx, program, digits, s)
		if err != nil {
			return nil, err
		}
		withNumbers(lines, numbers)
	}
	return glyphs(lines, s), nil
}

func glyphs(lines []*line, s *printed.Scan) (all []printed.Glyph) {
	for _, l := range lines {
		all = append(all, l.glyphs(s)...)
	}
	return all
}

// read runs Tesseract.
func read(ctx context.Context, program, language string, s *printed.Scan) ([]*line, error) {
	ctx, stop := context.WithTimeoutCause(ctx, pageMax, errTooSlow)
	defer stop()
	cmd := exec.CommandContext(ctx, program, "stdin", "stdout", "-l", language, "--dpi", strconv.Itoa(s.DPI), "-c", "hocr_char_boxes=1", "hocr")
	cmd.Env = append(os.Environ(), "OMP_THREAD_LIMIT=1") // pages are read side by side, each on one core
	cmd.Stdin = bytes.NewReader(s.PNG)
	cmd.WaitDelay = 5 * time.Second
	var out, said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &said
	err := cmd.Run()
	switch {
	case err == nil:
		return linesOf(out.Bytes())
	case context.Cause(ctx) == errTooSlow:
		return nil, ErrNotRecognised.Because(err, lang.Of("超过两分钟没有完成", "it took longer than two minutes"))
	case ctx.Err() != nil:
		return nil, ctx.Err()
	}
	return nil, ErrNotRecognised.Because(err, lastLine(said.String(), err))
}

// lastLine is what a program that failed said last.
func lastLine(said string, err error) string {
	lines := strings.Split(strings.TrimSpace(said), "\n")
	if last := strings.TrimSpace(lines[len(lines)-1]); last != "" {
		return last
	}
	return err.Error()
}
