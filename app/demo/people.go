package demo

import (
	"context"
	"path/filepath"

	"anlan/ground/lang"
	"anlan/ground/place"
	"anlan/office/login"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/resource/unit"
)

// township is where the township officer of the demo works; its name and code are made up.
const township place.Unit = "430626-51"

// person is somebody who may sign in to the demo's book.
type person struct {
	login string
	name  string
	role  access.Role
	unit  place.Unit
	job   lang.Text
}

// persons are those of a year, one of each work.
var persons = []person{
	{"xiangzhen", "示例乡镇干部", access.Township, township, lang.Of("乡镇安监员，只见本乡镇的记录", "township officer, who sees the records of the township alone")},
	{"zhiban", "示例值班员", access.Duty, bureauCode, lang.Of("值班员", "duty officer")},
	{"keshi", "示例科室干部", access.Section, bureauCode, lang.Of("业务科室干部", "section officer")},
	{"caiwu", "示例财务人员", access.Finance, bureauCode, lang.Of("财务人员", "finance clerk")},
	{"lingdao", "示例局领导", access.Leader, bureauCode, lang.Of("局领导，查看和审批，不见个人信息", "leader, who reads and decides, but sees no values of persons")},
	{"shenji", "示例审计人员", access.Auditor, bureauCode, lang.Of("审计人员，查看全部，不能改动", "auditor, who reads everything and changes nothing")},
	{"guanli", "示例管理员", access.Administrator, bureauCode, lang.Of("管理员", "administrator")},
}

// people enters them, gives each a first password of real chance, and prints it once: nobody else's demo has the same.
func (d *demo) people(ctx context.Context) error {
	u := &unit.Unit{Code: township, Name: "平江县示例乡镇", Sort: unit.Township, Edges: []unit.Edge{{Parent: "430626"}}}
	u.Unit = bureauCode
	if _, err := d.app.Book.Apply(ctx, operator, []book.Change{{Kind: unit.Kind.Code(), Action: access.Create, Record: u}}); err != nil {
		return err
	}
	var entered []book.Change
	for _, p := range persons {
		x := &login.User{Login: p.login, Name: p.name, Role: login.Role(p.role.Code)}
		x.Unit = p.unit
		entered = append(entered, book.Change{Kind: login.Kind.Code(), Action: access.Create, Record: x})
	}
	done, err := d.app.Book.Apply(ctx, operator, entered)
	if err != nil {
		return err
	}
	d.head(lang.Of("十二、在浏览器里使用", "12. In a browser"))
	d.say(lang.Of("  示例用户；初始密码随机生成，只在这里显示一次，首次登录时更改：", "  example users; their first passwords are made at random, shown only here, and changed at the first sign-in:"))
	for i, p := range persons {
		password, err := d.app.Users.SetPassword(ctx, operator, done[i].ID, "")
		if err != nil {
			return err
		}
		d.say(lang.Of("    %-10s %s  %s", "    %-10s %s  %s"), p.login, password, p.job.In(d.Lang))
	}
	d.say(lang.Of("  以后再用：%s", "  to use it again: %s"), d.command("serve"))
	return nil
}

// DataDir is the folder of the book that a demo in dir has made.
func DataDir(dir string) string { return filepath.Join(dir, "data") }
