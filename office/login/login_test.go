package login_test

import (
	"bytes"
	"crypto/rand"
	"encoding/base32"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"anlan/ground/ident"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/office/login"
	"anlan/record"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/record/field"
	"anlan/record/recordtest"
	"anlan/store"
)

// desk is a book with its users.
type desk struct {
	*recordtest.World
	users *login.Users
}

func open(t *testing.T, d store.Dialect) *desk {
	w := recordtest.Found(t, d, book.Options{}, login.Workflow, roles)
	w.Admin.Via = "cli"
	return &desk{w, login.New(w.Book, w.Clock, rand.Reader, login.Options{})}
}

// roles stand in for the kind of roles that a bureau defines, which users refer to.
var roles = record.Define("role", "角色", "role", func(r *ownRole) *record.Head { return &r.Head },
	field.Text("code", "代码", "code", func(r *ownRole) *string { return &r.Code }))

type ownRole struct {
	record.Head
	Code string
}

func user(name string, unit place.Unit, role access.Role) *login.User {
	u := &login.User{Login: name, Name: "示例" + name, Role: login.Role(role.Code)}
	u.Unit = unit
	return u
}

const good = "岳阳楼在洞庭湖东岸上"

// enter makes a user who has chosen its own password.
func (d *desk) enter(name string, unit place.Unit, role access.Role) ident.ID {
	d.Helper()
	id := d.Must(recordtest.Create("login_user", user(name, unit, role)))[0].ID
	first, err := d.users.SetPassword(d.Ctx, d.Admin, id, "")
	if err != nil {
		d.Fatal(err)
	}
	s := d.in(name, first, "10.0.0.1", "")
	if err := d.users.ChangePassword(d.Ctx, s, first, good); err != nil {
		d.Fatal(err)
	}
	if err := d.users.SignOut(d.Ctx, s.Token); err != nil {
		d.Fatal(err)
	}
	return id
}

func (d *desk) try(name, password, address, code string) (login.Session, error) {
	return d.users.SignIn(d.Ctx, login.Attempt{Name: name, Password: password, Code: code, Address: address, Agent: "Firefox"})
}

func (d *desk) in(name, password, address, code string) login.Session {
	d.Helper()
	s, err := d.try(name, password, address, code)
	if err != nil {
		d.Fatalf("%s signs in: %v", name, err)
	}
	return s
}

func (d *desk) resume(s login.Session, want error) login.Session {
	d.Helper()
	got, err := d.users.Resume(d.Ctx, s.Token, "10.0.0.9")
	if !errors.Is(err, want) {
		d.Errorf("resume: got %v, want %v", err, want)
	}
	if err == nil {
		got.Token = s.Token
	}
	return got
}

// later moves the clock on.
func (d *desk) later(by time.Duration) { d.Clock.Set(d.Clock.Now().Add(by)) }

func (d *desk) refused(err, want error, why string) {
	d.Helper()
	if !errors.Is(err, want) {
		d.Errorf("%s: got %v, want %v", why, err, want)
	}
}

func TestAFirstPasswordOpensNothingButItsOwnChange(t *testing.T) {
	recordtest.Run(t, func(t *testing.T, dialect store.Dialect) {
		d := open(t, dialect)
		id := d.Must(recordtest.Create("login_user", user("lijun", "430602", access.Section)))[0].ID
		first, err := d.users.SetPassword(d.Ctx, d.Admin, id, "")
		if err != nil {
			t.Fatal(err)
		}
		s := d.in(" LiJun ", first, "10.0.0.1", "")
		if !s.MustChange || s.Actor != (access.Actor{}) || s.Name != "示例lijun" || s.User != id {
			t.Errorf("got %+v", s)
		}
		d.refused(d.Book.Read(d.Ctx, s.Actor, 0, func(*book.View) error { return nil }), access.ErrNoActor, "reading before the change")
		_, err = d.users.EnrolTOTP(d.Ctx, s)
		d.refused(err, login.ErrMustChange, "a second factor before the change")
		d.refused(d.users.ChangePassword(d.Ctx, s, "wrong wrong wrong", good), login.ErrWrong, "a wrong old password")
		d.refused(d.users.ChangePassword(d.Ctx, s, first, first), login.ErrSamePassword, "the same again")
		d.refused(d.users.ChangePassword(d.Ctx, s, first, "lijun"), login.ErrPasswordIsName, "the name")
		other := d.in("lijun", first, "10.0.0.2", "")
		if err := d.users.ChangePassword(d.Ctx, s, first, good); err != nil {
			t.Fatal(err)
		}
		s = d.resume(s, nil)
		if want := (access.Actor{Name: "lijun", Role: access.Section, Unit: "430602", Via: "web", Address: "10.0.0.9"}); s.Actor != want || s.MustChange {
			t.Errorf("after the change: %+v", s)
		}
		d.resume(other, login.ErrNoSession)
		_, err = d.try("lijun", first, "10.0.0.1", "")
		d.refused(err, login.ErrWrong, "the first password after the change")
		d.Sound()
	})
}

