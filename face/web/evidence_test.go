package web_test

import (
	"archive/zip"
	"encoding/json"
	"io"
	"strings"
	"testing"

	"anlan/app"
	"anlan/ground/period"
	"anlan/record/access"
	"anlan/record/field"
	"anlan/safety/hazard"
	"anlan/store"
	"anlan/store/journal"
)

// unpacked are the files of an archive that somebody got.
func (a answer) unpacked(t *testing.T) map[string]string {
	t.Helper()
	z, err := zip.NewReader(strings.NewReader(a.body), int64(len(a.body)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if _, twice := out[f.Name]; twice {
			t.Errorf("%s stands twice", f.Name)
		}
		out[f.Name] = string(content)
	}
	return out
}

func TestTheEvidenceOfAFigureVerifiesWithoutTheBook(t *testing.T) {
	t.Parallel()
	s := open(t, store.SQLite)
	s.year()
	ref, err := s.app.Blobs.Put(t.Context(), strings.NewReader("签到表"))
	if err != nil {
		t.Fatal(err)
	}
	h := &hazard.Hazard{Number: "YH-90001", Title: "=示例隐患", Grade: hazard.Major, FoundOn: day(t, "2023-05-06"), Files: []field.File{{SHA256: ref.Sum, Size: ref.Size, Name: "签到表.txt"}}}
	h.Unit = "430600"
	s.apply(create("hazard", h))
	auditor := s.person("auditor", "430600", access.Auditor)
	before := s.entries()
	files := auditor.get("/figures/work_safety.deaths/evidence?period=2023", 200).unpacked(t)
	if got := s.entries(); got != before+1 {
		t.Errorf("%d entries after an archive with persons in it, want one more than %d", got, before)
	}
	for _, name := range []string{"README.txt", "figure.json", "behind.xlsx", "records/accident.xlsx", "key.pub"} {
		if files[name] == "" {
			t.Errorf("%s is not in the archive", name)
		}
	}
	var figure struct {
		Value   struct{ Zh string }
		Records []struct{ Kind, Key, Adds, Proof string }
	}
	if err := json.Unmarshal([]byte(files["figure.json"]), &figure); err != nil {
		t.Fatal(err)
	}
	if len(figure.Records) != 1 || figure.Records[0].Key != "SG-00001" || figure.Records[0].Adds != "+1" || figure.Value.Zh != "1人" {
		t.Fatalf("%+v", figure)
	}
	key, err := journal.ParsePublicKey(strings.TrimSpace(files["key.pub"]))
	if err != nil {
		t.Fatal(err)
	}
	proof, err := journal.ParseProof(files[figure.Records[0].Proof])
	if err != nil {
		t.Fatal(err)
	}
	if _, err := proof.Open(key); err != nil || !strings.Contains(string(proof.Body), "SG-00001") {
		t.Errorf("%v: %s", err, proof.Body)
	}
	for _, want := range []string{"怎样核验", "How to verify it", "anlan verify proofs/"} {
		if !strings.Contains(files["README.txt"], want) {
			t.Errorf("the README lacks %q", want)
		}
	}
	found := false
	for name, content := range auditor.get("/figures/work_safety.hazards_found/evidence?period=2023", 200).unpacked(t) {
		found = found || strings.HasPrefix(name, "documents/hazard-") && strings.HasSuffix(name, ".txt") && content == "签到表"
	}
	if !found {
		t.Error("the attachment of a hazard is not in the archive")
	}
	auditor.get("/figures/none.such/evidence?period=2023", 404)
	s.person("county", "430621", access.Section).get("/figures/work_safety.deaths/evidence?period=2023&unit=430600", 403)
}

func TestTheEvidenceOfAReportHasItsFilesAndTheRecordsInScope(t *testing.T) {
	t.Parallel()
	s := open(t, store.SQLite)
	s.year()
	if _, err := s.app.Report(t.Context(), s.admin, app.ReportRequest{Period: period.Year(2023), Dir: t.TempDir() + "/out", Template: "spine"}); err != nil {
		t.Fatal(err)
	}
	all, err := s.app.Publications(t.Context(), s.admin)
	if err != nil || len(all) != 1 {
		t.Fatalf("%d publications, %v", len(all), err)
	}
	auditor := s.person("auditor", "430600", access.Auditor)
	to := auditor.get(auditor.get("/public/reports", 200).between(t, `<h2><a href="`, `"`), 200).between(t, `href="/evidence/`, `"`)
	files := auditor.get("/evidence/"+to, 200).unpacked(t)
	for _, name := range []string{"README.txt", "published/report.docx", "published/figures.json", "published/sets.json", "published/checkpoint", "published/proof.json", "published/key.pub", "key.pub", "behind.xlsx",
		"records/hazard.xlsx", "records/accident.xlsx"} {
		if files[name] == "" {
			t.Errorf("%s is not in the archive", name)
		}
	}
	county := s.person("county", "430621", access.Section).get("/evidence/"+to, 200).unpacked(t)
	if county["records/hazard.xlsx"] != "" || county["published/report.docx"] == "" || !strings.Contains(county["README.txt"], "不在取得人的权限内") {
		t.Errorf("another county gets records of the bureau: %s", county["README.txt"])
	}
	s.anybody().get("/evidence/"+to, 303)
}

// entries is how many entries the journal has.
func (s *site) entries() int64 {
	s.Helper()
	head, err := s.app.Book.Head(s.Context())
	if err != nil {
		s.Fatal(err)
	}
	return int64(head.Size)
}
