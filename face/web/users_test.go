package web_test

import (
	"strings"
	"testing"

	"anlan/record/access"
	"anlan/store"
)

// TestAnAdministratorLooksAfterWhoSignsIn: enters somebody, gives a first password, ends sessions, suspends, all in the browser.
func TestAnAdministratorLooksAfterWhoSignsIn(t *testing.T) {
	t.Parallel()
	s := open(t, store.SQLite)
	admin, county := s.person("guanli", "430600", access.Administrator), s.person("xianguan", "430602", access.Administrator)
	made := admin.post("/records/login_user/new", 303, "key", "a", "unit", "430600", "login", "lijun", "full_name", "李示例", "role", "section").Header.Get("Location")
	at := "/users/" + made[strings.LastIndex(made, "/")+1:]
	admin.get(made, 200).has(t, `href="`+at+`"`)
	page := admin.get(at, 200)
	page.has(t, "没有登录", "李示例怎样登录")

	s.later()
	admin.post(at+"/password", 403).has(t, "再次确认是您本人", "!只显示这一次", `action="`+at+`/password"`)
	admin.post(at+"/password", 403, "confirm.password", "wrong wrong").has(t, "登录名或密码不对", "!只显示这一次")
	first := admin.post(at+"/password", 200, "confirm.password", password).between(t, `<code class="hash">`, "<")
	new := s.anybody()
	new.post("/sign-in", 303, "name", "lijun", "password", first)
	new.post("/account/password", 303, "old", first, "new", password, "again", password)
	new.get("/today", 200)
	admin.get(at, 200).has(t, "设初始密码", "更改密码", "guanli", "全部结束")
	admin.post(at+"/sessions/end", 303)
	new.get("/today", 303)
	admin.post(at+"/second-factor/off", 422).has(t, "写明理由")
	admin.post(at+"/second-factor/off", 200, "reason", "手机丢失").has(t, "关闭第二因素", "手机丢失")

	admin.post(made+"/step", 303, "action", "suspend", "version", "1", "key", "b", "reason", "调离")
	new.post("/sign-in", 403, "name", "lijun", "password", password).has(t, "现在不能登录")

	// Others do none of it.
	county.get(at, 404)
	county.post(at+"/password", 404)
	section := s.person("keshi", "430600", access.Section)
	section.get(at, 403)
	section.post(at+"/password", 403)
	section.post(at+"/sessions/end", 403)
	s.person("shenji", "430600", access.Auditor).get(at, 403)
}