func TestRightsAreThoseOfTheRecordAtEachRequest(t *testing.T) {
	recordtest.Run(t, func(t *testing.T, dialect store.Dialect) {
		d := open(t, dialect)
		id := d.enter("lijun", "430602", access.Section)
		s := d.in("lijun", good, "10.0.0.1", "")
		change := func(action access.Action, edit func(*login.User)) {
			t.Helper()
			u := d.Get("login_user", id).(*login.User)
			c := book.Change{Kind: "login_user", ID: id, Expect: u.Version, Action: action, Reason: "人员调整"}
			if edit != nil {
				edit(u)
				c.Record = u
			}
			d.Must(c)
		}
		change(access.Edit, func(u *login.User) { u.Role, u.Unit = login.Role(access.Auditor.Code), "430621" })
		if got := d.resume(s, nil).Actor; got.Role != access.Auditor || got.Unit != "430621" {
			t.Errorf("after the change of rights: %+v", got)
		}
		change(login.Suspend, nil)
		d.resume(s, login.ErrNotInForce)
		_, err := d.try("lijun", good, "10.0.0.1", "")
		d.refused(err, login.ErrNotInForce, "suspended")
		_, err = d.try("lijun", good+"?", "10.0.0.1", "")
		d.refused(err, login.ErrWrong, "suspended, with a wrong password: nothing is told")
		change(login.Resume, nil)
		d.resume(s, nil)
		today := period.DayAt(recordtest.Start)
		change(access.Edit, func(u *login.User) { u.Until = today })
		d.resume(s, login.ErrNotInForce)
		change(access.Edit, func(u *login.User) { u.Until = today.Add(1) })
		d.resume(s, nil)
		change(access.Edit, func(u *login.User) { u.From, u.Until = today.Add(1), period.Day{} })
		d.resume(s, login.ErrNotInForce)
		change(access.Withdraw, nil)
		d.resume(s, login.ErrNotInForce)
		_, err = d.try("lijun", good, "10.0.0.1", "")
		d.refused(err, login.ErrWrong, "withdrawn")
		d.Sound()
	})
}

func TestASessionEnds(t *testing.T) {
	recordtest.Run(t, func(t *testing.T, dialect store.Dialect) {
		d := open(t, dialect)
		id := d.enter("lijun", "430602", access.Section)
		boss := d.enter("zhangwei", "430600", access.Administrator)
		sign := func() login.Session { t.Helper(); return d.in("lijun", good, "10.0.0.1", "") }
		administrator := d.resume(d.in("zhangwei", good, "10.0.0.1", ""), nil).Actor

		s := sign()
		d.later(29 * time.Minute)
		d.resume(s, nil)
		d.later(29 * time.Minute)
		d.resume(s, nil) // the request before was noted
		d.later(30 * time.Minute)
		d.resume(s, login.ErrIdle)

		s = sign()
		for range 28 {
			d.later(25 * time.Minute)
			d.resume(s, nil)
		}
		d.later(25 * time.Minute)
		d.resume(s, login.ErrTooLong)

		s = sign()
		if err := d.users.SignOut(d.Ctx, s.Token); err != nil {
			t.Error(err)
		}
		d.resume(s, login.ErrNoSession)
		d.resume(login.Session{Token: "guessed"}, login.ErrNoSession)

		one, two, three := sign(), sign(), sign()
		own := d.resume(one, nil).Actor
		if list, err := d.users.Sessions(d.Ctx, own, id); err != nil || len(list) != 3 || list[0].ID != three.ID || list[0].Token != "" || list[0].Agent != "Firefox" || list[0].Actor != (access.Actor{}) {
			t.Errorf("own sessions: %v %+v", err, list)
		}
		if n, err := d.users.Revoke(d.Ctx, own, id, two.ID); n != 1 || err != nil {
			t.Errorf("one is revoked: got %d, %v", n, err)
		}
		d.resume(two, login.ErrNoSession)
		d.resume(one, nil)
		_, err := d.users.Sessions(d.Ctx, own, boss)
		d.refused(err, access.ErrMayNot, "the sessions of somebody else")
		if n, err := d.users.Revoke(d.Ctx, administrator, id); n != 2 || err != nil {
			t.Errorf("all are revoked: got %d, %v", n, err)
		}
		d.resume(one, login.ErrNoSession)
		d.resume(three, login.ErrNoSession)

		s = sign()
		if _, err := d.users.SetPassword(d.Ctx, administrator, id, "洞庭湖水位三十二米五"); err != nil {
			t.Fatal(err)
		}
		d.resume(s, login.ErrNoSession)
		_, err = d.users.SetPassword(d.Ctx, own, id, "")
		d.refused(err, access.ErrMayNot, "a password set by somebody who is no administrator")
		_, err = d.users.SetPassword(d.Ctx, administrator, boss, "")
		d.refused(err, login.ErrOwnRights, "one's own password set without the old one")
		d.Sound()
	})
}

