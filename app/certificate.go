package app

import (
	"context"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/ground/reason"
)

// CertificateFolder is where a server keeps what an authority has issued to it (ACME), with its account there, in a data folder.
func CertificateFolder(data string) string { return filepath.Join(data, "certificates") }

// renewedBefore is how long before its end a certificate should have been renewed: the program asks for the next when a third of its time is
// left. Of those that live for days it is a quarter of their time.
const renewedBefore = 7 * 24 * time.Hour

// lookAtCertificates: a certificate that is not renewed shuts the pages on a day that is known before. A data folder without any is in order.
func (a *App) lookAtCertificates(context.Context) (Check, error) {
	c := Check{Name: lang.Of("自动签发的证书", "issued certificate"), Fine: true, What: lang.Of("没有：由代理或自备证书提供TLS，或者不用TLS", "none: TLS is a proxy's matter, or that of a certificate of one's own, or there is none")}
	files, err := filepath.Glob(filepath.Join(CertificateFolder(a.from.Data), "*", "*"))
	if err != nil {
		return c, err
	}
	last := map[string]*x509.Certificate{} // by name, that which ends last
	for _, path := range files {
		info, err := os.Stat(path)
		if err == nil && info.Mode().Perm()&0o077 != 0 && runtime.GOOS != "windows" {
			c.Fine, c.What = false, lang.Text{Zh: path + "其他人也可读", En: path + " is open to others"}
			c.Mend = lang.Text{Zh: "运行 chmod 600 " + path, En: "run chmod 600 " + path}
			return c, nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			says := reason.Of(err)
			c.Fine, c.What = false, lang.Text{Zh: path + "：" + says.Zh, En: path + ": " + says.En}
			return c, nil
		}
		if leaf := leafIn(text); leaf != nil && len(leaf.DNSNames) > 0 {
			if known := last[leaf.DNSNames[0]]; known == nil || leaf.NotAfter.After(known.NotAfter) {
				last[leaf.DNSNames[0]] = leaf
			}
		}
	}
	if len(last) == 0 {
		return c, nil
	}
	var zh, en []string
	for _, name := range slices.Sorted(maps.Keys(last)) {
		day := period.DayAt(last[name].NotAfter).String()
		zh, en = append(zh, fmt.Sprintf("%s到%s", name, day)), append(en, fmt.Sprintf("%s until %s", name, day))
		if last[name].NotAfter.Sub(a.Clock().Now()) < min(renewedBefore, last[name].NotAfter.Sub(last[name].NotBefore)/4) {
			c.Fine = false
			c.Mend = lang.Text{Zh: "看 anlan serve 的日志里签发机构怎么说；不再用的，删去" + CertificateFolder(a.from.Data) + "里它的文件", En: "see in the log of anlan serve what the authority says; of a name that is used no more, remove the file in " + CertificateFolder(a.from.Data)}
		}
	}
	c.What = lang.Text{Zh: strings.Join(zh, "；"), En: strings.Join(en, "; ")}
	return c, nil
}

// leafIn is the first certificate of a PEM file, behind its key; nil where there is none.
func leafIn(text []byte) *x509.Certificate {
	for block, rest := pem.Decode(text); block != nil; block, rest = pem.Decode(rest) {
		if block.Type == "CERTIFICATE" {
			leaf, err := x509.ParseCertificate(block.Bytes)
			if err != nil {
				return nil
			}
			return leaf
		}
	}
	return nil
}
