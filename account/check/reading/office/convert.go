package office

import (
	"context"
	"errors"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/ground/reason"
)

// Faults of running LibreOffice.
var (
	ErrNotInstalled = fault.Define("office.not_installed", fault.Unable,
		"没有安装LibreOffice（Debian、Ubuntu：%s）", "LibreOffice is not installed (Debian, Ubuntu: %s)")
	ErrNotConverted = fault.Define("office.not_converted", fault.Unable,
		"LibreOffice没有转换成功：%s", "LibreOffice did not convert the file: %s")
)

// Packages bring LibreOffice's parts for texts and tables, and the stand-ins for fonts of official documents.
const Packages = "libreoffice-writer-nogui libreoffice-calc-nogui fonts-noto-cjk fonts-arphic-uming fonts-arphic-ukai fonts-liberation"

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
	return "", ErrNotInstalled.With(Packages)
}

// Job is a document to be converted.
type Job struct {
	Name    string // with the ending of what it is: report.docx
	Content []byte
	As      string // LibreOffice's name of the filter that reads it; empty: it looks for itself, and takes what it does not know for text
	To      string // the ending of what it becomes: pdf
	Fonts   string // a configuration of Fontconfig; empty: the machine's own
}

// settings of the profile: what a document brings is not run, and what it names elsewhere is not fetched.
const settings = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>1</value></prop></item>
</oor:items>
`

// Convert makes one kind of document of another. Faults: ErrNotInstalled, ErrNotConverted.
func Convert(ctx context.Context, j Job) ([]byte, error) {
	program, err := Installed()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "anlan-office-*")
	if err != nil {
		return nil, ErrNotConverted.Because(err, reason.Of(err))
	}
	defer os.RemoveAll(dir)
	in, fonts, user := filepath.Join(dir, j.Name), filepath.Join(dir, "fonts.conf"), filepath.Join(dir, "profile", "user")
	err = errors.Join(os.MkdirAll(user, 0o700), os.WriteFile(filepath.Join(user, "registrymodifications.xcu"), []byte(settings), 0o600),
		os.WriteFile(in, j.Content, 0o600), os.WriteFile(fonts, []byte(j.Fonts), 0o600))
	if err != nil {
		return nil, ErrNotConverted.Because(err, reason.Of(err))
	}
	env := os.Environ()
	if j.Fonts != "" {
		env = append(env, "FONTCONFIG_FILE="+fonts)
	}
	if err := run(ctx, program, dir, in, j, env); err != nil {
		return nil, err
	}
	// LibreOffice ends in status 0 even when it could write nothing: the file alone tells.
	b, err := os.ReadFile(strings.TrimSuffix(in, filepath.Ext(in)) + "." + j.To)
	if err != nil {
		return nil, ErrNotConverted.Because(err, reason.Of(err))
	}
	return b, nil
}

func run(ctx context.Context, program, dir, in string, j Job, env []string) error {
	ctx, stop := context.WithTimeoutCause(ctx, convertMax, errTooSlow)
	defer stop()
	profile := url.URL{Scheme: "file", Path: "/" + strings.TrimPrefix(filepath.ToSlash(filepath.Join(dir, "profile")), "/")}
	args := []string{"-env:UserInstallation=" + profile.String(), "--headless", "--norestore"}
	if j.As != "" {
		args = append(args, "--infilter="+j.As)
	}
	cmd := exec.CommandContext(ctx, program, append(args, "--convert-to", j.To, "--outdir", dir, in)...)
	cmd.Env = env
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

var errTooSlow = errors.New("office: LibreOffice took too long")

// lastLine is what a program that failed said last.
func lastLine(out []byte, err error) string {
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	if last := strings.TrimSpace(lines[len(lines)-1]); last != "" {
		return last
	}
	return err.Error()
}
