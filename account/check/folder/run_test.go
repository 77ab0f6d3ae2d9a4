package folder

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"anlan/account/check"
	"anlan/account/check/reading"
	"github.com/google/go-cmp/cmp"
)

const report = `某市应急管理局2023年度部门整体支出绩效自评报告
我局负责全市安全生产综合监督管理和工矿商贸行业安全生产监督管理，组织指导协调自然灾害防治工作，承担森林防火和防汛抗旱指挥部日常工作。
全年基本支出100万元，其中人员经费60万元、公用经费40万元。年初预算210.35万元，全年支出198.17万元，年末结余12.18万元。
全年组织安全生产检查1286次，排查隐患3127处，已整改3105处。全年发生生产安全事故87起，死亡97人，受伤41人。
`

// checkedIn judges a tree and tells "path: contradictions" with what it is the same as.
func checkedIn(t testing.TB, dir string, o Options) []string {
	t.Helper()
	departments, faults := Find([]string{dir}, texts)
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	var got []string
	err := Run(context.Background(), departments, reading.Open, o, func(r Result) error {
		line := strings.TrimPrefix(r.Path, dir+string(os.PathSeparator)) + ":"
		if r.Err != nil {
			got = append(got, line+" unread")
			return nil
		}
		if n := len(r.File.Between); n > 0 {
			line = fmt.Sprintf("between %d:", n)
		}
		line += fmt.Sprintf(" %d", r.File.Contradictions())
		if r.File.SameAs != "" {
			line += " same as " + strings.TrimPrefix(r.File.SameAs, dir+string(os.PathSeparator))
		}
		for _, x := range r.File.Relations {
			if x.Verdict == check.Noted {
				line += " note: " + strings.ReplaceAll(x.Message.Zh, dir+string(os.PathSeparator), "")
			}
		}
		got = append(got, line)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func TestRun_counts_the_same_report_of_a_department_once(t *testing.T) {
	t.Parallel()
	wrong := strings.Replace(report, "公用经费40万元", "公用经费30万元", 1)
	broken := strings.ReplaceAll(wrong, "，", "，\n") // as the text of a PDF is broken into lines
	for _, c := range []struct {
		name  string
		files map[string]string
		want  []string
	}{
		{"the_same_bytes", map[string]string{"a.txt": wrong, "b.txt": wrong}, []string{"a.txt: 1", "b.txt: 0 same as a.txt"}},
		{"the_same_words_and_figures", map[string]string{"a.txt": wrong, "b.txt": broken + "第1页\n"}, []string{"a.txt: 1", "b.txt: 0 same as a.txt"}},
		{"in_two_departments_each_counts", map[string]string{"甲/a.txt": wrong, "乙/a.txt": wrong}, []string{"乙/a.txt: 1", "甲/a.txt: 1"}},
		{"of_another_year", map[string]string{"a.txt": "某局2022年度报告\n" + report, "b.txt": "某局2023年度报告\n" + report}, []string{"a.txt: 0",
			"b.txt: 0 note: 本文件与“a.txt”（2022年）除年份外文字和数据都相同：是否照抄了另一年的报告？",
			"between 2: 0 note: “b.txt”第4行与“a.txt”第4行：与上年一字不差的段落：“a.txt”第4行"}},
		{"another_report", map[string]string{"a.txt": wrong, "b.txt": "全年支出100万元，其中人员经费60万元、公用经费30万元、项目经费20万元。"}, []string{"a.txt: 1", "b.txt: 1", "between 2: 0"}},
		{"two_years", map[string]string{"a.txt": "某局2022年度报告\n2022年项目支出1253.34万元。", "b.txt": "某局2023年度报告\n2022年项目支出1235.34万元。"}, []string{"a.txt: 0", "b.txt: 0",
			"between 2: 0 note: “b.txt”第2行与“a.txt”第2行：“项目支出”在第2行已给出：1253.34万元，文中为1235.34万元；即使各数都经过四舍五入，也只能在1253.335万元至1253.345万元之间，不符，请核对。"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got := checkedIn(t, tree(t, c.files), Options{})
			for i := range got {
				got[i], _, _ = strings.Cut(got[i], "（2022年）除年份外与这一段")
			}
			if diff := cmp.Diff(got, c.want); diff != "" {
				t.Error("got, want:\n", diff)
			}
		})
	}
}

func TestRun_tells_results_in_order_and_goes_on_after_a_bad_file(t *testing.T) {
	t.Parallel()
	files, want := map[string]string{}, []string{}
	for i := range 60 {
		name := fmt.Sprintf("%02d.txt", i)
		files[name] = fmt.Sprintf("全年支出%d万元。", 100+i)
		line := name + ": 0"
		if i%10 == 3 {
			files[name], line = "\x00\x01\x02", name+": unread"
		}
		want = append(want, line)
	}
	if diff := cmp.Diff(checkedIn(t, tree(t, files), Options{Workers: 5}), want); diff != "" {
		t.Error("got, want:\n", diff)
	}
}

func TestRun_survives_a_failure_of_the_program_on_one_file(t *testing.T) {
	t.Parallel()
	departments := []Department{{Name: "d", Files: []File{{Path: "bad"}, {Path: "good"}}}}
	open := func(path string) (*reading.Document, error) {
		if path == "bad" {
			panic("index out of range")
		}
		return reading.Read(path, strings.NewReader(report), int64(len(report)))
	}
	var got []bool
	err := Run(context.Background(), departments, open, Options{}, func(r Result) error {
		got = append(got, errors.Is(r.Err, ErrBroken))
		return nil
	})
	if diff := cmp.Diff(got, []bool{true, false}); err != nil || diff != "" {
		t.Error(err, diff)
	}
}

func TestRun_reads_no_more_files_at_a_time_than_it_may(t *testing.T) {
	t.Parallel()
	var now, most, opened atomic.Int64
	d := Department{Name: "d"}
	for i := range 40 {
		d.Files = append(d.Files, File{Path: fmt.Sprint(i)})
	}
	open := func(path string) (*reading.Document, error) {
		opened.Add(1)
		n := now.Add(1)
		for m := most.Load(); n > m && !most.CompareAndSwap(m, n); m = most.Load() {
		}
		defer now.Add(-1)
		return reading.Read(path, strings.NewReader(report), int64(len(report)))
	}
	stop := errors.New("enough")
	told := 0
	err := Run(context.Background(), []Department{d}, open, Options{Workers: 3}, func(Result) error {
		if told++; told == 2 {
			return stop
		}
		return nil
	})
	if !errors.Is(err, stop) || most.Load() > 3 || opened.Load() > 2+3*aheadMax+3 {
		t.Errorf("got %v, %d at a time, %d opened", err, most.Load(), opened.Load())
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := Run(ctx, []Department{d}, open, Options{}, func(Result) error { return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: got %v", err)
	}
}

func TestRoom_lets_a_large_file_in_alone(t *testing.T) {
	t.Parallel()
	r := newRoom(2)
	r.enter(bytesMax)
	entered := make(chan bool)
	go func() { r.enter(fileBytes); entered <- true }()
	select {
	case <-entered:
		t.Error("a second file was let in beside one that fills the room")
	default:
	}
	r.leave(bytesMax)
	<-entered
}

// TestRun_breaks_a_long_document_off ends the context while a document is checked: nothing is told of it.
func TestRun_breaks_a_long_document_off(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("基本支出10.5万元，其中人员经费6.5万元、公用经费4万元。\n", 100_000)
	doc, err := reading.Read("long", strings.NewReader(long), int64(len(long)))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Millisecond)
	defer cancel()
	open := func(string) (*reading.Document, error) { return doc, nil }
	err = Run(ctx, []Department{{Name: "d", Files: []File{{Path: "long"}}}}, open, Options{}, func(r Result) error {
		t.Errorf("told of %s: %v", r.Path, r.Err)
		return nil
	})
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
}
