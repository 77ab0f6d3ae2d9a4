package check

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"anlan/account/check/reading"
)

// report makes a text of about n bytes as self-evaluations read: a sum with a share, a change or a rate in one paragraph of
// two, prose in the others. The seed is fixed.
func report(n int) string {
	const prose = "坚持问题导向，深化专项整治，健全责任体系，推动各项措施落实到位，组织开展隐患排查和宣传培训，持续提升基层应急能力。"
	r := rand.New(rand.NewPCG(1, 2))
	var b strings.Builder
	b.WriteString("某市某局2023年度部门整体支出绩效自评报告\n")
	for b.Len() < n {
		x, y := 100_000+r.IntN(900_000), 100_000+r.IntN(900_000)
		k, d := 5+r.IntN(400), 1+r.IntN(60)
		switch r.IntN(6) {
		case 0:
			fmt.Fprintf(&b, "%s全年基本支出%d.%02d万元，其中人员经费%d.%02d万元、公用经费%d.%02d万元，人员经费占基本支出的%d%%。%s", prose,
				(x+y)/100, (x+y)%100, x/100, x%100, y/100, y%100, (100*x+(x+y)/2)/(x+y), prose)
		case 1:
			fmt.Fprintf(&b, "%s共发生事故%d起，同比减少%d起、下降%d%%。%s", prose, k, d, (100*d+(k+d)/2)/(k+d), prose)
		case 2:
			fmt.Fprintf(&b, "全年预算%d.%02d万元，实际支出%d.%02d万元，预算执行率为%d%%。%s", (x+y)/100, (x+y)%100, x/100, x%100, (100*x+(x+y)/2)/(x+y), prose)
		default:
			b.WriteString(strings.Repeat(prose, 3+r.IntN(3)))
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func BenchmarkCheck(b *testing.B) {
	for _, size := range []int{1 << 20, 8 << 20} {
		b.Run(fmt.Sprintf("%dMB", size>>20), func(b *testing.B) {
			text := report(size)
			doc, err := reading.Read("a.txt", strings.NewReader(text), int64(len(text)))
			if err != nil {
				b.Fatal(err)
			}
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			var f File
			for b.Loop() {
				f = Check(doc, Options{})
			}
			b.ReportMetric(float64(f.Summary.Relations), "relations")
			if f.Summary.Contradictions > 0 {
				b.Errorf("%d contradictions, want none", f.Summary.Contradictions)
			}
		})
	}
}
