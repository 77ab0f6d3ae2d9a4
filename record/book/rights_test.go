package book_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"anlan/ground/ident"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/record/field"
	"anlan/record/recordtest"
	"anlan/store"
	"anlan/store/canonical"
	"anlan/store/journal"
)

var (
	leader = access.Actor{Name: "局长", Role: access.Leader, Via: "test"}
	county = access.Actor{Name: "甲县经办", Role: recordtest.Clerk(access.Personal), Unit: "430602", Via: "test"}
	// clerk may write and sees nothing personal.
	clerk = access.Actor{Name: "文员", Role: recordtest.Clerk(access.Internal), Via: "test"}
)

// secretive is a sample whose personal and restricted values are words that occur nowhere else.
func secretive(number string, unit place.Unit) *recordtest.Sample {
	s := recordtest.New(number, unit)
	s.Title, s.On, s.Place = "公开的标题", period.MustDay(2023, 5, 6), "430602"
	s.Person, s.Phone, s.Source = "张三丰", "13900001111", "李举报"
	s.Lines = []recordtest.Line{{On: s.On, Who: "王五行"}, {On: s.On, Who: "赵六合", What: "red"}}
	return s
}

var secrets = []string{"张三丰", "13900001111", "李举报", "王五行", "赵六合"}

// blindTo fails when a record tells a secret.
func blindTo(t *testing.T, where string, r any, words []string) {
	t.Helper()
	said, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	for _, word := range words {
		if bytes.Contains(said, []byte(word)) {
			t.Errorf("%s tells %s: %s", where, word, said)
		}
	}
}

func TestALeaderNeverSeesAPersonalValue(t *testing.T) {
	recordtest.Run(t, func(t *testing.T, d store.Dialect) {
		w := recordtest.Found(t, d, book.Options{}, recordtest.Kind)
		done := w.Must(recordtest.Create("sample", secretive("1", "430602")))[0]
		again := secretive("1", "430602")
		again.Title, again.Person = "第二版", "张三丰 "
		w.Must(book.Change{Kind: "sample", ID: done.ID, Expect: 1, Action: access.Edit, Record: again})
		for _, c := range []struct {
			actor  access.Actor
			hidden []string
		}{{leader, secrets}, {county, secrets[2:3]}, {w.Admin, nil}} {
			for _, asOf := range []journal.Position{0, done.Position} {
				w.Read(c.actor, asOf, func(v *book.View) {
					look := func(where string, r any, err error) {
						if err != nil {
							t.Fatalf("%s as %s: %v", where, c.actor.Name, err)
						}
						blindTo(t, where, r, c.hidden)
						for _, word := range secrets {
							if text, _ := json.Marshal(r); !slices.Contains(c.hidden, word) && !bytes.Contains(text, []byte(word)) {
								t.Errorf("%s does not tell %s to %s, who may see it", where, word, c.actor.Name)
							}
						}
					}
					r, err := v.Get("sample", done.ID)
					look("get", r, err)
					r, err = v.Row("sample", done.Row)
					look("row", r, err)
					r, err = v.Find("sample", "1")
					look("find", r, err)
					_, r, err = v.ByID(done.ID)
					look("by id", r, err)
					list, _, err := v.List(book.Query{Kind: "sample"})
					look("list", list, err)
					var each []any
					err = v.Each(book.Query{Kind: "sample"}, func(r any) error { each = append(each, r); return nil })
					look("each", each, err)
					versions, err := v.History("sample", done.ID)
					look("history", versions, err)
				})
			}
			w.Read(c.actor, 0, func(v *book.View) {
				for _, hidden := range []struct{ code, value, word string }{{"person", "张三丰", "张三丰"}, {"phone", "13900001111", "13900001111"}, {"source", "李举报", "李举报"}} {
					refused := slices.Contains(c.hidden, hidden.word)
					for _, q := range []book.Query{
						{Kind: "sample", Filters: []book.Filter{{hidden.code, field.OpIs, hidden.value}}},
						{Kind: "sample", Filters: []book.Filter{{hidden.code, field.OpStated, ""}}},
						{Kind: "sample", Sort: hidden.code},
					} {
						if _, err := v.Count(q); errors.Is(err, book.ErrNoField) != refused {
							t.Errorf("%s asks by %v %s: got %v", c.actor.Name, q.Filters, q.Sort, err)
						}
						if _, err := v.Count(q); err != nil && strings.Contains(err.Error(), `the nearest is "`+hidden.code) {
							t.Errorf("the refusal names the hidden field: %v", err)
						}
					}
				}
				seen := slices.Contains(c.hidden, "李举报")
				if _, _, err := v.Balance(book.Ask{Measure: "sample.reported", Period: mustPeriod(t, "2023")}); errors.Is(err, book.ErrNoMeasure) != seen {
					t.Errorf("%s counts by a restricted field: got %v", c.actor.Name, err)
				}
				if _, err := v.BalanceBySQL(book.Ask{Measure: "sample.reported", Period: mustPeriod(t, "2023")}); errors.Is(err, book.ErrNoMeasure) != seen {
					t.Errorf("%s counts by SQL over a restricted field: got %v", c.actor.Name, err)
				}
			})
		}
		w.Sound()
	})
}