func TestAWrongNameAndAWrongPasswordAreOneAnswer(t *testing.T) {
	recordtest.Run(t, func(t *testing.T, dialect store.Dialect) {
		d := open(t, dialect)
		d.enter("lijun", "430602", access.Section)
		d.Must(recordtest.Create("login_user", user("wangfang", "430602", access.Section)))
		for _, c := range []struct{ name, password string }{
			{"lijun", "wrong wrong wrong"}, {"lijun", ""}, {"lijun", strings.Repeat("長", 2000)},
			{"wangfang", ""}, {"wangfang", "has no password yet"},
			{"nobody", good}, {"", good}, {"李军", good}, {"a\x00b", good}, {strings.Repeat("x", 5000), good},
		} {
			_, err := d.try(c.name, c.password, "10.0.0.5", "")
			d.refused(err, login.ErrWrong, fmt.Sprintf("%.20q", c.name))
		}
	})
}

func TestFailuresMakeWaitAndLockNobodyOut(t *testing.T) {
	recordtest.Run(t, func(t *testing.T, dialect store.Dialect) {
		d := open(t, dialect)
		d.enter("lijun", "430602", access.Section)
		const wrong = "wrong wrong wrong"
		for _, name := range []string{"lijun", "nobody"} { // the wait does not tell who exists
			for i := range 5 {
				_, err := d.try(name, wrong, "10.0.0.66", "")
				d.refused(err, login.ErrWrong, fmt.Sprint(name, " fails ", i))
			}
			_, err := d.try(name, good, "10.0.0.66", "")
			d.refused(err, login.ErrWait, name+" must wait, also with the right password")
		}
		d.later(2 * time.Second)
		if _, err := d.try("lijun", wrong, "10.0.0.66", ""); !errors.Is(err, login.ErrWrong) {
			t.Errorf("after the wait: %v", err)
		}
		_, err := d.try("lijun", wrong, "10.0.0.66", "")
		d.refused(err, login.ErrWait, "the next wait is longer")
		if !strings.Contains(err.Error(), "(in 2 seconds)") && !strings.Contains(err.Error(), "(in 3 seconds)") {
			t.Errorf("the wait is not said: %v", err)
		}

		// Strangers from everywhere: whoever comes from a new address waits, who comes from a known one does not.
		for i := range 30 {
			if _, err = d.try("lijun", wrong, fmt.Sprintf("192.0.2.%d", i), ""); errors.Is(err, login.ErrWait) {
				break
			}
		}
		d.refused(err, login.ErrWait, "failures from many addresses")
		_, err = d.try("lijun", good, "192.0.2.200", "")
		d.refused(err, login.ErrWait, "a new address, meanwhile")
		d.in("lijun", good, "10.0.0.1", "")

		// However many they were, nobody waits longer than a quarter of an hour.
		for range 30 {
			d.later(16 * time.Minute)
			if _, err := d.try("lijun", wrong, "192.0.2.77", ""); !errors.Is(err, login.ErrWrong) {
				t.Fatalf("after a quarter of an hour: %v", err)
			}
		}
		d.later(16 * time.Minute)
		d.in("lijun", good, "192.0.2.77", "")
		for i := range 5 { // a success has wiped the slate of its address
			_, err := d.try("lijun", wrong, "192.0.2.77", "")
			d.refused(err, login.ErrWrong, fmt.Sprint("afresh ", i))
		}
		d.later(3 * time.Hour)
		d.in("lijun", good, "203.0.113.9", "")
	})
}

