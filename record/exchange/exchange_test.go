package exchange_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"anlan/ground/fault"
	"anlan/ground/ident"
	"anlan/ground/lang"
	"anlan/ground/maybe"
	"anlan/ground/money"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/record"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/record/exchange"
	"anlan/record/field"
	"anlan/record/recordtest"
	"anlan/record/sheet"
	"anlan/store/storetest"
)

func langText(zh, en string) lang.Text { return lang.Text{Zh: zh, En: en} }

var formats = []sheet.Format{sheet.XLSX, sheet.CSV, sheet.TSV, sheet.JSONL}

// aText draws texts as a record may hold them: without blanks at the ends, and with all that a sheet could trip over.
var aText = rapid.Map(rapid.OneOf(
	rapid.StringOfN(rapid.RuneFrom([]rune("a岳😀 　\t\n\"',;|｜\\<&=+-@_x005")), 0, 20, -1),
	rapid.SampledFrom([]string{"=1+1", "'=1", "\\", "a|", "|", "｜", "\\n", "甲\n乙", "12.50", "2023-05-06", "true", "null", "_x000D_", "是", "示例：A"}),
), strings.TrimSpace)

func maybeOf[V any](g *rapid.Generator[V]) *rapid.Generator[maybe.Of[V]] {
	return rapid.Custom(func(t *rapid.T) maybe.Of[V] {
		if rapid.Bool().Draw(t, "stated") {
			return maybe.Some(g.Draw(t, "value"))
		}
		return maybe.None[V]()
	})
}

var aDay = rapid.Map(rapid.IntRange(-1, 60_000), func(n int) period.Day {
	if n < 0 {
		return period.Day{}
	}
	return period.MustDay(1850, 1, 1).Add(n)
})

func drawPlant(t *rapid.T, n int, owners []ident.ID) *Plant {
	p := aPlant(n)
	p.Unit = rapid.SampledFrom([]place.Unit{"430600", "430600-01", "430602"}).Draw(t, "unit")
	p.Place = rapid.SampledFrom([]place.Code{"", "430600", "430602"}).Draw(t, "place")
	p.Number += rapid.SampledFrom([]string{"", "x", "=1", "-5", " y", "|z", "Ａ－１", "（号）", "(号)"}).Draw(t, "number")
	p.Name = rapid.StringMatching(`[a-z岳=|']{1,5}`).Draw(t, "name")
	p.Class = rapid.SampledFrom([]Class{"", "a", "b"}).Draw(t, "class")
	p.OpenedOn = aDay.Draw(t, "opened on")
	p.SeenAt = maybeOf(rapid.Map(rapid.Int64Range(0, 4e9), func(n int64) time.Time { return time.Unix(n, 0).In(period.Shanghai) })).Draw(t, "seen at")
	p.Fee = maybeOf(rapid.Map(rapid.Int64Range(-1e15, 1e15), func(n int64) money.Fen { return money.Fen(n) })).Draw(t, "fee")
	p.Cost = maybeOf(rapid.Map(rapid.Int64Range(-1e12, 1e12), func(n int64) money.Fen { return money.Fen(n) })).Draw(t, "cost")
	p.Workers = maybeOf(rapid.Int64Range(0, 1_000_000)).Draw(t, "workers")
	scaled := rapid.Map(rapid.Int64(), func(n int64) field.Scaled { return field.Scaled(n >> 8) })
	p.Area, p.Share = maybeOf(scaled).Draw(t, "area"), maybeOf(scaled).Draw(t, "share")
	p.Licensed = maybeOf(rapid.Bool()).Draw(t, "licensed")
	p.Keeper = aText.Draw(t, "keeper")
	p.Phone = rapid.SampledFrom([]string{"", "12350", "+86-730-8880000", "013800001111"}).Draw(t, "phone")
	p.Site = rapid.SampledFrom([]place.Code{"", "430600", "430602001001"}).Draw(t, "site")
	if rapid.Bool().Draw(t, "has a point") {
		p.Point = field.LonLat{Lon: rapid.Int32Range(-180e6, 180e6).Draw(t, "lon"), Lat: rapid.Int32Range(-90e6, 90e6).Draw(t, "lat"), Stated: true}
	}
	p.Owner = rapid.SampledFrom(append(owners, ident.ID{})).Draw(t, "owner")
	p.Visits = rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Visit {
		return Visit{aDay.Draw(t, "on"), aText.Draw(t, "what"), rapid.SampledFrom([]Class{"", "a"}).Draw(t, "kind")}
	}), 0, 3).Draw(t, "visits")
	return p
}

