package login

import "strings"

// common are the passwords of at least ten characters that are guessed first, in small letters; shorter ones are refused anyway.
var common = func() map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(`
		1234567890 0123456789 0987654321 9876543210 12345678910 123456789a 123456789q 1234567891 123456789123 12345678900
		a123456789 a1234567890 aa123456789 aa12345678 ab123456789 abc1234567 abc12345678 abc123456789 abcd123456 abcd1234567
		abcd12345678 abcdef1234 abcde12345 abcdefghij abcdefg123 abcdefg1234 qwertyuiop qwertyuiop123 qwerty12345 qwerty123456
		qwerty1234 qwer123456 qwer12345678 asdfghjkl1 asdfghjkl123 zxcvbnm123 1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx3edc qazwsxedcrfv
		1qazxsw23edc qwe123456789 qweasdzxc123 qazwsx123456 zaq12wsxcde3 asd123456789 zxc123456789 q123456789 z123456789 w123456789
		password12 password123 password1234 password12345 password123456 passw0rd123 p@ssw0rd123 p@ssword123 p@ssw0rd1234 password!23
		admin12345 admin123456 admin12345678 admin123456789 administrator administrator1 admin@1234 admin@12345 admin@123456 admin@2023
		admin@2024 admin@2025 admin@2026 admin888888 admin666666 root123456 root12345678 root@123456 test123456 test12345678
		user123456 guest123456 system123456 manager123456 welcome123 welcome1234 letmein123 iloveyou123 iloveyou1314 superman123
		changeme123 changeme1234 5201314520 5201314521 5211314521 1314520520 1314521521 woaini1314 woaini520520 woaini5201314
		woaini123456 woaini1314520 wo123456789 li123456789 wang123456789 zhang123456 liu123456789 chen123456789 yueyang123 yueyang1234
		yueyang123456 yingji12345 yingji123456 yingjiju123 yingji119119 anquan123456 hunan123456 zhongguo123 zhongguo1949 china123456
		china12345678 a11111111111 aaa123456789 aaaa123456 aaaa1234567 aaaaa12345 qq123456789 qq12345678 qq1234567890 wechat123456
		0730123456 07301234567 1111122222 1122334455 112233445566 1357924680 147258369a 147258369123 147852369a 159357159357
		123123123123 123321123321 123456654321 1234554321 12345543210 1234512345 123454321a 123qweasdzxc 123qwe123qwe 321321321321`) {
		out[w] = true
	}
	return out
}()

// sequences are keys in the order in which fingers and alphabets have them.
var sequences = []string{"01234567890123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm"}

// isCommon says whether a password in small letters is among the first that are guessed: one of the list, one piece over and over, or
// a run along a sequence in either direction.
func isCommon(p string) bool {
	if common[p] {
		return true
	}
	for piece := 1; piece <= 3; piece++ {
		if strings.Repeat(p[:min(piece, len(p))], len(p)/piece+1)[:len(p)] == p {
			return true
		}
	}
	for _, s := range sequences {
		if strings.Contains(s, p) || strings.Contains(reversed(s), p) {
			return true
		}
	}
	return false
}

func reversed(s string) string {
	b := []byte(s)
	for i, j := 0, len(b)-1; i < j; i, j = i+1, j-1 {
		b[i], b[j] = b[j], b[i]
	}
	return string(b)
}