func TestASecondFactor(t *testing.T) {
	recordtest.Run(t, func(t *testing.T, dialect store.Dialect) {
		d := open(t, dialect)
		id := d.enter("lijun", "430602", access.Section)
		s := d.resume(d.in("lijun", good, "10.0.0.1", ""), nil)
		_, err := d.users.ConfirmTOTP(d.Ctx, s, "000000")
		d.refused(err, login.ErrNoEnrolment, "nothing to confirm")
		d.later(10 * time.Minute)
		s = d.resume(s, nil)
		_, err = d.users.EnrolTOTP(d.Ctx, s)
		d.refused(err, access.ErrProveAgain, "a stolen session switches nothing on")
		d.refused(d.users.Prove(d.Ctx, s, login.Again{Password: "wrong wrong wrong"}), login.ErrWrong, "a wrong password proves nothing")
		d.refused(d.users.Prove(d.Ctx, s, login.Again{Code: "123456"}), login.ErrWrongCode, "nor does a code of nobody")
		if err := d.users.Prove(d.Ctx, s, login.Again{Password: good}); err != nil {
			t.Fatal(err)
		}
		s = d.resume(s, nil)
		e, err := d.users.EnrolTOTP(d.Ctx, s)
		if err != nil {
			t.Fatal(err)
		}
		secret, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(e.Secret)
		if err != nil {
			t.Fatal(err)
		}
		if want := "otpauth://totp/%E6%B5%8B%E8%AF%95%E5%B1%80:lijun?secret=" + e.Secret + "&issuer=%E6%B5%8B%E8%AF%95%E5%B1%80&algorithm=SHA1&digits=6&period=30"; e.URL != want {
			t.Errorf("got %s, want %s", e.URL, want)
		}
		code := func(steps int64) string { return login.TOTP(secret, d.Clock.Now().Unix()/30+steps) }
		d.in("lijun", good, "10.0.0.1", "") // not confirmed: not asked for
		_, err = d.users.ConfirmTOTP(d.Ctx, s, code(5))
		d.refused(err, login.ErrWrongCode, "a wrong code confirms nothing")
		used := code(0)
		codes, err := d.users.ConfirmTOTP(d.Ctx, s, used)
		if err != nil || len(codes) != 10 {
			t.Fatalf("got %d codes, %v", len(codes), err)
		}
		_, err = d.try("lijun", good, "10.0.0.1", "")
		d.refused(err, login.ErrCodeNeeded, "no code")
		_, err = d.try("lijun", "wrong wrong wrong", "10.0.0.1", code(0))
		d.refused(err, login.ErrWrong, "a code without the password")
		_, err = d.try("lijun", good, "10.0.0.1", used)
		d.refused(err, login.ErrWrongCode, "the code that confirmed")
		d.later(time.Minute)
		if got := d.in("lijun", good, "10.0.0.1", code(-1)); !got.SecondFactor {
			t.Error("the session does not know of the second factor")
		}
		_, err = d.try("lijun", good, "10.0.0.1", code(-1))
		d.refused(err, login.ErrWrongCode, "the same code twice")
		spaced := code(1)
		d.in("lijun", good, "10.0.0.1", spaced[:3]+" "+spaced[3:])
		_, err = d.try("lijun", good, "10.0.0.1", code(0))
		d.refused(err, login.ErrWrongCode, "an older code after a newer one")
		d.in("lijun", good, "10.0.0.1", strings.ToUpper(codes[3]))
		_, err = d.try("lijun", good, "10.0.0.1", codes[3])
		d.refused(err, login.ErrWrongCode, "a recovery code twice")

		d.refused(d.users.DropSecondFactor(d.Ctx, s.Actor, id, ""), access.ErrMayNot, "switched off by oneself")
		if err := d.users.DropSecondFactor(d.Ctx, d.Admin, id, "手机丢失"); err != nil {
			t.Fatal(err)
		}
		d.resume(s, login.ErrNoSession)
		d.in("lijun", good, "10.0.0.1", "")
		d.Sound()
	})
}

