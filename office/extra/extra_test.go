package extra_test

import (
	"bytes"
	"errors"
	"maps"
	"strings"
	"testing"

	"anlan/ground/fault"
	"anlan/ground/ident"
	"anlan/office/extra"
	"anlan/record"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/record/field"
	"anlan/record/recordtest"
	"anlan/store"
	"anlan/store/journal"
)

// desk is a world whose bureau defines extra fields of samples.
type desk struct {
	*recordtest.World
	defined map[string]ident.ID
}

func found(t *testing.T, d store.Dialect) *desk {
	return &desk{recordtest.Found(t, d, book.Options{Extras: extra.Source{}}, recordtest.Kind, extra.Kind), map[string]ident.ID{}}
}

func definition(code string, typ field.Type, change func(*extra.Field)) *extra.Field {
	f := &extra.Field{Kind: "sample", Code: code, LabelZh: "扩展" + code, LabelEn: "extra " + code, Type: typ}
	f.Unit = "430600"
	if change != nil {
		change(f)
	}
	return f
}

func (d *desk) define(code string, typ field.Type, change func(*extra.Field)) {
	d.Helper()
	d.defined[code] = d.Must(recordtest.Create("extra_field", definition(code, typ, change)))[0].ID
}

func (d *desk) defineAll() {
	d.define("team", field.TypeText, nil)
	d.define("home", field.TypeText, func(f *extra.Field) { f.Sensitivity = extra.Personal })
	d.define("size", field.TypeCode, func(f *extra.Field) {
		f.Choices = []extra.Choice{{Code: "big", LabelZh: "大", LabelEn: "big"}, {Code: "small", LabelZh: "小", LabelEn: "small"}, {Code: "tiny", LabelZh: "极小", LabelEn: "tiny", Retired: true}}
	})
	d.define("seen", field.TypeDay, nil)
	d.define("heads", field.TypeNumber, nil)
	d.define("grant", field.TypeMoney, nil)
	d.define("budgeted", field.TypeYesNo, func(f *extra.Field) { f.Required = true })
}

func with(number string, ext record.Ext) *recordtest.Sample {
	s := recordtest.New(number, "430602")
	s.Ext = ext
	return s
}

var clerk = access.Actor{Name: "文员", Role: recordtest.Clerk(access.Internal), Via: "test"}

func TestExtraFieldsAreReadCheckedKeptAndShown(t *testing.T) {
	recordtest.Run(t, func(t *testing.T, dialect store.Dialect) {
		d := found(t, dialect)
		d.Must(recordtest.Create("sample", with("0", nil))) // before anything is defined, nothing is missing
		d.defineAll()
		for _, c := range []struct {
			name string
			ext  record.Ext
			want map[string]*fault.Declaration
		}{
			{"what is required is missing", nil, map[string]*fault.Declaration{"ext.budgeted": field.ErrMissing}},
			{"everything wrong at once", record.Ext{"taem": "x", "size": "中", "seen": "昨天", "heads": "1,5", "grant": "一些"}, map[string]*fault.Declaration{
				"ext.taem": record.ErrUnknownExtra, "ext.size": field.ErrUnknownCode, "ext.seen": nil, "ext.heads": field.ErrNotANumber, "ext.grant": nil, "ext.budgeted": field.ErrMissing}},
			{"a retired value", record.Ext{"budgeted": "是", "size": "极小"}, map[string]*fault.Declaration{"ext.size": field.ErrRetiredCode}},
			{"too long a text", record.Ext{"budgeted": "是", "team": strings.Repeat("长", 1001)}, map[string]*fault.Declaration{"ext.team": field.ErrRule}},
		} {
			_, err := d.Apply(d.Admin, recordtest.Create("sample", with("1", c.ext)))
			var faults fault.List
			if internal := faults.Add(err); internal != nil || len(faults) != len(c.want) {
				t.Errorf("%s: got %v", c.name, err)
			}
			for _, f := range faults {
				want, ok := c.want[f.Where.Field]
				if !ok || want != nil && !f.Is(want) {
					t.Errorf("%s: got %v at %s", c.name, f, f.Where.Field)
				}
			}
		}
		written := record.Ext{"team": "　巡查一组 ", "home": "岳阳楼区某路1号", "size": "大", "seen": "2023年5月6日", "heads": "１，２３４", "grant": "1.5万元", "budgeted": "否"}
		given := with("1", written)
		done := d.Must(recordtest.Create("sample", given))[0]
		want := record.Ext{"team": "巡查一组", "home": "岳阳楼区某路1号", "size": "big", "seen": "2023-05-06", "heads": "1234", "grant": "15000.00", "budgeted": "false"}
		if got := d.Get("sample", done.ID).(*recordtest.Sample).Ext; !maps.Equal(got, want) {
			t.Errorf("got %v, want %v", got, want)
		}
		if given.Ext["size"] != "大" {
			t.Errorf("the caller's record was changed: %v", given.Ext)
		}
		// The same written otherwise is the same.
		if again, err := d.Apply(d.Admin, book.Change{Kind: "sample", ID: done.ID, Expect: 1, Action: access.Edit, Record: with("1", written)}); err != nil || !again[0].Same {
			t.Errorf("the same again: %+v, %v", again, err)
		}
		// A program that knows nothing of extra fields leaves them alone; none at all are taken away.
		unaware := with("1", nil)
		unaware.Title = "只改标题"
		d.Must(book.Change{Kind: "sample", ID: done.ID, Action: access.Edit, Record: unaware})
		if got := d.Get("sample", done.ID).(*recordtest.Sample); !maps.Equal(got.Ext, want) || got.Title != "只改标题" {
			t.Errorf("after an edit without extra fields: %v", got.Ext)
		}
		if _, err := d.Apply(d.Admin, book.Change{Kind: "sample", ID: done.ID, Action: access.Edit, Record: with("1", record.Ext{})}); !errors.Is(err, field.ErrMissing) {
			t.Errorf("taking all away: got %v", err)
		}
		d.Sound()
	})
}

