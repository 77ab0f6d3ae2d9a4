package evidence

import (
	"fmt"
	"strings"

	"anlan/ground/lang"
)

// readme says what is in the archive, what is not, and how to verify it, in Chinese and then in English.
func (c *collector) readme(about, verify lang.Text) string {
	zh, en := []string{about.Zh, ""}, []string{about.En, ""}
	say := func(z, e string, args ...any) {
		zh, en = append(zh, fmt.Sprintf(z, args...)), append(en, fmt.Sprintf(e, args...))
	}
	say("behind.xlsx 列出算出这些数的每条记录及其计入多少，共%d条。", "behind.xlsx lists each record from which the figures come, with what it adds: %d in all.", len(c.lines))
	say("records/ 是这些记录，按取得人的权限给出，个人的电话和证件号码已遮掩。", "records/ has these records as far as whoever asked may see them; telephone and identity numbers of persons are masked.")
	say("documents/ 是这些记录的附件，文件名中的数字是记录的日志位置。", "documents/ has their attachments; the number in a name is the position of the record.")
	if c.hidden > 0 {
		say("其中%d条记录不在取得人的权限内，只列出计入多少。", "%d of the records are not within the rights of whoever asked: only what they add is listed.", c.hidden)
	}
	if c.more {
		say("记录超过%d条，其余没有列出。", "There are more than %d records; the rest is not listed.", linesMax)
	}
	if n := len(c.left); n > 0 {
		say("附件一共超过%d MB或%d个，没有放入的：%s", "The attachments come to more than %d MB or %d files; left out: %s", documentsMax>>20, documentsMany, strings.Join(c.left[:min(n, 50)], " "))
	}
	zh, en = append(zh, "", "怎样核验（不需要连接账册）", verify.Zh), append(en, "", "How to verify it (without any connection to the book)", verify.En)
	say("key.pub 是账册的公钥；请与公开单位公布的核对一致后再用。", "key.pub is the public key of the book; compare it with the one that the office has made public before you rely on it.")
	say("能证明的：这些记录和数在封存之后没有被改动。不能证明的：记录在录入时是否属实。", "What is proved: that records and figures were not changed after they were sealed. What is not: that a record was true when it was entered.")
	return strings.Join(zh, "\r\n") + "\r\n\r\n----\r\n\r\n" + strings.Join(en, "\r\n") + "\r\n"
}