func mustPeriod(t testing.TB, s string) period.Period {
	t.Helper()
	p, err := period.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestEntriesHoldCommitmentsThatVerifyAndNoSecret(t *testing.T) {
	recordtest.Run(t, func(t *testing.T, d store.Dialect) {
		w := recordtest.Found(t, d, book.Options{Subscribed: []string{"sample"}}, recordtest.Kind)
		key := secretive("1", "430602")
		c := recordtest.Create("sample", key)
		c.Key = "手机-1"
		at := w.Must(c)[0].Position
		err := w.DB.Read(w.Ctx, func(tx *store.Tx) error {
			e, err := journal.EntryAt(tx, at)
			if err != nil {
				return err
			}
			body, err := canonical.Parse(e.Body)
			if err != nil {
				return err
			}
			content := body.Member("content")
			for path, value := range map[string]string{"person": "张三丰", "phone": "13900001111", "source": "李举报"} {
				verify(t, tx, at, path, value, content.Member(path))
			}
			lines := content.Member("line")
			for i, value := range []string{"王五行", "赵六合"} {
				verify(t, tx, at, "line."+string(rune('1'+i))+".who", value, lines.At(i).Member("who"))
			}
			for _, table := range []string{"journal_entry", "outbox"} {
				rows, err := tx.Query("SELECT body FROM " + table)
				if err != nil {
					return err
				}
				for rows.Next() {
					for _, word := range secrets {
						if b, _ := rows.Values()[0].([]byte); bytes.Contains(b, []byte(word)) {
							t.Errorf("%s tells %s", table, word)
						}
					}
				}
				if err := rows.Close(); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		w.Sound()
	})
}

// verify opens a commitment by hand: SHA-256 over the salt and the canonical value.
func verify(t *testing.T, tx *store.Tx, at journal.Position, path, value string, committed canonical.Value) {
	t.Helper()
	var salt, kept []byte
	found, err := tx.QueryRow([]any{&salt, &kept}, "SELECT salt, value FROM journal_secret WHERE position = ? AND path = ?", at, path)
	if err != nil || !found || string(kept) != value || len(salt) != 16 {
		t.Errorf("%s: secret %q with %d bytes of salt, found %v (%v)", path, kept, len(salt), found, err)
	}
	quoted, _ := json.Marshal(value)
	sum := sha256.Sum256(append(salt, quoted...))
	if got, _ := committed.Member("sha256").Text(); got != hex.EncodeToString(sum[:]) {
		t.Errorf("%s: the entry says %s, the secret gives %x", path, got, sum)
	}
}

func TestWhatAnActorCannotSeeSurvivesHisEdit(t *testing.T) {
	recordtest.Run(t, func(t *testing.T, d store.Dialect) {
		w := recordtest.Found(t, d, book.Options{}, recordtest.Kind)
		id := w.Must(recordtest.Create("sample", secretive("1", "430602")))[0].ID
		edit := func(actor access.Actor, change func(*recordtest.Sample)) (book.Done, error) {
			var s *recordtest.Sample
			w.Read(actor, 0, func(v *book.View) {
				r, err := v.Get("sample", id)
				if err != nil {
					t.Fatal(err)
				}
				s = r.(*recordtest.Sample)
			})
			change(s)
			done, err := w.Apply(actor, book.Change{Kind: "sample", ID: id, Expect: s.Version, Action: access.Edit, Record: s})
			if err != nil {
				return book.Done{}, err
			}
			return done[0], nil
		}
		if done, err := edit(clerk, func(s *recordtest.Sample) { s.Title = "文员改过" }); err != nil || done.Same {
			t.Fatalf("an edit of what is seen: %+v %v", done, err)
		}
		got := w.Get("sample", id).(*recordtest.Sample)
		if got.Title != "文员改过" || got.Person != "张三丰" || got.Source != "李举报" || got.Lines[0].Who != "王五行" {
			t.Errorf("after the clerk's edit: %+v", got)
		}
		if done, err := edit(clerk, func(*recordtest.Sample) {}); err != nil || !done.Same {
			t.Errorf("an edit of nothing: %+v %v", done, err)
		}
		if done, err := edit(clerk, func(s *recordtest.Sample) { s.Person = "冒名" }); err != nil || !done.Same {
			t.Errorf("an edit of a hidden field changes nothing: %+v %v", done, err)
		}
		if _, err := edit(clerk, func(s *recordtest.Sample) { s.Lines = s.Lines[:1] }); !errors.Is(err, book.ErrHiddenRows) {
			t.Errorf("taking away a row whose person is not seen: got %v", err)
		}
		if done, err := edit(county, func(s *recordtest.Sample) { s.Lines = s.Lines[:1]; s.Phone = "" }); err != nil || done.Same {
			t.Errorf("whoever sees the rows may change them: %+v %v", done, err)
		}
		if got := w.Get("sample", id).(*recordtest.Sample); got.Source != "李举报" || len(got.Lines) != 1 || got.Phone != "" {
			t.Errorf("after the county's edit: %+v", got)
		}
		w.Sound()
	})
}

func TestAnActorSeesAndChangesTheRecordsOfItsUnitsOnly(t *testing.T) {
	recordtest.Run(t, func(t *testing.T, d store.Dialect) {
		w := recordtest.Found(t, d, book.Options{}, recordtest.Kind)
		done := w.Must(recordtest.Create("sample", secretive("甲", "430602-01")), recordtest.Create("sample", secretive("乙", "430621")), recordtest.Create("sample", secretive("丙", "430602")))
		theirs := done[1]
		moved := secretive("丙", "430621") // 丙 goes over to the other county, and comes back
		moved.Title = "移交期间"
		w.Must(book.Change{Kind: "sample", ID: done[2].ID, Action: access.Edit, Record: moved})
		whileAway := w.Must(book.Change{Kind: "sample", ID: done[2].ID, Action: access.Edit, Record: secretive("丙", "430602")})[0].Position - 1
		w.Read(county, 0, func(v *book.View) {
			var numbers []string
			if err := v.Each(book.Query{Kind: "sample"}, func(r any) error { numbers = append(numbers, r.(*recordtest.Sample).Number); return nil }); err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(numbers, []string{"甲", "丙"}) {
				t.Errorf("list: %v", numbers)
			}
			if n, err := v.Count(book.Query{Kind: "sample"}); err != nil || n != 2 {
				t.Errorf("count: %d %v", n, err)
			}
			for name, ask := range map[string]func() error{
				"get":     func() error { _, err := v.Get("sample", theirs.ID); return err },
				"row":     func() error { _, err := v.Row("sample", theirs.Row); return err },
				"find":    func() error { _, err := v.Find("sample", "乙"); return err },
				"by id":   func() error { _, _, err := v.ByID(theirs.ID); return err },
				"history": func() error { _, err := v.History("sample", theirs.ID); return err },
			} {
				if err := ask(); !errors.Is(err, book.ErrNoRecord) {
					t.Errorf("%s of another county's record: got %v", name, err)
				}
			}
			versions, err := v.History("sample", done[2].ID)
			if err != nil || len(versions) != 2 {
				t.Fatalf("history of a record that was away: %d versions, %v", len(versions), err)
			}
			blindTo(t, "history", versions, []string{"移交期间"})
			for _, c := range []struct {
				ask  book.Ask
				want int64
				err  error
			}{
				{book.Ask{Measure: "sample.seen"}, 2, nil},
				{book.Ask{Measure: "sample.seen", Unit: "430602-01"}, 1, nil},
				{book.Ask{Measure: "sample.seen", Unit: "430600"}, 0, access.ErrOutOfScope},
				{book.Ask{Measure: "sample.seen", Unit: "430621"}, 0, access.ErrOutOfScope},
				{book.Ask{Measure: "sample.seen", Unit: "999999"}, 0, book.ErrNoSuchUnit},
				{book.Ask{Measure: "sample.seen", Place: "430602"}, 2, nil}, // one of three that happened there is not theirs
				{book.Ask{Measure: "sample.seen", Place: "430621"}, 0, nil},
			} {
				c.ask.Period = mustPeriod(t, "2023")
				got, _, err := v.Balance(c.ask)
				sql, sqlErr := v.BalanceBySQL(c.ask)
				if got.Count != c.want || !errors.Is(err, c.err) || err == nil && sql.Count != got.Count || !errors.Is(sqlErr, c.err) {
					t.Errorf("%+v: got %v, by SQL %v, want %d (%v, %v)", c.ask, got, sql, c.want, err, sqlErr)
				}
				if n, err := v.Behind(c.ask); err == nil && n != c.want {
					t.Errorf("%+v: %d behind", c.ask, n)
				}
			}
		})
		if err := w.Book.Read(w.Ctx, county, whileAway, func(v *book.View) error {
			_, err := v.Get("sample", done[2].ID)
			return err
		}); !errors.Is(err, book.ErrNoRecord) {
			t.Errorf("as of a time at which another county owned it: got %v", err)
		}
		for name, c := range map[string]struct {
			change book.Change
			want   error
		}{
			"creating in another county":       {recordtest.Create("sample", secretive("丁", "430621")), access.ErrOutOfScope},
			"editing another county's record":  {book.Change{Kind: "sample", ID: theirs.ID, Action: access.Edit, Record: secretive("乙", "430602")}, book.ErrNoRecord},
			"withdrawing it":                   {book.Change{Kind: "sample", ID: theirs.ID, Action: access.Withdraw, Reason: "x"}, book.ErrNoRecord},
			"pushing an own record over there": {book.Change{Kind: "sample", ID: done[0].ID, Action: access.Edit, Record: secretive("甲", "430621")}, access.ErrOutOfScope},
		} {
			if _, err := w.Apply(county, c.change); !errors.Is(err, c.want) {
				t.Errorf("%s: got %v, want %v", name, err, c.want)
			}
		}
		w.Sound()
	})
}

func TestNobodyReadsOrWritesWithoutARole(t *testing.T) {
	recordtest.Run(t, func(t *testing.T, d store.Dialect) {
		w := recordtest.Found(t, d, book.Options{}, recordtest.Kind)
		for name, actor := range map[string]access.Actor{"nobody": {}, "a name without a role": {Name: "某人"}, "a role without a name": {Role: access.Administrator}} {
			if err := w.Book.Read(w.Ctx, actor, 0, func(*book.View) error { return nil }); !errors.Is(err, access.ErrNoActor) {
				t.Errorf("%s reads: got %v", name, err)
			}
			if _, err := w.Apply(actor, recordtest.Create("sample", recordtest.New("1", "430600"))); !errors.Is(err, access.ErrNoActor) {
				t.Errorf("%s writes: got %v", name, err)
			}
		}
		for _, action := range []access.Action{access.Create, access.Edit, access.Withdraw, access.Register} {
			c := book.Change{Kind: "sample", ID: ident.ID{1}, Action: action, Record: recordtest.New("1", "430600"), Reason: "x"}
			if _, err := w.Apply(leader, c); !errors.Is(err, access.ErrMayNot) {
				t.Errorf("an leader %ss: got %v", action, err)
			}
		}
	})
}

// Whoever may not see to which unit a record belongs reads the version that stands all the same.
func TestAHistoryHasTheNewestVersionForThoseWhoSeeNoUnit(t *testing.T) {
	recordtest.Run(t, func(t *testing.T, d store.Dialect) {
		w := recordtest.Found(t, d, book.Options{}, recordtest.Kind)
		done := w.Must(recordtest.Create("sample", secretive("1", "430602")))[0]
		again := secretive("1", "430602")
		again.Title = "第二版"
		w.Must(book.Change{Kind: "sample", ID: done.ID, Expect: 1, Action: access.Edit, Record: again})
		public := access.Actor{Name: "公众", Role: access.Role{Code: "p", Clearance: access.Public, Rights: access.MustRights("*: read")}, Unit: w.Admin.Unit}
		w.Read(public, 0, func(v *book.View) {
			versions, err := v.History("sample", done.ID)
			if err != nil || len(versions) != 2 || versions[1].Action != access.Edit {
				t.Errorf("%d versions, %v", len(versions), err)
			}
		})
	})
}
