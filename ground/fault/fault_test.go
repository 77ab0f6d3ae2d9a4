package fault_test

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"anlan/ground/fault"
	"anlan/ground/lang"
)

var (
	errLate = fault.Define("test.late", fault.Conflict, "“%s”晚了%d天", "%q is %d days late")
	errGone = fault.Define("test.gone", fault.NotFound, "没有%s", "there is no %s")
)

func TestFaultIsComparedByItsDeclaration(t *testing.T) {
	t.Parallel()
	f := errLate.With("报告", 3)
	for name, err := range map[string]error{
		"itself": f, "wrapped": fmt.Errorf("post: %w", f), "placed": fault.At(f, fault.Where{Row: 1}), "listed": fault.List{errGone.With("县"), f},
		"wrapped list": fmt.Errorf("import: %w", fault.List{f}), "joined": errors.Join(io.EOF, f),
	} {
		if !errors.Is(err, errLate) {
			t.Errorf("%s: %v is not the declared fault", name, err)
		}
	}
	if errors.Is(f, errGone) || errors.Is(fault.List{f}, errGone) || errors.Is(errors.New("internal"), errLate) {
		t.Error("another declaration matches")
	}
	if cause := errGone.Because(io.ErrUnexpectedEOF, "文件"); !errors.Is(cause, io.ErrUnexpectedEOF) || strings.Contains(cause.Error(), "EOF") {
		t.Errorf("the cause is kept for the operator and not shown: %v", cause)
	}
}

func TestFaultSpeaksBothLanguagesWithItsPlace(t *testing.T) {
	t.Parallel()
	kind := lang.Of("事故隐患", "hazard")
	for _, c := range []struct {
		err    error
		zh, en string
	}{
		{errLate.With("报告", 3), "“报告”晚了3天", `"报告" is 3 days late`},
		{errGone.With(kind), "没有事故隐患", "there is no hazard"},
		{errGone.With(errLate.With("报告", 3)), "没有“报告”晚了3天", `there is no "报告" is 3 days late`},
		{errGone.With(fault.List{errGone.With(kind)}), "没有没有事故隐患", "there is no there is no hazard"},
		{fault.At(errGone.With(kind), fault.Where{File: "a.xlsx", Sheet: "表1", Row: 12, Column: "整改期限", Cell: "C12"}),
			"a.xlsx 工作表“表1” 第12行 “整改期限”列 （C12）：没有事故隐患", `a.xlsx, sheet "表1", row 12, column "整改期限", (C12): there is no hazard`},
		{fault.At(errGone.With(kind), fault.Where{File: "a.md", Line: 3, Col: 7}), "a.md 第3行 第7字：没有事故隐患", "a.md, line 3, column 7: there is no hazard"},
		{fault.At(errGone.With(kind), fault.Where{Field: "grade"}), "字段“grade”：没有事故隐患", `field "grade": there is no hazard`},
		{fault.List{errGone.With("甲"), errGone.With("乙")}, "没有甲\n没有乙", "there is no 甲\nthere is no 乙"},
		{fmt.Errorf("store: %w", errGone.With(kind)), "没有事故隐患", "there is no hazard"},
		{fmt.Errorf("store: %w", fault.List{errGone.With(kind)}), "没有事故隐患", "there is no hazard"},
		{io.EOF, "EOF", "EOF"},
		{errLate.With("“三公”经费决算", 3), "“‘三公’经费决算”晚了3天", `"“三公”经费决算" is 3 days late`},
		{errGone.With(errLate.With("村“三有”", 3)), "没有“村‘三有’”晚了3天", `there is no "村“三有”" is 3 days late`},
		{errLate.With("关于“两个‘维护’”的通知", 3), "“关于‘两个“维护”’的通知”晚了3天", `"关于“两个‘维护’”的通知" is 3 days late`},
		{errLate.With("没有关上的“三公", 3), "“没有关上的“三公”晚了3天", `"没有关上的“三公" is 3 days late`},
		{errLate.With("the unit’s", 3), "“the unit’s”晚了3天", `"the unit’s" is 3 days late`},
		{fault.At(errGone.With(kind), fault.Where{Column: "“三公”项目"}), "“‘三公’项目”列：没有事故隐患", `column "“三公”项目": there is no hazard`},
	} {
		if diff := cmp.Diff([]string{fault.In(c.err, lang.Chinese), fault.In(c.err, lang.English)}, []string{c.zh, c.en}); diff != "" {
			t.Error(diff)
		}
	}
}

