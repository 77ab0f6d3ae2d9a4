// Command check measures the checking of prose (goal P4): 8 MB of text as self-evaluations of bureaus read, in which every
// claim holds, read and checked with all rules, against finding the numbers alone, by our scanner and by a regular expression.
// Half the text is measured too, because the work must grow with the text and not faster. So are budgets in tables, as text
// from a PDF has them: columns by spaces, codes in three columns, levels and totals that hold.
//
// PDFs are named: each is read and checked, its pages and its bytes by the second.
//
//	go run ./bench/check ../shared/data/reports/*.pdf
//
// A text of many megabytes is measured alone, once: how long it takes and how much memory at the most.
//
//	go run ./bench/check -long 200
package main

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"anlan/account/check"
	"anlan/account/check/reading"
	"anlan/bench"
	"anlan/ground/figure"
)

func main() {
	rounds := flag.Int("rounds", 5, "how many rounds are kept")
	megabytes := flag.Int("megabytes", 8, "how long the text is")
	long := flag.Int("long", 0, "measure one text of so many megabytes, and nothing else")
	flag.Parse()
	if *long > 0 {
		if err := measureLong(*long); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	if err := run(context.Background(), *rounds, *megabytes, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, rounds, megabytes int, pdfs []string) error {
	fmt.Printf("Before: %s.\n\n", bench.Machine())
	whole := text(megabytes * 1_000_000)
	half := text(megabytes * 500_000)
	bench.Forget()
	found, err := judge(whole)
	if err != nil {
		return err
	}
	held := bench.Held()
	table, err := bench.Alternate(ctx, rounds,
		bench.Side{Name: "numbers by a regular expression", Run: func(context.Context) error { expression(whole); return nil }},
		bench.Side{Name: "numbers by figure.Scanner", Run: func(context.Context) error { scan(whole); return nil }},
		bench.Side{Name: "**ours**: reading and checking with all rules", Run: func(context.Context) error { _, err := judge(whole); return err }},
		bench.Side{Name: "ours, twice half the text", Run: func(context.Context) error {
			for range 2 {
				if _, err := judge(half); err != nil {
					return err
				}
			}
			return nil
		}},
	)
	if err != nil {
		return err
	}
	fmt.Printf("A text of %d MB; the rules find %d claims, all of which hold; %d MiB held:\n\n", megabytes, found, held)
	table.Work, table.Unit = megabytes, "MB"
	table.Print(os.Stdout)
	if err := measureTables(ctx, rounds, megabytes); err != nil {
		return err
	}
	for _, path := range pdfs {
		if err := measurePDF(ctx, rounds, path); err != nil {
			return err
		}
	}
	fmt.Printf("After: %s.\n", bench.Machine())
	return nil
}

// measureLong checks one long text once, in this process and with nothing else in it but the text.
func measureLong(megabytes int) error {
	fmt.Printf("Before: %s.\n\n", bench.Machine())
	whole := text(megabytes * 1_000_000)
	bench.Forget()
	began := time.Now()
	found, err := judge(whole)
	if err != nil {
		return err
	}
	took := time.Since(began)
	fmt.Printf("One text of %d MB, once: %.1f s, %.0f MB/s; the rules find %d claims, all of which hold; at most %d MiB of memory in use, the text and its making included.\n\n",
		megabytes, took.Seconds(), float64(megabytes)/took.Seconds(), found, bench.Held())
	fmt.Printf("After: %s.\n", bench.Machine())
	return nil
}

// measureTables measures text that is nothing but tables.
func measureTables(ctx context.Context, rounds, megabytes int) error {
	whole, half := tables(megabytes*1_000_000), tables(megabytes*500_000)
	bench.Forget()
	found, err := judge(whole)
	if err != nil {
		return err
	}
	held := bench.Held()
	table, err := bench.Alternate(ctx, rounds,
		bench.Side{Name: "numbers by a regular expression", Run: func(context.Context) error { expression(whole); return nil }},
		bench.Side{Name: "**ours**: tables read and checked with all rules", Run: func(context.Context) error { _, err := judge(whole); return err }},
		bench.Side{Name: "ours, twice half the tables", Run: func(context.Context) error {
			for range 2 {
				if _, err := judge(half); err != nil {
					return err
				}
			}
			return nil
		}},
	)
	if err != nil {
		return err
	}
	fmt.Printf("\nTables of %d MB; the rules find %d claims, all of which hold; %d MiB held:\n\n", megabytes, found, held)
	table.Work, table.Unit = megabytes, "MB"
	table.Print(os.Stdout)
	return nil
}

// measurePDF measures a document whose text stands on pages, read alone and read and checked.
func measurePDF(ctx context.Context, rounds int, path string) error {
	doc, err := reading.Open(path)
	if err != nil {
		return err
	}
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	bench.Forget()
	table, err := bench.Alternate(ctx, rounds,
		bench.Side{Name: "read", Run: func(context.Context) error { _, err := reading.Open(path); return err }},
		bench.Side{Name: "**ours**: read and checked with all rules", Run: func(context.Context) error {
			doc, err := reading.Open(path)
			if err == nil {
				check.Check(doc, check.Options{})
			}
			return err
		}},
	)
	if err != nil {
		return err
	}
	fmt.Printf("\n%s, %d KB, %d bytes of text on %d pages:\n\n", filepath.Base(path), info.Size()/1000, len(doc.Text), doc.Pages)
	table.Work, table.Unit = doc.Pages, "pages"
	table.Print(os.Stdout)
	return nil
}

// judge checks a text and says how many claims were found.
func judge(text string) (claims int, err error) {
	doc, err := reading.Read("report.txt", strings.NewReader(text), int64(len(text)))
	if err != nil {
		return 0, err
	}
	f := check.Check(doc, check.Options{})
	if f.Summary.Contradictions > 0 {
		return 0, fmt.Errorf("%d claims of a text without slips are said to contradict", f.Summary.Contradictions)
	}
	return f.Summary.Relations, nil
}

func scan(text string) (n int) {
	for s := figure.NewScanner(text); ; n++ {
		if _, ok := s.Next(); !ok {
			return n
		}
	}
}

// numbers in digits with the unit that follows; it knows no Chinese numerals, names or quotations, as the scanner does.
var numbers = regexp.MustCompile(`[0-9][0-9,]*(?:\.[0-9]+)?(?:%|万元|亿元|元|起|人|处|个)?`)

func expression(text string) int { return len(numbers.FindAllStringIndex(text, -1)) }

// text makes about n bytes of paragraphs, of which every second makes a claim that holds.
func text(n int) string {
	const prose = "强化底线思维，压实三方责任，开展重点行业领域专项整治，组织应急演练和宣传教育，基层防灾减灾能力稳步提升。"
	random := rand.New(rand.NewPCG(2023, 4))
	wan := func(fen int) string { return fmt.Sprintf("%d.%02d万元", fen/100, fen%100) }
	percent := func(part, all int) string {
		tenths := (1000*part*2 + all) / (2 * all)
		return fmt.Sprintf("%d.%d%%", tenths/10, tenths%10)
	}
	var b strings.Builder
	b.WriteString("示例市应急管理局2023年度部门整体支出绩效自评报告\n")
	for b.Len() < n {
		x, y, before := 10_000+random.IntN(900_000), 10_000+random.IntN(900_000), 20+random.IntN(400)
		fewer := 1 + random.IntN(before-1)
		switch random.IntN(6) {
		case 0:
			fmt.Fprintf(&b, "基本支出%s，其中人员经费%s、公用经费%s。%s\n", wan(x+y), wan(x), wan(y), prose)
		case 1:
			fmt.Fprintf(&b, "项目支出%s，占全年支出%s的%s。%s\n", wan(x), wan(x+y), percent(x, x+y), prose)
		case 2:
			fmt.Fprintf(&b, "发生生产安全事故%d起，同比减少%d起，下降%s。%s\n", before-fewer, fewer, percent(fewer, before), prose)
		default:
			b.WriteString(strings.Repeat(prose, 1+random.IntN(3)) + "\n")
		}
	}
	return b.String()
}

// tables makes about n bytes of budgets by class, section and item.
func tables(n int) string {
	random := rand.New(rand.NewPCG(2023, 5))
	var b strings.Builder
	b.WriteString("示例市应急管理局2023年度部门决算\n")
	row := func(label string, basic, project int) {
		fmt.Fprintf(&b, "%s", label)
		for _, fen := range []int{basic + project, basic, project} {
			fmt.Fprintf(&b, "  %16s", fmt.Sprintf("%d.%02d", fen/100, fen%100))
		}
		b.WriteByte('\n')
	}
	for b.Len() < n {
		b.WriteString("\n                  支出决算表\n编制单位：示例市应急管理局                            单位：元\n                    科目名称          合计          基本支出          项目支出\n")
		allBasic, allProject := 0, 0
		for class := range 4 {
			basic, project := make([]int, 5), make([]int, 5)
			sumBasic, sumProject := 0, 0
			for i := range basic {
				basic[i], project[i] = 10_000+random.IntN(90_000_000), 10_000+random.IntN(90_000_000)
				sumBasic, sumProject = sumBasic+basic[i], sumProject+project[i]
			}
			row(fmt.Sprintf("2%02d          某类支出", class+1), sumBasic, sumProject)
			row(fmt.Sprintf("2%02d  01      某款事务", class+1), sumBasic, sumProject)
			for i := range basic {
				row(fmt.Sprintf("2%02d  01  %02d  某项工作", class+1, i+1), basic[i], project[i])
			}
			allBasic, allProject = allBasic+sumBasic, allProject+sumProject
		}
		row("            合计  ", allBasic, allProject)
	}
	return b.String()
}
