package pdf

import (
	"bytes"
	"context"
	"errors"

	"anlan/account/check/reading/office"
	"anlan/account/report/document"
	"anlan/ground/fault"
	"anlan/ground/lang"
)

// Faults of making a PDF.
var (
	ErrNotInstalled = fault.Define("pdf.not_installed", fault.Unable,
		"没有安装LibreOffice，不写report.pdf；需要时请安装（Debian、Ubuntu：%s）", "LibreOffice is not installed, so there is no report.pdf; install it if you want one (Debian, Ubuntu: %s)")
	ErrNotConverted = fault.Define("pdf.not_converted", fault.Unable,
		"没有写出report.pdf：%s；可以用Word、WPS或LibreOffice打开report.docx另存", "there is no report.pdf: %s; open report.docx in Word, WPS or LibreOffice and save it as PDF")
)

// packages bring LibreOffice's part for texts and the stand-ins of document.Fonts.
const packages = "libreoffice-writer-nogui fonts-noto-cjk fonts-arphic-uming fonts-arphic-ukai fonts-liberation"

// Installed says where LibreOffice is. Fault: ErrNotInstalled.
func Installed() (string, error) {
	path, err := office.Installed()
	if err != nil {
		return "", ErrNotInstalled.Because(err, packages)
	}
	return path, nil
}

// From makes a PDF of a Word file. Faults: ErrNotInstalled, ErrNotConverted.
func From(ctx context.Context, docx []byte) ([]byte, error) {
	b, err := office.Convert(ctx, office.Job{Name: "report.docx", Content: docx, To: "pdf", Fonts: document.Fonts})
	switch {
	case errors.Is(err, office.ErrNotInstalled):
		return nil, ErrNotInstalled.Because(err, packages)
	case errors.Is(err, office.ErrNotConverted):
		return nil, ErrNotConverted.Because(err, lang.Text{Zh: fault.In(err, lang.Chinese), En: fault.In(err, lang.English)})
	case err != nil:
		return nil, err
	case !bytes.HasPrefix(b, []byte("%PDF-")):
		return nil, ErrNotConverted.With(lang.Of("LibreOffice写出的不是PDF", "what LibreOffice wrote is no PDF"))
	}
	return b, nil
}
