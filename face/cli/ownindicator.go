package cli

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"

	"anlan/account/indicator"
	"anlan/account/indicator/own"
	"anlan/app"
	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/ground/place"
	"anlan/ground/reason"
	"anlan/record/book"
	"anlan/record/exchange"
	"anlan/record/sheet"
)

// definitionVerbs are what can be done with the definitions of indicators.
var definitionVerbs = []struct {
	name string
	args []string
	run  func(e *env, ctx context.Context, args []string, o definitionOptions) (int, error)
}{
	{"list", nil, (*env).indicatorList},
	{"import", []string{"FILE"}, (*env).indicatorImport},
	{"export", []string{"[CODE…]"}, (*env).indicatorExport},
	{"retire", []string{"CODE"}, (*env).indicatorRetire},
}

// definitionOptions are the options of the verb; each subverb takes those it needs.
type definitionOptions struct {
	asOf        *string
	out, reason string
	dry         bool
}

// definitions runs the subverb that args begin with; false where they name an indicator or nothing.
func (e *env) definitions(ctx context.Context, args []string, o definitionOptions) (status int, ran bool, err error) {
	for _, v := range definitionVerbs {
		if len(args) == 0 || v.name != args[0] {
			continue
		}
		e.Rest = args[1:]
		if args, err = e.Parse(v.args...); err != nil {
			return notDone, true, err
		}
		status, err = v.run(e, ctx, args, o)
		return status, true, err
	}
	return inOrder, false, nil
}

var indicatorFormats = lang.Of(".indicators、.xlsx、.csv、.tsv或.jsonl", ".indicators, .xlsx, .csv, .tsv or .jsonl")

var (
	ofBook    = lang.Of("账册", "book")
	ofProgram = lang.Of("随系统", "program")
	isRetired = lang.Of("停用", "retired")
)

// indicatorJSON is a definition in a list.
type indicatorJSON struct {
	Code     string    `json:"code"`
	Label    lang.Text `json:"label"`
	Constant bool      `json:"constant"`
	Unit     string    `json:"unit"`
	Shipped  bool      `json:"shipped"` // comes with the program; no record of the book
	Retired  bool      `json:"retired"`
	Basis    string    `json:"basis,omitempty"`
	Version  int64     `json:"version,omitempty"`
	Since    int64     `json:"since,omitempty"` // position of the version
	Text     string    `json:"definition"`
}

func (e *env) indicatorList(ctx context.Context, _ []string, o definitionOptions) (int, error) {
	return e.view(ctx, o.asOf, func(_ *app.App, v *book.View) error {
		all, err := app.ListIndicators(v)
		if err != nil {
			return err
		}
		t := table{out: e.out}
		for _, l := range all {
			if e.format == "json" {
				x := indicatorJSON{Code: l.Code, Label: l.Label, Constant: l.Constant, Unit: l.Unit, Shipped: l.Own == nil, Retired: l.Retired(), Text: l.Text}
				if l.Own != nil {
					x.Basis, x.Version, x.Since = l.Own.Basis, l.Own.Version, l.Own.Began
				}
				if err := writeLine(e.out, x); err != nil {
					return err
				}
				continue
			}
			whose := ofProgram
			switch {
			case l.Retired():
				whose = isRetired
			case l.Own != nil:
				whose = ofBook
			}
			t.row(l.Code, whose.In(e.lang), l.Unit, l.Label.In(e.lang))
		}
		t.flush()
		return nil
	})
}

// indicatorImport keeps the definitions of a file: one of the language, or a sheet with a definition a row.
func (e *env) indicatorImport(ctx context.Context, args []string, o definitionOptions) (int, error) {
	path := args[0]
	if filepath.Ext(path) != app.IndicatorSuffix {
		return e.importSheet(ctx, exchange.Request{Kind: own.Kind.Code(), Path: path, Reason: o.reason, DryRun: o.dry})
	}
	content, err := os.ReadFile(filepath.Clean(path))
	if err != nil {
		return notDone, ErrCannotRead.Because(err, path, reason.Of(err))
	}
	a, err := e.open(ctx)
	if err != nil {
		return notDone, err
	}
	defer a.Close()
	name := filepath.Base(path)
	done, err := a.EnactIndicators(ctx, e.actor(), app.EnactRequest{Name: name, Content: content, Reason: o.reason, DryRun: o.dry})
	if refused, ok := errors.AsType[fault.List](err); ok && refusedContent(refused) {
		return notInOrder, e.printDefinitionFaults(name, content, refused)
	}
	if err != nil {
		return notDone, err
	}
	if e.format == "json" {
		return inOrder, writeJSON(e.out, struct {
			File string `json:"file"`
			app.Enacted
			DryRun bool `json:"dry_run"`
		}{name, done, o.dry})
	}
	e.print(lang.Of("%s：新增%d，变更%d，相同%d", "%s: %d new, %d changed, %d the same"), name, done.New, done.Changed, done.Same)
	switch {
	case o.dry:
		e.print(lang.Of("只是检查，没有写入", "this was a check; nothing was written"))
	case done.Position > 0:
		e.print(lang.Of("已写入，日志位置%d", "written, position %d"), int64(done.Position))
	default:
		e.print(lang.Of("没有变化，没有写入", "nothing differs; nothing was written"))
	}
	return inOrder, nil
}