// What is exported is imported unchanged: into the same book nothing differs, into another the same comes out again.
func TestExportIsImportedUnchanged(t *testing.T) {
	t.Parallel()
	for _, d := range storetest.Dialects {
		t.Run(d.String(), func(t *testing.T) {
			t.Parallel()
			open := func() *world { return found(t, storetest.Open(t, d)) }
			w, other := open(), open()
			owner := func(w *world) []ident.ID {
				return []ident.ID{w.create(&Owner{Town: "示例镇", Name: "甲 | 乙"})[0].ID, w.create(&Owner{Town: `a\`, Name: "|"})[0].ID}
			}
			owners := owner(w)
			owner(other)
			n := 0
			batch := int64(0)
			rapid.Check(t, func(t *rapid.T) {
				batch++
				query := book.Query{Filters: []book.Filter{{Field: "batch", Op: field.OpIs, Value: fmt.Sprint(batch)}}}
				var changes []book.Change
				for range rapid.IntRange(1, 3).Draw(t, "plants") {
					n++
					c := book.Change{Kind: "plant", Action: access.Create, Record: drawPlant(t, n, owners)}
					if rapid.Bool().Draw(t, "running") {
						c.Action, c.State = access.Register, "running"
					}
					c.Record.(*Plant).Batch = maybe.Some(batch)
					changes = append(changes, c)
				}
				if _, err := w.book.Apply(w.Context(), w.admin, changes); err != nil {
					t.Fatal(err)
				}
				before := w.size()
				for _, format := range formats {
					content := string(w.export(w.admin, plants, format, query))
					o, err := w.try(exchange.Request{}, "a."+string(format), content)
					if err != nil || o.Rows != len(changes) || o.Same != o.Rows || o.Applied || w.size() != before {
						t.Fatalf("%s again: %+v, %v", format, o, err)
					}
					if format == sheet.JSONL {
						continue // it names owners by their ids, which are of this book
					}
					if o, err = other.try(exchange.Request{}, "a."+string(format), content); err != nil || o.Changed != 0 {
						t.Fatalf("%s elsewhere: %+v, %v", format, o, err)
					}
					if again := string(other.export(w.admin, plants, format, query)); again != content {
						t.Fatalf("%s elsewhere gives another file: %s", format, cmp.Diff(again, content))
					}
				}
			})
		})
	}
}

// zh tells the faults of an import, a line each.
func zh(err error) []string {
	if err == nil {
		return nil
	}
	return strings.Split(fault.In(err, lang.Chinese), "\n")
}

func TestEveryErrorOfEveryRowIsNamedAndNothingIsWritten(t *testing.T) {
	onBoth(t, func(t *testing.T, w *world) {
		w.create(aPlant(1))
		before := w.size()
		text := strings.Join([]string{
			"编号,名称,类别,投产日期,整改投入（万元）,从业人数,占比,是否持证,电话,所在地,坐标,业主,检查记录,所属单位,状态,备注",
			"ZZ-001,甲,丙类,2023-02-30,1.2345678,12.5,1.23%,也许,123,4306,181.1,示例镇 | 无,2023-05-06 | 漏水 | 甲类 | 多,430699,在修,",
			",,旧类,2024-02-01,一百,2000000,,,,,,,2023-05-32 | x,,,",
			"ZZ-002,乙,,,,,,,,,,,\"2023-05-06 | 漏水\n2023-05-07 | " + strings.Repeat("长", 41) + "\",,,",
			"ZZ-002,丙,,,,,,,,,,,,,,",
			"ZZ-001,甲,,,,,,,,,,,,,在用,",
		}, "\n")
		o, err := w.try(exchange.Request{}, "plants.csv", text)
		want := []string{
			"plants.csv 第2行 “类别”列 （C2）：“丙类”不是“类别”的可选值，最接近的是“甲类”，可选：甲类、乙类",
			"plants.csv 第2行 “投产日期”列 （D2）：“2023-02-30”不是日期，应形如2023-05-06或2023年5月6日",
			"plants.csv 第2行 “整改投入（万元）”列 （E2）：“1.2345678万元”不足一分，金额最多精确到分",
			"plants.csv 第2行 “从业人数”列 （F2）：“12.5”的小数位数超过0位",
			"plants.csv 第2行 “占比”列 （G2）：“1.23”的小数位数超过1位",
			"plants.csv 第2行 “是否持证”列 （H2）：“也许”不是“是”或“否”",
			"plants.csv 第2行 “电话”列 （I2）：“123”不是电话号码",
			"plants.csv 第2行 “所在地”列 （J2）：“4306”不是行政区划代码，应为6位（GB/T 2260）、9位或12位数字",
			"plants.csv 第2行 “坐标”列 （K2）：“181.1”不是坐标，应为“经度,纬度”（度）",
			"plants.csv 第2行 “业主”列 （L2）：找不到示例业主“示例镇 无”，或不在查看范围内",
			"plants.csv 第2行 “检查记录”列 （M2） 字段“visit” 第1行：有4个值，“检查记录”只有3项：日期 | 情况 | 类别",
			"plants.csv 第2行 “状态”列 （O2）：示例装置没有“在修”这种状态，可选：停用、在用、作废",
			"plants.csv 第2行 “所属单位”列 （N2）：没有代码为430699的单位",
			"plants.csv 第3行 “类别”列 （C3）：“旧类”已停用，不能再用于“类别”",
			"plants.csv 第3行 “整改投入（万元）”列 （E3）：“一百”不是金额，应为数字（元，最多两位小数）",
			"plants.csv 第3行 “检查记录”列 （M3） 字段“visit.on_day” 第1行：“2023-05-32”不是日期，应形如2023-05-06或2023年5月6日",
			"plants.csv 第3行 “编号”列 （A3）：缺少“编号”",
			"plants.csv 第3行 “名称”列 （B3）：缺少“名称”",
			"plants.csv 第3行 “投产日期”列 （D3）：“投产日期”的值“2024-02-01”不符合要求：不晚于今天",
			"plants.csv 第3行 “从业人数”列 （F3）：“从业人数”的值“2000000”不符合要求：0至1000000",
			"plants.csv 第4行 “检查记录”列 （M4） 字段“visit.what” 第2行：“情况”的值“" + strings.Repeat("长", 41) + "”不符合要求：不超过40字",
			"plants.csv 第5行 “编号”列 （A5）：“ZZ-002”在文件中出现两次，另一处在第4行",
			"plants.csv 第6行 “编号”列 （A6）：“ZZ-001”在文件中出现两次，另一处在第2行",
		}
		if diff := cmp.Diff(zh(err), want); diff != "" {
			t.Error(diff)
		}
		if o == nil || o.Rows != 5 || o.Applied || w.size() != before || !slices.Equal(o.Ignored, []string{"备注"}) {
			t.Errorf("got %+v, position %d", o, w.size())
		}
	})
}

func TestTooManyFaultsAreCutOff(t *testing.T) {
	onBoth(t, func(t *testing.T, w *world) {
		var b strings.Builder
		b.WriteString("编号,名称,投产日期\n")
		for i := range 1_500 {
			fmt.Fprintf(&b, "ZZ-%d,甲,昨天\n", i)
		}
		_, err := w.try(exchange.Request{}, "a.csv", b.String())
		lines := zh(err)
		if len(lines) != 1_001 || lines[1_000] != "错误超过1000处，其余未列出" {
			t.Errorf("got %d faults, the last %q", len(lines), lines[len(lines)-1])
		}
	})
}

func TestImportSaysWhatIsNewChangedSameAndMissing(t *testing.T) {
	onBoth(t, func(t *testing.T, w *world) {
		first := aPlant(1)
		first.Class, first.Cost = "a", maybe.Some[money.Fen](100)
		w.create(first, aPlant(2), aPlant(3), aPlant(4))
		before := w.size()
		text := "整改投入,编号,名称,类别\n2.50,ZZ-001,示例装置,乙类\n,ZZ-002,示例装置,\n7,ZZ-009,新装置,甲类\n"
		dry, err := w.try(exchange.Request{DryRun: true}, "a.csv", text)
		if err != nil || dry.Applied || w.size() != before {
			t.Fatalf("a dry run: %+v, %v", dry, err)
		}
		o := w.take("a.csv", text)
		got := []int{o.Rows, o.New, o.Changed, o.Same, int(o.Missing)}
		if diff := cmp.Diff(got, []int{3, 1, 1, 1, 2}); diff != "" || !o.Applied {
			t.Errorf("%s: %+v", diff, o)
		}
		want := []exchange.Diff{{Row: 2, Key: "ZZ-001", Fields: []exchange.Edit{
			{Field: langText("类别", "class"), Old: "甲类", New: "乙类"}, {Field: langText("整改投入", "cost"), Old: "1.00", New: "2.50"}}}}
		if diff := cmp.Diff(o.Diffs, want); diff != "" {
			t.Error(diff)
		}
		if p := w.plant("ZZ-001"); p.Class != "b" || p.Cost != maybe.Some[money.Fen](250) || p.Version != 2 {
			t.Errorf("got %+v", p)
		}
		after := w.size()
		if again := w.take("a.csv", text); again.Same != 3 || again.Applied || w.size() != after {
			t.Errorf("the same file again: %+v", again)
		}
	})
}

func TestImportIsItselfARecord(t *testing.T) {
	onBoth(t, func(t *testing.T, w *world) {
		o := w.take("台账.csv", "编号,名称\nZZ-001,甲\nZZ-002,乙\n")
		w.read(func(v *book.View) {
			runs, _, err := v.List(book.Query{Kind: exchange.Kind.Code(), Limit: 10})
			if err != nil || len(runs) != 1 {
				t.Fatalf("got %v, %v", runs, err)
			}
			r := runs[0].(*exchange.Run)
			if r.File != "台账.csv" || r.SHA256 != o.SHA256 || len(o.SHA256) != 64 || r.Target != "plant" || r.Rows != 2 || r.New != 2 || int64(o.Position) != r.Row {
				t.Errorf("got %+v for %+v", r, o)
			}
		})
		if o := w.take("台账.csv", "编号,名称\nZZ-001,甲\nZZ-002,丙\n"); o.Changed != 1 || !o.Applied {
			t.Errorf("a second file of the name: %+v", o)
		}
	})
}

func TestFileOfSomeColumnsChangesThoseOnly(t *testing.T) {
	onBoth(t, func(t *testing.T, w *world) {
		p := aPlant(1)
		p.Unit, p.Keeper, p.Visits, p.Area = "430602", "示例人员", []Visit{{What: "漏水"}}, maybe.Some[field.Scaled](12345)
		w.create(p)
		w.take("a.csv", "编号,名称,类别\nZZ-001,新名,甲类\n")
		got := w.plant("ZZ-001")
		if got.Name != "新名" || got.Class != "a" || got.Unit != "430602" || got.Keeper != "示例人员" || len(got.Visits) != 1 || got.Area != p.Area {
			t.Errorf("got %+v", got)
		}
		w.take("a.csv", "编号,名称,类别,负责人,检查记录,所属单位\nZZ-001,新名,,,,\n") // what has a column and is empty becomes absent
		if got = w.plant("ZZ-001"); got.Class != "" || got.Keeper != "" || len(got.Visits) != 0 || got.Unit != "430602" {
			t.Errorf("got %+v", got)
		}
		w.take("a.jsonl", `{"number":"ZZ-001","name":"再改","area":null}`)
		if got = w.plant("ZZ-001"); got.Name != "再改" || got.Area.OK || got.Unit != "430602" {
			t.Errorf("got %+v", got)
		}
		w.take("a.jsonl", `{"number":"ZZ-001","name":"三改"}`+"\n"+`{"number":"ZZ-002","name":"新"}`)
		if got = w.plant("ZZ-002"); got.Unit != "430600" {
			t.Errorf("a new record without a unit belongs to %s", got.Unit)
		}
	})
}

func TestUnitsOfHeadingsAreObeyed(t *testing.T) {
	onBoth(t, func(t *testing.T, w *world) {
		o := w.take("a.csv", "装置台账,,单位：万元\n编号,名称,整改投入,年费（元）,从业人数（万人）,占地面积（亩）,占比（‰）\nZZ-001,甲,1.5,20,0.12,30,155\nZZ-002,乙,3元,,7,45,1%\n")
		if diff := cmp.Diff(o.Converted, []exchange.Converted{{Field: lang.Of("整改投入", "cost"), Unit: "万元", Total: "15003.00"}}); diff != "" {
			t.Errorf("what was converted: %s", diff)
		}
		p := w.plant("ZZ-001")
		if p.Cost.V != 15_000*money.Yuan || p.Fee.V != 20*money.Yuan || p.Workers.V != 1_200 || p.Area.V != 20_000 || p.Share.V != 155 {
			t.Errorf("got %+v", p)
		}
		if p = w.plant("ZZ-002"); p.Cost.V != 3*money.Yuan || p.Workers.V != 70_000 || p.Area.V != 30_000 || p.Share.V != 10 {
			t.Errorf("got %+v", p)
		}
		for text, want := range map[string]string{
			"编号,名称,占地面积（吨）\nZZ-003,甲,1":  "a.csv 第2行 “占地面积（吨）”列 （C2）：表头的单位是“吨”，“占地面积”的单位是“公顷”，不能换算",
			"编号,名称,占地面积（亩）\nZZ-003,甲,1":  "a.csv 第2行 “占地面积（亩）”列 （C2）：“1亩”的小数位数超过4位",
			"编号,名称,整改投入（人）\nZZ-003,甲,1":  "a.csv 第2行 “整改投入（人）”列 （C2）：“1人”不是金额，应为数字（元，最多两位小数）",
			"编号,名称,占地面积（亩）\nZZ-003,甲,一亩": "a.csv 第2行 “占地面积（亩）”列 （C2）：“一亩”不是数字",
		} {
			_, err := w.try(exchange.Request{DryRun: true}, "a.csv", text)
			if diff := cmp.Diff(zh(err), []string{want}); diff != "" {
				t.Errorf("%s: %s", text, diff)
			}
		}
	})
}

func TestSheetsAsOfficesKeepThem(t *testing.T) {
	onBoth(t, func(t *testing.T, w *world) {
		w.create(&Owner{Town: "示例镇", Name: "某公司"})
		text := "示例市装置台账,,,,,,,\r\n填报单位：示例市应急管理局,,,,,,,\r\n\r\n* 编号（必填）,名称,类 别,投产日期,整改投入,是否持证,业主,序号\r\n" +
			"ＺＺ－００１, 甲厂　,ａ,２０２３年５月６日,\"１，２３４．５\",√,示例镇 | 某公司,1\r\n,,,,,,,2\r\nZZ-002,乙厂,乙类,二〇二三年五月六日,¥12,无,示例镇|某公司,3\r\n"
		if o := w.take("a.csv", "\ufeff"+text); o.Rows != 2 || !slices.Equal(o.Ignored, []string{"序号"}) {
			t.Errorf("got %+v", o)
		}
		p, q := w.plant("ＺＺ－００１"), w.plant("ZZ-002")
		day := period.MustDay(2023, 5, 6)
		if p.Name != "甲厂" || p.Class != "a" || p.OpenedOn != day || p.Cost.V != 123450 || p.Licensed != maybe.Some(true) {
			t.Errorf("got %+v", p)
		}
		if q.OpenedOn != day || q.Cost.V != 1200 || q.Licensed != maybe.Some(false) || q.Owner != p.Owner || q.Owner.IsZero() {
			t.Errorf("got %+v", q)
		}
	})
}

func TestStateOfAKnownRecordChangesByItsWorkflowOnly(t *testing.T) {
	onBoth(t, func(t *testing.T, w *world) {
		w.take("a.csv", "编号,名称,状态\nZZ-001,甲,在用\nZZ-002,乙,\nZZ-003,丙,idle\n")
		for n, want := range map[string]string{"ZZ-001": "running", "ZZ-002": "idle", "ZZ-003": "idle"} {
			if got := w.plant(n); string(got.State) != want {
				t.Errorf("%s is %s, want %s", n, got.State, want)
			}
		}
		_, err := w.try(exchange.Request{}, "a.csv", "编号,名称,状态\nZZ-001,甲,停用\nZZ-002,乙,在用\nZZ-003,丙改,停用\n")
		want := []string{
			"a.csv 第2行 “状态”列 （C2）：“ZZ-001”现为“在用”，文件写的是“停用”：已有记录的状态只能按流程办理",
			"a.csv 第3行 “状态”列 （C3）：“ZZ-002”现为“停用”，文件写的是“在用”：已有记录的状态只能按流程办理",
		}
		if diff := cmp.Diff(zh(err), want); diff != "" || w.plant("ZZ-003").Name != "丙" {
			t.Error(diff)
		}
	})
}

func TestImportPassesTheSameGatesAsEveryDoor(t *testing.T) {
	onBoth(t, func(t *testing.T, w *world) {
		p := aPlant(1)
		p.Keeper, p.Unit = "示例人员", "430602"
		w.create(p)
		request := func(text string) exchange.Request {
			return exchange.Request{Kind: "plant", Path: "a.csv", Content: []byte(text)}
		}
		leader := access.Actor{Name: "局长", Role: access.Leader}
		if _, err := exchange.Import(t.Context(), w.book, leader, request("编号,名称\nZZ-002,甲")); !errors.Is(err, access.ErrMayNot) {
			t.Errorf("a role that only reads: %v", err)
		}
		if got := string(w.export(leader, plants, sheet.CSV)); strings.Contains(got, "负责人") || strings.Contains(got, "示例人员") || !strings.Contains(got, "ZZ-001") {
			t.Errorf("the leader's export has what is personal: %s", got)
		}
		clerk := access.Actor{Name: "科员", Role: recordtest.Clerk(access.Personal), Unit: "430600-01"}
		if got := string(w.export(clerk, plants, sheet.CSV)); strings.Contains(got, "ZZ-001") {
			t.Errorf("another unit's record is exported: %s", got)
		}
		before := w.size()
		for text, want := range map[string]error{
			"编号,名称,所属单位\nZZ-009,甲,430602":               access.ErrOutOfScope,
			"编号,名称,所属单位\nZZ-001,甲,430600-01":            book.ErrDuplicate, // it is there, but not to be seen
			"编号,名称,所属单位\nZZ-009,甲,430600-01\n,乙,430602": field.ErrMissing,
		} {
			o, err := exchange.Import(t.Context(), w.book, clerk, request(text))
			if !errors.Is(err, want) || o.Applied || w.size() != before {
				t.Errorf("%q: got %v, want %v", text, err, want)
			}
		}
		if _, err := w.try(exchange.Request{Kind: "loose"}, "a.csv", "乡镇,业主名称\nA,B"); !errors.Is(err, exchange.ErrNoKey) {
			t.Errorf("a kind without a natural key: %v", err)
		}
		if _, err := w.try(exchange.Request{Kind: "plan"}, "a.csv", "x"); !errors.Is(err, book.ErrNoKind) {
			t.Errorf("an unknown kind: %v", err)
		}
	})
}

func TestExportOfALowerClearanceIsImportedWithoutLoss(t *testing.T) {
	onBoth(t, func(t *testing.T, w *world) {
		p := aPlant(1)
		p.Keeper, p.Phone = "示例人员", "12350"
		w.create(p)
		leader := access.Actor{Name: "局长", Role: access.Leader}
		text := strings.Replace(string(w.export(leader, plants, sheet.CSV)), "示例装置", "改名", 1)
		if o := w.take("a.csv", text); o.Changed != 1 {
			t.Fatalf("got %+v", o)
		}
		if got := w.plant("ZZ-001"); got.Name != "改名" || got.Keeper != "示例人员" || got.Phone != "12350" {
			t.Errorf("what the exporter could not see is gone: %+v", got)
		}
	})
}

func TestTemplateIsFilledInAndImported(t *testing.T) {
	onBoth(t, func(t *testing.T, w *world) {
		for _, l := range []lang.Lang{lang.Chinese, lang.English} {
			var b bytes.Buffer
			if err := exchange.Template(plants, &b, l, "431321"); err != nil {
				t.Fatal(err)
			}
			o := w.take("template.xlsx", b.String())
			if o.Rows != 0 || !slices.Equal(o.Examples, []int{2}) || len(o.Ignored) != 0 || o.Applied {
				t.Errorf("in %s: an empty template imports %+v", l, o)
			}
			var again bytes.Buffer
			if err := exchange.Template(plants, &again, l, "431321"); err != nil || !bytes.Equal(b.Bytes(), again.Bytes()) {
				t.Errorf("in %s: the template differs from call to call, %v", l, err)
			}
			book, err := sheet.Read("a.xlsx", bytes.NewReader(b.Bytes()), int64(b.Len()))
			if err != nil {
				t.Fatal(err)
			}
			table, err := book.Table("", []sheet.Heading{{Names: []string{"编号", "number"}, Required: true}})
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range table.Extras {
				if strings.Contains(e.Heading, "停用原因") || strings.Contains(e.Heading, "closed because") {
					t.Errorf("a retired field stands in the template: %s", e.Heading)
				}
			}
		}
	})
}

// A column that is computed is grey, and neither asked for nor filled in by the example; a note says so.
func TestComputedColumnsOfATemplateAreMarked(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	if err := exchange.Template(owners, &b, lang.Chinese, "431321"); err != nil {
		t.Fatal(err)
	}
	archive, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	part := func(name string) string {
		f, err := archive.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		text, err := io.ReadAll(f)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	rows := part("xl/worksheets/sheet1.xml")
	for text, want := range map[string]bool{
		`<c r="F1" s="1" t="inlineStr"><is><t xml:space="preserve">员工数*</t>`: true,
		`<c r="G1" s="6" t="inlineStr"><is><t xml:space="preserve">规模</t>`:   true,
		`<c r="H1" s="6" t="inlineStr"><is><t xml:space="preserve">是否小微</t>`: true,
		`<c r="F2"`: true, `<c r="G2"`: false, `<c r="H2"`: false, `sqref="G2:`: false,
	} {
		if strings.Contains(rows, text) != want {
			t.Errorf("in the sheet: %s, want %v: %s", text, want, rows)
		}
	}
	if notes := part("xl/comments1.xml"); strings.Count(notes, "由系统计算") != 2 {
		t.Errorf("the notes: %s", notes)
	}
}

// TestTheExampleOfATemplateIsOfTheBureauAndOfAYear, not of another bureau's place, and not of the year 12.
func TestTheExampleOfATemplateIsOfTheBureauAndOfAYear(t *testing.T) {
	t.Parallel()
	type Yearly struct {
		record.Head
		Year, Staff int64
	}
	year := field.Number("year", "年度", "year", func(y *Yearly) *int64 { return &y.Year })
	k := record.Define("yearly", "示例年度", "yearly", func(y *Yearly) *record.Head { return &y.Head }, year,
		field.Number("staff", "人数", "staff", func(y *Yearly) *int64 { return &y.Staff })).Key(year)
	for home, want := range map[place.Code]string{"431321": "431321 2023 12", "": "所属单位 2023 12"} {
		var b bytes.Buffer
		if err := exchange.Template(k, &b, lang.Chinese, home); err != nil {
			t.Fatal(err)
		}
		book, err := sheet.Read("a.xlsx", bytes.NewReader(b.Bytes()), int64(b.Len()))
		if err != nil {
			t.Fatal(err)
		}
		table, err := book.Table("", []sheet.Heading{{Names: []string{"所属单位"}}, {Names: []string{"年度"}}, {Names: []string{"人数"}}})
		if err != nil {
			t.Fatal(err)
		}
		for row, err := range table.Rows() {
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, c := range row.Cells {
				got = append(got, strings.TrimPrefix(c.Text, sheet.ExampleMark))
			}
			if strings.Join(got, " ") != want {
				t.Errorf("at %q: the example is %q, want %s", home, got, want)
			}
		}
	}
}

// Absent is not zero: a value that is always stated must be stated, where the record is new or the column is there.
func TestEmptyCellIsNotZero(t *testing.T) {
	onBoth(t, func(t *testing.T, w *world) {
		owner := func(text string) (*exchange.Outcome, error) {
			return w.try(exchange.Request{Kind: "owner"}, "a.csv", text)
		}
		_, err := owner("乡镇,业主名称,注册资本,员工数\n甲镇,A,,0\n甲镇,B,0,\n")
		if diff := cmp.Diff(zh(err), []string{"a.csv 第2行 “注册资本”列 （C2）：缺少“注册资本”", "a.csv 第3行 “员工数”列 （D3）：缺少“员工数”"}); diff != "" {
			t.Error(diff)
		}
		if _, err := owner("乡镇,业主名称,注册资本\n甲镇,A,1\n"); !errors.Is(err, sheet.ErrMissingColumn) {
			t.Errorf("a column that must be there is missing: %v", err)
		}
		if o, err := owner("乡镇,业主名称,注册资本,员工数\n甲镇,A,0,0\n"); err != nil || o.New != 1 {
			t.Errorf("a stated zero: %+v, %v", o, err)
		}
		line := `{"town":"甲镇","name":"A","capital":7}`
		if o, err := w.try(exchange.Request{Kind: "owner"}, "a.jsonl", line); err != nil || o.Changed != 1 {
			t.Errorf("what a line does not speak of stays: %+v, %v", o, err)
		}
		_, err = w.try(exchange.Request{Kind: "owner"}, "a.jsonl", strings.Replace(line, "甲镇", "乙镇", 1))
		if diff := cmp.Diff(zh(err), []string{"a.jsonl 第1行 “员工数”列：缺少“员工数”"}); diff != "" {
			t.Error(diff)
		}
	})
}

func TestListInACell(t *testing.T) {
	onBoth(t, func(t *testing.T, w *world) {
		w.take("a.csv", "编号,名称,检查记录\nZZ-001,甲,\"2023-05-06 | 漏水 | 甲类\n\n2023年6月1日｜已\\|修\n | 无日期\"\n")
		want := []Visit{{period.MustDay(2023, 5, 6), "漏水", "a"}, {period.MustDay(2023, 6, 1), "已|修", ""}, {What: "无日期"}}
		if diff := cmp.Diff(w.plant("ZZ-001").Visits, want, cmp.Comparer(func(a, b period.Day) bool { return a == b })); diff != "" {
			t.Error(diff)
		}
	})
}

func TestRecordsThatAreInNoBookAreWrittenAsAnExport(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	err := exchange.Write(plants, &b, sheet.CSV, lang.Chinese, func(yield func(any) bool) { yield(aPlant(1)) })
	want := "\ufeff所属单位,发生地,编号,名称,类别,投产日期,巡查时间,年费,整改投入,从业人数,占地面积,占比,是否持证,负责人,电话,所在地,坐标,业主,检查记录,批次,状态\r\n430600,,ZZ-001,示例装置,,,,,,,,,,,,,,,,,停用\r\n"
	if diff := cmp.Diff(b.String(), want); err != nil || diff != "" {
		t.Errorf("%v %s", err, diff)
	}
}