func TestACodeIsTakenOnceByHoweverManyAtOnce(t *testing.T) {
	recordtest.Run(t, func(t *testing.T, dialect store.Dialect) {
		d := open(t, dialect)
		d.enter("lijun", "430602", access.Section)
		s := d.resume(d.in("lijun", good, "10.0.0.1", ""), nil)
		e, err := d.users.EnrolTOTP(d.Ctx, s)
		if err != nil {
			t.Fatal(err)
		}
		secret, _ := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(e.Secret)
		if _, err := d.users.ConfirmTOTP(d.Ctx, s, login.TOTP(secret, d.Clock.Now().Unix()/30)); err != nil {
			t.Fatal(err)
		}
		d.later(time.Minute)
		code := login.TOTP(secret, d.Clock.Now().Unix()/30)
		var mu sync.Mutex
		entered, refused := 0, 0
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				_, err := d.try("lijun", good, "10.0.0.1", code)
				mu.Lock()
				defer mu.Unlock()
				switch {
				case err == nil:
					entered++
				case errors.Is(err, login.ErrWrongCode), errors.Is(err, login.ErrWait):
					refused++
				default:
					t.Errorf("got %v", err)
				}
			})
		}
		wg.Wait()
		if entered != 1 || refused != 7 {
			t.Errorf("%d entered by one code, %d were refused", entered, refused)
		}
	})
}

func TestManyGuessesAtOnceCountAsMany(t *testing.T) {
	recordtest.Run(t, func(t *testing.T, dialect store.Dialect) {
		d := open(t, dialect)
		d.enter("lijun", "430602", access.Section)
		var mu sync.Mutex
		looked := 0
		var wg sync.WaitGroup
		for range 12 {
			wg.Go(func() {
				if _, err := d.try("lijun", "wrong wrong wrong", "192.0.2.1", ""); errors.Is(err, login.ErrWrong) {
					mu.Lock()
					looked++
					mu.Unlock()
				}
			})
		}
		wg.Wait()
		if looked != 5 {
			t.Errorf("of 12 guesses at once %d were looked at, want 5", looked)
		}
	})
}

func TestWhoWritesUsers(t *testing.T) {
	recordtest.Run(t, func(t *testing.T, dialect store.Dialect) {
		d := open(t, dialect)
		county := access.Actor{Name: "zhangwei", Role: access.Administrator, Unit: "430602", Via: "web"}
		own := d.Must(recordtest.Create("login_user", user("zhangwei", "430602", access.Administrator)))[0].ID
		other := d.Must(recordtest.Create("login_user", user("lijun", "430602", access.Section)))[0].ID
		elsewhere := d.Must(recordtest.Create("login_user", user("wangfang", "430621", access.Section)))[0].ID
		edit := func(id ident.ID, change func(*login.User)) book.Change {
			u := d.Get("login_user", id).(*login.User)
			change(u)
			return book.Change{Kind: "login_user", ID: id, Action: access.Edit, Record: u}
		}
		step := func(id ident.ID, action access.Action) book.Change {
			return book.Change{Kind: "login_user", ID: id, Action: action, Reason: "理由"}
		}
		promote := func(u *login.User) { u.Role = login.Role(access.Administrator.Code) }
		section := access.Actor{Name: "lijun", Role: access.Section, Unit: "430602", Via: "web"}
		local := access.Actor{Name: "zhangwei", Role: access.Administrator, Via: "cli"}
		for _, c := range []struct {
			name   string
			actor  access.Actor
			change book.Change
			want   error
		}{
			{"a_section_opens_no_second_account", section, recordtest.Create("login_user", user("lijun2", "430602", access.Section)), access.ErrMayNot},
			{"a_section_does_not_promote_itself", section, edit(other, promote), access.ErrMayNot},
			{"a_section_withdraws_nobody", section, step(own, access.Withdraw), access.ErrMayNot},
			{"whatever_a_role_says_users_are_the_administrators", access.Actor{Name: "lijun", Role: recordtest.Clerk(access.Restricted), Unit: "430602"}, edit(other, promote), login.ErrNotAdministrator},
			{"an_auditor_changes_nothing", access.Actor{Name: "shenji", Role: access.Auditor, Unit: "430600"}, step(other, login.Suspend), access.ErrMayNot},
			{"nobody_enters_users_of_another_county", county, recordtest.Create("login_user", user("zhaolei", "430621", access.Section)), access.ErrOutOfScope},
			{"nobody_moves_a_user_to_another_county", county, edit(other, func(u *login.User) { u.Unit = "430621" }), access.ErrOutOfScope},
			{"nobody_moves_a_user_above", county, edit(other, func(u *login.User) { u.Unit = "430600" }), access.ErrOutOfScope},
			{"who_is_out_of_scope_is_not_there", county, step(elsewhere, login.Suspend), book.ErrNoRecord},
			{"not_the_own_role", county, edit(own, func(u *login.User) { u.Role = login.Role(access.Auditor.Code) }), login.ErrOwnRights},
			{"not_the_own_unit", county, edit(own, func(u *login.User) { u.Unit = "430602-01" }), login.ErrOwnRights},
			{"not_the_own_last_day", county, edit(own, func(u *login.User) { u.Until = period.MustDay(2030, 1, 1) }), login.ErrOwnRights},
			{"not_the_own_state", county, step(own, login.Suspend), login.ErrOwnRights},
			{"not_the_own_withdrawal", county, step(own, access.Withdraw), login.ErrOwnRights},
			{"a_login_name_is_for_ever", county, edit(other, func(u *login.User) { u.Login = "lijun3" }), book.ErrFixed},
			{"the_own_name", county, edit(own, func(u *login.User) { u.Name = "示例改名" }), nil},
			{"a_user_of_the_own_county", county, edit(other, promote), nil},
			{"a_section_below", county, recordtest.Create("login_user", user("qianer", "430602-01", access.Leader)), nil},
			{"suspension_of_another", county, step(other, login.Suspend), nil},
			{"whoever_has_the_machine_is_no_user", local, edit(own, func(u *login.User) { u.Unit = "430600" }), nil},
		} {
			_, err := d.Apply(c.actor, c.change)
			d.refused(err, c.want, c.name)
		}
		d.Sound()
	})
}

