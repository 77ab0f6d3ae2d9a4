package bulletin

import (
	"errors"
	"testing"

	"anlan/ground/period"
)

func TestOnlyABulletinIsCountedAsABulletin(t *testing.T) {
	t.Parallel()
	b := &Bulletin{Number: "〔2023〕15期", Form: Warning, Title: "国庆假期安全风险预警", IssuedOn: period.MustDay(2023, 9, 25), Advice: "加强值班"}
	if len(Bulletins.Post(b, nil)) != 1 || len(Letters.Post(b, nil)) != 0 || len(b.Doubts()) != 0 {
		t.Errorf("a bulletin is not one bulletin; doubts %v", b.Doubts())
	}
	b.Form = Letter
	if len(Bulletins.Post(b, nil)) != 0 || len(Letters.Post(b, nil)) != 1 {
		t.Error("a letter is not one letter")
	}
}

func TestABulletinOfAnotherYearOrWithoutPrecautionsIsDoubted(t *testing.T) {
	t.Parallel()
	b := &Bulletin{Number: "〔2022〕15期", Form: Warning, Title: "示例", IssuedOn: period.MustDay(2023, 9, 25)}
	d := b.Doubts()
	if len(d) != 2 || !errors.Is(d[0], ErrNumberOfAnotherYear) || !errors.Is(d[1], ErrWithoutAdvice) {
		t.Errorf("got %v", d)
	}
}
