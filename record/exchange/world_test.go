package exchange_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"anlan/ground/clock"
	"anlan/ground/code"
	"anlan/ground/fault"
	"anlan/ground/ident"
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
	"anlan/store"
	"anlan/store/journal"
	"anlan/store/storetest"
)

// Plant is a record with a field of every type.
type Plant struct {
	record.Head
	Number   string
	Name     string
	Class    Class
	OpenedOn period.Day
	SeenAt   maybe.Of[time.Time]
	Fee      maybe.Of[money.Fen]
	Cost     maybe.Of[money.Fen]
	Workers  maybe.Of[int64]
	Area     maybe.Of[field.Scaled] // 公顷, four decimals
	Share    maybe.Of[field.Scaled] // %, one decimal
	Licensed maybe.Of[bool]
	Keeper   string
	Phone    string
	Site     place.Code
	Point    field.LonLat
	Owner    ident.ID
	Visits   []Visit
	Batch    maybe.Of[int64]
	Closed   string
}

// Class is a code of a plant.
type Class string

// Visit is a row of a plant.
type Visit struct {
	On   period.Day
	What string
	Kind Class
}

// Owner is what a plant refers to; its natural key has two fields.
type Owner struct {
	record.Head
	Town, Name string
	Capital    money.Fen // always stated
	Staff      int64     // always stated
	Size       Size      // derived
	Small      bool      // derived
}

// Size is a code of an owner.
type Size string

func (o *Owner) derive() {
	o.Size, o.Small = "little", o.Staff < 100
	if !o.Small {
		o.Size = "great"
	}
}

var errNobody = fault.Define("exchangetest.nobody", fault.Invalid, "“%s”没有员工", "%q has no staff")

func (o *Owner) staffed() error {
	if o.Name == "无名" && o.Staff == 0 {
		return errNobody.With(o.Name)
	}
	return nil
}

var (
	classes = code.NewList("示例代码表 2020", code.Of[Class]("a", "甲类", "class A"), code.Of[Class]("b", "乙类", "class B"), retired("x", "旧类", "old class"))

	number   = field.Text("number", "编号", "number", func(p *Plant) *string { return &p.Number }, field.Max(40)).Required()
	name     = field.Text("name", "名称", "name", func(p *Plant) *string { return &p.Name }, field.Max(100)).Required()
	class    = field.Code("class", "类别", "class", func(p *Plant) *Class { return &p.Class }, classes)
	openedOn = field.Day("opened_on", "投产日期", "opened on", func(p *Plant) *period.Day { return &p.OpenedOn }, field.NotFuture)
	seenAt   = field.Instant("seen_at", "巡查时间", "seen at", func(p *Plant) *maybe.Of[time.Time] { return &p.SeenAt })
	fee      = field.Money("fee", "年费", "fee", func(p *Plant) *maybe.Of[money.Fen] { return &p.Fee })
	cost     = field.Money("cost", "整改投入", "cost", func(p *Plant) *maybe.Of[money.Fen] { return &p.Cost })
	workers  = field.Number("workers", "从业人数", "workers", func(p *Plant) *maybe.Of[int64] { return &p.Workers }, field.Between(0, 1_000_000))
	area     = field.Quantity("area", "占地面积", "area", "公顷", 4, func(p *Plant) *maybe.Of[field.Scaled] { return &p.Area })
	share    = field.Ratio("share", "占比", "share", 1, func(p *Plant) *maybe.Of[field.Scaled] { return &p.Share })
	licensed = field.YesNo("licensed", "是否持证", "licensed", func(p *Plant) *maybe.Of[bool] { return &p.Licensed })
	keeper   = field.Person("keeper", "负责人", "keeper", func(p *Plant) *string { return &p.Keeper })
	phone    = field.Phone("phone", "电话", "phone", func(p *Plant) *string { return &p.Phone })
	site     = field.Place("site", "所在地", "site", func(p *Plant) *place.Code { return &p.Site })
	point    = field.Point("point", "坐标", "point", func(p *Plant) *field.LonLat { return &p.Point })
	owner    = field.Ref("owner", "owner", "业主", "owner", func(p *Plant) *ident.ID { return &p.Owner })
	visits   = field.Rows("visit", "检查记录", "visits", func(p *Plant) *[]Visit { return &p.Visits }, visitOn, visitWhat, visitKind)
	batch    = field.Number("batch", "批次", "batch", func(p *Plant) *maybe.Of[int64] { return &p.Batch })
	closed   = field.Text("closed", "停用原因", "closed because", func(p *Plant) *string { return &p.Closed }).Retire()

	visitOn   = field.Day("on_day", "日期", "on", func(v *Visit) *period.Day { return &v.On })
	visitWhat = field.Text("what", "情况", "what", func(v *Visit) *string { return &v.What }, field.Max(40))
	visitKind = field.Code("kind", "类别", "class", func(v *Visit) *Class { return &v.Kind }, classes)

	plants = record.Flow(record.Define("plant", "示例装置", "plant", func(p *Plant) *record.Head { return &p.Head },
		number, name, class, openedOn, seenAt, fee, cost, workers, area, share, licensed, keeper, phone, site, point, owner, visits, batch, closed,
	).Key(number), code.NewList("示例", code.Of[record.State]("idle", "停用", "idle"), code.Of[record.State]("running", "在用", "running")), "idle",
		record.Transition("run", "启用", "run", record.State("idle"), record.State("running"), (*Plant).run))

	town  = field.Text("town", "乡镇", "town", func(o *Owner) *string { return &o.Town }).Required()
	owned = field.Text("name", "业主名称", "owner's name", func(o *Owner) *string { return &o.Name }).Required()

	capital = field.Money("capital", "注册资本", "capital", func(o *Owner) *money.Fen { return &o.Capital })
	people  = field.Number("people", "员工数", "staff", func(o *Owner) *int64 { return &o.Staff })

	size  = field.Code("size", "规模", "size", func(o *Owner) *Size { return &o.Size }, code.NewList("示例", code.Of[Size]("great", "大", "great"), code.Of[Size]("little", "小", "little"))).Computed()
	small = field.YesNo("small", "是否小微", "small", func(o *Owner) *bool { return &o.Small }).Computed()

	owners = record.Define("owner", "示例业主", "owner", func(o *Owner) *record.Head { return &o.Head }, town, owned, capital, people, size, small).
		Key(town, owned).Derive((*Owner).derive).Rule((*Owner).staffed, owned, people)
	loose = record.Define("loose", "无键记录", "loose", func(o *Owner) *record.Head { return &o.Head }, town, owned)
)

