package app

import (
	"context"
	"fmt"
	"strings"

	"anlan/ground/lang"
)

// namesShown bounds the users that a finding names.
const namesShown = 10

// lookAtUsers: an administrator who is known by a password alone is one stolen password away, and a user whom nobody misses is a door
// that nobody watches.
func (a *App) lookAtUsers(ctx context.Context) (Check, error) {
	c := Check{Name: lang.Of("用户", "users"), Fine: true, What: lang.Of("没有登记用户，只能在本机用命令行", "there are none; the book is used at this machine's command line")}
	care, err := a.Users.Care(ctx)
	if err != nil || care.Users == 0 {
		return c, err
	}
	c.What = lang.Text{Zh: fmt.Sprintf("%d个可以登录，管理员都有第二因素", care.Users), En: fmt.Sprintf("%d may sign in; every administrator has a second factor", care.Users)}
	var zh, en []string
	switch {
	case len(care.Unguarded) > 0:
		zh = append(zh, "管理员"+named(care.Unguarded, "、")+"没有第二因素")
		en = append(en, "administrators without a second factor: "+named(care.Unguarded, ", "))
		c.Mend = lang.Of("请他们登录后开启动态口令或添加通行密钥", "have them sign in and switch codes on or add a passkey")
	case care.Guarded == 0:
		c.What = lang.Text{Zh: fmt.Sprintf("%d个可以登录，其中没有管理员", care.Users), En: fmt.Sprintf("%d may sign in, none of them an administrator", care.Users)}
	}
	if len(care.Neglected) > 0 {
		zh = append(zh, "90天没有登录："+named(care.Neglected, "、"))
		en = append(en, "not signed in for 90 days: "+named(care.Neglected, ", "))
		c.Mend.Zh = strings.TrimPrefix(c.Mend.Zh+"；不再使用的用 anlan user suspend 停用", "；")
		c.Mend.En = strings.TrimPrefix(c.Mend.En+"; suspend those who have left by anlan user suspend", "; ")
	}
	if len(zh) > 0 {
		c.Fine, c.What = false, lang.Text{Zh: strings.Join(zh, "；"), En: strings.Join(en, "; ")}
	}
	return c, nil
}

// named lists the first names, and says of the others only how many.
func named(names []string, comma string) string {
	if len(names) <= namesShown {
		return strings.Join(names, comma)
	}
	return fmt.Sprintf("%s… (%d)", strings.Join(names[:namesShown], comma), len(names))
}
