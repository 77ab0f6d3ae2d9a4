package cli

import (
	"context"
	"io"
	"path/filepath"
	"strconv"
	"strings"

	"anlan/account/report/refill"
	"anlan/app"
	"anlan/ground/lang"
)

var refillVerb = verb{
	name: "refill", args: "FILE.docx [-o OUT.docx] [--period P] [--as-of N] [--template NAME] [--format json]",
	about: lang.Of("把现在的数据填回在Word、WPS里改过的报告：文字、格式、批注、修订一概不动；列出改动过、删去、移动、复制的数据和没有数据支撑的数字",
		"put current figures back into a report that was edited in Word or WPS, and touch nothing else; list what was typed over, deleted, moved or copied, and numerals that no figure backs"),
	example: "anlan refill ./报告修改稿.docx -o ./报告定稿.docx",
	run: func(ctx context.Context, e *env) (int, error) {
		e.formatted()
		asOf, span := e.asOf(), e.period()
		out := e.Text("o", "FILE", lang.Of("写出的文件；默认在原文件旁边，名字加“-refilled”", "the file to write; by default beside the old one, with -refilled behind its name"))
		template := e.Text("template", "NAME", lang.Of("报告模板，同 anlan report；默认是文件自己说的", "the template, as of anlan report; by default that which the file names"))
		args, err := e.Parse("FILE")
		if err != nil {
			return notDone, err
		}
		if *out == "" {
			ending := filepath.Ext(args[0])
			*out = strings.TrimSuffix(args[0], ending) + "-refilled" + ending
		}
		if err := free(*out); err != nil { // before the work, and asked again after it
			return notDone, err
		}
		a, err := e.open(ctx)
		if err != nil {
			return notDone, err
		}
		defer a.Close()
		at, err := a.PositionOf(ctx, *asOf)
		if err != nil {
			return notDone, err
		}
		r, err := a.Refill(ctx, e.actor(), app.RefillRequest{File: args[0], Period: *span, AsOf: at, Template: *template})
		if err != nil {
			return notDone, err
		}
		if err := toFile(ctx, *out, func(w io.Writer) error { _, err := w.Write(r.Content); return err }); err != nil {
			return notDone, err
		}
		status := inOrder
		if r.Asks() {
			status = notInOrder
		}
		if e.format == "json" {
			return status, writeJSON(e.out, refilledOf(r, *out))
		}
		e.printRefilled(r, *out)
		return status, nil
	},
}

// plainRefilled is what became of a file, for programs.
type plainRefilled struct {
	File     string        `json:"file"`
	Position int64         `json:"position"`         // as of which its figures are now
	Before   int64         `json:"before,omitempty"` // as of which they were
	Template string        `json:"template"`
	Period   string        `json:"period"`
	Figures  int           `json:"figures"` // that were put in, changed or not
	Told     bool          `json:"told"`    // it was known what the file held
	Items    []refill.Item `json:"items"`
	// Contradicted are the verbs of change in the template that its figures contradict.
	Contradicted []finding `json:"template_contradicted,omitempty"`
}

func refilledOf(r *app.Refilled, out string) plainRefilled {
	origin := r.Built.Document.Origin
	items := r.Items
	if items == nil {
		items = []refill.Item{} // never null in JSON
	}
	return plainRefilled{out, r.Built.Document.Basis.Position, r.Edited.Position, origin.Template, origin.Period, r.Figures, r.Edited.Told(), items, findings(r.Contradicted)}
}

func (e *env) printRefilled(r *app.Refilled, out string) {
	changed, ask := 0, 0
	for _, asks := range []bool{false, true} {
		for _, i := range r.Items {
			if i.What.Asks() != asks {
				continue
			}
			if asks {
				ask++
			} else if i.What == refill.Changed {
				changed++
			}
			e.printRefillItem(i)
		}
	}
	for _, f := range r.Contradicted {
		ask++
		e.print(lang.Of("? 模板里的词与数据相反，这样的报告不能公开，填入的文件不受影响：%s", "? a word in the template contradicts its figure; no such report can be published, and the file is filled in spite of it: %s"), f.In(e.lang))
	}
	if !r.Edited.Told() {
		e.say(lang.Of("文件没有说明原来填的是什么，旁边也没有 figures.json：手工改过和删去的数据无从知道；填好的文件以后会说明",
			"the file does not say what it held, and there is no figures.json beside it: what was typed over or deleted cannot be known; the new file says it from now on"))
	}
	basis := r.Built.Document.Basis
	if before := r.Edited.Position; before > 0 {
		e.print(lang.Of("填入%d处数据，变化%d处，数据截至日志位置%d（原为%d）", "%d figures put in, %d changed, as of position %d (before: %d)"), r.Figures, changed, basis.Position, before)
	} else {
		e.print(lang.Of("填入%d处数据，变化%d处，数据截至日志位置%d", "%d figures put in, %d changed, as of position %d"), r.Figures, changed, basis.Position)
	}
	if ask > 0 {
		e.print(lang.Of("? 有%d处请人看一看", "? %d things for a person to look at"), ask)
	}
	e.say(lang.Of("已写入%s", "written to %s"), out)
}

// storyNames name the parts of a file beside its body.
var storyNames = map[string]lang.Text{
	"header": lang.Of("页眉", "header"), "footer": lang.Of("页脚", "footer"), "footnotes": lang.Of("脚注", "footnote"), "endnotes": lang.Of("尾注", "endnote"),
}

// printRefillItem prints one line: what, which figure, old → new, where.
func (e *env) printRefillItem(i refill.Item) {
	var b strings.Builder
	words := func(zh, en string) string { return lang.Text{Zh: zh, En: en}.In(e.lang) }
	b.WriteString(map[bool]string{true: "? ", false: "  "}[i.What.Asks()])
	if i.ID != "" {
		b.WriteString(strings.TrimSpace(i.Name+" "+i.ID) + words("：", ": "))
	}
	switch i.What {
	case refill.Changed, refill.Valueless:
		b.WriteString(i.Found + " → " + i.Now)
	case refill.Overtyped, refill.Extended, refill.Restated, refill.Words, refill.Tracked:
		b.WriteString(words("原填", "held ") + i.Held + words("，现为", ", reads ") + i.Found)
		if i.What == refill.Overtyped || i.What == refill.Extended {
			b.WriteString(" → " + i.Now)
		}
	case refill.Direction:
		b.WriteString(i.Found + words("，报告现在是", ", and the report says ") + i.Word + i.Now)
	case refill.Deleted:
		b.WriteString(words("原填", "held ") + i.Held)
	case refill.Repeated:
		b.WriteString(i.Found + " × " + strconv.Itoa(i.Times))
	case refill.Moved:
		b.WriteString(i.Found)
		if i.From != "" && i.From != i.Section {
			b.WriteString(words("，原在“", `, was in "`) + i.From + words("”", `"`))
		}
	case refill.Added:
		b.WriteString(i.Now)
	default:
		b.WriteString(i.Found)
	}
	if i.What.Asks() || i.What == refill.Restated {
		b.WriteString(words("：", ": ") + i.What.Label().In(e.lang))
	}
	var place []string
	if i.Part != "" {
		place = append(place, storyNames[i.Part].In(e.lang))
	}
	if i.Section != "" {
		place = append(place, i.Section)
	}
	if i.Quote != "" && i.What.Asks() {
		place = append(place, words("“", `"`)+i.Quote+words("”", `"`))
	}
	if len(place) > 0 {
		b.WriteString(words("（", " (") + strings.Join(place, words("，", ", ")) + words("）", ")"))
	}
	e.print(lang.Of("%s", "%s"), b.String())
}