func TestPlaceOfTheInnerFaultWins(t *testing.T) {
	t.Parallel()
	inner := fault.At(errGone.With("县"), fault.Where{Row: 12, Column: "地点"})
	outer := fault.At(inner, fault.Where{File: "a.xlsx", Sheet: "表1", Row: 99, Column: "别的"})
	var f *fault.Fault
	if !errors.As(outer, &f) {
		t.Fatal("no fault")
	}
	if diff := cmp.Diff(f.Where, fault.Where{File: "a.xlsx", Sheet: "表1", Row: 12, Column: "地点"}); diff != "" {
		t.Error(diff)
	}
	errors.As(inner, &f)
	if f.Where.File != "" {
		t.Error("the fault that was placed again has changed")
	}
}

func TestFaultInsideAChainIsPlacedToo(t *testing.T) {
	t.Parallel()
	for name, err := range map[string]error{
		"one":  fmt.Errorf("read %d: %w", 7, errGone.With("县")),
		"many": fmt.Errorf("read %d: %w", 7, fault.List{errGone.With("县"), errGone.With("县")}),
	} {
		placed := fault.At(err, fault.Where{File: "a.xlsx"})
		if got := fault.In(placed, lang.English); !strings.HasPrefix(got, "a.xlsx: there is no 县") {
			t.Errorf("%s: got %s", name, got)
		}
		if got := placed.Error(); !errors.Is(placed, errGone) || name == "one" && !errors.Is(placed, err) {
			t.Errorf("%s: the chain is lost: %s", name, got)
		}
	}
	if got := fault.At(io.EOF, fault.Where{File: "a"}); got != io.EOF {
		t.Errorf("an error that is no fault changed into %v", got)
	}
	if fault.At(nil, fault.Where{File: "a"}) != nil {
		t.Error("no error became one")
	}
}

func TestListGathersFaultsAndGivesBackWhatIsNone(t *testing.T) {
	t.Parallel()
	var l fault.List
	for _, err := range []error{nil, errGone.With("一"), fault.List{errGone.With("二"), errGone.With("三")}, fmt.Errorf("deep: %w", errGone.With("四"))} {
		if err := l.Add(err); err != nil {
			t.Fatal(err)
		}
	}
	if len(l) != 4 {
		t.Errorf("got %d faults: %v", len(l), l)
	}
	if err := l.Add(io.EOF); err != io.EOF || len(l) != 4 {
		t.Errorf("an internal error is given back, got %v", err)
	}
	if (fault.List{}).Err() != nil || l.Err() == nil {
		t.Error("an empty list is no error, a filled one is")
	}
}

func TestKindDecidesTheClass(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		err  error
		kind fault.Kind
		ok   bool
	}{
		{errLate.With("a", 1), fault.Conflict, true},
		{fmt.Errorf("x: %w", errGone.With("a")), fault.NotFound, true},
		{fault.List{errLate.With("a", 1), errGone.With("a")}, fault.Conflict, true},
		{fault.List{}, 0, false}, {io.EOF, 0, false}, {nil, 0, false},
	} {
		if k, ok := fault.KindOf(c.err); k != c.kind || ok != c.ok {
			t.Errorf("%v: got %v, %v", c.err, k, ok)
		}
	}
}

func TestFaultStandsBeforeItsCause(t *testing.T) {
	t.Parallel()
	err := fmt.Errorf("import: %w", errLate.Because(fault.List{errGone.With("甲")}, "报告", 3))
	if got, want := fault.In(err, lang.English), `"报告" is 3 days late`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	var l fault.List
	if l.Add(err) != nil || len(l) != 1 || !l.Is(errLate) {
		t.Errorf("gathered %v", l)
	}
	if k, ok := fault.KindOf(err); k != fault.Conflict || !ok {
		t.Errorf("got kind %v, %v", k, ok)
	}
}

func TestCodeIsDeclaredOnce(t *testing.T) {
	t.Parallel()
	defer func() {
		if recover() == nil {
			t.Error("a second declaration of test.late was taken")
		}
	}()
	fault.Define("test.late", fault.Invalid, "又一次", "again")
}

func TestDeclarationsAreListedByCode(t *testing.T) {
	t.Parallel()
	last := ""
	found := false
	for _, d := range fault.All() {
		if d.Code <= last {
			t.Errorf("%s stands after %s", d.Code, last)
		}
		last, found = d.Code, found || d == errLate
	}
	if !found {
		t.Error("test.late is missing")
	}
}
