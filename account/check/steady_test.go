package check

import "testing"

func TestWhatIsSaidToBeTheSame(t *testing.T) {
	runClaims(t, []string{"direction", "change"}, []claimCase{
		{"the same", "2023年发生事故12起，2022年12起，同比持平。", []string{"direction holds 12起 | 12起"}},
		{"not the same", "2023年发生事故12起，2022年10起，同比持平。", []string{"direction contradiction 12起 | 10起"}},
		{"not the same as last year", "2023年发生事故12起，上年同期11起，与上年持平。", []string{"direction contradiction 12起 | 11起"}},
		{"nearly the same", "2023年支出1234.56万元，2022年支出1230.12万元，同比基本持平。", nil},
		{"something else is the same", "2023年发生事故12起，2022年10起，死亡人数同比持平。\n2023年发生事故12起，2022年10起，与预算持平。", nil},
		{"one value alone", "2023年发生事故12起，同比持平，2022年死亡10人。", nil},
		{"doubled", "2023年收入210.00万元，2022年收入100.00万元，翻了一番。", nil},
		{"not doubled", "2023年收入150.00万元，2022年收入100.00万元，实现翻番。", []string{"change contradiction 150.00万元 | 100.00万元"}},
		{"not doubled, from and to", "收入由100.00万元增加到150.00万元，翻了一番。", []string{"change contradiction 150.00万元 | 100.00万元"}},
		{"doubled twice", "收入由100.00万元增加到410.00万元，翻两番。", nil},
		{"not doubled yet", "2023年收入150.00万元，2022年收入100.00万元，力争明年翻番。\n收入由100.00万元增加到197.00万元，翻了一番。", nil},
	})
}
