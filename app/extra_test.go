package app_test

import (
	"bytes"
	"errors"
	"testing"

	"anlan/ground/lang"
	"anlan/record"
	"anlan/record/book"
	"anlan/record/exchange"
	"anlan/record/sheet"
)

func TestABureausOwnFieldIsAColumnLikeAnyOther(t *testing.T) {
	onBoth(t, func(w *world) {
		give := func(kind, content string) (*exchange.Outcome, error) {
			return exchange.Import(w.ctx, w.book, w.admin, exchange.Request{Kind: kind, Path: "a.csv", Content: []byte(content)})
		}
		take := func(kind, content string) *exchange.Outcome {
			o, err := give(kind, content)
			if err != nil {
				w.Fatal(err)
			}
			return o
		}
		take("extra_field", "记录类型代码,扩展项代码,中文名称,英文名称,类型,必填,次序\nhazard,seen_on,复查日期,seen again on,日期,否,1\n")
		const head = "所属单位,隐患编号,隐患描述,隐患级别,排查日期,复查日期\n430602,E1,示例,一般事故隐患,2023-05-06,"
		take("hazard", head+"2023年6月1日\n")
		w.read(0, func(v *book.View) {
			r, err := v.Find("hazard", "E1")
			if err != nil {
				w.Fatal(err)
			}
			k, err := w.book.Kind("hazard")
			if err != nil {
				w.Fatal(err)
			}
			if got := k.Head(r).Ext["seen_on"]; got != "2023-06-01" {
				w.Errorf("got %q, want 2023-06-01", got)
			}
			var out bytes.Buffer
			if _, err := exchange.Export(v, book.Query{Kind: "hazard"}, k, &out, sheet.CSV, lang.Chinese); err != nil {
				w.Fatal(err)
			}
			if o := take("hazard", out.String()); o.Same != 1 || o.Changed != 0 {
				w.Errorf("the export changed the record: %+v", o)
			}
		})
		if o := take("hazard", "隐患编号,隐患描述,隐患级别,排查日期\nE1,改了,一般事故隐患,2023-05-06\n"); o.Changed != 1 || len(o.Diffs[0].Fields) != 1 {
			w.Errorf("a file without the column touched it: %+v", o)
		}
		if o := take("hazard", head+"\n"); o.Changed != 1 {
			w.Errorf("an empty cell did not clear the value: %+v", o)
		}
		if _, err := give("hazard", head+"不是日期\n"); err == nil || errors.Is(err, record.ErrUnknownExtra) {
			w.Errorf("a value that is no day: got %v", err)
		}
		w.sound()
	})
}
