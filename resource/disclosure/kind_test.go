package disclosure_test

import (
	"errors"
	"testing"

	"anlan/ground/period"
	"anlan/resource/disclosure"
)

func item(matter disclosure.Matter, approved, by, published period.Day) *disclosure.Item {
	i := &disclosure.Item{Number: "GK-1", Matter: matter, Title: "示例决算", ApprovedOn: approved, PublishBy: by, PublishedOn: published}
	if !published.IsZero() {
		i.Address = "https://www.example.gov.cn/1.html"
	}
	i.Unit = "430600"
	return i
}

func TestBudgetAndAccountsAreDueTwentyDaysAfterTheApproval(t *testing.T) {
	t.Parallel()
	none, approved := period.Day{}, period.MustDay(2023, 8, 22)
	by := period.MustDay(2023, 9, 11)
	for _, c := range []struct {
		name                    string
		matter                  disclosure.Matter
		approved, by, published period.Day
		want                    error
		due                     period.Day
		onTime                  bool
	}{
		{"on the last day", disclosure.Accounts, approved, none, by, nil, by, true},
		{"a day late", disclosure.Accounts, approved, none, by.Add(1), nil, by, false},
		{"not yet", disclosure.Budget, approved, none, none, nil, by, false},
		{"a day that somebody gave does not move the law", disclosure.Budget, approved, by.Add(30), by.Add(20), nil, by, false},
		{"without approval", disclosure.Publics, none, by, by, disclosure.ErrNotApproved, by, true},
		{"another matter has the day that is given", disclosure.Evaluation, none, by, by, nil, by, true},
	} {
		i := item(c.matter, c.approved, c.by, c.published)
		if err := disclosure.Kind.Check(i, period.MustDay(2023, 12, 31)).Err(); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", c.name, err, c.want)
		}
		if i.PublishBy != c.due || i.OnTime != c.onTime {
			t.Errorf("%s: due %s, on time %v; want %s, %v", c.name, i.PublishBy, i.OnTime, c.due, c.onTime)
		}
	}
}

func TestAPublicationHasAnAddressAndComesAfterTheApproval(t *testing.T) {
	t.Parallel()
	approved := period.MustDay(2023, 8, 22)
	i := item(disclosure.Accounts, approved, period.Day{}, approved.Add(-1))
	if got := i.Doubts(); !errors.Is(got, disclosure.ErrPublishedEarly) {
		t.Errorf("got %v", got)
	}
	i.Address = ""
	if err := disclosure.Kind.Check(i, approved).Err(); !errors.Is(err, disclosure.ErrNoAddress) {
		t.Errorf("got %v", err)
	}
}
