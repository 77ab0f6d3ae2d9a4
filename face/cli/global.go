package cli

import (
	"os"
	"strings"

	"anlan/face/cli/option"
	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/record/access"
)

// globals declares the options that every verb has.
func (e *env) globals() {
	set := func(into *string) func(string) error { return func(v string) error { *into = v; return nil } }
	e.data = "./anlan-data"
	e.Declare("data", "DIR", lang.Of("数据目录，默认 ./anlan-data", "data folder; ./anlan-data by default"), set(&e.data)).Variable = "ANLAN_DATA"
	e.Declare("db", "URL", lang.Of("PostgreSQL地址，账册的模式用 ?search_path=NAME 指定", "address of a PostgreSQL database; ?search_path=NAME names the schema of the book"),
		set(&e.db)).Variable = "ANLAN_DB"
	e.Choice("lang", lang.Of("语言；默认随系统，系统不是英文时为中文", "language; by default that of the system, Chinese unless it is English"),
		(*string)(&e.lang), string(lang.Chinese), string(lang.English)).Variable = "ANLAN_LANG"
	e.role = access.Administrator.Code
	e.Choice("role", lang.Of("以什么身份使用：administrator（管理员，默认）或auditor（审计：可看全部，不能改动，看个人信息记入日志）", "in which role: administrator (the default) or auditor (reads everything, changes nothing, and what it reads of persons is journalled)"),
		&e.role, access.Administrator.Code, access.Auditor.Code).Variable = "ANLAN_ROLE"
}

// fromEnvironment takes what the environment says, before the command line does.
func (e *env) fromEnvironment() (faults fault.List) {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} { // the order of POSIX: the first that is set
		if v := os.Getenv(name); v != "" {
			if strings.HasPrefix(v, "en") {
				e.lang = lang.English
			}
			e.Find("lang").Source = option.FromVariable(name)
			break
		}
	}
	for _, o := range e.All {
		if v := os.Getenv(o.Variable); o.Variable != "" && v != "" {
			faults = append(faults, o.Take(o.Variable, v, option.FromVariable(o.Variable))...)
		}
	}
	return faults
}

// formatted declares --format.
func (e *env) formatted() {
	e.format = "text"
	e.Choice("format", lang.Of("结果给人看（text，默认）还是给程序读（json）", "the result for people (text, the default) or programs (json)"), &e.format, "text", "json")
}
