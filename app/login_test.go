package app_test

import (
	"archive/zip"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"anlan/office/login"
	"anlan/record/access"
	"anlan/record/book"
)

// TestABackupHoldsNobodysKey signs somebody in and looks through every member of the backup.
func TestABackupHoldsNobodysKey(t *testing.T) {
	onBoth(t, func(w *world) {
		u := &login.User{Login: "lijun", Name: "李示例", Role: login.Role(access.Section.Code)}
		u.Unit = "430602"
		id := w.must(book.Change{Kind: "login_user", Action: access.Create, Record: u})[0].ID
		password, err := w.app.Users.SetPassword(w.ctx, w.admin, id, "")
		if err != nil {
			w.Fatal(err)
		}
		s, err := w.app.Users.SignIn(w.ctx, login.Attempt{Name: "lijun", Password: password, Address: "10.0.0.1"})
		if err != nil {
			w.Fatal(err)
		}
		path := filepath.Join(w.TempDir(), "book.zip")
		if _, err := w.app.Backup(w.ctx, path); err != nil {
			w.Fatal(err)
		}
		z, err := zip.OpenReader(path)
		if err != nil {
			w.Fatal(err)
		}
		defer z.Close()
		var names []string
		for _, f := range z.File {
			names = append(names, f.Name)
			r, err := f.Open()
			if err != nil {
				w.Fatal(err)
			}
			content, err := io.ReadAll(r)
			if err != nil {
				w.Fatal(err)
			}
			for _, secret := range []string{"argon2", password, s.Token} {
				if strings.Contains(string(content), secret) {
					w.Errorf("%s holds %s", f.Name, secret)
				}
			}
		}
		if !slices.Contains(names, "table/login_user.jsonl") || slices.ContainsFunc(names, func(n string) bool {
			return strings.HasPrefix(n, "table/login_") && !strings.HasPrefix(n, "table/login_user")
		}) {
			w.Errorf("the members are %v", names)
		}
	})
}

func TestDoctorLooksAtUsers(t *testing.T) {
	onBoth(t, func(w *world) {
		want := func(fine bool, what, mend string) {
			w.Helper()
			checks, err := w.app.Doctor(w.ctx)
			if err != nil {
				w.Fatal(err)
			}
			for _, c := range checks {
				if c.Name.En == "users" && (c.Fine != fine || c.What.En != what || c.Mend.En != mend) {
					w.Errorf("got %v %q %q, want %v %q %q", c.Fine, c.What.En, c.Mend.En, fine, what, mend)
				}
			}
		}
		enter := func(name string, role access.Role) {
			u := &login.User{Login: name, Name: "示例", Role: login.Role(role.Code)}
			u.Unit = "430600"
			w.must(book.Change{Kind: "login_user", Action: access.Create, Record: u})
		}
		want(true, "there are none; the book is used at this machine's command line", "")
		enter("lijun", access.Section)
		want(true, "1 may sign in, none of them an administrator", "")
		enter("zhangwei", access.Administrator)
		want(false, "administrators without a second factor: zhangwei", "have them sign in and switch codes on or add a passkey")
		w.clock.Set(w.clock.Now().AddDate(0, 0, 91))
		for i := range 10 {
			enter(fmt.Sprintf("admin%d", i), access.Administrator)
		}
		want(false, "administrators without a second factor: admin0, admin1, admin2, admin3, admin4, admin5, admin6, admin7, admin8, admin9… (11); not signed in for 90 days: lijun, zhangwei",
			"have them sign in and switch codes on or add a passkey; suspend those who have left by anlan user suspend")
	})
}