func TestAUserThatCannotBe(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*login.User){
		"capitals":                 func(u *login.User) { u.Login = "LiJun" },
		"a name that is no word":   func(u *login.User) { u.Login = "li jun" },
		"a name of one letter":     func(u *login.User) { u.Login = "l" },
		"a figure first":           func(u *login.User) { u.Login = "1jun" },
		"no name of the person":    func(u *login.User) { u.Name = "" },
		"the public":               func(u *login.User) { u.Role = login.Role(access.Reader.Code) },
		"no role":                  func(u *login.User) { u.Role = "" },
		"an end before the begin":  func(u *login.User) { u.From, u.Until = period.MustDay(2024, 2, 1), period.MustDay(2024, 1, 1) },
		"an end on the first day":  func(u *login.User) { u.From, u.Until = period.MustDay(2024, 2, 1), period.MustDay(2024, 2, 1) },
		"no unit that it acts for": func(u *login.User) { u.Unit = "" },
	} {
		u := user("lijun", "430602", access.Section)
		if faults := login.Kind.Check(u, period.MustDay(2024, 1, 31)); len(faults) > 0 {
			t.Fatal(faults)
		}
		change(u)
		if faults := login.Kind.Check(u, period.MustDay(2024, 1, 31)); len(faults) == 0 {
			t.Errorf("%s was taken", name)
		}
	}
}