func TestAPersonalExtraValueIsSealedAndHidden(t *testing.T) {
	recordtest.Run(t, func(t *testing.T, dialect store.Dialect) {
		d := found(t, dialect)
		d.defineAll()
		const secret = "岳阳楼区某路1号"
		done := d.Must(recordtest.Create("sample", with("1", record.Ext{"budgeted": "是", "home": secret, "team": "一组"})))[0]
		err := d.DB.Read(d.Ctx, func(tx *store.Tx) error {
			e, err := journal.EntryAt(tx, done.Position)
			if err == nil && (bytes.Contains(e.Body, []byte(secret)) || !bytes.Contains(e.Body, []byte(`"ext":{"budgeted":"true","home":{"sha256":"`))) {
				t.Errorf("the entry is %s", e.Body)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		leader := access.Actor{Name: "局长", Role: access.Leader, Via: "test"}
		d.Read(leader, 0, func(v *book.View) {
			r, err := v.Get("sample", done.ID)
			if err != nil || !maps.Equal(r.(*recordtest.Sample).Ext, record.Ext{"budgeted": "true", "team": "一组"}) {
				t.Errorf("an leader sees %v, %v", r, err)
			}
			xs, err := v.Extras("sample")
			if err != nil || xs.Find("home") != nil || xs.Find("team") == nil {
				t.Errorf("an leader is shown the fields %v, %v", xs, err)
			}
		})
		// Whoever does not see it keeps it, whatever else is changed.
		edited := d.must(clerk, book.Change{Kind: "sample", ID: done.ID, Expect: 1, Action: access.Edit, Record: with("1", record.Ext{"budgeted": "否", "home": "冒名"})})
		if got := d.Get("sample", done.ID).(*recordtest.Sample).Ext; edited.Same || !maps.Equal(got, record.Ext{"budgeted": "false", "home": secret}) {
			t.Errorf("after the clerk's edit: %v", got)
		}
		// The field becomes open: new versions are written so, old ones are replayed as they were written.
		d.Must(book.Change{Kind: "extra_field", ID: d.defined["home"], Action: access.Edit, Record: definition("home", field.TypeText, nil)})
		d.Must(book.Change{Kind: "sample", ID: done.ID, Action: access.Edit, Record: with("1", record.Ext{"budgeted": "否", "home": "公开的地址"})})
		d.Sound()
	})
}

func (d *desk) must(actor access.Actor, c book.Change) book.Done {
	d.Helper()
	done, err := d.Apply(actor, c)
	if err != nil {
		d.Fatal(err)
	}
	return done[0]
}

func TestAWithdrawnExtraFieldKeepsItsValuesAndTakesNoNewOnes(t *testing.T) {
	recordtest.Run(t, func(t *testing.T, dialect store.Dialect) {
		d := found(t, dialect)
		d.defineAll()
		old := d.Must(recordtest.Create("sample", with("1", record.Ext{"budgeted": "是", "team": "一组"})))[0]
		d.Must(book.Change{Kind: "extra_field", ID: d.defined["team"], Action: access.Withdraw, Reason: "不再使用"})
		kept := with("1", record.Ext{"budgeted": "否", "team": "一组"})
		if done := d.must(d.Admin, book.Change{Kind: "sample", ID: old.ID, Action: access.Edit, Record: kept}); done.Same {
			t.Error("an edit beside the withdrawn field changed nothing")
		}
		for name, c := range map[string]book.Change{
			"a new value in an old record": {Kind: "sample", ID: old.ID, Action: access.Edit, Record: with("1", record.Ext{"budgeted": "否", "team": "二组"})},
			"a value in a new record":      recordtest.Create("sample", with("2", record.Ext{"budgeted": "否", "team": "一组"})),
		} {
			if _, err := d.Apply(d.Admin, c); !errors.Is(err, record.ErrUnknownExtra) {
				t.Errorf("%s: got %v", name, err)
			}
		}
		d.Must(book.Change{Kind: "sample", ID: old.ID, Action: access.Edit, Record: with("1", record.Ext{"budgeted": "否"})}) // it may go
		d.Read(d.Admin, 0, func(v *book.View) {
			if xs, err := v.Extras("sample"); err != nil || xs.Find("team") != nil {
				t.Errorf("forms still show the withdrawn field (%v)", err)
			}
			versions, err := v.History("sample", old.ID)
			if err != nil || len(versions) != 3 || versions[0].Record.(*recordtest.Sample).Ext["team"] != "一组" {
				t.Errorf("history: %v, %v", versions, err)
			}
		})
		d.define("team", field.TypeDay, nil) // the code comes back for something else
		d.Must(recordtest.Create("sample", with("3", record.Ext{"budgeted": "否", "team": "2024-01-01"})))
		d.Sound()
	})
}

func TestADefinitionThatTheKernelCannotUseIsRefused(t *testing.T) {
	recordtest.Run(t, func(t *testing.T, dialect store.Dialect) {
		d := found(t, dialect)
		choices := []extra.Choice{{Code: "a", LabelZh: "甲", LabelEn: "a"}}
		for _, c := range []struct {
			name string
			def  *extra.Field
			want *fault.Declaration
		}{
			{"a code that is no identifier", definition("Team", field.TypeText, nil), record.ErrExtraCode},
			{"a code without values", definition("size", field.TypeCode, nil), record.ErrExtraType},
			{"a text with values", definition("team", field.TypeText, func(f *extra.Field) { f.Choices = choices }), record.ErrExtraType},
			{"a type that it cannot have", definition("team", field.TypeAttachment, nil), field.ErrUnknownCode},
			{"a kind that is not there", definition("team", field.TypeText, func(f *extra.Field) { f.Kind = "hazzard" }), book.ErrNoKind},
			{"no label", definition("team", field.TypeText, func(f *extra.Field) { f.LabelEn = "" }), field.ErrMissing},
		} {
			if _, err := d.Apply(d.Admin, recordtest.Create("extra_field", c.def)); !errors.Is(err, c.want) {
				t.Errorf("%s: got %v", c.name, err)
			}
		}
		d.define("team", field.TypeText, nil)
		if _, err := d.Apply(d.Admin, recordtest.Create("extra_field", definition("team", field.TypeText, nil))); !errors.Is(err, book.ErrDuplicate) {
			t.Errorf("the same code of the same kind: got %v", err)
		}
		for name, def := range map[string]*extra.Field{"code": definition("taem", field.TypeText, nil), "type": definition("team", field.TypeDay, nil),
			"kind": definition("team", field.TypeText, func(f *extra.Field) { f.Kind = "extra_field" })} {
			if _, err := d.Apply(d.Admin, book.Change{Kind: "extra_field", ID: d.defined["team"], Action: access.Edit, Record: def}); !errors.Is(err, book.ErrFixed) {
				t.Errorf("changing its %s: got %v", name, err)
			}
		}
		d.Sound()
	})
}