func (e *env) printDefinitionFaults(name string, content []byte, refused fault.List) error {
	if e.format == "json" {
		return writeJSON(e.out, struct {
			Faults []finding `json:"faults"`
		}{findings(refused)})
	}
	if _, err := io.WriteString(e.out, indicator.Show(refused, e.lang, map[string][]byte{name: content})); err != nil {
		return err
	}
	e.say(lang.Of("“%s”没有导入：%d处错误", "%q was not imported: %d faults"), name, len(refused))
	return nil
}

// indicatorExport writes definitions as a file of the language, or as a sheet.
func (e *env) indicatorExport(ctx context.Context, codes []string, o definitionOptions) (int, error) {
	if o.out == "" {
		return notDone, e.Missing("o")
	}
	format, sheets := sheet.FormatOf(o.out)
	if !sheets && filepath.Ext(o.out) != app.IndicatorSuffix {
		return notDone, ErrFormat.With(o.out, indicatorFormats)
	}
	return e.view(ctx, o.asOf, func(_ *app.App, v *book.View) error {
		all, err := app.ListIndicators(v)
		if err != nil {
			return err
		}
		chosen, err := app.SelectIndicators(all, codes...)
		if err != nil {
			return err
		}
		if !sheets {
			chosen = slices.DeleteFunc(chosen, app.Listed.Retired)
		}
		err = toFile(ctx, o.out, func(w io.Writer) error {
			if !sheets {
				_, err := io.WriteString(w, app.WriteIndicators(chosen))
				return err
			}
			return exchange.Write(own.Kind, w, format, e.lang, func(yield func(any) bool) {
				for _, l := range chosen {
					if !yield(l.Record(place.Unit(v.Head.Place))) {
						return
					}
				}
			})
		})
		if err == nil {
			e.say(lang.Of("已导出%d条定义到%s，修改后用 anlan indicator import 导入", "%d definitions are in %s; edit them and import them by anlan indicator import"), len(chosen), o.out)
		}
		return err
	})
}

func (e *env) indicatorRetire(ctx context.Context, args []string, o definitionOptions) (int, error) {
	if o.reason == "" {
		return notDone, e.Missing("reason")
	}
	a, err := e.open(ctx)
	if err != nil {
		return notDone, err
	}
	defer a.Close()
	done, err := a.RetireIndicator(ctx, e.actor(), args[0], o.reason)
	if err != nil {
		return notDone, err
	}
	if done.Same {
		e.print(lang.Of("%s早已停用，没有写入", "%s is retired already; nothing was written"), args[0])
		return inOrder, nil
	}
	e.print(lang.Of("%s已停用，日志位置%d；要恢复，重新导入它的定义", "%s is retired, position %d; to have it again import its definition"), args[0], int64(done.Position))
	return inOrder, nil
}

// ownJSON says of a figure which definitions it rests on are the book's.
type ownJSON struct {
	Code    string `json:"code"`
	Version int64  `json:"version"`
	Since   int64  `json:"since"`
	Basis   string `json:"basis,omitempty"`
}

// printOwn says which definitions behind a figure are the book's own, and since when.
func (e *env) printOwn(v *book.View, i *indicator.Indicator) error {
	behind, err := app.OwnBehind(v, i)
	for _, d := range behind {
		basis := ""
		if d.Basis != "" {
			basis = lang.Of("，依据：", ", basis: ").In(e.lang) + d.Basis
		}
		e.print(lang.Of("  账册定义　%s 第%d版，自日志位置%d%s", "  the book's  %s, version %d, since position %d%s"), d.Code, d.Version, d.Began, basis)
	}
	return err
}