func retired(c Class, zh, en string) code.Value[Class] {
	return code.Value[Class]{Code: c, Label: langText(zh, en), Retired: true}
}

func (p *Plant) run(record.Moment) error { return nil }

// world is a founded book of plants and owners.
type world struct {
	testing.TB
	book  *book.Book
	admin access.Actor
}

var now = time.Date(2024, 1, 31, 1, 0, 0, 0, time.UTC)

// trees are two units and two places, always the same.
type trees struct{}

func (trees) Units(*store.Tx, journal.Position) (place.Tree[place.Unit], error) {
	return place.NewTree([]place.Edge[place.Unit]{{Child: "430600-01", Parent: "430600"}, {Child: "430602", Parent: "430600"}}), nil
}

func (trees) Places(*store.Tx, journal.Position) (place.Tree[place.Code], error) {
	return place.NewTree([]place.Edge[place.Code]{{Child: "430602", Parent: "430600"}}), nil
}

func found(t testing.TB, db *store.DB) *world {
	t.Helper()
	recordtest.Make(t, db, owners, plants, loose)
	w := &world{TB: t, admin: access.Actor{Name: "测试管理员", Role: access.Administrator, Via: "test"},
		book: book.New(db, []record.Of{owners, plants, loose, exchange.Kind}, book.Options{Clock: clock.NewStepped(now, time.Millisecond), Random: rand.NewChaCha8([32]byte{1}), Trees: trees{}})}
	if _, err := w.book.Found(t.Context(), w.admin, "示例市应急管理局", "430600"); err != nil {
		t.Fatalf("found: %v", err)
	}
	return w
}

// onBoth runs a test in a world on each database.
func onBoth(t *testing.T, test func(t *testing.T, w *world)) {
	t.Helper()
	t.Parallel()
	storetest.Run(t, func(t *testing.T, db *store.DB) { test(t, found(t, db)) })
}

// create puts records into the book.
func (w *world) create(records ...any) []book.Done {
	w.Helper()
	var changes []book.Change
	for _, r := range records {
		kind := "plant"
		if o, ok := r.(*Owner); ok {
			kind, o.Unit = "owner", "430600"
		}
		changes = append(changes, book.Change{Kind: kind, Action: access.Create, Record: r})
	}
	done, err := w.book.Apply(w.Context(), w.admin, changes)
	if err != nil {
		w.Fatalf("create: %v", err)
	}
	return done
}

// read looks at the book as it is now.
func (w *world) read(see func(v *book.View)) {
	w.Helper()
	if err := w.book.Read(w.Context(), w.admin, 0, func(v *book.View) error { see(v); return nil }); err != nil {
		w.Fatalf("read: %v", err)
	}
}

// plant is the plant with a number.
func (w *world) plant(n string) (p *Plant) {
	w.Helper()
	w.read(func(v *book.View) {
		r, err := v.Find("plant", n)
		if err != nil {
			w.Fatalf("find %s: %v", n, err)
		}
		p = r.(*Plant)
	})
	return p
}

// size is the newest position.
func (w *world) size() journal.Position {
	w.Helper()
	h, err := w.book.Head(w.Context())
	if err != nil {
		w.Fatal(err)
	}
	return h.Size
}

// try imports content under a name.
func (w *world) try(q exchange.Request, name, content string) (*exchange.Outcome, error) {
	w.Helper()
	if q.Kind == "" {
		q.Kind = "plant"
	}
	q.Path, q.Content = name, []byte(content)
	return exchange.Import(w.Context(), w.book, w.admin, q)
}

// take imports content and fails the test when it is refused.
func (w *world) take(name, content string) *exchange.Outcome {
	w.Helper()
	o, err := w.try(exchange.Request{}, name, content)
	if err != nil {
		w.Fatalf("import: %v", err)
	}
	return o
}

// export writes the records of a kind that a query finds, by default all, as an actor sees them.
func (w *world) export(actor access.Actor, kind record.Of, format sheet.Format, query ...book.Query) []byte {
	w.Helper()
	var b bytes.Buffer
	q := book.Query{}
	if len(query) > 0 {
		q = query[0]
	}
	q.Kind = kind.Code()
	err := w.book.Read(w.Context(), actor, 0, func(v *book.View) error {
		_, err := exchange.Export(v, q, kind, &b, format, "zh")
		return err
	})
	if err != nil {
		w.Fatalf("export %s: %v", format, err)
	}
	return b.Bytes()
}

// aPlant is a plant with nothing but what must be there.
func aPlant(n int) *Plant {
	return &Plant{Head: record.Head{Unit: "430600"}, Number: fmt.Sprintf("ZZ-%03d", n), Name: "示例装置"}
}
