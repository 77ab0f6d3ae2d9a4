package web_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"anlan/record/access"
	"anlan/store"
)

// TestTheAdministratorSeesWhatDoctorFinds compares the page with what doctor says, before and after something is amiss.
func TestTheAdministratorSeesWhatDoctorFinds(t *testing.T) {
	t.Parallel()
	s := open(t, store.SQLite)
	admin := s.person("guanli", "430600", access.Administrator)
	admin.get("/wings/office", 200).has(t, `href="/checkup"`)
	keys := filepath.Join(filepath.Dir(s.app.DB.Path()), "keys")
	secret, err := os.ReadFile(filepath.Join(keys, "journal.key"))
	if err != nil {
		t.Fatal(err)
	}
	compare := func() (amiss int, page answer) {
		page = admin.get("/checkup", 200)
		checks, err := s.app.Doctor(t.Context())
		if err != nil || len(checks) < 8 {
			t.Fatalf("doctor found %v: %v", checks, err)
		}
		for _, c := range checks {
			page.has(t, c.Name.Zh)
			if strings.ContainsAny(c.What.Zh+c.Mend.Zh, `<>&"'`) {
				t.Errorf("compare it otherwise: %+v", c)
			}
			page.has(t, c.What.Zh, c.Mend.Zh)
			if !c.Fine {
				amiss++
			}
		}
		page.has(t, "!"+strings.TrimSpace(string(secret)), "!"+password)
		if n := strings.Count(page.body, "要处理"); n != amiss {
			t.Errorf("%d findings are shown, doctor has %d", n, amiss)
		}
		return amiss, page
	}
	before, page := compare()
	page.has(t, "管理员guanli没有第二因素", "请他们登录后开启动态口令")
	if err := os.Rename(filepath.Join(keys, "journal.key"), filepath.Join(keys, "elsewhere.key")); err != nil {
		t.Fatal(err)
	}
	after, page := compare()
	if after != before+1 {
		t.Errorf("%d findings before the key went, %d after", before, after)
	}
	page.has(t, "chmod 600")
	admin.post("/language", 303, "lang", "en", "back", "/checkup")
	admin.get("/checkup", 200).has(t, "Check of the system", "bring ", "!要处理")
}

// TestTheCheckOfTheSystemIsForTheBureau: it names users of every unit and folders of the machine.
func TestTheCheckOfTheSystemIsForTheBureau(t *testing.T) {
	t.Parallel()
	s := open(t, store.SQLite)
	s.anybody().get("/checkup", 303)
	for _, r := range []access.Role{access.Section, access.Auditor} {
		s.person(r.Code, "430600", r).get("/checkup", 403)
	}
	county := s.person("county", "430602", access.Administrator)
	county.get("/checkup", 403).has(t, "只有本局的管理员可看", "!第二因素")
	county.get("/wings/office", 200).has(t, `!href="/checkup"`)
}

// TestThePageNeverShowsTheAddressOfTheDatabase: it may hold the password.
func TestThePageNeverShowsTheAddressOfTheDatabase(t *testing.T) {
	t.Parallel()
	s := open(t, store.PostgreSQL)
	s.person("guanli", "430600", access.Administrator).get("/checkup", 200).has(t, "!postgres://", "PostgreSQL")
}
