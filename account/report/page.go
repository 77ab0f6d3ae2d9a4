package report

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"strings"

	"anlan/account/report/document"
)

// VerifyPage is the page that explains to laymen what a publication proves and what it does not, and verifies its files in their
// browser, by another implementation than Verify. It is the same in every publication, so that whoever keeps one can verify all.
const VerifyPage = "verify.html"

//go:embed page/verify.html page/verify.css page/verify.js page/derive.js page/scores.js
var pageFiles embed.FS

// verifyPage is the page in one file, which asks for nothing from outside.
func verifyPage() ([]byte, error) {
	text, err := pageFiles.ReadFile("page/" + VerifyPage)
	if err != nil {
		return nil, err
	}
	page := string(text)
	for mark, name := range map[string]string{"{{css}}": "page/verify.css", "{{js}}": "page/verify.js", "{{derive}}": "page/derive.js", "{{scores}}": "page/scores.js"} {
		part, err := pageFiles.ReadFile(name)
		if err != nil {
			return nil, err
		}
		page = strings.Replace(page, mark, string(part), 1)
	}
	style := sha256.Sum256([]byte(strings.TrimSpace(document.StyleSheet())))
	return []byte(strings.Replace(page, "{{style}}", hex.EncodeToString(style[:]), 1)), nil
}
