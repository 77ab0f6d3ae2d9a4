package evidence

import (
	"context"
	"encoding/json"
	"fmt"
	"io"

	"anlan/account/indicator"
	"anlan/app"
	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/store/journal"
)

// Question is which figure is asked about.
type Question struct {
	Code   string
	Period period.Period
	Unit   place.Unit
	AsOf   journal.Position // 0: now
	Lang   lang.Lang
}

// figureFile is figure.json.
type figureFile struct {
	Format     string    `json:"format"`
	Book       string    `json:"book"`
	Code       string    `json:"code"`
	Label      lang.Text `json:"label"`
	Period     string    `json:"period"`
	Unit       string    `json:"unit_code"`
	Value      lang.Text `json:"value"`
	Why        lang.Text `json:"why,omitzero"` // there is none
	Expression lang.Text `json:"expression"`
	Source     string    `json:"source"` // of the definition
	Definition string    `json:"definition_sha256"`
	Arithmetic lang.Text `json:"arithmetic"`
	Position   int64     `json:"position"`
	Records    []line    `json:"records"`
}

// figureFormat names the form of figure.json.
const figureFormat = "anlan evidence-figure 1"

// Figure writes what stands behind a figure. Faults: those of the figure and of reading its records.
func Figure(ctx context.Context, a *app.App, actor access.Actor, q Question, w io.Writer) error {
	c := newCollector(a, q.Lang, w)
	var out figureFile
	reading := book.Reading{Way: "export", Of: q.Code + " " + q.Period.String() + " " + string(q.Unit)}
	err := a.Book.ReadRecorded(ctx, actor, q.AsOf, reading, func(v *book.View) error {
		if err := v.Allow(q.Unit); err != nil {
			return err
		}
		if err := app.Begun(v, q.Period); err != nil {
			return err
		}
		figures := app.Figures{View: v, Counted: true}
		results, err := a.Results(ctx, figures, q.Period, q.Unit, q.Code)
		if err != nil {
			return err
		}
		v.Computed()
		out = figureOf(results[0], q)
		out.Book, out.Position = v.Head.Book.String(), int64(v.At())
		if err := c.drill(ctx, v, figures, results[0], ""); err != nil {
			return err
		}
		return c.sheets(v)
	})
	if err != nil {
		return err
	}
	if err := c.prove(ctx); err != nil {
		return err
	}
	if err := c.papers(ctx); err != nil {
		return err
	}
	out.Records = c.lines
	content, err := json.MarshalIndent(out, "", " ")
	if err != nil {
		return err
	}
	if err := c.put("figure.json", append(content, '\n')); err != nil {
		return err
	}
	return c.end(
		lang.Text{Zh: fmt.Sprintf("%s（%s，%s，单位%s）：%s\r\n数据截至日志位置%d。figure.json 是它的定义、算式和背后的记录。", out.Label.Zh, out.Code, out.Period, out.Unit, out.Value.Zh, out.Position),
			En: fmt.Sprintf("%s (%s, %s, unit %s): %s\r\nAs of position %d of the journal. figure.json has its definition, its arithmetic and the records behind it.", out.Label.En, out.Code, out.Period, out.Unit, out.Value.En, out.Position)},
		lang.Text{Zh: fmt.Sprintf("proofs/ 证明记录的这一版在签名的日志里（最多%d条），逐个核验：\r\n  anlan verify proofs/文件名 --key key.pub\r\n再按 behind.xlsx 的“计入”逐条相加，应得到 figure.json 算式中的数。", provedMax),
			En: fmt.Sprintf("proofs/ has the proof that the version of a record is in the journal that was signed (up to %d), each verified by\r\n  anlan verify proofs/NAME --key key.pub\r\nThen add up what the records add by behind.xlsx: it is what figure.json computes with.", provedMax)})
}

func figureOf(r indicator.Result, q Question) figureFile {
	i := r.Question().Indicator
	return figureFile{Format: figureFormat, Code: i.Code(), Label: i.Label(), Period: q.Period.String(), Unit: string(q.Unit), Value: r.Text(), Why: r.Value().Why(), Expression: i.Words(),
		Source: i.Source(), Definition: i.Hash(), Arithmetic: lang.Text{Zh: r.Explain(lang.Chinese), En: r.Explain(lang.English)}}
}