// TestTheJournalHoldsThatItWasDoneAndNoSecret looks for everything that was given or kept in every entry.
func TestTheJournalHoldsThatItWasDoneAndNoSecret(t *testing.T) {
	recordtest.Run(t, func(t *testing.T, dialect store.Dialect) {
		d := open(t, dialect)
		id := d.enter("lijun", "430602", access.Section)
		token := d.in("lijun", good, "10.0.0.1", "").Token
		s := d.resume(login.Session{Token: token}, nil)
		e, err := d.users.EnrolTOTP(d.Ctx, s)
		if err != nil {
			t.Fatal(err)
		}
		secret, _ := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(e.Secret)
		codes, err := d.users.ConfirmTOTP(d.Ctx, s, login.TOTP(secret, d.Clock.Now().Unix()/30))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := d.users.Revoke(d.Ctx, s.Actor, id); err != nil {
			t.Fatal(err)
		}
		if err := d.users.DropSecondFactor(d.Ctx, d.Admin, id, "手机丢失"); err != nil {
			t.Fatal(err)
		}
		var did []string
		err = d.DB.Read(d.Ctx, func(tx *store.Tx) error {
			var phc string
			if _, err := tx.QueryRow([]any{&phc}, "SELECT password FROM login_credential WHERE user_id = ?", id.String()); err != nil {
				return err
			}
			if !strings.HasPrefix(phc, "$argon2id$v=19$m=19456,t=2,p=1$") {
				t.Errorf("the password is kept as %q", phc)
			}
			rows, err := tx.Query("SELECT kind, action, record_id, body FROM journal_entry ORDER BY position")
			if err != nil {
				return err
			}
			defer rows.Close()
			for rows.Next() {
				var kind, action string
				var about *string
				var body []byte
				if err := rows.Scan(&kind, &action, &about, &body); err != nil {
					return err
				}
				if kind == "login" {
					did = append(did, action)
					if about == nil || *about != id.String() || !bytes.Contains(body, []byte(`"id":"`+id.String()+`"`)) {
						t.Errorf("%s is about %v: %s", action, about, body)
					}
				}
				for _, x := range append([]string{good, phc, e.Secret, token, "argon2"}, codes...) {
					if bytes.Contains(body, []byte(x)) {
						t.Errorf("the entry %s %s holds a secret: %s", kind, action, body)
					}
				}
			}
			return rows.Err()
		})
		if err != nil {
			t.Fatal(err)
		}
		told, err := d.users.Acts(d.Ctx, d.Admin, id)
		if err != nil || len(told) != len(did) || told[1].Name != "lijun" || told[1].Address != "10.0.0.1" || told[4].Reason != "手机丢失" {
			t.Errorf("%v: %+v", err, told)
		}
		for i, a := range told {
			if a.Action != did[i] || !login.ActLabel(a.Action).Whole() {
				t.Errorf("act %d: %+v", i, a)
			}
		}
		_, err = d.users.Acts(d.Ctx, access.Actor{Name: "wangfang", Role: access.Section, Unit: "430602", Via: "web"}, id)
		d.refused(err, access.ErrMayNot, "the acts of somebody else")
		if got, want := fmt.Sprint(did), "[set_password change_password second_factor_on revoke_session second_factor_off]"; got != want {
			t.Errorf("got %s, want %s", got, want)
		}
		d.Sound()
	})
}

func TestTheListOfUsersAndWhatWantsCare(t *testing.T) {
	recordtest.Run(t, func(t *testing.T, dialect store.Dialect) {
		d := open(t, dialect)
		if c, err := d.users.Care(d.Ctx); err != nil || c.Users != 0 {
			t.Errorf("a book without users: %+v, %v", c, err)
		}
		d.enter("zhangwei", "430600", access.Administrator)
		d.enter("lijun", "430602", access.Section)
		d.Must(recordtest.Create("login_user", user("wangfang", "430621", access.Section)))
		list, err := d.users.List(d.Ctx, d.Admin)
		if err != nil || len(list) != 3 || list[0].Login != "lijun" || !list[0].Password || list[0].MustChange || list[0].SignedIn.IsZero() || list[1].Password || !list[1].SignedIn.IsZero() {
			t.Errorf("%v: %+v", err, list)
		}
		county := access.Actor{Name: "chenjing", Role: access.Administrator, Unit: "430621", Via: "web"}
		if list, err = d.users.List(d.Ctx, county); err != nil || len(list) != 1 || list[0].Login != "wangfang" {
			t.Errorf("a county sees %v: %+v", err, list)
		}
		county.Role = access.Section
		_, err = d.users.List(d.Ctx, county)
		d.refused(err, login.ErrNotAdministrator, "a section lists")
		if c, err := d.users.Care(d.Ctx); err != nil || fmt.Sprint(c) != "{3 [zhangwei] 0 []}" {
			t.Errorf("got %+v, %v", c, err)
		}
		d.later(91 * 24 * time.Hour)
		d.in("lijun", good, "10.0.0.1", "")
		if c, err := d.users.Care(d.Ctx); err != nil || fmt.Sprint(c) != "{3 [zhangwei] 0 [wangfang zhangwei]}" {
			t.Errorf("after 91 days: %+v, %v", c, err)
		}
	})
}
